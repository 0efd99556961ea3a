"""The mails about an appointment: that it was made, changed or called off, with a file for one's calendar."""

from __future__ import annotations

from typing import Final

from django.urls import reverse

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.assessment.findings import INSTRUMENT_NAMES, InstrumentKind
from bekwaam.domain.events import Event
from bekwaam.domain.mail.kinds import MailKind
from bekwaam.services import ports
from bekwaam.services.accounts.letters import Letter, post_after_commit
from bekwaam.services.agenda.days import moment
from bekwaam.services.agenda.feed import calendar_with
from bekwaam.services.mail.sending import Attached
from bekwaam.services.procedures.team import with_progress
from bekwaam.store.models import Assignment, Person, PlannedSession, Procedure
from bekwaam.wording import N_, say

_SUBJECTS: Final = {
    Event.SESSION_PLANNED: N_("Appointment in procedure {number}: {when}"),
    Event.SESSION_REPLANNED: N_("Appointment changed in procedure {number}: {when}"),
    Event.SESSION_CANCELLED: N_("Appointment called off in procedure {number}: {when}"),
}
_LINES: Final = {
    Event.SESSION_PLANNED: N_("There is an appointment for you:"),
    Event.SESSION_REPLANNED: N_("Your appointment was changed. From now on it is:"),
    Event.SESSION_CANCELLED: N_("This appointment does not take place:"),
}
_HERE: Final = N_("Everything about it, also why, you find here:")
_FILE: Final = N_("The file with this mail puts it in your own calendar.")


def tell_of_meeting(row: PlannedSession, event: Event) -> None:
    """Tell the candidate and the running assessors of an appointment, once the present transaction stands.

    Who takes part and what was noted stays in Bekwaam.
    """
    for person in expected_at(row.procedure):
        post_after_commit(_letter(row, event, person))


def expected_at(procedure: Procedure) -> list[Person]:
    """Return who is at an appointment: the candidate, and the running assessors who may judge. One query."""
    running = Assignment.objects.filter(procedure=procedure, role=Role.ASSESSOR, until=None)
    judging = with_progress(running)
    return [procedure.candidate, *(row.person for row in judging if row.conflict is not True)]


def described(row: PlannedSession, language: str) -> str:
    """Return an appointment in a line: what, when and where."""
    kind = say(language, INSTRUMENT_NAMES[InstrumentKind(row.kind)])
    place = row.place or say(language, N_("online; the link stands in Bekwaam"))
    return f"{kind}, {moment(row.starts_at, language)}, {place}"


def _letter(row: PlannedSession, event: Event, person: Person) -> Letter:
    language, procedure = person.language, row.procedure
    return Letter(
        to=person,
        sender=procedure.provider,
        subject=_SUBJECTS[event],
        lines=(_LINES[event],),
        items=(described(row, language),),
        before_link=_HERE,
        path=reverse("assessment:plans", args=[procedure.ref]),
        values={"number": procedure.number, "when": moment(row.starts_at, language)},
        after_link=say(language, _FILE),
        kind=MailKind.APPOINTMENT,
        about=procedure,
        attached=_file(row, person),
    )


def _file(row: PlannedSession, person: Person) -> Attached:
    content = ports.calendar_file()(calendar_with(row, person))
    name = say(person.language, N_("appointment")) + ".ics"
    return Attached(name, content, "text/calendar; method=PUBLISH")
