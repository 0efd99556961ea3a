"""Rounds, plans, reflections, deliberations, kept cases and teams of many, put straight into the tables."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse

from bekwaam.domain.deliberation.asking import Step
from bekwaam.domain.deliberation.steps import Phase
from bekwaam.domain.growth.gap import Layer
from bekwaam.domain.growth.ways import Way
from bekwaam.services import clock
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.services.teams.reports import make_report
from bekwaam.store.models import (
    CaseTag,
    Contribution,
    Deliberation,
    DeliberationSeat,
    FrameworkVersion,
    KeptCase,
    Person,
    PlanActivity,
    PlanGoal,
    Reflection,
    SelfRating,
    SelfRound,
    SharedStep,
    Team,
    TeamConsent,
    TeamMember,
)
from tests.cast import Cast

BATCH = 5_000
PER_TEAM = 20
EACH_ROUNDS = 4
"""How many rounds somebody who is looked at has; of the crowd everybody has one."""
STAGES = ("none", "startbekwaam", "vakbekwaam", "vakvolwassen")
Page = tuple[str, Person, str]


@dataclass(frozen=True)
class Growing:
    """Whom and what the pages are asked of."""

    one: Person
    standard: FrameworkVersion
    team: Team
    goal: PlanGoal
    table: Deliberation
    case: KeptCase


def grow(cast: Cast, standard: FrameworkVersion) -> Growing:
    """Let the crowd rate itself, plan, look back and be in teams; return what the pages are asked of."""
    people = list(Person.objects.filter(email__startswith="p").order_by("pk"))
    for number in range(EACH_ROUNDS):
        _rounds(people[:PER_TEAM] if number else people, standard, 90 * (EACH_ROUNDS - number))
    goals = _plans(people, standard)
    _reflections(people)
    table = _deliberations(people)
    case = _cases(cast, len(people) // 20 + 1)
    team = _teams(cast, people)
    make_report(cast.coordinator, cast.provider, standard, Layer.SELF)
    return Growing(people[0], standard, team, goals[0], table, case)


def pages_of(cast: Cast, found: Growing) -> Iterator[Page]:
    """Yield what is measured: a title, who looks, and the address."""
    kind, one, lead = found.standard, found.one, found.team.lead
    version = [kind.identifier, kind.version]
    yield "grower: my work", one, "/"
    yield "grower: where am I", one, reverse("growth:where")
    yield "grower: gap with a profile", one, reverse("growth:gap", args=[*version, "functie-wijkcoach"])
    yield "grower: growth over four rounds", one, reverse("growth:growth", args=version)
    yield "grower: plan, eight goals", one, reverse("growth:plan")
    yield "grower: one goal", one, reverse("growth:goal", args=[found.goal.ref])
    yield "grower: reflections", one, reverse("reflection:home")
    yield (
        "grower: deliberation, ten people",
        one,
        reverse("reflection:deliberation", args=[found.table.ref]),
    )
    cases = reverse("reflection:cases", args=[cast.provider.ref])
    yield "colleague: kept cases", cast.guide, cases
    yield "colleague: kept cases, searched", cast.guide, f"{cases}?dilemma=D1.1&competentie=C1"
    yield (
        "colleague: one kept case",
        cast.guide,
        reverse("reflection:case", args=[_ref(cast), found.case.ref]),
    )
    yield "member: teams", one, reverse("teams:home")
    yield "member: what my team sees", one, reverse("teams:share", args=[found.team.ref])
    for name in ("team", "spread", "models", "what_if", "people"):
        yield f"lead: {name}, twenty members", lead, reverse(f"teams:{name}", args=[found.team.ref])
    yield "coordinator: teams", cast.coordinator, reverse("teams:overview", args=[_ref(cast)])


def _ref(cast: Cast) -> str:
    return str(cast.provider.ref)


def _rounds(people: list[Person], standard: FrameworkVersion, ago: int) -> None:
    chance, now = random.Random(7), clock.now()
    codes = [item.code for item in framework_of(standard).competences]
    for at in range(0, len(people), 500):
        rounds = SelfRound.objects.bulk_create(
            SelfRound(
                owner=person,
                standard=standard,
                started_at=now - timedelta(days=ago),
                finished_at=now - timedelta(days=ago - 1),
            )
            for person in people[at : at + 500]
        )
        SelfRating.objects.bulk_create(
            (
                SelfRating(round=one, code=code, value=chance.choice(STAGES))
                for one in rounds
                for code in codes
            ),
            batch_size=BATCH,
        )


def _plans(people: list[Person], standard: FrameworkVersion) -> list[PlanGoal]:
    """Give everybody a goal, and the first of them eight, with three activities each."""
    now = clock.now()
    owners = [*[people[0]] * 7, *people]
    goals = PlanGoal.objects.bulk_create(
        (
            PlanGoal(
                owner=owner,
                standard=standard,
                codes=["1.1", "3.2"],
                value="vakbekwaam",
                target="functie-wijkcoach",
                words=f"Eerder doorvragen {number}.",
                by=clock.today() + timedelta(days=60),
                set_at=now,
                changed_at=now,
            )
            for number, owner in enumerate(owners)
        ),
        batch_size=BATCH,
    )
    PlanActivity.objects.bulk_create(
        (
            PlanActivity(goal=goal, way=way.value, words="Elke maand.", planned_at=now, changed_at=now)
            for goal in goals
            for way in list(Way)[:3]
        ),
        batch_size=BATCH,
    )
    return goals


def _reflections(people: list[Person]) -> None:
    now = clock.now()
    Reflection.objects.bulk_create(
        (
            Reflection(
                owner=person,
                kind="starr",
                title=f"Wat er gebeurde {number}",
                texts={"situation": "Een lange tekst. " * 40},
                written_at=now,
                changed_at=now,
            )
            for owner, person in enumerate(people)
            for number in range(3 if owner else 200)
        ),
        batch_size=BATCH,
    )


def _deliberations(people: list[Person]) -> Deliberation:
    """Let every ten people think something over; of the first table the first step was shared."""
    now = clock.now()
    tables = [people[at : at + 10] for at in range(0, len(people), 10)]
    rows = Deliberation.objects.bulk_create(
        (
            Deliberation(
                host=table[0],
                title="Wel of niet naar binnen",
                phase=Phase.APART.value,
                step=Step.CONCERNED.value,
                started_at=now,
                changed_at=now,
            )
            for table in tables
        ),
        batch_size=BATCH,
    )
    seats = DeliberationSeat.objects.bulk_create(
        (
            DeliberationSeat(
                deliberation=row,
                person=person,
                name=person.name,
                email=person.email,
                invited_at=now,
                sent_at=now,
                expires_at=now + timedelta(days=90),
                joined_at=now,
            )
            for row, table in zip(rows, tables, strict=True)
            for person in table
        ),
        batch_size=BATCH,
    )
    Contribution.objects.bulk_create(
        (
            Contribution(
                deliberation=seat.deliberation,
                seat=seat,
                step=Step.FACTS.value,
                round=1,
                text="Dit zag ik, en dat dacht ik erbij. " * 20,
                written_at=now,
            )
            for seat in seats
        ),
        batch_size=BATCH,
    )
    SharedStep.objects.bulk_create(
        SharedStep(deliberation=row, step=Step.FACTS.value, round=1, shared_at=now) for row in rows
    )
    return rows[0]


def _cases(cast: Cast, number: int) -> KeptCase:
    now = clock.now()
    rows = KeptCase.objects.bulk_create(
        (
            KeptCase(
                provider=cast.provider,
                title=f"Een deur die dicht blijft {at}",
                texts={step.value: "Een tekst zonder namen. " * 30 for step in Step},
                participants=3,
                offered_at=now,
                kept_at=now - timedelta(hours=at),
            )
            for at in range(number)
        ),
        batch_size=BATCH,
    )
    tags = (("dilemma", ("D1.1", "D2.1", "D3")), ("competence", ("C1", "C2", "C3")))
    CaseTag.objects.bulk_create(
        (
            CaseTag(case=row, kind=kind, code=codes[at % len(codes)])
            for at, row in enumerate(rows)
            for kind, codes in tags
        ),
        batch_size=BATCH,
    )
    return rows[0]


def _teams(cast: Cast, people: list[Person]) -> Team:
    """Put everybody into a team of twenty, led by one of them, and let all share their own word."""
    now = clock.now()
    teams = Team.objects.bulk_create(
        (
            Team(provider=cast.provider, name=f"Team {at:06d}", lead=people[at], made_at=now)
            for at in range(0, len(people), PER_TEAM)
        ),
        batch_size=BATCH,
    )
    members = TeamMember.objects.bulk_create(
        (
            TeamMember(team=teams[at // PER_TEAM], person=person, invited_at=now, joined_at=now)
            for at, person in enumerate(people)
        ),
        batch_size=BATCH,
    )
    TeamConsent.objects.bulk_create(
        (TeamConsent(member=one, layer=Layer.SELF.value, given=True, at=now) for one in members),
        batch_size=BATCH,
    )
    return teams[0]
