"""A framework survives the way to its document and back, and its hash changes with every change."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bekwaam.frameworks.document import content_hash, from_document, to_document
from bekwaam.frameworks.library import builtin_ids, builtin_versions, load_builtin
from bekwaam.frameworks.loading.pack import load_pack
from bekwaam.frameworks.model import Framework, Item, Source, Stage, Text
from bekwaam.frameworks.rules import AllOf, AnyOf, Count, Share, UnitSet

YOUTH = Path(__file__).parents[1] / "data" / "jeugdzorg-verzonnen"

words = st.text(min_size=1, max_size=12)
texts = st.builds(Text, words, words)
sources = st.builds(Source, words, st.text(max_size=5))
optional_words = st.none() | words
sets = st.builds(
    UnitSet, words, st.lists(words, max_size=3).map(tuple), st.lists(words, max_size=3).map(tuple)
)
leaf_rules = st.builds(Count, sets, st.integers(1, 99), optional_words) | st.builds(
    Share, sets, st.integers(1, 100), optional_words, optional_words
)
rules = st.recursive(
    leaf_rules,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        .map(tuple)
        .flatmap(lambda parts: st.sampled_from([AllOf(parts), AnyOf(parts)]))
    ),
    max_leaves=6,
)
stages = st.builds(Stage, words, words, st.integers(1, 9), texts, texts, sources)
items = st.builds(
    Item,
    words,
    words,
    st.none() | texts,
    st.none() | texts,
    sources,
    optional_words,
    optional_words,
    words,
    st.booleans(),
    st.none() | texts,
    st.just("") | words,
    st.just("") | words,
)
frameworks = st.builds(
    Framework,
    id=words,
    version=words,
    kind=st.sampled_from(["standard", "framework", "module"]),
    title=texts,
    description=texts,
    source=sources,
    stages=st.lists(stages, max_size=3).map(tuple),
    items=st.lists(items, max_size=4).map(tuple),
    eqf=st.none() | st.integers(1, 8),
    rule=st.none() | rules,
    includes=st.lists(words, max_size=2).map(tuple),
    documents=st.dictionaries(words, texts, max_size=2),
    supersedes=optional_words,
    changed=st.just("") | words,
    creator=st.just("") | words,
    uuid=st.just("") | words,
    foreign=st.just("") | words,
)


def through_json(framework: Framework) -> Framework:
    return from_document(json.loads(json.dumps(to_document(framework))))


@pytest.mark.parametrize("identifier", builtin_ids())
def test_every_pack_survives_the_round_trip(identifier: str) -> None:
    for version in builtin_versions(identifier):
        pack = load_builtin(identifier, version)
        assert through_json(pack) == pack
        assert content_hash(through_json(pack)) == content_hash(pack)


@given(frameworks)
def test_any_framework_survives_the_round_trip(framework: Framework) -> None:
    assert through_json(framework) == framework


def test_the_hash_is_a_sha256_of_the_content(tmp_path: Path) -> None:
    pack = load_pack(YOUTH)
    assert len(content_hash(pack)) == 64
    assert content_hash(pack) == content_hash(load_pack(YOUTH))


def test_the_least_change_changes_the_hash() -> None:
    pack = load_pack(YOUTH)
    first = replace(pack.items[0], own=True)
    changed = [
        replace(pack, version="0.2"),
        replace(pack, supersedes="0.0"),
        replace(pack, items=(first, *pack.items[1:])),
        replace(pack, items=tuple(reversed(pack.items))),
        replace(pack, title=Text(pack.title.nl, pack.title.en + " ")),
        replace(pack, rule=Share(UnitSet("indicator"), 81, per="area")),
    ]
    assert len({content_hash(each) for each in [pack, *changed]}) == len(changed) + 1


@pytest.mark.parametrize(
    "document", [{}, {"id": 1}, {"title": "x"}, {"id": "a", "version": "1", "kind": "x"}]
)
def test_something_else_is_refused(document: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="not the document of a framework"):
        from_document(document)
