"""Cohorts: learners share as in a team, and their trainer sees numbers about five or more alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bekwaam.domain.events import Event
from bekwaam.domain.growth.gap import Layer
from bekwaam.domain.teams.members import Share, TeamKind
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.growth.catalogues import offers_for
from bekwaam.services.teams import making
from bekwaam.services.teams.cohorts import newest_of, programme_of, report_cohort
from bekwaam.services.teams.finding import find_team
from bekwaam.services.teams.making import change_cohort, invite, make_cohort, set_lead
from bekwaam.services.teams.reads import my_teams, places_in, teams_of
from bekwaam.services.teams.reports import ALL, make_report, newest_report
from bekwaam.services.teams.series import series
from bekwaam.services.teams.sharing import chosen_by, share, stop_sharing
from bekwaam.store.models import AuditEntry, Person, Team, TeamConsent, TeamReport
from tests.cast import Cast
from tests.services.growth.programmes import programme_at
from tests.services.teams.teams import cohort_of, group, place, rated, seen, shares, team_of

SELF = Layer.SELF


def at(cast: Cast, people: list[Person], value: str) -> None:
    for one in people:
        rated(one, cast.standard, {"1.1": value})


def counting(cast: Cast, people: list[Person], name: str = "Cohort 2026") -> Team:
    cohort = cohort_of(cast, *people, name=name)
    for one in people:
        shares(one, cohort, SELF)
    return cohort


def numbers(cohort: Team, cast: Cast) -> tuple[int, list[tuple[str, int]]]:
    found = newest_of(cohort, cast.standard, SELF)
    assert found is not None
    bands = found.bands[cohort.ref]["1.1"]
    return found.sizes[cohort.ref], [(band.values[0], band.people) for band in bands]


def test_a_trainer_sees_nobody_by_any_door(cast: Cast) -> None:
    people = group(cast, 6)
    at(cast, people, "vakbekwaam")
    cohort = counting(cast, people)
    assert seen(cohort, cast.standard, SELF) == {}
    assert {one.shares for one in places_in(cohort)} == {frozenset()}
    (mine,) = my_teams(cast.guide)
    assert mine.leads and mine.cohort
    assert my_teams(people[0])[0].shares == {Share.SELF}
    assert teams_of(cast.provider) == () and [
        one.ref for one in teams_of(cast.provider, TeamKind.COHORT)
    ] == [cohort.ref]


def test_a_cohort_shows_how_it_grows_and_its_chain_holds(cast: Cast) -> None:
    people = group(cast, 15)
    cohort = counting(cast, people)
    at(cast, people[10:], "startbekwaam")
    report_cohort(cast.guide, cohort.ref, cast.standard, SELF)
    assert numbers(cohort, cast) == (15, [("none", 10), ("startbekwaam", 5)])
    at(cast, people[5:], "startbekwaam")
    report_cohort(cast.guide, cohort.ref, cast.standard, SELF)
    assert numbers(cohort, cast) == (15, [("none", 5), ("startbekwaam", 10)])
    found = series(cast.provider, cast.standard, SELF, cohort.ref, cohort=True)
    assert [one.people for one in found.moments][-1] == 15
    assert newest_report(cast.provider, cast.standard, SELF) is None, "above the teams there is no cohort"
    assert walk_chain().whole and not list(broken_contents())
    events = set(AuditEntry.objects.values_list("code", flat=True))
    assert {Event.COHORT_MADE, Event.COHORT_REPORTED} <= events


def test_four_give_no_numbers_and_who_comes_later_is_not_told_of(cast: Cast) -> None:
    people = group(cast, 6)
    cohort = counting(cast, people[:4])
    with pytest.raises(Refused) as refused:
        report_cohort(cast.guide, cohort.ref, cast.standard, SELF)
    assert refused.value.verdict.reason == "too_few_people"
    invite(cast.guide, cohort.ref, " ".join(one.email for one in people[4:]))
    shares(people[4], cohort, SELF)
    report_cohort(cast.guide, cohort.ref, cast.standard, SELF)
    shares(people[5], cohort, SELF)
    report_cohort(cast.guide, cohort.ref, cast.standard, SELF)
    assert numbers(cohort, cast)[0] == 5, "one who came later would be known from the difference"
    stop_sharing(people[5], cohort.ref)
    report_cohort(cast.guide, cohort.ref, cast.standard, SELF)
    assert numbers(cohort, cast)[0] == 5


def test_numbers_without_one_who_was_counted_are_refused_and_those_before_stay(cast: Cast) -> None:
    people = group(cast, 7)
    cohort = counting(cast, people)
    report_cohort(cast.guide, cohort.ref, cast.standard, SELF)
    stop_sharing(people[0], cohort.ref)
    with pytest.raises(Refused) as refused:
        report_cohort(cast.guide, cohort.ref, cast.standard, SELF)
    assert refused.value.verdict.reason == "set_apart"
    assert numbers(cohort, cast)[0] == 7


def test_who_is_in_a_team_as_well_is_told_of_by_neither(cast: Cast) -> None:
    people = group(cast, 14)
    team = team_of(cast, *people[:7])
    for one in people[:7]:
        shares(one, team, SELF)
    make_report(cast.coordinator, cast.provider, cast.standard, SELF)
    cohort = counting(cast, people[6:])
    report_cohort(cast.guide, cohort.ref, cast.standard, SELF)
    assert numbers(cohort, cast)[0] == 7, "the one who is in the team as well is left out"


def test_a_team_leaves_out_the_few_who_were_counted_in_a_cohort_before(cast: Cast) -> None:
    people = group(cast, 14)
    cohort = counting(cast, people[6:])
    report_cohort(cast.guide, cohort.ref, cast.standard, SELF)
    team = team_of(cast, *people[:7])
    for one in people[:7]:
        shares(one, team, SELF)
    make_report(cast.coordinator, cast.provider, cast.standard, SELF)
    found = newest_report(cast.provider, cast.standard, SELF)
    assert found is not None and found.sizes[ALL] == 6
    (row,) = TeamReport.objects.filter(cohort=None)
    assert cohort.ref not in str(row.document)


def test_above_the_teams_nobody_of_a_cohort_is_counted(cast: Cast) -> None:
    counting(cast, group(cast, 6))
    with pytest.raises(Refused) as refused:
        make_report(cast.coordinator, cast.provider, cast.standard, SELF)
    assert refused.value.verdict.reason == "too_few_people"


def test_with_a_cohort_only_what_its_numbers_are_about_is_shared(cast: Cast) -> None:
    (one,) = group(cast, 1)
    cohort = cohort_of(cast, one)
    for extra in (Share.ANALYSIS, Share.PLAN, Share.KNOWLEDGE):
        with pytest.raises(Refused):
            share(one, cohort.ref, [Share.SELF, extra], chosen_by(place(one, cohort)).mark)
    assert not TeamConsent.objects.exists()


def test_only_the_trainer_makes_numbers(cast: Cast) -> None:
    people = group(cast, 5)
    cohort = counting(cast, people)
    for somebody in (people[0], cast.coordinator, cast.auditor, cast.outsider):
        with pytest.raises((Refused, NotFound)):
            report_cohort(somebody, cohort.ref, cast.standard, SELF)
    team = team_of(cast, *people)
    with pytest.raises(Refused):
        report_cohort(cast.guide, team.ref, cast.standard, SELF)
    assert not TeamReport.objects.exists()


def test_another_trainer_gets_the_numbers_and_no_more(cast: Cast) -> None:
    cohort = counting(cast, group(cast, 5))
    report_cohort(cast.guide, cohort.ref, cast.standard, SELF)
    set_lead(cast.coordinator, cast.provider, cohort.ref, cast.auditor.email)
    assert find_team(cast.auditor, cohort.ref)[2].roles == {"trainer"}
    report_cohort(cast.auditor, cohort.ref, cast.standard, SELF)


def test_a_cohort_may_be_larger_than_a_team_and_not_without_end(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cohort, team = cohort_of(cast), team_of(cast)
    monkeypatch.setattr(making, "MOST_MEMBERS", 2)
    monkeypatch.setattr(making, "MOST_LEARNERS", 4)
    four = " ".join(f"l{number}@example.org" for number in range(4))
    assert len(invite(cast.guide, cohort.ref, four)) == 4
    for full, emails in ((cohort, "nog@example.org"), (team, four)):
        with pytest.raises(Invalid) as refused:
            invite(cast.guide, full.ref, emails)
        assert [fault.reason for fault in refused.value.faults] == ["too_large"]


def test_a_faulty_cohort_is_not_made(cast: Cast) -> None:
    team_of(cast, name="Noord")
    for name, lead, programme, field in (
        ("", cast.guide.email, "", "name"),
        ("noord", cast.guide.email, "", "name"),
        ("Zuid", "niemand@example.org", "", "lead"),
        ("Zuid", cast.guide.email, "klein@1/bestaat-niet", "programme"),
    ):
        with pytest.raises(Invalid) as refused:
            make_cohort(cast.coordinator, cast.provider, name, lead, programme)
        assert [fault.name for fault in refused.value.faults] == [field]
    with pytest.raises(Refused):
        make_cohort(cast.guide, cast.provider, "Zuid", cast.guide.email)


def test_a_cohort_follows_a_programme_and_who_joined_sees_its_modules(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    key = programme_at(cast)
    (one,) = group(cast, 1)
    with django_capture_on_commit_callbacks(execute=True):
        cohort = cohort_of(cast, programme=f"klein@1/{key}", starts=date(2026, 9, 1))
        invite(cast.guide, cohort.ref, one.email)
    assert "cohort" in mail.outbox[-1].body and "Niemand ziet iets van jou apart" in mail.outbox[-1].body
    assert not offers_for(one, cast.standard.pk), "an invitation is no yes"
    shares(one, cohort)
    assert "Contact leggen" in {offer.name for offer in offers_for(one, cast.standard.pk)}
    known = programme_of(cohort)
    assert known is not None and known.programme.name == "Sociaal werk"
    other = cohort_of(cast, name="Zonder")
    assert programme_of(other) is None
    change_cohort(cast.coordinator, cast.provider, other.ref, f"klein@1/{key}", date(2026, 2, 1))
    other.refresh_from_db()
    assert programme_of(other) == known and other.starts == date(2026, 2, 1)
    with pytest.raises(Invalid):
        change_cohort(cast.coordinator, cast.provider, other.ref, "klein@1/weg", None)
    with pytest.raises(NotFound):
        team = team_of(cast)
        change_cohort(cast.coordinator, cast.provider, team.ref, "", None)
    with pytest.raises(Refused):
        change_cohort(cast.guide, cast.provider, other.ref, "", None)
    assert not list(broken_contents())


def test_more_people_take_no_more_queries(cast: Cast) -> None:
    counts = []
    for start, number in ((0, 5), (5, 10)):
        cohort = counting(cast, group(cast, number, start), name=f"Cohort {start}")
        with CaptureQueriesContext(connection) as captured:
            report_cohort(cast.guide, cohort.ref, cast.standard, SELF)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 18
