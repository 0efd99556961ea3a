"""The mails of a procedure: whose turn it is now."""

from __future__ import annotations

from typing import Final

from django.urls import reverse

from bekwaam.domain.accounts.access import Role
from bekwaam.services.accounts.letters import Letter, post_after_commit
from bekwaam.store.models import Assignment, Person, Procedure
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


def tell_issued(procedure: Procedure) -> None:
    """Tell the candidate that the outcome and the certificate are there."""
    _tell(
        procedure,
        procedure.candidate,
        N_("Your outcome is there"),
        N_("The outcome of your procedure is there, and so is your certificate."),
    )


def _tell(procedure: Procedure, person: Person, subject: str, line: str) -> None:
    post_after_commit(
        Letter(
            to=person,
            sender=procedure.provider,
            subject=subject,
            lines=(line,),
            before_link=_GO,
            path=reverse("procedures:procedure", args=[procedure.ref]),
            values={"number": procedure.number},
            about=procedure,
        )
    )
