"""A view on one draft: found, allowed, and handed over with its content."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import Action
from bekwaam.frameworks.model import Framework, Item
from bekwaam.services.frameworks.own import DraftHead, open_draft
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb


@dataclass(frozen=True, slots=True)
class Desk:
    """A draft as a view gets it."""

    head: DraftHead
    framework: Framework

    @property
    def ref(self) -> str:
        """Return the reference of the draft."""
        return self.head.ref

    def url(self, name: str, *arguments: object) -> str:
        """Return the address of a page of this draft."""
        return reverse(f"drafting:{name}", args=[self.ref, *arguments])

    def key(self, name: str) -> str:
        """Return the key under which a form of this draft keeps what is typed."""
        return f"kader:{self.ref}:{name}"

    def crumbs(self, *labels: str, item: Item | None = None) -> list[Crumb]:
        """Return the way back: the organisation's own frameworks, this draft, what an item lies in."""
        own = Crumb(_("Own frameworks"), reverse("drafting:own", args=[self.head.provider_ref]))
        way = [own, Crumb(self.title, self.url("draft"))]
        if item is not None:
            above = [*self.framework.ancestors(item.code)][::-1]
            way += [Crumb(one.code, self.url("item", one.code)) for one in (*above, item)]
        return [*way, *(Crumb(label) for label in labels)]

    @property
    def title(self) -> str:
        """Return what the draft is called, with its version."""
        return f"{self.framework.title[language()] or self.framework.title.nl} {self.framework.version}"


def on_draft(action: Action) -> Callable[..., Callable[..., HttpResponse]]:
    """Wrap a view of ``(request, desk, ...)`` for an address with the reference of a ``draft``.

    Strangers get 404, whoever works there but may not take ``action`` gets the reason. Two queries, one
    more where this process has not read the draft yet.
    """

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        @login_required
        def inner(request: HttpRequest, draft: str, **rest: Any) -> HttpResponse:
            found = open_draft(request.user, draft, action)  # type: ignore[arg-type]
            return view(request, Desk(found.head, found.framework), **rest)

        inner.action = action  # type: ignore[attr-defined]
        return inner

    return wrap
