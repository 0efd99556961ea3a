"""Having one's account erased, in every state that a procedure can be in."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core import mail
from django.db import models

from bekwaam.adapters.files.disk import DiskFiles
from bekwaam.domain.accounts.access import Role
from bekwaam.domain.accounts.employers import Employer
from bekwaam.domain.feedback.asking import LINK_DAYS
from bekwaam.domain.portfolio.kinds import EvidenceKind
from bekwaam.domain.procedures.states import State
from bekwaam.services import clock
from bekwaam.services.accounts.employers import set_employers
from bekwaam.services.accounts.letters import Letter, post_after_commit
from bekwaam.services.accounts.people import find_or_make_person
from bekwaam.services.accounts.registering import ask_for_account
from bekwaam.services.assessment.disputes import cannot_agree
from bekwaam.services.drafts import save_draft
from bekwaam.services.erasing.account import erase_account
from bekwaam.services.erasing.expiring import expire
from bekwaam.services.erasing.facts import plan_for, seen
from bekwaam.services.erasing.naming import GOES, NAMED, NAMELESS
from bekwaam.services.errors import NotFound, Refused
from bekwaam.services.feedback.answering import AnswerInput, answer, asked, closed_for_good
from bekwaam.services.feedback.asking import Referee, ask_to_confirm, token_hash
from bekwaam.services.growth.rounds import finish_round, rate, start_round
from bekwaam.services.portfolio.evidence import EvidenceInput, add_evidence, change_evidence
from bekwaam.services.portfolio.own import start_portfolio
from bekwaam.services.portfolio.resuming import begin_upload
from bekwaam.services.procedures.assigning import replace_assessor
from bekwaam.services.procedures.course import withdraw
from bekwaam.store.models import (
    Assignment,
    AuditEntry,
    AuditOpening,
    Certificate,
    Consent,
    DecisionRecord,
    Dispute,
    DoomedFile,
    Draft,
    Employment,
    Evidence,
    FeedbackAnswer,
    FeedbackRequest,
    FileLook,
    Judgement,
    KeptDossier,
    Membership,
    PartialUpload,
    Person,
    Procedure,
    Registration,
    SelfRound,
    Snapshot,
    SnapshotItem,
    StepNote,
    StoredFile,
)
from tests.cast import Cast, Point, fresh
from tests.files import pdf
from tests.services.erasing.people import erase, insist_whole

pytestmark = [pytest.mark.database, pytest.mark.django_db]

OWN = (Draft, PartialUpload, StoredFile, Evidence, FeedbackRequest, FeedbackAnswer, SelfRound)
CONTENT = (Snapshot, SnapshotItem, Judgement, DecisionRecord, Certificate, Consent)


def _on_disk(root: Path) -> set[str]:
    return {path.name for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("point", Point)
def test_a_candidate_can_go_at_every_point(cast: Cast, point: Point) -> None:
    procedure = cast.bring_to(point)
    had = {model: model.objects.count() for model in CONTENT}
    name = cast.candidate.name
    erase(cast.candidate)
    insist_whole()
    procedure, person = fresh(procedure), Person.objects.get(pk=cast.candidate.pk)
    assert not person.is_active and not person.has_usable_password()
    assert "samira" not in person.email
    assert not Evidence.objects.exists()
    if point >= Point.ISSUED:
        assert procedure.state in (State.ISSUED, State.CLOSED)
        assert person.name == name
        assert {model: model.objects.count() for model in CONTENT} == had
        assert KeptDossier.objects.get().procedure == procedure
    else:
        assert procedure.state == State.WITHDRAWN
        assert person.name == "(gewiste persoon)"
        assert not any(model.objects.exists() for model in CONTENT)
        assert StepNote.objects.get().text == "De kandidaat heeft het account laten wissen."
        assert not KeptDossier.objects.exists()


def test_a_procedure_that_was_stopped_before_is_emptied(cast: Cast) -> None:
    procedure = cast.bring_to(Point.HALF_JUDGED)
    withdraw(cast.candidate, procedure, "Ik ga verhuizen naar Assen.")
    erase(cast.candidate)
    insist_whole()
    assert fresh(procedure).state == State.WITHDRAWN
    assert not any(model.objects.exists() for model in (*CONTENT, StepNote))


def _fill(cast: Cast, person: Person) -> None:
    """Give somebody one of everything that is one's own; links of referees end in "open" and "done"."""
    portfolio = start_portfolio(person, cast.standard.pk)
    given = EvidenceInput(kind=EvidenceKind.FILE, title="Plan", ties={"1.1": "Hier."})
    piece = add_evidence(person, portfolio, given, pdf())
    change_evidence(person, portfolio, piece.ref, replace(given, title="Plan van aanpak"))
    for token in ("open", "done"):
        asked = ask_to_confirm(person, piece.ref, Referee("Nel", "nel@example.org", "colleague"), "Hoi!")
        FeedbackRequest.objects.filter(pk=asked.pk).update(token_sha256=token_hash(token))
    answer("done", AnswerInput(name="Nel de Wit", said="yes"))
    for _ in range(2):
        round_ = start_round(person, cast.standard)
        rate(person, round_.ref, "1.1", {"1.1": "vakbekwaam"})
        finish_round(person, round_.ref, "Ik groei.")
    start_round(person, cast.standard)
    save_draft(person, "story:x", {"title": ["Half"]})
    begin_upload(person, "half.pdf", 5000)
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    for file in StoredFile.objects.filter(owner=person):
        FileLook.objects.create(file=file, outcome="looked", looked_at=clock.now())


