"""Spreadsheets are read cell by cell; what is hostile or unclear is refused or told, never guessed."""

from __future__ import annotations

import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from bekwaam.frameworks.exchange.sheets.book import MAX_ROWS, Book, Notes
from bekwaam.frameworks.exchange.sheets.headed import Column, Record, headed
from bekwaam.frameworks.exchange.sheets.numbers import is_date, shown
from bekwaam.frameworks.exchange.sheets.opening import read_sheets
from bekwaam.frameworks.exchange.sheets.xlsx_cells import escaped, unescaped
from tests.frameworks.exchange.sheets import saved, with_part, xlsx, zipped

COLUMNS = (
    Column("code", "Code", needed=True, own_each_row=True),
    Column("kind", "Kind"),
    Column("text", "Description", ("tekst", "text"), own_each_row=True),
)


def read(data: bytes) -> Book:
    return read_sheets(data, "bestand")


def texts(data: bytes) -> list[dict[int, str]]:
    book = read(data)
    assert book.faults == ()
    return [row.texts for sheet in book.sheets for row in sheet.rows]


def table(data: bytes) -> tuple[list[Record], Notes]:
    book, notes = read(data), Notes("bestand")
    assert book.faults == ()
    found = headed(book.sheets[0], COLUMNS, notes)
    return (list(found.records()) if found else []), notes


def told(notes: Notes) -> list[tuple[str, str]]:
    return [(fault.reason, fault.cell) for fault in (*notes.faults.sorted(), *notes.repairs.sorted())]


