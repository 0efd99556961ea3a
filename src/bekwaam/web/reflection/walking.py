"""Light to heavy: one question at a time, always the lightest that works."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bekwaam.domain.growth.lightest import Given, Says, explain
from bekwaam.services.errors import Invalid, Refused
from bekwaam.services.reflection.walking import Walk, answer, begin_anew, finish, step_back, walk_of
from bekwaam.web.reflection.forms import TextForm, TitleForm
from bekwaam.web.reflection.home import crumbs
from bekwaam.web.reflection.laid_beside import laid_beside
from bekwaam.web.shared.case import language
from bekwaam.web.shared.errors import fill_errors


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def walk(request: HttpRequest) -> HttpResponse:
    """Show what is asked now, or what came out; keep the answer that was sent. At most three queries.

    At a step, and at the end, the interventions that the person's organisations have for it stand beside it.
    """
    person: Any = request.user
    if request.method == "POST":
        if "back" in request.POST:
            taken = step_back(person)
            return _page(request, walk_of(person), taken=taken)
        if "anew" in request.POST:
            begin_anew(person)
            messages.success(request, _("You begin anew. What you had answered is gone."))
            return redirect("reflection:walk")
        if "finish" in request.POST:
            return _finish(request, person)
        return _answer(request, person)
    return _page(request, walk_of(person))


def _answer(request: HttpRequest, person: Any) -> HttpResponse:
    form = TextForm("", request.POST)
    form.fields["text"].required = False  # that is for the rules of the choice to say
    form.is_valid()
    said = request.POST.get("says", "")
    given = Given(
        request.POST.get("code", ""),
        form.cleaned_data.get("text", ""),
        Says(said) if said in list(Says) else None,
    )
    try:
        answer(person, given, looked=form.cleaned_data["looked"])
    except Invalid as error:
        fill_errors(form, error)
    except Refused as error:
        form.add_error("text", error.verdict.text(language()))
    else:
        return redirect("reflection:walk")
    return _page(request, walk_of(person), form, taken=given)


def _finish(request: HttpRequest, person: Any) -> HttpResponse:
    form = TitleForm(request.POST)
    if form.is_valid():
        try:
            row = finish(person, form.cleaned_data["title"], language(), request.POST.getlist("picked"))
        except Invalid as error:
            for fault in error.faults:
                form.add_error(None if fault.name == "picked" else "title", fault.text(language()))
        else:
            messages.success(request, _("Kept. Only you can read it."))
            return redirect("reflection:reflection", row.ref)
    return _page(request, walk_of(person), title_form=form)


def _page(
    request: HttpRequest,
    found: Walk,
    form: TextForm | None = None,
    *,
    taken: Given | None = None,
    title_form: TitleForm | None = None,
) -> HttpResponse:
    prompt, guide = found.question, found.guide
    yes_or_no = found.yes_or_no
    label = _("Why?") if yes_or_no else (prompt.question[language()] if prompt else "")
    if form is None:
        form = TextForm(label, initial={"text": taken.text if taken else ""}, rows=4)
    text = form.fields["text"]
    text.label, text.required = label, not yes_or_no
    if yes_or_no:
        danger = prompt == guide.safety
        text.help_text = _("Needed when you choose yes.") if danger else _("Needed when you choose no.")
    shown = form["text"]  # was made when the form was read, before it was known what is asked
    shown.label, shown.help_text = text.label, text.help_text
    asked = {one.code: one for one in (*guide.opening, guide.safety, *guide.steps, *guide.closing)}
    context = {
        "crumbs": crumbs(guide.title[language()]),
        "title": guide.title[language()],
        "question": prompt.question[language()] if prompt else "",
        "hint": prompt.hint[language()] if prompt and prompt.hint else "",
        "code": prompt.code if prompt else "",
        "yes_or_no": yes_or_no,
        "said": taken.says if taken and taken.says else "",
        "form": form,
        "title_form": title_form or TitleForm(),
        "came_out": explain(guide, found.chosen, language()) if found.chosen else (),
        "step": guide.name(found.chosen.step)[language()] if found.chosen else "",
        "nothing": bool(found.chosen and found.chosen.nothing),
        "beside": laid_beside(request.user, found, _ticked(request)),
        "given": [(asked[one.code].question[language()], _says(one), one.text) for one in found.way.given],
    }
    bad = bool(form.errors or (title_form is not None and title_form.errors))
    return render(request, "reflection/walk.html", context, status=422 if bad else 200)


def _ticked(request: HttpRequest) -> list[str]:
    """Return the interventions that were ticked here, or brought along from the list in the address."""
    return request.POST.getlist("picked") if request.method == "POST" else request.GET.getlist("aanpak")


def _says(given: Given) -> str:
    names = {Says.YES: _("Yes"), Says.UNSURE: _("I am not sure"), Says.NO: _("No")}
    return names[given.says] if given.says else ""
