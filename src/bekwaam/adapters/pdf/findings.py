"""The findings on the certificate's paper: a block per judged unit, by cluster."""

from __future__ import annotations

from typing import Any, Final

from bekwaam.domain.certificates.days import long_date
from bekwaam.domain.certificates.paper import (
    CertificateDocument,
    EvidenceOnPaper,
    InstrumentOnPaper,
    UnitOnPaper,
)
from bekwaam.frameworks.kind_names import kind_name
from bekwaam.frameworks.wheel_parts import State
from bekwaam.frameworks.wheel_svg import DOMAIN_HUE, hue, stage_text
from bekwaam.wording import N_, listed, say

Content = dict[str, Any]
# What is shorter than this (in letters, about a third of a page) is kept together on one page.
KEPT_TOGETHER: Final = 1600
WHY: Final = {True: N_("Why it suffices"), False: N_("Why it does not suffice")}


def unit_findings(document: CertificateDocument) -> Content:
    """Return the findings on what the standard's rule counts."""
    return {
        "heading": say(document.language, "The {kind}: what was found and why", kind=unit_kind(document)),
        "groups": [
            {
                "title": f"{code} {title}".strip(),
                "units": [_unit(document, unit, hue(number)) for unit in units],
            }
            for number, (code, title, units) in enumerate(document.groups(), start=1)
        ],
    }


def domain_findings(document: CertificateDocument) -> Content:
    """Return the findings on the life domains that were judged."""
    lang = document.language
    return {
        "heading": say(lang, "Life domains"),
        "intro": say(lang, "These were judged besides, and do not count for meeting the standard."),
        "units": [_unit(document, unit, DOMAIN_HUE) for unit in document.judged_domains],
    }


def _unit(document: CertificateDocument, unit: UnitOnPaper, colour: str) -> Content:
    lang = document.language
    fields = [
        (say(lang, "Evidence"), [_evidence(document, piece) for piece in unit.evidence]),
        (say(lang, "Instruments"), [_instruments(document, unit.instruments)] if unit.instruments else []),
        (say(lang, "Seen, heard or read"), _paragraphs(unit.observed)),
        (say(lang, WHY[_suffices(unit)]), _paragraphs(unit.why)),
        (say(lang, "How it was settled"), _paragraphs(unit.settled)),
        (say(lang, "Origin"), [taken_over(document, unit)] if unit.origin else []),
    ]
    return {
        "code": unit.code,
        "title": unit.title,
        "colour": colour,
        "outcome": stage_text(unit.spoke(), lang),
        "rings": rings(document, unit)[0],
        "of": rings(document, unit)[1],
        "whole": len(unit.observed) + len(unit.why) < KEPT_TOGETHER,
        "fields": [[label, texts] for label, texts in fields if texts],
    }


def taken_over(document: CertificateDocument, unit: UnitOnPaper) -> str:
    """Return from which earlier procedure a finding was taken over; empty for one of this procedure."""
    origin, lang = unit.origin, document.language
    if origin is None:
        return ""
    day = long_date(origin.decided_on, lang)
    if not origin.certificate:
        return say(
            lang, "Taken over from procedure {procedure}, {date}.", procedure=origin.procedure, date=day
        )
    return say(
        lang,
        "Taken over from procedure {procedure}, {date}, certificate {number}.",
        procedure=origin.procedure,
        date=day,
        number=origin.certificate,
    )


def unit_kind(document: CertificateDocument) -> str:
    """Return what the rule counts, in the plural: "competences"."""
    kinds = {unit.kind for unit in document.units}
    return kind_name(kinds.pop(), document.language) if len(kinds) == 1 else say(document.language, "units")


def rings(document: CertificateDocument, unit: UnitOnPaper) -> tuple[int, int]:
    """Return how many dots to fill, and of how many; none for an indicator, which has one stage only."""
    of = len(document.stages) if unit.kind != "indicator" else 0
    return min(unit.rings, of), of


def _suffices(unit: UnitOnPaper) -> bool:
    return unit.state is State.SHOWN and unit.counts is not False


def _evidence(document: CertificateDocument, piece: EvidenceOnPaper) -> str:
    about = [piece.kind]
    if piece.dated_on:
        about.append(long_date(piece.dated_on, document.language))
    return f"{piece.title} ({', '.join(about)})"


def _instruments(document: CertificateDocument, instruments: tuple[InstrumentOnPaper, ...]) -> str:
    texts = []
    for instrument in instruments:
        days = listed(document.language, [long_date(day, document.language) for day in instrument.held_on])
        texts.append(f"{instrument.kind} ({days})" if days else instrument.kind)
    return "; ".join(texts)


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
