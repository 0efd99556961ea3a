"""A comparison as a spreadsheet: everything of both once, ready to read, and always the same bytes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from bekwaam.frameworks.compare import Comparison, compare
from bekwaam.frameworks.exchange import book
from bekwaam.frameworks.exchange.comparison_sheet import comparison_sheet
from bekwaam.frameworks.library import builtin_path, load_builtin
from bekwaam.frameworks.loading.pack import load_pack
from bekwaam.frameworks.model import Framework, Text
from tests.standards import small_standard

HBO = Path(__file__).parents[2] / "data" / "packs" / "verzonnen-hbo"
SIDES = "Naast elkaar"
LEFT, RIGHT = 2, 6  # where the codes of A and of B stand
DIFFERS = 10


def opened(comparison: Comparison, language: str = "nl") -> Workbook:
    return openpyxl.load_workbook(BytesIO(comparison_sheet(comparison, language)))


def rows(workbook: Workbook, name: str) -> list[tuple[object, ...]]:
    return list(workbook[name].iter_rows(min_row=2, values_only=True))


def changed(framework: Framework, code: str, **how: object) -> Framework:
    items = (replace(item, **how) if item.code == code else item for item in framework.items)  # type: ignore[arg-type]
    return replace(framework, version="2", items=tuple(items))


@pytest.fixture(scope="module")
def mbo_hbo() -> Comparison:
    return compare(load_builtin("evc-sociaal-werker-mbo"), load_pack(HBO, builtin_path))


def test_mbo_beside_hbo_comes_out_by_itself(mbo_hbo: Comparison) -> None:
    workbook = opened(mbo_hbo)
    assert workbook.sheetnames == ["In het kort", SIDES, "De kaders zelf", "Stadia", "Gedeelde module"]
    found = {(row[LEFT], row[RIGHT]): row for row in rows(workbook, SIDES)}
    assert found["1.1", "1.1"][1] == "Andere woorden"
    assert found["1.2", "1.3"][1] == "Andere code of plek"
    assert found["2.1", None][1] == "Alleen in A"
    assert found[None, "8.1"][1] == "Alleen in B"
    shared = {row[2] for row in rows(workbook, "Gedeelde module")}
    assert shared == {item.code for item in load_builtin("leefgebieden-sociaal-werk").items}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_item_of_both_stands_in_it_once(mbo_hbo: Comparison, language: str) -> None:
    workbook = opened(mbo_hbo, language)
    sides = rows(workbook, workbook.sheetnames[1])
    shared = [row[2] for row in rows(workbook, workbook.sheetnames[-1])]
    for framework, place in ((mbo_hbo.a, LEFT), (mbo_hbo.b, RIGHT)):
        there = [row[place] for row in sides if row[place]]
        assert Counter([*there, *shared]) == Counter(item.code for item in framework.items)


def test_the_counts_are_those_of_the_rows(mbo_hbo: Comparison) -> None:
    workbook = opened(mbo_hbo)
    told = [row for row in rows(workbook, "In het kort") if isinstance(row[1], int)]
    counted = Counter((row[0], row[1]) for row in rows(workbook, SIDES))
    names = ("Hetzelfde", "Andere woorden", "Andere code of plek", "Alleen in A", "Alleen in B")
    for kind, total, *numbers in told[:-1]:
        assert numbers == [counted[kind, name] for name in names]
        assert total == sum(numbers)
    assert told[-1][1] == len(rows(workbook, "Gedeelde module"))


@pytest.mark.parametrize(
    ("code", "how", "said"),
    [
        ("1.1", {"text": Text("Anders", "Other")}, "Tekst"),
        ("1.1", {"title": Text("competence 1.1", "Otherwise")}, "Titel (Engels)"),
        ("1.1.vb1", {"stage": "vakvolwassen"}, "Stadium"),
        ("1.1.vb1", {"parent": "1.2"}, "Plaats"),
    ],
)
def test_what_differs_is_said(code: str, how: dict[str, object], said: str) -> None:
    standard = small_standard()
    workbook = opened(compare(standard, changed(standard, code, **how)))
    assert {row[LEFT]: row[DIFFERS] for row in rows(workbook, SIDES) if row[DIFFERS]} == {code: said}


def test_another_code_is_said(mbo_hbo: Comparison) -> None:
    found = {row[LEFT]: row[DIFFERS] for row in rows(opened(mbo_hbo), SIDES)}
    assert found["1.2"] == "Tekst, Code"


def test_two_that_are_the_same_say_so() -> None:
    standard = small_standard()
    workbook = opened(compare(standard, standard))
    assert "Deze twee hebben dezelfde inhoud." in [row[0] for row in rows(workbook, "In het kort")]
    assert {row[1] for row in rows(workbook, SIDES)} == {"Hetzelfde"}


def test_it_is_ready_to_read_and_to_filter(mbo_hbo: Comparison) -> None:
    sheet = opened(mbo_hbo)[SIDES]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:M{sheet.max_row}"
    assert sheet["D2"].alignment.wrap_text
    assert sheet.column_dimensions["E"].width == 60


def test_the_same_comparison_gives_the_same_bytes(
    mbo_hbo: Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = comparison_sheet(mbo_hbo, "nl")
    # Years later, as far as the parts of the file can tell.
    monkeypatch.setattr("zipfile.time.localtime", lambda *_: (2031, 5, 6, 7, 8, 9, 0, 0, 0))
    assert comparison_sheet(mbo_hbo, "nl") == written


def test_what_looks_like_a_formula_stays_a_text() -> None:
    standard = small_standard()
    odd = changed(standard, "1.1", title=Text("=1+1", "=1+1"), text=Text("a\x00b\x0bc", "x"))
    cells = {cell.value: cell for row in opened(compare(odd, odd))[SIDES].iter_rows() for cell in row}
    assert cells["=1+1"].data_type == "s"
    assert "a_x0000_b_x000B_c" in cells


def test_a_name_that_a_sheet_cannot_have_is_made_to_fit() -> None:
    made = book.Book("T", "nl")
    made.table("a/b:c" + "x" * 40, [book.Column("K", 5)], [])
    assert openpyxl.load_workbook(BytesIO(made.bytes())).sheetnames == ["a b c" + "x" * 26]