# What is no spreadsheet, or not one that is opened ---------------------------------------------------

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORKBOOK = "<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>{}</workbook>"
MIME = "application/vnd.oasis.opendocument.spreadsheet"
REFUSED: list[tuple[bytes, str]] = [
    (b"", "empty"),
    (b"  \n", "empty"),
    (b"%PDF-1.7 enzovoort", "not_a_spreadsheet"),
    (b"<html><table><tr><td>1</td></tr></table></html>", "not_a_spreadsheet"),
    (b'{"id": 1}', "not_a_spreadsheet"),
    (b"{\\rtf1 tekst}", "not_a_spreadsheet"),
    (b"\x89PNG\r\n\x1a\n\0\0\0", "not_a_spreadsheet"),
    (OLE + "Workbook".encode("utf-16-le"), "old_excel"),
    (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    (zipped({"mimetype": MIME, "content.xml": "<a/>"}), "open_document"),
    (zipped({"[Content_Types].xml": "<a/>", "xl/workbook.bin": "x"}), "other_excel"),
    (zipped({"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"}), "not_a_spreadsheet"),
    (zipped({"foto.jpg": "x"}), "not_a_spreadsheet"),
    (xlsx(["Code"])[:-300], "damaged"),
    (b"PK\x03\x04" + b"x" * 100, "damaged"),
    (b"x" * 20_000_001, "too_large"),
    (b"a;b\n1;\x81\x8d", "not_utf8"),
    (b"\xff\xfea", "not_utf8"),
    (("a;b\n" * (MAX_ROWS + 2)).encode(), "too_many_rows"),
    (b'a;b\n"' + b"x" * 300_000, "syntax"),
    (zipped({"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a><b></a>"}), "damaged"),
    (zipped({"[Content_Types].xml": "<a/>", "xl/styles.xml": "<a/>"}), "damaged"),
    (
        zipped({
            "[Content_Types].xml": "<a/>",
            "xl/workbook.xml": "<!DOCTYPE a [<!ENTITY x 'xxxxxxxxxx'>]><a>&x;</a>",
        }),
        "damaged",
    ),
    (
        zipped({
            "[Content_Types].xml": "<a/>",
            "xl/workbook.xml": WORKBOOK.format("<sheet name='a'/>" * 51),
        }),
        "too_many_sheets",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("data", "reason"), REFUSED, ids=[f"{n}-{r}" for n, (_, r) in enumerate(REFUSED)])
def test_what_cannot_be_read_is_refused_in_one_sentence(data: bytes, reason: str) -> None:
    book = read(data)
    assert [fault.reason for fault in book.faults] == [reason]
    assert book.sheets == ()
    (fault,) = book.faults
    assert fault.text("nl") != fault.text("en")
    assert "{" not in fault.text("nl")


def test_what_a_file_is_follows_from_its_content_and_not_from_its_name() -> None:
    assert read_sheets(xlsx(["a", "b"]), "lijst.csv").sheets[0].rows[0].texts == {0: "a", 1: "b"}
    assert read_sheets(b"a;b", "lijst.xlsx").sheets[0].rows[0].texts == {0: "a", 1: "b"}


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = with_part(xlsx(["a"]), "xl/worksheets/sheet1.xml", b" " * 200_000_000)
    assert len(bomb) < 1_000_000
    tracemalloc.start()
    book = read(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [fault.reason for fault in book.faults] == ["too_large"]
    assert peak < 20_000_000


def test_a_directory_with_a_million_names_is_not_gone_through() -> None:
    many = zipped({f"{n}": b"" for n in range(20_000)} | {"[Content_Types].xml": "<a/>"})
    assert [fault.reason for fault in read(many).faults] == ["too_large"]


def test_a_part_that_says_it_is_smaller_than_it_is_gives_no_more_than_it_says() -> None:
    data = bytearray(with_part(xlsx(["a"]), "xl/worksheets/sheet1.xml", b" " * 1_000_000))
    at = 0
    while (at := data.find((1_000_000).to_bytes(4, "little"), at)) >= 0:
        data[at : at + 4] = (10).to_bytes(4, "little")
    assert [fault.reason for fault in read(bytes(data)).faults] == ["damaged"]


@pytest.mark.parametrize(
    "content",
    [
        b"<worksheet a='" + b"x" * 30_000_000 + b"'/>",
        b"<worksheet><!--" + b"x" * 30_000_000 + b"--></worksheet>",
        b"<worksheet " + b" " * 30_000_000 + b"/>",
    ],
    ids=["attribute", "comment", "tag"],
)
def test_a_tag_without_an_end_is_not_gone_through_again_and_again(content: bytes) -> None:
    # Each of these is sound XML; it is refused for its length alone.
    book = read(with_part(xlsx(["a"]), "xl/worksheets/sheet1.xml", content))
    assert [fault.reason for fault in book.faults] == ["damaged"]


def test_a_long_text_in_a_cell_is_no_tag_without_an_end() -> None:
    text = "lang " * 600_000
    cell = f"<c t='inlineStr'><is><t>{text}</t></is></c>"
    part = f"<worksheet><sheetData><row>{cell}</row></sheetData></worksheet>"
    (row,) = read(with_part(xlsx(["a"]), "xl/worksheets/sheet1.xml", part.encode())).sheets[0].rows
    assert row.texts == {0: text}


def test_styles_without_end_are_refused() -> None:
    styles = "<styleSheet><cellXfs>" + "<xf numFmtId='1'/>" * 80_000 + "</cellXfs></styleSheet>"
    book = read(with_part(xlsx(["a"]), "xl/styles.xml", styles.encode()))
    assert [fault.reason for fault in book.faults] == ["too_large"]


def test_rows_beyond_the_most_that_is_read_are_refused_with_the_sheet() -> None:
    rows = "".join(f"<row><c t='inlineStr'><is><t>{n}</t></is></c></row>" for n in range(MAX_ROWS + 1))
    part = f"<worksheet xmlns='http://a'><sheetData>{rows}</sheetData></worksheet>"
    (fault,) = read(with_part(xlsx(["a"]), "xl/worksheets/sheet1.xml", part.encode())).faults
    assert fault.reason == "too_many_rows"
    assert fault.cell == f"Blad1!A{MAX_ROWS + 1}"


# XLSX ---------------------------------------------------------------------------------------------------


def test_texts_come_out_as_they_were_typed() -> None:
    rich = CellRichText("half ", TextBlock(InlineFont(b=True), "vet"))
    rows = [["=niet zo", None, "b"], [rich], [True, False], ["  ", "'x"]]
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.active["A1"].data_type = "s"
    assert texts(saved(book)) == [
        {0: "=niet zo", 2: "b"}, {0: "half vet"}, {0: "TRUE", 1: "FALSE"}, {1: "'x"},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "form", "text", "may_have_lost"),
    [
        (1.1, "General", "1.1", True),
        (1.10, "0.00", "1.10", False),
        (1.1, "0.0", "1.1", False),
        (1.15, "0.0", "1.15", False),
        (17, "General", "17", False),
        (4, "000", "004", False),
        (1234, "#,##0", "1234", False),
        (0.8, "0%", "80%", False),
        (1.1, "@", "1.1", True),
        (-2.5, "0.00", "-2.50", False),
        (1e21, "General", "1e+21", False),
        (3, '0.00" euro"', "3.00", False),
    ],
)
def test_a_number_reads_as_its_format_shows_it(
    number: float, form: str, text: str, may_have_lost: bool
) -> None:
    book = Workbook()
    book.active.append([number])
    book.active["A1"].number_format = form
    (row,) = read(saved(book)).sheets[0].rows
    assert row.texts == {0: text}
    assert (0 in row.odd and row.odd[0].reason == "number") is may_have_lost


def test_the_noise_in_a_number_that_excel_writes_is_no_part_of_it() -> None:
    assert shown("1.1000000000000001", "General") == ("1.1", True)
    assert shown("2.2999999999999998", "General") == ("2.3", True)


@pytest.mark.parametrize(
    ("form", "date_or_not"),
    [
        ("General", False), ("0.00", False), ('0 "dagen"', False), ("[Red]0", False), ("d-m-yyyy", True),
        ("[$-413]d mmmm yyyy", True), ("h:mm", True), ("[h]:mm", True), ("_-* #,##0_-", False),
    ],
)  # fmt: skip
def test_a_format_of_days_and_times_is_recognised(form: str, date_or_not: bool) -> None:
    assert is_date(form) is date_or_not


def test_dates_formulas_and_error_values_are_told_when_their_cell_is_used() -> None:
    book = Workbook()
    book.active.append(["Code", "Soort", "Tekst", "iets anders"])
    book.active.append([date(2026, 2, 1), "=1+1", "goed", "=2"])
    book.active.append(["1.2", "x", "#REF!", None])
    book.active["C3"].data_type = "e"
    records, notes = table(saved(book))
    assert [record.text("code") for record in records] == ["2026-02-01", "1.2"]
    assert [record.text("text") for record in records] == ["goed", "#REF!"]
    assert records[0].text("kind") == ""
    # The formula in a column that nobody uses is nobody's fault.
    assert told(notes) == [
        ("date", "Sheet!A2"), ("formula", "Sheet!B2"), ("error_value", "Sheet!C3"),
        ("unknown_column", "Sheet!D1"),
    ]  # fmt: skip


def test_days_may_count_from_1904() -> None:
    data = with_part(
        xlsx([date(2026, 2, 1)]),
        "xl/workbook.xml",
        b"<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' "
        b"xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'>"
        b"<workbookPr date1904='1'/><sheets><sheet name='a' r:id='rId1'/></sheets></workbook>",
    )
    assert read(data).sheets[0].rows[0].texts == {0: "2030-02-02"}


def test_cells_merged_downwards_hold_for_every_row_and_are_told() -> None:
    book = Workbook()
    for row in (["Code", "Soort", "Tekst"], ["1", "x", "a"], ["2", None, "b"], ["3", None, "c"], [], ["5"]):
        book.active.append(row)
    book.active.merge_cells("B2:B4")
    book.active.merge_cells("B6:C6")
    records, notes = table(saved(book))
    assert [record.text("kind") for record in records] == ["x", "x", "x", ""]
    assert told(notes) == [("merged", "Sheet!B3"), ("merged", "Sheet!B4")]
    assert notes.faults.sorted() == ()
    assert "B2" in notes.repairs.sorted()[0].text("nl")


def test_merged_cells_where_every_row_needs_its_own_are_a_fault() -> None:
    book = Workbook()
    for row in (["Code", "Soort", "Tekst"], ["1", "x", "a"], [None, "y", None]):
        book.active.append(row)
    book.active.merge_cells("C2:C3")
    records, notes = table(saved(book))
    assert [record.text("text") for record in records] == ["a", "a"]
    assert [(fault.reason, fault.cell) for fault in notes.faults.sorted()] == [("merged", "Sheet!C3")]


def test_parts_with_a_prefix_for_every_name_are_read_too() -> None:
    part = (
        b"<x:worksheet xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><x:sheetData>"
        b"<x:row r='4'><x:c t='str' r='B4'><x:v>goed</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row>"
        b"</x:sheetData></x:worksheet>"
    )
    data = with_part(xlsx(["a"]), "xl/worksheets/sheet1.xml", part)
    (row,) = read(data).sheets[0].rows
    assert (row.number, row.texts) == (4, {1: "goed", 2: "2"})


@pytest.mark.parametrize("text", ["a\rb", "_x000D_", "a_x0041_b", "tab\tregel\nnog", "\x0b\x1f"])
def test_what_xml_cannot_hold_survives(text: str) -> None:
    assert unescaped(escaped(text)) == text


def test_odd_addresses_styles_and_texts_by_number_do_no_harm() -> None:
    part = (
        b"<worksheet xmlns='http://a'><sheetData><row r='x'><c r='?' t='s'><v>99</v></c>"
        b"<c r='ZZZ9999999'><v>1</v></c><c s='77'><v>1</v></c><c><v>geen</v></c><c><v>nan</v></c>"
        b"</row></sheetData><mergeCells><mergeCell ref='A1'/><mergeCell ref='A1:XFD1048576'/></mergeCells>"
        b"</worksheet>"
    )
    book = read(with_part(xlsx(["a"]), "xl/worksheets/sheet1.xml", part))
    assert book.faults == ()


# CSV --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        "Code;Tekst\n1.10;één, twee\n".encode(),
        "\ufeffCode;Tekst\r\n1.10;één, twee\r\n".encode(),
        'Code,Tekst\n1.10,"één, twee"\n'.encode(),
        "Code\tTekst\n1.10\téén, twee\n".encode(),
        "Code;Tekst\n1.10;één, twee\n".encode("utf-16"),
        'sep=|\nCode|Tekst\n1.10|"één, twee"\n'.encode(),
        'Code;Tekst\n1.10;"één, twee"'.encode(),
    ],
)
def test_a_csv_is_read_however_a_program_wrote_it(data: bytes) -> None:
    assert texts(data) == [{0: "Code", 1: "Tekst"}, {0: "1.10", 1: "één, twee"}]


