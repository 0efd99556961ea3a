"""Writes the outcome of a dossier: as data, and as text to read on a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any, Final

from bekwaam.domain.assessment.decision import Decision
from bekwaam.domain.assessment.dossier import Dossier
from bekwaam.domain.assessment.explain import explain, explain_missing, explain_short
from bekwaam.domain.assessment.rules import Outcome
from bekwaam.frameworks.model import Framework, Item
from bekwaam.wording import say

WIDTH: Final = 96
COUNTING: Final = ("count", "share")


def outcome_data(dossier: Dossier, decision: Decision, language: str) -> dict[str, Any]:
    """Return the whole outcome as plain JSON data.

    ``counted`` and ``needed`` are those of the rule's top where that counts units, else None. ``met`` is
    false while something is ``missing``; ``rule`` says what the rule comes to so far.
    """
    standard, outcome = dossier.standard, decision.outcome
    counts = outcome.kind in COUNTING
    return {
        "standard": standard.id,
        "version": standard.version,
        "met": decision.met,
        "decidable": decision.decidable,
        "rule": _rule(standard, outcome, language),
        "counted": outcome.counted if counts else None,
        "needed": outcome.needed if counts else None,
        "short": [entry.unit for entry in outcome.all_short()],
        "missing": [
            {
                "kind": entry.kind.value,
                "subject": entry.subject,
                "part": entry.part,
                "text": explain_missing(standard, entry, language),
            }
            for entry in decision.missing
        ],
        "competences": _judged(standard, standard.competences, decision, language),
        "indicators": _judged(standard, _judged_indicators(standard, decision), decision, language),
        "life_domains": _judged(
            standard, [standard.by_code[code] for code in dossier.scope.life_domains], decision, language
        ),
    }


def _rule(standard: Framework, outcome: Outcome, language: str) -> dict[str, Any]:
    return {
        "kind": outcome.kind,
        "met": outcome.met,
        "counted": outcome.counted,
        "needed": outcome.needed,
        "total": outcome.total,
        "stage": outcome.stage,
        "percent": outcome.percent,
        "group": outcome.group,
        "text": explain(standard, outcome, language)[0].text,
        "units": list(outcome.units),
        "short": [
            {
                "unit": entry.unit,
                "shown": entry.shown,
                "asked": entry.asked,
                "text": explain_short(standard, entry, language),
            }
            for entry in outcome.short
        ],
        "parts": [_rule(standard, part, language) for part in outcome.parts],
    }


def _judged_indicators(standard: Framework, decision: Decision) -> list[Item]:
    return [item for item in standard.of_kind("indicator") if item.code in decision.stages]


def _judged(
    standard: Framework, items: tuple[Item, ...] | list[Item], decision: Decision, language: str
) -> dict[str, dict[str, Any]]:
    found = {}
    for item in items:
        stage = decision.stages.get(item.code)
        found[item.code] = {
            "title": item.name(language),
            "stage": stage,
            "judged": item.code in decision.stages,
        }
    return found


def verdict(decision: Decision, language: str) -> str:
    """Return the outcome in a sentence: met, not met, or not to be decided yet."""
    if not decision.decidable:
        return say(language, "The standard cannot be decided yet.")
    if decision.met:
        return say(language, "The standard is met.")
    return say(language, "The standard is not met.")


def outcome_text(dossier: Dossier, decision: Decision, language: str) -> str:
    """Return the whole outcome as wrapped text."""
    return "\n".join(_text(dossier, decision, language))


def _text(dossier: Dossier, decision: Decision, language: str) -> Iterator[str]:
    standard = dossier.standard
    yield from _wrapped(f"{standard.title[language]} ({standard.id} {standard.version})")
    yield say(language, "Candidate: {name}", name=dossier.candidate)
    yield say(language, "Provider: {name}", name=dossier.provider)
    yield ""
    yield verdict(decision, language)
    for line in explain(standard, decision.outcome, language):
        yield from _wrapped(line.text, 2 * line.depth)
    short = decision.outcome.all_short()
    if short:
        yield from _section(
            say(language, "What fell short"), [explain_short(standard, s, language) for s in short]
        )
    if decision.missing:
        entries = [explain_missing(standard, entry, language) for entry in decision.missing]
        yield from _section(say(language, "What is still missing"), entries)
    yield ""
    yield say(language, "What was judged")
    yield from (f"  {line}" for line in _units(dossier, decision, language))


def _units(dossier: Dossier, decision: Decision, language: str) -> Iterator[str]:
    standard = dossier.standard
    widest = max(len(title) for title in _shown_titles(standard, language))
    for item in standard.items:
        if item.code in decision.stages:
            stage = decision.stages[item.code]
            shown = standard.stage_by_code[stage].title[language] if stage else say(language, "not shown")
            yield f"{item.code:<4} {shown:<{widest}}  {item.name(language)}"


def _shown_titles(standard: Framework, language: str) -> list[str]:
    return [say(language, "not shown"), *(stage.title[language] for stage in standard.stages)]


def _section(heading: str, entries: list[str]) -> Iterator[str]:
    yield ""
    yield heading
    for entry in entries:
        yield from _wrapped(f"- {entry}", 2, 2)


def _wrapped(text: str, indent: int = 0, hanging: int = 0) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + hanging))
