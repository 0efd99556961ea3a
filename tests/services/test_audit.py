"""The audit chain over the real tables: going round the services is found out."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.db import connection, transaction

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.events import EVENT_NAMES, Event
from bekwaam.domain.procedures.scope import Purpose
from bekwaam.services import clock, ports
from bekwaam.services.accounts.people import register_person, take_role
from bekwaam.services.audit import (
    ContentFault,
    broken_contents,
    broken_files,
    entries_about,
    walk_chain,
)
from bekwaam.services.errors import Refused
from bekwaam.services.portfolio.evidence import add_evidence, change_evidence, remove_evidence
from bekwaam.services.portfolio.handing_in import give_back, hand_in
from bekwaam.services.procedures.assigning import unassign
from bekwaam.services.procedures.course import set_scope, withdraw
from bekwaam.store.audit import append
from bekwaam.store.models import (
    Assignment,
    AuditEntry,
    AuditOpening,
    Certificate,
    ChainHead,
    ConflictDeclaration,
    DecisionRecord,
    EvidenceTie,
    FinalAgreement,
    FinalJudgement,
    Judgement,
    Procedure,
    SnapshotItem,
    SnapshotTie,
)
from bekwaam.trust.chain import BreakKind
from tests.cast import Cast, Point, story

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def test_a_whole_procedure_leaves_a_whole_chain(cast: Cast) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    walked = walk_chain()
    assert walked.whole
    assert walked.length == AuditEntry.objects.count() > 30
    assert not list(broken_contents())
    codes = {entry.code for entry in entries_about(f"procedure:{procedure.ref}", limit=500)}
    assert {Event.CONSENT_GIVEN, Event.HANDED_IN, Event.JUDGED, Event.DECIDED, Event.ISSUED} <= codes


def test_every_event_has_a_name() -> None:
    assert set(EVENT_NAMES) == set(Event)


def test_the_chain_holds_no_personal_content(cast: Cast) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    everything = " ".join(AuditEntry.objects.values_list("payload", flat=True))
    for text in (
        cast.candidate.name,
        cast.candidate.email,
        cast.assessors[0].name,
        Judgement.objects.filter(procedure=procedure).first().why,  # type: ignore[union-attr]
        SnapshotItem.objects.first().title,  # type: ignore[union-attr]
    ):
        assert text and text not in everything


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "2020-01-01T00:00:00.000000+00:00"),
        ("actor", "person:somebodyelse"),
        ("code", "certificate.issued"),
        ("subject", "procedure:another"),
        ("payload", '{"met":true}'),
        ("payload", "no json any more"),
    ],
)
def test_a_direct_write_to_an_entry_is_found_at_that_entry(cast: Cast, column: str, value: str) -> None:
    cast.bring_to(Point.FILLED)
    AuditEntry.objects.filter(sequence=7).update(**{column: value})
    walked = walk_chain()
    assert (walked.broken_at, walked.kind) == (7, BreakKind.CONTENT)


def test_a_removed_entry_is_found(cast: Cast) -> None:
    cast.bring_to(Point.FILLED)
    AuditOpening.objects.filter(entry=5).delete()
    AuditEntry.objects.filter(sequence=5).delete()
    assert (walk_chain().broken_at, walk_chain().kind) == (5, BreakKind.SEQUENCE)


def test_entries_cut_off_at_the_end_are_found(cast: Cast) -> None:
    cast.bring_to(Point.FILLED)
    last = ChainHead.objects.get().sequence
    AuditOpening.objects.filter(entry=last).delete()
    AuditEntry.objects.filter(sequence=last).delete()
    assert (walk_chain().broken_at, walk_chain().kind) == (last, BreakKind.HEAD)


def test_a_judgement_changed_in_the_database_is_found(cast: Cast) -> None:
    procedure = cast.bring_to(Point.REVEALED)
    judgement = Judgement.objects.filter(procedure=procedure).first()
    assert judgement is not None
    Judgement.objects.filter(pk=judgement.pk).update(stage="vakvolwassen")
    assert walk_chain().whole
    (found,) = broken_contents()
    assert (found.table, found.row, found.fault) == ("Judgement", judgement.pk, ContentFault.CHANGED)


def test_a_final_judgement_and_a_snapshot_changed_in_the_database_are_found(cast: Cast) -> None:
    procedure = cast.bring_to(Point.AGREED)
    FinalJudgement.objects.filter(procedure=procedure, unit="1.1").update(why="anders")
    SnapshotItem.objects.filter(snapshot__procedure=procedure).update(content={"title": "anders"})
    assert {found.table for found in broken_contents()} == {"FinalJudgement", "SnapshotItem"}


def test_a_changed_or_missing_file_is_found(cast: Cast) -> None:
    cast.bring_to(Point.ISSUED)
    assert not list(broken_files())
    store = ports.files()
    procedure = Procedure.objects.get()
    key = procedure.certificate.file.key
    store.delete(key)
    assert [file.key for file in broken_files()] == [key]


def test_a_refused_service_writes_nothing(cast: Cast) -> None:
    procedure = cast.bring_to(Point.FILLED)
    before = AuditEntry.objects.count()
    with pytest.raises(Refused):
        withdraw(cast.outsider, procedure, "omdat het kan")
    assert AuditEntry.objects.count() == before


def test_an_entry_and_its_write_stand_or_fall_together(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: object, **named: object) -> None:
        raise RuntimeError("disk full")

    procedure = cast.bring_to(Point.FILLED)
    monkeypatch.setattr("bekwaam.services.procedures.course.append", fails)
    with pytest.raises(RuntimeError):
        withdraw(cast.candidate, procedure, "ik stop")
    assert Procedure.objects.get(pk=procedure.pk).state == procedure.state


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError):
        append(Event.STEP_TAKEN, actor=None, subject="x", now=clock.now())


def test_the_command_says_whole_or_names_the_first_broken_link(cast: Cast) -> None:
    from bekwaam.cli.audit import audit

    cast.bring_to(Point.HALF_JUDGED)
    run = CliRunner().invoke(audit, ["check", "--lang", "en"])
    assert run.exit_code == 0, run.output
    assert "The chain is whole" in run.output
    AuditEntry.objects.filter(sequence=9).update(actor="person:x")
    Judgement.objects.update(why="anders")
    run = CliRunner().invoke(audit, ["check", "--lang", "en"])
    assert run.exit_code == 1
    assert "Broken at entry 9" in run.output
    assert "Judgement" in run.output


def test_time_can_be_set_and_goes_on_after(cast: Cast) -> None:
    past = clock.now() - timedelta(days=30)
    with clock.at(past):
        register_person(cast.coordinator, cast.provider, "nieuw@example.org", "Nieuw")
        assert clock.now() == past
    assert clock.now() > past
    assert AuditEntry.objects.last().at == past.isoformat(timespec="microseconds")  # type: ignore[union-attr]


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_queue_and_the_chain_stays_whole() -> None:
    errors: list[Exception] = []

    def write(number: int) -> None:
        try:
            for turn in range(5):
                with transaction.atomic():
                    append(
                        Event.STEP_TAKEN,
                        actor=None,
                        subject=f"thread:{number}",
                        now=clock.now(),
                        payload={"turn": turn},
                    )
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    walked = walk_chain()
    assert walked.whole and walked.length == 30


def _faults() -> set[tuple[str, ContentFault]]:
    return {(found.table, found.fault) for found in broken_contents()}


ROUND_THE_SERVICES: dict[str, Callable[[Cast, Procedure], object]] = {
    "Judgement": lambda cast, p: p.judgements.filter(assessor=cast.assessors[0]).update(
        assessor=cast.assessors[2]
    ),
    "FinalJudgement": lambda cast, p: p.finaljudgements.update(proposed_by=cast.assessors[2]),
    "FinalAgreement": lambda cast, p: FinalAgreement.objects.filter(assessor=cast.assessors[1]).update(
        assessor=cast.assessors[2]
    ),
    "JudgingFinished": lambda cast, p: p.finished.filter(assessor=cast.assessors[1]).update(
        assessor=cast.assessors[2]
    ),
    "Assignment": lambda cast, p: p.assignments.filter(person=cast.guide).update(role=Role.ASSESSOR),
    "ConflictDeclaration": lambda cast, p: ConflictDeclaration.objects.update(conflict=True),
    "Membership": lambda cast, p: cast.guide.memberships.update(role=Role.COORDINATOR),
    "Procedure": lambda cast, p: Procedure.objects.update(state="judging"),
    "Consent": lambda cast, p: p.consents.update(withdrawn_at=clock.now()),
    "DecisionRecord": lambda cast, p: DecisionRecord.objects.update(decided_by=cast.auditor),
    "Certificate": lambda cast, p: Certificate.objects.update(issued_by=cast.auditor),
    "SnapshotItem": lambda cast, p: SnapshotTie.objects.update(why="iets anders"),
    "Evidence": lambda cast, p: EvidenceTie.objects.update(why="iets anders"),
    "HeldSession": lambda cast, p: p.sessions.update(recorded_by=cast.auditor),
}


@pytest.mark.parametrize("table", ROUND_THE_SERVICES)
def test_whose_it_is_and_what_it_belongs_to_cannot_be_changed_unseen(cast: Cast, table: str) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    assert not _faults()
    ROUND_THE_SERVICES[table](cast, procedure)
    assert _faults() == {(table, ContentFault.CHANGED)}


def test_a_row_that_no_service_wrote_is_found(cast: Cast) -> None:
    procedure = cast.bring_to(Point.REVEALED)
    Assignment.objects.create(
        procedure=procedure, person=cast.assessors[2], role=Role.ASSESSOR, since=clock.now()
    )
    assert _faults() == {("Assignment", ContentFault.NO_ENTRY)}


def test_throwing_away_what_opens_a_commitment_hides_nothing(cast: Cast) -> None:
    procedure = cast.bring_to(Point.REVEALED)
    judgement = Judgement.objects.filter(procedure=procedure).first()
    assert judgement is not None
    AuditOpening.objects.filter(table="Judgement", row=judgement.pk).delete()
    assert _faults() == {("Judgement", ContentFault.NO_ENTRY), ("Judgement", ContentFault.NOT_OPENED)}
    Judgement.objects.filter(pk=judgement.pk).delete()
    assert _faults() == {("Judgement", ContentFault.NOT_OPENED)}


def test_what_people_may_change_and_erase_raises_no_alarm(cast: Cast) -> None:
    procedure = cast.bring_to(Point.FILLED)
    piece = procedure.dossier_items.get().evidence
    for title in ("Beter", "Nog beter"):
        change_evidence(cast.candidate, procedure, piece.ref, story(title, ["1.1"]))
    other = add_evidence(cast.candidate, procedure, story("Nog een", ["1.2"]))
    change_evidence(cast.candidate, procedure, other.ref, story("Nog een, anders"))
    hand_in(cast.candidate, procedure)
    give_back(cast.coordinator, procedure, "Vul nog iets aan.")
    remove_evidence(cast.candidate, procedure, piece.ref)
    unassign(cast.coordinator, procedure, cast.assessors[1])
    take_role(cast.coordinator, cast.provider, cast.assessors[2], Role.ASSESSOR)
    set_scope(cast.coordinator, procedure, purpose=Purpose.TRANSFER, other_stages=True, life_domains=["L1"])
    withdraw(cast.candidate, procedure, "Ik stop.")
    assert walk_chain().whole
    assert not list(broken_contents())


@pytest.mark.parametrize("payload", ['{"commitments":[5,{"table":"Judgement"}]}', '{"n":NaN}', "5", "[]"])
def test_whatever_stands_in_an_entry_the_command_names_it(cast: Cast, payload: str) -> None:
    from bekwaam.cli.audit import audit

    cast.bring_to(Point.FILLED)
    AuditEntry.objects.filter(sequence=7).update(payload=payload)
    AuditOpening.objects.filter(entry=8).update(salt="geen zout")
    AuditOpening.objects.filter(entry=9).update(table="Onbekend")
    run = CliRunner().invoke(audit, ["check", "--lang", "en"])
    assert run.exit_code == 1 and isinstance(run.exception, SystemExit)
    assert "Broken at entry 7" in run.output
