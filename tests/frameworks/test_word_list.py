"""Lists of everyday words: every fault with its place, and the list that comes along."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from bekwaam.domain.portfolio.suggesting.function_words import COMMON, SMALL
from bekwaam.domain.portfolio.suggesting.stemming import key_of
from bekwaam.domain.portfolio.suggesting.terms import phrase_words
from bekwaam.frameworks.faults import FaultsFound
from bekwaam.frameworks.library import builtin_word_list, load_builtin, word_list_ids
from bekwaam.frameworks.loading.word_list import load_word_list
from bekwaam.frameworks.word_list import Entry, Weight

STANDARD = "evc-sociaal-werker-mbo"
CODES = load_builtin(STANDARD).by_code.keys()


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_list_is_read_from_its_files_in_order(tmp_path: Path) -> None:
    write(
        tmp_path,
        a='items:\n  - code: "1.1"\n    strong: [koffie drinken]\n    weak: [praten]\ncontext: [cliënt]\n',
        b='items:\n  - code: "1.2"\n    ordinary:\n      - aanbellen\n',
    )
    found = load_word_list(tmp_path, STANDARD, CODES)
    assert dict(found.entries) == {
        "1.1": (Entry("koffie drinken", Weight.STRONG), Entry("praten", Weight.WEAK)),
        "1.2": (Entry("aanbellen", Weight.ORDINARY),),
    }
    assert (found.standard, found.context) == (STANDARD, ("cliënt",))


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ('items:\n  - code: "9.9"\n    strong: [a b]\n', "unknown_code", 2),
        ('items:\n  - code: "1.1"\n    strong: [koffie]\n    weak: [Koffie]\n', "duplicate_phrase", 4),
        (
            'items:\n  - code: "1.1"\n    weak: [een]\n  - code: "1.1"\n    weak: [twee]\n',
            "duplicate_code",
            4,
        ),
        ('items:\n  - code: "1.1"\n', "no_words", 2),
        ('items:\n  - code: "1.1"\n    strong: [""]\n', "wrong_type", 3),
        ('items:\n  - code: "1.1"\n    strong: ["?!"]\n', "no_word", 3),
        ('items:\n  - code: "1.1"\n    strong: [een twee drie vier vijf zes zeven acht]\n', "too_long", 3),
        ('items:\n  - code: "1.1"\n    storng: [koffie]\n', "unknown_key", 3),
        ('items:\n  - code: "1.1"\n    strong: koffie\n', "wrong_type", 3),
        ("woorden: []\n", "unknown_key", 1),
        ("- koffie\n", "not_a_table", 1),
        ("items: []\n", "empty", 0),
        ("items:\n  - strong: [koffie]\n", "missing_key", 2),
        ("items: [koffie", "syntax", 2),
    ],
)
def test_a_fault_has_its_place(tmp_path: Path, text: str, reason: str, line: int) -> None:
    with pytest.raises(FaultsFound) as found:
        load_word_list(write(tmp_path, a=text), STANDARD, CODES)
    assert (reason, line) in [(fault.reason, fault.line) for fault in found.value.faults]


def test_a_folder_without_a_list_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FaultsFound) as found:
        load_word_list(tmp_path, STANDARD)
    assert [fault.reason for fault in found.value.faults] == ["no_files"]


def test_every_list_that_comes_along_is_sound() -> None:
    assert word_list_ids() == (STANDARD,)
    folder = Path(str(load_word_list.__globals__["__file__"])).parents[1] / "suggestions" / STANDARD
    assert load_word_list(folder, STANDARD, CODES) == builtin_word_list(STANDARD)


def test_all_21_competences_have_words_enough() -> None:
    entries = builtin_word_list(STANDARD).entries
    assert set(entries) == {item.code for item in load_builtin(STANDARD).competences}
    few = {code: len(found) for code, found in entries.items() if len(found) < 60}
    assert not few
    for code, found in entries.items():
        counted = Counter(entry.weight for entry in found)
        assert counted[Weight.STRONG] >= 30, code
        assert counted[Weight.ORDINARY] >= 20, code


def test_no_entry_says_the_same_as_another_of_its_competence() -> None:
    for code, entries in builtin_word_list(STANDARD).entries.items():
        seen: dict[tuple[str, ...], str] = {}
        for entry in entries:
            keys = tuple(sorted(key_of(word) for word in phrase_words(entry.phrase)))
            assert keys not in seen, (code, entry.phrase, seen[keys])
            seen[keys] = entry.phrase


def test_no_entry_is_one_word_that_says_nothing() -> None:
    for code, entries in builtin_word_list(STANDARD).entries.items():
        for entry in entries:
            words = phrase_words(entry.phrase)
            assert len(words) > 1 or words[0] not in COMMON | SMALL, (code, entry.phrase)


def test_the_words_are_not_the_sentences_of_the_standard() -> None:
    standard = load_builtin(STANDARD)
    texts = " | ".join(item.text["nl"] for item in standard.items if item.text)
    said = " ".join(re.findall(r"[^\W\d_]+|\|", texts.lower()))
    for entries in builtin_word_list(STANDARD).entries.values():
        for entry in entries:
            if len(entry.phrase.split()) >= 5:
                assert entry.phrase.lower() not in said, entry.phrase
