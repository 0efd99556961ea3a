"""Publishing framework versions and reading them back as the frozen types."""

from __future__ import annotations

import gc
import logging
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

from django.db import transaction
from django.db.models import Q

from bekwaam.domain.events import Event
from bekwaam.domain.verdict import ALLOWED, Verdict, refused
from bekwaam.frameworks.document import content_hash, from_document, to_document
from bekwaam.frameworks.library import builtin_ids, builtin_versions, load_builtin
from bekwaam.frameworks.model import Framework
from bekwaam.services import clock
from bekwaam.services.errors import NotFound, Refused, insist
from bekwaam.services.frameworks.case_identifiers import catch_up, record_identifiers
from bekwaam.store.audit import append
from bekwaam.store.models import FrameworkVersion, Person, Provider
from bekwaam.wording import N_

logger = logging.getLogger(__name__)

# Versions as read, what was asked for last at the end. By hash too, so that nothing in it can grow old.
_KEPT: Final = 64
_kept: OrderedDict[tuple[int, str], Framework] = OrderedDict()
_keeping = Lock()


@transaction.atomic
def publish(actor: Person | None, framework: Framework, owner: Provider | None = None) -> FrameworkVersion:
    """Publish a version of a framework. Publishing the same content again changes nothing.

    ``owner`` is the organisation whose framework it is, None for what comes with the product. Raises Refused
    when this version was published with other content (a published version never changes; a change is a new
    version), and when the framework is somebody else's.
    """
    digest = content_hash(framework)
    known = FrameworkVersion.objects.filter(identifier=framework.id, version=framework.version).first()
    if known is not None:
        if known.owner_id != (owner and owner.pk):
            insist(id_is_free(framework.id, owner))
        if known.sha256 != digest:
            raise Refused(
                refused(
                    "published",
                    N_("{name} {version} was published with other content. Give it a new version number."),
                    name=framework.id,
                    version=framework.version,
                )
            )
        catch_up(known, framework)
        return known
    now = clock.now()
    row = FrameworkVersion.objects.create(
        identifier=framework.id,
        version=framework.version,
        kind=framework.kind,
        title={"nl": framework.title.nl, "en": framework.title.en},
        document=to_document(framework),
        sha256=digest,
        published_at=now,
        owner=owner,
    )
    append(
        Event.FRAMEWORK_PUBLISHED,
        actor=actor,
        subject=f"framework:{framework.id}",
        now=now,
        payload={"version": framework.version, "sha256": digest, **({"owner": owner.ref} if owner else {})},
        content=[row],
    )
    # Looked at once the chain is ours: of two who take the same id at once, the second sees the first.
    insist(id_is_free(framework.id, owner))
    record_identifiers(row, framework)
    return row


def id_is_free(identifier: str, owner: Provider | None) -> Verdict:
    """Tell whether ``owner`` may publish under an id: nobody else has, nor is it the product's. One query."""
    mine = Q(owner=owner) if owner else Q(owner=None)
    taken = FrameworkVersion.objects.filter(identifier=identifier).exclude(mine).exists()
    if taken or (owner is not None and identifier in builtin_ids()):
        message = N_('The id "{id}" is somebody else\'s. Choose one of your own.')
        return refused("id_taken", message, id=identifier)
    return ALLOWED


def publish_builtin() -> list[FrameworkVersion]:
    """Publish every version of every pack that comes with the product and is not published yet.

    A version that stands published with other content is left as it is, with a warning in the log: what
    dossiers are pinned to never changes under them, and that is no reason not to start.
    """
    rows = []
    for identifier in builtin_ids():
        for version in builtin_versions(identifier):
            try:
                rows.append(publish(None, load_builtin(identifier, version)))
            except Refused as error:
                logger.warning(error.verdict.text("en"))
    return rows


def framework_of(row: FrameworkVersion) -> Framework:
    """Return a published version as the frozen type. No query once it has been read in this process."""
    return frameworks_of([(row.pk, row.sha256)])[row.pk]


def frameworks_of(versions: Iterable[tuple[int, str]]) -> dict[int, Framework]:
    """Return published versions, named by key and hash, as the frozen type, by their key.

    One query for all that this process has not read or did not keep, otherwise none. The hash stands for
    the content: a row that was changed is read anew.
    """
    wanted = dict(versions)
    with _keeping:
        found = {pk: _kept[pk, sha256] for pk, sha256 in wanted.items() if (pk, sha256) in _kept}
    unknown = wanted.keys() - found.keys()
    if unknown:
        with undisturbed():
            rows = dict(FrameworkVersion.objects.filter(pk__in=unknown).values_list("pk", "document"))
            if absent := unknown - rows.keys():
                raise FrameworkVersion.DoesNotExist(f"no framework versions {sorted(absent)}")
            found |= {pk: from_document(document) for pk, document in rows.items()}
    with _keeping:
        for pk, sha256 in wanted.items():
            _kept[pk, sha256] = found[pk]
            _kept.move_to_end((pk, sha256))
        while len(_kept) > _KEPT:
            _kept.popitem(last=False)
    return found


def kept_frameworks(versions: Iterable[tuple[int, str]]) -> dict[int, Framework]:
    """Return those of some versions that this process has read and kept, by their key. No query."""
    with _keeping:
        return {pk: _kept[pk, sha256] for pk, sha256 in versions if (pk, sha256) in _kept}


@contextmanager
def undisturbed() -> Iterator[None]:
    """Keep Python from looking for rubbish meanwhile.

    Reading a document makes a great many things and throws none away; looking through them all again and
    again takes longer than the reading itself.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def find_version(identifier: str, version: str) -> FrameworkVersion:
    """Return a published version, without its content. One query; raises NotFound where there is none."""
    row = FrameworkVersion.objects.filter(identifier=identifier, version=version).defer("document").first()
    if row is None:
        raise NotFound
    return row


def standards(provider: Provider | None = None) -> list[FrameworkVersion]:
    """Return the standards in use, newest version of each first. One query.

    They are those of the product and of ``provider``; an organisation judges by no other one's own.
    """
    found = FrameworkVersion.objects.filter(kind="standard", retired_at=None).defer("document")
    found = found.filter(Q(owner=None) | Q(owner=provider)) if provider else found.filter(owner=None)
    return list(found.order_by("identifier", "-published_at"))


def may_start_on(version: FrameworkVersion, provider: Provider) -> Verdict:
    """Tell whether ``provider`` may start something on a version."""
    if version.owner_id not in (None, provider.pk):
        message = N_("This framework is another organisation's own. Choose another one.")
        return refused("not_yours", message)
    if version.retired_at is not None:
        return refused("retired", N_("This version is no longer in use. Choose another one."))
    return ALLOWED


def default_standard() -> FrameworkVersion:
    """Return the standard to begin with: the one published last. One query; NotFound without any."""
    rows = FrameworkVersion.objects.filter(kind="standard", owner=None, retired_at=None).defer("document")
    found = rows.order_by("-published_at", "-pk").first()
    if found is None:
        raise NotFound
    return found
