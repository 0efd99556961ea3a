"""Links from a spreadsheet, a CSV or YAML: all that is sound comes in, every fault is told by its cell."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import openpyxl
import pytest

from bekwaam.frameworks.crosswalk import RELATIONS, Crosswalk, Link, Reference
from bekwaam.frameworks.exchange.crosswalk_file import read_links
from bekwaam.frameworks.exchange.crosswalk_sheet import LinksRead, write_crosswalk_sheet
from bekwaam.frameworks.library import crosswalk_ids, find_builtin, load_crosswalk
from bekwaam.frameworks.model import Framework, Source, Text
from bekwaam.frameworks.relation_names import relation_name
from tests.standards import small_standard

A = replace(small_standard(), documents={"D": Text("Document", "Document")})
B = replace(small_standard(), version="2")
HEADINGS = [
    "Code van",
    "Relatie",
    "Code naar",
    "Reden (Nederlands)",
    "Reden (Engels)",
    "Document",
    "Paragraaf",
]


def sheet(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in (HEADINGS, *rows):
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def read(*rows: list[object]) -> LinksRead:
    return read_links(sheet(*rows), "koppelingen.xlsx", A, B)


def told(found: LinksRead) -> list[tuple[str, str]]:
    return [(fault.cell.partition("!")[2] or fault.cell, fault.reason) for fault in found.faults]


@pytest.mark.parametrize("identifier", crosswalk_ids())
@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_written_reads_back_the_same(identifier: str, language: str) -> None:
    crosswalk = load_crosswalk(identifier)
    a, b = (find_builtin(end.id, end.version) for end in (crosswalk.frm, crosswalk.to))
    assert a and b
    written = write_crosswalk_sheet(crosswalk, a, b, language)
    found = read_links(written, "x.xlsx", a, b)
    assert (found.links, found.faults, found.repairs) == (crosswalk.links, (), ())
    assert write_crosswalk_sheet(crosswalk, a, b, language) == written


def test_an_empty_sheet_lists_every_code_and_relation_to_choose_from() -> None:
    crosswalk = Crosswalk("", Text("Leeg", "Empty"), Reference(A.id, "1"), Reference(B.id, "2"))
    book = openpyxl.load_workbook(io.BytesIO(write_crosswalk_sheet(crosswalk, A, B, "nl")))
    assert [cell.value for cell in book["Koppelingen"][1]] == HEADINGS
    codes = [row[0] for row in book["Codes van"].iter_rows(min_row=2, values_only=True)]
    assert codes == [item.code for item in A.items]
    names = [row[0] for row in book["Relaties"].iter_rows(min_row=2, values_only=True)]
    assert names == [relation_name(relation, "nl") for relation in RELATIONS]
    lists = {rule.formula1 for rule in book["Koppelingen"].data_validations.dataValidation}
    assert lists == {
        f"'Codes van'!$A$2:$A${len(A.items) + 1}",
        "'Relaties'!$A$2:$A$11",
        f"'Codes naar'!$A$2:$A${len(B.items) + 1}",
    }


def test_a_row_is_a_link_of_ones_own_or_of_a_document() -> None:
    found = read(
        ["1.1", "onderdeel van", "1.2", "Omdat.", "Because.", None, None],
        ["1.2", "replacedBy", "1.1", "Daarom.", None, "D", "2"],
    )
    ends = (Reference("klein", "1"), Reference("klein", "2"))
    assert found == LinksRead(
        (
            Link(ends[0], "1.1", ends[1], "1.2", "isPartOf", Text("Omdat.", "Because."), None, True),
            Link(ends[0], "1.2", ends[1], "1.1", "replacedBy", Text("Daarom.", "Daarom."), Source("D", "2")),
        )
    )


@pytest.mark.parametrize(
    ("row", "cell", "reason"),
    [
        (["9.9", "onderdeel van", "1.1", "x"], "A3", "unknown_code"),
        ([None, "onderdeel van", "1.1", "x"], "A3", "no_code"),
        (["1.1", "onderdeel van", "1,1", "x"], "C3", "unknown_code"),
        (["1.1", "hoort bij", "1.1", "x"], "B3", "unknown_relation"),
        (["1.1", None, "1.1", "x"], "B3", "no_relation"),
        (["1.1", "onderdeel van", "1.1", None], "D3", "no_reason"),
        (["1.1", "onderdeel van", "1.1", "x", None, "E"], "F3", "unknown_document"),
        (["1.2", "onderdeel van", "1.2", "x"], "A3", "duplicate_link"),
        (["=A1", "onderdeel van", "1.1", "x"], "A3", "formula"),
    ],
)
def test_a_row_with_a_fault_is_told_by_its_cell_and_the_others_are_not_lost(
    row: list[object], cell: str, reason: str
) -> None:
    found = read(["1.2", "onderdeel van", "1.2", "goed"], row, ["1.3", "onderdeel van", "1.3", "goed"])
    assert [link.from_code for link in found.links] == ["1.2", "1.3"]
    assert (cell, reason) in told(found)
    assert all(fault.text("nl") != fault.text("en") for fault in found.faults)


def test_several_faults_in_one_row_are_told_at_once_from_left_to_right() -> None:
    found = read(["9", "onzin", "8", None])
    assert told(found) == [
        ("A2", "unknown_code"),
        ("B2", "unknown_relation"),
        ("C2", "unknown_code"),
        ("D2", "no_reason"),
    ]


def test_a_section_without_a_document_is_left_out_and_said() -> None:
    found = read(["1.1", "onderdeel van", "1.1", "x", None, None, "3.2"])
    assert found.links[0].own
    assert [repair.reason for repair in found.repairs] == ["section_alone"]


def test_a_csv_does_as_well() -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([HEADINGS, ["1.1", "hetzelfde als", "1.1", "x", "", "", ""]])
    found = read_links(text.getvalue().encode("utf-8"), "koppelingen.csv", A, B)
    assert [link.relation for link in found.links] == ["exactMatchOf"]


YAML = """\
crosswalk: eigen
title: {nl: "Eigen", en: "Own"}
from: klein@1
to: klein@2
links:
  - {from: "1.1", to: "1.2", relation: isPartOf, reason: {nl: "Omdat.", en: "Because."}, own: true}
  - {from: "1.2", to: "9.9", relation: isPartOf, reason: {nl: "Omdat.", en: "Because."}, own: true}
  - {from: "1.3", to: "1.3", relation: isPartOf, reason: {nl: "Omdat.", en: "Because."}}
