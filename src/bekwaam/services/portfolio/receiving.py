"""Receiving a file: looked at by its content, then stored; nothing of it stays when the rest fails."""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Callable
from typing import TypeVar

from bekwaam.domain.faults import Fault
from bekwaam.domain.portfolio.uploads import HEAD_BYTES, FileType, check_upload
from bekwaam.domain.verdict import Verdict
from bekwaam.services import clock, ports
from bekwaam.services.errors import Invalid
from bekwaam.services.keeping import forget_unless_recorded
from bekwaam.services.portfolio.traces import Received, cleaned, names_in
from bekwaam.store.models import Person, StoredFile
from bekwaam.wording import N_

logger = logging.getLogger(__name__)

Written = TypeVar("Written")


def with_file(
    actor: Person, upload: Received | None, write: Callable[[StoredFile | None], Written]
) -> Written:
    """Store ``upload`` outside any transaction and let ``write`` put it to use; undo it if that fails.

    Raises Invalid, with a fault on the field "file", for a file that may not come in.
    """
    if upload is None:
        return write(None)
    file = receive(actor, upload)
    try:
        return write(file)
    except BaseException:
        forget_unless_recorded(file.key)
        raise


def receive(actor: Person, upload: Received) -> StoredFile:
    """Check a file by its content, clean it and store it; the row is not saved yet.

    A photo or recording is kept without where and when it was made; whose names a document carries is noted
    for its owner, and the document kept byte for byte. Where a virus scanner is set, it looks at
    the file first, and no answer is no permission. Raises Invalid with a fault on the field "file".
    """
    known, verdict = _look_at(upload)
    if known is None:
        raise Invalid((_fault(verdict),))
    _insist_clean(upload)
    names = names_in(upload, known.media_type)
    key, digest, size = ports.files().put(cleaned(upload, known.media_type))
    return StoredFile(
        owner=actor,
        key=key,
        name=upload.name[-200:],
        media_type=known.media_type,
        size=size,
        sha256=digest,
        received_at=clock.now(),
        names=[[one.role.value, one.name] for one in names],
    )


def _fault(verdict: Verdict) -> Fault:
    return Fault("file", verdict.reason, verdict.message, verdict.values)


def _insist_clean(upload: Received) -> None:
    scanner = ports.scanner()
    if scanner is None:
        return
    try:
        found = scanner.look(upload.chunks())
    except Exception as error:
        logger.exception("the virus scanner gave no answer")
        message = N_("{name} cannot be checked for viruses at the moment. Try again in a while.")
        raise Invalid((Fault("file", "not_scanned", message, {"name": upload.name}),)) from error
    if found:
        message = N_("{name} was refused: a virus scanner found something in it ({found}).")
        raise Invalid((Fault("file", "virus", message, {"name": upload.name, "found": found}),))


def upload_fault(upload: Received) -> Fault | None:
    """Return what is wrong with a file, so that a form can say so beside its other faults."""
    known, verdict = _look_at(upload)
    return None if known else _fault(verdict)


def _look_at(upload: Received) -> tuple[FileType | None, Verdict]:
    head = next(iter(upload.chunks()), b"")[:HEAD_BYTES]
    return check_upload(upload.name, upload.size, head, lambda member: _holds(upload, member))


def _holds(upload: Received, member: str) -> bool:
    """Tell whether a zip-based file has a member; nothing is unpacked, so a zip bomb stays shut."""
    upload.file.seek(0)
    try:
        with zipfile.ZipFile(upload.file) as archive:
            return member in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
    finally:
        upload.file.seek(0)
