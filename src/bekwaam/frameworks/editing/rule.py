"""The rule of a standard: setting it, and changing a list of rules part by part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bekwaam.frameworks.editing.refusal import Edited, Refusal, no
from bekwaam.frameworks.kinds import KINDS
from bekwaam.frameworks.model import Framework
from bekwaam.frameworks.rules import AllOf, AnyOf, Count, Rule, Share
from bekwaam.wording import N_

MOST: Final = 100_000
MOST_PARTS: Final = 25


def set_rule(framework: Framework, rule: Rule | None) -> Edited:
    """Return the framework with another rule, or with none."""
    if framework.kind != "standard" and rule is not None:
        message = N_("Only a standard has a rule. Make this a standard, or leave the rule out.")
        return no("", "rule_without_standard", message)
    return (rule and rule_refusal(framework, rule)) or replace(framework, rule=rule)


def parts(rule: Rule | None) -> tuple[Rule, ...]:
    """Return the rules that are asked side by side: of a single rule, that one."""
    if rule is None:
        return ()
    return rule.rules if isinstance(rule, AllOf | AnyOf) else (rule,)


def add_part(framework: Framework, part: Rule) -> Edited:
    """Return the framework with one more thing to show; all of them are then asked."""
    known = parts(framework.rule)
    if len(known) >= MOST_PARTS:
        return no("", "too_many", N_("A rule can have {limit} parts at most."), limit=MOST_PARTS)
    return set_rule(framework, _joined((*known, part), framework.rule))


def change_part(framework: Framework, at: int, part: Rule) -> Edited:
    """Return the framework with another part at a place (from 0)."""
    known = parts(framework.rule)
    if not 0 <= at < len(known):
        return _gone()
    return set_rule(framework, _joined((*known[:at], part, *known[at + 1 :]), framework.rule))


def remove_part(framework: Framework, at: int) -> Edited:
    """Return the framework without the part at a place (from 0); the last one takes the rule along."""
    known = parts(framework.rule)
    if not 0 <= at < len(known):
        return _gone()
    return set_rule(framework, _joined((*known[:at], *known[at + 1 :]), framework.rule))


def join(framework: Framework, *, all_of: bool) -> Edited:
    """Return the framework with its parts asked all together, or any one of them."""
    known = parts(framework.rule)
    if len(known) < 2:
        return no("", "one_part", N_("There is only one part; nothing to choose between."))
    return set_rule(framework, AllOf(known) if all_of else AnyOf(known))


def _joined(found: tuple[Rule, ...], before: Rule | None) -> Rule | None:
    if len(found) < 2:
        return found[0] if found else None
    return AnyOf(found) if isinstance(before, AnyOf) else AllOf(found)


def _gone() -> Refusal:
    return no("", "gone", N_("This part of the rule is not there any more."))


def rule_refusal(framework: Framework, rule: Rule) -> Refusal | None:
    """Return what a rule names that is not there, None where all of it is.

    That it asks more than there is, or counts nothing yet, is no reason to refuse: items may be to come.
    """
    if isinstance(rule, AllOf | AnyOf):
        return next(filter(None, (rule_refusal(framework, part) for part in rule.rules)), None)
    if rule.units.kind not in KINDS:
        return no("of", "unknown_kind", N_("Choose what is counted."))
    numbers = _number_refusal(rule)
    if numbers:
        return numbers
    if rule.stage is not None and rule.stage not in framework.stage_by_code:
        return no("stage", "unknown_stage", N_("Choose one of the stages."))
    kind = rule.units.kind
    return _codes_refusal(
        framework, "codes", rule.units.codes, lambda code: framework.by_code[code].kind == kind
    ) or _codes_refusal(framework, "within", rule.units.within, lambda code: True)


def _number_refusal(rule: Count | Share) -> Refusal | None:
    if isinstance(rule, Count):
        if not 1 <= rule.at_least <= MOST:
            return no("at_least", "odd_number", N_("How many at least? Give a number from 1 up."))
        return None
    if not 1 <= rule.percent <= 100:
        return no("percent", "odd_percent", N_("How much at least? Give a percentage from 1 to 100."))
    if rule.per is not None and rule.per not in KINDS:
        return no("per", "unknown_kind", N_("Choose one of the kinds in the list."))
    return None


def _codes_refusal(
    framework: Framework, name: str, codes: tuple[str, ...], fits: Callable[[str], bool]
) -> Refusal | None:
    for code in codes:
        if code not in framework.by_code:
            message = N_('The rule names "{code}", and there is no item with that code.')
            return no(name, "dangling", message, code=code)
        if not fits(code):
            message = N_("{code} is not of the kind that is counted.")
            return no(name, "other_kind", message, code=code)
    return None
