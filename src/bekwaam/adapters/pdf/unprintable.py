"""Text from people, made fit for paper: nothing is lost, and nothing can turn the text around.

PDF/A forbids characters without a glyph and from the private area. Marks that change the direction of the
text that follows could make a name read as another; these are written out too.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final

# Cc control, Cs half of a pair, Co private, Cn not a character (or unknown to this Python).
_CATEGORIES: Final = frozenset({"Cc", "Cs", "Co", "Cn"})
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ALLOWED: Final = frozenset("\n")
_SPACES: Final = {"\t": " ", "\r\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\u0085": "\n"}
_REFUSED: Final = re.compile(
    r'the text `"(.*?)"` could not be displayed|contains the codepoint `"(.*?)"`', re.DOTALL
)
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-fA-F]+)\}")


def printable(value: Any, missing: frozenset[str] = frozenset()) -> Any:
    """Return a copy of ``value`` (JSON) with what cannot be printed in its texts as [U+number].

    ``missing`` holds characters that turned out to have no glyph. Ends of lines become a plain newline.
    """
    match value:
        case str():
            return _text(value, missing)
        case dict():
            return {key: printable(entry, missing) for key, entry in value.items()}
        case list():
            return [printable(entry, missing) for entry in value]
        case _:
            return value


def _text(text: str, missing: frozenset[str]) -> str:
    if text.isascii() and text.isprintable():
        return text
    for spelling, plain in _SPACES.items():
        text = text.replace(spelling, plain)
    return "".join(_written(char) if _unfit(char, missing) else char for char in text)


def _unfit(char: str, missing: frozenset[str]) -> bool:
    if char in _ALLOWED:
        return False
    return char in missing or char in _TURNING or unicodedata.category(char) in _CATEGORIES


def _written(char: str) -> str:
    return f"[U+{ord(char):04X}]"


def refused_characters(diagnostic: str) -> frozenset[str]:
    """Return the characters that typst said it cannot put in this kind of PDF."""
    found: set[str] = set()
    for match in _REFUSED.finditer(diagnostic):
        text = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), match[1] or match[2] or "")
        found.update(char for char in text if not (char.isascii() and char.isprintable()))
    return frozenset(found)
