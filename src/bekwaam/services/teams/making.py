"""Making a team, who leads it, and whom the lead invites and takes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.events import Event
from bekwaam.domain.faults import Fault
from bekwaam.domain.mail.kinds import MailKind
from bekwaam.domain.teams.members import TeamKind, invitation_stands
from bekwaam.domain.verdict import refused
from bekwaam.services import clock
from bekwaam.services.accounts.letters import Letter, post_after_commit
from bekwaam.services.accounts.standing import insist_at_provider, lock_provider
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.growth.programmes import programmes_at
from bekwaam.services.teams.finding import lock_team
from bekwaam.store.audit import append
from bekwaam.store.models import Person, Provider, Team, TeamMember
from bekwaam.wording import N_

MOST_NAME: Final = 100
MOST_AT_ONCE: Final = 50
MOST_MEMBERS: Final = 60
"""A larger team is several teams: nobody reads a table of more columns."""
MOST_LEARNERS: Final = 300
"""Of a cohort nobody is shown in a column, so it may be larger."""
_COHORT_LETTER: Final = (
    N_("{lead} invites you into the cohort {team} in Bekwaam."),
    N_("You choose yourself what counts in its numbers. Nobody sees anything of you alone."),
)
_LETTER: Final = (
    N_("{lead} invites you into the team {team} in Bekwaam."),
    N_("You choose yourself what the team sees of you, and you can stop at any moment."),
)
_INVITED: Final = {
    TeamKind.TEAM: N_("You are invited into a team"),
    TeamKind.COHORT: N_("You are invited into a cohort"),
}
_OTHER_LEAD: Final = N_("Somebody else leads your team")
_OTHER_LEAD_LINES: Final = (
    N_("{lead} leads the team {team} in Bekwaam from now on, and sees what you share with it."),
    N_("Look whether that is still what you want. You can share less, or stop, at any moment."),
)
_GONE: Final = N_("This person is not in the team any more. Look at the list again.")


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who gets an invitation, with or without an account."""

    name: str
    email: str
    language: str


@transaction.atomic
def make_team(actor: Person, provider: Provider, name: str, lead_email: str) -> Team:
    """Make a team of an organisation, led by whoever has an account on ``lead_email``.

    Raises Invalid with every fault, Refused for who does not coordinate.
    """
    return _make(actor, provider, name, lead_email, TeamKind.TEAM)


@transaction.atomic
def make_cohort(
    actor: Person,
    provider: Provider,
    name: str,
    lead_email: str,
    programme: str = "",
    starts: date | None = None,
) -> Team:
    """Make a cohort of a school, led by the trainer who has an account on ``lead_email``.

    ``programme`` is what one of the school's programmes is ``called``, or empty. Raises Invalid with every
    fault, Refused for who does not coordinate.
    """
    return _make(actor, provider, name, lead_email, TeamKind.COHORT, programme=programme, starts=starts)


def _make(actor: Person, provider: Provider, name: str, lead_email: str, kind: TeamKind, **more: Any) -> Team:
    insist_at_provider(Action.MAKE_TEAM, actor, provider)
    lock_provider(provider)
    name = " ".join(name.split())
    lead = _lead(lead_email)
    faults = [
        *_name_faults(provider, name, kind),
        *_lead_faults(lead),
        *_programme_faults(provider, more.get("programme", "")),
    ]
    if faults or lead is None:
        raise Invalid(tuple(faults))
    now = clock.now()
    team = Team.objects.create(provider=provider, name=name, lead=lead, made_at=now, kind=kind.value, **more)
    payload = {"team": team.ref, "lead": lead.ref}
    event = Event.COHORT_MADE if kind is TeamKind.COHORT else Event.TEAM_MADE
    subject = f"provider:{provider.ref}"
    append(event, actor=actor, subject=subject, now=now, payload=payload, content=[team])
    return team


