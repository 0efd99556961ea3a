"""A stranger's look at a log: grown, the same, forked, hiding, or another one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bekwaam.domain.publiclog.watching import EXIT, Kept, Seen, look
from bekwaam.trust.notes import NoteKey
from bekwaam.trust.reasons import Refused
from tests.domain.publiclog.logs import ADDRESS, OTHER_KEY, Log

LEAVES = ["een", "twee", "drie", "vier", "vijf"]
CHANGED = ["een", "TWEE", "drie", "vier", "vijf"]


def kept(leaves: list[str]) -> Kept:
    log = Log(leaves)
    return Kept(log.vkey, log.note)


def quiet(log: Log, *names: str) -> Log:
    log.silent = set(names)
    return log


def saying(log: Log, name: str, answer: bytes) -> Log:
    log.says[name] = answer
    return log


@pytest.mark.parametrize(
    ("known", "shown", "seen", "status"),
    [
        ([], Log(LEAVES), Seen.GROWN, 0),
        (LEAVES[:3], Log(LEAVES), Seen.GROWN, 0),
        (LEAVES, Log(LEAVES), Seen.SAME, 0),
        ([], Log([]), Seen.SAME, 0),
        (LEAVES, Log(CHANGED), Seen.FORK, 1),
        (LEAVES[:3], Log(CHANGED), Seen.FORK, 1),
        (LEAVES, Log(LEAVES[:3]), Seen.HIDES, 2),
        (LEAVES, Log([]), Seen.HIDES, 2),
        (LEAVES, Log(CHANGED[:3]), Seen.HIDES, 2),
        (LEAVES[:3], quiet(Log(LEAVES), "consistency"), Seen.NO_PROOF, 2),
        (LEAVES[:3], saying(Log(LEAVES), "consistency", b'{"hashes": ["x"]}'), Seen.NO_PROOF, 2),
        (LEAVES[:3], saying(Log(LEAVES), "consistency", b'{"hashes": 3}'), Seen.NO_PROOF, 2),
        (LEAVES[:3], saying(Log(LEAVES), "consistency", b'{"hashes": []}'), Seen.FORK, 1),
        (LEAVES[:3], Log(LEAVES, key=OTHER_KEY), Seen.OTHER_LOG, 2),
        (LEAVES[:3], Log(LEAVES, origin="ander.example/log"), Seen.OTHER_LOG, 2),
        (LEAVES[:3], quiet(Log(LEAVES), "checkpoint"), Seen.NO_ANSWER, 2),
        (LEAVES[:3], saying(Log(LEAVES), "checkpoint", b"<html>"), Seen.NO_LOG, 2),
        (LEAVES[:3], saying(Log(LEAVES), "checkpoint", b"\xff"), Seen.NO_ANSWER, 2),
    ],
)  # fmt: skip
def test_what_is_shown_is_held_against_what_was_seen(
    known: list[str], shown: Log, seen: Seen, status: int
) -> None:
    before = kept(known)
    found = look(ADDRESS, before, shown.fetch)
    assert found.seen is seen
    assert EXIT.get(found.seen, 2) == status
    wanted = Kept(before.key, shown.note) if status == 0 else before
    assert found.to_keep == wanted


def test_an_old_state_that_a_log_goes_back_to_with_a_proof_is_hiding() -> None:
    log = Log(LEAVES)
    log.says["checkpoint"] = Log(LEAVES[:3]).note.encode()  # it still proves what came after
    assert look(ADDRESS, kept(LEAVES), log.fetch).seen is Seen.HIDES
    log.says["checkpoint"] = Log(CHANGED[:3]).note.encode()
    assert look(ADDRESS, kept(LEAVES), log.fetch).seen is Seen.FORK


@pytest.mark.parametrize(
    ("log", "key", "seen"),
    [
        (Log(LEAVES), None, Seen.FIRST),
        (Log(LEAVES), Log([]).vkey, Seen.FIRST),
        (Log(LEAVES), NoteKey("evc.example/log", OTHER_KEY.public), Seen.OTHER_LOG),
        (quiet(Log(LEAVES), "key"), None, Seen.NO_ANSWER),
        (quiet(Log(LEAVES), "key"), Log([]).vkey, Seen.FIRST),
        (saying(Log(LEAVES), "key", b"sleutel"), None, Seen.NO_LOG),
        (saying(Log(LEAVES), "checkpoint", Log(LEAVES, key=OTHER_KEY).note.encode()), None, Seen.OTHER_LOG),
    ],
)
def test_the_first_look_believes_the_key_that_is_given_or_shown(
    log: Log, key: NoteKey | None, seen: Seen
) -> None:
    found = look(ADDRESS.rstrip("/"), None, log.fetch, key)
    assert found.seen is seen
    assert found.to_keep == (Kept(log.vkey, log.note) if seen is Seen.FIRST else None)


def test_what_was_kept_reads_back() -> None:
    assert Kept.read(kept(LEAVES).text) == kept(LEAVES)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "",
        lambda text: text.replace("\n5\n", "\n6\n"),
        lambda text: text.partition("\n\n")[2],
        lambda text: text.replace(Log([]).vkey.text, NoteKey("evc.example/log", OTHER_KEY.public).text),
    ],
)
def test_what_was_kept_and_spoilt_is_refused(spoil: Callable[[str], str]) -> None:
    with pytest.raises(Refused):
        Kept.read(spoil(kept(LEAVES).text))
