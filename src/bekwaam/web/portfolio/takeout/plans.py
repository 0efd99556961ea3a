"""A goal of a development plan in a package, and what somebody knows, as people read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bekwaam.domain.growth.knowledge import KNOWN_NAMES
from bekwaam.domain.growth.ways import WAYS
from bekwaam.web.portfolio.takeout.naming import Names, day, moment, worded


def plan_goal(names: Names, one: Mapping[str, Any]) -> dict[str, Any]:
    """Return a goal with its units and activities, in words."""
    framework = one["framework"]
    return {
        "words": one["words"],
        "framework": names.title(framework),
        "units": [names.item(framework, code) for code in one["codes"]],
        "value": names.stage(framework, one["value"]),
        "by": day(one["by"]),
        "closed_at": moment(one["closed_at"]),
        "looking_back": one["looking_back"],
        "activities": [
            {
                "way": worded({way: facts.name for way, facts in WAYS.items()}, found["way"]),
                "words": found["words"],
                "by": day(found["by"]),
                "done_on": day(found["done_on"]),
                "learned": found["learned"],
            }
            for found in one["activities"]
        ],
    }


def known(names: Names, one: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was said of one item of knowledge at one moment, in words."""
    framework = one["framework"]
    return {
        "framework": names.title(framework),
        "item": names.item(framework, one["code"]),
        "known": worded({known.value: name for known, name in KNOWN_NAMES.items()}, one["known"]),
        "where": one["where"],
        "review_on": day(one["review_on"]),
        "said_at": moment(one["said_at"]),
    }