@transaction.atomic
def change_cohort(actor: Person, provider: Provider, ref: str, programme: str, starts: date | None) -> Team:
    """Let a cohort follow another programme (as in :func:`make_cohort`), or begin on another day.

    Raises Invalid for a programme that is not there.
    """
    insist_at_provider(Action.MAKE_TEAM, actor, provider)
    rows = Team.objects.select_for_update(of=("self",)).filter(provider=provider, kind=TeamKind.COHORT)
    cohort = rows.filter(ref=ref).first()
    if cohort is None:
        raise NotFound
    if faults := _programme_faults(provider, programme):
        raise Invalid(tuple(faults))
    cohort.programme, cohort.starts = programme, starts
    cohort.save(update_fields=["programme", "starts"])
    subject, now = f"provider:{provider.ref}", clock.now()
    payload = {"team": cohort.ref, "programme": programme}
    append(Event.COHORT_CHANGED, actor=actor, subject=subject, now=now, payload=payload, content=[cohort])
    return cohort


@transaction.atomic
def set_lead(actor: Person, provider: Provider, ref: str, lead_email: str) -> Team:
    """Let somebody else lead a team; its members get a mail, for what they share goes to another from now on.

    Raises Invalid where nobody has an account on ``lead_email``.
    """
    insist_at_provider(Action.MAKE_TEAM, actor, provider)
    team = Team.objects.select_for_update(of=("self",)).filter(provider=provider, ref=ref).first()
    if team is None:
        raise NotFound
    lead = _lead(lead_email)
    if lead is None:
        raise Invalid(tuple(_lead_faults(lead)))
    another = team.lead_id != lead.pk
    team.lead = lead
    team.save(update_fields=["lead"])
    payload = {"team": team.ref, "lead": lead.ref}
    subject, now = f"provider:{provider.ref}", clock.now()
    append(Event.TEAM_LEAD_SET, actor=actor, subject=subject, now=now, payload=payload, content=[team])
    if another and team.kind == TeamKind.TEAM:
        _tell_members(team, provider, lead)
    return team


def _tell_members(team: Team, provider: Provider, lead: Person) -> None:
    """Write to whoever said yes to a team that somebody else sees what they share with it."""
    there = Person.objects.filter(teams__team=team, teams__left_at=None, teams__joined_at__isnull=False)
    for member in there.exclude(pk=lead.pk).filter(is_active=True):
        post_after_commit(
            Letter(
                to=member,
                sender=provider,
                subject=_OTHER_LEAD,
                lines=_OTHER_LEAD_LINES,
                path=reverse("teams:share", args=[team.ref]),
                values={"lead": lead.name, "team": team.name},
                kind=MailKind.TEAM,
            )
        )


def _lead(email: str) -> Person | None:
    return Person.objects.filter(email=email.strip().lower(), is_active=True).first()


def _name_faults(provider: Provider, name: str, kind: TeamKind) -> list[Fault]:
    cohort = kind is TeamKind.COHORT
    if not name:
        sentence = N_("Give the cohort a name.") if cohort else N_("Give the team a name.")
        return [Fault("name", "empty", sentence)]
    if len(name) > MOST_NAME:
        return [Fault("name", "too_long", N_("This is too long: 100 characters is the most."))]
    if Team.objects.filter(provider=provider, name__iexact=name).exists():
        if cohort:
            sentence = N_("There is a cohort or team with this name already. Choose another one.")
        else:
            sentence = N_("There is a team with this name already. Choose another one.")
        return [Fault("name", "taken", sentence)]
    return []


def _programme_faults(provider: Provider, programme: str) -> list[Fault]:
    if not programme or any(one.called == programme for one in programmes_at(provider)):
        return []
    return [Fault("programme", "unknown", N_("This programme is not there any more. Choose another one."))]


def _lead_faults(lead: Person | None) -> list[Fault]:
    if lead is not None:
        return []
    sentence = N_("Nobody has an account on this address. Check it, or let them make an account first.")
    return [Fault("lead", "unknown", sentence)]


