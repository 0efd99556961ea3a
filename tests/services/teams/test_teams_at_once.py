"""Two people at the same moment, in teams and in lists: each gets an answer and nothing slips between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bekwaam.domain.growth.gap import Layer
from bekwaam.domain.teams.members import Share
from bekwaam.domain.verdict import refused
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.errors import NotFound, Refused
from bekwaam.services.interventions.editing import entries_of, put_intervention
from bekwaam.services.teams.cohorts import report_cohort
from bekwaam.services.teams.making import remove_member
from bekwaam.services.teams.reports import make_report
from bekwaam.services.teams.sector import choose_benchmark
from bekwaam.services.teams.sharing import chosen_by, share
from bekwaam.store.models import BenchmarkChoice, Catalogue, TeamConsent, TeamMember, TeamReport
from tests.cast import Cast, make_cast
from tests.rich_interventions import load_list
from tests.services.teams.teams import cohort_of, group, place, rated, shares, team_of
from tests.services.test_at_once import at_once

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]


def insist_whole() -> None:
    assert walk_chain().whole and not list(broken_contents())


def or_gone(call: Callable[[], Any]) -> Callable[[], Any]:
    """Let somebody for whom it is not there any more count as refused."""

    def inner() -> Any:
        try:
            return call()
        except NotFound:
            raise Refused(refused("gone", "")) from None

    return inner


def test_of_two_who_change_a_list_of_interventions_at_once_one_is_told() -> None:
    cast = make_cast()
    ref = load_list(cast, cast.standard)["Burengesprek"]
    seen, known = entries_of(cast.provider, cast.standard)

    def put(name: str) -> Callable[[], Any]:
        given = replace(known[ref], name=name)
        return lambda: put_intervention(cast.coordinator, cast.provider, cast.standard, given, seen, ref)

    assert sorted(at_once(put("Eerste"), put("Tweede"))) == ["done", "refused"]
    _seen, now = entries_of(cast.provider, cast.standard)
    assert now[ref].name in ("Eerste", "Tweede") and len(now) == len(known)
    assert Catalogue.objects.filter(withdrawn_at=None).count() == 1
    insist_whole()


def test_who_shares_while_the_lead_takes_them_out_shares_nothing_afterwards() -> None:
    cast = make_cast()
    team = team_of(cast, cast.candidate)
    here = place(cast.candidate, team)
    mark = chosen_by(here).mark
    answers = at_once(
        or_gone(lambda: share(cast.candidate, team.ref, [Share.SELF], mark)),
        lambda: remove_member(cast.guide, team.ref, here.ref),
    )
    assert "done" in answers and TeamMember.objects.get().left_at is not None
    assert TeamConsent.objects.exists() is (answers == ["done", "done"])
    insist_whole()


def _sharing(cast: Cast, number: int) -> tuple[Any, list[Any]]:
    people = group(cast, number)
    for one in people:
        rated(one, cast.standard, {"1.1": "vakbekwaam"})
    return cohort_of(cast, *people[: number // 2]), people


def test_reports_that_overlap_in_a_few_are_not_both_made_at_once() -> None:
    """Four of the cohort are in the team as well: each report is made beside the other or without them."""
    cast = make_cast()
    cohort, people = _sharing(cast, 18)
    team = team_of(cast, *people[5:])
    for one in people[:9]:
        shares(one, cohort, Layer.SELF)
    for one in people[5:]:
        shares(one, team, Layer.SELF)
    at_once(
        lambda: report_cohort(cast.guide, cohort.ref, cast.standard, Layer.SELF),
        lambda: make_report(cast.coordinator, cast.provider, cast.standard, Layer.SELF),
    )
    counted = [frozenset(row.document["sets"][0][1]) for row in TeamReport.objects.all()]
    assert counted
    for one in counted:
        for other in counted:
            assert not 0 < len(one & other) < 5 and not 0 < len(one - other) < 5
    insist_whole()


def test_the_same_report_and_the_same_choice_at_once_leave_a_whole_chain() -> None:
    cast = make_cast()
    cohort, people = _sharing(cast, 14)
    for one in people[:7]:
        shares(one, cohort, Layer.SELF)
    assert at_once(*[lambda: report_cohort(cast.guide, cohort.ref, cast.standard, Layer.SELF)] * 3) == (
        ["done"] * 3
    )
    assert len({str(row.document) for row in TeamReport.objects.all()}) == 1
    at_once(*[lambda: choose_benchmark(cast.coordinator, cast.provider, given=True)] * 3)
    assert BenchmarkChoice.objects.count() == 1
    insist_whole()
