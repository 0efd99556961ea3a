"""Looks at the signatures of a PDF and at what is attached to it. Bounded; never raises for what is in it.

Runs in the process that it is called in; :mod:`.reader` gives it one of its own, with limits.
"""

from __future__ import annotations

import io
from typing import Any, Final

from pyhanko.pdf_utils.decode_limits import DecodeLimits, DocumentDecodeBudget, StreamDecodeLimits
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    StreamObject,
)
from pyhanko.pdf_utils.misc import PdfDecodeLimitError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields

from bekwaam.adapters.papers.reader import MOST_BYTES
from bekwaam.adapters.papers.signature import at, read_signature
from bekwaam.domain.certificates.signed import (
    Attachment,
    Fault,
    PaperOutcome,
    PaperSignature,
    SignedPaper,
)

MOST_SIGNATURES: Final = 10
MOST_ATTACHMENTS: Final = 10
MOST_REVISIONS: Final = 50
ATTACHED_BYTES: Final = 2 * 1024 * 1024
_STREAM: Final = 16 * 1024 * 1024
_LONGEST: Final = 200  # of a name that we pass on

_LIMITS: Final = DecodeLimits(
    per_stream=StreamDecodeLimits(max_ratio=200, ratio_floor=1024 * 1024, max_output_size=_STREAM),
    document_budget=DocumentDecodeBudget(base_allowance=4 * _STREAM, max_ratio=10),
)


class _TooMuch(Exception):
    """There is more of something than we look at."""


def inspect(content: bytes) -> SignedPaper:
    """Return what a PDF shows. The same content always gives the same answer, on any day."""
    if len(content) > MOST_BYTES:
        return SignedPaper(PaperOutcome.TOO_LARGE)
    if not content.startswith(b"%PDF-"):
        return SignedPaper(PaperOutcome.NO_PDF)
    try:
        return _inspected(content)
    except (PdfDecodeLimitError, RecursionError, MemoryError, _TooMuch):
        return SignedPaper(PaperOutcome.TOO_MUCH)
    except Exception:
        return SignedPaper(PaperOutcome.BROKEN, traces=_traces(content))


def _inspected(content: bytes) -> SignedPaper:
    reader = PdfFileReader(io.BytesIO(content), strict=True, decode_limits=_LIMITS)
    if reader.encrypted:
        return SignedPaper(PaperOutcome.LOCKED)
    if reader.xrefs.total_revisions > MOST_REVISIONS:
        raise _TooMuch
    return SignedPaper(
        PaperOutcome.READ, _signatures(reader, content), _attachments(reader), _traces(content)
    )


def _traces(content: bytes) -> bool:
    return b"/ByteRange" in content


def _signatures(reader: PdfFileReader, content: bytes) -> tuple[PaperSignature, ...]:
    found: list[PaperSignature] = []
    for name, _, field in enumerate_sig_fields(reader, filled_status=True):
        if len(found) == MOST_SIGNATURES:
            raise _TooMuch
        short = str(name)[:_LONGEST]
        try:
            value = field.get_object().raw_get("/V")
            found.append(read_signature(reader, short, value, content))
        except (PdfDecodeLimitError, RecursionError, MemoryError):
            raise
        except Exception:
            found.append(PaperSignature(short, (Fault.BROKEN,)))
    return tuple(found)


def _attachments(reader: PdfFileReader) -> tuple[Attachment, ...]:
    listed = at(reader.root, "/AF")
    if not isinstance(listed, ArrayObject):
        return ()
    if len(listed) > MOST_ATTACHMENTS:
        raise _TooMuch
    found = [_attachment(entry.get_object()) for entry in listed]
    return tuple(file for file in found if file is not None)


def _attachment(told: Any) -> Attachment | None:
    """Return an associated file; None where there is nothing in it."""
    if not isinstance(told, DictionaryObject) or not isinstance(at(told, "/EF"), DictionaryObject):
        return None
    stream = at(told["/EF"], "/F")
    if not isinstance(stream, StreamObject):
        return None
    content = bytes(stream.data)
    if len(content) > ATTACHED_BYTES:
        raise _TooMuch
    return Attachment(
        name=_text(at(told, "/UF") or at(told, "/F")),
        media_type=_text(at(stream, "/Subtype")).removeprefix("/"),
        relationship=_text(at(told, "/AFRelationship")).removeprefix("/"),
        content=content,
    )


def _text(value: Any) -> str:
    return str(value)[:_LONGEST] if isinstance(value, str | NameObject) else ""
