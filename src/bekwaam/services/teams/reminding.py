"""Invitations into a team that were not answered: one reminder, and forgetting the address in the end."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from bekwaam.domain.events import Event
from bekwaam.domain.mail.kinds import MailKind
from bekwaam.domain.teams.members import INVITATION_HOLDS, INVITATION_KEPT, REMINDED_AFTER
from bekwaam.services import clock
from bekwaam.services.accounts.letters import Letter, post_after_commit
from bekwaam.services.teams.making import Invited, end_place
from bekwaam.store.audit import append
from bekwaam.store.models import Person, TeamMember
from bekwaam.wording import N_

_SUBJECT: Final = N_("Reminder: you are invited into a team")
_LINES: Final = (
    N_("{lead} invited you some time ago into the team {team} in Bekwaam. You have not answered yet."),
    N_("You choose yourself what the team sees of you. You can also say no. This is the only reminder."),
)


def remind_invited(*, dry_run: bool = False) -> tuple[str, ...]:
    """Remind whoever did not answer for two weeks; return their addresses. With ``dry_run`` only say whom.

    Nobody is reminded twice of one invitation, however often this runs or twice at once. Invitations that
    nobody answered for long are then forgotten as well.
    """
    rows = list(_waiting().select_related("team__provider", "team__lead"))
    if dry_run:
        return tuple(row.email for row in rows)
    forget_invitations()
    return tuple(row.email for row in rows if _remind(row))


@transaction.atomic
def forget_invitations() -> int:
    """End the invitations that were not answered for half a year, with their addresses; return how many."""
    now = clock.now()
    rows = TeamMember.objects.select_for_update(of=("self",)).filter(person=None, left_at=None)
    old = list(rows.filter(invited_at__lte=now - INVITATION_KEPT).select_related("team"))
    for row in old:
        end_place(row, now)
        payload = {"team": row.team.ref, "member": row.ref}
        subject = f"team:{row.team.ref}"
        append(Event.TEAM_REMOVED, actor=None, subject=subject, now=now, payload=payload, content=[row])
    return len(old)


def _waiting() -> QuerySet[TeamMember]:
    now = clock.now()
    rows = TeamMember.objects.filter(person=None, left_at=None, reminded_at=None).exclude(email="")
    old = rows.filter(invited_at__lte=now - REMINDED_AFTER, invited_at__gt=now - INVITATION_HOLDS)
    return old.filter(team__provider__remind_on=True)


@transaction.atomic
def _remind(row: TeamMember) -> bool:
    # Whoever writes this first sends the mail: another worker then finds nothing to write.
    if not _waiting().filter(pk=row.pk).update(reminded_at=clock.now()):
        return False
    lead = row.team.lead
    known = Person.objects.filter(email=row.email, is_active=True).first()
    post_after_commit(
        Letter(
            to=known or Invited(row.email, row.email, lead.language),
            sender=row.team.provider,
            subject=_SUBJECT,
            lines=_LINES,
            path=reverse("teams:home"),
            values={"lead": lead.name, "team": row.team.name},
            kind=MailKind.TEAM,
        )
    )
    return True
