"""Handling an objection: not taking it up, having it judged by others, and answering it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import prefetch_related_objects

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.events import Event
from bekwaam.domain.objections.filing import check_answer
from bekwaam.domain.objections.outcome import GIVES_CERTIFICATE, Answer, Comparison
from bekwaam.domain.procedures.following import Why
from bekwaam.domain.procedures.states import Need, State, Step
from bekwaam.domain.verdict import refused
from bekwaam.services import clock
from bekwaam.services.accounts.independence import is_involved
from bekwaam.services.accounts.standing import insist_at_procedure, lock, lock_provider
from bekwaam.services.certificates.following import start_following
from bekwaam.services.certificates.issuing import Prepared, forget, prepare, record
from bekwaam.services.errors import Invalid, Refused
from bekwaam.services.objections.comparing import comparison_of
from bekwaam.services.procedures.letters import tell_answered, tell_rejudging
from bekwaam.services.procedures.objecting import end_objection, open_objection, rejudging_of
from bekwaam.services.procedures.steps import take_step
from bekwaam.services.signs.counting import count_dossier
from bekwaam.store.audit import append
from bekwaam.store.models import (
    DecisionRecord,
    Objection,
    ObjectionAnswer,
    Person,
    Procedure,
    Snapshot,
    SnapshotItem,
    SnapshotTie,
)
from bekwaam.wording import N_


@transaction.atomic
def not_take_up(actor: Person, procedure: Procedure, text: str) -> ObjectionAnswer:
    """End an objection on formal grounds, with the reason; the outcome stays, and nothing is judged again.

    Raises Invalid without a reason, and Refused once others judge it.
    """
    procedure = lock(procedure)
    insist_at_procedure(Action.ANSWER_OBJECTION, actor, procedure)
    objection = open_objection(procedure)
    _insist_not_begun(objection)
    faults = check_answer(text)
    if faults:
        raise Invalid(faults)
    answer = end_objection(
        actor, procedure, objection, Answer.NOT_TAKEN_UP, text, alone=is_involved(procedure, actor)
    )
    take_step(actor, procedure, Step.NOT_TAKE_UP, frozenset({Need.REASON}))
    tell_answered(procedure)
    return answer


def _insist_not_begun(objection: Objection) -> None:
    if rejudging_of(objection) is not None:
        raise Refused(refused("being_judged", N_("This objection is being judged by others already.")))


@transaction.atomic
def take_up(actor: Person, procedure: Procedure) -> Procedure:
    """Let people who were not involved judge anew what was objected to; return the procedure for it.

    It begins with the judging, on the portfolio as it was handed in: nothing can be added or left out.
    """
    lock_provider(procedure.provider)
    procedure = lock(procedure)
    insist_at_procedure(Action.TAKE_UP_OBJECTION, actor, procedure)
    objection = open_objection(procedure)
    _insist_not_begun(objection)
    again = start_following(
        actor,
        procedure,
        why=Why.OBJECTION,
        units=objection.units,
        state=State.JUDGING,
        objection=objection.ref,
    )
    count_dossier(_copy_portfolio(actor, procedure, again))
    tell_rejudging(procedure)
    return again


def _copy_portfolio(actor: Person, earlier: Procedure, procedure: Procedure) -> Snapshot:
    """Copy what was judged: the same manifest, so the same hash over all of it."""
    judged = DecisionRecord.objects.select_related("snapshot").get(procedure=earlier).snapshot
    now = clock.now()
    snapshot = Snapshot.objects.create(
        procedure=procedure, number=1, manifest=judged.manifest, sha256=judged.sha256, handed_in_at=now
    )
    old = list(judged.items.select_related("file").prefetch_related("ties"))
    items = SnapshotItem.objects.bulk_create(
        SnapshotItem(
            snapshot=snapshot,
            position=item.position,
            ref=item.ref,
            kind=item.kind,
            title=item.title,
            content=item.content,
            content_sha256=item.content_sha256,
            file=item.file,
        )
        for item in old
    )
    SnapshotTie.objects.bulk_create(
        SnapshotTie(item=item, code=tie.code, why=tie.why)
        for item, before in zip(items, old, strict=True)
        for tie in before.ties.all()
    )
    prefetch_related_objects(items, "ties")
    append(
        Event.PORTFOLIO_COPIED,
        actor=actor,
        subject=f"procedure:{procedure.ref}",
        now=now,
        payload={"snapshot": snapshot.ref, "sha256": snapshot.sha256, "from": judged.ref},
        content=[snapshot, *items],
    )
    return snapshot


def answer(actor: Person, procedure: Procedure, text: str, language: str) -> ObjectionAnswer:
    """Answer an objection that others judged. Whether it is upheld was worked out; the text is one's own.

    Upheld, wholly or partly: a certificate in ``language`` is issued that takes the place of the earlier
    one. Not upheld: nothing changes. Raises Refused before the others decided, Invalid without a text.
    """
    with transaction.atomic():
        procedure = lock(procedure)
    insist_at_procedure(Action.ANSWER_OBJECTION, actor, procedure)
    again, comparison = _decided(open_objection(procedure))
    faults = check_answer(text)
    if faults:
        raise Invalid(faults)
    if comparison.answer not in GIVES_CERTIFICATE:
        return _record_answer(actor, procedure, again, comparison, text, None)
    prepared = prepare(again, language, comparison.answer)
    try:
        return _record_answer(actor, procedure, again, comparison, text, prepared)
    except BaseException:
        forget(prepared)
        raise


def _decided(objection: Objection) -> tuple[Procedure, Comparison]:
    again = rejudging_of(objection)
    comparison = comparison_of(again) if again else None
    if again is None or comparison is None:
        message = N_("You can answer once people who were not involved have judged and decided again.")
        raise Refused(refused("needs_decided", message))
    return again, comparison


@transaction.atomic
def _record_answer(
    actor: Person,
    procedure: Procedure,
    again: Procedure,
    comparison: Comparison,
    text: str,
    prepared: Prepared | None,
) -> ObjectionAnswer:
    procedure = lock(procedure)
    insist_at_procedure(Action.ANSWER_OBJECTION, actor, procedure)
    objection, again = open_objection(procedure), lock(again)
    if State(again.state) is not State.DECIDING:  # taken back while the paper was made
        _decided(objection)
    alone = is_involved(procedure, actor)
    row = end_objection(
        actor, procedure, objection, comparison.answer, text, comparison=comparison, alone=alone
    )
    holds = frozenset({Need.DECIDED, Need.REASON})
    if prepared is None:
        take_step(actor, again, Step.CONFIRM, holds)
        take_step(actor, procedure, Step.DISMISS, holds)
    else:
        record(actor, again, prepared)
        take_step(actor, procedure, Step.UPHOLD, holds)
    tell_answered(procedure)
    return row
