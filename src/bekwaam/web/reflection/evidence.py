"""Choosing where a piece of evidence goes that is begun with what somebody looked back on."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bekwaam.services.errors import Refused
from bekwaam.services.reflection.evidence import Begun, Place, begin_evidence, places
from bekwaam.web.reflection.forms import PlaceForm
from bekwaam.web.reflection.home import crumbs
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb


def choose_place(request: HttpRequest, begun: Begun, back: Crumb) -> HttpResponse:
    """Ask where it goes, and go on to the form there with everything filled in. At most four queries."""
    person: Any = request.user
    found = places(person)
    form = PlaceForm([(one.ref, _label(one)) for one in found], request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            place = begin_evidence(person, form.cleaned_data["place"], begun)
        except Refused as error:
            form.add_error("place", error.verdict.text(language()))
        else:
            name = "portfolio:own_evidence_new" if place.own else "portfolio:evidence_new"
            return redirect(name, place.ref, "story")
    context = {
        "form": form,
        "any": bool(found),
        "back": back,
        "crumbs": crumbs(back, _("Make evidence of it")),
    }
    return render(request, "reflection/place.html", context, status=422 if form.errors else 200)


def _label(place: Place) -> str:
    title = place.title[language()]
    if place.own:
        return _("My portfolio: %(title)s") % {"title": title}
    return _("The file of procedure %(number)s: %(title)s") % {"number": place.number, "title": title}
