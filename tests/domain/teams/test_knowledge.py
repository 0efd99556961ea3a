"""What a team knows: only of who shares, and out of date is something else than not known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bekwaam.domain.growth.knowledge import Known, Note
from bekwaam.domain.teams.knowledge import Knower, KnowledgeLine, Knows, field_covers, knowledge_of
from bekwaam.frameworks.library import load_builtin

FRAMEWORK = load_builtin("kennis-sociaal-werk")
TODAY = date(2026, 11, 26)
OLD = TODAY - timedelta(days=1)


def lines(*members: Knower) -> dict[str, KnowledgeLine]:
    return {line.code: line for line in knowledge_of(FRAMEWORK, members, TODAY)}


def test_six_things_can_be_so_of_a_member() -> None:
    notes = {
        "K1.1": Note(Known.YES),
        "K1.2": Note(Known.PARTLY, TODAY),
        "K1.3": Note(Known.NO, OLD),
        "K1.4": Note(Known.YES, OLD),
    }
    found = lines(Knower("a", notes), Knower("b"))
    expected = [Knows.KNOWN, Knows.PARTLY, Knows.NO, Knows.OUT_OF_DATE, Knows.NOT_SAID]
    assert [found[f"K1.{number}"].cells[0][1] for number in range(1, 6)] == expected
    assert {line.cells[1] for line in found.values()} == {("b", Knows.NOT_SHARED)}


def test_a_team_is_thin_where_fewer_than_two_know_it_and_that_is_up_to_date() -> None:
    yes, old = {"K1.1": Note(Known.YES)}, {"K1.1": Note(Known.YES, OLD)}
    assert lines(Knower("a", yes), Knower("b", old))["K1.1"].thin
    both = lines(Knower("a", yes), Knower("b", yes), Knower("c"))["K1.1"]
    assert not both.thin and both.known_by == ("a", "b") and both.count(Knows.NOT_SHARED) == 1


def test_fields_tell_how_much_is_known_thin_and_old() -> None:
    notes = {"K4.1": Note(Known.YES), "K4.2": Note(Known.PARTLY, OLD)}
    found = knowledge_of(FRAMEWORK, [Knower("a", notes), Knower("b", {"K4.1": Note(Known.YES)})], TODAY)
    (cover,) = [one for one in field_covers(FRAMEWORK, found) if one.code == "K4"]
    assert (cover.total, cover.known, cover.thin, cover.out_of_date) == (2, 1, 1, 1)


def test_a_member_stands_in_a_team_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        lines(Knower("a"), Knower("a"))
