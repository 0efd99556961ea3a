"""Turns answers and pieces into what the templates show, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from bekwaam.domain.growth.rating import NO_STAGE, STEP_NAMES, Step
from bekwaam.frameworks.model import Framework
from bekwaam.web.shared.case import language


@dataclass(frozen=True, slots=True)
class RatedRow:
    """A competence with what the referee said of it; ``rings`` is None where there are no stages."""

    code: str
    name: str
    label: str
    rings: int | None


def rated(framework: Framework, codes: Iterable[str], ratings: Mapping[str, str]) -> tuple[RatedRow, ...]:
    """Return what was asked about, with the answers; empty labels where the referee could not say."""
    return tuple(_row(framework, code, ratings.get(code, "")) for code in codes)


def _row(framework: Framework, code: str, value: str) -> RatedRow:
    name = framework.by_code[code].name(language())
    stage = framework.stage_by_code.get(value)
    if stage is not None:
        return RatedRow(code, name, stage.title[language()], framework.stages.index(stage) + 1)
    if value == NO_STAGE:
        return RatedRow(code, name, _("not yet"), 0)
    return RatedRow(code, name, _(STEP_NAMES[Step(value)]) if value else "", None)
