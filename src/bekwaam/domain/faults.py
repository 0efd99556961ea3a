"""What is wrong with something that was filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bekwaam.wording import say


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with one field of a form: a stable ``reason`` and the sentence for the user.

    ``message`` is an English msgid of the catalogue, with ``{placeholders}`` filled from ``values``.
    """

    name: str
    reason: str
    message: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def text(self, language: str) -> str:
        """Return the sentence in ``language``."""
        return say(language, self.message, **self.values)
