"""What may be done to an issued certificate, and with which reasons."""

from __future__ import annotations

import pytest

from bekwaam.domain.certificates.status import (
    LONGEST_NOTE,
    REASONS,
    Change,
    ChangeReason,
    Status,
    check_change,
    given_faults,
    reasons_for,
    status_after,
)

TABLE = """
            suspended  reinstated  revoked
good        yes        no          yes
suspended   no         yes         yes
revoked     no         no          no
"""


def _rows() -> list[tuple[Status, Change, bool]]:
    head, *lines = TABLE.strip().splitlines()
    changes = [Change(name) for name in head.split()]
    return [
        (Status(line.split()[0]), change, cell == "yes")
        for line in lines
        for change, cell in zip(changes, line.split()[1:], strict=True)
    ]


@pytest.mark.parametrize(("status", "change", "may"), _rows())
def test_what_may_be_done_depends_on_how_it_stands(status: Status, change: Change, may: bool) -> None:
    verdict = check_change(change, status)
    assert bool(verdict) is may
    assert may or verdict.reason == f"is_{status}"


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ((), Status.GOOD),
        ((Change.SUSPENDED,), Status.SUSPENDED),
        ((Change.SUSPENDED, Change.REINSTATED), Status.GOOD),
        ((Change.SUSPENDED, Change.REVOKED), Status.REVOKED),
    ],
)
def test_the_last_change_decides(changes: tuple[Change, ...], status: Status) -> None:
    assert status_after(changes) is status


FITTING = """
suspended   investigation holder objection
reinstated  holder cleared mistake
revoked     error fraud holder objection
"""


@pytest.mark.parametrize("line", FITTING.strip().splitlines())
def test_each_change_has_reasons_of_its_own(line: str) -> None:
    change, *reasons = line.split()
    assert {str(reason) for reason in reasons_for(Change(change))} == set(reasons)


def test_every_reason_has_words_for_who_chooses_it_and_for_everybody() -> None:
    assert set(REASONS) == set(ChangeReason)
    assert all(info.name and info.public and info.fits for info in REASONS.values())


@pytest.mark.parametrize(
    ("reason", "note", "faults"),
    [
        ("fraud", "Toelichting.", []),
        ("fraud", "x" * LONGEST_NOTE, []),
        ("fraud", "x" * (LONGEST_NOTE + 1), ["note"]),
        ("fraud", " \n", ["note"]),
        ("investigation", "Toelichting.", ["reason"]),
        ("", "", ["reason", "note"]),
        ("nonsense", "Toelichting.", ["reason"]),
    ],
)
def test_a_change_needs_a_reason_that_fits_and_an_explanation(
    reason: str, note: str, faults: list[str]
) -> None:
    assert [fault.name for fault in given_faults(Change.REVOKED, reason, note)] == faults
