"""Reads about the outcome: as it stands while it is prepared, and as it was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from bekwaam.domain.assessment.decision import Missing, decide
from bekwaam.domain.assessment.findings import Finding
from bekwaam.domain.assessment.instruments import Session
from bekwaam.domain.assessment.rules import Outcome, Short
from bekwaam.services.assessment.findings import as_finding
from bekwaam.services.assessment.panel import open_disputes, panel_from
from bekwaam.services.assessment.sessions import as_session
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.services.procedures.team import Team, team
from bekwaam.services.procedures.working import way_of
from bekwaam.store.models import (
    DecisionRecord,
    FinalAgreement,
    FinalJudgement,
    HeldSession,
    Procedure,
    Snapshot,
    SnapshotItem,
)


@dataclass(frozen=True, slots=True)
class AgreedFinal:
    """One final judgement that is settled, with the advice that goes with it.

    ``disputed`` says that the assessors could not agree on it at first, ``third`` that a third judged it for
    that; ``against`` is how whoever did not agree sees it, where two of three settled it.
    """

    finding: Finding
    recommendation: str
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
class Issued:
    """The certificate as issued."""

    number: str
    language: str
    at: datetime


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

    @property
    def met(self) -> bool:
        """Tell whether the standard was met; never so while something is missing."""
        return self.decided.met if self.decided else not self.missing and self.outcome.met


def read_outcome(procedure: Procedure) -> OutcomeRead:
    """Return the outcome of a procedure. Five queries."""
    people = team(procedure)
    finals = agreed(procedure, people)
    sessions, newest = held_sessions(procedure)
    record = _record(procedure)
    certificate = getattr(record.procedure, "certificate", None) if record else None
    stages: Mapping[str, str | None]
    if record is None:
        outcome, missing, stages = _as_it_would_be(procedure, finals, sessions)
    else:
        outcome, missing, stages = outcome_from_plain(record.outcome), (), record.stages
    return OutcomeRead(
        outcome=outcome,
        missing=missing,
        stages=stages,
        finals=finals,
        sessions=sessions,
        newest=newest,
        pieces=piece_titles(procedure),
        team=people,
        decided=Decided(record.met, record.decided_at, record.decided_by.name) if record else None,
        issued=Issued(certificate.number, certificate.language, certificate.issued_at)
        if certificate
        else None,
    )


def read_missing(procedure: Procedure, people: Team) -> tuple[tuple[Missing, ...], tuple[Session, ...]]:
    """Return what blocks the decision, and the sessions held. Two queries."""
    sessions, _ = held_sessions(procedure)
    _, missing, _ = _as_it_would_be(procedure, agreed(procedure, people), sessions)
    return missing, sessions


def _as_it_would_be(
    procedure: Procedure, finals: Mapping[str, AgreedFinal], sessions: tuple[Session, ...]
) -> tuple[Outcome, tuple[Missing, ...], Mapping[str, str | None]]:
    decision = decide(
        framework_of(procedure.standard),
        procedure.scope,
        [final.finding for final in finals.values()],
        sessions,
        asked=way_of(procedure).asked,
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
    rows = DecisionRecord.objects.filter(procedure=procedure)
    return rows.select_related("decided_by", "procedure__certificate").first()


def agreed(procedure: Procedure, people: Team) -> dict[str, AgreedFinal]:
    """Return the final judgements that are settled among these people, by unit. One query at most."""
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
