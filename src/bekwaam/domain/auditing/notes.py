"""What an auditor writes about a dossier. Pure."""

from __future__ import annotations

from typing import Final

from bekwaam.domain.faults import Fault
from bekwaam.wording import N_

LONGEST_NOTE: Final = 10_000


def check_note(text: str) -> tuple[Fault, ...]:
    """Return what is wrong with the text of a finding."""
    if not text.strip():
        return (Fault("text", "empty", N_("Write down what you found.")),)
    if len(text.strip()) > LONGEST_NOTE:
        message = N_("This is too long: {limit} characters is the most.")
        return (Fault("text", "too_long", message, {"limit": LONGEST_NOTE}),)
    return ()
