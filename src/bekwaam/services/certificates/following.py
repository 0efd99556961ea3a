"""Starting a procedure that follows a decided one and judges part of it anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bekwaam.domain.assessment.carrying import Carried, EarlierPiece, EarlierSession
from bekwaam.domain.certificates.facts import (
    Corrections,
    Place,
    Spot,
    corrected_finding,
    corrected_session,
)
from bekwaam.domain.events import Event
from bekwaam.domain.procedures.following import Why
from bekwaam.domain.procedures.states import State
from bekwaam.domain.procedures.terms import last_day
from bekwaam.services import clock
from bekwaam.services.certificates.carrying import origin_of, write_carried
from bekwaam.services.certificates.facts_reads import corrections_in, read_requests
from bekwaam.services.certificates.reads import AgreedFinal, agreed, held_sessions
from bekwaam.services.procedures.numbering import next_number
from bekwaam.services.procedures.team import team
from bekwaam.services.procedures.working import way_of
from bekwaam.store.audit import append
from bekwaam.store.models import DecisionRecord, Person, Procedure, SnapshotItem


def start_following(
    actor: Person,
    earlier: Procedure,
    *,
    why: Why,
    units: Sequence[str],
    state: State,
    objection: str = "",
) -> Procedure:
    """Start a procedure that judges ``units`` anew and takes over everything else that was found.

    Inside the caller's transaction, which holds the locks of the provider and of ``earlier``.
    """
    now = clock.now()
    procedure = Procedure.objects.create(
        provider=earlier.provider,
        number=next_number(earlier.provider),
        candidate=earlier.candidate,
        standard=earlier.standard,
        state=state.value,
        state_since=now,
        due_on=last_day(state, now, way_of(earlier).all_terms),
        purpose=earlier.purpose,
        other_stages=earlier.other_stages,
        life_domains=earlier.life_domains,
        working=earlier.working,
        started_at=now,
        follows=earlier,
        first_id=earlier.first_id or earlier.pk,
        why=why.value,
        units=list(units),
        objection=objection,
    )
    carried = write_carried(procedure, earlier, found_in(earlier))
    _append_started(actor, procedure, earlier, carried)
    append(
        Event.FOLLOWED_UP,
        actor=actor,
        subject=f"procedure:{earlier.ref}",
        now=now,
        payload={
            "procedure": procedure.ref,
            "number": procedure.number,
            "why": why.value,
            "units": procedure.units,
        },
    )
    return procedure


def _append_started(actor: Person, procedure: Procedure, earlier: Procedure, carried: list[Any]) -> None:
    append(
        Event.PROCEDURE_STARTED,
        actor=actor,
        subject=f"procedure:{procedure.ref}",
        now=procedure.started_at,
        payload={
            "provider": procedure.provider.ref,
            "candidate": procedure.candidate.ref,
            "standard": procedure.standard.identifier,
            "version": procedure.standard.version,
            "sha256": procedure.standard.sha256,
            "settings": procedure.working.ref if procedure.working else None,
            "purpose": procedure.purpose,
            "other_stages": procedure.other_stages,
            "life_domains": procedure.life_domains,
            "follows": earlier.ref,
            "why": procedure.why,
            "units": procedure.units,
        },
        content=[procedure, *carried],
    )


def found_in(procedure: Procedure) -> list[Carried]:
    """Return every finding that an outcome rests on, as it was corrected, with where it comes from.

    Seven queries.
    """
    finals = agreed(procedure, team(procedure))
    corrections = corrections_in(read_requests(procedure))
    origin, pieces = origin_of(procedure), _pieces(procedure, corrections)
    sessions, newest = held_sessions(procedure)
    sessions = tuple(corrected_session(session, corrections) for session in sessions)
    held = tuple(EarlierSession(s.ref, s.kind, s.held_on) for s in sessions if s.held_on)

    def carry(final: AgreedFinal) -> Carried:
        if final.carried is not None:
            return final.carried
        named = tuple(dict.fromkeys(newest.get(ref, ref) for ref in final.finding.evidence))
        return Carried(
            finding=replace(corrected_finding(final.finding, corrections), evidence=named),
            origin=origin,
            recommendation=final.recommendation,
            pieces=tuple(pieces[ref] for ref in named if ref in pieces),
            sessions=tuple(one for one in held if one.kind in final.finding.instruments),
        )

    return [carry(final) for final in finals.values()]


def _pieces(procedure: Procedure, corrections: Corrections) -> dict[str, EarlierPiece]:
    judged = DecisionRecord.objects.filter(procedure=procedure).values("snapshot")
    rows = SnapshotItem.objects.filter(snapshot__in=judged).values_list("ref", "title", "kind", "content")
    return {
        ref: EarlierPiece(
            ref,
            corrections.get(Spot(Place.PIECE_TITLE, ref), title),
            kind,
            _day(corrections.get(Spot(Place.PIECE_DAY, ref)) or content.get("dated_on")),
        )
        for ref, title, kind, content in rows
    }


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
