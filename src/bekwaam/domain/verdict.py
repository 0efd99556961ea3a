"""Yes or no with a reason: the answer of every question that the domain is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bekwaam.wording import say


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something is allowed; where not, a stable ``reason`` code and what it is about."""

    allowed: bool
    reason: str = ""
    message: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.allowed

    def text(self, language: str) -> str:
        """Return the reason as a sentence in ``language``; empty when allowed."""
        return say(language, self.message, **self.values) if self.message else ""


ALLOWED = Verdict(True)


def refused(reason: str, message: str, /, **values: Any) -> Verdict:
    """Return a refusal: ``reason`` is a stable code, ``message`` an English msgid of the catalogue."""
    return Verdict(False, reason, message, values)
