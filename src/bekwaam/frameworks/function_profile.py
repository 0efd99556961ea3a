"""What a role asks of whoever fills it: a function, a profession or a role, as data.

A profile asks a stage of some of the competences of one framework. A profile describes work, never a person,
and it asks nothing of what it leaves out. Where no document makes a demand, the demand says that it is ours.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import count
from typing import Final

from bekwaam.frameworks.crosswalk import Reference
from bekwaam.frameworks.model import Framework, Item, Source, Text
from bekwaam.frameworks.slugs import slug
from bekwaam.wording import N_

ASKED_KINDS: Final = ("competence", "life_domain")
"""What a profile can ask a stage of."""

KNOWN_KINDS: Final = ("knowledge_item", "knowledge_element")
"""What a profile can ask as well in a framework without stages: to know it (000, Kennis; 003)."""

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
    is true where it is ours. One of the two is always there. ``copied`` is true where an organisation took
    the demand over from a profile that comes with the product, and has not changed it.
    """

    code: str
    stage: str | None
    reason: Text
    source: Source | None = None
    own: bool = False
    copied: bool = False


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
    function book, and ``function_book_url`` where that stands. Of a profile of an organisation,
    ``copied_from`` is the code of the profile that it began as, and ``changed_on`` the day (ISO) on which it
    was last changed; both may be empty.
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
    function_book_url: str = ""
    copied_from: str = ""
    changed_on: str = ""

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


def may_be_asked(framework: Framework, item: Item) -> bool:
    """Tell whether a profile can ask an item of this framework."""
    return item.kind in ASKED_KINDS or (item.kind in KNOWN_KINDS and not framework.stages)


def asked_items(framework: Framework) -> tuple[Item, ...]:
    """Return what a profile can ask of this framework, in the order of the document."""
    return tuple(item for item in framework.items if may_be_asked(framework, item))


def profile_code(prefix: str, name: str, taken: Collection[str] = ()) -> str:
    """Return the code of a profile of an organisation: its ``prefix``, and its name in plain letters.

    A code that is ``taken`` gets a number. Empty where there is no letter or digit in the name.
    """
    plain = slug(name)
    if not plain:
        return ""
    code = f"{prefix}-{plain}"
    numbered = (f"{code}-{number}" for number in count(2))
    return code if code not in taken else next(one for one in numbered if one not in taken)
