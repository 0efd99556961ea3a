"""Adding to the public log, and signing what it comes to.

Whoever writes a certificate, a status or a key adds its leaf in the same transaction: neither stands without
the other. Each addition is signed at once, so that reading the log never signs anything.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction

from bekwaam.services import clock
from bekwaam.services.publiclog.nodes import nodes_for
from bekwaam.services.signing.names import log_origin
from bekwaam.services.signing.ring import log_signer
from bekwaam.store.audit import hold
from bekwaam.store.models import LogCheckpoint, LogHead, LogLeaf
from bekwaam.trust.checkpoints import Checkpoint, sign_checkpoint
from bekwaam.trust.entries import LogEntry
from bekwaam.trust.logproofs import LogProof
from bekwaam.trust.merkle import Nodes, append, inclusion_proof, root
from bekwaam.trust.reasons import Reason, Refused


def add(entry: LogEntry) -> int:
    """Add a leaf, sign the log as it then is, and return the number of the leaf (from 0).

    To be called inside the transaction of what is logged; raises RuntimeError outside one. Who adds waits
    for others who add, until their transaction ends. At most eight queries.
    """
    return add_all((entry,))[0]


def add_all(entries: Sequence[LogEntry]) -> tuple[int, ...]:
    """Add leaves in this order, sign once, and return their numbers; as :func:`add`, as many queries."""
    head = _locked()
    if not entries:
        return ()
    first = head.size
    leaves = [
        LogLeaf(index=first + at, kind=str(one.kind), of=one.of, data=one.data.decode(), at=one.at)
        for at, one in enumerate(entries)
    ]

    def grow(nodes: Nodes) -> bytes:
        size = first
        for one in entries:
            size = append(nodes, size, one.leaf)
        return root(nodes, size)

    nodes = nodes_for(grow)
    reached = grow(nodes)
    LogLeaf.objects.bulk_create(leaves)
    nodes.save()
    head.size = first + len(leaves)
    _sign(head, reached)
    return tuple(leaf.index for leaf in leaves)


def checkpoint() -> str:
    """Return the signed checkpoint of the log as it is now; it is signed here where it was not yet.

    To be called inside a transaction, as :func:`add`.
    """
    head = _locked()
    signed = LogCheckpoint.objects.filter(size=head.size).first()
    if signed is None:
        size = head.size
        return _sign(head, root(nodes_for(lambda nodes: root(nodes, size)), size))
    return signed.note


def proof(index: int) -> LogProof:
    """Return the proof that leaf ``index`` is in the log, with the leaf itself, under the last checkpoint.

    Three queries. Raises Refused (SHAPE) when there is no such leaf below a signed checkpoint.
    """
    signed = LogCheckpoint.objects.order_by("-size").first()
    leaf = LogLeaf.objects.filter(index=index).first()
    if signed is None or leaf is None:
        raise Refused(Reason.SHAPE, "no such leaf")
    size = signed.size

    def steps(nodes: Nodes) -> tuple[bytes, ...]:
        return inclusion_proof(nodes, index, size)

    return LogProof(index, steps(nodes_for(steps)), signed.note, leaf.data.encode())


def _locked() -> LogHead:
    """Return the end of the log, locked until the transaction ends.

    The end of the audit chain is locked before it, always: two who write to both never wait for each other.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a leaf must be added in the transaction of what it tells")
    hold()
    head = LogHead.objects.select_for_update().filter(pk=1).first()
    if head is None:
        with transaction.atomic():
            LogHead.objects.get_or_create(pk=1)
        head = LogHead.objects.select_for_update().get(pk=1)
    return head


def _sign(head: LogHead, reached: bytes) -> str:
    now = clock.now()
    note = sign_checkpoint(Checkpoint(log_origin(), head.size, reached), log_signer())
    LogCheckpoint.objects.create(size=head.size, note=note, signed_at=now)
    head.note, head.signed_at = note, now
    head.save(update_fields=["size", "note", "signed_at"])
    return note
