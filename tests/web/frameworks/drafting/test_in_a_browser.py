"""A coordinator writes a standard in the browser, from nothing and from a spreadsheet, and uses it."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from bekwaam.frameworks.editing.start import start_copy
from bekwaam.frameworks.exchange.workbook import write_workbook
from bekwaam.frameworks.model import Text
from bekwaam.services.frameworks.drafts import start_draft
from bekwaam.store.models import FrameworkDraft, FrameworkVersion, Procedure
from tests.browser import PHONE, WIDE, insist_sound
from tests.cast import PASSWORD, Cast, make_cast
from tests.web.frameworks.drafting.conftest import WHOLE
from tests.web.frameworks.drafting.test_spreadsheets import row_of, spoiled, two_bad_rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])


@pytest.fixture
def people() -> Cast:
    return make_cast()


class Writer:
    """The coordinator at a browser window; every page they see fits and is open to everybody."""

    def __init__(self, page: Page, site: str, viewport: dict[str, int]) -> None:
        self.page, self.site = page, site
        page.set_viewport_size(viewport)  # type: ignore[arg-type]

    def log_in(self, email: str) -> None:
        self.page.goto(f"{self.site}/account/login/")
        self.page.locator("[name=login]").fill(email)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.locator("main button[type=submit]").click()
        expect(self.page.locator("h1")).to_be_visible()

    def fine(self) -> None:
        insist_sound(self.page)

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def fill(self, **fields: str) -> None:
        for name, value in fields.items():
            field = self.page.locator(f"[name={name}]")
            field.wait_for()
            self.page.wait_for_load_state()  # a page that answers while one types does so by its script
            field.fill(value)

    def add(self, kind: str, **fields: str) -> None:
        self.page.locator("main").get_by_role("link", name=kind, exact=True).first.click()
        self.fill(**fields)
        self.press("Toevoegen")


@SIZES
def test_a_standard_is_written_from_nothing_published_and_used(
    page: Page, live_server: object, people: Cast, viewport: dict[str, int]
) -> None:
    at = Writer(page, str(live_server), viewport)
    at.log_in(people.coordinator.email)
    at.follow("Eigen kaders")
    at.follow("Begin een kader")
    at.fine()
    at.follow("Met niets")
    page.get_by_label(re.compile("^Standaard:")).check()
    at.fill(title="Buurtsportcoach")
    at.press("Beginnen")
    expect(page.get_by_text("Er zijn nog geen stadia.")).to_be_visible()
    at.fine()

    at.follow("Er zijn nog geen stadia.")
    for code, name in (("beginnend", "Beginnend"), ("ervaren", "Ervaren")):
        at.fill(code=code, short=code[:2], title_nl=name, description_nl=f"Werkt {name.lower()}.")
        at.press("Toevoegen")
    at.follow("Terug naar het kader")

    at.add("Cluster", title_nl="Mensen in beweging")
    at.follow("Mensen in beweging")
    for title in ("Contact leggen", "Groepen begeleiden"):
        at.add("Competentie", title_nl=title, text_nl=f"{title} in de wijk.")
    at.follow("Contact leggen")
    at.add("Gedragsindicator", text_nl="Spreekt bewoners aan op straat.")
    expect(page.locator(".code", has_text="1.1.be1")).to_be_visible()
    at.fine()

    page.locator(".breadcrumb a", has_text="Buurtsportcoach").click()
    expect(page.get_by_text("Een standaard heeft een regel nodig", exact=False)).to_be_visible()
    page.locator(".draft-fact", has_text="Regel").get_by_role("link").click()
    at.fill(number="2")
    expect(page.locator("#live-sentence")).to_contain_text("Ten minste 2 van de 2 competenties")
    at.press("Bewaar de regel")
    at.fine()
    at.follow("Terug")
    page.locator(".draft-fact", has_text="Titel en beschrijving").get_by_role("link").click()
    at.fill(description_nl="Voor wie in de buurt mensen laat bewegen.")
    at.press("Opslaan")
    expect(page.get_by_text("Er ontbreekt niets meer.", exact=False)).to_be_visible()
    expect(page.locator("svg.wheel")).to_be_visible()
    at.fine()

    at.follow("Verder naar publiceren")
    expect(page.get_by_text("Iedereen kan het op internet lezen", exact=False)).to_be_visible()
    at.fine()
    at.press("Publiceren")
    expect(page).to_have_url(f"{live_server}/kaders/buurtsportcoach/1.0/")
    at.fine()
    row = FrameworkVersion.objects.get(identifier="buurtsportcoach")
    assert row.owner == people.provider

    page.goto(f"{live_server}/aanbieder/{people.provider.ref}/nieuw/")
    at.fill(name="Kim Kandidaat", email="kim@example.org")
    page.locator("[name=standard]").select_option(label="Buurtsportcoach (1.0)")
    page.locator("[name=purpose]").first.check()
    at.press("Start het traject")
    expect(page.get_by_text("Het traject is gestart", exact=False)).to_be_visible()
    assert Procedure.objects.filter(standard=row).count() == 1


@SIZES
def test_a_spreadsheet_with_two_bad_rows_is_mended_and_taken_over(
    page: Page, live_server: object, people: Cast, viewport: dict[str, int], tmp_path: Path
) -> None:
    bad, good = tmp_path / "fout.xlsx", tmp_path / "goed.xlsx"
    bad.write_bytes(spoiled(two_bad_rows))
    good.write_bytes(spoiled(lambda sheet: None))
    at = Writer(page, str(live_server), viewport)
    at.log_in(people.coordinator.email)
    at.follow("Eigen kaders")
    at.follow("Begin een kader")
    at.follow("Met een spreadsheet")
    at.fine()
    page.locator("[name=file]").set_input_files(bad)
    at.fill(title="Van een blad")
    at.press("Beginnen")
    sheet = load_workbook(BytesIO(write_workbook(replace(WHOLE, id="blad"))))["Onderdelen"]
    for code in ("1.2", "1.3.vb1"):
        expect(page.locator("tbody th", has_text=re.compile(f"{row_of(sheet, code)}$"))).to_be_visible()
    at.fine()
    at.press("Neem de goede rijen over")
    assert "1.1.vb1" in str(FrameworkDraft.objects.get().document)
    at.follow("Laad een spreadsheet in")
    page.locator("[name=file]").set_input_files(good)
    at.press("Bekijk wat erin staat")
    expect(page.get_by_text("Elke rij is goed.")).to_be_visible()
    at.fine()
    at.press("Voeg de goede rijen toe")
    codes = {one["code"] for one in FrameworkDraft.objects.get().document["items"]}
    assert codes == set(WHOLE.by_code)


def test_what_is_typed_is_kept_and_two_people_at_one_part_both_see_it(
    page: Page, live_server: object, people: Cast
) -> None:
    begun = start_copy(WHOLE, "eigen", "1", Text("Onze standaard", "Ours"))
    draft = start_draft(people.coordinator, people.provider, begun)
    at = Writer(page, str(live_server), WIDE)
    at.log_in(people.coordinator.email)
    part = f"{live_server}/eigen-kaders/concept/{draft.ref}/deel/1.1/"
    page.goto(part)
    at.fill(title_nl="Wat ik typte")
    expect(page.locator("[data-draft-status]")).to_contain_text("Bewaard om")
    other = page.context.new_page()
    other.goto(part)
    expect(other.locator("[name=title_nl]")).to_have_value("Wat ik typte")
    other.locator("[name=title_nl]").fill("Van een collega")
    other.get_by_role("button", name="Opslaan", exact=True).click()
    expect(other.get_by_text("Je wijzigingen zijn bewaard.")).to_be_visible()
    at.press("Opslaan")
    expect(page.get_by_text("Wat je collega ervan maakte")).to_be_visible()
    expect(page.get_by_text("Van een collega", exact=True)).to_be_visible()
    expect(page.locator("[name=title_nl]")).to_have_value("Wat ik typte")
    at.fine()
    at.press("Opslaan")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Wat ik typte")


def test_without_script_everything_still_works(
    page: Page, chromium: object, live_server: object, people: Cast
) -> None:
    begun = start_copy(WHOLE, "eigen", "1", Text("Onze standaard", "Ours"))
    draft = start_draft(people.coordinator, people.provider, begun)
    context = chromium.new_context(java_script_enabled=False, locale="nl-NL")  # type: ignore[attr-defined]
    plain = context.new_page()
    at = Writer(plain, str(live_server), WIDE)
    at.log_in(people.coordinator.email)
    plain.goto(f"{live_server}/eigen-kaders/concept/{draft.ref}/regel/0/")
    at.fill(number="3")
    at.press("Bewaar de regel")
    expect(plain.get_by_text("Ten minste 3 van de 3 competenties", exact=False).first).to_be_visible()
    plain.goto(f"{live_server}/eigen-kaders/concept/{draft.ref}/deel/1/")
    plain.get_by_role("button", name="Zet 1.1 lager").click()
    expect(plain.get_by_text("1.1 is verplaatst.")).to_be_visible()
    context.close()
