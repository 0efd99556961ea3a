"""Two assessors in two browsers judge a full dossier blind, differ on three competences, and agree.

The dossier is on the real standard, with all of its competences. Some are judged with the keys, the rest by
sending the same forms; what the story turns on is done on the screens. At the end the outcome and the log
tell all of it.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect

from bekwaam.domain.events import EVENT_NAMES, Event
from bekwaam.frameworks.library import load_builtin
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.certificates.facts import confirm_facts
from bekwaam.services.frameworks.versions import publish
from bekwaam.store.models import Procedure
from bekwaam.wording import say
from tests.browser import PHONE, WIDE
from tests.cast import Point, make_cast
from tests.e2e.desk import Desk, desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STANDARD = load_builtin("evc-sociaal-werker-mbo")
UNITS = [item.code for item in STANDARD.competences]
DIFFER = ("3.2", "5.1", "6.4")
BY_KEYS = 2
# Sends the form of each unit as the page holds it, filled in.
SEND = """async (units) => {
  const found = [];
  for (const [address, stage, observed, why] of units) {
    const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
    const data = new FormData(page.querySelector("form.judging__form"));
    data.set("stage", stage);
    data.append("basis", page.querySelector("[name=basis]").value);
    data.set("observed", observed);
    data.set("why", why);
    found.push((await fetch(address, {method: "POST", body: data})).status);
  }
  return found;
}"""


def test_two_assessors_judge_blind_differ_and_agree(chromium: Browser, live_server: Any) -> None:
    cast = make_cast()
    procedure = cast.bring_to(Point.HANDED_IN, standard=publish(None, STANDARD))
    assert len(UNITS) == 21
    with desk(chromium, live_server.url) as noor, desk(chromium, live_server.url, PHONE) as bram:
        _begin(noor, cast.assessors[0].email, "Noor", procedure)
        _begin(bram, cast.assessors[1].email, "Bram", procedure)
        cast.interview(procedure)
        _judge(noor, "Noor", procedure, {})
        _finds_nothing(bram, procedure)
        _judge(bram, "Bram", procedure, dict.fromkeys(DIFFER, "not_shown"))
        _agree(noor, bram, procedure)
    with desk(chromium, live_server.url, WIDE) as coordinator:
        _issue_and_read_the_log(coordinator, procedure)
    with desk(chromium, live_server.url, PHONE) as candidate:
        _read_the_outcome(candidate)
    assert walk_chain().whole and not list(broken_contents())


def _begin(at: Desk, email: str, who: str, procedure: Procedure) -> None:
    """Declare, and judge the first units with nothing but keys."""
    at.log_in(email)
    at.page.locator("a[href='/beoordelen/']").first.click()
    at.page.locator("main a", has_text="Samira").first.click()
    at.page.locator("button[name=none]").click()
    at.page.locator(".page-header .button--primary").click()
    for code in UNITS[:BY_KEYS]:
        expect(at.page.locator("h1")).to_contain_text(code)
        at.page.locator("[name=stage][value=vakbekwaam]").focus()
        at.page.keyboard.press("Space")
        at.page.locator("[name=basis]").first.focus()
        at.page.keyboard.press("Space")
        at.page.locator("[name=observed]").focus()
        at.page.keyboard.insert_text(_observed(who, code))
        at.page.locator("[name=why]").focus()
        at.page.keyboard.insert_text(_why(who, code))
        at.page.locator(".judging__form button.button--primary").focus()
        at.page.keyboard.press("Enter")
    expect(at.page.locator("h1")).to_contain_text(UNITS[BY_KEYS])
    at.fine()


def _observed(who: str, code: str) -> str:
    return f"{who} las bij {code} hoe de kandidaat het aanpakte."


def _why(who: str, code: str) -> str:
    return f"{who} vindt dat dit past bij wat {code} vraagt."


def _judge(at: Desk, who: str, procedure: Procedure, other: dict[str, str]) -> None:
    """Judge the rest and finish."""
    rest = [
        [
            reverse("assessment:judge", args=[procedure.ref, code]),
            other.get(code, "vakbekwaam"),
            _observed(who, code),
            _why(who, code),
        ]
        for code in UNITS[BY_KEYS:]
    ]
    assert set(at.page.evaluate(SEND, rest)) == {200}
    at.page.goto(at.address + reverse("assessment:judging", args=[procedure.ref]))
    at.main_action()
    at.page.get_by_role("button", name="Mijn oordelen zijn compleet").click()
    expect(at.page.locator(".messages, [role=status]").first).to_be_visible()


def _finds_nothing(at: Desk, procedure: Procedure) -> None:
    """What Noor found is nowhere to be had for Bram: not by any address he knows."""
    for name, *rest in (("finals",), ("final", "3.2"), ("judging",), ("judge", "3.2"), ("finish",)):
        answer = at.context.request.get(
            at.address + reverse(f"assessment:{name}", args=[procedure.ref, *rest])
        )
        assert answer.status == (403 if name.startswith("final") else 200)
        assert "Noor las" not in answer.text()


def _agree(noor: Desk, bram: Desk, procedure: Procedure) -> None:
    """Differences first; what is the same in one go; of the three one gives way, one stays out, one turns."""
    finals = reverse("assessment:finals", args=[procedure.ref])
    noor.page.goto(noor.address + finals)
    noor.accessible()
    first = noor.page.locator("section", has_text="Hier verschillen jullie").first
    for code in DIFFER:
        expect(first.locator("table")).to_contain_text(code)
    assert first.locator("tbody tr").count() == len(DIFFER)
    noor.page.locator("form:has([name=do][value=propose]) button").click()
    _propose(noor, procedure, "3.2", "vakbekwaam", "Samen teruggelezen: alinea twee laat het zien.")
    _propose(noor, procedure, "5.1", "vakbekwaam", "In het gesprek vertelde ze het stap voor stap.")
    _propose(noor, procedure, "6.4", "not_shown", "Het verhaal gaat over een collega, niet over haarzelf.")

    bram.page.goto(bram.address + finals)
    bram.fine()
    bram.page.locator("form:has([name=do][value=agree]) button").first.click()
    for code in DIFFER:
        bram.page.goto(bram.address + reverse("assessment:final", args=[procedure.ref, code]))
        expect(bram.page.locator(".compare--differs")).to_contain_text(_observed("Noor", code))
        agree = bram.page.locator("form:has([name=do][value=agree])")
        if code == "5.1":
            bram.accessible()
            agree.locator("summary").click()
            agree.locator("[name=agree-dissent]").fill("Ik vind een voorbeeld te weinig.")
        agree.locator(".button--primary").click()
    expect(bram.page.locator("main")).to_contain_text("Alles staat vast")


def _propose(at: Desk, procedure: Procedure, code: str, stage: str, why: str) -> None:
    """Propose a final judgement; the first time without a reason, which is refused."""
    at.page.goto(at.address + reverse("assessment:final", args=[procedure.ref, code]))
    form = at.page.locator("form:has([name=recommendation])")
    form.locator(f"[name=stage][value={stage}]").check()
    if code == DIFFER[0]:
        form.locator("[name=why]").fill("")
        form.locator(".form-actions button").click()
        expect(at.page.locator(".error-summary")).to_contain_text("eerst verschillend")
    form.locator("[name=why]").fill(why)
    form.locator(".form-actions button").click()
    expect(at.page.locator("h1")).not_to_contain_text(code)


def _issue_and_read_the_log(at: Desk, procedure: Procedure) -> None:
    at.log_in("coordinator@example.org")
    at.page.get_by_role("link", name="Overzicht").first.click()
    at.page.locator("main table a", has_text="Samira").first.click()
    at.page.locator("a[href$='/uitslag/']").first.click()
    expect(at.page.locator(".verdict__number")).to_have_text("20")
    at.page.locator("form[action$='/vaststellen/'] button").click()
    expect(at.page.locator("main")).to_contain_text("feiten")
    confirm_facts(procedure.candidate, procedure, "nl")  # that screen has its own test
    at.page.reload()
    at.page.locator("form[action$='/uitgeven/'] button").click()
    expect(at.page.locator("a[href$='/certificaat.pdf']").first).to_be_visible()
    log = at.address + reverse("procedures:log", args=[procedure.ref])
    at.page.goto(log)
    at.fine()
    told, number, more = "", 1, True
    while more:
        shown = at.context.request.get(f"{log}?page={number}").text()
        told, number = told + shown, number + 1
        more = f"?page={number}" in shown
    said = {event: told.count(say("nl", EVENT_NAMES[event])) for event in Event}
    assert said[Event.JUDGED] == 2 * len(UNITS)
    assert said[Event.JUDGING_FINISHED] == 2
    assert said[Event.FINAL_PROPOSED] == len(UNITS)
    assert said[Event.FINAL_AGREED] == 2 * len(UNITS)
    assert said[Event.DECIDED] == 1
    assert said[Event.ISSUED] == 2  # the entry itself, and the phase that the procedure moved to
    assert not re.search(r"las bij|Ik vind een voorbeeld", told)  # the log names no content


def _read_the_outcome(at: Desk) -> None:
    at.log_in("samira@example.org")
    at.main_action()
    expect(at.page.locator(".verdict__number")).to_have_text("20")
    for text in (
        "Samen teruggelezen: alinea twee laat het zien.",
        "Het verhaal gaat over een collega, niet over haarzelf.",
        _why("Noor", "1.1"),
    ):
        expect(at.page.locator("main")).to_contain_text(text)
    expect(at.page.locator("main")).to_contain_text("Noor Assessor")
    at.fine()
