"""Turns practice dossiers and figures into what the templates show, in the language of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bekwaam.domain.calibration.agreement import MEANINGS, NO_FIGURE, Agreement
from bekwaam.domain.calibration.practice import NOT_SHOWN
from bekwaam.domain.calibration.severity import LEANS, Severity
from bekwaam.frameworks.model import Framework
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.office import Office

# The drawing of drift: its size, and how many stages up and down it shows.
WIDTH: Final = 320
HEIGHT: Final = 96
_EDGE: Final = 16
_STAGES: Final = 1.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its sentence; ``value`` is empty where there is none."""

    value: str
    sentence: str
    count: str


@dataclass(frozen=True, slots=True)
class Line:
    """The drawing of drift: the points of the line, and each point on its own."""

    points: str
    dots: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Rung:
    """What a unit asks at one stage."""

    label: str
    rings: int
    texts: tuple[str, ...]


def agreement_figure(found: Agreement) -> Figure:
    """Return how far assessors agree, with what it means."""
    count = ngettext("%(number)s judgement", "%(number)s judgements", found.judgements) % {
        "number": found.judgements
    }
    if found.reason is not None:
        return Figure("", _(NO_FIGURE[found.reason]), count)
    meaning = found.meaning
    return Figure(_decimal(found.alpha or 0.0), _(MEANINGS[meaning]) if meaning else "", count)


def severity_figure(found: Severity) -> Figure:
    """Return how far somebody lies from the others, with what it means."""
    count = ngettext("%(number)s judgement", "%(number)s judgements", found.judgements) % {
        "number": found.judgements
    }
    if found.reason is not None:
        return Figure("", _(NO_FIGURE[found.reason]), count)
    lean = found.lean
    value = _decimal(found.difference or 0.0)
    signed = f"+{value}" if (found.difference or 0.0) > 0 else value.replace("-", "−")
    return Figure(signed, _(LEANS[lean]) if lean else "", count)


def _decimal(value: float) -> str:
    return str(number_format(round(value, 2) + 0.0, 2))


def drift_line(values: Sequence[float | None]) -> Line | None:
    """Return the drawing of drift over rounds; None where fewer than two rounds have a figure."""
    if sum(value is not None for value in values) < 2:
        return None
    step = (WIDTH - 2 * _EDGE) / (len(values) - 1)
    dots = []
    for at, value in enumerate(values):
        if value is not None:
            bounded = max(-_STAGES, min(_STAGES, value))
            y = HEIGHT / 2 - bounded / _STAGES * (HEIGHT / 2 - _EDGE)
            dots.append((f"{_EDGE + at * step:.1f}", f"{y:.1f}"))
    return Line(" ".join(f"{x},{y}" for x, y in dots), tuple(dots))


def stage_choices(framework: Framework, stages: Sequence[str]) -> list[tuple[str, str]]:
    """Return the stages that can be given, *not shown* first."""
    named = [(code, framework.stage_by_code[code].title[language()]) for code in stages]
    return [(NOT_SHOWN, _("not shown")), *named]


def stage_label(framework: Framework, code: str | None) -> str:
    """Return the name of a stage; None is *not shown*."""
    return framework.stage_by_code[code].title[language()] if code else _("not shown")


def ladder(framework: Framework, unit: str) -> tuple[Rung, ...]:
    """Return what a unit asks at each stage; empty for a unit that has nothing below it."""
    below = [i for i in framework.children(unit) if i.kind in ("indicator", "stage_text") and i.stage]
    return tuple(
        Rung(
            stage.title[language()],
            stage.rank,
            tuple(i.text[language()] for i in below if i.stage == stage.code and i.text),
        )
        for stage in framework.stages
        if any(i.stage == stage.code for i in below)
    )


def crumbs(office: Office, *further: Crumb) -> list[Crumb]:
    """Return the way back from a page of calibration."""
    index = reverse("calibration:index", args=[office.provider.ref]) if further else ""
    return [Crumb(office.provider.name), Crumb(_("Calibration"), index), *further]
