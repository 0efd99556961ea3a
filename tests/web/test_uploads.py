"""Receiving files: what is over the limit is counted and thrown away."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.core.files.uploadhandler import StopFutureHandlers
from django.test import RequestFactory
from django.urls import ResolverMatch

from bekwaam.domain.portfolio.uploads import MAX_BYTES
from bekwaam.web.shared.uploads import BoundedUploadHandler, InMemoryUploadHandler, never_on_disk

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


def in_memory(view: Callable[..., Any], size: int) -> Any:
    """Send a file of ``size`` bytes to ``view``; return it as it was received, None when it is not for us."""
    request = RequestFactory().post("/")
    request.resolver_match = ResolverMatch(view, (), {})
    handler = InMemoryUploadHandler(request)
    with suppress(StopFutureHandlers):
        handler.new_file("file", "naam.pdf", "application/pdf", size)
    for start in range(0, size, 4):
        handler.receive_data_chunk(b"x" * min(4, size - start), start)
    return handler.file_complete(size)


@pytest.mark.parametrize(("size", "kept"), [(9, 9), (10, 10), (11, 10), (99, 10)])
def test_a_file_that_is_not_kept_stays_in_memory_up_to_its_limit(size: int, kept: int) -> None:
    file = in_memory(never_on_disk(10)(lambda request: None), size)
    assert (file.size, len(file.read())) == (size, kept)


def test_files_of_other_views_go_to_disk_as_before() -> None:
    assert in_memory(lambda request: None, 9) is None
