"""A coordinator loads and keeps a list; a worker goes from light to heavy with it, to a piece of evidence."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from bekwaam.frameworks.library import load_builtin
from bekwaam.services import clock
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.frameworks.versions import publish
from bekwaam.services.portfolio.own import start_portfolio
from bekwaam.store.models import Evidence
from tests.browser import PHONE
from tests.cast import make_cast
from tests.e2e.desk import Desk, desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHEET = (
    "Aanpak;Waarvoor het is;Stap van licht naar zwaar;Competenties;Wat ervan bekend is;Waaruit dit bekend is;"
    "Past goed bij\n"
    "Open tuin;Mensen zoeken een plek.;Faciliteren;3.1;;;\n"
    "Samen koken;Iemand eet slecht en alleen.;Ondersteunen;1.1;Eerste aanwijzingen voor effectiviteit;"
    "Databank, 2021.;{}\n"
)


def test_from_a_list_to_a_choice_and_a_piece_of_evidence(chromium: Browser, live_server: Any) -> None:
    cast = make_cast()
    mbo = publish(None, load_builtin("evc-sociaal-werker-mbo"))
    start_portfolio(cast.guide, mbo.pk)
    with desk(chromium, live_server.url) as carla, desk(chromium, live_server.url, PHONE) as gijs:
        carla.log_in(cast.coordinator.email)
        carla.page.goto(live_server.url + reverse("procedures:overview", args=[cast.provider.ref]))
        _load(carla)
        _keep_by_hand(carla)
        gijs.log_in(cast.guide.email)
        _walk(gijs)
        _compare_and_combine(gijs)
        _finish(gijs)
        _make_evidence(gijs)
        carla.fine()
    (piece,) = Evidence.objects.all()
    assert "Samen koken (ondersteunen), uit de lijst van EVC Huis Noord" in str(piece.story)
    assert walk_chain().whole and not list(broken_contents())


def _send(page: Page, text: str) -> None:
    sheet = {"name": "aanpakken.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.get_by_label("Je bestand").set_input_files(sheet)  # type: ignore[arg-type]
    page.get_by_role("button", name="Laad", exact=True).click()


def _load(carla: Desk) -> None:
    """Load a sheet with a mistake, and mend it."""
    page = carla.page
    page.get_by_role("link", name="Aanpakken").click()
    page.get_by_role("link", name="EVC-standaard vakbekwame sociaal werker").click()
    _send(page, SHEET.format("Open tuinen"))
    expect(page.locator("main")).to_contain_text("In deze lijst staat geen ‘Open tuinen’")
    _send(page, SHEET.format("Open tuin"))
    expect(page.locator("main")).to_contain_text("De aanpakken zijn geladen")


def _keep_by_hand(carla: Desk) -> None:
    """Put one in, after a mistake, and change another."""
    page = carla.page
    page.get_by_role("link", name="Zet er een in").click()
    page.get_by_label("Naam").fill("Burengesprek")
    page.get_by_label("Waarvoor het is").fill("Buren hebben ruzie over geluid.")
    page.get_by_label("Ondersteunen", exact=True).check()
    page.get_by_label("goed onderbouwd").check()
    page.locator("[name=codes][value='1.1']").check()
    page.get_by_role("group", name="Niet samen met").get_by_label("Samen koken").check()
    page.get_by_role("button", name="Bewaar in de lijst").click()
    expect(page.get_by_role("alert")).to_contain_text("Zeg waaruit dit bekend is")
    expect(page.get_by_label("Naam")).to_have_value("Burengesprek")
    page.get_by_label("Waaruit dit bekend is").fill("Handboek, 2019.")
    page.get_by_role("button", name="Bewaar in de lijst").click()
    page.get_by_role("link", name="Open tuin").click()
    page.get_by_label("Wat het kost").fill("Een sleutel.")
    page.get_by_role("button", name="Bewaar in de lijst").click()
    expect(page.locator("main")).to_contain_text("Het is gewijzigd")


def _walk(gijs: Desk) -> None:
    """Answer until a step is asked at which the list has something."""
    page = gijs.page
    page.goto(gijs.address + reverse("reflection:walk"))
    for said in ("Een man eet slecht.", "Hij kookte vroeger zelf.", "Hij mist zijn vrouw."):
        page.locator("[name=text]").fill(said)
        page.get_by_role("button", name="Volgende").click()
    page.get_by_label("Nee", exact=True).check()
    page.get_by_role("button", name="Volgende").click()
    page.get_by_text("Wat je organisatie hiervoor heeft").click()
    expect(page.locator("main")).to_contain_text("Open tuin")
    expect(page.locator("main")).not_to_contain_text("Samen koken")
    page.get_by_label("Nee", exact=True).check()
    page.locator("[name=text]").fill("Hij komt de deur niet uit.")
    page.get_by_role("button", name="Volgende").click()
    page.get_by_label("Ja", exact=True).check()
    page.get_by_role("button", name="Volgende").click()
    page.locator("[name=text]").fill("Als hij zelf boodschappen doet.")
    page.get_by_role("button", name="Volgende").click()
    expect(page.locator("main")).to_contain_text("Dit komt eruit: Ondersteunen")
    gijs.accessible()


def _compare_and_combine(gijs: Desk) -> None:
    page = gijs.page
    page.get_by_role("link", name="Zoek verder, vergelijk en combineer").click()
    page.get_by_label("Kies Samen koken").check()
    page.get_by_label("Stap van licht naar zwaar").select_option("")
    page.get_by_role("button", name="Zoeken").click()
    expect(page.get_by_label("Kies Samen koken")).to_be_checked()
    page.get_by_label("Kies Open tuin").check()
    page.get_by_role("button", name="Leg naast elkaar").click()
    expect(page.locator("main")).to_contain_text("Open tuin is het lichtst: faciliteren.")
    gijs.fine()
    page.get_by_role("link", name="Combineer deze").click()
    expect(page.locator("main")).to_contain_text("Deze gaan goed samen, zegt de lijst")
    page.get_by_role("link", name="Kies anders").click()
    page.get_by_label("Kies Burengesprek").check()
    page.get_by_role("button", name="Combineer").click()
    expect(page.locator("main")).to_contain_text("Niet samen, zegt de lijst: Samen koken en Burengesprek.")
    gijs.fine()


def _finish(gijs: Desk) -> None:
    page = gijs.page
    page.get_by_role("link", name="Leg naast mijn keuze").click()
    expect(page.get_by_label("Samen koken")).to_be_checked()
    page.get_by_label("Burengesprek").uncheck()
    page.get_by_text("Lichtere aanpakken").click()
    page.get_by_label("Open tuin").uncheck()
    page.get_by_role("button", name="Bewaar het voor mezelf").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Samen koken")).to_be_checked()
    page.get_by_label("Hoe noem je het?").fill("Een man die niet meer kookt")
    page.get_by_role("button", name="Bewaar het voor mezelf").click()
    expect(page.locator("main")).to_contain_text("eerste aanwijzingen voor effectiviteit. Databank, 2021.")


def _make_evidence(gijs: Desk) -> None:
    page = gijs.page
    page.get_by_role("link", name="Maak er bewijs van").click()
    page.get_by_role("button", name="Open het formulier").click()
    page.locator("[name=dated_on]").fill(str(clock.today() - timedelta(days=2)))
    page.locator("[name=result]").fill("Hij kookt nu op dinsdag voor twee.")
    page.locator("details:has([name=ties][value='1.1']) summary").click()
    page.locator("[name=ties][value='1.1']").check()
    page.locator("main form.card button[type=submit].button--primary").click()
    expect(page.locator(".notice--success")).to_contain_text("portfolio")
