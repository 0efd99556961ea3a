"""Joining interventions: what they ask together, where they clash, and what nobody knows."""

from __future__ import annotations

import pytest

from bekwaam.domain.interventions.combining import explain_together, may_combine, together
from bekwaam.domain.interventions.entries import Intervention, Known
from bekwaam.frameworks.crosswalk import Reference
from tests.domain.interventions.lists import GUIDE, KLEIN, one

KEY = one("Sleutel", "S1", ("1.1",))
FRIEND = one("Maatje", "S2", ("1.1", "1.2"), goes_with=("sleutel",), known=Known.FIRST, why="Databank.")
TWO = one("Eropaf", "S3", ("1.3",), not_with=("maatje",), known=Known.PRACTICE, why="Vier keer.")


def names(pairs: tuple[tuple[Intervention, Intervention], ...]) -> list[tuple[str, str]]:
    return [(first.name, second.name) for first, second in pairs]


@pytest.mark.parametrize(("number", "reason"), [(1, "few"), (2, ""), (6, ""), (7, "many")])
def test_two_to_six_can_be_joined(number: int, reason: str) -> None:
    assert may_combine(number).reason == reason


def test_every_pair_goes_well_or_clashes_or_nothing_is_said_whoever_said_it() -> None:
    found = together((TWO, FRIEND, KEY), GUIDE)
    assert [member.name for member in found.members] == ["Sleutel", "Maatje", "Eropaf"]
    assert names(found.good) == [("Sleutel", "Maatje")]
    assert names(found.clashing) == [("Maatje", "Eropaf")]
    assert names(found.silent) == [("Sleutel", "Eropaf")]


def test_where_two_contradict_each_other_they_clash() -> None:
    found = together((one("A", goes_with=("b",)), one("B", not_with=("a",))), GUIDE)
    assert names(found.clashing) == [("A", "B")] and not found.good


def test_a_competence_is_asked_once_with_all_who_ask_it_and_by_its_framework() -> None:
    other = one("Ander", codes=("1.1",), framework=Reference("ander", "2"))
    asked = together((KEY, FRIEND, other), GUIDE).asked
    assert [(a.framework, a.code, a.by) for a in asked] == [
        (KLEIN, "1.1", ("Sleutel", "Maatje")),
        (KLEIN, "1.2", ("Maatje",)),
        (Reference("ander", "2"), "1.1", ("Ander",)),
    ]


def test_it_is_said_what_is_known_and_what_is_not() -> None:
    lines = explain_together(together((KEY, FRIEND, TWO), GUIDE), GUIDE, "nl")
    text = " | ".join(lines)
    assert lines[0] == "Niet samen, zegt de lijst: Maatje en Eropaf."
    assert "Het loopt van faciliteren naar initiëren. Begin met Sleutel" in text
    assert "Deze gaan goed samen, zegt de lijst: Sleutel en Maatje." in text
    assert "Of deze samengaan schreef niemand op: Sleutel en Eropaf." in text
    assert "Wat van Maatje bekend is, is apart van de rest onderzocht." in text
    assert "Met Eropaf hebben je collega's ervaring." in text and "Van Sleutel is niets bekend." in text
    assert lines[-1].startswith("Wat dit alles samen doet staat hier nergens.")
    assert "op dezelfde stap: ondersteunen" in " ".join(
        explain_together(together((one("A"), one("B")), GUIDE), GUIDE, "nl")
    )
