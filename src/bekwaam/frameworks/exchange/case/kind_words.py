"""What one item of a kind is called in an exchanged file, and kinds known again by what others call them."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from bekwaam.frameworks.kind_names import KIND_NAMES
from bekwaam.frameworks.kinds import KINDS
from bekwaam.frameworks.model import Text
from bekwaam.wording import LANGUAGES, say

STAGE: Final = "stage"
STAGE_WORD: Final = Text("Stadium", "Stage")

# One item, in Dutch; in English it is the name of the kind. What people see on screen is in kind_names.
_DUTCH: Final = {
    "group": "Groep", "cluster": "Competentiecluster", "area": "Gebied", "competence": "Competentie",
    "indicator": "Gedragsindicator", "life_domain": "Leefgebied", "theme": "Thema",
    "specific_competence": "Specifieke competentie", "stage_text": "Beschrijving van een stadium",
    "support_kind": "Soort ondersteuning", "principle": "Uitgangspunt van het handelen",
    "tension": "Spanningsveld", "role": "Rol", "result": "Resultaat van het beroep",
    "use": "Nut van de uitkomst", "maker": "Maker van de standaard", "practice_theme": "Praktijkthema",
    "facet": "Facet", "core_aspect": "Aspect van de kern", "beacon": "Baken", "aim": "Doel",
    "action_level": "Niveau van handelen", "continuum_step": "Stap van licht naar zwaar", "pole": "Pool",
    "ladder_step": "Trede van de ladder", "mission": "Missie", "mission_value": "Waarde van de missie",
    "attitude": "Beroepshouding", "trait": "Eigenschap", "intervention": "Omgaan met interventies",
    "dilemma_category": "Soort dilemma", "dilemma_case": "Dilemma", "key_concept": "Kernbegrip",
    "set_use": "Gebruik van de set", "way_of_acquiring": "Manier van verwerven",
    "statement": "Uitspraak over het kader", "profile": "Profiel", "axis": "As", "quadrant": "Kwadrant",
    "practice": "Voorbeeldpraktijk", "verb": "Werkwoord van het vak",
    "qualification_group": "Groep kwalificaties", "qualification": "Kwalificatie", "context": "Context",
    "enduring_question": "Blijvende vraag", "sphere": "Sfeer", "health_field": "Veld van gezondheid",
    "orientation": "Oriëntatie", "notion": "Begrip", "setting": "Werkomgeving", "role_word": "Rolwoord",
    "function_name": "Functienaam", "team_form": "Teamvorm", "team_model": "Teammodel",
    "work_form": "Werkvorm", "building_block": "Bouwsteen", "knowledge_field": "Kennisgebied",
    "knowledge_item": "Onderdeel van een kennisgebied", "knowledge_kind": "Soort kennis",
    "knowledge_element": "Kenniselement", "level_statement": "Niveau van de beschrijving",
    "education_level": "Opleidingsniveau", "level_indicator": "Niveau-indicator",
    "craft_stage": "Stadium van vakmanschap", "element": "Onderdeel",
}  # fmt: skip


def kind_word(kind: str) -> Text:
    """Return what one item of ``kind`` is called, with a capital."""
    english = kind.replace("_", " ").capitalize()
    return STAGE_WORD if kind == STAGE else Text(_DUTCH.get(kind, english), english)


def kind_called(name: str) -> str | None:
    """Return the kind that somebody else calls ``name``: Dutch or English, one or many; None if none is.

    "Element" and the like say nothing about what an item is, so they are not known again.
    """
    return _known().get(" ".join(name.casefold().replace("_", " ").split()))


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    found: dict[str, str] = {"competency": "competence", "competencies": "competence"}
    for kind in KINDS:
        if kind != "element":
            word = kind_word(kind)
            many = [say(language, KIND_NAMES[kind]) for language in LANGUAGES]
            for name in (word.nl, word.en, *many):
                found.setdefault(name.casefold(), kind)
    return found
