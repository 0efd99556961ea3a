"""The screens on which an organisation links two versions, and on which everybody reads links."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bekwaam.frameworks.library import crosswalk_ids
from bekwaam.services.frameworks.versions import publish, publish_builtin
from bekwaam.store.models import CrosswalkDraft, Person, PublishedCrosswalk
from tests.cast import Cast
from tests.services.frameworks.crosswalks import drafted, link, published
from tests.standards import small_standard

pytestmark = pytest.mark.django_db
LogIn = Callable[[Person], Client]
GOOD = ["1.1", "onderdeel van", "1.2", "Omdat het erin zit.", None, None, None]


@pytest.fixture
def two(cast: Cast) -> Cast:
    publish(None, replace(small_standard(), version="2"))
    return cast


def text(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def filled(client: Client, url: str, *rows: list[object]) -> SimpleUploadedFile:
    """Return the spreadsheet of ``url`` with rows filled in, as somebody with Excel would."""
    book = openpyxl.load_workbook(BytesIO(client.get(url).content))
    for row in rows:
        book["Koppelingen"].append(row)
    made = BytesIO()
    book.save(made)
    return SimpleUploadedFile("koppelingen.xlsx", made.getvalue())


def test_from_choosing_two_versions_to_links_that_everybody_sees(two: Cast, log_in: LogIn) -> None:
    client = log_in(two.coordinator)
    own = reverse("frameworks:own_links", args=[two.provider.ref])
    assert f'href="{own}"' in text(client, reverse("procedures:overview", args=[two.provider.ref]))
    start = reverse("frameworks:links_start", args=[two.provider.ref])
    assert f'href="{start}"' in text(client, own)
    made = client.post(start, {"title_nl": "Oud naar nieuw", "frm": "klein@1", "to": "klein@2"})
    draft = made["Location"]
    ref = CrosswalkDraft.objects.get().ref
    sheet = reverse("frameworks:links_sheet", args=[two.provider.ref, ref])
    assert f'href="{sheet}"' in text(client, draft)
    file = filled(client, sheet, GOOD, ["1.2", "onzin", "1.1", "x"])
    assert client.post(draft, {"file": file, "how": "erbij"}).status_code == 302
    page = text(client, draft)
    assert "Omdat het erin zit." in page
    assert "Koppelingen!B3" in page and "onzin" in page
    ask = reverse("frameworks:links_publish", args=[two.provider.ref, ref])
    assert "1 ding uit het laatste bestand is niet overgenomen" in text(client, ask)
    revision = CrosswalkDraft.objects.get().revision
    public = client.post(ask, {"revision": revision})["Location"]
    page = text(Client(), public)
    assert "Oud naar nieuw" in page and "koppelingen van EVC Huis Noord" in page
    assert "/kaders/klein/2/1.2/" in page
    assert 'id="links"' in text(Client(), "/kaders/klein/1/1.1/")
    assert f'href="{public}"' in text(Client(), reverse("frameworks:crosswalks"))
    assert f'href="{public}"' in text(client, own)


def test_a_file_of_which_nothing_can_be_used_changes_nothing_and_says_what_is_wrong(
    two: Cast, log_in: LogIn
) -> None:
    client = log_in(two.coordinator)
    draft = drafted(two.coordinator, two.provider, link("klein@1", "1.1", "klein@2", "1.2"))
    url = reverse("frameworks:links_draft", args=[two.provider.ref, draft.ref])
    sheet = reverse("frameworks:links_sheet", args=[two.provider.ref, draft.ref])
    empty = SimpleUploadedFile("x.xlsx", b"")
    for file, said in (
        (SimpleUploadedFile("x.pdf", b"%PDF-1.7 zomaar"), "geen spreadsheet"),
        (empty, "leeg"),
        (SimpleUploadedFile("x.csv", b"Code van;Relatie;Code naar\n9;onzin;8"), "B2"),
    ):
        response = client.post(url, {"file": file, "how": "opnieuw"})
        assert response.status_code == 422
        assert said in response.content.decode()
    assert client.post(url, {"how": "erbij"}).status_code == 422
    draft.refresh_from_db()
    assert len(draft.links) == 1
    assert len(openpyxl.load_workbook(BytesIO(client.get(sheet).content))["Koppelingen"]["A"]) == 2


def test_a_file_can_come_beside_what_is_there_or_instead_of_it(two: Cast, log_in: LogIn) -> None:
    client = log_in(two.coordinator)
    draft = drafted(two.coordinator, two.provider, link("klein@1", "1.3", "klein@2", "1.3"))
    url = reverse("frameworks:links_draft", args=[two.provider.ref, draft.ref])
    line = b"Code van;Relatie;Code naar;Reden (Nederlands)\n1.1;staat naast;1.1;x\n"
    for how, number in (("erbij", 2), ("opnieuw", 1)):
        client.post(url, {"file": SimpleUploadedFile("x.csv", line), "how": how})
        draft.refresh_from_db()
        assert len(draft.links) == number


def test_a_start_that_cannot_be_keeps_what_was_typed(two: Cast, log_in: LogIn) -> None:
    url = reverse("frameworks:links_start", args=[two.provider.ref])
    response = log_in(two.coordinator).post(url, {"title_nl": "Zo", "frm": "klein@1", "to": "klein@1"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "Kies twee verschillende versies." in page and 'value="Zo"' in page
    assert not CrosswalkDraft.objects.exists()


@pytest.mark.parametrize("revision", ["", "x", "1", "99999999999999999999", "²"])
def test_publishing_what_was_not_looked_over_leads_back_with_the_reason(
    two: Cast, log_in: LogIn, revision: str
) -> None:
    client = log_in(two.coordinator)
    draft = drafted(two.coordinator, two.provider, link("klein@1", "1.1", "klein@2", "1.2"))
    url = reverse("frameworks:links_publish", args=[two.provider.ref, draft.ref])
    response = client.post(url, {"revision": revision}, follow=True)
    assert "intussen veranderd" in response.content.decode()
    assert not PublishedCrosswalk.objects.exists()


def test_what_is_thrown_away_is_gone(two: Cast, log_in: LogIn) -> None:
    draft = drafted(two.coordinator, two.provider, link("klein@1", "1.1", "klein@2", "1.2"))
    url = reverse("frameworks:links_drop", args=[two.provider.ref, draft.ref])
    assert log_in(two.coordinator).get(url).status_code == 405
    assert log_in(two.coordinator).post(url).status_code == 302
    assert not CrosswalkDraft.objects.exists()


@pytest.mark.parametrize("identifier", crosswalk_ids())
def test_every_crosswalk_of_the_product_has_a_page_and_a_spreadsheet(
    client: Client, identifier: str, django_assert_max_num_queries: Any
) -> None:
    publish_builtin()
    url = reverse("frameworks:crosswalk", args=[identifier])
    with django_assert_max_num_queries(4):
        assert "koppelingen van Bekwaam" in text(client, url)
    response = client.get(reverse("frameworks:crosswalk_sheet", args=[identifier]))
    assert "Koppelingen" in openpyxl.load_workbook(BytesIO(response.content)).sheetnames
    assert f'href="{url}"' in text(client, reverse("frameworks:crosswalks"))


def test_without_the_frameworks_here_its_links_have_no_addresses(client: Client) -> None:
    page = text(client, reverse("frameworks:crosswalk", args=["wmo-2012-kaart"]))
    assert "/kaders/wmo-competenties/" not in page


@pytest.mark.parametrize("url", ["/koppelingen/nergens/", "/koppelingen/nergens.xlsx"])
def test_a_crosswalk_that_is_not_there_is_not_found(client: Client, url: str) -> None:
    text(client, url, 404)


def test_pages_take_a_fixed_number_of_queries(
    two: Cast, log_in: LogIn, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        one = link("klein@1", "1.1", "klein@2", "1.2")
        published(two.coordinator, two.provider, one, title=f"k{number}")
        drafted(two.coordinator, two.provider, one, title=f"d{number}")
    client = log_in(two.coordinator)
    ref = CrosswalkDraft.objects.first().ref
    for url in (
        reverse("frameworks:crosswalks"),
        reverse("frameworks:crosswalk", args=["k1"]),
        reverse("frameworks:own_links", args=[two.provider.ref]),
        reverse("frameworks:links_start", args=[two.provider.ref]),
        reverse("frameworks:links_draft", args=[two.provider.ref, ref]),
        reverse("frameworks:links_publish", args=[two.provider.ref, ref]),
    ):
        client.get(url)
        with django_assert_max_num_queries(9):
            text(client, url)
