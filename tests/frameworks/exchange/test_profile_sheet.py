"""Function profiles of an organisation from a spreadsheet: rows of one name make one profile."""

from __future__ import annotations

import pytest

from bekwaam.frameworks.exchange.profile_sheet import DemandRow, profiles_of, read_profile_sheet
from bekwaam.frameworks.exchange.tied_sheet import TiedRead
from bekwaam.frameworks.function_profile_document import profile_document, profile_from_document
from bekwaam.frameworks.library import load_builtin

MBO = load_builtin("evc-sociaal-werker-mbo")
HEAD = "Functie;In het functieboek;Wat het werk is;Competenties;Gevraagd stadium;Waarom dit gevraagd wordt\n"


def read(text: str) -> TiedRead[DemandRow]:
    return read_profile_sheet(f"{HEAD}{text}\n".encode(), "functies.csv", MBO)


def test_rows_of_one_name_make_one_profile_that_is_kept_without_loss() -> None:
    found = read(
        "Wijkwerker A;FB-12;Werkt in de wijk.;1.1, 1.2;vakbekwaam;Zonder contact begint er niets.\n"
        "wijkwerker a;;;L1;Vakvolwassen;Geld speelt altijd mee.\n"
        "Coach;;;2.1;startbekwaam;Je vraagt door."
    )
    assert not found.faults
    first, second = profiles_of(found.rows, MBO, "Huis Noord", "abc")
    assert (first.code, first.function_book, first.text.nl) == (
        "abc-wijkwerker-a",
        "FB-12",
        "Werkt in de wijk.",
    )
    assert [(one.code, one.stage) for one in first.demands] == [
        ("1.1", "vakbekwaam"), ("1.2", "vakbekwaam"), ("L1", "vakvolwassen"),
    ]  # fmt: skip
    assert str(first.demands[0].source) == "Huis Noord" and not first.demands[0].own
    assert (second.code, second.text.nl) == ("abc-coach", "Coach")
    assert profile_from_document(profile_document(first)) == first


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("1.1; 1.2", ["1.1", "1.2"]),
        ("1.1 en 1.2", ["1.1", "1.2"]),
        ("1.1 1.2 1.1", ["1.1", "1.2"]),
        ("l1", ["L1"]),
    ],
)
def test_codes_are_read_as_people_write_them(said: str, codes: list[str]) -> None:
    (row,) = read(f'A;;;"{said}";vakbekwaam;Zo.').rows
    assert list(row.codes) == codes


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("c1.1", "In dit kader staat geen c1.1. Bedoel je 1.1?"),
        ("Gaat er op af", "In dit kader staat geen Gaat er op af. Bedoel je 1.2?"),
        ("1", "1 bevat meer onderdelen. Noem die je bedoelt: 1.1, 1.2."),
        ("99.99", "In dit kader staat geen 99.99. In het sjabloon staan alle codes die er zijn."),
    ],
)
def test_a_code_that_is_not_there_says_what_to_do(said: str, told: str) -> None:
    (fault,) = read(f"A;;;{said};vakbekwaam;Zo.").faults
    assert fault.full_text("nl").endswith(told)


@pytest.mark.parametrize(
    ("row", "reason", "cell"),
    [
        (";;;1.1;vakbekwaam;Zo.", "empty", "A2"),
        ("A;;;;vakbekwaam;Zo.", "empty", "D2"),
        ("A;;;9.9;vakbekwaam;Zo.", "unknown_code", "D2"),
        ("A;;;1.1;;Zo.", "empty", "E2"),
        ("A;;;1.1;meester;Zo.", "unknown", "E2"),
        ("A;;;1.1;vakbekwaam;", "empty", "F2"),
        ("B!;;;1.1;vakbekwaam;Zo.\nB?;;;1.2;vakbekwaam;Zo.", "", ""),
        ("A;;;1.1;vakbekwaam;Zo.\nA;;;1.1;startbekwaam;Zo.", "twice", "D3"),
        ("Één;;;1.1;vakbekwaam;Zo.\nEen;;;1.2;vakbekwaam;Zo.", "alike", "A3"),
    ],
)
def test_a_mistake_is_told_by_its_cell(row: str, reason: str, cell: str) -> None:
    told = [(fault.reason, fault.cell.rpartition("!")[2]) for fault in read(row).faults]
    assert told == ([(reason, cell)] if reason else [])
