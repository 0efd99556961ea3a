"""What a dossier would keep on another version: only what asks the same stands by itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bekwaam.frameworks.compare import compare
from bekwaam.frameworks.crosswalk import RELATIONS, Crosswalk, Link, Reference
from bekwaam.frameworks.library import load_builtin, load_crosswalk
from bekwaam.frameworks.loading.pack import load_pack
from bekwaam.frameworks.model import Framework, Item, Text
from bekwaam.frameworks.upgrade import Preview, Read, upgrade_preview
from tests.frameworks.packs import write_pack

OLD, NEW = Reference("klein", "1.0"), Reference("klein", "2.0")


@pytest.fixture
def old(tmp_path: Path) -> Framework:
    return load_pack(write_pack(tmp_path / "klein"))


def changed(old: Framework, code: str, /, **how: object) -> Framework:
    """Return version 2.0, in which one item (and what names it as parent) is otherwise."""
    new = how.get("code", code)

    def renewed(item: Item) -> Item:
        if item.code == code:
            return replace(item, **how)  # type: ignore[arg-type]
        return replace(item, parent=new) if item.parent == code else item  # type: ignore[arg-type]

    return replace(old, version="2.0", items=tuple(renewed(item) for item in old.items))


def without(old: Framework, *codes: str) -> Framework:
    return replace(old, version="2.0", items=tuple(item for item in old.items if item.code not in codes))


def link(frm: str, to: str, relation: str) -> Crosswalk:
    links = (Link(OLD, frm, NEW, to, relation, Text("Daarom.", "Because."), own=True),)
    return Crosswalk("x", Text("X", "X"), OLD, NEW, links)


def link_back(frm: str, to: str, relation: str) -> Crosswalk:
    """Return a crosswalk from the new version to the old one."""
    links = (Link(NEW, frm, OLD, to, relation, Text("Daarom.", "Because."), own=True),)
    return Crosswalk("terug", Text("X", "X"), NEW, OLD, links)


def preview(old: Framework, new: Framework, code: str, *crosswalks: Crosswalk) -> Preview:
    (found,) = upgrade_preview(compare(old, new), [code], crosswalks)
    return found


def test_what_reads_the_same_stands(old: Framework) -> None:
    assert preview(old, replace(old, version="2.0"), "1.1") == Preview("1.1", "stands", ("1.1",))


def test_what_reads_the_same_under_another_code_stands(old: Framework) -> None:
    assert preview(old, changed(old, "1.1", code="9.9"), "1.1") == Preview("1.1", "stands", ("9.9",))


@pytest.mark.parametrize("code", ["1.1", "1.1.ve1"])
def test_other_words_in_the_item_or_below_it_ask_for_another_look(old: Framework, code: str) -> None:
    new = changed(old, code, text=Text("Anders.", "Otherwise."))
    assert preview(old, new, "1.1") == Preview("1.1", "look_again", ("1.1",))
    assert preview(old, new, "1.2").outcome == "stands"


def test_an_indicator_that_one_of_the_two_lacks_asks_for_another_look(old: Framework) -> None:
    fewer = without(old, "1.1.ve1")
    assert preview(old, fewer, "1.1").outcome == "look_again"
    here = replace(fewer, version="1.0")
    assert preview(here, replace(old, version="2.0"), "1.1").outcome == "look_again"


def test_what_has_no_counterpart_is_gone(old: Framework) -> None:
    assert preview(old, without(old, "1.2"), "1.2") == Preview("1.2", "gone")


# What a link says when it is read along, and when it is read against its direction.
READ = """
exactMatchOf     stands      stands
isTranslationOf  stands      stands
replacedBy       look_again  look_again
isPartOf         look_again  look_again
isChildOf        look_again  look_again
isPeerOf         look_again  look_again
isRelatedTo      look_again  look_again
precedes         gone        look_again
exemplar         gone        gone
hasSkillLevel    gone        gone
"""
ROWS = [line.split() for line in READ.strip().splitlines()]


def test_the_table_knows_every_relation() -> None:
    assert {row[0] for row in ROWS} == set(RELATIONS)


@pytest.mark.parametrize(("relation", "along", "against"), ROWS)
def test_a_crosswalk_in_either_direction_says_what_became_of_it(
    old: Framework, relation: str, along: str, against: str
) -> None:
    new = without(old, "1.2")
    for crosswalk, outward, outcome in (
        (link("1.2", "1.1", relation), True, along),
        (link_back("1.1", "1.2", relation), False, against),
    ):
        found = preview(old, new, "1.2", crosswalk)
        assert found.outcome == outcome
        if outcome == "gone":
            assert (found.to, found.links) == ((), ())
        else:
            assert found.to == ("1.1",)
            assert found.links == (Read(crosswalk.links[0], outward, crosswalk.id),)


def test_of_several_links_the_strongest_says_where_it_stands(old: Framework) -> None:
    new = without(old, "1.2")
    found = preview(
        old, new, "1.2", link("1.2", "L1", "isRelatedTo"), link_back("1.1", "1.2", "exactMatchOf")
    )
    assert (found.outcome, found.to) == ("stands", ("1.1",))
    assert [one.crosswalk for one in found.links] == ["terug"]


def test_what_is_split_goes_to_every_part(old: Framework) -> None:
    new = without(old, "1.2")
    found = preview(old, new, "1.2", link("1.2", "1.1", "replacedBy"), link("1.2", "L1", "replacedBy"))
    assert (found.outcome, found.to) == ("look_again", ("1.1", "L1"))


def test_a_link_that_makes_nothing_of_it_leaves_the_comparison_its_say(old: Framework) -> None:
    new = changed(old, "1.2", text=Text("Anders.", "Otherwise."))
    assert preview(old, new, "1.2", link("1.2", "1.1", "hasSkillLevel")) == Preview(
        "1.2", "look_again", ("1.2",)
    )


def test_what_only_tells_of_the_item_above_it_goes_where_that_went(old: Framework) -> None:
    found = preview(old, without(old, "1.1.ve1"), "1.1.ve1")
    assert found == Preview("1.1.ve1", "look_again", ("1.1",), above="1.1")
    assert preview(old, without(old, "1.2"), "1.2").outcome == "gone"  # its cluster says nothing of it


def test_what_was_judged_at_a_stage_that_means_something_else_asks_for_another_look(old: Framework) -> None:
    other = replace(old.stages[1], description=Text("Anders.", "Otherwise."))
    new = replace(old, version="2.0", stages=(old.stages[0], other))
    asked = {"1.1": ["start"], "1.2": ["start", "verder"]}
    first, second = upgrade_preview(compare(old, new), asked, judged=asked)
    assert first == Preview("1.1", "stands", ("1.1",))
    assert second == Preview("1.2", "look_again", ("1.2",), stages=("verder",))


def test_what_people_linked_weighs_more_than_an_equal_code(old: Framework) -> None:
    new = changed(old, "1.2", text=Text("Heel anders.", "Quite different."))
    assert preview(old, new, "1.2", link("1.2", "1.1", "isPartOf")).to == ("1.1",)


def test_a_crosswalk_between_others_is_refused(old: Framework) -> None:
    with pytest.raises(ValueError, match="does not lead"):
        preview(old, replace(old, version="3.0"), "1.1", link("1.1", "1.1", "exactMatchOf"))


def test_an_unknown_code_is_refused(old: Framework) -> None:
    with pytest.raises(KeyError):
        preview(old, replace(old, version="2.0"), "9.9")


def test_from_2012_to_the_card_every_competence_needs_another_look() -> None:
    first, card = (load_builtin("wmo-competenties", version) for version in ("2012", "kaart"))
    codes = [item.code for item in first.competences]
    found = upgrade_preview(compare(first, card), codes, [load_crosswalk("wmo-2012-kaart")])
    assert [one.outcome for one in found] == ["look_again"] * 10
    assert [one.to for one in found] == [(code,) for code in codes]
    assert all(one.links for one in found)
