"""The choices for where and with whom work was: from the packs, and our own short lists."""

from __future__ import annotations

from collections.abc import Mapping

from bekwaam.domain.portfolio.contexts import GROUPS, REACHES, Dimension
from bekwaam.frameworks.library import load_builtin
from bekwaam.frameworks.model import Framework
from bekwaam.wording import say

SETTINGS_PACK = "lokaal-sociaal-werk"
DOMAINS_PACK = "leefgebieden-sociaal-werk"


def context_choices(framework: Framework, language: str) -> dict[Dimension, dict[str, str]]:
    """Return the choices of each dimension: code to name, in ``language``. No query.

    The settings of work are those of the profile of local social work; the life domains those of the
    framework itself, or of the module where it has none.
    """
    domains = framework.of_kind("life_domain") or load_builtin(DOMAINS_PACK).of_kind("life_domain")
    return {
        Dimension.SETTING: {
            item.code: item.name(language) for item in load_builtin(SETTINGS_PACK).of_kind("setting")
        },
        Dimension.GROUP: {code: say(language, name) for code, name in GROUPS.items()},
        Dimension.DOMAIN: {item.code: item.name(language) for item in domains},
        Dimension.REACH: {code: say(language, name) for code, name in REACHES.items()},
    }


def named_contexts(framework: Framework, contexts: Mapping[str, str], language: str) -> list[str]:
    """Return what was chosen, by name, in the order of the dimensions; an unknown code stands as it is."""
    if not contexts:
        return []
    known = context_choices(framework, language)
    return [
        known[dimension].get(contexts[dimension.value], contexts[dimension.value])
        for dimension in Dimension
        if contexts.get(dimension.value)
    ]
