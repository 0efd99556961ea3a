"""Building blocks: taking over a module as it is, making it one's own, leaving it out again."""

from __future__ import annotations

from dataclasses import replace

from bekwaam.frameworks.editing.items import named_in_rule
from bekwaam.frameworks.editing.places import is_own, without
from bekwaam.frameworks.editing.refusal import Edited, Refusal, no
from bekwaam.frameworks.model import Framework
from bekwaam.wording import N_


def modules_in(framework: Framework) -> tuple[str, ...]:
    """Return the modules that something in the framework came from, in document order."""
    return tuple(dict.fromkeys(one.module for one in framework.items if not is_own(framework, one)))


def include_module(framework: Framework, module: Framework) -> Edited:
    """Return the framework with everything of ``module`` in it, as it stands there.

    A framework without stages takes those of the module; otherwise they have to be the same.
    """
    if module.kind != "module" or module.id == framework.id:
        return no("module", "no_module", N_("Choose a building block."))
    if module.id in framework.includes:
        return no("module", "included", N_("This building block is in it already."))
    known = tuple(stage.code for stage in framework.stages)
    if known and known != tuple(stage.code for stage in module.stages):
        message = N_("A building block with other stages cannot be taken over: {stages}.")
        stages = ", ".join(stage.code for stage in module.stages)
        return no("module", "other_stages", message, stages=stages)
    clash = sorted(framework.by_code.keys() & module.by_code.keys())
    if clash:
        message = N_("These codes are in use already: {codes}. Change them here first.")
        return no("module", "duplicate_code", message, codes=", ".join(clash[:5]))
    return replace(
        framework,
        stages=framework.stages or module.stages,
        items=(*framework.items, *module.items),
        includes=(*framework.includes, module.id),
        documents=module.documents | framework.documents,
    )


def own_module(framework: Framework, module: str) -> Edited:
    """Return the framework with what came from ``module`` as its own, to be changed at will."""
    if module not in modules_in(framework):
        return _absent(module)
    items = tuple(
        replace(one, module=framework.id) if one.module == module else one for one in framework.items
    )
    return replace(framework, items=items, includes=_but(framework, module))


def leave_out_module(framework: Framework, module: str) -> Edited:
    """Return the framework without what came from ``module``. Refused where the rule names any of it."""
    codes = {one.code for one in framework.items if one.module == module}
    if module not in modules_in(framework):
        return _absent(module)
    named = sorted(codes & named_in_rule(framework.rule))
    if named:
        message = N_("The rule names {codes}. Change the rule first; then this can go.")
        return no("", "in_rule", message, codes=", ".join(named))
    return replace(without(framework, codes), includes=_but(framework, module))


def _but(framework: Framework, module: str) -> tuple[str, ...]:
    return tuple(one for one in framework.includes if one != module)


def _absent(module: str) -> Refusal:
    return no("", "no_module", N_('There is no building block "{module}" in this.'), module=module)