def test_who_only_had_a_portfolio_leaves_no_row_and_no_file(
    cast: Cast, own_files: Path, django_capture_on_commit_callbacks: Any
) -> None:
    person = cast.person("alleen@example.org", "Alleen Portfolio")
    _fill(cast, person)
    ask_for_account("ander@example.org", "Ander", "nl")
    assert len(_on_disk(own_files)) == 2
    with django_capture_on_commit_callbacks(execute=True):
        erase(person)
    assert _on_disk(own_files) == set()
    assert not DoomedFile.objects.exists()
    assert not Person.objects.filter(pk=person.pk).exists()
    for model in (*OWN, Authenticator):
        assert not model._default_manager.exists(), model
    assert not EmailAddress.objects.filter(email="alleen@example.org").exists()
    assert Registration.objects.get().email == "ander@example.org"
    assert insist_whole() > 4
    (letter,) = [one for one in mail.outbox if one.to == ["alleen@example.org"]]
    assert "gewist" in letter.subject


def test_the_open_link_of_a_referee_says_what_happened_for_as_long_as_it_would_have_worked(
    cast: Cast,
) -> None:
    person = cast.person("alleen@example.org", "Alleen Portfolio")
    _fill(cast, person)
    erase(person)
    assert closed_for_good("open") and not closed_for_good("done") and not closed_for_good("never")
    with pytest.raises(NotFound):
        asked("open")
    with clock.at(clock.now() + timedelta(days=LINK_DAYS + 1)):
        assert not closed_for_good("open")


