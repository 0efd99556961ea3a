"""What the colleagues of an organisation keep of their deliberations, to find and to read."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.deliberation.asking import ASKED
from bekwaam.services.reflection.case_law import CaseCard, CasePage, find_cases, read_case
from bekwaam.services.reflection.cases import remove_case
from bekwaam.web.reflection.concluding import case_choices
from bekwaam.web.reflection.home import crumbs
from bekwaam.web.reflection.offering import competence_choices
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.office import Office, on_provider


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page of what was found, in the form that the pagination takes."""

    found: CasePage

    @property
    def paginator(self) -> ShownPage:
        """Return what knows how many pages there are."""
        return self

    @property
    def num_pages(self) -> int:
        """Return how many pages there are."""
        return self.found.pages

    @property
    def number(self) -> int:
        """Return which page it is."""
        return self.found.number

    @property
    def has_other_pages(self) -> bool:
        """Tell whether there is more than this page."""
        return self.found.pages > 1

    @property
    def has_previous(self) -> bool:
        """Tell whether something comes before it."""
        return self.number > 1

    @property
    def has_next(self) -> bool:
        """Tell whether something comes after it."""
        return self.number < self.found.pages

    @property
    def previous_page_number(self) -> int:
        """Return the page before."""
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        """Return the page after."""
        return self.number + 1


@require_safe
@on_provider(Action.SEE_CASE_LAW)
def cases(request: HttpRequest, office: Office) -> HttpResponse:
    """Find cases by dilemma and competence. Five queries, however many there are."""
    dilemmas, competences = dict(case_choices()), dict(competence_choices())
    asked = {
        "dilemma": request.GET.get("dilemma", "") if request.GET.get("dilemma") in dilemmas else "",
        "competentie": request.GET.get("competentie", "")
        if request.GET.get("competentie") in competences
        else "",
    }
    told = request.GET.get("page", "")
    page = int(told) if told.isdecimal() and len(told) < 6 else 1
    found = find_cases(office.provider, dilemma=asked["dilemma"], competence=asked["competentie"], page=page)
    context = {
        "office": office,
        "asked": asked,
        "dilemmas": dilemmas.items(),
        "competences": competences.items(),
        "total": found.total,
        "rows": [(one, _names(one)) for one in found.cards],
        "page": ShownPage(found),
        "query": urlencode({name: code for name, code in asked.items() if code}),
        "crumbs": crumbs(_("What colleagues kept")),
    }
    return render(request, "reflection/cases.html", context)


@require_safe
@on_provider(Action.SEE_CASE_LAW)
def case(request: HttpRequest, office: Office, case: str) -> HttpResponse:
    """Show one case. Four queries."""
    found = read_case(office.provider, case)
    context = {
        "office": office,
        "one": found.card,
        "names": _names(found.card),
        "parts": [(_(ASKED[step].name), text) for step, text in found.texts],
        "text_language": found.language,
        "may_remove": office.may(Action.REMOVE_CASE),
        "crumbs": crumbs(_whole(office), found.card.title),
    }
    return render(request, "reflection/case.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@on_provider(Action.REMOVE_CASE)
def remove(request: HttpRequest, office: Office, case: str) -> HttpResponse:
    """Ask whether a case may really go; take it away when that is said."""
    found = read_case(office.provider, case)
    if request.method == "POST":
        remove_case(request.user, office.provider, case)  # type: ignore[arg-type]
        messages.success(request, _("“%(title)s” is gone.") % {"title": found.card.title})
        return redirect("reflection:cases", office.provider.ref)
    here = Crumb(found.card.title, reverse("reflection:case", args=[office.provider.ref, case]))
    context = {"office": office, "one": found.card, "crumbs": crumbs(_whole(office), here, _("Remove"))}
    return render(request, "reflection/case_remove.html", context)


def _whole(office: Office) -> Crumb:
    return Crumb(_("What colleagues kept"), reverse("reflection:cases", args=[office.provider.ref]))


def _names(card: CaseCard) -> list[str]:
    known = {**dict(case_choices()), **dict(competence_choices())}
    return [known[code] for code in (*card.dilemmas, *card.competences) if code in known]
