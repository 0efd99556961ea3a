"""Files that come in piece by piece, so that a lost connection costs the last piece and not the whole.

A piece says at which byte it begins. When that is not where we are, whoever sends is told where we are and
goes on from there. What is whole is looked at like any other file once its form is sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import BinaryIO, Final

from django.db import transaction

from bekwaam.domain.faults import Fault
from bekwaam.domain.portfolio.uploads import check_upload
from bekwaam.domain.takeout.archive import check_package
from bekwaam.domain.verdict import ALLOWED, Verdict
from bekwaam.services import clock, ports
from bekwaam.services.errors import Invalid, NotFound
from bekwaam.services.keeping import discard_after_commit
from bekwaam.services.portfolio.traces import Received
from bekwaam.store.models import PartialUpload, Person
from bekwaam.wording import N_

MOST_AT_ONCE: Final = 3
KEPT: Final = timedelta(days=1)
_LATER: Final = "not_what_it_says"  # told by the content, which is still to come
_READ: Final = 1024 * 1024
_KEEP: Final = 8 * _READ


class ElsewhereError(Exception):
    """A piece does not begin where we are; ``received`` is how many bytes there are."""

    def __init__(self, received: int) -> None:
        super().__init__(received)
        self.received = received


@dataclass(frozen=True, slots=True)
class Coming:
    """A file that is coming in."""

    ref: str
    name: str
    size: int
    received: int


class Whole:
    """A file that came in whole, as the evidence service takes it. Close it after use."""

    def __init__(self, name: str, size: int, file: BinaryIO) -> None:
        self.name, self.size, self.file = name, size, file

    def chunks(self) -> Iterator[bytes]:
        """Yield the content from its beginning."""
        self.file.seek(0)
        while chunk := self.file.read(_READ):
            yield chunk


def begin_upload(person: Person, name: str, size: int) -> Coming:
    """Begin to receive a file for evidence; raises Invalid at once for one that could never be used.

    What nobody sent more of for a day is thrown away, and of one person all but the newest few.
    """
    _known, verdict = check_upload(name, size, b"", lambda _member: False)
    return _begin(person, name, size, ALLOWED if verdict.reason == _LATER else verdict)


def begin_package(person: Person, name: str, size: int) -> Coming:
    """Begin to receive a portfolio that somebody took along; raises Invalid at once for what is none."""
    return _begin(person, name, size, check_package(name, size))


def _insist(verdict: Verdict) -> None:
    if not verdict:
        raise Invalid((Fault("file", verdict.reason, verdict.message, verdict.values),))


@transaction.atomic
def _begin(person: Person, name: str, size: int, verdict: Verdict) -> Coming:
    _insist(verdict)
    _throw_away(person)
    row = PartialUpload.objects.create(
        owner=person, key=ports.files().begin(), name=name[-200:], size=size, touched_at=clock.now()
    )
    return _coming(row)


def _throw_away(person: Person) -> None:
    old = PartialUpload.objects.filter(touched_at__lt=clock.now() - KEPT)
    mine = PartialUpload.objects.filter(owner=person).order_by("-touched_at", "-pk")[MOST_AT_ONCE - 1 :]
    for row in [*old, *mine]:
        _forget(row)


def _forget(row: PartialUpload) -> None:
    row.delete()
    discard_after_commit(row.key)


def _coming(row: PartialUpload) -> Coming:
    return Coming(row.ref, row.name, row.size, row.received)


def coming(person: Person, ref: str) -> Coming:
    """Return how far a file of one's own is. One query; NotFound when it is not there (any more)."""
    row = PartialUpload.objects.filter(owner=person, ref=ref).first()
    if row is None:
        raise NotFound
    return _coming(row)


@transaction.atomic
def add_piece(person: Person, ref: str, offset: int, content: bytes) -> Coming:
    """Add a piece that begins at ``offset``.

    Raises NotFound, ElsewhereError when we are not there, Invalid for more than was announced.
    """
    row = PartialUpload.objects.select_for_update().filter(owner=person, ref=ref).first()
    if row is None:
        raise NotFound
    if offset != row.received:
        raise ElsewhereError(row.received)
    if row.received + len(content) > row.size:
        message = N_("There is more of this file than was announced. Choose it again.")
        raise Invalid((Fault("file", "too_much", message),))
    ports.files().add(row.key, offset, content)
    row.received, row.touched_at = row.received + len(content), clock.now()
    row.save(update_fields=["received", "touched_at"])
    return _coming(row)


def whole(person: Person, ref: str) -> Whole | None:
    """Return a file of one's own that came in whole; None for one that did not, or is not there."""
    row = PartialUpload.objects.filter(owner=person, ref=ref).first() if ref else None
    if row is None or row.received != row.size:
        return None
    try:
        return Whole(row.name, row.size, ports.files().open_part(row.key))
    except FileNotFoundError:
        return None


def keep_package(person: Person, upload: Received) -> str:
    """Keep a package that came in with a form; return its reference. Raises Invalid for what is none."""
    _insist(check_package(upload.name, upload.size))
    return keep_whole(person, upload)


def keep_whole(person: Person, upload: Received) -> str:
    """Keep a file that came in at once as if it came in piece by piece; return its reference.

    For what is looked at before anybody says what to do with it. The caller checks what it is.
    """
    key = ports.files().begin()
    try:
        received = 0
        upload.file.seek(0)
        while piece := upload.file.read(_KEEP):  # in large pieces, for each is put on disk for good
            ports.files().add(key, received, piece)
            received += len(piece)
        return _kept(person, key, upload.name, received)
    except BaseException:
        ports.files().discard(key)
        raise


@transaction.atomic
def _kept(person: Person, key: str, name: str, size: int) -> str:
    _throw_away(person)
    row = PartialUpload.objects.create(
        owner=person, key=key, name=name[-200:], size=size, received=size, touched_at=clock.now()
    )
    return row.ref


@transaction.atomic
def forget_upload(person: Person, ref: str) -> None:
    """Throw away a file of one's own, once it was put to use or nobody wants it; NotFound never."""
    for row in PartialUpload.objects.filter(owner=person, ref=ref):
        _forget(row)
