"""Comparing, the ladder of a spoke, links and the upgrade preview, wide and on a phone."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from bekwaam.frameworks.library import builtin_path, load_builtin
from bekwaam.frameworks.loading.pack import load_pack
from bekwaam.frameworks.model import Text
from bekwaam.services.frameworks.versions import publish
from bekwaam.store.models import Person
from tests.browser import PHONE, WIDE, insist_sound
from tests.cast import PASSWORD, Cast, Point
from tests.services.frameworks.crosswalks import drafted, link, published
from tests.standards import small_standard

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HBO = Path(__file__).parents[2] / "data" / "packs" / "verzonnen-hbo"
SIDES = "?a=evc-sociaal-werker-mbo%401.0&b=verzonnen-hbo%400.1"
BOTH = pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
MBO = "/kaders/evc-sociaal-werker-mbo/1.0/"


@pytest.fixture
def site(live_server) -> str:
    publish(None, load_builtin("evc-sociaal-werker-mbo", "1.0"))
    publish(None, load_builtin("leefgebieden-sociaal-werk", "1.0"))
    publish(None, load_pack(HBO, builtin_path))
    return str(live_server.url)


def log_in(page: Page, site: str, person: Person) -> None:
    page.goto(f"{site}{reverse('account_login')}")
    page.get_by_label("E-mailadres").fill(person.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def second_version() -> None:
    standard = small_standard()
    items = tuple(
        replace(item, text=Text("Heel anders", "Quite different")) if item.code == "1.2" else item
        for item in standard.items
        if not item.code.startswith("1.3")
    )
    publish(None, replace(standard, version="2", items=items))


@BOTH
def test_a_spoke_opens_its_ladder(page: Page, site: str, viewport: dict[str, int]) -> None:
    page.set_viewport_size(viewport)  # type: ignore[arg-type]
    page.goto(site + MBO)
    page.locator("svg.wheel a.wheel__link[href$='/4.2/']").click()
    expect(page).to_have_url(f"{site}{MBO}4.2/")
    rungs = page.locator(".framework-ladder > li")
    expect(rungs).to_have_count(3)
    expect(rungs.nth(1)).to_contain_text("dit vraagt de standaard")
    insist_sound(page)


@BOTH
def test_two_standards_are_laid_side_by_side_and_taken_along(
    page: Page, site: str, viewport: dict[str, int], tmp_path: Path
) -> None:
    page.set_viewport_size(viewport)  # type: ignore[arg-type]
    page.goto(f"{site}/kaders/")
    page.get_by_role("link", name="Kaders vergelijken").click()
    insist_sound(page)
    page.get_by_label("Kader A").select_option("evc-sociaal-werker-mbo@1.0")
    page.get_by_label("Kader B").select_option("verzonnen-hbo@0.1")
    page.locator("main").get_by_role("button", name="Vergelijken").click()
    expect(page.get_by_role("heading", name="In het kort")).to_be_visible()
    expect(page.get_by_text("Verzonnen: leert anderen contact te maken.")).to_be_visible()
    insist_sound(page)
    with page.expect_download() as started:
        page.get_by_role("link", name="Neem mee als spreadsheet").click()
    assert started.value.suggested_filename == "evc-sociaal-werker-mbo-1.0_verzonnen-hbo-0.1.xlsx"
    book = openpyxl.load_workbook(BytesIO(Path(started.value.path()).read_bytes()))
    assert "Naast elkaar" in book.sheetnames


def test_a_count_in_the_summary_is_reached_and_opened_with_the_keyboard(page: Page, site: str) -> None:
    page.goto(f"{site}/kaders/vergelijken/{SIDES}")
    page.get_by_role("link", name="Competenties, Alleen in A: 19").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(
        f"{site}/kaders/vergelijken/{SIDES}&kind=competence&status=only_in_a#differences"
    )
    expect(page.locator("#differences .framework-entry")).to_have_count(19)


@BOTH
@pytest.mark.parametrize("who", ["candidate", "coordinator"])
def test_what_would_stand_on_another_version(
    page: Page, cast: Cast, site: str, viewport: dict[str, int], who: str
) -> None:
    page.set_viewport_size(viewport)  # type: ignore[arg-type]
    procedure = cast.bring_to(Point.FILLED)
    second_version()
    log_in(page, site, getattr(cast, who))
    at = "portfolio:dossier" if who == "candidate" else "procedures:procedure"
    page.goto(site + reverse(at, args=[procedure.ref]))
    page.get_by_role("link", name="Wat blijft staan op een andere versie?").click()
    expect(page.get_by_text("er verandert niets")).to_be_visible()
    insist_sound(page)
    page.get_by_label("Leg het dossier naast").select_option("klein@2")
    page.get_by_role("button", name="Kijk").click()
    counts = page.locator(".upgrade-count")
    expect(counts.nth(0)).to_contain_text("1")
    expect(counts.nth(2)).to_contain_text("heeft daar geen plek")
    expect(page.locator(".upgrade-row")).to_have_count(3)
    insist_sound(page)
    page.get_by_role("link", name="opnieuw bekijken").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".upgrade-row")).to_have_count(1)
    expect(page.locator(".upgrade-row")).to_contain_text("competence 1.2")


@BOTH
def test_an_organisation_links_two_versions(
    page: Page, cast: Cast, site: str, viewport: dict[str, int], tmp_path: Path
) -> None:
    page.set_viewport_size(viewport)  # type: ignore[arg-type]
    second_version()
    log_in(page, site, cast.coordinator)
    page.goto(site + reverse("frameworks:own_links", args=[cast.provider.ref]))
    insist_sound(page)
    page.get_by_role("link", name="Koppel twee versies").click()
    page.get_by_label("Naam", exact=True).fill("Van 1 naar 2")
    page.get_by_label("Van", exact=True).select_option("klein@1")
    page.get_by_label("Naar", exact=True).select_option("klein@2")
    insist_sound(page)
    page.get_by_role("button", name="Ga verder").click()
    with page.expect_download() as started:
        page.get_by_role("link", name="Haal de spreadsheet op").click()
    book = openpyxl.load_workbook(BytesIO(Path(started.value.path()).read_bytes()))
    book["Koppelingen"].append(["1.3", "vervangen door", "1.2", "Opgegaan in 1.2."])
    book["Koppelingen"].append(["1.3", "onzin", "1.1", "x"])
    book.save(tmp_path / "mijn.xlsx")
    page.get_by_label("Bestand met koppelingen").set_input_files(tmp_path / "mijn.xlsx")
    page.get_by_role("button", name="Laad", exact=True).click()
    expect(page.locator("#faults")).to_contain_text("B3")
    expect(page.get_by_text("Opgegaan in 1.2.")).to_be_visible()
    insist_sound(page)
    page.get_by_role("link", name="Publiceren", exact=True).click()
    insist_sound(page)
    page.get_by_role("button", name="Publiceer definitief").click()
    expect(page.get_by_role("heading", level=1, name="Van 1 naar 2")).to_be_visible()
    insist_sound(page)
    page.goto(f"{site}/kaders/klein/1/1.3/")
    expect(page.locator("#links")).to_contain_text("vervangen door")
    insist_sound(page)


@BOTH
def test_pages_with_links_fit(page: Page, cast: Cast, site: str, viewport: dict[str, int]) -> None:
    page.set_viewport_size(viewport)  # type: ignore[arg-type]
    second_version()
    published(cast.coordinator, cast.provider, link("klein@1", "1.3", "klein@2", "1.2"))
    draft = drafted(cast.coordinator, cast.provider, link("klein@1", "1.3", "klein@2", "1.2"))
    log_in(page, site, cast.coordinator)
    for address in (
        reverse("frameworks:crosswalks"),
        reverse("frameworks:crosswalk", args=["namen-lokaal"]),
        reverse("frameworks:own_links", args=[cast.provider.ref]),
        reverse("frameworks:links_draft", args=[cast.provider.ref, draft.ref]),
        f"{MBO}1.1/",
    ):
        page.goto(site + address)
        insist_sound(page)


def test_what_is_only_for_the_screen_is_left_out_on_paper(page: Page, site: str) -> None:
    for address, hidden in (
        (f"/kaders/vergelijken/{SIDES}", page.locator("main form")),
        (f"{MBO}1.1/", page.get_by_label("Zoek in dit kader")),
    ):
        page.goto(site + address)
        page.emulate_media(media="print")
        expect(hidden).to_be_hidden()
        page.emulate_media(media="screen")
