"""Reads about share links: the holder's list of them, and what a visitor gets behind one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from bekwaam.domain.certificates.reading import read_document
from bekwaam.domain.certificates.share import Depth, Shared, shared
from bekwaam.domain.certificates.sharing import LinkState, link_state
from bekwaam.services import clock
from bekwaam.services.audit import is_as_recorded
from bekwaam.services.certificates.holding import certificate_as_issued
from bekwaam.services.certificates.sharing import token_of
from bekwaam.services.errors import NotFound
from bekwaam.services.listing import Listing
from bekwaam.services.statuses.reads import StatusRead, status_of
from bekwaam.store.models import Certificate, Procedure, ShareLink, ShareVisit


@dataclass(frozen=True, slots=True)
class LinkRead:
    """A link for its holder. ``last_day`` counts whole; ``visits`` are those kept, ``looked_at`` the last."""

    ref: str
    label: str
    depth: Depth
    shows_name: bool
    made_at: datetime
    last_day: date
    withdrawn_at: datetime | None
    state: LinkState
    visits: int
    looked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Behind:
    """What a visitor gets: the certificate as deep as its holder chose, and how it stands.

    ``holder`` is the key of the person whose it is, ``link`` that of the link (None for an example).
    """

    shared: Shared
    status: StatusRead
    holder: int
    link: int | None = None


def links_of(procedure: Procedure) -> Listing[LinkRead]:
    """Return the links to a procedure's certificate, newest first. Two queries a page, however many."""
    return Listing(ShareLink.objects.filter(certificate__procedure=procedure), _links)


def link_of(procedure: Procedure, ref: str) -> LinkRead:
    """Return one link; NotFound where there is none. One query."""
    found = _links(ShareLink.objects.filter(certificate__procedure=procedure, ref=ref))
    if not found:
        raise NotFound
    return found[0]


def visits_of(procedure: Procedure, ref: str) -> Listing[datetime]:
    """Return when a link was opened, latest first. Two queries a page."""
    found = ShareVisit.objects.filter(link__certificate__procedure=procedure, link__ref=ref)
    return Listing(found.values_list("at", flat=True), list)


def behind(secret: str) -> Behind:
    """Return what a link shows. Four queries.

    NotFound for a link that never was, is over or was withdrawn, for one of somebody who is gone, and where
    what is kept of the certificate is not what was issued: a visitor cannot tell which.
    """
    working = ShareLink.objects.filter(token=token_of(secret), withdrawn_at=None, until__gt=clock.now())
    rows = working.filter(certificate__procedure__candidate__erased_at=None)
    link = rows.select_related("certificate__file", "certificate__procedure").first()
    if link is None or not is_as_recorded(link.certificate):
        raise NotFound
    return _behind(link.certificate, Depth(link.depth), shows_name=link.shows_name, link=link.pk)


def example(procedure: Procedure, depth: Depth, *, shows_name: bool) -> Behind:
    """Return what a visitor would see at a depth. Four queries; raises what :mod:`.holding` does."""
    return _behind(certificate_as_issued(procedure), depth, shows_name=shows_name)


def _behind(row: Certificate, depth: Depth, *, shows_name: bool, link: int | None = None) -> Behind:
    return Behind(
        shared=shared(read_document(row.document), depth, shows_name=shows_name),
        status=status_of(row),
        holder=row.procedure.candidate_id,
        link=link,
    )


def _links(page: QuerySet[ShareLink]) -> Sequence[LinkRead]:
    now = clock.now()
    rows = page.annotate(number=Count("visits"), looked_at=Max("visits__at"))
    return [
        LinkRead(
            ref=row.ref,
            label=row.label,
            depth=Depth(row.depth),
            shows_name=row.shows_name,
            made_at=row.made_at,
            last_day=timezone.localdate(row.until - timedelta(seconds=1)),
            withdrawn_at=row.withdrawn_at,
            state=link_state(row.until, row.withdrawn_at is not None, now),
            visits=row.number,
            looked_at=row.looked_at,
        )
        for row in rows
    ]
