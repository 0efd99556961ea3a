"""What somebody knows: said, out of date after a while, fresh again; and a lead sees it only with consent."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from bekwaam.frameworks.library import load_builtin
from bekwaam.services import clock
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.frameworks.versions import publish
from bekwaam.store.models import KnowledgeNote
from tests.browser import PHONE, WIDE, insist_sound
from tests.cast import PASSWORD, make_cast
from tests.services.teams.teams import team_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WHERE = "Op https://wetten.overheid.nl, en bij Nel van de balie."
NOBODY = "Niemand deelt dit met jou"


def test_knowledge_grows_old_is_freshened_and_is_seen_with_consent_only(
    chromium: Browser, live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = make_cast()
    publish(None, load_builtin("kennis-sociaal-werk"))
    team = team_of(cast, cast.candidate)
    mine = _logged_in(chromium, live_server.url, cast.candidate.email, PHONE)
    lead = _logged_in(chromium, live_server.url, cast.guide.email, WIDE)
    knows = live_server.url + reverse("teams:knowledge", args=[team.ref])
    shares = live_server.url + reverse("teams:share", args=[team.ref])

    _let_it_be(monkeypatch, 2031, 3)
    _say(mine)
    lead.goto(knows)
    expect(lead.locator("main")).to_contain_text(NOBODY)
    mine.goto(shares)
    mine.get_by_label("Wat ik weet").check()
    mine.get_by_role("button", name="Bewaar mijn keuze").click()
    expect(mine.locator("main")).to_contain_text("Precies dit ziet de teamleider nu")
    expect(mine.get_by_role("row", name="K1.4")).to_contain_text("weet dit")
    lead.reload()
    expect(lead.get_by_role("row", name="K1.4")).to_contain_text("weet dit")
    expect(lead.locator("main")).not_to_contain_text("Nel van de balie")
    insist_sound(lead)

    _let_it_be(monkeypatch, 2031, 8)
    lead.reload()
    expect(lead.get_by_role("row", name="K1.4")).to_contain_text("verouderd")
    mine.goto(live_server.url + reverse("growth:knowledge"))
    first = mine.locator("section", has_text="Kijk hier eerst naar")
    expect(first).to_contain_text("verouderd")
    insist_sound(mine)
    first.get_by_role("button", name="Het klopt nog").click()
    expect(mine.locator(".notice--success")).to_contain_text("Je kijkt opnieuw op 1 januari 2032")
    expect(mine.locator("main")).not_to_contain_text("Kijk hier eerst naar")
    lead.reload()
    expect(lead.get_by_role("row", name="K1.4")).to_contain_text("weet dit")

    mine.goto(shares)
    mine.get_by_role("button", name="Deel niets meer").click()
    lead.reload()
    expect(lead.locator("main")).to_contain_text(NOBODY)
    expect(lead.locator("main table")).to_have_count(0)
    assert [str(row.review_on) for row in KnowledgeNote.objects.all()] == ["2031-07-01", "2032-01-01"]
    assert walk_chain().whole and not list(broken_contents())
    for page in (mine, lead):
        page.context.close()


def _let_it_be(monkeypatch: pytest.MonkeyPatch, year: int, month: int) -> None:
    """Let it be noon on the first of a month, for the server too, which is another thread."""
    moment = datetime(year, month, 1, 12, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: moment)


def _say(page: Page) -> None:
    """Say what one knows of the law; a day that has passed gets a sentence first, and nothing is lost."""
    page.get_by_role("link", name="Groei", exact=True).click()
    page.get_by_role("link", name="Wat ik weet").click()
    page.get_by_role("link", name="Rechten").click()
    page.get_by_label("Dit weet ik", exact=True).check()
    page.get_by_label("Waar vind je het?").fill(WHERE)
    expect(page.get_by_label("Wanneer kijk je of het nog klopt?")).to_have_value("2031-07-01")
    page.get_by_label("Wanneer kijk je of het nog klopt?").fill("2031-02-01")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.locator(".error-summary")).to_contain_text("Deze dag is al voorbij")
    expect(page.get_by_label("Waar vind je het?")).to_have_value(WHERE)
    page.get_by_label("Wanneer kijk je of het nog klopt?").fill("2031-07-01")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("link", name="https://wetten.overheid.nl")).to_have_count(1)


def _logged_in(chromium: Browser, address: str, email: str, size: Any) -> Page:
    page = chromium.new_context(viewport=size, locale="nl-NL").new_page()
    page.goto(address + reverse("account_login"))
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_load_state()
    return page
