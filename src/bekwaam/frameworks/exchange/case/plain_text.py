"""Takes HTML out of texts; Markdown and formulas stay as they are."""

from __future__ import annotations

import html
import re
from typing import Final

_TAGS: Final = (
    "a|abbr|address|article|aside|b|big|blockquote|body|br|center|cite|code|dd|del|dfn|div|dl|dt|em|fig(?:ure)?|"
    "font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|li|link|main|mark|meta|nav|"
    "ol|p|pre|q|s|samp|section|small|span|strike|strong|sub|sup|svg|table|tbody|td|tfoot|th|thead|title|tr|tt|"
    "u|ul|var|video"
)
_HIDDEN: Final = re.compile(r"<(script|style)\b[^>]*>.*?(</\1\s*>|\Z)|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_BREAK: Final = re.compile(
    r"<br\b[^<>]*>|</(p|div|li|h[1-6]|tr|ul|ol|table|section|blockquote)\s*>", re.IGNORECASE
)
_TAG: Final = re.compile(rf"</?({_TAGS})\b[^<>]*>", re.IGNORECASE)
_ENTITY: Final = re.compile(r"&(#\d+|#x[0-9a-f]+|[a-z]\w*);", re.IGNORECASE)


def has_html(text: str) -> bool:
    """Tell whether there is HTML in ``text``; a bare "<" or "&" is none."""
    return bool(_TAG.search(text) or _HIDDEN.search(text) or _ENTITY.search(text))


def without_html(text: str) -> str:
    """Return ``text`` with its HTML made plain: paragraphs and breaks become lines."""
    plain = _HIDDEN.sub("", text)
    plain = _TAG.sub("", _BREAK.sub("\n", plain))
    plain = html.unescape(plain).replace("\xa0", " ")
    lines = [" ".join(line.split()) for line in plain.splitlines()]
    return "\n".join(line for line in lines if line)
