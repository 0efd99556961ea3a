"""Somebody with a phone and a bad connection keeps a portfolio, in a real browser and without a procedure."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from bekwaam.domain.portfolio.kinds import EvidenceKind
from bekwaam.frameworks.library import load_builtin
from bekwaam.services.accounts.registering import ask_for_account
from bekwaam.services.audit import broken_contents, broken_files, walk_chain
from bekwaam.services.frameworks.versions import publish
from bekwaam.services.portfolio.evidence import add_evidence
from bekwaam.services.portfolio.given import EvidenceInput
from bekwaam.store.models import Evidence, Person, StoredFile
from tests.browser import PHONE, wait_for_document
from tests.cast import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STARR = {
    "situation": "In de hal van de flat stonden al weken dozen van een bewoner die niemand kende.",
    "task": "Ik wilde weten hoe het met hem ging voordat iemand er een klacht van maakte.",
    "action": "Ik belde drie avonden aan, en de vierde keer vroeg ik of ik mocht helpen sjouwen.",
    "result": "We droegen de dozen samen naar boven en hij komt nu op woensdag koffie drinken.",
    "reflection": "Ik dacht eerst aan een brief; aanbellen was beter.",
}


@pytest.fixture
def phone(chromium: Browser) -> Any:
    """Return a window of a phone."""
    context = chromium.new_context(viewport=PHONE, locale="nl-NL")  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def page(phone: BrowserContext, live_server: Any, settings: Any) -> Page:
    """Return the page of somebody who just got an account by themself."""
    settings.OPEN_REGISTRATION, settings.BASE_URL = True, live_server.url
    publish(None, load_builtin("evc-sociaal-werker-mbo"))
    opened = phone.new_page()
    ask_for_account("nora@example.org", "Nora Nieuw", "nl")
    link = re.search(r"\S+/account/nieuw/\S+/", mail.outbox[-1].body)
    assert link
    opened.goto(link[0])
    for field in ("password1", "password2"):
        opened.locator(f"[name={field}]").fill(PASSWORD)
    opened.get_by_role("button", name="Maak mijn account").click()
    expect(opened.locator("h1")).to_have_text("Welkom bij je portfolio")
    fine(opened)
    opened.get_by_role("button", name="Beginnen").click()
    expect(opened.locator("h1")).to_have_text("Mijn portfolio")
    return opened


def fine(page: Page) -> None:
    """The page is accessible and fits its width."""
    wait_for_document(page)
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def row(page: Page, code: str) -> Any:
    return page.locator("table.map tbody tr").filter(
        has=page.locator(".code", has_text=re.compile(f"^{code}$"))
    )


def test_a_story_survives_a_lost_connection_and_coverage_goes_from_gap_to_met(
    page: Page, phone: BrowserContext
) -> None:
    home = page.url
    page.goto(f"{home}overzicht/")
    expect(row(page, "1.2")).to_contain_text("Hier is nog niets")
    page.goto(f"{home}bewijs/nieuw/story/?code=1.2")
    page.locator("[name=title]").fill("De dozen in de hal")
    for name in ("situation", "task"):
        page.locator(f"[name={name}]").fill(STARR[name])
    expect(page.locator("[data-draft-status]")).to_contain_text("Bewaard om")
    expect(page.locator("[data-words=id_task]")).to_have_text("15 woorden")
    phone.set_offline(True)
    for name in ("action", "result", "reflection"):
        page.locator(f"[name={name}]").fill(STARR[name])
    expect(page.locator("[data-draft-status]")).to_contain_text("geen verbinding")
    page.get_by_role("button", name="Zet het in mijn portfolio").click()  # nothing is sent, nothing is lost
    page.close()
    phone.set_offline(False)
    page = phone.new_page()
    page.goto(f"{home}bewijs/nieuw/story/")
    for name, text in STARR.items():
        expect(page.locator(f"[name={name}]")).to_have_value(text)
    expect(page.locator("[name=ties][value='1.2']")).to_be_checked()
    page.get_by_role("button", name="Bekijk wat 1.2 vraagt").click()
    part = page.locator("[id='ladder_1.2'] .ties__part").first
    part.locator("[name=ties]").check()
    part.locator("input[type=text]").fill("Ik belde aan zonder dat iemand het vroeg.")
    page.locator("[name=context]").fill("Flat aan de singel")
    page.locator("[name=reach]").select_option("one")
    page.locator("[name=dated_on]").fill("2026-03-10")
    fine(page)
    page.get_by_role("button", name="Zet het in mijn portfolio").click()
    expect(page.get_by_text("Je bewijs staat in je portfolio")).to_be_visible()
    piece = Evidence.objects.get()
    assert piece.story == STARR
    competence, part_of_it = piece.ties.all()
    assert competence.code == "1.2" and part_of_it.code.startswith("1.2.")
    page.goto(f"{home}overzicht/")
    expect(row(page, "1.2")).to_contain_text("Stukken tot nu toe: 1")
    page.goto(f"{home}bewijs/nieuw/story/?code=1.2")
    page.locator("[name=title]").fill("Op de markt")
    for name, text in STARR.items():
        page.locator(f"[name={name}]").fill(text + " Ook hier.")
    page.locator("[name=context]").fill("Weekmarkt")
    page.get_by_role("button", name="Zet het in mijn portfolio").click()
    page.goto(f"{home}overzicht/")
    expect(row(page, "1.2")).to_contain_text("wat gebruikelijk is, is er")
    assert walk_chain().whole and not list(broken_contents())


def test_a_referee_confirms_from_a_link_and_a_later_change_is_not_confirmed(
    page: Page, chromium: Browser
) -> None:
    home = page.url
    nora = Person.objects.get(email="nora@example.org")
    given = EvidenceInput(
        kind=EvidenceKind.STORY,
        title="De dozen in de hal",
        dated_on=date(2026, 3, 10),
        context="Flat aan de singel",
        story=STARR,
        ties={"1.2": "Hier ga ik eropaf."},
    )
    piece = add_evidence(nora, nora.portfolios.get(), given)
    page.goto(f"{home}bewijs/{piece.ref}/")
    page.get_by_role("link", name="Vraag om een bevestiging").click()
    page.locator("[name=name]").fill("Nel de Wit")
    page.locator("[name=email]").fill("nel@example.org")
    page.get_by_role("radio", name="Collega").check()
    page.locator("[name=message]").fill("Jij was erbij, weet je nog?")
    page.get_by_role("button", name="Stuur de link").click()
    expect(page.locator("h1")).to_be_visible()
    link = re.search(r"\S+/referent/\S+/", mail.outbox[-1].body)
    assert link and mail.outbox[-1].to == ["nel@example.org"]
    hers = chromium.new_context(viewport=PHONE, locale="nl-NL")  # type: ignore[arg-type]
    answer = hers.new_page()
    answer.goto(link[0])
    expect(answer.get_by_text(STARR["result"])).to_be_visible()
    fine(answer)
    answer.locator("[name=said][value=yes]").check()
    answer.locator("[name=name]").fill("Nel de Wit")
    answer.get_by_role("button", name="Stuur mijn antwoord").click()
    expect(answer.locator("h1")).to_have_text("Dank je wel")
    answer.goto(link[0])
    expect(answer.get_by_text("al gebruikt")).to_be_visible()
    hers.close()
    said = page.locator("section[aria-labelledby=confirmations] article")
    page.goto(f"{home}bewijs/{piece.ref}/")
    expect(said).to_contain_text("Nel de Wit")
    before = said.locator(".badge").inner_text()
    page.locator("[name=reflection]").fill("Bij nader inzien deed ik het anders.")
    page.get_by_role("button", name="Wijzigingen bewaren").click()
    page.goto(f"{home}bewijs/{piece.ref}/")
    expect(said.locator(".badge")).not_to_have_text(before)
    expect(said).to_contain_text("veranderd na de bevestiging")


def test_a_large_file_goes_on_where_the_connection_broke(page: Page, tmp_path: Path) -> None:
    home = page.url
    content = b"%PDF-1.7\n" + bytes(range(256)) * 28_000  # four pieces
    (tmp_path / "plan.pdf").write_bytes(content)
    page.goto(f"{home}bewijs/nieuw/file/")
    page.locator("[name=title]").fill("Plan van aanpak")
    offsets: list[int] = []
    broken: list[int] = []

    def unsteady(route: Route) -> None:
        if route.request.method == "PATCH":
            offset = int(route.request.headers["upload-offset"])
            offsets.append(offset)
            if offset and not broken:
                broken.append(offset)
                route.abort("connectionreset")
                return
        route.continue_()

    page.route("**/portfolio/upload/**", unsteady)
    page.locator("[name=file]").set_input_files(tmp_path / "plan.pdf")
    page.get_by_role("button", name="Zet het in mijn portfolio").click()
    expect(page.get_by_text("Je bewijs staat in je portfolio")).to_be_visible(timeout=30_000)
    assert len(broken) == 1 and offsets.count(0) == 1  # it did not begin anew
    assert offsets.count(broken[0]) == 2
    file = StoredFile.objects.get()
    assert file.size == len(content) and not list(broken_files())
    assert Person.objects.get(email="nora@example.org").evidence.count() == 1
