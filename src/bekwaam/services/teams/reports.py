"""Numbers over the teams of an organisation, without people: made, looked at again, shown.

A report is kept as it was made. A next one is made only if the two beside each other tell nothing about
fewer than five people (:mod:`bekwaam.domain.teams.aggregates`); who stopped sharing is in no next one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import OuterRef, Subquery

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.events import Event
from bekwaam.domain.growth.gap import Layer, Picture
from bekwaam.domain.growth.rating import NO_STAGE
from bekwaam.domain.growth.target import target_of_standard
from bekwaam.domain.teams.aggregates import (
    FEWEST,
    Band,
    Crowd,
    Question,
    Report,
    countable,
    may_follow,
    may_report,
    report,
)
from bekwaam.domain.teams.members import TeamKind
from bekwaam.domain.verdict import refused
from bekwaam.services import clock
from bekwaam.services.accounts.standing import insist_at_provider, lock_provider
from bekwaam.services.errors import Refused, insist
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.services.teams.pictures import pictures_of
from bekwaam.store.audit import append
from bekwaam.store.models import FrameworkVersion, Person, Provider, Team, TeamConsent, TeamMember, TeamReport
from bekwaam.wording import N_

ALL: Final = ""
"""The name of the set of everybody who is counted."""
_TOO_FEW: Final = N_("There is no team yet in which five people or more share this with their team.")


@dataclass(frozen=True, slots=True)
class Shown:
    """A report as it is shown: numbers by team (by reference; empty for all together), and since when."""

    made_at: datetime
    sizes: Mapping[str, int]
    bands: Mapping[str, Mapping[str, tuple[Band, ...]]]


def newest_report(
    provider: Provider, standard: FrameworkVersion, layer: Layer, *, per_team: bool = False
) -> Shown | None:
    """Return the newest report without who was counted in it; None where there is none. One query."""
    row = kept_reports(provider, standard, layer).filter(per_team=per_team, cohort=None).last()
    return shown_of(row) if row is not None else None


def shown_of(row: TeamReport) -> Shown:
    """Return a kept report without who was counted in it."""
    found = from_plain(row.document)
    names = [name for name, _ in found.sets]
    return Shown(
        row.made_at, {name: found.size(name) for name in names}, {name: found.shown(name) for name in names}
    )


@transaction.atomic
def make_report(
    actor: Person, provider: Provider, standard: FrameworkVersion, layer: Layer, *, per_team: bool = False
) -> TeamReport:
    """Make a report of what is shared now. A fixed number of queries, however many people there are.

    It is about everybody together, which can be told in most detail, or ``per_team``: the smallest team then
    decides how far numbers are taken together.

    Raises Refused where too few people share, or where beside an earlier report it would tell about a few.
    """
    insist_at_provider(Action.REPORT_TEAMS, actor, provider)
    lock_provider(provider)
    kept = [(row.cohort_id, from_plain(row.document)) for row in kept_reports(provider, standard, layer)]
    sharing = _counted(_sharing(provider, layer), [found for cohort, found in kept if cohort is not None])
    sets = may_be_shown(sharing if per_team else {ALL: frozenset().union(*sharing.values())})
    if not sets:
        raise Refused(refused("too_few_people", _TOO_FEW))
    new = report(sets, questions(teams_only(provider), standard, layer))
    insist(may_follow(new, [found for _, found in kept]))
    now = clock.now()
    row = TeamReport.objects.create(
        provider=provider,
        standard=standard,
        layer=layer,
        per_team=per_team,
        document=to_plain(new),
        made_at=now,
    )
    payload = {"report": row.ref, "sets": len(sets), "layer": layer.value}
    subject = f"provider:{provider.ref}"
    append(Event.TEAM_REPORTED, actor=actor, subject=subject, now=now, payload=payload, content=[row])
    return row


def may_be_shown(teams: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Return the sets that may be shown together: teams by name as long as nobody stands apart, then all.

    A team that is too small, or that would single out a few beside those before it, is left out.
    """
    chosen: dict[str, frozenset[str]] = {}
    counted: set[str] = set()
    for name, people in teams.items():
        # Who is in no team before this one makes no new crowd among those before it.
        apart = counted.isdisjoint(people) and len(people) >= FEWEST
        if apart or may_report({**chosen, name: people}):
            chosen[name] = people
            counted |= people
    everybody = frozenset().union(*teams.values())
    if chosen and ALL not in chosen and may_report({**chosen, ALL: everybody}):
        return {ALL: everybody, **chosen}
    return chosen


