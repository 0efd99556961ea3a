"""HTML made into plain text: paragraphs and lists stay, tags do not, and nothing is ever fetched or run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Final
from xml.etree.ElementTree import Element

_SILENT: Final = frozenset({"script", "style", "template", "object"})
_PARAGRAPHS: Final = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "pre", "section", "article", "hr", "dl"}
)
_LINES: Final = frozenset({"div", "br", "tr", "dt", "dd", "figure", "figcaption", "address", "caption"})
_EMBEDS: Final = frozenset({"iframe", "embed", "video", "audio", "source"})
_MOST_INDENT: Final = 4
# What is no text: control characters but tab and newline, and halves of characters.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_TAGS: Final = re.compile(
    r"</?(?:p|br|div|span|ul|ol|li|a|b|i|u|em|strong|h[1-6]|table|tbody|t[rdh]|img|script|style|iframe|blockquote)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)


def plain_html(html: str) -> str:
    """Return what a piece of HTML says, whole or broken."""
    found = _Text()
    parser = _Parser(found)
    parser.feed(html)
    parser.close()
    return found.result()


def plain_element(element: Element) -> str:
    """Return what an XHTML element says. Walks without recursion: depth costs nothing."""
    found = _Text()
    open_elements: list[tuple[Element, Iterator[Element]]] = [(element, iter(element))]
    _enter(found, element)
    while open_elements:
        current, children = open_elements[-1]
        child = next(children, None)
        if child is not None:
            _enter(found, child)
            open_elements.append((child, iter(child)))
            continue
        open_elements.pop()
        found.end(_local(current.tag))
        if open_elements:
            found.data(current.tail or "")
    return found.result()


def plain_text(text: str) -> str:
    """Return a text that is said to be plain; where there are tags in it after all, it is read as HTML."""
    if _TAGS.search(text):
        return plain_html(text)
    lines = [line.rstrip() for line in clean(text).strip().split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def plain_line(text: str) -> str:
    """Return a text on one line, such as a title."""
    return " ".join(plain_text(text).split())


def clean(text: str) -> str:
    """Return a text with line ends of one kind, and without what is no text."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _local(tag: str) -> str:
    return tag.rpartition("}")[2].lower()


def _enter(found: _Text, element: Element) -> None:
    found.start(_local(element.tag), element.attrib)
    found.data(element.text or "")


class _Parser(HTMLParser):
    """Passes on what HTML is made of."""

    def __init__(self, found: _Text) -> None:
        super().__init__(convert_charrefs=True)
        self.found = found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.start(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        self.found.end(tag)

    def handle_data(self, data: str) -> None:
        self.found.data(data)


class _Text:
    """Gathers text from tags and data, line by line."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.parts: list[str] = []  # of the line that is being written
        self.lead = ""  # what stands before it: the mark of a list
        self.lists: list[int | None] = []  # the number of the last item; None in a list without
        self.links: list[tuple[str, int, int]] = []
        self.silent = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in _SILENT:
            self.silent += 1
        if self.silent:
            return
        if tag in ("ul", "ol"):
            self._block(blank=not self.lists)
            self.lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self._item()
        elif tag in _PARAGRAPHS or tag in _LINES:
            self._block(blank=tag in _PARAGRAPHS)
        elif tag in ("td", "th") and self.parts:
            self.parts.append(" | ")
        elif tag == "a":
            self.links.append((attributes.get("href", ""), len(self.lines), len(self.parts)))
        elif tag == "img" and attributes.get("alt", "").strip():
            self.data(f"[{attributes['alt'].strip()}]")
        elif tag in _EMBEDS:
            self._address(attributes.get("src", ""), "")

    def end(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif self.silent:
            return
        elif tag in ("ul", "ol"):
            if self.lists:
                self.lists.pop()
            self._block(blank=not self.lists)
        elif tag in _PARAGRAPHS:
            self._block(blank=not self.lists)
        elif tag in ("li", "div", "tr", "dt", "dd"):
            self._block(blank=False)
        elif tag == "a" and self.links:
            href, line, part = self.links.pop()
            written = "".join(self.parts[part:]) if line == len(self.lines) else ""
            self._address(href, written)

    def data(self, text: str) -> None:
        if self.silent:
            return
        text = re.sub(r"\s+", " ", clean(text))
        if not self.parts:
            text = text.lstrip()
        if text:
            self.parts.append(text)

    def result(self) -> str:
        self._block(blank=False)
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines).strip("\n"))

    def _item(self) -> None:
        self._block(blank=False)
        indent = "  " * min(max(len(self.lists) - 1, 0), _MOST_INDENT)
        mark = "-"
        if self.lists and self.lists[-1] is not None:
            self.lists[-1] += 1
            mark = f"{self.lists[-1]}."
        self.lead = f"{indent}{mark} "

    def _block(self, *, blank: bool) -> None:
        """End the line that is being written; with ``blank`` an empty one follows."""
        line = re.sub(r" {2,}", " ", "".join(self.parts)).strip()
        if line:
            self.lines.append(self.lead + line)
            self.lead = ""
        self.parts = []
        if blank and not self.lead and self.lines and self.lines[-1]:
            self.lines.append("")

    def _address(self, href: str, written: str) -> None:
        """Write an address of the web behind what was linked, unless it stands there already."""
        href = clean(href).strip()
        if href.startswith(("http://", "https://")) and href.rstrip("/") not in written:
            self.parts.append(f" ({href})")
