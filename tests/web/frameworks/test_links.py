"""Links of an item with other frameworks, and its place in building blocks."""

from dataclasses import replace

import pytest
from django.test import Client

from bekwaam.frameworks.library import load_builtin
from bekwaam.frameworks.model import Text
from bekwaam.services.frameworks.versions import publish
from tests.cast import Cast
from tests.services.frameworks.crosswalks import link, published
from tests.standards import small_standard

pytestmark = pytest.mark.django_db
OLD, NEW = "/kaders/wmo-competenties/2012/C1/", "/kaders/wmo-competenties/kaart/C1/"


def page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def links(text: str) -> str:
    return text.partition('id="links"')[2].partition("</section>")[0]


def test_a_link_is_shown_at_both_of_its_ends_with_whose_it_is(client: Client) -> None:
    for version in ("2012", "kaart"):
        publish(None, load_builtin("wmo-competenties", version))
    assert f'href="{NEW}"' in links(page(client, OLD))
    assert f'href="{OLD}"' in links(page(client, NEW))
    assert "deze koppeling leggen wij" in links(page(client, OLD))


def test_an_item_that_is_not_published_here_is_named_without_an_address(client: Client) -> None:
    publish(None, load_builtin("wmo-competenties", "2012"))
    found = links(page(client, OLD))
    assert "kaart" in found and "<a href" not in found


def test_an_item_of_a_building_block_leads_there_and_back(client: Client) -> None:
    standard = load_builtin("evc-sociaal-werker-mbo")
    module = load_builtin("leefgebieden-sociaal-werk")
    publish(None, standard)
    publish(None, module)
    code = module.items[0].code
    there, here = (f"/kaders/{one.id}/{one.version}/{code}/" for one in (module, standard))
    assert f'href="{there}"' in page(client, here)
    assert f'href="{here}"' in page(client, there)


def test_the_links_of_an_organisation_are_shown_with_whose_they_are(client: Client, cast: Cast) -> None:
    publish(None, replace(small_standard(), id="ander"))
    published(cast.coordinator, cast.provider, link("klein@1", "1.1", "ander@1", "1.2", "isPartOf"))
    there, back = (links(page(client, url)) for url in ("/kaders/klein/1/1.1/", "/kaders/ander/1/1.2/"))
    assert "onderdeel van" in there and 'href="/kaders/ander/1/1.2/"' in there
    assert "bestaat deels uit" in back and 'href="/kaders/klein/1/1.1/"' in back
    for text in (there, back):
        assert "Omdat 1.1 en 1.2." in text
        assert "koppeling van EVC Huis Noord" in text


def test_a_link_made_for_one_version_is_shown_on_the_same_item_of_another(client: Client, cast: Cast) -> None:
    publish(None, replace(small_standard(), id="ander"))
    same = small_standard()
    changed = tuple(
        replace(item, text=Text("Anders", "Other")) if item.code == "1.2" else item for item in same.items
    )
    publish(None, replace(same, version="2", items=changed))
    published(
        cast.coordinator,
        cast.provider,
        link("klein@1", "1.1", "ander@1", "1.1"),
        link("klein@1", "1.2", "ander@1", "1.2"),
    )
    assert "gemaakt voor versie 1" in links(page(client, "/kaders/klein/2/1.1/"))
    assert "gemaakt voor" not in links(page(client, "/kaders/klein/1/1.1/"))
    assert 'id="links"' not in page(client, "/kaders/klein/2/1.2/")  # it reads otherwise here


def test_the_same_link_made_for_this_version_too_is_shown_once(client: Client, cast: Cast) -> None:
    publish(None, replace(small_standard(), id="ander"))
    publish(None, replace(small_standard(), version="2"))
    for version in ("1", "2"):
        published(cast.coordinator, cast.provider, link(f"klein@{version}", "1.1", "ander@1", "1.1"))
    text = links(page(client, "/kaders/klein/2/1.1/"))
    assert text.count('class="framework-link"') == 1
    assert "gemaakt voor" not in text


def test_a_kept_page_is_made_anew_once_there_is_another_link(client: Client, cast: Cast) -> None:
    url = "/kaders/klein/1/1.1/"
    publish(None, replace(small_standard(), id="ander"))
    client.get("/account/login/")  # gives the token without which nothing is kept
    tag = client.get(url)["ETag"]
    assert client.get(url, headers={"if-none-match": tag}).status_code == 304
    published(cast.coordinator, cast.provider, link("klein@1", "1.1", "ander@1", "1.1"))
    assert client.get(url, headers={"if-none-match": tag}).status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_crosswalks(
    client: Client, cast: Cast, django_assert_max_num_queries
) -> None:
    for number in range(6):
        publish(None, replace(small_standard(), id=f"ander{number}"))
        one = link("klein@1", "1.1", f"ander{number}@1", "1.1")
        published(cast.coordinator, cast.provider, one)
    for most in (6, 2):
        with django_assert_max_num_queries(most):
            assert page(client, "/kaders/klein/1/1.1/").count('class="framework-link"') == 6
