"""The profile of local social work holds everything that document 001 holds, named exactly."""

from __future__ import annotations

import pytest

from bekwaam.frameworks.library import load_builtin
from bekwaam.frameworks.model import Framework

# counted in the source; its knowledge elements and tensions are in packs of their own
COUNTS = {
    "profile": 3,
    "context": 11,
    "enduring_question": 18,
    "sphere": 2,
    "axis": 2,
    "quadrant": 4,
    "practice": 8,
    "health_field": 3,
    "verb": 5,
    "orientation": 2,
    "notion": 3,
    "setting": 13,
    "qualification_group": 3,
    "qualification": 7,
    "statement": 12,
}
NAMES = {
    "context": (
        "Transformatie en nieuwe verhoudingen",
        "Hardnekkige armoede en financiële bestaanszekerheid",
        "Meritocratisering",
        "Superdiversiteit",
        "Moderne technologie",
        "Informalisering",
        "Maatschappelijke opdracht en maatschappelijke waarden",
        "Betwiste nabijheid",
        "De opkomst van preventie",
        "Zelforganisatie en nieuwe publieke ruimtes",
        "Organisatie en organisatorische context",
    ),
    "sphere": ("Het sociale", "Het sociaal-culturele"),
    "axis": ("Hulpverlening-activering", "Individueel-collectief"),
    "verb": ("Ondersteunen", "Helpen", "Activeren", "Ontwikkelen", "Verbinden"),
    "notion": ("Dialoog en multiloog", "Wederkerige adequaatheid", "Contrafactische rationaliteit"),
    "qualification_group": ("Directe uitvoering", "Organisatie en beleid", "Professionalisering"),
}
PROFILES = {
    "D3": "Sociaal werk in de wijk/lokaal sociaal werk",
    "D1": "Sociaal werk in de zorg",
    "D2": "Sociaal werk in het jeugddomein",
}
QUADRANTS = {
    "Individuele hulpverlening": ("Psychosociale begeleiding", "Schuldhulpverlening"),
    "Collectieve hulpverlening": ("Lotgenotencontact", "Ervaringsdeskundigheid"),
    "Individuele activering": ("Rehabilitatie", "Mentoraten"),
    "Collectieve activering": ("Burgerinitiatieven", "Culturele interventies"),
}
QUALIFICATIONS = {"Directe uitvoering": 3, "Organisatie en beleid": 2, "Professionalisering": 2}


@pytest.fixture(scope="module")
def profile() -> Framework:
    return load_builtin("lokaal-sociaal-werk")


def test_it_is_a_framework_without_rule_stages_or_level(profile: Framework) -> None:
    assert (profile.kind, profile.version) == ("framework", "2016")
    assert (profile.rule, profile.stages, profile.eqf) == (None, (), None)


@pytest.mark.parametrize("kind", COUNTS)
def test_everything_that_the_inventory_counts_is_there(profile: Framework, kind: str) -> None:
    assert len(profile.of_kind(kind)) == COUNTS[kind]


def test_nothing_else_is_there(profile: Framework) -> None:
    assert {item.kind for item in profile.items} == set(COUNTS)


@pytest.mark.parametrize("kind", NAMES)
def test_the_names_are_exact_and_in_order(profile: Framework, kind: str) -> None:
    assert tuple(item.name("nl") for item in profile.of_kind(kind)) == NAMES[kind]


def test_the_three_profiles_of_the_broad_bachelor_are_named_exactly(profile: Framework) -> None:
    assert {item.code: item.name("nl") for item in profile.of_kind("profile")} == PROFILES


def test_every_quadrant_has_its_own_examples_of_practice(profile: Framework) -> None:
    found = {
        quadrant.name("nl"): tuple(item.name("nl") for item in profile.children(quadrant.code, "practice"))
        for quadrant in profile.of_kind("quadrant")
    }
    assert list(found.items()) == list(QUADRANTS.items())


def test_the_qualifications_stand_in_their_groups(profile: Framework) -> None:
    found = {
        group.name("nl"): len(profile.children(group.code, "qualification"))
        for group in profile.of_kind("qualification_group")
    }
    assert found == QUALIFICATIONS


def test_the_contexts_come_from_the_two_chapters_on_society_and_the_social_field(profile: Framework) -> None:
    sections = [item.source.section for item in profile.of_kind("context")]
    assert sections == ["2"] * 6 + ["3"] * 5


def test_every_item_names_its_source_and_speaks_both_languages(profile: Framework) -> None:
    for item in profile.items:
        assert item.source.document == "001" and item.source.section, item.code
        assert item.title and item.title.nl and item.title.en, item.code
        assert item.text or item.kind in ("practice", "qualification_group"), item.code
