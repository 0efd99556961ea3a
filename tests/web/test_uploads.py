"""Receiving files: what is over the limit is counted and thrown away."""

from __future__ import annotations

import os

import pytest

from bekwaam.domain.portfolio.uploads import MAX_BYTES
from bekwaam.web.shared.uploads import BoundedUploadHandler

MB = 1024 * 1024


def receive(name: str, size: int, chunk: int = 7 * MB) -> tuple[int, int]:
    """Send a file of ``size`` bytes; return how many were counted and how many are on disk."""
    handler = BoundedUploadHandler()
    handler.new_file("file", name, "application/pdf", size)
    sent = 0
    while sent < size:
        piece = min(chunk, size - sent)
        handler.receive_data_chunk(b"x" * piece, sent)
        sent += piece
    file = handler.file_complete(sent)
    assert file is not None
    with file:
        return file.size, os.fstat(file.fileno()).st_size


def test_a_file_within_the_limit_is_kept_whole() -> None:
    assert receive("plan.pdf", MAX_BYTES) == (MAX_BYTES, MAX_BYTES)


def test_a_file_over_the_limit_never_takes_more_disk_than_the_limit() -> None:
    counted, kept = receive("plan.pdf", 190 * MB)
    assert counted == 190 * MB
    assert kept <= MAX_BYTES


@pytest.mark.parametrize("name", ["x." + "e" * 250, "a/../../etc/passwd", "é" * 120 + ".pdf"])
def test_the_name_of_a_file_never_reaches_the_disk(name: str) -> None:
    assert receive(name, 10) == (10, 10)
