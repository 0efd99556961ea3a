"""From light to heavy: the lightest that works comes out, and nothing heavier without a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bekwaam.domain.growth.lightest import (
    Given,
    Says,
    Way,
    answered,
    back,
    chosen,
    explain,
    may_answer,
    next_question,
    outline,
)
from bekwaam.domain.portfolio.evidence import check_evidence
from bekwaam.domain.portfolio.kinds import EvidenceKind, StarrField
from bekwaam.frameworks.faults import FaultsFound
from bekwaam.frameworks.guide import STARR_PARTS
from bekwaam.frameworks.library import GUIDES, find_builtin, guide_ids, load_builtin, load_guide
from bekwaam.frameworks.loading.guide import load_guide_file
from tests.frameworks.packs import line_of

GUIDE = load_guide("licht-naar-zwaar")
WMO = load_builtin("wmo-competenties", "2012")
YES, NO, UNSURE = Says.YES, Says.NO, Says.UNSURE


def walk(*says: Says, danger: Says = NO) -> Way:
    """Answer everything, with ``says`` to the steps from light to heavy; stop where they run out."""
    way, left = Way(), list(says)
    while (prompt := next_question(GUIDE, way)) is not None:
        if prompt.starr:
            way = answered(GUIDE, way, Given(prompt.code, f"Over {prompt.code}."))
        elif prompt == GUIDE.safety:
            way = answered(GUIDE, way, Given(prompt.code, "Hij valt.", danger))
        elif left:
            way = answered(GUIDE, way, Given(prompt.code, f"Want {prompt.code}.", left.pop(0)))
        else:
            break
    return way


@pytest.mark.parametrize(
    ("says", "step", "lighter", "tried", "nothing"),
    [
        ((YES,), "S1", [], False, False),
        ((UNSURE,), "S1", [], True, False),
        ((NO, YES), "S2", ["S1"], False, False),
        ((NO, UNSURE), "S2", ["S1"], True, False),
        ((NO, NO, YES), "S3", ["S1", "S2"], False, False),
        ((NO, NO, UNSURE), "S3", ["S1", "S2"], True, False),
        ((NO, NO, NO), "S3", ["S1", "S2", "S3"], False, True),
    ],
)
def test_the_lightest_that_may_work_comes_out(
    says: tuple[Says, ...], step: str, lighter: list[str], tried: bool, nothing: bool
) -> None:
    found = chosen(GUIDE, walk(*says))
    assert found is not None
    assert (found.step, [code for code, _ in found.lighter], found.tried, found.nothing, found.danger) == (
        step, lighter, tried, nothing, "",
    )  # fmt: skip


def test_danger_leads_to_the_heaviest_at_once_with_the_reason() -> None:
    way = walk(danger=YES)
    found = chosen(GUIDE, way)
    assert found is not None
    assert (found.step, found.lighter, found.danger) == ("S3", (), "Hij valt.")
    assert next_question(GUIDE, way) is None
    assert [one.code for one in way.given] == ["situatie", "zelf", "vraag", "veiligheid", "terug"]


def test_no_heavier_step_is_asked_than_the_one_that_works() -> None:
    assert [one.code for one in walk(YES).given if one.code.startswith("S")] == ["S1"]
    assert chosen(GUIDE, walk(NO)) is None  # S2 is asked now
    assert next_question(GUIDE, walk(NO)) == GUIDE.steps[1]


@pytest.mark.parametrize(
    ("upto", "given_", "reason"),
    [
        (0, Given("situatie", "Een bewoner."), ""),
        (0, Given("situatie", " "), "empty"),
        (0, Given("S1", "Want.", YES), "moved_on"),
        (3, Given("veiligheid", "", None), "no_answer"),
        (3, Given("veiligheid", "", NO), ""),
        (3, Given("veiligheid", "", YES), "no_reason"),
        (3, Given("veiligheid", "", UNSURE), "unsure"),
        (4, Given("S1", "", YES), ""),
        (4, Given("S1", "", UNSURE), ""),
        (4, Given("S1", " ", NO), "no_reason"),
        (4, Given("S3", "Want.", YES), "moved_on"),
    ],
)
def test_an_answer_will_do_or_says_why_not(upto: int, given_: Given, reason: str) -> None:
    way = Way(walk(YES).given[:upto])
    verdict = may_answer(GUIDE, way, given_)
    assert verdict.reason == reason
    if reason:
        assert verdict.text("nl") != verdict.text("en")
        with pytest.raises(ValueError, match=reason):
            answered(GUIDE, way, given_)


def test_one_can_go_back_and_choose_otherwise() -> None:
    way = walk(NO, YES)
    while way.given[-1].code != "S1":
        way = back(way)
    again = answered(GUIDE, back(way), Given("S1", "", YES))
    found = chosen(GUIDE, again)
    assert found is not None and found.step == "S1"
    assert back(Way()) == Way()


# ---- the outline


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_outline_is_a_story_with_every_part_and_open_questions(language: str) -> None:
    found = outline(GUIDE, walk(NO, YES), language)
    assert list(found) == list(StarrField)
    assert found[StarrField.SITUATION] == "Over situatie.\nOver zelf."
    assert found[StarrField.TASK] == "Over vraag."
    assert "Want S1." in found[StarrField.ACTION] and "Over terug." in found[StarrField.ACTION]
    for prompt in GUIDE.reflection:
        assert f"[{prompt.question[language]}]" in found[StarrField(prompt.starr)]
    texts = {part.value: text for part, text in found.items()}
    assert check_evidence(EvidenceKind.STORY, "Licht", texts, has_file=False) == ()


def test_there_is_no_outline_while_something_is_still_asked() -> None:
    for way in (Way(), walk(NO), Way(walk(YES).given[:-1])):
        with pytest.raises(ValueError, match="still_asked"):
            outline(GUIDE, way, "nl")


@pytest.mark.parametrize(
    ("way", "nl"),
    [
        (walk(YES), ("Ik koos voor faciliteren, het lichtste dat werkt.",)),
        (walk(UNSURE), ("Ik probeer eerst faciliteren, het lichtste dat misschien werkt.",)),
        (walk(NO, YES), ("Faciliteren was niet genoeg, want: Want S1.",
                         "Ik koos voor ondersteunen, het lichtste dat werkt.")),
        (walk(danger=YES), ("Ik koos meteen voor initiëren, want: Hij valt.",)),
    ],
)  # fmt: skip
def test_what_came_out_is_told_in_the_i_form(way: Way, nl: tuple[str, ...]) -> None:
    found = chosen(GUIDE, way)
    assert found is not None
    assert explain(GUIDE, found, "nl") == nl
    assert explain(GUIDE, found, "en") != nl


def test_where_nothing_works_it_goes_to_colleagues() -> None:
    way = walk(NO, NO, NO)
    found = chosen(GUIDE, way)
    assert found is not None and "collega" in explain(GUIDE, found, "nl")[-1]
    assert way.answer("terug") is None
    assert outline(GUIDE, way, "nl")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(list(Says)), min_size=3, max_size=3), st.sampled_from([YES, NO]))
def test_every_way_ends_and_every_heavier_step_has_its_reason(says: list[Says], danger: Says) -> None:
    way = walk(*says, danger=danger)
    found = chosen(GUIDE, way)
    assert found is not None and next_question(GUIDE, way) is None
    steps = [step.code for step in GUIDE.steps]
    assert found.danger or [code for code, _ in found.lighter] == steps[: len(found.lighter)]
    assert all(reason.strip() for _, reason in found.lighter)


# ---- the data


def test_the_steps_are_those_of_the_continuum_in_its_order() -> None:
    assert guide_ids() == ("licht-naar-zwaar",)
    named = WMO.of_kind("continuum_step")
    assert [(step.code, GUIDE.name(step.code)) for step in GUIDE.steps] == [(i.code, i.title) for i in named]
    assert all(prompt.own or prompt.source for prompt in (*GUIDE.opening, *GUIDE.steps, *GUIDE.reflection))
    assert tuple(StarrField) == STARR_PARTS


@pytest.mark.parametrize(
    ("part", "other", "reason", "place"),
    [
        ("item: S2", "item: S9", "unknown_code", "item: S9"),
        ("item: S2", "item: H1", "unknown_code", "item: H1"),
        ("item: S2", "item: S1", "duplicate_code", "item: S1\n    question:\n      nl: \"Lukt het als je h"),
        ("starr: task", "starr: tusk", "unknown_part", "tusk"),
        ("    starr: task\n", "", "missing_key", "- code: vraag"),
        ("    own: true\n", "", "missing_source", "- code: situatie"),
        ('document: "004", section', 'document: "009", section', "unknown_document", '"009"'),
        ("closing:", "slot:", "unknown_key", "slot:"),
        ("wmo-competenties@2012", "wmo@1", "unknown_framework", "wmo@1"),
        ("guide: licht-naar-zwaar", "guide: Licht!", "odd_id", "Licht!"),
    ],
)  # fmt: skip
def test_every_fault_is_named_with_its_line(
    tmp_path: Path, part: str, other: str, reason: str, place: str
) -> None:
    sound = (GUIDES / "licht-naar-zwaar.yaml").read_text("utf-8")
    text = sound.replace(part, other, 1)
    assert text != sound
    path = tmp_path / "gids.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(FaultsFound) as raised:
        load_guide_file(path, find_builtin)
    fault = next(fault for fault in raised.value.faults if fault.reason == reason)
    assert fault.line == line_of(text, place)
    assert fault.text("nl") != fault.text("en")


@pytest.mark.parametrize("text", ["- 1\n", "guide: [", "", "guide: x\n"])
def test_what_is_no_guide_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "gids.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(FaultsFound):
        load_guide_file(path, find_builtin)
