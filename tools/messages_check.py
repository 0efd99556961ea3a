"""What can be wrong with a translation, and with a template that should have been translated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from string import Formatter

from babel.messages.catalog import Message

PERCENT = re.compile(r"%\((\w+)\)[sd]")
HIDDEN = re.compile(
    r"\{#.*?#\}"
    r"|\{%-?\s*comment\b.*?endcomment\s*%\}"
    r"|\{%\s*(?:blocktranslate|blocktrans)\b.*?%\}.*?\{%\s*(?:endblocktranslate|endblocktrans)\s*%\}"
    r"|\{%.*?%\}|\{\{.*?\}\}",
    re.DOTALL,
)
SPOKEN_ATTRIBUTES = frozenset({"alt", "title", "aria-label", "placeholder", "aria-description"})
# A variant of a component, such as page--narrow: what fills a block that holds classes.
CLASS_NAME = re.compile(r"\b[a-z]+(?:-[a-z]+)*--[a-z]+(?:-[a-z]+)*\b")
WORD = re.compile(r"[^\W\d_]+")
NEEDS_NO_TRANSLATION = frozenset(
    {"Bekwaam", "Nederlands", "NL", "English", "EN"}
)  # names in their own tongue


@dataclass(frozen=True)
class Problem:
    """One thing to do: ``where`` it is, ``what`` is wrong, and the ``text`` it is about."""

    where: str
    what: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}: {self.text!r}"


def translation_problems(message: Message, translated: Message | None) -> list[Problem]:
    """Return what is wrong with the Dutch of ``message`` (as gathered from the code)."""
    sources = [message.id] if isinstance(message.id, str) else list(message.id)
    where = ", ".join(sorted({name for name, _ in message.locations}))
    string = translated.string if translated else ""
    texts = [string] if isinstance(string, str) else list(string)
    if not texts or not all(texts):
        return [Problem(where, "no Dutch translation", sources[0])]
    if translated and "fuzzy" in translated.flags:
        return [Problem(where, "fuzzy", sources[0])]
    # a singular may leave the number out ("one too few"), so every form is held against all placeholders
    allowed = frozenset().union(*map(placeholders, sources))
    asked = frozenset.intersection(*map(placeholders, sources)) - ({"number"} if len(sources) > 1 else set())
    return [
        Problem(where, "placeholders differ", f"{sources[0]} -> {text}")
        for text in texts
        if not asked <= placeholders(text) <= allowed
    ]


def placeholders(text: str) -> frozenset[str]:
    """Return the names of the ``{name}`` and ``%(name)s`` placeholders in ``text``."""
    try:
        braces = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:  # a lone brace: no template for str.format
        braces = set()
    return frozenset(braces) | frozenset(PERCENT.findall(text))


def untranslated_text(name: str, source: str) -> list[Problem]:
    """Return the words in a template that stand outside translation tags."""
    visible = HIDDEN.sub(lambda hit: "\n" * hit.group().count("\n"), source)
    if not name.endswith((".html", ".svg")):
        lines = enumerate(visible.splitlines(), start=1)
        return [Problem(f"{name}:{n}", "not translated", t.strip()) for n, t in lines if says_something(t)]
    reader = _Reader()
    reader.feed(visible)
    reader.close()
    return [Problem(f"{name}:{line}", "not translated", text) for line, text in reader.found]


def says_something(text: str) -> bool:
    """Tell whether ``text`` holds words that a reader of another language would not understand."""
    return any(word not in NEEDS_NO_TRANSLATION for word in WORD.findall(CLASS_NAME.sub(" ", text)))


class _Reader(HTMLParser):
    """Collects the text nodes and spoken attributes that say something, with their lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self._silent += 1
        for name, value in attrs:
            if name in SPOKEN_ATTRIBUTES and value and says_something(value):
                self.found.append((self.getpos()[0], value))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._silent = max(0, self._silent - 1)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.extend(_spoken_lines(data, self.getpos()[0]))


def _spoken_lines(data: str, first: int) -> Iterator[tuple[int, str]]:
    for offset, text in enumerate(data.splitlines()):
        if says_something(text):
            yield first + offset, text.strip()
