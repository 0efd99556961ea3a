"""A change that cannot be made, with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from bekwaam.frameworks.model import Framework
from bekwaam.wording import say

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a change cannot be made.

    ``name`` is the field it is about (empty: the change as a whole), ``reason`` a stable code; ``message``
    is an English msgid with ``values`` to fill in.
    """

    name: str
    reason: str
    message: str
    values: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)

    def text(self, language: str) -> str:
        """Return the sentence in ``language``."""
        return say(language, self.message, **self.values)


Edited = Framework | Refusal


def no(name: str, reason: str, message: str, /, **values: Any) -> Refusal:
    """Return a refusal; ``message`` is a msgid."""
    return Refusal(name, reason, message, values)


def fingerprint(value: object) -> str:
    """Return a short hash of a part of a framework, by which a form knows what it showed."""
    return sha256(repr(value).encode()).hexdigest()[:24]
