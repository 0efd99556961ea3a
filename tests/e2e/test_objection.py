"""An objection in a real browser: from the outcome that disappoints to the certificate that replaces it.

It begins with an outcome that was issued; what the new assessors do on their own has a test of its own
(``test_whole_procedure.py``), so here they judge through the services.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from bekwaam.services.audit import broken_contents, broken_files, walk_chain
from bekwaam.services.certificates.deciding import decide_outcome
from bekwaam.store.models import Certificate, Procedure
from tests.adapters.pdf.reading import page_texts, squeezed
from tests.browser import PHONE, WIDE, insist_sound
from tests.cast import PASSWORD, Cast, Point, make_cast
from tests.e2e.test_whole_procedure import desk
from tests.services.objections.objecting import Others, judge_again, make_others

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GROUNDS = "In het verhaal over de maaltijd staat wat ik deed en waarom. Dat is niet meegewogen."
ANSWER = "Twee andere assessoren lazen je verhaal. Zij zien daarin wel wat er gevraagd wordt."


def test_an_objection_is_heard_and_upheld_and_the_outcome_follows_it(
    chromium: Browser, live_server: Any, settings: Any, tmp_path: Path
) -> None:
    settings.BASE_URL = live_server.url
    cast = make_cast()
    procedure = cast.bring_to(Point.ISSUED, stages=dict.fromkeys(("1.2", "1.3"), "not_shown"))
    others = make_others(cast)
    others.coordinator.set_password(PASSWORD)
    others.coordinator.save(update_fields=["password"])
    with (
        desk(chromium, live_server.url, PHONE) as candidate,
        desk(chromium, live_server.url, WIDE) as coordinator,
    ):
        candidate.log_in(cast.candidate.email)
        _object(candidate.page)
        coordinator.log_in(others.coordinator.email)
        again = _have_it_judged_again(coordinator.page, others)
        _judge(cast, again, others)
        _answer(coordinator.page)
        paper = _read_the_answer(candidate.page, tmp_path)
        assert not candidate.faults and not coordinator.faults
    old, new = Certificate.objects.order_by("pk")
    text = squeezed(" ".join(page_texts(paper.read_bytes())))
    assert squeezed(f"Het vervangt certificaat {old.number}") in text
    assert squeezed(f"Overgenomen uit traject {procedure.number}") in text
    assert squeezed("een bezwaar ertegen was gegrond") in text
    assert new.supersedes == old.number
    assert walk_chain().whole and not list(broken_contents()) and not list(broken_files())


def _object(page: Page) -> None:
    page.locator("main a[href$='/uitslag/']").first.click()
    expect(page.locator("#objection")).to_contain_text("niet eens met de uitslag")
    insist_sound(page)
    page.get_by_role("link", name="Bezwaar maken").click()
    page.locator("[name=units][value='1.2']").check()
    page.locator("[name=units][value='1.3']").check()
    page.get_by_role("button", name="Bezwaar versturen").click()
    expect(page.locator(".error-summary")).to_contain_text("Schrijf op waarom")
    assert page.locator("[name=units][value='1.2']").is_checked()  # nothing that was chosen is lost
    insist_sound(page)
    page.locator("[name=grounds]").fill(GROUNDS)
    page.get_by_role("button", name="Bezwaar versturen").click()
    expect(page.locator("#open")).to_contain_text(GROUNDS)
    insist_sound(page)


def _have_it_judged_again(page: Page, others: Others) -> Procedure:
    page.get_by_role("link", name="Overzicht").first.click()
    expect(page.locator("main")).to_contain_text("Bezwaar behandelen")
    page.locator("main table a").first.click()
    page.locator("main .button--primary").click()
    expect(page.locator("#open")).to_contain_text(GROUNDS)
    insist_sound(page)
    page.get_by_role("button", name="Opnieuw laten beoordelen").click()
    expect(page.locator("#line")).to_contain_text("Opnieuw beoordeeld na bezwaar")
    offered = page.locator("#who").inner_text()
    assert "Noor Assessor" not in offered and "Bram Assessor" not in offered
    assert all(judge.name in offered for judge in others.judges)
    insist_sound(page)
    return Procedure.objects.get(why="objection")


def _judge(cast: Cast, again: Procedure, others: Others) -> None:
    stages = dict.fromkeys(("1.2", "1.3"), "vakbekwaam")
    judge_again(cast, again, others, stages, decide=False)
    decide_outcome(others.coordinator, again)


def _answer(page: Page) -> None:
    page.reload()
    page.get_by_role("link", name="Het bezwaar beantwoorden").first.click()
    expect(page.locator("#compared")).to_contain_text("Gegrond")
    insist_sound(page)
    page.get_by_role("link", name="Schrijf het antwoord").click()
    page.locator("[name=text]").fill(ANSWER)
    insist_sound(page)
    page.get_by_role("button", name="Antwoord versturen").click()
    expect(page.locator("main")).to_contain_text(ANSWER)


def _read_the_answer(page: Page, folder: Path) -> Path:
    page.reload()
    expect(page.locator("main")).to_contain_text(ANSWER)
    insist_sound(page)
    page.get_by_role("link", name="Naar de uitslag").click()
    expect(page.locator("main")).to_contain_text("Deze uitslag is vervangen.")
    insist_sound(page)
    page.get_by_role("link", name="Naar de nieuwere uitslag").click()
    expect(page.locator("h2.verdict__title")).to_contain_text(re.compile("Je voldoet|standaard", re.I))
    page.locator("details.units__unit summary").first.click()
    expect(page.locator("main")).to_contain_text("Overgenomen uit traject")
    insist_sound(page)
    with page.expect_download() as fetched:
        page.locator("a[href$='certificaat.pdf']").click()
    paper = folder / "certificaat.pdf"
    fetched.value.save_as(paper)
    return paper
