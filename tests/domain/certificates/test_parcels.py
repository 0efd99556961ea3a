"""What may be in a ZIP with certificates, and which proof goes with which file."""

from __future__ import annotations

import pytest

from bekwaam.domain.certificates.parcels import (
    MOST_TOGETHER,
    Parcel,
    Part,
    parcel_faults,
    parcels,
    shown_name,
)


def parts(*names: str) -> list[Part]:
    return [Part(name, 10) for name in names]


def test_a_proof_goes_with_the_file_of_the_same_name_in_the_same_folder() -> None:
    found = parcels(parts("a/x.json", "a/x.tlog-proof", "b/x.json", "y.pdf", "z.tlog-proof"))
    assert found == (Parcel("a/x.json", "a/x.tlog-proof"), Parcel("b/x.json"), Parcel("y.pdf"))


def test_what_programs_put_beside_files_is_nothing_to_check() -> None:
    assert parcels(parts("__MACOSX/._x.pdf", ".DS_Store", "map/Thumbs.db", "LEESMIJ.txt", "x.pdf")) == (
        Parcel("x.pdf"),
    )


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ([], "nothing"),
        ([Part("x.pdf", 10, readable=False)], "locked"),
        (parts(*(f"{n}.pdf" for n in range(1001))), "too_many"),
        (parts(*(f"{n}.tlog-proof" for n in range(2001))), "too_many"),
        ([Part("x.pdf", MOST_TOGETHER + 1)], "too_large"),
    ],
)
def test_a_zip_that_is_not_looked_at_says_why(given: list[Part], reason: str) -> None:
    assert [fault.reason for fault in parcel_faults(given)] == [reason]


def test_a_thousand_certificates_each_with_its_proof_may_come_in() -> None:
    assert parcel_faults(parts(*(f"{n}{end}" for n in range(1000) for end in (".json", ".tlog-proof")))) == ()


@pytest.mark.parametrize(
    ("name", "shown"), [("a/b.pdf", "b.pdf"), ("a\\b.pdf", "b.pdf"), ("x" * 300, "x" * 200)]
)
def test_a_name_is_shown_without_folders_and_not_too_long(name: str, shown: str) -> None:
    assert shown_name(name) == shown
