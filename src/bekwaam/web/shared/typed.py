"""What was being sent when it turned out that somebody was logged out: kept until they are back.

It waits in the session of the browser that sent it, under the address it was meant for, and only the page
at that address takes it out. Whoever may not see that page never gets it.
"""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest

from bekwaam.services.drafts import MAX_CHARACTERS, MAX_FIELDS

TYPED: Final = "typed_while_logged_out"
_LEFT_OUT: Final = {"csrfmiddlewaretoken"}


def keep_typed(request: HttpRequest) -> None:
    """Keep the fields of a form that was sent without being logged in; an absurdly large one is let go."""
    if request.method != "POST":
        return
    fields = {name: list(values) for name, values in request.POST.lists() if name not in _LEFT_OUT}
    size = sum(len(name) + sum(map(len, values)) for name, values in fields.items())
    if fields and len(fields) <= MAX_FIELDS and size <= MAX_CHARACTERS:
        request.session[TYPED] = {"path": request.path, "fields": fields}


def take_typed(request: HttpRequest) -> dict[str, list[str]] | None:
    """Return what was kept for the present address, once; None where there is nothing."""
    kept = request.session.get(TYPED)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[TYPED]
    fields: dict[str, list[str]] = kept["fields"]
    return fields
