"""One whole EVC procedure, clicked through in a real browser: from the intake to the downloaded PDF.

Real people would do just this, on the real standard, with texts of their own. Nothing is set up by the
services but the provider with its people; nobody's page is opened by an address they could not click to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from playwright.sync_api import Browser, Page, expect

from bekwaam.frameworks.library import load_builtin
from bekwaam.services.audit import broken_contents, broken_files, walk_chain
from bekwaam.services.frameworks.versions import publish
from tests.adapters.pdf.reading import page_texts, squeezed
from tests.browser import PHONE, WIDE, wait_for_document
from tests.cast import PASSWORD, make_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STANDARD = load_builtin("evc-sociaal-werker-mbo")
UNITS = [item.code for item in STANDARD.competences]
NOT_SHOWN = {"2.3", "6.3", "7.3"}
DIFFERS = "5.1"
STORY = {
    "situation": "Op een dinsdag in maart kwam een buurtbewoner het spreekuur in met een vraag over huur.",
    "task": "Ik wilde weten wat er achter de vraag zat en met hem een eerste stap zetten.",
    "action": "Ik heb de tijd genomen, doorgevraagd en samen met hem de woningcorporatie gebeld.",
    "result": "Er kwam een regeling en hij sloot zich aan bij de bewonersgroep van zijn flat.",
    "reflection": "Een volgende keer betrek ik zijn dochter eerder, want zij bleek veel te weten.",
}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


class Desk:
    """Somebody at their own browser window."""

    def __init__(self, browser: Browser, address: str, viewport: dict[str, int]) -> None:
        self.address = address
        self.context = browser.new_context(viewport=viewport, locale="nl-NL")  # type: ignore[arg-type]
        self.context.set_default_timeout(15_000)
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on(
            "console",
            lambda message: (
                self.faults.append(message.text)
                if message.type == "error" and "422" not in message.text
                else None
            ),
        )

    def log_in(self, email: str, password: str = PASSWORD) -> None:
        self.page.goto(f"{self.address}/")
        self.page.locator("main a.button--primary").click()
        self.page.locator("[name=login]").fill(email)
        self.page.locator("[name=password]").fill(password)
        self.page.locator("main button[type=submit]").click()
        expect(self.page.locator("h1")).to_be_visible()

    def main_action(self) -> None:
        self.page.locator("main .button--primary, .page-header .button--primary").first.click()

    def fine(self) -> None:
        """The page is accessible, fits its width and made no errors."""
        wait_for_document(self.page)
        results = Axe().run(
            self.page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
        )
        assert results.violations_count == 0, results.generate_report()
        overflow = "document.documentElement.scrollWidth - window.innerWidth"
        assert self.page.evaluate(overflow) <= 0
        assert not self.faults


@contextmanager
def desk(browser: Browser, address: str, viewport: dict[str, int] = WIDE) -> Iterator[Desk]:
    one = Desk(browser, address, viewport)
    try:
        yield one
    finally:
        one.context.close()


@pytest.mark.parametrize("viewport", [WIDE], ids=["wide"])
def test_from_intake_to_downloaded_certificate(
    chromium: Browser, live_server: Any, settings: Any, tmp_path: Path, viewport: dict[str, int]
) -> None:
    settings.BASE_URL = live_server.url
    cast = make_cast()
    publish(None, STANDARD)
    with desk(chromium, live_server.url, viewport) as coordinator:
        _start(coordinator)
        _assign(coordinator)
    with desk(chromium, live_server.url, PHONE) as candidate:
        _accept_invitation(candidate)
        _collect(candidate, tmp_path)
        with desk(chromium, live_server.url) as guide:
            _give_tip(guide)
        _hand_in(candidate)
    for number, assessor in enumerate(cast.assessors[:2]):
        with desk(chromium, live_server.url) as judge:
            _judge_everything(judge, assessor.email, first=number == 0)
    with desk(chromium, live_server.url) as judge:
        _propose(judge, cast.assessors[0].email)
    with desk(chromium, live_server.url) as judge:
        _agree(judge, cast.assessors[1].email)
    with desk(chromium, live_server.url) as coordinator:
        _decide(coordinator)
    with desk(chromium, live_server.url, PHONE) as candidate:
        _check_facts(candidate)
    with desk(chromium, live_server.url) as coordinator:
        _issue(coordinator)
    with desk(chromium, live_server.url, PHONE) as candidate:
        paper = _download(candidate)
    _read(paper)
    assert walk_chain().whole
    assert not list(broken_contents()) and not list(broken_files())


def _start(at: Desk) -> None:
    at.log_in("coordinator@example.org")
    at.page.get_by_role("link", name="Overzicht").first.click()
    at.fine()
    at.page.locator("a[href$='/nieuw/']").first.click()
    at.page.locator("[name=name]").fill("Yara Venema")
    at.page.locator("[name=email]").fill("yara@example.org")
    at.page.locator("[name=standard]").select_option(index=_mbo(at.page))
    at.page.locator("[name=purpose]").first.check()
    at.page.locator("[name=other_stages]").check()
    at.page.locator("[name=life_domains][value=L1]").check()
    at.fine()
    at.main_action()
    expect(at.page.locator("h1")).to_contain_text("Yara Venema")


def _mbo(page: Page) -> int:
    labels = page.locator("[name=standard] option").all_inner_texts()
    return next(index for index, label in enumerate(labels) if "vakbekwame sociaal werker" in label)


def _assign(at: Desk) -> None:
    for name in ("Gijs Begeleider", "Noor Assessor", "Bram Assessor"):
        value = at.page.locator("#who option", has_text=name).first.get_attribute("value")
        at.page.locator("#who").select_option(value)
        at.page.locator("form:has(#who) button").click()
        expect(at.page.locator("#people table")).to_contain_text(name)
    at.fine()


def _accept_invitation(at: Desk) -> None:
    (letter,) = [message for message in mail.outbox if message.to == ["yara@example.org"]]
    found = re.search(r"http\S+", str(letter.body))
    assert found
    at.page.goto(found.group())
    at.page.locator("[name=password1]").fill("een zin die alleen ik bedenk")
    at.page.locator("[name=password2]").fill("een zin die alleen ik bedenk")
    at.page.locator("main button[type=submit]").click()
    at.page.goto(f"{at.address}/")
    if at.page.locator("[name=login]").count() or at.page.locator("main a[href*=login]").count():
        at.log_in("yara@example.org", "een zin die alleen ik bedenk")
    at.fine()
    at.main_action()
    expect(at.page.locator("main")).to_contain_text("EVC Huis Noord")
    at.fine()
    at.main_action()
    expect(at.page.locator("h1")).to_contain_text("dossier")
    at.fine()


def _collect(at: Desk, folder: Path) -> None:
    at.page.locator("a[href$='/nieuw/story/']").first.click()
    at.page.locator("[name=title]").fill("De huur die te hoog was")
    at.page.locator("[name=situation]").fill(STORY["situation"])
    expect(at.page.locator("[data-draft-status]")).to_contain_text("Bewaard")
    # A closed tab loses nothing.
    form = at.page.url
    at.page.close()
    at.page = at.context.new_page()
    at.page.goto(form)
    assert at.page.locator("[name=situation]").input_value() == STORY["situation"]
    at.fine()
    # Sent too early: a sentence per field, and what was typed is still there.
    at.main_action()
    expect(at.page.locator(".error-summary")).to_be_visible()
    assert at.page.locator("[name=title]").input_value() == "De huur die te hoog was"
    at.fine()
    for name, text in STORY.items():
        at.page.locator(f"[name={name}]").fill(text)
    _tie(at.page, [code for code in UNITS if code not in NOT_SHOWN])
    at.page.locator("main form button.button--primary").click()
    expect(at.page.locator("main")).to_contain_text("De huur die te hoog was")
    _upload(at, folder)
    at.page.get_by_role("link", name="Iets anders").first.click()
    at.fine()
    at.page.locator("a[href$='/nieuw/reference/']").first.click()
    at.page.locator("[name=title]").fill("Verslagen in het cliëntdossier")
    for name in ("where", "who", "shows"):
        at.page.locator(f"[name={name}]").fill("Bij de teamleider van het wijkteam in te zien.")
    _tie(at.page, ["L1"])
    at.page.locator("main form button.button--primary").click()
    expect(at.page.locator("main")).to_contain_text("Verslagen in het cliëntdossier")
    at.fine()


def _upload(at: Desk, folder: Path) -> None:
    false = folder / "werkplan.pdf"
    false.write_bytes(b"PK\x03\x04 this is a zip")
    real = folder / "jaarplan.pdf"
    real.write_bytes(PDF)
    at.page.locator("a[href$='/nieuw/file/']").first.click()
    at.page.locator("[name=title]").fill("Jaarplan van de buurtkamer")
    at.page.locator("[name=file]").set_input_files(false)
    at.page.locator("main form button.button--primary").click()
    expect(at.page.locator(".error-summary")).to_contain_text("werkplan.pdf")
    assert at.page.locator("[name=title]").input_value() == "Jaarplan van de buurtkamer"
    at.page.locator("[name=file]").set_input_files(real)
    _tie(at.page, ["1.1", "3.1"])
    at.page.locator("main form button.button--primary").click()
    expect(at.page.locator("main")).to_contain_text("Jaarplan van de buurtkamer")


def _tie(page: Page, codes: list[str]) -> None:
    page.evaluate("document.querySelectorAll('.ties details').forEach(d => d.open = true)")
    for code in codes:
        page.locator(f"[name=ties][value='{code}']").check()


def _give_tip(at: Desk) -> None:
    at.log_in("begeleider@example.org")
    at.page.locator("main a", has_text=re.compile("dossier|Yara", re.I)).first.click()
    at.page.locator("a[href$='/tip/']").first.click()
    at.fine()
    at.page.locator("[name=text]").first.fill("Mooi verhaal. Vertel bij 3.1 ook wie het initiatief nam.")
    at.page.locator("form:has([name=text]) button").first.click()
    expect(at.page.locator("main")).to_contain_text("wie het initiatief nam")
    at.fine()


def _hand_in(at: Desk) -> None:
    at.page.reload()
    expect(at.page.locator("main")).to_contain_text("wie het initiatief nam")
    at.page.locator("a[href$='/inleveren/']").first.click()
    at.fine()
    at.page.locator("main form button.button--primary").click()
    expect(at.page.locator("main")).to_contain_text("ingeleverd", ignore_case=True)
    at.fine()


def _judge_everything(at: Desk, email: str, *, first: bool) -> None:
    at.log_in(email)
    at.page.locator("a[href='/beoordelen/']").first.click()
    at.fine()
    at.page.locator("main a", has_text="Yara").first.click()
    at.fine()
    at.page.locator("button[name=none]").click()
    if first:
        _record_interview(at)
    at.page.locator("a[href$='/beoordelen/1.1/']").first.click()
    at.fine()
    for count, code in enumerate([*UNITS, "L1"]):
        expect(at.page.locator("h1")).to_contain_text(code)
        _judge_one(at, code, first)
        if count == 3:
            at.fine()
    expect(at.page.locator("h1")).to_contain_text("Yara")
    at.fine()
    at.main_action()
    if at.page.url.endswith("/beoordelen-afronden/") and at.page.locator("main form").count():
        at.main_action()


def _judge_one(at: Desk, code: str, first: bool) -> None:
    page = at.page
    shown = code not in NOT_SHOWN and (first or code != DIFFERS)
    page.locator(f"[name=stage][value={'vakbekwaam' if shown else 'not_shown'}]").check()
    if shown:
        page.locator("[name=basis]").first.check()
    else:
        page.locator("[name=basis][value=portfolio]").check()
    who = "Noor" if first else "Bram"
    page.locator("[name=observed]").fill(f"{who} las bij {code} hoe de kandidaat het aanpakte.")
    page.locator("[name=why]").fill(f"{who} vindt dat dit past bij wat {code} vraagt.")
    page.locator(".judging__form button.button--primary").click()


def _record_interview(at: Desk) -> None:
    at.page.locator("a[href$='/gesprek/nieuw/']").first.click()
    at.fine()
    at.page.locator("[name=kind][value=interview]").check()
    at.page.locator("[name=held_on]").fill("2026-01-15")
    at.page.locator("[name=place]").fill("Groningen")
    at.page.locator("[name=present]").fill("Kandidaat en beide assessoren")
    at.page.locator("[name=identity]").first.check()
    at.page.locator("[name=identity_by]").fill("Noor Assessor")
    at.page.locator("main form button.button--primary").click()
    expect(at.page.locator("main")).to_contain_text("Groningen")


def _propose(at: Desk, email: str) -> None:
    at.log_in(email)
    _to_finals(at)
    at.fine()
    at.page.locator("form:has([name=do][value=propose]) button").click()
    at.page.locator(f"a[href$='/eindoordeel/{DIFFERS}/']").first.click()
    expect(at.page.locator("main")).to_contain_text("Bram las bij 5.1")
    at.fine()
    at.page.locator("form:has([name=recommendation]) [name=stage][value=not_shown]").check()
    at.page.locator("[name=recommendation]").fill("Zoek een plek waar je bewoners zelf laat beginnen.")
    at.page.locator("form:has([name=recommendation]) [name=dissent]").fill("Ik zag het er wel in.")
    at.page.locator("form:has([name=recommendation]) .form-actions button").click()


def _agree(at: Desk, email: str) -> None:
    at.log_in(email)
    _to_finals(at)
    at.page.locator("form:has([name=do][value=agree]) button").first.click()
    if at.page.locator(f"a[href$='/eindoordeel/{DIFFERS}/']").count():
        at.page.locator(f"a[href$='/eindoordeel/{DIFFERS}/']").first.click()
        at.fine()
        agree = at.page.locator("form:has([name=do][value=agree]) .button--primary")
        if agree.count():
            agree.first.click()


def _to_finals(at: Desk) -> None:
    at.page.locator("a[href='/beoordelen/']").first.click()
    at.page.locator("main a", has_text="Yara").first.click()
    if not at.page.url.endswith("/eindoordeel/"):
        at.page.locator("a[href$='/eindoordeel/']").first.click()


def _to_outcome(at: Desk) -> None:
    at.log_in("coordinator@example.org")
    at.page.get_by_role("link", name="Overzicht").first.click()
    at.page.locator("main table a", has_text="Yara").first.click()
    at.page.locator("a[href$='/uitslag/']").first.click()
    expect(at.page.locator("main")).to_contain_text("17")


def _decide(at: Desk) -> None:
    _to_outcome(at)
    at.fine()
    at.page.locator("form[action$='/vaststellen/'] button").click()
    expect(at.page.locator("form[action$='/uitgeven/']")).to_have_count(0)


def _check_facts(at: Desk) -> None:
    at.log_in("yara@example.org", "een zin die alleen ik bedenk")
    at.main_action()
    expect(at.page.locator("h1")).to_have_text("Concept van je certificaat")
    at.fine()
    at.main_action()
    expect(at.page.locator("#check")).to_contain_text("De feiten kloppen")


def _issue(at: Desk) -> None:
    _to_outcome(at)
    at.page.locator("form[action$='/uitgeven/'] button").click()
    expect(at.page.locator("a[href$='/certificaat.pdf']").first).to_be_visible()
    at.fine()


def _download(at: Desk) -> bytes:
    at.log_in("yara@example.org", "een zin die alleen ik bedenk")
    at.main_action()
    expect(at.page.locator(".verdict")).to_be_visible()
    at.fine()
    with at.page.expect_download() as started:
        at.page.locator("a[href$='/certificaat.pdf']").first.click()
    return Path(started.value.path()).read_bytes()


def _read(paper: bytes) -> None:
    assert paper.startswith(b"%PDF-")
    text = squeezed("".join(page_texts(paper)))
    for said in (
        "Yara Venema",
        "EVC Huis Noord",
        "De standaard is gehaald",
        "Noor las bij 1.1 hoe de kandidaat het aanpakte.",
        "Zoek een plek waar je bewoners zelf laat beginnen.",
        "De huur die te hoog was",
    ):
        assert squeezed(said) in text, said
    assert squeezed("Ik zag het er wel in.") not in text
