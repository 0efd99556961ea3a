"""A round of self-assessment on a phone: half filled in, the connection lost, and gone on with later."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from bekwaam.frameworks.library import load_builtin
from bekwaam.services.frameworks.versions import publish
from bekwaam.store.models import SelfRound
from tests.browser import PHONE
from tests.cast import PASSWORD, make_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_round_survives_a_lost_connection_and_ends_in_growth(
    page: Page, context: BrowserContext, live_server
) -> None:
    cast = make_cast()
    publish(None, load_builtin("evc-sociaal-werker-mbo"))
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(f"{live_server.url}{reverse('account_login')}")
    page.locator("[name=login]").fill(cast.candidate.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.get_by_role("link", name="Groei", exact=True).click()
    page.get_by_role("link", name="Zelfbeoordeling").click()
    page.get_by_label("Naast welk kader").select_option("evc-sociaal-werker-mbo@1.0")
    page.get_by_role("button", name="Begin").click()
    page.locator(".page-header .button--primary").click()
    page.get_by_label("vakbekwaam", exact=True).check()
    context.set_offline(True)
    page.get_by_label("Waaraan merk je dat?").fill("Op huisbezoek gaat het vanzelf.")
    expect(page.locator("[data-draft-status]")).to_have_attribute("data-state", "failed")
    context.set_offline(False)
    expect(page.locator("[data-draft-status]")).to_have_attribute("data-state", "saved")
    page.reload()
    expect(page.get_by_label("Waaraan merk je dat?")).to_have_value("Op huisbezoek gaat het vanzelf.")
    expect(page.get_by_label("vakbekwaam", exact=True)).to_be_checked()
    page.get_by_role("button", name="Bewaar en ga verder").click()
    page.get_by_role("link", name="Terug naar het geheel").click()
    page.get_by_role("link", name="Rond deze ronde af").click()
    page.get_by_role("button", name="Bewaar deze ronde").click()
    expect(page.locator("h1")).to_have_text("Hoe je groeit")
    expect(page.locator("svg.wheel")).to_have_count(1)
    (kept,) = SelfRound.objects.all()
    assert [(r.code, r.value, r.note) for r in kept.ratings.all()] == [
        ("1.1", "vakbekwaam", "Op huisbezoek gaat het vanzelf.")
    ]
