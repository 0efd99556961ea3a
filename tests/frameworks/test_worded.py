"""A framework in other words: what changes, and what never does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bekwaam.frameworks.document import to_document
from bekwaam.frameworks.library import builtin_ids, load_builtin
from bekwaam.frameworks.model import Framework, Text
from bekwaam.frameworks.worded import (
    WordingTexts,
    replaced,
    replaced_numbers,
    slots_by_code,
    text_number,
    worded,
)
from tests.standards import item, small_standard

TEXTS = WordingTexts(
    {
        "1.1": {"title": {"nl": "Hun titel"}, "text": {"nl": "Hun tekst", "en": "Their text"}},
        "vakbekwaam": {"text": {"nl": "Hun stadium"}},
        "9.9": {"title": {"nl": "Kent dit kader niet"}},
    }
)


@pytest.fixture
def small() -> Framework:
    return small_standard()


def test_what_is_given_stands_in_place_of_ours_and_a_language_that_is_not_there_keeps_ours(
    small: Framework,
) -> None:
    there = worded(small, TEXTS)
    assert there.by_code["1.1"].title == Text("Hun titel", "competence 1.1 en")
    assert there.by_code["1.1"].text == Text("Hun tekst", "Their text")
    assert there.stage_by_code["vakbekwaam"].description == Text("Hun stadium", "vakbekwaam")
    assert there.by_code["1.2"] == small.by_code["1.2"]


def _bare(framework: Framework) -> dict[str, object]:
    """Return a framework without its words."""
    document = to_document(framework)
    for one in document["items"]:
        del one["title"], one["text"], one["own"]
    for one in document["stages"]:
        del one["title"], one["description"]
    return document


@pytest.mark.parametrize("identifier", builtin_ids())
def test_codes_kinds_stages_order_and_rule_stay_for_every_pack(identifier: str) -> None:
    pack = load_builtin(identifier)
    texts = WordingTexts(
        {
            code: {
                part: {"nl": f"{part} {code}", "en": f"{part} {code} en"}
                for part in ("title", "text")
                if slot.part(part)
            }
            for code, slot in slots_by_code(pack).items()
        }
    )
    there = worded(pack, texts)
    assert _bare(there) == _bare(pack)
    assert all(one.text is None or one.text.nl == f"text {one.code}" for one in there.items)
    total = text_number(pack)
    assert replaced_numbers(pack, texts) == {"nl": total, "en": total}


def test_it_is_told_which_codes_were_replaced_in_which_language(small: Framework) -> None:
    assert replaced(small, TEXTS) == {("1.1", "nl"), ("1.1", "en"), ("vakbekwaam", "nl")}
    assert replaced_numbers(small, TEXTS) == {"nl": 3, "en": 1}


def test_a_text_for_something_that_has_none_is_passed_over(small: Framework) -> None:
    bare = replace(small, items=(replace(small.items[0], text=None), *small.items[1:]))
    texts = WordingTexts({"1": {"text": {"nl": "Te veel"}}})
    assert worded(bare, texts).by_code["1"].text is None
    assert not replaced(bare, texts)


def test_a_text_that_was_replaced_is_no_longer_marked_as_ours(small: Framework) -> None:
    own = replace(small, items=tuple(replace(one, own=True) for one in small.items))
    there = worded(own, TEXTS)
    assert not there.by_code["1.1"].own
    assert there.by_code["1.2"].own


def test_a_code_that_is_of_an_item_and_of_a_stage_means_the_item(small: Framework) -> None:
    both = replace(small, items=(*small.items, item("vakbekwaam", "cluster")))
    there = worded(both, TEXTS)
    assert there.by_code["vakbekwaam"].text == Text("Hun stadium", "vakbekwaam")
    assert there.stage_by_code["vakbekwaam"] == both.stage_by_code["vakbekwaam"]


def test_nothing_given_changes_nothing(small: Framework) -> None:
    assert worded(small, WordingTexts()) == small
    assert replaced_numbers(small, WordingTexts()) == {"nl": 0, "en": 0}


@settings(suppress_health_check=[HealthCheck.too_slow])  # on a busy machine it is slow to make texts
@given(
    st.dictionaries(
        st.sampled_from(["1", "1.1", "1.2", "L1", "vakbekwaam"]),
        st.dictionaries(
            st.sampled_from(["title", "text"]),
            st.dictionaries(st.sampled_from(["nl", "en"]), st.text(min_size=1), min_size=1),
            min_size=1,
        ),
    )
)
def test_texts_come_back_from_their_data_as_they_were(data: dict[str, dict[str, dict[str, str]]]) -> None:
    assert WordingTexts.from_data(WordingTexts(data).to_data()) == WordingTexts(data)
    assert len(replaced(small_standard(), WordingTexts(data))) == len(
        {(one.code, one.language) for one in WordingTexts(data)}
    )


@pytest.mark.parametrize(
    "data",
    [
        [],
        {"1.1": "tekst"},
        {"1.1": {"title": "tekst"}},
        {"1.1": {"name": {"nl": "x"}}},
        {"1.1": {"title": {"fr": "x"}}},
        {"1.1": {"title": {"nl": 1}}},
        {"1.1": {"title": {"nl": ""}}},
    ],
)
def test_other_data_is_refused(data: object) -> None:
    with pytest.raises(ValueError, match="wording"):
        WordingTexts.from_data(data)
