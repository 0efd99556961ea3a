"""What the screens of calibration show of practice dossiers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, QuerySet

from bekwaam.domain.accounts.access import Action, Role, may
from bekwaam.domain.calibration.agreement import Vote
from bekwaam.domain.calibration.practice import may_compare, may_judge
from bekwaam.domain.verdict import Verdict
from bekwaam.frameworks.model import Framework
from bekwaam.services import clock
from bekwaam.services.accounts.standing import Standing
from bekwaam.services.errors import NotFound
from bekwaam.services.frameworks.versions import framework_of, frameworks_of
from bekwaam.services.listing import Listing
from bekwaam.store.models import (
    Membership,
    Person,
    PracticeDone,
    PracticeDossier,
    PracticeJudgement,
    Provider,
)

# Two years of a round a month: what came before says little about the yardstick of now.
MOST_ROUNDS: Final = 24


@dataclass(frozen=True, slots=True)
class PracticeHead:
    """A practice dossier in a list. ``done`` is how many finished; ``mine`` whether the visitor did."""

    ref: str
    title: str
    closes_on: date
    released_at: datetime | None
    done: int
    mine: bool
    may_judge: bool
    may_compare: bool


@dataclass(frozen=True, slots=True)
class PieceRead:
    """A piece to read."""

    ref: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Given:
    """One judgement on one unit. ``stage`` is None for *not shown*; ``name`` is for the coordinator only."""

    assessor: int
    name: str
    stage: str | None
    evidence: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class PracticeRead:
    """A practice dossier with its pieces and, for whoever may compare, what everybody gave per unit."""

    head: PracticeHead
    framework: Framework
    units: tuple[str, ...]
    pieces: tuple[PieceRead, ...]
    given: Mapping[str, tuple[Given, ...]]
    waiting_for: tuple[str, ...]
    judging: Verdict
    comparing: Verdict


@dataclass(frozen=True, slots=True)
class Round:
    """One practice dossier in the figures over time."""

    ref: str
    title: str
    closes_on: date
    votes: tuple[Vote, ...]


@dataclass(frozen=True, slots=True)
class Rounds:
    """All rounds that somebody may see, oldest first; ``names`` of assessors by key, for the coordinator.

    The subject of a vote is (dossier, unit); ``unit_names`` gives the name of every unit in Dutch and
    English by the standard's id and the unit's code, as the subjects of :attr:`by_unit`.
    """

    rounds: tuple[Round, ...]
    names: Mapping[int, str]
    by_unit: Mapping[tuple[str, str], tuple[Vote, ...]]
    unit_names: Mapping[tuple[str, str], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Place:
    """A provider at which somebody sees calibration; ``waiting`` practice dossiers (reference, title)."""

    ref: str
    name: str
    waiting: tuple[tuple[str, str], ...]


def places(person: Person) -> list[Place]:
    """Return the providers at which somebody sees calibration, by name, with what they can judge.

    Two queries.
    """
    rows = list(Membership.objects.filter(person=person, until=None).select_related("provider"))
    roles: defaultdict[Provider, set[Role]] = defaultdict(set)
    for row in rows:
        roles[row.provider].add(Role(row.role))
    seen = {p: held for p, held in roles.items() if may(Action.SEE_CALIBRATION, held)}
    judging = [p.pk for p, held in seen.items() if may(Action.JUDGE_PRACTICE, held)]
    waiting: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    dossiers = PracticeDossier.objects.filter(
        provider__in=judging, released_at__isnull=False, closes_on__gte=clock.today()
    ).exclude(done__assessor=person)
    for provider, ref, title in dossiers.order_by("closes_on").values_list("provider", "ref", "title"):
        waiting[provider].append((ref, title))
    return [Place(p.ref, p.name, tuple(waiting[p.pk])) for p in sorted(seen, key=lambda p: p.name)]


def sees_names(standing: Standing) -> bool:
    """Tell whether names stand beside judgements and figures: for the coordinator only."""
    return Role.COORDINATOR in standing.roles


def practices(provider: Provider, person: Person, standing: Standing) -> Listing[PracticeHead]:
    """Return the practice dossiers of a provider, newest first; drafts for who makes them.

    One query a page, and one to count.
    """
    rows = _rows(provider, person, standing)
    return Listing(rows, lambda page: [_head(row, standing) for row in page])


def _rows(provider: Provider, person: Person, standing: Standing) -> QuerySet[Any, Any]:
    mine = PracticeDone.objects.filter(dossier=OuterRef("pk"), assessor=person)
    rows: Any = PracticeDossier.objects.filter(provider=provider).select_related("standard")
    rows = rows.defer("standard__document").annotate(number=Count("done"), mine=Exists(mine))
    if not standing.may(Action.MAKE_PRACTICE):
        rows = rows.filter(released_at__isnull=False)
    return rows  # type: ignore[no-any-return]


def _head(row: Any, standing: Standing) -> PracticeHead:
    judging, comparing = _verdicts(row, standing)
    return PracticeHead(
        row.ref,
        row.title,
        row.closes_on,
        row.released_at,
        row.number,
        row.mine,
        bool(judging) and _judges(standing),
        bool(comparing) and row.released_at is not None,
    )


def _judges(standing: Standing) -> bool:
    return bool(standing.may(Action.JUDGE_PRACTICE))


def _verdicts(row: Any, standing: Standing) -> tuple[Verdict, Verdict]:
    today = clock.today()
    return (
        may_judge(row.released_at is not None, row.mine, row.closes_on, today),
        may_compare(_judges(standing), row.mine, row.closes_on, today),
    )


def practice(provider: Provider, ref: str, person: Person, standing: Standing) -> PracticeRead:
    """Return a practice dossier as this person may see it. At most five queries.

    What others gave is there only when they may compare; NotFound for a draft of which they may not know.
    """
    row = _rows(provider, person, standing).filter(ref=ref).first()
    if row is None:
        raise NotFound
    judging, comparing = _verdicts(row, standing)
    given = _given(row, person, standing, everybody=bool(comparing))
    return PracticeRead(
        head=_head(row, standing),
        framework=framework_of(row.standard),
        units=tuple(row.units),
        pieces=tuple(PieceRead(p.ref, p.title, p.text) for p in row.pieces.all()),
        given=given,
        waiting_for=_waiting_for(row) if sees_names(standing) and row.released_at else (),
        judging=judging,
        comparing=comparing,
    )


def _given(row: Any, person: Person, standing: Standing, *, everybody: bool) -> dict[str, tuple[Given, ...]]:
    rows = PracticeJudgement.objects.filter(done__dossier=row).select_related("done__assessor")
    if not everybody:
        rows = rows.filter(done__assessor=person)
    found: defaultdict[str, list[Given]] = defaultdict(list)
    names = sees_names(standing)
    for one in rows:
        who = one.done.assessor
        shown = who.name if names or who.pk == person.pk else ""
        found[one.unit].append(Given(who.pk, shown, one.stage or None, tuple(one.evidence), one.why))
    return {unit: tuple(several) for unit, several in found.items()}


def _waiting_for(row: Any) -> tuple[str, ...]:
    """Return the names of assessors of the provider who have not finished, by name."""
    done = PracticeDone.objects.filter(dossier=row, assessor=OuterRef("person"))
    asked = Membership.objects.filter(provider=row.provider_id, role=Role.ASSESSOR, until=None)
    names = asked.filter(~Exists(done)).values_list("person__name", flat=True)
    return tuple(sorted(set(names)))


def rounds(provider: Provider, person: Person, standing: Standing) -> Rounds:
    """Return the judgements of the newest practice dossiers that somebody may compare.

    Two queries, and one per process for standards that were not read yet.
    """
    newest = _rows(provider, person, standing).filter(released_at__isnull=False).order_by("-closes_on", "-pk")
    rows = list(reversed(newest[:MOST_ROUNDS]))
    rows = [row for row in rows if _verdicts(row, standing)[1]]
    frameworks = frameworks_of({(row.standard_id, row.standard.sha256) for row in rows})
    names: dict[int, str] = {}
    votes: defaultdict[int, list[Vote]] = defaultdict(list)
    by_unit: defaultdict[tuple[str, str], list[Vote]] = defaultdict(list)
    unit_names: dict[tuple[str, str], Mapping[str, str]] = {}
    by_pk = {row.pk: row for row in rows}
    given = PracticeJudgement.objects.filter(done__dossier__in=by_pk).select_related("done__assessor")
    for one in given:
        row = by_pk[one.done.dossier_id]
        framework = frameworks[row.standard_id]
        vote = Vote(one.done.assessor_id, (row.pk, one.unit), rank_of(framework, one.stage))
        votes[row.pk].append(vote)
        key = (framework.id, one.unit)
        by_unit[key].append(vote)
        item = framework.by_code[one.unit]
        unit_names[key] = {"nl": item.name("nl"), "en": item.name("en")}
        if sees_names(standing) or one.done.assessor_id == person.pk:
            names[one.done.assessor_id] = one.done.assessor.name
    return Rounds(
        tuple(
            Round(row.ref, row.title, row.closes_on, tuple(votes[row.pk])) for row in rows if votes[row.pk]
        ),
        names,
        {key: tuple(several) for key, several in sorted(by_unit.items())},
        unit_names,
    )


def rank_of(framework: Framework, stage: str | None) -> int:
    """Return a stage as its place in the order of stages; 0 for *not shown*."""
    return framework.stage_by_code[stage].rank if stage else 0
