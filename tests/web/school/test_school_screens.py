"""Every screen of a school, programmes and cohorts, wide and on a phone: accessible, fitting, few queries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page

from bekwaam.domain.growth.gap import Layer
from bekwaam.frameworks.library import load_builtin
from bekwaam.services import clock
from bekwaam.services.frameworks.versions import publish
from bekwaam.services.teams.cohorts import report_cohort
from bekwaam.services.teams.making import invite
from bekwaam.store.models import FrameworkVersion, Person, Team, TeamReport
from tests.cast import Cast, make_cast
from tests.screens import faults_of, queries_of
from tests.services.growth.programmes import programme_at
from tests.services.teams.teams import cohort_of, group, place, rated, shares

MOST_QUERIES: Final = 12
STAGES: Final = ("startbekwaam", "vakbekwaam")
MODULES: Final = (
    ("Contact leggen en vertrouwen winnen", "Jaar 1", "84", "gesprek met een acteur"),
    ("Oriëntatie op het sociaal werk", "Jaar 1", "140", "portfolio"),
    ("Schuldhulpverlening en bestaanszekerheid", "Jaar 2", "84", "casustoets"),
    ("Praktijkleren: een dag in de week in een wijkteam", "Jaar 2", "420", "beoordeling in de praktijk"),
    ("Samenwerken in en om de organisatie", "Jaar 3", "84", "groepsopdracht"),
    ("Beroepsidentiteit en ethiek", "Jaar 3", "84", ""),
    ("Afstuderen", "Jaar 4", "", "proeve van bekwaamheid"),
)


def matrix(codes: list[str]) -> str:
    """Return a curriculum in which every module is about some competences, a few about none."""
    lines = [";".join(["Opleiding", "Module", "Jaar", *codes, "Uren", "Toets"])]
    for number, (name, period, hours, assessed) in enumerate(MODULES):
        ties = [""] * len(codes)
        for at in range(number, len(codes) - 2, 4):
            ties[at] = "x" if at % 5 == 0 else STAGES[(number + at) % 2]
        lines.append(";".join(["Hbo Sociaal werk", name, period, *ties, hours, assessed]))
    return "\n".join(lines)


def rich(cast: Cast) -> tuple[FrameworkVersion, Team, Team]:
    """Return a standard with a programme, a cohort of twenty that follows it and grew, and an empty one."""
    mbo = publish(None, load_builtin("evc-sociaal-werker-mbo"))
    codes = [item.code for item in load_builtin("evc-sociaal-werker-mbo").competences]
    programme_at(cast, matrix(codes), mbo)
    begun = clock.today() - timedelta(days=400)
    called = f"{mbo.identifier}@{mbo.version}/hbo-sociaal-werk"
    cohort = cohort_of(cast, *(learners := group(cast, 20)), programme=called, starts=begun)
    invite(cast.guide, cohort.ref, cast.candidate.email)
    for one in learners:
        shares(one, cohort, Layer.SELF)
    for months, further in ((6, 0), (1, 10)):
        for number, one in enumerate(learners):
            stage = "startbekwaam" if number < 5 + further else "none"
            value = "vakbekwaam" if number < further // 2 else stage
            rated(one, mbo, dict.fromkeys(codes[:9], value))
        row = report_cohort(cast.guide, cohort.ref, mbo, Layer.SELF)
        TeamReport.objects.filter(pk=row.pk).update(made_at=clock.now() - timedelta(days=30 * months))
    return mbo, cohort, cohort_of(cast, name="Nog niemand")


def addresses(cast: Cast, made: tuple[FrameworkVersion, Team, Team]) -> list[tuple[Person, str, str]]:
    """Return who looks at which screen, what it is called, and its address."""
    mbo, cohort, empty = made
    office, trainer = cast.coordinator, cast.guide
    member = Person.objects.get(email="lid0@example.org")
    school, version = cast.provider.ref, (mbo.identifier, mbo.version)
    programme = reverse("growth:programme", args=[school, *version, "hbo-sociaal-werk"])
    return [
        (office, "growth:programmes", reverse("growth:programmes", args=[school])),
        (office, "growth:programmes_on", reverse("growth:programmes_on", args=[school, *version])),
        (
            office,
            "growth:programmes_on nothing",
            reverse("growth:programmes_on", args=[school, "klein", "1"]),
        ),
        (office, "growth:programme_list", reverse("growth:programme_list", args=[school])),
        (trainer, "growth:programme_list reader", reverse("growth:programme_list", args=[school])),
        (cast.outsider, "growth:programme_list nothing", _elsewhere(cast)),
        (trainer, "growth:programme", programme),
        (trainer, "growth:programme profile", f"{programme}?naast=functie-wijkcoach"),
        (trainer, "growth:where", reverse("growth:where")),
        (office, "teams:cohorts", reverse("teams:cohorts", args=[school])),
        (office, "teams:cohort_new", reverse("teams:cohort_new", args=[school])),
        (office, "teams:cohort_change", reverse("teams:cohort_change", args=[school, cohort.ref])),
        (office, "teams:lead", reverse("teams:lead", args=[school, cohort.ref])),
        (cast.outsider, "teams:cohorts nothing", reverse("teams:cohorts", args=[cast.other_provider.ref])),
        (trainer, "teams:home trainer", reverse("teams:home")),
        (trainer, "teams:cohort", reverse("teams:cohort", args=[cohort.ref])),
        (trainer, "teams:cohort empty", reverse("teams:cohort", args=[empty.ref])),
        (trainer, "teams:cohort_growth", reverse("teams:cohort_growth", args=[cohort.ref])),
        (trainer, "teams:cohort_growth empty", reverse("teams:cohort_growth", args=[empty.ref])),
        (trainer, "teams:people", reverse("teams:people", args=[cohort.ref])),
        (trainer, "teams:remove", reverse("teams:remove", args=[cohort.ref, place(member, cohort).ref])),
        (member, "teams:home learner", reverse("teams:home")),
        (member, "teams:share", reverse("teams:share", args=[cohort.ref])),
        (member, "teams:leave", reverse("teams:leave", args=[cohort.ref])),
        (cast.candidate, "teams:share invited", reverse("teams:share", args=[cohort.ref])),
    ]


def _elsewhere(cast: Cast) -> str:
    return reverse("growth:programme_list", args=[cast.other_provider.ref])


def test_no_screen_takes_more_than_twelve_queries(cast: Cast) -> None:
    counts = queries_of(addresses(cast, rich(cast)))
    assert {row: count for row, count in counts.items() if count > MOST_QUERIES} == {}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_every_screen_is_accessible_and_fits(context: BrowserContext, page: Page, live_server: Any) -> None:
    cast = make_cast()
    faults = faults_of(context, page, live_server.url, addresses(cast, rich(cast)))
    assert not faults, "\n".join(faults)
