"""The database held against the public log: a sound one passes, and each way to meddle has a name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bekwaam.services import clock
from bekwaam.services.publiclog import auditing
from bekwaam.services.publiclog.agreeing import log_breaks
from bekwaam.services.publiclog.auditing import LogFault, walk_tree
from bekwaam.services.publiclog.daily import log_audit_head
from bekwaam.services.signing.ring import log_key
from bekwaam.store.models import (
    AuditEntry,
    ChainHead,
    LogCheckpoint,
    LogHead,
    LogLeaf,
    LogNode,
    StatusList,
    StatusPlace,
)
from bekwaam.trust.checkpoints import read_checkpoint
from bekwaam.trust.entries import Kind
from tests.cast import Cast
from tests.services.publiclog.logging import MOMENT, entry, logged

pytestmark = [pytest.mark.database, pytest.mark.django_db]

SIZE = 11
OTHER = entry(9, Kind.KEY_MADE).data.decode()
LATER = MOMENT + timedelta(days=1)


def other_note() -> None:
    first = LogCheckpoint.objects.get(size=4)
    LogCheckpoint.objects.filter(size=5).update(note=first.note)


def cut_without_care() -> None:
    LogLeaf.objects.filter(index=SIZE - 1).delete()


def cut_with_care() -> None:
    LogLeaf.objects.filter(index=SIZE - 1).delete()
    LogCheckpoint.objects.filter(size=SIZE).delete()
    LogHead.objects.update(size=SIZE - 1)


def edited_with_its_hash() -> None:
    changed = entry(3, Kind.KEY_MADE, of="uEiX")
    LogLeaf.objects.filter(index=3).update(data=changed.data.decode(), of=changed.of)
    LogNode.objects.filter(level=0, index=3).update(value=changed.leaf)


def unsigned() -> None:
    LogCheckpoint.objects.filter(size=SIZE).delete()
    LogHead.objects.update(size=SIZE - 1)


@pytest.mark.parametrize("batch", [3, 1000])
@pytest.mark.parametrize(
    ("meddle", "fault", "at"),
    [
        (lambda: None, None, 0),
        (lambda: LogLeaf.objects.filter(index=5).update(data=OTHER), LogFault.LEAF_CHANGED, 5),
        (lambda: LogLeaf.objects.filter(index=5).update(data="{}"), LogFault.LEAF_CHANGED, 5),
        (lambda: LogLeaf.objects.filter(index=5).update(of="uEiY"), LogFault.LEAF_CHANGED, 5),
        (lambda: LogLeaf.objects.filter(index=5).update(kind="revoked"), LogFault.LEAF_CHANGED, 5),
        (lambda: LogLeaf.objects.filter(index=5).update(at=LATER), LogFault.LEAF_CHANGED, 5),
        (lambda: LogNode.objects.filter(level=1, index=1).update(value=bytes(32)), LogFault.NODE_CHANGED, 3),
        (lambda: LogNode.objects.filter(level=3, index=0).delete(), LogFault.NODE_CHANGED, 7),
        (lambda: LogLeaf.objects.filter(index=4).delete(), LogFault.LEAF_GONE, 4),
        (edited_with_its_hash, LogFault.NODE_CHANGED, 3),
        (other_note, LogFault.CHECKPOINT, 5),
        (lambda: LogCheckpoint.objects.filter(size=5).update(note="weg"), LogFault.CHECKPOINT, 5),
        (cut_without_care, LogFault.CUT_OFF, SIZE - 1),
        (cut_with_care, LogFault.CUT_OFF, SIZE - 1),
        (unsigned, LogFault.NOT_SIGNED, SIZE),
    ],
)  # fmt: skip
def test_the_tree_is_made_anew_from_its_leaves(
    meddle: Callable[[], object], fault: LogFault | None, at: int, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auditing, "BATCH", batch)
    logged(*(entry(number, Kind.KEY_MADE) for number in range(SIZE)))
    meddle()
    walked = walk_tree()
    assert (walked.broken and (walked.broken.fault, walked.broken.index)) == (fault and (fault, at))


def test_a_log_that_moved_to_another_host_still_holds(settings: Any) -> None:
    logged(entry(0, Kind.KEY_MADE))
    settings.BEKWAAM_ISSUER_HOST = "evc.example"
    logged(entry(1, Kind.KEY_MADE))
    assert walk_tree() == auditing.TreeWalk(2)


def test_an_empty_log_is_whole() -> None:
    assert walk_tree() == auditing.TreeWalk(0)
    assert list(log_breaks()) == []


def places(cast: Cast) -> StatusList:
    return StatusList.objects.create(provider=cast.provider, number=1)


@pytest.mark.parametrize(
    ("told", "revoked", "suspended", "agrees"),
    [
        ([], False, False, True),
        ([], True, False, False),
        ([], False, True, False),
        ([Kind.REVOKED], True, False, True),
        ([Kind.REVOKED], False, False, False),
        ([Kind.SUSPENDED], False, True, True),
        ([Kind.SUSPENDED], False, False, False),
        ([Kind.SUSPENDED], True, True, False),
        ([Kind.SUSPENDED, Kind.REINSTATED], False, False, True),
        ([Kind.SUSPENDED, Kind.REINSTATED], False, True, False),
        ([Kind.SUSPENDED, Kind.REVOKED], True, True, True),
        ([Kind.SUSPENDED, Kind.REVOKED], True, False, True),
        ([Kind.SUSPENDED, Kind.REVOKED], False, True, False),
        ([Kind.SUSPENDED, Kind.REINSTATED, Kind.SUSPENDED], False, True, True),
    ],
)
def test_a_status_is_what_the_last_leaf_about_it_says(
    cast: Cast, told: list[Kind], revoked: bool, suspended: bool, agrees: bool
) -> None:
    StatusPlace.objects.create(
        list=places(cast), index=7, digest="uEiA", revoked=revoked, suspended=suspended
    )
    logged(entry(0, of="uEiA"), *(entry(1 + at, kind, of="uEiA") for at, kind in enumerate(told)))
    assert [one.fault for one in log_breaks()] == ([] if agrees else [LogFault.STATUS])


def test_a_leaf_about_a_credential_that_nothing_knows_is_named(cast: Cast) -> None:
    logged(entry(0, of="uEiA"), entry(1, Kind.REVOKED, of="uEiB"))
    found = [(one.fault, one.index, one.about) for one in log_breaks()]
    assert found == [(LogFault.NO_CERTIFICATE, 0, "uEiA"), (LogFault.STATUS, 1, "uEiB")]
    StatusPlace.objects.create(list=places(cast), index=7, digest="uEiA")
    StatusPlace.objects.create(list=StatusList.objects.get(), index=8, digest="uEiB", revoked=True)
    assert list(log_breaks()) == []


def test_the_end_of_the_chain_is_logged_once_a_day(cast: Cast) -> None:
    now = clock.now()
    assert log_audit_head() == 0
    assert log_audit_head() is None
    with clock.at(now + timedelta(days=1)):
        assert log_audit_head() == 1
        assert log_audit_head() is None
    head = ChainHead.objects.get()
    leaf = LogLeaf.objects.get(index=1)
    assert (leaf.kind, leaf.of) == ("audit_head", head.hash)
    assert read_checkpoint(LogHead.objects.get().note, log_key()).size == 2
    assert list(log_breaks()) == []


def test_a_chain_that_was_rewritten_after_its_end_was_logged_is_named(cast: Cast) -> None:
    log_audit_head()
    number = AuditEntry.objects.count()
    AuditEntry.objects.filter(sequence=number).update(hash="0" * 64)
    assert [(one.fault, one.index, one.about) for one in log_breaks()] == [(LogFault.CHAIN, 0, str(number))]
