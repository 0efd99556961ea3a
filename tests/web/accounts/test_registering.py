"""Getting an account by oneself: nothing before the link, once, and the same answer to everybody."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from bekwaam.services import clock
from bekwaam.store.models import Person, Registration
from tests.cast import PASSWORD, Cast

NEW = {"name": "Nora Nieuw", "email": "Nora@example.org"}
CHOSEN = {"password1": PASSWORD, "password2": PASSWORD}
LINK = re.compile(r"http://127\.0\.0\.1:8000(/account/nieuw/\S+/)")


@pytest.fixture(autouse=True)
def opened(settings: Any, db: None) -> None:
    settings.OPEN_REGISTRATION = True


@pytest.fixture
def ask(client: Client, django_capture_on_commit_callbacks: Any) -> Any:
    """Return a function that asks for an account and returns the link that was mailed."""

    def inner(**given: str) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(reverse("account_register"), {**NEW, **given})
        assert answer.headers["Location"] == reverse("account_register_sent")
        found = LINK.search(mail.outbox[-1].body)
        return found[1] if found else ""

    return inner


def test_an_account_is_there_once_the_link_was_followed_and_leads_to_the_portfolio(
    ask: Any, client: Client, cast: Cast
) -> None:
    link = ask()
    assert mail.outbox[-1].to == ["nora@example.org"]
    assert "Hallo Nora Nieuw," in mail.outbox[-1].body
    assert not Person.objects.filter(email="nora@example.org").exists()
    assert "Nora Nieuw" in client.get(link).content.decode()
    page = client.post(link, CHOSEN, follow=True)
    assert page.redirect_chain == [(reverse("portfolio:portfolios"), 302)]
    assert "Welkom bij je portfolio" in page.content.decode()
    person = Person.objects.get(email="nora@example.org")
    assert person.check_password(PASSWORD)
    assert not Registration.objects.exists()


def test_a_link_works_once(ask: Any, client: Client) -> None:
    link = ask()
    client.post(link, CHOSEN)
    again = Client().post(link, CHOSEN)
    assert again.status_code == 404
    assert "werkt niet meer" in again.content.decode()


def test_a_link_does_not_work_for_ever_and_an_older_one_not_beside_a_newer(ask: Any, client: Client) -> None:
    first, second = ask(), ask()
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    Registration.objects.update(asked_at=clock.now() - timedelta(days=8))
    assert client.get(second).status_code == 404
    assert client.post(second, CHOSEN).status_code == 404
    assert not Person.objects.exists()


def test_whoever_has_an_account_gets_the_same_answer_and_a_mail_that_says_so(ask: Any, cast: Cast) -> None:
    assert ask(email=cast.candidate.email, name="Iemand Anders") == ""
    assert "je hebt er al een" in mail.outbox[-1].body
    assert not Registration.objects.exists()
    cast.candidate.refresh_from_db()
    assert cast.candidate.name == "Samira Kandidaat"


def test_an_account_that_was_made_meanwhile_keeps_its_password(ask: Any, client: Client) -> None:
    link = ask()
    Person.objects.create_user("nora@example.org", "Nora", "een-ander-wachtwoord", created_at=clock.now())
    page = client.post(link, CHOSEN)
    assert page.status_code == 422
    assert "Er is al een account" in page.content.decode()
    assert Person.objects.get().check_password("een-ander-wachtwoord")


def test_whom_a_provider_registered_gets_that_account(ask: Any, client: Client, cast: Cast) -> None:
    link = ask()
    person = Person.objects.create_user("nora@example.org", "Nora van de Brug", created_at=clock.now())
    client.post(link, CHOSEN)
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert person.name == "Nora van de Brug"


@pytest.mark.parametrize(
    ("given", "field"),
    [({"email": "geen adres"}, "email"), ({"name": " "}, "name"), ({"name": "x" * 201}, "name")],
)
def test_bad_input_is_told_and_kept(client: Client, given: dict[str, str], field: str) -> None:
    page = client.post(reverse("account_register"), {**NEW, **given})
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"password1": "kort", "password2": "kort"}, "password1"),
        ({"password1": "wachtwoord123", "password2": "iets anders"}, "password2"),
        ({"password1": "", "password2": ""}, "password1"),
    ],
)
def test_a_password_that_will_not_do_makes_no_account(
    ask: Any, client: Client, given: dict[str, str], field: str
) -> None:
    page = client.post(ask(), given)
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert not Person.objects.exists()


@pytest.mark.parametrize("name", ["account_register", "account_register_sent"])
def test_where_it_is_off_there_is_nothing(client: Client, settings: Any, name: str) -> None:
    settings.OPEN_REGISTRATION = False
    assert client.get(reverse(name)).status_code == 404
    assert reverse("account_register") not in client.get("/").content.decode()
    assert reverse("account_register") not in client.get(reverse("account_login")).content.decode()


def test_where_it_is_off_an_old_link_does_nothing(ask: Any, client: Client, settings: Any) -> None:
    link = ask()
    settings.OPEN_REGISTRATION = False
    assert client.post(link, CHOSEN).status_code == 404
    assert not Person.objects.exists()


def test_a_name_with_a_line_break_makes_no_header_of_its_own(ask: Any) -> None:
    ask(name="Nora\nBcc: ieder@example.org")
    assert mail.outbox[-1].recipients() == ["nora@example.org"]
