"""From a self-assessment to a gap, a goal, something done, new evidence, and growth that shows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from bekwaam.frameworks.library import load_builtin
from bekwaam.services import clock
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.frameworks.versions import publish
from bekwaam.store.models import Evidence, PlanActivity, PlanGoal
from tests.browser import PHONE, WIDE, insist_sound
from tests.cast import PASSWORD, make_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "Ik wil bij een vraag langer doorvragen, ook thuis aan de keukentafel."


def test_a_professional_grows_from_self_assessment_to_new_evidence(page: Page, live_server: Any) -> None:
    cast = make_cast()
    publish(None, load_builtin("evc-sociaal-werker-mbo"))
    page.goto(f"{live_server.url}{reverse('account_login')}")
    page.locator("[name=login]").fill(cast.candidate.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()

    _rate(page, "startbekwaam")
    _choose(page)
    expect(page.locator("#beeld")).to_contain_text("nog te groeien 1")
    row = page.locator("tr", has_text="Verheldert op alle leefgebieden")
    expect(row).to_contain_text("nog 2 stappen")
    insist_sound(page)
    row.get_by_role("checkbox").check()
    page.get_by_role("button", name="Maak hier een doel van").click()
    _set_goal(page)
    _plan_and_do(page)
    _make_evidence(page)

    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    _rate(page, "vakbekwaam")
    page.get_by_role("link", name="Groei", exact=True).click()
    page.get_by_role("link", name="Ontwikkelplan").click()
    card = page.locator("article.card", has_text=WORDS)
    expect(card).to_contain_text("1 van 1 gedaan")
    expect(card.locator("[data-change=up]")).to_have_text("verder")
    expect(card).to_contain_text("startbekwaam")
    page.get_by_role("link", name="Voor het jaargesprek").click()
    expect(page.locator("main")).to_contain_text("Bewijs: Langer doorvragen bij mevrouw in de flat")
    assert walk_chain().whole and not list(broken_contents())


def _rate(page: Page, stage: str) -> None:
    """Assess oneself on one competence and finish the round."""
    page.get_by_role("link", name="Groei", exact=True).first.click()
    page.get_by_role("link", name="Zelfbeoordeling", exact=True).first.click()
    page.get_by_label("Naast welk kader").select_option("evc-sociaal-werker-mbo@1.0")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("link", name="Verheldert op alle leefgebieden").first.click()
    page.get_by_label(stage, exact=True).check()
    page.get_by_role("button", name="Bewaar en ga verder").click()
    page.get_by_role("link", name="Terug naar het geheel").click()
    page.get_by_role("link", name="Rond deze ronde af").click()
    page.get_by_role("button", name="Bewaar deze ronde").click()
    expect(page.locator("h1")).to_have_text("Hoe je groeit")


def _choose(page: Page) -> None:
    """Choose a function profile on the front page of growth."""
    page.get_by_role("link", name="Groei", exact=True).click()
    page.get_by_label("Waar wil je jezelf naast leggen?").select_option(label="Wijkcoach")
    page.get_by_role("button", name="Bekijk").click()
    expect(page.locator("h1")).to_have_text("Waar sta ik naast: Wijkcoach")


def _set_goal(page: Page) -> None:
    """Set the goal; a day that has passed gets a sentence first, and the words stay."""
    page.get_by_label("Wat wil je leren?").fill(WORDS)
    expect(page.get_by_label("vakvolwassen")).to_be_checked()
    page.get_by_label("Wanneer moet het klaar zijn?").fill(str(clock.today() - timedelta(days=3)))
    page.get_by_role("button", name="Stel dit doel").click()
    expect(page.locator(".error-summary")).to_contain_text("Deze dag is al voorbij")
    expect(page.get_by_label("Wat wil je leren?")).to_have_value(WORDS)
    page.get_by_label("Wanneer moet het klaar zijn?").fill(str(clock.today() + timedelta(days=90)))
    page.get_by_role("button", name="Stel dit doel").click()
    expect(page.locator("h1")).to_have_text(WORDS)
    goal = PlanGoal.objects.get()
    assert (goal.codes, goal.target, goal.before) == (["2.1"], "functie-wijkcoach", {"2.1": "startbekwaam"})


def _plan_and_do(page: Page) -> None:
    """Plan an activity and say that it is done, on a phone."""
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.get_by_role("link", name="Plan wat je gaat doen").click()
    page.get_by_label("Wat ga je doen?").select_option(label="Intervisie")
    page.get_by_role("button", name="Zet het in mijn plan").click()
    page.get_by_role("link", name="Intervisie").click()
    page.get_by_role("link", name="Het is gedaan").click()
    page.get_by_label("Wat heeft het je gebracht?").fill("Ik laat nu een stilte vallen.")
    page.get_by_role("button", name="Opslaan", exact=True).click()
    expect(page.locator("main")).to_contain_text("Ik laat nu een stilte vallen.")


def _make_evidence(page: Page) -> None:
    """Make a story of it, with what is known filled in, and find it back at the activity."""
    page.get_by_role("button", name="Maak er bewijs van").click()
    expect(page.locator("[name=reflection]")).to_have_value("Ik laat nu een stilte vallen.")
    expect(page.locator("[name=ties][value='2.1']")).to_be_checked()
    page.locator("[name=title]").fill("Langer doorvragen bij mevrouw in de flat")
    page.locator("[name=dated_on]").fill(str(clock.today() - timedelta(days=2)))
    for part in ("situation", "task", "action", "result"):
        page.locator(f"[name={part}]").fill(f"Wat er was: {part}.")
    page.locator("main form.card button[type=submit].button--primary").click()
    expect(page.locator(".notice--success")).to_contain_text("portfolio")
    activity = PlanActivity.objects.get()
    assert activity.evidence == Evidence.objects.get()
