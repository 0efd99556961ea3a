"""The notice of assessments as spreadsheet programs open it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, time

import pytest

from bekwaam.domain.assessment.findings import InstrumentKind
from bekwaam.domain.auditing.notice import PlannedAssessment, notice_csv
from bekwaam.frameworks.model import Text

ONE = PlannedAssessment(
    "2026-0001", "Şebnem Öz", ("Noor", "Bram"), Text("Standaard", "Standard"), "klein 1",
    InstrumentKind.INTERVIEW, "Groningen; zaal 2", date(2026, 6, 2), time(14, 30),
)  # fmt: skip


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_it_is_utf_8_with_a_mark_and_semicolons_and_says_all_that_is_asked() -> None:
    content = notice_csv([ONE], "nl")
    assert content.startswith(b"\xef\xbb\xbfTraject;Kandidaat;Assessoren;Standaard;")
    assert content.endswith(b"\r\n")
    assert read(content)[1] == [
        "2026-0001", "Şebnem Öz", "Noor, Bram", "Standaard", "klein 1",
        "Criteriumgericht interview", "Groningen; zaal 2", "02-06-2026", "14:30",
    ]  # fmt: skip


def test_what_is_not_known_yet_is_empty() -> None:
    open_ = replace(ONE, kind=None, place="", on=None, at=None, assessors=())
    assert read(notice_csv([open_], "en"))[1] == [
        "2026-0001",
        "Şebnem Öz",
        "",
        "Standard",
        "klein 1",
        "",
        "",
        "",
        "",
    ]


@pytest.mark.parametrize(
    "name",
    ["=1+1", "+31", "-2", "@SUM(A1)", "\t=1", "\r=1", " =HYPERLINK()", "＝1", "\n=1"],
)
def test_nothing_is_taken_for_a_formula(name: str) -> None:
    row = read(notice_csv([replace(ONE, candidate=name, place=name)], "nl"))[1]
    assert row[1] == row[6] == f"'{name}"


def test_an_ordinary_name_stays_as_it_is() -> None:
    names = ["Jan-Willem", "d'Angelo", "O=K", ""]
    assert [read(notice_csv([replace(ONE, candidate=name)], "nl"))[1][1] for name in names] == names