def test_windows_1252_is_read_and_told() -> None:
    book = read("Code;Tekst\n1;één € – ’s\n".encode("cp1252"))
    assert book.sheets[0].rows[1].texts == {0: "1", 1: "één € – ’s"}
    assert [repair.reason for repair in book.repairs] == ["windows_1252"]


def test_a_formula_in_a_csv_is_a_formula_too() -> None:
    records, notes = table(b"Code;Tekst\n1;=1+1\n2;- gewoon\n")
    assert [record.text("text") for record in records] == ["=1+1", "- gewoon"]
    assert told(notes) == [("formula", "B2")]


def test_lines_within_a_cell_do_not_shift_the_rows() -> None:
    records, notes = table(b'Code;Tekst\n1;"twee\n  regels "\n2;=x\n')
    assert records[0].text("text") == "twee\nregels"
    assert [record.text("text") for record in records[1:]] == ["=x"]
    assert told(notes) == [("formula", "B3")]


# Headings ------------------------------------------------------------------------------------------


def test_headings_stand_in_any_order_in_either_language_below_a_title() -> None:
    records, notes = table(xlsx(["Ons kader"], [], ["tekst", "KIND", " code "], ["a", "b", "c"]))
    (record,) = records
    assert [record.text(key) for key in ("code", "kind", "text")] == ["c", "b", "a"]
    assert record.place("kind") == "Blad1!B4"
    assert told(notes) == []


