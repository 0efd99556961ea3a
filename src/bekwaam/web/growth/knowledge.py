"""What I know: the body of knowledge, what one says of it, and what is to be looked at again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bekwaam.domain.growth.knowledge import (
    KNOWN_NAMES,
    Fresh,
    Known,
    Note,
    State,
    first_to_look,
    knowledge_items,
    proposed,
    state_of,
    states,
    sums,
)
from bekwaam.domain.growth.rating import rated_units
from bekwaam.frameworks.library import load_review_terms
from bekwaam.services import clock
from bekwaam.services.drafts import drop_draft
from bekwaam.services.errors import Invalid, NotFound
from bekwaam.services.frameworks.versions import find_version, framework_of
from bekwaam.services.growth.knowledge import (
    KnowledgeInput,
    forget_knowledge,
    say_it_still_holds,
    say_knowledge,
)
from bekwaam.services.growth.knowledge_reads import (
    Body,
    ItemRead,
    Said,
    bodies,
    chosen_body,
    last_noted,
    newest_notes,
    read_item,
)
from bekwaam.web.growth.knowledge_shown import field_name, fields, item_row, known_name, with_links
from bekwaam.web.growth.plan_forms import day_field, text_field
from bekwaam.web.growth.presenting import answer
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.drafts import initial_from_draft
from bekwaam.web.shared.errors import fill_errors

PAGE: Final = 60
# More than these at once is no calm beginning; the others move up.
MOST_FIRST: Final = 8
OUT_OF_DATE, NOTHING_SAID = "verouderd", "nog-niets"


class KnowledgeForm(forms.Form):
    """What somebody knows of an item, where they find it, and when they look again."""

    use_required_attribute = False
    known = forms.ChoiceField(
        label=gettext_lazy("Do you know this?"),
        choices=[(one.value, gettext_lazy(name)) for one, name in KNOWN_NAMES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how well you know this.")},
    )
    where = text_field(
        gettext_lazy("Where do you find it?"),
        gettext_lazy("For instance a website, a book, a colleague or a course. Leave out names of clients."),
    )
    review_on = day_field(gettext_lazy("When do you look whether it still holds?"))

    def given(self) -> KnowledgeInput:
        """Return what was filled in."""
        found = self.cleaned_data
        return KnowledgeInput(found["known"], found["where"], found["review_on"])


def _way(*more: Crumb) -> list[Crumb]:
    start = [Crumb(_("My work"), reverse("home")), Crumb(_("Growth"), reverse("growth:where"))]
    if not more:
        return [*start, Crumb(_("What I know"))]
    return [*start, Crumb(_("What I know"), reverse("growth:knowledge")), *more]


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show the body of knowledge by field, what is to be looked at again on top. Three queries of its own."""
    person: Any = request.user
    found = bodies()
    body = chosen_body(found, request.GET.get("kader", ""), last_noted(person))
    if body is None:
        return render(request, "growth/knowledge.html", {"crumbs": _way(), "body": None})
    every = states(body.framework, newest_notes(person, body.pk), clock.today())
    filters = _filters(every)
    chosen = request.GET.get("toon", "")
    chosen = chosen if chosen in filters else ""
    page = Paginator(filters[chosen], PAGE).get_page(request.GET.get("page"))
    first = [] if chosen else first_to_look(every)
    context = {
        "crumbs": _way(),
        "body": body,
        "title": body.framework.title[language()],
        "bodies": [(one.key, _body_name(one)) for one in found] if len(found) > 1 else [],
        "first": [item_row(body, state) for state in first[:MOST_FIRST]],
        "after": max(0, len(first) - MOST_FIRST),
        "fields": fields(body, sums(body.framework, every), page),
        "page": page,
        "query": urlencode({"kader": body.key, "toon": chosen}),
        "filters": _tabs(body, filters, chosen),
        "said": sum(state.said for state in every),
        "total": len(every),
    }
    return render(request, "growth/knowledge.html", context)


def _filters(every: tuple[State, ...]) -> dict[str, list[State]]:
    return {
        "": list(every),
        OUT_OF_DATE: [state for state in every if state.fresh is Fresh.PAST],
        NOTHING_SAID: [state for state in every if not state.said],
    }


def _tabs(body: Body, filters: Mapping[str, list[State]], chosen: str) -> list[dict[str, Any]]:
    names = {"": _("Everything"), OUT_OF_DATE: _("Out of date"), NOTHING_SAID: _("Nothing said yet")}
    return [
        {
            "name": names[key],
            "number": len(inside),
            "url": "?" + urlencode({"kader": body.key, "toon": key}),
            "here": key == chosen,
        }
        for key, inside in filters.items()
    ]


