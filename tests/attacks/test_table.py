"""The table of attacks in docs/trust.md: each row names a test that there is, and the drill is whole."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.attacks.test_pure import ROWS
from tests.trust.test_attacks import ATTACKS

TESTS = Path(__file__).resolve().parents[1]
TEXT = (TESTS.parent / "docs" / "trust.md").read_text(encoding="utf-8")
SECTION = TEXT.split("\n## Attacks")[1].split("\n## ")[0]
LINES = [line for line in SECTION.splitlines() if line.startswith("| ") and not line.startswith("| attack |")]
SHORT = {name: f"attacks/test_{name}.py" for name in ("page", "log", "status")}
ROWS_OF = {"pure": {row.what for row in ROWS}, "trust": {row[0] for row in ATTACKS}}
NAMED = re.compile(r"`([^`]+)`")
ASKED = (
    "edited PDF",
    "edited JSON",
    "right certificate with another person's name",
    "look-alike issuer",
    "key stolen and used later",
    "backdated issue",
    "revocation removed from the database",
    "row edited in the database by an administrator",
    "log forked to show two stories",
    "replay of an old status list",
    "QR code pointing to another host",
    "giant, deeply nested or recursive JSON",
    "PDF bomb",
    "a context, issuer or status list at a private address",
)
# No attacks: what shows that the others fail for the right reason.
NO_ATTACK = {
    "test_what_nobody_touched_is_whole",
    "test_whoever_checks_notices",
    "test_without_an_attack_all_is_in_order",
    "test_a_key_that_is_stolen_later_does_not_spoil_what_was_logged_before",
    "test_a_suspension_removed_from_the_database_is_still_published",
}


def functions(path: str) -> set[str]:
    tree = ast.parse((TESTS / path).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def is_there(name: str) -> bool:
    """Tell whether a test that the table names, as its first words explain, is there."""
    if row := re.fullmatch(r"(pure|trust)\[(.+)\]", name):
        return row[2] in ROWS_OF[row[1]]
    path, _, function = name.partition("::")
    return function in functions(SHORT.get(path, path))


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.split(" | ")[0].strip("| *"))
def test_each_row_names_tests_that_there_are(line: str) -> None:
    attack, who, how, seen, tests = (cell.strip() for cell in line.strip("|").split(" | "))
    assert all((attack, who, how, seen))
    names = NAMED.findall(tests)
    assert names and [name for name in names if not is_there(name)] == []


def test_every_attack_that_was_asked_for_has_a_row() -> None:
    bold = {found for line in LINES for found in re.findall(r"\*\*(.+?)\*\*", line)}
    assert bold == set(ASKED)


@pytest.mark.parametrize("name", [*SHORT])
def test_no_test_of_the_drill_is_missing_in_the_table(name: str) -> None:
    tests = {it for it in functions(SHORT[name]) if it.startswith("test_")} - NO_ATTACK
    assert {it for it in tests if f"`{name}::{it}`" not in SECTION} == set()
