"""Signs of trouble on a page: one sentence each, and where they are looked into."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.domain.signs.sign import GOOD_TO_KNOW, SIGN_NAMES, Sign, SignCode
from bekwaam.services.signs.reads import signs_of
from bekwaam.web.shared.case import Case, language


@dataclass(frozen=True, slots=True)
class Line:
    """A sign as a page says it. ``person`` says whose judging it is about; ``groups`` are codes."""

    name: str
    text: str
    person: str = ""
    groups: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Panel:
    """What a page about a dossier shows of its signs: those that are open, and how many were looked into."""

    url: str
    open: tuple[Line, ...]
    done: int


def panel(case: Case, request: HttpRequest) -> Panel | None:
    """Return the panel for this visitor; None where there is nothing. At most one query."""
    person: Any = request.user
    shown = signs_of(case.procedure, case.standing, person, with_looks=False)
    if not shown:
        return None
    is_open = tuple(line(one.sign, "" if one.mine else one.person) for one in shown if one.open)
    done = sum(not one.open and one.sign.code not in GOOD_TO_KNOW for one in shown)
    return Panel(reverse("signs:signs", args=[case.procedure.ref]), is_open, done)


def lines(signs: Iterable[Sign]) -> tuple[Line, ...]:
    """Return signs as a page says them."""
    return tuple(line(sign) for sign in signs)


def line(sign: Sign, person: str = "") -> Line:
    """Return one sign as a page says it."""
    groups = sign.values.get("groups", ())
    if sign.code is SignCode.QUICK:
        groups = [sign.values["units"]]
    return Line(
        name=_(SIGN_NAMES[sign.code]),
        text=sign.text(language()),
        person=person,
        groups=tuple(tuple(group) for group in groups),
    )
