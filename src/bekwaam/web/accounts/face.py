"""The face of Bekwaam: the wheel of the built-in standard, filled in as an example."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import cycle
from typing import Final

from django.utils.safestring import SafeString, mark_safe

from bekwaam.frameworks.library import load_builtin
from bekwaam.frameworks.wheel import wheel

STANDARD: Final = "evc-sociaal-werker-mbo"
# How far the example's spokes are filled, over and over: as varied as people are.
EXAMPLE: Final = (2, 1, 1, 2, 0, 1, 2, 1, 1, 0, 2, 1, 1)


@dataclass(frozen=True, slots=True)
class Face:
    """The wheel as SVG, the standard's title, and its clusters by number and name."""

    svg: SafeString
    standard: str
    clusters: tuple[tuple[str, str], ...]
    competences: int
    stages: tuple[str, ...]


@lru_cache(maxsize=2)
def face(language: str) -> Face:
    """Return the example wheel with what it shows, in ``language``."""
    framework = load_builtin(STANDARD)
    stages = [stage.code for stage in framework.stages]
    fill = cycle(EXAMPLE)
    levels = {item.code: stages[next(fill) % len(stages)] for item in framework.competences}
    drawn = wheel(framework, levels, language=language)
    return Face(
        svg=mark_safe(drawn.svg()),  # noqa: S308 - drawn by us from numbers and escaped names
        standard=framework.title[language],
        clusters=tuple((item.code, item.name(language)) for item in framework.of_kind("cluster")),
        competences=len(framework.competences),
        stages=tuple(stage.title[language] for stage in framework.stages),
    )
