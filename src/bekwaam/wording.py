"""Puts words to codes, in Dutch and English, without Django.

The lower floors of the house (frameworks, domain, trust) speak in codes and numbers; where they must
explain themselves, they take the sentence from the same translation catalogue as the screens. Message
ids are English; the English catalogue is therefore the source text itself.
"""

from __future__ import annotations

import gettext
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

Language = Literal["nl", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("nl", "en")
LOCALE_DIR: Final = Path(__file__).resolve().parent / "locale"


def N_(message: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Mark ``message`` for the catalogue without translating it yet."""
    return message


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("django", LOCALE_DIR, languages=[language], fallback=True)


def say(language: str, message: str, /, **values: Any) -> str:
    """Return ``message`` in ``language`` with ``{name}`` placeholders filled from ``values``."""
    text = _catalogue(language).gettext(message)
    return text.format(**values) if values else text


def say_many(language: str, one: str, many: str, number: int, /, **values: Any) -> str:
    """Return the form of the message that fits ``number``; ``{number}`` is always available."""
    return _catalogue(language).ngettext(one, many, number).format(number=number, **values)


def listed(language: str, words: list[str]) -> str:
    """Join ``words`` as a person would: "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return say(language, "{list} and {last}", list=", ".join(words[:-1]), last=words[-1])


def every_text(language: str) -> list[str]:
    """Return every sentence of the product in ``language``: what stands on its screens is nobody's own."""
    catalogue = _catalogue(language)
    known: dict[str | tuple[str, int], str] = getattr(catalogue, "_catalog", {})
    said = [text for name, text in known.items() if name]
    return said + [name if isinstance(name, str) else name[0] for name in known if name]
