"""Going past many screens in one browser page: each loaded once, looked at wide and on a phone.

Everything that axe finds is asked of the narrow page; wide only what depends on the layout, for names, labels
and headings do not change with the width of a screen. Colours, which take axe longest, are asked of
everything wide, and narrow of what was not to be seen wide or looks different there.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import BrowserContext, Page

from bekwaam.store.models import Person
from tests.browser import AXE, PHONE, WIDE

STANDARDS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OF_THE_LAYOUT: Final = ["color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block"]
TOO_WIDE: Final = """() => {
  const over = document.documentElement.scrollWidth - window.innerWidth;
  const out = over > 0 ? [...document.body.querySelectorAll('*')].filter(
    one => one.getBoundingClientRect().right > window.innerWidth) : [];
  return over > 0 ? over + ' pixels too wide: ' + out.slice(-2).map(one => one.outerHTML.slice(0, 120)) : '';
}"""
# Words that stand letter under letter: nothing is too wide then, and nobody can read it.
SQUEEZED: Final = """() => {
  const words = part => part.nodeType === 3 ? part.data.trim() : '';
  const own = one => [...one.childNodes].map(words).join('');
  const box = one => one.getBoundingClientRect();
  const out = [...document.body.querySelectorAll('*')].filter(
    one => own(one).length > 7 && box(one).width < 40 && box(one).height > 80);
  return out.length ? 'squeezed: ' + out.slice(0, 2).map(one => one.outerHTML.slice(0, 120)) : '';
}"""
_RUN: Final = """async ([asked, again]) => {
  const known = new Map();
  const behind = one => {
    if (one && !known.has(one)) {
      const {backgroundColor, backgroundImage, opacity} = getComputedStyle(one);
      known.set(one, [behind(one.parentElement), backgroundColor, backgroundImage, opacity].join());
    }
    return known.get(one) || '';
  };
  const look = one => {
    const {color, display, fontSize, fontWeight, textDecorationLine} = getComputedStyle(one);
    const size = parseFloat(fontSize), large = size >= 24 || (size >= 18.66 && fontWeight >= 700);
    return [color, display, large, textDecorationLine, behind(one)].join();
  };
  const seen = [...document.querySelectorAll('body, body *')].filter(one => one.checkVisibility());
  const looks = new Map(seen.map(one => [one, look(one)]));
  const before = again && window.lookedLike || new Map();  // a page may have loaded itself anew
  for (const [one, like] of looks) one.toggleAttribute('data-asked', before.get(one) !== like);
  window.lookedLike = looks;
  axe.configure({rules: [
    {id: 'color-contrast', selector: '[data-asked]'},
    {id: 'link-in-text-block', selector: 'a[href][data-asked]'},
  ]});
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
        context.add_init_script(AXE)  # once a page, for both sizes
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
            self.look_here(row)
            self.faults += [f"{row}: {error}" for error in self._errors]
            self._errors.clear()

    def look_here(self, row: str) -> None:
        """Look at the page that is before us, also where no address leads to it."""
        for size, asked in (
            (WIDE, {"type": "rule", "values": OF_THE_LAYOUT}),
            (PHONE, {"type": "tag", "values": STANDARDS}),
        ):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            self._measure(row, size, asked)

    def _measure(self, row: str, size: dict[str, int], asked: dict[str, Any]) -> None:
        wider, at = self.page.evaluate(TOO_WIDE), f"{row} at {size['width']}"
        self.faults += [f"{at}: {fault}" for fault in (wider, self.page.evaluate(SQUEEZED)) if fault]
        again = size is PHONE
        self.faults += [f"{at}: {fault}" for fault in self.page.evaluate(_RUN, [asked, again])]
        self._picture(row, size["width"])

    def _picture(self, row: str, width: int) -> None:
        """Keep a picture for whoever wants to look: SCREENS=folder."""
        folder = os.environ.get("SCREENS")
        if folder:
            name = row.replace("/", "_").replace(":", "_").replace("?", "_")
            self.page.screenshot(path=Path(folder) / f"{name}_{width}.png", full_page=True)


def queries_of(addresses: Iterable[tuple[Person, str, str]]) -> dict[str, int]:
    """Return by row how many queries each page takes; ``addresses`` are who looks, a row and an address."""
    counts = {}
    for who, row, address in addresses:
        client = Client()
        client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
        client.get(address)  # frameworks stay in memory after the first time
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200, row
        counts[row] = len(captured)
    return counts


def faults_of(
    context: BrowserContext, page: Page, address: str, addresses: Iterable[tuple[Person, str, str]]
) -> list[str]:
    """Go past the same pages in a browser; return what is wrong."""
    screens = Screens(context, page, address)
    for who, row, path in addresses:
        screens.log_in(who)
        screens.look_at([(row, path)])
    return screens.faults
