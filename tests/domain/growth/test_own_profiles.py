"""Writing an own profile, and two beside each other: what is wrong, whose it becomes, and what differs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bekwaam.domain.growth.gap import Layer, Picture
from bekwaam.domain.growth.gap_words import explain_match
from bekwaam.domain.growth.match import Fit, match
from bekwaam.domain.growth.profile_comparing import Beside, beside
from bekwaam.domain.growth.profile_editing import DemandInput, ProfileInput, check_profile, copy_of, edited
from bekwaam.domain.growth.profile_words import explain_both, explain_change, explain_pair
from bekwaam.frameworks.crosswalk import Reference
from bekwaam.frameworks.function_profile import Demand, FunctionProfile, asked_items, profile_code
from bekwaam.frameworks.function_profile_document import profile_document, profile_from_document, profile_hash
from bekwaam.frameworks.library import load_builtin, load_profile_set
from bekwaam.frameworks.model import Source, Text

MBO = load_builtin("evc-sociaal-werker-mbo")
KNOWLEDGE = load_builtin("kennis-sociaal-werk")
WIJKCOACH = load_profile_set("functienamen").by_code["wijkcoach"]
COPY = copy_of(WIJKCOACH, "Huis Noord", ours=True)
ONE = DemandInput("1.1", "vakbekwaam", "Zonder contact niets.")


def filled(profile: FunctionProfile = COPY, **changes: object) -> ProfileInput:
    demands = tuple(DemandInput(one.code, one.stage or "asked", one.reason.nl) for one in profile.demands)
    found = ProfileInput(name=profile.name, text=profile.text, demands=demands)
    return replace(found, **changes)  # type: ignore[arg-type]


def with_one(stage: str | None = None, reason: str | None = None) -> ProfileInput:
    """Return the copy with its first demand changed."""
    first, *rest = filled().demands
    changed = replace(first, stage=stage or first.stage, reason=first.reason if reason is None else reason)
    return filled(demands=(changed, *rest))


@pytest.mark.parametrize(
    ("changes", "name", "reason"),
    [
        ({"name": Text("", "Coach")}, "name_nl", "empty"),
        ({"name": Text("!?", "")}, "name_nl", "empty"),
        ({"name": Text("  jongerenwerker ", "")}, "name_nl", "twice"),
        ({"name": Text("x" * 201, "")}, "name_nl", "too_long"),
        ({"text": Text("x", "x" * 2001)}, "text_en", "too_long"),
        ({"book": "x" * 81}, "book", "too_long"),
        ({"book_url": "javascript:alert(1)"}, "book_url", "no_link"),
        ({"book_url": "functieboek.nl"}, "book_url", "no_link"),
        ({"demands": ()}, "demands", "empty"),
        ({"demands": (replace(ONE, stage="meester"),)}, "stage-1.1", "unknown"),
        ({"demands": (replace(ONE, stage="asked"),)}, "stage-1.1", "unknown"),
        ({"demands": (replace(ONE, code="9.9"),)}, "stage-9.9", "unknown"),
        ({"demands": (replace(ONE, reason=""),)}, "reason-1.1", "empty"),
        ({"demands": (replace(ONE, reason="x" * 501),)}, "reason-1.1", "too_long"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(changes: dict[str, object], name: str, reason: str) -> None:
    others = [replace(WIJKCOACH, name=Text("Jongerenwerker", "Youth worker"))]
    assert [(one.name, one.reason) for one in check_profile(MBO, filled(**changes), others)] == [
        (name, reason)
    ]


def test_a_copy_of_ours_as_it_is_has_no_faults_and_stays_marked_as_taken_over() -> None:
    assert not check_profile(MBO, filled(), [])
    found = edited(MBO, COPY, filled(), "Huis Noord", "n-wijkcoach")
    assert {one.copied for one in found.demands} == {True} and found.copied_from == "wijkcoach"
    assert str(found.source) == "Huis Noord" and found.accents == WIJKCOACH.accents
    assert {one.reason for one in found.demands} == {one.reason for one in WIJKCOACH.demands}
    assert edited(MBO, COPY, filled(accents=False), "Huis Noord", "n-wijkcoach").accents == ()


@pytest.mark.parametrize(
    ("given", "stage", "english"),
    [
        (with_one(stage="startbekwaam"), "startbekwaam", WIJKCOACH.demands[0].reason.en),
        (with_one(reason="Bij ons altijd."), WIJKCOACH.demands[0].stage, "Bij ons altijd."),
    ],
)
def test_what_is_changed_becomes_the_word_of_the_organisation(
    given: ProfileInput, stage: str, english: str
) -> None:
    found = edited(MBO, COPY, given, "Huis Noord", "n-wijkcoach")
    first = found.by_code[COPY.demands[0].code]
    rest = [one for one in found.demands if one is not first]
    assert (first.stage, first.reason.en) == (stage, english)
    assert not first.copied and not first.own and str(first.source) == "Huis Noord"
    assert all(one.copied for one in rest)


def test_a_reason_that_was_shown_in_english_and_left_alone_keeps_its_dutch() -> None:
    found = edited(MBO, COPY, with_one(reason=COPY.demands[0].reason.en), "Huis Noord", "n")
    assert found.by_code[COPY.demands[0].code] == COPY.demands[0]


def test_demands_stand_in_the_order_of_the_framework_and_one_language_stands_for_both() -> None:
    given = ProfileInput(
        Text("Coach", ""), Text("", ""), (replace(ONE, code="L1"), replace(ONE, code="2.1"), ONE)
    )
    found = edited(MBO, None, given, "Huis Noord", "n-coach")
    assert [one.code for one in found.demands] == ["1.1", "2.1", "L1"]
    assert (found.name.en, found.text.nl, found.copied_from) == ("Coach", "Coach", "")


def test_a_framework_without_stages_is_asked_of_or_not_and_knowledge_with_it() -> None:
    codes = [item.code for item in asked_items(KNOWLEDGE)]
    assert len(codes) == 40 and not [item for item in asked_items(MBO) if item.kind.startswith("knowledge")]
    given = ProfileInput(
        Text("Coach", ""), Text("", ""), (DemandInput(codes[0], "asked", "Daar draait het om."),)
    )
    assert not check_profile(KNOWLEDGE, given, [])
    found = edited(KNOWLEDGE, None, given, "Huis Noord", "n-coach")
    assert found.demands[0].stage is None
    assert match(KNOWLEDGE, found, Picture(Layer.SELF, {codes[0]: "partly"})).fit is Fit.NOT_YET
    assert match(KNOWLEDGE, found, Picture(Layer.SELF, {codes[0]: "yes"})).fit is Fit.ALL


@pytest.mark.parametrize(
    ("name", "taken", "code"),
    [
        ("Wijk-coach!", (), "n-wijk-coach"),
        ("Coördinator", (), "n-coordinator"),
        ("Coach", ("n-coach", "n-coach-2"), "n-coach-3"),
        ("?!", (), ""),
    ],
)
def test_a_code_is_made_of_the_name_and_never_taken(name: str, taken: tuple[str, ...], code: str) -> None:
    assert profile_code("n", name, taken) == code


def test_what_only_organisations_say_is_kept_without_loss_and_changes_no_hash_of_ours() -> None:
    found = replace(COPY, code="n", function_book_url="https://example.org", changed_on="2026-01-02")
    assert profile_from_document(profile_document(found)) == found
    assert not {"function_book_url", "copied_from", "changed_on"} & profile_document(WIJKCOACH).keys()
    assert "copied" not in profile_document(WIJKCOACH)["demands"][0]
    assert profile_hash(found) != profile_hash(replace(found, changed_on="2026-01-03"))


def profile(name: str, version: str = "1.0", **asked: tuple[str, str]) -> FunctionProfile:
    demands = tuple(
        Demand(code.replace("_", "."), stage, Text(why, why), Source("x"))
        for code, (stage, why) in asked.items()
    )
    reference = Reference(MBO.id, version)
    return FunctionProfile(name, Text(name, name), Text(name, name), Source("x"), reference, demands)


FIRST = profile(
    "A",
    **{"1_1": ("vakbekwaam", "Zo."), "1_2": ("vakvolwassen", "Zo."), "2_1": ("startbekwaam", "Zo."),
       "2_2": ("vakbekwaam", "Zo."), "L1": ("vakbekwaam", "Zo.")},
)  # fmt: skip
SECOND = profile(
    "B",
    **{"1_1": ("vakbekwaam", "Zo."), "1_2": ("startbekwaam", "Zo."), "2_1": ("vakbekwaam", "Zo."),
       "2_2": ("vakbekwaam", "Anders."), "2_3": ("vakbekwaam", "Zo.")},
)  # fmt: skip


def test_two_profiles_beside_each_other_say_which_asks_what_more() -> None:
    pairs = beside(MBO, FIRST, SECOND)
    assert [(one.code, one.beside, one.steps) for one in pairs] == [
        ("1.1", Beside.SAME, 0),
        ("1.2", Beside.FIRST_MORE, 2),
        ("2.1", Beside.SECOND_MORE, 1),
        ("2.2", Beside.OTHER_REASON, 0),
        ("2.3", Beside.SECOND_ONLY, 0),
        ("L1", Beside.FIRST_ONLY, 0),
    ]
    assert [explain_pair(one, "A", "B", "nl") for one in pairs] == [
        "Ze vragen hetzelfde, om dezelfde reden.",
        "A vraagt 2 stadia meer.",
        "B vraagt 1 stadium meer.",
        "Ze vragen hetzelfde; de reden verschilt.",
        "Alleen B vraagt dit.",
        "Alleen A vraagt dit.",
    ]
    assert explain_both(pairs, "A", "B", "en") == (
        "Of 2 of 6 parts they ask the same.",
        "A asks 1 part that the other does not.",
        "A asks a higher stage of 1 part.",
        "B asks 1 part that the other does not.",
        "B asks a higher stage of 1 part.",
    )


def test_profiles_on_different_versions_cannot_be_laid_side_by_side() -> None:
    with pytest.raises(ValueError, match="about"):
        beside(MBO, FIRST, replace(SECOND, framework=Reference(MBO.id, "2.0")))


def test_what_changed_is_told_in_sentences_and_the_same_says_nothing() -> None:
    assert explain_change(MBO, FIRST, FIRST, "nl") == ()
    later = replace(SECOND, name=Text("B", "B"), text=Text("Nieuw.", "New."), function_book="FB-1")
    lines = explain_change(MBO, FIRST, later, "nl")
    assert lines[:3] == (
        "De naam was A en is B.",
        "De omschrijving is gewijzigd.",
        "Hoe het in het functieboek heet of staat, is gewijzigd.",
    )
    assert [line.split(" ")[0] for line in lines[3:]] == ["1.2", "2.1", "2.2", "2.3", "L1"]
    assert lines[3].endswith("gevraagd werd vakvolwassen, nu startbekwaam.")
    assert lines[-1].endswith("wordt niet meer gevraagd.")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_match_with_an_own_profile_says_what_was_taken_over_and_what_is_theirs(language: str) -> None:
    codes = [one.code for one in COPY.demands]
    taken = edited(MBO, COPY, filled(), "Huis Noord", "n")
    all_taken = " ".join(explain_match(MBO, None, match(MBO, taken, Picture(Layer.SELF, {})), language))
    assert (
        "overgenomen uit een profiel van Bekwaam" if language == "nl" else "taken over from a profile"
    ) in all_taken
    mixed = edited(MBO, COPY, with_one(reason="Bij ons altijd."), "Huis Noord", "n")
    picture = Picture(Layer.SELF, dict.fromkeys(codes[2:], "vakvolwassen"))
    first, second = explain_match(MBO, None, match(MBO, mixed, picture), language)[2:4]
    assert first.endswith("Bij ons altijd.") and second.endswith(")")
    assert not [line for line in (first, second, all_taken) if "Onze eis" in line or "Our demand" in line]


def test_a_description_that_is_taken_away_is_told_and_a_name_without_one_is_told_once() -> None:
    bare = replace(FIRST, text=FIRST.name)
    assert explain_change(MBO, replace(FIRST, text=Text("Wat het is.", "What it is.")), bare, "nl") == (
        "De omschrijving is gewijzigd.",
    )
    named = replace(bare, name=Text("C", "C"), text=Text("C", "C"))
    assert explain_change(MBO, bare, named, "nl") == (f"De naam was {FIRST.name.nl} en is C.",)
