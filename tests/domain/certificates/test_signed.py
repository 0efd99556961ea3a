"""What a PDF is worth as a signed certificate, as a table."""

from __future__ import annotations

import pytest

from bekwaam.domain.certificates.signed import (
    Attachment,
    Fault,
    PaperOutcome,
    PaperSignature,
    PaperSigner,
    SignedPaper,
    Standing,
    by_key,
    standing,
)

OURS, THEIRS = "aa" * 32, "bb" * 32


def by(key: str, *faults: Fault) -> PaperSignature:
    return PaperSignature("Signature", faults, 9, PaperSigner("Noord", (), b"", "", key, "secp256r1"))


def read(*signatures: PaperSignature, traces: bool = True) -> SignedPaper:
    return SignedPaper(PaperOutcome.READ, signatures, traces=traces)


TABLE = [
    (read(by(OURS)), Standing.AS_ISSUED),
    (read(by(OURS, Fault.APPENDED)), Standing.ADDED_TO),
    (read(by(OURS, Fault.APPENDED, Fault.CONTENT)), Standing.CHANGED),
    (read(by(OURS, Fault.CONTENT)), Standing.CHANGED),
    (read(by(OURS, Fault.SIGNATURE)), Standing.CHANGED),
    (read(by(OURS, Fault.COVERAGE)), Standing.CHANGED),
    (read(by(OURS, Fault.NO_LOCK)), Standing.CHANGED),
    (read(by(OURS, Fault.KIND)), Standing.CHANGED),
    (read(by(THEIRS)), Standing.FOREIGN),
    (read(by(THEIRS, Fault.CONTENT)), Standing.FOREIGN),
    (read(PaperSignature("Signature", (Fault.BROKEN,))), Standing.CHANGED),
    (read(by(OURS), by(THEIRS)), Standing.SEVERAL),
    (read(by(THEIRS), by(OURS)), Standing.SEVERAL),
    (read(by(THEIRS), by(THEIRS)), Standing.FOREIGN),
    (read(), Standing.REMOVED),
    (read(traces=False), Standing.UNSIGNED),
    *(
        (SignedPaper(outcome, (by(OURS),)), Standing.UNREADABLE)
        for outcome in PaperOutcome
        if outcome is not PaperOutcome.READ
    ),
]


@pytest.mark.parametrize(("paper", "expected"), TABLE)
def test_what_a_paper_is_worth(paper: SignedPaper, expected: Standing) -> None:
    assert standing(paper, by_key({OURS})) is expected
    assert paper.sound is (expected is Standing.AS_ISSUED or paper == read(by(THEIRS)))


def test_without_known_keys_every_signature_is_a_strangers() -> None:
    assert standing(read(by(OURS)), by_key(())) is Standing.FOREIGN


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ((), None),
        (("credential.json",), b"0"),
        (("a", "credential.json"), b"1"),
        (("credential.json",) * 2, None),
    ],
)
def test_the_credential_is_the_only_file_of_its_name(names: tuple[str, ...], expected: bytes | None) -> None:
    files = tuple(Attachment(name, "application/vc", "Data", b"%d" % at) for at, name in enumerate(names))
    assert SignedPaper(PaperOutcome.READ, attachments=files).credential == expected
