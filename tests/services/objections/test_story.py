"""An objection from the day it is filed to its answer, and everything that is refused along the way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail

from bekwaam.domain.accounts.access import Role
from bekwaam.services import clock
from bekwaam.services.accounts.standing import at_procedure
from bekwaam.services.audit import broken_contents, broken_files, walk_chain
from bekwaam.services.certificates.deciding import decide_outcome
from bekwaam.services.certificates.fetching import fetch_certificate
from bekwaam.services.certificates.issuing import issue
from bekwaam.services.certificates.reads import read_outcome
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.objections.handling import answer, not_take_up, take_up
from bekwaam.services.objections.reads import judging_again, objections_of
from bekwaam.services.portfolio.handing_in import give_back
from bekwaam.services.procedures.assigning import assign
from bekwaam.services.procedures.course import close, withdraw
from bekwaam.services.procedures.objecting import object_to, take_back
from bekwaam.services.procedures.team import team
from bekwaam.store.models import (
    AuditEntry,
    CarriedFinding,
    Certificate,
    FoundSign,
    Membership,
    Objection,
    ObjectionAnswer,
)
from tests.cast import Cast, Point, fresh
from tests.services.objections.objecting import GROUNDS, decided_again, judge_again, make_others, objected

SHOWN = {"1.2": "vakbekwaam", "1.3": "vakbekwaam"}
NOT_SHOWN = dict.fromkeys(SHOWN, "not_shown")


def refusal(call) -> str:
    before = AuditEntry.objects.count()
    with pytest.raises(Refused) as caught:
        call()
    assert AuditEntry.objects.count() == before
    return caught.value.verdict.reason


def sound() -> bool:
    return walk_chain().whole and not list(broken_contents()) and not list(broken_files())


def test_an_objection_that_is_upheld_ends_in_a_certificate_that_names_the_old_one(
    cast: Cast, django_capture_on_commit_callbacks
) -> None:
    procedure, again, others = decided_again(cast, SHOWN)
    old = Certificate.objects.get(procedure=procedure)
    assert not old.document["met"]
    with django_capture_on_commit_callbacks(execute=True):
        answer(others.coordinator, procedure, "U heeft gelijk: het staat in het verhaal.", "nl")
    new = Certificate.objects.get(procedure=again)
    assert (fresh(procedure).state, fresh(again).state) == ("closed", "issued")
    assert new.supersedes == old.number
    assert new.document["met"] and new.document["supersedes"]["number"] == old.number
    units = {unit["code"]: unit for unit in new.document["units"]}
    assert units["1.1"]["origin"] == {
        "procedure": procedure.number,
        "decided_on": procedure.decision.decided_at.date().isoformat(),
        "certificate": old.number,
    }
    assert units["1.1"]["observed"] == "Noor Assessor las over 1.1."
    assert units["1.1"]["evidence"][0]["title"] == "Verhaal 1"
    assert units["1.2"]["origin"] is None
    assert units["1.2"]["observed"] == "Fleur Assessor las over 1.2."
    assert read_outcome(fresh(procedure)).issued.successor.number == new.number
    assert fetch_certificate(procedure).name != fetch_certificate(again).name  # the old one is still there
    (said,) = objections_of(procedure)
    assert said.answered.answer == "upheld" and not said.answered.alone
    assert [one.change for one in said.answered.differences] == ["higher", "higher"]
    assert [m.to for m in mail.outbox] == [[cast.candidate.email]] * 2
    assert sound()


def test_an_objection_that_changes_nothing_leaves_everything_as_it_was(cast: Cast) -> None:
    procedure, again, others = decided_again(cast, NOT_SHOWN)
    old = Certificate.objects.get(procedure=procedure)
    before = old.committed()
    answer(others.coordinator, procedure, "Ook anderen zien het niet.", "nl")
    assert (fresh(procedure).state, fresh(again).state) == ("issued", "closed")
    assert list(Certificate.objects.all()) == [old] and Certificate.objects.get().committed() == before
    assert ObjectionAnswer.objects.get().answer == "not_upheld"
    with pytest.raises(Invalid):  # not on the same parts once more
        object_to(cast.candidate, procedure, ["1.2"], GROUNDS)
    with pytest.raises(NotFound):  # nor on the answer
        object_to(cast.candidate, again, ["1.2"], GROUNDS)
    assert sound()


def test_nobody_ends_up_lower_by_objecting(cast: Cast) -> None:
    procedure = cast.bring_to(Point.ISSUED, stages={"1.2": "not_shown"})
    others = make_others(cast)
    object_to(cast.candidate, procedure, ["1.1", "1.2"], GROUNDS)
    again = take_up(others.coordinator, procedure)
    again = judge_again(cast, again, others, {"1.1": "not_shown", "1.2": "vakbekwaam"})
    assert again.decision.stages["1.1"] == "vakbekwaam"
    answer(others.coordinator, procedure, "Deels.", "en")
    (said,) = objections_of(procedure)
    assert said.answered.answer == "partly"
    assert [one.change for one in said.answered.differences] == ["lower", "higher"]
    units = {unit["code"]: unit for unit in again.certificate.document["units"]}
    assert units["1.1"]["stage"] == "vakbekwaam" and units["1.1"]["origin"]["procedure"] == procedure.number
    finals = read_outcome(again).finals
    assert finals["1.1"].lower and not finals["1.2"].lower and finals["1.3"].carried


def test_the_last_day_counts_whole_where_the_provider_is(cast: Cast) -> None:
    procedure = cast.bring_to(Point.ISSUED, stages=NOT_SHOWN)
    issued = clock.timezone.localtime(procedure.certificate.issued_at)
    last = issued.replace(hour=23, minute=59, second=59) + timedelta(days=14)
    with clock.at(last + timedelta(seconds=1)):
        assert refusal(lambda: object_to(cast.candidate, procedure, ["1.2"], GROUNDS)) == "too_late"
    with clock.at(last):
        object_to(cast.candidate, procedure, ["1.2"], GROUNDS)
    assert fresh(procedure).state == "objection"


def test_closing_takes_nothing_from_the_term(cast: Cast) -> None:
    procedure = cast.bring_to(Point.CLOSED, stages=NOT_SHOWN)
    object_to(cast.candidate, procedure, ["1.2"], GROUNDS)
    assert fresh(procedure).state == "objection"


def test_only_the_candidate_objects_and_once_at_a_time(cast: Cast) -> None:
    procedure, _ = objected(cast)
    for person in (cast.guide, cast.coordinator, cast.assessors[0], cast.auditor):
        assert refusal(lambda who=person: object_to(who, procedure, ["1.2"], GROUNDS)) in (
            "no_role",
            "wrong_state",
        )
    assert refusal(lambda: object_to(cast.candidate, procedure, ["1.2"], GROUNDS)) == "wrong_state"
    assert Objection.objects.count() == 1


def test_an_objection_without_grounds_or_about_nothing_is_not_taken(cast: Cast) -> None:
    procedure = cast.bring_to(Point.ISSUED, stages=NOT_SHOWN)
    with pytest.raises(Invalid) as caught:
        object_to(cast.candidate, procedure, [], " ")
    assert [fault.name for fault in caught.value.faults] == ["units", "grounds"]
    assert fresh(procedure).state == "issued"


def test_the_portfolio_is_judged_again_exactly_as_it_was_handed_in(cast: Cast) -> None:
    procedure, others = objected(cast)
    again = take_up(others.coordinator, procedure)
    assert again.state == "judging" and again.units == ["1.2", "1.3"]
    old, new = procedure.snapshots.get(), again.snapshots.get()
    assert (new.sha256, new.manifest) == (old.sha256, old.manifest)
    assert [item.content_sha256 for item in new.items.all()] == [i.content_sha256 for i in old.items.all()]
    assert {row.unit for row in CarriedFinding.objects.filter(procedure=again)} == {"1.1", "1.2", "1.3"}
    assert refusal(lambda: take_up(others.coordinator, procedure)) == "being_judged"
    assert refusal(lambda: not_take_up(others.coordinator, procedure, "Toch niet.")) == "being_judged"
    assert refusal(lambda: give_back(others.coordinator, again, "Vul aan.")) == "objection"


def test_the_same_portfolio_once_more_is_no_sign_of_copying(cast: Cast) -> None:
    procedure, others = objected(cast)
    again = take_up(others.coordinator, procedure)
    codes = FoundSign.objects.filter(procedure__in=(procedure, again)).values_list("code", flat=True)
    assert not {code for code in codes if code.startswith("text")}


def test_whoever_judged_guided_or_decided_before_cannot_judge_again(cast: Cast) -> None:
    procedure, others = objected(cast)
    cast.person("coordinator@example.org", "Carla Coördinator", Role.ASSESSOR)
    cast.person("begeleider@example.org", "Gijs Begeleider", Role.ASSESSOR)
    again = take_up(others.coordinator, procedure)
    for person, reason in (
        (cast.assessors[0], "was_involved"),
        (cast.assessors[1], "was_involved"),
        (cast.coordinator, "was_involved"),
        (cast.guide, "was_guide"),
    ):
        assert refusal(lambda who=person: assign(others.coordinator, again, who, Role.ASSESSOR)) == reason
    offered = {choice.name for choice in team(again, with_choices=True).choices if choice.role == "assessor"}
    assert offered == {judge.name for judge in others.judges}
    assign(cast.coordinator, again, cast.guide, Role.GUIDE)  # guiding is not judging


def test_whoever_decided_leaves_the_objection_to_a_colleague(cast: Cast) -> None:
    procedure, others = objected(cast)
    assert refusal(lambda: take_up(cast.coordinator, procedure)) == "needs_independent"
    assert refusal(lambda: not_take_up(cast.coordinator, procedure, "Nee.")) == "needs_independent"
    again = judge_again(cast, take_up(others.coordinator, procedure), others, SHOWN, decide=False)
    assert refusal(lambda: decide_outcome(cast.coordinator, again)) == "needs_independent"
    decide_outcome(others.coordinator, again)
    assert refusal(lambda: answer(cast.coordinator, procedure, "Ja.", "nl")) == "needs_independent"


def test_where_there_is_nobody_else_it_is_allowed_and_said(cast: Cast) -> None:
    procedure, others = objected(cast)
    Membership.objects.filter(person=others.coordinator).delete()
    assert at_procedure(cast.coordinator, procedure).may("take_up_objection")
    not_take_up(cast.coordinator, procedure, "Dit gaat niet over de uitslag.")
    (said,) = objections_of(procedure)
    assert said.answered.answer == "not_taken_up" and said.answered.alone
    entry = AuditEntry.objects.filter(code="objection.answered").last()
    assert '"alone":true' in entry.payload.replace(" ", "")
    assert fresh(procedure).state == "issued"


def test_what_is_not_taken_up_needs_a_reason_and_can_be_filed_again_in_time(cast: Cast) -> None:
    procedure, others = objected(cast)
    with pytest.raises(Invalid):
        not_take_up(others.coordinator, procedure, "  ")
    not_take_up(others.coordinator, procedure, "Er staat niet bij waarom.")
    object_to(cast.candidate, procedure, ["1.2"], "Nu wel met redenen.")
    assert [one.answered is None for one in objections_of(procedure)] == [True, False]


def test_taking_it_back_stops_judging_again_and_changes_nothing_else(cast: Cast) -> None:
    procedure, others = objected(cast)
    again = take_up(others.coordinator, procedure)
    assert refusal(lambda: take_back(others.coordinator, procedure)) == "no_role"
    take_back(cast.candidate, procedure)
    assert (fresh(procedure).state, fresh(again).state) == ("issued", "withdrawn")
    assert Certificate.objects.get().procedure_id == procedure.pk
    assert judging_again(Objection.objects.get().ref) is None
    assert ObjectionAnswer.objects.get().answer == "taken_back"
    assert sound()


def test_stopping_the_new_procedure_is_taking_the_objection_back(cast: Cast) -> None:
    procedure, others = objected(cast)
    again = take_up(others.coordinator, procedure)
    assert refusal(lambda: withdraw(others.coordinator, again, "Geen tijd.")) == "objection"
    withdraw(cast.candidate, again, "Laat maar.")
    assert (fresh(procedure).state, fresh(again).state) == ("issued", "withdrawn")
    assert objections_of(procedure)[0].answered.answer == "taken_back"


def test_the_answer_waits_for_the_outcome_and_the_certificate_for_the_answer(cast: Cast) -> None:
    procedure, others = objected(cast)
    assert refusal(lambda: answer(others.coordinator, procedure, "Alvast.", "nl")) == "needs_decided"
    again = judge_again(cast, take_up(others.coordinator, procedure), others, SHOWN)
    assert refusal(lambda: issue(others.coordinator, again, "nl")) == "answer_first"
    with pytest.raises(Invalid):
        answer(others.coordinator, procedure, "", "nl")
    assert refusal(lambda: close(others.coordinator, procedure)) == "wrong_state"
    answer(others.coordinator, procedure, "Akkoord.", "nl")
    assert refusal(lambda: answer(others.coordinator, procedure, "Nog eens.", "nl")) == "wrong_state"
    assert refusal(lambda: object_to(cast.candidate, procedure, ["1.1"], GROUNDS)) == "superseded"
    assert refusal(lambda: object_to(cast.candidate, again, ["1.2"], GROUNDS)) == "judged_again"


def test_coordinators_and_the_candidate_are_told(cast: Cast, django_capture_on_commit_callbacks) -> None:
    procedure = cast.bring_to(Point.ISSUED, stages=NOT_SHOWN)
    others = make_others(cast)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        object_to(cast.candidate, procedure, ["1.2"], GROUNDS)
    assert [message.to[0] for message in mail.outbox] == [
        cast.candidate.email,
        cast.coordinator.email,
        others.coordinator.email,
    ]
    assert all(GROUNDS not in message.body for message in mail.outbox)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        take_up(others.coordinator, procedure)
    assert [message.to[0] for message in mail.outbox] == [cast.candidate.email]
