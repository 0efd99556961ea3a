"""What a team covers, by consent and layer by layer; what leaving and joining would change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bekwaam.domain.growth.gap import Layer, Picture
from bekwaam.domain.growth.target import target_of_profile, target_of_stage
from bekwaam.domain.growth.totals import groups_in
from bekwaam.domain.teams.coverage import Known, Thin, coverage, group_cover, spread, thin_spots
from bekwaam.domain.teams.members import Consent, Member, imagined, shared
from bekwaam.domain.teams.starting import beside_model
from bekwaam.domain.teams.what_if import if_joins, if_leaves
from bekwaam.domain.teams.words import (
    band_name,
    explain_change,
    explain_cover,
    explain_model,
    explain_thin,
)
from bekwaam.frameworks.crosswalk import Reference
from bekwaam.frameworks.library import builtin_profiles, load_builtin, load_team_models
from bekwaam.frameworks.team_model import Composition

MBO = load_builtin("evc-sociaal-werker-mbo")
PROFILES = {p.code: p for p in builtin_profiles(Reference("evc-sociaal-werker-mbo", "1.0"))}
MODELS = {model.code: model for model in load_team_models().models}
TARGET = target_of_stage(MBO, "vakbekwaam", ("competence",))
AT = datetime(2026, 11, 26, 12, tzinfo=UTC)
SELF, JUDGED, FEEDBACK = Layer.SELF, Layer.JUDGEMENT, Layer.FEEDBACK


def person(
    ref: str, *pictures: tuple[Layer, dict[str, str | None]], layers: set[Layer] | None = None
) -> Member:
    given = tuple(Picture(layer, values, f"{ref}{place}") for place, (layer, values) in enumerate(pictures))
    return Member(ref, frozenset({SELF} if layers is None else layers), given)


ANNA = person("anna", (SELF, {"1.1": "vakvolwassen", "4.1": "vakbekwaam", "2.3": None}))
BRAM = person("bram", (SELF, {"1.1": "vakbekwaam", "4.1": "startbekwaam", "2.3": "none"}))
CEES = person("cees", (SELF, {"1.1": "vakvolwassen", "2.3": "vakbekwaam"}), layers=set())


# ---- consent


@pytest.mark.parametrize(
    ("since", "withdrawn", "seen"),
    [
        (-1, None, True),
        (0, None, True),
        (1, None, False),
        (-2, -1, False),
        (-2, 0, False),  # at the very moment of withdrawal nothing is shown any more
        (-2, 1, True),
    ],
)
def test_what_is_shared_follows_the_moment(since: int, withdrawn: int | None, seen: bool) -> None:
    def day(number: int) -> datetime:
        return AT + timedelta(days=number)

    consent = Consent(SELF, day(since), None if withdrawn is None else day(withdrawn))
    member = shared("anna", ANNA.pictures, [consent], AT)
    assert bool(member.pictures) is seen
    assert (SELF in member.layers) is seen


def test_consent_to_one_layer_is_no_consent_to_another() -> None:
    pictures = [Picture(SELF, {"1.1": "vakbekwaam"}), Picture(JUDGED, {"1.1": "vakvolwassen"})]
    member = shared("anna", pictures, [Consent(SELF, AT)], AT)
    assert [picture.layer for picture in member.pictures] == [SELF]
    found = coverage(MBO, TARGET, [member], JUDGED)
    assert {cell.known for line in found.lines for cell in line.cells} == {Known.NOT_SHARED}


def test_a_picture_that_slipped_in_without_consent_is_not_seen() -> None:
    found = coverage(MBO, TARGET, [CEES], SELF)
    assert {(cell.known, cell.value) for line in found.lines for cell in line.cells} == {
        (Known.NOT_SHARED, None)
    }


# ---- coverage


def test_a_cell_tells_what_was_said_what_is_unknown_and_what_is_not_shared() -> None:
    found = coverage(MBO, TARGET, [ANNA, BRAM, CEES], SELF)
    cells = {code: [(c.known.value, c.value, c.enough) for c in found.by_code[code].cells] for code in ("1.1", "2.3", "7.3")}  # fmt: skip  # noqa: E501
    hidden = ("not_shared", None, False)
    assert cells == {
        "1.1": [("said", "vakvolwassen", True), ("said", "vakbekwaam", True), hidden],
        "2.3": [("said", None, False), ("said", None, False), hidden],
        "7.3": [("unknown", None, False), ("unknown", None, False), hidden],
    }
    assert found.members == ("anna", "bram", "cees")


def test_of_several_people_who_gave_feedback_the_most_careful_counts() -> None:
    told = person(
        "dina",
        (FEEDBACK, {"1.1": "vakvolwassen", "1.2": "vakbekwaam"}),
        (FEEDBACK, {"1.1": "startbekwaam"}),
        layers={FEEDBACK},
    )
    found = coverage(MBO, TARGET, [told], FEEDBACK)
    assert [(found.by_code[code].cells[0].value) for code in ("1.1", "1.2")] == ["startbekwaam", "vakbekwaam"]


def test_by_stage_every_member_counts_once() -> None:
    line = coverage(MBO, TARGET, [ANNA, BRAM, CEES], SELF).by_code["4.1"]
    found = spread(MBO, line)
    assert found.counts == ((None, 0), ("startbekwaam", 1), ("vakbekwaam", 1), ("vakvolwassen", 0))
    assert found.open == 1
    assert sum(number for _, number in found.counts) + found.open == 3


@pytest.mark.parametrize(
    ("members", "code", "why"),
    [
        ([ANNA, BRAM], "1.1", None),
        ([ANNA], "1.1", Thin.ONE),
        ([ANNA, BRAM], "4.1", Thin.ONE),
        ([ANNA, BRAM], "2.3", Thin.NOBODY),
        ([ANNA, BRAM, CEES], "2.3", Thin.NOT_KNOWN),
        ([ANNA], "7.3", Thin.NOT_KNOWN),
        ([], "1.1", Thin.NOBODY),
    ],
)
def test_where_a_team_is_thin_and_why(members: list[Member], code: str, why: Thin | None) -> None:
    spots = {spot.ask.code: spot.why for spot in thin_spots(coverage(MBO, TARGET, members, SELF))}
    assert spots.get(code) == why


def test_three_may_be_asked_and_then_two_are_few() -> None:
    spots = {s.ask.code: s.why for s in thin_spots(coverage(MBO, TARGET, [ANNA, BRAM], SELF), at_least=3)}
    assert spots["1.1"] is Thin.FEW


def test_a_cluster_counts_what_is_covered_at_all_and_what_is_thin() -> None:
    covers = {c.group.code: c for c in group_cover(coverage(MBO, TARGET, [ANNA, BRAM], SELF), groups_in(MBO))}
    one = covers["1"]
    assert (one.asked, one.covered, one.thin) == (2, 1, 1)
    assert explain_cover(one, "en") == (
        "Making contact and building meaningful relationships: 1 of 2 covered, 1 by one person or nobody."
    )
    assert "L1" not in covers  # only competences are asked


def test_nobody_stands_in_a_team_twice() -> None:
    with pytest.raises(ValueError, match="twice"):
        coverage(MBO, TARGET, [ANNA, ANNA], SELF)


# ---- what if


def test_if_somebody_leaves_the_spots_that_leaned_on_them_come_open() -> None:
    change = if_leaves(MBO, TARGET, [ANNA, BRAM], SELF, "anna")
    assert [(shift.code, shift.before, shift.after) for shift in change.shifts] == [
        ("1.1", 2, 1),
        ("4.1", 1, 0),
    ]
    assert [spot.ask.code for spot in change.thinner] == ["1.1"]  # 4.1 was thin already
    assert [spot.ask.code for spot in change.lost] == ["4.1"]  # and now leans on nobody
    with pytest.raises(KeyError):
        if_leaves(MBO, TARGET, [ANNA], SELF, "zoe")


def test_if_somebody_with_a_profile_joins_the_team_gains_what_it_asks() -> None:
    newcomer = imagined("?", target_of_profile(MBO, PROFILES["opbouwwerker"]), SELF)
    change = if_joins(MBO, TARGET, [ANNA, BRAM], SELF, newcomer)
    assert {shift.code for shift in change.shifts} == {
        code for code in PROFILES["opbouwwerker"].by_code if code != "L2"
    }
    assert [spot.ask.code for spot in change.filled] == ["4.1"]
    assert newcomer.imagined


def test_joining_and_leaving_again_changes_nothing() -> None:
    before = coverage(MBO, TARGET, [ANNA, BRAM], SELF)
    newcomer = imagined("?", target_of_profile(MBO, PROFILES["wijkcoach"]), SELF)
    assert if_leaves(MBO, TARGET, [ANNA, BRAM, newcomer], SELF, "?").after == before


def test_a_change_in_words() -> None:
    change = if_leaves(MBO, TARGET, [ANNA, BRAM], SELF, "anna")
    assert explain_change(MBO, change, "nl") == (
        "1.1 Maakt en onderhoudt contact: is present: nu bij 2, dan bij 1.",
        "4.1 Zorgt voor verbindingen: nu bij 1, dan bij 0.",
        "Op 1 plek is het team dan dun bezet.",
    )
    still = if_leaves(MBO, TARGET, [ANNA, CEES], SELF, "cees")
    assert explain_change(MBO, still, "en") == ("What the team covers stays the same.",)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_thin_spots_speak_without_names(language: str) -> None:
    spots = thin_spots(coverage(MBO, TARGET, [ANNA, BRAM, CEES], SELF), at_least=3)
    text = " ".join(explain_thin(MBO, spot, language) for spot in spots)
    assert len({spot.why for spot in spots}) == 3
    assert not any(name in text for name in ("anna", "bram", "cees"))


# ---- the three models


def everything(ref: str, code: str) -> Member:
    return imagined(ref, target_of_profile(MBO, PROFILES[code]), SELF)


@pytest.mark.parametrize(
    ("model", "members", "met"),
    [
        ("een-generalist", [everything("a", "wijkcoach"), everything("b", "wijkcoach")], True),
        ("een-generalist", [everything("a", "wijkcoach"), ANNA], False),
        ("een-generalist", [], False),
        ("twee-beroepen", [everything("a", "maatschappelijk-werker"), everything("b", "opbouwwerker")], True),
        ("twee-beroepen", [everything("a", "maatschappelijk-werker"), ANNA], False),
        ("team-als-generalist", [everything("a", "wijkcoach"), ANNA], True),
        ("team-als-generalist", [everything("a", "opbouwwerker")], False),
        ("team-als-generalist", [], False),
    ],
)  # fmt: skip
def test_a_team_beside_a_model(model: str, members: list[Member], met: bool) -> None:
    found = beside_model(MBO, MODELS[model], PROFILES, members, SELF)
    assert found.met is met
    for language in ("nl", "en"):
        lines = explain_model(found, language)
        assert len(lines) == 1 + len(MODELS[model].profiles)


def test_what_no_one_has_alone_a_team_can_have_together() -> None:
    asked = target_of_profile(MBO, PROFILES["wijkcoach"]).asks
    halves = [{ask.code: ask.value for ask in asked[:8]}, {ask.code: ask.value for ask in asked[8:]}]
    members = [person(str(place), (SELF, dict(half))) for place, half in enumerate(halves)]
    assert beside_model(MBO, MODELS["team-als-generalist"], PROFILES, members, SELF).met
    assert not beside_model(MBO, MODELS["een-generalist"], PROFILES, members, SELF).met


def test_the_three_models_are_those_of_002_and_say_whose_idea_their_profiles_are() -> None:
    named = load_builtin("sociaal-werk-in-de-21e-eeuw").of_kind("team_model")
    models = load_team_models().models
    assert [(m.item, m.name, m.named_in) for m in models] == [(i.code, i.title, i.source) for i in named]
    assert [model.composition for model in models] == list(Composition)
    assert all(model.own or model.source for model in models)
    assert {code for model in models for code in model.profiles} <= PROFILES.keys()


def test_a_band_is_named_by_its_ends() -> None:
    from_to = type("B", (), {"values": ("none", "startbekwaam")})()
    assert band_name(MBO, from_to, "en") == "not yet to ready to start"  # type: ignore[arg-type]
