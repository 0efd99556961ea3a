"""Somebody's agenda as a calendar for other programs: no reasons, and no names unless they ask for them."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from bekwaam.domain.agenda.calendar import KEPT_BACK, Calendar, LastDay, Meeting
from bekwaam.domain.assessment.findings import INSTRUMENT_NAMES
from bekwaam.domain.growth.ways import WAYS
from bekwaam.domain.procedures.terms import DUE_NAMES
from bekwaam.services import clock, ports
from bekwaam.services.agenda.links import behind
from bekwaam.services.agenda.looking_back import LookBack, look_backs, to_look_back
from bekwaam.services.agenda.reads import Entry, dues_for, meeting_entry, with_procedure
from bekwaam.services.agenda.whose import meetings_of, reader, waiting_for
from bekwaam.services.growth.knowledge_reads import ReviewDay, review_days
from bekwaam.services.growth.plan_reads import PlanDay, days_to_come
from bekwaam.store.models import Person, PlannedSession
from bekwaam.wording import N_, listed, say

# More than anybody can do; a calendar program fetches all of it every time.
MOST = 300
# More do not fit on a line of an agenda.
_MOST_NAMED = 5


def feed(secret: str) -> bytes:
    """Return the calendar at a secret address; NotFound where there is none. Nine queries at most."""
    link = behind(secret)
    return ports.calendar_file()(calendar_of(link.person, with_names=link.with_names))


def calendar_of(person: Person, *, with_names: bool = False) -> Calendar:
    """Return everything that somebody has to do and to be at, in their language."""
    who = reader(person)
    due = dues_for(who, waiting_for(who).order_by("due_on", "pk")[:MOST])
    since = clock.now() - KEPT_BACK
    rows = list(with_procedure(meetings_of(person).filter(starts_at__gte=since).order_by("starts_at"))[:MOST])
    return Calendar(
        name=say(person.language, N_("My work in Bekwaam")),
        language=person.language,
        meetings=tuple(_meetings(rows, person, with_names=with_names)),
        last_days=(
            *(_last_day(entry, person.language, with_names) for entry in due.values()),
            *(_plan_day(day, person.language) for day in days_to_come(person)[:MOST]),
            *(_review_day(day, person) for day in review_days(person)[-MOST:]),
            *(_look_back(one, person.language) for one in look_backs(to_look_back(person)[:MOST])),
        ),
    )


def calendar_with(row: PlannedSession, person: Person) -> Calendar:
    """Return a calendar with one appointment in it, for a mail about it. Two queries at most."""
    return Calendar(
        name=say(person.language, N_("My work in Bekwaam")),
        language=person.language,
        meetings=tuple(_meetings([row], person, with_names=False)),
    )


def _meetings(rows: list[PlannedSession], person: Person, *, with_names: bool) -> list[Meeting]:
    chains = _chains(rows)
    return [_meeting(row, chains[row.pk], person, with_names=with_names) for row in rows]


def _chains(rows: list[PlannedSession]) -> dict[int, tuple[str, int]]:
    """Return of each appointment the reference it began with, and how often it was changed. One query."""
    concerned = PlannedSession.objects.filter(procedure__in={row.procedure_id for row in rows})
    known = {pk: (ref, before) for pk, ref, before in concerned.values_list("pk", "ref", "replaces")}
    found = {}
    for row in rows:
        pk, changes = row.pk, 0
        while (before := known[pk][1]) is not None:
            pk, changes = before, changes + 1
        found[row.pk] = (known[pk][0], changes)
    return found


def _meeting(row: PlannedSession, chain: tuple[str, int], person: Person, *, with_names: bool) -> Meeting:
    entry, language = meeting_entry(row, person), person.language
    what = say(language, INSTRUMENT_NAMES[entry.kind]) if entry.kind else ""
    place = entry.place or (say(language, N_("Online; the link stands in Bekwaam")) if entry.online else "")
    return Meeting(
        uid=f"{chain[0]}@{_host()}",
        sequence=chain[1],
        starts_at=row.starts_at,
        title=_titled(what, entry, language, with_names),
        place=place,
        url=_whole(reverse("assessment:plans", args=[entry.ref])),
        changed_at=row.planned_at,
        cancelled=row.cancelled,
    )


def _last_day(entry: Entry, language: str, with_names: bool) -> LastDay:
    what = say(language, DUE_NAMES[entry.due.kind]) if entry.due else ""
    return LastDay(
        uid=f"{entry.ref}-{entry.state}@{_host()}",
        on=entry.on,
        title=say(language, N_("Last day: {what}"), what=_titled(what, entry, language, with_names)),
        url=_whole(reverse("procedures:procedure", args=[entry.ref])),
        changed_at=entry.changed_at,
    )


def _plan_day(day: PlanDay, language: str) -> LastDay:
    """Return a day of somebody's development plan: what kind of thing and on what, never their own words."""
    names = listed(language, [f"{code} {day.framework.by_code[code].name(language)}" for code in day.codes])
    what = say(language, WAYS[day.way].name) if day.way else say(language, N_("Goal"))
    page = reverse("growth:activity" if day.way else "growth:goal", args=[day.ref])
    return LastDay(
        uid=f"plan-{day.ref}@{_host()}",
        on=day.on,
        title=say(language, N_("Development plan: {what} ({names})"), what=what, names=names),
        url=_whole(page),
        changed_at=day.changed_at,
    )


def _review_day(day: ReviewDay, person: Person) -> LastDay:
    """Return a day to look again at what somebody knows: which items, never what they wrote of these."""
    language = person.language
    named = [f"{code} {day.framework.by_code[code].name(language)}" for code in day.codes]
    shown = named if len(named) <= _MOST_NAMED else named[: _MOST_NAMED - 1]
    more = len(named) - len(shown)
    names = say(language, N_("{codes} and {number} more"), codes=", ".join(shown), number=more)
    framework = day.framework
    return LastDay(
        uid=f"knowledge-{person.ref}-{framework.id}-{framework.version}-{day.on.isoformat()}@{_host()}",
        on=day.on,
        title=say(
            language, N_("Does this still hold? {names}"), names=names if more else listed(language, shown)
        ),
        url=_whole(f"{reverse('growth:knowledge')}?kader={framework.id}@{framework.version}"),
        changed_at=day.changed_at,
    )


def _look_back(one: LookBack, language: str) -> LastDay:
    """Return a day to look back; what the deliberation is about stays out of other calendars."""
    return LastDay(
        uid=f"look-back-{one.ref}@{_host()}",
        on=one.on,
        title=say(language, N_("Look back on a deliberation")),
        url=_whole(reverse("reflection:deliberation", args=[one.ref])),
        changed_at=one.changed_at,
    )


def _titled(what: str, entry: Entry, language: str, with_names: bool) -> str:
    if not entry.candidate:
        return f"{what} ({entry.provider})"
    who = entry.candidate if with_names else say(language, N_("candidate"))
    return f"{what}: {who} {entry.number}"


def _host() -> str:
    return urlsplit(settings.BASE_URL).hostname or "bekwaam"


def _whole(path: str) -> str:
    return str(settings.BASE_URL).rstrip("/") + path
