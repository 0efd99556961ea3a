"""What a browser may keep: never what is somebody's own, and never what has changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from bekwaam.services.frameworks.versions import publish
from tests.standards import small_standard

pytestmark = pytest.mark.django_db
URL = "/kaders/klein/1/1.1/"


@pytest.fixture(autouse=True)
def standard() -> None:
    publish(None, small_standard())


def tag(client: Client, url: str = URL) -> str:
    client.get(url)  # the first answer gives the visitor their token
    return str(client.get(url)["ETag"])


def test_a_visitor_who_has_the_page_gets_it_no_second_time(client: Client) -> None:
    known = tag(client)
    again = client.get(URL, headers={"if-none-match": known})
    assert again.status_code == 304
    assert again.content == b""
    assert "Cookie" in again["Vary"]


def test_no_shared_cache_may_keep_a_page(client: Client) -> None:
    tag(client)
    for url in (URL, "/kaders/", "/kaders/klein/1/"):
        assert "private" in client.get(url)["Cache-Control"]


def test_the_page_differs_by_language_address_and_visitor(client: Client) -> None:
    known = {tag(client), tag(client, "/kaders/klein/1/1.2/"), tag(client, f"{URL}?kind=indicator")}
    client.cookies["django_language"] = "en"
    known.add(tag(client))
    known.add(tag(Client()))
    assert len(known) == 5


def test_who_is_logged_in_always_gets_their_own_page(cast, log_in) -> None:
    client = log_in(cast.candidate)
    client.get(URL)
    response = client.get(URL)
    assert "ETag" not in response
    assert "private" in response["Cache-Control"]


def test_logging_in_does_not_show_the_page_of_before(client: Client, cast) -> None:
    known = tag(client)
    client.force_login(cast.candidate, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(URL, headers={"if-none-match": known}).status_code == 200


def test_another_version_changes_the_page_that_leads_to_it(client: Client) -> None:
    known = tag(client)
    publish(None, replace(small_standard(), version="2"))
    again = client.get(URL, headers={"if-none-match": known})
    assert again.status_code == 200
    assert "in versie 2" in again.content.decode()
