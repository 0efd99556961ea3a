"""Real double judgements: what assessors gave blind in procedures that are over.

Another source than practice dossiers, and never mixed with them: here two assessors judge one candidate,
there all assessors judge the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import Exists, OuterRef

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.calibration.agreement import Vote
from bekwaam.domain.procedures.states import OUTCOME_KNOWN
from bekwaam.services import clock
from bekwaam.services.accounts.standing import Standing
from bekwaam.services.calibration.reads import rank_of, sees_names
from bekwaam.services.frameworks.versions import frameworks_of
from bekwaam.store.models import Judgement, Person, Procedure, Provider

OVER = OUTCOME_KNOWN
# Figures of now: older judgements were given by other people, with another yardstick. The number bounds what
# one page reads (200 dossiers of 21 competences by two: 8 400 judgements).
PERIOD: Final = timedelta(days=5 * 365)
MOST_DOSSIERS: Final = 200


@dataclass(frozen=True, slots=True)
class RealVotes:
    """The votes by year and by unit (standard's id, code), with the names that the visitor may see.

    ``dossiers`` is of how many procedures they are; ``more`` tells that there are older ones in the period.
    """

    votes: tuple[Vote, ...]
    by_year: Mapping[int, tuple[Vote, ...]]
    by_unit: Mapping[tuple[str, str], tuple[Vote, ...]]
    unit_names: Mapping[tuple[str, str], Mapping[str, str]]
    names: Mapping[int, str]
    dossiers: int = 0
    more: bool = False


def real_votes(provider: Provider, person: Person, standing: Standing) -> RealVotes:
    """Return the blind judgements of the newest procedures that are over at a provider.

    An assessor gets only those procedures in which they judged themselves; an auditor all of them, without
    names. Two queries, and one per process for standards that were not read yet.
    """
    newest = _newest(provider, person, standing)
    over = newest[:MOST_DOSSIERS]
    rows = Judgement.objects.filter(procedure__in=over, replaced_by=None).order_by("pk")
    found = list(
        rows.values_list(
            "assessor",
            "assessor__name",
            "snapshot",
            "unit",
            "stage",
            "made_at__year",
            "procedure__standard",
            "procedure__standard__sha256",
        )
    )
    frameworks = frameworks_of({(row[6], row[7]) for row in found})
    by_year: defaultdict[int, list[Vote]] = defaultdict(list)
    by_unit: defaultdict[tuple[str, str], list[Vote]] = defaultdict(list)
    unit_names: dict[tuple[str, str], Mapping[str, str]] = {}
    names: dict[int, str] = {}
    for who, name, snapshot, unit, stage, year, standard, _sha in found:
        framework = frameworks[standard]
        vote = Vote(who, (snapshot, unit), rank_of(framework, stage))
        by_year[year].append(vote)
        by_unit[framework.id, unit].append(vote)
        item = framework.by_code[unit]
        unit_names[framework.id, unit] = {"nl": item.name("nl"), "en": item.name("en")}
        if sees_names(standing) or who == person.pk:
            names[who] = name
    return RealVotes(
        tuple(vote for votes in by_year.values() for vote in votes),
        {year: tuple(votes) for year, votes in sorted(by_year.items())},
        {key: tuple(votes) for key, votes in sorted(by_unit.items())},
        unit_names,
        names,
        len(over),
        len(newest) > len(over),
    )


def _newest(provider: Provider, person: Person, standing: Standing) -> list[int]:
    """Return the procedures that are over and count, newest first; at most one more than are counted."""
    rows = Procedure.objects.filter(provider=provider, state__in=OVER, state_since__gte=clock.now() - PERIOD)
    if standing.roles.isdisjoint({Role.COORDINATOR, Role.AUDITOR}):
        mine = Judgement.objects.filter(assessor=person, procedure=OuterRef("pk"))
        rows = rows.filter(Exists(mine))
    keys = rows.order_by("-state_since", "-pk").values_list("pk", flat=True)
    return list(keys[: MOST_DOSSIERS + 1])
