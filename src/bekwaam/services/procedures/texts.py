"""The text that a candidate consents to. A new wording is a new version; what was given is kept whole."""

from __future__ import annotations

from typing import Final

from bekwaam.wording import N_, say

CONSENT_VERSION: Final = "2026-1"
CONSENT_TEXT: Final = (
    N_("I want to have my experience assessed by {provider} against {standard}."),
    N_("My guide can read what I collect, to help me. Assessors read it only after I have handed it in."),
    N_("I may stop at any moment. What may be erased is then erased when I ask for it."),
    N_("{provider} keeps my file as long as the rules for recognised experience ask, and no longer."),
    N_("I leave out names and details of clients and others, or ask them first."),
)


def consent_text(language: str, provider: str, standard: str) -> str:
    """Return the consent text in ``language``, a paragraph a line."""
    return "\n".join(say(language, line, provider=provider, standard=standard) for line in CONSENT_TEXT)
