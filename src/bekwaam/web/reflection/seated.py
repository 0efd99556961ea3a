"""A view on one deliberation: for who has an account, and for who came in by a personal link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from bekwaam.services.errors import NotFound, Refused
from bekwaam.services.reflection.moving import may_still
from bekwaam.services.reflection.state import Seat, find_seat, host_gone, language_behind, seat_behind
from bekwaam.web.shared.case import language

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Chair:
    """A seat as a view gets it."""

    seat: Seat

    @property
    def is_guest(self) -> bool:
        """Tell whether they came in by a personal link."""
        return bool(self.seat.token)

    @property
    def takes_part(self) -> bool:
        """Tell whether they take part now."""
        return may_still(self.seat)

    @property
    def ref(self) -> str:
        """Return the reference of the deliberation."""
        return self.seat.deliberation.ref

    @property
    def home(self) -> str:
        """Return the address of the deliberation, as they reach it."""
        if self.is_guest:
            return reverse("reflection:guest", args=[self.seat.token])
        return reverse("reflection:deliberation", args=[self.ref])

    def url(self, name: str, *rest: str) -> str:
        """Return the address of a page of it, as they reach it."""
        if self.is_guest:
            return reverse(f"reflection:guest_{name}", args=[self.seat.token, *rest])
        return reverse(f"reflection:{name}", args=[self.ref, *rest])


@dataclass(frozen=True, slots=True)
class Pages:
    """A view with its two addresses: with an account, and behind a personal link."""

    member: View
    guest: View


def seated(view: View) -> Pages:
    """Make a view of ``(request, chair, ...)`` into both pages. One query each.

    Who has an account logs in first; a link that opens nothing any more says why.
    """

    @wraps(view)
    @login_required
    def member(request: HttpRequest, ref: str, **rest: Any) -> HttpResponse:
        return view(request, Chair(find_seat(request.user, ref)), **rest)  # type: ignore[arg-type]

    @wraps(view)
    @never_cache
    def guest(request: HttpRequest, token: str, **rest: Any) -> HttpResponse:
        with translation.override(_language(request, token)):
            try:
                chair = Chair(seat_behind(token))
            except NotFound:
                if host_gone(token):
                    reason = _("Who led this has erased it. You need not do anything.")
                    return _closed(request, reason)
                raise
            except Refused as error:
                return _closed(request, error.verdict.text(language()))
            return _private(view(request, chair, **rest))

    return Pages(member, guest)


def led(view: View) -> View:
    """Make a view of ``(request, chair, ...)`` into a page for who leads the deliberation alone."""

    @wraps(view)
    @login_required
    def inner(request: HttpRequest, ref: str, **rest: Any) -> HttpResponse:
        chair = Chair(find_seat(request.user, ref))  # type: ignore[arg-type]
        if not chair.seat.is_host:
            raise NotFound
        return view(request, chair, **rest)

    return inner


def _language(request: HttpRequest, token: str) -> str:
    """Return the language of the invitation, unless another was chosen on this device."""
    if settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
        return language()
    return language_behind(token)


def _closed(request: HttpRequest, reason: str) -> HttpResponse:
    return _private(render(request, "reflection/closed.html", {"reason": reason}, status=410))


def _private(response: HttpResponse) -> HttpResponse:
    # As with the link of a referee: the address is the key, and must not travel.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