"""


def test_of_yaml_the_sound_links_come_in_and_the_others_are_told_by_their_line() -> None:
    found = read_links(YAML.encode(), "koppelingen.yaml", A, B)
    assert [link.from_code for link in found.links] == ["1.1"]
    assert [(fault.line, fault.reason) for fault in found.faults] == [(7, "unknown_code"), (8, "no_source")]


def test_yaml_is_known_by_its_first_word_too() -> None:
    assert read_links(YAML.encode(), "koppelingen.txt", A, B).links


def test_yaml_between_other_versions_is_refused_in_a_sentence() -> None:
    found = read_links(YAML.encode(), "x.yaml", B, A)
    assert found.links == ()
    assert [fault.reason for fault in found.faults] == ["other_versions"]
    assert "klein@1" in found.faults[0].text("nl")


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"%PDF-1.7", b"PK\x03\x04stuk", b"zomaar wat tekst"])
def test_what_holds_no_links_is_refused_with_a_fault(data: bytes) -> None:
    found = read_links(data, "x.xlsx", A, B)
    assert found.links == () and found.faults


def test_many_faults_do_not_take_long_to_find() -> None:
    a: Framework = small_standard(200)
    rows = [[f"x{n}", "onderdeel van", f"y{n}", "z"] for n in range(300)]
    found = read_links(sheet(*rows), "x.xlsx", a, B)
    assert len(found.faults) == 600
