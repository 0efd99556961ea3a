"""Takes NUL characters out of what visitors send: no text needs them, and PostgreSQL cannot keep them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, QueryDict

NUL: Final = "\x00"


class NulMiddleware:
    """Answers an address with a NUL with 404, and drops them from fields, so that nothing typed is lost."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Look at the request once the other middleware has let it through."""
        if NUL in request.path_info:
            raise Http404
        if _has_nul(request.GET):
            request.GET = _without(request.GET)  # type: ignore[misc]
        if _has_nul(request.POST):
            request.POST = _without(request.POST)  # type: ignore[misc]


def _has_nul(data: QueryDict) -> bool:
    return any(NUL in name or any(NUL in value for value in values) for name, values in data.lists())


def _without(data: QueryDict) -> QueryDict:
    clean = QueryDict(mutable=True, encoding=data.encoding)
    for name, values in data.lists():
        clean.setlist(name.replace(NUL, ""), [value.replace(NUL, "") for value in values])
    clean._mutable = False  # Django knows no other way to close one
    return clean
