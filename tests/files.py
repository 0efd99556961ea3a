"""Small files of every kind, good and bad, as a browser would send them."""

from __future__ import annotations

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
# One white pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c63f80f00010101001bb6ee560000000049454e44ae426082"
)


def zipped(*members: str) -> bytes:
    """Return a zip file with these members."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for member in members:
            archive.writestr(member, "x")
    return target.getvalue()


def pdf(name: str = "plan.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    """Return a PDF."""
    return SimpleUploadedFile(name, content, "application/pdf")
