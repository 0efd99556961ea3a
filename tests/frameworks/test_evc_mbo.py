"""The standard for social workers at mbo level holds everything that document 004 holds, named exactly."""

from __future__ import annotations

import pytest

from bekwaam.frameworks.library import load_builtin
from bekwaam.frameworks.model import Framework
from bekwaam.frameworks.rules import Count, UnitSet

STAGES = ("startbekwaam", "vakbekwaam", "vakvolwassen")
CLUSTERS = {
    "1": ("Contact leggen en betekenisvolle relaties aangaan", "G1"),
    "2": ("Signaleren en agenderen", "G1"),
    "3": ("Ondersteunen bij het voeren van de eigen regie", "G1"),
    "4": ("Mensen met elkaar verbinden", "G1"),
    "5": ("Stimuleren tot participatie en actief burgerschap", "G1"),
    "6": ("Opereren vanuit de eigen organisatorische context", "G2"),
    "7": ("Werken aan je beroepsuitoefening", "G3"),
}
COMPETENCES = {
    "1.1": "Maakt en onderhoudt contact: is present",
    "1.2": "Gaat erop af",
    "2.1": "Verheldert op alle leefgebieden de vraag",
    "2.2": "Signaleert vroegtijdig",
    "2.3": "Agendeert knelpunten en aantasting van burgerrechten",
    "3.1": "Geeft mensen ruimte",
    "3.2": "Ziet en versterkt mogelijkheden en talenten van mensen",
    "3.3": "Ondersteunt mensen bij het verkrijgen van invloed en zeggenschap",
    "4.1": "Zorgt voor verbindingen",
    "4.2": "Gaat respectvol om met diversiteit",
    "4.3": "Bouwt voort op en versterkt (de inzet van) het sociaal netwerk van mensen",
    "5.1": "Stimuleert mensen tot actief burgerschap",
    "5.2": "Ondersteunt bij praktisch functioneren en participatie",
    "5.3": "Stuurt vrijwilligers aan en rust ze toe",
    "6.1": "Werkt inzichtelijk, verantwoord en kostenbewust",
    "6.2": "Opereert in een belangenveld",
    "6.3": "Kijkt over de eigen grenzen heen",
    "6.4": "Werkt integraal samen",
    "7.1": "Toont een autonome en ondernemende basishouding",
    "7.2": "Werkt aan zichzelf als professional, aan zijn beroepspraktijk en aan zijn beroep",
    "7.3": "Bewaakt zijn persoonlijk en professioneel functioneren",
}
# read off the source, page by page: startbekwaam, vakbekwaam, vakvolwassen
INDICATORS = {
    "1.1": (6, 7, 2),
    "1.2": (2, 1, 3),
    "2.1": (2, 3, 3),
    "2.2": (2, 4, 4),
    "2.3": (1, 1, 1),
    "3.1": (4, 4, 3),
    "3.2": (3, 3, 4),
    "3.3": (1, 2, 2),
    "4.1": (2, 2, 2),
    "4.2": (2, 2, 3),
    "4.3": (2, 3, 3),
    "5.1": (1, 2, 2),
    "5.2": (2, 3, 1),
    "5.3": (1, 1, 2),
    "6.1": (1, 2, 2),
    "6.2": (1, 2, 3),
    "6.3": (1, 1, 2),
    "6.4": (1, 2, 2),
    "7.1": (2, 3, 2),
    "7.2": (3, 2, 2),
    "7.3": (2, 1, 2),
}
LIFE_DOMAINS = {
    "L1": ("Financiën", 5, 3),
    "L2": ("Wonen en leefbaarheid", 3, 2),
    "L3": ("Werk, opleiding en activiteiten", 5, 2),
    "L4": ("Sociale relaties", 4, 2),
    "L5": ("Lichamelijke gezondheid", 5, 2),
    "L6": ("Psychische gezondheid", 3, 3),
    "L7": ("Zingeving", 5, 3),
}
COUNTS = {
    "group": 3,
    "cluster": 7,
    "competence": 21,
    "indicator": 143,
    "life_domain": 7,
    "theme": 30,
    "specific_competence": 17,
    "stage_text": 21,
    "support_kind": 2,
    "principle": 7,
    "tension": 6,
    "role": 6,
    "result": 1,
    "use": 3,
}
NAMES = {
    "tension": (
        "Afstand en nabijheid",
        "Activering of overnemen",
        "Belang individu, groep en samenleving",
        "Verhouding formeel en informeel",
        "Hanteren van verschillende beroepsrollen",
        "Professionele autonomie",
    ),
    "role": ("Uitvoerder", "Bemiddelaar", "Casemanager", "Regievoerder", "Ondernemer", "Organisator"),
    "specific_competence": (
        "Bevordert dat voorzieningen benut worden",
        "Bevordert financiële zelfredzaamheid",
        "Signaleert onrechtmatigheden en onregelmatigheden in wet- en regelgeving",
        "Inspireert mensen hun eigen woon- en leefomgeving ter hand te nemen",
        "Pakt uiteenlopende leefbaarheidsvraagstukken op",
        "Ondersteunt bij het (opnieuw) deelnemen aan de samenleving",
        "Biedt een stimulerende omgeving waarin kinderen en jongeren ontwikkelingskansen krijgen en tot "
        "ontplooiing komen",
        "Versterkt sociale relaties, uitgaande van wat haalbaar is",
        "Ondersteunt bij spanningen en tegenstellingen in gezin, netwerk, wijk of buurt of organisatie",
        "Ondersteunt bij lichamelijk herstel",
        "Ondersteunt in het omgaan met vermindering van lichamelijke gezondheid",
        "Motiveert en ondersteunt bij gedragsverandering",
        "Ondersteunt bij herstel en rehabilitatie",
        "Handelt in crisissituaties en neemt (tijdelijk) de regie over",
        "Begeleidt mensen bij betekenisgeving",
        "Ondersteunt mensen bij het omgaan met ingrijpende levensgebeurtenissen",
        "Zet mensen aan tot het nemen van eigen verantwoordelijkheid",
    ),
}


