"""The ten Wmo competences: the set of 2012 (document 000) and the later card (document 003)."""

from __future__ import annotations

import pytest

from bekwaam.frameworks.library import builtin_versions, load_builtin
from bekwaam.frameworks.model import Framework

ID = "wmo-competenties"

NAMES = {
    "C1": ("Verheldert vragen en behoeften", None, "T2"),
    "C2": ("Versterkt eigen kracht en zelfregie", None, "T1"),
    "C3": ("Is zichtbaar en gaat op mensen af", None, "T2"),
    "C4": (
        "Stimuleert verantwoordelijk gedrag",
        "Stimuleert verantwoordelijk en oplossingsgericht gedrag",
        "T1",
    ),
    "C5": ("Stuurt aan op betrokkenheid en participatie", None, "T3"),
    "C6": (
        "Verbindt gezamenlijke en individuele aanpak",
        "Verbindt individuele en gemeenschappelijke vragen en potenties",
        "T3",
    ),
    "C7": ("Werkt samen en versterkt netwerken", None, "T4"),
    "C8": (
        "Beweegt zich in uiteenlopende systemen",
        "Beweegt zich tussen verschillende werelden en culturen",
        "T4",
    ),
    "C9": (
        "Doorziet verhoudingen en anticipeert op veranderingen",
        "Signaleert en speelt in op veranderingen",
        "T5",
    ),
    "C10": (
        "Benut professionele ruimte en is ondernemend",
        "Is ondernemend en benut professionele ruimte",
        "T5",
    ),
}  # code: name in 2012, name on the card where it is another, theme in 2012

THEMES = (
    "Eigen kracht versterken",
    "Op de vraag af",
    "Binden en verbinden",
    "Integraal werken",
    "Signaleren en agenderen",
)

BEACONS = (
    "Gericht op de vraag achter de vraag",
    "Gebaseerd op de eigen kracht van de burger",
    "Direct erop af",
    "Formeel en informeel in optimale verhouding",
    "Meer collectief dan individueel",
    "Integraal werken",
    "Niet vrijblijvend, maar resultaatgericht",
    "Gebaseerd op ruimte voor de professional",
)

COUNTS_2012 = {
    "practice_theme": 5,
    "competence": 10,
    "facet": 20,
    "beacon": 8,
    "aim": 3,
    "action_level": 4,
    "continuum_step": 3,
    "pole": 2,
    "intervention": 3,
    "mission": 1,
    "mission_value": 4,
    "way_of_acquiring": 5,
    "set_use": 3,
    "level_statement": 1,
}

TITLES = {
    "aim": ("Zelfredzaamheid", "Participatie", "Sociale samenhang"),
    "action_level": ("Individu", "Systeem (gezin)", "Groep", "Samenleving"),
    "continuum_step": ("Faciliteren", "Ondersteunen", "Initiëren"),
    "pole": ("Zelfredzaam", "Kwetsbaar"),
    "mission_value": ("Presentie", "Participatie", "Preventie", "Perspectief"),
    "way_of_acquiring": (
        "Zelfreflectie",
        "Collegiale reflectie",
        "Lerend werken",
        "Praktijkleren",
        "Interactief leren",
    ),
    "intervention": ("Kiezen", "Vergelijken", "Combineren"),
    "practice_theme": THEMES,
    "beacon": BEACONS,
}


@pytest.fixture(scope="module")
def set_2012() -> Framework:
    return load_builtin(ID, "2012")


@pytest.fixture(scope="module")
def card() -> Framework:
    return load_builtin(ID, "kaart")


def test_the_card_comes_after_the_set_of_2012(card: Framework) -> None:
    assert builtin_versions(ID) == ("2012", "kaart")
    assert card.supersedes == "2012"
    assert load_builtin(ID) == card


def test_the_ten_stand_in_order_with_their_exact_names(set_2012: Framework, card: Framework) -> None:
    for code, (first, later, _) in NAMES.items():
        assert set_2012.by_code[code].name("nl") == first
        assert card.by_code[code].name("nl") == (later or first)
    for version in (set_2012, card):
        assert [item.code for item in version.competences] == list(NAMES)


def test_five_of_the_ten_have_another_name_on_the_card(set_2012: Framework, card: Framework) -> None:
    for language in ("nl", "en"):
        renamed = [
            item.code
            for item in set_2012.competences
            if item.name(language) != card.by_code[item.code].name(language)
        ]
        assert renamed == ["C4", "C6", "C8", "C9", "C10"]


def test_every_text_of_the_ten_is_another_on_the_card(set_2012: Framework, card: Framework) -> None:
    assert all(item.text != card.by_code[item.code].text for item in set_2012.competences)


def test_each_of_the_ten_has_its_theme_and_two_facets(set_2012: Framework) -> None:
    for code, (_, _, theme) in NAMES.items():
        assert set_2012.by_code[code].parent == theme
        facets = set_2012.children(code, "facet")
        assert [(facet.code, facet.name("nl")) for facet in facets] == [
            (f"{code}.i", "Individuen en hun netwerk"),
            (f"{code}.g", "Groepen en samenleving"),
        ]
    for theme in set_2012.of_kind("practice_theme"):
        assert len(set_2012.children(theme.code, "competence")) == 2


@pytest.mark.parametrize("kind", COUNTS_2012)
def test_everything_that_the_inventory_counts_is_there(set_2012: Framework, kind: str) -> None:
    assert len(set_2012.of_kind(kind)) == COUNTS_2012[kind]


@pytest.mark.parametrize("kind", TITLES)
def test_names_stand_as_the_document_has_them(set_2012: Framework, kind: str) -> None:
    assert tuple(item.name("nl") for item in set_2012.of_kind(kind)) == TITLES[kind]


@pytest.mark.parametrize(
    "part", ["vervangen die nooit", "lichtste aanpak", "hoe ga ik hiermee om", "een functie is"]
)
def test_what_the_document_holds_about_the_set_is_stated(set_2012: Framework, part: str) -> None:
    texts = [item.text.nl.lower() for item in set_2012.of_kind("statement") if item.text]
    assert any(part in text for text in texts)


def test_the_attitude_is_there_and_the_level_is_said(set_2012: Framework) -> None:
    assert set_2012.of_kind("attitude")
    (level,) = set_2012.of_kind("level_statement")
    assert level.text is not None
    assert "vakvolwassen" in level.text.nl
    assert "hbo" in level.text.nl


def test_the_card_has_no_facets_themes_or_levels(card: Framework) -> None:
    assert {item.kind for item in card.items} == {"competence", "statement"}
    assert all(item.parent is None for item in card.items)


def test_no_stage_level_or_rule_is_made_up(set_2012: Framework, card: Framework) -> None:
    for version in (set_2012, card):
        assert (version.kind, version.stages, version.eqf, version.rule) == ("framework", (), None, None)


def test_every_item_has_its_source(set_2012: Framework, card: Framework) -> None:
    for version, document in ((set_2012, "000"), (card, "003")):
        assert all(item.source.document == document and item.source.section for item in version.items)


def test_what_goes_beyond_the_document_is_marked_as_ours(set_2012: Framework) -> None:
    ours = {item.kind for item in set_2012.items if item.own}
    assert ours == {"mission_value", "way_of_acquiring"}
