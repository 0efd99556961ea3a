"""Function profiles: every fault with its place, and the sets that come along, true to their sources."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bekwaam.frameworks.crosswalk import Reference
from bekwaam.frameworks.faults import FaultsFound
from bekwaam.frameworks.function_profile import Accent, Demand, FunctionProfile, ProfileSet, Weight
from bekwaam.frameworks.function_profile_document import (
    profile_document,
    profile_from_document,
    profile_hash,
)
from bekwaam.frameworks.library import (
    PROFILES,
    builtin_profiles,
    find_builtin,
    load_builtin,
    load_profile_set,
    profile_set_ids,
)
from bekwaam.frameworks.loading.function_profile import (
    load_profiles_file,
    read_profiles_data,
)
from bekwaam.frameworks.loading.sorts import Sort, sort_of
from bekwaam.frameworks.model import Source, Text
from tests.frameworks.packs import line_of

MBO = load_builtin("evc-sociaal-werker-mbo")
EVC, LOKAAL = Reference("evc-sociaal-werker-mbo", "1.0"), Reference("lokaal-sociaal-werk", "2016")
ALL = builtin_profiles(EVC)

SOUND = """\
function_profiles: proef
title: {nl: "Proef", en: "Trial"}
for: evc-sociaal-werker-mbo@1.0
practice: lokaal-sociaal-werk@2016
named_from: sociaal-werk-in-de-21e-eeuw@1.0
profiles:
  - code: makelaar
    item: F1
    text: {nl: "Brengt samen.", en: "Brings together."}
    own: true
    function_book: FB-12
    demands:
      - codes: ["4.1", L2]
        stage: vakvolwassen
        reason: {nl: "Daar draait het om.", en: "That is the point."}
        own: true
      - codes: ["1.1"]
        stage: vakbekwaam
        reason: {nl: "Het begint met contact.", en: "It starts with contact."}
        source: {document: "004", section: "2.1"}
    accents:
      - code: Q4
        weight: main
        reason: {nl: "Groepen in beweging.", en: "Groups in motion."}
        own: true
  - code: buur
    name: {nl: "Buur", en: "Neighbour"}
    text: {nl: "Woont ernaast.", en: "Lives next door."}
    source: {document: "001", section: "1"}
    demands:
      - codes: ["1.2"]
        stage: startbekwaam
        reason: {nl: "Belt aan.", en: "Rings the bell."}
        own: true
