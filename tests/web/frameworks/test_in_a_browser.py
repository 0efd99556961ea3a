"""The explorer as somebody uses it: the wheel, the search box, a phone, the keyboard and paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from bekwaam.frameworks.library import load_builtin
from bekwaam.services.frameworks.versions import publish
from tests.browser import PHONE, WIDE, insist_sound

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MBO = "/kaders/evc-sociaal-werker-mbo/1.0/"


@pytest.fixture
def site(live_server) -> str:
    publish(None, load_builtin("evc-sociaal-werker-mbo", "1.0"))
    return str(live_server.url)


def test_from_the_front_page_over_the_wheel_to_a_ladder(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("link", name="Bekijk wat het beroep vraagt").click()
    page.get_by_role("link", name="EVC-standaard vakbekwame sociaal werker, mbo-niveau", exact=True).click()
    page.locator("svg.wheel a.wheel__link[href$='/2.3/']").click()
    expect(page).to_have_url(f"{site}{MBO}2.3/")
    expect(page.get_by_role("heading", name="Stadium voor stadium")).to_be_visible()
    page.get_by_role("link", name="2.2").click()
    expect(page).to_have_url(f"{site}{MBO}2.2/")


def test_a_spoke_is_reached_and_opened_with_the_keyboard(page: Page, site: str) -> None:
    page.goto(site + MBO)
    page.locator("svg.wheel a.wheel__link").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}{MBO}1.2/")


def test_searching_and_going_back_keeps_what_was_looked_for(page: Page, site: str) -> None:
    page.goto(site + MBO)
    page.get_by_label("Zoek in dit kader").fill("Veilig sfeer")
    page.keyboard.press("Enter")
    expect(page.locator("mark")).to_have_text(["sfeer", "veilig"])
    page.get_by_role("link", name="1.1.sb6").click()
    page.go_back()
    expect(page.get_by_label("Zoek in dit kader")).to_have_value("Veilig sfeer")


def test_after_the_language_is_switched_the_kept_page_is_not_shown(page: Page, site: str) -> None:
    for _ in range(2):
        page.goto(site + MBO)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("EVC standard")
    page.goto(site + MBO)
    expect(page.get_by_role("heading", level=1)).to_contain_text("EVC standard")


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_every_page_fits_and_is_open_to_everybody(page: Page, site: str, viewport: dict[str, int]) -> None:
    page.set_viewport_size(viewport)  # type: ignore[arg-type]
    for address in ("/kaders/", MBO, f"{MBO}1.1/", f"{MBO}L1/", f"{MBO}?q=veilig", f"{MBO}?kind=indicator"):
        page.goto(site + address)
        insist_sound(page, address)


def test_on_paper_the_wheel_stands_and_the_search_box_does_not(page: Page, site: str) -> None:
    page.goto(site + MBO)
    page.emulate_media(media="print")
    expect(page.locator("svg.wheel")).to_be_visible()
    expect(page.get_by_label("Zoek in dit kader")).to_be_hidden()
