"""A published version in the words of an organisation, for its own people.

This is the one place that puts such words over ours. Whatever is for anybody (the open explorer, exports,
exchange, the commands) takes :func:`bekwaam.services.frameworks.versions.framework_of`, which knows of none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from bekwaam.domain.procedures.states import UNDER_WAY
from bekwaam.frameworks.model import Framework
from bekwaam.frameworks.worded import WordingTexts, replaced, replaced_numbers, text_number, worded
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.store.models import FrameworkVersion, Membership, Person, Procedure, Provider, Wording


@dataclass(frozen=True, slots=True)
class WordingHead:
    """What an organisation has loaded for one version, without the texts.

    ``owner`` is the organisation; ``whose`` says whose words they are, which may be somebody else;
    ``sha256`` is the hash of all of it.
    """

    owner: str
    identifier: str
    version: str
    whose: str
    right: str
    sha256: str
    loaded_at: datetime
    loaded_by: str
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A version as somebody is told it: in ours, or in the words that ``head`` is about.

    ``texts`` are those words, ``numbers`` says how many of the ``total`` texts were replaced in each
    language, ``replaced`` of which codes, in which language.
    """

    framework: Framework
    head: WordingHead | None = None
    texts: WordingTexts | None = None
    numbers: Mapping[str, int] | None = None
    total: int = 0
    replaced: frozenset[tuple[str, str]] = frozenset()

    def marked(self, language: str) -> bool:
        """Tell whether there is anything on a page in ``language`` that has to be marked as not ours."""
        return bool(self.numbers and self.numbers[language])


def told_in(procedure: Procedure) -> Told:
    """Return the standard of a procedure as its people read it: in the words of the provider, or in ours.

    No query for a procedure that :func:`bekwaam.services.accounts.standing.find_procedure` found, otherwise
    one. The first time that this process meets a wording it takes one more, to read the texts.
    """
    standard = procedure.standard
    known: str | bool | None = getattr(procedure, "wording", False)
    if not isinstance(known, bool):
        return told(standard, known)
    used = Wording.objects.filter(owner=procedure.provider, withdrawn_at=None)
    mine = used.filter(identifier=standard.identifier, version=standard.version)
    return told(standard, mine.values_list("sha256", flat=True).first())


def told(row: FrameworkVersion, wording: str | None) -> Told:
    """Return a version in the words that have this hash, in ours where there is none. Queries as above."""
    return _worded(row.pk, row.sha256, wording) if wording else Told(framework_of(row))


def wording_for(visitor: Person | AnonymousUser, identifier: str, version: str) -> str | None:
    """Return the hash of the wording that somebody reads a version in, outside any procedure.

    It is that of the one organisation where they hold a role, or are candidate in a procedure that runs, and
    that has a wording for this version. None, so ours, for whoever belongs to two such organisations and for
    who is not logged in. One query, none for a visitor.
    """
    if not isinstance(visitor, Person):
        return None
    holds = Membership.objects.filter(person=visitor, provider=OuterRef("owner"), until=None)
    runs = Procedure.objects.filter(candidate=visitor, provider=OuterRef("owner"), state__in=UNDER_WAY)
    used = Wording.objects.filter(identifier=identifier, version=version, withdrawn_at=None)
    found = list(used.filter(Q(Exists(holds)) | Q(Exists(runs))).values_list("sha256", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def wordings_of(provider: Provider) -> dict[tuple[str, str], WordingHead]:
    """Return all that a provider has loaded and uses now, by identifier and version. One query."""
    rows = _without_texts(Wording.objects.filter(owner=provider, withdrawn_at=None))
    return {(row.identifier, row.version): _head(row) for row in rows}


def earlier_wordings(provider: Provider, identifier: str, version: str) -> tuple[WordingHead, ...]:
    """Return what a provider loaded for a version and no longer uses, newest first. One query."""
    rows = Wording.objects.filter(owner=provider, identifier=identifier, version=version)
    withdrawn = rows.exclude(withdrawn_at=None).order_by("-loaded_at", "-pk")
    return tuple(_head(row) for row in _without_texts(withdrawn))


def _without_texts(rows: QuerySet[Wording]) -> QuerySet[Wording]:
    return rows.select_related("owner", "loaded_by").defer("texts")


def _head(row: Wording) -> WordingHead:
    return WordingHead(
        owner=row.owner.name,
        identifier=row.identifier,
        version=row.version,
        whose=row.whose,
        right=row.right,
        sha256=row.sha256,
        loaded_at=row.loaded_at,
        loaded_by=row.loaded_by.name,
        withdrawn_at=row.withdrawn_at,
    )


@lru_cache(maxsize=64)
def _worded(pk: int, sha256: str, wording: str) -> Told:
    """Put a wording over a version; both are known by a hash, so nothing in it can grow old."""
    ours = framework_of(FrameworkVersion(pk=pk, sha256=sha256))
    row = Wording.objects.select_related("owner", "loaded_by").get(sha256=wording)
    texts = WordingTexts.from_data(row.texts)
    return Told(
        framework=worded(ours, texts),
        head=_head(row),
        texts=texts,
        numbers=replaced_numbers(ours, texts),
        total=text_number(ours),
        replaced=replaced(ours, texts),
    )
