"""Conclusions as plain data and back: how they are kept. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bekwaam.domain.deliberation.answers import (
    Answer,
    Choice,
    Concerned,
    FromCode,
    Option,
    Options,
    Recognition,
    Resembles,
    Somebody,
    Told,
    Values,
)
from bekwaam.domain.deliberation.asking import Step


def to_plain(answer: Answer) -> dict[str, Any]:
    """Return an answer as plain JSON."""
    return {name: _listed(value) for name, value in asdict(answer).items()}


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _listed(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_listed(one) for one in value]
    return str(value) if isinstance(value, Recognition) else value


def from_plain(step: Step, kept: Mapping[str, Any]) -> Answer:
    """Return the answer of a step that was kept. Raises KeyError for what is none."""
    match step:
        case Step.FACTS | Step.LOOKING_BACK:
            return Told(kept["text"])
        case Step.CONCERNED:
            return Concerned(
                tuple(
                    Somebody(one["who"], Recognition(one["recognises"]), one["note"])
                    for one in kept["people"]
                )
            )
        case Step.VALUES:
            return Values(tuple(kept["values"]))
        case Step.RESEMBLES:
            return Resembles(tuple(kept["codes"]), kept["text"])
        case Step.CODE:
            return FromCode(tuple(kept["articles"]), kept["text"])
        case Step.OPTIONS:
            return Options(tuple(Option(one["how"], one["price"]) for one in kept["options"]))
        case Step.CHOICE:
            return Choice(tuple(kept["chosen"]), kept["reason"], kept["dissent"])
