"""What happens when a form of a draft is sent: the change, its refusal, and two people at one thing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from bekwaam.frameworks.editing.refusal import Edited, fingerprint
from bekwaam.frameworks.model import Framework
from bekwaam.services.drafts import drop_draft
from bekwaam.services.errors import Invalid
from bekwaam.services.frameworks.drafts import Overtaken, Part, change_draft
from bekwaam.services.frameworks.own import open_draft
from bekwaam.web.frameworks.drafting.desk import Desk
from bekwaam.web.frameworks.drafting.forms import DraftForm
from bekwaam.web.shared.drafts import draft_data
from bekwaam.web.shared.errors import fill_errors


def save(
    request: HttpRequest,
    desk: Desk,
    form: DraftForm,
    edit: Callable[[Framework], Edited],
    part: Part,
    key: str,
) -> bool:
    """Make the change of a valid form; False where it could not be made, with the reason on the form.

    ``key`` is the name under which the form keeps what is typed.

    Where somebody else changed this very part meanwhile, nothing is written: ``form.overtaken`` is then
    what stands there now, and sending the form once more puts one's own in its place.
    """
    seen = form.cleaned_data["seen"] or None
    try:
        change_draft(request.user, desk.ref, edit, part=part, seen=seen)  # type: ignore[arg-type]
    except Invalid as error:
        fill_errors(form, error)
        return False
    except Overtaken:
        now = part(open_draft(request.user, desk.ref).framework)  # type: ignore[arg-type]
        form.overtaken = now  # type: ignore[attr-defined]
        form.data = form.data.copy()
        form.data["seen"] = fingerprint(now)
        form.add_error(None, _("A colleague changed this while you were writing. Nothing is lost: choose."))
        return False
    drop_draft(request.user, desk.key(key))  # type: ignore[arg-type]
    return True


def begun(
    request: HttpRequest, desk: Desk, key: str, initial: dict[str, Any], shown: object
) -> dict[str, Any]:
    """Return the values a form begins with: what was typed before and not saved, or what stands there.

    With what was typed goes what the person then saw, so that a change since is noticed.
    """
    kept = draft_data(request, desk.key(key))
    values = {**initial, "seen": fingerprint(shown)}
    if kept is None:
        return values
    boxes = {name: name in kept for name in ("own",) if name in initial}
    return {**values, **{name: kept.get(name) for name in kept}, **boxes, "drafted": True}


def status(form: DraftForm) -> int:
    """Return the HTTP status of a page with this form."""
    if hasattr(form, "overtaken"):
        return 409
    return 422 if form.errors else 200
