"""The pages of what one knows: said, looked at again in one click, thrown away; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bekwaam.domain.growth.knowledge import knowledge_items
from bekwaam.frameworks.library import load_builtin
from bekwaam.services import clock
from bekwaam.services.frameworks.versions import publish
from bekwaam.services.growth.knowledge import KnowledgeInput, say_knowledge
from bekwaam.store.models import FrameworkVersion, KnowledgeNote, Person
from bekwaam.web.growth.knowledge_shown import with_links
from tests.cast import Cast

LogIn = Callable[[Person], Client]
KEY = ["kennis-sociaal-werk", "1.0"]
LAW = reverse("growth:knowledge_item", args=[*KEY, "K1.4"])


@pytest.fixture
def body(cast: Cast) -> FrameworkVersion:
    """Return the body of knowledge, published."""
    return publish(None, load_builtin("kennis-sociaal-werk"))


def test_what_is_filled_in_is_kept_and_web_addresses_become_links(
    cast: Cast, body: FrameworkVersion, log_in: LogIn
) -> None:
    client, day = log_in(cast.candidate), date(clock.today().year + 5, 1, 1)
    given = {
        "known": "yes",
        "where": "Op https://wetten.overheid.nl. Of <b>Nel</b>.",
        "review_on": day.isoformat(),
    }
    assert client.post(LAW, given)["Location"] == LAW
    page = client.get(LAW).content.decode()
    assert 'href="https://wetten.overheid.nl" target="_blank" rel="noopener noreferrer nofollow"' in page
    assert "&lt;b&gt;Nel" in page and "<b>Nel" not in page
    assert KnowledgeNote.objects.get().review_on == day


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("https://a.nl/x, en http://b.nl/(y)?", ["https://a.nl/x", "http://b.nl/(y"]),
        ("javascript:alert(1) en ftp://a.nl", []),
        ("https://naam:geheim@a.nl", []),
        ("https://", []),
        ("", []),
        ('"https://a.nl"', ["https://a.nl"]),
    ],
)
def test_only_web_addresses_become_links_and_no_letter_is_lost(text: str, links: list[str]) -> None:
    pieces = with_links(text)
    assert [piece for piece, host in pieces if host] == links
    assert "".join(piece for piece, _host in pieces) == text


def test_a_day_that_has_passed_gets_a_sentence_and_nothing_typed_is_lost(
    cast: Cast, body: FrameworkVersion, log_in: LogIn
) -> None:
    passed = str(clock.today() - timedelta(days=1))
    answer = log_in(cast.candidate).post(LAW, {"known": "", "where": "Bij Nel.", "review_on": passed})
    page = answer.content.decode()
    assert answer.status_code == 422 and "Kies hoe goed je dit weet." in page
    answer = log_in(cast.candidate).post(LAW, {"known": "yes", "where": "Bij Nel.", "review_on": passed})
    page = answer.content.decode()
    assert answer.status_code == 422 and "Deze dag is al voorbij" in page
    assert "Bij Nel." in page and passed in page and not KnowledgeNote.objects.exists()


def test_the_proposed_day_stands_in_the_form_with_its_reason(
    cast: Cast, body: FrameworkVersion, log_in: LogIn
) -> None:
    with clock.at(datetime(2031, 3, 1, 12, tzinfo=UTC)):
        page = log_in(cast.candidate).get(LAW).content.decode()
    assert 'value="2031-07-01"' in page and "gaan in Nederland meestal in op 1 januari of 1 juli" in page


def test_what_is_out_of_date_stands_on_top_and_holds_again_after_one_click(
    cast: Cast, body: FrameworkVersion, log_in: LogIn
) -> None:
    client, overview = log_in(cast.candidate), reverse("growth:knowledge")
    with clock.at(datetime(2031, 3, 1, 12, tzinfo=UTC)):
        say_knowledge(cast.candidate, body, "K1.4", KnowledgeInput("yes", "", date(2031, 7, 1)))
        assert "Kijk hier eerst naar" not in client.get(overview).content.decode()
    with clock.at(datetime(2031, 8, 1, 12, tzinfo=UTC)):
        page = client.get(overview).content.decode()
        assert "Kijk hier eerst naar" in page and page.index("K1.4") < page.index("E1.1")
        only = client.get(overview + "?toon=verouderd").content.decode()
        assert "K1.4" in only and "E1.1" not in only
        still = reverse("growth:knowledge_still", args=[*KEY, "K1.4"])
        page = client.post(still, {"terug": "overzicht"}, follow=True).content.decode()
        assert "K1.4 klopt nog. Je kijkt opnieuw op 1 januari 2032." in page
        assert "Kijk hier eerst naar" not in page
        assert "Hier staat niets" in client.get(overview + "?toon=verouderd").content.decode()
        client.post(still)
    assert [row.review_on for row in KnowledgeNote.objects.all()] == [date(2031, 7, 1), date(2032, 1, 1)]


def test_of_much_that_is_due_the_first_stand_on_top_and_the_others_are_counted(
    cast: Cast, body: FrameworkVersion, log_in: LogIn
) -> None:
    day = clock.today() + timedelta(days=1)
    for number in range(1, 13):
        say_knowledge(cast.candidate, body, f"K3.{number}", KnowledgeInput("yes", "", day))
    page = log_in(cast.candidate).get(reverse("growth:knowledge")).content.decode()
    assert page.count("klopt-nog/") == 8 and "Hierna komen er nog 4." in page


def test_what_nothing_was_said_of_can_be_shown_by_itself(
    cast: Cast, body: FrameworkVersion, log_in: LogIn
) -> None:
    say_knowledge(cast.candidate, body, "K1.4", KnowledgeInput("no"))
    page = log_in(cast.candidate).get(reverse("growth:knowledge") + "?toon=nog-niets").content.decode()
    codes = [item.code for item in knowledge_items(load_builtin("kennis-sociaal-werk"))]
    shown = [code for code in codes if f'<span class="code">{code}</span>' in page]
    assert shown == [code for code in codes if code != "K1.4"]


def test_to_say_that_it_holds_what_one_does_not_know_is_refused_in_words(
    cast: Cast, body: FrameworkVersion, log_in: LogIn
) -> None:
    still = reverse("growth:knowledge_still", args=[*KEY, "K1.4"])
    answer = log_in(cast.candidate).post(still)
    assert answer.status_code == 403 and "Zeg eerst wat je hiervan weet" in answer.content.decode()


def test_what_was_said_goes_after_asking(cast: Cast, body: FrameworkVersion, log_in: LogIn) -> None:
    say_knowledge(cast.candidate, body, "K1.4", KnowledgeInput("yes", "Bij Nel."))
    client, forget = log_in(cast.candidate), reverse("growth:knowledge_forget", args=[*KEY, "K1.4"])
    assert "Weggooien wat je hierover zei?" in client.get(forget).content.decode()
    assert KnowledgeNote.objects.exists()
    client.post(forget)
    assert not KnowledgeNote.objects.exists()


@pytest.mark.parametrize("code", ["K1", "K9.9"])
def test_what_is_no_item_of_knowledge_has_no_page(
    cast: Cast, body: FrameworkVersion, log_in: LogIn, code: str
) -> None:
    client = log_in(cast.candidate)
    for name in ("knowledge_item", "knowledge_forget"):
        assert client.get(reverse(f"growth:{name}", args=[*KEY, code])).status_code == 404
    assert client.get(reverse("growth:knowledge_item", args=["x", "1", "K1.4"])).status_code == 404


def test_one_chooses_between_bodies_of_knowledge_where_there_are_several(
    cast: Cast, body: FrameworkVersion, log_in: LogIn
) -> None:
    client, overview = log_in(cast.candidate), reverse("growth:knowledge")
    assert "<select" not in client.get(overview).content.decode()
    publish(None, replace(load_builtin("kennis-sociaal-werk"), id="eigen-kennis"), cast.provider)
    assert "/kennis/kennis-sociaal-werk/1.0/K1.4/" in client.get(overview).content.decode()
    page = client.get(overview + "?kader=eigen-kennis@1.0").content.decode()
    assert '<option value="eigen-kennis@1.0" selected>' in page and "/kennis/eigen-kennis/1.0/K1.4/" in page
    assert client.get(overview + "?kader=x@y&toon=z&page=nooit").status_code == 200


def test_without_a_body_of_knowledge_the_page_says_so(cast: Cast, log_in: LogIn) -> None:
    page = log_in(cast.candidate).get(reverse("growth:knowledge")).content.decode()
    assert "Er staat hier nog geen kennis van het vak" in page


def test_an_item_leads_to_a_goal_on_it(cast: Cast, body: FrameworkVersion, log_in: LogIn) -> None:
    client = log_in(cast.candidate)
    link = reverse("growth:goal_new") + "?kader=kennis-sociaal-werk@1.0&amp;code=K1.4"
    assert link in client.get(LAW).content.decode()
    given = {"words": "De wet leren kennen.", "codes": ["K1.4"], "value": "yes", "by": ""}
    client.post(link.replace("&amp;", "&"), given)
    assert "De wet leren kennen." in client.get(LAW).content.decode()
