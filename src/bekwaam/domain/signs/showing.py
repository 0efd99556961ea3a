"""To whom a sign shows, and who may write what they found.

Signs about a dossier are for its assessors, the coordinator and the auditor. Signs about judging are for the
coordinator and the auditor, and for the assessor whose judging it is. No assessor reads before the reveal
what another wrote about a sign: it would tell what they make of the dossier.
"""

from __future__ import annotations

from dataclasses import dataclass

from bekwaam.domain.verdict import ALLOWED, Verdict, refused
from bekwaam.wording import N_


@dataclass(frozen=True, slots=True)
class Seen:
    """Who is looking (by key): which signs they may see, and whether they judge here without being revealed.

    ``dossier`` and ``judging`` say whether they may see signs about the one and about anybody's other;
    ``writes`` whether they may write what they found at all, ``blind`` that they judge before the reveal.
    """

    person: int
    dossier: bool
    judging: bool
    writes: bool
    blind: bool

    def sees(self, about: int | None) -> bool:
        """Tell whether they see a sign: about the dossier (None) or the judging of somebody (by key)."""
        if about is None:
            return self.dossier
        return self.judging or (self.dossier and about == self.person)

    def reads_look(self, author: int) -> bool:
        """Tell whether they read what ``author`` (by key) wrote about a sign that they see."""
        return not self.blind or author == self.person


def may_look(seen: Seen, about: int | None) -> Verdict:
    """Tell whether somebody may write what they found about a sign that they see."""
    if about is not None and about == seen.person:
        return refused("own_judging", N_("This is about your own judging; somebody else looks into it."))
    if not seen.writes or (about is not None and not seen.judging):
        return refused("no_role", N_("You have no access to this."))
    return ALLOWED
