"""A cohort of learners: what it follows, and its numbers, which are all that its trainer sees."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.events import Event
from bekwaam.domain.growth.gap import Layer
from bekwaam.domain.teams.aggregates import FEWEST, countable, may_follow, report, softened
from bekwaam.domain.verdict import refused
from bekwaam.services import clock
from bekwaam.services.accounts.standing import lock_provider
from bekwaam.services.errors import NotFound, Refused, insist
from bekwaam.services.growth.programmes import Known, find_programme
from bekwaam.services.teams.finding import lock_team
from bekwaam.services.teams.reports import (
    Shown,
    consenting,
    from_plain,
    kept_reports,
    questions,
    shown_of,
    to_plain,
)
from bekwaam.store.audit import append
from bekwaam.store.models import FrameworkVersion, Person, Team, TeamReport
from bekwaam.wording import N_

_TOO_FEW: Final = N_(
    "Fewer than five people share this with the cohort, or can be counted without telling about a few."
)


def programme_of(cohort: Team) -> Known | None:
    """Return what a cohort follows; None where it follows nothing, or that is withdrawn. Two queries."""
    version, _, key = cohort.programme.partition("/")
    identifier, _, number = version.partition("@")
    rows = FrameworkVersion.objects.filter(identifier=identifier, version=number).defer("document")
    standard = rows.first() if key else None
    if standard is None:
        return None
    try:
        return find_programme(cohort.provider, standard, key)
    except NotFound:
        return None


def newest_of(cohort: Team, standard: FrameworkVersion, layer: Layer) -> Shown | None:
    """Return the newest numbers over a cohort; None where there are none. One query."""
    row = kept_reports(cohort.provider, standard, layer).filter(cohort=cohort).last()
    return shown_of(row) if row is not None else None


@transaction.atomic
def report_cohort(actor: Person, ref: str, standard: FrameworkVersion, layer: Layer) -> TeamReport:
    """Make a report over a cohort of what is shared now. A fixed number of queries.

    It is asked beside all reports of the school, over teams too: whoever would stand apart with a few is not
    counted, and a unit is told in as little detail as is needed. Raises Refused where too few are left, or
    where people who were counted before are gone.
    """
    cohort, _ = lock_team(actor, ref, Action.REPORT_COHORT)
    lock_provider(cohort.provider)
    this = Team.objects.filter(pk=cohort.pk)
    sharing = consenting(this, layer).order_by().values_list("person", flat=True)
    earlier = [from_plain(row.document) for row in kept_reports(cohort.provider, standard, layer)]
    people = countable(frozenset(map(str, sharing)), earlier)
    if len(people) < FEWEST:
        raise Refused(refused("too_few_people", _TOO_FEW))
    new = softened(report({cohort.ref: people}, questions(this, standard, layer)), earlier)
    insist(may_follow(new, earlier))
    now = clock.now()
    row = TeamReport.objects.create(
        provider=cohort.provider,
        standard=standard,
        layer=layer,
        per_team=True,
        cohort=cohort,
        document=to_plain(new),
        made_at=now,
    )
    payload = {"report": row.ref, "cohort": cohort.ref, "layer": layer.value}
    subject = f"team:{cohort.ref}"
    append(Event.COHORT_REPORTED, actor=actor, subject=subject, now=now, payload=payload, content=[row])
    return row
