"""The findings in a dossier file: the final judgement per unit, with its three legs."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from bekwaam.cli.dossier.fields import long, only, several_of, short
from bekwaam.domain.assessment.findings import Finding, InstrumentKind
from bekwaam.domain.procedures.scope import Scope, judged_units, stages_to_choose
from bekwaam.frameworks.model import Framework
from bekwaam.frameworks.reading.fields import Fields
from bekwaam.frameworks.reading.tree import Scalar
from bekwaam.wording import N_

KEYS: Final = ("unit", "stage", "evidence", "instruments", "observed", "why", "recommendation")
NOT_SHOWN: Final = "not_shown"


@dataclass(frozen=True, slots=True)
class Judged:
    """What findings may be about: units of the standard within the scope, and known references."""

    standard: Framework | None
    scope: Scope
    refs: frozenset[str]


def read_findings(fields: Fields, judged: Judged) -> tuple[tuple[Finding, ...], dict[str, str]]:
    """Return the findings, and per unit the recommendation where there is one."""
    if not fields.has("findings"):
        fields.missing("findings")
    findings: list[Finding] = []
    recommendations: dict[str, str] = {}
    lines: dict[str, int] = {}
    for found in fields.tables("findings"):
        unit = short(found, "unit")
        here = Fields(found.file, found.table, found.faults, unit)
        finding = _finding(here, unit, judged)
        advice = long(here, "recommendation")
        if not unit or not _is_judged(here, unit, judged):
            continue
        if unit in lines:
            message = N_("There are two final judgements on {unit}: on line {line} and here. Keep one.")
            here.fault(here.line("unit"), "two_findings", message, unit=unit, line=lines[unit])
            continue
        lines[unit] = here.line("unit")
        findings.append(finding)
        if advice:
            recommendations[unit] = advice
    return tuple(findings), recommendations


def _finding(fields: Fields, unit: str, judged: Judged) -> Finding:
    only(fields, KEYS)
    refs = fields.strings("evidence")
    for ref, line in refs:
        if ref not in judged.refs:
            message = N_('There is no evidence and no instrument with the reference "{ref}".')
            fields.fault(line, "unknown_ref", message, ref=ref)
    return Finding(
        unit=unit,
        stage=_stage(fields, unit, judged),
        evidence=tuple(dict.fromkeys(ref for ref, _ in refs)),
        instruments=several_of(fields, "instruments", InstrumentKind),
        observed=long(fields, "observed"),
        why=long(fields, "why"),
    )


def _is_judged(fields: Fields, unit: str, judged: Judged) -> bool:
    """Tell whether assessors judge ``unit`` here; note it where they do not."""
    standard = judged.standard
    if standard is None:
        return True  # the standard itself was faulty: that has been said
    units = judged_units(standard, judged.scope)
    if unit in units:
        return True
    line = fields.line("unit")
    if unit not in standard.by_code:
        near = get_close_matches(unit, units, n=1)
        message = N_('The standard has nothing with the code "{unit}". The codes run from {first} to {last}.')
        if near:
            message = N_('The standard has nothing with the code "{unit}". Did you mean "{near}"?')
        values = {"unit": unit, "first": units[0], "last": units[-1], "near": near[0] if near else ""}
        fields.fault(line, "unknown_unit", message, **values)
    elif standard.by_code[unit].kind == "life_domain":
        message = N_('{unit} is judged only when it stands under "life_domains".')
        fields.fault(line, "outside_scope", message, unit=unit)
    else:
        message = N_("{unit} is not judged by itself in this standard.")
        fields.fault(line, "not_judged", message, unit=unit)
    return False


def _stage(fields: Fields, unit: str, judged: Judged) -> str | None:
    """Return the stage shown, None for not shown. The key has to be there: silence is no judgement."""
    node = fields.table.get("stage")
    line = fields.line("stage")
    if node is None:
        message = N_('"stage" is missing. Write the stage that was shown, or "not_shown".')
        fields.fault(line, "missing_key", message)
        return None
    if not isinstance(node, Scalar) or node.is_null:
        if not isinstance(node, Scalar):
            fields.wrong_type("stage", N_("a text"))
        return None
    stage, standard = node.text.strip(), judged.standard
    if stage == NOT_SHOWN or standard is None:
        return None
    if stage not in standard.stage_by_code:
        message = N_('There is no stage "{stage}". The stages are: {stages}.')
        known = ", ".join((*standard.stage_by_code, NOT_SHOWN))
        fields.fault(line, "unknown_stage", message, stage=stage, stages=known)
        return None
    if unit in standard.by_code:
        _check_open(fields, unit, stage, judged.scope, standard)
    return stage


def _check_open(fields: Fields, unit: str, stage: str, scope: Scope, standard: Framework) -> None:
    possible = stages_to_choose(standard, unit, scope)
    if stage in possible:
        return
    values = {"stage": stage, "unit": unit, "stages": ", ".join((*possible, NOT_SHOWN))}
    message = N_('Stage "{stage}" cannot be given to {unit}, only: {stages}.')
    if standard.by_code[unit].stage is None:
        message = N_(
            'Stage "{stage}" cannot be given to {unit}, only: {stages}. For the other stages set '
            '"other_stages: true".'
        )
    fields.fault(fields.line("stage"), "stage_outside_scope", message, **values)
