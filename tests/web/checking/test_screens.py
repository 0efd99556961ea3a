"""Every screen of checking, wide and on a phone: accessible, not too wide, with a file that is dropped."""

from __future__ import annotations

import base64
import os
from pathlib import Path
from typing import Any

import pytest
from django.urls import get_resolver, reverse
from playwright.sync_api import BrowserContext, Page, expect

from bekwaam.domain.certificates.status import Change, ChangeReason
from bekwaam.services.statuses.changing import change_status
from bekwaam.store.models import ErasedCertificate
from tests.browser import PHONE, WIDE, insist_sound
from tests.cast import make_cast
from tests.screens import Screens
from tests.services.checking.issued import Files, files_of

NO_SCREEN = {"short", "bundle"}
ON_THE_WAY = {"name"}  # is posted to, from an answer
MANY = {"many", "batch", "batch_report"}  # tests/web/checking/test_many_screens.py
_DROP = """(given) => {
  const transfer = new DataTransfer();
  const bytes = Uint8Array.from(atob(given), (one) => one.charCodeAt(0));
  transfer.items.add(new File([bytes], "certificaat.json"));
  for (const name of ["dragenter", "dragover", "drop"])
    document.body.dispatchEvent(
      new DragEvent(name, {bubbles: true, cancelable: true, dataTransfer: transfer}));
}"""


def looked_at(files: Files) -> list[tuple[str, str]]:
    return [
        ("check", reverse("checking:check")),
        ("number", reverse("checking:number", args=[files.number])),
        ("yourself", reverse("checking:yourself")),
    ]


def test_no_screen_is_forgotten() -> None:
    names = get_resolver().namespace_dict["checking"][1].reverse_dict
    known = {name for name in names if isinstance(name, str)}
    assert known - NO_SCREEN - ON_THE_WAY - MANY == {"check", "number", "yourself"}


def look(page: Page, name: str) -> None:
    """Insist that a page that came of a form is sound at both widths; keep a picture where one is wanted."""
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        insist_sound(page, f"{name} at {size['width']}")
        if folder := os.environ.get("SCREENS"):
            page.screenshot(path=Path(folder) / f"{name}_{size['width']}.png", full_page=True)


def hand_in(page: Page, address: str, content: bytes) -> None:
    page.goto(address + reverse("checking:check"))
    page.locator("input[type=file]").set_input_files(
        {"name": "certificaat.pdf", "mimeType": "application/pdf", "buffer": content}
    )
    page.locator("form[data-drop] button").click()
    page.locator(".checks").wait_for()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_every_screen_is_accessible_and_fits(context: BrowserContext, page: Page, live_server: Any) -> None:
    cast = make_cast()
    files = files_of(cast)
    screens = Screens(context, page, live_server.url)
    screens.look_at(looked_at(files))
    assert not screens.faults, "\n".join(screens.faults)
    hand_in(page, live_server.url, files.pdf)
    look(page, "answer_valid")
    hand_in(page, live_server.url, files.pdf + b"\n%")
    look(page, "answer_invalid")
    hand_in(page, live_server.url, b"zomaar")
    look(page, "answer_unknown")
    page.goto(live_server.url + reverse("checking:check"))
    page.evaluate(_DROP, base64.b64encode(files.json).decode())
    expect(page.locator(".verdict:not(.verdict--wrong, .verdict--not-met)")).to_be_visible()
    page.locator("[name=name]").fill("Samira Kandidaat")
    page.locator("form:has([name=names]) button").click()
    expect(page.locator(".notice--success")).to_be_visible()
    look(page, "name")
    page.goto(live_server.url + reverse("checking:check"))
    page.locator("form[data-drop] button").click()
    look(page, "check_faults")
    change_status(cast.coordinator, files.procedure, Change.REVOKED, ChangeReason.ERROR, "Fout.")
    ErasedCertificate.objects.create(
        procedure=files.procedure,
        number="2025-ABCD-EFGH",
        file_sha256="0" * 64,
        issued_at=files.row.issued_at,
        erased_at=files.row.issued_at,
    )
    for name, number in (("revoked", files.number), ("erased", "2025-ABCD-EFGH"), ("unknown", "zomaar")):
        page.goto(live_server.url + reverse("checking:number", args=[number]))
        look(page, name)
