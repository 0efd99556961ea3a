"""Puts the draft of a certificate into the values that its page shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bekwaam.domain.assessment.findings import INSTRUMENT_NAMES
from bekwaam.domain.certificates.facts import DAYS, PLACE_NAMES, Place, Spot
from bekwaam.domain.certificates.paper import UnitOnPaper
from bekwaam.services.certificates.composing import Draft
from bekwaam.services.certificates.facts_reads import RequestRead
from bekwaam.web.certificates.presenting import crumbs
from bekwaam.web.shared.case import Case
from bekwaam.web.shared.crumbs import Crumb


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact: what it is called, by itself and with what it is of, and what stands there."""

    key: str
    name: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request as the page shows it; ``answered_text`` is what the certificate says since."""

    read: RequestRead
    label: str
    said: str
    answered_text: str
    answerable: bool


@dataclass(frozen=True, slots=True)
class DraftUnit:
    """One judged unit as the certificate will have it."""

    unit: UnitOnPaper
    facts: tuple[FactLine, ...]


def draft_crumbs(case: Case, here: str = "") -> list[Crumb]:
    """Return the way back to the draft, and from there."""
    before = crumbs(case)[:-1]
    name = _("Draft of the certificate")
    if not here:
        return [*before, Crumb(name)]
    return [*before, Crumb(name, reverse("certificates:draft", args=[case.procedure.ref])), Crumb(here)]


def says(spot: Spot, draft: Draft) -> FactLine:
    """Return a fact of the draft in words."""
    name = _(PLACE_NAMES[spot.place])
    of = _of(spot, draft)
    return FactLine(
        key=spot.key,
        name=name,
        label=f"{name}: {of}" if of else name,
        text=shown(spot.place, draft.facts[spot].says) if spot in draft.facts else "",
    )


def shown(place: Place, text: str) -> str:
    """Return what stands at a place as a reader reads it: a day in words."""
    if place in DAYS and text:
        return date_format(date.fromisoformat(text), "j F Y")
    return text


def _of(spot: Spot, draft: Draft) -> str:
    match spot.place:
        case Place.ASSESSOR:
            return draft.facts[spot].says if spot in draft.facts else ""
        case Place.SESSION_DAY | Place.SESSION_PLACE | Place.SESSION_PRESENT:
            kinds = [session.kind for session in draft.sessions if session.ref == spot.about]
            return _(INSTRUMENT_NAMES[kinds[0]]) if kinds else ""
        case Place.PIECE_TITLE | Place.PIECE_DAY:
            title = Spot(Place.PIECE_TITLE, spot.about)
            return draft.facts[title].says if title in draft.facts else ""
        case Place.OBSERVED | Place.WHY:
            every = (*draft.document.units, *draft.document.judged_domains)
            return next((f"{unit.code} {unit.title}" for unit in every if unit.code == spot.about), "")
        case _:
            return ""


def request_line(entry: RequestRead, draft: Draft, answerable: bool) -> RequestLine:
    """Return a request in words."""
    answer = entry.answer
    return RequestLine(
        read=entry,
        label=says(entry.spot, draft).label,
        said=shown(entry.spot.place, entry.said),
        answered_text=shown(entry.spot.place, answer.text) if answer and answer.corrected else "",
        answerable=answerable,
    )


def present_draft(draft: Draft) -> dict[str, Any]:
    """Return what the page of the draft shows, in the order of the certificate."""
    document = draft.document
    lines = {spot: says(spot, draft) for spot in draft.facts}
    names = (Place.CANDIDATE, Place.PROVIDER_PLACE, Place.ASSESSOR)
    titles = [spot.about for spot in lines if spot.place is Place.PIECE_TITLE]
    return {
        "document": document,
        "names": [line for spot, line in lines.items() if spot.place in names],
        "sessions": list(_sessions(draft, lines)),
        "pieces": [
            (lines[Spot(Place.PIECE_TITLE, ref)], lines[Spot(Place.PIECE_DAY, ref)]) for ref in titles
        ],
        "groups": [
            (code, title, _units(units, lines))
            for code, title, units in (*document.groups(), ("", _("Life domains"), document.judged_domains))
            if units
        ],
    }


def _sessions(draft: Draft, lines: dict[Spot, FactLine]) -> Iterator[tuple[str, list[FactLine]]]:
    places = (Place.SESSION_DAY, Place.SESSION_PLACE, Place.SESSION_PRESENT)
    for session in draft.sessions:
        yield _(INSTRUMENT_NAMES[session.kind]), [lines[Spot(place, session.ref)] for place in places]


def _units(units: tuple[UnitOnPaper, ...], lines: dict[Spot, FactLine]) -> list[DraftUnit]:
    found = []
    for unit in units:
        spots = (Spot(Place.OBSERVED, unit.code), Spot(Place.WHY, unit.code))
        found.append(DraftUnit(unit, tuple(lines[spot] for spot in spots if spot in lines)))
    return found
