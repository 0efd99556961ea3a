"""The kinds of plain reflection, as data: what each asks, and where that stands in a STARR story.

A reflection is for whoever wrote it. It stays with them, or becomes a piece of evidence once they make a
story of it. STARR is how EVC asks people to tell of their work; looking back with colleagues is one of the
ways to develop that the documents name. The questions are ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from bekwaam.domain.days import check_year
from bekwaam.domain.faults import Fault
from bekwaam.domain.portfolio.kinds import StarrField
from bekwaam.wording import N_, say

MAX_TITLE: Final = 200
MAX_TEXT: Final = 5_000


class ReflectionKind(StrEnum):
    """What somebody looks back with: alone, with colleagues, or after choosing the lightest that works."""

    STARR = "starr"
    COLLEGIAL = "collegial"
    LIGHTEST = "lightest"


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is asked: ``label`` and ``hint`` are msgids; ``part`` is where it stands in a story."""

    name: str
    label: str
    hint: str
    part: StarrField


@dataclass(frozen=True, slots=True)
class ReflectionSpec:
    """A kind: ``name`` and ``lead`` are msgids."""

    name: str
    lead: str
    asks: tuple[Asked, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of what is asked, in their order."""
        return tuple(one.name for one in self.asks)


_STARR: Final = (
    Asked("situation", N_("Situation"), N_("What was going on, where and with whom?"), StarrField.SITUATION),
    Asked("task", N_("Task"), N_("What was up to you?"), StarrField.TASK),
    Asked("action", N_("Action"), N_("What did you do, step by step?"), StarrField.ACTION),
    Asked("result", N_("Result"), N_("What came of it, for whom?"), StarrField.RESULT),
    Asked(
        "reflection",
        N_("Reflection"),
        N_("What did you learn, and what would you do otherwise?"),
        StarrField.REFLECTION,
    ),
)

SPECS: Final[dict[ReflectionKind, ReflectionSpec]] = {
    ReflectionKind.STARR: ReflectionSpec(
        N_("Reflection"),
        N_("Look back on something that happened in your work, in five small steps."),
        _STARR,
    ),
    ReflectionKind.COLLEGIAL: ReflectionSpec(
        N_("Collegial reflection"),
        N_("Keep what a talk with colleagues brought you. Write down what it did to you, not who said what."),
        (
            Asked("situation", N_("What did you bring in?"), "", StarrField.SITUATION),
            Asked("question", N_("What did you want to know of your colleagues?"), "", StarrField.TASK),
            Asked(
                "heard",
                N_("What did they ask or see that you had not?"),
                N_("Without names."),
                StarrField.REFLECTION,
            ),
            Asked("insight", N_("What do you see differently now?"), "", StarrField.REFLECTION),
            Asked("plan", N_("What are you going to do?"), "", StarrField.ACTION),
        ),
    ),
    ReflectionKind.LIGHTEST: ReflectionSpec(
        N_("Light to heavy"),
        N_("What you chose and why. Fill in what stands between brackets when you have done it."),
        _STARR,
    ),
}


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote: ``texts`` by the names of what is asked."""

    kind: ReflectionKind
    title: str
    texts: Mapping[str, str]
    dated_on: date | None = None

    def tidied(self) -> dict[str, str]:
        """Return what is written in the fields of its kind, without the empty ones."""
        found = {name: self.texts.get(name, "").strip() for name in SPECS[self.kind].names}
        return {name: text for name, text in found.items() if text}


def check_written(written: Written, today: date) -> tuple[Fault, ...]:
    """Return what is wrong with a reflection, in the order of the form: it asks a title and one answer."""
    too_long = N_("This is too long: 5,000 characters is the most.")
    faults = []
    if not written.title.strip():
        faults.append(Fault("title", "empty", N_("Give it a title, so that you find it again.")))
    elif len(written.title) > MAX_TITLE:
        faults.append(Fault("title", "too_long", N_("This is too long: 200 characters is the most.")))
    texts = written.tidied()
    if not texts:
        first = SPECS[written.kind].names[0]
        faults.append(Fault(first, "empty", N_("Write something here. The rest can come later.")))
    faults += [Fault(name, "too_long", too_long) for name, text in texts.items() if len(text) > MAX_TEXT]
    if written.dated_on is not None and written.dated_on > today:
        faults.append(Fault("dated_on", "future", N_("This date is still to come.")))
    else:
        faults += check_year("dated_on", written.dated_on, today)
    return tuple(faults)


def story_of(written: Written, language: str) -> dict[StarrField, str]:
    """Return a reflection as the parts of a STARR story, for its writer to finish.

    Where two answers come together, each stands below what was asked; a part that nothing was asked about
    stays empty.
    """
    parts: dict[StarrField, list[tuple[str, str]]] = {part: [] for part in StarrField}
    texts = written.tidied()
    for asked in SPECS[written.kind].asks:
        if asked.name in texts:
            parts[asked.part].append((say(language, asked.label), texts[asked.name]))
    return {part: _together(found) for part, found in parts.items()}


def _together(found: list[tuple[str, str]]) -> str:
    if len(found) < 2:
        return "".join(text for _label, text in found)
    return "\n\n".join(f"{label}\n{text}" for label, text in found)
