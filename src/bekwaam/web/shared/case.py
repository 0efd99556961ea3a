"""A view on one procedure: found, allowed, and handed over with its framework in the provider's words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.assessment.explain import explain_asked
from bekwaam.domain.assessment.findings import INSTRUMENT_NAMES, InstrumentKind
from bekwaam.domain.assessment.working import WayOfWorking
from bekwaam.domain.procedures.terms import is_overdue
from bekwaam.frameworks.model import Framework
from bekwaam.services import clock
from bekwaam.services.accounts.standing import Standing, find_procedure
from bekwaam.services.errors import insist
from bekwaam.services.frameworks.words import Told, told_in
from bekwaam.services.procedures.working import way_of
from bekwaam.web.shared.words import WordsMark, words_mark


@dataclass(frozen=True, slots=True)
class Case:
    """A procedure as a view gets it: with who is looking and the standard it is pinned to.

    ``told`` is that standard in the words of the procedure's provider, or in ours where it has none.
    """

    procedure: Any
    standing: Standing
    told: Told

    @property
    def framework(self) -> Framework:
        """Return the standard, as the people in this procedure read it."""
        return self.told.framework

    @property
    def words(self) -> WordsMark | None:
        """Return what a page says about whose words these are; None where they are ours."""
        return words_mark(self.told, language())

    @property
    def next_meeting(self) -> str:
        """Return what the next appointment is for, as its name; empty where there is none."""
        kind = getattr(self.procedure, "next_meeting_kind", None)
        return _(INSTRUMENT_NAMES[InstrumentKind(kind)]) if kind else ""

    @property
    def may_see_plans(self) -> bool:
        """Tell whether the visitor may see the appointments."""
        return self.may(Action.SEE_PLANS)

    @property
    def judged_again(self) -> tuple[str, list[str]] | None:
        """Return why part is judged anew here, and which part; None for a first assessment."""
        procedure = self.procedure
        if not procedure.follows_id:
            return None
        said = {"number": procedure.follows.number}
        if procedure.is_rejudging:
            text = _("Only this is judged here, because of an objection in procedure %(number)s:") % said
        else:
            text = _("Only this is judged here; all else is taken over from procedure %(number)s:") % said
        known = self.framework.by_code
        names = [f"{u} {known[u].name(language())}" if u in known else u for u in procedure.units]
        return text, names

    @property
    def overdue(self) -> bool:
        """Tell whether the term of the present state is over."""
        on = self.procedure.due_on
        return on is not None and is_overdue(on, clock.today())

    @property
    def way(self) -> WayOfWorking:
        """Return how the provider works on this standard, as it was when the procedure started."""
        return way_of(self.procedure)

    @property
    def asked_text(self) -> str:
        """Return which instruments are asked beside the portfolio, as a sentence; empty for none."""
        return explain_asked(self.way.asked, language())

    def may(self, action: Action) -> bool:
        """Tell whether the visitor may take ``action`` here."""
        return bool(self.standing.may(action))


def on_procedure(action: Action) -> Callable[..., Callable[..., HttpResponse]]:
    """Wrap a view of ``(request, case, ...)`` for an address with a procedure's ``ref``.

    Visitors who are not logged in go to log in; strangers get 404, whoever may not take ``action`` gets
    the reason. Four queries.
    """

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        @login_required
        def inner(request: HttpRequest, ref: str, **rest: Any) -> HttpResponse:
            procedure, standing = find_procedure(request.user, ref)
            insist(standing.may(action))
            return view(request, Case(procedure, standing, told_in(procedure)), **rest)

        inner.action = action  # type: ignore[attr-defined]
        return inner

    return wrap


def language() -> str:
    """Return the language of this page: "nl" or "en"."""
    return "en" if get_language() == "en" else "nl"
