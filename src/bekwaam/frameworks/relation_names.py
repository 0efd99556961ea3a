"""What the relations of a crosswalk are called, read along and against their direction; what they mean."""

from __future__ import annotations

from typing import Final

from bekwaam.wording import N_, say

# Read from the item linked from to the item linked to, and the other way round.
_NAMES: Final[dict[str, tuple[str, str]]] = {
    "exactMatchOf": (N_("the same as"), N_("the same as")),
    "isRelatedTo": (N_("related to"), N_("related to")),
    "isPeerOf": (N_("beside"), N_("beside")),
    "isTranslationOf": (N_("translation of"), N_("translation of")),
    "isPartOf": (N_("part of"), N_("consists partly of")),
    "isChildOf": (N_("falls under"), N_("stands above")),
    "precedes": (N_("comes before"), N_("comes after")),
    "replacedBy": (N_("replaced by"), N_("takes the place of")),
    "exemplar": (N_("shown by"), N_("example of")),
    "hasSkillLevel": (N_("has the level"), N_("is the level of")),
}

_MEANINGS: Final[dict[str, str]] = {
    "exactMatchOf": N_("Both ask the same. Evidence for the one counts for the other."),
    "isRelatedTo": N_("They touch on each other, but do not ask the same."),
    "isPeerOf": N_("They are of the same sort and weight, each in its own framework."),
    "isTranslationOf": N_("The same text in another language."),
    "isPartOf": N_("What the first asks is a part of what the second asks."),
    "isChildOf": N_("The first falls under the second, as an indicator under its competence."),
    "precedes": N_("The first comes before the second in learning."),
    "replacedBy": N_("The second came in the place of the first."),
    "exemplar": N_("The second is an example of the first."),
    "hasSkillLevel": N_("The second is the level at which the first is asked."),
}


def relation_name(relation: str, language: str, *, outward: bool = True) -> str:
    """Return a relation of CASE in words, as read from where we stand; the relation itself if unknown.

    ``outward`` tells that we stand at the item that is linked from.
    """
    names = _NAMES.get(relation)
    return say(language, names[0 if outward else 1]) if names else relation


def relation_meaning(relation: str, language: str) -> str:
    """Return in a sentence what a relation says of two items; empty for an unknown one."""
    meaning = _MEANINGS.get(relation)
    return say(language, meaning) if meaning else ""
