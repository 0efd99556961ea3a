"""Puts a gap, its totals and a match into sentences, in Dutch and English."""

from __future__ import annotations

from typing import Final

from bekwaam.domain.growth.gap import Gap, Layer, Standing, UnitGap
from bekwaam.domain.growth.match import Fit, Match
from bekwaam.domain.growth.rating import NO_STAGE, STEP_NAMES, Step
from bekwaam.domain.growth.target import Ask, Target, TargetKind
from bekwaam.domain.growth.totals import Total
from bekwaam.frameworks.model import Framework
from bekwaam.wording import N_, listed, say, say_many

LAYER_NAMES: Final[dict[Layer, str]] = {
    Layer.SELF: N_("Your own word"),
    Layer.FEEDBACK: N_("What others see"),
    Layer.JUDGEMENT: N_("What assessors judged"),
}

TARGET_SENTENCES: Final[dict[TargetKind, str]] = {
    TargetKind.STANDARD: N_("What the standard asks: {name}."),
    TargetKind.STAGE: N_("Everything at the stage {name}."),
    TargetKind.PROFILE: N_("What the work asks: {name}."),
    TargetKind.WHOLE: N_("All that stands in: {name}."),
}

_FITS: Final[dict[Fit, str]] = {
    Fit.ALL: N_("{layer}: all that this work asks is there."),
    Fit.PART: N_("{layer}: part of what this work asks is there, and part can still grow."),
    Fit.NOT_YET: N_("{layer}: all that this work asks can still grow."),
    Fit.OPEN: N_(
        "{layer}: not everything that this work asks has been looked at, so this cannot be told yet."
    ),
}

_OURS: Final = N_("What is asked here we ask ourselves; no document does.")
_TAKEN_OVER: Final = N_("All that is asked here was taken over from a profile that comes with Bekwaam.")
_NO_VERDICT: Final = N_("This says where you stand beside the work as described. It is no judgement of you.")


def explain_target(target: Target, language: str) -> str:
    """Return what a target is, in one sentence."""
    return say(language, TARGET_SENTENCES[target.kind], name=target.name[language])


def explain_gap(framework: Framework, gap: Gap, language: str) -> tuple[str, ...]:
    """Return the gap in sentences: a summary, then every unit that is not enough."""
    left = (unit for unit in gap.units if unit.standing is not Standing.ENOUGH)
    return (summary(gap, language), *(explain_unit(framework, unit, language) for unit in left))


def summary(gap: Gap, language: str) -> str:
    """Return in one sentence how many units are enough, fall short and are unknown."""
    return say(
        language,
        "{layer}: asked {asked}, of which enough {enough}, short {short} and unknown {unknown}.",
        layer=say(language, LAYER_NAMES[gap.layer]),
        asked=len(gap.units),
        enough=len(gap.of(Standing.ENOUGH)),
        short=len(gap.of(Standing.SHORT)),
        unknown=len(gap.of(Standing.UNKNOWN)),
    )


def explain_unit(framework: Framework, unit: UnitGap, language: str, *, whose: bool = True) -> str:
    """Return one unit: what is asked, what was shown, how far it is and, in a profile, why it is asked.

    Without ``whose`` it is left out that a demand is ours, where that is told once for all of them.
    """
    name = _name(framework, unit.code, language)
    asked = value_name(framework, unit.ask.value, language)
    if unit.standing is Standing.UNKNOWN:
        text = say(language, "{unit}: nobody said anything yet; asked is {asked}.", unit=name, asked=asked)
    elif unit.standing is Standing.ENOUGH:
        shown = value_name(framework, unit.shown, language)
        text = say(
            language, "{unit}: {shown}, and that is enough; asked is {asked}.",
            unit=name, shown=shown, asked=asked,
        )  # fmt: skip
    else:
        shown = value_name(framework, unit.shown, language)
        text = say_many(
            language,
            "{unit}: {shown}; asked is {asked}, {number} step further.",
            "{unit}: {shown}; asked is {asked}, {number} steps further.",
            unit.steps,
            unit=name,
            shown=shown,
            asked=asked,
        )
    return " ".join(filter(None, (text, why(unit.ask, language, whose=whose))))


def why(ask: Ask, language: str, *, whose: bool = True) -> str:
    """Return why a profile asks something and, where no document does, that it is ours; else nothing."""
    if ask.reason is None:
        return ""
    reason = ask.reason[language]
    if not ask.own or not whose:
        return reason
    if ask.copied:
        return say(language, "{reason} (Taken over from a profile that comes with Bekwaam.)", reason=reason)
    return say(language, "{reason} (Our demand: no document asks it.)", reason=reason)


def explain_total(total: Total, language: str) -> str:
    """Return one total in a sentence."""
    values = {
        "group": total.group.name[language],
        "asked": total.asked,
        "enough": total.enough,
        "unknown": total.unknown,
    }
    if total.unknown == total.asked:
        return say(language, "{group}: nothing is known yet of what is asked ({asked}).", **values)
    if not total.short and not total.unknown:
        return say(language, "{group}: everything that is asked is enough ({asked}).", **values)
    if not total.short:
        return say(language, "{group}: {enough} of {asked} enough, {unknown} unknown.", **values)
    return say_many(
        language,
        "{group}: {enough} of {asked} enough, {unknown} unknown, {short} short by {number} step in all.",
        "{group}: {enough} of {asked} enough, {unknown} unknown, {short} short by {number} steps in all.",
        total.steps,
        short=total.short,
        **values,
    )


def explain_match(
    framework: Framework, practice: Framework | None, found: Match, language: str
) -> tuple[str, ...]:
    """Return a match in sentences: how it lies, what fits, what can grow, what is open, where the work lies.

    ``practice`` is the framework of the profile's accents; without it they are left out.
    """
    layer = say(language, LAYER_NAMES[found.gap.layer])
    lines = [say(language, _FITS[found.fit], layer=layer)]
    if found.fitting:
        names = listed(language, [_name(framework, unit.code, language) for unit in found.fitting])
        lines.append(say(language, "What is there: {names}.", names=names))
    left = (*found.growing, *found.unknown)
    ours = all(unit.ask.own for unit in found.gap.units)
    lines += [explain_unit(framework, unit, language, whose=not ours) for unit in left]
    if ours:
        copied = all(unit.ask.copied for unit in found.gap.units)
        lines.append(say(language, _TAKEN_OVER if copied else _OURS))
    if practice is not None and found.mostly_in:
        names = listed(language, [practice.by_code[code].name(language) for code in found.mostly_in])
        lines.append(say(language, "The work lies mostly in: {names}.", names=names))
    lines.append(say(language, _NO_VERDICT))
    return tuple(lines)


def value_name(framework: Framework, value: str | None, language: str) -> str:
    """Return a stage or step in words; what was looked at and not shown is "not yet"."""
    if value is None or value == NO_STAGE:
        return say(language, STEP_NAMES[Step.NOT_YET])
    if value in list(Step):
        return say(language, STEP_NAMES[Step(value)])
    return framework.stage_by_code[value].title[language]


def _name(framework: Framework, code: str, language: str) -> str:
    return f"{code} {framework.by_code[code].name(language)}"
