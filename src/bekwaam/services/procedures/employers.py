"""Whether an assessor and a candidate share an employer, by what each filled in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, Final

from django.db.models import BigIntegerField, QuerySet, SmallIntegerField, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, ExtractYear

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.accounts.conflicts import ConflictReason
from bekwaam.domain.accounts.employers import Employer, Shared, shared
from bekwaam.domain.events import Event
from bekwaam.services import clock
from bekwaam.store.audit import append
from bekwaam.store.models import (
    Assignment,
    ConflictDeclaration,
    Employment,
    Evidence,
    Person,
    Procedure,
)

_CANDIDATE: Final = 0


def shared_with(procedure: Procedure, people: Collection[int]) -> Mapping[int, Shared]:
    """Return what people (by key) share with the candidate. One query.

    Of the evidence only the names of employers and the years of leaving are read; of those whoever asks gets
    what is shared.
    """
    mine = Employment.objects.filter(person__in=people).order_by()
    theirs: QuerySet[Any, Any] = Evidence.objects.filter(
        dossier_items__procedure=procedure, details__has_key="employer"
    )
    theirs = theirs.order_by().annotate(
        nobody=Value(_CANDIDATE, output_field=BigIntegerField()),
        employer=Cast(KT("details__employer"), TextField()),
        year=Cast(ExtractYear("until"), SmallIntegerField()),
    )
    named: dict[int, list[Employer]] = defaultdict(list)
    own = mine.annotate(employer=Cast("name", TextField())).values_list("person_id", "employer", "left_in")
    for person, name, year in own.union(theirs.values_list("nobody", "employer", "year"), all=True):
        named[person].append(Employer((name or "").strip(), year))
    candidates = named.pop(_CANDIDATE, [])
    this_year = clock.today().year
    return {person: shared(own, candidates, this_year) for person, own in named.items()}


def shared_by(procedure: Procedure, person: Person) -> Shared:
    """Return what one person shares with the candidate. One query."""
    return shared_with(procedure, [person.pk]).get(person.pk, Shared())


def find_conflicts(actor: Person, procedure: Procedure) -> None:
    """Record a conflict for every running assessor who shares an employer with what is in the dossier now.

    Inside the caller's transaction, at handing in: new evidence may name an employer that nobody knew of.
    """
    running = Assignment.objects.filter(procedure=procedure, role=Role.ASSESSOR, until=None)
    assignments: dict[int, Any] = {row.person_id: row for row in running.select_related("person")}
    now = clock.now()
    for key, found in sorted(shared_with(procedure, assignments).items()):
        if not found.equal:
            continue
        declaration = ConflictDeclaration.objects.create(
            assignment=assignments[key],
            conflict=True,
            explanation=found.equal,
            reasons=[ConflictReason.EMPLOYER.value],
            declared_at=now,
        )
        append(
            Event.CONFLICT_FOUND,
            actor=actor,
            subject=f"procedure:{procedure.ref}",
            now=now,
            payload={"person": assignments[key].person.ref, "conflict": True},
            content=[declaration],
        )
