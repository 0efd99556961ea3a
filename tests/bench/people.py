"""Fills a database with many professionals and procedures, quickly and without the audit chain."""

from __future__ import annotations

from datetime import timedelta

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.assessment.working import USUAL_TERMS
from bekwaam.domain.procedures.scope import Purpose
from bekwaam.domain.procedures.states import State
from bekwaam.domain.procedures.terms import last_day
from bekwaam.services import clock
from bekwaam.store.models import Assignment, Person, Procedure
from tests.cast import Cast

BATCH = 5_000
STAFF = 300  # each then judges some 450 procedures, which is a working life


def crowd(cast: Cast, number: int) -> None:
    """Add ``number`` professionals, each with a procedure at the cast's provider, in every state."""
    now = clock.now()
    people = [
        Person(email=f"p{n}@example.org", name=f"Professional {n:06d}", password="!", created_at=now)
        for n in range(number)
    ]
    Person.objects.bulk_create(people, batch_size=BATCH)
    colleagues = [
        Person(email=f"a{n}@example.org", name=f"Assessor {n:03d}", password="!", created_at=now)
        for n in range(STAFF)
    ]
    Person.objects.bulk_create(colleagues)
    staff = [*cast.assessors, *colleagues]
    states = list(State)
    procedures = [
        Procedure(
            provider=cast.provider,
            number=f"B{n:07d}",
            candidate=person,
            standard=cast.standard,
            state=states[n % len(states)],
            state_since=now - timedelta(hours=n % 2000),
            due_on=last_day(states[n % len(states)], now - timedelta(hours=n % 2000), USUAL_TERMS),
            purpose=Purpose.RECOGNITION,
            started_at=now - timedelta(hours=n),
        )
        for n, person in enumerate(people)
    ]
    Procedure.objects.bulk_create(procedures, batch_size=BATCH)
    Assignment.objects.bulk_create(
        (
            Assignment(procedure=procedure, person=person, role=role, since=now)
            for n, procedure in enumerate(procedures)
            for person, role in (
                (cast.guide, Role.GUIDE),
                (staff[n % len(staff)], Role.ASSESSOR),
                (staff[(n + 1) % len(staff)], Role.ASSESSOR),
            )
        ),
        batch_size=BATCH,
    )
