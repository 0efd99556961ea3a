"""Somebody at their own browser window, for tests that walk through the product as people do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser import WIDE, wait_for_document
from tests.cast import PASSWORD


class Desk:
    """Somebody at their own browser window."""

    def __init__(self, browser: Browser, address: str, viewport: dict[str, int]) -> None:
        self.address = address
        self.context = browser.new_context(viewport=viewport, locale="nl-NL")  # type: ignore[arg-type]
        self.context.set_default_timeout(15_000)
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on(
            "console",
            lambda message: (
                self.faults.append(message.text)
                if message.type == "error" and "422" not in message.text
                else None
            ),
        )

    def log_in(self, email: str, password: str = PASSWORD) -> None:
        self.page.goto(f"{self.address}/")
        self.page.locator("main a.button--primary").click()
        self.page.locator("[name=login]").fill(email)
        self.page.locator("[name=password]").fill(password)
        self.page.locator("main button[type=submit]").click()
        expect(self.page.locator("h1")).to_be_visible()

    def main_action(self) -> None:
        self.page.locator("main .button--primary, .page-header .button--primary").first.click()

    def fine(self) -> None:
        """The page fits its width and made no errors."""
        wait_for_document(self.page)
        overflow = "document.documentElement.scrollWidth - window.innerWidth"
        assert self.page.evaluate(overflow) <= 0
        assert not self.faults

    def accessible(self) -> None:
        """The same, and axe finds nothing. It takes a second: for a page that no other test looks at so."""
        self.fine()
        results = Axe().run(
            self.page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
        )
        assert results.violations_count == 0, results.generate_report()


@contextmanager
def desk(browser: Browser, address: str, viewport: dict[str, int] = WIDE) -> Iterator[Desk]:
    one = Desk(browser, address, viewport)
    try:
        yield one
    finally:
        one.context.close()
