"""What a procedure is for, and what is judged because of that.

004 §1.1: depending on the purpose, the specific competences of the life domains can be judged too;
004 §1.5: judging the other stages and the life domains is optional.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bekwaam.domain.verdict import ALLOWED, Verdict, refused
from bekwaam.frameworks.model import Framework
from bekwaam.frameworks.rules import judged_kinds, leaves
from bekwaam.wording import N_


class Purpose(StrEnum):
    """What the outcome is to serve (004 §1.1)."""

    REGISTRATION = "registration"
    TRANSFER = "transfer"
    DEPLOYABILITY = "deployability"
    RECOGNITION = "recognition"


PURPOSE_NAMES: Final[dict[Purpose, str]] = {
    Purpose.REGISTRATION: N_("Registration in the profession"),
    Purpose.TRANSFER: N_("A move within the organisation, the field of work or to another sector"),
    Purpose.DEPLOYABILITY: N_("Showing an employer where you can be deployed"),
    Purpose.RECOGNITION: N_("Recognition of your own experience"),
}


@dataclass(frozen=True, slots=True)
class Scope:
    """What is judged beside what the rule asks: other stages, and the life domains named by code.

    ``units`` holds what is judged anew, where this follows an earlier assessment; empty: everything.
    """

    purpose: Purpose = Purpose.RECOGNITION
    other_stages: bool = False
    life_domains: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


def check_scope(framework: Framework, life_domains: Iterable[str]) -> Verdict:
    """Refuse a scope that names life domains which the standard does not have."""
    known = {item.code for item in framework.of_kind("life_domain")}
    unknown = [code for code in life_domains if code not in known]
    if unknown:
        return refused(
            "unknown_life_domain",
            N_("The standard has no life domain {codes}. It has: {known}."),
            codes=", ".join(unknown),
            known=", ".join(sorted(known)) or "-",
        )
    return ALLOWED


def judged_units(framework: Framework, scope: Scope) -> tuple[str, ...]:
    """Return the codes of everything that assessors judge in a procedure, in document order.

    In a re-assessment that is what is judged anew; else it is all of :func:`outcome_units`.
    """
    every = outcome_units(framework, scope)
    return tuple(code for code in every if code in scope.units) if scope.units else every


def outcome_units(framework: Framework, scope: Scope) -> tuple[str, ...]:
    """Return the codes of everything that an outcome is about, in document order.

    That is every unit that the standard's rule counts, and the life domains of the scope. What is not
    judged here was found in an earlier procedure (:mod:`bekwaam.domain.assessment.carrying`).
    """
    if framework.rule is None:
        return ()
    counted = {item.code for leaf in leaves(framework.rule) for item in framework.units(leaf.units)}
    wanted = counted | set(scope.life_domains)
    return tuple(item.code for item in framework.items if item.code in wanted)


def stages_to_choose(framework: Framework, unit: str, scope: Scope) -> tuple[str, ...]:
    """Return the stages that an assessor may give ``unit``, lowest first ("not shown" is always there).

    An indicator has its own stage. A life domain is described at every stage, so all are open. For
    what the rule counts, only the stages that the rule names are open unless other stages are judged.
    """
    item = framework.by_code[unit]
    every = tuple(stage.code for stage in framework.stages)
    if item.stage is not None:
        return (item.stage,)
    if item.kind == "life_domain" or scope.other_stages or framework.rule is None:
        return every
    asked = {leaf.stage for leaf in leaves(framework.rule) if leaf.stage}
    return tuple(code for code in every if code in asked) or every


def main_kind(framework: Framework) -> str:
    """Return the kind of unit that the standard's rule is about first; "competence" without a rule."""
    kinds = judged_kinds(framework.rule) if framework.rule else ()
    return kinds[0] if kinds else "competence"
