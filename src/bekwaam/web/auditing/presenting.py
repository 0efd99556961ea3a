"""Turns samples into what the templates show, in the language of the page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bekwaam.domain.auditing.sampling import DATED_NAMES, Criteria
from bekwaam.domain.procedures.states import STATE_NAMES
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.office import Office

Facts = list[tuple[str, str]]


def criteria_facts(criteria: Criteria, standards: dict[str, str]) -> Facts:
    """Return from what is drawn, as labels with texts; ``standards`` gives titles by "id@version"."""
    chosen = criteria.standard
    return [
        (_("Period"), period(criteria)),
        (_("The day that counts"), _(DATED_NAMES[criteria.dated])),
        (_("Standard"), standards.get(chosen, chosen) if chosen else _("every standard")),
        (_("States"), ", ".join(_(STATE_NAMES[state]) for state in criteria.states)),
        (_("Asked"), size(criteria)),
    ]


def period(criteria: Criteria) -> str:
    """Return the period in words."""
    said = {
        "start": date_format(criteria.start, "j F Y"),
        "end": date_format(criteria.end, "j F Y"),
    }
    return _("%(start)s up to and including %(end)s") % said


def size(criteria: Criteria) -> str:
    """Return how much is asked, in words."""
    if criteria.number is not None:
        text = ngettext("%(number)s dossier", "%(number)s dossiers", criteria.number)
        return text % {"number": criteria.number}
    return _("%(percent)s %% of what fits") % {"percent": criteria.percent}


def office_crumbs(office: Office, *further: Crumb) -> list[Crumb]:
    """Return the way back from a page of a provider."""
    overview = reverse("procedures:overview", args=[office.provider.ref])
    return [Crumb(office.provider.name, overview), *further]


def samples_crumb(office: Office) -> Crumb:
    """Return the step of the list of samples."""
    return Crumb(_("Samples"), reverse("auditing:samples", args=[office.provider.ref]))
