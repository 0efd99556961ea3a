"""One part of a draft: adding, changing, moving and removing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import Action
from bekwaam.frameworks.editing.codes import next_code
from bekwaam.frameworks.editing.items import add_item, change_item, move_below, move_item, remove_item
from bekwaam.frameworks.editing.places import is_own, lies_below, may_stand
from bekwaam.frameworks.editing.refusal import fingerprint
from bekwaam.frameworks.kinds import KINDS
from bekwaam.frameworks.model import Framework, Item
from bekwaam.services.drafts import drop_draft
from bekwaam.services.errors import Invalid, NotFound
from bekwaam.services.frameworks.drafts import Overtaken, change_draft
from bekwaam.web.frameworks.drafting.desk import Desk, on_draft
from bekwaam.web.frameworks.drafting.forms import ItemForm, item_initial
from bekwaam.web.frameworks.drafting.presenting import called, name_of, offers, one, shelves
from bekwaam.web.frameworks.drafting.saving import begun, save, status
from bekwaam.web.shared.case import language

MOST_PLACES = 500


@on_draft(Action.EDIT_FRAMEWORK)
def add(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show an empty form for one more part, with a code that fits; add it when it is sent."""
    given = request.POST if request.method == "POST" else request.GET
    kind = given.get("kind" if request.method == "POST" else "soort", "")
    inside = given.get("parent" if request.method == "POST" else "in", "") or None
    parent = desk.framework.by_code.get(inside or "")
    if kind not in KINDS or (request.method != "POST" and not _fits(kind, inside, parent)):
        raise NotFound
    key = f"nieuw:{kind}:{inside or ''}"
    if request.method == "POST" and "discard" in request.POST:
        return _discard(request, desk, key, _back(desk, parent))
    if request.method == "POST":
        form = ItemForm(desk.framework, kind, data=request.POST)
        if form.is_valid() and save(
            request, desk, form, lambda held: add_item(held, kind, inside, form.given()), _nothing, key
        ):
            messages.success(request, _("%(code)s has been added.") % {"code": form.cleaned_data["code"]})
            if "again" in request.POST:
                stage = form.cleaned_data.get("stage") or ""
                return redirect(f"{desk.url('add')}?soort={kind}&in={inside or ''}&stadium={stage}")
            return redirect(_back(desk, parent))
    else:
        initial = begun(request, desk, key, _empty(desk, kind, inside, request.GET.get("stadium")), None)
        form = ItemForm(desk.framework, kind, initial=initial)
    context = {
        "desk": desk,
        "form": form,
        "title": _("Add: %(kind)s") % {"kind": one(kind)},
        "inside": f"{parent.code} {name_of(parent)}" if parent else "",
        "back": _back(desk, parent),
        "draft_key": desk.key(key),
        "drafted": bool(form.initial.get("drafted")),
        "no_stages": KINDS[kind].staged and not desk.framework.stages,
        "crumbs": desk.crumbs(_("Add"), item=parent),
        "new": True,
    }
    return render(request, "frameworks/drafting/item.html", context, status=status(form))


def _fits(kind: str, inside: str | None, parent: Item | None) -> bool:
    return (inside is None or parent is not None) and may_stand(kind, parent.kind if parent else None)


def _nothing(held: Framework) -> object:
    return None


def _back(desk: Desk, parent: Item | None) -> str:
    return desk.url("item", parent.code) if parent else desk.url("draft")


def _empty(desk: Desk, kind: str, inside: str | None, stage: str | None) -> dict[str, Any]:
    found = desk.framework
    parent = found.by_code.get(inside or "")
    stages = [one.code for one in found.stages]
    stage = (stage if stage in stages else next(iter(stages), None)) if KINDS[kind].staged else None
    source = parent.source if parent else found.source
    return {
        "kind": kind,
        "parent": inside or "",
        "code": next_code(found, kind, inside, stage),
        "stage": stage,
        "document": source.document,
        "section": source.section,
        "own": False,
    }


