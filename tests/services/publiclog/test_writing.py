"""Adding to the public log: each leaf once, signed at once, and provable against what was signed."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from bekwaam.domain.events import Event
from bekwaam.services.audit import append as write_entry
from bekwaam.services.audit import walk_chain
from bekwaam.services.publiclog import reads, writing
from bekwaam.services.signing.ring import log_key
from bekwaam.store.models import LogCheckpoint, LogHead, LogLeaf, LogNode
from bekwaam.trust.checkpoints import objection, read_checkpoint
from bekwaam.trust.entries import Kind, LogEntry
from bekwaam.trust.logproofs import check_log_proof, read_log_proof
from bekwaam.trust.merkle import MemoryNodes, append, root
from bekwaam.trust.reasons import Refused
from tests.services.publiclog.logging import MOMENT, entry, logged
from tests.services.test_at_once import at_once

pytestmark = [pytest.mark.database, pytest.mark.django_db]

SIZE = 13  # neither a power of two nor one beside it


def in_memory(entries: list[LogEntry]) -> bytes:
    nodes, size = MemoryNodes(), 0
    for one in entries:
        size = append(nodes, size, one.leaf)
    return root(nodes, size)


def test_every_size_is_signed_with_the_hash_of_its_leaves() -> None:
    entries = [entry(number) for number in range(SIZE)]
    assert logged(*entries) == list(range(SIZE))
    for row in LogCheckpoint.objects.all():
        signed = read_checkpoint(row.note, log_key())
        assert (signed.size, signed.root) == (row.size, in_memory(entries[: row.size]))
    assert LogCheckpoint.objects.count() == SIZE
    assert LogHead.objects.get().note == writing_checkpoint() == LogCheckpoint.objects.last().note


def writing_checkpoint() -> str:
    with transaction.atomic():
        return writing.checkpoint()


def test_several_leaves_at_once_are_signed_once() -> None:
    entries = [entry(number) for number in range(SIZE)]
    with transaction.atomic():
        assert writing.add_all(entries[:5]) == (0, 1, 2, 3, 4)
        assert writing.add_all(entries[5:]) == tuple(range(5, SIZE))
        assert writing.add_all(()) == ()
    assert list(LogCheckpoint.objects.order_by("size").values_list("size", flat=True)) == [5, SIZE]
    assert read_checkpoint(LogHead.objects.get().note, log_key()).root == in_memory(entries)


def test_every_leaf_is_provable_and_the_proof_survives_being_written_down() -> None:
    entries = [entry(number) for number in range(SIZE)]
    logged(*entries)
    for index, one in enumerate(entries):
        carried = read_log_proof(writing.proof(index).text)
        assert carried.extra == one.data
        assert check_log_proof(carried, one.leaf, log_key()).size == SIZE


def test_the_log_shows_that_it_grew_from_every_earlier_state() -> None:
    logged(*(entry(number) for number in range(SIZE)))
    signed = [read_checkpoint(row.note, log_key()) for row in LogCheckpoint.objects.order_by("size")]
    for old in signed:
        assert objection(old, signed[-1], reads.consistency(old.size, SIZE)) is None


@pytest.mark.parametrize(("old", "new"), [(0, 3), (3, 2), (2, 4), (-1, 2)])
def test_no_proof_between_sizes_that_were_never_signed(old: int, new: int) -> None:
    logged(entry(0), entry(1), entry(2))
    with pytest.raises(Refused):
        reads.consistency(old, new)


def test_nothing_is_logged_outside_a_transaction_or_when_it_fails(transactional_db: None) -> None:
    with pytest.raises(RuntimeError):
        writing.add(entry(0))
    with pytest.raises(RuntimeError):
        writing.checkpoint()
    with pytest.raises(IntegrityError), transaction.atomic():
        writing.add(entry(0))
        raise IntegrityError
    assert not LogLeaf.objects.exists()
    assert not LogNode.objects.exists()
    assert logged(entry(1)) == [0]


def test_an_empty_log_says_so() -> None:
    assert reads.latest() is None
    assert reads.key_text() is None
    assert reads.proof_of("uEi0") is None
    assert reads.leaves_of("uEi0") == ()
    assert read_checkpoint(writing_checkpoint(), log_key()).size == 0
    with pytest.raises(Refused):
        writing.proof(0)


def test_what_was_logged_of_a_credential_is_found_by_its_digest() -> None:
    issued, other = entry(0, of="uEiA"), entry(1, of="uEiB")
    suspended, back = entry(2, Kind.SUSPENDED, of="uEiA"), entry(3, Kind.REINSTATED, of="uEiA")
    again = entry(4, Kind.SUSPENDED, of="uEiA")
    logged(issued, other, suspended, back, again)
    assert reads.leaves_of("uEiA") == (issued, suspended, back, again)
    for kind, index in ((None, 0), (Kind.SUSPENDED, 4), (Kind.REINSTATED, 3)):
        found = reads.proof_of("uEiA", kind)
        assert found is not None
        assert found.index == index
    assert reads.proof_of("uEiA", Kind.REVOKED) is None
    assert reads.entries(1, 2) == (other.data.decode(), suspended.data.decode())
    assert [one.entry for one in reads.newest(2)] == [again, back]


def test_adding_and_proving_take_as_many_queries_whatever_the_size() -> None:
    logged(entry(0))
    for number in (1, 2, 3, 4, 5, 6, 7):
        with transaction.atomic(), CaptureQueriesContext(connection) as adding:
            writing.add(entry(number))
        assert len(adding) <= 8, [one["sql"] for one in adding]
        with CaptureQueriesContext(connection) as proving:
            writing.proof(number)
        assert len(proving) == 3
        with CaptureQueriesContext(connection) as holding:
            reads.consistency(1, number + 1)
        assert len(holding) == 2


@pytest.mark.django_db(transaction=True)
def test_who_writes_in_the_chain_and_the_log_in_either_order_never_waits_for_ever() -> None:
    @transaction.atomic
    def chain_first(number: int) -> None:
        write_entry(Event.KEY_MADE, actor=None, subject="log", now=MOMENT)
        writing.add(entry(number))

    @transaction.atomic
    def log_first(number: int) -> None:
        writing.add(entry(number))
        write_entry(Event.KEY_MADE, actor=None, subject="log", now=MOMENT)

    for turn in range(0, 20, 4):
        at_once(*(partial(work, turn + at) for at, work in enumerate((chain_first, log_first) * 2)))
    assert LogHead.objects.get().size == 20
    assert walk_chain().whole


@pytest.mark.django_db(transaction=True)
def test_leaves_added_at_once_give_one_tree_without_a_gap() -> None:
    rounds, threads = 4, 4
    for turn in range(rounds):
        several = [entry(turn * threads + number) for number in range(threads)]
        at_once(*(lambda one=one: logged(one) for one in several))  # type: ignore[misc]
    leaves = [LogEntry.read(leaf.data.encode()) for leaf in LogLeaf.objects.order_by("index")]
    assert list(LogLeaf.objects.values_list("index", flat=True)) == list(range(rounds * threads))
    signed = read_checkpoint(LogHead.objects.get().note, log_key())
    assert (signed.size, signed.root) == (rounds * threads, in_memory(leaves))
    assert LogCheckpoint.objects.count() == rounds * threads
