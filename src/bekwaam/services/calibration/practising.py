"""Making a practice dossier, releasing it, and judging it.

Until it is released a practice dossier is a draft of the coordinators: not audited, and nobody else's
business. From the release on it is fixed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.db import transaction

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.calibration.practice import (
    NOT_SHOWN,
    PracticeInput,
    check_head,
    check_judgement,
    check_piece,
    check_release,
    may_judge,
)
from bekwaam.domain.events import Event
from bekwaam.domain.procedures.scope import Scope, judged_units, stages_to_choose
from bekwaam.domain.verdict import refused
from bekwaam.services import clock
from bekwaam.services.accounts.standing import insist_at_provider
from bekwaam.services.calibration.letters import tell_released
from bekwaam.services.errors import Invalid, NotFound, Refused, insist
from bekwaam.services.frameworks.versions import framework_of, may_start_on
from bekwaam.store.audit import append
from bekwaam.store.models import (
    FrameworkVersion,
    Person,
    PracticeDone,
    PracticeDossier,
    PracticeJudgement,
    PracticePiece,
    Provider,
)
from bekwaam.wording import N_

# Practice dossiers are judged on every stage: a yardstick is only seen whole.
SCOPE = Scope(other_stages=True)


@transaction.atomic
def make_practice(
    actor: Person, provider: Provider, standard: FrameworkVersion, title: str, closes_on: date
) -> PracticeDossier:
    """Begin a practice dossier on a standard's version. Raises Invalid, Refused."""
    insist_at_provider(Action.MAKE_PRACTICE, actor, provider)
    insist(may_start_on(standard, provider))
    faults = check_head(title, closes_on, clock.today())
    if faults:
        raise Invalid(faults)
    return PracticeDossier.objects.create(
        provider=provider,
        standard=standard,
        title=title.strip(),
        closes_on=closes_on,
        made_by=actor,
        made_at=clock.now(),
    )


@transaction.atomic
def add_piece(actor: Person, provider: Provider, ref: str, title: str, text: str) -> PracticePiece:
    """Add a piece to a practice dossier that was not released yet. Raises Invalid, Refused, NotFound."""
    dossier = _open_draft(actor, provider, ref)
    faults = check_piece(title, text, dossier.pieces.count())
    if faults:
        raise Invalid(faults)
    return PracticePiece.objects.create(dossier=dossier, title=title.strip(), text=text.strip())


@transaction.atomic
def remove_piece(actor: Person, provider: Provider, ref: str, piece: str) -> None:
    """Take a piece out of a practice dossier that was not released yet. Raises Refused, NotFound."""
    dossier = _open_draft(actor, provider, ref)
    if not dossier.pieces.filter(ref=piece).delete()[0]:
        raise NotFound


@transaction.atomic
def release_practice(
    actor: Person, provider: Provider, ref: str, units: Collection[str], *, read: bool
) -> PracticeDossier:
    """Release a practice dossier to all assessors of its provider, to be judged on ``units``.

    ``read`` is the coordinator's word that nobody can be recognised in it. Raises Invalid, Refused, NotFound.
    """
    dossier = _open_draft(actor, provider, ref)
    pieces, now = list(dossier.pieces.all()), clock.now()
    known = judged_units(framework_of(dossier.standard), SCOPE)
    faults = check_release(len(pieces), units, known, read, dossier.closes_on, clock.today())
    if faults:
        raise Invalid(faults)
    dossier.units = [unit for unit in known if unit in set(units)]
    dossier.released_at = now
    dossier.save(update_fields=["units", "released_at"])
    append(
        Event.PRACTICE_RELEASED,
        actor=actor,
        subject=f"practice:{dossier.ref}",
        now=now,
        payload={"provider": provider.ref, "units": dossier.units, "pieces": [p.ref for p in pieces]},
        content=[dossier, *pieces],
    )
    tell_released(provider, dossier)
    return dossier


@transaction.atomic
def judge_practice(
    actor: Person, provider: Provider, ref: str, given: Mapping[str, PracticeInput]
) -> PracticeDone:
    """Judge a practice dossier: every unit at once, and once only.

    ``given`` maps units to what was filled in. Raises Invalid with every leg that is missing, Refused when
    it is closed, not released or finished already, NotFound.
    """
    insist_at_provider(Action.JUDGE_PRACTICE, actor, provider)
    dossier = _locked(provider, ref)
    finished = PracticeDone.objects.filter(dossier=dossier, assessor=actor).exists()
    insist(may_judge(dossier.released_at is not None, finished, dossier.closes_on, clock.today()))
    framework, pieces = framework_of(dossier.standard), [piece.ref for piece in dossier.pieces.all()]
    wanted = {unit: given.get(unit, PracticeInput()) for unit in dossier.units}
    faults = [
        fault
        for unit, one in wanted.items()
        for fault in check_judgement(unit, one, stages_to_choose(framework, unit, SCOPE), pieces)
    ]
    if faults:
        raise Invalid(tuple(faults))
    now = clock.now()
    done = PracticeDone.objects.create(dossier=dossier, assessor=actor, finished_at=now)
    rows = [
        PracticeJudgement.objects.create(
            done=done,
            unit=unit,
            stage="" if one.stage == NOT_SHOWN else one.stage,
            evidence=[piece for piece in pieces if piece in one.evidence],
            why=one.why.strip(),
        )
        for unit, one in wanted.items()
    ]
    append(
        Event.PRACTICE_JUDGED,
        actor=actor,
        subject=f"practice:{dossier.ref}",
        now=now,
        payload={"provider": provider.ref},
        content=[done, *rows],
    )
    return done


def _open_draft(actor: Person, provider: Provider, ref: str) -> PracticeDossier:
    insist_at_provider(Action.MAKE_PRACTICE, actor, provider)
    dossier = _locked(provider, ref)
    if dossier.released_at is not None:
        message = N_("This practice dossier has been released: it stays as it is.")
        raise Refused(refused("released", message))
    return dossier


def _locked(provider: Provider, ref: str) -> PracticeDossier:
    """Return a practice dossier of the provider, locked until the transaction ends."""
    rows = PracticeDossier.objects.select_for_update(of=("self",)).select_related("standard")
    found = rows.defer("standard__document").filter(provider=provider, ref=ref).first()
    if found is None:
        raise NotFound
    return found
