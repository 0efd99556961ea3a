"""What a role asks of whoever fills it: a function, a profession or a role, as data.

A profile asks a stage of some of the competences of one framework. A profile describes work, never a person,
and it asks nothing of what it leaves out. Where no document makes a demand, the demand says that it is ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from bekwaam.frameworks.crosswalk import Reference
from bekwaam.frameworks.model import Source, Text
from bekwaam.wording import N_

ASKED_KINDS: Final = ("competence", "life_domain")
"""What a profile can ask a stage of."""

ACCENT_KINDS: Final = ("quadrant", "verb")
"""Where a profile can have its weight: the quadrants (001 §4) and the verbs (001 §5)."""


class Weight(StrEnum):
    """How much of the work lies somewhere: in words, because no document gives numbers."""

    MAIN = "main"
    ALSO = "also"


WEIGHT_NAMES: Final[dict[Weight, str]] = {Weight.MAIN: N_("mostly here"), Weight.ALSO: N_("here too")}


@dataclass(frozen=True, slots=True)
class Demand:
    """The ``stage`` that a profile asks of one competence or life domain, and why.

    ``stage`` is None in a framework without stages. ``source`` is the document that makes the demand; ``own``
    is true where it is ours. One of the two is always there.
    """

    code: str
    stage: str | None
    reason: Text
    source: Source | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class Accent:
    """A quadrant or verb in which the work of a profile lies, and why. For the rest as :class:`Demand`."""

    code: str
    weight: Weight
    reason: Text
    source: Source | None = None
    own: bool = False


@dataclass(frozen=True)
class FunctionProfile:
    """One profile: its name, what the work is in words of our own, what it asks and where its weight lies.

    ``framework`` is the version whose items are asked, ``practice`` the one with the quadrants and verbs.
    ``own`` is true where the text says more than the source does, as where a document gives a name alone.
    ``item`` is the code of the item that is this function or role, in the framework that the set is named
    from; empty where there is none. ``function_book`` is what an organisation calls the profile in its own
    function book.
    """

    code: str
    name: Text
    text: Text
    source: Source
    framework: Reference
    demands: tuple[Demand, ...]
    practice: Reference | None = None
    accents: tuple[Accent, ...] = ()
    own: bool = False
    item: str = ""
    function_book: str = ""

    @cached_property
    def by_code(self) -> dict[str, Demand]:
        """Return the demands by the code of what they are about."""
        return {demand.code: demand for demand in self.demands}


@dataclass(frozen=True)
class ProfileSet:
    """Profiles that belong together, on one version of a framework, in the order written."""

    id: str
    title: Text
    framework: Reference
    practice: Reference | None
    named_from: Reference | None
    profiles: tuple[FunctionProfile, ...]
    documents: tuple[tuple[str, Text], ...] = ()

    @cached_property
    def by_code(self) -> dict[str, FunctionProfile]:
        """Return the profiles by their code."""
        return {profile.code: profile for profile in self.profiles}
