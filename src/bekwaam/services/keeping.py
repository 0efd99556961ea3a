"""Taking files from the file store in step with the database: never one that a row still names."""

from __future__ import annotations

from django.db import DatabaseError, transaction

from bekwaam.services import ports
from bekwaam.store.models import DoomedFile, StoredFile


def forget_after_commit(key: str) -> None:
    """Take a file from the store once the present transaction stands.

    That it has to go is written down in the same transaction: where the store fails by then, or the
    program stops, :func:`forget_what_was_left` does it later.
    """
    _doom(key, part=False)


def discard_after_commit(key: str) -> None:
    """Take a file that came in half from the store, in the same way."""
    _doom(key, part=True)


def _doom(key: str, *, part: bool) -> None:
    row = DoomedFile.objects.create(key=key, part=part)

    def forget() -> None:
        _forget(row)

    transaction.on_commit(forget, robust=True)


def _forget(row: DoomedFile) -> None:
    store = ports.files()
    (store.discard if row.part else store.delete)(row.key)
    row.delete()


def forget_what_was_left() -> int:
    """Take the files from the store that should have gone before; return how many."""
    left = list(DoomedFile.objects.order_by("pk"))
    for row in left:
        _forget(row)
    return len(left)


def forget_unless_recorded(key: str) -> None:
    """Take a file from the store after its transaction failed, unless its row is there after all.

    A connection can break after the database committed; when it cannot tell any more, the file stays.
    """
    try:
        recorded = StoredFile.objects.filter(key=key).exists()
    except DatabaseError:
        return
    if not recorded:
        ports.files().delete(key)
