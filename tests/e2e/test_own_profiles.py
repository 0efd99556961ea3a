"""A coordinator makes a function of their own from one of ours, and a colleague lays themself beside it."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.growth.own_profiles import profiles_at
from bekwaam.store.models import Person
from tests.browser import PHONE, WIDE, insist_sound
from tests.cast import PASSWORD, make_cast
from tests.web.growth.own_profiles import WIJKCOACH, mbo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REASON = "Bij ons begint alles met aanbellen."


def test_from_a_copy_of_wijkcoach_to_a_colleague_beside_it(page: Page, live_server: Any) -> None:
    cast = make_cast()
    version = mbo()
    _log_in(page, live_server, cast.coordinator)
    page.goto(live_server.url + reverse("growth:own_profiles", args=[cast.provider.ref]))
    page.get_by_role("link", name="EVC-standaard vakbekwame sociaal werker").click()
    page.get_by_role("link", name="Nieuw profiel").click()
    page.get_by_label("Welk profiel?").select_option("functienamen/wijkcoach")
    page.get_by_role("button", name="Begin met deze kopie").click()
    _fill_in(page)
    page.get_by_role("button", name="Sla dit profiel op").click()
    expect(page.locator(".error-summary")).to_contain_text("Zeg waarom dit gevraagd wordt")
    insist_sound(page)
    part(page, "1.1").get_by_label("Waarom wordt dit gevraagd?").fill(REASON)
    part(page, "1.2").get_by_label("Waarom wordt dit gevraagd?").fill(REASON)
    expect(page.locator("[data-draft-status]")).to_have_attribute("data-state", "saved")
    page.goto(page.url)
    assert part(page, "1.1").locator("textarea").input_value() == REASON
    page.get_by_role("button", name="Sla dit profiel op").click()
    expect(page.locator(".card", has_text="Wijkcoach Noord")).to_contain_text("Functieboek: FB-12")

    (kept,) = profiles_at(cast.provider, version)
    asked = {one.code: (one.stage, one.reason.nl, one.copied) for one in kept.demands}
    assert asked["1.2"] == ("vakvolwassen", REASON, False)
    assert "7.1" not in asked and len(asked) == len(WIJKCOACH.demands) - 1
    assert {code for code, one in asked.items() if not one[2]} == {"1.1", "1.2"}

    _log_in(page, live_server, cast.guide)
    page.get_by_role("link", name="Groei", exact=True).click()
    page.get_by_role("link", name="Functieprofielen").click()
    page.get_by_role("link", name="Wijkcoach Noord").click()
    expect(page.locator("main")).to_contain_text("In hun functieboek: FB-12")
    page.get_by_role("link", name="Leg naast een ander profiel").click()
    expect(page.locator("main")).to_contain_text(
        "Wijkcoach vraagt 1 onderdeel dat het andere profiel niet vraagt"
    )
    page.go_back()
    page.get_by_role("link", name="Leg jezelf hiernaast").click()
    expect(page.locator("main")).to_contain_text(REASON)
    assert walk_chain().whole and not list(broken_contents())


def _fill_in(page: Page) -> None:
    """Name it, tie it to the function book, ask one part higher and another no more, and forget a reason."""
    page.get_by_label("Hoe heet de functie?").fill("Wijkcoach Noord")
    page.get_by_label("Nummer of naam in jullie functieboek").fill("FB-12")
    part(page, "1.2").get_by_text("vakvolwassen").click()
    part(page, "1.1").get_by_label("Waarom wordt dit gevraagd?").fill("")
    expect(page.locator("#asked-so-far")).to_contain_text("Gevraagd: 17 van 28 onderdelen")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.locator("summary", has_text="Werken aan je beroepsuitoefening").click()
    part(page, "7.1").get_by_text("niet gevraagd").click()
    expect(page.locator("#asked-so-far")).to_contain_text("Gevraagd: 16 van 28 onderdelen")
    expect(page.locator("summary", has_text="Werken aan je beroepsuitoefening")).to_contain_text(
        "0 van 3 gevraagd"
    )
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]


def part(page: Page, code: str) -> Any:
    return page.locator(f"fieldset[id='id_stage-{code}']")


def _log_in(page: Page, live_server: Any, person: Person) -> None:
    page.context.clear_cookies()
    page.goto(f"{live_server.url}{reverse('account_login')}")
    page.locator("[name=login]").fill(person.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_load_state()
