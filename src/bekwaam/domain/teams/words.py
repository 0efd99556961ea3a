"""Puts what a team covers into sentences, in Dutch and English."""

from __future__ import annotations

from typing import Final

from bekwaam.domain.growth.gap_words import value_name
from bekwaam.domain.teams.aggregates import Band
from bekwaam.domain.teams.coverage import GroupCover, Thin, ThinSpot
from bekwaam.domain.teams.series import Reach
from bekwaam.domain.teams.starting import BesideModel, Part
from bekwaam.domain.teams.what_if import Change
from bekwaam.frameworks.model import Framework
from bekwaam.frameworks.team_model import Composition
from bekwaam.wording import N_, say, say_many

_THIN: Final[dict[Thin, str]] = {
    Thin.NOBODY: N_("{unit}: nobody in the team shows {asked}."),
    Thin.NOT_KNOWN: N_("{unit}: nobody is known to show {asked}; of {open} this is not known or not shared."),
    Thin.ONE: N_("{unit}: one person shows {asked}. The team leans on that person."),
    Thin.FEW: N_("{unit}: few people show {asked}."),
}

_COMPOSITIONS: Final[dict[Composition, str]] = {
    Composition.EACH: N_("In this model every member can do all that is asked."),
    Composition.ROLES: N_("In this model every profile is filled by somebody."),
    Composition.TOGETHER: N_("In this model the members can do together all that is asked."),
}


def explain_thin(framework: Framework, spot: ThinSpot, language: str) -> str:
    """Return where a team is thin and why, without names."""
    unit = _unit(framework, spot.ask.code, language)
    asked = value_name(framework, spot.ask.value, language)
    return say(language, _THIN[spot.why], unit=unit, asked=asked, open=spot.open)


def explain_cover(cover: GroupCover, language: str) -> str:
    """Return what a team covers of a cluster, life domain, quadrant or verb."""
    return say(
        language,
        "{group}: {covered} of {asked} covered, {thin} by one person or nobody.",
        group=cover.group.name[language],
        covered=cover.covered,
        asked=cover.asked,
        thin=cover.thin,
    )


def explain_change(framework: Framework, change: Change, language: str) -> tuple[str, ...]:
    """Return what would change if somebody left or joined; one sentence where nothing would."""
    if not change.shifts:
        return (say(language, "What the team covers stays the same."),)
    lines = [
        say(
            language,
            "{unit}: shown by {before} now, by {after} then.",
            unit=_unit(framework, shift.code, language),
            before=shift.before,
            after=shift.after,
        )
        for shift in change.shifts
    ]
    if change.thinner:
        lines.append(
            say_many(
                language,
                "The team would become thin in {number} place.",
                "The team would become thin in {number} places.",
                len(change.thinner),
            )
        )
    if change.filled:
        lines.append(
            say_many(
                language,
                "In {number} place the team would no longer be thin.",
                "In {number} places the team would no longer be thin.",
                len(change.filled),
            )
        )
    return tuple(lines)


def explain_model(found: BesideModel, language: str) -> tuple[str, ...]:
    """Return what a model asks and, profile by profile, how the team lies beside it."""
    asked = say(language, _COMPOSITIONS[found.model.composition])
    return (asked, *(_part(found.model.composition, part, language) for part in found.parts))


def band_name(framework: Framework, band: Band, language: str) -> str:
    """Return the values of a band in words: one stage, or from one to another."""
    first, last = (value_name(framework, value, language) for value in (band.values[0], band.values[-1]))
    return first if first == last else say(language, "{first} to {last}", first=first, last=last)


def reach_count(reach: Reach | None, language: str) -> str:
    """Return how many are at what is asked or above: a number, between two, or that it cannot be told."""
    if reach is None:
        return say(language, "not counted")
    if not reach.told:
        return say(language, "cannot be told")
    if reach.exact:
        return str(reach.low)
    return say(language, "between {low} and {high}", low=reach.low, high=reach.high)


def reach_share(reach: Reach | None, language: str) -> str:
    """Return the same in percents."""
    if reach is None or not reach.told:
        return reach_count(reach, language)
    low, high = reach.percents
    if reach.exact:
        return f"{low}%"
    return say(language, "between {low} and {high}", low=low, high=f"{high}%")


def _part(composition: Composition, part: Part, language: str) -> str:
    values = {"profile": part.profile.name[language]}
    if part.met:
        return say(language, "{profile}: this is so.", **values)
    if composition is Composition.TOGETHER:
        missing = sum(not spot.covered_by for spot in part.open)
        return say_many(
            language,
            "{profile}: {number} thing that is asked is not covered yet.",
            "{profile}: {number} things that are asked are not covered yet.",
            missing,
            **values,
        )
    if not part.filled_by:
        return say(language, "{profile}: nobody covers all that is asked yet.", **values)
    return say_many(
        language,
        "{profile}: {number} member covers all that is asked.",
        "{profile}: {number} members cover all that is asked.",
        len(part.filled_by),
        **values,
    )


def _unit(framework: Framework, code: str, language: str) -> str:
    return f"{code} {framework.by_code[code].name(language)}"
