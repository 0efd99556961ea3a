"""Has typst set a paper. A template only lays out; every word comes from Python as data."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

import typst

from bekwaam.adapters.pdf.unprintable import printable, refused_characters
from bekwaam.wording import say

Content = dict[str, Any]
STANDARDS: Final = ("a-3a", "ua-1")


def set_paper(
    template: str,
    content: Content,
    day: date,
    note: Callable[[Content], None],
    attached: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """Return ``content`` as PDF/A-3a and PDF/UA-1 by a template of this package.

    The same content gives the same bytes (with the same typst). Characters that the embedded fonts lack are
    written as their number, such as [U+1F600]; where that was done ``note`` adds the sentence that says so.
    ``attached`` are texts that the template attaches. Raises typst.TypstError where the template itself is
    at fault.
    """
    at_noon = int(datetime.combine(day, time(12), tzinfo=UTC).timestamp())
    missing: frozenset[str] = frozenset()
    while True:
        clean = _fit_for_paper(content, missing, note)
        try:
            return _set(_template(template), clean, attached, at_noon)
        except typst.TypstError as error:
            refused = refused_characters(f"{error}\n{error.diagnostic}")
            if refused <= missing:  # nothing new: the fault is not in the characters
                raise
            missing |= refused


def _fit_for_paper(content: Content, missing: frozenset[str], note: Callable[[Content], None]) -> Content:
    """Return ``content`` with what cannot be printed written out, and a note where that was done."""
    clean: Content = printable(content, missing)
    if str(clean).count("[U+") > str(content).count("[U+"):
        note(clean)
    return clean


def _set(template: bytes, content: Content, attached: Mapping[str, str], timestamp: int) -> bytes:
    pdf: bytes = typst.compile(
        template,
        format="pdf",
        pdf_standards=list(STANDARDS),
        ignore_system_fonts=True,
        timestamp=timestamp,
        sys_inputs={"content": json.dumps(content, ensure_ascii=False), **attached},
    )
    return pdf


@lru_cache(maxsize=4)
def _template(name: str) -> bytes:
    return (files("bekwaam.adapters.pdf") / name).read_bytes()


def unprintable_note(language: str) -> str:
    """Return the sentence that says that some characters are written as their number."""
    return say(
        language,
        "Some characters cannot be printed here. They are written as their number in Unicode, "
        "such as [U+1F600].",
    )
