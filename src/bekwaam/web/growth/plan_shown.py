"""Turns goals of a development plan into what the templates show, in the language of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bekwaam.domain.growth.offers import Offer, explain_fitting, fitting
from bekwaam.domain.growth.plan import PHASE_NAMES
from bekwaam.domain.growth.rating import rank_of
from bekwaam.domain.growth.ways import WAYS
from bekwaam.domain.portfolio.evidence import link_host
from bekwaam.services.growth.plan_reads import Activity, Goal
from bekwaam.web.growth.presenting import Answer, answer
from bekwaam.web.shared.case import language


@dataclass(frozen=True, slots=True)
class UnitShown:
    """A unit of a goal: where its owner said they were then and are now, and what changed."""

    code: str
    name: str
    before: Answer | None
    now: Answer | None
    change: str
    told: str


@dataclass(frozen=True, slots=True)
class ActivityShown:
    """An activity in words; ``evidence_url`` is where the piece stands that came of it."""

    activity: Activity
    way: str
    text: str
    source: str
    phase: str
    evidence_url: str


@dataclass(frozen=True, slots=True)
class GoalShown:
    """A goal in words, with its units and activities."""

    goal: Goal
    units: tuple[UnitShown, ...]
    asked: Answer | None
    target: str
    target_url: str
    framework: str
    phase: str
    activities: tuple[ActivityShown, ...]
    target_changed: date | None = None


def shown(goal: Goal) -> GoalShown:
    """Return a goal as the pages show it."""
    framework = goal.framework
    target = goal.aim
    url = reverse("growth:gap", args=[framework.id, framework.version, goal.target]) if target else ""
    return GoalShown(
        goal=goal,
        units=tuple(_unit(goal, code) for code in goal.codes),
        asked=answer(framework, goal.codes[0], goal.value),
        target=target.name[language()] if target else "",
        target_url=url,
        framework=framework.title[language()],
        phase=_(PHASE_NAMES[goal.phase]),
        activities=tuple(activity_shown(goal, one) for one in goal.activities),
        target_changed=_changed_since(goal),
    )


def _changed_since(goal: Goal) -> date | None:
    """Return the day on which the profile that a goal is for was changed, where that was after it was set."""
    profile = goal.aim.profile if goal.aim else None
    changed = date.fromisoformat(profile.changed_on) if profile and profile.changed_on else None
    return changed if changed and changed > timezone.localdate(goal.set_at) else None


def all_shown(goals: Sequence[Goal]) -> list[GoalShown]:
    """Return goals as the pages show them, in the order given."""
    return [shown(goal) for goal in goals]


def activity_shown(goal: Goal, activity: Activity) -> ActivityShown:
    """Return an activity as the pages show it."""
    facts = WAYS[activity.way]
    url = ""
    if activity.evidence and goal.portfolio:
        url = reverse("portfolio:own_evidence", args=[goal.portfolio, activity.evidence[0]])
    return ActivityShown(
        activity=activity,
        way=_(facts.name),
        text=_(facts.text),
        source=f"{facts.document}, {facts.section}" if facts.document else "",
        phase=_(PHASE_NAMES[activity.phase]),
        evidence_url=url,
    )


def _unit(goal: Goal, code: str) -> UnitShown:
    item = goal.framework.by_code[code]
    before, now = goal.before.get(code), goal.now.get(code)
    change = told = ""
    if before is not None and now is not None:
        was, is_now = (rank_of(goal.framework, item, value) for value in (before, now))
        change = "up" if is_now > was else "down" if is_now < was else "same"
        told = {"up": _("further"), "down": _("less far"), "same": _("the same")}[change]
    elif now is not None:
        change, told = "new", _("first time")
    return UnitShown(
        code=code,
        name=item.name(language()),
        before=answer(goal.framework, code, before),
        now=answer(goal.framework, code, now),
        change=change,
        told=told,
    )


@dataclass(frozen=True, slots=True)
class Suggested:
    """A learning offer that fits a goal: its kind, in a sentence why it fits, and where its link leads."""

    offer: Offer
    way: str
    why: str
    host: str


def suggested(goal: Goal, offers: Sequence[Offer]) -> list[Suggested]:
    """Return the offers that fit a goal, in the order of their organisation, each with why."""
    return [
        Suggested(
            one.offer,
            _(WAYS[one.offer.way].name),
            explain_fitting(goal.framework, one, language()),
            link_host(one.offer.url),
        )
        for one in fitting(offers, goal.codes, goal.value)
    ]
