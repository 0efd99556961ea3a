"""In whose words somebody reads a framework in the explorer: those of their organisation, or ours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, QueryDict

from bekwaam.services.frameworks.reads import Opened, VersionHead, opened
from bekwaam.services.frameworks.words import wording_for
from bekwaam.web.shared.case import language
from bekwaam.web.shared.words import OURS, WORDS, WordsMark, words_mark


@dataclass(frozen=True, slots=True)
class Chosen:
    """The wording that a visitor may read, None where there is none; ``ours`` says that they want ours."""

    wording: str | None
    ours: bool

    @property
    def shown(self) -> str | None:
        """Return the hash of the wording that the page is in; None for ours."""
        return None if self.ours else self.wording

    @property
    def content(self) -> list[str]:
        """Return what the page's tag has to depend on beside the versions."""
        return [self.shown] if self.shown else []

    @property
    def carried(self) -> dict[str, str]:
        """Return what links and forms on the page carry on, so that their answer is in the same words."""
        return {WORDS: OURS} if self.wording and self.ours else {}

    def mark(self, request: HttpRequest, version: Opened) -> WordsMark | None:
        """Return what the page says about its words, with the address of itself in the other ones."""
        if self.wording is None:
            return None
        theirs = opened(version.head, version.others, self.wording) if self.ours else version
        mark = words_mark(theirs.told, language())
        return mark and replace(mark, ours=self.ours, url=_turned(request, to_ours=not self.ours))


def choose_words(request: HttpRequest, head: VersionHead) -> Chosen:
    """Return in whose words this visitor reads a version. One query, none for who is not logged in."""
    person: Any = request.user
    wording = wording_for(person, head.identifier, head.version)
    return Chosen(wording, request.GET.get(WORDS) == OURS)


def _turned(request: HttpRequest, *, to_ours: bool) -> str:
    query: QueryDict = request.GET.copy()
    query.pop(WORDS, None)
    if to_ours:
        query[WORDS] = OURS
    return f"?{query.urlencode()}" if query else request.path
