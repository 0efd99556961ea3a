"""What the programmes of a school cover: which there are, one beside a target, and that as a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.growth.choosing import STANDARD, WHOLE, is_rated_in_steps, key_of, stages_to_reach
from bekwaam.domain.growth.gap_words import explain_target
from bekwaam.domain.growth.programme import Line, Programme, beside, falls, highest
from bekwaam.domain.growth.programme_words import explain_fall, explain_line, explain_once, explain_programme
from bekwaam.domain.growth.target import Target, target_of_profile
from bekwaam.frameworks.exchange.book import MEDIA_TYPE
from bekwaam.frameworks.function_profile import FunctionProfile
from bekwaam.frameworks.model import Framework
from bekwaam.services import clock
from bekwaam.services.errors import NotFound
from bekwaam.services.frameworks.versions import find_version, framework_of
from bekwaam.services.growth.catalogues import CatalogueKind, in_use
from bekwaam.services.growth.programmes import find_programme, programmes_at
from bekwaam.services.growth.targets import find_target, profiles_on
from bekwaam.web.growth.presenting import drawn
from bekwaam.web.growth.programme_book import book_of
from bekwaam.web.growth.programme_shown import grid, line_rows, totalled
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.office import Office, on_provider

PAGE: Final = 20


@dataclass(frozen=True)
class Look:
    """A programme beside what is asked; ``choices`` are all that it can be laid beside: key, name, chosen."""

    framework: Framework
    programme: Programme
    target: Target
    key: str
    lines: tuple[Line, ...]
    choices: tuple[tuple[str, str, bool], ...]


@require_safe
@on_provider(Action.SEE_PROGRAMMES)
def index(request: HttpRequest, office: Office) -> HttpResponse:
    """List the programmes of a school. Two queries of its own."""
    rows = [
        (
            one.programme.name,
            one.standard.title[language()],
            len(one.programme.modules),
            reverse(
                "growth:programme",
                args=[
                    office.provider.ref,
                    one.standard.identifier,
                    one.standard.version,
                    one.programme.key,
                ],
            ),
        )
        for one in programmes_at(office.provider)
    ]
    context = {
        "office": office,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "may_load": office.may(Action.LOAD_CATALOGUE),
        "crumbs": [_home(office), Crumb(_("Programmes"))],
    }
    return render(request, "growth/programme_list.html", context)


@require_safe
@on_provider(Action.SEE_PROGRAMMES)
def programme(request: HttpRequest, office: Office, identifier: str, version: str, key: str) -> HttpResponse:
    """Show one programme beside a target. Three queries of its own, and one to read the framework."""
    look = _look(request, office, identifier, version, key)
    framework, found = look.framework, look.programme
    order = falls(framework, found)
    context = {
        "office": office,
        "look": look,
        "name": found.name,
        "title": framework.title[language()],
        "lead": explain_target(look.target, language()),
        "sentences": explain_programme(look.lines, language()),
        "open": [explain_line(framework, one, language()) for one in look.lines if one.cover != "reached"],
        "once": explain_once(framework, look.lines, language()),
        "falls": [explain_fall(framework, one, language()) for one in order],
        "rows": line_rows(framework, look.lines),
        "totals": totalled(framework, look.lines),
        "grid": grid(framework, found, request.GET.get("page")),
        "query": f"naast={look.key}",
        "wheels": _wheels(look),
        "sheet": reverse("growth:programme_sheet", args=[office.provider.ref, identifier, version, key]),
        "crumbs": [_home(office), _list(office), Crumb(found.name)],
    }
    return render(request, "growth/programme.html", context)


@require_safe
@on_provider(Action.SEE_PROGRAMMES)
def sheet(request: HttpRequest, office: Office, identifier: str, version: str, key: str) -> HttpResponse:
    """Send what the page of a programme shows as a spreadsheet."""
    look = _look(request, office, identifier, version, key)
    content = book_of(look.framework, look.programme, look.target, look.lines)
    name = f"{key}-{clock.today().isoformat()}.xlsx"
    answer = HttpResponse(content, content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


def _look(request: HttpRequest, office: Office, identifier: str, version: str, key: str) -> Look:
    """Return a programme beside what the address names, or else beside the first stage that there is.

    A training ends where work begins, at the first stage (000, bijlage 4). Two queries, and the version.
    """
    standard = find_version(identifier, version)
    framework = framework_of(standard)
    found = find_programme(office.provider, standard, key).programme
    used = in_use(office.provider, CatalogueKind.PROFILES).get(standard.pk)
    own = used.profiles if used else ()
    names = _names(framework, own)
    chosen = request.GET.get("naast", "")
    if chosen not in names:
        chosen = next(iter(names), "")
    target = find_target(framework, chosen, own)
    if target is None:
        raise NotFound
    choices = tuple((one, name, one == chosen) for one, name in names.items())
    return Look(framework, found, target, chosen, beside(framework, target, found), choices)


def _names(framework: Framework, own: tuple[FunctionProfile, ...]) -> dict[str, str]:
    stages = {
        f"stadium-{code}": _("Everything at %(stage)s")
        % {"stage": framework.stage_by_code[code].title[language()]}
        for code in stages_to_reach(framework)
    }
    standard = {STANDARD: _("What the standard asks")} if framework.rule else {}
    whole = {WHOLE: _("Everything in it")} if is_rated_in_steps(framework) else {}
    profiles = {
        key_of(target_of_profile(framework, one)): one.name[language()]
        for one in (*profiles_on(framework), *own)
    }
    return {**stages, **standard, **whole, **profiles}


def _wheels(look: Look) -> list[tuple[str, Any]]:
    asked = {ask.code: ask.value for ask in look.target.asks}
    given = (
        ("programme", look.programme.name, highest(look.framework, look.programme.modules)),
        ("asked", _("What is asked"), asked),
    )
    found = [
        (title, drawn(look.framework, values, prefix=prefix, title=title, size=320))
        for prefix, title, values in given
    ]
    return [(title, wheel) for title, wheel in found if wheel is not None]


def _home(office: Office) -> Crumb:
    url = reverse("procedures:overview", args=[office.provider.ref])
    return Crumb(office.provider.name, url if office.may(Action.SEE_OVERVIEW) else "")


def _list(office: Office) -> Crumb:
    return Crumb(_("Programmes"), reverse("growth:programme_list", args=[office.provider.ref]))
