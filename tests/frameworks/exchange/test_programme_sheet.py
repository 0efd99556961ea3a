"""A curriculum as a spreadsheet: the long list and the matrix say the same, and faults go by cell."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from bekwaam.domain.growth.ways import WAYS
from bekwaam.frameworks.exchange.programme_sheet import (
    ModuleRow,
    read_programme_sheet,
    write_programme_csv,
    write_programme_list,
    write_programme_matrix,
)
from bekwaam.frameworks.exchange.tied_sheet import MOST_FAULTS, TiedRead
from tests.standards import small_standard

KLEIN = small_standard()
CODES = ("1.1", "1.2", "1.3", "L1")
NAMES = {way.value: facts.name for way, facts in WAYS.items()}
HEAD = "Programma;Module;Jaar of periode;1.1;1.2;L1;Hoe het getoetst wordt;Uren\n"


def read(text: str | bytes) -> TiedRead[ModuleRow]:
    data = text if isinstance(text, bytes) else text.encode()
    return read_programme_sheet(data, "curriculum.csv", KLEIN, CODES, NAMES)


def told(found: TiedRead[ModuleRow]) -> list[tuple[str, str]]:
    return [(fault.cell, fault.text("en")) for fault in found.faults]


def test_the_list_and_the_matrix_come_to_the_same_modules() -> None:
    matrix = (
        HEAD
        + "Sociaal werk;Contact;Jaar 1;startbekwaam;x;;gesprek;84\nSociaal werk;Stage;Jaar 2;;;vakbekwaam;;\n"
    )
    rows = (
        "Opleiding;Module;Jaar;Competenties;Stadium;Toets;Uren\n"
        "Sociaal werk;Contact;Jaar 1;1.1;Startbekwaam;gesprek;84\n"
        "sociaal werk;contact;jaar 1;1.2;;;\n"
        "Sociaal werk;Stage;Jaar 2;L1;vakbekwaam;;\n"
    )
    for text in (matrix, rows):
        found = read(text)
        assert not found.faults
        assert [(row.programme, row.name, row.period, row.hours, row.ties) for row in found.rows] == [
            ("Sociaal werk", "Contact", "Jaar 1", 84, (("1.1", "startbekwaam"), ("1.2", ""))),
            ("Sociaal werk", "Stage", "Jaar 2", None, (("L1", "vakbekwaam"),)),
        ]


@pytest.mark.parametrize("mark", ["x", "X", "ja", "✓", "+"])
def test_a_mark_is_a_tie_without_a_stage(mark: str) -> None:
    assert read(HEAD + f"SW;Contact;;{mark};;;;\n").rows[0].ties == (("1.1", ""),)


@pytest.mark.parametrize(
    ("text", "cell", "sentence"),
    [
        (HEAD.replace("1.2", "9.9") + "SW;A;;;x;;;\n", "E1", "There is no 9.9 in this framework."),
        (
            HEAD.replace("1.2", "1.22") + "SW;A;;;x;;;\n",
            "E1",
            "There is no 1.22 in this framework. Do you mean 1.2?",
        ),
        (
            HEAD.replace("1.2", "Luisteren") + "SW;A;;;x;;;\n",
            "E1",
            "There is no Luisteren in this framework.",
        ),
        (HEAD.replace("1.2", "1.1") + "SW;A;;;x;;;\n", "E1", "1.1 has a column already."),
        (HEAD + "SW;A;;half;;;;\n", "D2", "“half” is no stage here."),
        (HEAD + "SW;A;;x;;;;veel\n", "H2", "“veel” is no number of hours."),
        (HEAD + ";A;;x;;;;\n", "A2", "Say of which programme this is."),
        (HEAD + "SW;;;x;;;;\n", "B2", "This row has no name."),
        (HEAD + "SW;A;1;x;;;;\nSW;a;1;x;;;;\n", "D3", "This module is tied to 1.1 in row 2 already."),
        ("Programma;Module;Jaar\nSW;A;1\n", "A1", "There is no column with competences here"),
        ("Programma;Module;Competenties;Stadium\nSW;A;9.9;\n", "C2", "There is no 9.9"),
        ("Programma;Module;Competenties;Stadium\nSW;A;1.1;hoog\n", "D2", "“hoog” cannot be chosen here"),
        ("Programma;Module;Competenties\nSW;A;1.1\nSW;A;1.1\n", "C3", "This module is tied to 1.1 in row 2"),
    ],
)
def test_a_fault_says_where_it_is(text: str, cell: str, sentence: str) -> None:
    found = told(read(text))
    assert [at for at, _ in found] == [cell] and sentence in found[0][1]


def test_a_column_of_remarks_is_left_out_and_said() -> None:
    found = read("Programma;Module;1.1;Opmerkingen\nSW;A;x;nog afstemmen\n")
    assert not found.faults and found.rows[0].ties == (("1.1", ""),)
    assert any("Opmerkingen" in one.text("en") for one in found.repairs)


def test_a_heading_may_hold_the_name_as_well() -> None:
    name = KLEIN.by_code["1.2"].name("nl")
    assert read(f"Programma;Module;1.2 {name}\nSW;A;x\n").rows[0].ties == (("1.2", ""),)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_template_can_be_filled_in_and_read(language: str) -> None:
    for matrix in (True, False):
        write = write_programme_matrix if matrix else write_programme_list
        book = load_workbook(BytesIO(write(KLEIN, CODES, NAMES, language)))
        sheet = book.worksheets[1]
        at = {cell.value: cell.column for cell in sheet[1]}
        plain = write_programme_csv(KLEIN, CODES, language, matrix).decode("utf-8-sig").strip().split(";")
        assert list(at) == plain
        sheet.cell(2, 1, "SW")
        sheet.cell(2, 2, "Contact")
        for heading, value in {"1.2": "vakbekwaam"}.items() if matrix else ():
            sheet.cell(2, at[heading], value)
        if not matrix:
            sheet.cell(2, 4, "1.2")
            sheet.cell(2, 5, "vakbekwaam")
        out = BytesIO()
        book.save(out)
        found = read(out.getvalue())
        assert not found.faults and [row.ties for row in found.rows] == [(("1.2", "vakbekwaam"),)]


@pytest.mark.parametrize(
    "text",
    [
        "Programma;Module;Competenties\nA;B;"
        + "|".join(f"q{n}" for n in range(9_000)).join('""').replace("|", ";"),
        "Programma;Module;Competenties\n" + "".join(f"A;B{n};q{n}\n" for n in range(9_000)),
    ],
    ids=["in one cell", "in many rows"],
)
def test_a_file_full_of_nonsense_is_read_no_further_than_anybody_reads(text: str) -> None:
    faults = read(text).faults
    assert MOST_FAULTS < len(faults) < MOST_FAULTS + 10
    assert "more_faults" in {fault.reason for fault in faults}
