"""Turns a gap into what its page shows: every voice by itself, never added up, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bekwaam.domain.growth import gap as gaps
from bekwaam.domain.growth.gap import Gap, Picture, Standing, UnitGap
from bekwaam.domain.growth.gap_words import explain_gap, explain_match, why
from bekwaam.domain.growth.match import match
from bekwaam.domain.growth.target import Target
from bekwaam.domain.growth.totals import Group, Total, totals
from bekwaam.frameworks.kind_names import kind_name
from bekwaam.frameworks.model import Framework
from bekwaam.services.growth.targets import practice_of
from bekwaam.web.growth.layers import JUDGED, OTHERS, OWN, Layer, Said, in_words
from bekwaam.web.growth.presenting import Answer, answer
from bekwaam.web.shared.case import language

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
    """Totals of one kind of group: its name, and for each group its name and total."""

    name: str
    rows: tuple[tuple[str, Total], ...]


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


def sentences(framework: Framework, target: Target, voice: Voice) -> tuple[str, ...]:
    """Return in sentences how a voice stands to the target; for a profile the match with it."""
    if target.profile is None:
        return explain_gap(framework, voice.gap, language())[:1]
    picture = Picture(voice.gap.layer, voice.said.values, voice.key)
    found = match(framework, target.profile, picture)
    return explain_match(framework, practice_of(target.profile), found, language())


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
    by_kind: dict[str, list[tuple[str, Total]]] = {}
    for total in totals(gap, groups):
        by_kind.setdefault(total.group.kind, []).append((total.group.name[language()], total))
    return [
        Totalled(kind_name(kind, language()).capitalize(), tuple(found)) for kind, found in by_kind.items()
    ]


def day_of(voice: Voice) -> str:
    """Return the day on which a voice spoke."""
    return date_format(voice.said.day, "j F Y")
