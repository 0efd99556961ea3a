"""An intervention as an organisation lists it, and what is right and wrong about one. Pure.

The practitioner chooses the approach that fits the question and the question behind it, knows methods that
have been tried, lays them beside what they do themself, and may join them (000, section 2, Effectieve sociale
interventies). What a list says of an intervention serves those four things.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bekwaam.domain.faults import Fault
from bekwaam.domain.portfolio.evidence import link_host
from bekwaam.frameworks.crosswalk import Reference
from bekwaam.wording import N_

MOST: Final = 200
LONGEST: Final[Mapping[str, int]] = {
    "name": 120,
    "situation": 1_000,
    "people": 500,
    "why": 1_000,
    "url": 500,
    "takes": 500,
    "not_when": 1_000,
}
_NOT_A_WORD: Final = re.compile(r"[\W_]+")


class Known(StrEnum):
    """What is known of whether it works.

    The first five are the levels at which the Dutch databanks of interventions recognise one, from least to
    most looked into; the last two are ours, for what stands in no databank.
    """

    DESCRIBED = "described"
    FOUNDED = "founded"
    FIRST = "first"
    GOOD = "good"
    STRONG = "strong"
    PRACTICE = "practice"
    UNKNOWN = "unknown"

    @property
    def looked_into(self) -> bool:
        """Tell whether a databank recognised it."""
        return self not in (Known.PRACTICE, Known.UNKNOWN)


KNOWN_NAMES: Final[Mapping[Known, str]] = {
    Known.DESCRIBED: N_("well described"),
    Known.FOUNDED: N_("well founded"),
    Known.FIRST: N_("first signs that it works"),
    Known.GOOD: N_("good signs that it works"),
    Known.STRONG: N_("strong signs that it works"),
    Known.PRACTICE: N_("experience of our own people"),
    Known.UNKNOWN: N_("not known"),
}
KNOWN_MEANS: Final[Mapping[Known, str]] = {
    Known.DESCRIBED: N_(
        "It is written down what you do, for whom and why. Nobody measured whether it works."
    ),
    Known.FOUNDED: N_("It is well explained why it should work. Nobody measured whether it does."),
    Known.FIRST: N_("Who took part got on. Whether that was because of this is not certain yet."),
    Known.GOOD: N_("Research with a comparison makes it likely that it is because of this."),
    Known.STRONG: N_("Strong research, some time later too, shows that it is because of this."),
    Known.PRACTICE: N_("Colleagues here saw it work. It was not researched."),
    Known.UNKNOWN: N_("Nobody wrote down here what is known. That is something else than not working."),
}


@dataclass(frozen=True, slots=True)
class Intervention:
    """One intervention in a list; ``goes_with`` and ``not_with`` are references of others in that list.

    ``step`` is the step of the continuum at which it stands, ``codes`` the competences that it asks on
    ``framework``, ``why`` from what it is known, ``takes`` what it asks of time, people and money.
    """

    ref: str
    organisation: str
    framework: Reference
    name: str
    situation: str
    people: str
    step: str
    codes: tuple[str, ...]
    known: Known
    why: str = ""
    url: str = ""
    takes: str = ""
    not_when: str = ""
    goes_with: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """What was filled in of one, as it came."""

    name: str = ""
    situation: str = ""
    people: str = ""
    step: str = ""
    codes: tuple[str, ...] = ()
    known: str = Known.UNKNOWN.value
    why: str = ""
    url: str = ""
    takes: str = ""
    not_when: str = ""
    goes_with: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()


def same_name(name: str) -> str:
    """Return a text as it is compared: capitals, spaces and signs make no other one. So do spreadsheets."""
    return _NOT_A_WORD.sub(" ", name.casefold()).strip()


def check_given(
    given: Given, steps: Collection[str], codes: Collection[str], others: Mapping[str, str]
) -> tuple[Fault, ...]:
    """Return what is wrong with what was filled in, in the order of the form.

    ``steps`` and ``codes`` are what can be chosen, ``others`` the names of the rest of the list by reference.
    """
    return (*_name(given, others), *_texts(given), *_chosen(given, steps, codes), *_ties(given, others))


def _name(given: Given, others: Mapping[str, str]) -> Iterable[Fault]:
    if not given.name.strip():
        yield Fault("name", "empty", N_("Give it a name."))
    elif same_name(given.name) in map(same_name, others.values()):
        yield Fault("name", "twice", N_("There is one with this name in the list already."))
    if len(others) >= MOST:
        yield Fault("name", "many", N_("There are 200 interventions in this list; that is the most."))


def _texts(given: Given) -> Iterable[Fault]:
    if not given.situation.strip():
        yield Fault("situation", "empty", N_("Say in which situation it helps."))
    for field, most in LONGEST.items():
        text = getattr(given, field)
        if len(text) > most:
            message = N_("This is {length} characters long; {limit} is the most.")
            yield Fault(field, "too_long", message, {"length": len(text), "limit": most})


def _chosen(given: Given, steps: Collection[str], codes: Collection[str]) -> Iterable[Fault]:
    if given.step not in steps:
        yield Fault("step", "empty", N_("Choose at which step it stands."))
    if not given.codes or not set(given.codes) <= set(codes):
        yield Fault("codes", "empty", N_("Choose which competences it asks."))
    if given.known not in list(Known):
        yield Fault("known", "empty", N_("Choose what is known of it."))
    elif given.known != Known.UNKNOWN and not given.why.strip():
        yield Fault("why", "empty", N_("Say from what this is known."))
    if given.url and not link_host(given.url):
        message = N_("This is no address of a web page. It begins with https://.")
        yield Fault("url", "no_link", message)


def _ties(given: Given, others: Mapping[str, str]) -> Iterable[Fault]:
    for field, refs in (("goes_with", given.goes_with), ("not_with", given.not_with)):
        if not set(refs) <= others.keys():
            yield Fault(field, "gone", N_("One of these is no longer in the list. Choose again."))
    both = [others[ref] for ref in given.goes_with if ref in given.not_with and ref in others]
    if both:
        message = N_("You say of {name} that it goes well with this, and that it does not. Choose one.")
        yield Fault("not_with", "both", message, {"name": both[0]})
