"""Erasing is no way round the audit check: only an entry of the chain tells erased from taken away."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import transaction

from bekwaam.domain.events import ERASING, Event
from bekwaam.services import clock
from bekwaam.services.audit import ContentFault, broken_contents, walk_chain
from bekwaam.store.audit import append
from bekwaam.store.models import (
    AuditEntry,
    AuditOpening,
    ChainHead,
    FinalAgreement,
    FinalJudgement,
    Judgement,
    KeptDossier,
    Person,
)
from bekwaam.trust.canonical import canonical_json
from bekwaam.trust.chain import BreakKind, link_hash
from tests.cast import Cast, Point
from tests.services.erasing.people import erase

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def _check() -> Any:
    from bekwaam.cli.audit import audit

    return CliRunner().invoke(audit, ["check", "--lang", "nl"])


def _take_away(judgement: Judgement, *, with_salt: bool) -> None:
    if with_salt:
        AuditOpening.objects.filter(table="Judgement", row=judgement.pk).delete()
    judgement.delete()


@pytest.fixture
def judgement(cast: Cast) -> Judgement:
    cast.bring_to(Point.HALF_JUDGED)
    found = Judgement.objects.first()
    assert found is not None
    return found


def test_after_erasing_the_check_is_whole_and_counts_what_went(cast: Cast) -> None:
    cast.bring_to(Point.REVEALED)
    before = _check()
    assert before.exit_code == 0 and "gewist" not in before.output
    erase(cast.candidate)
    after = _check()
    assert after.exit_code == 0
    assert "regels gaan over gegevens die later" in after.output


@pytest.mark.parametrize(
    ("with_salt", "fault"), [(False, ContentFault.GONE), (True, ContentFault.NOT_OPENED)]
)
def test_a_row_taken_away_in_the_database_is_found(
    judgement: Judgement, with_salt: bool, fault: ContentFault
) -> None:
    pk = judgement.pk
    _take_away(judgement, with_salt=with_salt)
    (found,) = broken_contents()
    assert (found.table, found.row, found.fault) == ("Judgement", pk, fault)
    assert _check().exit_code == 1


def test_it_is_still_found_after_somebody_else_was_erased(cast: Cast, judgement: Judgement) -> None:
    pk = judgement.pk
    _take_away(judgement, with_salt=True)
    erase(cast.assessors[2])
    assert [(found.table, found.row) for found in broken_contents()] == [("Judgement", pk)]


def test_a_mark_written_into_an_entry_breaks_the_chain_there(cast: Cast, judgement: Judgement) -> None:
    mark = {"table": "Judgement", "row": judgement.pk}
    _take_away(judgement, with_salt=True)
    erase(cast.assessors[2])
    entry = AuditEntry.objects.get(code=Event.ACCOUNT_ERASED)
    payload = {**json.loads(entry.payload), "erased": [mark]}
    AuditEntry.objects.filter(pk=entry.pk).update(payload=canonical_json(payload).decode())
    assert not list(broken_contents())  # so it looks well
    assert (walk_chain().broken_at, walk_chain().kind) == (entry.sequence, BreakKind.CONTENT)
    assert _check().exit_code == 1


def _forge(code: str, mark: dict[str, Any], sequence: int) -> None:
    """Put an entry in the chain as somebody would who knows how hashes are made."""
    previous = AuditEntry.objects.get(sequence=sequence - 1)
    values = {
        "sequence": sequence,
        "at": previous.at,
        "actor": "system",
        "code": code,
        "subject": previous.subject,
        "previous": previous.hash,
    }
    payload = {"erased": [mark]}
    hashed = link_hash(**values, payload=payload)  # type: ignore[arg-type]
    AuditEntry.objects.create(**values, payload=canonical_json(payload).decode(), hash=hashed)
    ChainHead.objects.update(sequence=sequence, hash=hashed)


def test_a_mark_in_an_entry_of_another_event_is_not_believed(judgement: Judgement) -> None:
    mark = {"table": "Judgement", "row": judgement.pk}
    _take_away(judgement, with_salt=True)
    _forge(Event.USUAL_SET, mark, ChainHead.objects.get().sequence + 1)
    assert walk_chain().whole
    assert [(found.row, found.fault) for found in broken_contents()] == [
        (mark["row"], ContentFault.NOT_OPENED)
    ]


def test_a_mark_from_before_the_commitment_is_not_believed(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    head = ChainHead.objects.get()
    cast.bring_on(procedure, Point.HALF_JUDGED, since=Point.DECLARED)
    judgement = Judgement.objects.earliest("pk")
    pk = judgement.pk
    _rewind_and_forge(head.sequence, {"table": "Judgement", "row": pk})
    _take_away(judgement, with_salt=True)
    assert [(found.row, found.fault) for found in broken_contents()] == [(pk, ContentFault.NOT_OPENED)]


def _rewind_and_forge(sequence: int, mark: dict[str, Any]) -> None:
    """Let an entry from before say that a row to come was erased; its hash plays no part here."""
    entry = AuditEntry.objects.get(sequence=sequence)
    entry.code = Event.ACCOUNT_ERASED.value
    entry.payload = canonical_json({**json.loads(entry.payload), "erased": [mark]}).decode()
    entry.save()


def test_a_row_that_no_entry_vouches_for_is_found(cast: Cast, judgement: Judgement) -> None:
    procedure = judgement.procedure_id
    erase(cast.candidate)
    KeptDossier.objects.create(procedure_id=procedure, until=clock.today(), erased_at=clock.now())
    (found,) = broken_contents()
    assert (found.table, found.fault) == ("KeptDossier", ContentFault.NO_ENTRY)


def test_no_other_event_may_say_that_rows_were_erased(cast: Cast) -> None:
    for event in set(Event) - ERASING:
        with pytest.raises(ValueError, match="nothing is erased"), transaction.atomic():
            append(event, actor=None, subject="x:y", now=clock.now(), payload={"erased": []})


def test_going_round_the_service_is_found_for_a_whole_person(cast: Cast) -> None:
    cast.bring_to(Point.AGREED)
    FinalAgreement.objects.all().delete()
    FinalJudgement.objects.all().delete()
    Person.objects.filter(pk=cast.candidate.pk).update(name="", email="weg@example.org")
    assert {found.fault for found in broken_contents()} == {ContentFault.GONE}
    assert _check().exit_code == 1
