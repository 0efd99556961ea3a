"""What a team is looked at with: a standard, what is asked of it, and one layer. All of it in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from bekwaam.domain.growth.gap import LAYER_NAMES, Layer
from bekwaam.domain.growth.target import Target, target_of_profile, target_of_stage, target_of_standard
from bekwaam.frameworks.crosswalk import Reference
from bekwaam.frameworks.function_profile import FunctionProfile
from bekwaam.frameworks.library import builtin_profiles
from bekwaam.frameworks.model import Framework
from bekwaam.services.errors import NotFound
from bekwaam.services.frameworks.versions import framework_of, standards
from bekwaam.services.growth.own_profiles import profiles_at
from bekwaam.web.shared.case import language

_STANDARD: Final = "standaard"
_STAGE: Final = "stadium-"
_PROFILE: Final = "profiel-"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen in a list."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Look:
    """What was chosen, with all that can be. What is not known in an address falls back to the usual."""

    standard: Any
    framework: Framework
    target: Target
    layer: Layer
    profiles: Mapping[str, FunctionProfile]
    standards: tuple[Choice, ...]
    targets: tuple[Choice, ...]
    layers: tuple[Choice, ...]

    @property
    def query(self) -> str:
        """Return the choice as it stands in an address."""
        chosen = {name: next(one.value for one in choices if one.chosen) for name, choices in self._lists()}
        return urlencode(chosen)

    def _lists(self) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
        return (("kader", self.standards), ("doel", self.targets), ("laag", self.layers))


def looked_at(
    given: QueryDict, provider: Any, usual: str = "", *, starting: bool = False, own_profiles: bool = True
) -> Look:
    """Return what a team of ``provider`` is looked at with. Two queries; NotFound without any standard.

    Beside the profiles of the product stand ``own_profiles`` of the provider. ``usual`` is the standard
    that it is where the address says none, as "identifier@version"; with ``starting`` it is beside the first
    stage then, where a training ends (000, bijlage 4).
    """
    rows = {f"{row.identifier}@{row.version}": row for row in standards(provider)}
    if not rows:
        raise NotFound
    key = given.get("kader", usual)
    if key not in rows:
        key = next((one for one in rows if builtin_profiles(_reference(rows[one]))), next(iter(rows)))
    row = rows[key]
    framework = framework_of(row)
    own = profiles_at(provider, row) if own_profiles else ()
    profiles = {one.code: one for one in (*builtin_profiles(_reference(row)), *own)}
    aims = _aims(framework, profiles)
    aim = given.get("doel", "")
    first = next((one for one in aims if one.startswith(_STAGE)), _STANDARD) if starting else _STANDARD
    aim = aim if aim in aims else first
    layer = Layer(given["laag"]) if given.get("laag") in list(Layer) else Layer.SELF
    return Look(
        standard=row,
        framework=framework,
        target=_target(framework, profiles, aim),
        layer=layer,
        profiles=profiles,
        standards=tuple(Choice(one, rows[one].title[language()], one == key) for one in rows),
        targets=tuple(Choice(one, label, one == aim) for one, label in aims.items()),
        layers=tuple(Choice(one.value, _(name), one is layer) for one, name in LAYER_NAMES.items()),
    )


def _reference(row: Any) -> Reference:
    return Reference(row.identifier, row.version)


def _aims(framework: Framework, profiles: Mapping[str, FunctionProfile]) -> dict[str, str]:
    stages = {
        f"{_STAGE}{stage.code}": _("Everything at %(stage)s") % {"stage": stage.title[language()]}
        for stage in framework.stages
    }
    named = {f"{_PROFILE}{code}": profile.name[language()] for code, profile in profiles.items()}
    return {_STANDARD: _("What the standard asks"), **stages, **named}


def _target(framework: Framework, profiles: Mapping[str, FunctionProfile], aim: str) -> Target:
    if aim.startswith(_STAGE):
        return target_of_stage(framework, aim.removeprefix(_STAGE))
    if aim.startswith(_PROFILE):
        return target_of_profile(framework, profiles[aim.removeprefix(_PROFILE)])
    return target_of_standard(framework)
