"""Writes what checking came to for people: what is true, what could not be told, what it does not prove."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bekwaam.adapters.web.faults import FetchFault
from bekwaam.domain.certificates.report import Verification
from bekwaam.domain.certificates.verdict_words import (
    claimed_words,
    lines_words,
    not_proven,
    outcome_words,
    successor_words,
)
from bekwaam.trust.verdicts import Outcome
from bekwaam.wording import N_, say

WIDTH: Final = 96

FETCH_FAULTS: Final[Mapping[FetchFault, str]] = {
    FetchFault.ADDRESS: N_("{name} was not fetched: it is not the name of a host that we can visit safely."),
    FetchFault.PRIVATE: N_("{name} was not fetched: it lies in a private network."),
    FetchFault.NO_HOST: N_("{name} was not fetched: there is no such host."),
    FetchFault.UNREACHABLE: N_("{name} was not fetched: the host does not answer as it should."),
    FetchFault.CERTIFICATE: N_("{name} was not fetched: the host cannot show that it is the one."),
    FetchFault.TIME: N_("{name} was not fetched: it took too long. Try again later."),
    FetchFault.STATUS: N_("{name} was not fetched: the host does not have it."),
    FetchFault.TYPE: N_("{name} was not fetched: the host gave something else."),
    FetchFault.TOO_LARGE: N_("{name} was not fetched: it is larger than it should be."),
    FetchFault.CONTENT: N_("{name} was not fetched: what the host gave cannot be read."),
    FetchFault.TOO_MANY: N_("{name} was not fetched: these files name too many hosts."),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one file: in a sentence, and in all there is to say."""

    short: str
    whole: str


def told(found: Verification, faults: Mapping[str, str], language: str) -> Told:
    """Return the words for a file; ``faults`` are what could not be fetched for it, and why."""
    short = outcome_words(found, language)
    return Told(short, "\n".join(_whole(found, faults, language)))


def _whole(found: Verification, faults: Mapping[str, str], language: str) -> Iterator[str]:
    yield outcome_words(found, language)
    if notice := successor_words(found, language):
        yield from textwrap.wrap(notice, WIDTH)
    if found.facts is not None:
        heading = N_("What it says") if found.outcome is Outcome.VALID else N_("What it says of itself")
        units = [f"{it.code} {it.title}: {it.value or '?'}" for it in found.facts.units]
        yield from _part(language, heading, [*claimed_words(found.facts, language), *units])
    for outcome, heading in (
        (Outcome.INVALID, N_("What is wrong")),
        (Outcome.UNKNOWN, N_("What could not be told")),
        (Outcome.VALID, N_("What is true")),
    ):
        sentences = list(lines_words(found, outcome, language))
        if outcome is Outcome.UNKNOWN:
            sentences += [
                say(language, FETCH_FAULTS[FetchFault(it)], name=name) for name, it in faults.items()
            ]
        yield from _part(language, heading, sentences)
    yield from _part(language, N_("What this does not prove"), list(not_proven(language)))


def _part(language: str, heading: str, sentences: list[str]) -> Iterator[str]:
    if sentences:
        yield ""
        yield say(language, heading)
        for sentence in sentences:
            yield from textwrap.wrap(sentence, WIDTH, initial_indent="  - ", subsequent_indent="    ")
