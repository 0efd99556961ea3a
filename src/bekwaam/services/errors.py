"""How a service says no."""

from __future__ import annotations

from bekwaam.domain.faults import Fault
from bekwaam.domain.verdict import Verdict


class Refused(Exception):
    """Something is not allowed, or not now. ``verdict`` says why; nothing was written."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.reason)
        self.verdict = verdict


class Invalid(Exception):
    """What was sent in has faults, each with its field and sentence. Nothing was written."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(", ".join(f"{fault.name}: {fault.reason}" for fault in faults))
        self.faults = faults


class NotFound(Exception):
    """There is no such thing, or not for this person: the two are not told apart."""


def insist(verdict: Verdict) -> None:
    """Raise :class:`Refused` unless ``verdict`` allows."""
    if not verdict:
        raise Refused(verdict)
