"""The rest of a draft: its head, its stages, the documents it comes from, and building blocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import Action
from bekwaam.frameworks.editing.head import change_head, put_document, remove_document, uses_of_documents
from bekwaam.frameworks.editing.modules import include_module, leave_out_module, modules_in, own_module
from bekwaam.frameworks.editing.refusal import Edited
from bekwaam.frameworks.editing.stages import add_stage, change_stage, move_stage, remove_stage
from bekwaam.frameworks.model import Framework
from bekwaam.services.drafts import drop_draft
from bekwaam.services.errors import Invalid, NotFound
from bekwaam.services.frameworks.drafts import change_draft
from bekwaam.services.frameworks.own import module_rows
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.web.frameworks.drafting.desk import Desk, on_draft
from bekwaam.web.frameworks.drafting.forms import (
    DocumentForm,
    HeadForm,
    ModuleForm,
    StageForm,
    head_initial,
    stage_initial,
)
from bekwaam.web.frameworks.drafting.presenting import called
from bekwaam.web.frameworks.drafting.saving import begun, save, status
from bekwaam.web.shared.case import language
from bekwaam.web.shared.errors import fill_errors


def _head(held: Framework) -> object:
    return replace(held, items=(), stages=(), rule=None, documents={}, includes=())


@on_draft(Action.EDIT_FRAMEWORK)
def head(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Change what a framework says about itself."""
    key = "kop"
    if "discard" in request.POST:
        return _discard(request, desk, key, "head")
    if request.method == "POST":
        form = HeadForm(desk.framework, data=request.POST)
        if form.is_valid() and save(
            request, desk, form, lambda held: change_head(held, form.given()), _head, key
        ):
            messages.success(request, _("Your changes are saved."))
            return redirect(desk.url("draft"))
    else:
        initial = begun(request, desk, key, head_initial(desk.framework), _head(desk.framework))
        form = HeadForm(desk.framework, initial=initial)
    values = head_initial(now) if (now := getattr(form, "overtaken", None)) else {}
    return _form_page(request, desk, form, key, _("Title and description"), "draft", values)


