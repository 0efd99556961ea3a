"""A moral deliberation with three participants, each at their own window, from invitation to library."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Browser, expect

from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.portfolio.own import start_portfolio
from bekwaam.store.models import Contribution, Deliberation, Evidence, KeptCase
from tests.browser import PHONE
from tests.cast import make_cast
from tests.e2e.desk import Desk, desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STEPS = (
    "Wat er gebeurde",
    "Om wie het gaat",
    "Welke waarden er spelen",
    "Waar het op lijkt",
    "Wat de beroepscode zegt",
    "Hoe het kan",
    "Wat je kiest en waarom",
)
# What who leads fills in to conclude a step, by the names of the fields.
CONCLUDED: dict[str, dict[str, str]] = {
    STEPS[0]: {"text": "Een jongen slaapt al een week in de fietsenkelder van de flat."},
    STEPS[1]: {"who_0": "de jongen", "recognises_0": "yes", "who_1": "de huismeester", "recognises_1": "yes"},
    STEPS[2]: {"values": "geborgenheid\neerlijk zijn naar de verhuurder"},
    STEPS[3]: {"text": "Het lijkt op hulp die niemand vroeg."},
    STEPS[4]: {"text": "Niet over iemand praten zonder diegene."},
    STEPS[5]: {"how_0": "Samen bellen", "price_0": "tijd", "how_1": "Zwijgen", "price_1": "vertrouwen"},
    STEPS[6]: {"reason": "Zo blijft hij erbij."},
    "Terugkijken": {"text": "Hij heeft een kamer; we zouden het weer zo doen."},
}


def fill(one: Desk, fields: dict[str, str]) -> None:
    for name, value in fields.items():
        field = one.page.locator(f"#conclude [name={name}]")
        if name.startswith("recognises"):
            field.select_option(value)
        else:
            field.fill(value)


def press(one: Desk, name: str) -> None:
    """Press a button and wait for the page that comes of it."""
    with one.page.expect_navigation():
        one.page.get_by_role("button", name=name).click()


def write(one: Desk, step: str, text: str) -> None:
    """Go to the deliberation as it is now, write apart and finish."""
    one.page.reload()
    expect(one.page.locator("main h2").first).to_have_text(step)
    one.page.locator("[name=text]").first.fill(text)
    press(one, "Ik ben klaar")
    expect(one.page.get_by_text("Je bent hier klaar.")).to_be_visible()


def conclude(host: Desk, others: list[Desk], step: str) -> None:
    """Let all write apart, share it, and let who leads conclude the step."""
    for one, name in ((host, "Carla"), (others[0], "Gijs"), (others[1], "Nel")):
        write(one, step, f"{name} over {step.lower()}.")
    host.page.reload()
    press(host, "Deel wat iedereen schreef")
    for one in (host, others[1]):
        one.page.reload()
        for name in ("Carla", "Gijs", "Nel"):
            expect(one.page.get_by_text(f"{name} over {step.lower()}.")).to_be_visible()
    fill(host, CONCLUDED[step])
    if step == STEPS[3]:
        host.page.locator("summary", has_text="D1 ").click()
        host.page.locator("[name=codes][value='D1.4']").check()
    if step == STEPS[6]:
        host.page.get_by_label("Samen bellen").check()
    press(host, "Rond deze stap af")


def test_a_deliberation_with_three_runs_to_its_end_and_is_kept_when_all_agree(
    chromium: Browser, live_server: Any, settings: Any
) -> None:
    cast = make_cast()
    settings.BASE_URL = live_server.url
    start_portfolio(cast.coordinator, cast.standard.pk)
    address = live_server.url
    with (
        desk(chromium, address) as carla,
        desk(chromium, address) as gijs,
        desk(chromium, address, PHONE) as nel,
    ):
        carla.log_in(cast.coordinator.email)
        carla.page.goto(f"{address}/reflectie/")
        carla.page.get_by_role("link", name="Moreel beraad").click()
        carla.page.locator("[name=title]").fill("De fietsenkelder")
        press(carla, "Beginnen")
        for name, email in (("Gijs", cast.guide.email), ("Nel de Wit", "nel@example.org")):
            carla.page.locator("[name=name]").fill(name)
            carla.page.locator("[name=email]").fill(email)
            press(carla, "Stuur de uitnodiging")
            expect(carla.page.get_by_text(f"{name} krijgt een mail")).to_be_visible()
        assert all("fietsenkelder" not in letter.body for letter in mail.outbox)
        link = re.search(r"\S+/meedoen/\S+/", str(mail.outbox[-1].body))
        ref = Deliberation.objects.get().ref
        gijs.log_in(cast.guide.email)
        gijs.page.goto(f"{address}/beraad/{ref}/")
        assert link
        nel.page.goto(link[0])
        for one in (gijs, nel):
            press(one, "Ik doe mee")
            expect(one.page.get_by_role("heading", name="Je doet mee")).to_be_visible()
        carla.page.goto(f"{address}/beraad/{ref}/")
        press(carla, "Begin met wie er is")
        for step in STEPS:
            conclude(carla, [gijs, nel], step)
        expect(carla.page.get_by_role("heading", name="De keuze is gemaakt")).to_be_visible()
        press(carla, "Kijk nu terug")
        conclude(carla, [gijs, nel], "Terugkijken")
        expect(carla.page.get_by_role("heading", name="Dit beraad is klaar")).to_be_visible()
        keep_it(carla, [gijs, nel])
        nel.fine()
        evidence_of_it(carla)
    assert Contribution.objects.count() == 3 * 8
    assert walk_chain().whole and not list(broken_contents())


def keep_it(host: Desk, others: list[Desk]) -> None:
    """Offer a copy to colleagues, let the others agree, and read it in the library."""
    host.page.get_by_role("link", name="Bewaar het voor collega’s").click()
    host.page.locator("[name=title]").fill("Een slaapplaats in de kelder")
    press(host, "Vraag iedereen om akkoord")
    for one in others:
        one.page.reload()
        press(one, "Ik ben akkoord met deze tekst")
    host.page.goto(f"{host.address}/reflectie/")
    host.page.get_by_role("link", name="EVC Huis Noord").click()
    host.page.locator("[name=dilemma]").select_option("D1")
    press(host, "Zoeken")
    host.page.get_by_role("link", name="Een slaapplaats in de kelder").click()
    expect(host.page.get_by_text("Gekozen: Samen bellen")).to_be_visible()
    assert KeptCase.objects.get().kept_at


def evidence_of_it(host: Desk) -> None:
    """Make a piece of evidence of one's own part."""
    host.page.goto(f"{host.address}/beraad/{Deliberation.objects.get().ref}/")
    host.page.get_by_role("link", name="Maak bewijs van mijn aandeel").click()
    press(host, "Open het formulier")
    expect(host.page.locator("[name=action]")).to_have_value(re.compile("Gekozen: Samen bellen"))
    host.page.locator("[name=action]").fill("Ik leidde het beraad en vroeg door naar de prijs.")
    host.page.locator("[name=reflection]").fill("Ik vraag voortaan eerder wat iets kost.")
    press(host, "Zet het in mijn portfolio")
    assert Evidence.objects.get().title == "De fietsenkelder"
