"""Personal data of others in a piece: replaced by a role, or let stand; in its file only let stand."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from bekwaam.domain.privacy.looked import Looked
from bekwaam.domain.privacy.marks import INSTEAD, MARK_NAMES
from bekwaam.domain.privacy.reading import FileMark, Outcome, Unit
from bekwaam.services.drafts import drop_draft
from bekwaam.services.portfolio.file_marks import FILE, FileSeen
from bekwaam.services.portfolio.privacy import PieceMark, keep_file, keep_mark, piece_seen, replace_mark
from bekwaam.web.portfolio.desk import Desk, Pages, writing

MOST_INSTEAD = 200
MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """A mark on the screen, with what can stand in its place."""

    place: PieceMark
    label: str
    looks_like: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownInFile:
    """A mark in a file on the screen: what it looks like, and where it stands."""

    mark: FileMark
    looks_like: str
    where: str


@dataclass(frozen=True, slots=True)
class ShownFile:
    """What was found in a file: the first marks, how many more, and in a sentence how far looking is."""

    seen: FileSeen
    marks: tuple[ShownInFile, ...]
    more: int
    sentence: str


@dataclass(frozen=True, slots=True)
class ShownSeen:
    """What was found in a piece; ``sentence`` says how far looking at its texts is."""

    marks: tuple[Shown, ...]
    sentence: str
    file: ShownFile | None


def shown_seen(desk: Desk, ref: str) -> ShownSeen:
    """Return what was found in a piece, in words. Two queries."""
    seen = piece_seen(desk.place, ref)
    return ShownSeen(
        marks=tuple(_shown(found) for found in seen.marks),
        sentence=_how_far(seen.names),
        file=_shown_file(seen.file) if seen.file else None,
    )


def _shown(found: PieceMark) -> Shown:
    kind = found.mark.kind
    return Shown(found, _(found.label), _(MARK_NAMES[kind]), tuple(_(one) for one in INSTEAD[kind]))


def _how_far(names: Looked) -> str:
    if names is Looked.NOT_HERE:
        return names_not_here()
    if names is Looked.WAITING:
        return _("Names in what you wrote are still being looked for. You can just go on.")
    return _("We looked for names, addresses and numbers. We do not see everything: look yourself as well.")


def names_not_here() -> str:
    """Return the sentence for an installation that finds no names by itself."""
    return _("Names without “mevrouw” or “meneer” before them are not found here. Look for those yourself.")


def _shown_file(seen: FileSeen) -> ShownFile:
    shown = tuple(
        ShownInFile(mark, _(MARK_NAMES[mark.kind]), _where(mark)) for mark in seen.marks[:MOST_SHOWN]
    )
    return ShownFile(seen, shown, len(seen.marks) - len(shown), _how_far_in_file(seen))


def _how_far_in_file(seen: FileSeen) -> str:
    name = {"name": seen.name}
    if seen.looked is Looked.WAITING:
        return _("%(name)s is still being looked at. You can just go on; look again later.") % name
    if seen.looked is Looked.NOT_HERE:
        return _("We cannot look into a picture, sound or film. Look at %(name)s yourself.") % name
    if seen.outcome is Outcome.NO_TEXT:
        return (
            _("We found no text in %(name)s that we can read; it may be a scan. Look at it yourself.") % name
        )
    if seen.outcome is Outcome.LOCKED:
        return _("%(name)s has a password, so we could not look into it. Look at it yourself.") % name
    if seen.outcome is Outcome.BROKEN:
        return _("We could not read %(name)s. Open it yourself to see whether it is whole.") % name
    if seen.partly:
        return _("%(name)s is long; we looked at the first part of it. Look at the rest yourself.") % name
    if seen.marks:
        return ""
    return _("In %(name)s we found nothing that you have not looked at. Look yourself as well.") % name


def _where(mark: FileMark) -> str:
    """Return where in a file something stands, as "page 1, page 3 (4 times)"."""
    places = ", ".join(_place(unit, number) for unit, number in mark.places)
    if mark.times <= len(mark.places):
        return places
    times = ngettext("%(number)s time", "%(number)s times", mark.times) % {"number": mark.times}
    return f"{places} ({times})"


def _place(unit: Unit, number: int) -> str:
    words = {
        Unit.PAGE: _("page %(number)s"),
        Unit.SLIDE: _("slide %(number)s"),
        Unit.SHEET: _("sheet %(number)s"),
        Unit.BODY: _("in the text"),
        Unit.MARGIN: _("above or below the page"),
        Unit.NOTE: _("in a note"),
        Unit.COMMENT: _("in a comment"),
    }
    text = words[unit]
    return text % {"number": number} if "%(number)s" in text else text


def _mark(request: HttpRequest, desk: Desk, piece: str) -> HttpResponse:
    """Replace a stretch of text, or let it stand, as the button says."""
    field, text = request.POST.get("field", ""), request.POST.get("text", "")
    if "keep_file" in request.POST:
        keep_file(request.user, desk.place, piece, request.POST.get("file", ""))  # type: ignore[arg-type]
        messages.success(request, _("You let all of it stand. We do not ask again about this file."))
    elif "keep" in request.POST or field == FILE:
        keep_mark(request.user, desk.place, piece, field, text)  # type: ignore[arg-type]
        messages.success(request, _("You let it stand. We do not ask again."))
    else:
        start = request.POST.get("start", "")
        instead = request.POST.get("instead", "").strip()[:MOST_INSTEAD]
        at = int(start) if start.isdecimal() and len(start) < 9 else -1
        replace_mark(request.user, desk.place, piece, field, at, text, instead)  # type: ignore[arg-type]
        drop_draft(request.user, desk.key(piece))  # type: ignore[arg-type]
        messages.success(request, _("Replaced, in the earlier texts of this piece too."))
    return redirect(desk.url("evidence", piece))


_pages = writing(_mark)
mark = Pages(require_POST(_pages.dossier), require_POST(_pages.own))
