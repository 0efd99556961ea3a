"""Who is in a team: inviting, and taking out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from bekwaam.domain.accounts.access import Action
from bekwaam.services.errors import Invalid, NotFound
from bekwaam.services.teams.making import MOST_MEMBERS, invite, remove_member
from bekwaam.services.teams.reads import places_in
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.errors import fill_errors
from bekwaam.web.teams.desk import Desk, on_team
from bekwaam.web.teams.presenting import share_names


class InviteForm(forms.Form):
    """Addresses to invite."""

    emails = forms.CharField(
        label=gettext_lazy("E-mail addresses"),
        help_text=gettext_lazy(
            "One on each line. Everybody gets a mail and chooses for themself what to share."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@on_team(Action.INVITE_MEMBERS)
def people(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show who is in the team and what each shares, and invite others; in a cohort no sharing is told."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sent = invite(request.user, desk.team.ref, form.cleaned_data["emails"])  # type: ignore[arg-type]
        except Invalid as error:
            fill_errors(form, error)
        else:
            messages.success(request, _told(len(sent)))
            return redirect("teams:people", desk.team.ref)
    page = Paginator(places_in(desk.team), MOST_MEMBERS).get_page(request.GET.get("page"))
    context = {
        "desk": desk,
        "team": desk.team,
        "form": form,
        "page": page,
        "places": [(place, share_names(place.shares)) for place in page],
        "crumbs": _crumbs(desk, Crumb(_("People"))),
    }
    return render(request, "teams/people.html", context, status=422 if form.errors else 200)


def _told(number: int) -> str:
    if not number:
        return _("Everybody on your list was invited already.")
    text = ngettext("%(number)s person was invited.", "%(number)s people were invited.", number)
    return text % {"number": number}


@require_http_methods(["GET", "HEAD", "POST"])
@on_team(Action.INVITE_MEMBERS)
def remove(request: HttpRequest, desk: Desk, member: str) -> HttpResponse:
    """Take somebody out of the team, after asking."""
    if request.method == "POST":
        remove_member(request.user, desk.team.ref, member)  # type: ignore[arg-type]
        messages.success(
            request, _("Taken out of the cohort.") if desk.cohort else _("Taken out of the team.")
        )
        return redirect("teams:people", desk.team.ref)
    place = next((one for one in places_in(desk.team) if one.ref == member), None)
    if place is None:
        raise NotFound
    crumbs = _crumbs(
        desk, Crumb(_("People"), reverse("teams:people", args=[desk.team.ref])), Crumb(_("Take out"))
    )
    context: dict[str, Any] = {"desk": desk, "team": desk.team, "place": place, "crumbs": crumbs}
    return render(request, "teams/remove.html", context)


def _crumbs(desk: Desk, *here: Crumb) -> list[Crumb]:
    page = "teams:cohort" if desk.cohort else "teams:team"
    return desk.crumbs(Crumb(desk.team.name, reverse(page, args=[desk.team.ref])), *here)
