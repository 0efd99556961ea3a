"""Having one's account erased: everything that may go goes at once, the rest has a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q

from bekwaam.domain.accounts.access import Action, Role, may
from bekwaam.domain.accounts.erasing import NOWHERE, Line, Plan, What
from bekwaam.domain.events import Event
from bekwaam.domain.mail.kinds import MailKind
from bekwaam.domain.procedures.states import BEFORE_REVEAL
from bekwaam.domain.verdict import refused
from bekwaam.services import clock
from bekwaam.services.accounts.letters import Letter, post_after_commit
from bekwaam.services.accounts.people import end_role
from bekwaam.services.accounts.standing import lock, lock_provider
from bekwaam.services.erasing.bin import Bin, throw_files
from bekwaam.services.erasing.dossier import erase_dossier, keep, stop_and_throw, throw_stopped
from bekwaam.services.erasing.facts import plan_for, seen
from bekwaam.services.erasing.looked_back import lock_tables, throw_looked_back
from bekwaam.services.erasing.naming import is_named, keeps_name
from bekwaam.services.errors import NotFound, Refused, insist
from bekwaam.services.keeping import discard_after_commit
from bekwaam.services.mail.keeping import forget_mail_of
from bekwaam.services.procedures.assigning import end_assignment
from bekwaam.store.audit import append
from bekwaam.store.models import (
    Assignment,
    BroughtIn,
    ClosedLink,
    Draft,
    Employment,
    Evidence,
    FeedbackAnswer,
    FeedbackRequest,
    Jotting,
    KeptDossier,
    KnowledgeNote,
    Membership,
    OwnPortfolio,
    PartialUpload,
    Person,
    PlanAgreement,
    PlanGoal,
    Procedure,
    Provider,
    Registration,
    SelfRound,
    TeamConsent,
    TeamMember,
    UnitOpened,
)
from bekwaam.wording import N_, say

_CHANGED: Final = N_("Something changed while you were reading. Read once more what goes and what stays.")
_SUBJECT: Final = N_("Your account in Bekwaam is erased")
_DONE: Final = N_("You had your account in Bekwaam erased. You cannot log in any more.")
_KEPT: Final = N_("Procedure {number} of {provider} stays until {day}; after that it goes by itself.")
_NOT_YOU: Final = N_("Was it not you? Then tell your provider, or whoever runs this installation.")


@dataclass(frozen=True, slots=True)
class Goodbye:
    """What is said after it: ``kept`` is what stays of finished procedures."""

    kept: tuple[Line, ...]


@transaction.atomic
def erase_account(actor: Person, person: Person, seen_plan: str) -> Goodbye:
    """Erase the account of ``person``, who asks for it themself.

    ``seen_plan`` says which plan they read (:func:`bekwaam.services.erasing.facts.seen`): nothing happens
    that did not stand there. Procedures under way stop. Raises Refused for anybody else, where something
    has to be done first, and where the plan is another one by now.
    """
    insist(may(Action.ERASE_ACCOUNT, {Role.OWNER} if actor.pk == person.pk else ()))
    _lock_all(person)
    found = plan_for(person)
    insist(found.allowed)
    if seen(found) != seen_plan:
        raise Refused(refused("changed", _CHANGED))
    to = _Addressee(person.email, person.name, person.language)
    thrown, now = Bin(), clock.now()
    _leave_work(person)
    _throw_own(thrown, person)
    kept = _throw_procedures(thrown, person, found, now)
    _throw_typing(person)
    throw_files(person)
    append(
        Event.ACCOUNT_ERASED,
        actor=person,
        subject=f"person:{person.ref}",
        now=now,
        payload={"kept": [row.procedure.ref for row in kept], "erased": thrown.marks},
        content=kept,
    )
    _empty(person, now)
    goodbye = Goodbye(tuple(line for line in found.stays if line.what is What.FINISHED))
    _say_goodbye(to, goodbye)
    return goodbye


def _lock_all(person: Person) -> None:
    """Take every lock that a write about this person takes, in the order in which the others take them."""
    providers = Provider.objects.filter(memberships__person=person) | Provider.objects.filter(
        procedures__candidate=person
    )
    for provider in Provider.objects.filter(pk__in=providers.values("pk")).order_by("pk"):
        lock_provider(provider)
    concerned = Procedure.objects.filter(candidate=person) | Procedure.objects.filter(
        assignments__person=person, assignments__until=None
    )
    keys = sorted(set(concerned.values_list("pk", flat=True)))
    list(Procedure.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
    lock_tables(person)
    if not Person.objects.select_for_update(of=("self",)).filter(pk=person.pk, erased_at=None):
        raise NotFound  # sent twice: the first one did it
    list(OwnPortfolio.objects.select_for_update(of=("self",)).filter(owner=person).order_by("pk"))


def _leave_work(person: Person) -> None:
    """End what somebody does for providers. Once an outcome is being settled, who judged it stays named."""
    running = Assignment.objects.filter(person=person, until=None, procedure__state__in=BEFORE_REVEAL)
    for assignment in running.select_related("procedure").order_by("pk"):
        end_assignment(person, assignment.procedure, person)
    for membership in Membership.objects.filter(person=person, until=None).select_related("provider"):
        end_role(person, membership.provider, person, Role(membership.role))


def _throw_own(thrown: Bin, person: Person) -> None:
    """Throw away what is one's own: portfolio, growth, teams, looking back, and what referees were asked."""
    requests = FeedbackRequest.objects.filter(owner=person)
    open_links = requests.filter(answer=None, withdrawn_at=None, expires_at__gt=clock.now())
    ClosedLink.objects.bulk_create(
        ClosedLink(token_sha256=token, until=until)
        for token, until in open_links.values_list("token_sha256", "expires_at")
    )
    thrown.throw(FeedbackAnswer.objects.filter(request__owner=person))
    thrown.throw(requests)
    throw_looked_back(thrown, person)
    thrown.throw(TeamConsent.objects.filter(member__person=person))
    thrown.throw(TeamMember.objects.filter(Q(person=person) | Q(person=None, email=person.email)))
    thrown.throw(SelfRound.objects.filter(owner=person))
    thrown.throw(PlanGoal.objects.filter(owner=person))
    thrown.throw(PlanAgreement.objects.filter(owner=person))
    thrown.throw(KnowledgeNote.objects.filter(owner=person))
    thrown.throw(BroughtIn.objects.filter(owner=person))
    thrown.throw(Evidence.objects.filter(owner=person))
    thrown.throw(OwnPortfolio.objects.filter(owner=person))


