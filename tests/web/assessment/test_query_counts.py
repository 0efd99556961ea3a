"""Every page takes the same number of queries, at most twelve, for a little and for a lot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bekwaam.services.assessment.consensus import propose_where_agreed
from bekwaam.services.assessment.judging import judge
from bekwaam.services.drafts import save_draft
from bekwaam.services.frameworks.versions import publish
from bekwaam.services.portfolio.evidence import add_evidence
from bekwaam.store.models import Person, Procedure
from tests.cast import Cast, Point, finding, piece_refs, story, units
from tests.standards import small_standard

LogIn = Callable[[Person], Client]

LIMIT = 12


def queries(client: Client, address: str) -> int:
    client.get(address)  # the standard is read once a process
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(address)
    assert response.status_code == 200, address
    return len(captured)


def dossier(cast: Cast, point: Point, size: int) -> Procedure:
    """Return a procedure on a standard of ``size`` competences with ``size`` pieces, brought to ``point``."""
    small = small_standard(size, 1)
    standard = publish(None, type(small)(**{**vars_of(small), "id": f"maat-{size}"}))
    candidate = cast.person(f"maat{size}@example.org", f"Kandidaat {size}")
    procedure = cast.bring_to(Point.CONSENTED, standard=standard, candidate=candidate)
    cast.fill(procedure, size)
    return cast.bring_on(procedure, point, since=Point.FILLED)


def vars_of(framework: Any) -> dict[str, Any]:
    return {name: getattr(framework, name) for name in framework.__dataclass_fields__}


def fill_in(cast: Cast, procedure: Procedure) -> None:
    """Let the first assessor judge all but the first unit, with drafts and sessions beside them."""
    noor = cast.assessors[0]
    pieces = piece_refs(procedure)
    for unit in units(procedure)[1:]:
        judge(noor, procedure, unit, finding("vakbekwaam", pieces, said_by=noor, about=unit))
        save_draft(noor, f"judge:{procedure.ref}:{unit}", {"why": ["x"]})
        cast.interview(procedure)


@pytest.mark.parametrize("name", ["judging", "judge", "finish"])
def test_judging_pages(cast: Cast, log_in: LogIn, name: str) -> None:
    counts = []
    for size in (2, 8):
        procedure = dossier(cast, Point.DECLARED, size)
        fill_in(cast, procedure)
        address = reverse(f"assessment:{name}", args=[procedure.ref, *(["1.1"] if name == "judge" else [])])
        counts.append(queries(log_in(cast.assessors[0]), address))
    assert counts[0] == counts[1] <= LIMIT


def test_a_full_dossier_opens_with_few_queries_and_little_weight(cast: Cast, log_in: LogIn) -> None:
    standard = publish(None, replace(small_standard(21, 1), id="vol"))
    procedure = cast.bring_to(Point.CONSENTED, standard=standard, candidate=cast.person("v@example.org", "V"))
    codes = units(procedure)
    told = story("Buurtkamer").story
    for number in range(40):
        given = story(f"Verhaal {number}", [codes[number % 21], codes[(number + 7) % 21]])
        add_evidence(procedure.candidate, procedure, replace(given, story={**told, "action": "woord " * 200}))
    cast.bring_on(procedure, Point.DECLARED, since=Point.FILLED)
    client = log_in(cast.assessors[0])
    for name, code, asked in (("judging", [], 11), ("judge", ["1.1"], 10)):
        address = reverse(f"assessment:{name}", args=[procedure.ref, *code])
        assert queries(client, address) == asked
        assert len(client.get(address).content) < 150_000
    page = client.get(address).content.decode()
    assert page.count("checks__marks") == 4  # the pieces that are tied to it; of the others where they belong


@pytest.mark.parametrize("who", ["assessor", "auditor"])
@pytest.mark.parametrize("name", ["finals", "final", "judging", "judge"])
def test_pages_after_the_reveal(cast: Cast, log_in: LogIn, name: str, who: str) -> None:
    counts = []
    for size in (2, 8):
        procedure = dossier(cast, Point.REVEALED, size)
        propose_where_agreed(cast.assessors[1], procedure)
        for _ in range(size):
            cast.interview(procedure)
        code = ["1.1"] if name in ("final", "judge") else []
        client = log_in(cast.assessors[0] if who == "assessor" else cast.auditor)
        counts.append(queries(client, reverse(f"assessment:{name}", args=[procedure.ref, *code])))
    assert counts[0] == counts[1] <= LIMIT


@pytest.mark.parametrize("name", ["declaration", "session_new"])
def test_forms(cast: Cast, log_in: LogIn, name: str) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    assert queries(log_in(cast.assessors[0]), reverse(f"assessment:{name}", args=[procedure.ref])) <= LIMIT


def test_the_queue_with_one_and_with_thirty(cast: Cast, log_in: LogIn) -> None:
    client = log_in(cast.assessors[0])
    counts = []
    for batch in (1, 29):
        for number in range(batch):
            who = cast.person(f"k{batch}-{number}@example.org", f"Kandidaat {batch}-{number}")
            cast.bring_to(Point.ASSIGNED, candidate=who)
        counts.append(queries(client, reverse("assessment:queue")))
    assert counts[0] == counts[1] <= LIMIT
    assert len(client.get(reverse("assessment:queue")).context["entries"]) == 25
    assert len(client.get(reverse("assessment:queue") + "?page=2").context["entries"]) == 5


def test_the_wait_for_the_reveal(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.HALF_JUDGED)
    assert queries(log_in(cast.assessors[0]), reverse("assessment:finish", args=[procedure.ref])) <= LIMIT
