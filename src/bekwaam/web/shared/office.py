"""A view on one provider: found, allowed, and handed over with who is looking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from bekwaam.domain.accounts.access import Action
from bekwaam.services.accounts.standing import Standing, find_provider
from bekwaam.services.errors import insist


@dataclass(frozen=True, slots=True)
class Office:
    """A provider as a view gets it."""

    provider: Any
    standing: Standing

    def may(self, action: Action) -> bool:
        """Tell whether the visitor may take ``action`` here."""
        return bool(self.standing.may(action))


def on_provider(action: Action) -> Callable[..., Callable[..., HttpResponse]]:
    """Wrap a view of ``(request, office, ...)`` for an address with a provider's ``ref``.

    Strangers get 404, whoever works there but may not take ``action`` gets the reason. Two queries.
    """

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        @login_required
        def inner(request: HttpRequest, ref: str, **rest: Any) -> HttpResponse:
            provider, standing = find_provider(request.user, ref)
            insist(standing.may(action))
            return view(request, Office(provider, standing), **rest)

        inner.action = action
        return inner

    return wrap
