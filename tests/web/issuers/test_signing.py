"""The coordinator's screens: the key, changing it, and reporting one stolen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page

from bekwaam.domain.accounts.identity import Identity
from bekwaam.services import clock
from bekwaam.services.accounts.identity import set_identity
from bekwaam.services.issuers.keys import make_first_key, report_stolen, rotate
from bekwaam.services.signing.ring import current_key, key_in_use
from bekwaam.store.models import Certificate, Person, Provider, SigningKey
from tests.cast import PASSWORD, Cast, Point, make_cast
from tests.screens import Screens

pytestmark = [pytest.mark.database, pytest.mark.django_db]
LogIn = Callable[[Person], Client]


def address(cast: Cast, name: str, *rest: str) -> str:
    return reverse(f"issuers:{name}", args=[cast.provider.ref, *rest])


def now_of(key: SigningKey) -> SigningKey:
    """Return a key as it is in the database now."""
    return SigningKey.objects.get(pk=key.pk)


def coordinator(cast: Cast) -> Client:
    """Return the coordinator's browser, who said a moment ago who they are."""
    client = Client()
    client.force_login(cast.coordinator, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


@pytest.mark.parametrize("name", ["change_key", "stolen"])
def test_whoever_does_not_say_who_they_are_changes_nothing(cast: Cast, log_in: LogIn, name: str) -> None:
    key = make_first_key(None, cast.provider)
    url = address(cast, name, *([key.ref] if name == "stolen" else []))
    data = {"since": f"{timezone.localtime():%Y-%m-%dT%H:%M}", "sure": "1", "seen": key.ref}
    asked = log_in(cast.coordinator).post(url, data)
    assert asked.status_code == 302 and "reauthenticate" in asked["Location"]
    assert now_of(key) == current_key(cast.provider)
    assert now_of(key).retired_at is None


def test_the_first_key_is_made_and_then_changed(cast: Cast) -> None:
    client = coordinator(cast)
    assert "nog geen sleutel" in client.get(address(cast, "signing")).content.decode()
    client.post(address(cast, "change_key"))
    first = current_key(cast.provider)
    page = client.get(address(cast, "change_key")).content.decode()
    assert f'name="seen" value="{first.ref}"' in page
    for _ in range(2):  # pressed twice
        answer = client.post(address(cast, "change_key"), {"seen": first.ref}, follow=True)
    assert SigningKey.objects.filter(provider=cast.provider).count() == 2
    text = answer.content.decode()
    assert first.public in text and current_key(cast.provider).public in text
    assert cast.coordinator.name in text


def test_a_stolen_key_is_reported_after_seeing_what_follows(cast: Cast) -> None:
    with clock.at(clock.now() - timedelta(hours=2)):
        key = make_first_key(None, cast.provider)
    cast.bring_to(Point.ISSUED)
    issued = Certificate.objects.get()
    client = coordinator(cast)
    url = address(cast, "stolen", key.ref)
    moment = timezone.localtime(issued.issued_at - timedelta(hours=1))
    data = {"since": f"{moment:%Y-%m-%dT%H:%M}"}
    shown = client.post(url, data).content.decode()
    assert issued.number in shown and "gelden niet meer" in shown
    assert now_of(key).compromised_at is None
    answer = client.post(url, data | {"sure": "1"}, follow=True).content.decode()
    assert now_of(key).compromised_at == moment.replace(second=0, microsecond=0)
    assert current_key(cast.provider) != key
    assert "Gestolen" in answer


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Vul de dag en de tijd in."),
        ("gisteren", "Dit is geen dag en tijd"),
        ("2099-01-01T10:00", "Dat moment moet nog komen."),
        ("2001-01-01T10:00", "Deze sleutel bestond toen nog niet."),
    ],
)
def test_a_moment_that_cannot_be_is_told_and_stays_filled_in(cast: Cast, typed: str, told: str) -> None:
    key = make_first_key(None, cast.provider)
    for data in ({"since": typed}, {"since": typed, "sure": "1"}):
        answer = coordinator(cast).post(address(cast, "stolen", key.ref), data)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert told in page and (not typed or f'value="{typed}"' in page)
    assert now_of(key).compromised_at is None


def test_a_key_of_another_provider_is_not_there(cast: Cast) -> None:
    other = make_first_key(None, cast.other_provider)
    assert coordinator(cast).get(address(cast, "stolen", other.ref)).status_code == 404


def test_website_and_number_are_tidied_and_what_is_wrong_is_told(cast: Cast, log_in: LogIn) -> None:
    client = log_in(cast.coordinator)
    wrong = client.post(address(cast, "identity"), {"website": "evc", "legal_id": "1234"})
    page = wrong.content.decode()
    assert wrong.status_code == 422
    assert "geen adres van een website" in page and "heeft 8 cijfers" in page
    assert 'value="evc"' in page and 'value="1234"' in page
    client.post(address(cast, "identity"), {"website": "evc-noord.nl", "legal_id": "12 34 56 78"})
    provider = Provider.objects.get(pk=cast.provider.pk)
    assert (provider.website, provider.legal_id) == ("https://evc-noord.nl", "12345678")
    shown = client.get(address(cast, "signing")).content.decode()
    assert "https://evc-noord.nl" in shown and "12345678" in shown


def test_where_keys_cannot_be_opened_the_page_says_so(cast: Cast, settings: Any) -> None:
    settings.KEY_PASSPHRASE_FILE = "/nowhere"
    answer = coordinator(cast).post(address(cast, "change_key"))
    assert answer.status_code == 403
    assert "sleutels van deze installatie gaan niet open" in answer.content.decode()
    assert key_in_use(cast.provider) is None


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_every_screen_is_accessible_and_fits(context: BrowserContext, page: Page, live_server: Any) -> None:
    cast = make_cast()
    screens = Screens(context, page, live_server.url)
    screens.log_in(cast.coordinator)
    screens.look_at([("issuers:signing first", address(cast, "signing"))])
    set_identity(cast.coordinator, cast.provider, Identity("www.evc-noord.nl", "12345678"))
    with clock.at(clock.now() - timedelta(days=400)):
        make_first_key(cast.coordinator, cast.provider)
    with clock.at(clock.now() - timedelta(days=200)):
        second = rotate(cast.coordinator, cast.provider)
    report_stolen(cast.coordinator, cast.provider, second.ref, clock.now() - timedelta(days=3))
    key = current_key(cast.provider)
    listed = [(f"issuers:{name}", address(cast, name)) for name in ("about", "signing", "identity")]
    screens.look_at(listed)
    page.goto(live_server.url + address(cast, "change_key"))
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Ga verder").click()
    screens.look_at(
        [
            ("issuers:change_key", address(cast, "change_key")),
            ("issuers:stolen", address(cast, "stolen", key.ref)),
        ]
    )
    page.goto(live_server.url + address(cast, "stolen", second.ref))
    page.get_by_label("Sinds wanneer").fill(f"{timezone.localtime() - timedelta(days=9):%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="Bekijk de gevolgen").click()
    page.get_by_role("button", name="Sleutel als gestolen melden").wait_for()
    screens.look_here("issuers:stolen_sure")
    assert not screens.faults, "\n".join(screens.faults)
