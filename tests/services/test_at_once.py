"""Two people at the same moment: both get an answer, and no rule is passed by between them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.mail.kinds import MailKind
from bekwaam.domain.procedures.scope import Purpose
from bekwaam.services import clock
from bekwaam.services.accounts.people import register_person, take_role
from bekwaam.services.agenda.reminding import remind
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.certificates.deciding import decide_outcome
from bekwaam.services.certificates.issuing import issue
from bekwaam.services.errors import Refused
from bekwaam.services.portfolio.handing_in import hand_in
from bekwaam.services.procedures.assigning import assign
from bekwaam.services.procedures.course import start_procedure
from bekwaam.store.models import (
    Assignment,
    Certificate,
    DecisionRecord,
    Membership,
    Person,
    Procedure,
    Provider,
    Reminder,
    SentMail,
    Snapshot,
)
from tests.cast import Cast, Point, make_cast

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]

ROUNDS = 5


def at_once(*calls: Callable[[], Any]) -> list[str]:
    """Call all at the same moment; return of each "done" or "refused". Any other error is raised."""
    answers, errors = [""] * len(calls), []
    start = threading.Barrier(len(calls))

    def run(at: int, call: Callable[[], Any]) -> None:
        start.wait()
        try:
            call()
            answers[at] = "done"
        except Refused:
            answers[at] = "refused"
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=entry) for entry in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return sorted(answers)


def starting(cast: Cast, email: str) -> Callable[[], Procedure]:
    provider = Provider.objects.get(pk=cast.provider.pk)
    return lambda: start_procedure(
        cast.coordinator,
        provider,
        candidate_email=email,
        candidate_name="Nieuw",
        standard=cast.standard,
        purpose=Purpose.RECOGNITION,
    )


def test_two_workers_that_remind_at_once_send_one_mail() -> None:
    procedure = make_cast().bring_to(Point.FILLED)
    assert procedure.due_on is not None
    day = procedure.due_on - timedelta(days=7)
    moment = timezone.make_aware(datetime.combine(day, time(9)))

    before = len(mail.outbox)  # what went out while it was brought this far

    def run() -> None:
        with clock.at(moment):
            remind()

    assert at_once(*[run] * 4) == ["done"] * 4
    sent = SentMail.objects.filter(kind=MailKind.REMINDER.value)
    assert len(mail.outbox) - before == sent.count() == Reminder.objects.count() == 1


def test_procedures_started_at_once_each_get_a_number() -> None:
    cast, known = make_cast(), "samira@example.org"
    for turn in range(ROUNDS):
        fresh_faces = (f"een{turn}@example.org", f"twee{turn}@example.org")
        at_once(*(starting(cast, email) for email in (*fresh_faces, known, known)))
    numbers = list(Procedure.objects.values_list("number", flat=True))
    assert len(set(numbers)) == len(numbers) == 4 * ROUNDS
    assert walk_chain().whole


def test_one_person_registered_by_two_providers_at_once_is_one_person() -> None:
    cast = make_cast()
    for turn in range(ROUNDS):
        email = f"nieuw{turn}@example.org"
        at_once(
            lambda email=email: register_person(
                cast.coordinator, cast.provider, email, "Nieuw", (Role.GUIDE,)
            ),
            lambda email=email: register_person(
                cast.outsider, cast.other_provider, email, "Nieuw", (Role.GUIDE,)
            ),
        )
        assert Person.objects.get(email=email).memberships.count() == 2
    assert walk_chain().whole


def test_nobody_becomes_guide_and_assessor_of_a_candidate_in_two_procedures_at_once() -> None:
    cast = make_cast()
    both = cast.person("allebei@example.org", "Al Lebei", Role.GUIDE, Role.ASSESSOR)
    for _turn in range(ROUNDS):
        one, other = cast.start(), cast.start()
        answers = at_once(
            lambda one=one: assign(cast.coordinator, one, both, Role.GUIDE),
            lambda other=other: assign(cast.coordinator, other, both, Role.ASSESSOR),
        )
        assert answers == ["done", "refused"]
        Assignment.objects.all().delete()


def test_two_coordinators_who_dismiss_each_other_leave_one() -> None:
    cast = make_cast()
    second = cast.person("tweede@example.org", "Tweede", Role.COORDINATOR)
    answers = at_once(
        lambda: take_role(cast.coordinator, cast.provider, second, Role.COORDINATOR),
        lambda: take_role(second, cast.provider, cast.coordinator, Role.COORDINATOR),
    )
    assert answers == ["done", "refused"]
    assert Membership.objects.filter(provider=cast.provider, role=Role.COORDINATOR, until=None).count() == 1


def test_a_step_sent_twice_at_once_is_taken_once() -> None:
    cast = make_cast()
    procedure = cast.bring_to(Point.FILLED)
    once = ["done", "refused"]
    assert at_once(*[lambda: hand_in(procedure.candidate, procedure)] * 2) == once
    cast.bring_on(procedure, Point.READY, since=Point.HANDED_IN)
    assert at_once(*[lambda: decide_outcome(cast.coordinator, procedure)] * 2) == once
    cast.facts_right(procedure)
    assert at_once(*[lambda: issue(cast.coordinator, procedure, "nl")] * 2) == once
    assert (Snapshot.objects.count(), DecisionRecord.objects.count(), Certificate.objects.count()) == (
        1,
        1,
        1,
    )
    assert walk_chain().whole
    assert not list(broken_contents())
