"""Puts how a certificate stands into sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bekwaam.domain.certificates.status import REASONS, Change, ChangeReason, Status
from bekwaam.services.statuses.reads import ChangeRead, StatusRead
from bekwaam.web.shared.case import Case
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.wording import N_


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """What a screen says of a change that can be made; ``slug`` is its part of the address."""

    slug: str
    title: str
    what: str
    everybody: str
    button: str
    done: str


WORDS: Final[dict[Change, ChangeWords]] = {
    Change.SUSPENDED: ChangeWords(
        "schorsen",
        N_("Suspend the certificate"),
        N_("For as long as you look into something. You can take it back."),
        N_("This certificate is suspended for now."),
        N_("Suspend"),
        N_("The certificate is suspended."),
    ),
    Change.REINSTATED: ChangeWords(
        "hervatten",
        N_("Take the suspension back"),
        N_("Then the certificate is valid again."),
        N_("This certificate is valid."),
        N_("Take the suspension back"),
        N_("The certificate is valid again."),
    ),
    Change.REVOKED: ChangeWords(
        "intrekken",
        N_("Revoke the certificate"),
        N_(
            "For good: this cannot be undone. A newer certificate takes the place of this one by itself; for "
            "that you revoke nothing."
        ),
        N_("This certificate was revoked."),
        N_("Revoke for good"),
        N_("The certificate was revoked."),
    ),
}
_HAPPENED: Final[dict[Change, str]] = {
    Change.SUSPENDED: N_("Suspended"),
    Change.REINSTATED: N_("Valid again"),
    Change.REVOKED: N_("Revoked"),
}
BY_SLUG: Final = {words.slug: change for change, words in WORDS.items()}


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change as a page shows it."""

    what: str
    why: str
    read: ChangeRead


def standing_line(status: Status, since: datetime | None, reason: ChangeReason | None) -> str:
    """Return in one or two sentences how a certificate stands, as everybody may know it."""
    if status is Status.GOOD or since is None:
        return _("The certificate is valid. Whoever checks it sees that.")
    said = {"date": date_format(since, "j F Y")}
    if status is Status.SUSPENDED:
        line = _("The certificate has been suspended since %(date)s.") % said
    else:
        line = _("The certificate was revoked on %(date)s.") % said
    return f"{line} {public_reason(reason)}".rstrip()


def successor_line(read: StatusRead) -> str:
    """Return that another certificate took its place; empty where none did."""
    if not read.successor or read.replaced_on is None:
        return ""
    said = {"number": read.successor, "date": date_format(read.replaced_on, "j F Y")}
    return (
        _(
            "Certificate %(number)s of %(date)s took its place. What this one says stays true, so it was not "
            "revoked for that."
        )
        % said
    )


def public_reason(reason: ChangeReason | str | None) -> str:
    """Return the sentence about why, for everybody; empty where there is none."""
    return _(REASONS[ChangeReason(reason)].public) if reason else ""


def history_lines(history: tuple[ChangeRead, ...]) -> list[HistoryLine]:
    """Return the changes as lines, newest first."""
    return [HistoryLine(_(_HAPPENED[read.change]), public_reason(read.reason), read) for read in history]


def status_crumbs(case: Case, last: str = "") -> list[Crumb]:
    """Return the way back over the outcome."""
    ref = case.procedure.ref
    crumbs = [
        Crumb(_("My work"), reverse("home")),
        Crumb(_("Outcome"), reverse("certificates:outcome", args=[ref])),
    ]
    here = _("Status of the certificate")
    if not last:
        return [*crumbs, Crumb(here)]
    return [*crumbs, Crumb(here, reverse("certificates:status", args=[ref])), Crumb(last)]
