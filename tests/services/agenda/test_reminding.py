"""Reminders: in one mail a day, never twice of the same, and without a flood after a time of silence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any
from unittest.mock import Mock

import pytest
from click.testing import CliRunner
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.procedures.reminding import RemindSettings
from bekwaam.services import clock
from bekwaam.services.accounts.people import take_role
from bekwaam.services.agenda.jobs import remind_all
from bekwaam.services.agenda.reminding import Reminded, remind
from bekwaam.services.agenda.settings import set_reminders
from bekwaam.services.assessment.planning import plan_session
from bekwaam.services.errors import Invalid, Refused
from bekwaam.services.mail.reads import mail_of_procedure
from bekwaam.store.models import AuditEntry, Procedure, Reminder
from tests.cast import Cast, Point
from tests.services.assessment.test_planning import plan

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@contextmanager
def on(day: date, hour: int = 9) -> Iterator[None]:
    with clock.at(timezone.make_aware(datetime.combine(day, time(hour)))):
        yield


@pytest.fixture
def running(django_capture_on_commit_callbacks: Any) -> Callable[[date], list[Any]]:
    """Return a function that lets reminders go out on a day, and returns the mails."""

    def run(day: date) -> list[Any]:
        before = len(mail.outbox)
        with on(day), django_capture_on_commit_callbacks(execute=True):
            remind()
        return mail.outbox[before:]

    return run


Run = Callable[[date], list[Any]]


def last(procedure: Procedure) -> date:
    assert procedure.due_on is not None
    return procedure.due_on


def days(number: int) -> timedelta:
    return timedelta(days=number)


def test_who_has_to_act_is_reminded_twice_before_and_once_after(cast: Cast, running: Run) -> None:
    procedure = cast.bring_to(Point.FILLED)
    until = last(procedure)
    sent = {before: running(until - days(before)) for before in range(9, -4, -1)}
    assert [before for before, mails in sent.items() if mails] == [7, 1, -1]
    assert all(message.to == [cast.candidate.email] for mails in sent.values() for message in mails)
    body = str(sent[7][0].body)
    assert "Lever je portfolio in" in body and procedure.number in body and "/agenda/" in body
    assert "de laatste dag was" in str(sent[-1][0].body)


def test_each_assessor_only_for_their_own_part_and_no_candidate_by_name(cast: Cast, running: Run) -> None:
    procedure = cast.bring_to(Point.HALF_JUDGED)
    (message,) = running(last(procedure) - days(7))
    assert message.to == [cast.assessors[1].email]
    assert cast.candidate.name not in f"{message.subject}{message.body}"


def test_twice_a_day_and_two_at_once_are_one_mail(cast: Cast, running: Run) -> None:
    day = last(cast.bring_to(Point.FILLED)) - days(7)
    assert [len(running(day)) for _ in range(3)] == [1, 0, 0]
    assert Reminder.objects.count() == 1


def test_after_a_silence_only_what_counts_now_goes_out(cast: Cast, running: Run) -> None:
    until = last(cast.bring_to(Point.FILLED))
    assert len(running(until + days(3))) == 1
    assert [running(until + days(after)) for after in (4, 5, 30)] == [[], [], []]
    assert Reminder.objects.get().stage == "past"


def test_what_is_long_past_is_left_to_the_coordinators_overview(cast: Cast, running: Run) -> None:
    until = last(cast.bring_to(Point.FILLED))
    assert running(until + days(31)) == []


def test_all_that_waits_for_somebody_stands_in_one_mail(cast: Cast, running: Run) -> None:
    made = [cast.bring_to(Point.DECLARED)]
    made.append(cast.bring_to(Point.DECLARED, candidate=cast.person("twee@example.org", "Tineke Twee")))
    mails = running(last(made[0]) - days(7))
    assert sorted(message.to[0] for message in mails) == ["bram@example.org", "noor@example.org"]
    for message in mails:
        assert "2 dingen" in message.subject
        assert all(procedure.number in message.body for procedure in made)
    for procedure in made:  # the log of each procedure knows of it
        assert {row.to for row in mail_of_procedure(procedure)[0:9]} == {"Noor Assessor", "Bram Assessor"}


def test_a_new_last_day_is_a_new_reminder(cast: Cast, running: Run) -> None:
    procedure = cast.bring_to(Point.FILLED)
    first = last(procedure)
    assert len(running(first - days(1))) == 1
    Procedure.objects.filter(pk=procedure.pk).update(due_on=first + days(14))
    assert len(running(first + days(7))) == 1


def test_a_mail_server_that_is_down_gets_another_try_but_a_wrong_address_does_not(
    cast: Cast, running: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = last(cast.bring_to(Point.FILLED)) - days(7)
    refusal = SMTPRecipientsRefused({"samira@example.org": (550, b"no such user")})
    for error, left in ((SMTPServerDisconnected(), 0), (refusal, 1)):
        with monkeypatch.context() as broken:
            broken.setattr(EmailMultiAlternatives, "send", Mock(side_effect=error))
            assert running(day) == []
        assert Reminder.objects.count() == left
    assert running(day) == []


def test_a_provider_has_its_own_numbers_or_no_reminders(cast: Cast, running: Run) -> None:
    until = last(cast.bring_to(Point.FILLED))
    set_reminders(cast.coordinator, cast.provider, RemindSettings(True, 14, 3))
    assert len(running(until - days(14))) == 1
    set_reminders(cast.coordinator, cast.provider, RemindSettings(False, 14, 3))
    assert running(until - days(3)) == []
    with pytest.raises(Invalid):
        set_reminders(cast.coordinator, cast.provider, RemindSettings(True, 3, 3))
    with pytest.raises(Refused):
        set_reminders(cast.auditor, cast.provider, RemindSettings())
    assert AuditEntry.objects.filter(code="provider.reminders_set").count() == 2


def test_who_left_is_not_reminded(cast: Cast, running: Run) -> None:
    procedure = cast.bring_to(Point.HALF_JUDGED)
    take_role(cast.coordinator, cast.provider, cast.assessors[1], Role.ASSESSOR)
    assert running(last(procedure) - days(7)) == []


def test_of_an_appointment_people_hear_the_day_before(cast: Cast, running: Run) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    made = plan_session(cast.coordinator, procedure, plan())
    day = timezone.localdate(made.starts_at)
    assert running(day - days(2)) == []
    mails = running(day - days(1))
    assert {message.to[0] for message in mails} == {
        cast.candidate.email,
        cast.assessors[0].email,
        cast.assessors[1].email,
    }
    assert all("Zwolle" in message.body and "Samira, Noor" not in message.body for message in mails)
    assert running(day - days(1)) == []


def test_of_an_appointment_that_was_moved_people_hear_again(cast: Cast, running: Run) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    made = plan_session(cast.coordinator, procedure, plan())
    day = timezone.localdate(made.starts_at)
    later = replace(plan(), starts_at=made.starts_at + days(7))
    plan_session(cast.coordinator, procedure, later, replaces=made.ref, reason="Ziek.")
    assert running(day - days(1)) == []
    assert len(running(day + days(6))) == 3


@pytest.mark.parametrize(("hour", "number"), [(6, 0), (7, 1), (20, 1), (21, 0)])
def test_a_worker_sends_nothing_at_night(
    cast: Cast, django_capture_on_commit_callbacks: Any, hour: int, number: int
) -> None:
    day = last(cast.bring_to(Point.FILLED)) - days(7)
    with on(day, hour), django_capture_on_commit_callbacks(execute=True):
        remind_all.func()
    assert len(mail.outbox) == number


def test_the_command_says_whom_first_and_then_does(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    from bekwaam.cli.remind import remind as command

    day = f"{last(cast.bring_to(Point.FILLED)) - days(7):%Y-%m-%d}"

    def run(*options: str) -> list[str]:
        with django_capture_on_commit_callbacks(execute=True):
            done = CliRunner().invoke(command, ["--lang", "nl", "--on", day, *options])
        assert done.exit_code == 0, done.output
        return done.output.splitlines()

    assert run("--dry-run") == ["Samira Kandidaat: 1 ding", "Er zou 1 mail gaan."]
    assert not mail.outbox and not Reminder.objects.exists()
    assert run() == ["Samira Kandidaat: 1 ding", "1 mail verstuurd."]
    assert run() == ["0 mails verstuurd."]
    assert len(mail.outbox) == 1


def test_nothing_due_is_nobody_reminded(cast: Cast) -> None:
    cast.bring_to(Point.FILLED)
    assert remind() == ()
    assert remind(dry_run=True) == ()
    assert Reminded("x", 1) != Reminded("x", 2)
