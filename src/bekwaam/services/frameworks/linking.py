"""An organisation links two versions: gather the links, look them over, publish them for good."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Q

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.events import Event
from bekwaam.domain.faults import Fault as FieldFault
from bekwaam.domain.verdict import refused
from bekwaam.frameworks.crosswalk import RELATIONS, Crosswalk, Link, Reference
from bekwaam.frameworks.crosswalk_document import (
    crosswalk_document,
    crosswalk_from_document,
    crosswalk_hash,
)
from bekwaam.frameworks.faults import Fault
from bekwaam.frameworks.kept_faults import plain_fault, read_fault
from bekwaam.frameworks.library import crosswalk_ids
from bekwaam.frameworks.model import Framework, Text
from bekwaam.services import clock
from bekwaam.services.accounts.standing import insist_at_provider
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.frameworks.versions import frameworks_of
from bekwaam.store.audit import append
from bekwaam.store.models import CrosswalkDraft, FrameworkVersion, Person, Provider, PublishedCrosswalk
from bekwaam.wording import N_

MAX_TITLE: Final = 200
MAX_LINKS: Final = 20_000
MAX_SHOWN: Final = 500
_TRIES: Final = 5
_NO_SLUG: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class CrosswalkRead:
    """Links that are being gathered between framework ``a`` and framework ``b``.

    ``crosswalk`` holds those that are sound; its id is empty until it is published. ``faults`` and
    ``repairs`` are what the last file had to say, and ``revision`` goes up with every change.
    """

    ref: str
    revision: int
    crosswalk: Crosswalk
    a: Framework
    b: Framework
    faults: tuple[Fault, ...]
    repairs: tuple[Fault, ...]
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class DraftHead:
    """Links that are being gathered, in a list."""

    ref: str
    title: Text
    frm: Reference
    to: Reference
    links: int
    changed_at: datetime


@transaction.atomic
def start_crosswalk(
    actor: Person, provider: Provider, title: Text, frm: Reference, to: Reference
) -> CrosswalkDraft:
    """Begin gathering links from one version to another, both public or the organisation's own.

    An English title that is left out is the Dutch one. Raises Invalid where the title is missing, the two are
    the same, or one is not there for this organisation; Refused for who may not.
    """
    insist_at_provider(Action.MAKE_CROSSWALK, actor, provider)
    title = Text(title.nl.strip(), title.en.strip() or title.nl.strip())
    _insist_on_start(provider, title, frm, to)
    return CrosswalkDraft.objects.create(
        owner=provider,
        title={"nl": title.nl, "en": title.en},
        from_identifier=frm.id,
        from_version=frm.version,
        to_identifier=to.id,
        to_version=to.version,
        changed_by=actor,
        changed_at=clock.now(),
    )


def _insist_on_start(provider: Provider, title: Text, frm: Reference, to: Reference) -> None:
    faults = []
    if not title.nl:
        faults.append(FieldFault("title_nl", "missing", N_("Give these links a name.")))
    if max(len(title.nl), len(title.en)) > MAX_TITLE:
        too_long = N_("This is too long: {limit} characters is the most.")
        faults.append(FieldFault("title_nl", "too_long", too_long, {"limit": MAX_TITLE}))
    usable = usable_versions(provider)
    unknown = N_("Choose a version from the list.")
    faults += [
        FieldFault(name, "unknown", unknown) for name, end in (("frm", frm), ("to", to)) if end not in usable
    ]
    if frm == to and frm in usable:
        faults.append(FieldFault("to", "same", N_("Choose two different versions.")))
    if faults:
        raise Invalid(tuple(faults))


def usable_versions(provider: Provider) -> dict[Reference, tuple[int, str]]:
    """Return key and hash of every version that an organisation may link: public ones and its own.

    One query.
    """
    found = FrameworkVersion.objects.filter(Q(owner=None) | Q(owner=provider))
    rows = found.values_list("identifier", "version", "pk", "sha256")
    return {Reference(identifier, version): (pk, sha256) for identifier, version, pk, sha256 in rows}


@transaction.atomic
def load_links(
    actor: Person,
    draft: CrosswalkDraft,
    links: Iterable[Link],
    faults: Iterable[Fault] = (),
    repairs: Iterable[Fault] = (),
    *,
    keep: bool = False,
) -> int:
    """Take links into a draft and return how many there are then.

    With ``keep`` they come beside those that are there, where a link between the same two items with the
    same relation takes the place of the old one; otherwise they come instead of all. ``faults`` say what was
    not taken. Raises Refused for who may not, or for more than :data:`MAX_LINKS` links.
    """
    draft = _locked(draft)
    insist_at_provider(Action.MAKE_CROSSWALK, actor, draft.owner)
    crosswalk = _crosswalk(draft)
    found = {_key(link): link for link in (crosswalk.links if keep else ())}
    for link in links:
        found[_key(link)] = link
    if len(found) > MAX_LINKS:
        message = N_(
            "That would be {number} links; {limit} is the most. Divide them over several crosswalks."
        )
        raise Refused(refused("too_many", message, number=len(found), limit=MAX_LINKS))
    draft.links = crosswalk_document(replace(crosswalk, links=tuple(found.values())))["links"]
    draft.faults = [plain_fault(fault) for fault in faults][:MAX_SHOWN]
    draft.repairs = [plain_fault(fault) for fault in repairs][:MAX_SHOWN]
    _touch(draft, actor)
    return len(found)


@transaction.atomic
def drop_crosswalk(actor: Person, draft: CrosswalkDraft) -> None:
    """Throw links away that were not published. Raises Refused for who may not."""
    draft = _locked(draft)
    insist_at_provider(Action.MAKE_CROSSWALK, actor, draft.owner)
    draft.delete()


@transaction.atomic
def publish_crosswalk(actor: Person, draft: CrosswalkDraft, revision: int) -> PublishedCrosswalk:
    """Publish what was gathered, under an id that is new; it never changes after that.

    ``revision`` is what the actor looked over. Raises Refused for who may not, where somebody changed
    something meanwhile, where there are no links, or where a link is not sound (any more).
    """
    draft = _locked(draft)
    owner = draft.owner
    insist_at_provider(Action.MAKE_CROSSWALK, actor, owner)
    crosswalk = _crosswalk(draft)
    _insist_on_publishing(draft, crosswalk, revision)
    now = clock.now()
    row = _published(draft, crosswalk, now)
    append(
        Event.CROSSWALK_PUBLISHED,
        actor=actor,
        subject=f"crosswalk:{row.identifier}",
        now=now,
        payload={"sha256": row.sha256, "provider": owner.ref, "links": len(crosswalk.links)},
        content=[row],
    )
    draft.delete()
    return row


def _insist_on_publishing(draft: CrosswalkDraft, crosswalk: Crosswalk, revision: int) -> None:
    if draft.revision != revision:
        raise Refused(refused("stale", N_("Somebody changed these links meanwhile. Look them over again.")))
    if not crosswalk.links:
        raise Refused(refused("no_links", N_("There are no links yet. Load a file with links first.")))
    versions = _both(draft)
    known = [versions[end].by_code for end in (crosswalk.frm, crosswalk.to)]
    for link in crosswalk.links:
        sound = link.from_code in known[0] and link.to_code in known[1] and link.relation in RELATIONS
        if not sound:
            message = N_("The link from {one} to {other} is not sound. Load the file again.")
            raise Refused(refused("unsound", message, one=link.from_code, other=link.to_code))


def _published(draft: CrosswalkDraft, crosswalk: Crosswalk, now: datetime) -> PublishedCrosswalk:
    """Write the row, under an id that says what it is about and that nobody used yet."""
    plain = unicodedata.normalize("NFKD", crosswalk.title.nl).encode("ascii", "ignore").decode().lower()
    base = _NO_SLUG.sub("-", plain).strip("-")[:60].strip("-") or "koppelingen"
    used = PublishedCrosswalk.objects.filter(identifier__startswith=base)
    taken = {*crosswalk_ids(), *used.values_list("identifier", flat=True)}
    for number in count(1):
        identifier = base if number == 1 else f"{base}-{number}"
        if identifier in taken:
            continue
        try:
            with transaction.atomic():
                return _row(draft, replace(crosswalk, id=identifier), now)
        except IntegrityError:  # somebody took it at this very moment
            if number > _TRIES + len(taken):
                raise
    raise AssertionError("counting never ends")


def _row(draft: CrosswalkDraft, crosswalk: Crosswalk, now: datetime) -> PublishedCrosswalk:
    return PublishedCrosswalk.objects.create(
        identifier=crosswalk.id,
        owner=draft.owner,
        title=draft.title,
        from_identifier=draft.from_identifier,
        from_version=draft.from_version,
        to_identifier=draft.to_identifier,
        to_version=draft.to_version,
        document=crosswalk_document(crosswalk),
        sha256=crosswalk_hash(crosswalk),
        published_at=now,
    )


def find_draft(provider: Provider, ref: str) -> CrosswalkDraft:
    """Return an organisation's draft by its reference. One query; NotFound where there is none."""
    draft = (
        CrosswalkDraft.objects.select_related("owner", "changed_by").filter(owner=provider, ref=ref).first()
    )
    if draft is None:
        raise NotFound
    return draft


