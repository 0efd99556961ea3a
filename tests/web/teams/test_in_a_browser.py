"""A lead sees coverage change as consent is given and withdrawn."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from bekwaam.domain.growth.gap import Layer
from bekwaam.services import clock
from bekwaam.services.teams.making import make_team
from tests.adapters.pdf.reading import page_texts, squeezed
from tests.browser import PHONE, WIDE
from tests.cast import PASSWORD, make_cast
from tests.services.teams.teams import rated, shares, team_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_lead_sees_coverage_change_as_consent_is_given_and_withdrawn(
    chromium: Browser, live_server: Any
) -> None:
    cast = make_cast()
    rated(cast.candidate, cast.standard, {"1.1": "vakbekwaam", "1.2": "startbekwaam"})
    team = make_team(cast.coordinator, cast.provider, "Wijkteam Zuid", cast.guide.email)
    lead = _logged_in(chromium, live_server.url, cast.guide.email, WIDE)
    lead.goto(live_server.url + reverse("teams:home"))
    lead.get_by_role("link", name="Naar je team").click()
    lead.get_by_role("link", name="Mensen in het team").click()
    lead.get_by_label("E-mailadressen").fill("geen adres")
    lead.get_by_role("button", name="Nodig uit").click()
    expect(lead.locator("main")).to_contain_text("Dit is geen e-mailadres: geen, adres")
    expect(lead.get_by_label("E-mailadressen")).to_have_value("geen adres")
    lead.get_by_label("E-mailadressen").fill(cast.candidate.email)
    lead.get_by_role("button", name="Nodig uit").click()

    member = _logged_in(chromium, live_server.url, cast.candidate.email, PHONE)
    member.goto(live_server.url + reverse("teams:home"))
    member.get_by_role("link", name="Bekijk de uitnodiging").click()
    member.get_by_role("button", name="Doe mee met het team").click()
    covers = live_server.url + reverse("teams:team", args=[team.ref])
    lead.goto(covers)
    expect(lead.locator("main")).to_contain_text("Niemand deelt dit met jou")

    member.get_by_label("Zelfbeoordeling").check()
    old = member.context.new_page()  # the same page in a second window, before the choice is made
    old.goto(member.url)
    member.get_by_role("button", name="Bewaar mijn keuze").click()
    expect(member.locator("main")).to_contain_text("Precies dit ziet de teamleider nu")
    lead.reload()
    expect(lead.get_by_role("row", name="1.1")).to_contain_text("vakbekwaam")
    expect(lead.locator("main")).to_contain_text("Dit is een team van één")
    lead.get_by_text("Kies iets anders").click()
    lead.get_by_label("Wie het zegt").select_option("judgement")
    lead.get_by_role("button", name="Laat zien").click()
    expect(lead.locator("main")).to_contain_text("Niemand deelt dit met jou")

    member.get_by_role("button", name="Deel niets meer").click()
    expect(member.locator("main")).to_contain_text("Je team ziet niets meer van jou")
    lead.goto(covers)
    expect(lead.locator("main")).to_contain_text("Niemand deelt dit met jou")
    expect(lead.locator("main table")).to_have_count(0)
    old.get_by_label("Zelfbeoordeling").check()
    old.get_by_role("button", name="Bewaar mijn keuze").click()
    expect(old.get_by_role("alert")).to_contain_text("in een ander venster veranderd")
    lead.reload()
    expect(lead.locator("main")).to_contain_text("Niemand deelt dit met jou")
    for page in (lead, member):
        page.context.close()


def test_a_thin_spot_becomes_a_goal_a_member_works_on_it_and_takes_that_back(
    chromium: Browser, live_server: Any, tmp_path: Path
) -> None:
    cast = make_cast()
    rated(cast.candidate, cast.standard, {"1.1": "vakbekwaam", "1.2": "startbekwaam"})
    team = team_of(cast, cast.candidate, name="Wijkteam Oost")
    shares(cast.candidate, team, Layer.SELF)
    lead = _logged_in(chromium, live_server.url, cast.guide.email, WIDE)
    plan = live_server.url + reverse("teams:plan", args=[team.ref])
    lead.goto(plan)
    thin = lead.get_by_role("row", name="1.2")
    expect(thin).to_contain_text("Niemand laat weten hieraan te werken")
    thin.get_by_role("checkbox").check()
    lead.get_by_role("button", name="Maak hier een doel van het team van").click()
    lead.get_by_label("Wat wil het team kunnen?").fill("Samen eerder signaleren")
    lead.get_by_label("Wanneer moet het klaar zijn?").fill("2020-01-01")
    lead.get_by_role("button", name="Stel dit doel").click()
    expect(lead.get_by_label("Wat wil het team kunnen?")).to_have_value("Samen eerder signaleren")
    expect(lead.locator("main")).to_contain_text("Deze dag is al voorbij")
    lead.get_by_label("Wanneer moet het klaar zijn?").fill(f"{clock.today() + timedelta(80)}")
    lead.get_by_role("button", name="Stel dit doel").click()
    expect(lead.get_by_role("heading", name="Samen eerder signaleren")).to_be_visible()
    lead.goto(plan)
    expect(lead.get_by_role("row", name="1.2")).to_contain_text("Het team heeft hier een doel voor")

    member = _logged_in(chromium, live_server.url, cast.candidate.email, PHONE)
    member.goto(live_server.url + reverse("teams:home"))
    member.get_by_role("link", name="Doelen van het team").click()
    member.get_by_role("link", name="Maak er een eigen doel van").click()
    words = member.get_by_label("Wat wil je leren?")
    expect(words).to_have_value("Samen eerder signaleren")
    words.fill("Ik wil leren zien wat er speelt")
    member.get_by_role("button", name="Stel dit doel").click()
    expect(member.locator("main")).to_contain_text("Ik wil leren zien wat er speelt")
    lead.reload()
    expect(lead.get_by_role("row", name="1.2")).to_contain_text("niemand, voor zover gedeeld")

    choice = live_server.url + reverse("teams:share", args=[team.ref])
    member.goto(choice)
    member.get_by_label("Waar ik aan werk").check()
    member.get_by_role("button", name="Bewaar mijn keuze").click()
    member.get_by_role("link", name="Waar ik aan werk").click()
    expect(member.locator("#ziet")).to_contain_text("1.2")
    lead.reload()
    expect(lead.get_by_role("row", name="1.2")).to_contain_text("Iemand werkt hieraan, uiterlijk")
    expect(lead.get_by_role("row", name="1.2")).to_contain_text(cast.candidate.name)
    expect(lead.locator("main")).not_to_contain_text("Ik wil leren zien wat er speelt")
    text = squeezed(_paper(lead, tmp_path))
    assert squeezed("Iemand werkt hieraan") in text and squeezed("alleen voor de teamleider") in text

    member.get_by_label("Waar ik aan werk").uncheck()
    member.get_by_role("button", name="Bewaar mijn keuze").click()
    expect(member.get_by_role("link", name="Waar ik aan werk")).to_have_count(0)
    lead.reload()
    expect(lead.get_by_role("row", name="1.2")).to_contain_text("niemand, voor zover gedeeld")
    assert squeezed("Iemand werkt hieraan") not in squeezed(_paper(lead, tmp_path))
    for page in (lead, member):
        page.context.close()


def _paper(page: Page, folder: Path) -> str:
    """Fetch the team on paper by its link, and return what it says."""
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Neem mee op papier").click()
    path = folder / fetched.value.suggested_filename
    fetched.value.save_as(path)
    return "\n".join(page_texts(path.read_bytes()))


def _logged_in(chromium: Browser, address: str, email: str, size: Any) -> Page:
    page = chromium.new_context(viewport=size, locale="nl-NL").new_page()
    page.goto(address + reverse("account_login"))
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_load_state()
    return page
