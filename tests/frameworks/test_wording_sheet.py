"""Words of one's own from a spreadsheet: every sound cell is taken, every other one is named."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from bekwaam.frameworks.exchange.wording_sheet import WordingReading, read_wording
from bekwaam.frameworks.exchange.wording_template import wording_template_csv, wording_template_xlsx
from bekwaam.frameworks.library import builtin_ids, load_builtin
from bekwaam.frameworks.model import Framework, Item, Text
from bekwaam.frameworks.worded import slots
from tests.standards import SOURCE, small_standard

HEAD = ["code", "titel nl", "tekst nl", "titel en", "tekst en"]


@pytest.fixture
def small() -> Framework:
    """Return a standard in which 1.1.sb1 has a text only and L1 a title only."""
    found = small_standard()
    changed = {"1.1.sb1": {"title": None}, "L1": {"text": None}}
    items = tuple(replace(one, **changed.get(one.code, {})) for one in found.items)
    return replace(found, items=items)


def sheet(*rows: list[Any], head: list[str] | None = None, title: str = "Woorden") -> bytes:
    book = Workbook()
    page: Any = book.active
    page.title = title
    for row in (head or HEAD, *rows):
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv(*rows: str, head: str = ";".join(HEAD)) -> bytes:
    return "\r\n".join([head, *rows]).encode()


def read(framework: Framework, data: bytes) -> WordingReading:
    return read_wording(data, "woorden", framework)


def said(reading: WordingReading) -> list[tuple[str, str]]:
    """Return the place and the reason of every fault."""
    return [(fault.cell, fault.reason) for fault in reading.faults]


@pytest.mark.parametrize("data", [sheet, csv], ids=["xlsx", "csv"])
def test_texts_are_read_by_code_part_and_language(small: Framework, data: Any) -> None:
    row = ["1.1", "Titel", "Tekst; met leesteken", "Title", ""]
    given = sheet(row) if data is sheet else csv('1.1;Titel;"Tekst; met leesteken";Title;')
    reading = read(small, given)
    assert reading.texts.to_data() == {
        "1.1": {"title": {"nl": "Titel", "en": "Title"}, "text": {"nl": "Tekst; met leesteken"}}
    }
    assert not reading.faults and not reading.repairs


@pytest.mark.parametrize(
    "head",
    [
        ["Code", "Title NL", "Text NL", "Title EN", "Text EN"],
        ["CODE ", "titel_nl", "tekst-nl", "titel en", "tekst en"],
    ],
)
def test_headings_are_known_in_both_languages(small: Framework, head: list[str]) -> None:
    reading = read(small, sheet(["1.1", "a", "b", "c", "d"], head=head))
    assert len(reading.texts) == 4


def test_columns_stand_in_any_order_and_those_that_mean_nothing_are_named(small: Framework) -> None:
    reading = read(small, sheet(["Tekst", "Piet", "1.1"], head=["tekst nl", "wie", "code"]))
    assert reading.texts.to_data() == {"1.1": {"text": {"nl": "Tekst"}}}
    assert [repair.values["heading"] for repair in reading.repairs] == ["wie"]
    assert not reading.faults


def test_every_bad_cell_is_named_and_every_good_one_is_taken(small: Framework) -> None:
    reading = read(
        small,
        sheet(
            ["1.1", "Goed", "<b>Vet</b>", None, None],
            ["1.9", "Bestaat niet", None, None, None],
            [None, "Zonder code", None, None, None],
            ["L1", "Goed", "Heeft geen tekst", None, None],
            ["1.1.sb1", "Heeft geen titel", "Goed", None, None],
            ["1.1", "Nog eens", None, None, None],
            ["1.2", "x" * 501, "Goed", None, "y" * 10_001],
            ["1.3", "Wordt \u202eomgedraaid", "Goed", None, None],
            ["qqqqqq", "Lijkt op niets", None, None, None],
            ["1.3.sb1", "=1+1", "Goed", None, None],
        ),
    )
    assert said(reading) == [
        ("Woorden!C2", "html"),
        ("Woorden!A3", "unknown_code"),
        ("Woorden!A4", "no_code"),
        ("Woorden!C5", "no_place"),
        ("Woorden!B6", "no_place"),
        ("Woorden!A7", "duplicate_code"),
        ("Woorden!B8", "too_long"),
        ("Woorden!E8", "too_long"),
        ("Woorden!B9", "character"),
        ("Woorden!A10", "unknown_code"),
        ("Woorden!B11", "formula"),
    ]
    assert reading.texts.to_data() == {
        "1.1": {"title": {"nl": "Goed"}},
        "L1": {"title": {"nl": "Goed"}},
        "1.1.sb1": {"text": {"nl": "Goed"}},
        "1.2": {"text": {"nl": "Goed"}},
        "1.3": {"text": {"nl": "Goed"}},
        "1.3.sb1": {"text": {"nl": "Goed"}},
    }
    for fault in reading.faults:
        assert fault.text("nl") and fault.text("nl") != fault.text("en"), fault.reason


@pytest.mark.parametrize(
    ("code", "near"),
    [("l1", "L1"), ("1,1", "1.1"), ("1.2.sb", "1.2.sb1"), ("1-3.VB1", "1.3.vb1"), ("1.9", None), ("8", None)],
)
def test_the_nearest_code_is_offered_where_there_is_one(
    small: Framework, code: str, near: str | None
) -> None:
    reading = read(small, csv(f"{code};Titel;;;"))
    assert [fault.values.get("near") for fault in reading.faults] == [near]


@pytest.mark.parametrize("text", ["3 < 5 en 7 > 2", "R&D", "a <-> b", "<3", "Jan & Piet; samen"])
def test_signs_that_only_look_like_html_are_a_text(small: Framework, text: str) -> None:
    reading = read(small, sheet(["1.1", None, text, None, None]))
    assert reading.texts.to_data() == {"1.1": {"text": {"nl": text}}}


@pytest.mark.parametrize("text", ["<p>x", "a<br/>b", "</div>", "x&nbsp;y", "&#233;", "<!-- niet -->"])
def test_html_is_named(small: Framework, text: str) -> None:
    assert said(read(small, sheet(["1.1", None, text, None, None]))) == [("Woorden!C2", "html")]


def test_a_code_that_became_a_number_is_read_as_it_shows(small: Framework) -> None:
    reading = read(small, sheet([1.1, "Titel", None, None, None], [1, "Cluster", None, None, None]))
    assert set(reading.texts.by_code) == {"1.1", "1"}


def test_merged_cells_are_named_and_the_rest_is_taken(small: Framework) -> None:
    book = load_workbook(
        io.BytesIO(
            sheet(["1.1", "Over twee rijen", "Goed", None, None], ["1.2", None, "Ook goed", None, None])
        )
    )
    page: Any = book.active
    page.merge_cells("B2:B3")
    out = io.BytesIO()
    book.save(out)
    reading = read(small, out.getvalue())
    assert {fault.reason for fault in reading.faults} == {"merged"}
    assert reading.texts.to_data()["1.2"] == {"text": {"nl": "Ook goed"}}


def test_rows_without_texts_are_passed_over_whatever_their_code(small: Framework) -> None:
    reading = read(small, csv(";;;;", "1.1;;;;", "weg;;;;", "1.2;Titel;;;"))
    assert set(reading.texts.by_code) == {"1.2"}
    assert not reading.faults


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "not_a_spreadsheet"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not_a_spreadsheet"),
        (b"zomaar wat tekst", "no_headings"),
        (b"code;soort\r\n1.1;competentie", "no_texts"),
        (b"titel nl;tekst nl\r\nTitel;Tekst", "missing_column"),
    ],
)
def test_a_file_that_is_no_such_sheet_is_refused_in_a_sentence(
    small: Framework, data: bytes, reason: str
) -> None:
    reading = read(small, data)
    assert not len(reading.texts)
    assert reason in {fault.reason for fault in reading.faults}


def test_the_sheet_with_the_words_is_found_among_others(small: Framework) -> None:
    book = load_workbook(io.BytesIO(sheet(["1.1", "Titel", None, None, None])))
    book.create_sheet("Uitleg", 0).append(["Lees dit eerst"])
    out = io.BytesIO()
    book.save(out)
    assert len(read(small, out.getvalue()).texts) == 1


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("template", [wording_template_xlsx, wording_template_csv], ids=["xlsx", "csv"])
@pytest.mark.parametrize("identifier", builtin_ids())
def test_an_untouched_template_of_any_pack_says_nothing_and_changes_nothing(
    identifier: str, template: Any, language: str
) -> None:
    pack = load_builtin(identifier)
    reading = read(pack, template(pack, language))
    assert not len(reading.texts) and not reading.faults and not reading.repairs


def test_a_template_holds_every_code_with_our_text_beside_an_empty_column(small: Framework) -> None:
    page: Any = load_workbook(io.BytesIO(wording_template_xlsx(small, "nl"))).worksheets[0]
    rows = list(page.iter_rows(values_only=True))
    assert rows[0][:6] == (
        "code",
        "soort",
        "titel nl in Bekwaam",
        "titel nl",
        "tekst nl in Bekwaam",
        "tekst nl",
    )
    assert [row[0] for row in rows[1:]] == [slot.code for slot in slots(small)]
    competence = next(row for row in rows if row[0] == "1.1")
    assert competence[:6] == ("1.1", "competenties", "competence 1.1", None, "1.1", None)


def test_a_filled_in_template_is_read_back(small: Framework) -> None:
    book = load_workbook(io.BytesIO(wording_template_xlsx(small, "nl")))
    page: Any = book.worksheets[0]
    for row in range(2, page.max_row + 1):
        if page.cell(row, 5).value:
            page.cell(row, 6).value = f"Van ons: {page.cell(row, 1).value}"
    out = io.BytesIO()
    book.save(out)
    reading = read(small, out.getvalue())
    assert not reading.faults and not reading.repairs
    expected = {slot.code: f"Van ons: {slot.code}" for slot in slots(small) if slot.text}
    assert {one.code: one.text for one in reading.texts} == expected


def test_no_text_in_a_template_runs_as_a_formula(small: Framework) -> None:
    evil = Item("X", "cluster", Text('=HYPERLINK("x")', "+1"), None, SOURCE)
    framework = replace(small, items=(evil,))
    page: Any = load_workbook(io.BytesIO(wording_template_xlsx(framework, "nl"))).worksheets[0]
    assert page["C5"].data_type == "s"
    assert ";\"'=HYPERLINK" in wording_template_csv(framework, "nl").decode("utf-8-sig")