def teams_only(provider: Provider) -> Any:
    """Return the teams of an organisation as a query; its cohorts are counted by themselves."""
    return Team.objects.filter(provider=provider, kind=TeamKind.TEAM)


def _counted(sharing: Mapping[str, frozenset[str]], cohorts: Sequence[Report]) -> dict[str, frozenset[str]]:
    """Return who is counted by team: not the few who are in a cohort of which numbers are known as well."""
    everybody = frozenset[str]().union(*sharing.values())
    counted = countable(everybody, cohorts) if cohorts else everybody
    return {team: people & counted for team, people in sharing.items()}


def _sharing(provider: Provider, layer: Layer) -> dict[str, frozenset[str]]:
    """Return by team who shares ``layer`` with it now, teams in the order of their names. One query."""
    rows = consenting(teams_only(provider), layer).order_by("team__name", "team__pk")
    found: dict[str, set[str]] = {}
    for team, person in rows.values_list("team__ref", "person"):
        found.setdefault(team, set()).add(str(person))
    return {team: frozenset(people) for team, people in found.items()}


def consenting(teams: Any, layer: Layer) -> Any:
    """Return the members of ``teams``, a query, who share ``layer`` now; a query as well."""
    newest = TeamConsent.objects.filter(member=OuterRef("pk"), layer=layer).order_by("-at", "-pk")
    rows = TeamMember.objects.filter(team__in=teams, left_at=None)
    return rows.exclude(joined_at=None).annotate(now=Subquery(newest.values("given")[:1])).filter(now=True)


def questions(teams: Any, standard: FrameworkVersion, layer: Layer) -> list[Question]:
    """Return what is counted of everybody who shares with ``teams``, unit by unit. One query."""
    framework = framework_of(standard)
    order = (NO_STAGE, *(stage.code for stage in framework.stages))
    asked = [ask.code for ask in target_of_standard(framework).asks if ask.value in order]
    people = consenting(teams, layer).order_by().values("person")
    answers: dict[str, dict[str, str]] = {code: {} for code in asked}
    for person, pictures in pictures_of(people, standard, layer).items():
        for code, value in _most_careful(pictures, order).items():
            if code in answers:
                answers[code][str(person)] = value
    return [Question(code, order, answers[code]) for code in asked]


def _most_careful(pictures: Sequence[Picture], order: Sequence[str]) -> Mapping[str, str]:
    """Return one value a unit; where several people said something the lowest, as for a team.

    A value that is not in ``order``, such as a stage of another version, says nothing.
    """
    found: dict[str, str] = {}
    for picture in pictures:
        for code, said in picture.values.items():
            value = said or NO_STAGE
            if value in order and (code not in found or order.index(value) < order.index(found[code])):
                found[code] = value
    return found


def kept_reports(provider: Provider, standard: FrameworkVersion, layer: Layer) -> Any:
    """Return the kept reports, over cohorts as well, as a query, oldest first.

    Their documents hold who was counted.
    """
    return TeamReport.objects.filter(provider=provider, standard=standard, layer=layer)


def to_plain(found: Report) -> dict[str, Any]:
    """Return a report as the document that is kept of it."""
    return {
        "sets": [[name, sorted(people)] for name, people in found.sets],
        "crowds": [
            {
                "people": sorted(crowd.people),
                "bands": [
                    [unit, [[list(band.values), band.people] for band in bands]]
                    for unit, bands in crowd.bands
                ],
            }
            for crowd in found.crowds
        ],
    }


def from_plain(document: Mapping[str, Any], only: str | None = None) -> Report:
    """Return a report from the document that was kept of it; with ``only`` no more than that set and its
    crowds, which is enough to show it.
    """
    sets = tuple((name, frozenset(people)) for name, people in document["sets"] if only in (None, name))
    inside = frozenset().union(*(people for _name, people in sets))
    return Report(
        sets,
        tuple(
            Crowd(
                frozenset(one["people"]),
                tuple(
                    (unit, tuple(Band(tuple(values), people) for values, people in bands))
                    for unit, bands in one["bands"]
                ),
            )
            for one in document["crowds"]
            if not inside.isdisjoint(one["people"])
        ),
    )
