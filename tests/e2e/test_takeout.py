"""A portfolio leaves as a file, is read without Bekwaam, and comes in elsewhere; in a real browser."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bekwaam.store.models import Evidence
from tests.browser import PHONE, insist_sound
from tests.cast import PASSWORD, make_cast
from tests.packages import document_in, files_of
from tests.services.takeout.conftest import filled

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def logged_in(context: BrowserContext, server: str, email: str) -> Page:
    """Return the page of somebody who logged in."""
    page = context.new_page()
    page.goto(f"{server}/account/login/")
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("h1")).to_contain_text("Fijn dat je er bent")
    return page


def test_a_portfolio_is_taken_along_read_from_disk_and_brought_in(
    chromium: Browser, context: BrowserContext, live_server: Any, tmp_path: Path
) -> None:
    cast = make_cast()
    filled(cast.candidate, cast.standard.pk)
    fresh = cast.person("elders2@example.org", "Samira Elders")

    page = logged_in(context, live_server.url, cast.candidate.email)
    page.goto(f"{live_server.url}/portfolio/meenemen/")
    insist_sound(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Neem alles mee").click()
    kept = tmp_path / "portfolio.zip"
    waiting.value.save_as(kept)
    with zipfile.ZipFile(kept) as archive:
        archive.extractall(tmp_path / "open")
        pages = [name for name in archive.namelist() if name.endswith(".html")]

    alone = chromium.new_context(viewport=PHONE, locale="nl-NL", offline=True)  # type: ignore[arg-type]
    alone.set_default_timeout(15_000)
    reader = alone.new_page()
    one_of_each = {Path(name).parent: name for name in pages}.values()  # they share a template
    for name in one_of_each:
        reader.goto((tmp_path / "open" / name).as_uri())
        insist_sound(reader, name)
    reader.goto((tmp_path / "open" / "index.html").as_uri())
    reader.get_by_role("link", name="Buurtkamer open").click()
    expect(reader.locator("h1")).to_have_text("Buurtkamer open")
    expect(reader.get_by_text("Eerdere teksten van dit stuk")).to_be_visible()
    alone.close()

    other = chromium.new_context(viewport=PHONE, locale="nl-NL")  # type: ignore[arg-type]
    other.set_default_timeout(15_000)
    page = logged_in(other, live_server.url, fresh.email)
    page.goto(f"{live_server.url}/portfolio/binnenhalen/")
    insist_sound(page)
    page.locator("input[type=file]").set_input_files(kept)
    expect(page.locator("[data-upload-status]")).to_contain_text("portfolio.zip is er")
    page.get_by_role("button", name="Kijk wat er binnenkomt").click()
    expect(page.locator("main")).to_contain_text("12 stukken bewijs")
    insist_sound(page)
    page.get_by_role("button", name="Haal dit binnen").click()
    expect(page.locator("h1")).to_have_text("Wat er binnenkwam")
    insist_sound(page)
    page.get_by_role("link", name="Buurtkamer open").click()
    expect(page.locator("[name=title]")).to_have_value("Buurtkamer open")
    content = kept.read_bytes()
    assert Evidence.objects.filter(owner=fresh).count() == len(document_in(content)["evidence"])
    assert {path.name for path in (tmp_path / "open").rglob("*.pdf")} <= {
        Path(n).name for n in files_of(content)
    }
    other.close()
