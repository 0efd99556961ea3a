"""Writing function profiles of an organisation's own: what can be wrong, what becomes of one. Pure.

What an organisation leaves as it took it over stays marked as taken over; what it changes becomes its own
word, with its own reason. Nothing is asked without a reason, and nothing of a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from bekwaam.domain.faults import Fault
from bekwaam.domain.portfolio.evidence import link_host
from bekwaam.frameworks.crosswalk import Reference
from bekwaam.frameworks.exchange.profile_sheet import LONGEST, MOST_PROFILES
from bekwaam.frameworks.exchange.sheets.headed import folded
from bekwaam.frameworks.function_profile import Demand, FunctionProfile, asked_items, profile_code
from bekwaam.frameworks.model import Framework, Source, Text
from bekwaam.wording import N_

STAGE: Final = "stage-"
REASON: Final = "reason-"
ASKED: Final = "asked"
"""What is filled in for a demand in a framework without stages."""

_LONGEST: Final[Mapping[str, int]] = {**LONGEST, "book_url": 500}


@dataclass(frozen=True, slots=True)
class DemandInput:
    """What somebody asks of one unit: its stage (:data:`ASKED` where there are none), and why."""

    code: str
    stage: str
    reason: str


@dataclass(frozen=True, slots=True)
class ProfileInput:
    """A profile as it was filled in. Where the English is empty the Dutch stands for both.

    ``accents`` tells whether where the weight of the work lies is kept, as far as the profile said so.
    """

    name: Text
    text: Text
    demands: tuple[DemandInput, ...]
    book: str = ""
    book_url: str = ""
    accents: bool = True


def check_profile(
    framework: Framework, given: ProfileInput, others: Iterable[FunctionProfile]
) -> tuple[Fault, ...]:
    """Return what is wrong with a profile as filled in; ``others`` are those that stand beside it.

    The faults about a unit carry its code in their name: ``stage-1.1``, ``reason-1.1``.
    """
    faults = [*_check_name(given.name, tuple(others)), *_check_lengths(given)]
    if given.book_url and not link_host(given.book_url):
        message = N_("This is not the address of a page. It begins with https:// or http://.")
        faults.append(Fault("book_url", "no_link", message))
    if not given.demands:
        message = N_("A profile asks something. Choose at least one part, with what is asked and why.")
        faults.append(Fault("demands", "empty", message))
    return (*faults, *(fault for one in given.demands for fault in _check_demand(framework, one)))


def _check_name(name: Text, others: tuple[FunctionProfile, ...]) -> list[Fault]:
    if not profile_code("", name.nl):
        return [Fault("name_nl", "empty", N_("Say what the function is called."))]
    if folded(name.nl) in {folded(one.name.nl) for one in others}:
        return [
            Fault("name_nl", "twice", N_("There is a function with this name already. Choose another one."))
        ]
    if len(others) >= MOST_PROFILES:
        message = N_("There are 200 functions already, and that is the most. Take one out first.")
        return [Fault("name_nl", "many", message)]
    return []


def _check_lengths(given: ProfileInput) -> list[Fault]:
    said = {
        "name_nl": given.name.nl,
        "name_en": given.name.en,
        "text_nl": given.text.nl,
        "text_en": given.text.en,
        "book": given.book,
        "book_url": given.book_url,
    }
    limits = {name: _LONGEST[name.removesuffix("_nl").removesuffix("_en")] for name in said}
    return [_too_long(name, said[name], limits[name]) for name in said if len(said[name]) > limits[name]]


def _too_long(name: str, text: str, limit: int) -> Fault:
    message = N_("This is {length} characters long; {limit} is the most.")
    return Fault(name, "too_long", message, {"length": len(text), "limit": limit})


def _check_demand(framework: Framework, given: DemandInput) -> list[Fault]:
    known = set(framework.stage_by_code) if framework.stages else {ASKED}
    if given.stage not in known or given.code not in {item.code for item in asked_items(framework)}:
        return [Fault(STAGE + given.code, "unknown", N_("Choose what is asked from the list."))]
    if not given.reason:
        return [Fault(REASON + given.code, "empty", N_("Say why this is asked."))]
    if len(given.reason) > _LONGEST["reason"]:
        return [_too_long(REASON + given.code, given.reason, _LONGEST["reason"])]
    return []


def copy_of(profile: FunctionProfile, organisation: str, *, ours: bool) -> FunctionProfile:
    """Return a profile as the beginning of one of ``organisation``; it has no code yet.

    ``ours`` tells that it comes with the product: what it asks is marked as taken over until it is changed.
    """
    return replace(
        profile,
        code="",
        source=Source(organisation),
        own=False,
        item="",
        function_book="",
        function_book_url="",
        demands=tuple(replace(one, copied=True) for one in profile.demands) if ours else profile.demands,
        copied_from=profile.code,
        changed_on="",
    )


def edited(
    framework: Framework, before: FunctionProfile | None, given: ProfileInput, organisation: str, code: str
) -> FunctionProfile:
    """Return the profile that a checked ``given`` makes of the one before, or anew, called ``code``.

    Demands stand in the order of the framework. One that says the same as before stays as it was, with whose
    it is; what is changed is the word of ``organisation``.
    """
    source = Source(organisation)
    by_code = {one.code: one for one in given.demands}
    name = _text(given.name)
    begun = before or FunctionProfile(
        code, name, name, source, Reference(framework.id, framework.version), demands=()
    )
    return replace(
        begun,
        code=code,
        name=name,
        text=_text(given.text) if given.text.nl or given.text.en else name,
        source=source,
        own=False,
        demands=tuple(
            _demand(by_code[item.code], begun.by_code.get(item.code), source)
            for item in asked_items(framework)
            if item.code in by_code
        ),
        practice=begun.practice if given.accents else None,
        accents=begun.accents if given.accents else (),
        function_book=given.book,
        function_book_url=given.book_url,
    )


def _text(given: Text) -> Text:
    """Return a text in two languages; what was said in one stands for both."""
    return Text(given.nl or given.en, given.en or given.nl)


def _demand(given: DemandInput, before: Demand | None, source: Source) -> Demand:
    stage = None if given.stage == ASKED else given.stage
    same = before is not None and given.reason in (before.reason.nl, before.reason.en)
    if same and before is not None:
        if before.stage == stage:
            return before
        return Demand(given.code, stage, before.reason, source)
    return Demand(given.code, stage, Text(given.reason, given.reason), source)
