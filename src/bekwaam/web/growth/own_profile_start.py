"""What a new function profile can begin as: empty, one of ours, or one of the organisation's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.translation import gettext as _

from bekwaam.domain.growth.profile_editing import copy_of
from bekwaam.frameworks.crosswalk import Reference
from bekwaam.frameworks.function_profile import FunctionProfile, asked_items
from bekwaam.frameworks.library import load_profile_set, profile_set_ids
from bekwaam.frameworks.model import Framework
from bekwaam.services.growth.own_profiles import elsewhere, profiles_at
from bekwaam.web.shared.case import language

EMPTY: Final = "leeg"
_OWN: Final = "eigen"

Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Begun:
    """What a new profile begins as, None for nothing; ``lost`` is what it asked that this version lacks."""

    profile: FunctionProfile | None
    lost: tuple[str, ...] = ()


def starts(provider: Any, row: Any) -> list[tuple[str, Choices]]:
    """Return all that can be copied, by where it comes from. Two queries."""
    here = Reference(row.identifier, row.version)
    own = [(_named(one), one.name[language()]) for one in profiles_at(provider, row)]
    other = [
        (_named(one), f"{one.name[language()]} ({one.framework.version})") for one in elsewhere(provider, row)
    ]
    found = [(_("Your own, on another version"), other)]
    for one in (load_profile_set(identifier) for identifier in profile_set_ids()):
        if one.framework == here:
            names = [(f"{one.id}/{profile.code}", profile.name[language()]) for profile in one.profiles]
            found.append((one.title[language()], names))
    found.append((_("Your own"), own))
    return [(title, names) for title, names in found if names]


def _named(profile: FunctionProfile) -> str:
    return f"{_OWN}/{profile.code}/{profile.framework.version}"


def begun_as(provider: Any, row: Any, framework: Framework, start: str) -> Begun | None:
    """Return what ``start`` names; None where it names nothing. At most two queries."""
    if start == EMPTY:
        return Begun(None)
    group, _slash, code = start.partition("/")
    if group == _OWN:
        own = (*profiles_at(provider, row), *elsewhere(provider, row))
        found = next((one for one in own if _named(one) == start), None)
        return _carried(framework, found, provider.name) if found else None
    known: Iterable[str] = profile_set_ids()
    ours = load_profile_set(group).by_code.get(code) if group in known else None
    if ours is None or ours.framework != Reference(row.identifier, row.version):
        return None
    return Begun(copy_of(ours, provider.name, ours=True))


def _carried(framework: Framework, profile: FunctionProfile, organisation: str) -> Begun:
    """Return a copy of a profile of one's own on this version, without what the version does not have."""
    known = {item.code for item in asked_items(framework)}
    stays = tuple(
        one
        for one in profile.demands
        if one.code in known and (one.stage in framework.stage_by_code if one.stage else not framework.stages)
    )
    here = Reference(framework.id, framework.version)
    copied = replace(copy_of(profile, organisation, ours=False), framework=here, demands=stays)
    if profile.framework == here:
        copied = replace(copied, name=_copy_name(profile))
    kept = {one.code for one in stays}
    return Begun(copied, tuple(one.code for one in profile.demands if one.code not in kept))


def _copy_name(profile: FunctionProfile) -> Any:
    name = profile.name
    return replace(name, nl=f"{name.nl} (kopie)", en=f"{name.en} (copy)")
