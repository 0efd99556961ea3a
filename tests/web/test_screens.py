"""Going past screens finds what is wrong with one, also where it shows at one width only."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.screens import Screens

SITE = "http://screens.example"
SHEET = """
p { color: #222; background: #fff; }
.pale { color: #bbb; }
@media (max-width: 500px) { .wide { display: none; } .fades { color: #bbb; } .under { background: #333; } }
@media (min-width: 501px) { .phone { display: none; } }
"""


@pytest.mark.browser
@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ("<p>Goed</p>", []),
        ("<p class='pale'>Bleek</p>", ["1280: color-contrast"]),
        ("<p class='pale wide'>Bleek</p>", ["1280: color-contrast"]),
        ("<p class='pale phone'>Bleek</p>", ["360: color-contrast"]),
        ("<p class='fades'>Bleek</p>", ["360: color-contrast"]),
        ("<div class='under'><p style='background: none'>Donker</p></div>", ["360: color-contrast"]),
        ("<p class='wide' style='width: 2000px'>Breed</p>", ["1280: 728 pixels too wide"]),
        ("<button class='phone'></button>", ["360: button-name"]),
        ("<button></button>", ["360: button-name"]),
    ],
)
def test_a_fault_is_found_where_it_shows(
    context: BrowserContext, page: Page, body: str, faults: list[str]
) -> None:
    html = f"<!doctype html><html lang='nl'><title>Proef</title><style>{SHEET}</style>{body}</html>"
    page.route(f"{SITE}/*", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    screens = Screens(context, page, SITE)
    screens.look_at([("proef", "/proef")])
    assert [":".join(fault.split(":")[:2]).removeprefix("proef at ") for fault in screens.faults] == faults
