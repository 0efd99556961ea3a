"""Targets by name: the one that asks most without asking somebody to choose."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bekwaam.domain.growth.choosing import target_named, widest_key
from bekwaam.frameworks.library import load_builtin
from tests.standards import small_standard


@pytest.mark.parametrize(
    ("identifier", "key"),
    [
        ("evc-sociaal-werker-mbo", "standaard"),
        ("kennis-sociaal-werk", "geheel"),
        ("wmo-competenties", "geheel"),
    ],
)
def test_the_widest_target_is_one_that_is_there(identifier: str, key: str) -> None:
    framework = load_builtin(identifier)
    assert widest_key(framework) == key and target_named(framework, key, ()) is not None


def test_without_a_rule_it_is_the_first_stage() -> None:
    plain = replace(small_standard(), rule=None)
    assert widest_key(plain) == f"stadium-{plain.stages[0].code}"
    assert target_named(plain, widest_key(plain), ()) is not None
