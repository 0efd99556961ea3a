"""Reads about the outcome: as it stands while it is prepared, and as it was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from bekwaam.domain.assessment.carrying import Carried, standing
from bekwaam.domain.assessment.decision import Missing, decide
from bekwaam.domain.assessment.findings import Finding
from bekwaam.domain.assessment.instruments import Session
from bekwaam.domain.assessment.rules import Outcome, Short
from bekwaam.domain.certificates.facts import (
    Corrections,
    Place,
    Spot,
    corrected_finding,
    corrected_session,
)
from bekwaam.domain.certificates.status import Change, ChangeReason, Status, status_after
from bekwaam.domain.procedures.scope import judged_units
from bekwaam.services.assessment.findings import as_finding
from bekwaam.services.assessment.panel import open_disputes, panel_from
from bekwaam.services.assessment.sessions import as_session
from bekwaam.services.certificates.carrying import carried_into
from bekwaam.services.certificates.facts_reads import FactsRead, facts_read, read_with_corrections
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.services.procedures.team import Team, team
from bekwaam.services.procedures.working import way_of
from bekwaam.store.models import (
    Certificate,
    DecisionRecord,
    FactsConfirmed,
    FinalAgreement,
    FinalJudgement,
    HeldSession,
    Procedure,
    Snapshot,
    SnapshotItem,
    StatusChange,
)


@dataclass(frozen=True, slots=True)
class AgreedFinal:
    """One final judgement that is settled, with the advice that goes with it.

    ``carried`` says from where it was taken over; ``lower`` that it was judged anew as well, and lower.
    ``disputed`` says that the assessors could not agree on it at first, ``third`` that a third judged it for
    that; ``against`` is how whoever did not agree sees it, where two of three settled it.
    """

    finding: Finding
    recommendation: str
    carried: Carried | None = None
    lower: bool = False
    disputed: bool = False
    third: bool = False
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """That the outcome was fixed, when and by whom."""

    met: bool
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Successor:
    """The certificate that took the place of another one, and the procedure that it is of."""

    number: str
    at: datetime
    procedure: str


@dataclass(frozen=True, slots=True)
class Issued:
    """The certificate as issued; what it took the place of (a number), and what took its place.

    ``standing`` is how it stands, ``changed_at`` and ``reason`` since when and why where that was changed.
    """

    number: str
    language: str
    at: datetime
    supersedes: str = ""
    successor: Successor | None = None
    standing: Status = Status.GOOD
    changed_at: datetime | None = None
    reason: ChangeReason | None = None


@dataclass(frozen=True, slots=True)
class Finals:
    """The final judgements made in a procedure, and what it took over of an earlier one, by unit."""

    own: Mapping[str, AgreedFinal]
    earlier: Mapping[str, Carried]

    def standing(self, procedure: Procedure) -> dict[str, AgreedFinal]:
        """Return what stands per unit (:mod:`bekwaam.domain.assessment.carrying`)."""
        if not self.earlier:
            return dict(self.own)
        framework = framework_of(procedure.standard)
        stands = standing(
            framework,
            judged_units(framework, procedure.scope),
            {unit: final.finding for unit, final in self.own.items()},
            {unit: carried.finding for unit, carried in self.earlier.items()},
        )
        return {unit: self._final(unit, finding) for unit, finding in stands.items()}

    def _final(self, unit: str, finding: Finding) -> AgreedFinal:
        own, earlier = self.own.get(unit), self.earlier.get(unit)
        if earlier is not None and finding is earlier.finding:
            return AgreedFinal(finding, earlier.recommendation, earlier, lower=own is not None)
        return self.own[unit]


@dataclass(frozen=True, slots=True)
class OutcomeRead:
    """The outcome of a procedure with all that explains it.

    While ``decided`` is None, ``outcome`` is what the rule says of the final judgements so far and
    ``missing`` what still blocks the decision. ``pieces`` gives titles of evidence by reference, and
    ``newest`` the last correction of every session, so that what a finding rests on can be named.
    """

    outcome: Outcome
    missing: tuple[Missing, ...]
    stages: Mapping[str, str | None]
    finals: Mapping[str, AgreedFinal]
    sessions: tuple[Session, ...]
    newest: Mapping[str, str]
    pieces: Mapping[str, str]
    team: Team
    decided: Decided | None
    issued: Issued | None
    facts: FactsRead | None = None

    @property
    def met(self) -> bool:
        """Tell whether the standard was met; never so while something is missing."""
        return self.decided.met if self.decided else not self.missing and self.outcome.met


def read_outcome(procedure: Procedure) -> OutcomeRead:
    """Return the outcome of a procedure, with the facts as they were corrected.

    Six queries at most, and one more where it follows another one.
    """
    people = team(procedure)
    finals = finals_of(procedure, people)
    sessions, newest = held_sessions(procedure)
    # Known of a procedure that was just found: then nothing is looked for that is not there.
    record = _record(procedure) if getattr(procedure, "is_decided", True) else None
    certificate = getattr(record.procedure, "certificate", None) if record else None
    stages: Mapping[str, str | None]
    requests, corrections = read_with_corrections(procedure) if record else ((), {})
    if record is None:
        outcome, missing, stages = _as_it_would_be(procedure, finals, sessions)
    else:
        outcome, missing, stages = outcome_from_plain(record.outcome), (), record.stages
    return OutcomeRead(
        outcome=outcome,
        missing=missing,
        stages=stages,
        finals={unit: _corrected(final, corrections) for unit, final in finals.standing(procedure).items()},
        sessions=tuple(corrected_session(session, corrections) for session in sessions),
        newest=newest,
        pieces={
            ref: corrections.get(Spot(Place.PIECE_TITLE, ref), title)
            for ref, title in piece_titles(procedure).items()
        },
        team=people,
        decided=Decided(record.met, record.decided_at, record.decided_by.name) if record else None,
        issued=_issued(certificate, record) if certificate else None,
        facts=facts_read(procedure, record.decided_at, requests, _confirmed(record)) if record else None,
    )


def _corrected(final: AgreedFinal, corrections: Corrections) -> AgreedFinal:
    return replace(final, finding=corrected_finding(final.finding, corrections))


def read_missing(procedure: Procedure, people: Team) -> tuple[tuple[Missing, ...], tuple[Session, ...]]:
    """Return what blocks the decision, and the sessions held. Two queries, three where it follows one."""
    sessions, _ = held_sessions(procedure)
    finals = finals_of(procedure, people)
    _, missing, _ = _as_it_would_be(procedure, finals, sessions)
    return missing, sessions


def _issued(certificate: Certificate, record: Any) -> Issued:
    return Issued(
        number=certificate.number,
        language=certificate.language,
        at=certificate.issued_at,
        supersedes=certificate.supersedes,
        successor=Successor(record.next_number, record.next_at, record.next_ref)
        if record.next_number
        else None,
        standing=status_after([Change(record.change)] if record.change else ()),
        changed_at=record.changed_at,
        reason=ChangeReason(record.reason) if record.reason else None,
    )


def _as_it_would_be(
    procedure: Procedure, finals: Finals, sessions: tuple[Session, ...]
) -> tuple[Outcome, tuple[Missing, ...], Mapping[str, str | None]]:
    decision = decide(
        framework_of(procedure.standard),
        procedure.scope,
        [final.finding for final in finals.own.values()],
        sessions,
        asked=way_of(procedure).asked,
        earlier=[carried.finding for carried in finals.earlier.values()],
    )
    return decision.outcome, decision.missing, decision.stages


def held_sessions(procedure: Procedure) -> tuple[tuple[Session, ...], dict[str, str]]:
    """Return the sessions that stand, and for every one ever recorded its last correction. One query."""
    rows = list(HeldSession.objects.filter(procedure=procedure).select_related("replaces").order_by("-pk"))
    newest: dict[str, str] = {}
    for row in rows:
        last = newest.setdefault(row.ref, row.ref)
        if row.replaces:
            newest[row.replaces.ref] = last
    standing = sorted(
        (row for row in rows if newest[row.ref] == row.ref), key=lambda row: (row.held_on, row.pk)
    )
    return tuple(as_session(row) for row in standing), newest


def _record(procedure: Procedure) -> DecisionRecord | None:
    after = Certificate.objects.exclude(supersedes="").filter(
        supersedes=OuterRef("procedure__certificate__number")
    )
    changes = StatusChange.objects.filter(certificate__procedure=OuterRef("procedure"))
    last = changes.order_by("-at", "-pk")
    rows = DecisionRecord.objects.filter(procedure=procedure).annotate(
        change=Subquery(last.values("change")[:1]),
        changed_at=Subquery(last.values("at")[:1]),
        reason=Subquery(last.values("reason")[:1]),
        next_number=Subquery(after.values("number")[:1]),
        next_at=Subquery(after.values("issued_at")[:1]),
        next_ref=Subquery(after.values("procedure__ref")[:1]),
    )
    return rows.select_related("decided_by", "procedure__certificate", "procedure__facts_confirmed").first()


def _confirmed(record: DecisionRecord) -> FactsConfirmed | None:
    return getattr(record.procedure, "facts_confirmed", None)


def agreed(procedure: Procedure, people: Team) -> dict[str, AgreedFinal]:
    """Return the final judgement that stands per unit, taken over or settled among these people.

    One query, two where it follows another procedure.
    """
    return finals_of(procedure, people).standing(procedure)


def finals_of(procedure: Procedure, people: Team) -> Finals:
    """Return what is settled among these people, and what was taken over. At most one query, or two."""
    return Finals(_own_finals(procedure, people), carried_into(procedure))


def _own_finals(procedure: Procedure, people: Team) -> dict[str, AgreedFinal]:
    judges = sum(not worker.third for worker in people.assessors)
    if judges < max(1, way_of(procedure).assessors):
        return {}
    here = open_disputes(OuterRef("final__snapshot")).filter(unit=OuterRef("final__unit"))
    words: QuerySet[Any, Any] = FinalAgreement.objects.filter(
        final__procedure=procedure, final__replaced_by=None, final__snapshot=Subquery(_latest(procedure))
    ).annotate(disputed=Exists(here))
    by_final: dict[FinalJudgement, list[Any]] = {}
    for word in words.select_related("final").order_by("final", "agreed_at", "pk"):
        by_final.setdefault(word.final, []).append(word)
    disputed = {final.unit for final, said in by_final.items() if said[0].disputed}
    panel = panel_from(people, way_of(procedure).assessors, disputed)
    found = {}
    for final, said in by_final.items():
        yes, no = ([w.assessor_id for w in said if w.against is against] for against in (False, True))
        if panel.settled(final.unit, yes, no):
            found[final.unit] = AgreedFinal(
                as_finding(final),
                final.recommendation,
                disputed=final.unit in disputed,
                third=final.unit in disputed and bool(panel.third),
                against=tuple(w.dissent for w in said if w.against and w.assessor_id in panel.of(final.unit)),
            )
    return found


def _latest(procedure: Procedure) -> QuerySet[Snapshot, Any]:
    return Snapshot.objects.filter(procedure=procedure).order_by("-number").values("pk")[:1]


def piece_titles(procedure: Procedure) -> dict[str, str]:
    """Return the titles of what was handed in last, by reference. One query."""
    rows = SnapshotItem.objects.filter(snapshot=Subquery(_latest(procedure)))
    return dict(rows.values_list("ref", "title"))


def outcome_from_plain(plain: Mapping[str, Any]) -> Outcome:
    """Return an outcome as it was stored (:func:`bekwaam.services.certificates.deciding.plain`)."""
    values: dict[str, Any] = dict(plain)
    parts: Sequence[Mapping[str, Any]] = values.pop("parts")
    short: Sequence[Mapping[str, Any]] = values.pop("short")
    return Outcome(
        **{**values, "units": tuple(values["units"])},
        short=tuple(Short(**entry) for entry in short),
        parts=tuple(outcome_from_plain(part) for part in parts),
    )
