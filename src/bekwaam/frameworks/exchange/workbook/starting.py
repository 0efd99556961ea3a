"""A workbook to start a framework of one's own from, with examples to type over."""

from __future__ import annotations

from typing import Final

from bekwaam.frameworks.exchange.workbook.writing import ABOUT, filled
from bekwaam.frameworks.model import Framework, Item, Source, Stage, Text
from bekwaam.frameworks.rules import Count, UnitSet
from bekwaam.wording import N_, say

_ROOM: Final = 2_000
_ABOUT: Final = (
    N_("Make a framework of your own with this workbook: fill it in and load it in Bekwaam."),
    N_("What stands in it are examples, one or two of each kind that is used most. Type over them."),
    *ABOUT[1:],
    N_(
        'For a framework without a rule, choose "framework" as its kind and empty the sheet "{rule}"; the '
        'sheet "{stages}" may be empty then too.'
    ),
    N_("A mistake is no disaster: when you load the workbook, every fault is named with its cell."),
)
_HINTS: Final = {
    "id": N_("Small letters, digits and hyphens. It stays the same in every version."),
    "version": N_("For instance 1.0; a change is a new version."),
    "kind": N_("A standard has a rule, a framework has none."),
    "title": N_("What people will see."),
    "description": N_("In one or two sentences: for whom, and what for?"),
    "document": N_('What the framework was taken from: a number on the sheet "Documents".'),
    "section": N_("Chapter or paragraph, where there is one."),
    "eqf": N_("From 1 to 8, only where the document gives it."),
    "includes": N_("Ids of building blocks of which the items stand in this workbook."),
    "supersedes": N_("The version before this one, where there is one."),
    "changed": N_("A day, like 2026-11-23."),
}
_STAGES: Final = (
    ("start", "st", N_("beginner"), N_("Does the work with somebody beside them.")),
    ("vak", "va", N_("experienced"), N_("Does the work alone, also when it is busy.")),
)
# Code, kind, below, stage, title, text
_ITEMS: Final = (
    ("1", "cluster", None, None, N_("Working with the street"), None),
    (
        "1.1", "competence", "1", None, N_("Knows who lives here"),
        N_("Meets people where they are and knows what is going on."),
    ),
    ("1.1.st1", "indicator", "1.1", "start", None, N_("Walks through the neighbourhood every week.")),
    ("1.1.va1", "indicator", "1.1", "vak", None, N_("Is called by residents before something goes wrong.")),
    (
        "1.2", "competence", "1", None, N_("Brings people together"),
        N_("Lets people who share a worry meet, and steps back in time."),
    ),
    ("1.2.va1", "indicator", "1.2", "vak", None, N_("Leaves a group that goes on by itself.")),
    ("L1", "life_domain", None, None, N_("Living in a house"), None),
    ("L1.t1", "theme", "L1", None, N_("Rent that is too high"), None),
    ("L1.s1", "specific_competence", "L1", None, N_("Knows the way to help with moving"), None),
    ("K1", "knowledge_field", None, None, N_("Law"), None),
    ("K1.1", "knowledge_item", "K1", None, N_("What a landlord may and may not do"), None),
    (
        "S1", "tension", None, None, N_("Helping or waiting"),
        N_("Who helps too soon takes something away; who waits too long is too late."),
    ),
)  # fmt: skip


def template(language: str = "nl") -> bytes:
    """Return the workbook, with sheets and headings in ``language`` and examples in both.

    It can be read as it is: the examples are a sound small standard.
    """
    return filled(_example(), language, _ABOUT, _HINTS, room=_ROOM)


def _example() -> Framework:
    source = Source("1", "2")
    return Framework(
        id="mijn-kader",
        version="1.0",
        kind="standard",
        title=_both(N_("My framework")),
        description=_both(N_("What we ask of a neighbourhood worker.")),
        source=Source("1"),
        stages=tuple(
            Stage(code, short, rank, _both(title), _both(text), Source("1"))
            for rank, (code, short, title, text) in enumerate(_STAGES, 1)
        ),
        items=tuple(
            Item(
                code,
                kind,
                _both(title) if title else None,
                _both(text) if text else None,
                source,
                parent,
                stage,
                "mijn-kader",
            )
            for code, kind, parent, stage, title, text in _ITEMS
        ),
        rule=Count(UnitSet("competence"), 2, "vak"),
        documents={"1": _both(N_("The document this framework was taken from, with its year"))},
    )


def _both(message: str) -> Text:
    return Text(say("nl", message), say("en", message))
