"""From which side an assessor judges, where a provider divides the two."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from bekwaam.wording import N_


class Expertise(StrEnum):
    """One assessor knows the work itself, the other how to assess."""

    SUBJECT = "subject"
    GENERAL = "general"


EXPERTISE_NAMES: Final[dict[Expertise, str]] = {
    Expertise.SUBJECT: N_("subject-matter assessor"),
    Expertise.GENERAL: N_("general assessor"),
}
