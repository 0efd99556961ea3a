"""Getting in: with a password, with a link, with an extra step; and the language one chose."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail, signing
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse

from bekwaam.services.accounts.invitations import password_path
from bekwaam.web.accounts.views import DEMO_SALT, demo_login
from tests.cast import PASSWORD, Cast

ENTRANCE = (
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_inactive",
)
OWN = ("account_change_password", "account_logout", "mfa_index")
FOREIGN = ("Sign In", "Sign Up", "Menu:", "Change Password", "Two-Factor", "Password Reset")


def enter(client: Client, email: str, password: str = PASSWORD, **more: str):
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_somebody_logs_in_with_address_and_password(cast: Cast, client: Client) -> None:
    assert enter(client, "SAMIRA@example.org").headers["Location"] == reverse("home")
    assert logged_in(client)


def test_a_wrong_password_gets_a_sentence_and_keeps_the_address(cast: Cast, client: Client) -> None:
    page = enter(client, cast.candidate.email, "iets anders").content.decode()
    assert "Dit e-mailadres en wachtwoord horen niet bij elkaar" in page
    assert cast.candidate.email in page
    assert not logged_in(client)


def test_an_unknown_address_is_answered_as_a_wrong_password(cast: Cast, client: Client) -> None:
    known = enter(client, cast.candidate.email, "iets anders").content.decode()
    unknown = enter(client, "niemand@example.org", "iets anders").content.decode()
    sentence = "Dit e-mailadres en wachtwoord horen niet bij elkaar"
    assert known.count(sentence) == unknown.count(sentence) > 0


def test_a_page_one_wanted_is_there_after_logging_in(cast: Cast, client: Client) -> None:
    procedure = cast.start()
    wanted = reverse("procedures:procedure", args=[procedure.ref])
    asked = client.get(wanted)
    assert asked.headers["Location"].startswith(reverse("account_login"))
    assert enter(client, cast.coordinator.email, next=wanted).headers["Location"] == wanted


def test_nobody_signs_up_or_changes_an_address_alone(db: None, client: Client) -> None:
    for name in ("account_signup", "account_email"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    assert client.get("/account/signup/").status_code == 404


@pytest.mark.parametrize("name", ENTRANCE)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_pages_before_logging_in_are_in_our_look_and_language(
    db: None, client: Client, name: str, language: str
) -> None:
    client.cookies["django_language"] = language
    _is_ours(client.get(reverse(name)), language)


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_pages_of_ones_account_are_in_our_look_and_language(
    cast: Cast, log_in, name: str, language: str
) -> None:
    client = log_in(cast.candidate)
    client.cookies["django_language"] = language
    _is_ours(client.get(reverse(name)), language)


def _is_ours(response, language: str) -> None:
    page = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{language}"' in page
    assert page.count("<h1") == 1
    assert "site-header" in page
    assert not [text for text in FOREIGN if text in page]


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(cast: Cast, client: Client) -> None:
    client.post(reverse("account_reset_password"), {"email": cast.candidate.email})
    (sent,) = mail.outbox
    assert sent.to == [cast.candidate.email]
    assert sent.subject == "Kies een nieuw wachtwoord"
    link = re.search(r"http://\S+/key/\S+", sent.body)
    assert link
    _choose(client, link.group().removeprefix("http://testserver"), "een nieuwe lange zin")
    assert logged_in(client)
    other = Client()
    enter(other, cast.candidate.email, "een nieuwe lange zin")
    assert logged_in(other)
    again = Client().get(link.group().removeprefix("http://testserver"), follow=True)
    assert "Deze link werkt niet meer" in again.content.decode()


def test_no_mail_goes_to_an_address_without_account(cast: Cast, client: Client) -> None:
    answer = client.post(reverse("account_reset_password"), {"email": "niemand@example.org"})
    assert answer.headers["Location"] == reverse("account_reset_password_done")
    assert not mail.outbox


def test_an_invitation_lets_somebody_choose_a_password_and_is_then_used_up(
    cast: Cast, client: Client
) -> None:
    cast.candidate.set_unusable_password()
    cast.candidate.save()
    path = password_path(cast.candidate)
    _choose(client, path, "een nieuwe lange zin")
    assert logged_in(client)
    assert "Deze link werkt niet meer" in Client().get(path, follow=True).content.decode()


def test_a_short_password_is_refused_with_a_sentence(cast: Cast, client: Client) -> None:
    page = _choose(client, password_path(cast.candidate), "kort").content.decode()
    assert "12" in page
    assert not logged_in(client)


def _choose(client: Client, path: str, password: str):
    form = client.get(path).headers["Location"]
    return client.post(form, {"password1": password, "password2": password})


def test_with_the_extra_step_a_password_alone_is_not_enough(cast: Cast, client: Client) -> None:
    password_path(cast.candidate)  # whoever came in by a link must be able to do this as well
    enter(client, cast.candidate.email)
    asked = client.get(reverse("mfa_activate_totp"), follow=True)
    assert "Ben jij het?" in asked.content.decode()
    client.post(asked.redirect_chain[-1][0], {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'<code class="hash">(\w+)</code>', page)
    assert secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": _code(secret.group(1))})
    assert answer.status_code == 302
    codes = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    one = re.search(r'<code class="hash">(\S+)</code>', codes)
    assert one
    other = Client()
    assert enter(other, cast.candidate.email).headers["Location"].startswith(reverse("mfa_authenticate"))
    assert not logged_in(other)
    wrong = other.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    assert "Deze code klopt niet" in wrong
    other.post(reverse("mfa_authenticate"), {"code": one.group(1)})
    assert logged_in(other)


def _code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_a_demo_link_logs_in_only_where_there_is_a_demo(cast: Cast, settings) -> None:
    token = signing.dumps(cast.guide.ref, salt=DEMO_SALT)
    request = RequestFactory().get("/")
    request.session = Client().session
    settings.DEMO = False
    with pytest.raises(Http404):
        demo_login(request, token)
    settings.DEMO = True
    assert demo_login(request, token).headers["Location"] == reverse("home")
    assert request.session["_auth_user_id"] == str(cast.guide.pk)
    with pytest.raises(Http404):
        demo_login(request, signing.dumps(cast.guide.ref, salt="something else"))
    with pytest.raises(Http404):
        demo_login(request, token[:-1] + ("a" if token[-1] != "a" else "b"))


def test_the_language_one_chose_is_remembered_on_another_device(cast: Cast, log_in) -> None:
    client = log_in(cast.candidate)
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    assert "Good to see you" in client.get("/").content.decode()
    other = Client()
    enter(other, cast.candidate.email)
    assert "Good to see you" in other.get("/").content.decode()


def test_a_language_we_do_not_speak_changes_nothing(cast: Cast, log_in) -> None:
    client = log_in(cast.candidate)
    client.post(reverse("set_language"), {"language": "xx", "next": "/"})
    cast.candidate.refresh_from_db()
    assert cast.candidate.language == "nl"
