"""Two frameworks or versions side by side, as a page."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.test import Client

from bekwaam.frameworks.library import builtin_path, load_builtin
from bekwaam.frameworks.loading.pack import load_pack
from bekwaam.services.frameworks.versions import publish
from tests.standards import small_standard

pytestmark = pytest.mark.django_db
URL = "/kaders/vergelijken/"
HBO = Path(__file__).parents[2] / "data" / "packs" / "verzonnen-hbo"


def page(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


@pytest.fixture
def versions() -> None:
    for version in ("2012", "kaart"):
        publish(None, load_builtin("wmo-competenties", version))


def test_the_list_and_a_version_lead_to_it(client: Client, versions: None) -> None:
    assert f'href="{URL}"' in page(client, "/kaders/")
    assert f"{URL}?a=wmo-competenties%40kaart" in page(client, "/kaders/wmo-competenties/kaart/")


def test_without_a_choice_only_the_form_is_there(client: Client, versions: None) -> None:
    text = page(client, URL)
    assert text.count('value="wmo-competenties@') == 4
    assert "<table" not in text


def test_both_sides_stand_beside_each_other(client: Client, versions: None) -> None:
    text = page(client, f"{URL}?a=wmo-competenties@2012&b=wmo-competenties@kaart")
    assert 'href="/kaders/wmo-competenties/2012/C1/"' in text
    assert 'href="/kaders/wmo-competenties/kaart/C1/"' in text


def test_the_same_version_twice_differs_in_nothing(client: Client, versions: None) -> None:
    url = f"{URL}?a=wmo-competenties@2012&b=wmo-competenties@2012"
    assert 'id="differences"' not in page(client, url)
    assert 'id="differences"' in page(client, f"{url}&status=shared")


@pytest.mark.parametrize("rest", ["&kind=onzin", "&status=onzin"])
def test_a_narrowing_that_finds_nothing_is_not_found(client: Client, versions: None, rest: str) -> None:
    page(client, f"{URL}?a=wmo-competenties@2012&b=wmo-competenties@kaart{rest}", 404)


def test_an_unknown_version_keeps_the_form(client: Client, versions: None) -> None:
    assert "<select" in page(client, f"{URL}?a=nergens@1&b=wmo-competenties@2012", 404)


def test_a_long_comparison_comes_a_page_at_a_time_with_fixed_queries(
    client: Client, django_assert_max_num_queries
) -> None:
    publish(None, replace(small_standard(3), version="v0"))
    publish(None, replace(small_standard(200), version="v1"))
    with django_assert_max_num_queries(3):
        text = page(client, f"{URL}?a=klein@v0&b=klein@v1")
    assert text.count('<td data-label="A">') <= 25 + 3
    assert 'rel="next"' in text


def test_versions_that_differ_in_their_rule_alone_say_so(client: Client) -> None:
    easy = small_standard(competences=3, needed=2)
    strict = replace(small_standard(competences=3, needed=3), version="2")
    for standard in (easy, strict):
        publish(None, standard)
    text = page(client, f"{URL}?a={easy.id}@1&b={strict.id}@2")
    assert "Ten minste 2 van de 3" in text and "Ten minste 3 van de 3" in text


def test_the_page_gives_the_spreadsheet_in_the_language_of_the_page(client: Client) -> None:
    publish(None, load_builtin("evc-sociaal-werker-mbo"))
    publish(None, load_pack(HBO, builtin_path))
    sides = "a=evc-sociaal-werker-mbo%401.0&b=verzonnen-hbo%400.1"
    address = f"{URL}spreadsheet/?{sides}"
    assert f'href="{address.replace("&", "&amp;")}"' in page(client, f"{URL}?{sides}")
    for language, sheet in (("nl", "Naast elkaar"), ("en", "Side by side")):
        client.cookies["django_language"] = language
        response = client.get(address)
        assert response["Content-Disposition"].endswith(
            'filename="evc-sociaal-werker-mbo-1.0_verzonnen-hbo-0.1.xlsx"'
        )
        assert sheet in openpyxl.load_workbook(BytesIO(response.content)).sheetnames


@pytest.mark.parametrize("sides", ["", "a=nergens@1&b=wmo-competenties@2012", "a=wmo-competenties@2012"])
def test_a_spreadsheet_of_what_is_not_there_is_not_found(client: Client, versions: None, sides: str) -> None:
    page(client, f"{URL}spreadsheet/?{sides}", 404)


def test_mbo_beside_hbo_comes_out_by_itself(client: Client) -> None:
    publish(None, load_builtin("evc-sociaal-werker-mbo"))
    publish(None, load_builtin("leefgebieden-sociaal-werk"))
    publish(None, load_pack(HBO, builtin_path))
    text = page(client, f"{URL}?a=evc-sociaal-werker-mbo@1.0&b=verzonnen-hbo@0.1")
    assert 'href="/kaders/leefgebieden-sociaal-werk/1.0/"' in text
    assert "Verzonnen: leert anderen contact te maken." in text
    assert "Verzonnen onderzoek doen" in text
