"""Whether what the chain says about one dossier holds: its entries, its rows, its files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import OuterRef, Subquery

from bekwaam.services import ports
from bekwaam.services.audit import ContentBreak, broken_contents_about, link_of, walk_chain
from bekwaam.services.procedures.log import LogRow, log_rows
from bekwaam.store.models import AuditEntry, ChainHead, Procedure, SnapshotItem, StoredFile
from bekwaam.trust.chain import GENESIS, Link, Walk, carries_its_hash

# Walking takes about a tenth of a millisecond an entry; a longer chain is for the command line.
MOST_WALKED: Final = 50_000


@dataclass(frozen=True, slots=True)
class DossierLog:
    """The entries of the chain about a dossier, newest first, each looked at.

    ``broken`` holds the numbers of entries that do not carry the hash of their own content, or do not name
    the entry before them in the chain as it stands there.
    """

    links: tuple[Link, ...]
    broken: frozenset[int]

    @property
    def whole(self) -> bool:
        """Tell whether no entry is broken."""
        return not self.broken

    def rows(self, first: int, number: int) -> list[LogRow]:
        """Return a page of it with names in place of references. One query."""
        return log_rows(self.links[first : first + number])


@dataclass(frozen=True, slots=True)
class GoneThrough:
    """What going through everything of a dossier found.

    ``chain`` is about the whole chain of the installation, None where that is too long to walk while
    somebody waits; ``rows`` and ``files`` say how many were held against it.
    """

    chain: Walk | None
    rows: int
    changed: tuple[ContentBreak, ...]
    files: int
    lost: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Tell whether nothing is broken, changed or lost."""
        return (self.chain is None or self.chain.whole) and not self.changed and not self.lost


def dossier_log(procedure: Procedure) -> DossierLog:
    """Return the entries about a dossier, looked at one by one. One query."""
    before = AuditEntry.objects.filter(sequence=OuterRef("sequence") - 1)
    found = AuditEntry.objects.filter(subject=f"procedure:{procedure.ref}").order_by("-sequence")
    links, broken = [], set()
    for entry in found.annotate(hash_before=Subquery(before.values("hash")[:1])):
        link = link_of(entry)
        links.append(link)
        follows = link.previous == (entry.hash_before or (GENESIS if link.sequence == 1 else ""))
        if not follows or not carries_its_hash(link):
            broken.add(link.sequence)
    return DossierLog(tuple(links), frozenset(broken))


def go_through(procedure: Procedure) -> GoneThrough:
    """Walk the whole chain, and hold every row and file of a dossier against it.

    A chain of more than ``MOST_WALKED`` entries is left to ``bekwaam audit check``.

    Takes as long as the chain and the files are, and a few queries for every table.
    """
    rows, changed = broken_contents_about(f"procedure:{procedure.ref}")
    files = _files(procedure)
    lost = tuple(file.name for file in files if not _sound(file))
    head = ChainHead.objects.filter(pk=1).first()
    walked = walk_chain() if head is None or head.sequence <= MOST_WALKED else None
    return GoneThrough(walked, rows, changed, len(files), lost)


def _files(procedure: Procedure) -> Sequence[StoredFile]:
    handed_in = SnapshotItem.objects.filter(snapshot__procedure=procedure).values("file")
    issued = Procedure.objects.filter(pk=procedure.pk).values("certificate__file")
    return [*StoredFile.objects.filter(pk__in=handed_in), *StoredFile.objects.filter(pk__in=issued)]


def _sound(file: StoredFile) -> bool:
    try:
        return ports.files().sha256(file.key) == file.sha256
    except FileNotFoundError:
        return False
