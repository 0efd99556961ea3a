"""Every screen of portfolio, growth and feedback, wide and on a phone: accessible, and not too wide."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from playwright.sync_api import BrowserContext, Page

from tests.browser import PHONE, WIDE
from tests.cast import make_cast
from tests.rich import ADDRESSES, addresses, make_rich

ROOMS: Final = ("portfolio", "growth", "feedback")
# No screens: they send a file, take a click, or answer a script.
NO_SCREEN: Final = {
    *("portfolio:" + own + name for own in ("", "own_") for name in ("evidence_file", "mark", "suggestion")),
    *("portfolio:" + own + "unit_ladder" for own in ("", "own_")),
    "portfolio:upload_begin",
    "portfolio:upload",
    "growth:start",
    "feedback:again",
    "feedback:withdraw",
    "feedback:referee_file",
    "portfolio:brought_file",
}
# Of a guide; the whole procedure (tests/e2e) looks at it.
OF_OTHERS: Final = {"portfolio:tip"}
# Need a package that was sent; the tests of bringing in go past them (test_takeout.py, test_mahara.py).
OF_PACKAGES: Final = {"portfolio:bring_in_look", "portfolio:brought", "portfolio:mahara_found"}
MOST_QUERIES: Final = 12
RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
TOO_WIDE: Final = "document.documentElement.scrollWidth - window.innerWidth"


def test_no_screen_is_forgotten() -> None:
    listed = {row.split("/")[0].split("?")[0] for row in ADDRESSES.split()}
    resolver = get_resolver()
    known = {
        f"{room}:{name}"
        for room in ROOMS
        for name in resolver.namespace_dict[room][1].reverse_dict
        if isinstance(name, str)
    }
    assert known - NO_SCREEN - OF_OTHERS - OF_PACKAGES == listed


@pytest.mark.django_db(transaction=True)
def test_no_screen_takes_more_than_twelve_queries() -> None:
    cast = make_cast()
    rich = make_rich(cast)
    client = Client()
    client.force_login(cast.candidate, backend="allauth.account.auth_backends.AuthenticationBackend")
    counts = {}
    for row, address in addresses(rich):
        client.get(address)  # frameworks stay in memory after the first time
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200, row
        counts[row] = len(captured)
    assert {row: count for row, count in counts.items() if count > MOST_QUERIES} == {}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_every_screen_is_accessible_and_fits(context: BrowserContext, page: Page, live_server: Any) -> None:
    cast = make_cast()
    rich = make_rich(cast)
    _log_in(context, live_server.url, cast.candidate)
    context.add_init_script(Axe().axe_script)  # once for both sizes
    faults = []
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    for row, address in addresses(rich):
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        answer = page.goto(live_server.url + address)
        assert answer is not None
        if answer.status != 200:
            faults.append(f"{row}: {answer.status}")
        for size in (WIDE, PHONE):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            faults += [f"{row} at {size['width']}: {fault}" for fault in _faults(page)]
            _picture(page, row, size["width"])
        faults += [f"{row}: {error}" for error in errors]
        errors.clear()
    assert not faults, "\n".join(faults)


def _log_in(context: BrowserContext, address: str, person: Any) -> None:
    """Log in without a form: what is looked at here comes after it."""
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])


def _faults(page: Page) -> list[str]:
    wider = page.evaluate(TOO_WIDE)
    found = page.evaluate("rules => axe.run({runOnly: rules, resultTypes: ['violations']})", RULES)
    broken = [f"{one['id']}: {[node['target'] for node in one['nodes']][:3]}" for one in found["violations"]]
    return [*([f"{wider} pixels too wide"] if wider > 0 else []), *broken]


def _picture(page: Page, row: str, width: int) -> None:
    """Keep a picture for whoever wants to look: SCREENS=folder."""
    folder = os.environ.get("SCREENS")
    if folder:
        name = row.replace("/", "_").replace(":", "_").replace("?", "_")
        page.screenshot(path=Path(folder) / f"{name}_{width}.png", full_page=True)
