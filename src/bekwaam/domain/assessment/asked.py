"""What a standard's rule asks of one judged unit."""

from __future__ import annotations

from bekwaam.frameworks.model import Framework
from bekwaam.frameworks.rules import leaves


def asked_stage(framework: Framework, unit: str) -> str | None:
    """Return the highest stage that the rule asks of ``unit``, or None when it asks nothing of it.

    A rule that names no stage asks of an indicator that it is shown, which is the indicator's own stage.
    """
    if framework.rule is None:
        return None
    item = framework.by_code[unit]
    asked = [
        leaf.stage or item.stage
        for leaf in leaves(framework.rule)
        if any(counted.code == unit for counted in framework.units(leaf.units))
    ]
    named = [stage for stage in asked if stage is not None]
    return max(named, key=lambda code: framework.stage_by_code[code].rank, default=None)


def related_codes(framework: Framework, unit: str) -> frozenset[str]:
    """Return the codes whose evidence bears on ``unit``: itself, all inside it, and all it lies in.

    Evidence is tied to whatever the candidate pointed at: a competence as a whole, one indicator of it,
    or the area that an indicator belongs to.
    """
    above = {item.code for item in framework.ancestors(unit)}
    return frozenset({unit} | above | set(_below(framework, unit)))


def _below(framework: Framework, code: str) -> list[str]:
    found = []
    for child in framework.children(code):
        found += [child.code, *_below(framework, child.code)]
    return found
