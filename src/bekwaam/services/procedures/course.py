"""Starting a procedure and moving it from state to state."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.events import Event
from bekwaam.domain.procedures.scope import Purpose, check_scope
from bekwaam.domain.procedures.states import Need, State, Step
from bekwaam.domain.procedures.terms import last_day
from bekwaam.domain.verdict import refused
from bekwaam.services import clock
from bekwaam.services.accounts.invitations import invite_after_commit
from bekwaam.services.accounts.people import find_or_make_person
from bekwaam.services.accounts.standing import insist_at_procedure, insist_at_provider, lock, lock_provider
from bekwaam.services.errors import Refused, insist
from bekwaam.services.frameworks.versions import framework_of, may_start_on
from bekwaam.services.procedures.numbering import next_number
from bekwaam.services.procedures.objecting import take_back_with
from bekwaam.services.procedures.steps import take_step
from bekwaam.services.procedures.texts import CONSENT_VERSION, consent_text
from bekwaam.services.procedures.working import settings_now, terms_of
from bekwaam.store.audit import append
from bekwaam.store.models import Consent, FrameworkVersion, Person, Procedure, Provider
from bekwaam.wording import N_


@transaction.atomic
def start_procedure(
    actor: Person,
    provider: Provider,
    *,
    candidate_email: str,
    candidate_name: str,
    standard: FrameworkVersion,
    purpose: Purpose,
    other_stages: bool = False,
    life_domains: Sequence[str] = (),
) -> Procedure:
    """Start a procedure at intake, pinned to one version of a standard.

    It also keeps how the provider works on that standard now.
    The candidate's account is made where there is none of that address, and they get a mail. Nothing of
    the candidate is judged before they consent (:func:`give_consent`).
    """
    lock_provider(provider)
    insist_at_provider(Action.START_PROCEDURE, actor, provider)
    if standard.kind != "standard":
        raise Refused(refused("no_standard", N_("A procedure needs a standard: a framework with a rule.")))
    insist(may_start_on(standard, provider))
    insist(check_scope(framework_of(standard), life_domains))
    candidate = find_or_make_person(actor, candidate_email, candidate_name)
    working = settings_now(provider, standard.identifier)
    now = clock.now()
    procedure = Procedure.objects.create(
        provider=provider,
        number=next_number(provider),
        candidate=candidate,
        standard=standard,
        state=State.INTAKE,
        state_since=now,
        due_on=last_day(State.INTAKE, now, terms_of(working)),
        purpose=purpose.value,
        other_stages=other_stages,
        life_domains=sorted(set(life_domains)),
        working=working,
        started_at=now,
    )
    append(
        Event.PROCEDURE_STARTED,
        actor=actor,
        subject=f"procedure:{procedure.ref}",
        now=now,
        payload={
            "provider": provider.ref,
            "candidate": candidate.ref,
            "standard": standard.identifier,
            "version": standard.version,
            "sha256": standard.sha256,
            "settings": working.ref if working else None,
            **_scope_payload(procedure),
        },
        content=[procedure],
    )
    invite_after_commit(candidate, provider, candidate=True, about=procedure)
    return procedure


def _scope_payload(procedure: Procedure) -> dict[str, object]:
    return {
        "purpose": procedure.purpose,
        "other_stages": procedure.other_stages,
        "life_domains": procedure.life_domains,
    }


@transaction.atomic
def set_scope(
    actor: Person,
    procedure: Procedure,
    *,
    purpose: Purpose,
    other_stages: bool,
    life_domains: Sequence[str],
) -> Procedure:
    """Change what a procedure is for and what is judged beside the rule, until it is handed in."""
    procedure = lock(procedure)
    insist_at_procedure(Action.SET_SCOPE, actor, procedure)
    if procedure.follows_id:
        message = N_("What is judged anew follows from the earlier procedure and cannot be changed here.")
        raise Refused(refused("follows", message))
    insist(check_scope(framework_of(procedure.standard), life_domains))
    procedure.purpose = purpose.value
    procedure.other_stages = other_stages
    procedure.life_domains = sorted(set(life_domains))
    procedure.save(update_fields=["purpose", "other_stages", "life_domains"])
    append(
        Event.SCOPE_SET,
        actor=actor,
        subject=f"procedure:{procedure.ref}",
        now=clock.now(),
        payload=_scope_payload(procedure),
        content=[procedure],
    )
    return procedure


@transaction.atomic
def give_consent(actor: Person, procedure: Procedure, language: str) -> Procedure:
    """Record the candidate's consent to the text they saw, and open the portfolio."""
    procedure = lock(procedure)
    insist_at_procedure(Action.GIVE_CONSENT, actor, procedure)
    now = clock.now()
    title = framework_of(procedure.standard).title[language]
    consent = Consent.objects.create(
        procedure=procedure,
        person=actor,
        text_version=CONSENT_VERSION,
        text=consent_text(language, procedure.provider.name, title),
        language=language,
        given_at=now,
    )
    append(
        Event.CONSENT_GIVEN,
        actor=actor,
        subject=f"procedure:{procedure.ref}",
        now=now,
        payload={"text_version": CONSENT_VERSION},
        content=[consent],
    )
    return take_step(actor, procedure, Step.OPEN_PORTFOLIO, frozenset({Need.CONSENT}))


@transaction.atomic
def withdraw(actor: Person, procedure: Procedure, reason: str) -> Procedure:
    """Stop a procedure before its end. By the candidate, their consent ends with it.

    Where it judges anew what they objected to, it is their objection that they take back: nobody else can.
    An earlier certificate stays what it is.
    """
    before = lock(procedure.follows) if procedure.is_rejudging and procedure.follows else None
    procedure = lock(procedure)
    insist_at_procedure(Action.WITHDRAW, actor, procedure)
    if before is not None:
        take_back_with(actor, before)
    procedure = take_step(actor, procedure, Step.WITHDRAW, reason=reason)
    if actor.pk == procedure.candidate_id:
        _withdraw_consent(actor, procedure)
    return procedure


def _withdraw_consent(actor: Person, procedure: Procedure) -> None:
    now, running = clock.now(), list(Consent.objects.filter(procedure=procedure, withdrawn_at=None))
    for consent in running:
        consent.withdrawn_at = now
        consent.save(update_fields=["withdrawn_at"])
    if running:
        append(
            Event.CONSENT_WITHDRAWN,
            actor=actor,
            subject=f"procedure:{procedure.ref}",
            now=now,
            content=running,
        )


@transaction.atomic
def close(actor: Person, procedure: Procedure) -> Procedure:
    """Close a procedure whose certificate was issued."""
    procedure = lock(procedure)
    insist_at_procedure(Action.CLOSE, actor, procedure)
    return take_step(actor, procedure, Step.CLOSE)
