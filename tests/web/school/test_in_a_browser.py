"""A school loads a matrix with a fault, mends it, and sees a cohort grow without seeing anybody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from bekwaam.domain.growth.gap import Layer
from bekwaam.services import clock
from bekwaam.services.teams.making import invite
from bekwaam.store.models import Team, TeamReport
from tests.browser import PHONE, WIDE
from tests.cast import PASSWORD, make_cast
from tests.services.teams.teams import group, rated, shares

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WRONG = (
    "Opleiding;Module;Jaar;1.1;9.9\n"
    "Sociaal werk;Contact;Jaar 1;startbekwaam;x\nSociaal werk;Wijk;Jaar 2;half;\n"
)
RIGHT = WRONG.replace("9.9", "1.2").replace("half", "vakbekwaam")


def test_a_school_loads_its_programme_and_sees_a_cohort_grow(chromium: Browser, live_server: Any) -> None:
    cast = make_cast()
    address, school = live_server.url, cast.provider.ref
    office = _logged_in(chromium, address, cast.coordinator.email, WIDE)
    office.goto(address + reverse("growth:programmes_on", args=[school, "klein", "1"]))
    _send(office, WRONG)
    expect(office.get_by_role("alert")).to_contain_text("E1: In dit kader staat geen 9.9")
    _send(office, WRONG.replace("9.9", "1.2"))
    expect(office.get_by_role("alert")).to_contain_text("D3: [1.1] ‘half’ is hier geen stadium")
    _send(office, RIGHT)
    expect(office.locator("main")).to_contain_text("Wat je mensen zien")
    office.get_by_role("link", name="Wat er in de opleidingen aan bod komt").click()
    office.get_by_role("link", name="Sociaal werk", exact=True).click()
    expect(office.locator("main")).to_contain_text("brengt de opleiding je bij 1 ver genoeg")
    expect(office.locator("main")).to_contain_text("alleen in Contact")

    office.goto(address + reverse("teams:cohort_new", args=[school]))
    office.get_by_role("button", name="Maak het cohort").click()
    expect(office.locator("main")).to_contain_text("Geef het cohort een naam")
    office.get_by_label("Naam van het cohort").fill("Cohort 2026")
    office.get_by_label("E-mailadres van de opleider").fill(cast.guide.email)
    office.get_by_label("Opleiding die het volgt").select_option(label="Sociaal werk")
    office.get_by_label("Eerste dag").fill(clock.today().isoformat())
    office.get_by_role("button", name="Maak het cohort").click()
    expect(office.locator("main")).to_contain_text("Cohort 2026")

    cohort = Team.objects.get(kind="cohort")
    learners = group(cast, 16)
    invite(cast.guide, cohort.ref, " ".join(one.email for one in learners[:15]))
    for one in learners[:14]:
        shares(one, cohort, Layer.SELF)
    for one in learners[10:15]:
        rated(one, cast.standard, {"1.1": "startbekwaam"})
    learner = _logged_in(chromium, address, learners[14].email, PHONE)
    learner.goto(address + reverse("teams:home"))
    learner.get_by_role("link", name="Bekijk de uitnodiging").click()
    expect(learner.locator("main")).to_contain_text("nooit hoe jij ervoor staat")
    learner.get_by_label("Zelfbeoordeling").check()
    learner.get_by_role("button", name="Doe mee met het cohort").click()
    expect(learner.locator("main")).to_contain_text("Dit telt mee, zonder je naam")

    trainer = _logged_in(chromium, address, cast.guide.email, WIDE)
    trainer.goto(address + reverse("teams:home"))
    trainer.get_by_role("link", name="Naar je cohort").click()
    trainer.get_by_role("button", name="Maak nieuwe getallen").click()
    expect(trainer.locator("main")).to_contain_text("15 mensen, zoals het was op")
    expect(trainer.locator("main")).to_contain_text(
        "brengt tot startbekwaam. 5 van de 15 staan daar of verder"
    )
    for name in [one.name for one in learners]:
        expect(trainer.locator("main")).not_to_contain_text(name)
    refused = trainer.goto(address + reverse("teams:team", args=[cohort.ref]))
    assert refused is not None and refused.status == 403
    TeamReport.objects.update(made_at=clock.now() - timedelta(days=180))

    for one in learners[5:10]:
        rated(one, cast.standard, {"1.1": "startbekwaam"})
    invite(cast.guide, cohort.ref, learners[15].email)
    shares(learners[15], cohort, Layer.SELF)
    trainer.goto(address + reverse("teams:cohort", args=[cohort.ref]))
    trainer.get_by_role("button", name="Maak nieuwe getallen").click()
    expect(trainer.locator("main")).to_contain_text("15 mensen, zoals het was op")
    expect(trainer.locator("main")).to_contain_text("10 van de 15 staan daar of verder")
    trainer.get_by_role("link", name="Door de tijd").click()
    expect(trainer.locator("main")).to_contain_text("2 overzichten")
    trainer.get_by_text("De aantallen in een tabel").first.click()
    expect(trainer.get_by_role("row", name="1.1").first).to_contain_text("5")
    expect(trainer.get_by_role("row", name="1.1").first).to_contain_text("10")

    learner.get_by_role("button", name="Laat niets meer meetellen").click()
    expect(learner.locator("main")).to_contain_text("telt niets van jou mee")
    trainer.goto(address + reverse("teams:cohort", args=[cohort.ref]))
    trainer.get_by_role("button", name="Maak nieuwe getallen").click()
    expect(trainer.get_by_role("alert")).to_contain_text("minder dan 5 mensen")
    expect(trainer.locator("main")).to_contain_text("15 mensen, zoals het was op")
    for page in (office, learner, trainer):
        page.context.close()


def _send(page: Page, text: str) -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": "matrix.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    page.get_by_role("button", name="Laad", exact=True).click()


def _logged_in(chromium: Browser, address: str, email: str, size: Any) -> Page:
    page = chromium.new_context(viewport=size, locale="nl-NL").new_page()
    page.goto(address + reverse("account_login"))
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_load_state()
    return page
