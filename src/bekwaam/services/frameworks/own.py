"""An organisation's own frameworks: what it is writing, and what it published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from bekwaam.domain.accounts.access import Action, Role
from bekwaam.frameworks.checking import findings, with_missing_english
from bekwaam.frameworks.document import from_document
from bekwaam.frameworks.faults import Finding
from bekwaam.frameworks.model import Framework, Text
from bekwaam.services.accounts.standing import Visitor, at_provider
from bekwaam.services.errors import NotFound, insist
from bekwaam.services.listing import Listing
from bekwaam.store.models import FrameworkDraft, FrameworkVersion, Provider


@dataclass(frozen=True, slots=True)
class DraftHead:
    """A draft without its content. ``waiting`` tells that a spreadsheet waits to be taken over."""

    pk: int
    ref: str
    identifier: str
    version: str
    title: Text
    revision: int
    changed_at: datetime
    changed_by: str
    provider_ref: str
    provider: str
    waiting: bool


@dataclass(frozen=True, slots=True)
class OwnVersion:
    """A published version of an organisation's own; ``retired_at`` where it is no longer in use."""

    pk: int
    identifier: str
    version: str
    kind: str
    title: Text
    published_at: datetime
    retired_at: datetime | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft with its content."""

    head: DraftHead
    framework: Framework


@dataclass(frozen=True, slots=True)
class Todo:
    """What a draft still lacks, and how many English texts the Dutch would stand in for."""

    findings: tuple[Finding, ...]
    english: int


MOST_KEPT: Final = 16
_contents: dict[tuple[int, int, datetime], Framework] = {}
_todos: dict[tuple[int, int, datetime], Todo] = {}


def drafts_of(provider: Provider) -> Listing[DraftHead]:
    """Return what a provider is writing, last changed first. One query a page."""
    found = FrameworkDraft.objects.filter(owner=provider).order_by("-changed_at", "-pk")
    return Listing(_without_content(found), lambda rows: [_head(row) for row in rows])


def versions_of_owner(provider: Provider) -> Listing[OwnVersion]:
    """Return what a provider published, newest first. One query a page."""
    fields = ("pk", "identifier", "version", "kind", "title", "published_at", "retired_at")
    found = FrameworkVersion.objects.filter(owner=provider).order_by("-published_at", "-pk").values(*fields)
    return Listing(found, lambda rows: [OwnVersion(**{**row, "title": Text(**row["title"])}) for row in rows])


def open_draft(visitor: Visitor, ref: str, action: Action = Action.SEE_OWN_FRAMEWORKS) -> Draft:
    """Return a draft with its content. Two queries, one more where this process has not read it yet.

    Raises NotFound for who does not work at its provider, Refused for who may not take ``action``.
    """
    row = find_draft_row(visitor, ref, action)
    return Draft(_head(row), content_of(row))


def find_draft_row(visitor: Visitor, ref: str, action: Action) -> FrameworkDraft:
    """Return the row of a draft, its content not read yet, as :func:`open_draft`. For services."""
    row = _without_content(FrameworkDraft.objects.filter(ref=ref)).first()
    if row is None:
        raise NotFound
    standing = at_provider(visitor, row.owner)
    if standing.roles <= {Role.OUTSIDER, Role.ANONYMOUS, Role.OPERATOR}:
        raise NotFound
    insist(standing.may(action))
    return row


def content_of(row: FrameworkDraft) -> Framework:
    """Return what is in a draft. At most one query, none where this process has seen this revision."""
    found = _contents.get(_key(row))
    return found or remember(
        row, from_document(FrameworkDraft.objects.only("document").get(pk=row.pk).document)
    )


def remember(row: FrameworkDraft, framework: Framework) -> Framework:
    """Keep what is in a revision of a draft for whoever looks next, and return it.

    The moment of the change is part of the key, so that a revision that was rolled back is never found.
    """
    if len(_contents) >= MOST_KEPT:
        _contents.clear()
    _contents[_key(row)] = framework
    return framework


def _key(row: FrameworkDraft | DraftHead) -> tuple[int, int, datetime]:
    return (row.pk, row.revision, row.changed_at)


def todo(head: DraftHead, framework: Framework) -> Todo:
    """Return what is still to be done before a draft can be published. No query."""
    key = _key(head)
    if key not in _todos:
        if len(_todos) >= MOST_KEPT:
            _todos.clear()
        whole, english = with_missing_english(framework)
        _todos[key] = Todo(tuple(findings(whole)), english)
    return _todos[key]


def waiting_of(head: DraftHead) -> dict[str, Any] | None:
    """Return what was read from a spreadsheet and waits to be taken over. One query."""
    found: dict[str, Any] | None = (
        FrameworkDraft.objects.filter(pk=head.pk).values_list("waiting", flat=True).first()
    )
    return found


def module_rows() -> list[FrameworkVersion]:
    """Return the published building blocks of everybody, newest version of each first. One query."""
    found = FrameworkVersion.objects.filter(kind="module", retired_at=None).defer("document")
    return list(found.order_by("identifier", "-published_at"))


def all_rows() -> list[FrameworkVersion]:
    """Return every published version, without its content. One query."""
    found = FrameworkVersion.objects.select_related("owner").defer("document")
    return list(found.order_by("identifier", "-published_at"))


def _without_content(found: QuerySet[FrameworkDraft]) -> QuerySet[FrameworkDraft]:
    waits = ExpressionWrapper(Q(waiting__isnull=False), output_field=BooleanField())
    found = found.select_related("owner", "changed_by").defer("document", "waiting")
    return found.annotate(has_waiting=waits)


def _head(row: FrameworkDraft) -> DraftHead:
    return DraftHead(
        pk=row.pk,
        ref=row.ref,
        identifier=row.identifier,
        version=row.version,
        title=Text(**row.title),
        revision=row.revision,
        changed_at=row.changed_at,
        changed_by=row.changed_by.name,
        provider_ref=row.owner.ref,
        provider=row.owner.name,
        waiting=bool(getattr(row, "has_waiting", False)),
    )
