"""What mail was sent, to whom and whether it was accepted. Never what it said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import Action, Role, may
from bekwaam.domain.mail.kinds import KEPT_DAYS, KIND_NAMES, OUTCOME_NAMES, Outcome
from bekwaam.services.errors import insist
from bekwaam.services.listing import Listing
from bekwaam.services.mail.reads import MailRow, all_mail, mail_of_procedure, mail_of_provider
from bekwaam.web.shared.case import Case, on_procedure
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.office import Office, on_provider

PAGE = 25
TONES = {Outcome.ACCEPTED: "", Outcome.REFUSED: "badge--negative", Outcome.FAILED: "badge--warning"}


@dataclass(frozen=True, slots=True)
class Line:
    """One mail as the table shows it."""

    to: str
    kind: str
    subject: str
    outcome: str
    tone: str
    accepted: bool
    english: bool
    at: datetime
    procedure: str
    number: str


@on_procedure(Action.SEE_MAIL)
def of_procedure(request: HttpRequest, case: Case) -> HttpResponse:
    """Show what was sent about a procedure."""
    here: Any = case.procedure
    crumbs = [
        Crumb(here.provider.name, reverse("procedures:overview", args=[here.provider.ref])),
        Crumb(here.number, reverse("procedures:procedure", args=[here.ref])),
        Crumb(_("Mail that was sent")),
    ]
    listing = mail_of_procedure(here)
    return _list(request, listing, eyebrow=here.number, crumbs=crumbs, case=case)


@on_provider(Action.SEE_MAIL)
def of_provider(request: HttpRequest, office: Office) -> HttpResponse:
    """Show what was sent for a provider."""
    crumbs = [Crumb(_("My work"), reverse("home"))]
    if office.may(Action.SEE_OVERVIEW):
        crumbs = [Crumb(office.provider.name, reverse("procedures:overview", args=[office.provider.ref]))]
    crumbs.append(Crumb(_("Mail that was sent")))
    linked = office.may(Action.SEE_OVERVIEW)
    listing = mail_of_provider(office.provider)
    return _list(request, listing, eyebrow=office.provider.name, crumbs=crumbs, linked=linked, numbered=True)


@login_required
def everything(request: HttpRequest) -> HttpResponse:
    """Show everything that was sent, to whoever runs the installation."""
    person: Any = request.user
    insist(may(Action.SEE_MAIL, {Role.OPERATOR} if person.is_operator else ()))
    crumbs = [Crumb(_("My work"), reverse("home")), Crumb(_("Mail that was sent"))]
    return _list(request, all_mail(), crumbs=crumbs, numbered=True)


def _list(request: HttpRequest, listing: Listing[MailRow], **context: Any) -> HttpResponse:
    page = Paginator(listing, PAGE).get_page(request.GET.get("page"))
    context |= {"page": page, "lines": [_line(row) for row in page], "days": KEPT_DAYS}
    return render(request, "mail/list.html", context)


def _line(row: MailRow) -> Line:
    return Line(
        to=row.to or _("Somebody without an account"),
        kind=_(KIND_NAMES[row.kind]),
        subject=row.subject,
        outcome=_(OUTCOME_NAMES[row.outcome]),
        tone=TONES[row.outcome],
        accepted=row.outcome is Outcome.ACCEPTED,
        english=row.language == "en",
        at=row.at,
        procedure=row.procedure,
        number=row.number,
    )
