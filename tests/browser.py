"""Debian's Chromium for the browser tests: found on the PATH, started once per test process.

Where ``chromium-headless-shell`` is, it is taken: the same engine, without the windows that nobody sees, and
so with a third of the work for every page.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
AXE: Final = Axe().axe_script
# Only what is wrong is asked for: to gather and hand over all that is right takes longer than to find it.
_FAULTS: Final = """async () => {
  const found = await axe.run({resultTypes: ['violations']});
  return found.violations.map(one => [one.id, ...one.nodes.slice(0, 3).map(node => node.target.join(' '))]);
}"""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start Chromium; skip with a plain message where there is none, but never in CI."""
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if path is None:
        message = "Chromium is not installed (Debian: apt install chromium); the browser tests are left out"
        if os.environ.get("BEKWAAM_CI"):
            pytest.fail(message)
        pytest.skip(message)
    # Playwright runs an event loop in this thread; Django would then refuse to use the database in it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """Return a browser window of one's own: no cookies, no storage, Dutch, 1280 pixels wide."""
    context = chromium.new_context(viewport=WIDE, locale="nl-NL")  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Return an empty page."""
    return context.new_page()


def wait_for_document(page: Page) -> None:
    """Wait until there is something to measure: a click may return while the next page is still coming in."""
    page.wait_for_load_state()
    page.locator("body").wait_for()


def insist_sound(page: Page, at: str = "") -> None:
    """Insist that a page fits the width of its screen and that axe finds nothing on it."""
    wait_for_document(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), at or page.url
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE)
    faults = page.evaluate(_FAULTS)
    assert not faults, (at or page.url, faults)