def _throw_procedures(thrown: Bin, person: Person, found: Plan, now: datetime) -> list[KeptDossier]:
    """Let each procedure have what the plan says of it; return what stays for a term."""
    kept = []
    for line in (*found.goes, *found.stays):
        for own in line.procedures:
            procedure = lock(Procedure.objects.get(ref=own.ref))
            if line.what is What.UNDER_WAY:
                stop_and_throw(thrown, person, procedure)
            elif line.what is What.STOPPED:
                throw_stopped(thrown, procedure)
            elif line.what is What.OVER:
                erase_dossier(person, procedure)
            elif line.what is What.FINISHED:
                kept.append(keep(thrown, person, procedure, own, now))
    return [row for row in kept if row is not None]


def _throw_typing(person: Person) -> None:
    """Throw away what was being typed and what came in half; nobody else ever saw it."""
    Draft.objects.filter(person=person).delete()
    forget_mail_of(person)
    UnitOpened.objects.filter(assessor=person).delete()
    Jotting.objects.filter(author=person).delete()
    Employment.objects.filter(person=person).delete()
    for upload in PartialUpload.objects.filter(owner=person):
        upload.delete()
        discard_after_commit(upload.key)


def _empty(person: Person, now: datetime) -> None:
    """Take away all by which somebody logs in or is known; the row itself goes where nothing needs it.

    Sessions elsewhere end by it: they hold on to the password, which is no more.
    """
    Authenticator.objects.filter(user=person).delete()
    EmailAddress.objects.filter(user=person).delete()
    Registration.objects.filter(email=person.email).delete()
    if not is_named(person):
        Person.objects.filter(pk=person.pk).delete()
        return
    person.email = f"{person.ref}@{NOWHERE}"
    person.set_unusable_password()
    person.last_login = None
    person.is_active = person.is_operator = False
    person.erased_at = now
    if not keeps_name(person):
        person.name = ""
    person.save()


@dataclass(frozen=True, slots=True)
class _Addressee:
    """To whom the last mail goes; the row does not know any more by then."""

    email: str
    name: str
    language: str


def _say_goodbye(to: _Addressee, goodbye: Goodbye) -> None:
    """Say that it happened, at the address that is not kept any more: it may have been somebody else."""
    kept = [
        say(to.language, _KEPT, number=one.number, provider=one.provider, day=f"{one.kept_until:%d-%m-%Y}")
        for line in goodbye.kept
        for one in line.procedures
    ]
    letter = Letter(
        to=to,
        sender=None,
        subject=_SUBJECT,
        lines=(_DONE,),
        items=tuple(kept),
        after_link=say(to.language, _NOT_YOU),
        kind=MailKind.FAREWELL,
    )
    post_after_commit(letter)
