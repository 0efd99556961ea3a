"""What the log says: notes, checkpoints, and the proof that travels with a certificate."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bekwaam.trust.checkpoints import Checkpoint, objection, read_checkpoint, sign_checkpoint
from bekwaam.trust.encoding import to_base64
from bekwaam.trust.keys import PrivateKey
from bekwaam.trust.logproofs import LogProof, check_log_proof, read_log_proof
from bekwaam.trust.merkle import (
    EMPTY_ROOT,
    MemoryNodes,
    append,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root,
)
from bekwaam.trust.notes import NoteKey, open_note, sign_note
from bekwaam.trust.reasons import Reason, Refused
from tests.trust.material import OTHER

ORIGIN = "evc.example/log"
LOG = PrivateKey(bytes(range(2, 34)))
LOG_KEY = NoteKey(ORIGIN, LOG.public)
OTHER_KEY = NoteKey("ander.example/log", OTHER.public)

# The example in the documentation of Go's note package
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6R"
    "yyBwJnAM=\n"
)


def refused(act: Callable[[], object]) -> Reason:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.reason


def log_of(*leaves: bytes) -> tuple[MemoryNodes, Checkpoint]:
    nodes, size = MemoryNodes(), 0
    for leaf in leaves:
        size = append(nodes, size, leaf_hash(leaf))
    return nodes, Checkpoint(ORIGIN, size, root(nodes, size))


def test_a_note_of_go_opens() -> None:
    key = NoteKey.read(GO_KEY)
    text, signers = open_note(GO_NOTE, [key])
    assert text.endswith("your problem is.\n")
    assert signers == (key,)
    assert key.text == GO_KEY


def test_a_note_is_opened_as_it_was_signed() -> None:
    note = sign_note("een\n\ntwee\n", ORIGIN, LOG)
    assert open_note(note, [OTHER_KEY, LOG_KEY]) == ("een\n\ntwee\n", (LOG_KEY,))
    assert open_note(note.encode(), [LOG_KEY])[0] == "een\n\ntwee\n"


def test_signatures_of_others_are_passed_over_but_not_relied_on() -> None:
    note = sign_note("een\n", ORIGIN, LOG)
    witness = sign_note("een\n", OTHER_KEY.name, OTHER).rpartition("\n\n")[2]
    assert open_note(note + witness, [LOG_KEY])[1] == (LOG_KEY,)
    assert open_note(note + witness, [LOG_KEY, OTHER_KEY])[1] == (LOG_KEY, OTHER_KEY)
    assert open_note(note + note.rpartition("\n\n")[2], [LOG_KEY])[1] == (LOG_KEY,)
    assert refused(lambda: open_note(note, [OTHER_KEY])) is Reason.KEY_UNKNOWN
    assert refused(lambda: open_note(note, [])) is Reason.KEY_UNKNOWN


def test_one_bad_signature_of_a_known_key_spoils_the_note() -> None:
    note = sign_note("een\n", ORIGIN, LOG)
    bad = f"— {OTHER_KEY.name} {to_base64(OTHER_KEY.id + bytes(64))}\n"
    assert refused(lambda: open_note(note + bad, [LOG_KEY, OTHER_KEY])) is Reason.SIGNATURE
    assert refused(lambda: open_note(note.replace("een", "twee"), [LOG_KEY])) is Reason.SIGNATURE


def test_the_name_of_a_log_with_another_key_is_not_that_log() -> None:
    note = sign_note("een\n", ORIGIN, OTHER)
    assert refused(lambda: open_note(note, [LOG_KEY])) is Reason.KEY_UNKNOWN


@pytest.mark.parametrize(
    ("note", "reason"),
    [
        ("", Reason.SHAPE),
        ("een\n", Reason.SHAPE),
        ("een\n\n", Reason.SHAPE),
        ("een\n\n— x AAAAAAAA", Reason.SHAPE),
        ("een\n\n- x AAAAAAAA\n", Reason.SHAPE),
        ("een\n\n— x+y AAAAAAAA\n", Reason.SHAPE),
        ("een\n\n— x  AAAAAAAA\n", Reason.SHAPE),
        ("een\n\n— x AAAA\n", Reason.SHAPE),
        ("een\n\n— x AAAAAAA=A\n", Reason.ENCODING),
        ("e\ten\n\n— x AAAAAAAA\n", Reason.SHAPE),
        ("e\ren\n\n— x AAAAAAAA\n", Reason.SHAPE),
        ("\n\n— x AAAAAAAA\n", Reason.SHAPE),
        ("een\n\n" + "— x AAAAAAAA\n" * 17, Reason.TOO_MANY_VALUES),
        ("e" * 70_000, Reason.TOO_LARGE),
    ],
)
def test_what_is_no_note_is_refused(note: str, reason: Reason) -> None:
    assert refused(lambda: open_note(note, [LOG_KEY])) is reason


@pytest.mark.parametrize("text", ["", "\n", "een", "e\x00\n"])
def test_a_text_that_cannot_be_a_note_is_not_signed(text: str) -> None:
    assert refused(lambda: sign_note(text, ORIGIN, LOG)) is Reason.SHAPE


@pytest.mark.parametrize(
    "text",
    [
        GO_KEY.replace("c74f20a3", "c74f20a4"),
        GO_KEY.replace("Peter", "Pieter"),
        GO_KEY.replace("+AR", "+BR"),
        "a b+" + GO_KEY.partition("+")[2],
        "PeterNeumann",
        "",
    ],
)
def test_a_key_of_notes_that_is_not_its_own_is_refused(text: str) -> None:
    assert refused(lambda: NoteKey.read(text)) in (Reason.KEY, Reason.ENCODING)


def test_a_checkpoint_is_read_as_it_was_signed() -> None:
    checkpoint = log_of(b"a", b"b", b"c")[1]
    note = sign_checkpoint(checkpoint, LOG)
    assert read_checkpoint(note, LOG_KEY) == checkpoint
    assert note.startswith(f"{ORIGIN}\n3\n{to_base64(checkpoint.root)}\n\n— {ORIGIN} ")
    more = Checkpoint(ORIGIN, 3, checkpoint.root, ("2026-11-26",))
    assert read_checkpoint(sign_checkpoint(more, LOG), LOG_KEY) == more


def test_an_empty_log_has_a_checkpoint() -> None:
    assert read_checkpoint(sign_checkpoint(Checkpoint(ORIGIN, 0, EMPTY_ROOT), LOG), LOG_KEY).size == 0
    assert refused(lambda: Checkpoint(ORIGIN, 0, bytes(32))) is Reason.SHAPE


_ROOT = to_base64(bytes(32))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"ander.example/log\n3\n{_ROOT}\n", Reason.ORIGIN),
        (f"{ORIGIN}\n3\n", Reason.SHAPE),
        (f"{ORIGIN}\n03\n{_ROOT}\n", Reason.SHAPE),
        (f"{ORIGIN}\n-3\n{_ROOT}\n", Reason.SHAPE),
        (f"{ORIGIN}\n3 \n{_ROOT}\n", Reason.SHAPE),
        (f"{ORIGIN}\n٣\n{_ROOT}\n", Reason.SHAPE),
        (f"{ORIGIN}\n9999999999999999\n{_ROOT}\n", Reason.SHAPE),
        (f"{ORIGIN}\n3\n{_ROOT[:-1]}\n", Reason.ENCODING),
        (f"{ORIGIN}\n3\nAAAA\n", Reason.SHAPE),
        (f"{ORIGIN}\n3\n\n{_ROOT}\n", Reason.SHAPE),
        (f"{ORIGIN}\n3\n{_ROOT}\n\nmeer\n", Reason.SHAPE),
    ],
)
def test_a_note_that_is_no_checkpoint_of_this_log_is_refused(text: str, reason: Reason) -> None:
    assert refused(lambda: read_checkpoint(sign_note(text, ORIGIN, LOG), LOG_KEY)) is reason


def test_a_checkpoint_of_another_log_is_refused() -> None:
    checkpoint = log_of(b"a")[1]
    other = Checkpoint(OTHER_KEY.name, 1, checkpoint.root)
    assert refused(lambda: read_checkpoint(sign_checkpoint(other, OTHER), LOG_KEY)) is Reason.KEY_UNKNOWN
    signed_by_us = sign_note(other.text, ORIGIN, LOG)
    assert refused(lambda: read_checkpoint(signed_by_us, LOG_KEY)) is Reason.ORIGIN


def test_a_log_that_only_grew_is_believed() -> None:
    nodes, new = log_of(b"a", b"b", b"c", b"d", b"e")
    old = Checkpoint(ORIGIN, 3, root(nodes, 3))
    assert objection(old, new, consistency_proof(nodes, 3, 5)) is None
    assert objection(new, new, ()) is None
    assert objection(Checkpoint(ORIGIN, 0, EMPTY_ROOT), new, ()) is None


def test_a_log_with_two_stories_is_found_out() -> None:
    ours, told_us = log_of(b"a", b"b", b"c")
    theirs, told_them = log_of(b"a", b"x", b"c")
    assert objection(told_us, told_them, ()) is Reason.FORK
    append(theirs, 3, leaf_hash(b"d"))
    later = Checkpoint(ORIGIN, 4, root(theirs, 4))
    assert objection(told_us, later, consistency_proof(theirs, 3, 4)) is Reason.FORK
    assert objection(told_us, later, consistency_proof(ours, 2, 3)) is Reason.FORK
    assert objection(told_us, later, ()) is Reason.FORK


def test_an_old_checkpoint_shown_again_is_found_out() -> None:
    nodes, new = log_of(b"a", b"b", b"c", b"d")
    old = Checkpoint(ORIGIN, 2, root(nodes, 2))
    assert objection(new, old, consistency_proof(nodes, 2, 4)) is Reason.OLD_CHECKPOINT
    assert objection(new, old, ()) is Reason.FORK


def test_a_checkpoint_of_another_origin_is_no_later_one() -> None:
    known = log_of(b"a")[1]
    assert objection(known, Checkpoint("ander.example/log", 1, known.root), ()) is Reason.ORIGIN


def proof_of(index: int, *leaves: bytes) -> LogProof:
    nodes, checkpoint = log_of(*leaves)
    return LogProof(index, inclusion_proof(nodes, index, len(leaves)), sign_checkpoint(checkpoint, LOG))


LEAVES = (b"a", b"b", b"c", b"d", b"e")


@pytest.mark.parametrize("index", range(5))
@pytest.mark.parametrize("extra", [None, b"", b"zout"])
def test_a_proof_is_read_as_it_was_written_and_holds(index: int, extra: bytes | None) -> None:
    made = proof_of(index, *LEAVES)
    proof = LogProof(made.index, made.steps, made.checkpoint, extra)
    assert read_log_proof(proof.text) == proof
    assert read_log_proof(proof.text.encode()) == proof
    assert check_log_proof(proof, leaf_hash(LEAVES[index]), LOG_KEY).size == 5


def test_a_proof_is_written_as_c2sp_says() -> None:
    proof = LogProof(5, (bytes(32), b"\1" * 32), "checkpoint\n", b"extra")
    assert proof.text == (
        "c2sp.org/tlog-proof@v1\nextra ZXh0cmE=\nindex 5\n"
        f"{to_base64(bytes(32))}\n{to_base64(bytes([1]) * 32)}\n\ncheckpoint\n"
    )
    assert LogProof(0, (), "checkpoint\n").text == "c2sp.org/tlog-proof@v1\nindex 0\n\ncheckpoint\n"


def test_a_certificate_that_is_not_in_the_log_is_found_out() -> None:
    proof = proof_of(2, *LEAVES)
    assert refused(lambda: check_log_proof(proof, leaf_hash(b"x"), LOG_KEY)) is Reason.NOT_IN_LOG
    moved = LogProof(3, proof.steps, proof.checkpoint)
    assert refused(lambda: check_log_proof(moved, leaf_hash(b"c"), LOG_KEY)) is Reason.NOT_IN_LOG
    beyond = LogProof(5, proof.steps, proof.checkpoint)
    assert refused(lambda: check_log_proof(beyond, leaf_hash(b"c"), LOG_KEY)) is Reason.NOT_IN_LOG


def test_a_proof_under_somebody_elses_checkpoint_is_found_out() -> None:
    nodes, checkpoint = log_of(*LEAVES)
    forged = LogProof(2, inclusion_proof(nodes, 2, 5), sign_checkpoint(checkpoint, OTHER))
    assert refused(lambda: check_log_proof(forged, leaf_hash(b"c"), LOG_KEY)) is Reason.KEY_UNKNOWN
    raised = proof_of(2, *LEAVES).checkpoint.replace(f"{ORIGIN}\n5\n", f"{ORIGIN}\n6\n")
    edited = LogProof(2, forged.steps, raised)
    assert refused(lambda: check_log_proof(edited, leaf_hash(b"c"), LOG_KEY)) is Reason.SIGNATURE


_GOOD = proof_of(2, *LEAVES).text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.SHAPE),
        (_GOOD.replace("@v1", "@v2"), Reason.SHAPE),
        (_GOOD.replace("index 2", "index 02"), Reason.SHAPE),
        (_GOOD.replace("index 2", "index -2"), Reason.SHAPE),
        (_GOOD.replace("index 2\n", ""), Reason.SHAPE),
        (_GOOD.replace("index 2", "Index 2"), Reason.SHAPE),
        (_GOOD.replace("index 2", "extra ===\nindex 2"), Reason.ENCODING),
        (_GOOD.replace("index 2", "index 2\nAAAA"), Reason.SHAPE),
        (_GOOD.replace("index 2", "index 2" + ("\n" + _ROOT) * 65), Reason.SHAPE),
        (_GOOD.replace("\n", "\r\n"), Reason.SHAPE),
        ("c2sp.org/tlog-proof@v1\n\nx", Reason.SHAPE),
        ("x" * 200_000, Reason.TOO_LARGE),
    ],
)
def test_what_is_no_proof_is_refused(text: str, reason: Reason) -> None:
    assert refused(lambda: read_log_proof(text)) is reason


def test_bytes_that_are_no_text_are_refused() -> None:
    assert refused(lambda: read_log_proof(b"\xff\xfe")) is Reason.SHAPE
    assert refused(lambda: open_note(b"\xff\xfe", [LOG_KEY])) is Reason.SHAPE
