"""Who hears by mail that it is their turn, and how little a mail says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail

from bekwaam.domain.accounts.access import Role
from bekwaam.services.certificates.issuing import issue
from bekwaam.services.portfolio.handing_in import give_back, hand_in
from bekwaam.services.procedures.assigning import assign
from tests.cast import Cast, Point


@pytest.fixture
def committing(django_capture_on_commit_callbacks: Any) -> Callable[[], Any]:
    """Run what waits for the commit at the end of the block."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def _sent() -> dict[str, str]:
    return {letter.to[0]: str(letter.subject) for letter in mail.outbox}


@pytest.mark.parametrize("role", [Role.GUIDE, Role.ASSESSOR])
def test_whoever_is_assigned_hears_of_it(cast: Cast, committing: Any, role: Role) -> None:
    procedure = cast.start()
    person = cast.guide if role is Role.GUIDE else cast.assessors[2]
    with committing():
        assign(cast.coordinator, procedure, person, role)
    assert list(_sent()) == [person.email]
    assert procedure.number in _sent()[person.email]
    assert f"/traject/{procedure.ref}/" in str(mail.outbox[0].body)


def test_the_assessors_hear_of_a_portfolio_handed_in(cast: Cast, committing: Any) -> None:
    procedure = cast.bring_to(Point.FILLED)
    with committing():
        hand_in(cast.candidate, procedure)
    assert set(_sent()) == {cast.assessors[0].email, cast.assessors[1].email}


def test_the_candidate_hears_of_a_dossier_given_back_but_not_why(cast: Cast, committing: Any) -> None:
    procedure = cast.bring_to(Point.HANDED_IN)
    with committing():
        give_back(cast.coordinator, procedure, "Er staat een naam van een cliënt in.")
    assert list(_sent()) == [cast.candidate.email]
    assert "cliënt" not in str(mail.outbox[0].body)


def test_the_candidate_hears_of_the_outcome_but_not_which(cast: Cast, committing: Any) -> None:
    procedure = cast.bring_to(Point.CHECKED)
    with committing():
        issue(cast.coordinator, procedure, "nl")
    assert list(_sent()) == [cast.candidate.email]
    assert "gehaald" not in str(mail.outbox[0].body)


def test_no_mail_names_the_candidate_to_others(cast: Cast, committing: Any) -> None:
    with committing():
        cast.bring_on(cast.start(), Point.HANDED_IN)
    others = [letter for letter in mail.outbox if letter.to != [cast.candidate.email]]
    assert len(others) == 5
    assert all(cast.candidate.name not in f"{letter.subject}{letter.body}" for letter in others)
