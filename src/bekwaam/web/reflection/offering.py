"""Offering a deliberation to colleagues without names, and agreeing to that or not."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bekwaam.domain.deliberation.asking import ASKED, Step
from bekwaam.domain.deliberation.case_law import Offered
from bekwaam.domain.deliberation.steps import Phase
from bekwaam.services.errors import Invalid, NotFound
from bekwaam.services.reflection.cases import agree, competences, offer_case, offices, tags_of, take_back
from bekwaam.services.reflection.reads import Table, table_of
from bekwaam.web.reflection.concluding import Group, case_choices, grouped
from bekwaam.web.reflection.forms import NO_TITLE, LookedForm, needed
from bekwaam.web.reflection.home import crumbs
from bekwaam.web.reflection.seated import Chair, led, seated
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.errors import fill_errors


class OfferForm(LookedForm):
    """The copy without names: a text for each step, and by what it is found."""

    def __init__(self, places: tuple[tuple[str, str], ...], *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        looked = self.fields.pop("looked")
        self.fields["title"] = forms.CharField(label=_("Title"), error_messages=needed(NO_TITLE))
        for step in Step:
            self.fields[step.value] = forms.CharField(
                label=_(ASKED[step].name), required=False, widget=forms.Textarea(attrs={"rows": 4})
            )
        for name, label, choices in (
            ("dilemmas", _("By which dilemmas do colleagues find it?"), case_choices()),
            ("competences", _("And by which competences?"), competence_choices()),
        ):
            self.fields[name] = forms.MultipleChoiceField(
                label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
            )
        self.fields["provider"] = forms.ChoiceField(
            label=_("For the colleagues of which organisation?"), choices=places, initial=places[0][0]
        )
        self.fields["looked"] = looked

    def groups(self) -> list[Group]:
        """Return the dilemmas to choose from, by category."""
        return grouped(self["dilemmas"])

    def offered(self) -> Offered:
        """Return what was filled in; the service checks it."""
        data = self.cleaned_data
        return Offered(
            title=data["title"],
            texts={step: data[step.value] for step in Step},
            dilemmas=tuple(data["dilemmas"]),
            competences=tuple(data["competences"]),
        )


def competence_choices() -> list[tuple[str, str]]:
    """Return the competences by which a case can be found."""
    items = [item for item in competences().items if item.kind == "competence"]
    return [(item.code, f"{item.code} {item.name(language())}") for item in items]


def _offer(request: HttpRequest, chair: Chair) -> HttpResponse:
    """Offer a copy; the form begins with what was concluded."""
    places = offices(request.user)  # type: ignore[arg-type]
    found = table_of(chair.seat, language())
    if found.state.phase is not Phase.CLOSED or not places:
        raise NotFound
    form = OfferForm(places, request.POST or None, initial=_initial(chair, found))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            offer_case(chair.seat, given["provider"], form.offered(), language(), looked=given["looked"])
        except Invalid as error:
            fill_errors(form, error)
        else:
            messages.success(request, _("Offered. It is kept as soon as everybody has agreed."))
            return redirect(chair.home)
    home = Crumb(chair.seat.deliberation.title, reverse("reflection:deliberation", args=[chair.ref]))
    context = {"form": form, "chair": chair, "crumbs": crumbs(home, _("Keep it for colleagues"))}
    return render(request, "reflection/offer.html", context, status=422 if form.errors else 200)


offer = require_http_methods(["GET", "HEAD", "POST"])(led(_offer))


def _initial(chair: Chair, found: Table) -> dict[str, Any]:
    if found.offer is not None and not found.offer.kept:
        return {
            "title": found.offer.title,
            **{step.value: text for step, text in found.offer.texts},
            **tags_of(found.offer.ref),
        }
    texts = {one.step.value: one.text for one in found.concluded}
    resembles = found.state.concluded(Step.RESEMBLES)
    return {
        "title": chair.seat.deliberation.title,
        "dilemmas": list(getattr(resembles, "codes", ())),
        **texts,
    }


def _consent(request: HttpRequest, chair: Chair) -> HttpResponse:
    """Agree to what is offered, or take it back."""
    if request.method != "POST":
        return redirect(chair.home)
    ref = request.POST.get("case", "")
    if "back" in request.POST:
        take_back(chair.seat, ref)
        messages.success(request, _("It is not kept for colleagues. Nobody can read it there any more."))
    else:
        agree(chair.seat, ref)
        messages.success(request, _("You have agreed. You can take that back here."))
    return redirect(chair.home)


consent = seated(_consent)
