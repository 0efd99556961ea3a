"""Suggestions on the page of a piece: for its writer, and for nobody else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bekwaam.services.portfolio.evidence import add_evidence
from bekwaam.store.models import Evidence, EvidenceTie, FrameworkVersion, Procedure, WavedAway
from tests.cast import Cast, Point, story
from tests.web.portfolio.conftest import url


@pytest.fixture
def procedure(cast: Cast, mbo_standard: FrameworkVersion) -> Procedure:
    cast.standard = mbo_standard
    return cast.bring_to(Point.CONSENTED)


@pytest.fixture
def piece(procedure: Procedure) -> Evidence:
    given = story("Koffie", [])
    told = "Ik ging op huisbezoek bij een buurvrouw en we dronken koffie aan de keukentafel."
    return add_evidence(procedure.candidate, procedure, replace(given, story={**given.story, "action": told}))


def test_a_suggestion_is_shown_with_its_words_and_tied_at_one_click(
    procedure: Procedure, piece: Evidence, as_candidate: Client
) -> None:
    response = as_candidate.get(url("evidence", procedure, piece.ref))
    assert "<em>huisbezoek</em>" in response.content.decode()
    code = response.context["hints"][0].unit.code
    as_candidate.post(url("suggestion", procedure, piece.ref), {"code": code, "take": "yes"})
    assert EvidenceTie.objects.get().code == code
    again = as_candidate.get(url("evidence", procedure, piece.ref)).context["hints"]
    assert code not in [hint.unit.code for hint in again]


def test_a_suggestion_is_waved_away(procedure: Procedure, piece: Evidence, as_candidate: Client) -> None:
    code = as_candidate.get(url("evidence", procedure, piece.ref)).context["hints"][0].unit.code
    as_candidate.post(url("suggestion", procedure, piece.ref), {"code": code, "wave": "yes"})
    assert WavedAway.objects.get().code == code and not EvidenceTie.objects.exists()


def test_a_guide_reads_the_piece_without_suggestions(
    procedure: Procedure, piece: Evidence, as_guide: Client
) -> None:
    assert "huisbezoek" in (page := as_guide.get(url("evidence", procedure, piece.ref)).content.decode())
    assert "<em>huisbezoek</em>" not in page


def test_an_odd_code_is_not_found(procedure: Procedure, piece: Evidence, as_candidate: Client) -> None:
    for sent in ({}, {"code": "9.9", "take": "yes"}, {"code": "9.9", "wave": "yes"}):
        assert as_candidate.post(url("suggestion", procedure, piece.ref), sent).status_code == 404


def test_the_page_of_a_piece_stays_within_its_queries(
    procedure: Procedure, piece: Evidence, as_candidate: Client
) -> None:
    as_candidate.get(url("evidence", procedure, piece.ref))
    with CaptureQueriesContext(connection) as counted:
        as_candidate.get(url("evidence", procedure, piece.ref))
    assert len(counted) <= 12