"""

LAST_DEMANDS = SOUND[SOUND.rindex("    demands:") :]


def read(tmp_path: Path, text: str) -> ProfileSet:
    path = tmp_path / "profielen.yaml"
    path.write_text(text, "utf-8")
    return load_profiles_file(path, find_builtin)


def test_a_sound_set_loads_whole(tmp_path: Path) -> None:
    found = read(tmp_path, SOUND)
    assert (found.id, found.framework, found.practice) == ("proef", EVC, LOKAAL)
    first, second = found.profiles
    point = Text("Daar draait het om.", "That is the point.")
    assert first == FunctionProfile(
        code="makelaar",
        name=Text("Sociaal makelaar", "Social broker"),
        text=Text("Brengt samen.", "Brings together."),
        source=Source("002", "Sociaal Werker Nieuwe Stijl"),
        framework=EVC,
        demands=(
            Demand("4.1", "vakvolwassen", point, None, own=True),
            Demand("L2", "vakvolwassen", point, None, own=True),
            Demand(
                "1.1",
                "vakbekwaam",
                Text("Het begint met contact.", "It starts with contact."),
                Source("004", "2.1"),
            ),
        ),
        practice=LOKAAL,
        accents=(Accent("Q4", Weight.MAIN, Text("Groepen in beweging.", "Groups in motion."), own=True),),
        own=True,
        item="F1",
        function_book="FB-12",
    )
    assert (second.name.nl, second.source, second.own) == ("Buur", Source("001", "1"), False)
    assert found.by_code["buur"].by_code["1.2"].stage == "startbekwaam"


@pytest.mark.parametrize(
    ("part", "other", "reason", "place", "sentence"),
    [
        ('codes: ["1.1"]', 'codes: ["1.11"]', "unknown_code", "1.11", "no item 1.11"),
        ('codes: ["1.1"]', 'codes: ["1"]', "wrong_kind", 'codes: ["1"]', "1 is none of these"),
        ('codes: ["1.1"]', 'codes: ["4.1"]', "duplicate_demand", 'codes: ["4.1"]\n', "asks 4.1 already"),
        ('      - codes: ["1.1"]\n        stage: vakbekwaam', "      - stage: vakbekwaam", "missing_key",
         "- stage: vakb", '"codes" is missing.'),
        ("stage: vakbekwaam", "stage: meester", "unknown_stage", "meester", "There are: startbekwaam, "),
        ("        stage: vakbekwaam\n", "", "missing_key", 'codes: ["1.1"]', '"stage" is missing.'),
        ('        source: {document: "004", section: "2.1"}\n', "", "no_source", 'codes: ["1.1"]', "is ours"),
        ('document: "004"', 'document: "009"', "unknown_document", '"009"', 'Document "009"'),
        ("item: F1", "item: F99", "unknown_code", "F99", "no item F99"),
        ("named_from: sociaal-werk-in-de-21e-eeuw@1.0\n", "", "no_framework", "item: F1", '"named_from"'),
        ("practice: lokaal-sociaal-werk@2016\n", "", "no_framework", "accents:", '"practice"'),
        ("code: Q4", "code: Q9", "unknown_code", "code: Q9", "Q9"),
        ("code: Q4", "code: K1", "wrong_kind", "code: K1", "K1 is neither"),
        ("weight: main", "weight: 60", "unknown_weight", "weight: 60", "There are: main, also."),
        ("code: buur", "code: makelaar", "duplicate_code", "code: makelaar\n    name", "on line 7"),
        ("    name: {nl: ", "    naam: {nl: ", "unknown_key", "naam", 'Did you mean "name"?'),
        (', en: "Neighbour"', "", "missing_translation", '"Buur"', '"name" is missing in English.'),
        ("evc-sociaal-werker-mbo@1.0", "evc-sociaal-werker-mbo@9", "unknown_framework", "mbo@9", '"9"'),
        ("lokaal-sociaal-werk@2016", "lokaal", "odd_reference", "practice: lokaal", "id@1.0"),
        ("function_profiles: proef", "function_profiles: Proef!", "odd_id", "Proef!", "cannot be an id"),
        (LAST_DEMANDS, "    demands: []\n", "no_demands", "demands: []", "at least one"),
    ],
)  # fmt: skip
def test_every_fault_is_named_with_its_line_in_both_languages(
    tmp_path: Path, part: str, other: str, reason: str, place: str, sentence: str
) -> None:
    text = SOUND.replace(part, other, 1)
    assert text != SOUND
    with pytest.raises(FaultsFound) as raised:
        read(tmp_path, text)
    fault = next(fault for fault in raised.value.faults if fault.reason == reason)
    assert sentence in fault.text("en")
    assert fault.line == line_of(text, place)
    assert fault.text("nl") != fault.text("en")


def test_all_faults_are_found_in_one_go(tmp_path: Path) -> None:
    text = SOUND.replace("Q4", "Q9").replace("startbekwaam", "start").replace("item: F1", "item: F99")
    with pytest.raises(FaultsFound) as raised:
        read(tmp_path, text)
    assert [fault.reason for fault in raised.value.faults] == [
        "unknown_code",
        "unknown_code",
        "unknown_stage",
    ]


@pytest.mark.parametrize(
    "text", ["- 1\n", "function_profiles: [", "", "function_profiles: x\n", "profiles: 3\n"]
)
def test_what_is_no_set_of_profiles_is_refused_with_a_fault(tmp_path: Path, text: str) -> None:
    with pytest.raises(FaultsFound) as raised:
        read(tmp_path, text)
    assert all(fault.text("nl") for fault in raised.value.faults)


def test_what_was_received_is_read_like_a_file() -> None:
    found, faults = read_profiles_data(SOUND.encode(), "profielen.yaml", find_builtin)
    assert found is not None and not len(faults)
    assert [profile.code for profile in found.profiles] == ["makelaar", "buur"]


def test_a_set_is_known_by_its_head(tmp_path: Path) -> None:
    for name, text in {"ja": SOUND, "nee": "clusters: []\n", "stuk": "function_profiles: ["}.items():
        (tmp_path / name).write_text(text, "utf-8")
    assert [sort_of(tmp_path / name) is Sort.PROFILES for name in ("ja", "nee", "stuk", "weg")] == [
        True,
        False,
        False,
        False,
    ]


def test_a_framework_without_stages_is_asked_without_them(tmp_path: Path) -> None:
    text = (
        'function_profiles: wmo\ntitle: {nl: "W", en: "W"}\nfor: wmo-competenties@2012\nprofiles:\n'
        '  - code: a\n    name: {nl: "A", en: "A"}\n    text: {nl: "A.", en: "A."}\n'
        '    source: {document: "000"}\n    demands:\n'
        '      - codes: [C1]\n        reason: {nl: "R.", en: "R."}\n        own: true\n'
    )
    assert read(tmp_path, text).profiles[0].demands[0].stage is None
    with pytest.raises(FaultsFound) as raised:
        read(tmp_path, text.replace("codes: [C1]", "codes: [C1]\n        stage: hoog"))
    assert [fault.reason for fault in raised.value.faults] == ["no_stages"]


# ---- what comes along


@pytest.mark.parametrize("identifier", profile_set_ids())
def test_every_set_that_comes_along_is_sound(identifier: str) -> None:
    found = load_profile_set(identifier)
    assert found.id == identifier
    for profile in found.profiles:
        assert profile.demands and profile.accents, profile.code
        for reasoned in (*profile.demands, *profile.accents):
            assert reasoned.own or reasoned.source, (profile.code, reasoned.code)


def test_an_unknown_set_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        load_profile_set("../packs/evc-sociaal-werker-mbo/pack")
    assert PROFILES.name == "profiles"


def test_every_function_name_of_002_has_its_profile_under_its_exact_name() -> None:
    named = load_builtin("sociaal-werk-in-de-21e-eeuw").of_kind("function_name")
    profiles = load_profile_set("functienamen").profiles
    assert [(p.item, p.name, p.source) for p in profiles] == [(i.code, i.title, i.source) for i in named]


def test_every_role_of_004_has_its_profile_under_its_exact_name() -> None:
    profiles = load_profile_set("rollen").profiles
    assert [(p.item, p.name, p.source) for p in profiles] == [
        (role.code, role.title, Source("004", "1.3")) for role in MBO.of_kind("role")
    ]


def test_every_profession_that_001_and_000_name_has_its_profile() -> None:
    assert [(p.name.nl, p.source.document) for p in load_profile_set("beroepen").profiles] == [
        ("Maatschappelijk werker", "001"),
        ("Schuldhulpverlener", "001"),
        ("Sociaal raadslieden", "001"),
        ("Opbouwwerker", "001"),
        ("Buurtwerker", "001"),
        ("Jongerenwerker", "001"),
        ("Sociaal-cultureel werker", "001"),
        ("Ouderenwerker", "000"),
    ]


def test_every_stage_that_is_asked_is_ours_for_no_document_asks_one_of_a_function() -> None:
    assert all(demand.own and demand.source is None for profile in ALL for demand in profile.demands)
    assert all(profile.own for profile in ALL)


def test_no_profile_asks_everything_and_each_of_the_21_and_the_7_is_asked_somewhere() -> None:
    competences = {item.code for item in MBO.competences}
    assert all(not competences <= profile.by_code.keys() for profile in ALL)
    asked = {demand.code for profile in ALL for demand in profile.demands}
    assert asked == competences | {item.code for item in MBO.of_kind("life_domain")}


def test_a_document_gives_an_accent_only_where_it_speaks_of_that_work() -> None:
    sourced = [
        (profile.code, accent.code, accent.source.document)
        for profile in ALL
        for accent in profile.accents
        if accent.source
    ]
    assert sourced == [
        ("maatschappelijk-werker", "Q1", "001"),
        ("maatschappelijk-werker", "V2", "001"),
        ("maatschappelijk-werker", "V1", "001"),
        ("schuldhulpverlener", "Q1", "001"),
        ("opbouwwerker", "Q4", "001"),
        ("jongerenwerker", "Q4", "001"),
        ("sociaal-cultureel-werker", "Q4", "001"),
        ("opbouwwerker-nieuwe-stijl", "Q4", "001"),
        ("opbouwwerker-nieuwe-stijl", "Q3", "002"),
        ("opbouwwerker-nieuwe-stijl", "V5", "002"),
        ("maatschappelijk-werker-nieuwe-stijl", "Q1", "001"),
        ("maatschappelijk-werker-nieuwe-stijl", "V2", "001"),
        ("maatschappelijk-werker-nieuwe-stijl", "V1", "001"),
    ]


def test_a_reason_says_something_and_says_it_once_within_a_profile() -> None:
    for profile in ALL:
        reasons = [one.reason.nl for one in profile.accents] + list(
            {one.reason.nl for one in profile.demands}
        )
        assert len(reasons) == len(set(reasons)), profile.code
        assert all(len(re.findall(r"\w+", reason)) >= 3 for reason in reasons), profile.code


@pytest.mark.parametrize("profile", ALL, ids=lambda profile: profile.code)
def test_a_profile_survives_its_document(profile: FunctionProfile) -> None:
    assert profile_from_document(profile_document(profile)) == profile


def test_a_changed_profile_has_another_hash_and_a_broken_document_is_refused() -> None:
    first, second = ALL[:2]
    assert profile_hash(first) != profile_hash(second)
    for broken in ({}, {**profile_document(first), "name": 3}, {**profile_document(first), "accents": [{}]}):
        with pytest.raises(ValueError, match="not the document of a function profile"):
            profile_from_document(broken)
