"""Inviting to a deliberation, for who leads it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bekwaam.domain.deliberation.inviting import SEAT_NAMES
from bekwaam.services.errors import Invalid, Refused
from bekwaam.services.reflection.inviting import Guest, invite, send_again, withdraw_invitation
from bekwaam.services.reflection.reads import table_of
from bekwaam.web.reflection.forms import InviteForm
from bekwaam.web.reflection.home import crumbs
from bekwaam.web.reflection.seated import Chair, led
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.errors import fill_errors


def _invited(request: HttpRequest, chair: Chair, form: InviteForm) -> bool:
    given = form.cleaned_data
    try:
        row = invite(chair.seat, Guest(given["name"], given["email"], given["language"]))
    except Invalid as error:
        fill_errors(form, error)
        return False
    except Refused as error:
        form.add_error(None, error.verdict.text(language()))
        return False
    if not row.unsent:
        messages.success(request, _("%(name)s gets a mail with a link.") % {"name": row.name})
    return True


def _show(request: HttpRequest, chair: Chair) -> HttpResponse:
    """Show who is invited, and invite one more. At most twelve queries."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _invited(request, chair, form):
        return redirect("reflection:people", chair.ref)
    found = table_of(chair.seat, language())
    home = Crumb(chair.seat.deliberation.title, reverse("reflection:deliberation", args=[chair.ref]))
    context = {
        "chair": chair,
        "form": form,
        "people": [(one, _(SEAT_NAMES[one.state])) for one in found.people],
        "gathering": chair.seat.deliberation.phase == "gathering",
        "begin_url": chair.url("move", "begin"),
        "crumbs": crumbs(home, _("Who takes part")),
    }
    return render(request, "reflection/people.html", context, status=422 if form.errors else 200)


people = require_http_methods(["GET", "HEAD", "POST"])(led(_show))


def _again(request: HttpRequest, chair: Chair, seat: str) -> HttpResponse:
    """Send the mail to somebody again."""
    row = send_again(chair.seat, seat)
    if row.unsent:
        messages.error(request, _("The mail to %(name)s could not be sent.") % {"name": row.name})
    else:
        messages.success(request, _("%(name)s gets a mail with a link.") % {"name": row.name})
    return redirect("reflection:people", chair.ref)


def _withdraw(request: HttpRequest, chair: Chair, seat: str) -> HttpResponse:
    """Withdraw an invitation."""
    withdraw_invitation(chair.seat, seat)
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("reflection:people", chair.ref)


again = require_POST(led(_again))
withdraw = require_POST(led(_withdraw))