def test_a_file_that_could_not_be_removed_is_removed_later(
    cast: Cast, own_files: Path, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = cast.person("alleen@example.org", "Alleen Portfolio")
    _fill(cast, person)
    with monkeypatch.context() as broken, django_capture_on_commit_callbacks(execute=True):
        broken.setattr(DiskFiles, "delete", _fails)
        erase(person)
    assert len(_on_disk(own_files)) == 1
    assert expire().files == 1
    assert _on_disk(own_files) == set()
    assert expire().files == 0


def _fails(*_: object) -> None:
    raise OSError("the disk is busy")


def test_a_file_that_was_handed_in_stays_with_the_dossier(
    cast: Cast, own_files: Path, django_capture_on_commit_callbacks: Any
) -> None:
    procedure = cast.bring_to(Point.FILLED)
    given = EvidenceInput(kind=EvidenceKind.FILE, title="Plan", ties={"1.1": "Hier."})
    add_evidence(cast.candidate, procedure, given, pdf())
    cast.bring_on(procedure, Point.ISSUED, since=Point.FILLED)
    with django_capture_on_commit_callbacks(execute=True):
        erase(cast.candidate)
    assert len(_on_disk(own_files)) == 2  # the plan and the certificate
    assert insist_whole() > 0


def test_the_same_address_can_begin_anew(cast: Cast) -> None:
    cast.bring_to(Point.ISSUED)
    address = cast.candidate.email
    erase(cast.candidate)
    again = find_or_make_person(None, address, "Samira Opnieuw")
    assert again.pk != cast.candidate.pk
    assert not Procedure.objects.filter(candidate=again).exists()


def test_only_oneself_and_only_what_one_read(cast: Cast) -> None:
    plan = seen(plan_for(cast.candidate))
    with pytest.raises(Refused) as other:
        erase_account(cast.coordinator, cast.candidate, plan)
    assert other.value.verdict.reason == "no_role"
    cast.bring_to(Point.FILLED)
    entries = AuditEntry.objects.count()
    with pytest.raises(Refused) as changed:
        erase_account(cast.candidate, cast.candidate, plan)
    assert changed.value.verdict.reason == "changed"
    assert AuditEntry.objects.count() == entries
    assert Person.objects.get(pk=cast.candidate.pk).is_active


def test_no_mail_goes_to_who_is_gone(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    procedure = cast.bring_to(Point.CHECKED)
    erase(cast.assessors[2])
    with django_capture_on_commit_callbacks(execute=True):
        post_after_commit(
            Letter(Person.objects.get(pk=cast.assessors[2].pk), cast.provider, "x", (), "y", "/")
        )
        cast.issue(procedure)
    assert [to for letter in mail.outbox for to in letter.to] == ["samira@example.org"]


def test_twice_is_once(cast: Cast) -> None:
    cast.bring_to(Point.ISSUED)
    plan = seen(plan_for(cast.candidate))
    erase_account(cast.candidate, cast.candidate, plan)
    with pytest.raises(NotFound):
        erase_account(cast.candidate, cast.candidate, plan)


def test_the_chain_says_it_without_saying_who(cast: Cast) -> None:
    cast.bring_to(Point.ISSUED)
    name, address = cast.candidate.name, cast.candidate.email
    erase(cast.candidate)
    entry = AuditEntry.objects.get(code="person.erased")
    assert entry.subject == f"person:{cast.candidate.ref}"
    assert name not in entry.payload and address not in entry.payload


def test_nothing_that_opens_an_erased_row_is_left(cast: Cast) -> None:
    cast.bring_to(Point.REVEALED)
    erase(cast.candidate)
    left = set(AuditOpening.objects.values_list("table", flat=True))
    assert left <= {"FrameworkVersion", "Membership", "Procedure", "Assignment", "StepNote"}


def test_an_assessor_goes_and_their_judgements_stay_under_their_name(cast: Cast) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    assessor = cast.assessors[0]
    before = [row.committed() for row in Judgement.objects.filter(assessor=assessor)]
    erase(assessor)
    insist_whole()
    person = Person.objects.get(pk=assessor.pk)
    assert person.name == "Noor Assessor" and not person.is_active
    assert [row.committed() for row in Judgement.objects.filter(assessor=assessor)] == before != []
    assert not Membership.objects.filter(person=assessor, until=None).exists()
    assert Assignment.objects.get(procedure=procedure, person=assessor).until is None


def test_an_assessor_who_still_judges_is_let_go_of_and_can_be_replaced(cast: Cast) -> None:
    procedure = cast.bring_to(Point.HALF_JUDGED)
    erase(cast.assessors[1])
    assert Assignment.objects.get(procedure=procedure, person=cast.assessors[1]).until is not None
    cast.bring_on(
        procedure,
        Point.HALF_JUDGED,
        since=Point.HALF_JUDGED,
        assessors=(cast.assessors[0], cast.assessors[2]),
    )
    insist_whole()


def test_an_assessor_cannot_leave_while_settling_an_outcome(cast: Cast) -> None:
    procedure = cast.bring_to(Point.REVEALED)
    with pytest.raises(Refused) as error:
        erase(cast.assessors[0])
    assert error.value.verdict.reason == "settling"
    assert procedure.number in error.value.verdict.text("nl")
    erase(cast.assessors[2])  # who judges nothing here
    cast.bring_on(procedure, Point.CHECKED, since=Point.REVEALED)
    erase(cast.assessors[0])
    cast.issue(procedure)
    assert "Noor Assessor" in str(Certificate.objects.get().document)
    insist_whole()


def test_the_last_coordinator_needs_a_successor(cast: Cast) -> None:
    with pytest.raises(Refused) as error:
        erase(cast.coordinator)
    assert error.value.verdict.reason == "last_coordinator"
    cast.person("opvolger@example.org", "Opvolger", Role.COORDINATOR)
    erase(cast.coordinator)
    insist_whole()
    assert not Membership.objects.filter(person=cast.coordinator, until=None).exists()


def test_who_did_nothing_for_anybody_loses_their_name_at_once(cast: Cast) -> None:
    erase(cast.assessors[2])
    assert Person.objects.get(pk=cast.assessors[2].pk).name == "(gewiste persoon)"
    assert Person.objects.filter(pk=cast.assessors[2].pk, name="").exists()


def test_a_name_that_is_gone_stays_gone_when_the_row_is_saved(cast: Cast) -> None:
    erase(cast.assessors[2])
    person = Person.objects.get(pk=cast.assessors[2].pk)
    person.save()
    assert Person.objects.filter(pk=person.pk, name="").exists()


def test_every_column_that_names_a_person_has_a_rule() -> None:
    ruled = {*GOES, *NAMELESS, *(f"{model.__name__}.{column}" for model, column in NAMED)}
    there = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model is Person
    }
    assert there == ruled


def test_who_was_replaced_leaves_and_their_employers_with_them(cast: Cast) -> None:
    procedure = cast.bring_to(Point.REVEALED)
    bram = cast.assessors[1]
    set_employers(bram, [Employer("De Brink")])
    replace_assessor(cast.coordinator, procedure, bram, "Gaat weg.")
    erase(bram)
    assert not Employment.objects.exists()
    insist_whole()


def test_on_what_assessors_could_not_agree_goes_with_a_dossier_that_runs(cast: Cast) -> None:
    procedure = cast.bring_to(Point.REVEALED)
    cannot_agree(cast.assessors[0], procedure, "1.2", "We zien het anders.")
    erase(procedure.candidate)
    assert not Dispute.objects.exists()
    insist_whole()
