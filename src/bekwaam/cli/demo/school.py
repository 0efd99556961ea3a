"""The school of the demo: the programme that it teaches, and a cohort with numbers at two moments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bekwaam.cli.demo.calendar import at, working_day
from bekwaam.cli.demo.growth import load
from bekwaam.cli.demo.script import Moments, World
from bekwaam.cli.demo.teams import let_in, register
from bekwaam.domain.growth.gap import Layer
from bekwaam.domain.growth.rating import NO_STAGE, rated_units
from bekwaam.domain.teams.members import Share
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.services.growth.catalogues import CatalogueKind
from bekwaam.services.growth.programmes import programmes_at
from bekwaam.services.growth.rounds import finish_round, rate, start_round
from bekwaam.services.teams.cohorts import report_cohort
from bekwaam.services.teams.making import make_cohort


def play_school(given: Mapping[str, Any], world: World) -> Moments:
    """Load the programme of a school, make a cohort that follows it, and ask for numbers after each round."""
    yield at(working_day(given["loaded"], world.today), 14)
    office, provider = world.coordinator(given["provider"]), world.providers[given["provider"]]
    load(CatalogueKind.PROGRAMME, given["programme"], given["provider"], world)
    yield at(working_day(given["made"], world.today), 14)
    (programme,) = programmes_at(provider)
    starts = working_day(given["starts"], world.today)
    lead = world.people[given["lead"]]
    ref = make_cohort(office, provider, given["name"], lead.email, programme.called, starts).ref
    yield at(working_day(given["joined"], world.today), 14)
    register([*given["learners"], *given["others"]], office, provider, world)
    sharing = dict.fromkeys(given["learners"], (Share.SELF,))
    let_in(given["lead"], ref, {**sharing, **dict.fromkeys(given["others"], ())}, world)
    for turn, day in enumerate(given["rounds"]):
        yield from _round(given, turn, day, world)
        yield at(working_day(given["reports"][turn], world.today), 14)
        report_cohort(lead, ref, world.standard, Layer.SELF)


def _round(given: Mapping[str, Any], turn: int, day: int, world: World) -> Moments:
    """Let every learner finish a round of self-assessment, one after the other."""
    framework = framework_of(world.standard)
    units = [item.code for item in rated_units(framework) if item.kind == "competence"]
    steps = [NO_STAGE, *(stage.code for stage in framework.stages)]
    for number, name in enumerate(given["learners"]):
        yield at(working_day(day, world.today), 13, 6 * number)
        person = world.people[name]
        ref = start_round(person, world.standard).ref
        for place, code in enumerate(units):
            third = (number + place) % 3
            grown = turn > 0 and code in given["grown"]
            rate(person, ref, code, {code: steps[third if grown else third // 2]})
        finish_round(person, ref)
