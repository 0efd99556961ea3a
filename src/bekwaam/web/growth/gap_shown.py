"""Turns a gap into what its page shows: every voice by itself, never added up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bekwaam.domain.growth import gap as gaps
from bekwaam.domain.growth.gap import Gap, Picture, Standing, UnitGap
from bekwaam.domain.growth.gap_words import explain_match, explain_total, explain_unit, summary, why
from bekwaam.domain.growth.match import match
from bekwaam.domain.growth.target import Target
from bekwaam.domain.growth.totals import Group, Total, totals
from bekwaam.frameworks.kind_names import kind_name
from bekwaam.frameworks.model import Framework
from bekwaam.services.growth.targets import practice_of
from bekwaam.web.growth.layers import JUDGED, OTHERS, OWN, Layer, Said, in_words
from bekwaam.web.growth.presenting import Answer, answer
from bekwaam.web.shared.case import language

_SQUARE: Final = 14
_SPACE: Final = 4
_LAYERS: Final = {OWN: gaps.Layer.SELF, OTHERS: gaps.Layer.FEEDBACK, JUDGED: gaps.Layer.JUDGEMENT}


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice beside the target: what it is called, when it spoke, and how it stands to what is asked."""

    key: str
    layer: str
    name: str
    said: Said
    gap: Gap


@dataclass(frozen=True, slots=True)
class Entry:
    """What one voice says of one unit, and in words how that stands to what is asked."""

    said: Said
    answer: Answer
    standing: str
    told: str


@dataclass(frozen=True, slots=True)
class Row:
    """A unit that is asked: what is asked and why, and the entries of each layer (its name, its entries)."""

    code: str
    name: str
    asked: Answer | None
    why: str
    cells: tuple[tuple[str, str, tuple[Entry, ...]], ...]


@dataclass(frozen=True, slots=True)
class Totalled:
    """Totals of one kind of group: its kind and name, and for each group its sentence and its picture."""

    kind: str
    name: str
    rows: tuple[tuple[str, SafeString], ...]


def voices(framework: Framework, target: Target, layers: Sequence[Layer]) -> list[Voice]:
    """Return everybody who said something, layer by layer, each with their own gap."""
    found = []
    for layer in layers:
        for number, said in enumerate(layer.said):
            key = f"{layer.key}{number or ''}"
            picture = Picture(_LAYERS[layer.key], said.values, key)
            name = said.who or layer.name
            found.append(Voice(key, layer.key, name, said, gaps.gap(framework, target, picture)))
    return found


def sentences(framework: Framework, target: Target, voice: Voice) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return in sentences how a voice stands to the target, and then what is not enough, unit by unit.

    For a profile this is the match with it.
    """
    units = tuple(
        explain_unit(framework, unit, language(), whose=False)
        for unit in voice.gap.units
        if unit.standing is not Standing.ENOUGH
    )
    if target.profile is None:
        return (summary(voice.gap, language()),), units
    picture = Picture(voice.gap.layer, voice.said.values, voice.key)
    found = match(framework, target.profile, picture)
    lines = explain_match(framework, practice_of(target.profile), found, language())
    first = len(lines) and (2 if found.fitting else 1)
    left = len(found.growing) + len(found.unknown)
    return (lines[0], summary(voice.gap, language()), *lines[1:first], *lines[first + left :]), units


def rows(framework: Framework, target: Target, layers: Sequence[Layer], found: Sequence[Voice]) -> list[Row]:
    """Return every unit that is asked, in document order, with what each layer says of it."""
    by_voice = {voice.key: {unit.code: unit for unit in voice.gap.units} for voice in found}
    profile = target.profile
    ours = profile is not None and all(ask.own for ask in target.asks)
    return [
        Row(
            code=ask.code,
            name=framework.by_code[ask.code].name(language()),
            asked=answer(framework, ask.code, ask.value),
            why=why(ask, language(), whose=not ours),
            cells=tuple(
                (layer.key, layer.name, _entries(framework, layer, ask.code, found, by_voice))
                for layer in layers
            ),
        )
        for ask in target.asks
    ]


def _entries(
    framework: Framework,
    layer: Layer,
    code: str,
    found: Sequence[Voice],
    by_voice: Mapping[str, Mapping[str, UnitGap]],
) -> tuple[Entry, ...]:
    entries = []
    for voice in found:
        said = in_words(framework, layer.key, code, voice.said.values.get(code))
        if voice.layer == layer.key and said is not None:
            unit = by_voice[voice.key][code]
            entries.append(Entry(voice.said, said, unit.standing, _told(unit)))
    return tuple(entries)


def _told(unit: UnitGap) -> str:
    if unit.standing is Standing.SHORT:
        return ngettext("%(number)s step to go", "%(number)s steps to go", unit.steps) % {
            "number": unit.steps
        }
    return _("enough") if unit.standing is Standing.ENOUGH else ""


def totalled(gap: Gap, groups: Sequence[Group]) -> list[Totalled]:
    """Return the totals of a gap by the kind of their groups, in the order of the groups."""
    by_kind: dict[str, list[tuple[str, SafeString]]] = {}
    for total in totals(gap, groups):
        by_kind.setdefault(total.group.kind, []).append((explain_total(total, language()), _drawn(total)))
    return [
        Totalled(kind, kind_name(kind, language()).capitalize(), tuple(found))
        for kind, found in by_kind.items()
    ]


def _drawn(total: Total) -> SafeString:
    """Return a total as a row of squares, one a unit; the sentence beside it says the same."""
    standings = ["enough"] * total.enough + ["short"] * total.short + ["unknown"] * total.unknown
    parts = []
    for place, standing in enumerate(standings):
        at = place * (_SQUARE + _SPACE) + 1
        parts.append(
            f'<rect class="squares__{standing}" x="{at}" y="1" width="{_SQUARE}" height="{_SQUARE}"/>'
        )
        if standing == "short":
            half = _SQUARE // 2
            parts.append(
                f'<rect class="squares__enough" x="{at}" y="{1 + half}" width="{_SQUARE}" height="{half}"/>'
            )
    width = len(standings) * (_SQUARE + _SPACE) + 2
    size = f'width="{width}" height="{_SQUARE + 2}"'
    svg = f'<svg class="squares" aria-hidden="true" {size}>{"".join(parts)}</svg>'
    return mark_safe(svg)  # noqa: S308 - numbers and names of our own


def day_of(voice: Voice) -> str:
    """Return the day on which a voice spoke."""
    return date_format(voice.said.day, "j F Y")