@pytest.fixture(scope="module")
def standard() -> Framework:
    return load_builtin("evc-sociaal-werker-mbo")


def test_the_clusters_stand_in_order_under_their_groups(standard: Framework) -> None:
    found = {item.code: (item.name("nl"), item.parent) for item in standard.of_kind("cluster")}
    assert list(found.items()) == list(CLUSTERS.items())


def test_the_competences_stand_in_order_with_their_exact_names(standard: Framework) -> None:
    assert [(item.code, item.name("nl")) for item in standard.competences] == list(COMPETENCES.items())
    assert all(item.text for item in standard.competences)
    assert all(item.parent == item.code.split(".")[0] for item in standard.competences)


@pytest.mark.parametrize("kind", COUNTS)
def test_everything_that_the_inventory_counts_is_there(standard: Framework, kind: str) -> None:
    assert len(standard.of_kind(kind)) == COUNTS[kind]


def test_who_made_the_standard_is_there(standard: Framework) -> None:
    assert standard.of_kind("maker")


def test_the_indicators_are_divided_over_the_stages_as_in_the_source(standard: Framework) -> None:
    per_stage = [sum(i.stage == stage for i in standard.of_kind("indicator")) for stage in STAGES]
    assert per_stage == [42, 51, 50]


@pytest.mark.parametrize("code", INDICATORS)
def test_a_competence_has_the_bullets_of_its_page(standard: Framework, code: str) -> None:
    assert tuple(len(standard.indicators(code, stage)) for stage in STAGES) == INDICATORS[code]


def test_the_codes_of_indicators_count_up_within_their_stage(standard: Framework) -> None:
    short = {stage.code: stage.short for stage in standard.stages}
    for competence in standard.competences:
        for stage in STAGES:
            codes = [item.code for item in standard.indicators(competence.code, stage)]
            assert codes == [f"{competence.code}.{short[stage]}{n}" for n in range(1, len(codes) + 1)]


@pytest.mark.parametrize("code", LIFE_DOMAINS)
def test_a_life_domain_has_its_themes_competences_and_a_text_per_stage(
    standard: Framework, code: str
) -> None:
    title, themes, specific = LIFE_DOMAINS[code]
    assert standard.by_code[code].name("nl") == title
    assert len(standard.children(code, "theme")) == themes
    assert len(standard.children(code, "specific_competence")) == specific
    assert [item.stage for item in standard.children(code, "stage_text")] == list(STAGES)


@pytest.mark.parametrize("kind", NAMES)
def test_official_names_are_exact(standard: Framework, kind: str) -> None:
    assert tuple(item.name("nl") for item in standard.of_kind(kind)) == NAMES[kind]


def test_every_item_has_a_source_and_every_text_stands_in_both_languages(standard: Framework) -> None:
    for item in standard.items:
        assert item.source.document == "004", item.code
        assert item.source.section, item.code
        for text in (item.title, item.text):
            assert text is None or (text.nl.strip() and text.en.strip()), item.code


def test_no_two_indicators_of_a_competence_say_the_same(standard: Framework) -> None:
    for language in ("nl", "en"):
        for competence in standard.competences:
            texts = [item.name(language) for item in standard.indicators(competence.code)]
            assert len(set(texts)) == len(texts), (competence.code, language)


def test_the_rule_is_seventeen_competences_at_vakbekwaam(standard: Framework) -> None:
    assert standard.rule == Count(UnitSet("competence"), at_least=17, stage="vakbekwaam")
    assert standard.eqf == 4
    assert [stage.code for stage in standard.stages] == list(STAGES)
    assert standard.reaches("vakvolwassen", "vakbekwaam")
    assert not standard.reaches("startbekwaam", "vakbekwaam")


def test_life_domains_are_a_module_of_their_own(standard: Framework) -> None:
    module = load_builtin("leefgebieden-sociaal-werk")
    assert module.kind == "module"
    assert module.rule is None
    shared = [item for item in standard.items if item.module == module.id]
    assert tuple(shared) == module.items
    assert {item.kind for item in shared} == {"life_domain", "theme", "specific_competence", "stage_text"}
