"""A guided choice along a continuum, as data: what is asked, in which order, and where it is from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bekwaam.frameworks.crosswalk import Reference
from bekwaam.frameworks.model import Source, Text

STARR_PARTS: Final = ("situation", "task", "action", "result", "reflection")
"""The parts of a STARR story in which what is answered can stand."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question. ``starr`` is the part of a story that its answer belongs to; empty for yes or no.

    ``source`` is the document that asks it or says why; ``own`` is true where it is ours.
    """

    code: str
    question: Text
    starr: str = ""
    source: Source | None = None
    own: bool = False
    hint: Text | None = None


@dataclass(frozen=True)
class Guide:
    """A guided choice: ``steps`` from light to heavy, each named after an item of ``framework``.

    ``opening`` and ``closing`` are asked before and after the choice; ``safety`` may lead to the heaviest
    step at once; ``reflection`` is what is left open in the outline.
    """

    id: str
    title: Text
    framework: Reference
    opening: tuple[Prompt, ...]
    safety: Prompt
    steps: tuple[Prompt, ...]
    closing: tuple[Prompt, ...]
    reflection: tuple[Prompt, ...]
    names: tuple[tuple[str, Text], ...]

    def name(self, step: str) -> Text:
        """Return what a step of the continuum is called. Raises KeyError for what is no step."""
        return dict(self.names)[step]
