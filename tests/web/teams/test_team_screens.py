"""Every screen of teams, wide and on a phone: accessible, not too wide, and in few queries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

import pytest
from django.urls import get_resolver, reverse
from playwright.sync_api import BrowserContext, Page

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.growth.gap import Layer
from bekwaam.domain.growth.rating import rated_units
from bekwaam.domain.growth.ways import Way
from bekwaam.domain.teams.analysis import Form
from bekwaam.domain.teams.members import Share
from bekwaam.frameworks.library import load_builtin
from bekwaam.services import clock
from bekwaam.services.frameworks.versions import framework_of, publish
from bekwaam.services.growth.activities import ActivityInput, plan_activity
from bekwaam.services.growth.goals import GoalInput, set_goal
from bekwaam.services.growth.knowledge import KnowledgeInput, say_knowledge
from bekwaam.services.teams.analysis import take_out
from bekwaam.services.teams.exporting import ask, make
from bekwaam.services.teams.goals import TeamGoalInput, close_team_goal, set_team_goal
from bekwaam.services.teams.making import invite
from bekwaam.services.teams.reports import make_report
from bekwaam.services.teams.sector import choose_benchmark, make_sector_report
from bekwaam.store.models import (
    ExportRequest,
    FrameworkVersion,
    Membership,
    Person,
    Provider,
    Team,
    TeamGoal,
    TeamReport,
)
from tests.cast import Cast, make_cast
from tests.screens import faults_of, queries_of
from tests.services.teams.teams import group, place, rated, shares, team_of

# No screens: a click, and a file.
NO_SCREEN: Final = {"teams:stop", "teams:sheet", "teams:paper", "teams:research_file"}
# Of a school (school/test_school_screens.py).
OF_SCHOOLS: Final = {
    "teams:cohorts",
    "teams:cohort_new",
    "teams:cohort_change",
    "teams:cohort",
    "teams:cohort_growth",
}
MOST_QUERIES: Final = 12
STAGES: Final = ("startbekwaam", "vakbekwaam", "vakvolwassen")
WORDS: Final = "Bewonersparticipatiebijeenkomsten en schuldhulpverleningstrajecten samen kunnen begeleiden."
Rows = list[tuple[Person, str, str]]


def test_no_screen_is_forgotten(cast: Cast) -> None:
    known = {
        f"teams:{name}"
        for name in get_resolver().namespace_dict["teams"][1].reverse_dict
        if isinstance(name, str)
    }
    assert known - NO_SCREEN - OF_SCHOOLS == {
        row.split(" ")[0] for _who, row, _address in addresses(cast, rich(cast))
    }


def rich(cast: Cast) -> dict[str, Team]:
    """Return a team as it is after a while, one of one person, a large one and an empty one."""
    mbo = publish(None, load_builtin("evc-sociaal-werker-mbo"))
    stages = ("none", *STAGES)
    people = group(cast, 10)
    units = [item.code for item in rated_units(framework_of(mbo))]
    for number, person in enumerate(people):
        some = [code for code in units if framework_of(mbo).by_code[code].kind == "competence"]
        rated(person, mbo, {c: stages[(number + at) % 4] for at, c in enumerate(some[: 5 + number * 2])})
    team = team_of(cast, *people[:6])
    invite(cast.guide, team.ref, cast.candidate.email)
    with clock.at(clock.now() - timedelta(days=61)):
        invite(cast.guide, team.ref, cast.assessors[2].email)
    large = team_of(cast, *people, name="Sociaal team van de stad en de dorpen eromheen")
    alone = team_of(cast, people[0], name="Alleen")
    body = publish(None, load_builtin("kennis-sociaal-werk"))
    for number, one in enumerate(people[:4]):
        for code, known in (("K1.4", "yes"), ("K3.2", ("yes", "partly", "no", "yes")[number])):
            with clock.at(clock.now() - timedelta(days=9 * (number % 2))):
                day = clock.today() + timedelta(days=1)
                say_knowledge(one, body, code, KnowledgeInput(known, "Bij Nel.", day))
    for one in people:
        shares(one, large, Layer.SELF, Share.KNOWLEDGE)
    for one in people[:5]:
        codes = ("1.1", "4.3", "5.1")
        goal = set_goal(one, mbo, GoalInput(codes, "vakbekwaam", WORDS, clock.today() + timedelta(90)))
        plan_activity(one, goal.ref, ActivityInput(Way.SUPERVISION, "", None))
        shares(one, team, Layer.SELF, Layer.JUDGEMENT, Share.KNOWLEDGE, Share.PLAN)
    for number in range(7):
        given = TeamGoalInput(("5.2", "4.3"), f"{WORDS} {number}", Way.SUPERVISION, WORDS, clock.today())
        set_team_goal(cast.guide, team.ref, mbo, given)
    for number in range(12):
        shut = set_team_goal(cast.guide, team.ref, mbo, TeamGoalInput(("1.1",), f"Af {number}"))
        close_team_goal(cast.guide, team.ref, shut.ref, WORDS)
    shares(people[0], alone, Layer.SELF)
    for per_team in (True, False):
        make_report(cast.coordinator, cast.provider, mbo, Layer.SELF, per_team=per_team)
    for number in range(4):
        grown(cast.provider, mbo, some, number)
    for one in people[:6]:
        shares(one, large, Layer.SELF, Share.ANALYSIS)
    for _twice in range(2):
        take_out(cast.coordinator, cast.provider, Form.CSV, "nl")[1].close()
    made, _fresh = ask(cast.coordinator, cast.provider, Form.CSV, "nl")
    make(made.ref)
    lost, _fresh = ask(cast.coordinator, cast.provider, Form.CSV, "nl")
    fault = "Het maken van het bestand is niet gelukt. Vraag het opnieuw."
    ExportRequest.objects.filter(pk=lost.pk).update(fault=fault, finished_at=clock.now())
    ask(cast.coordinator, cast.provider, Form.PARQUET, "nl")
    in_the_sector(cast, mbo)
    return {"team": team, "large": large, "alone": alone, "empty": team_of(cast, name="Leeg")}


def grown(provider: Provider, mbo: FrameworkVersion, units: list[str], number: int) -> None:
    """Keep a report over forty people who are a little further every time."""
    who, bands = [f"somebody {one}" for one in range(40)], []
    for at, code in enumerate(units):
        low, middle = 20 - 3 * number - at % 4, 6 + at % 9
        top = [["vakvolwassen"], 40 - low - middle]
        cut = [[["none", "startbekwaam"], low], [["vakbekwaam"], middle], top]
        merged = [[["none"], low], [["startbekwaam", "vakbekwaam"], middle], top]
        whole = [[["none", *STAGES], 40]]
        bands.append([code, merged if at % 5 == number else whole if at == 7 else cut])
    TeamReport.objects.create(
        provider=provider,
        standard=mbo,
        layer=Layer.SELF,
        per_team=False,
        document={"sets": [["", who]], "crowds": [{"people": who, "bands": bands}]},
        made_at=clock.now() + timedelta(days=90 * number + 1),
    )


def in_the_sector(cast: Cast, mbo: FrameworkVersion) -> None:
    """Let the provider and five others take part, with a report of the sector; one more takes no part."""
    choose_benchmark(cast.coordinator, cast.provider, given=True)
    own = TeamReport.objects.filter(provider=cast.provider, per_team=False).latest("made_at")
    for number in range(6):
        other = Provider.objects.create(name=f"Huis {number}", registered_at=clock.now())
        Membership.objects.create(
            person=cast.coordinator, provider=other, role=Role.COORDINATOR, since=clock.now()
        )
        if number < 5:
            choose_benchmark(cast.coordinator, other, given=True)
            TeamReport.objects.create(
                provider=other,
                standard=mbo,
                layer=Layer.SELF,
                per_team=False,
                document=own.document,
                made_at=clock.now(),
            )
    assert make_sector_report(mbo, Layer.SELF) is not None


def addresses(cast: Cast, teams: dict[str, Team]) -> Rows:
    """Return who looks at which screen, what it is called, and its address."""
    lead, member, office = cast.guide, Person.objects.get(email="lid0@example.org"), cast.coordinator
    goal = TeamGoal.objects.filter(team=teams["team"], closed_at=None)[0].ref
    team, leaver = teams["team"], place(Person.objects.get(email="lid1@example.org"), teams["team"]).ref

    def at(name: str, ref: str, *rest: str, query: str = "") -> str:
        return reverse(name, args=[ref, *rest]) + query

    return [
        (lead, "teams:home lead", reverse("teams:home")),
        (lead, "teams:team", at("teams:team", team.ref)),
        (lead, "teams:team judged", at("teams:team", team.ref, query="?laag=judgement")),
        (lead, "teams:team feedback", at("teams:team", team.ref, query="?laag=feedback")),
        (lead, "teams:team profile", at("teams:team", team.ref, query="?doel=profiel-wijkcoach")),
        (lead, "teams:team large", at("teams:team", teams["large"].ref)),
        (lead, "teams:team alone", at("teams:team", teams["alone"].ref)),
        (lead, "teams:team empty", at("teams:team", teams["empty"].ref)),
        (lead, "teams:what_if gone", at("teams:what_if", team.ref, query="?weg=weg")),
        (lead, "teams:what_if empty", at("teams:what_if", teams["empty"].ref)),
        (lead, "teams:spread", at("teams:spread", team.ref)),
        (lead, "teams:models", at("teams:models", team.ref)),
        (lead, "teams:knowledge", at("teams:knowledge", team.ref)),
        (lead, "teams:knowledge large", at("teams:knowledge", teams["large"].ref)),
        (lead, "teams:knowledge nobody", at("teams:knowledge", teams["alone"].ref)),
        (lead, "teams:knowledge empty", at("teams:knowledge", teams["empty"].ref)),
        (lead, "teams:what_if leaves", at("teams:what_if", team.ref, query=f"?weg={leaver}")),
        (lead, "teams:what_if joins", at("teams:what_if", team.ref, query="?erbij=wijkcoach")),
        (lead, "teams:models empty", at("teams:models", teams["empty"].ref)),
        (lead, "teams:plan", at("teams:plan", team.ref)),
        (lead, "teams:plan judged", at("teams:plan", team.ref, query="?laag=judgement")),
        (lead, "teams:plan empty", at("teams:plan", teams["empty"].ref)),
        (lead, "teams:start", at("teams:start", team.ref, "twee-beroepen")),
        (lead, "teams:start empty", at("teams:start", teams["empty"].ref, "een-generalist")),
        (lead, "teams:goals lead", at("teams:goals", team.ref)),
        (lead, "teams:goals none", at("teams:goals", teams["alone"].ref)),
        (lead, "teams:goal_new", at("teams:goal_new", team.ref, query="?code=1.1&code=2.3")),
        (lead, "teams:goal_change", at("teams:goal_change", team.ref, goal)),
        (lead, "teams:goal_close", at("teams:goal_close", team.ref, goal)),
        (lead, "teams:goal_drop", at("teams:goal_drop", team.ref, goal)),
        (lead, "teams:people", at("teams:people", team.ref)),
        (lead, "teams:remove", at("teams:remove", team.ref, leaver)),
        (member, "teams:home member", reverse("teams:home")),
        (member, "teams:share", at("teams:share", team.ref)),
        (member, "teams:goals member", at("teams:goals", team.ref)),
        (member, "teams:leave", at("teams:leave", team.ref)),
        (cast.candidate, "teams:share invited", at("teams:share", team.ref)),
        (cast.assessors[2], "teams:home expired", reverse("teams:home")),
        (cast.assessors[2], "teams:share expired", at("teams:share", team.ref)),
        (cast.auditor, "teams:home nothing", reverse("teams:home")),
        (office, "teams:overview", at("teams:overview", cast.provider.ref)),
        (office, "teams:overview each", at("teams:overview", cast.provider.ref, query="?per=team")),
        (
            office,
            "teams:overview stage",
            at("teams:overview", cast.provider.ref, query="?doel=stadium-vakbekwaam"),
        ),
        (office, "teams:over_time", at("teams:over_time", cast.provider.ref)),
        (
            office,
            "teams:over_time team",
            at("teams:over_time", cast.provider.ref, query=f"?van={teams['large'].ref}"),
        ),
        (office, "teams:over_time nothing", at("teams:over_time", cast.provider.ref, query="?laag=feedback")),
        (office, "teams:sector", at("teams:sector", cast.provider.ref)),
        (office, "teams:sector nothing", at("teams:sector", cast.provider.ref, query="?laag=feedback")),
        (office, "teams:sector outside", at("teams:sector", Provider.objects.get(name="Huis 5").ref)),
        (office, "teams:research", at("teams:research", cast.provider.ref)),
        (office, "teams:research none", at("teams:research", Provider.objects.get(name="Huis 5").ref)),
        (office, "teams:new", at("teams:new", cast.provider.ref)),
        (office, "teams:lead", at("teams:lead", cast.provider.ref, team.ref)),
    ]


def test_no_screen_takes_more_than_twelve_queries(cast: Cast) -> None:
    counts = queries_of(addresses(cast, rich(cast)))
    assert {row: count for row, count in counts.items() if count > MOST_QUERIES} == {}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_every_screen_is_accessible_and_fits(context: BrowserContext, page: Page, live_server: Any) -> None:
    cast = make_cast()
    faults = faults_of(context, page, live_server.url, addresses(cast, rich(cast)))
    assert not faults, "\n".join(faults)
