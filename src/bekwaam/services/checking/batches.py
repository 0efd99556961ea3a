"""Checking many files at once for anybody: handed in as a ZIP, looked at in the background, and let go.

The files go as soon as they have been checked; what came of them is kept for a day, for whoever has the
address. The secret part of that address is kept nowhere.
"""

from __future__ import annotations

import hashlib
import secrets
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, BinaryIO, Final

from django.db import transaction

from bekwaam.domain.certificates.papers import PaperPort
from bekwaam.domain.certificates.parcels import (
    FIELD,
    MOST_OF_ONE,
    NO_ZIP,
    Parcel,
    Part,
    parcel_faults,
    parcels,
    shown_name,
)
from bekwaam.domain.certificates.signed import SignedPaper
from bekwaam.domain.certificates.verdict_words import line_words
from bekwaam.domain.certificates.verifying import Means
from bekwaam.domain.faults import Fault
from bekwaam.services import clock, ports
from bekwaam.services.checking.files import Answer, check_file
from bekwaam.services.checking.trusted import means
from bekwaam.services.errors import Invalid, NotFound
from bekwaam.services.keeping import forget_after_commit
from bekwaam.services.zips import BROKEN, is_readable, open_zip
from bekwaam.store.models import BatchCheck
from bekwaam.trust.verdicts import OK
from bekwaam.wording import N_, say

KEPT: Final = timedelta(days=1)
MOST_WAITING: Final = 40
"""Batches of which the files are kept, of everybody together: they must not fill the disk."""
_BUSY: Final = N_("Very many files are waiting to be checked now. Try again in half an hour.")
_AT_ONCE: Final = 20
_MOST_OF_PROOF: Final = 1024 * 1024
_MOST_HELD: Final = 2 * MOST_OF_ONE
_MOST_AT_ONCE: Final = 10_000  # to forget; the next time the rest
_LONGEST_LIST: Final = 2 * 1024 * 1024  # of the 2 000 files in it, with long names
_PIECE: Final = 256 * 1024
_BY_THE_LOG: Final = N_("The public log says that it was revoked or suspended.")
_NOT_LOGGED: Final = N_("It says that it was issued here, but it is not in our public log.")


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """What came of one file: ``outcome`` is that of :class:`bekwaam.trust.verdicts.Outcome`.

    ``code`` is of the first answer that is not in order (empty: all are), ``said`` its sentence in the
    language of the batch. Facts are given only where the issuer signed them. ``held`` is how it compares with
    what we hold.
    """

    name: str
    outcome: str
    code: str = ""
    said: str = ""
    number: str = ""
    issuer: str = ""
    host: str = ""
    issued_on: str = ""
    standard: str = ""
    held: str = ""
    successor: str = ""


@dataclass(frozen=True, slots=True)
class BatchRead:
    """How far a batch is: ``done`` of ``total``, and what came of the files once all are done."""

    language: str
    asked_at: datetime
    total: int
    done: int
    finished_at: datetime | None
    answers: tuple[FileAnswer, ...]
    broken: bool = False

    @property
    def until(self) -> datetime:
        """Until when the answers are kept."""
        return self.asked_at + KEPT


def hand_in(file: BinaryIO, language: str) -> tuple[str, BatchCheck]:
    """Keep a ZIP to be checked; return the secret of its address, and what says so. Queue it afterwards.

    Raises Invalid, with a sentence, for a file that is no ZIP or holds too much, and when too many wait.
    """
    with _opened(file) as archive:
        total = len(parcels(_parts(archive)))
    forget_old()
    if BatchCheck.objects.exclude(key="").count() >= MOST_WAITING:
        raise Invalid((Fault(FIELD, "busy", _BUSY),))
    file.seek(0)
    secret = secrets.token_urlsafe(24)
    with transaction.atomic():
        key, _sha256, _size = ports.files().put(iter(lambda: file.read(_PIECE), b""))
        row = BatchCheck.objects.create(
            token=_token(secret), language=language, key=key, kind="zip", asked_at=clock.now(), total=total
        )
    return secret, row


def read_batch(secret: str) -> BatchRead:
    """Return how far the batch behind an address is. One query. Raises NotFound when there is none (more)."""
    row = BatchCheck.objects.filter(token=_token(secret), asked_at__gt=clock.now() - KEPT).first()
    if row is None:
        raise NotFound
    answers = tuple(FileAnswer(**answer) for answer in row.report)
    return BatchRead(
        row.language, row.asked_at, row.total, row.done, row.finished_at, answers, broken=bool(row.fault)
    )


def forget_old() -> int:
    """Forget the batches of more than a day ago, with their files where those are still there."""
    rows = BatchCheck.objects.filter(asked_at__lte=clock.now() - KEPT).order_by("pk")
    old = list(rows.values_list("pk", "key")[:_MOST_AT_ONCE])
    with transaction.atomic():
        for pk, key in old:
            # Of two who do this at once, one takes the file along.
            if BatchCheck.objects.filter(pk=pk).delete()[0] and key:
                forget_after_commit(key)
    return len(old)


