"""Learning offers from a spreadsheet: every mistake is told by its cell, and the template reads back."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from bekwaam.domain.growth.ways import WAYS
from bekwaam.frameworks.exchange.offer_sheet import OfferRow, read_offer_sheet, write_offer_sheet
from bekwaam.frameworks.exchange.tied_sheet import TiedRead
from bekwaam.frameworks.library import load_builtin

MBO = load_builtin("evc-sociaal-werker-mbo")
CODES = tuple(item.code for item in MBO.competences)
NAMES = {way.value: facts.name for way, facts in WAYS.items()}
HEAD = "Leeraanbod;Soort activiteit;Aangeboden door;Competenties;Op weg naar stadium;Wat het is;Link\n"


def read(text: str) -> TiedRead[OfferRow]:
    return read_offer_sheet(text.encode(), "aanbod.csv", MBO, CODES, NAMES, "other")


def test_offers_are_read_in_dutch_or_english_and_in_any_writing() -> None:
    found = read(
        HEAD
        + 'Intervisie aan het spoor;intervisie;Huis Noord;"1.1; 2.1";Vakbekwaam;Elke maand.;https://example.org/a\n'
        "Meelopen;;;7.3;;;\n"
    )
    assert not found.faults
    first, second = found.rows
    assert (first.way, first.codes, first.stage, first.by) == (
        "peer_consultation",
        ("1.1", "2.1"),
        "vakbekwaam",
        "Huis Noord",
    )
    assert (second.way, second.codes, second.stage, second.url) == ("other", ("7.3",), "", "")
    english = "Learning offer,Competences,Kind of activity\nTraining,1.2,Training elsewhere\n"
    assert [one.way for one in read(english).rows] == ["training_outside"]


@pytest.mark.parametrize(
    ("row", "reason", "cell", "said"),
    [
        (";;;1.1;;;", "empty", "A2", "geen naam"),
        ("Cursus;;;;;;", "empty", "D2", "met hun codes"),
        ("Cursus;;;9.9;;;", "unknown_code", "D2", "staat geen 9.9"),
        ("Cursus;;;1.1, 1.12;;;", "unknown_code", "D2", "1.12"),
        ("Cursus;yoga;;1.1;;;", "unknown", "B2", "‘yoga’"),
        ("Cursus;;;1.1;meester;;", "unknown", "E2", "‘meester’"),
        ("Cursus;;;1.1;;;www.example.org", "no_link", "G2", "https://"),
        ("Cursus;;;1.1;;;javascript:alert(1)", "no_link", "G2", "https://"),
        (f"{'x' * 201};;;1.1;;;", "too_long", "A2", "201"),
    ],
)
def test_a_mistake_is_told_by_its_cell_and_costs_its_row_alone(
    row: str, reason: str, cell: str, said: str
) -> None:
    found = read(f"{HEAD}{row}\nGoed;;;1.1;;;\n")
    (fault,) = found.faults
    assert fault.reason == reason and fault.cell.endswith(cell) and said in fault.text("nl")
    assert [one.name for one in found.rows] == ["Goed"]


def test_the_same_offer_twice_and_a_file_without_any_are_told() -> None:
    twice = read(HEAD + "Cursus;;;1.1;;;\nCursus;;;1.1;;;\nCursus;;;1.1;vakbekwaam;;\n")
    assert [fault.reason for fault in twice.faults] == ["twice"] and len(twice.rows) == 2
    assert [fault.reason for fault in read(HEAD).faults] == ["none"]
    assert [fault.reason for fault in read("a;b\n1;2\n").faults] == ["no_headings"]
    assert read_offer_sheet(b"PK\x03\x04kapot", "x.xlsx", MBO, CODES, NAMES, "other").faults


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_filled_in_template_reads_back(language: str) -> None:
    content = write_offer_sheet(MBO, CODES, NAMES, language)
    assert content == write_offer_sheet(MBO, CODES, NAMES, language)
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[1]
    kinds = [cell.value for cell in book["Soorten" if language == "nl" else "Kinds"]["A"]][1:]
    for number, kind in enumerate(kinds, start=2):
        for column, value in ((1, f"Aanbod {number}"), (2, kind), (4, CODES[number])):
            sheet.cell(row=number, column=column, value=value)
    out = io.BytesIO()
    book.save(out)
    found = read_offer_sheet(out.getvalue(), "aanbod.xlsx", MBO, CODES, NAMES, "other")
    assert not found.faults and [one.way for one in found.rows] == list(NAMES)
