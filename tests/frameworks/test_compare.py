"""Two frameworks side by side: what is shared, what reads differently, what moved, what one lacks."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bekwaam.frameworks.compare import Comparison, KindComparison, Pair, compare
from bekwaam.frameworks.library import builtin_ids, builtin_path, load_builtin
from bekwaam.frameworks.loading.pack import load_pack
from bekwaam.frameworks.model import Framework, Item, Source, Stage, Text
from bekwaam.frameworks.rules import Count, UnitSet

MBO = "evc-sociaal-werker-mbo"
LIFE_DOMAINS = "leefgebieden-sociaal-werk"
HBO = Path(__file__).parents[1] / "data" / "packs" / "verzonnen-hbo"

SOURCE = Source("D")


def text(words: str) -> Text:
    return Text(words, f"{words} (en)")


def item(code: str, title: str, body: str = "", kind: str = "competence", parent: str | None = None) -> Item:
    return Item(code, kind, text(title), text(body) if body else None, SOURCE, parent, module="f")


def stage(code: str, rank: int) -> Stage:
    return Stage(code, code[:2], rank, text(code), text(code), SOURCE)


def framework(*items: Item, identifier: str = "f", stages: tuple[Stage, ...] = ()) -> Framework:
    return Framework(identifier, "1", "framework", text("F"), text("F."), SOURCE, stages, items)


def kind_of(found: Comparison, kind: str) -> KindComparison:
    return next(one for one in found.kinds if one.kind == kind)


def codes(pairs: tuple[Pair, ...]) -> list[tuple[str, str]]:
    return [(pair.a.code, pair.b.code) for pair in pairs]


def test_the_same_code_with_the_same_words_is_shared() -> None:
    found = compare(framework(item("1", "Luistert", "Hoort.")), framework(item("1", "Luistert", "Hoort.")))
    assert found.same
    assert codes(kind_of(found, "competence").shared) == [("1", "1")]


@pytest.mark.parametrize(
    ("other", "fields"),
    [
        (item("1", "Hoort", "Hoort."), ("title",)),
        (item("1", "Luistert", "Zwijgt."), ("text",)),
        (item("1", "Hoort"), ("title", "text")),
        (replace(item("1", "Luistert", "Hoort."), stage="start"), ("stage",)),
        (replace(item("1", "Luistert", "Hoort."), text=Text("Hoort.", "Hears.")), ("text",)),
    ],
)
def test_the_same_code_with_other_words_is_changed_and_says_where(
    other: Item, fields: tuple[str, ...]
) -> None:
    found = compare(framework(item("1", "Luistert", "Hoort.")), framework(other))
    (pair,) = kind_of(found, "competence").changed
    assert pair.fields == fields
    assert (pair.a.text, pair.b.text) == (text("Hoort."), other.text)
    assert not found.same


def test_the_same_name_under_another_code_moved() -> None:
    found = compare(framework(item("1", "Luistert", "Hoort.")), framework(item("2", "luistert", "Zwijgt.")))
    (pair,) = kind_of(found, "competence").moved
    assert (pair.a.code, pair.b.code, pair.fields) == ("1", "2", ("title", "text"))


def test_the_same_code_below_another_parent_moved() -> None:
    clusters = item("1", "Een", kind="cluster"), item("2", "Twee", kind="cluster")
    found = compare(
        framework(*clusters, item("x", "Luistert", parent="1")),
        framework(*clusters, item("x", "Luistert", parent="2")),
    )
    (pair,) = kind_of(found, "competence").moved
    assert pair.other_parent


def test_what_lies_below_a_parent_with_a_new_code_stays_where_it_is() -> None:
    found = compare(
        framework(item("1", "Een", kind="cluster"), item("x", "Luistert", parent="1")),
        framework(item("2", "Een", kind="cluster"), item("x", "Luistert", parent="2")),
    )
    assert codes(kind_of(found, "cluster").moved) == [("1", "2")]
    assert codes(kind_of(found, "competence").shared) == [("x", "x")]


def test_an_item_that_leaves_a_parent_that_stays_moved() -> None:
    cluster = item("1", "Een", kind="cluster")
    found = compare(
        framework(cluster, item("x", "Luistert", parent="1")), framework(cluster, item("x", "Luistert"))
    )
    assert codes(kind_of(found, "competence").moved) == [("x", "x")]


def test_a_grouping_that_only_one_side_has_moves_nothing() -> None:
    grouped = framework(item("1", "Een", kind="cluster"), item("x", "Luistert", parent="1"))
    for found in (
        compare(grouped, framework(item("x", "Luistert"))),
        compare(framework(item("x", "Luistert")), grouped),
    ):
        assert codes(kind_of(found, "competence").shared) == [("x", "x")]
        assert not found.same


def test_a_code_means_nothing_across_kinds() -> None:
    found = compare(framework(item("1", "Luistert")), framework(item("1", "Luistert", kind="role")))
    assert [one.code for one in kind_of(found, "competence").only_in_a] == ["1"]
    assert [one.code for one in kind_of(found, "role").only_in_b] == ["1"]


def test_between_frameworks_the_name_goes_before_the_code() -> None:
    left = framework(item("1", "Luistert"), item("2", "Spreekt"))
    right = (item("1", "Spreekt"), item("2", "Kijkt"))
    other = kind_of(compare(left, framework(*right, identifier="g")), "competence")
    assert codes(other.moved) == [("2", "1")]
    assert [one.code for one in other.only_in_a] == ["1"]
    assert [one.code for one in other.only_in_b] == ["2"]
    assert not kind_of(compare(left, framework(*right)), "competence").moved


def test_between_frameworks_code_and_name_together_go_first() -> None:
    left = framework(item("1", "Zelf"), item("2", "Zelf"))
    found = compare(left, framework(item("2", "Zelf"), identifier="g"))
    assert {code: pair.b.code for code, pair in found.counterparts.items()} == {"2": "2"}


def test_of_equal_names_the_first_belongs_to_the_first() -> None:
    left = framework(item("1", "Zelf"), item("2", "Zelf"), item("3", "Zelf"))
    found = kind_of(compare(left, framework(item("8", "Zelf"), item("9", "Zelf"))), "competence")
    assert codes(found.moved) == [("1", "8"), ("2", "9")]
    assert [one.code for one in found.only_in_a] == ["3"]


def test_stages_are_matched_by_code_and_told_in_order() -> None:
    left = framework(stages=(stage("start", 1), stage("vak", 2)))
    right = framework(stages=(stage("start", 1), stage("midden", 2), stage("vak", 3)))
    found = compare(left, right)
    assert [(one.a and one.a.code, one.b and one.b.code, one.fields) for one in found.stages] == [
        ("start", "start", ()),
        (None, "midden", ()),
        ("vak", "vak", ("rank",)),
    ]
    assert not found.same


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"eqf": 6}, "eqf"),
        ({"kind": "module"}, "kind"),
        ({"title": text("G")}, "title"),
        ({"description": text("G.")}, "description"),
        ({"kind": "framework", "rule": Count(UnitSet("competence"), 1)}, "rule"),
    ],
)
def test_what_is_said_of_the_framework_itself_is_compared_too(change: dict[str, object], field: str) -> None:
    one = framework(item("1", "Luistert"))
    found = compare(one, replace(one, **change))  # type: ignore[arg-type]
    assert found.head == (field,)
    assert not found.same


def test_another_version_with_the_same_content_is_the_same() -> None:
    one = framework(item("1", "Luistert"))
    assert compare(one, replace(one, version="2")).same


def test_mbo_beside_hbo_shares_the_life_domains_as_one_module() -> None:
    mbo, hbo = load_builtin(MBO), load_pack(HBO, builtin_path)
    found = compare(mbo, hbo)
    (module,) = found.modules
    assert module.id == LIFE_DOMAINS
    kinds = Counter(pair.a.kind for pair in module.pairs)
    assert kinds == {"life_domain": 7, "theme": 30, "specific_competence": 17, "stage_text": 21}
    assert "life_domain" not in {one.kind for one in found.kinds}
    competences = kind_of(found, "competence")
    assert codes(competences.changed) == [("1.1", "1.1")]
    assert codes(competences.moved) == [("1.2", "1.3")]
    assert len(competences.only_in_a) == 19
    assert [one.code for one in competences.only_in_b] == ["8.1"]
    assert codes(kind_of(found, "cluster").shared) == [("1", "1")]
    assert codes(kind_of(found, "indicator").changed) == [("1.1.vb1", "1.1.vb1")]
    assert {"eqf", "rule"} <= set(found.head)


def test_an_item_of_a_module_that_reads_differently_is_told_apart() -> None:
    mbo = load_builtin(MBO)
    theme = mbo.of_kind("theme")[0]
    other = replace(theme, title=text("Iets anders"))
    hbo = replace(mbo, id="hbo", items=tuple(other if one is theme else one for one in mbo.items))
    found = compare(mbo, hbo)
    assert {module.id: len(module.pairs) for module in found.modules}[LIFE_DOMAINS] == 74
    assert codes(kind_of(found, "theme").changed) == [(theme.code, theme.code)]


def test_versions_of_one_framework_are_no_module_of_each_other() -> None:
    one = framework(item("1", "Luistert"))
    assert compare(one, replace(one, version="2")).modules == ()


@pytest.mark.parametrize("identifier", builtin_ids())
def test_every_pack_is_the_same_as_itself(identifier: str) -> None:
    pack = load_builtin(identifier)
    found = compare(pack, pack)
    assert found.same
    assert len(found.counterparts) == len(pack.items)


names = st.sampled_from(["a", "b", "c", "d"])
kinds = st.sampled_from(["cluster", "competence", "indicator"])


@st.composite
def frameworks(draw: st.DrawFn) -> Framework:
    """A framework of a few items that look so alike that codes, names and parents often meet."""
    found: list[Item] = []
    for code in draw(st.lists(st.sampled_from("123456"), unique=True, max_size=6)):
        title = draw(st.none() | names.map(text))
        body = draw(names.map(text) if title is None else st.none() | names.map(text))
        parent = draw(st.none() | st.sampled_from([one.code for one in found])) if found else None
        module = draw(st.sampled_from(["f", "g", "m"]))
        found.append(Item(code, draw(kinds), title, body, SOURCE, parent, None, module))
    stages = draw(st.lists(st.sampled_from(["start", "midden", "vak"]), unique=True))
    return replace(
        framework(*found, identifier=draw(st.sampled_from(["f", "g"]))),
        stages=tuple(stage(code, rank) for rank, code in enumerate(stages, start=1)),
        eqf=draw(st.none() | st.just(4)),
    )


def turned(pairs: tuple[Pair, ...]) -> set[Pair]:
    return {replace(pair, a=pair.b, b=pair.a) for pair in pairs}


@given(frameworks())
def test_a_framework_shares_everything_with_itself(one: Framework) -> None:
    found = compare(one, one)
    assert found.same
    assert [pair.status for pair in found.counterparts.values()] == ["shared"] * len(one.items)


@given(frameworks(), frameworks())
def test_seen_from_the_other_side_it_is_the_same_comparison(one: Framework, other: Framework) -> None:
    here, there = compare(one, other), compare(other, one)
    assert here.same == there.same
    assert here.head == there.head
    assert [(pair.a, pair.b, pair.fields) for pair in here.stages] == [
        (pair.b, pair.a, pair.fields) for pair in there.stages
    ]
    assert [(m.id, set(m.pairs)) for m in here.modules] == [(m.id, turned(m.pairs)) for m in there.modules]
    for left, right in zip(here.kinds, there.kinds, strict=True):
        assert left.kind == right.kind
        for status in ("shared", "changed", "moved"):
            assert set(getattr(left, status)) == turned(getattr(right, status))
        assert (left.only_in_a, left.only_in_b) == (right.only_in_b, right.only_in_a)


@given(frameworks(), frameworks())
def test_every_item_of_both_stands_in_it_exactly_once(one: Framework, other: Framework) -> None:
    found = compare(one, other)
    pairs = [pair for module in found.modules for pair in module.pairs]
    left, right = [], []
    for kind in found.kinds:
        pairs.extend((*kind.shared, *kind.changed, *kind.moved))
        left.extend(kind.only_in_a)
        right.extend(kind.only_in_b)
    assert Counter([*left, *(pair.a for pair in pairs)]) == Counter(one.items)
    assert Counter([*right, *(pair.b for pair in pairs)]) == Counter(other.items)
