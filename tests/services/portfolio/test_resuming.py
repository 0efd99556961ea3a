"""Files that come in piece by piece: cut off, gone on with, put to use once, and never left lying about."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bekwaam.domain.portfolio.kinds import EvidenceKind
from bekwaam.domain.portfolio.uploads import MAX_BYTES
from bekwaam.services import clock, ports
from bekwaam.services.errors import Invalid, NotFound
from bekwaam.services.portfolio.evidence import add_evidence
from bekwaam.services.portfolio.given import EvidenceInput
from bekwaam.services.portfolio.own import start_portfolio
from bekwaam.services.portfolio.resuming import (
    MOST_AT_ONCE,
    ElsewhereError,
    add_piece,
    begin_upload,
    coming,
    forget_upload,
    whole,
)
from bekwaam.store.models import PartialUpload
from tests.cast import Cast
from tests.services.portfolio.conftest import Kept

CONTENT = b"%PDF-1.7\n" + b"x" * 5000


def send(cast: Cast, content: bytes = CONTENT, piece: int = 1000) -> str:
    ref = begin_upload(cast.candidate, "plan.pdf", len(content)).ref
    for offset in range(0, len(content), piece):
        add_piece(cast.candidate, ref, offset, content[offset : offset + piece])
    return ref


def test_pieces_become_the_file_and_the_file_becomes_evidence(
    cast: Cast, kept: Kept, django_capture_on_commit_callbacks: Any
) -> None:
    portfolio = start_portfolio(cast.candidate, cast.standard.pk)
    with django_capture_on_commit_callbacks(execute=True):
        ref = send(cast)
        found = whole(cast.candidate, ref)
        assert found is not None
        with found.file:
            added = add_evidence(cast.candidate, portfolio, EvidenceInput(EvidenceKind.FILE, "Plan"), found)
        forget_upload(cast.candidate, ref)
    assert added.file is not None and added.file.name == "plan.pdf"
    assert kept.contents() == [CONTENT]
    assert not PartialUpload.objects.exists()


def test_a_piece_that_begins_elsewhere_is_told_where_we_are_and_changes_nothing(cast: Cast) -> None:
    ref = begin_upload(cast.candidate, "plan.pdf", len(CONTENT)).ref
    add_piece(cast.candidate, ref, 0, CONTENT[:1000])
    for offset in (0, 999, 1001, -1):
        with pytest.raises(ElsewhereError) as error:
            add_piece(cast.candidate, ref, offset, b"y" * 10)
        assert error.value.received == 1000
    assert coming(cast.candidate, ref).received == 1000
    assert whole(cast.candidate, ref) is None


def test_what_a_crash_left_beyond_where_we_are_is_written_over(cast: Cast) -> None:
    ref = begin_upload(cast.candidate, "plan.pdf", len(CONTENT)).ref
    key = PartialUpload.objects.get().key
    ports.files().add(key, 0, b"half a piece that the database never heard of" * 400)
    add_piece(cast.candidate, ref, 0, CONTENT)
    found = whole(cast.candidate, ref)
    assert found is not None
    with found.file:
        assert b"".join(found.chunks()) == CONTENT


def test_more_than_was_announced_is_refused(cast: Cast) -> None:
    ref = begin_upload(cast.candidate, "plan.pdf", 10).ref
    with pytest.raises(Invalid):
        add_piece(cast.candidate, ref, 0, b"x" * 11)
    assert coming(cast.candidate, ref).received == 0


@pytest.mark.parametrize(
    ("name", "size", "reason"),
    [
        ("plan.pdf", MAX_BYTES + 1, "too_large"),
        ("plan.pdf", 0, "empty"),
        ("plan.exe", 10, "unknown_type"),
        ("foto.heic", 10, "uncleanable"),
    ],
)
def test_what_could_never_be_used_is_refused_before_it_is_sent(
    cast: Cast, kept: Kept, name: str, size: int, reason: str
) -> None:
    with pytest.raises(Invalid) as error:
        begin_upload(cast.candidate, name, size)
    assert [fault.reason for fault in error.value.faults] == [reason]
    assert not len(kept)


def test_somebody_elses_file_is_not_found(cast: Cast) -> None:
    ref = send(cast)
    for attempt in (
        lambda: coming(cast.guide, ref),
        lambda: add_piece(cast.guide, ref, 0, b"x"),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert whole(cast.guide, ref) is None
    forget_upload(cast.guide, ref)
    assert whole(cast.candidate, ref) is not None


def test_what_is_left_lying_is_thrown_away(
    cast: Cast, kept: Kept, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(MOST_AT_ONCE + 2):
            begin_upload(cast.candidate, "plan.pdf", 10)
    assert PartialUpload.objects.count() == len(kept) == MOST_AT_ONCE
    with clock.at(clock.now() + timedelta(days=2)), django_capture_on_commit_callbacks(execute=True):
        begin_upload(cast.guide, "plan.pdf", 10)
    assert PartialUpload.objects.count() == len(kept) == 1


def test_a_file_that_the_store_lost_is_no_file(cast: Cast) -> None:
    ref = send(cast)
    ports.files().discard(PartialUpload.objects.get().key)
    assert whole(cast.candidate, ref) is None
