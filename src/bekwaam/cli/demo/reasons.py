"""Chooses what an assessor of the demo writes, so that it fits what is in the dossier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Final

from bekwaam.cli.demo.material import Reason
from bekwaam.services.assessment.findings import NOT_SHOWN, WHOLE_PORTFOLIO

SESSIONS: Final = ("interview", "observation")


class Reasons:
    """The reasons at hand, and how often each assessor has used which."""

    def __init__(self, reasons: Sequence[Reason], usual_stage: str) -> None:
        self._reasons = reasons
        self._usual = usual_stage
        self._used: Counter[tuple[str, str, int]] = Counter()

    def choose(
        self, assessor: str, unit: str, stage: str, at_hand: Collection[str], taken: Reason | None
    ) -> Reason:
        """Return the reason that fits, that ``assessor`` wrote least often, and that is not ``taken``.

        ``at_hand`` names the pieces and sessions of the dossier; ``taken`` is what the first assessor
        wrote: the first prefers what was read, the second what was heard. Raises LookupError when the
        data has no reason that fits.
        """
        fitting = [
            reason
            for reason in self._reasons
            if reason.unit == unit
            and (reason.stage or self._usual) == stage
            and (reason.about in at_hand or reason.about == WHOLE_PORTFOLIO)
            and reason is not taken
        ]
        if not fitting:
            raise LookupError(f"no reason for {unit} at {stage} about any of {sorted(at_hand)}")
        heard_first = taken is not None and stage != NOT_SHOWN

        def rank(reason: Reason) -> tuple[int, bool, int]:
            used = self._used[(assessor, unit, reason.number)]
            return (used, (reason.about in SESSIONS) != heard_first, reason.number)

        chosen = min(fitting, key=rank)
        self._used[(assessor, unit, chosen.number)] += 1
        return chosen
