"""A development plan in a package: how it stands in the document, what of it comes in, and writing that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import prefetch_related_objects

from bekwaam.domain.growth.plan import values_to_reach
from bekwaam.domain.growth.rating import rated_units
from bekwaam.domain.takeout.document import FrameworkKey, agreement_print, framework_key, goal_print
from bekwaam.frameworks.model import Framework
from bekwaam.services.growth.targets import find_target
from bekwaam.store.models import (
    BroughtIn,
    Evidence,
    FrameworkVersion,
    Person,
    PlanActivity,
    PlanAgreement,
    PlanGoal,
)
from bekwaam.store.models.shared import moment

PART: Final = "development_plan"


@dataclass(frozen=True, slots=True)
class PlanIn:
    """What of a plan would come in, what is here already, and goals that can only be carried along."""

    goals: tuple[Mapping[str, Any], ...] = ()
    known: int = 0
    carried: tuple[Mapping[str, Any], ...] = ()
    agreements: tuple[Mapping[str, Any], ...] = ()


def development_plan(person: Person, brought: Iterable[BroughtIn]) -> dict[str, Any]:
    """Return somebody's plan as the document has it, oldest first. Three queries."""
    rows = PlanGoal.objects.filter(owner=person).select_related("standard").defer("standard__document")
    goals = [_goal_plain(row) for row in rows.prefetch_related("activities__evidence")]
    carried = [goal for row in brought for goal in row.rest.get(PART, ())]
    agreements = [_agreement_plain(row) for row in PlanAgreement.objects.filter(owner=person)]
    return {
        "goals": sorted([*goals, *carried], key=lambda one: (one["set_at"], one["words"])),
        "agreements": sorted(agreements, key=lambda one: (one["written_at"], one["name"])),
    }


def _goal_plain(row: PlanGoal) -> dict[str, Any]:
    return {
        **row.told(),
        "framework": {"identifier": row.standard.identifier, "version": row.standard.version},
        "before": row.before,
        "set_at": moment(row.set_at),
        "changed_at": moment(row.changed_at),
        "closed_at": moment(row.closed_at),
        "looking_back": row.looking_back,
        "activities": [
            {
                **one.told(),
                "evidence": one.evidence.ref if one.evidence else None,
                "planned_at": moment(one.planned_at),
                "changed_at": moment(one.changed_at),
            }
            for one in row.activities.all()
        ],
    }


def _agreement_plain(row: PlanAgreement) -> dict[str, Any]:
    return {
        "ref": row.ref,
        "name": row.name,
        "agreed_on": row.agreed_on.isoformat(),
        "goals": row.goals,
        "written_at": moment(row.written_at),
    }


def plan_in(person: Person, document: Mapping[str, Any], read: Mapping[FrameworkKey, Framework]) -> PlanIn:
    """Return what of the plan in a document would come in. Four queries; none where it has no plan.

    A goal on a version that is not known here, or on what that version does not have, is carried along.
    """
    found = document.get(PART)
    if not found or not (found["goals"] or found["agreements"]):
        return PlanIn()
    brought = list(BroughtIn.objects.filter(owner=person))
    here = development_plan(person, brought)
    goals_here = {goal_print(one) for one in here["goals"]}
    agreed_here = {agreement_print(one) for one in here["agreements"]}
    fresh = [goal for goal in found["goals"] if goal_print(goal) not in goals_here]
    return PlanIn(
        goals=tuple(goal for goal in fresh if _fits(goal, read)),
        known=len(found["goals"]) - len(fresh),
        carried=tuple(goal for goal in fresh if not _fits(goal, read)),
        agreements=tuple(one for one in found["agreements"] if agreement_print(one) not in agreed_here),
    )


def _fits(goal: Mapping[str, Any], read: Mapping[FrameworkKey, Framework]) -> bool:
    framework = read.get(framework_key(goal["framework"]))
    if framework is None or not set(goal["codes"]) <= {item.code for item in rated_units(framework)}:
        return False
    return goal["value"] in values_to_reach(framework, goal["codes"])


def write_plan(
    actor: Person,
    found: PlanIn,
    rows: Mapping[FrameworkKey, FrameworkVersion],
    read: Mapping[FrameworkKey, Framework],
    pieces: Mapping[str, Evidence],
) -> tuple[list[PlanGoal], list[PlanAgreement]]:
    """Write the goals and agreements that come in, with references of this site. Five queries at most.

    ``pieces`` are the pieces of this site by their reference in the package.
    """
    told = [(goal, framework_key(goal["framework"])) for goal in found.goals]
    goals = PlanGoal.objects.bulk_create(
        PlanGoal(
            owner=actor,
            standard=rows[key],
            codes=goal["codes"],
            value=goal["value"],
            target=goal["target"] if find_target(read[key], goal["target"]) else "",
            words=goal["words"],
            before=goal["before"],
            by=_day(goal["by"]),
            set_at=_moment(goal["set_at"]),
            changed_at=_moment(goal["changed_at"]),
            closed_at=_moment(goal["closed_at"]) if goal["closed_at"] else None,
            looking_back=goal["looking_back"],
        )
        for goal, key in told
    )
    refs = {goal["ref"]: row.ref for row, (goal, _key) in zip(goals, told, strict=True)}
    refs |= _activities([(row, goal) for row, (goal, _key) in zip(goals, told, strict=True)], pieces)
    prefetch_related_objects(goals, "activities")
    agreements = PlanAgreement.objects.bulk_create(
        PlanAgreement(
            owner=actor,
            name=one["name"],
            agreed_on=date.fromisoformat(one["agreed_on"]),
            goals=[_renamed(goal, refs) for goal in one["goals"]],
            written_at=_moment(one["written_at"]),
        )
        for one in found.agreements
    )
    return goals, agreements


def _activities(
    told: list[tuple[PlanGoal, Mapping[str, Any]]], pieces: Mapping[str, Evidence]
) -> dict[str, str]:
    """Write the activities of goals; return what each is called here by its reference in the package."""
    pairs = [(row, one) for row, goal in told for one in goal["activities"]]
    made = PlanActivity.objects.bulk_create(
        PlanActivity(
            goal=row,
            way=one["way"],
            words=one["words"],
            by=_day(one["by"]),
            done_on=_day(one["done_on"]),
            learned=one["learned"],
            evidence=pieces.get(one["evidence"] or ""),
            planned_at=_moment(one["planned_at"]),
            changed_at=_moment(one["changed_at"]),
        )
        for row, one in pairs
    )
    return {one["ref"]: activity.ref for activity, (_row, one) in zip(made, pairs, strict=True)}


def _renamed(goal: Mapping[str, Any], refs: Mapping[str, str]) -> dict[str, Any]:
    """Return a goal as it was agreed on, under the references of this site where it came in."""
    activities = [{**one, "ref": refs.get(one["ref"], one["ref"])} for one in goal["activities"]]
    return {**goal, "ref": refs.get(goal["ref"], goal["ref"]), "activities": activities}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
