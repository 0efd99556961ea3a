"""What referees said of a piece, beside the piece."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from bekwaam.domain.feedback.asking import WORTH_NAMES, Worth
from bekwaam.services.portfolio.reads import confirmations_of
from bekwaam.web.portfolio.desk import Desk


@dataclass(frozen=True, slots=True)
class Confirmation:
    """An answer of a referee: what it is worth now, in words, with the look of its badge."""

    name: str
    function: str
    at: datetime
    text: str
    worth: str
    tone: str


_TONES = {Worth.CONFIRMED: "positive", Worth.PARTLY: "info", Worth.CHANGED_SINCE: "warning"}


def told_by_others(desk: Desk, ref: str) -> list[Confirmation]:
    """Return the answers about a piece, oldest first. One query."""
    return [
        Confirmation(
            one.name,
            one.function,
            one.at,
            one.text,
            _(WORTH_NAMES[one.worth]),
            _TONES.get(one.worth, ""),
        )
        for one in confirmations_of(desk.place, ref)
        if one.worth is not None
    ]
