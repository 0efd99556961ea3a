"""Reads back what a PDF says, with nothing but pikepdf: text in the order of its content streams."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def page_texts(pdf: bytes) -> list[str]:
    with opened(pdf) as document:
        return ["".join(_page(page)) for page in document.pages]


def squeezed(text: str) -> str:
    """Without spaces and hyphens: lines are broken and words divided as the page needs it."""
    return re.sub(r"[\s\u00ad\u200b-]", "", text)


def _page(page: pikepdf.Page) -> Iterator[str]:
    fonts = {str(name): _unicode_map(font) for name, font in page.Resources.get("/Font", {}).items()}
    known: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tf":
                known = fonts[str(operands[0])]
            case "Tj":
                yield _decoded(bytes(operands[0]), known)
            case "TJ":
                yield from (
                    _decoded(bytes(part), known) for part in operands[0] if isinstance(part, pikepdf.String)
                )
            case "ET":
                yield "\n"


def _decoded(codes: bytes, known: dict[int, str]) -> str:
    return "".join(known.get(int.from_bytes(codes[i : i + 2]), "?") for i in range(0, len(codes), 2))


def _unicode_map(font: pikepdf.Object) -> dict[int, str]:
    text = font.ToUnicode.read_bytes().decode("ascii")
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, value in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            found[int(code, 16)] = bytes.fromhex(value).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for first, last, value in re.findall(
            r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block
        ):
            start = int(value, 16)
            for offset in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + offset] = chr(start + offset)
    return found
