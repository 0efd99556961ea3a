"""Plain reflections: a new one, one to read, change or remove, and making evidence of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bekwaam.domain.reflection.kinds import SPECS, ReflectionKind, story_of
from bekwaam.services.drafts import drop_draft
from bekwaam.services.errors import Invalid, NotFound
from bekwaam.services.reflection import writing
from bekwaam.services.reflection.evidence import Begun
from bekwaam.services.reflection.reads import own_reflection
from bekwaam.web.reflection.evidence import choose_place
from bekwaam.web.reflection.forms import ReflectionForm
from bekwaam.web.reflection.home import crumbs
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.drafts import draft_data
from bekwaam.web.shared.errors import fill_errors


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """Show an empty form, or what was typed in it before; keep the reflection when it is sent."""
    if kind not in list(ReflectionKind):
        raise NotFound
    person: Any = request.user
    key = f"reflection:new:{kind}"
    form = ReflectionForm(ReflectionKind(kind), request.POST or None, initial=_typed(request, key))
    if request.method == "POST" and form.is_valid():
        try:
            row = writing.write(person, form.written(), looked=form.cleaned_data["looked"])
        except Invalid as error:
            fill_errors(form, error)
        else:
            return _kept(request, key, row.ref)
    return _form_page(request, form, key, crumbs(_(form.spec.name)))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, ref: str) -> HttpResponse:
    """Change a reflection of one's own."""
    person: Any = request.user
    card, written = own_reflection(person, ref)
    key = f"reflection:{ref}"
    initial = {"title": written.title, "dated_on": written.dated_on, **written.texts, **_typed(request, key)}
    form = ReflectionForm(written.kind, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            writing.change(person, ref, form.written(), looked=form.cleaned_data["looked"])
        except Invalid as error:
            fill_errors(form, error)
        else:
            return _kept(request, key, ref)
    here = Crumb(card.title, reverse("reflection:reflection", args=[ref]))
    return _form_page(request, form, key, crumbs(here, _("Change")))


@login_required
@require_safe
def reflection(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a reflection to its owner. One query."""
    card, written = own_reflection(request.user, ref)  # type: ignore[arg-type]
    spec = SPECS[card.kind]
    context = {
        "one": card,
        "dated_on": written.dated_on,
        "kind": _(spec.name),
        "parts": [(_(asked.label), written.texts.get(asked.name, "")) for asked in spec.asks],
        "crumbs": crumbs(card.title),
    }
    return render(request, "reflection/reflection.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask whether a reflection may really go; erase it when that is said."""
    card, _written = own_reflection(request.user, ref)  # type: ignore[arg-type]
    if request.method == "POST":
        writing.remove(request.user, ref)  # type: ignore[arg-type]
        messages.success(request, _("“%(title)s” is gone.") % {"title": card.title})
        return redirect("reflection:home")
    here = Crumb(card.title, reverse("reflection:reflection", args=[ref]))
    context = {"one": card, "crumbs": crumbs(here, _("Remove"))}
    return render(request, "reflection/remove.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def to_evidence(request: HttpRequest, ref: str) -> HttpResponse:
    """Begin a piece of evidence with what stands in a reflection."""
    card, written = own_reflection(request.user, ref)  # type: ignore[arg-type]
    back = Crumb(card.title, reverse("reflection:reflection", args=[ref]))
    begun = Begun(written.title, story_of(written, language()), written.dated_on)
    return choose_place(request, begun, back)


def _typed(request: HttpRequest, key: str) -> dict[str, Any]:
    draft = draft_data(request, key)
    return {name: draft.get(name) for name in draft} if draft is not None else {}


def _kept(request: HttpRequest, key: str, ref: str) -> HttpResponse:
    drop_draft(request.user, key)  # type: ignore[arg-type]
    messages.success(request, _("Kept. Only you can read it."))
    return redirect("reflection:reflection", ref)


def _form_page(request: HttpRequest, form: ReflectionForm, key: str, way: list[Crumb]) -> HttpResponse:
    context = {
        "form": form,
        "title": _(form.spec.name),
        "lead": _(form.spec.lead),
        "draft_key": key,
        "crumbs": way,
    }
    return render(request, "reflection/form.html", context, status=422 if form.errors else 200)
