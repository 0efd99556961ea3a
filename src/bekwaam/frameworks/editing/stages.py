"""The stages of experience: adding, changing, ordering and removing them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bekwaam.frameworks.editing.names import code_refusal
from bekwaam.frameworks.editing.places import is_own
from bekwaam.frameworks.editing.refusal import Edited, Refusal, no
from bekwaam.frameworks.model import Framework, Item, Source, Stage, Text
from bekwaam.frameworks.rules import AllOf, AnyOf, Rule, leaves
from bekwaam.wording import N_


@dataclass(frozen=True, slots=True)
class StageInput:
    """What a person fills in about a stage."""

    code: str
    short: str
    title: Text
    description: Text
    source: Source


def add_stage(framework: Framework, given: StageInput) -> Edited:
    """Return the framework with one more stage, the highest."""
    refusal = _refusal(framework, given, known_as=None) or _shared(framework)
    if refusal:
        return refusal
    stage = Stage(
        given.code, given.short, len(framework.stages) + 1, given.title, given.description, given.source
    )
    return replace(framework, stages=(*framework.stages, stage))


def change_stage(framework: Framework, code: str, given: StageInput) -> Edited:
    """Return the framework with a stage changed; with another code, all that names it goes along."""
    stage = framework.stage_by_code.get(code)
    if stage is None:
        return _gone(code)
    refusal = _refusal(framework, given, known_as=code)
    if refusal is None and given.code != code:
        refusal = _shared(framework)
    if refusal:
        return refusal
    changed = Stage(given.code, given.short, stage.rank, given.title, given.description, given.source)
    stages = tuple(changed if one.code == code else one for one in framework.stages)
    if given.code == code:
        return replace(framework, stages=stages)

    def moved(item: Item) -> Item:
        return replace(item, stage=given.code) if item.stage == code else item

    rule = framework.rule and _renamed(framework.rule, code, given.code)
    return replace(framework, stages=stages, items=tuple(map(moved, framework.items)), rule=rule)


def move_stage(framework: Framework, code: str, step: int) -> Edited:
    """Return the framework with a stage one place lower (-1) or higher (+1)."""
    if code not in framework.stage_by_code:
        return _gone(code)
    refusal = _shared(framework)
    if refusal:
        return refusal
    row = list(framework.stages)
    at = next(place for place, one in enumerate(row) if one.code == code)
    to = at + (1 if step > 0 else -1)
    if not 0 <= to < len(row):
        return no("", "at_end", N_("This stage cannot go further."))
    row[at], row[to] = row[to], row[at]
    return _ranked(framework, row)


def remove_stage(framework: Framework, code: str) -> Edited:
    """Return the framework without a stage. Refused while an item or the rule belongs to it."""
    stage = framework.stage_by_code.get(code)
    if stage is None:
        return _gone(code)
    refusal = _shared(framework)
    if refusal:
        return refusal
    number = sum(item.stage == code for item in framework.items)
    if number:
        message = N_("{number} parts belong to this stage. Move or remove them first.")
        return no("", "in_use", message, number=number)
    if framework.rule and any(leaf.stage == code for leaf in leaves(framework.rule)):
        return no("", "in_rule", N_("The rule asks for this stage. Change the rule first."))
    return _ranked(framework, [one for one in framework.stages if one.code != code])


def _ranked(framework: Framework, row: list[Stage]) -> Framework:
    ranked = (replace(stage, rank=rank) for rank, stage in enumerate(row, start=1))
    return replace(framework, stages=tuple(ranked))


def _gone(code: str) -> Refusal:
    return no("", "gone", N_("{code} is not there any more."), code=code)


def _refusal(framework: Framework, given: StageInput, known_as: str | None) -> Refusal | None:
    refusal = code_refusal(given.code)
    if refusal:
        return refusal
    if given.code != known_as and given.code in framework.stage_by_code:
        message = N_('There is already a stage "{code}". Every stage has a code of its own.')
        return no("code", "duplicate_code", message, code=given.code)
    if not given.short:
        return no("short", "no_short", N_("Give it a short form of a few letters, such as vb."))
    if given.source.document not in framework.documents:
        return no("document", "unknown_document", N_("Choose the document that this comes from."))
    return None


def _shared(framework: Framework) -> Refusal | None:
    """Return the refusal to make other stages than those of a module that has parts in them."""
    modules = {one.module for one in framework.items if one.stage and not is_own(framework, one)}
    if not modules:
        return None
    message = N_(
        'The building block "{module}" has these same stages. Make the building block your own first; then '
        "you can change them."
    )
    return no("", "of_module", message, module=sorted(modules)[0])


def _renamed(rule: Rule, code: str, new: str) -> Rule:
    if isinstance(rule, AllOf | AnyOf):
        return replace(rule, rules=tuple(_renamed(part, code, new) for part in rule.rules))
    return replace(rule, stage=new) if rule.stage == code else rule
