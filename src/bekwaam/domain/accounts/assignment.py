"""Who can be guide or assessor in a procedure.

Guide and assessor are never the same person (design, *Field rules*), also not one after the other and
not across procedures of one candidate.
"""

from __future__ import annotations

from dataclasses import dataclass

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.accounts.conflicts import check_no_conflict
from bekwaam.domain.accounts.expertise import Expertise
from bekwaam.domain.verdict import ALLOWED, Verdict, refused
from bekwaam.wording import N_


@dataclass(frozen=True, slots=True)
class AssignmentFacts:
    """What is known when somebody is to be assigned.

    ``serves_as`` are the person's roles at the provider; ``guided`` and ``judged`` say whether they ever
    did so for this candidate; ``was_referee`` whether the candidate asked them as a referee;
    ``was_involved`` that an objection is judged and they judged or decided before; ``running_guides`` and
    ``running_assessors`` count the running assignments in this procedure. Where the provider divides the
    roles (``role_split``), ``expertise`` is the side that the person is to judge from, and
    ``running_expertise`` holds those of the others.

    While the final judgements are made (``deciding``), ``disputed`` says that the assessors could not agree
    on something, ``has_third`` that a third judges that already, ``judged_here`` that the person was assessor
    in this procedure before, and ``saw_judgements`` that their other work here showed them what others found.
    ``same_employer`` is the name of an employer that the person shares with the candidate.
    """

    is_candidate: bool
    serves_as: frozenset[Role]
    already_assigned: bool
    guided: bool
    judged: bool
    running_guides: int
    running_assessors: int
    assessors_needed: int
    was_referee: bool = False
    was_involved: bool = False
    role_split: bool = False
    expertise: Expertise | None = None
    running_expertise: tuple[Expertise, ...] = ()
    deciding: bool = False
    disputed: bool = False
    has_third: bool = False
    judged_here: bool = False
    saw_judgements: bool = False
    same_employer: str = ""

    @property
    def as_third(self) -> bool:
        """Tell whether the place that is open is that of a third, for what is disputed alone."""
        full = self.running_assessors >= self.assessors_needed
        return self.deciding and full and self.disputed and not self.has_third


def check_assignment(role: Role, facts: AssignmentFacts) -> Verdict:
    """Tell whether somebody may become ``role`` (guide or assessor) in a procedure."""
    if facts.is_candidate:
        return refused("own_procedure", N_("Nobody guides or judges their own procedure."))
    if role not in facts.serves_as:
        return refused("not_in_role", N_("This person does not have this role at the provider."))
    if facts.already_assigned:
        return refused("already_assigned", N_("This person already has a role in this procedure."))
    if role is Role.ASSESSOR:
        known = check_no_conflict(
            guided=facts.guided,
            was_referee=facts.was_referee,
            was_involved=facts.was_involved,
            same_employer=facts.same_employer,
        )
        if not known:
            return known
    if role is Role.GUIDE and facts.judged:
        return refused("was_assessor", N_("Whoever judges a candidate cannot guide that candidate."))
    if role is Role.GUIDE and facts.running_guides:
        return refused("has_guide", N_("There is a guide already. End that assignment first."))
    if facts.deciding:
        late = _check_late(role, facts)
        if not late or facts.as_third:
            return late
    if role is Role.ASSESSOR and facts.running_assessors >= facts.assessors_needed:
        return refused("has_assessors", N_("There are enough assessors already. End an assignment first."))
    if role is Role.ASSESSOR and facts.role_split:
        return _check_split(facts)
    return ALLOWED


def _check_late(role: Role, facts: AssignmentFacts) -> Verdict:
    """Tell whether somebody may still come in while the final judgements are made: they judge blind first."""
    if role is not Role.ASSESSOR:
        return refused("too_late", N_("The judging is almost done: a guide can no longer be assigned."))
    if facts.saw_judgements:
        message = N_("This person can see what the others found, and so can no longer judge blind.")
        return refused("saw_judgements", message)
    if facts.as_third and facts.judged_here:
        message = N_("A third assessor has not judged in this procedure before.")
        return refused("judged_here", message)
    return ALLOWED


def _check_split(facts: AssignmentFacts) -> Verdict:
    """Keep a place free for each side: with two assessors one of each, with three at least one."""
    if facts.expertise is None:
        message = N_("Choose whether this person judges as subject-matter or as general assessor.")
        return refused("needs_expertise", message)
    missing = set(Expertise) - {*facts.running_expertise, facts.expertise}
    if len(missing) > facts.assessors_needed - facts.running_assessors - 1:
        message = N_("There is one of this kind already. The place that is left is for the other kind.")
        return refused("expertise_taken", message)
    return ALLOWED
