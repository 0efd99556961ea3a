"""One dossier of a sample: findings that stay, and whether all that the chain says of it holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.assessment.findings import InstrumentKind
from bekwaam.domain.assessment.planning import Plan
from bekwaam.services import clock
from bekwaam.services.assessment.planning import cancel_session, plan_session
from bekwaam.services.audit import broken_contents
from bekwaam.services.auditing import proofs
from bekwaam.services.auditing.notes import write_note
from bekwaam.services.auditing.planned import planned_assessments
from bekwaam.services.auditing.proofs import dossier_log, go_through
from bekwaam.services.auditing.reads import notes_about, papers, sample_of
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.procedures.assigning import assign, unassign
from bekwaam.store.models import AuditEntry, AuditNote, Judgement, StoredFile
from tests.cast import Cast, Point
from tests.services.auditing.samples import drawn


def test_a_finding_is_replaced_and_never_edited(cast: Cast) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    sample = drawn(cast)
    first = write_note(cast.auditor, sample.ref, procedure, " De reden bij 1.2 is dun. ")
    second = write_note(cast.auditor, sample.ref, procedure, "De reden bij 1.2 volstaat.", first.ref)
    (standing,) = notes_about(procedure, sample.ref)
    assert (standing.ref, standing.text, standing.author) == (
        second.ref,
        "De reden bij 1.2 volstaat.",
        "Aad Auditor",
    )
    assert [one.text for one in standing.earlier] == ["De reden bij 1.2 is dun."]
    assert AuditEntry.objects.filter(code="audit.noted", subject=f"procedure:{procedure.ref}").count() == 2
    assert "dun" not in "".join(AuditEntry.objects.values_list("payload", flat=True))
    with pytest.raises(NotFound):  # what was replaced cannot be replaced again
        write_note(cast.auditor, sample.ref, procedure, "Nog eens.", first.ref)
    AuditNote.objects.filter(pk=first.pk).update(text="Alles in orde.")
    assert [(found.table, found.row) for found in broken_contents()] == [("AuditNote", first.pk)]


def test_only_an_auditor_who_never_worked_on_it_writes_a_finding(cast: Cast) -> None:
    helper = cast.person("h@example.org", "Hulp", Role.AUDITOR, Role.GUIDE)
    procedure = cast.start()
    assign(cast.coordinator, procedure, helper, Role.GUIDE)
    sample = drawn(cast)
    for person in (cast.coordinator, cast.guide, cast.candidate, cast.outsider, helper):
        with pytest.raises(Refused):
            write_note(person, sample.ref, procedure, "Iets.")
    unassign(cast.coordinator, procedure, helper)
    with pytest.raises(Refused) as refused:
        write_note(helper, sample.ref, procedure, "Iets.")
    assert refused.value.verdict.reason == "needs_not_involved"
    assert not AuditNote.objects.exists()


def test_a_finding_is_about_a_dossier_that_was_drawn_and_says_something(cast: Cast) -> None:
    procedure = cast.start()
    sample = drawn(cast)
    later = cast.start(candidate=cast.person("l@example.org", "Later"))
    with pytest.raises(NotFound):
        write_note(cast.auditor, sample.ref, later, "Iets.")
    with pytest.raises(NotFound):
        sample_of(later, sample.ref)
    for text in ("", " \n ", "x" * 10_001):
        with pytest.raises(Invalid):
            write_note(cast.auditor, sample.ref, procedure, text)
    second = cast.person("t@example.org", "Tweede", Role.AUDITOR)
    own = write_note(cast.auditor, sample.ref, procedure, "Van mij.")
    with pytest.raises(NotFound):
        write_note(second, sample.ref, procedure, "Van mij, in jouw plaats.", own.ref)


def test_all_that_the_chain_says_of_a_dossier_holds(cast: Cast, django_assert_max_num_queries) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    log = dossier_log(procedure)
    assert log.whole and len(log.links) > 20
    assert [link.sequence for link in log.links] == sorted((one.sequence for one in log.links), reverse=True)
    with django_assert_max_num_queries(60) as taken:
        gone = go_through(procedure)
    assert gone.whole and gone.rows > 10 and gone.files == 1
    cast.bring_to(Point.ISSUED, candidate=cast.person("b@example.org", "B"))
    with django_assert_max_num_queries(len(taken)):
        go_through(procedure)
    assert [paper.what for paper in papers(procedure)] == ["snapshot", "certificate"]


def test_an_entry_changed_in_the_database_shows_on_its_dossier(cast: Cast) -> None:
    procedure = cast.bring_to(Point.HANDED_IN)
    other = cast.start(candidate=cast.person("b@example.org", "B"))
    entry = AuditEntry.objects.filter(subject=f"procedure:{procedure.ref}").order_by("sequence")[2]
    AuditEntry.objects.filter(pk=entry.pk).update(actor="person:iemandanders")
    assert dossier_log(procedure).broken == {entry.sequence}
    assert dossier_log(other).whole
    walked = go_through(other).chain
    assert walked is not None and walked.broken_at == entry.sequence


def test_a_very_long_chain_is_left_to_the_command_line(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    procedure = cast.bring_to(Point.CONSENTED)
    monkeypatch.setattr(proofs, "MOST_WALKED", 3)
    gone = go_through(procedure)
    assert gone.chain is None and gone.whole and gone.rows


def test_an_entry_taken_out_before_one_of_the_dossier_shows(cast: Cast) -> None:
    procedure = cast.bring_to(Point.CONSENTED)
    links = dossier_log(procedure).links
    AuditEntry.objects.filter(sequence=links[0].sequence).update(previous="0" * 64)
    assert dossier_log(procedure).broken == {links[0].sequence}


def test_a_judgement_or_file_changed_behind_our_back_is_found_when_all_is_gone_through(cast: Cast) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    judgement = Judgement.objects.filter(procedure=procedure)[0]
    Judgement.objects.filter(pk=judgement.pk).update(why="Zo ook goed.")
    paper = StoredFile.objects.get()
    StoredFile.objects.filter(pk=paper.pk).update(sha256="0" * 64)
    gone = go_through(procedure)
    assert not gone.whole
    assert ("Judgement", judgement.pk) in {(one.table, one.row) for one in gone.changed}
    assert gone.lost == (paper.name,)


def test_the_notice_has_every_session_in_the_period_and_what_is_still_to_be_planned(
    cast: Cast, django_assert_num_queries
) -> None:
    judging = cast.bring_to(Point.DECLARED)
    cast.interview(judging)  # on 2 June 2025
    open_ = cast.bring_to(Point.HANDED_IN, candidate=cast.person("b@example.org", "Bo"))
    cast.bring_to(Point.FILLED, candidate=cast.person("c@example.org", "Nog niet"))
    cast.bring_to(Point.ISSUED, candidate=cast.person("d@example.org", "Al klaar"))
    day = date(2025, 6, 2)
    with django_assert_num_queries(4):
        first, second = planned_assessments(cast.provider, day, day)
    assert (first.procedure, first.on, first.place) == (judging.number, day, "Groningen")
    assert first.assessors == ("Noor Assessor", "Bram Assessor")
    assert (second.procedure, second.on, second.kind) == (open_.number, None, None)
    after = planned_assessments(cast.provider, day + timedelta(days=1), clock.today())
    assert [one.procedure for one in after] == [open_.number]
    assert planned_assessments(cast.other_provider, day, day) == ()


def test_the_notice_has_every_appointment_that_stands_and_was_not_held(cast: Cast) -> None:
    procedure = cast.bring_to(Point.FILLED)
    week = clock.now() + timedelta(days=7)
    plan = Plan(InstrumentKind.INTERVIEW, week, "", "https://example.org/zaal", "Samira, Noor")
    first = plan_session(cast.coordinator, procedure, plan)
    day = timezone.localdate(week)
    (found,) = planned_assessments(cast.provider, day, day)
    assert (found.procedure, found.place, found.on) == (procedure.number, "https://example.org/zaal", day)
    assert found.at == timezone.localtime(week).time()
    assert planned_assessments(cast.provider, day + timedelta(days=1), day + timedelta(days=9)) == ()
    moved = replace(plan, starts_at=week + timedelta(days=7), place="Zwolle")
    second = plan_session(cast.coordinator, procedure, moved, replaces=first.ref, reason="Verhinderd.")
    (found,) = planned_assessments(cast.provider, day, day + timedelta(days=7))
    assert (found.place, found.on) == ("Zwolle", day + timedelta(days=7))
    cancel_session(cast.coordinator, procedure, second.ref, "Ziek.")
    assert planned_assessments(cast.provider, day, day + timedelta(days=9)) == ()
