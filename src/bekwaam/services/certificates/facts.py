"""Having facts corrected between the decision and the certificate: asking, answering, saying it is right."""

from __future__ import annotations

from django.db import transaction

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.certificates.facts import (
    MOST_REQUESTS,
    OF_ASSESSORS,
    Place,
    Spot,
    answer_faults,
    wish_faults,
)
from bekwaam.domain.events import Event
from bekwaam.domain.verdict import refused
from bekwaam.services import clock
from bekwaam.services.accounts.standing import insist_at_procedure, lock
from bekwaam.services.certificates.composing import draft_of
from bekwaam.services.certificates.facts_reads import checking_of
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.procedures.letters import tell_facts_answered, tell_facts_asked
from bekwaam.store.audit import append
from bekwaam.store.models import FactAnswer, FactRequest, FactsConfirmed, Person, Procedure
from bekwaam.wording import N_


@transaction.atomic
def ask_correction(actor: Person, procedure: Procedure, spot: Spot, wanted: str) -> FactRequest:
    """Ask for one fact of the draft to be corrected; ``wanted`` is what it should be, in their own words.

    Raises Refused when the term is over or the facts were said to be right, Invalid for a fault in
    ``wanted``, NotFound for a fact that the certificate does not have.
    """
    procedure = lock(procedure)
    insist_at_procedure(Action.CHECK_FACTS, actor, procedure)
    checking = checking_of(procedure)
    if checking is None:
        raise NotFound
    if checking.confirmed:
        raise Refused(refused("confirmed", N_("You have said already that the facts are right.")))
    if checking.over(clock.today()):
        raise Refused(refused("term_over", N_("The term to have facts corrected is over.")))
    if not checking.may_ask(clock.today()):
        raise Refused(
            refused("too_many", N_("You have asked for {limit} corrections already."), limit=MOST_REQUESTS)
        )
    facts = draft_of(procedure, actor.language).facts
    if spot not in facts:
        raise NotFound
    if faults := wish_faults(wanted):
        raise Invalid(faults)
    now = clock.now()
    row = FactRequest.objects.create(
        procedure=procedure,
        place=spot.place.value,
        about=spot.about,
        said=facts[spot].says,
        wanted=wanted.strip(),
        asked_by=actor,
        asked_at=now,
    )
    append(
        Event.FACTS_ASKED,
        actor=actor,
        subject=f"procedure:{procedure.ref}",
        now=now,
        payload={"request": row.ref, "place": row.place},
        content=[row],
    )
    tell_facts_asked(procedure, by_assessors=spot.place in OF_ASSESSORS)
    return row


@transaction.atomic
def answer_request(
    actor: Person, procedure: Procedure, request: str, *, corrected: bool, text: str = "", why: str = ""
) -> FactAnswer:
    """Answer a request: put ``text`` in the place of what stood there, or say ``why`` not.

    The text of a finding is corrected by its assessors alone; anything else, and every refusal, is the
    coordinator's. No stage and no basis of a finding changes. Raises NotFound for a request that is not
    there, Refused for one that was answered before, Invalid for what is missing.
    """
    procedure = lock(procedure)
    row = FactRequest.objects.filter(procedure=procedure, ref=request).first()
    of_assessors = row is not None and row.place in OF_ASSESSORS
    action = Action.CORRECT_FINDING if of_assessors and corrected else Action.ANSWER_FACTS
    insist_at_procedure(action, actor, procedure)
    if row is None:
        raise NotFound
    if FactAnswer.objects.filter(request=row).exists():
        raise Refused(refused("answered", N_("This request has been answered already.")))
    if faults := answer_faults(Place(row.place), corrected=corrected, text=text, why=why):
        raise Invalid(faults)
    now = clock.now()
    answer = FactAnswer.objects.create(
        procedure=procedure,
        request=row,
        corrected=corrected,
        text=text.strip() if corrected else "",
        why=why.strip(),
        answered_by=actor,
        answered_at=now,
    )
    append(
        Event.FACTS_ANSWERED,
        actor=actor,
        subject=f"procedure:{procedure.ref}",
        now=now,
        payload={"request": row.ref, "place": row.place, "corrected": corrected},
        content=[answer],
    )
    if not FactRequest.objects.filter(procedure=procedure, answer=None).exists():
        tell_facts_answered(procedure)
    return answer


@transaction.atomic
def confirm_facts(
    actor: Person, procedure: Procedure, language: str, seen: str | None = None
) -> FactsConfirmed:
    """Record the candidate's word that the facts of the draft are right.

    ``seen`` is the hash of the draft that they had before them (None leaves that out): when it is another by
    now, Refused is raised, as it is while a request is open and the second time.
    """
    procedure = lock(procedure)
    insist_at_procedure(Action.CHECK_FACTS, actor, procedure)
    checking = checking_of(procedure)
    if checking is None:
        raise NotFound
    if checking.confirmed:
        raise Refused(refused("confirmed", N_("You have said already that the facts are right.")))
    if checking.unanswered:
        message = N_("First wait for the answer to what you asked.")
        raise Refused(refused("unanswered", message))
    draft = draft_of(procedure, language)
    if seen is not None and seen != draft.sha256:
        message = N_("Meanwhile something changed in the draft. Look at it once more.")
        raise Refused(refused("stale", message))
    now = clock.now()
    row = FactsConfirmed.objects.create(
        procedure=procedure, language=language, sha256=draft.sha256, confirmed_by=actor, confirmed_at=now
    )
    append(
        Event.FACTS_CONFIRMED,
        actor=actor,
        subject=f"procedure:{procedure.ref}",
        now=now,
        payload={"draft": draft.sha256},
        content=[row],
    )
    return row
