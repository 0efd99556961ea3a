"""Mail about appointments: who hears of them, with a file for their calendar, and how little it says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import icalendar
import pytest
from django.core import mail

from bekwaam.domain.assessment.planning import Plan
from bekwaam.services.assessment.planning import cancel_session, plan_session
from bekwaam.services.procedures.assigning import declare
from bekwaam.store.models import PlannedSession, Procedure, SentMail
from tests.cast import Cast, Point
from tests.services.assessment.test_planning import plan

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def committing(django_capture_on_commit_callbacks: Any) -> Any:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def event_in(message: Any) -> Any:
    (attached,) = message.attachments
    assert attached.mimetype.startswith("text/calendar; method=PUBLISH")
    assert attached.filename.endswith(".ics")
    content = attached.content
    (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return event


def made(cast: Cast, procedure: Procedure, given: Plan | None = None, **how: Any) -> PlannedSession:
    return plan_session(cast.coordinator, procedure, given or plan(), **how)


def test_candidate_and_assessors_hear_of_an_appointment_its_change_and_its_end(
    cast: Cast, committing: Any
) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    expected = {cast.candidate.email, cast.assessors[0].email, cast.assessors[1].email}
    with committing():
        first = made(cast, procedure)
    with committing():
        moved = replace(plan(), place="Deventer")
        second = made(cast, procedure, moved, replaces=first.ref, reason="De zaal was bezet.")
    with committing():
        cancel_session(cast.coordinator, procedure, second.ref, "Ziek.")
    rounds = [mail.outbox[0:3], mail.outbox[3:6], mail.outbox[6:9]]
    assert len(mail.outbox) == 9
    assert [{message.to[0] for message in one} for one in rounds] == [expected] * 3
    events = [event_in(one[0]) for one in rounds]
    assert len({str(event["UID"]) for event in events}) == 1
    assert [int(event["SEQUENCE"]) for event in events] == [0, 1, 2]
    assert [str(event["STATUS"]) for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [str(event["LOCATION"]) for event in events] == ["Zwolle", "Deventer", "Deventer"]
    subjects = [one[0].subject.partition(":")[0] for one in rounds]
    number = procedure.number
    assert subjects == [
        f"Afspraak in traject {number}",
        f"Afspraak gewijzigd in traject {number}",
        f"Afspraak afgezegd in traject {number}",
    ]
    assert SentMail.objects.filter(kind="appointment", procedure=procedure).count() == 9


def test_a_mail_says_when_and_where_and_not_who_or_why(cast: Cast, committing: Any) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    given = replace(
        plan(), place="", video_url="https://bellen.example.nl/geheim", notes="Bel bij Samira aan"
    )
    with committing():
        made(cast, procedure, given)
    for message in mail.outbox:
        said = f"{message.subject}{message.body}{message.attachments[0].content!r}"
        for secret in ("geheim", "Bel bij", "Samira, Noor"):
            assert secret not in said
        assert "nline; de link staat in Bekwaam" in said


def test_who_has_a_conflict_hears_nothing(cast: Cast, committing: Any) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    declare(cast.assessors[0], procedure, conflict=True, explanation="Mijn neef.")
    with committing():
        made(cast, procedure)
    assert {message.to[0] for message in mail.outbox} == {cast.candidate.email, cast.assessors[1].email}


def test_each_reads_it_in_their_own_language(cast: Cast, committing: Any) -> None:
    cast.candidate.language = "en"
    cast.candidate.save(update_fields=["language"])
    procedure = cast.bring_to(Point.DECLARED)
    with committing():
        made(cast, procedure)
    by_address = {message.to[0]: message for message in mail.outbox}
    english, dutch = by_address[cast.candidate.email], by_address[cast.assessors[0].email]
    assert english.subject.startswith("Appointment in procedure") and " at " in english.subject
    assert dutch.subject.startswith("Afspraak in traject") and " om " in dutch.subject
