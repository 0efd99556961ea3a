"""Offering a deliberation to colleagues without names, agreeing to it, and taking it away again.

What is kept is a copy that somebody wrote for it, and everybody who wrote anything of the deliberation agrees
to that very text. Who takes their agreement back takes the copy away with it, at once and for everybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import F

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.deliberation.asking import Step
from bekwaam.domain.deliberation.case_law import Offered, check_offered
from bekwaam.domain.deliberation.keeping import may_keep
from bekwaam.domain.deliberation.steps import Phase
from bekwaam.domain.events import Event
from bekwaam.domain.verdict import refused
from bekwaam.frameworks.library import load_builtin
from bekwaam.frameworks.model import Framework
from bekwaam.services import clock
from bekwaam.services.accounts.reads import memberships
from bekwaam.services.accounts.standing import find_provider, places_in_teams
from bekwaam.services.errors import Invalid, NotFound, Refused, insist
from bekwaam.services.reflection.looking import insist_looked
from bekwaam.services.reflection.state import Gathered, Seat, dilemmas, gather, lock_seat
from bekwaam.store.audit import append, drop_openings, erased
from bekwaam.store.models import CaseAgreement, CaseTag, KeptCase, Person, Provider
from bekwaam.wording import N_

COMPETENCES: Final = ("wmo-competenties", "2012")
DILEMMA, COMPETENCE = "dilemma", "competence"
_KEPT: Final = N_("This is kept for colleagues already. Take it away first, and then offer it anew.")
_LEAVE_OUT: Final = N_("A deliberation is kept for others when it has been looked back on.")


@dataclass(frozen=True, slots=True)
class Offer:
    """What is offered to colleagues of a deliberation; ``waits_for`` names who has not agreed yet."""

    ref: str
    provider: str
    title: str
    texts: tuple[tuple[Step, str], ...]
    kept: bool
    agreed: bool
    waits_for: tuple[str, ...]


def competences() -> Framework:
    """Return the framework by whose competences what is kept can be found."""
    return load_builtin(*COMPETENCES)


def offices(person: Person) -> tuple[tuple[str, str], ...]:
    """Return where somebody can offer something to colleagues: (reference, name). Two queries.

    Colleagues are who hold a role somewhere, and who are in a team there.
    """
    found = {row.provider.ref: row.provider.name for row in memberships(person)}
    together = places_in_teams(person).order_by().values_list("team__provider__ref", "team__provider__name")
    return tuple(sorted((found | dict(together)).items(), key=lambda one: one[1]))


def offer_of(seat: Seat, found: Gathered) -> Offer | None:
    """Return what is offered of a deliberation. One query, with a row for each who agreed."""
    offered = KeptCase.objects.filter(deliberation=seat.deliberation).select_related("provider")
    rows = list(offered.annotate(agreed_by=F("agreements__seat")))
    if not rows:
        return None
    row, agreed = rows[0], {one.agreed_by for one in rows}
    needed = _writers(found) if row.kept_at is None else []
    return Offer(
        ref=row.ref,
        provider=row.provider.name,
        title=row.title,
        texts=told(row),
        kept=row.kept_at is not None,
        agreed=seat.row.pk in agreed,
        waits_for=tuple(one.name for one in needed if one.pk not in agreed),
    )


def tags_of(ref: str) -> dict[str, list[str]]:
    """Return by which dilemmas and competences an offered text is found. One query."""
    found: dict[str, list[str]] = {"dilemmas": [], "competences": []}
    for kind, code in CaseTag.objects.filter(case__ref=ref).values_list("kind", "code"):
        found["dilemmas" if kind == DILEMMA else "competences"].append(code)
    return found


def told(row: KeptCase) -> tuple[tuple[Step, str], ...]:
    """Return the texts of a case in the order of the steps."""
    return tuple((step, row.texts[step.value]) for step in Step if row.texts.get(step.value))


def _writers(found: Gathered) -> Sequence[Any]:
    """Return the seats whose agreement is needed: of who takes part, and of who wrote something of it."""
    wrote = {one.seat_id for one in found.contributions}
    return [row for row in found.seats if row.pk in wrote or row.ref in found.state.participants]


def offer_case(
    seat: Seat, provider_ref: str, offered: Offered, language: str, *, looked: bool = False
) -> KeptCase:
    """Offer a copy without names to the colleagues of an organisation where one works oneself.

    What was offered before and not all agreed to goes; who agreed to that agrees anew. Raises Invalid with
    every fault, NotFound for an organisation where one does not work, Refused before it is closed.
    """
    actor = seat.row.person
    if actor is None:
        raise NotFound
    provider, standing = find_provider(actor, provider_ref)
    insist(standing.may(Action.OFFER_CASE))
    with transaction.atomic():
        seat = lock_seat(seat)
        insist(seat.standing.may(Action.LEAD_DELIBERATION))
        if seat.deliberation.phase != Phase.CLOSED:
            raise Refused(refused("not_closed", _LEAVE_OUT))
        found = gather(seat.deliberation)
        codes = [item.code for item in competences().items if item.kind == "competence"]
        faults = check_offered(offered, dilemmas(), codes, [one.name for one in found.seats])
        if faults:
            raise Invalid(faults)
        insist_looked((offered.title, *offered.tidied().values()), looked=looked)
        return _offer(seat, provider, offered, language, found)


def _offer(seat: Seat, provider: Provider, offered: Offered, language: str, found: Gathered) -> KeptCase:
    before = KeptCase.objects.filter(deliberation=seat.deliberation).first()
    if before is not None:
        if before.kept_at is not None:
            raise Refused(refused("kept", _KEPT))
        _remove(before, seat.actor)
    now = clock.now()
    row = KeptCase.objects.create(
        provider=provider,
        deliberation=seat.deliberation,
        title=offered.title.strip(),
        texts=offered.tidied(),
        language=language,
        participants=len(_writers(found)),
        offered_at=now,
    )
    tags = [(DILEMMA, code) for code in dict.fromkeys(offered.dilemmas)]
    tags += [(COMPETENCE, code) for code in dict.fromkeys(offered.competences)]
    CaseTag.objects.bulk_create(CaseTag(case=row, kind=kind, code=code) for kind, code in tags)
    _record(Event.CASE_OFFERED, seat.actor, row, content=[row])
    _agree(seat, row, found)
    return row


@transaction.atomic
def agree(seat: Seat, ref: str) -> None:
    """Agree that the text with this reference is kept; when all have, it is. Twice changes nothing.

    Raises NotFound where another text was offered since: one agrees to what one read.
    """
    seat = lock_seat(seat)
    insist(seat.standing.may(Action.TAKE_PART))
    row = KeptCase.objects.filter(deliberation=seat.deliberation, ref=ref).first()
    if row is None:
        raise NotFound
    _agree(seat, row, gather(seat.deliberation))


def _agree(seat: Seat, row: KeptCase, found: Gathered) -> None:
    now = clock.now()
    _one, made = CaseAgreement.objects.get_or_create(case=row, seat=seat.row, defaults={"agreed_at": now})
    if made:
        _record(Event.CASE_AGREED, seat.actor, row, {"seat": seat.row.ref})
    agreed = set(row.agreements.values_list("seat__ref", flat=True))
    if row.kept_at is None and may_keep(found.state, agreed, names_checked=True):
        row.kept_at = now
        row.save(update_fields=["kept_at"])
        _record(Event.CASE_KEPT, seat.actor, row)


@transaction.atomic
def take_back(seat: Seat, ref: str) -> None:
    """Take one's agreement back, or do not give it: the copy goes, whether it was kept already or not."""
    seat = lock_seat(seat)
    insist(seat.standing.may(Action.TAKE_PART))
    row = KeptCase.objects.filter(deliberation=seat.deliberation, ref=ref).first()
    if row is None:
        raise NotFound
    _remove(row, seat.actor)


@transaction.atomic
def remove_case(actor: Person, provider: Provider, ref: str) -> None:
    """Take a kept case away: for a coordinator, where somebody is recognised after all."""
    _found, standing = find_provider(actor, provider.ref)
    insist(standing.may(Action.REMOVE_CASE))
    row = KeptCase.objects.select_for_update(of=("self",)).filter(provider=provider, ref=ref).first()
    if row is None or row.kept_at is None:
        raise NotFound
    _remove(row, actor)


def _remove(row: KeptCase, actor: Person | None) -> None:
    _record(Event.CASE_REMOVED, actor, row, {"erased": [erased(row)]})
    drop_openings(row)
    row.delete()


def _record(
    event: Event,
    actor: Person | None,
    row: KeptCase,
    payload: dict[str, Any] | None = None,
    content: Sequence[KeptCase] = (),
) -> None:
    append(
        event,
        actor=actor,
        subject=f"provider:{row.provider.ref}",
        now=clock.now(),
        payload={"case": row.ref, **(payload or {})},
        content=content,
    )
