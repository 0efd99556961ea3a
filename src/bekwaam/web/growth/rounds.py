"""Rounds of self-assessment: one's own list, one round, one unit, and finishing."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bekwaam.domain.growth.rating import rated_units
from bekwaam.frameworks.model import Framework, Item
from bekwaam.services.drafts import drop_draft
from bekwaam.services.errors import Invalid, NotFound
from bekwaam.services.frameworks.versions import find_version, framework_of
from bekwaam.services.growth.reads import Round, choices, own_rounds, read_round
from bekwaam.services.growth.rounds import drop_round, finish_round, rate, start_round
from bekwaam.web.growth import presenting
from bekwaam.web.growth.forms import RatingForm
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.drafts import draft_data
from bekwaam.web.shared.errors import fill_errors
from bekwaam.web.shared.units import unit_groups

PAGE: Final = 25


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show one's rounds, with the open ones first, and a way to begin. Four queries."""
    person: Any = request.user
    heads = own_rounds(person)
    finished = Paginator([head for head in heads if head.finished_at], PAGE)
    page = finished.get_page(request.GET.get("page"))
    context = {
        "crumbs": [Crumb(_("My work"), reverse("home")), Crumb(_("Self-assessment"))],
        "open": [(head, presenting.name_of(head)) for head in heads if not head.finished_at],
        "page": page,
        "finished": [(head, presenting.name_of(head)) for head in page],
        "choices": [
            (f"{one.identifier}@{one.version}", f"{one.title[language()]} ({one.version})")
            for one in choices()
        ],
    }
    return render(request, "growth/rounds.html", context)


