"""How the provider works: what it settled for each standard, and where its other numbers are."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.assessment.findings import INSTRUMENT_NAMES
from bekwaam.domain.assessment.instruments import InstrumentRule, InstrumentsAsked
from bekwaam.domain.assessment.working import WayOfWorking
from bekwaam.domain.procedures.states import STATE_NAMES
from bekwaam.services.errors import Invalid, NotFound
from bekwaam.services.procedures.working import StandardWay, history, set_working, ways
from bekwaam.services.signs.settings import settings_of
from bekwaam.web.procedures.working_form import WorkingForm, initial_of
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.errors import fill_errors
from bekwaam.web.shared.office import Office, on_provider

Lines = list[tuple[str, str]]


@on_provider(Action.SET_WORKING)
def workings(request: HttpRequest, office: Office) -> HttpResponse:
    """Show how the provider works on each standard, with its numbers that hold for all of them."""
    cards = [(way, way.title[language()], way_lines(way.now.way)) for way in ways(office.provider)]
    context = {
        "office": office,
        "cards": cards,
        "signs": settings_of(office.provider),
        "crumbs": [_crumbs(office, "")[0], Crumb(_("How we work"))],
    }
    return render(request, "procedures/workings.html", context)


@on_provider(Action.SET_WORKING)
def working(request: HttpRequest, office: Office, standard: str) -> HttpResponse:
    """Show how the provider works on one standard; settle it when it is sent."""
    found = _standard(office, standard)
    form = WorkingForm(request.POST or None, initial=initial_of(found.now.way, found.now.ref))
    if request.method == "POST" and form.is_valid():
        try:
            set_working(
                request.user,  # type: ignore[arg-type]
                office.provider,
                standard,
                form.way(),
                form.cleaned_data["seen"],
            )
        except Invalid as error:
            fill_errors(form, error)
            form.data = _seen(form.data, found.now.ref)
        else:
            messages.success(request, _("Saved. It counts for procedures that start from now on."))
            return redirect("procedures:workings", ref=office.provider.ref)
    title = found.title[language()]
    context = {
        "office": office,
        "form": form,
        "title": title,
        "history": [(settled, way_lines(settled.way)) for settled in history(office.provider, standard)],
        "crumbs": _crumbs(office, title),
    }
    return render(request, "procedures/working.html", context, status=422 if form.errors else 200)


def _seen(data: Any, ref: str) -> Any:
    """Return what was sent, now with what stands before the visitor as what they saw."""
    changed = data.copy()
    changed["seen"] = ref
    return changed


def _standard(office: Office, identifier: str) -> StandardWay:
    for way in ways(office.provider):
        if way.identifier == identifier:
            return way
    raise NotFound


def way_lines(way: WayOfWorking) -> Lines:
    """Return a way of working in words, as labels with what holds."""
    assessors = ngettext("%(number)s assessor", "%(number)s assessors", way.assessors)
    terms = [f"{_(STATE_NAMES[state])}: {_days(days)}" for state, days in way.terms.items()]
    return [
        (_("Judged by"), assessors % {"number": way.assessors} + (f", {_split()}" if way.role_split else "")),
        (_("Beside the portfolio"), _asked(way.asked)),
        (_("Terms"), "\n".join(terms)),
        (_("Checking the facts"), _days(way.facts_days)),
        (
            _("Objection"),
            _("within %(days)s, answer within %(weeks)s")
            % {"days": _days(way.objection_days), "weeks": _weeks(way.answer_weeks)},
        ),
    ]


def _split() -> str:
    return _("of the subject and general")


def _days(number: int) -> str:
    return ngettext("%(number)s day", "%(number)s days", number) % {"number": number}


def _weeks(number: int) -> str:
    return ngettext("%(number)s week", "%(number)s weeks", number) % {"number": number}


def _asked(asked: InstrumentsAsked) -> str:
    if asked.rule is InstrumentRule.ANY:
        return _("one interview, observation or test")
    if asked.rule is InstrumentRule.NONE:
        return _("nothing: %(reason)s") % {"reason": asked.reason} if asked.reason else _("nothing")
    return ", ".join(_(INSTRUMENT_NAMES[kind]).lower() for kind in asked.kinds)


def _crumbs(office: Office, here: str) -> list[Crumb]:
    ref: Any = office.provider.ref
    return [
        Crumb(office.provider.name, reverse("procedures:overview", args=[ref])),
        Crumb(_("How we work"), reverse("procedures:workings", args=[ref])),
        Crumb(here),
    ]
