"""The kinds of item that a framework can hold, and how each is written in a pack.

A pack groups items under *sections* (``clusters:``, ``competences:``, ``indicators:`` ...). This table is
all the loader knows about them; a new kind is a new row, and a name in ``kind_names.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """How items of one kind are written.

    ``section`` is the key above them in a pack; ``staged`` says they stand per stage; ``inside`` names
    the kinds they may stand below, ``top`` says they may stand at the top of a file all the same (where
    ``inside`` is empty they always do); ``needs`` names the texts each must have (where it is empty: a
    title or a text); ``grouped`` names the kinds of which an item at the top may name one as its ``group``.
    """

    name: str
    section: str
    staged: bool = False
    inside: tuple[str, ...] = ()
    needs: tuple[str, ...] = ("title",)
    grouped: tuple[str, ...] = ()
    top: bool = False

    @property
    def at_top(self) -> bool:
        """Whether items of this kind may stand at the top of a file."""
        return self.top or not self.inside


_TITLE: Final = ("title",)
_TEXT: Final = ("text",)
_BOTH: Final = ("title", "text")
_EITHER: Final = ()

_COMPETENCES: Final = (
    Kind("group", "groups"),
    Kind("cluster", "clusters", grouped=("group",)),
    Kind("area", "areas", grouped=("group",)),
    Kind("practice_theme", "practice_themes"),
    Kind(
        "competence",
        "competences",
        inside=("cluster", "area", "practice_theme"),
        needs=_BOTH,
        grouped=("practice_theme",),
        top=True,
    ),
    Kind("indicator", "indicators", staged=True, inside=("competence", "area"), needs=_TEXT),
    Kind("facet", "facets", inside=("competence",), needs=_BOTH),
    Kind("life_domain", "life_domains"),
    Kind("theme", "themes", inside=("life_domain",)),
    Kind("specific_competence", "specific_competences", inside=("life_domain",)),
    Kind("stage_text", "stage_texts", staged=True, inside=("life_domain",), needs=_TEXT),
)

_VISION: Final = (
    Kind("core_aspect", "core_aspects", needs=_BOTH),
    Kind("beacon", "beacons"),
    Kind("aim", "aims", needs=_BOTH),
    Kind("action_level", "action_levels", needs=_BOTH),
    Kind("continuum_step", "continuum_steps", needs=_BOTH),
    Kind("pole", "poles", needs=_BOTH),
    Kind("ladder_step", "ladder_steps", needs=_BOTH),
    Kind("mission", "missions", needs=_BOTH),
    Kind("mission_value", "mission_values", inside=("mission",), needs=_BOTH),
    Kind("support_kind", "support_kinds", needs=_BOTH),
    Kind("principle", "principles", needs=_BOTH),
    Kind("attitude", "attitudes", needs=_BOTH),
    Kind("trait", "traits"),
    Kind("intervention", "interventions", needs=_BOTH),
    Kind("tension", "tensions", needs=_BOTH),
    Kind("dilemma_category", "dilemma_categories", needs=_BOTH),
    Kind("dilemma_case", "dilemma_cases", inside=("dilemma_category",), needs=_BOTH),
    Kind("key_concept", "key_concepts", inside=("dilemma_category",)),
    Kind("role", "roles", needs=_BOTH),
    Kind("result", "results", needs=_BOTH),
    Kind("use", "uses", needs=_BOTH),
    Kind("set_use", "set_uses", needs=_BOTH),
    Kind("way_of_acquiring", "ways_of_acquiring", needs=_BOTH),
    Kind("statement", "statements", needs=_BOTH),
    Kind("maker", "makers", needs=_BOTH),
)

_PRACTICE: Final = (
    Kind("profile", "profiles"),
    Kind("axis", "axes", needs=_BOTH),
    Kind("quadrant", "quadrants", needs=_BOTH),
    Kind("practice", "practices", inside=("quadrant",)),
    Kind("verb", "verbs", needs=_BOTH),
    Kind("qualification_group", "qualification_groups"),
    Kind("qualification", "qualifications", inside=("qualification_group",), needs=_BOTH),
    Kind("context", "contexts", needs=_BOTH),
    Kind("enduring_question", "enduring_questions", needs=_BOTH),
    Kind("sphere", "spheres", needs=_BOTH),
    Kind("health_field", "health_fields", needs=_BOTH),
    Kind("orientation", "orientations", needs=_BOTH),
    Kind("notion", "notions", needs=_BOTH),
    Kind("setting", "settings"),
    Kind("role_word", "role_words"),
    Kind("function_name", "function_names"),
    Kind("team_form", "team_forms"),
    Kind("team_model", "team_models", needs=_BOTH),
    Kind("work_form", "work_forms"),
    Kind("building_block", "building_blocks", needs=_BOTH),
)

_KNOWLEDGE: Final = (
    Kind("knowledge_field", "knowledge_fields"),
    Kind("knowledge_item", "knowledge_items", inside=("knowledge_field",), needs=_EITHER),
    Kind("knowledge_kind", "knowledge_kinds"),
    Kind("knowledge_element", "knowledge_elements", inside=("knowledge_kind",), needs=_BOTH),
)

_LEVELS: Final = (
    Kind("level_statement", "level_statements", needs=_BOTH),
    Kind("education_level", "education_levels", needs=_BOTH),
    Kind("level_indicator", "level_indicators", needs=_BOTH),
    Kind("craft_stage", "craft_stages", needs=_BOTH),
)

# What came in from elsewhere and is none of ours; it may lie as deep as its own framework has it.
_OTHER: Final = (Kind("element", "elements", inside=("element",), needs=_EITHER, top=True),)

KINDS: Final[dict[str, Kind]] = {
    kind.name: kind for kind in (*_COMPETENCES, *_VISION, *_PRACTICE, *_KNOWLEDGE, *_LEVELS, *_OTHER)
}

SECTIONS: Final[dict[str, Kind]] = {kind.section: kind for kind in KINDS.values()}
