"""A mail in words, before it is put on paper: as plain text and as HTML."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """Everything that stands in a mail, in one language and in this order; what is empty is left out.

    ``items`` become a list; ``link`` is a whole address with ``link_label`` as what one clicks on.
    """

    language: str
    subject: str
    greeting: str
    lines: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    before_link: str = ""
    link: str = ""
    link_label: str = ""
    after_link: str = ""
    closing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A mail as it goes out: twice the same words."""

    text: str
    html: str