@transaction.atomic
def invite(actor: Person, ref: str, emails: str) -> tuple[str, ...]:
    """Invite people into a team by their addresses, separated by spaces, commas or lines.

    Returns the addresses that were invited now; who is in the team or was invited before is passed over,
    unless that invitation has expired: then a new one takes its place.
    It never tells whether somebody has an account. Raises Invalid with every address that is none.
    """
    team, _ = lock_team(actor, ref, Action.INVITE_MEMBERS)
    wanted = tuple(dict.fromkeys(emails.replace(",", " ").replace(";", " ").lower().split()))
    now = clock.now()
    running = TeamMember.objects.filter(team=team, left_at=None).select_related("person")
    late = [row for row in running if not row.joined_at and not invitation_stands(row.invited_at, now)]
    again = [row for row in late if row.email in wanted]
    there = {row.person.email if row.person else row.email for row in running if row not in again}
    new = [email for email in wanted if email not in there]
    faults = _email_faults(wanted, len(there) + len(new), TeamKind(team.kind))
    if faults:
        raise Invalid(faults)
    for row in again:
        end_place(row, now)
    rows = [TeamMember.objects.create(team=team, email=email, invited_at=now) for email in new]
    if rows:
        payload = {"team": team.ref, "members": [row.ref for row in rows]}
        changed, subject = [*again, *rows], _subject(team)
        append(Event.TEAM_INVITED, actor=actor, subject=subject, now=now, payload=payload, content=changed)
    known = {one.email: one for one in Person.objects.filter(email__in=new, is_active=True)}
    for email in new:
        _write_to(team, actor, known.get(email) or Invited(email, email, actor.language))
    return tuple(new)


def _email_faults(wanted: tuple[str, ...], members: int, kind: TeamKind) -> tuple[Fault, ...]:
    if not wanted:
        return (Fault("emails", "empty", N_("Write at least one address.")),)
    wrong = [email for email in wanted if not _is_address(email)]
    if wrong:
        sentence = N_("This is no e-mail address: {wrong}. Nobody was invited yet; mend it and send again.")
        return (Fault("emails", "no_address", sentence, {"wrong": ", ".join(wrong[:5])}),)
    if len(wanted) > MOST_AT_ONCE:
        sentence = N_("Invite at most {most} people at once.")
        return (Fault("emails", "too_many", sentence, {"most": MOST_AT_ONCE}),)
    if kind is TeamKind.COHORT:
        if members > MOST_LEARNERS:
            sentence = N_("A cohort has at most {most} people. Make another one for the others.")
            return (Fault("emails", "too_large", sentence, {"most": MOST_LEARNERS}),)
    elif members > MOST_MEMBERS:
        sentence = N_("A team has at most {most} members. Divide this one into several teams.")
        return (Fault("emails", "too_large", sentence, {"most": MOST_MEMBERS}),)
    return ()


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True


def _write_to(team: Team, lead: Person, to: Person | Invited) -> None:
    post_after_commit(
        Letter(
            to=to,
            sender=team.provider,
            subject=_INVITED[TeamKind(team.kind)],
            lines=_COHORT_LETTER if team.kind == TeamKind.COHORT else _LETTER,
            path=reverse("teams:home"),
            values={"lead": lead.name, "team": team.name},
            kind=MailKind.TEAM,
        )
    )


@transaction.atomic
def remove_member(actor: Person, ref: str, member: str) -> None:
    """Take somebody out of a team, or an invitation back; from then on nothing of them is shown.

    Raises Refused where they are gone already: the lead looked at an old page.
    """
    team, _ = lock_team(actor, ref, Action.INVITE_MEMBERS)
    row = TeamMember.objects.filter(team=team, ref=member).first()
    if row is None:
        raise NotFound
    if row.left_at is not None:
        raise Refused(refused("gone", _GONE))
    now = clock.now()
    end_place(row, now)
    payload = {"team": team.ref, "member": row.ref}
    append(Event.TEAM_REMOVED, actor=actor, subject=_subject(team), now=now, payload=payload, content=[row])


def end_place(row: TeamMember, now: datetime) -> None:
    """End a place in a team or an invitation, in the transaction of a caller who tells the chain."""
    row.left_at, row.email = now, ""
    row.save(update_fields=["left_at", "email"])


def _subject(team: Team) -> str:
    return f"team:{team.ref}"
