"""Words of one's own as people load and read them: the template, the report, the judging screen, the PDF."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from bekwaam.services.frameworks.versions import publish
from bekwaam.store.models import Person, Procedure
from tests.adapters.pdf.reading import page_texts, squeezed
from tests.browser import PHONE, WIDE, insist_sound
from tests.cast import Cast, Point, make_cast
from tests.standards import indicator_standard

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
THEIRS = "Sluit aan bij wat mensen bezighoudt"
WHOSE = "Vereniging van Buurtmakers"
SeenBy = Callable[..., Page]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def seen_by(chromium: Browser, live_server: Any) -> Any:
    """Return a function that gives somebody a browser window in which they are logged in."""
    opened = []

    def inner(person: Person | None, viewport: dict[str, int] = WIDE) -> Page:
        context = chromium.new_context(
            viewport=viewport,  # type: ignore[arg-type]
            locale="nl-NL",
            base_url=live_server.url,
        )
        context.set_default_timeout(15_000)
        opened.append(context)
        if person is not None:
            client = Client()
            client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
            session = {"name": "sessionid", "value": client.cookies["sessionid"].value}
            context.add_cookies([{**session, "url": live_server.url}])
        return context.new_page()

    yield inner
    for context in opened:
        context.close()


def fill_in(template: bytes, words: dict[str, str]) -> bytes:
    """Return a template with titles filled in by code, as somebody does in a spreadsheet program."""
    book = load_workbook(io.BytesIO(template))
    sheet: Any = book.worksheets[0]
    column = next(cell.column for cell in sheet[1] if cell.value == "titel nl")
    for row in sheet.iter_rows(min_row=2):
        if row[0].value in words:
            sheet.cell(row[0].row, column, words[row[0].value])
    sheet.append(["1.99", None, None, "Bestaat niet"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def load(page: Page, cast: Cast) -> None:
    """Go from the overview to the template, fill it in, look it through and load it."""
    page.goto(reverse("procedures:overview", args=[cast.provider.ref]))
    page.get_by_role("link", name="Eigen woorden").click()
    insist_sound(page)
    page.get_by_role("link", name="Standaard klein").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Sjabloon voor Excel").click()
    template = Path(download.value.path()).read_bytes()
    insist_sound(page)
    file = {"name": "woorden.xlsx", "mimeType": "application/octet-stream"}
    page.locator("input[type=file]").set_input_files({**file, "buffer": fill_in(template, {"1.1": THEIRS})})
    page.get_by_label("Van wie zijn deze woorden?").fill(WHOSE)
    page.get_by_label("Waarom mogen jullie ze gebruiken?").fill("Wij schreven ze zelf")
    page.get_by_role("button", name="Eerst nakijken").click()
    expect(page.get_by_text("In dit kader staat geen 1.99")).to_be_visible()
    insist_sound(page)
    page.get_by_role("link", name=re.compile("Wat er geladen wordt")).click()
    expect(page.get_by_text(THEIRS)).to_be_visible()
    insist_sound(page)
    page.get_by_role("button", name="Laad deze 1 tekst").click()
    expect(page.get_by_text("Jullie mensen lezen vanaf nu deze woorden")).to_be_visible()
    insist_sound(page)


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_who_judges_reads_the_words_that_the_coordinator_loaded_and_the_certificate_has_them(
    cast: Cast, seen_by: SeenBy, viewport: dict[str, int]
) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    load(seen_by(cast.coordinator, viewport), cast)
    judge = seen_by(cast.assessors[0], viewport)
    judge.goto(reverse("assessment:judge", args=[procedure.ref, "1.1"]))
    expect(judge.get_by_role("heading", level=1)).to_contain_text(THEIRS)
    mark = judge.locator(".words-mark")
    expect(mark).to_have_count(1)
    expect(mark).to_contain_text(f"zijn die van {WHOSE}, geladen op")
    insist_sound(judge)
    mark.get_by_role("link").click()
    expect(judge).to_have_url(re.compile(r"/kaders/klein/1/\?woorden=bekwaam$"))
    expect(judge.locator("main")).to_contain_text("competence 1.1")
    insist_sound(judge)
    cast.bring_on(procedure, Point.ISSUED, since=Point.DECLARED)
    candidate = seen_by(cast.candidate, viewport)
    assert squeezed(THEIRS) in squeezed("".join(certificate(candidate, procedure)))
    assert squeezed(f"op dit certificaat 1 van {WHOSE}") in squeezed(
        "".join(certificate(candidate, procedure))
    )


def certificate(page: Page, procedure: Procedure) -> list[str]:
    page.goto(reverse("certificates:outcome", args=[procedure.ref]))
    with page.expect_download() as download:
        page.locator(f"a[href='{reverse('certificates:certificate', args=[procedure.ref])}']").first.click()
    return page_texts(Path(download.value.path()).read_bytes())


def test_who_belongs_to_another_provider_or_to_none_reads_ours(cast: Cast, seen_by: SeenBy) -> None:
    publish(None, indicator_standard())
    load(seen_by(cast.coordinator), cast)
    own = seen_by(cast.guide)
    own.goto("/kaders/klein/1/1.1/")
    expect(own.get_by_role("heading", level=1)).to_have_text(THEIRS)
    for person in (cast.outsider, None):
        page = seen_by(person)
        page.goto("/kaders/klein/1/1.1/")
        expect(page.get_by_role("heading", level=1)).to_have_text("competence 1.1")
        assert THEIRS not in page.content() and WHOSE not in page.content()


def test_ours_are_back_once_the_words_are_withdrawn(cast: Cast, seen_by: SeenBy) -> None:
    page = seen_by(cast.coordinator)
    load(page, cast)
    page.get_by_text("Deze woorden intrekken").click()
    page.get_by_role("button", name="Trek in").click()
    expect(page.get_by_text("lezen weer de teksten van Bekwaam")).to_be_visible()
    insist_sound(page)
    page.goto("/kaders/klein/1/1.1/")
    expect(page.get_by_role("heading", level=1)).to_have_text("competence 1.1")
