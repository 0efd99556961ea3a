"""The desk beside a judgement: notes, checklists and starters on the screen; and all of it by keys."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from bekwaam.services.assessment.jottings import Check, NoteInput, keep_checks, write_note
from bekwaam.store.models import Jotting, Judgement, JudgementPace, Person, Procedure
from tests.browser import PHONE, insist_sound
from tests.cast import Cast, Point, piece_refs, units

LogIn = Callable[[Person], Client]
PASSAGE = "Ik ging drie keer langs"


def page_of(procedure: Procedure, unit: str = "1.1") -> str:
    return reverse("assessment:judge", args=[procedure.ref, unit])


def test_a_note_comes_back_for_its_author_and_for_nobody_else(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    piece = piece_refs(procedure)[0]
    sent = {"do": "note", "note-text": "Hiernaar vragen.", "note-piece": piece, "note-quote": PASSAGE}
    response = log_in(cast.assessors[0]).post(page_of(procedure), sent)
    assert response["Location"] == page_of(procedure) + "#notes"
    shown = {
        person.name: "Hiernaar vragen." in log_in(person).get(page_of(procedure)).content.decode()
        for person in (*cast.assessors[:2], cast.candidate, cast.guide, cast.auditor)
    }
    assert [name for name, seen in shown.items() if seen] == ["Noor Assessor"]


def test_a_note_that_is_refused_keeps_what_was_typed(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    sent = {"do": "note", "note-text": "Half & half", "note-piece": piece_refs(procedure)[0]}
    response = log_in(cast.assessors[0]).post(page_of(procedure), {**sent, "note-quote": "Staat er niet"})
    assert response.status_code == 422
    assert set(response.context["note_form"].errors) == {"quote"}
    assert "Half &amp; half" in response.content.decode()
    assert not Jotting.objects.exists()
    assert not response.context["form"].errors


@pytest.mark.parametrize("sent", [{"do": "drop:nietsnietsni"}, {"do": "x", "piece": "nietsnietsni"}])
def test_what_is_not_there_is_not_found(cast: Cast, log_in: LogIn, sent: dict[str, Any]) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    assert log_in(cast.assessors[0]).post(page_of(procedure), sent).status_code == 404


def test_whoever_only_reads_keeps_nothing(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    for person in (cast.candidate, cast.auditor):
        for do in ("note", "checks"):
            sent = {"do": do, "note-text": "x"}
            assert log_in(person).post(page_of(procedure), sent).status_code == 403


def test_ticks_are_kept_without_leaving_the_screen(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    piece = piece_refs(procedure)[0]
    sent = {"do": "checks", "piece": piece, f"check-{piece}": ["relevance"], f"remark-{piece}": "Past."}
    client = log_in(cast.assessors[0])
    assert client.post(page_of(procedure), sent, headers={"X-Beside": "1"}).status_code == 204
    (view,) = client.get(page_of(procedure, "1.2")).context["tied"]
    assert (view.own_check.letters, view.own_check.remark) == ("– R – – –", "Past.")
    assert not Judgement.objects.exists()


def test_checklists_of_all_stand_by_the_evidence_after_the_reveal(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    noor, bram, _fleur = cast.assessors
    keep_checks(
        noor, procedure, {piece_refs(procedure)[0]: Check(frozenset({"variation"}), "Twee wijken.")}, {}
    )
    assert "Twee wijken." not in log_in(bram).get(page_of(procedure)).content.decode()
    for person in (noor, bram):
        cast.judge_all(procedure, person)
    final = reverse("assessment:final", args=[procedure.ref, "1.1"])
    assert "Twee wijken." in log_in(bram).get(final).content.decode()


def test_time_spent_is_for_oneself(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.HALF_JUDGED)
    for judgement in Judgement.objects.filter(procedure=procedure):
        JudgementPace.objects.create(judgement=judgement, seconds=120)
    overview = reverse("assessment:judging", args=[procedure.ref])
    assert log_in(cast.assessors[0]).get(overview).context["minutes"] == 2 * len(units(procedure))
    for person in (cast.assessors[1], cast.auditor):
        assert log_in(person).get(overview).context["minutes"] == 0


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_competence_is_judged_by_keys_alone(
    page: Page, context: BrowserContext, live_server, cast: Cast, log_in: LogIn
) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    noor, piece = cast.assessors[0], piece_refs(procedure)[0]
    write_note(noor, procedure, "1.1", NoteInput("Eerder opgeschreven."))
    session = log_in(noor).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(live_server.url + page_of(procedure))
    press = page.keyboard.press

    press("e")
    press("v")
    with page.expect_response(lambda response: response.status == 204):
        page.get_by_label("Relevantie").check()
    # A selected passage becomes a note at one key.
    page.evaluate(
        """() => {
        const parts = [...document.querySelectorAll(".evidence dd")];
        const text = parts.find((one) => one.textContent.includes("drie keer"));
        const range = document.createRange();
        range.setStart(text.firstChild, 0);
        range.setEnd(text.firstChild, 23);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        }"""
    )
    expect(page.get_by_role("button", name="Notitie bij deze passage")).to_be_visible()
    press("n")
    expect(page.get_by_label("Passage")).to_have_value(PASSAGE)
    page.keyboard.type("Hoe wist ze dat? s j 0")
    page.get_by_role("button", name="Notitie bewaren").click()
    expect(page.locator(".notes__one blockquote")).to_have_text(PASSAGE)
    insist_sound(page)

    page.locator("h1").click()
    press("1")
    press("b")
    press("Space")
    press("o")
    page.keyboard.type("Ze ging drie keer langs.")
    page.locator("h1").click()
    press("w")
    page.locator("[data-starters='id_why']").locator("xpath=..").locator("summary").click()
    page.get_by_role("button", name=re.compile("^Dit is wat")).click()
    page.locator("h1").click()
    press("s")
    expect(page.locator("#id_why_error")).to_contain_text("begin van een zin")
    page.get_by_label("Waarom is dat genoeg").fill("Dit is wat 1.1 vraagt, want ze bleef komen.")
    page.locator("h1").click()
    press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    press("Escape")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    insist_sound(page)
    press("s")
    expect(page).to_have_url(live_server.url + page_of(procedure, "1.2"))
    page.wait_for_load_state()  # the keys come to life with the page
    press("u")
    expect(page).to_have_url(live_server.url + reverse("assessment:judging", args=[procedure.ref]))

    assert Jotting.objects.get(about=piece, kind="check").marks == ["relevance"]
    assert Judgement.objects.get().stage == "vakbekwaam"
