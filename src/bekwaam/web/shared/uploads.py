"""Receives files without ever keeping more of one than a file may be, on disk or in memory."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any, TypeVar

from django.core.files.uploadedfile import InMemoryUploadedFile, TemporaryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers, TemporaryFileUploadHandler

from bekwaam.domain.portfolio.uploads import MAX_BYTES

View = TypeVar("View", bound=Callable[..., Any])


def never_on_disk(most_bytes: int) -> Callable[[View], View]:
    """Mark a view whose files are looked at and not kept: they stay in memory, ``most_bytes`` of each."""

    def mark(view: View) -> View:
        view.never_on_disk = most_bytes  # type: ignore[attr-defined]
        return view

    return mark


class InMemoryUploadHandler(FileUploadHandler):
    """Receives the files of a view that is marked with :func:`never_on_disk`; leaves those of others alone.

    Of a file that is too large the beginning is kept, and its size says how large it was: the view refuses it
    with a sentence, and the other fields of the form arrive as usual.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        match = getattr(self.request, "resolver_match", None)
        self.most_bytes = getattr(match.func, "never_on_disk", 0) if match else 0
        if self.most_bytes:
            self.content, self.left = BytesIO(), self.most_bytes
            raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Keep ``raw_data`` as far as there is room, or hand it on where this is not for us."""
        if not self.most_bytes:
            return raw_data
        self.content.write(raw_data[: self.left])
        self.left -= min(self.left, len(raw_data))
        return None

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        """Return the file, with the size that it had."""
        if not self.most_bytes:
            return None
        self.content.seek(0)
        kind, charset, extra = self.content_type, self.charset, self.content_type_extra
        return InMemoryUploadedFile(
            self.content, self.field_name, self.file_name, kind, file_size, charset, extra
        )


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Writes a file to a temporary place, and stops writing at the size that is allowed.

    What comes after is still counted: the file then has its true size and a cut-off content, so the rule
    about sizes refuses it with its sentence, and the other fields of the form arrive as usual.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file. Its temporary name has nothing of its own name, which can be anything."""
        FileUploadHandler.new_file(self, *args, **kwargs)
        self.file = TemporaryUploadedFile("file", self.content_type, 0, self.charset, self.content_type_extra)
        self.file.name = self.file_name

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write ``raw_data``, which begins at byte ``start``, unless the file is too large by now."""
        if start + len(raw_data) <= MAX_BYTES:
            self.file.write(raw_data)
