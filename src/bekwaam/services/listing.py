"""Long lists, read a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """Rows that are only read when asked for; Django's Paginator takes this as its list.

    ``found`` says which there are, in order; ``read`` turns one page of them into rows, with a fixed
    number of queries however many there are.
    """

    found: QuerySet[Any]
    read: Callable[[QuerySet[Any]], Sequence[Row]]

    def count(self) -> int:
        """Return how many there are in all. One query."""
        return self.found.count()

    __len__ = count

    def __getitem__(self, page: slice) -> list[Row]:
        """Return the rows of one page."""
        return list(self.read(self.found[page]))
