"""A cache that is bounded by how much it holds, not by how many."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Shelf(Generic[Value]):
    """Keeps what was used last, as far as the weight of all together is at most ``room``."""

    def __init__(self, room: int) -> None:
        self._room, self._weight = room, 0
        self._kept: OrderedDict[Hashable, tuple[int, Value]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Value | None:
        """Return what is kept under ``key``, None where nothing is."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[1]

    def put(self, key: Hashable, value: Value, weight: int) -> Value:
        """Keep ``value`` and return it; what was not used for longest makes room."""
        with self._lock:
            if key in self._kept:
                self._weight -= self._kept.pop(key)[0]
            if weight <= self._room:
                self._kept[key] = (weight, value)
                self._weight += weight
            while self._weight > self._room:
                _, (lighter, _) = self._kept.popitem(last=False)
                self._weight -= lighter
        return value

    def kept(self, key: Hashable, make: Callable[[], Value], weigh: Callable[[Value], int]) -> Value:
        """Return what is kept under ``key``; otherwise what ``make`` makes, which is then kept."""
        found = self.get(key)
        if found is not None:
            return found
        made = make()
        return self.put(key, made, weigh(made))

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self._weight = 0
