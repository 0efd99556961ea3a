"""The place where somebody works on evidence, as a view gets it: a dossier, or a portfolio of one's own.

The pages about evidence are the same in both; each is written once and has two addresses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from bekwaam.domain.accounts.access import Action, Role
from bekwaam.domain.portfolio.coverage import Usual
from bekwaam.domain.portfolio.units import own_units
from bekwaam.domain.procedures.scope import judged_units
from bekwaam.frameworks.model import Framework
from bekwaam.services.accounts.standing import Standing, find_portfolio, find_procedure
from bekwaam.services.errors import insist
from bekwaam.services.frameworks.words import Told, told, told_in, wording_for
from bekwaam.services.portfolio.reads import usual_at
from bekwaam.web.shared.case import Case, language
from bekwaam.web.shared.typed import keep_typed
from bekwaam.web.shared.words import WordsMark, words_mark

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Desk:
    """A procedure's dossier or somebody's own portfolio, with who is looking and what it is laid beside.

    ``told`` is that framework version as the visitor reads it: in the words of an organisation, or in ours.
    """

    place: Any
    standing: Standing
    told: Told
    own: bool

    @property
    def framework(self) -> Framework:
        """Return what it is laid beside, as the visitor reads it."""
        return self.told.framework

    @property
    def words(self) -> WordsMark | None:
        """Return what a page says about whose words these are; None where they are ours."""
        return words_mark(self.told, language())

    @property
    def ref(self) -> str:
        """Return the reference that stands in its addresses."""
        return str(self.place.ref)

    @property
    def may_write(self) -> bool:
        """Whether the visitor may add and change evidence here."""
        return bool(self.standing.may(Action.WRITE_OWN_PORTFOLIO if self.own else Action.WRITE_EVIDENCE))

    @property
    def is_owner(self) -> bool:
        """Whether the visitor is the one whose evidence it is."""
        return bool(self.standing.roles & {Role.OWNER, Role.CANDIDATE})

    @property
    def units(self) -> tuple[str, ...]:
        """Return the codes of what is asked, in the order of the framework."""
        if self.own:
            return own_units(self.framework)
        return judged_units(self.framework, self.place.scope)

    @property
    def usual(self) -> Usual:
        """Return what is usually asked here."""
        return usual_at(self.place)

    def may(self, action: Action) -> bool:
        """Tell whether the visitor may take ``action`` here."""
        return bool(self.standing.may(action))

    def url(self, name: str, *rest: str) -> str:
        """Return the address of a page here."""
        name = f"own_{name}" if self.own else name
        return reverse(f"portfolio:{name}", args=[self.ref, *rest])

    @property
    def home(self) -> str:
        """Return the address of the whole."""
        return self.url("dossier")

    def key(self, form: str = "") -> str:
        """Return the name under which what is typed in a form here is kept; alone, what those begin with."""
        return f"evidence:{self.ref}:{form}"


def desk_of(case: Case) -> Desk:
    """Return the dossier of a procedure as a desk."""
    return Desk(case.procedure, case.standing, case.told, own=False)


@dataclass(frozen=True, slots=True)
class Pages:
    """A view with its two addresses: in the dossier of a procedure, and in a portfolio of one's own."""

    dossier: View
    own: View


def on_desk(in_dossier: Action, in_own: Action) -> Callable[[View], Pages]:
    """Make a view of ``(request, desk, ...)`` into the pages for both places, each with its own action.

    Visitors who are not logged in go to log in, and what they were sending is kept until they are;
    strangers get 404, whoever may not take the action gets the reason. At most four queries, five in a
    portfolio of one's own: whose words one reads.
    """

    def wrap(view: View) -> Pages:
        @wraps(view)
        def dossier(request: HttpRequest, ref: str, **rest: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return _log_in_first(request)
            procedure, standing = find_procedure(request.user, ref)
            insist(standing.may(in_dossier))
            desk = Desk(procedure, standing, told_in(procedure), own=False)
            return view(request, desk, **rest)

        @wraps(view)
        def own(request: HttpRequest, ref: str, **rest: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return _log_in_first(request)
            portfolio, standing = find_portfolio(request.user, ref)
            insist(standing.may(in_own))
            standard = portfolio.standard
            words = wording_for(request.user, standard.identifier, standard.version)
            desk = Desk(portfolio, standing, told(standard, words), own=True)
            return view(request, desk, **rest)

        return Pages(dossier, own)

    return wrap


reading = on_desk(Action.SEE_PORTFOLIO, Action.SEE_OWN_PORTFOLIO)
writing = on_desk(Action.WRITE_EVIDENCE, Action.WRITE_OWN_PORTFOLIO)


def _log_in_first(request: HttpRequest) -> HttpResponse:
    keep_typed(request)
    return redirect_to_login(request.get_full_path())
