"""What the colleagues of an organisation keep of their deliberations, found by dilemma and competence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet

from bekwaam.domain.deliberation.asking import Step
from bekwaam.services.errors import NotFound
from bekwaam.services.reflection.cases import COMPETENCE, DILEMMA, told
from bekwaam.store.models import CaseTag, KeptCase, Provider

PAGE: Final = 20


@dataclass(frozen=True, slots=True)
class CaseCard:
    """A kept case in a list, with the codes that it is found by."""

    ref: str
    title: str
    kept_at: datetime
    participants: int
    dilemmas: tuple[str, ...]
    competences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseFound:
    """A kept case as colleagues read it."""

    card: CaseCard
    texts: tuple[tuple[Step, str], ...]
    language: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """A page of what was found: ``number`` of ``pages``, and how many there are in ``total``."""

    cards: tuple[CaseCard, ...]
    number: int
    pages: int
    total: int


def find_cases(provider: Provider, *, dilemma: str = "", competence: str = "", page: int = 1) -> CasePage:
    """Return what an organisation keeps, newest first: all, or about a dilemma and a competence.

    A category of dilemmas also finds its cases, and a cluster its competences. Three queries, however much
    there is.
    """
    rows = KeptCase.objects.filter(provider=provider, kept_at__isnull=False)
    for kind, code in ((DILEMMA, dilemma), (COMPETENCE, competence)):
        if code:
            rows = rows.filter(pk__in=_tagged(kind, code))
    total = rows.count()
    pages = max(1, -(-total // PAGE))
    number = min(max(page, 1), pages)
    shown = rows.defer("texts").prefetch_related("tags")[(number - 1) * PAGE : number * PAGE]
    return CasePage(tuple(_card(row) for row in shown), number, pages, total)


def _tagged(kind: str, code: str) -> QuerySet[CaseTag, Any]:
    tags = CaseTag.objects.filter(kind=kind)
    found = tags.filter(code=code) | tags.filter(code__startswith=f"{code}.")
    return found.values("case")


def read_case(provider: Provider, ref: str) -> CaseFound:
    """Return one kept case. Two queries; NotFound for what is not kept there."""
    found = KeptCase.objects.filter(provider=provider, ref=ref, kept_at__isnull=False)
    row = found.prefetch_related("tags").first()
    if row is None:
        raise NotFound
    return CaseFound(_card(row), told(row), row.language)


def _card(row: KeptCase) -> CaseCard:
    tags = list(row.tags.all())
    return CaseCard(
        ref=row.ref,
        title=row.title,
        kept_at=row.kept_at or row.offered_at,
        participants=row.participants,
        dilemmas=tuple(tag.code for tag in tags if tag.kind == DILEMMA),
        competences=tuple(tag.code for tag in tags if tag.kind == COMPETENCE),
    )
