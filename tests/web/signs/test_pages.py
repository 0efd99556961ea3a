"""Signs on the pages: quiet where there is nothing, shown to whom they are for, within twelve queries."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bekwaam.services.accounts.standing import at_procedure
from bekwaam.services.assessment.judging import finish_judging
from bekwaam.services.signs.looking import look_into
from bekwaam.services.signs.reads import signs_of
from bekwaam.store.models import FoundSign, Person, Procedure, SignLook, UnitOpened
from tests.cast import Cast, Point, piece_refs
from tests.services.signs.people import ONE, THREE, TWO, elsewhere, other_person, with_stories
from tests.services.signs.test_signs import PASTED, judged_by

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LogIn = Callable[[Person], Client]
LIMIT = 12
PANEL, DETAILS = "Het bekijken waard", "signalen/"


def address(name: str, procedure: Procedure, *rest: str) -> str:
    return reverse(name, args=[procedure.ref, *rest])


def body(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


@pytest.fixture
def copied(cast: Cast) -> Procedure:
    """A dossier that is being judged, with a story from another here and one from elsewhere."""
    with_stories(cast, cast.person("eerste@example.org", "Eerste Kandidaat"), ONE)
    elsewhere(cast, other_person(cast, "Zuidas"), TWO)
    return with_stories(cast, cast.candidate, ONE, TWO, THREE, point=Point.DECLARED)


def test_where_nothing_stands_out_nothing_is_said(cast: Cast, log_in: LogIn) -> None:
    procedure = with_stories(cast, cast.candidate, ONE, point=Point.DECLARED)
    for person, name in (
        (cast.coordinator, "procedures:procedure"),
        (cast.assessors[0], "assessment:judging"),
    ):
        page = body(log_in(person), address(name, procedure))
        assert PANEL not in page and DETAILS not in page
    assert "Er valt niets op" in body(log_in(cast.coordinator), address("signs:signs", procedure))


def test_the_panel_is_for_who_judges_and_who_watches_over_it(
    cast: Cast, copied: Procedure, log_in: LogIn
) -> None:
    for person, name, shown in (
        (cast.coordinator, "procedures:procedure", True),
        (cast.auditor, "procedures:procedure", True),
        (cast.assessors[0], "assessment:judging", True),
        (cast.auditor, "assessment:judging", True),
        (cast.candidate, "assessment:judging", False),
        (cast.guide, "assessment:judging", False),
    ):
        page = body(log_in(person), address(name, copied))
        assert (PANEL in page, DETAILS in page) == (shown, shown), person.name


def test_nothing_of_elsewhere_and_no_name_from_here_is_told(
    cast: Cast, copied: Procedure, log_in: LogIn
) -> None:
    client = log_in(cast.assessors[0])
    here, there, _own = piece_refs(copied)
    pages = [body(client, address("signs:texts", copied, ref)) for ref in (here, there)]
    pages.append(body(client, address("signs:signs", copied)))
    for page in pages:
        for secret in ("Eerste Kandidaat", "Zuidas", cast.other_provider.name, "Maastricht"):
            assert secret not in page
    assert "<mark" in pages[0] and "Leg ze naast elkaar" in pages[0]
    assert "<mark" in pages[1] and "Leg ze naast elkaar" not in pages[1]
    assert "Elders gevonden" in pages[1]


def test_the_coordinator_reads_no_portfolio_here_either(cast: Cast, copied: Procedure, log_in: LogIn) -> None:
    client = log_in(cast.coordinator)
    page = body(client, address("signs:signs", copied))
    assert "Stuk 1" in page and "Verhaal 1" not in page
    for person in (cast.coordinator, cast.candidate, cast.guide):
        url = address("signs:texts", copied, piece_refs(copied)[0])
        assert log_in(person).get(url).status_code == 403
    for person in (cast.outsider, cast.operator):
        assert log_in(person).get(address("signs:signs", copied)).status_code == 404


def test_what_one_found_is_kept_and_folds_the_sign(cast: Cast, copied: Procedure, log_in: LogIn) -> None:
    client = log_in(cast.coordinator)
    sign = FoundSign.objects.filter(procedure=copied).order_by("pk")[0]
    url = address("signs:look", copied, sign.ref)
    long = "Ik belde met haar begeleider. " * 100
    refused = client.post(url, {f"{sign.ref}-text": long})
    assert refused.status_code == 422
    assert long.strip() in refused.content.decode()
    assert client.post(url, {f"{sign.ref}-text": " "}).status_code == 422
    assert not SignLook.objects.exists()
    assert client.post(url, {f"{sign.ref}-text": "Bekeken: zij werkten samen."}).status_code == 302
    page = body(client, address("signs:signs", copied))
    assert "Bekeken: zij werkten samen." in page
    assert client.get(url).status_code == 405
    assert log_in(cast.auditor).post(url, {f"{sign.ref}-text": "x"}).status_code == 403
    assert log_in(cast.outsider).post(url, {f"{sign.ref}-text": "x"}).status_code == 404
    assert "zij werkten samen" not in body(log_in(cast.assessors[0]), address("signs:signs", copied))
    assert "Signaal bekeken" in body(client, address("procedures:log", copied))


def test_opening_a_unit_is_remembered_for_who_judges_it_and_told_plainly(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    url = address("assessment:judge", procedure, "1.1")
    for person in (cast.auditor, cast.candidate, cast.guide):
        assert "seconden" not in body(log_in(person), url)
    assert not UnitOpened.objects.exists()
    assert "hoeveel seconden" in body(log_in(cast.assessors[0]), url)
    assert [row.assessor for row in UnitOpened.objects.all()] == [cast.assessors[0]]


def test_what_stands_out_in_ones_own_judging_is_pointed_out_before_finishing(
    cast: Cast, log_in: LogIn
) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    noor, bram, _fleur = cast.assessors
    judged_by(cast, noor, procedure, 20, why=PASTED)
    page = body(log_in(noor), address("assessment:finish", procedure))
    assert "De reden is bij 3 competenties bijna hetzelfde" in page
    assert "binnen 60 seconden" in page
    finish_judging(noor, procedure)
    assert "Dit gaat over hoe jij beoordeelde" in body(log_in(noor), address("signs:signs", procedure))
    assert "seconden" not in body(log_in(bram), address("signs:signs", procedure))
    assert noor.name in body(log_in(cast.coordinator), address("signs:signs", procedure))


def queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200, url
    return len(captured)


def test_pages_take_as_many_queries_for_many_signs_as_for_few(cast: Cast, log_in: LogIn) -> None:
    noor = cast.assessors[0]
    with_stories(cast, cast.person("eerste@example.org", "Eerste"), ONE, TWO, THREE)
    elsewhere(cast, other_person(cast), ONE, TWO)
    counts = []
    for stories, person in ((1, "weinig"), (3, "veel")):
        who = cast.person(f"{person}@example.org", person)
        procedure = with_stories(cast, who, *(ONE, TWO, THREE)[:stories], point=Point.DECLARED)
        judged_by(cast, noor, procedure, 20, why=PASTED)
        finish_judging(noor, procedure)
        shown = signs_of(procedure, at_procedure(cast.coordinator, procedure), cast.coordinator)
        for sign in shown[:stories]:
            look_into(cast.coordinator, procedure, sign.ref, "Bekeken.")
        piece = piece_refs(procedure)[0]
        counts.append(
            [
                queries(log_in(cast.coordinator), address("procedures:procedure", procedure)),
                queries(log_in(cast.coordinator), address("signs:signs", procedure)),
                queries(log_in(cast.auditor), address("signs:texts", procedure, piece)),
                queries(log_in(noor), address("signs:texts", procedure, piece)),
                queries(log_in(noor), address("assessment:judging", procedure)),
                queries(log_in(cast.assessors[1]), address("assessment:judge", procedure, "1.1")),
            ]
        )
    assert counts[0] == counts[1]
    assert max(counts[0]) <= LIMIT, counts[0]


def test_the_first_look_at_a_unit_and_the_last_before_finishing_stay_within_the_limit(
    cast: Cast, log_in: LogIn
) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    client = log_in(cast.assessors[0])
    client.get(address("assessment:judging", procedure))
    with CaptureQueriesContext(connection) as captured:
        client.get(address("assessment:judge", procedure, "1.1"))
    assert len(captured) <= LIMIT
    judged_by(cast, cast.assessors[0], procedure, 20)
    assert queries(client, address("assessment:finish", procedure)) <= LIMIT


def test_when_signs_show_is_set_with_what_is_wrong_told(cast: Cast, log_in: LogIn) -> None:
    client = log_in(cast.coordinator)
    url = reverse("signs:settings", args=[cast.provider.ref])
    assert 'value="75"' in body(client, url)
    numbers = {"referee_share": "80", "quick_seconds": "5", "yes_in_a_row": "100"}
    refused = client.post(url, numbers)
    assert refused.status_code == 422
    assert "Kies een getal van 10 tot en met 600." in refused.content.decode()
    assert client.post(url, {**numbers, "quick_seconds": "30"}).status_code == 302
    cast.provider.refresh_from_db()
    assert cast.provider.sign_quick_seconds == 30
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    assert len(captured) <= LIMIT
