"""Puts an outcome and what is missing into sentences, in Dutch and English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bekwaam.domain.assessment.decision import Missing, MissingKind
from bekwaam.domain.assessment.findings import INSTRUMENT_NAMES, LEG_NAMES, InstrumentKind, Leg
from bekwaam.domain.assessment.instruments import InstrumentRule, InstrumentsAsked, SessionField
from bekwaam.domain.assessment.rules import Outcome, Short
from bekwaam.frameworks.kind_names import kind_name
from bekwaam.frameworks.model import Framework
from bekwaam.wording import N_, say, say_many

FIELD_NAMES: Final[dict[SessionField, str]] = {
    SessionField.DATE: N_("the date"),
    SessionField.PLACE: N_("the place"),
    SessionField.PRESENT: N_("who took part"),
    SessionField.IDENTITY: N_("how identity was checked"),
    SessionField.IDENTITY_BY: N_("who checked identity"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of an explanation; ``depth`` says how deep in the rule it stands, 0 at the top."""

    depth: int
    met: bool
    text: str


def explain(
    framework: Framework, outcome: Outcome, language: str, depth: int = 0, *, codes: bool = True
) -> tuple[Line, ...]:
    """Return the outcome as sentences, the whole first and each part below it.

    Without ``codes`` they say how many fell short, and not which.
    """
    lines = [Line(depth, outcome.met, _sentence(framework, outcome, language, codes))]
    for part in outcome.parts:
        lines.extend(explain(framework, part, language, depth + 1, codes=codes))
    return tuple(lines)


def explain_short(framework: Framework, short: Short, language: str) -> str:
    """Return what fell short and by how much: "2.3 Agendeert ...: shown at startbekwaam, asked ..."."""
    item = framework.by_code[short.unit]
    asked = _stage(framework, short.asked, language)
    if not short.judged:
        message = say(language, "{code} {name}: no final judgement yet; asked is {asked}")
        return message.format(code=item.code, name=item.name(language), asked=asked)
    if short.shown is None:
        message = say(language, "{code} {name}: not shown; asked is {asked}")
        return message.format(code=item.code, name=item.name(language), asked=asked)
    message = say(language, "{code} {name}: shown at {shown}; asked is {asked}")
    shown = _stage(framework, short.shown, language)
    return message.format(code=item.code, name=item.name(language), shown=shown, asked=asked)


def explain_missing(framework: Framework, entry: Missing, language: str) -> str:
    """Return what blocks the decision as a sentence that says what to do."""
    item = framework.by_code.get(entry.subject)
    name = f"{item.code} {item.name(language)}" if item else entry.subject
    match entry.kind:
        case MissingKind.FINDING:
            return say(language, "{unit}: there is no final judgement yet.", unit=name)
        case MissingKind.LEG:
            leg = say(language, LEG_NAMES[Leg(entry.part)])
            return say(language, "{unit}: fill in {leg}.", unit=name, leg=leg)
        case MissingKind.SESSION_FIELD:
            field = say(language, FIELD_NAMES[SessionField(entry.part)])
            return say(language, "{session}: record {field}.", session=name, field=field)
        case MissingKind.NOT_HELD:
            instrument = say(language, INSTRUMENT_NAMES[InstrumentKind(entry.part)]).lower()
            return say(
                language,
                "{unit}: rests on a session that was not recorded ({instrument}).",
                unit=name,
                instrument=instrument,
            )
        case MissingKind.SECOND_INSTRUMENT:
            return say(
                language,
                "Beside the portfolio a second instrument is needed: an interview, a workplace "
                "observation or a practical test.",
            )
        case MissingKind.INSTRUMENT:
            instrument = say(language, INSTRUMENT_NAMES[InstrumentKind(entry.part)])
            return say(
                language,
                "{instrument}: this provider asks for one beside the portfolio, and none has been held and "
                "recorded yet.",
                instrument=instrument,
            )


def explain_asked(asked: InstrumentsAsked, language: str) -> str:
    """Return which instruments are asked beside the portfolio, as a sentence; empty for none."""
    if asked.rule is InstrumentRule.ANY:
        return say(
            language, "Beside the portfolio one interview, observation or test is needed before the outcome."
        )
    if asked.rule is InstrumentRule.NONE:
        return ""
    names = [say(language, INSTRUMENT_NAMES[kind]).lower() for kind in InstrumentKind if kind in asked.kinds]
    return say(
        language,
        "Beside the portfolio is needed before the outcome: {instruments}.",
        instruments=", ".join(names),
    )


def _sentence(framework: Framework, outcome: Outcome, language: str, codes: bool) -> str:
    if outcome.kind in ("all_of", "any_of") or (outcome.kind == "share" and outcome.parts):
        return _sentence_over_parts(outcome, language)
    stage = _stage(framework, outcome.stage, language)
    kind = kind_name(outcome.unit_kind, language)
    needed = str(outcome.needed)
    if outcome.percent is not None:
        needed = say(language, "{needed} ({percent} %)", needed=needed, percent=outcome.percent)
    values = {"counted": outcome.counted, "total": outcome.total, "needed": needed, "kind": kind}
    if outcome.stage:
        text = say(
            language,
            "{counted} of {total} {kind} shown at {stage} or higher; {needed} needed.",
            stage=stage,
            **values,
        )
    else:
        text = say(language, "{counted} of {total} {kind} shown; {needed} needed.", **values)
    if outcome.group:
        item = framework.by_code[outcome.group]
        text = f"{item.code} {item.name(language)}: {text}"
    return text + _tail(outcome, language, codes)


def _sentence_over_parts(outcome: Outcome, language: str) -> str:
    values = {"counted": outcome.counted, "total": outcome.total}
    match outcome.kind:
        case "any_of":
            return say(language, "{counted} of {total} ways met; one is enough.", **values)
        case "share":
            kind = kind_name(outcome.unit_kind, language)
            return say(
                language,
                "In {counted} of {total} {kind} at least {percent} % is shown; it is needed in every one.",
                kind=kind,
                percent=outcome.percent,
                **values,
            )
        case _:
            return say(language, "{counted} of {total} parts met; all are needed.", **values)


def _tail(outcome: Outcome, language: str, codes: bool) -> str:
    text = ""
    if outcome.lacking:
        text += " " + say_many(language, "{number} too few.", "{number} too few.", outcome.lacking)
    if outcome.short and codes:
        named = ", ".join(entry.unit for entry in outcome.short)
        text += " " + say(language, "Short: {codes}.", codes=named)
    return text


def _stage(framework: Framework, code: str | None, language: str) -> str:
    if code is None:
        return say(language, "shown")
    return framework.stage_by_code[code].title[language]
