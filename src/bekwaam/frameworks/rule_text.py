"""A rule in a sentence: what it asks, before anything has been judged."""

from __future__ import annotations

from typing import assert_never

from bekwaam.frameworks.kind_names import kind_name
from bekwaam.frameworks.model import Framework
from bekwaam.frameworks.rules import AllOf, AnyOf, Count, Rule, Share
from bekwaam.wording import say


def rule_sentence(framework: Framework, rule: Rule, language: str) -> str:
    """Return what ``rule`` asks as a sentence in ``language``."""
    match rule:
        case Count():
            total = len(framework.units(rule.units))
            kind = kind_name(rule.units.kind, language)
            values = {"at_least": rule.at_least, "total": total, "kind": kind}
            if rule.stage is None:
                return say(language, "At least {at_least} of the {total} {kind} are shown.", **values)
            stage = framework.stage_by_code[rule.stage].title[language]
            return say(
                language,
                "At least {at_least} of the {total} {kind} are shown at {stage} or higher.",
                stage=stage,
                **values,
            )
        case Share():
            return _share(framework, rule, language)
        case AllOf() | AnyOf():
            parts = " ".join(rule_sentence(framework, part, language) for part in rule.rules)
            if isinstance(rule, AllOf):
                return say(language, "All of this: {parts}", parts=parts)
            return say(language, "At least one of this: {parts}", parts=parts)
        case _:  # pragma: no cover - the type checker proves this cannot happen
            assert_never(rule)


def _share(framework: Framework, rule: Share, language: str) -> str:
    kind = kind_name(rule.units.kind, language)
    total = len(framework.units(rule.units))
    text = say(
        language,
        "At least {percent} % of the {total} {kind} is shown",
        percent=rule.percent,
        total=total,
        kind=kind,
    )
    if rule.stage is not None:
        stage = framework.stage_by_code[rule.stage].title[language]
        text += say(language, ", at {stage} or higher", stage=stage)
    if rule.per is not None:
        text += say(
            language, ", in every one of the {groups} by itself", groups=kind_name(rule.per, language)
        )
    return text + "."
