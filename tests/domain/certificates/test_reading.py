"""The kept document of a certificate reads back as what was issued."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from bekwaam.domain.certificates.paper import OriginOnPaper, SupersededOnPaper, WordsOnPaper
from bekwaam.domain.certificates.reading import read_document
from tests.domain.certificates.badges import rich_paper


def test_a_document_reads_back_as_it_was() -> None:
    made = rich_paper(
        supersedes=SupersededOnPaper("2025-AAAA-BBBB", date(2025, 1, 2), "opnieuw"),
    )
    first = replace(made.units[0], origin=OriginOnPaper("2025-3", date(2025, 1, 1), "2025-AAAA-BBBB"))
    words = WordsOnPaper("van het Huis", "EVC Huis Noord", date(2025, 5, 5), 3, 9)
    made = replace(made, units=(first, *made.units[1:]), words=words)
    assert read_document(json.loads(json.dumps(made.to_json()))) == made


def test_a_part_that_did_not_exist_yet_reads_as_its_default() -> None:
    plain = rich_paper().to_json()
    del plain["supersedes"], plain["words"], plain["units"][0]["origin"]
    assert read_document(plain) == rich_paper()


@pytest.mark.parametrize("change", [{"format": "bekwaam-certificate-9"}, {"number": None}])
def test_what_is_no_document_is_refused(change: dict[str, str | None]) -> None:
    plain = {**rich_paper().to_json(), **change}
    if plain["number"] is None:
        del plain["number"]
    with pytest.raises(ValueError, match=r"format|not all"):
        read_document(plain)