def test_columns_that_are_missing_unknown_or_double_are_told() -> None:
    records, notes = table(
        xlsx(["Soort", "Beschrijvign", "Tekst", "Text", "Eigenaar"], ["a", "b", "c", "d", "e"])
    )
    assert records[0].text("text") == "c"
    assert told(notes) == [
        ("missing_column", "Blad1!A1"), ("unknown_column", "Blad1!B1"), ("duplicate_column", "Blad1!D1"),
        ("unknown_column", "Blad1!E1"),
    ]  # fmt: skip
    near = notes.repairs.sorted()[0]
    assert near.text("nl").endswith('Bedoel je "Beschrijving"?')
    assert near.text("en").endswith('Did you mean "Description"?')


def test_a_sheet_without_headings_is_refused_with_those_that_are_needed() -> None:
    records, notes = table(xlsx(["1.1", "iets"], ["1.2", "anders"]))
    assert records == []
    (fault,) = notes.faults.sorted()
    assert fault.reason == "no_headings"
    assert "Code" in fault.text("nl")


def test_a_long_text_goes_on_in_a_second_column_of_the_same_name() -> None:
    records, notes = table(xlsx(["Code", "Tekst (2)", "Tekst"], ["1", "werk", "hand"]))
    assert records[0].text("text") == "handwerk"
    assert told(notes) == []


def test_the_file_is_only_ever_read(tmp_path: Path) -> None:
    data = xlsx(["a", "b"])
    assert read(data) == read(data)
