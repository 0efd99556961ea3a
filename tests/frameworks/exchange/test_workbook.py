"""A framework goes into a workbook and comes back whole; of a faulty one every cell is named."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from bekwaam.frameworks.checking import check_framework
from bekwaam.frameworks.exchange.outcome import Reading
from bekwaam.frameworks.exchange.workbook import read_workbook, template, write_workbook
from bekwaam.frameworks.exchange.workbook.names import ITEM_COLUMNS, SHEETS, kind_of
from bekwaam.frameworks.kind_names import KIND_NAMES
from bekwaam.frameworks.kind_singular import ONE_OF_KIND, one_of_kind
from bekwaam.frameworks.kinds import KINDS
from bekwaam.frameworks.library import builtin_ids, builtin_versions, load_builtin
from bekwaam.frameworks.loading.pack import load_pack
from bekwaam.frameworks.model import Framework, Item, Source, Text
from bekwaam.frameworks.rules import AllOf, AnyOf, Count, Share, UnitSet
from bekwaam.wording import LANGUAGES, say
from tests.frameworks.exchange.sheets import changed, with_part, xlsx
from tests.frameworks.packs import write_pack

TEMPLATE = template("nl")
EVERY = [(i, version) for i in builtin_ids() for version in builtin_versions(i)]


@pytest.fixture
def small(tmp_path: Path) -> Framework:
    return load_pack(write_pack(tmp_path / "klein"))


def cells(data: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = load_workbook(io.BytesIO(data))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def read(data: bytes) -> Reading:
    return read_workbook(data, "kader.xlsx")


def places(reading: Reading) -> list[tuple[str, str, str]]:
    return [(fault.reason, fault.cell, fault.item) for fault in reading.faults]


# There and back ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("identifier", "version"), EVERY)
def test_every_pack_comes_back_as_it_was(identifier: str, version: str, language: str) -> None:
    framework = load_builtin(identifier, version)
    data = write_workbook(framework, language=language)
    reading = read(data)
    assert (reading.faults, reading.repairs) == ((), ())
    assert reading.framework == framework
    again = write_workbook(reading.framework, language=language)
    assert again == data
    assert cells(again) == cells(data)


def test_what_came_from_elsewhere_comes_back_too(small: Framework) -> None:
    item = replace(
        small.items[0], sort=Text("Rubriek", "Heading"), uuid="3d6b4f1c-0000-4000-8000-000000000001",
        foreign='{"a":"  twee  spaties","b":"_x000D_"}', own=True, module="ander",
    )  # fmt: skip
    framework = replace(
        small, items=(item, *small.items[1:]), creator="Een ander", uuid="x", foreign='{"c":[1,2]}',
        supersedes="0.9", changed="2026-11-23T10:20:30Z", includes=("ander", "nog-een"), eqf=None,
    )  # fmt: skip
    reading = read(write_workbook(framework))
    assert reading.faults == ()
    assert reading.framework == framework


RULES = [
    Count(UnitSet("competence"), 1, "verder"),
    Share(UnitSet("indicator", within=("1.1",)), 50, "start", per="competence"),
    AllOf((
        Count(UnitSet("competence", codes=("1.1", "1.2")), 2),
        AnyOf((Share(UnitSet("life_domain"), 100), Count(UnitSet("competence"), 2, "start"))),
    )),
]  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_of_every_kind_come_back(small: Framework, rule: Any, language: str) -> None:
    framework = replace(small, rule=rule)
    reading = read(write_workbook(framework, language=language))
    assert reading.faults == ()
    assert reading.framework == framework


words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)


@settings(max_examples=25, deadline=None)
@given(st.lists(words, min_size=4, max_size=4))
def test_any_text_comes_back_also_one_that_looks_like_something_else(texts: list[str]) -> None:
    nl, en, section, uuid = (text.strip() or "a" for text in texts)
    item = Item("K", "beacon", Text(nl, en), Text(f"={nl}", f"'{en}"), Source("D", section), module="k")
    framework = Framework(
        "k", "1", "framework", Text(nl, en), Text("+1", "-1"), Source("D"), (), (replace(item, uuid=uuid),),
        documents={"D": Text("1.10", "1E5")},
    )  # fmt: skip
    reading = read(write_workbook(framework))
    assert reading.faults == ()
    assert reading.framework == framework


def test_a_text_longer_than_a_cell_can_hold_comes_back(small: Framework) -> None:
    long = "woord " * 12_000 + "eind"
    items = (replace(small.items[0], foreign=long, title=Text(long, "kort")), *small.items[1:])
    data = write_workbook(replace(small, items=items))
    assert max(len(str(cell)) for row in cells(data)["Onderdelen"] for cell in row) < 32_767
    reading = read(data)
    assert reading.framework is not None
    assert reading.framework.items == items


def test_every_kind_has_names_of_its_own() -> None:
    assert set(ONE_OF_KIND) == set(KINDS)
    for kind in KINDS:
        names = {
            kind,
            KINDS[kind].section,
            *(say(s, n[kind]) for s in LANGUAGES for n in (KIND_NAMES, ONE_OF_KIND)),
        }
        for name in names:
            assert kind_of(name) == kind, name
            assert kind_of(f" {name.upper()} ") == kind, name


def test_no_two_columns_go_by_the_same_name() -> None:
    names = [name for column in ITEM_COLUMNS for name in column.names()]
    assert len(names) == len(set(names))


def test_another_program_reads_it_as_text_with_lists_to_choose_from(small: Framework) -> None:
    book = load_workbook(io.BytesIO(write_workbook(small)))
    assert book.sheetnames == [say("nl", name) for name in SHEETS.values()]
    assert book["Lijsten"].sheet_state == "hidden"
    items = book["Onderdelen"]
    assert items.freeze_panes == "B2"
    assert items["A2"].number_format == "@"
    chosen = {str(one.sqref).split(":")[0] for one in items.data_validations.dataValidation}
    assert chosen == {"B2", "D2", "K2"}
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type == "s" or cell.value is None for cell in row)
    names = [cell.value for cell in book["Lijsten"]["A"] if cell.value]
    assert names == [one_of_kind(kind, "nl") for kind in KINDS]


# The template --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_is_itself_in_order(language: str) -> None:
    data = template(language)
    reading = read(data)
    assert (reading.faults, reading.repairs) == ((), ())
    assert reading.framework is not None
    assert {item.kind for item in reading.framework.items} >= {
        "cluster", "competence", "indicator", "life_domain", "theme",
    }  # fmt: skip
    assert template(language) == data
    assert cells(data)[say(language, SHEETS["about"])][2][0]


# What people do ---------------------------------------------------------------------------------


def spoilt(framework: Framework, change: Callable[[Workbook], None]) -> Reading:
    return read(changed(write_workbook(framework), change))


def put(**values: Any) -> Callable[[Workbook], None]:
    """Put values in cells of the sheet with the items, by their address."""

    def change(book: Workbook) -> None:
        for cell, value in values.items():
            book["Onderdelen"][cell] = value

    return change


FAULTY: list[tuple[Callable[[Workbook], None], str, str, str]] = [
    (put(A4="een twee"), "odd_code", "Onderdelen!A4", "een twee"),
    (put(A4=None), "missing_key", "Onderdelen!A4", ""),
    (put(A7="1.1"), "duplicate_code", "Onderdelen!A7", "1.1"),
    (put(B4="competensie"), "unknown_kind", "Onderdelen!B4", "1.1"),
    (put(B4=None), "missing_key", "Onderdelen!B4", "1.1"),
    (put(C4="9"), "dangling", "Onderdelen!C4", "1.1"),
    (put(C4="L1"), "wrong_place", "Onderdelen!C4", "1.1"),
    (put(B2="ander onderdeel", C2="G1"), "circle", "Onderdelen!C2", "G1"),
    (put(D5="meester"), "unknown_stage", "Onderdelen!D5", "1.1.st1"),
    (put(D5=None), "missing_stage", "Onderdelen!D5", "1.1.st1"),
    (put(D4="start"), "stage_not_here", "Onderdelen!D4", "1.1"),
    (put(E4=None), "missing_translation", "Onderdelen!E4", "1.1"),
    (put(G4=None, H4=None), "missing_key", "Onderdelen!G4", "1.1"),
    (put(I4="X"), "unknown_document", "Onderdelen!I4", "1.1"),
    (put(K4="misschien"), "neither_yes_nor_no", "Onderdelen!K4", "1.1"),
    (put(E4="=A4"), "formula", "Onderdelen!E4", "1.1"),
    (lambda book: book["Kader"].__setitem__("B2", "Klein Kader"), "odd_id", "Kader!B2", ""),
    (lambda book: book["Kader"].__setitem__("B9", "hoog"), "not_a_number", "Kader!B9", ""),
    (lambda book: book["Kader"].__setitem__("B9", 9), "out_of_range", "Kader!B9", ""),
    (lambda book: book["Kader"].__setitem__("B4", "kader"), "rule_without_standard", "", ""),
    (lambda book: book["Kader"].__setitem__("B5", None), "missing_translation", "Kader!B5", ""),
    (lambda book: book["Stadia"].__setitem__("A3", "start"), "duplicate_code", "Stadia!A3", "start"),
    (lambda book: book["Stadia"].__setitem__("B3", None), "missing_key", "Stadia!B3", "verder"),
    (lambda book: book["Documenten"].__setitem__("B2", None), "missing_translation", "Documenten!B2", "D"),
    (lambda book: book["Regel"].__setitem__("D2", 9), "asks_too_much", "Regel!D2", ""),
    (lambda book: book["Regel"].__setitem__("D2", "veel"), "not_a_number", "Regel!D2", ""),
    (lambda book: book["Regel"].__setitem__("D2", None), "missing_key", "Regel!D2", ""),
    (lambda book: book["Regel"].__setitem__("C2", "baken"), "empty_set", "Regel!C2", ""),
    (lambda book: book["Regel"].__setitem__("H2", "9.9"), "dangling", "Regel!H2", ""),
    (lambda book: book["Regel"].__setitem__("B2", "de som"), "unknown_rule_kind", "Regel!B2", ""),
    (lambda book: book["Regel"].append([None, "een aantal", "rol", "1"]), "two_rules", "Regel!A3", ""),
    (lambda book: book["Regel"].append(["4.1", "een aantal"]), "odd_number", "Regel!A3", ""),
    (lambda book: book["Regel"].append(["1", "een aantal"]), "duplicate_number", "Regel!A3", ""),
    (lambda book: book["Regel"].__setitem__("B2", "al deze regels"), "empty_rule", "Regel!B2", ""),
    (lambda book: book.remove(book["Regel"]), "no_rule", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("change", "reason", "cell", "code"), FAULTY)
def test_a_fault_is_named_with_its_cell_and_code(
    small: Framework, change: Callable[[Workbook], None], reason: str, cell: str, code: str
) -> None:
    reading = spoilt(small, change)
    assert (reason, cell, code) in places(reading)
    assert not reading.usable
    for fault in reading.faults:
        assert fault.file == "kader.xlsx"
        assert fault.text("nl") != fault.text("en")
        assert "{" not in fault.text("nl") + fault.text("en")
        for ours in ("title.", "missing_key", "life_domains", '"stages"', "at_least"):
            assert ours not in fault.text("nl")


def test_no_good_row_is_lost_to_a_faulty_one(small: Framework) -> None:
    reading = spoilt(small, put(A7="een twee", B5="indicatar", C6="weg", A9="1.1"))
    assert len(reading.faults) >= 4
    assert reading.framework is not None
    kept = [item.code for item in reading.framework.items]
    assert kept == ["G1", "1", "1.1", "1.1.st1", "1.1.ve1", "een twee", "L1", "L1.st"]
    for item in reading.framework.items:
        assert item.code not in [above.code for above in reading.framework.ancestors(item.code)]
        assert item.kind in KINDS
    good = {"G1", "1", "1.1", "L1", "L1.st"}
    for code in good:
        assert reading.framework.by_code[code] == small.by_code[code]


def test_every_faulty_row_is_told_in_one_go(small: Framework) -> None:
    reading = spoilt(small, put(**{f"B{row}": "iets" for row in range(2, 11)}))
    assert [cell for reason, cell, _ in places(reading) if reason == "unknown_kind"] == [
        f"Onderdelen!B{row}" for row in range(2, 11)
    ]


def test_columns_of_ones_own_and_another_order_are_no_trouble(small: Framework) -> None:
    def change(book: Workbook) -> None:
        book["Onderdelen"].insert_cols(2)
        book["Onderdelen"]["B1"] = "Wie doet dit"
        book["Onderdelen"]["B2"] = "=1+1"
        book.create_sheet("Planning", 0)["A1"] = "niet van ons"
        book.move_sheet("Onderdelen", -4)

    reading = spoilt(small, change)
    assert reading.faults == ()
    assert reading.framework == small
    assert [(one.reason, one.cell) for one in reading.repairs] == [
        ("unknown_sheet", ""), ("unknown_column", "Onderdelen!B1"),
    ]  # fmt: skip


def test_kinds_and_stages_may_be_typed_as_people_call_them(small: Framework) -> None:
    reading = spoilt(
        small, put(B4="Competenties", B5="behavioural indicator", D6="VE", B6="indicator", D10="Start")
    )
    assert [cell for _, cell, _ in places(reading)] == ["Onderdelen!B5"]
    assert reading.framework is not None
    assert reading.framework.by_code["1.1.ve1"] == small.by_code["1.1.ve1"]
    assert reading.framework.by_code["L1.st"] == small.by_code["L1.st"]


def test_a_source_is_handed_down_where_the_cells_are_empty(small: Framework) -> None:
    def change(book: Workbook) -> None:
        for row in range(2, 11):
            book["Onderdelen"][f"I{row}"] = book["Onderdelen"][f"J{row}"] = None
        book["Onderdelen"]["I3"], book["Onderdelen"]["J3"] = "D", "2"
        book["Onderdelen"]["J7"] = "3"

    reading = spoilt(small, change)
    assert reading.faults == ()
    assert reading.framework is not None
    sources = {item.code: item.source for item in reading.framework.items}
    assert sources["1.1.st1"] == sources["1.1"] == sources["1"] == Source("D", "2")
    assert sources["1.2"] == Source("D", "3")
    assert sources["L1.t1"] == sources["G1"] == Source("D")


def test_dutch_alone_will_do_and_is_told(small: Framework) -> None:
    def change(book: Workbook) -> None:
        book["Onderdelen"].delete_cols(8)
        book["Onderdelen"].delete_cols(6)

    reading = spoilt(small, change)
    assert reading.faults == ()
    assert reading.framework is not None
    assert reading.framework.by_code["1.2"].title == Text("Tweede", "Tweede")
    assert [(one.reason, one.values["number"]) for one in reading.repairs] == [("dutch_for_english", 11)]


def test_a_number_that_may_have_lost_its_zero_is_told_where_it_matters(small: Framework) -> None:
    reading = spoilt(small, put(A4=1.1, A7=1.2, C5=1.1, C6=1.1))
    assert reading.faults == ()
    assert reading.framework == small
    reading = spoilt(small, put(A7="1.10", C5=1.1, C6=1.1, A4=1.1))
    assert [(reason, cell) for reason, cell, _ in places(reading)] == [
        ("ambiguous_number", "Onderdelen!A4"), ("ambiguous_number", "Onderdelen!C5"),
        ("ambiguous_number", "Onderdelen!C6"),
    ]  # fmt: skip


def test_a_document_that_lost_its_zeros_is_found_again(small: Framework) -> None:
    framework = replace(
        small, source=Source("004"), documents={"004": Text("a", "b")},
        items=tuple(replace(item, source=Source("004", "1")) for item in small.items),
        stages=tuple(replace(stage, source=Source("004")) for stage in small.stages),
    )  # fmt: skip
    reading = spoilt(framework, put(I4=4))
    assert reading.faults == ()
    assert reading.framework == framework
    assert [(one.reason, one.cell) for one in reading.repairs] == [("document_number", "Onderdelen!I4")]


def test_a_day_typed_as_a_date_is_a_day(small: Framework) -> None:
    from datetime import date

    reading = spoilt(small, lambda book: book["Kader"].__setitem__("B12", date(2026, 2, 1)))
    assert reading.faults == ()
    assert reading.framework is not None
    assert reading.framework.changed == "2026-02-01"


def test_merged_cells_below_which_rows_lie_are_taken_for_all_of_them(small: Framework) -> None:
    def change(book: Workbook) -> None:
        book["Onderdelen"]["C6"] = None
        book["Onderdelen"].merge_cells("C5:C6")

    reading = spoilt(small, change)
    assert reading.faults == ()
    assert reading.framework == small
    assert [(one.reason, one.cell) for one in reading.repairs] == [("merged", "Onderdelen!C6")]


def test_a_csv_gives_its_items_and_says_what_is_missing() -> None:
    data = b"Code;Soort;Titel;Document\n1;cluster;Een;D\n1.1;baken;Twee;D\n"
    reading = read_workbook(data, "lijst.csv")
    assert reading.framework is not None
    assert [(item.code, item.kind) for item in reading.framework.items] == [
        ("1", "cluster"),
        ("1.1", "beacon"),
    ]
    assert {"missing_key"} <= {fault.reason for fault in reading.faults}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"geen spreadsheet", "no_items"),
        (xlsx(["Naam", "Adres"], ["a", "b"]), "no_items"),
        (xlsx(["Naam", "Adres"], name="Onderdelen"), "no_headings"),
        (xlsx(name="Onderdelen"), "no_items"),
        (with_part(xlsx(["a"]), "xl/_rels/workbook.xml.rels", b"<Relationships/>"), "no_sheets"),
        (b"PK\x03\x04kapot", "damaged"),
    ],
)
def test_what_holds_no_framework_gives_none(data: bytes, reason: str) -> None:
    reading = read_workbook(data, "x")
    assert reading.framework is None
    assert [fault.reason for fault in reading.faults] == [reason]


def test_one_sheet_with_the_right_headings_will_do_whatever_its_name() -> None:
    reading = read(xlsx(["Code", "Soort", "Titel"], ["1", "cluster", "Een"], name="Mijn lijst"))
    assert reading.framework is not None
    assert [item.code for item in reading.framework.items] == ["1"]


SPOILERS = [
    b"<f>1</f>", b"</c>", b"<v>99999999999999999999</v>", b't="s"', b't="n"', b's="999"', b'r="A1"',
    b'<mergeCell ref="A2:C9"/>', b"\x00", b"&#1;", b"<!DOCTYPE a>", b'<row r="5">', b"1e999", b"-1", b't="e"',
    b"_xD800_", "é".encode("cp1252"), b"",
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_is_wrong_with_a_file_it_is_told_and_what_is_left_can_be_used(data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(TEMPLATE)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if not name.startswith("docProps")}
    name = data.draw(st.sampled_from(sorted(parts)))
    content = bytearray(parts[name])
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, max(len(content) - 1, 0)))
        content[at : at + data.draw(st.integers(0, 20))] = data.draw(st.sampled_from(SPOILERS))
    reading = read(with_part(TEMPLATE, name, bytes(content)))
    assert reading.framework is not None or reading.faults
    for one in (*reading.faults, *reading.repairs):
        assert "{" not in one.full_text("nl").replace("{nl", "")
    if reading.framework is not None:
        for item in reading.framework.items:
            assert item.code not in [above.code for above in reading.framework.ancestors(item.code)]
        assert not reading.usable or not check_framework(reading.framework)
        assert read(write_workbook(reading.framework)).framework is not None


def test_items_in_a_circle_of_thousands_do_no_harm(small: Framework) -> None:
    rows = [[f"e{n}", "ander onderdeel", f"e{(n + 1) % 3000}", "a"] for n in range(3000)]
    reading = read(xlsx(["Code", "Soort", "Valt onder", "Titel"], *rows, name="Onderdelen"))
    assert reading.framework is not None
    assert all(item.parent is None for item in reading.framework.items)
    assert sum(fault.reason == "circle" for fault in reading.faults) == 3000
