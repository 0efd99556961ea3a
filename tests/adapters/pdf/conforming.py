"""Whether a PDF is PDF/A-3a or PDF/UA-1, by an independent validator."""

from __future__ import annotations

import re
from typing import Final

import page

LENGTH: Final = "PDFA3A-STREAM-LENGTH-001"


def faults(pdf: bytes, profile: str) -> list[str]:
    """Return what the validator finds against ``profile`` ("3a" or "ua1").

    Compressed data that happens to end in a carriage return, with a line feed after it, is taken by page 0.11
    for data that ends before both. Where the length is right to the byte, that is not counted.
    """
    found = page.validate_pdf_bytes(pdf, profile=profile).failures
    return [
        f"{fault.rule_id}: {fault.message}"
        for fault in found
        if not (fault.rule_id == LENGTH and fault.object_id and _right(pdf, fault.object_id.object_number))
    ]


def _right(pdf: bytes, number: int) -> bool:
    """Tell whether the data of stream ``number`` is as long as it says, and ends in a carriage return."""
    places = list(re.finditer(rb"\n%d 0 obj\n<<[^\0]*?/Length (\d+)[^\0]*?\nstream\n" % number, pdf))
    if len(places) != 1:
        return False
    end = places[0].end() + int(places[0][1])
    return pdf[end - 1 : end + 11] == b"\r\nendstream\n"
