"""The practice dossiers of the demo: made, released and judged through the services that everybody uses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bekwaam.cli.demo.calendar import at, working_day
from bekwaam.cli.demo.script import Moments, World
from bekwaam.domain.calibration.practice import NOT_SHOWN, PracticeInput
from bekwaam.services.calibration.practising import (
    add_piece,
    judge_practice,
    make_practice,
    release_practice,
)
from bekwaam.services.frameworks.versions import framework_of


def play_practice(given: Mapping[str, Any], world: World) -> Moments:
    """Let a coordinator release a practice dossier, and assessors judge it a day after each other."""
    day = working_day(given["day"], world.today)
    yield at(day, 13)
    actor, provider = world.coordinator(given["provider"]), world.providers[given["provider"]]
    closes = day + timedelta(days=given["open"])
    dossier = make_practice(actor, provider, world.standard, given["title"], closes)
    pieces = [
        add_piece(actor, provider, dossier.ref, one["title"], _flowing(one["text"])).ref
        for one in given["pieces"]
    ]
    release_practice(actor, provider, dossier.ref, given["units"], read=True)
    codes = {stage.rank: stage.code for stage in framework_of(world.standard).stages}
    for number, (key, judgements) in enumerate(given.get("judgements", {}).items(), start=1):
        yield at(working_day(given["day"] - number, world.today), 15)
        judge_practice(
            world.people[key],
            provider,
            dossier.ref,
            {
                unit: PracticeInput(codes.get(rank, NOT_SHOWN), pieces, why)
                for unit, (rank, why) in zip(given["units"], judgements, strict=True)
            },
        )


def _flowing(text: str) -> str:
    """Return a text of the data with a line per paragraph."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))
