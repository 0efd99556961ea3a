"""Loading a spreadsheet into a draft: the report by cell, the good rows, and files that are none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from bekwaam.frameworks.editing.start import start_empty
from bekwaam.frameworks.exchange.workbook import read_workbook, write_workbook
from bekwaam.frameworks.model import Text
from bekwaam.services.frameworks.drafts import start_draft
from bekwaam.store.models import AuditEntry, FrameworkDraft
from tests.cast import Cast
from tests.web.frameworks.drafting.conftest import WHOLE, Desk

pytestmark = [pytest.mark.database, pytest.mark.django_db]
PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)


def column(sheet: Any, name: str) -> int:
    return next(cell.column for cell in sheet[1] if str(cell.value).lower().startswith(name))


def spoiled(spoil: Callable[[Any], None]) -> bytes:
    """Return the small standard as a spreadsheet in which somebody changed something."""
    book = load_workbook(BytesIO(write_workbook(replace(WHOLE, id="blad"))))
    spoil(book["Onderdelen"])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def row_of(sheet: Any, code: str) -> int:
    at = column(sheet, "code")
    return next(row for row in range(2, sheet.max_row + 1) if str(sheet.cell(row, at).value) == code)


def load(desk: Desk, data: bytes, name: str = "kader.xlsx") -> Any:
    return desk.send("spreadsheet", file=SimpleUploadedFile(name, data))


@pytest.fixture
def empty(desk: Desk, cast: Cast) -> Desk:
    begun = start_empty("leeg", "1", "standard", Text("Leeg", "Empty"))
    return Desk(desk.client, start_draft(cast.coordinator, cast.provider, begun))


def two_bad_rows(sheet: Any) -> None:
    sheet.cell(row_of(sheet, "1.2"), column(sheet, "soort")).value = "gedicht"
    sheet.cell(row_of(sheet, "1.3.vb1"), column(sheet, "stadium")).value = "ooit"


def test_the_report_names_every_bad_cell_and_nothing_is_written_yet(empty: Desk) -> None:
    assert load(empty, spoiled(two_bad_rows))["Location"] == empty.url("spreadsheet")
    text = empty.page("spreadsheet")
    sheet = load_workbook(BytesIO(write_workbook(WHOLE)))["Onderdelen"]
    for code in ("1.2", "1.3.vb1"):
        assert f"{row_of(sheet, code)}</th>" in text
    assert "gedicht" in text and "ooit" in text
    assert "1.2.sb1, 1.2.vb1, 1.2.vv1." in text
    assert empty.held().items == ()
    assert "ligt een spreadsheet klaar" in empty.page("draft")


def test_the_good_rows_are_taken_over_and_the_rest_after_mending(empty: Desk) -> None:
    load(empty, spoiled(two_bad_rows))
    empty.send("spreadsheet", do="replace")
    held = empty.held()
    assert {"1", "1.1", "1.3", "1.3.sb1", "L1"} <= held.by_code.keys()
    assert not {"1.2", "1.2.sb1", "1.3.vb1"} & held.by_code.keys()
    assert held.id == "leeg"
    assert AuditEntry.objects.filter(code="framework.loaded").count() == 1
    load(empty, spoiled(lambda sheet: None))
    empty.send("spreadsheet", do="add")
    assert set(empty.held().by_code) == set(WHOLE.by_code)
    assert FrameworkDraft.objects.get(pk=empty.draft.pk).waiting is None


def test_a_mended_spreadsheet_takes_the_place_of_the_one_that_waits(empty: Desk) -> None:
    load(empty, spoiled(two_bad_rows))
    load(empty, spoiled(lambda sheet: None))
    assert "Elke rij is goed." in empty.page("spreadsheet")
    empty.send("spreadsheet", do="forget")
    assert "Elke rij is goed." not in empty.page("spreadsheet")
    assert empty.held().items == ()
    assert empty.send("spreadsheet", do="replace").status_code == 403


def test_what_is_in_a_draft_goes_out_and_comes_back_the_same(desk: Desk) -> None:
    before = desk.held()
    data = desk.client.get(desk.url("download")).content
    assert read_workbook(data, "kader.xlsx").faults == ()
    load(desk, data)
    desk.send("spreadsheet", do="replace")
    assert desk.held() == before


def test_a_merged_cell_and_a_formula_are_told_by_cell(empty: Desk) -> None:
    def spoil(sheet: Any) -> None:
        at = column(sheet, "titel")
        sheet.cell(row_of(sheet, "1.1"), at).value = "=A1"
        sheet.merge_cells(
            start_row=row_of(sheet, "1.2"), end_row=row_of(sheet, "1.2.sb1"), start_column=at, end_column=at
        )

    load(empty, spoiled(spoil))
    text = empty.page("spreadsheet")
    sheet = load_workbook(BytesIO(write_workbook(WHOLE)))["Onderdelen"]
    assert str(row_of(sheet, "1.1")) in text and "formule" in text.lower()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("kader.xlsx", PNG),
        ("kader.xlsx", b""),
        ("kader.xlsx", b"PK\x03\x04" + bytes(100)),
        ("kader.csv", "code;soort;titel\nñ".encode("utf-16-be")),
        ("kader.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    ],
    ids=["png", "empty", "broken", "encoding", "old"],
)  # fmt: skip
def test_what_is_no_spreadsheet_is_refused_with_a_sentence(empty: Desk, name: str, data: bytes) -> None:
    response = load(empty, data, name)
    assert response.status_code == 422
    assert response.context["form"].errors["file"]
    assert FrameworkDraft.objects.get(pk=empty.draft.pk).waiting is None


def test_a_file_of_sixty_megabytes_is_refused_before_it_is_read(
    empty: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(data: bytes, name: str) -> Any:
        raise AssertionError("it was read")

    monkeypatch.setattr("bekwaam.services.frameworks.loading.read_workbook", never)
    response = load(empty, bytes(60 * 1024 * 1024))
    assert response.status_code == 422
    assert "60 MB" in str(response.context["form"].errors["file"])


def test_a_csv_of_a_dutch_excel_is_read(empty: Desk) -> None:
    text = "code;soort;titel (nederlands);tekst (nederlands)\n1;cluster;Één;\n"
    response = load(empty, text.encode("cp1252"), "kader.csv")
    assert response.status_code in (302, 422)
    if response.status_code == 302:
        assert "Één" in empty.page("spreadsheet")


def test_beginning_with_a_spreadsheet_shows_what_is_in_it_first(desk: Desk, cast: Cast) -> None:
    upload = SimpleUploadedFile("ons.xlsx", write_workbook(replace(WHOLE, id="blad")))
    response = desk.client.post(
        reverse("drafting:begin", args=[cast.provider.ref, "spreadsheet"]),
        {"file": upload, "title": "Van een blad", "version": "1"},
    )
    made = FrameworkDraft.objects.get(identifier="van-een-blad")
    assert response["Location"] == reverse("drafting:spreadsheet", args=[made.ref])
    other = Desk(desk.client, made)
    other.send("spreadsheet", do="replace")
    assert set(other.held().by_code) == set(WHOLE.by_code)


def test_the_template_can_be_filled_in(desk: Desk) -> None:
    data = desk.client.get(reverse("drafting:template")).content
    assert "Onderdelen" in load_workbook(BytesIO(data)).sheetnames


def test_a_spreadsheet_of_another_kind_is_refused_with_a_sentence(empty: Desk) -> None:
    book = Workbook()
    book.active.append(["boodschappen"])
    out = BytesIO()
    book.save(out)
    assert load(empty, out.getvalue()).status_code in (302, 422)
    assert empty.held().items == ()
