"""Turns signs and what they are about into what the templates show, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from bekwaam.domain.signs.dossier import Whose
from bekwaam.domain.signs.sign import GOOD_TO_KNOW, TEXT_CODES
from bekwaam.services.signs.overlap import Beside, Meeting, Overlap
from bekwaam.services.signs.reads import PieceName, Shown
from bekwaam.web.shared.case import Case, language
from bekwaam.web.shared.signs import Line, line


@dataclass(frozen=True, slots=True)
class PieceLink:
    """A piece that a sign is about; ``ref`` where its words can be looked at."""

    name: str
    ref: str


@dataclass(frozen=True, slots=True)
class SignView:
    """A sign with what it is about: pieces of the dossier, or units by group."""

    shown: Shown
    line: Line
    pieces: tuple[PieceLink, ...]
    groups: tuple[tuple[str, ...], ...]
    good_to_know: bool


@dataclass(frozen=True, slots=True)
class MeetingView:
    """Another piece that shares words: where it is, in a heading and a sentence."""

    heading: str
    when: str
    beside: tuple[Beside, ...]
    ref: str
    number: str
    near: bool


def sign_view(case: Case, shown: Shown, names: Mapping[str, PieceName], *, texts: bool) -> SignView:
    """Return a sign for the page; with ``texts`` its pieces lead to the words that they share."""
    said = line(shown.sign, shown.person)
    linked = texts and shown.sign.code in TEXT_CODES
    refs = [ref for ref in shown.sign.values.get("pieces", ()) if ref in names]
    refs.sort(key=lambda ref: names[ref].position)
    return SignView(
        shown=shown,
        line=said,
        pieces=tuple(PieceLink(_piece_name(names[ref]), ref if linked else "") for ref in refs),
        groups=tuple(tuple(_unit(case, code) for code in group) for group in said.groups),
        good_to_know=shown.sign.code in GOOD_TO_KNOW,
    )


def _piece_name(name: PieceName) -> str:
    return name.title or _("Piece %(number)s") % {"number": name.position}


def _unit(case: Case, code: str) -> str:
    item = case.framework.by_code.get(code)
    return f"{code} {item.name(language())}" if item and item.title else code


def meeting_views(found: Overlap) -> tuple[MeetingView, ...]:
    """Return the other pieces that share words with one, for the page."""
    return tuple(
        MeetingView(_heading(one), _when(one), one.beside, one.ref, one.number, one.near)
        for one in found.meetings
    )


def _heading(one: Meeting) -> str:
    headings = {
        Whose.HERE: _("In another portfolio at your provider"),
        Whose.ELSEWHERE: _("Found elsewhere"),
        Whose.OWN: _("Own earlier work"),
    }
    return headings[one.whose]


def _when(one: Meeting) -> str:
    if one.whose is Whose.OWN:
        text = _("%(percent)s percent of this piece was in another portfolio of the candidate. That is fine.")
    elif one.earlier:
        text = _("%(percent)s percent of this piece was handed in there before this dossier.")
    else:
        text = _("%(percent)s percent of this piece was handed in there after this dossier.")
    return text % {"percent": one.percent}