@login_required
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Begin a round on the chosen framework, or go on with the one that is open."""
    identifier, _at, version = request.POST.get("framework", "").partition("@")
    round_ = start_round(request.user, find_version(identifier, version))  # type: ignore[arg-type]
    return redirect("growth:round", round_.ref)


@login_required
@require_safe
def overview(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a round: the wheel, everything it asks about, and what is next. Six queries."""
    found, framework = _round(request, ref)
    given = {code: (rating.value, rating.note) for code, rating in found.ratings.items()}
    rows = presenting.groups(framework, found.head, given)
    waiting = [row for group in rows for row in group.rows if row.answer is None]
    total = sum(len(group.rows) for group in rows)
    context = {
        **_frame(found, framework),
        "crumbs": _crumbs(framework.title[language()]),
        "groups": rows,
        "total": total,
        "done": total - len(waiting),
        "next": waiting[0] if waiting else None,
        "wheel": presenting.drawn(
            framework,
            found.values,
            prefix="self",
            title=_("How you see yourself"),
            ref="" if found.head.finished_at else ref,
        ),
    }
    return render(request, "growth/round.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def unit(request: HttpRequest, ref: str, code: str) -> HttpResponse:
    """Rate oneself on one unit; after saving on to the next. Seven queries."""
    found, framework = _round(request, ref)
    order = rated_units(framework)
    item = next((one for one in order if one.code == code), None)
    if item is None:
        raise NotFound
    if found.head.finished_at:
        return redirect("growth:round", ref)
    key = f"self:{ref}:{code}"
    if request.method == "POST":
        form = RatingForm(framework, item, data=request.POST)
        if form.is_valid():
            try:
                rate(request.user, ref, code, form.values(), form.cleaned_data["note"])  # type: ignore[arg-type]
            except Invalid as error:
                fill_errors(form, error)
            else:
                drop_draft(request.user, key)  # type: ignore[arg-type]
                return _onwards(ref, order, item)
    else:
        form = RatingForm(framework, item, initial=_initial(request, found, code, key))
    context = _unit_context(found, framework, item, form)
    return render(
        request, "growth/unit.html", {**context, "draft_key": key}, status=422 if form.errors else 200
    )


def _unit_context(found: Round, framework: Framework, item: Item, form: RatingForm) -> dict[str, Any]:
    order = [one.code for one in rated_units(framework)]
    at = order.index(item.code)
    here = next(u for g in unit_groups(framework, order) for u in g.units if u.code == item.code)
    before = found.earlier.ratings.get(item.code) if found.earlier else None
    return {
        **_frame(found, framework),
        "crumbs": _crumbs(framework.title[language()], found.head.ref, item.code),
        "unit": here,
        "text": item.text[language()] if item.text and item.title else "",
        "form": form,
        "field": form[item.code],
        "stages": form.by_stage(framework),
        "parts": form.at_no_stage(),
        "texts": _stage_texts(framework, item),
        "earlier": found.earlier.head if found.earlier else None,
        "before": presenting.answer(framework, item.code, before.value) if before else None,
        "before_note": before.note if before else "",
        "position": at + 1,
        "total": len(order),
    }


def _stage_texts(framework: Framework, item: Item) -> list[tuple[str, int, str]]:
    """Return what a life domain says per stage: the stage's name, its rings and the text."""
    texts = {
        one.stage: one.text[language()] for one in framework.children(item.code, "stage_text") if one.text
    }
    stages = enumerate(framework.stages, start=1)
    return [(s.title[language()], rings, texts[s.code]) for rings, s in stages if s.code in texts]


def _initial(request: HttpRequest, found: Round, code: str, key: str) -> dict[str, Any]:
    """Return what was typed and not sent yet or, without that, what stands in the round."""
    kept = draft_data(request, key)
    if kept is not None:
        return kept.dict()
    own = found.ratings.get(code)
    return {**RatingForm.initial_from(found.ratings), "note": own.note if own else ""}


def _onwards(ref: str, order: tuple[Item, ...], item: Item) -> HttpResponse:
    after = order.index(item) + 1
    if after < len(order):
        return redirect("growth:unit", ref, order[after].code)
    return redirect("growth:round", ref)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: HttpRequest, ref: str) -> HttpResponse:
    """Finish a round with, if one likes, a word of reflection; from then on it stays as it is."""
    found, framework = _round(request, ref)
    if found.head.finished_at:
        return redirect("growth:round", ref)
    faults: dict[str, str] = {}
    reflection = request.POST.get("reflection", "")
    if request.method == "POST":
        try:
            done = finish_round(request.user, ref, reflection)  # type: ignore[arg-type]
        except Invalid as error:
            faults = {fault.name: fault.text(language()) for fault in error.faults}
        else:
            drop_draft(request.user, f"self:{ref}")  # type: ignore[arg-type]
            messages.success(request, _("Your self-assessment is kept."))
            return redirect("growth:growth", done.standard.identifier, done.standard.version)
    kept = draft_data(request, f"self:{ref}")
    context = {
        **_frame(found, framework),
        "crumbs": _crumbs(framework.title[language()], ref, _("Finish")),
        "rated": sum(item.code in found.ratings for item in rated_units(framework)),
        "total": len(rated_units(framework)),
        "reflection": reflection or (kept.get("reflection", "") if kept else ""),
        "fault": faults.get("reflection", ""),
        "draft_key": f"self:{ref}",
    }
    return render(request, "growth/finish.html", context, status=422 if faults else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, ref: str) -> HttpResponse:
    """Throw an open round away, after asking."""
    found, framework = _round(request, ref)
    if request.method == "POST":
        drop_round(request.user, ref)  # type: ignore[arg-type]
        messages.success(request, _("The round is gone."))
        return redirect("growth:rounds")
    context = {
        **_frame(found, framework),
        "crumbs": _crumbs(framework.title[language()], ref, _("Throw away")),
    }
    return render(request, "growth/drop.html", context)


def _round(request: HttpRequest, ref: str) -> tuple[Round, Framework]:
    found = read_round(request.user, ref)  # type: ignore[arg-type]
    return found, framework_of(found.head.standard)


def _frame(found: Round, framework: Framework) -> dict[str, Any]:
    return {"round": found, "head": found.head, "title": framework.title[language()]}


def _crumbs(name: str, ref: str = "", here: str = "") -> list[Crumb]:
    way = [Crumb(_("My work"), reverse("home")), Crumb(_("Self-assessment"), reverse("growth:rounds"))]
    if not here:
        return [*way, Crumb(name)]
    return [*way, Crumb(name, reverse("growth:round", args=[ref])), Crumb(here)]
