"""Who can be guide or assessor, as a table."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.accounts.assignment import AssignmentFacts, check_assignment
from bekwaam.domain.accounts.expertise import Expertise

FREE = AssignmentFacts(
    is_candidate=False,
    serves_as=frozenset({Role.GUIDE, Role.ASSESSOR}),
    already_assigned=False,
    guided=False,
    judged=False,
    running_guides=0,
    running_assessors=0,
    assessors_needed=2,
)


SUBJECT, GENERAL = Expertise


def split(expertise: Expertise, *running: Expertise, needed: int = 2) -> dict[str, Any]:
    return {
        "role_split": True,
        "expertise": expertise,
        "running_expertise": running,
        "running_assessors": len(running),
        "assessors_needed": needed,
    }


def third(**more: Any) -> dict[str, Any]:
    """Two judge, cannot agree, and a third is to come."""
    return {"deciding": True, "running_assessors": 2, "disputed": True, **more}


@pytest.mark.parametrize(
    ("role", "changed", "reason"),
    [
        (Role.GUIDE, {}, ""),
        (Role.ASSESSOR, {}, ""),
        (Role.ASSESSOR, {"running_assessors": 1}, ""),
        (Role.GUIDE, {"running_assessors": 2}, ""),
        (Role.GUIDE, {"is_candidate": True}, "own_procedure"),
        (Role.ASSESSOR, {"is_candidate": True}, "own_procedure"),
        (Role.ASSESSOR, {"serves_as": frozenset({Role.GUIDE, Role.COORDINATOR})}, "not_in_role"),
        (Role.GUIDE, {"serves_as": frozenset({Role.ASSESSOR})}, "not_in_role"),
        (Role.ASSESSOR, {"already_assigned": True}, "already_assigned"),
        (Role.ASSESSOR, {"guided": True}, "was_guide"),
        (Role.GUIDE, {"guided": True}, ""),
        (Role.ASSESSOR, {"was_referee": True}, "was_referee"),
        (Role.GUIDE, {"was_referee": True}, ""),
        (Role.GUIDE, {"judged": True}, "was_assessor"),
        (Role.ASSESSOR, {"judged": True}, ""),
        (Role.GUIDE, {"running_guides": 1}, "has_guide"),
        (Role.ASSESSOR, {"running_assessors": 2}, "has_assessors"),
        (Role.ASSESSOR, {"running_assessors": 2, "assessors_needed": 3}, ""),
        (Role.ASSESSOR, {"running_assessors": 1, "assessors_needed": 1}, "has_assessors"),
        (Role.ASSESSOR, {"role_split": True}, "needs_expertise"),
        (Role.GUIDE, {"role_split": True}, ""),
        (Role.ASSESSOR, {"same_employer": "Stichting Wijk"}, "same_employer"),
        (Role.GUIDE, {"same_employer": "Stichting Wijk"}, ""),
        (Role.GUIDE, {"deciding": True}, "too_late"),
        (Role.ASSESSOR, {"deciding": True, "running_assessors": 1}, ""),
        (Role.ASSESSOR, {"deciding": True, "running_assessors": 1, "judged_here": True}, ""),
        (Role.ASSESSOR, {"deciding": True, "running_assessors": 1, "saw_judgements": True}, "saw_judgements"),
        (Role.ASSESSOR, {"deciding": True, "running_assessors": 2}, "has_assessors"),
        (Role.ASSESSOR, {"running_assessors": 2, "disputed": True}, "has_assessors"),
        (Role.ASSESSOR, third(), ""),
        (Role.ASSESSOR, third(has_third=True), "has_assessors"),
        (Role.ASSESSOR, third(judged_here=True), "judged_here"),
        (Role.ASSESSOR, third(saw_judgements=True), "saw_judgements"),
        (Role.ASSESSOR, third(guided=True), "was_guide"),
        (Role.ASSESSOR, third(same_employer="Stichting Wijk"), "same_employer"),
        (Role.ASSESSOR, third(role_split=True, running_expertise=(SUBJECT, GENERAL)), ""),
        (
            Role.ASSESSOR,
            {**split(SUBJECT, SUBJECT), "deciding": True},
            "expertise_taken",
        ),
        (Role.ASSESSOR, {**split(SUBJECT, GENERAL), "deciding": True}, ""),
        (Role.ASSESSOR, split(SUBJECT), ""),
        (Role.ASSESSOR, split(SUBJECT, GENERAL), ""),
        (Role.ASSESSOR, split(SUBJECT, SUBJECT), "expertise_taken"),
        (Role.ASSESSOR, split(SUBJECT, SUBJECT, needed=3), ""),
        (Role.ASSESSOR, split(SUBJECT, SUBJECT, SUBJECT, needed=3), "expertise_taken"),
        (Role.ASSESSOR, split(GENERAL, SUBJECT, GENERAL, needed=3), ""),
    ],
)
def test_somebody_may_be_assigned_unless(role: Role, changed: dict[str, Any], reason: str) -> None:
    verdict = check_assignment(role, replace(FREE, **changed))
    assert verdict.reason == reason
    assert bool(verdict) is (reason == "")
    assert bool(verdict.text("nl")) is bool(reason)
