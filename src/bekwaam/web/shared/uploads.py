"""Receives files without ever keeping more of one on disk than a file may be."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

from bekwaam.domain.portfolio.uploads import MAX_BYTES


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
