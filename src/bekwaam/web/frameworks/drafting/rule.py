"""The rule of a standard: what is asked, part by part, with the sentence that everybody reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import Action
from bekwaam.frameworks.editing.refusal import Edited, Refusal, fingerprint
from bekwaam.frameworks.editing.rule import add_part, change_part, join, parts, remove_part, rule_refusal
from bekwaam.frameworks.model import Framework
from bekwaam.frameworks.rule_text import rule_sentence
from bekwaam.frameworks.rules import AnyOf, Count, Rule, Share
from bekwaam.services.errors import Invalid, NotFound
from bekwaam.services.frameworks.drafts import Overtaken, change_draft
from bekwaam.web.frameworks.drafting.desk import Desk, on_draft
from bekwaam.web.frameworks.drafting.rule_form import RuleForm, rule_initial
from bekwaam.web.shared.case import language

# The fields of a rule that its form calls otherwise.
_FIELDS = {"at_least": "number", "percent": "number"}


@on_draft(Action.EDIT_FRAMEWORK)
def rule(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show the rule; add to it, or say whether all of it is asked or any one."""
    _only_a_standard(desk)
    if request.method == "POST" and request.POST.get("do") in ("all", "any"):
        every = request.POST["do"] == "all"
        return _changed(request, desk, lambda held: join(held, all_of=every))
    form = RuleForm(desk.framework, initial=rule_initial(None, desk.framework))
    if request.method == "POST":
        form = RuleForm(desk.framework, data=request.POST)
        if form.is_valid() and _saved(request, desk, form, lambda held: add_part(held, form.given())):
            return redirect(desk.url("rule"))
    return _page(request, desk, form)


@on_draft(Action.EDIT_FRAMEWORK)
def part(request: HttpRequest, desk: Desk, at: int) -> HttpResponse:
    """Change one part of the rule, or take it out."""
    _only_a_standard(desk)
    known = parts(desk.framework.rule)
    if not 0 <= at < len(known):
        raise NotFound
    if request.method == "POST" and request.POST.get("do") == "remove":
        return _changed(request, desk, lambda held: remove_part(held, at), seen=request.POST.get("seen"))
    if not isinstance(known[at], Count | Share):
        raise NotFound  # a rule of rules is kept as it is, or taken out
    initial = {**rule_initial(known[at], desk.framework), "seen": fingerprint(desk.framework.rule)}
    form = RuleForm(desk.framework, initial=initial)
    if request.method == "POST":
        form = RuleForm(desk.framework, data=request.POST)
        if form.is_valid() and _saved(request, desk, form, lambda held: change_part(held, at, form.given())):
            return redirect(desk.url("rule"))
    return _page(request, desk, form, at=at)


@on_draft(Action.EDIT_FRAMEWORK)
def sentence(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Return what is being filled in as a sentence; writes nothing."""
    form = RuleForm(desk.framework, data=request.GET)
    text = ""
    if form.is_valid() and rule_refusal(desk.framework, form.given()) is None:
        text = rule_sentence(desk.framework, form.given(), language())
    return render(request, "frameworks/drafting/_sentence.html", {"sentence": text})


def _only_a_standard(desk: Desk) -> None:
    if desk.framework.kind != "standard":
        raise NotFound


def _saved(request: HttpRequest, desk: Desk, form: RuleForm, edit: Callable[[Framework], Edited]) -> bool:
    seen = form.cleaned_data["seen"] or None
    try:
        change_draft(request.user, desk.ref, edit, part=lambda held: held.rule, seen=seen)  # type: ignore[arg-type]
    except Invalid as error:
        for fault in error.faults:
            name = _FIELDS.get(fault.name, fault.name)
            form.add_error(name if name in form.fields else None, fault.text(language()))
        return False
    except Overtaken:
        form.add_error(None, _("A colleague changed the rule meanwhile. Look at it, and save again."))
        form.data = form.data.copy()
        form.data["seen"] = ""
        return False
    messages.success(request, _("The rule is saved."))
    return True


def _changed(
    request: HttpRequest, desk: Desk, edit: Callable[[Framework], Edited], seen: str | None = None
) -> HttpResponse:
    try:
        change_draft(request.user, desk.ref, edit, part=lambda held: held.rule, seen=seen or None)  # type: ignore[arg-type]
    except Invalid as error:
        messages.warning(request, error.faults[0].text(language()))
    except Overtaken:
        messages.warning(request, _("A colleague changed the rule meanwhile. Look at it, and save again."))
    else:
        messages.success(request, _("The rule is saved."))
    return redirect(desk.url("rule"))


def _page(request: HttpRequest, desk: Desk, form: RuleForm, at: int | None = None) -> HttpResponse:
    found = desk.framework
    held = found.rule
    known = parts(held)
    rows: list[dict[str, Any]] = [
        {"at": n, "sentence": _said(found, one), "editable": isinstance(one, Count | Share)}
        for n, one in enumerate(known)
    ]
    context = {
        "desk": desk,
        "form": form,
        "at": at,
        "rows": rows,
        "several": len(known) > 1,
        "any": isinstance(held, AnyOf),
        "sentence": _said(found, held) if held else "",
        "live": _live(found, form),
        "seen": fingerprint(held),
        "crumbs": desk.crumbs(_("Rule")),
    }
    return render(request, "frameworks/drafting/rule.html", context, status=422 if form.errors else 200)


def _said(framework: Framework, one: Rule) -> str:
    return rule_sentence(framework, one, language())


def _live(framework: Framework, form: RuleForm) -> str:
    """Return the sentence of what stands in the form now, empty where it is not yet one."""
    given = form.data if form.is_bound else {**form.initial, "number": form.initial.get("number") or ""}
    tried = RuleForm(framework, data=given)
    if not tried.is_valid():
        return ""
    refusal: Refusal | None = rule_refusal(framework, tried.given())
    return "" if refusal else _said(replace(framework), tried.given())
