"""The screens of having one's account erased, and what others see afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bekwaam.domain.accounts.access import Role
from bekwaam.services import clock
from bekwaam.services.erasing.expiring import expire
from bekwaam.services.feedback.asking import Referee, ask_to_confirm, token_hash
from bekwaam.store.models import Evidence, FeedbackRequest, KeptDossier, Person
from tests.cast import PASSWORD, Cast, Point
from tests.services.erasing.people import erase

pytestmark = [pytest.mark.database, pytest.mark.django_db]

READ, CONFIRM = reverse("account_erase"), reverse("account_erase_confirm")
LogIn = Callable[[Person], Client]


def _say_who(client: Client, password: str = PASSWORD) -> Any:
    """Follow the way from the page that explains to the page that asks for the word."""
    seen = client.get(READ).context["seen"]
    asked = client.get(f"{CONFIRM}?seen={seen}")
    assert asked.status_code == 302 and "reauthenticate" in asked["Location"]
    return client.post(asked["Location"], {"password": password}, follow=True)


def _confirm(client: Client, page: Any, word: str = "wissen") -> Any:
    return client.post(CONFIRM, {"seen": page.context["form"]["seen"].value(), "word": word}, follow=True)


def test_a_candidate_reads_says_who_they_are_types_the_word_and_is_gone(cast: Cast, log_in: LogIn) -> None:
    cast.bring_to(Point.FILLED)
    client, elsewhere = log_in(cast.candidate), log_in(cast.candidate)
    page = _say_who(client)
    assert page.status_code == 200
    goodbye = _confirm(client, page)
    assert goodbye.redirect_chain[-1][0] == reverse("account_erased")
    assert "Je account is gewist" in goodbye.content.decode()
    for device in (client, elsewhere):
        assert device.get(reverse("portfolio:portfolios")).status_code == 302
    again = Client().post(reverse("account_login"), {"login": "samira@example.org", "password": PASSWORD})
    assert again.status_code == 200  # the form once more: nobody of that name


def test_without_the_password_or_the_word_nothing_happens(cast: Cast, log_in: LogIn) -> None:
    client = log_in(cast.candidate)
    assert client.post(CONFIRM, {"word": "wissen"}).status_code == 302
    wrong = _say_who(client, "helemaal-verkeerd")
    assert "Dit wachtwoord klopt niet" in wrong.content.decode()
    page = _say_who(client)
    for word in ("", "nee", "wissen!"):
        answer = _confirm(client, page, word)
        assert answer.status_code == 422
        assert "wissen" in answer.content.decode()
    assert Person.objects.get(pk=cast.candidate.pk).is_active
    assert _confirm(client, page, " Wissen ").redirect_chain[-1][0] == reverse("account_erased")


def test_what_changed_meanwhile_is_read_again_first(cast: Cast, log_in: LogIn) -> None:
    client = log_in(cast.candidate)
    page = _say_who(client)
    procedure = cast.bring_to(Point.FILLED)
    answer = _confirm(client, page)
    assert answer.redirect_chain[-1][0] == READ
    text = answer.content.decode()
    assert "Er is iets veranderd" in text and procedure.number in text
    assert Person.objects.get(pk=cast.candidate.pk).is_active


def test_nobody_logged_in_goes_to_log_in() -> None:
    for address in (READ, CONFIRM):
        answer = Client().get(address)
        assert answer.status_code == 302 and reverse("account_login") in answer["Location"]


@pytest.mark.parametrize(
    ("who", "point", "said", "further"),
    [
        ("candidate", Point.STARTED, "Trajecten die nog lopen", True),
        ("candidate", Point.DECIDED, "Trajecten die nog lopen", True),
        ("candidate", Point.CLOSED, "tot en met", True),
        ("guide", Point.ISSUED, "Wat je voor anderen deed", True),
        ("auditor", Point.ISSUED, "Je werk voor een aanbieder: EVC Huis Noord", True),
        ("coordinator", Point.ISSUED, "Je bent de enige coördinator van EVC Huis Noord", False),
        ("operator", Point.STARTED, "Je portfolio", True),
    ],
)
def test_everybody_reads_what_concerns_them(
    cast: Cast,
    log_in: LogIn,
    django_assert_max_num_queries: Any,
    who: str,
    point: Point,
    said: str,
    further: bool,
) -> None:
    cast.bring_to(point)
    client = log_in(getattr(cast, who))
    with django_assert_max_num_queries(9):
        text = client.get(READ).content.decode()
    assert said in text
    assert (CONFIRM in text) is further
    assert "/portfolio/meenemen/" in text


def test_an_assessor_who_settles_an_outcome_is_shown_the_way(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.REVEALED)
    client = log_in(cast.assessors[0])
    text = client.get(READ).content.decode()
    assert procedure.number in text and reverse("assessment:finals", args=[procedure.ref]) in text
    page = _say_who(client)
    assert _confirm(client, page).redirect_chain[-1][0] == READ
    assert Person.objects.get(pk=cast.assessors[0].pk).is_active


AFTER = (
    "procedures:procedure",
    "certificates:outcome",
    "certificates:certificate",
    "assessment:judging",
    "assessment:finals",
    "procedures:log",
)


def test_the_dossier_still_reads_as_before_until_its_term_is_over(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.CLOSED)
    erase(cast.candidate)
    coordinator, auditor = log_in(cast.coordinator), log_in(cast.auditor)
    page = coordinator.get(reverse("procedures:procedure", args=[procedure.ref])).content.decode()
    assert "Samira Kandidaat" in page and "heeft het account laten wissen" in page
    assert "invalid" not in page
    for name in AFTER:
        assert auditor.get(reverse(name, args=[procedure.ref])).status_code == 200, name


def test_after_the_term_only_the_log_and_the_fingerprint_are_left(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.CLOSED)
    certificate = procedure.certificate
    fingerprint = certificate.file.sha256
    erase(cast.candidate)
    with clock.at(clock.now() + timedelta(days=1 + (KeptDossier.objects.get().until - clock.today()).days)):
        expire()
    coordinator, auditor = log_in(cast.coordinator), log_in(cast.auditor)
    page = coordinator.get(reverse("procedures:procedure", args=[procedure.ref])).content.decode()
    for said in ("(gewiste persoon)", certificate.number, fingerprint, "Gewist"):
        assert said in page
    assert "Samira" not in page
    statuses = {name: auditor.get(reverse(name, args=[procedure.ref])).status_code for name in AFTER}
    assert statuses == {
        **dict.fromkeys(AFTER, 403),
        "procedures:procedure": 200,
        "procedures:log": 200,
    }
    overview = coordinator.get(reverse("procedures:overview", args=[cast.provider.ref]) + "?stand=erased")
    assert "(gewiste persoon)" in overview.content.decode()
    for person in (cast.guide, cast.assessors[0]):
        assert log_in(person).get(reverse("home")).status_code == 200
        assert log_in(person).get(reverse("assessment:queue")).status_code == 200


def test_a_stopped_procedure_names_nobody(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.HALF_JUDGED)
    erase(cast.candidate)
    page = log_in(cast.coordinator).get(reverse("procedures:procedure", args=[procedure.ref]))
    text = page.content.decode()
    assert "(gewiste persoon)" in text and "Samira" not in text
    assert "De kandidaat heeft het account laten wissen." in text
    assert "Heeft nog niets verklaard" not in text
    english = log_in(cast.auditor)
    english.cookies["django_language"] = "en"
    answer = english.get(reverse("procedures:overview", args=[cast.provider.ref]) + "?stand=withdrawn")
    assert "(erased person)" in answer.content.decode()


def test_the_link_of_a_referee_says_that_there_is_nothing_to_do(cast: Cast) -> None:
    cast.bring_to(Point.FILLED)
    piece = Evidence.objects.get()
    ask_to_confirm(cast.candidate, piece.ref, Referee("Nel", "nel@example.org", "colleague"))
    FeedbackRequest.objects.update(token_sha256=token_hash("sleutel"))
    erase(cast.candidate)
    answer = Client().get(reverse("feedback:referee", args=["sleutel"]))
    assert answer.status_code == 410
    assert "Je hoeft niets te doen" in answer.content.decode()
    assert answer["Referrer-Policy"] == "same-origin"
    assert Client().get(reverse("feedback:referee", args=["nooit"])).status_code == 404


def test_a_coordinator_sets_how_long_dossiers_stay(cast: Cast, log_in: LogIn) -> None:
    address = reverse("procedures:keeping", args=[cast.provider.ref])
    client = log_in(cast.coordinator)
    assert client.get(address).status_code == 200
    assert client.post(address, {"years": "40"}).status_code == 422
    assert client.post(address, {"years": "7"}).status_code == 302
    cast.provider.refresh_from_db()
    assert cast.provider.keep_years == 7


def test_who_left_is_in_no_list_of_people(cast: Cast, log_in: LogIn) -> None:
    cast.person("opvolger@example.org", "Opvolger", Role.COORDINATOR)
    erase(cast.assessors[0])
    page = log_in(cast.coordinator).get(reverse("procedures:people", args=[cast.provider.ref]))
    assert "Noor Assessor" not in page.content.decode()
