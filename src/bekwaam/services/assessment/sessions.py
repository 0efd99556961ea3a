"""Recording an interview, workplace observation or practical test."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.assessment.findings import SECOND_INSTRUMENTS, InstrumentKind
from bekwaam.domain.assessment.instruments import IdentityCheck, Session
from bekwaam.domain.assessment.numbers import looks_like_number
from bekwaam.domain.events import Event
from bekwaam.domain.faults import Fault
from bekwaam.services import clock
from bekwaam.services.accounts.standing import insist_at_procedure, lock
from bekwaam.services.assessment.planning import open_plan
from bekwaam.services.errors import Invalid, NotFound
from bekwaam.store.audit import append
from bekwaam.store.models import HeldSession, Person, Procedure
from bekwaam.wording import N_

LONGEST: Final = {"place": 200, "present": 500, "identity_by": 200}


@dataclass(frozen=True, slots=True)
class SessionInput:
    """What the form says about a session that was held.

    ``identity_on`` is filled in where identity was checked on another day; ``plan`` is the reference of the
    appointment that it was held by.
    """

    kind: str
    held_on: date | None
    place: str
    present: str
    identity: str
    identity_by: str
    identity_on: date | None = None
    plan: str = ""


@transaction.atomic
def record_session(
    actor: Person, procedure: Procedure, given: SessionInput, replaces: str = ""
) -> HeldSession:
    """Record a session; ``replaces`` is the reference of one that this corrects.

    Raises Invalid with every fault. There is no place for the number of an identity document.
    """
    procedure = lock(procedure)
    insist_at_procedure(Action.RECORD_SESSION, actor, procedure)
    faults = _faults(given, clock.today())
    if faults or given.held_on is None:
        raise Invalid(faults)
    old = None
    if replaces:
        old = HeldSession.objects.filter(procedure=procedure, ref=replaces, replaced_by=None).first()
        if old is None:
            raise NotFound
    plan = open_plan(procedure, given.plan) if given.plan and old is None else None
    now = clock.now()
    session = HeldSession.objects.create(
        procedure=procedure,
        kind=given.kind,
        held_on=given.held_on,
        place=given.place.strip(),
        present=given.present.strip(),
        identity=given.identity,
        identity_by=given.identity_by.strip(),
        identity_on=given.identity_on,
        plan=old.plan if old else plan,
        recorded_by=actor,
        recorded_at=now,
        replaces=old,
    )
    append(
        Event.SESSION_RECORDED,
        actor=actor,
        subject=f"procedure:{procedure.ref}",
        now=now,
        payload={"session": session.ref, "kind": session.kind, "replaces": old.ref if old else None},
        content=[session],
    )
    return session


def _faults(given: SessionInput, today: date) -> tuple[Fault, ...]:
    faults = []
    if given.kind not in {kind.value for kind in SECOND_INSTRUMENTS}:
        faults.append(Fault("kind", "unknown", N_("Choose an interview, an observation or a test.")))
    if given.held_on is None:
        faults.append(Fault("held_on", "empty", N_("Fill in the date on which it was held.")))
    elif given.held_on > today:
        faults.append(Fault("held_on", "future", N_("This date is still to come.")))
    for name, message in (
        ("place", N_("Fill in where it was held.")),
        ("present", N_("Fill in who took part.")),
        ("identity_by", N_("Fill in who checked identity.")),
    ):
        faults.extend(_text_faults(name, getattr(given, name).strip(), message))
    if given.identity not in {check.value for check in IdentityCheck}:
        faults.append(Fault("identity", "unknown", N_("Choose how identity was checked.")))
    if given.identity_on and given.identity_on > today:
        faults.append(Fault("identity_on", "future", N_("This date is still to come.")))
    return tuple(faults)


def _text_faults(name: str, text: str, empty: str) -> list[Fault]:
    if not text:
        return [Fault(name, "empty", empty)]
    if len(text) > LONGEST[name]:
        too_long = N_("This is too long: {limit} characters is the most.")
        return [Fault(name, "too_long", too_long, {"limit": LONGEST[name]})]
    if name != "place" and looks_like_number(text):
        # The number of a passport or a citizen service number has no business in a dossier.
        return [Fault(name, "number", N_("Leave out numbers of documents or people; a name is enough."))]
    return []


def follow(rows: Iterable[HeldSession]) -> dict[str, str]:
    """Return, for all sessions of a procedure, which reference stands now in place of each.

    Judgements name the session that they rest on; after a correction that is the row that replaced it.
    """
    known = list(rows)
    successor = {row.replaces_id: row for row in known if row.replaces_id is not None}
    now = {}
    for row in known:
        last = row
        while last.pk in successor:
            last = successor[last.pk]
        now[row.ref] = last.ref
    return now


def as_session(row: HeldSession) -> Session:
    """Return a stored session as the domain knows it."""
    return Session(
        ref=row.ref,
        kind=InstrumentKind(row.kind),
        held_on=row.held_on,
        place=row.place,
        present=row.present,
        identity=IdentityCheck(row.identity),
        identity_by=row.identity_by,
        identity_on=row.identity_on,
    )
