"""A list of certificates to check, as an employer's spreadsheet holds it, and the report that comes back."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from bekwaam.domain.certificates.batch import (
    FOUND_WORDS,
    MOST,
    NAME_WORDS,
    Answered,
    Asked,
    Found,
    NameAnswer,
    read_list,
    report_csv,
)
from bekwaam.domain.certificates.numbers import number_of, read_number

NUMBER = "2026-7KQ4-XM2P"


@pytest.mark.parametrize(
    "typed", [NUMBER, "2026 7kq4 xm2p", "20267KQ4XM2P", " 2026–7KQ4–XM2P\t", "2026.7kq4.xm2p"]
)
def test_a_number_is_known_however_it_is_typed(typed: str) -> None:
    assert read_number(typed) == NUMBER == number_of(2026, "7KQ4XM2P")


@pytest.mark.parametrize(
    "typed", ["", "2026", "2026-7KQ4-XM2", "2026-1KQ4-XM2P", "x" * 9999, "1926-7KQ4-XM2P"]
)
def test_anything_else_is_no_number(typed: str) -> None:
    assert read_number(typed) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"nummer;naam\n{NUMBER};Samira\n", [(2, NUMBER, "Samira")]),
        (f"Name,Number\nSamira,{NUMBER}\n", [(2, NUMBER, "Samira")]),
        (f"{NUMBER}\n2026-7KQ4-XM2R\n", [(1, NUMBER, ""), (2, "2026-7KQ4-XM2R", "")]),
        ("nummer\nniets\n\n\n", [(2, "", "")]),
    ],
)
def test_a_list_is_read_with_and_without_names(text: str, expected: list[tuple[int, str, str]]) -> None:
    found = read_list(text.encode(), "lijst.csv")
    assert not found.faults
    assert [(it.row, it.number, it.name) for it in found.asked] == expected


def test_a_workbook_is_read_as_well() -> None:
    book, out = Workbook(), io.BytesIO()
    book.active.append(["Nummer", "Naam"])
    book.active.append([NUMBER, "Samira"])
    book.save(out)
    (asked,) = read_list(out.getvalue(), "lijst.xlsx").asked
    assert (asked.number, asked.name) == (NUMBER, "Samira")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "not_a_spreadsheet"),
        (b"voornaam;plaats\nSamira;Groningen\n", "no_column"),
        (b"nummer;naam\n;Samira\n", "none"),
        (b"nummer\n" + f"{NUMBER}\n".encode() * (MOST + 1), "too_many"),
    ],
)
def test_a_list_that_cannot_be_used_says_why(data: bytes, reason: str) -> None:
    found = read_list(data, "lijst.csv")
    assert not found.asked
    assert [fault.reason for fault in found.faults] == [reason]


def test_a_report_has_a_line_for_every_line_that_was_asked_and_no_formulas() -> None:
    asked = Asked(2, NUMBER, NUMBER, "=1+1")
    lines = report_csv(
        [Answered(asked, Found.REVOKED, NameAnswer.OTHER, "EVC Noord", "Sociaal werker", "2026-11-26")], "en"
    ).decode("utf-8-sig")
    head, line = lines.splitlines()
    assert head.startswith("Row;Number;")
    assert line == (
        f"2;{NUMBER};'=1+1;Revoked: do not rely on it;no, of somebody else;EVC Noord;2026-11-26;"
        "Sociaal werker;;revoked"
    )


@pytest.mark.parametrize(
    ("found", "name", "good"),
    [
        (Found.GOOD, NameAnswer.NOT_ASKED, True),
        (Found.GOOD, NameAnswer.SAME, True),
        (Found.GOOD, NameAnswer.OTHER, False),
        (Found.GOOD, NameAnswer.CANNOT_TELL, False),
        (Found.REPLACED, NameAnswer.SAME, False),
        (Found.UNKNOWN, NameAnswer.NOT_ASKED, False),
    ],
)
def test_only_what_stands_and_is_of_who_was_named_is_good(found: Found, name: NameAnswer, good: bool) -> None:
    assert Answered(Asked(1, NUMBER, NUMBER), found, name).good is good


def test_everything_found_has_words() -> None:
    assert set(FOUND_WORDS) == set(Found)
    assert set(NAME_WORDS) == set(NameAnswer)
