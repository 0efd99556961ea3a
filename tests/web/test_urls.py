"""Every address × every role: who gets in, who is told why not, and for whom there is nothing there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from bekwaam.domain.accounts.access import Role
from bekwaam.frameworks.editing.start import start_copy
from bekwaam.frameworks.exchange.case import to_package
from bekwaam.frameworks.library import load_builtin
from bekwaam.frameworks.model import Text
from bekwaam.services.frameworks.drafts import start_draft
from bekwaam.services.frameworks.versions import publish
from bekwaam.services.issuers.keys import make_first_key
from bekwaam.services.portfolio.evidence import add_evidence
from bekwaam.services.portfolio.own import start_portfolio
from bekwaam.services.procedures.objecting import object_to
from bekwaam.services.publiclog.daily import log_audit_head
from bekwaam.services.teams.goals import TeamGoalInput, set_team_goal
from bekwaam.store.models import Person, Procedure
from tests.cast import Cast, Point, fresh, story
from tests.rich_interventions import load_list
from tests.services.assessment.test_planning import planned
from tests.services.auditing.samples import drawn
from tests.services.calibration.practice import drafted as practice_drafted
from tests.services.calibration.practice import released as practice_released
from tests.services.certificates.links import shown
from tests.services.frameworks.crosswalks import drafted, link
from tests.services.growth.programmes import programme_at
from tests.services.teams.teams import cohort_of, export_ready, place, team_of
from tests.standards import small_standard
from tests.web.addresses import (
    COHORT_LETTERS,
    DRAFT_URLS,
    ELSEWHERE,
    LINKS_URLS,
    OWN_URLS,
    PORTFOLIO_URLS,
    PROVIDER_URLS,
    TEAM_URLS,
    TOO_EARLY,
)
from tests.web.procedure_addresses import INSIDERS, PROCEDURE_URLS, STRANGERS

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def _rows(table: str) -> list[list[str]]:
    return [line.split() for line in table.strip().splitlines()]


def _people(cast: Cast) -> dict[str, Person]:
    return {
        "c": cast.candidate,
        "g": cast.guide,
        "a": cast.assessors[0],
        "k": cast.coordinator,
        "u": cast.auditor,
        "o": cast.operator,
        "m": cast.person("collega@example.org", "Collega", Role.GUIDE, Role.ASSESSOR),
        "x": cast.outsider,
    }


def _address(cast: Cast, spec: str, procedure: Procedure) -> str:
    name, *arguments = spec.split("/")
    if "PLAN" in arguments:
        arguments = [planned(cast, procedure).ref]
    if "SAMPLE" in arguments:
        arguments = [drawn(cast).ref]
    if "ASSESSOR" in arguments:
        arguments = [cast.assessors[1].ref]
    if "LINK" in arguments:
        arguments = [shown(procedure).ref]
    if "PIECE" in arguments:
        arguments[0] = procedure.dossier_items.get().evidence.ref
    return reverse(name, args=[procedure.ref, *arguments])


def _brought_to(cast: Cast, point: str) -> Procedure:
    """Bring a procedure to a point; after that the candidate can also have objected to the outcome."""
    if point != "OBJECTED":
        return cast.bring_to(Point[point])
    procedure = cast.bring_to(Point.ISSUED)
    object_to(cast.candidate, procedure, ["1.1"], "Hier ben ik het niet mee eens.")
    return fresh(procedure)


def _exchanged(name: str) -> str:
    """Return the identifier of something that is found at an address of the CASE exchange."""
    package = to_package(small_standard())
    listed = {**package["CFDefinitions"], **{part: package[part] for part in package if part != "CFDocument"}}
    listed |= {"package": [package["CFDocument"]], "CFDocuments": [package["CFDocument"]]}
    listed["item_associations"] = package["CFItems"]
    return str(listed[name.partition(":")[2]][0]["identifier"])


def _status(client: Client, method: str, url: str) -> int:
    return int(getattr(client, method.lower())(url).status_code)


def _let_in(status: int) -> bool:
    return status in (200, 302, 303, 400, 409, 422)


@pytest.mark.parametrize(
    ("method", "spec", "point", "letters"), _rows(PROCEDURE_URLS), ids=lambda value: str(value)
)
def test_an_address_on_a_procedure(
    cast: Cast, log_in: Callable[[Person], Client], method: str, spec: str, point: str, letters: str
) -> None:
    procedure = _brought_to(cast, point)  # first: only from the cast as it is, is the way there remembered
    people = _people(cast)
    url = _address(cast, spec, procedure)
    anonymous = Client().get(url) if method == "GET" else Client().post(url)
    assert anonymous.status_code == 302 and "/login/" in anonymous["Location"]
    for letter in STRANGERS:
        assert _status(log_in(people[letter]), method, url) == 404, letter
    for letter in (one for one in INSIDERS if one not in letters):
        response = getattr(log_in(people[letter]), method.lower())(url)
        assert response.status_code == 403, letter
        assert "<h1" in response.content.decode()
    for letter in letters.replace("-", ""):
        status = _status(log_in(people[letter]), method, url)
        assert _let_in(status) or (spec in TOO_EARLY and status == 403), (letter, status)


@pytest.mark.parametrize(("method", "name", "letters"), _rows(PROVIDER_URLS))
def test_an_address_of_a_provider(
    cast: Cast, log_in: Callable[[Person], Client], method: str, name: str, letters: str
) -> None:
    people = _people(cast)
    spec = name
    name, *arguments = name.split("/")
    if "SAMPLE" in arguments:
        cast.start()
        arguments = [drawn(cast).ref]
    if "KEY" in arguments:
        arguments = [make_first_key(None, cast.provider).ref]
    if "PRACTICE" in arguments:
        out = name in ("calibration:practice", "calibration:judge")
        made = practice_released(cast) if out else practice_drafted(cast)
        named = {"PRACTICE": made.ref, "TEXT": made.pieces.get().ref}
        arguments = [named[one] for one in arguments]
    if "PROGRAMME" in arguments:
        arguments = ["klein", "1", programme_at(cast)]
    if "COHORT" in arguments:
        arguments = [cohort_of(cast).ref]
    if "EXPORT" in arguments:
        arguments = [export_ready(cast).ref]
    if "TEAM" in arguments:
        arguments = [team_of(cast).ref]
    if "INTERVENTION" in arguments:
        arguments[-1] = load_list(cast, cast.standard)["Burengesprek"]
    url = reverse(name, args=[cast.provider.ref, *arguments])
    anonymous = Client().get(url) if method == "GET" else Client().post(url)
    assert anonymous.status_code == 302 and "/login/" in anonymous["Location"]
    for letter, person in people.items():
        status = _status(log_in(person), method, url)
        if letter in letters:
            assert _let_in(status) or (spec in TOO_EARLY and status == 403), letter
        else:
            assert status in (403, 404), letter


@pytest.mark.parametrize(("method", "spec"), _rows(DRAFT_URLS))
def test_an_address_of_a_draft(
    cast: Cast, log_in: Callable[[Person], Client], method: str, spec: str
) -> None:
    whole = replace(small_standard(), documents={"test": Text("Proef", "Test")})
    draft = start_draft(
        cast.coordinator, cast.provider, start_copy(whole, "eigen", "1", Text("Eigen", "Own"))
    )
    name, _, argument = spec.partition("/")
    url = reverse(name, args=[draft.ref, *([argument] if argument else [])])
    url += "?soort=cluster" if spec == "drafting:add" and method == "GET" else ""
    data = {"kind": "cluster"} if spec == "drafting:add" else {}
    anonymous = Client().get(url) if method == "GET" else Client().post(url)
    assert anonymous.status_code == 302 and "/login/" in anonymous["Location"]
    people = _people(cast)
    for letter, expected in (("o", 404), ("x", 404), ("c", 404), ("g", 403), ("u", 403), ("m", 403)):
        assert _status(log_in(people[letter]), method, url) == expected, letter
    client = log_in(people["k"])
    answer = client.get(url) if method == "GET" else client.post(url, data)
    assert _let_in(answer.status_code)


@pytest.mark.parametrize(("method", "spec"), _rows(PORTFOLIO_URLS))
def test_an_address_in_a_portfolio_of_ones_own(
    cast: Cast, log_in: Callable[[Person], Client], method: str, spec: str
) -> None:
    portfolio = start_portfolio(cast.candidate, cast.standard.pk)
    piece = add_evidence(cast.candidate, portfolio, story("Verhaal", ["1.1"]))
    name, *arguments = spec.replace("PIECE", piece.ref).split("/")
    url = reverse(name, args=[portfolio.ref, *arguments])
    anonymous = Client().get(url) if method == "GET" else Client().post(url)
    assert anonymous.status_code == 302 and "/login/" in anonymous["Location"]
    people = _people(cast)
    owner = people.pop("c")
    for letter, person in people.items():
        assert _status(log_in(person), method, url) == 404, letter
    assert _let_in(_status(log_in(owner), method, url))


@pytest.mark.parametrize(("method", "spec", "letters"), _rows(TEAM_URLS))
def test_an_address_of_a_team(
    cast: Cast, log_in: Callable[[Person], Client], method: str, spec: str, letters: str
) -> None:
    team = team_of(cast, cast.candidate)
    mbo = publish(None, load_builtin("evc-sociaal-werker-mbo")) if "start" in spec else cast.standard
    goal = set_team_goal(cast.guide, team.ref, cast.standard, TeamGoalInput(("1.1",), "Samen")).ref
    known = spec.replace("MEMBER", place(cast.candidate, team).ref).replace("GOAL", goal)
    name, *arguments = known.split("/")
    url = f"{reverse(name, args=[team.ref, *arguments])}?kader={mbo.identifier}@{mbo.version}"
    anonymous = Client().get(url) if method == "GET" else Client().post(url)
    assert anonymous.status_code == 302 and "/login/" in anonymous["Location"]
    people = {**_people(cast), "l": cast.guide, "t": cast.candidate}
    for letter in "akuomx":
        assert _status(log_in(people[letter]), method, url) == 404, letter
    for letter in (one for one in "lt" if one not in letters):
        assert _status(log_in(people[letter]), method, url) == 403, letter
    for letter in letters.replace("-", ""):
        assert _let_in(_status(log_in(people[letter]), method, url)), letter


@pytest.mark.parametrize(("method", "spec", "_letters"), _rows(TEAM_URLS))
def test_an_address_of_a_cohort(
    cast: Cast, log_in: Callable[[Person], Client], method: str, spec: str, _letters: str
) -> None:
    cohort = cohort_of(cast, cast.candidate)
    name, *arguments = spec.replace("MEMBER", place(cast.candidate, cohort).ref).split("/")
    url = reverse(name, args=[cohort.ref, *arguments])
    letters = COHORT_LETTERS.get(name, "")
    people = {**_people(cast), "r": cast.guide, "t": cast.candidate}
    for letter in "akuomx":
        assert _status(log_in(people[letter]), method, url) == 404, letter
    for letter in (one for one in "rt" if one not in letters):
        assert _status(log_in(people[letter]), method, url) == 403, letter
    for letter in letters:
        assert _let_in(_status(log_in(people[letter]), method, url)), letter


@pytest.mark.parametrize(("method", "name"), _rows(LINKS_URLS))
def test_an_address_of_links_that_are_being_gathered(
    cast: Cast, log_in: Callable[[Person], Client], method: str, name: str
) -> None:
    publish(None, replace(small_standard(), version="2"))
    gathered = drafted(cast.coordinator, cast.provider, link("klein@1", "1.1", "klein@2", "1.1"))
    url = reverse(name, args=[cast.provider.ref, gathered.ref])
    anonymous = Client().get(url) if method == "GET" else Client().post(url)
    assert anonymous.status_code == 302 and "/login/" in anonymous["Location"]
    for letter, person in _people(cast).items():
        if letter != "k":
            assert _status(log_in(person), method, url) in (403, 404), letter
    elsewhere = reverse(name, args=[cast.other_provider.ref, gathered.ref])
    assert _status(log_in(cast.outsider), method, elsewhere) == 404
    assert _let_in(_status(log_in(cast.coordinator), method, url))


@pytest.mark.parametrize(("method", "spec", "who"), _rows(OWN_URLS))
def test_an_address_of_ones_own(
    cast: Cast, log_in: Callable[[Person], Client], method: str, spec: str, who: str
) -> None:
    publish(None, small_standard())
    log_audit_head()
    spec, _, query = spec.partition("?")
    name, *arguments = spec.split("/")
    arguments = [_exchanged(name) if one == "OURS" else one for one in arguments]
    arguments = [cast.provider.ref if one == "PROVIDER" else one for one in arguments]
    url = f"{reverse(name, args=arguments)}?{query}"
    for person in _people(cast).values():
        assert _status(log_in(person), method, url) == 200
    status = _status(Client(), method, url)
    assert status == 200 if who == "everybody" else status in (302, 401)


def _names(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            if not str(entry.pattern).startswith("account/"):
                yield from _names(entry, f"{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}"


def test_the_tables_name_every_address() -> None:
    tested = {
        re.split("[/?]", row[1])[0]
        for table in (
            PROCEDURE_URLS,
            PROVIDER_URLS,
            DRAFT_URLS,
            LINKS_URLS,
            PORTFOLIO_URLS,
            OWN_URLS,
            TEAM_URLS,
        )
        for row in _rows(table)
    }
    assert set(_names(get_resolver())) - ELSEWHERE == tested


def test_a_procedure_that_does_not_exist_is_not_found(cast: Cast, log_in: Callable[[Person], Client]) -> None:
    assert (
        log_in(cast.coordinator).get(reverse("procedures:procedure", args=["nietdatnummer"])).status_code
        == 404
    )


def test_evidence_of_another_person_is_not_found(cast: Cast, log_in: Callable[[Person], Client]) -> None:
    mine = cast.bring_to(Point.FILLED)
    other: Any = cast.person("ander@example.org", "Ander")
    theirs = cast.bring_to(Point.FILLED, candidate=other)
    piece = theirs.dossier_items.get().evidence.ref
    url = reverse("portfolio:evidence", args=[mine.ref, piece])
    assert log_in(cast.candidate).get(url).status_code == 404
