"""YAML and JSON give the same tree; whatever is fed in, the readers answer with a tree or with faults."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bekwaam.frameworks.faults import FaultList
from bekwaam.frameworks.reading.json_tree import read_json
from bekwaam.frameworks.reading.tree import Scalar, Table, plain
from bekwaam.frameworks.reading.yaml_tree import read_yaml

letters = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=10)
data = st.recursive(
    st.none() | st.booleans() | letters,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(letters, inner, max_size=3),
    max_leaves=10,
)


@given(data)
def test_json_comes_back_as_it_was_written(value: object) -> None:
    faults = FaultList()
    node = read_json("f", json.dumps(value, indent="\t"), faults)
    assert node is not None
    assert plain(node) == value
    assert not faults


@given(data)
def test_yaml_comes_back_as_it_was_written(value: object) -> None:
    faults = FaultList()
    node = read_yaml("f", yaml.safe_dump(value, allow_unicode=True, default_style='"'), faults)
    tagged = [fault for fault in faults.sorted() if fault.reason == "tag"]
    if not tagged:  # this writer tags null and true when everything is quoted
        assert node is not None
        assert plain(node) == value


@given(st.text(max_size=60))
def test_no_text_makes_the_readers_fall_over(text: str) -> None:
    for read in (read_yaml, read_json):
        faults = FaultList()
        assert read("f", text, faults) is not None or len(faults)
        assert all(fault.line >= 1 for fault in faults.sorted())


def test_values_know_their_lines() -> None:
    for node in (
        read_yaml("f", "a: 1\nb:\n  - c: 2\n", FaultList()),
        read_json("f", '{"a": 1,\n"b":\n [{"c": 2}]}', FaultList()),
    ):
        assert isinstance(node, Table)
        assert node.line_of("b") == 2
        inner = node.get("b")
        assert inner is not None
        assert inner.line == 3


@pytest.mark.parametrize(
    ("written", "text", "is_null", "boolean", "is_number"),
    [
        ("1.10", "1.10", False, None, True),
        ("'1.10'", "1.10", False, None, False),
        ("null", "null", True, None, False),
        ("~", "~", True, None, False),
        ("'null'", "null", False, None, False),
        ("true", "true", False, True, False),
        ("yes", "yes", False, None, False),
        ("2026-05-31", "2026-05-31", False, None, False),
    ],
)
def test_a_scalar_stays_text_and_says_what_it_looks_like(
    written: str, text: str, is_null: bool, boolean: bool | None, is_number: bool
) -> None:
    node = read_yaml("f", f"- {written}", FaultList())
    assert node is not None
    (scalar,) = node.items  # type: ignore[union-attr]
    assert isinstance(scalar, Scalar)
    assert (scalar.text, scalar.is_null, scalar.boolean, scalar.is_number) == (
        text,
        is_null,
        boolean,
        is_number,
    )


@pytest.mark.parametrize(
    "text",
    ["{", "[1,]", '{"a" 1}', '{"a": 1,}', "{a: 1}", "[1 2]", '"a\nb"', '"\\x"', "nul", "01", "[]]", "NaN"],
)
def test_what_is_not_json_is_refused(text: str) -> None:
    faults = FaultList()
    assert read_json("f", text, faults) is None
    assert [fault.reason for fault in faults.sorted()] == ["syntax"]
