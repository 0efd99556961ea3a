"""Writing an intervention down: what is wrong is said by its field, and a list keeps its ties."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from bekwaam.domain.interventions.editing import (
    entry_of,
    given_of,
    intervention_of,
    put_in,
    taken_out,
    with_names,
)
from bekwaam.domain.interventions.entries import (
    KNOWN_MEANS,
    KNOWN_NAMES,
    LONGEST,
    Given,
    Known,
    check_given,
    same_name,
)
from bekwaam.frameworks.exchange.intervention_sheet import COLUMNS, _Interventions
from bekwaam.frameworks.exchange.sheets.headed import folded
from tests.domain.interventions.lists import KLEIN

GOOD = Given("Maatje", "Iemand is alleen.", "", "S2", ("1.1",))
OTHERS = {"a": "Sleutel", "b": "Eropaf"}


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"name": " "}, "name", "empty"),
        ({"name": "sleutel "}, "name", "twice"),
        ({"name": "x" * 121}, "name", "too_long"),
        ({"situation": ""}, "situation", "empty"),
        ({"takes": "x" * 501}, "takes", "too_long"),
        ({"step": "S9"}, "step", "empty"),
        ({"codes": ()}, "codes", "empty"),
        ({"codes": ("1.1", "9.9")}, "codes", "empty"),
        ({"known": "beste"}, "known", "empty"),
        ({"known": "strong"}, "why", "empty"),
        ({"known": "practice", "why": " "}, "why", "empty"),
        ({"url": "javascript:alert(1)"}, "url", "no_link"),
        ({"url": "https://[maatje.nl/x"}, "url", "no_link"),
        ({"url": "https://naam:geheim@maatje.nl/x"}, "url", "no_link"),
        ({"goes_with": ("weg",)}, "goes_with", "gone"),
        ({"not_with": ("weg",)}, "not_with", "gone"),
        ({"goes_with": ("a", "b"), "not_with": ("b",)}, "not_with", "both"),
    ],
)
def test_a_fault_is_said_by_its_field(changes: dict[str, object], field: str, reason: str) -> None:
    (fault,) = check_given(replace(GOOD, **changes), ("S1", "S2", "S3"), ("1.1", "1.2"), OTHERS)  # type: ignore[arg-type]
    assert (fault.name, fault.reason) == (field, reason) and fault.text("nl")


def test_what_is_sound_has_no_fault_and_a_full_list_takes_no_more() -> None:
    check = lambda others: check_given(GOOD, ("S2",), ("1.1",), others)  # noqa: E731
    assert not check(OTHERS)
    full = {str(number): f"Aanpak {number}" for number in range(200)}
    assert [fault.reason for fault in check(full)] == ["many"]


def test_every_level_of_what_is_known_has_a_name_and_says_what_it_means() -> None:
    assert set(KNOWN_NAMES) == set(KNOWN_MEANS) == set(Known)
    assert [one.value for one in Known if not one.looked_into] == ["practice", "unknown"]


def test_the_spreadsheet_and_the_form_hold_to_the_same() -> None:
    assert _Interventions.longest == LONGEST
    assert {column.key for column in COLUMNS} == {field.name for field in fields(Given)}
    for name in ("Buurt-bemiddeling  2", "ÉÉN huis", " a_b "):
        assert same_name(name) == folded(name)


def test_an_entry_is_read_back_as_it_was_given() -> None:
    given = replace(GOOD, known="good", why="Databank.", goes_with=("a",))
    entry = entry_of("r", replace(given, name=" Maatje "))
    assert given_of(entry) == given and isinstance(entry["codes"], list)
    found = intervention_of(entry, "Huis", KLEIN)
    assert (found.ref, found.known, found.organisation) == ("r", Known.GOOD, "Huis")


def test_one_is_put_in_place_and_who_is_taken_out_goes_from_the_ties() -> None:
    first, second = entry_of("a", GOOD), entry_of("b", replace(GOOD, goes_with=("a",), not_with=("c",)))
    third = entry_of("c", GOOD)
    assert [one["ref"] for one in put_in([first, second], third)] == ["a", "b", "c"]
    changed = entry_of("a", replace(GOOD, name="Nieuw"))
    assert put_in([first, second], changed) == [changed, second]
    (left, last) = taken_out([first, second, third], "a")
    assert (left["goes_with"], left["not_with"], last["ref"]) == ([], ["c"], "c")


def test_ties_by_name_become_ties_by_reference() -> None:
    entry = with_names({"goes_with": ["buurt huis"], "not_with": []}, {"Buurt-huis": "a"})
    assert entry == {"goes_with": ["a"], "not_with": []}
