"""Who judges what, and when a final judgement on a unit is settled.

Everybody who judges the whole agrees on every unit (design, *Words*: consensus). Where two cannot agree on a
unit they say so with a reason; a third assessor then judges that unit blind, and two of the three settle it,
with the differing view of whoever sees it otherwise on record. With three assessors from the start the same
majority does.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from bekwaam.domain.verdict import ALLOWED, Verdict, refused
from bekwaam.wording import N_

MAJORITY_OF: Final = 3


@dataclass(frozen=True, slots=True)
class Panel:
    """The assessors (by key) of a procedure after the reveal.

    ``judges`` judge everything, ``third`` what is ``disputed`` alone; ``ready`` are those who finished their
    own judging and declared that they are free to judge; ``needed`` is how many have to judge everything.
    """

    judges: frozenset[int]
    third: frozenset[int]
    ready: frozenset[int]
    needed: int
    disputed: frozenset[str] = frozenset()

    def of(self, unit: str) -> frozenset[int]:
        """Return who has a say on a unit."""
        return self.judges | self.third if unit in self.disputed else self.judges

    def complete(self, unit: str) -> bool:
        """Tell whether all who have a say on a unit are there and done with judging by themselves."""
        return len(self.judges) >= self.needed and self.of(unit) <= self.ready

    def by_majority(self, unit: str) -> bool:
        """Tell whether two of three settle a unit."""
        return unit in self.disputed and len(self.of(unit)) >= MAJORITY_OF

    def settled(self, unit: str, agreed: Collection[int], against: Collection[int] = ()) -> bool:
        """Tell whether a proposal stands, by who agreed to it and who put on record that they do not."""
        asked = self.of(unit)
        if not asked or not self.complete(unit):
            return False
        if asked <= set(agreed):
            return True
        if not self.by_majority(unit):
            return False
        return len(asked.intersection(agreed)) * 2 > len(asked) and asked <= {*agreed, *against}

    @property
    def wants_third(self) -> bool:
        """Tell whether a third assessor has to be found."""
        return bool(self.disputed) and not self.third and len(self.judges) < MAJORITY_OF


@dataclass(frozen=True, slots=True)
class DisputeFacts:
    """What is known when somebody says that they cannot agree on a unit."""

    has_say: bool
    judges: int
    complete: bool
    already: bool
    settled: bool
    third_finished: bool
    reason: str


def check_cannot_agree(facts: DisputeFacts) -> Verdict:
    """Tell whether an assessor may say that they cannot agree on a unit."""
    if facts.judges < 2:
        return refused("alone", N_("You are the only assessor: there is nobody to disagree with."))
    if not facts.has_say:
        return refused("no_say", N_("You judge only what the other assessors could not agree on."))
    if not facts.complete:
        return refused("not_complete", N_("Another assessor is still judging. Wait until they are done."))
    if facts.already:
        return refused("already_disputed", N_("It has been said already that you cannot agree on this."))
    if facts.settled:
        return refused("settled", N_("This final judgement is settled. Propose something else first."))
    if facts.third_finished:
        message = N_("The third assessor has judged already. Only the coordinator can ask another one now.")
        return refused("third_finished", message)
    if not facts.reason.strip():
        return refused("needs_reason", N_("Write down on what you cannot agree."))
    return ALLOWED


def check_dissent(panel: Panel, unit: str, actor: int, text: str) -> Verdict:
    """Tell whether somebody may put on record that they do not agree, where two of three settle it."""
    if not panel.by_majority(unit) or actor not in panel.of(unit):
        message = N_("You can only stay out where two of three assessors settle it. Propose something else.")
        return refused("no_majority", message)
    if not text.strip():
        return refused("needs_dissent", N_("Write down how you see it. It stays on record."))
    return ALLOWED


def check_say(panel: Panel, unit: str, actor: int) -> Verdict:
    """Tell whether somebody may propose or agree on a unit now."""
    if actor not in panel.of(unit):
        return refused("no_say", N_("You judge only what the other assessors could not agree on."))
    if not panel.complete(unit):
        return refused("not_complete", N_("Another assessor is still judging. Wait until they are done."))
    return ALLOWED
