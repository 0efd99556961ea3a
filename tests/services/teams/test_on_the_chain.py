"""Everything that is written of growth and teams stands in the audit chain, and going round it is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

import pytest
from django.db import models

from bekwaam.domain.growth.gap import Layer
from bekwaam.domain.growth.knowledge import knowledge_items
from bekwaam.domain.growth.ways import Way
from bekwaam.domain.teams.analysis import Form
from bekwaam.domain.teams.members import Share
from bekwaam.frameworks.function_profile_document import profile_hash
from bekwaam.frameworks.library import load_builtin
from bekwaam.services import clock
from bekwaam.services.audit import ContentFault, broken_contents, walk_chain
from bekwaam.services.frameworks.versions import framework_of, publish
from bekwaam.services.growth.activities import ActivityInput, plan_activity
from bekwaam.services.growth.catalogues import CatalogueKind, withdraw_catalogue
from bekwaam.services.growth.goals import GoalInput, set_goal
from bekwaam.services.growth.knowledge import (
    KnowledgeInput,
    forget_knowledge,
    say_it_still_holds,
    say_knowledge,
)
from bekwaam.services.growth.own_profiles import remove_profile
from bekwaam.services.interventions.editing import entries_of, put_intervention, take_out_intervention
from bekwaam.services.teams.analysis import take_out
from bekwaam.services.teams.cohorts import report_cohort
from bekwaam.services.teams.goals import (
    TeamGoalInput,
    change_team_goal,
    close_team_goal,
    drop_team_goal,
    set_team_goals,
)
from bekwaam.services.teams.making import change_cohort, invite, remove_member, set_lead
from bekwaam.services.teams.reports import make_report
from bekwaam.services.teams.sector import choose_benchmark, make_sector_report
from bekwaam.services.teams.sharing import leave, stop_sharing
from bekwaam.store.models import (
    BenchmarkChoice,
    Catalogue,
    DataExport,
    KnowledgeNote,
    Person,
    PlanGoal,
    Provider,
    SectorReport,
    Team,
    TeamConsent,
    TeamGoal,
    TeamMember,
    TeamReport,
)
from tests.cast import Cast
from tests.rich_interventions import load_list
from tests.services.erasing.people import erase
from tests.services.growth.programmes import programme_at
from tests.services.teams.teams import cohort_of, group, rated, shares, team_of
from tests.web.growth.own_profiles import changed, mbo, written

pytestmark = [pytest.mark.database, pytest.mark.django_db]
NOW: Final = datetime(2026, 5, 10, 9, tzinfo=UTC)


def faults() -> list[tuple[str, ContentFault]]:
    return [(one.table, one.fault) for one in broken_contents()]


def everything(cast: Cast) -> list[Person]:
    """Do all that can be done in these rooms; return the people of the team."""
    people = group(cast, 12)
    for one in people:
        rated(one, cast.standard, {"1.1": "vakbekwaam"})
    _team(cast, people[:6])
    _cohort(cast, people[6:])
    _own(people[0], cast)
    _lists(cast)
    return people


def _team(cast: Cast, people: list[Person]) -> None:
    team = team_of(cast, *people)
    for one in people:
        shares(one, team, Layer.SELF, Share.KNOWLEDGE, Share.PLAN, Share.ANALYSIS)
    for per_team in (False, True):
        make_report(cast.coordinator, cast.provider, cast.standard, Layer.SELF, per_team=per_team)
    take_out(cast.coordinator, cast.provider, Form.CSV, "nl")[1].close()
    wanted = [TeamGoalInput(("1.1",), words) for words in ("Een", "Twee", "Drie")]
    one, other, third = set_team_goals(cast.guide, team.ref, cast.standard, wanted)
    change_team_goal(cast.guide, team.ref, one.ref, replace(wanted[0], words="Anders"))
    close_team_goal(cast.guide, team.ref, other.ref, "Gelukt.")
    drop_team_goal(cast.guide, team.ref, third.ref)
    invite(cast.guide, team.ref, "nieuw@example.org ander@example.org")
    gone = TeamMember.objects.get(email="ander@example.org")
    remove_member(cast.guide, team.ref, gone.ref)
    stop_sharing(people[4], team.ref)
    leave(people[5], team.ref)
    set_lead(cast.coordinator, cast.provider, team.ref, cast.coordinator.email)


def _cohort(cast: Cast, people: list[Person]) -> None:
    programme_at(cast)
    cohort = cohort_of(cast, *people)
    key = f"{cast.standard.identifier}@{cast.standard.version}/sociaal-werk"
    change_cohort(cast.coordinator, cast.provider, cohort.ref, key, NOW.date())
    for one in people:
        shares(one, cohort, Layer.SELF)
    report_cohort(cast.guide, cohort.ref, cast.standard, Layer.SELF)


def _own(person: Person, cast: Cast) -> None:
    body = publish(None, load_builtin("kennis-sociaal-werk"))
    items = [item.code for item in knowledge_items(framework_of(body))]
    for code in items[:2]:
        say_knowledge(person, body, code, KnowledgeInput("yes", "Bij Fatma.", NOW.date()))
    say_it_still_holds(person, body, items[0])
    forget_knowledge(person, body, items[1])
    goal = set_goal(person, cast.standard, GoalInput(("1.1",), "vakbekwaam", "Beter luisteren"))
    plan_activity(person, goal.ref, ActivityInput(Way.SUPERVISION.value, "Met de collega's"))


def _lists(cast: Cast) -> None:
    refs = load_list(cast, cast.standard)
    seen, known = entries_of(cast.provider, cast.standard)
    ref = refs["Burengesprek"]
    given = replace(known[ref], name="Gesprek met buren")
    put_intervention(cast.coordinator, cast.provider, cast.standard, given, seen, ref)
    seen, _known = entries_of(cast.provider, cast.standard)
    take_out_intervention(cast.coordinator, cast.provider, cast.standard, seen, ref)
    withdraw_catalogue(cast.coordinator, cast.provider, cast.standard, CatalogueKind.INTERVENTIONS)
    version = mbo()
    profile = changed(cast, version, written(cast, version), book="FB-13")
    written(cast, version, "Buurtwerker")
    remove_profile(cast.coordinator, cast.provider, version, profile.code, profile_hash(profile))
    choose_benchmark(cast.coordinator, cast.provider, given=True)
    choose_benchmark(cast.coordinator, cast.provider, given=False)


def test_all_that_is_written_is_vouched_for_and_an_account_goes_from_it(cast: Cast) -> None:
    with clock.at(NOW):
        people = everything(cast)
        assert walk_chain().whole and not faults()
        for one in (people[0], people[4], people[6], cast.guide):
            erase(one)
            assert walk_chain().whole and not faults()
    assert not KnowledgeNote.objects.exists() and not PlanGoal.objects.filter(owner=people[0].pk).exists()
    assert not TeamMember.objects.filter(person=people[0].pk).exists()
    assert TeamGoal.objects.count() == 2, "these are the team's"


CHANGES: Final[tuple[tuple[type[models.Model], dict[str, Any]], ...]] = (
    (Team, {"name": "Anders"}),
    (TeamMember, {"joined_at": None}),
    (TeamConsent, {"given": False}),
    (TeamGoal, {"words": "Heel anders"}),
    (TeamReport, {"document": {"sets": [], "crowds": []}}),
    (DataExport, {"people": 3}),
    (BenchmarkChoice, {"given": False}),
    (Catalogue, {"entries": []}),
    (KnowledgeNote, {"known": "no"}),
    (PlanGoal, {"words": "Anders"}),
)


def test_going_round_the_services_is_found_in_every_table(cast: Cast) -> None:
    with clock.at(NOW):
        everything(cast)
    for model, change in CHANGES:
        first = model._default_manager.order_by("pk")[:1].get()
        model._default_manager.filter(pk=first.pk).update(**change)
        assert (model.__name__, ContentFault.CHANGED) in faults(), model


def test_a_report_on_the_sector_that_is_changed_or_slipped_in_is_found(cast: Cast) -> None:
    who = {f"Huis {number}": [f"{number}-{one}" for one in range(12)] for number in range(5)}
    for name, people in who.items():
        provider = Provider.objects.create(name=name, registered_at=NOW)
        BenchmarkChoice.objects.create(provider=provider, given=True, chosen_by=cast.coordinator, at=NOW)
        bands = [[["none", "startbekwaam"], 6], [["vakbekwaam", "vakvolwassen"], 6]]
        TeamReport.objects.create(
            provider=provider,
            standard=cast.standard,
            layer=Layer.SELF,
            per_team=False,
            document={"sets": [["", people]], "crowds": [{"people": people, "bands": [["1.1", bands]]}]},
            made_at=NOW,
        )
    with clock.at(NOW):
        row = make_sector_report(cast.standard, Layer.SELF)
    assert row is not None
    slipped_in = ("TeamReport", ContentFault.NO_ENTRY)
    assert slipped_in in faults() and "SectorReport" not in {table for table, _fault in faults()}
    SectorReport.objects.update(document={**row.document, "units": []})
    assert ("SectorReport", ContentFault.CHANGED) in faults()
