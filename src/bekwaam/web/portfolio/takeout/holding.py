"""The digital forms of a certificate and the links that showed it, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from bekwaam.domain.certificates.forms import FORMS, Form
from bekwaam.domain.certificates.share import DEPTH_NAMES
from bekwaam.domain.takeout.names import DIGITAL
from bekwaam.web.portfolio.takeout.naming import moment, worded


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link with which a certificate was shown, and when it was opened."""

    label: str
    depth: str
    made_at: datetime | None
    until: datetime | None
    withdrawn_at: datetime | None
    visits: tuple[datetime | None, ...]


def form_view(found: Mapping[str, Any], *, ours: bool) -> tuple[str, str, str]:
    """Return what a form is called, its file's name, and where it lies; empty where it did not come."""
    title = _(FORMS[Form(found["form"])].title) if found["form"] in set(Form) else found["form"]
    return title, found["name"], f"{DIGITAL}/{found['name']}" if ours and found["content"] else ""


def link_view(found: Mapping[str, Any]) -> LinkView:
    """Return a link as a page tells of it."""
    return LinkView(
        label=found["label"],
        depth=worded(DEPTH_NAMES, found["depth"]),
        made_at=moment(found["made_at"]),
        until=moment(found["until"]),
        withdrawn_at=moment(found["withdrawn_at"]),
        visits=tuple(moment(at) for at in found["visits"]),
    )
