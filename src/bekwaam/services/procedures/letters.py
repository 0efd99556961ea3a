"""The mails of a procedure: whose turn it is now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.urls import reverse

from bekwaam.domain.accounts.access import Role
from bekwaam.services.accounts.letters import Letter, post_after_commit
from bekwaam.store.models import Assignment, Membership, Person, Procedure
from bekwaam.wording import N_

_GO: Final = N_("You find it here:")
_ASSIGNED: Final = {
    Role.GUIDE: (
        N_("You guide procedure {number}"),
        N_("You are the guide in procedure {number}. You can read along and give tips."),
    ),
    Role.ASSESSOR: (
        N_("You are assessor in procedure {number}"),
        N_("You are assessor in procedure {number}. First declare whether you can judge freely."),
    ),
}


def tell_assigned(procedure: Procedure, person: Person, role: Role) -> None:
    """Tell somebody that they are guide or assessor now."""
    subject, line = _ASSIGNED[role]
    _tell(procedure, person, subject, line)


def tell_handed_in(procedure: Procedure) -> None:
    """Tell the assessors that there is a portfolio to judge."""
    running = Assignment.objects.filter(procedure=procedure, role=Role.ASSESSOR, until=None)
    for assignment in running.select_related("person"):
        _tell(
            procedure,
            assignment.person,
            N_("Procedure {number} can be judged"),
            N_("The portfolio of procedure {number} has been handed in. You can judge it now."),
        )


def tell_given_back(procedure: Procedure) -> None:
    """Tell the candidate that the portfolio is theirs again; the reason stands in the dossier."""
    _tell(
        procedure,
        procedure.candidate,
        N_("Your dossier is open again"),
        N_("{provider} gave your dossier back to you, so that you can go on with it. There you read why."),
    )


def tell_decided(procedure: Procedure, days: int) -> None:
    """Tell the candidate that the draft of their certificate is there to be checked."""
    _tell(
        procedure,
        procedure.candidate,
        N_("Check the facts on your certificate"),
        N_(
            "The draft of your certificate is there. Are the facts right? You can have them corrected for "
            "{days} days; then the certificate is issued."
        ),
        path=_draft(procedure),
        days=days,
    )


def tell_facts_asked(procedure: Procedure, *, by_assessors: bool) -> None:
    """Tell the coordinators, and where it is their text the assessors, that a correction was asked for."""
    told: dict[int, Person] = {}
    coordinators = Membership.objects.filter(
        provider=procedure.provider, role=Role.COORDINATOR, until=None, person__is_active=True
    )
    told.update((row.person_id, row.person) for row in coordinators.select_related("person"))
    if by_assessors:
        running = Assignment.objects.filter(procedure=procedure, role=Role.ASSESSOR, until=None)
        told.update((row.person_id, row.person) for row in running.select_related("person"))
    for person in told.values():
        _tell(
            procedure,
            person,
            N_("Correction asked for in procedure {number}"),
            N_("The candidate of procedure {number} asks to correct a fact on the draft of the certificate."),
            path=_draft(procedure),
        )


def tell_facts_answered(procedure: Procedure) -> None:
    """Tell the candidate that everything they asked to be corrected has been answered."""
    _tell(
        procedure,
        procedure.candidate,
        N_("What you asked about your certificate has been answered"),
        N_("{provider} answered what you asked about the draft of your certificate. Is it right now?"),
        path=_draft(procedure),
    )


def _draft(procedure: Procedure) -> str:
    return reverse("certificates:draft", args=[procedure.ref])


def tell_issued(procedure: Procedure) -> None:
    """Tell the candidate that the outcome and the certificate are there."""
    _tell(
        procedure,
        procedure.candidate,
        N_("Your outcome is there"),
        N_("The outcome of your procedure is there, and so is your certificate."),
    )


def tell_status_changed(procedure: Procedure) -> None:
    """Tell the candidate that something was done with their certificate; what and why stands there."""
    _tell(
        procedure,
        procedure.candidate,
        N_("There is news about your certificate"),
        N_("There is news about the certificate of procedure {number}. There you read what, and why."),
        reverse("certificates:status", args=[procedure.ref]),
    )


def tell_objected(procedure: Procedure, coordinators: Iterable[Person]) -> None:
    """Tell the candidate that the objection came in, and the coordinators that there is one."""
    page = reverse("objections:objection", args=[procedure.ref])
    _tell(
        procedure,
        procedure.candidate,
        N_("Your objection has been received"),
        N_("{provider} has received your objection. You read there when you get an answer at the latest."),
        page,
    )
    for person in coordinators:
        _tell(
            procedure,
            person,
            N_("There is an objection in procedure {number}"),
            N_("The candidate of procedure {number} has objected to the outcome."),
            page,
        )


def tell_rejudging(procedure: Procedure) -> None:
    """Tell the candidate that others judge again what they objected to."""
    _tell(
        procedure,
        procedure.candidate,
        N_("Your objection is being judged"),
        N_("People who were not involved before judge again what you objected to."),
        reverse("objections:objection", args=[procedure.ref]),
    )


def tell_answered(procedure: Procedure) -> None:
    """Tell the candidate that there is an answer to the objection."""
    _tell(
        procedure,
        procedure.candidate,
        N_("There is an answer to your objection"),
        N_("{provider} has answered your objection. There you read the answer, and why."),
        reverse("objections:objection", args=[procedure.ref]),
    )


def tell_reassessed(procedure: Procedure) -> None:
    """Tell the candidate that they can be judged again on what fell short."""
    _tell(
        procedure,
        procedure.candidate,
        N_("A new assessment has started"),
        N_("{provider} has started a new assessment of what fell short. First read it and give consent."),
    )


def _tell(
    procedure: Procedure, person: Person, subject: str, line: str, path: str = "", **values: object
) -> None:
    post_after_commit(
        Letter(
            to=person,
            sender=procedure.provider,
            subject=subject,
            lines=(line,),
            before_link=_GO,
            path=path or reverse("procedures:procedure", args=[procedure.ref]),
            values={"number": procedure.number, **values},
            about=procedure,
        )
    )
