"""NUL characters, which PostgreSQL cannot keep: no address has one, and fields lose them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from bekwaam.services.drafts import load_draft
from bekwaam.store.models import Evidence, Person
from tests.cast import Cast, Point, story

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.mark.parametrize("path", ["/traject/a%00b/", "/aanbieder/a%00b/", "/demo%00/"])
def test_an_address_with_a_nul_is_not_found(
    cast: Cast, log_in: Callable[[Person], Client], path: str
) -> None:
    assert log_in(cast.coordinator).get(path).status_code == 404


def test_a_search_for_a_nul_finds_what_stands_around_it(
    cast: Cast, log_in: Callable[[Person], Client]
) -> None:
    cast.start()
    url = reverse("procedures:overview", args=[cast.provider.ref])
    page = log_in(cast.coordinator).get(url, {"zoek": "Sam\x00ira"})
    assert page.status_code == 200
    assert "Samira Kandidaat" in page.content.decode()


@pytest.mark.parametrize("field", ["who", "end"])
def test_a_reference_with_a_nul_is_not_found(
    cast: Cast, log_in: Callable[[Person], Client], field: str
) -> None:
    procedure = cast.start()
    url = reverse("procedures:assign", args=[procedure.ref])
    assert log_in(cast.coordinator).post(url, {field: "guide:a\x00b"}).status_code == 404


def test_text_with_a_nul_is_kept_without_it(cast: Cast, log_in: Callable[[Person], Client]) -> None:
    procedure = cast.bring_to(Point.CONSENTED)
    client = log_in(cast.candidate)
    texts = story("x").story | {"title": "Een\x00 verhaal"}
    key = f"evidence:{procedure.ref}:new:story"
    assert client.post(reverse("save_draft", args=[key]), texts).status_code == 200
    assert load_draft(cast.candidate, key)["title"] == ["Een verhaal"]  # type: ignore[index]
    client.post(reverse("portfolio:evidence_new", args=[procedure.ref, "story"]), texts)
    assert Evidence.objects.get().title == "Een verhaal"


def test_a_form_from_before_logging_in_again_gets_a_sentence(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.coordinator, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.post(reverse("procedures:start", args=[cast.provider.ref]), {"name": "Samira"})
    assert page.status_code == 403
    assert "<h1" in page.content.decode() and 'lang="nl"' in page.content.decode()
