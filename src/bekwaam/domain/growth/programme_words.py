"""Puts what a programme covers into sentences, in Dutch and English."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bekwaam.domain.growth.gap_words import value_name
from bekwaam.domain.growth.programme import Cover, Fall, GroupLine, Line
from bekwaam.frameworks.model import Framework
from bekwaam.wording import N_, say, say_many

_LINES: Final[dict[Cover, str]] = {
    Cover.REACHED: N_("{unit}: the programme leads to {highest}, and that is what is asked or more."),
    Cover.BELOW: N_("{unit}: the programme leads to {highest}; asked is {asked}."),
    Cover.NO_STAGE: N_("{unit}: it is taught, but no module says to which stage; asked is {asked}."),
    Cover.NOWHERE: N_("{unit}: no module is about it; asked is {asked}."),
}
COVER_NAMES: Final[dict[Cover, str]] = {
    Cover.REACHED: N_("as asked or more"),
    Cover.BELOW: N_("less than asked"),
    Cover.NO_STAGE: N_("taught, without a stage"),
    Cover.NOWHERE: N_("in no module"),
}


def explain_programme(lines: Sequence[Line], language: str) -> tuple[str, ...]:
    """Return in sentences how a programme stands to a target: in all, and what stands out."""
    covers = [line.cover for line in lines]
    told = [
        say(
            language,
            "Of the {asked} parts that are asked the programme leads to enough in {reached}.",
            asked=len(lines),
            reached=covers.count(Cover.REACHED),
        )
    ]
    below, open_, nowhere = (covers.count(one) for one in (Cover.BELOW, Cover.NO_STAGE, Cover.NOWHERE))
    if below:
        told.append(
            say_many(
                language,
                "{number} part is taught, up to a lower stage.",
                "{number} parts are taught, up to a lower stage.",
                below,
            )
        )
    if open_:
        told.append(
            say_many(
                language,
                "{number} part is taught, without a stage.",
                "{number} parts are taught, without a stage.",
                open_,
            )
        )
    if nowhere:
        told.append(
            say_many(language, "{number} part is in no module.", "{number} parts are in no module.", nowhere)
        )
    return tuple(told)


def explain_line(framework: Framework, line: Line, language: str) -> str:
    """Return one unit in a sentence."""
    return say(
        language,
        _LINES[line.cover],
        unit=_unit(framework, line.ask.code, language),
        highest=value_name(framework, line.highest, language) if line.highest else "",
        asked=value_name(framework, line.ask.value, language),
    )


def explain_once(framework: Framework, lines: Sequence[Line], language: str) -> tuple[str, ...]:
    """Return which units depend on one module only, each with that module."""
    message = N_("{unit}: only in {module}.")
    return tuple(
        say(language, message, unit=_unit(framework, line.ask.code, language), module=line.modules[0].name)
        for line in lines
        if line.once
    )


def explain_fall(framework: Framework, fall: Fall, language: str) -> str:
    """Return that a later period leads lower than an earlier one."""
    return say(
        language,
        "{unit}: {before} leads to {high} already, and {after} after it to {low}.",
        unit=_unit(framework, fall.code, language),
        before=fall.before,
        high=value_name(framework, fall.stage_before, language),
        after=fall.after,
        low=value_name(framework, fall.stage_after, language),
    )


def explain_group(line: GroupLine, language: str) -> str:
    """Return what a programme covers of a cluster, life domain, quadrant or verb."""
    values = {"group": line.group.name[language], "asked": line.asked, "reached": line.reached}
    if line.nowhere == line.asked:
        return say(language, "{group}: in no module ({asked} asked).", **values)
    if line.reached == line.asked:
        return say(language, "{group}: all as asked or more ({asked}).", **values)
    if not line.nowhere:
        return say(language, "{group}: {reached} of {asked} as asked or more.", **values)
    return say(
        language,
        "{group}: {reached} of {asked} as asked or more, {nowhere} in no module.",
        nowhere=line.nowhere,
        **values,
    )


def _unit(framework: Framework, code: str, language: str) -> str:
    return f"{code} {framework.by_code[code].name(language)}"