@on_draft(Action.EDIT_FRAMEWORK)
def stages(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show the stages in order; add one, or move one."""
    key = "stadium-nieuw"
    if request.method == "POST" and request.POST.get("do") in ("up", "down"):
        code, step = request.POST.get("code", ""), -1 if request.POST["do"] == "up" else 1
        return _tried(request, desk, lambda held: move_stage(held, code, step), "stages")
    if request.method == "POST":
        form = StageForm(desk.framework, data=request.POST)
        if form.is_valid() and save(
            request, desk, form, lambda held: add_stage(held, form.given()), lambda held: None, key
        ):
            messages.success(request, _("The stage has been added."))
            return redirect(desk.url("stages"))
    else:
        source = desk.framework.source
        empty = {"document": source.document, "section": source.section}
        form = StageForm(desk.framework, initial=begun(request, desk, key, empty, None))
    context = {
        "desk": desk,
        "form": form,
        "draft_key": desk.key(key),
        "stages": [(one, called(one.title), called(one.description)) for one in desk.framework.stages],
        "crumbs": desk.crumbs(_("Stages")),
    }
    return render(request, "frameworks/drafting/stages.html", context, status=status(form))


@on_draft(Action.EDIT_FRAMEWORK)
def stage(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Change a stage, or remove one that nothing belongs to."""
    found, key = desk.framework.stage_by_code.get(code), f"stadium:{code}"
    if found is None:
        raise NotFound
    if "discard" in request.POST:
        return _discard(request, desk, key, "stages")
    if request.method == "POST" and request.POST.get("do") == "remove":
        return _tried(request, desk, lambda held: remove_stage(held, code), "stages")
    if request.method == "POST":
        form = StageForm(desk.framework, data=request.POST)
        if form.is_valid() and save(
            request, desk, form, lambda held: change_stage(held, code, form.given()), _stage(code), key
        ):
            messages.success(request, _("Your changes are saved."))
            return redirect(desk.url("stages"))
    else:
        form = StageForm(desk.framework, initial=begun(request, desk, key, stage_initial(found), found))
    values = stage_initial(now) if (now := getattr(form, "overtaken", None)) else {}
    title = _("Stage %s") % (called(found.title) or found.code)
    return _form_page(request, desk, form, key, title, "stages", values, removable=True)


def _stage(code: str) -> Any:
    return lambda held: held.stage_by_code.get(code)


@on_draft(Action.EDIT_FRAMEWORK)
def documents(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show the documents that the framework comes from; add one."""
    key = "document-nieuw"
    if request.method == "POST":
        form = DocumentForm(data=request.POST)
        if form.is_valid():
            number = form.cleaned_data["number"]
            if number in desk.framework.documents:
                form.add_error("number", _("There is a document of this name already."))
            elif save(
                request, desk, form, lambda held: put_document(held, number, form.text("title")), _none, key
            ):
                messages.success(request, _("The document has been added."))
                return redirect(desk.url("documents"))
    else:
        form = DocumentForm(initial=begun(request, desk, key, {}, None))
    uses = uses_of_documents(desk.framework)
    context = {
        "desk": desk,
        "form": form,
        "draft_key": desk.key(key),
        "documents": [
            (number, called(title), uses[number]) for number, title in desk.framework.documents.items()
        ],
        "crumbs": desk.crumbs(_("Documents")),
    }
    return render(request, "frameworks/drafting/documents.html", context, status=status(form))


def _none(held: Framework) -> object:
    return None


@on_draft(Action.EDIT_FRAMEWORK)
def document(request: HttpRequest, desk: Desk, number: str) -> HttpResponse:
    """Change the title of a document, or remove one that nothing comes from."""
    title, key = desk.framework.documents.get(number), f"document:{number}"
    if title is None:
        raise NotFound
    if "discard" in request.POST:
        return _discard(request, desk, key, "documents")
    if request.method == "POST" and request.POST.get("do") == "remove":
        return _tried(request, desk, lambda held: remove_document(held, number), "documents")
    initial = {"number": number, "title_nl": title.nl, "title_en": title.en}
    if request.method == "POST":
        form = DocumentForm(data={**request.POST.dict(), "number": number})
        if form.is_valid() and save(
            request,
            desk,
            form,
            lambda held: put_document(held, number, form.text("title")),
            lambda held: held.documents.get(number),
            key,
        ):
            messages.success(request, _("Your changes are saved."))
            return redirect(desk.url("documents"))
    else:
        form = DocumentForm(initial=begun(request, desk, key, initial, title))
    form.fields["number"].disabled = True
    form.fields["number"].initial = number
    now = getattr(form, "overtaken", None)
    values = {"title_nl": now.nl, "title_en": now.en} if now else {}
    heading = _("Document %s") % number
    return _form_page(request, desk, form, key, heading, "documents", values, removable=True)


@on_draft(Action.EDIT_FRAMEWORK)
def modules(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Take over a building block, make one one's own, or leave one out."""
    rows = {str(row.pk): row for row in module_rows() if row.identifier != desk.framework.id}
    choices = [(pk, f"{row.title[language()]} ({row.version})") for pk, row in rows.items()]
    form = ModuleForm(modules=choices)
    act = request.POST.get("do", "")
    changes: dict[str, Callable[[Framework, str], Edited]] = {"own": own_module, "out": leave_out_module}
    if request.method == "POST" and act in changes:
        name = request.POST.get("module", "")
        return _tried(request, desk, lambda held: changes[act](held, name), "modules")
    if request.method == "POST":
        form = ModuleForm(request.POST, modules=choices)
        if form.is_valid():
            module = framework_of(rows[form.cleaned_data["module"]])
            try:
                change_draft(request.user, desk.ref, lambda held: include_module(held, module))  # type: ignore[arg-type]
            except Invalid as error:
                fill_errors(form, error)
            else:
                messages.success(request, _("The building block is in it now."))
                return redirect(desk.url("modules"))
    counts = {
        name: sum(one.module == name for one in desk.framework.items) for name in modules_in(desk.framework)
    }
    context = {
        "desk": desk,
        "form": form,
        "choices": choices,
        "modules": list(counts.items()),
        "crumbs": desk.crumbs(_("Building blocks")),
    }
    return render(request, "frameworks/drafting/modules.html", context, status=422 if form.errors else 200)


def _tried(request: HttpRequest, desk: Desk, edit: Callable[[Framework], Edited], page: str) -> HttpResponse:
    """Make a change that needs no form, say how it went, and go back to ``page``."""
    try:
        change_draft(request.user, desk.ref, edit)  # type: ignore[arg-type]
    except Invalid as error:
        messages.warning(request, error.faults[0].text(language()))
    else:
        messages.success(request, _("Done."))
    return redirect(desk.url(page))


def _discard(request: HttpRequest, desk: Desk, key: str, page: str) -> HttpResponse:
    drop_draft(request.user, desk.key(key))  # type: ignore[arg-type]
    messages.success(request, _("What you had not saved yet is thrown away."))
    return redirect(desk.url(page))


def _form_page(
    request: HttpRequest,
    desk: Desk,
    form: Any,
    key: str,
    title: str,
    back: str,
    theirs: dict[str, Any],
    *,
    removable: bool = False,
) -> HttpResponse:
    fields = [field for field in form.visible_fields() if field.name in theirs]
    context = {
        "desk": desk,
        "form": form,
        "title": title,
        "back": desk.url(back),
        "draft_key": desk.key(key),
        "drafted": bool(form.initial.get("drafted")),
        "theirs": [(str(field.label), str(theirs[field.name] or "–")) for field in fields],
        "removable": removable,
        "crumbs": desk.crumbs(title),
    }
    return render(request, "frameworks/drafting/form.html", context, status=status(form))
