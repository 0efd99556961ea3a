"""The screens of checking many at once, wide and on a phone: accessible, and not too wide."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page

from bekwaam.services.checking.batches import work_off
from bekwaam.store.models import BatchCheck
from tests.cast import make_cast
from tests.screens import Screens
from tests.services.checking.issued import files_of
from tests.web.checking.test_many import zipped
from tests.web.checking.test_screens import look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def send(page: Page, address: str, folder: Path, name: str, content: bytes) -> None:
    page.goto(address + reverse("checking:many"))
    # A file with the letter "é" in its name, as people have them.
    path = folder / name
    path.write_bytes(content)
    page.locator("input[type=file]").set_input_files(path)
    page.locator("main form button.button--primary").click()


def test_a_list_and_a_zip_go_all_the_way(
    context: BrowserContext, page: Page, live_server: Any, settings: Any, tmp_path: Path
) -> None:
    settings.BASE_URL = live_server.url
    files = files_of(make_cast())
    screens = Screens(context, page, live_server.url)
    screens.look_at([("many", reverse("checking:many"))])
    assert not screens.faults, "\n".join(screens.faults)
    lines = f"nummer;naam\n{files.number};Samira Kandidaat\n2026-AAAA-AAAA;\nonzin;Jan\n"
    send(page, live_server.url, tmp_path, "lijst é.csv", lines.encode())
    look(page, "many_list")
    send(page, live_server.url, tmp_path, "brief é.csv", b"Beste lezer")
    look(page, "many_faults")
    # The page waits for who works in the background; here that is the test.
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    send(page, live_server.url, tmp_path, "alles.zip", zipped(goed__pdf=files.pdf, brief__txt=b"Beste lezer"))
    page.locator("#how-far").wait_for()
    look(page, "batch_waits")
    work_off(BatchCheck.objects.get().pk)
    page.locator("table").wait_for(timeout=15_000)
    assert "goed.pdf" in page.locator("table").inner_text()
    look(page, "batch")
