"""A whole EVC procedure in a real browser: from the intake to handing in, and from the outcome to the PDF.

Real people would do just this, on the real standard, with texts of their own; nobody's page is opened by an
address they could not click to. The judging in between is done by the services here: how two assessors do
that on their screens is the story of ``test_two_assessors``.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Browser, Page, expect

from bekwaam.frameworks.library import load_builtin
from bekwaam.services.assessment.consensus import agree_final, propose_final
from bekwaam.services.audit import broken_contents, broken_files, walk_chain
from bekwaam.services.frameworks.versions import publish
from bekwaam.services.procedures.assigning import declare
from bekwaam.store.models import Procedure
from tests.adapters.pdf.reading import page_texts, squeezed
from tests.browser import PHONE, WIDE
from tests.cast import Cast, finding, make_cast, piece_refs
from tests.e2e.desk import Desk, desk

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
    _judge(cast)
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


def _judge(cast: Cast) -> None:
    """Let the assessors judge by the services: all of it, one competence differently at first."""
    procedure = Procedure.objects.get(candidate__email="yara@example.org")
    for person in cast.assessors[:2]:
        declare(person, procedure, conflict=False)
    cast.interview(procedure)
    noor, bram = cast.assessors[:2]
    cast.judge_all(procedure, noor, dict.fromkeys(NOT_SHOWN, "not_shown"))
    cast.judge_all(procedure, bram, dict.fromkeys({*NOT_SHOWN, DIFFERS}, "not_shown"))
    cast.agree_all(procedure, (noor, bram))
    given = finding("not_shown", piece_refs(procedure), said_by=noor, about=DIFFERS)
    advice = "Zoek een plek waar je bewoners zelf laat beginnen."
    final = propose_final(
        noor, procedure, DIFFERS, given, recommendation=advice, dissent="Ik zag het er wel in."
    )
    agree_final(bram, procedure, final.pk)


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
        "Noor Assessor las over 1.1.",
        "Zoek een plek waar je bewoners zelf laat beginnen.",
        "De huur die te hoog was",
    ):
        assert squeezed(said) in text, said
    assert squeezed("Ik zag het er wel in.") not in text
