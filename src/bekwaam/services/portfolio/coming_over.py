"""A portfolio of another system, waiting to be brought in: kept as it was sent, and looked at.

What was sent stays with the files that come in piece by piece: of one person the newest few, for a day.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from bekwaam.domain.faults import Fault
from bekwaam.domain.portfolio.kinds import EvidenceKind
from bekwaam.domain.portfolio.leap2a.finds import Find, Left, Sorted
from bekwaam.domain.portfolio.leap2a.model import NotReadable
from bekwaam.domain.portfolio.leap2a.reading import read_leap2a
from bekwaam.domain.portfolio.leap2a.sorting import sort_leap
from bekwaam.domain.portfolio.uploads import HEAD_BYTES, check_upload
from bekwaam.services import clock
from bekwaam.services.errors import Invalid, NotFound
from bekwaam.services.portfolio.evidence import lacks
from bekwaam.services.portfolio.given import EvidenceInput
from bekwaam.services.portfolio.packages import Package, opened
from bekwaam.services.portfolio.resuming import keep_whole, whole
from bekwaam.services.portfolio.traces import Received
from bekwaam.store.models import EvidenceVersion, Person
from bekwaam.wording import N_, Language

# So many at once: what comes in is written one by one, each with its line in the log.
MOST_AT_ONCE: Final = 100
_MISSING: Final = N_("The file {name} is not in the export.")
_BARE: Final = N_("The file {name} is not in leap2a.xml itself. Choose the whole ZIP to bring it along.")


@dataclass(frozen=True, slots=True)
class Coming:
    """A piece that can come along. ``size`` is that of its file in bytes, 0 without one."""

    find: Find
    size: int


@dataclass(frozen=True, slots=True)
class There:
    """A piece of the export that is in the portfolio already; ``lacks`` says what it still lacks (msgids)."""

    find: Find
    ref: str
    title: str
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """An export as it can be brought in. ``more`` is how many can come along after these."""

    name: str
    coming: tuple[Coming, ...]
    more: int
    there: tuple[There, ...]
    left: tuple[Left, ...]


def keep_export(person: Person, upload: Received, language: Language) -> str:
    """Keep an export until it is brought in; return its reference.

    Raises Invalid for what is no portfolio in Leap2A, and for one with nothing in it.
    """
    with opened(upload.name, upload.size, upload.file) as package:
        found = _sorted(package, language)
    if not found.finds and not found.left:
        message = N_("This portfolio is empty: there is nothing in it.")
        raise Invalid((Fault("file", "nothing", message),))
    return keep_whole(person, upload)


def look(person: Person, ref: str, language: Language) -> Looked:
    """Return what is in an export that was kept, beside what of it is in the portfolio. Two queries.

    Raises NotFound where it is not there any more.
    """
    with kept(person, ref) as (name, package):
        coming, left = usable(package, language)
    there, new = _parted(person, coming)
    return Looked(name, tuple(new[:MOST_AT_ONCE]), max(0, len(new) - MOST_AT_ONCE), tuple(there), left)


@contextmanager
def kept(person: Person, ref: str) -> Iterator[tuple[str, Package]]:
    """Open an export that was kept: its name, and the export. One query; NotFound where it is gone."""
    found = whole(person, ref)
    if found is None:
        raise NotFound
    try:
        with opened(found.name, found.size, found.file) as package:
            yield found.name, package
    finally:
        found.file.close()


def usable(package: Package, language: Language) -> tuple[list[Coming], tuple[Left, ...]]:
    """Return what of an export can come along, its files looked at as far as their beginning goes."""
    found = _sorted(package, language)
    coming: list[Coming] = []
    left: list[Left] = []
    for find in found.finds:
        size, wrong = _file_of(package, find)
        if wrong is None:
            coming.append(Coming(find, size))
        else:
            left.append(wrong)
            if find.kind is not EvidenceKind.FILE:  # what is said of it can do without
                without = Find(find.key, find.kind, find.title, find.texts, find.dated_on, find.until)
                coming.append(Coming(without, 0))
    return coming, (*found.left, *left)


def _sorted(package: Package, language: Language) -> Sorted:
    try:
        leap = read_leap2a(package.xml)
    except NotReadable as error:
        raise Invalid((error.fault,)) from error
    return sort_leap(leap, clock.today(), language)


def _file_of(package: Package, find: Find) -> tuple[int, Left | None]:
    """Return how large the file of a piece is, and what stands in its way.

    Only the beginning is read here; what is inside a document, and viruses, are looked at on its way in.
    """
    if find.file is None:
        return 0, None
    name = find.file.name
    member = package.member(find.file.path, name)
    if member is None:
        message = _BARE if package.bare else _MISSING
        return 0, Left(find.title, "missing", message, {"name": name})
    try:
        _known, verdict = check_upload(name, member.size, member.head(HEAD_BYTES), lambda _member: True)
    except Invalid as error:
        fault = error.faults[0]
        return 0, Left(find.title, fault.reason, fault.message, fault.values)
    if not verdict:
        return 0, Left(find.title, verdict.reason, verdict.message, verdict.values)
    return member.size, None


def given_of(find: Find) -> EvidenceInput:
    """Return a piece as the portfolio takes it."""
    told = find.kind is EvidenceKind.STORY
    return EvidenceInput(
        kind=find.kind,
        title=find.title,
        dated_on=find.dated_on,
        until=find.until,
        story=find.texts if told else {},
        details={} if told else find.texts,
    )


def _parted(person: Person, coming: list[Coming]) -> tuple[list[There], list[Coming]]:
    """Part what is in the portfolio already from what is not. One query.

    A piece is known by what it said when it came in, so that one that was worked on since is known too.
    Of two that are alike each piece in the portfolio accounts for one.
    """
    known: dict[str, list[EvidenceVersion]] = {}
    for version in first_versions(person):
        known.setdefault(_sign_of(version), []).append(version)
    there, new = [], []
    for one in coming:
        alike = known.get(sign(one))
        if alike:
            there.append(_there(one.find, alike.pop()))
        else:
            new.append(one)
    return there, new


def first_versions(person: Person) -> list[EvidenceVersion]:
    """Return what each piece of somebody said at first, with the piece and its file. One query."""
    found = EvidenceVersion.objects.filter(evidence__owner=person, number=1)
    return list(found.select_related("evidence__file").order_by("-evidence__pk"))


def signs_there(person: Person) -> Counter[str]:
    """Return by what the pieces of somebody are known, with how many are alike. One query."""
    return Counter(_sign_of(version) for version in first_versions(person))


def sign(coming: Coming) -> str:
    """Return by what a piece is known: all that it says, and the name and size of its file."""
    columns = given_of(coming.find).columns()
    file = coming.find.file
    return _signed(
        coming.find.kind,
        columns["title"],
        (columns["dated_on"], columns["until"]),
        {**columns["story"], **columns["details"]},
        (file.name[-200:], coming.size) if file else None,
    )


def _sign_of(version: EvidenceVersion) -> str:
    texts, evidence = version.texts, version.evidence
    file = evidence.file
    return _signed(
        EvidenceKind(evidence.kind),
        texts["title"],
        (texts["dated_on"], texts["until"]),
        {**texts["story"], **texts["details"]},
        (file.name, file.size) if file else None,
    )


def _signed(
    kind: EvidenceKind,
    title: str,
    days: tuple[date | str | None, date | str | None],
    texts: dict[str, Any],
    file: tuple[str, int] | None,
) -> str:
    if file and file[0].lower().endswith((".jpg", ".jpeg", ".png", ".webp")):
        file = (file[0], 0)  # a photo loses what it tells beside the picture, so it becomes smaller
    written = [str(day) if day else None for day in days]
    return json.dumps([kind.value, title, written, texts, file], sort_keys=True)


def _there(find: Find, version: EvidenceVersion) -> There:
    evidence = version.evidence
    return There(find, evidence.ref, evidence.title, lacks(evidence))
