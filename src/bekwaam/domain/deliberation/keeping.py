"""Whether a deliberation may be kept in the organisation's library, without names. Pure."""

from __future__ import annotations

from collections.abc import Collection

from bekwaam.domain.deliberation.steps import Deliberation, Phase
from bekwaam.domain.verdict import ALLOWED, Verdict, refused


def may_keep(deliberation: Deliberation, agreed: Collection[str], *, names_checked: bool) -> Verdict:
    """Tell whether all that was shared may be kept for others.

    Everybody who wrote something of it has to agree, also who left; ``names_checked`` tells that what looks
    like personal data was looked at. Reasons: ``not_closed``, ``no_consent``, ``names``.
    """
    if deliberation.phase is not Phase.CLOSED:
        return refused("not_closed", "A deliberation is kept for others when it has been looked back on.")
    writers = {one.by for one in deliberation.contributions} | set(deliberation.participants)
    if not writers <= set(agreed):
        return refused("no_consent", "Not everybody who took part has agreed that it is kept for others.")
    if not names_checked:
        return refused("names", "Look first whether anybody can be recognised in it.")
    return ALLOWED
