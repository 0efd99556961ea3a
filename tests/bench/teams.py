"""How long it takes to count an organisation of many teams, and to show one team.

    python -m tests.bench.teams [PEOPLE [OTHERS]]

Runs on an SQLite file of its own, or on ``TEST_DATABASE_URL``. PEOPLE (5 000) in teams of twenty each finish
four rounds on the 21 competences of the real standard and share them; OTHERS (0) do too, and are in no team.
Printed are the report over everybody and team by team, also as the eighth one in a row, the pages above the
teams with what they show over time, that of a lead, and the file for research as CSV and Parquet.
To compare with: what the database needs for the bare count by competence and stage, and for reading the rows
of the file and nothing else.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Callable
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bekwaam.config.settings_test")

import django

django.setup()

from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.runner import DiscoverRunner  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402

from bekwaam.domain.growth.gap import Layer  # noqa: E402
from bekwaam.domain.teams.analysis import Form  # noqa: E402
from bekwaam.domain.teams.members import Share  # noqa: E402
from bekwaam.frameworks.library import load_builtin  # noqa: E402
from bekwaam.services import clock  # noqa: E402
from bekwaam.services.frameworks.versions import framework_of, publish  # noqa: E402
from bekwaam.services.teams.analysis import take_out  # noqa: E402
from bekwaam.services.teams.reports import make_report  # noqa: E402
from bekwaam.store.models import (  # noqa: E402
    FrameworkVersion,
    Person,
    Provider,
    SelfRating,
    SelfRound,
    Team,
    TeamConsent,
    TeamMember,
)
from tests.cast import Cast, make_cast  # noqa: E402

BATCH = 5_000
PER_TEAM = 20
ROUNDS = 4
KEPT = 8
STAGES = ("none", "startbekwaam", "vakbekwaam", "vakvolwassen")


def rated(people: list[Person], standard: FrameworkVersion) -> None:
    """Let everybody finish four rounds, each a little further than the one before."""
    chance, now = random.Random(7), clock.now()
    codes = [item.code for item in framework_of(standard).competences]
    for at in range(0, len(people), 500):
        rounds = SelfRound.objects.bulk_create(
            SelfRound(
                owner=person,
                standard=standard,
                started_at=now - timedelta(days=400 - 90 * number),
                finished_at=now - timedelta(days=399 - 90 * number),
            )
            for person in people[at : at + 500]
            for number in range(ROUNDS)
        )
        SelfRating.objects.bulk_create(
            (
                SelfRating(round=one, code=code, value=chance.choice(STAGES[: 2 + place % ROUNDS]))
                for place, one in enumerate(rounds)
                for code in codes
            ),
            batch_size=BATCH,
        )


def fill(cast: Cast, standard: FrameworkVersion, number: int, others: int) -> Team:
    """Put people, teams, consents and rounds in the tables; return one of the teams."""
    now = clock.now()
    people = Person.objects.bulk_create(
        (
            Person(email=f"p{n}@example.org", name=f"Lid {n:06d}", password="!", created_at=now)
            for n in range(number + others)
        ),
        batch_size=BATCH,
    )
    rated(people, standard)
    teams = Team.objects.bulk_create(
        Team(provider=cast.provider, name=f"Team {n:04d}", lead=cast.guide, made_at=now)
        for n in range(-(-number // PER_TEAM))
    )
    members = TeamMember.objects.bulk_create(
        (
            TeamMember(team=teams[n // PER_TEAM], person=person, invited_at=now, joined_at=now)
            for n, person in enumerate(people[:number])
        ),
        batch_size=BATCH,
    )
    TeamConsent.objects.bulk_create(
        (
            TeamConsent(member=one, layer=layer, given=True, at=now)
            for one in members
            for layer in (Share.SELF, Share.ANALYSIS)
        ),
        batch_size=BATCH,
    )
    return teams[0]


def timed(title: str, work: Callable[[], object]) -> None:
    """Print how long ``work`` takes, and its queries."""
    with CaptureQueriesContext(connection) as asked:
        wall, own = time.perf_counter(), time.process_time()
        work()
        wall, own = time.perf_counter() - wall, time.process_time() - own
    print(f"{title:46} {1000 * wall:8.0f} ms {1000 * own:8.0f} ms {len(asked):4} queries", flush=True)


def bare(standard: FrameworkVersion) -> list[object]:
    """Count every rating of every round by competence and stage, and nothing else."""
    rows = SelfRating.objects.filter(round__standard=standard).order_by()
    return list(rows.values_list("code", "value").annotate(Count("pk")))


def bare_rows(provider: Provider) -> int:
    """Read the rows that the file for research is made of, and nothing else."""
    people = TeamMember.objects.filter(team__provider=provider).values("person")
    rows = SelfRating.objects.filter(round__owner__in=people).order_by()
    fields = ("round", "round__owner", "round__standard", "round__finished_at", "code", "value")
    return sum(1 for _row in rows.values_list(*fields).iterator(5000))


def over_and_over(cast: Cast, standard: FrameworkVersion, number: int) -> None:
    """Keep as many reports of both kinds as there would be after some years."""
    for one in range(number):
        with clock.at(clock.now() - timedelta(days=90 * (number - one))):
            for per_team in (False, True):
                make_report(cast.coordinator, cast.provider, standard, Layer.SELF, per_team=per_team)


def taken(cast: Cast, form: Form) -> None:
    """Take a file out, and say how large it is."""
    row, file = take_out(cast.coordinator, cast.provider, form, "nl")
    with file:
        print(f"  {row.people} people, {row.rows} rows, {file.seek(0, 2) / 1e6:.1f} MB as {form}")


def page(who: Person, address: str) -> Callable[[], None]:
    """Return a visit to a page; the frame around it is made once before."""
    client = Client()
    client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get(address)

    def visit() -> None:
        answer = client.get(address)
        assert answer.status_code == 200, answer.status_code

    return visit


def main(number: int, others: int) -> None:
    """Fill a database and print the figures."""
    setup_test_environment()
    runner = DiscoverRunner(verbosity=0, interactive=False)
    old = runner.setup_databases()
    try:
        cast = make_cast()
        standard = publish(None, load_builtin("evc-sociaal-werker-mbo"))
        start = time.perf_counter()
        team = fill(cast, standard, number, others)
        print(f"{number} people in teams, {others} others; filled in {time.perf_counter() - start:.0f} s")
        timed("bare: count of all ratings", lambda: bare(standard))
        for per_team in (False, True):
            title = "a report, team by team" if per_team else "a report over everybody"
            timed(
                title,
                lambda: make_report(
                    cast.coordinator,
                    cast.provider,
                    standard,
                    Layer.SELF,
                    per_team=per_team,  # noqa: B023
                ),
            )
        over_and_over(cast, standard, KEPT - 1)
        for per_team in (False, True):
            title = "the eighth report, team by team" if per_team else "the eighth report over everybody"
            timed(
                title,
                lambda: make_report(
                    cast.coordinator,
                    cast.provider,
                    standard,
                    Layer.SELF,
                    per_team=per_team,  # noqa: B023
                ),
            )
        above = reverse("teams:overview", args=[cast.provider.ref])
        timed("the page above the teams", page(cast.coordinator, above))
        timed("the same, team by team", page(cast.coordinator, above + "?per=team"))
        over_time = reverse("teams:over_time", args=[cast.provider.ref])
        timed("over time, everybody", page(cast.coordinator, over_time))
        timed("over time, one team", page(cast.coordinator, f"{over_time}?van={team.ref}"))
        timed("bare: the rows of the file", lambda: bare_rows(cast.provider))
        for form in Form:
            timed(f"the file for research, {form}", lambda: taken(cast, form))  # noqa: B023
        timed("a lead's page", page(cast.guide, reverse("teams:team", args=[team.ref])))
    finally:
        runner.teardown_databases(old)


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:3]]
    main(given[0] if given else 5_000, given[1] if len(given) > 1 else 0)
