"""After how long what is known is to be looked at again: terms as data, with whose idea they are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bekwaam.frameworks.crosswalk import Reference
from bekwaam.frameworks.model import Framework, Source, Text


@dataclass(frozen=True, slots=True)
class ReviewTerm:
    """One term: fixed days of the year as (month, day) in their order, or a number of ``months``.

    ``reason`` says why; ``source`` which document says so, and ``own`` that the term is ours.
    """

    code: str
    name: Text
    reason: Text
    days: tuple[tuple[int, int], ...] = ()
    months: int = 0
    source: Source | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class Tied:
    """That an item has a term, and which document says what the item is about; ``own``: none does."""

    code: str
    term: str
    source: Source | None = None
    own: bool = False


@dataclass(frozen=True)
class ReviewTerms:
    """The terms of one file; ``usual`` is the one of every item that is not tied to another."""

    id: str
    framework: Reference
    usual: ReviewTerm
    terms: tuple[ReviewTerm, ...]
    tied: tuple[Tied, ...]

    @cached_property
    def _by_code(self) -> dict[str, ReviewTerm]:
        terms = {term.code: term for term in self.terms}
        return {one.code: terms[one.term] for one in self.tied}

    def of(self, framework: Framework, code: str) -> ReviewTerm:
        """Return the term of an item; in a framework that this file is not about always the usual one."""
        if Reference(framework.id, framework.version) != self.framework:
            return self.usual
        return self._by_code.get(code, self.usual)
