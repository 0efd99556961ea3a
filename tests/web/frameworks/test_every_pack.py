"""Every pack opens in the explorer: its front door, every kind and every item, in few queries."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bekwaam.frameworks.library import load_builtin
from bekwaam.services.frameworks.versions import publish
from tests.frameworks.test_every_pack import NAMES, PACKS

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


def opened(client: Client, url: str) -> str:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code == 200, url
    assert len(queries) <= MOST_QUERIES, url
    return str(response.content.decode())


@pytest.mark.parametrize("pack", PACKS, ids=NAMES)
def test_it_opens_with_every_kind_and_every_item(client: Client, pack: tuple[str, str]) -> None:
    framework = load_builtin(*pack)
    publish(None, framework)
    front = reverse("frameworks:framework", args=pack)
    assert front in opened(client, reverse("frameworks:list"))
    text = opened(client, front)
    for kind in dict.fromkeys(item.kind for item in framework.items):
        assert f"?kind={kind}" in text
        page = opened(client, f"{front}?kind={kind}")
        assert framework.of_kind(kind)[0].code in page
    for item in framework.items:
        page = opened(client, reverse("frameworks:item", args=[*pack, item.code]))
        assert f"<title>{item.code} " in page


@pytest.mark.parametrize("pack", PACKS, ids=NAMES)
def test_it_can_be_laid_beside_itself_and_taken_along(client: Client, pack: tuple[str, str]) -> None:
    publish(None, load_builtin(*pack))
    sides = f"?a={pack[0]}@{pack[1]}&b={pack[0]}@{pack[1]}"
    assert "Er is geen verschil." in opened(client, reverse("frameworks:compare") + sides)
    response = client.get(reverse("frameworks:compare_sheet") + sides)
    assert response.status_code == 200