def work_off(batch: int) -> None:
    """Check the files of a batch, keep what came of them, and forget the files. May be done again."""
    row = BatchCheck.objects.filter(pk=batch, finished_at=None).exclude(key="").first()
    if row is None:
        return
    answers: list[FileAnswer] = []
    try:
        with ports.files().open(row.key) as file, _opened(file) as archive:
            for some in _in_groups(archive, parcels(_parts(archive))):
                answers += _checked(archive, some, row.language)
                BatchCheck.objects.filter(pk=row.pk).update(done=len(answers))
    except (Invalid, FileNotFoundError):
        row.fault = "broken"
    _finish(row, answers)


@transaction.atomic
def _finish(row: BatchCheck, answers: Sequence[FileAnswer]) -> None:
    """Keep what came of a batch, unless it was forgotten meanwhile, with its file."""
    report = [_plain(answer) for answer in answers]
    ended = {"key": "", "done": len(answers), "finished_at": clock.now(), "report": report}
    if BatchCheck.objects.filter(pk=row.pk).update(**ended, fault=row.fault):
        forget_after_commit(row.key)


def _plain(answer: FileAnswer) -> dict[str, Any]:
    names = FileAnswer.__dataclass_fields__
    return {name: value for name in names if (value := getattr(answer, name))}


def _token(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _opened(file: BinaryIO) -> zipfile.ZipFile:
    """Open a ZIP that may be looked at; raises Invalid for any other file."""
    file.seek(0)
    try:
        archive = open_zip(file, _LONGEST_LIST)
    except BROKEN as error:
        raise Invalid((Fault(FIELD, "no_zip", NO_ZIP),)) from error
    faults = parcel_faults(_parts(archive))
    if faults:
        archive.close()
        raise Invalid(faults)
    return archive


def _parts(archive: zipfile.ZipFile) -> list[Part]:
    return [
        Part(info.filename, info.file_size, is_readable(info))
        for info in archive.infolist()
        if not info.is_dir()
    ]


def _in_groups(archive: zipfile.ZipFile, found: Iterable[Parcel]) -> Iterator[list[Parcel]]:
    """Yield what is looked at together: not more files, nor more bytes, than fit in memory with ease."""
    some: list[Parcel] = []
    held = 0
    for parcel in found:
        size = min(archive.getinfo(parcel.name).file_size, MOST_OF_ONE)
        if some and (len(some) == _AT_ONCE or held + size > _MOST_HELD):
            yield some
            some, held = [], 0
        some.append(parcel)
        held += size
    if some:
        yield some


def _content(archive: zipfile.ZipFile, name: str, most: int = MOST_OF_ONE) -> bytes:
    """Return a file of the archive, cut off just beyond what is looked at; empty where it is damaged."""
    try:
        with archive.open(name) as member:
            return member.read(most + 1)
    except (*BROKEN, KeyError):
        return b""


def _checked(archive: zipfile.ZipFile, some: Sequence[Parcel], language: str) -> Iterator[FileAnswer]:
    contents = [_content(archive, parcel.name) for parcel in some]
    tools = _reading_at_once(means(clock.now()), contents)
    for parcel, content in zip(some, contents, strict=True):
        proof = _content(archive, parcel.proof, _MOST_OF_PROOF) if parcel.proof else None
        yield _told(shown_name(parcel.name), check_file(content, proof, tools), language)


def _reading_at_once(tools: Means, contents: Sequence[bytes]) -> Means:
    """Return ``tools`` with the PDFs among ``contents`` read in one go: many times as fast as one by one."""
    papers = [content for content in contents if content.startswith(b"%PDF-")]
    found: dict[bytes, SignedPaper] = dict(zip(papers, ports.paper_reader().read_many(papers), strict=True))
    port = PaperPort(lambda content: found[content], tools.papers.vouched)
    return replace(tools, papers=port)


def _told(name: str, answer: Answer, language: str) -> FileAnswer:
    facts = answer.verification.facts if answer.signed else None
    own = answer.own
    code, said = _wrong(answer, language)
    return FileAnswer(
        name=name,
        outcome=str(answer.outcome),
        code=code,
        said=said,
        number=facts.number if facts else "",
        issuer=facts.issuer_name if facts else "",
        host=facts.issuer_host if facts else "",
        issued_on=facts.issued_at.date().isoformat() if facts and facts.issued_at else "",
        standard=facts.standard if facts else "",
        held=str(own.held) if own else "",
        successor=own.successor if own else answer.verification.successor,
    )


def _wrong(answer: Answer, language: str) -> tuple[str, str]:
    """Return the code and the sentence of what is wrong first; both empty where nothing is."""
    own = answer.own
    if own is not None and own.hidden is not None:
        return f"log_{own.hidden}", say(language, _BY_THE_LOG)
    if own is not None and own.unlogged:
        return "not_in_our_log", say(language, _NOT_LOGGED)
    for line in answer.verification.lines:
        if line.outcome is answer.outcome and line.code != OK:
            return line.code, line_words(line, answer.verification, language)
    return "", ""
