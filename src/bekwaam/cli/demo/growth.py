"""Somebody who grows, in the demo: feedback, a development plan with evidence, and looking back.

Their rounds of self-assessment are played with those of their team (:mod:`bekwaam.cli.demo.teams`).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

from bekwaam.cli.demo.calendar import at, working_day
from bekwaam.cli.demo.material import DATA, Piece
from bekwaam.cli.demo.script import LANGUAGE, Moments, World, given_of
from bekwaam.domain.growth.lightest import Given, Says
from bekwaam.domain.reflection.kinds import ReflectionKind, Written
from bekwaam.services import clock
from bekwaam.services.feedback.answering import AnswerInput
from bekwaam.services.feedback.answering import answer as answer_feedback
from bekwaam.services.feedback.asking import Referee, ask_to_rate, token_hash
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.services.growth.activities import (
    ActivityInput,
    finish_activity,
    plan_activity,
    tie_evidence_back,
)
from bekwaam.services.growth.agreeing import agree
from bekwaam.services.growth.catalogue_files import look_through
from bekwaam.services.growth.catalogues import CatalogueKind, load_catalogue
from bekwaam.services.growth.goals import GoalInput, set_goal
from bekwaam.services.portfolio.evidence import add_evidence
from bekwaam.services.portfolio.own import start_portfolio
from bekwaam.services.reflection.walking import answer as answer_step
from bekwaam.services.reflection.walking import finish as finish_walk
from bekwaam.services.reflection.writing import write

CATALOGUES: Final = {CatalogueKind.OFFERS: "aanbod.csv", CatalogueKind.PROFILES: "functieprofielen.csv"}


def play_catalogues(given: Mapping[str, Any], world: World) -> Moments:
    """Let an organisation load its learning offers and its own function profiles from files."""
    framework = framework_of(world.standard)
    for number, (kind, name) in enumerate(CATALOGUES.items()):
        yield at(working_day(given["joined"], world.today), 13, 10 * number)
        office, provider = world.coordinator(given["provider"]), world.providers[given["provider"]]
        found = look_through(kind, (DATA / name).read_bytes(), name, framework, provider)
        if found.faults:
            raise ValueError(f"{name}: {[fault.text(LANGUAGE) for fault in found.faults]}")
        load_catalogue(office, provider, world.standard, kind, found.entries, name)


def play_growth(key: str, given: Mapping[str, Any], world: World) -> Moments:
    """Play all that somebody does to grow, in the order of time."""
    parts: list[Moments] = [
        *(_feedback(key, one, number, world) for number, one in enumerate(given["feedback"])),
        *(_goal(key, one, given["evidence"], world) for one in given["goals"]),
        _agreement(key, given["agreement"], world),
        *(_reflection(key, one, world) for one in given["looking_back"]),
        _walk(key, given["walk"], world),
    ]
    yield from _in_turn(parts)


def _in_turn(parts: list[Moments]) -> Moments:
    """Yield the moments of all parts in order, and let the part go on whose moment it was."""
    turns = [(first, number, part) for number, part in enumerate(parts) if (first := next(part, None))]
    heapq.heapify(turns)
    while turns:
        moment, number, part = heapq.heappop(turns)
        yield moment
        following = next(part, None)
        if following is not None:
            heapq.heappush(turns, (following, number, part))


def _feedback(key: str, given: Mapping[str, Any], number: int, world: World) -> Moments:
    """Ask somebody what they see, and let them answer some days later."""
    yield at(working_day(given["day"], world.today), 16)
    referee = Referee(given["name"], given["email"], given["relation"])
    row = ask_to_rate(world.people[key], world.standard, list(given["ratings"]), referee)
    # The link went out by mail and only its hash is kept: the demo makes one that it knows itself.
    token = f"demo-{key}-{number}"
    row.token_sha256 = token_hash(token)
    row.save(update_fields=["token_sha256"])
    yield at(working_day(given["answered"], world.today), 17)
    answer_feedback(
        token,
        AnswerInput(given["name"], function=given["function"], text=given["text"], ratings=given["ratings"]),
    )


def _goal(key: str, given: Mapping[str, Any], evidence: Mapping[str, Any], world: World) -> Moments:
    """Set a goal with what is to be done for it; some of that is done on later days."""
    yield at(working_day(given["day"], world.today), 20)
    person, today = world.people[key], clock.today()
    by = today + timedelta(days=given["by"])
    goal = set_goal(
        person,
        world.standard,
        GoalInput(tuple(given["codes"]), given["value"], given["words"], by, given.get("target", "")),
    )
    planned = [
        (
            plan_activity(
                person,
                goal.ref,
                ActivityInput(one["way"], one["words"], today + timedelta(days=one["by"])),
            ).ref,
            one,
        )
        for one in given["activities"]
    ]
    for ref, one in planned:
        if "done" in one:
            yield at(working_day(one["done"], world.today), 19)
            finish_activity(person, ref, clock.today(), one["learned"])
            if "evidence" in one:
                yield from _evidence(key, ref, one["evidence"], evidence[one["evidence"]], world)


def _evidence(key: str, activity: str, name: str, given: Mapping[str, Any], world: World) -> Iterator[Any]:
    """Make a piece of evidence of something done, in a portfolio of one's own."""
    yield at(working_day(given["day"], world.today), 20)
    person = world.people[key]
    piece = Piece(
        key=name,
        kind="story",
        title=given["title"],
        context=given["context"],
        months_ago=given["months_ago"],
        ties=given["ties"],
        texts=given["story"],
    )
    kept = add_evidence(person, start_portfolio(person, world.standard.pk), given_of(piece))
    tie_evidence_back(person, activity, kept.ref)


def _agreement(key: str, given: Mapping[str, Any], world: World) -> Moments:
    yield at(working_day(given["day"], world.today), 15)
    agree(world.people[key], given["name"], clock.today())


def _reflection(key: str, given: Mapping[str, Any], world: World) -> Moments:
    yield at(working_day(given["day"], world.today), 18)
    kind, day = ReflectionKind(given["kind"]), clock.today()
    write(world.people[key], Written(kind, given["title"], given["texts"], day), looked=True)


def _walk(key: str, given: Mapping[str, Any], world: World) -> Moments:
    """Go from light to heavy through a situation, and keep what came of it as a reflection."""
    yield at(working_day(given["day"], world.today), 18)
    person = world.people[key]
    for one in given["given"]:
        says = Says(one["says"]) if "says" in one else None
        answer_step(person, Given(one["code"], one.get("text", ""), says), looked=True)
    finish_walk(person, given["title"], LANGUAGE)
