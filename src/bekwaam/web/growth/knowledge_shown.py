"""Turns what somebody knows into what the templates show, in the language of the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.domain.growth.knowledge import FRESH_NAMES, KNOWN_NAMES, Fresh, Known, State, Sum
from bekwaam.domain.portfolio.evidence import link_host
from bekwaam.frameworks.model import Framework
from bekwaam.services.growth.knowledge_reads import Body
from bekwaam.web.shared.case import language

_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
# What stands after an address in a sentence and is no part of it.
_AFTER: Final = ".,;:!?)]}'’”"


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item in a list: how well it is known and whether that is up to date, in words.

    ``tone`` is that of a badge; ``still`` is where to say that it still holds, empty where there is no need.
    """

    code: str
    name: str
    url: str
    said: bool
    known: str
    fresh: str
    tone: str
    review_on: date | None
    still: str


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A field or kind with its items that are shown; ``counts`` tells how all of them stand, in words."""

    name: str
    counts: tuple[str, ...]
    rows: tuple[ItemRow, ...]


def item_row(body: Body, state: State) -> ItemRow:
    """Return an item as a list shows it."""
    arguments = [body.identifier, body.version, state.code]
    due = state.fresh in (Fresh.PAST, Fresh.SOON)
    return ItemRow(
        code=state.code,
        name=body.framework.by_code[state.code].name(language()),
        url=reverse("growth:knowledge_item", args=arguments),
        said=state.said,
        known=known_name(state.known),
        fresh=fresh_name(state),
        tone={Fresh.PAST: "warning", Fresh.SOON: "info"}.get(state.fresh, ""),
        review_on=state.review_on,
        still=reverse("growth:knowledge_still", args=arguments) if due else "",
    )


def known_name(known: Known | None) -> str:
    """Return how well something is known, in words."""
    return _(KNOWN_NAMES[known]) if known else _("nothing said yet")


def fresh_name(state: State) -> str:
    """Return whether something is up to date; empty where no day was chosen to look at it again."""
    return "" if state.fresh is Fresh.NO_DAY else _(FRESH_NAMES[state.fresh])


def fields(body: Body, sums: Sequence[Sum], shown: Iterable[State]) -> list[FieldShown]:
    """Return the fields and kinds of which something is shown, in the order of the document."""
    rows: dict[str, list[ItemRow]] = {}
    for state in shown:
        rows.setdefault(field_code(body.framework, state.code), []).append(item_row(body, state))
    return [
        FieldShown(field_name(body.framework, one.code), _counts(one), tuple(rows[one.code]))
        for one in sums
        if one.code in rows
    ]


def _counts(one: Sum) -> tuple[str, ...]:
    """Return how the items of a field stand; what is nowhere so is left out."""
    found = (
        (one.yes, _("known: %(number)s")),
        (one.partly, _("known in part: %(number)s")),
        (one.no, _("not known yet: %(number)s")),
        (one.nothing, _("nothing said: %(number)s")),
        (one.past, _("out of date: %(number)s")),
    )
    return tuple(words % {"number": number} for number, words in found if number)


def field_code(framework: Framework, code: str) -> str:
    """Return the code of what an item lies in; empty where it lies in nothing."""
    return framework.by_code[code].parent or ""


def field_name(framework: Framework, code: str) -> str:
    """Return what a field or kind of knowledge is called."""
    return f"{code} {framework.by_code[code].name(language())}" if code else _("Other knowledge")


def with_links(text: str) -> list[tuple[str, str]]:
    """Return a text in pieces, each with the host it leads to; empty for what is no address to follow."""
    found, end = [], 0
    for match in _ADDRESS.finditer(text):
        address = match.group().rstrip(_AFTER)
        host = link_host(address)
        if host:
            found += [(text[end : match.start()], ""), (address, host)]
            end = match.start() + len(address)
    found.append((text[end:], ""))
    return [piece for piece in found if piece[0]]
