"""Finding interventions, in the order of light to heavy."""

from __future__ import annotations

import pytest

from bekwaam.domain.interventions.choosing import (
    Search,
    competence_key,
    fitting_step,
    found_by,
    lightest_first,
    steps_of,
    told_of,
)
from bekwaam.domain.interventions.entries import Known
from bekwaam.frameworks.crosswalk import Reference
from tests.domain.interventions.lists import GUIDE, KLEIN, one

HEAVY = one("Eropaf", "S3", known=Known.STRONG)
LIGHT = one("Sleutel", "S1")
MIDDLE = one("Maatje", "S2", ("1.2",), people="Ouderen", known=Known.FIRST, why="Databank.")
OTHER = one("Gesprek", "S2", framework=Reference("ander", "2"))
ALL = (HEAVY, MIDDLE, LIGHT, OTHER)


def test_the_lightest_comes_first_however_well_a_heavier_one_is_known_to_work() -> None:
    assert lightest_first(ALL, GUIDE) == (LIGHT, MIDDLE, OTHER, HEAVY)


@pytest.mark.parametrize(
    ("search", "names"),
    [
        (Search(), ["Eropaf", "Maatje", "Sleutel", "Gesprek"]),
        (Search(words="OUDEREN"), ["Maatje"]),
        (Search(words="databank maat"), ["Maatje"]),
        (Search(words="maatje sleutel"), []),
        (Search(step="S2"), ["Maatje", "Gesprek"]),
        (Search(known="strong"), ["Eropaf"]),
        (Search(competence=competence_key(KLEIN, "1.1")), ["Eropaf", "Sleutel"]),
        (Search(competence="ander@2/1.1"), ["Gesprek"]),
        (Search(step="S2", competence="klein@1/1.2"), ["Maatje"]),
    ],
)
def test_what_is_asked_narrows_and_what_is_empty_does_not(search: Search, names: list[str]) -> None:
    assert [found.name for found in found_by(search, ALL)] == names


def test_a_step_is_offered_its_own_and_the_lighter_ones_and_nothing_heavier() -> None:
    assert fitting_step(ALL, "S1", GUIDE) == ((LIGHT,), ())
    assert fitting_step(ALL, "S2", GUIDE) == ((MIDDLE, OTHER), (LIGHT,))
    assert fitting_step(ALL, "S3", GUIDE) == ((HEAVY,), (LIGHT, MIDDLE, OTHER))
    with pytest.raises(KeyError):
        fitting_step(ALL, "S9", GUIDE)
    assert list(steps_of(GUIDE)) == ["S1", "S2", "S3"]


def test_a_reflection_is_told_what_it_is_and_what_is_known_of_it() -> None:
    assert told_of(MIDDLE, GUIDE, "nl") == (
        "Maatje (ondersteunen), uit de lijst van Huis. Wat ervan bekend is: eerste aanwijzingen voor "
        "effectiviteit. Databank."
    )
    assert told_of(LIGHT, GUIDE, "nl").endswith("Wat ervan bekend is: niet bekend.")
    long = told_of(one("Lang", known=Known.GOOD, why="x" * 900), GUIDE, "nl")
    assert len(long) < 500 and long.endswith("…")
