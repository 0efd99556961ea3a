"""The page that shows what of a dossier would stand on another version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bekwaam.services.frameworks.versions import publish
from bekwaam.store.models import Person
from tests.cast import Cast, Point
from tests.services.frameworks.crosswalks import link, published
from tests.services.portfolio.test_upgrade import second
from tests.standards import small_standard

pytestmark = pytest.mark.django_db
LogIn = Callable[[Person], Client]


def text(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def test_dossier_and_procedure_lead_there_only_where_there_is_something_to_look_at(
    cast: Cast, log_in: LogIn
) -> None:
    procedure = cast.bring_to(Point.FILLED)
    url = reverse("portfolio:upgrade", args=[procedure.ref])
    pages = (
        (cast.candidate, reverse("portfolio:dossier", args=[procedure.ref])),
        (cast.guide, reverse("portfolio:dossier", args=[procedure.ref])),
        (cast.coordinator, reverse("procedures:procedure", args=[procedure.ref])),
    )
    for person, page in pages:
        assert f'href="{url}"' not in text(log_in(person), page)
    publish(None, second())
    for person, page in pages:
        assert f'href="{url}"' in text(log_in(person), page)
    auditor = reverse("procedures:procedure", args=[procedure.ref])
    assert f'href="{url}"' not in text(log_in(cast.auditor), auditor)


def test_each_item_says_what_it_carries_where_it_goes_why_and_by_whose_link(
    cast: Cast, log_in: LogIn
) -> None:
    procedure = cast.bring_to(Point.FILLED)
    publish(None, second(c1_3=None))
    published(cast.coordinator, cast.provider, link("klein@2", "1.1", "klein@1", "1.3", "replacedBy"))
    url = reverse("portfolio:upgrade", args=[procedure.ref])
    page = text(log_in(cast.candidate), f"{url}?op=klein@2")
    row = page[page.index("/kaders/klein/1/1.3/") :].partition("</li>\n      \n")[0]
    assert "1 bewijsstuk" in row
    assert "/kaders/klein/2/1.1/" in row
    assert "komt in de plaats van 1.1" in row
    assert "Omdat 1.1 en 1.3." in row
    assert "koppeling van EVC Huis Noord" in row
    assert "daar gevraagd: vakbekwaam" in row


def test_one_sort_of_outcome_can_be_looked_at_alone(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.FILLED)
    publish(None, second(c1_3=None))
    url = f"{reverse('portfolio:upgrade', args=[procedure.ref])}?op=klein@2"
    client = log_in(cast.candidate)
    assert text(client, url).count("upgrade-row__title") == 3
    assert text(client, f"{url}&wat=gone").count("upgrade-row__title") == 1
    text(client, f"{url}&wat=onzin", 404)


@pytest.mark.parametrize("op", ["klein@9", "klein@1", "onzin", "@", "vreemd@1"])
def test_a_version_that_cannot_be_chosen_is_not_found(cast: Cast, log_in: LogIn, op: str) -> None:
    procedure = cast.bring_to(Point.FILLED)
    publish(None, second())
    publish(None, replace(small_standard(), id="vreemd", kind="framework", rule=None))
    text(log_in(cast.candidate), f"{reverse('portfolio:upgrade', args=[procedure.ref])}?op={op}", 404)


def test_without_anything_to_lay_it_beside_the_page_says_so(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.FILLED)
    page = text(log_in(cast.candidate), reverse("portfolio:upgrade", args=[procedure.ref]))
    assert "Er is nog geen andere versie of standaard" in page


@pytest.mark.parametrize("who", ["candidate", "guide", "coordinator"])
def test_it_takes_at_most_twelve_queries_and_says_that_nothing_changes(
    cast: Cast, log_in: LogIn, who: str, django_assert_max_num_queries: Any
) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    publish(None, second())
    published(cast.coordinator, cast.provider, link("klein@1", "1.3", "klein@2", "1.1"))
    client = log_in(getattr(cast, who))
    url = f"{reverse('portfolio:upgrade', args=[procedure.ref])}?op=klein@2"
    client.get(url)
    with django_assert_max_num_queries(12):
        page = text(client, url)
    assert "er verandert niets" in page