def _discard(request: HttpRequest, desk: Desk, key: str, to: str) -> HttpResponse:
    """Throw away what was typed and not saved."""
    drop_draft(request.user, desk.key(key))  # type: ignore[arg-type]
    messages.success(request, _("What you had not saved yet is thrown away."))
    return redirect(to)


@on_draft(Action.EDIT_FRAMEWORK)
def item(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Show a part as a form with what lies in it; change it when it is sent."""
    found = desk.framework.by_code.get(code)
    if found is None:
        return _gone(request, desk, code)
    if not is_own(desk.framework, found):
        return _of_module(request, desk, found)
    key = f"deel:{code}"
    if request.method == "POST" and "discard" in request.POST:
        return _discard(request, desk, key, desk.url("item", code))
    titled = found.title is not None
    if request.method == "POST":
        form = ItemForm(desk.framework, found.kind, titled=titled, data=request.POST)
        if form.is_valid() and save(
            request, desk, form, lambda held: change_item(held, code, form.given()), _part(code), key
        ):
            messages.success(request, _("Your changes are saved."))
            return redirect(desk.url("item", form.cleaned_data["code"]))
    else:
        initial = begun(request, desk, key, item_initial(found), found)
        form = ItemForm(desk.framework, found.kind, titled=titled, initial=initial)
    return _item_page(request, desk, found, form, key)


def _item_page(request: HttpRequest, desk: Desk, found: Item, form: ItemForm, key: str) -> HttpResponse:
    usual, rest = offers(desk, found)
    context = {
        "desk": desk,
        "form": form,
        "item": found,
        "title": f"{found.code} {name_of(found)}"[:120],
        "kind": one(found.kind),
        "theirs": _theirs(desk, form),
        "draft_key": desk.key(key),
        "drafted": bool(form.initial.get("drafted")),
        "shelves": shelves(desk, found.code, request.GET.get("soort", ""), request.GET.get("page")),
        "usual": [*usual, *rest],
        "place_url": desk.url("place", found.code),
        "remove_url": desk.url("remove", found.code),
        "crumbs": desk.crumbs(item=found),
        "back": _back(desk, desk.framework.by_code.get(found.parent or "")),
    }
    return render(request, "frameworks/drafting/item.html", context, status=status(form))


def _part(code: str) -> Any:
    return lambda held: held.by_code.get(code)


def _theirs(desk: Desk, form: ItemForm) -> list[tuple[str, str]]:
    """Return what a colleague made of the part meanwhile, field by field."""
    now = getattr(form, "overtaken", None)
    if now is None:
        return []
    values = item_initial(now)
    fields = [field for field in form.visible_fields() if field.name in values]
    return [(str(field.label), str(values[field.name] or "–")) for field in fields if field.name != "own"]


def _gone(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Keep what was typed about a part that a colleague took away: it can be added again."""
    kind, inside = request.POST.get("kind", ""), request.POST.get("parent", "") or None
    if request.method != "POST" or kind not in KINDS:
        raise NotFound
    parent = desk.framework.by_code.get(inside or "")
    data = request.POST.copy()
    data["seen"] = fingerprint(None)
    data["parent"] = parent.code if parent else ""
    form = ItemForm(desk.framework, kind, data=data)
    form.add_error(None, _("A colleague took this away while you were writing. You can add it again."))
    context = {
        "desk": desk,
        "form": form,
        "title": _("Add: %(kind)s") % {"kind": one(kind)},
        "inside": f"{parent.code} {name_of(parent)}" if parent else "",
        "action": desk.url("add"),
        "back": _back(desk, parent),
        "crumbs": desk.crumbs(_("Add"), item=parent),
        "draft_key": desk.key(f"deel:{code}"),
        "new": True,
    }
    return render(request, "frameworks/drafting/item.html", context, status=409)


def _of_module(request: HttpRequest, desk: Desk, found: Item) -> HttpResponse:
    context = {
        "desk": desk,
        "item": found,
        "title": f"{found.code} {name_of(found)}"[:120],
        "kind": one(found.kind),
        "text": called(found.text),
        "shelves": shelves(desk, found.code, request.GET.get("soort", ""), request.GET.get("page")),
        "crumbs": desk.crumbs(item=found),
    }
    return render(request, "frameworks/drafting/of_module.html", context)


@on_draft(Action.EDIT_FRAMEWORK)
def place(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Move a part up or down among those beside it, or below another one."""
    found = desk.framework.by_code.get(code)
    if found is None:
        raise NotFound
    if request.method != "POST":
        context = {
            "desk": desk,
            "item": found,
            "name": name_of(found),
            "places": _places(desk, found),
            "crumbs": desk.crumbs(_("Move"), item=found),
        }
        return render(request, "frameworks/drafting/place.html", context)
    step = {"up": -1, "down": 1}.get(request.POST.get("do", ""))
    to = request.POST.get("below", "") or None
    try:
        if step:
            change_draft(request.user, desk.ref, lambda held: move_item(held, code, step))  # type: ignore[arg-type]
        else:
            change_draft(request.user, desk.ref, lambda held: move_below(held, code, to))  # type: ignore[arg-type]
    except Invalid as error:
        messages.warning(request, error.faults[0].text(language()))
    else:
        messages.success(request, _("%(code)s has been moved.") % {"code": code})
    parent = desk.framework.by_code.get(found.parent or "")
    return redirect(_back(desk, parent) if step else desk.url("item", code))


def _places(desk: Desk, found: Item) -> list[tuple[str, str, bool]]:
    """Return where a part can lie: code, name, and whether it lies there now; the top has no code."""
    inside = {found.code, *(item.code for item in lies_below(desk.framework, found.code))}
    fitting = (
        item
        for item in desk.framework.items
        if item.code not in inside and is_own(desk.framework, item) and may_stand(found.kind, item.kind)
    )
    places = [(one.code, f"{one.code} {name_of(one)}"[:120], one.code == found.parent) for one in fitting]
    top = [("", _("At the top, in nothing"), found.parent is None)] if may_stand(found.kind, None) else []
    return [*top, *places[:MOST_PLACES]]


@on_draft(Action.EDIT_FRAMEWORK)
def remove(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Ask whether a part should really go, with what lies in it; take it away when it should."""
    found = desk.framework.by_code.get(code)
    if found is None:
        raise NotFound
    block = _block(code)
    if request.method == "POST":
        try:
            seen = request.POST.get("seen") or None
            change_draft(request.user, desk.ref, lambda held: remove_item(held, code), part=block, seen=seen)  # type: ignore[arg-type]
        except Invalid as error:
            messages.error(request, error.faults[0].text(language()))
            return redirect(desk.url("item", code))
        except Overtaken:
            messages.warning(request, _("A colleague changed something in this meanwhile. Look once more."))
            return redirect(desk.url("remove", code))
        drop_draft(request.user, desk.key(f"deel:{code}"))  # type: ignore[arg-type]
        messages.success(request, _("%(code)s has been removed.") % {"code": code})
        return redirect(_back(desk, desk.framework.by_code.get(found.parent or "")))
    context = {
        "desk": desk,
        "item": found,
        "name": name_of(found),
        "inside": len(lies_below(desk.framework, code)),
        "seen": fingerprint(block(desk.framework)),
        "crumbs": desk.crumbs(_("Remove"), item=found),
    }
    return render(request, "frameworks/drafting/remove.html", context)


def _block(code: str) -> Any:
    """Return the part that a removal is about: the item and all that lies in it."""
    return lambda held: (held.by_code.get(code), lies_below(held, code)) if code in held.by_code else None
