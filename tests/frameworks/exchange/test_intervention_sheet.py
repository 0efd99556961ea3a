"""Interventions from a spreadsheet: every mistake is told by its cell, and the template reads back."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from bekwaam.frameworks.exchange.intervention_sheet import (
    Choosable,
    InterventionRow,
    read_intervention_sheet,
    write_intervention_sheet,
)
from bekwaam.frameworks.exchange.tied_sheet import TiedRead
from bekwaam.frameworks.library import load_builtin
from bekwaam.services.growth.intervention_lists import choosable

MBO = load_builtin("evc-sociaal-werker-mbo")
MAY = choosable(MBO)
HEAD = (
    "Aanpak;Waarvoor het is;Stap van licht naar zwaar;Competenties;Wat ervan bekend is;Waaruit dit bekend is;"
    "Link;Past goed bij;Niet samen met\n"
)
GOOD = "Maatje;Iemand is alleen.;Ondersteunen;1.1;;;;;\n"


def read(text: str, may: Choosable = MAY) -> TiedRead[InterventionRow]:
    return read_intervention_sheet(text.encode(), "aanpakken.csv", MBO, may)


def test_interventions_are_read_in_dutch_or_english_and_in_any_writing() -> None:
    found = read(
        f'{HEAD}{GOOD}Gesprek;Ruzie.;faciliteren;"1.1; L4";Goed onderbouwd;Handboek.;https://example.org/a;'
        "MAATJE ;\n"
    )
    assert not found.faults
    first, second = found.rows
    assert (first.step, first.known, first.codes) == ("S2", "unknown", ("1.1",))
    assert (second.step, second.known, second.codes) == ("S1", "founded", ("1.1", "L4"))
    assert second.goes_with == ("MAATJE",)
    english = (
        "Intervention,What it is for,Step of light to heavy,Competences,What is known of it,"
        "From what this is known\nTalk,Noise.,Initiating,1.2,not known,\n"
    )
    assert [(one.step, one.known) for one in read(english).rows] == [("S3", "unknown")]


@pytest.mark.parametrize(
    ("row", "reason", "cell", "said"),
    [
        (";Ruzie.;Faciliteren;1.1;;;;;", "empty", "A3", "geen naam"),
        ("Gesprek;;Faciliteren;1.1;;;;;", "empty", "B3", "welke situatie"),
        ("Gesprek;Ruzie.;;1.1;;;;;", "empty", "C3", "welke stap"),
        ("Gesprek;Ruzie.;zwaar;1.1;;;;;", "unknown", "C3", "‘zwaar’"),
        ("Gesprek;Ruzie.;Faciliteren;;;;;;", "empty", "D3", "codes"),
        ("Gesprek;Ruzie.;Faciliteren;9.9;;;;;", "unknown_code", "D3", "geen 9.9"),
        ("Gesprek;Ruzie.;Faciliteren;1.1;bewezen;Boek.;;;", "unknown", "E3", "‘bewezen’"),
        ("Gesprek;Ruzie.;Faciliteren;1.1;Goed beschreven;;;;", "empty", "F3", "waaruit"),
        ("Gesprek;Ruzie.;Faciliteren;1.1;;;www.example.org;;", "no_link", "G3", "https://"),
        ("Gesprek;Ruzie.;Faciliteren;1.1;;;;Maat;", "unknown_name", "H3", "geen ‘Maat’"),
        ("Gesprek;Ruzie.;Faciliteren;1.1;;;;;Maat", "unknown_name", "I3", "geen ‘Maat’"),
        ("Gesprek;Ruzie.;Faciliteren;1.1;;;;gesprek;", "itself", "H3", "de aanpak zelf"),
        ("Gesprek;Ruzie.;Faciliteren;1.1;;;;Maatje;maatje", "both", "I3", "een van de twee"),
        ("maatje!;Ruzie.;Faciliteren;1.1;;;;;", "twice", "A3", "rij 2"),
    ],
)
def test_a_mistake_is_told_by_its_cell(row: str, reason: str, cell: str, said: str) -> None:
    (fault,) = read(f"{HEAD}{GOOD}{row}\n").faults
    assert fault.reason == reason and fault.cell.endswith(cell) and said in fault.text("nl")


def test_a_name_further_down_and_two_names_in_a_cell_are_found() -> None:
    found = read(f'{HEAD}Gesprek;Ruzie.;Faciliteren;1.1;;;;"Maatje; Sleutel, of plek";\n{GOOD}')
    (fault,) = found.faults
    assert "‘Sleutel, of plek’" in fault.text("nl")


def test_there_can_be_too_many_and_there_can_be_none() -> None:
    few = Choosable(MAY.codes, MAY.steps, MAY.known, MAY.unknown, most=1)
    assert [one.reason for one in read(HEAD + GOOD + GOOD.replace("Maatje", "Plek"), few).faults] == ["many"]
    assert [one.reason for one in read(HEAD).faults] == ["none"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_in_the_list_stands_in_the_template_and_reads_back(language: str) -> None:
    rows = read(f'{HEAD}{GOOD}Gesprek;Ruzie.;Initiëren;"1.1; L4";Goed onderbouwd;Boek.;;Maatje;\n').rows
    content = write_intervention_sheet(MBO, MAY, language, rows)
    assert content == write_intervention_sheet(MBO, MAY, language, rows)
    book = load_workbook(io.BytesIO(content))
    chosen = {str(one.sqref): one.formula1 for one in book.worksheets[1].data_validations.dataValidation}
    assert len(book.worksheets) == 5 and len(chosen) == 2
    assert read_intervention_sheet(content, "aanpakken.xlsx", MBO, MAY).rows == rows
    empty = read_intervention_sheet(write_intervention_sheet(MBO, MAY, language), "x.xlsx", MBO, MAY)
    assert [fault.reason for fault in empty.faults] == ["none"]
