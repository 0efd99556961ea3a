"""Reads the text of a PDF, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from pypdf import PasswordType, PdfReader

from bekwaam.adapters.texts.bounds import PAGES, Enough, Locked
from bekwaam.domain.privacy.reading import Part, Unit


def pdf_parts(source: BinaryIO) -> Iterator[Part]:
    """Yield the pages; raises Locked when a password is needed, Enough beyond the pages that we read."""
    reader = PdfReader(source)
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        raise Locked
    for number, page in enumerate(reader.pages, start=1):
        if number > PAGES:
            raise Enough
        yield Part(Unit.PAGE, number, page.extract_text())
