"""Interventions beside each other: what differs is said, and none is called better."""

from __future__ import annotations

import pytest

from bekwaam.domain.interventions.comparing import explain_comparison, may_compare
from bekwaam.domain.interventions.entries import Known
from bekwaam.frameworks.crosswalk import Reference
from tests.domain.interventions.lists import GUIDE, one


@pytest.mark.parametrize(
    ("number", "reason"), [(0, "few"), (1, "few"), (2, ""), (4, ""), (5, "many"), (9, "many")]
)
def test_two_to_four_stand_beside_each_other(number: int, reason: str) -> None:
    assert may_compare(number).reason == reason


def said(*found: object) -> str:
    return " | ".join(explain_comparison(found, GUIDE, "nl"))  # type: ignore[arg-type]


def test_the_lightest_is_named_and_a_heavier_one_asks_for_a_reason() -> None:
    text = said(one("Eropaf", "S3", known=Known.STRONG), one("Sleutel", "S1"))
    assert text.startswith("Sleutel is het lichtst: faciliteren.")
    assert "Sleutel en Plek zijn het lichtst" in said(
        one("Sleutel", "S1"), one("Plek", "S1"), one("Eropaf", "S3")
    )
    assert "dezelfde stap, ondersteunen" in said(one("A"), one("B"))


def test_not_known_is_not_called_not_working_and_known_is_not_called_better() -> None:
    text = said(one("A"), one("B", known=Known.STRONG))
    assert "Van A is hier niets bekend. Dat zegt niet dat het niet werkt." in text
    assert "Of het bij deze vraag past weeg je zelf" in text
    assert "beter" not in text and "beste" not in text
    assert "onderzocht" not in said(one("A"), one("B"))


def test_what_all_of_them_ask_is_named_where_they_are_on_one_framework() -> None:
    assert "vragen 1.1 en 1.2." in said(one("A", codes=("1.1", "1.2")), one("B", codes=("1.2", "1.1")))
    assert "geen competentie die ze allemaal vragen" in said(one("A"), one("B", codes=("1.2",)))
    assert "verschillende kaders" in said(one("A"), one("B", framework=Reference("ander", "2")))