def read_draft(draft: CrosswalkDraft) -> CrosswalkRead:
    """Return a draft with the two frameworks it is about. At most two queries."""
    crosswalk, versions = _crosswalk(draft), _both(draft)
    return CrosswalkRead(
        ref=draft.ref,
        revision=draft.revision,
        crosswalk=crosswalk,
        a=versions[crosswalk.frm],
        b=versions[crosswalk.to],
        faults=tuple(read_fault(fault) for fault in draft.faults),
        repairs=tuple(read_fault(fault) for fault in draft.repairs),
        changed_by=draft.changed_by.name,
        changed_at=draft.changed_at,
    )


def drafts_of(provider: Provider) -> tuple[DraftHead, ...]:
    """Return what an organisation is gathering, the last that was worked on first. One query."""
    return tuple(
        DraftHead(
            ref=row.ref,
            title=Text(**row.title),
            frm=Reference(row.from_identifier, row.from_version),
            to=Reference(row.to_identifier, row.to_version),
            links=len(row.links),
            changed_at=row.changed_at,
        )
        for row in CrosswalkDraft.objects.filter(owner=provider)
    )


def _locked(draft: CrosswalkDraft) -> CrosswalkDraft:
    found = CrosswalkDraft.objects.select_for_update(of=("self",)).select_related("owner")
    again = found.filter(pk=draft.pk).first()
    if again is None:
        raise NotFound
    return again


def _touch(draft: CrosswalkDraft, actor: Person) -> None:
    draft.revision += 1
    draft.changed_by, draft.changed_at = actor, clock.now()
    draft.save()


def _crosswalk(draft: CrosswalkDraft) -> Crosswalk:
    document: dict[str, Any] = {
        "id": "",
        "title": draft.title,
        "from": {"id": draft.from_identifier, "version": draft.from_version},
        "to": {"id": draft.to_identifier, "version": draft.to_version},
        "links": draft.links,
    }
    return crosswalk_from_document(document)


def _both(draft: CrosswalkDraft) -> dict[Reference, Framework]:
    """Return the two versions; NotFound where one is not there for this organisation."""
    usable = usable_versions(draft.owner)
    ends = (
        Reference(draft.from_identifier, draft.from_version),
        Reference(draft.to_identifier, draft.to_version),
    )
    if any(end not in usable for end in ends):
        raise NotFound
    found = frameworks_of([usable[end] for end in ends])
    return {end: found[usable[end][0]] for end in ends}


def _key(link: Link) -> tuple[str, str, str]:
    return link.from_code, link.to_code, link.relation