def _body_name(body: Body) -> str:
    return f"{body.framework.title[language()]} ({body.version})"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, identifier: str, version: str, code: str) -> HttpResponse:
    """Show an item with what one knows of it, and let one say so. Five queries of its own."""
    person: Any = request.user
    standard = find_version(identifier, version)
    body = Body(standard.pk, identifier, version, framework_of(standard))
    _insist_there(body, code)
    found = read_item(person, standard, code)
    key = f"knowledge:{body.key}:{code}"[:120]
    if request.method == "POST":
        form = KnowledgeForm(request.POST)
        if form.is_valid():
            try:
                say_knowledge(person, standard, code, form.given())
            except Invalid as error:
                fill_errors(form, error)
            else:
                drop_draft(person, key)
                messages.success(request, _("Kept. You can always say it anew."))
                return redirect("growth:knowledge_item", identifier, version, code)
    else:
        form = KnowledgeForm(
            initial=initial_from_draft(KnowledgeForm, request, key) or _initial(body, code, found)
        )
    context = {**_item_context(body, code, found), "form": form, "draft_key": key}
    return render(request, "growth/knowledge_item.html", context, status=422 if form.errors else 200)


def _insist_there(body: Body, code: str) -> None:
    if code not in {one.code for one in knowledge_items(body.framework)}:
        raise NotFound


def _initial(body: Body, code: str, found: ItemRead) -> dict[str, Any]:
    """Return what stands in the form: what was said last; a day that passed makes way for a new one."""
    newest = found.newest
    state = _state(code, newest)
    anew = state.known in (None, Known.NO) or state.fresh is Fresh.PAST
    day = _proposed(body, code) if anew else state.review_on
    return {"known": state.known or "", "where": newest.where if newest else "", "review_on": day}


def _proposed(body: Body, code: str, stood: date | None = None) -> date:
    return proposed(load_review_terms().of(body.framework, code), clock.today(), stood)


def _item_context(body: Body, code: str, found: ItemRead) -> dict[str, Any]:
    framework, newest = body.framework, found.newest
    shown = framework.by_code[code]
    state = _state(code, newest)
    row = item_row(body, state)
    term = load_review_terms().of(framework, code)
    document = framework.documents.get(shown.source.document)
    arguments = [body.identifier, body.version, code]
    goal = f"?kader={body.key}&code={code}" if code in {one.code for one in rated_units(framework)} else ""
    return {
        "crumbs": _way(Crumb(f"{code} {row.name}")),
        "title": framework.title[language()],
        "field": field_name(framework, shown.parent or ""),
        "row": row,
        "text": shown.text[language()] if shown.text else "",
        "source": str(shown.source),
        "document": document[language()] if document else "",
        "own": shown.own,
        "newest": newest,
        "where": with_links(newest.where) if newest else [],
        "next_day": _proposed(body, code, newest.review_on if newest else None),
        "term": term.name[language()],
        "reason": term.reason[language()],
        "earlier": [(one.said_at, known_name(one.known)) for one in found.said[1:]],
        "rated": answer(framework, code, found.rated.value) if found.rated else None,
        "rated_at": found.rated.at if found.rated else None,
        "goals": [(reverse("growth:goal", args=[ref]), words) for ref, words in found.goals],
        "goal_url": reverse("growth:goal_new") + goal if goal else "",
        "forget_url": reverse("growth:knowledge_forget", args=arguments) if newest else "",
        "back": f"{reverse('growth:knowledge')}?{urlencode({'kader': body.key})}",
    }


def _state(code: str, newest: Said | None) -> State:
    note = Note(newest.known, newest.review_on) if newest else Note()
    return state_of(code, note, clock.today())


@login_required
@require_POST
def still(request: HttpRequest, identifier: str, version: str, code: str) -> HttpResponse:
    """Say in one click that what one knows still holds."""
    note = say_it_still_holds(request.user, find_version(identifier, version), code)  # type: ignore[arg-type]
    words = _("Kept: %(code)s still holds. You look again on %(day)s.")
    messages.success(request, words % {"code": code, "day": _day(note.review_on)})
    if request.POST.get("terug") == "overzicht":
        return redirect(f"{reverse('growth:knowledge')}?{urlencode({'kader': f'{identifier}@{version}'})}")
    return redirect("growth:knowledge_item", identifier, version, code)


def _day(on: date | None) -> str:
    return date_format(on, "j F Y") if on else ""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def forget(request: HttpRequest, identifier: str, version: str, code: str) -> HttpResponse:
    """Throw away all that one said of an item, after asking."""
    person: Any = request.user
    standard = find_version(identifier, version)
    body = Body(standard.pk, identifier, version, framework_of(standard))
    _insist_there(body, code)
    if request.method == "POST":
        forget_knowledge(person, standard, code)
        drop_draft(person, f"knowledge:{body.key}:{code}"[:120])
        messages.success(request, _("What you said of this is gone."))
        return redirect("growth:knowledge_item", identifier, version, code)
    back = reverse("growth:knowledge_item", args=[identifier, version, code])
    name = f"{code} {body.framework.by_code[code].name(language())}"
    crumbs = _way(Crumb(name, back), Crumb(_("Throw away")))
    return render(request, "growth/knowledge_forget.html", {"crumbs": crumbs, "name": name, "back": back})
