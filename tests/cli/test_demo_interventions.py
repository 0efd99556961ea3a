"""The list of interventions of the demo: it loads as it is, and has something for every step."""

from __future__ import annotations

from importlib.resources import files

from bekwaam.frameworks.library import load_builtin
from bekwaam.services.growth.intervention_lists import continuum, read_interventions


def test_the_list_of_the_demo_loads_and_has_something_for_every_step() -> None:
    data = (files("bekwaam.cli.demo") / "data" / "aanpakken.csv").read_bytes()
    found = read_interventions(data, "aanpakken.csv", load_builtin("evc-sociaal-werker-mbo"))
    assert not [fault.full_text("nl") for fault in found.faults]
    assert [one.step for one in found.rows] == sorted(one.step for one in found.rows)
    assert {one.step for one in found.rows} == {step.code for step in continuum().steps}
