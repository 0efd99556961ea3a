"""Review terms: those of the product, and every fault with its place, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from bekwaam.frameworks.faults import FaultsFound
from bekwaam.frameworks.library import find_builtin, load_builtin, load_review_terms
from bekwaam.frameworks.loading.review_term import load_review_terms_file
from bekwaam.frameworks.model import Source
from bekwaam.frameworks.review_term import ReviewTerms
from tests.frameworks.packs import line_of

SOUND = """\
review_terms: proef
for: kennis-sociaal-werk@1.0
usual: traag
terms:
  - code: wet
    name: {nl: "Wetten", en: "Laws"}
    days: ["07-01", "01-01"]
    reason: {nl: "Daarom.", en: "Because."}
    source: {document: "001", section: "6"}
  - code: traag
    name: {nl: "Theorie", en: "Theory"}
    months: 24
    reason: {nl: "Rustig.", en: "Slowly."}
    own: true
items:
  - code: K1.4
    term: wet
    own: true
"""


def read(tmp_path: Path, text: str) -> ReviewTerms:
    path = tmp_path / "termijnen.yaml"
    path.write_text(text, "utf-8")
    return load_review_terms_file(path, find_builtin)


def test_an_item_has_its_own_term_or_the_usual_one(tmp_path: Path) -> None:
    found, framework = read(tmp_path, SOUND), load_builtin("kennis-sociaal-werk")
    law = found.of(framework, "K1.4")
    assert (law.days, law.months, law.source) == (((1, 1), (7, 1)), 0, Source("001", "6"))
    assert (found.of(framework, "K1.1").code, found.usual.months) == ("traag", 24)
    assert found.of(load_builtin("evc-sociaal-werker-mbo"), "K1.4") is found.usual


def test_every_term_of_the_product_says_whose_idea_it_is() -> None:
    found = load_review_terms()
    framework = load_builtin(found.framework.id, found.framework.version)
    assert all(term.own or term.source for term in found.terms)
    laws = [one.code for one in found.tied if one.term == "law"]
    assert laws == ["K1.4", "K2.2", "E2.1"] and set(laws) <= framework.by_code.keys()
    for one in found.tied:  # where a document says what the item is about, it is that of the item
        assert one.own or one.source == Source(
            framework.by_code[one.code].source.document, one.source.section
        )  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("part", "other", "reason", "place"),
    [
        ("code: K1.4", "code: K9.9", "unknown_code", "code: K9.9"),
        ("    term: wet", "    term: weg", "unknown_term", "term: weg"),
        ("usual: traag", "usual: snel", "unknown_term", "usual: snel"),
        ('"07-01"', '"02-31"', "odd_day", "02-31"),
        ('"07-01"', '"13-01"', "odd_day", "13-01"),
        ("    months: 24\n", "", "one_of_two", "- code: traag"),
        ("    months: 24\n", '    months: 24\n    days: ["01-01"]\n', "one_of_two", "- code: traag"),
        ("    months: 24\n", "    months: 0\n", "out_of_range", "months: 0"),
        ("    own: true\nitems", "items", "missing_source", "- code: traag"),
        ("source:", "bron:", "unknown_key", "bron"),
        ("terms:\n  -", "term:\n  -", "missing_key", "review_terms"),
        ("@1.0", "@9", "unknown_framework", "werk@9"),
    ],
)
def test_every_fault_is_named_with_its_line_in_both_languages(
    tmp_path: Path, part: str, other: str, reason: str, place: str
) -> None:
    text = SOUND.replace(part, other, 1)
    assert text != SOUND
    with pytest.raises(FaultsFound) as raised:
        read(tmp_path, text)
    fault = next(fault for fault in raised.value.faults if fault.reason == reason)
    assert fault.line == line_of(text, place)
    assert fault.text("nl") != fault.text("en")


@pytest.mark.parametrize("text", ["- 1\n", "review_terms: [", ""])
def test_what_is_no_file_of_terms_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(FaultsFound):
        read(tmp_path, text)
