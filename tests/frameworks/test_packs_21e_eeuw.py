"""The packs of document 002 and of the levels hold everything that their documents hold, named exactly."""

from __future__ import annotations

import pytest

from bekwaam.frameworks.library import load_builtin
from bekwaam.frameworks.model import Framework

CENTURY = "sociaal-werk-in-de-21e-eeuw"
LEVELS = "niveaus-sociaal-werk"

COUNTS = {
    CENTURY: {
        "core_aspect": 6,
        "ladder_step": 4,
        "beacon": 8,
        "trait": 6,
        "work_form": 3,
        "function_name": 12,
        "team_form": 7,
        "team_model": 3,
        "role_word": 17,
        "building_block": 10,
        "statement": 6,
    },
    LEVELS: {"education_level": 4, "level_indicator": 4, "craft_stage": 7, "level_statement": 5},
}
NAMES = {
    (CENTURY, "core_aspect"): ("Wat", "Wanneer", "Waarom", "Doel", "Voor wie", "Domein"),
    (CENTURY, "beacon"): (
        "Gericht op de vraag achter de vraag",
        "Gebaseerd op de eigen kracht van burgers",
        "Direct ‘er op af’",
        "Formeel en informeel in optimale verhouding",
        "Meer collectief dan individueel",
        "Integraal werken",
        "Niet vrijblijvend maar resultaatgericht",
        "Gebaseerd op ruimte voor de professional",
    ),
    (CENTURY, "function_name"): (
        "Sociaal makelaar",
        "Sociaal hulpverlener",
        "Sociale huisarts",
        "Wijkkracht",
        "Wijkcoach",
        "Frontlijnwerker / Frontlijnmedewerker",
        "Opbouwwerker nieuwe stijl",
        "Maatschappelijk werker nieuwe stijl / SPH’er nieuwe stijl",
        "Gebiedsondersteuner",
        "Krachtwerker",
        "Welzijnswerker",
        "Netwerkregisseur",
    ),
    (CENTURY, "team_form"): (
        "Frontlijnteam",
        "Sociaal team",
        "Basisteam",
        "Wijkteam",
        "Sociaal wijkteam",
        "Krachtteam",
        "Kernteam",
    ),
    (CENTURY, "role_word"): (
        "Contact maken",
        "Vertrouwen winnen",
        "Belangen behartigen",
        "Hulp verlenen",
        "Diensten verlenen",
        "Toeleiden en verbinden",
        "Kwartiermaken",
        "Spiegelen / reflecteren",
        "Confronteren",
        "Vertrouwenspersoon zijn",
        "Informeel (mede) de regie voeren",
        "Motiveren en activeren",
        "‘Professionele vriend’ zijn",
        "Opvoeden",
        "‘Doorpakken’",
        "Controleren",
        "Sancties opleggen",
    ),
    (LEVELS, "level_indicator"): (
        "Zelfstandigheid",
        "Verantwoordelijkheid",
        "Complexiteit",
        "Vermogen tot transfer",
    ),
}
EDUCATION = {
    "O1": "Assisteren (mbo 2)",
    "O2": "Uitvoeren (mbo 3 en 4)",
    "O3": "Ontwerpen en uitvoeren (mbo 4 en hbo bachelor)",
    "O4": "Regievoeren (hbo bachelor en master)",
}
# the building blocks that the inventory names, by a word of their names
BLOCKS = ("visie", "Urgentie", "houding", "Voorbeelden", "methoden", "kennis", "juiste doen", "communities")


@pytest.mark.parametrize("pack", COUNTS)
def test_everything_that_the_inventory_counts_is_there(pack: str) -> None:
    framework = load_builtin(pack)
    found = {kind: len(framework.of_kind(kind)) for kind in COUNTS[pack]}
    assert found == COUNTS[pack]
    assert len(framework.items) == sum(found.values())


@pytest.mark.parametrize(("pack", "kind"), NAMES)
def test_names_are_exact_and_in_the_order_of_the_document(pack: str, kind: str) -> None:
    assert tuple(item.name("nl") for item in load_builtin(pack).of_kind(kind)) == NAMES[pack, kind]


def test_the_levels_of_education_are_named_as_the_document_names_them() -> None:
    found = {item.code: item.name("nl") for item in load_builtin(LEVELS).of_kind("education_level")}
    assert list(found.items()) == list(EDUCATION.items())


@pytest.mark.parametrize("word", BLOCKS)
def test_the_building_blocks_of_expertise_are_there(word: str) -> None:
    blocks = [item.name("nl") for item in load_builtin(CENTURY).of_kind("building_block")]
    assert sum(word in name for name in blocks) == 1


@pytest.mark.parametrize("place", ["Enschede", "Eindhoven", "Leeuwarden"])
def test_every_team_model_has_its_example(place: str) -> None:
    texts = [item.text.nl for item in load_builtin(CENTURY).of_kind("team_model") if item.text]
    assert sum(place in text for text in texts) == 1


@pytest.mark.parametrize("pack", COUNTS)
def test_every_item_has_its_source_and_both_languages(pack: str) -> None:
    framework = load_builtin(pack)
    for item in framework.items:
        assert item.source.document in framework.documents, item.code
        assert item.source.section, item.code
        for text in (item.title, item.text):
            assert text is None or (text.nl.strip() and text.en.strip()), item.code


def stages_of(framework: Framework, document: str) -> list[str]:
    return [s.name("nl") for s in framework.of_kind("craft_stage") if s.source.document == document]


def test_the_four_stages_of_craft_stand_beside_the_three_of_the_standard() -> None:
    levels = load_builtin(LEVELS)
    assert stages_of(levels, "000") == ["Beginner", "Gevorderd beginner", "Vakbekwaam", "Vakvolwassen"]
    standard = load_builtin("evc-sociaal-werker-mbo")
    assert stages_of(levels, "004") == [stage.title.nl.capitalize() for stage in standard.stages]


def test_a_european_level_stands_only_where_a_document_gives_one() -> None:
    levels = load_builtin(LEVELS)
    assert levels.eqf is None
    said = [i for i in levels.items if any(t is not None and "EQF" in t.nl for t in (i.title, i.text))]
    assert [(item.kind, item.source.document) for item in said] == [("level_statement", "004")]


def test_what_goes_beyond_the_document_says_so() -> None:
    levels = load_builtin(LEVELS)
    assert {item.code for item in levels.items if item.own} == {"I1", "I2", "I3", "I4", "N5"}
    assert not any(item.own for item in load_builtin(CENTURY).items)
