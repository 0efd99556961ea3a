"""The front of a draft: what is in it and what is missing; publishing it, and throwing it away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import Action
from bekwaam.frameworks.editing.modules import modules_in
from bekwaam.frameworks.rule_text import rule_sentence
from bekwaam.services.errors import Refused
from bekwaam.services.frameworks.drafts import Overtaken, drop_draft, publish_draft
from bekwaam.services.frameworks.own import todo
from bekwaam.web.frameworks.drafting.desk import Desk, on_draft
from bekwaam.web.frameworks.drafting.forms import sort
from bekwaam.web.frameworks.drafting.presenting import (
    PAGE,
    called,
    offers,
    preview,
    shelves,
    todo_lines,
)
from bekwaam.web.shared.case import language

FIRST = 6


@on_draft(Action.SEE_OWN_FRAMEWORKS)
def front(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show what is in a draft and what is still missing. Four queries, one more for its content."""
    found = todo(desk.head, desk.framework)
    if "ontbreekt" in request.GET:
        page = Paginator(found.findings, PAGE).get_page(request.GET.get("page"))
        context = {"desk": desk, "page": page, "lines": todo_lines(desk, page.object_list)}
        return render(request, "frameworks/drafting/missing.html", {**context, "crumbs": desk.crumbs()})
    usual, rest = offers(desk, None)
    context = {
        "desk": desk,
        "crumbs": desk.crumbs(),
        "sort": sort(desk.framework.kind),
        "title": called(desk.framework.title),
        "description": called(desk.framework.description),
        "lines": todo_lines(desk, found.findings[:FIRST]),
        "more": max(0, len(found.findings) - FIRST),
        "ready": not found.findings,
        "wheel": preview(desk),
        "facts": _facts(desk),
        "shelves": shelves(desk, None, request.GET.get("soort", ""), request.GET.get("page")),
        "usual": usual,
        "rest": rest,
    }
    return render(request, "frameworks/drafting/front.html", context)


def _facts(desk: Desk) -> list[dict[str, Any]]:
    """Return what a framework has beside its items: what it is, how it stands, and where it is changed."""
    found = desk.framework
    stages = ", ".join(called(stage.title) or stage.code for stage in found.stages)
    modules = ", ".join(modules_in(found))
    facts = [
        (_("Title and description"), called(found.title), "head"),
        (_("Stages"), stages or _("none yet"), "stages"),
        (_("Documents"), ", ".join(map(called, found.documents.values())), "documents"),
        (_("Building blocks"), modules or _("none"), "modules"),
    ]
    if found.kind == "standard":
        sentence = rule_sentence(found, found.rule, language()) if found.rule else _("none yet")
        facts.insert(2, (_("Rule"), sentence, "rule"))
    return [{"name": name, "value": value, "url": desk.url(page)} for name, value, page in facts]


@on_draft(Action.PUBLISH_FRAMEWORK)
def publish(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Say what publishing means, and publish. What changed while one was reading is shown first."""
    overtaken = False
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        try:
            row = publish_draft(request.user, desk.ref, int(seen) if seen.isdecimal() else 0)  # type: ignore[arg-type]
        except Overtaken:
            overtaken = True
        except Refused as error:
            messages.error(request, error.verdict.text(language()))
            return redirect(desk.url("publish"))
        else:
            messages.success(request, _("Published. From now on anybody can read it, and it never changes."))
            return redirect("frameworks:framework", row.identifier, row.version)
    found = todo(desk.head, desk.framework)
    context = {
        "desk": desk,
        "overtaken": overtaken,
        "crumbs": desk.crumbs(_("Publish")),
        "sort": sort(desk.framework.kind),
        "lines": todo_lines(desk, found.findings[:FIRST]),
        "number": len(found.findings),
        "english": found.english,
        "items": len(desk.framework.items),
    }
    return render(request, "frameworks/drafting/publish.html", context, status=409 if overtaken else 200)


@on_draft(Action.EDIT_FRAMEWORK)
def drop(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Ask whether a draft should really go; throw it away when it should."""
    if request.method == "POST":
        drop_draft(request.user, desk.ref)  # type: ignore[arg-type]
        messages.success(request, _("“%(title)s” is thrown away.") % {"title": desk.title})
        return redirect("drafting:own", desk.head.provider_ref)
    context = {"desk": desk, "crumbs": desk.crumbs(_("Throw away")), "items": len(desk.framework.items)}
    return render(request, "frameworks/drafting/drop.html", context)
