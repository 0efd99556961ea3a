"""A sign of trouble: what was counted, and the sentence that says so. It decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from bekwaam.wording import N_, say


class SignCode(StrEnum):
    """What stands out. A code never changes its meaning."""

    TEXT_HERE = "text_here"
    TEXT_ELSEWHERE = "text_elsewhere"
    TEXT_OWN = "text_own"
    OLD_EVIDENCE = "old_evidence"
    ONE_REFEREE = "one_referee"
    QUICK = "quick"
    NEVER_NO = "never_no"
    SAME_REASON = "same_reason"


ABOUT_DOSSIER: Final = (
    SignCode.TEXT_HERE,
    SignCode.TEXT_ELSEWHERE,
    SignCode.TEXT_OWN,
    SignCode.OLD_EVIDENCE,
    SignCode.ONE_REFEREE,
)
ABOUT_JUDGING: Final = (SignCode.QUICK, SignCode.SAME_REASON, SignCode.NEVER_NO)
TEXT_CODES: Final = (SignCode.TEXT_HERE, SignCode.TEXT_ELSEWHERE, SignCode.TEXT_OWN)
# Told because it is good to know; it is no reason to doubt.
GOOD_TO_KNOW: Final = frozenset({SignCode.TEXT_OWN})

SIGN_NAMES: Final[dict[SignCode, str]] = {
    SignCode.TEXT_HERE: N_("Text that also stands in another portfolio at your provider"),
    SignCode.TEXT_ELSEWHERE: N_("Text that was found elsewhere"),
    SignCode.TEXT_OWN: N_("Own earlier work"),
    SignCode.OLD_EVIDENCE: N_("Evidence of longer ago"),
    SignCode.ONE_REFEREE: N_("One person confirmed nearly everything"),
    SignCode.QUICK: N_("Judgements given quickly"),
    SignCode.NEVER_NO: N_("Always a yes"),
    SignCode.SAME_REASON: N_("The same reason with several competences"),
}

# One and many, by "number"; every value of the sign can stand in them.
_SENTENCES: Final[dict[SignCode, tuple[str, str]]] = {
    SignCode.TEXT_HERE: (
        N_("{number} of the {total} pieces shares up to {percent} percent with another portfolio here."),
        N_("{number} of the {total} pieces share up to {percent} percent with another portfolio here."),
    ),
    SignCode.TEXT_ELSEWHERE: (
        N_("{number} of the {total} pieces was found elsewhere, for up to {percent} percent."),
        N_("{number} of the {total} pieces were found elsewhere, for up to {percent} percent."),
    ),
    SignCode.TEXT_OWN: (
        N_("{number} of the {total} pieces was in an earlier portfolio of the candidate. That is allowed."),
        N_("{number} of the {total} pieces were in an earlier portfolio of the candidate. That is allowed."),
    ),
    SignCode.OLD_EVIDENCE: (
        N_("{number} of the {total} pieces is of more than {years} years before it was handed in."),
        N_("{number} of the {total} pieces are of more than {years} years before they were handed in."),
    ),
    SignCode.ONE_REFEREE: (
        N_("{number} of the {total} confirmations comes from one person."),
        N_("{number} of the {total} confirmations come from one person."),
    ),
    SignCode.QUICK: (
        N_("{number} of the {total} judgements was saved within {limit} seconds, the fastest in {fastest}."),
        N_("{number} of the {total} judgements were saved within {limit} seconds, the fastest in {fastest}."),
    ),
    SignCode.NEVER_NO: (
        N_("In the last {number} judgement at this provider there is no single no."),
        N_("In the last {number} judgements at this provider there is no single no."),
    ),
    SignCode.SAME_REASON: (
        N_("The reason is nearly the same with {number} competence."),
        N_("The reason is nearly the same with {number} competences."),
    ),
}


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that stands out.

    ``values`` holds what was counted, as plain JSON: always "number", further what its sentence names, and
    under "pieces", "units" or "groups" the references or codes that it is about.
    """

    code: SignCode
    values: Mapping[str, Any] = field(default_factory=dict)

    def text(self, language: str) -> str:
        """Return the sentence in ``language``."""
        one, many = _SENTENCES[self.code]
        fitting = one if self.values["number"] == 1 else many
        return say(language, fitting, **self.values)
