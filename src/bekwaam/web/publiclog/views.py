"""The page about the public log, for anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bekwaam.domain.publiclog.kinds import KIND_NAMES
from bekwaam.services.publiclog import reads
from bekwaam.services.signing.names import shown_at

SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class Line:
    """One leaf as the table shows it."""

    number: int
    what: str
    who: str = ""
    at: datetime | None = None
    of: str = ""


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show what the log is, how large, its last checkpoint, and what was added last."""
    command = f"bekwaam log watch {shown_at(reverse('publiclog:page'))} --keep log.txt"
    lines = [_line(one) for one in reads.newest(SHOWN)]
    values = {"signed": reads.latest(), "key": reads.key_text(), "lines": lines, "command": command}
    return render(request, "publiclog/page.html", values)


def _line(one: reads.NewEntry) -> Line:
    entry = one.entry
    if entry is None:
        return Line(one.index, _("This line was changed and cannot be read any more"))
    who = one.name or entry.issuer or _("The installation")
    return Line(one.index, _(KIND_NAMES[entry.kind]), who, entry.at, entry.of)
