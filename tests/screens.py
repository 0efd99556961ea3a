"""Going past many screens in one browser page: each loaded once, looked at wide and on a phone.

Everything that axe finds is asked of the narrow page; wide only what depends on the layout is asked again,
for names, labels and headings do not change with the width of a screen.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from bekwaam.store.models import Person
from tests.browser import PHONE, WIDE

STANDARDS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OF_THE_LAYOUT: Final = ["color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block"]
TOO_WIDE: Final = """() => {
  const over = document.documentElement.scrollWidth - window.innerWidth;
  const out = over > 0 ? [...document.body.querySelectorAll('*')].filter(
    one => one.getBoundingClientRect().right > window.innerWidth) : [];
  return over > 0 ? over + ' pixels too wide: ' + out.slice(-2).map(one => one.outerHTML.slice(0, 120)) : '';
}"""
_RUN: Final = """async asked => {
  const found = await axe.run({runOnly: asked, resultTypes: ['violations']});
  const where = one => one.nodes.slice(0, 3).map(node => node.target).join(' | ');
  return found.violations.map(one => one.id + ': ' + where(one));
}"""


class Screens:
    """One page that is reused; what is wrong is gathered in ``faults``."""

    def __init__(self, context: BrowserContext, page: Page, address: str) -> None:
        self.context, self.page, self.address = context, page, address
        self.faults: list[str] = []
        self._errors: list[str] = []
        context.add_init_script(Axe().axe_script)  # once a page, for both sizes
        page.on("pageerror", lambda error: self._errors.append(str(error)))
        page.on("console", lambda said: self._errors.append(said.text) if said.type == "error" else None)

    def log_in(self, person: Person) -> None:
        """Log in without a form: what is looked at here comes after it."""
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        name = settings.SESSION_COOKIE_NAME
        self.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.address}])

    def look_at(self, screens: Iterable[tuple[str, str]]) -> None:
        """Look at every screen of ``(what it is called, address)``."""
        for row, address in screens:
            self.page.set_viewport_size(WIDE)  # type: ignore[arg-type]
            answer = self.page.goto(self.address + address)
            if answer is None or answer.status != 200:
                self.faults.append(f"{row}: {answer.status if answer else 'nothing'}")
            self._measure(row, WIDE, {"type": "rule", "values": OF_THE_LAYOUT})
            self.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
            self._measure(row, PHONE, {"type": "tag", "values": STANDARDS})
            self.faults += [f"{row}: {error}" for error in self._errors]
            self._errors.clear()

    def look_here(self, row: str) -> None:
        """Look at the page that is before us, which no address leads to."""
        for size, asked in (
            (WIDE, {"type": "rule", "values": OF_THE_LAYOUT}),
            (PHONE, {"type": "tag", "values": STANDARDS}),
        ):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            self._measure(row, size, asked)

    def _measure(self, row: str, size: dict[str, int], asked: dict[str, Any]) -> None:
        wider, at = self.page.evaluate(TOO_WIDE), f"{row} at {size['width']}"
        if wider:
            self.faults.append(f"{at}: {wider}")
        self.faults += [f"{at}: {fault}" for fault in self.page.evaluate(_RUN, asked)]
        self._picture(row, size["width"])

    def _picture(self, row: str, width: int) -> None:
        """Keep a picture for whoever wants to look: SCREENS=folder."""
        folder = os.environ.get("SCREENS")
        if folder:
            name = row.replace("/", "_").replace(":", "_").replace("?", "_")
            self.page.screenshot(path=Path(folder) / f"{name}_{width}.png", full_page=True)
