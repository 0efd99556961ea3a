"""Adding, changing, moving and removing the parts of a framework."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from bekwaam.frameworks.editing.names import code_refusal
from bekwaam.frameworks.editing.places import (
    gone,
    is_own,
    lies_below,
    module_refusal,
    place_refusal,
    put_in,
    siblings,
    without,
)
from bekwaam.frameworks.editing.refusal import Edited, Refusal, no
from bekwaam.frameworks.kinds import KINDS
from bekwaam.frameworks.model import Framework, Item, Source, Text
from bekwaam.frameworks.rules import AllOf, AnyOf, Rule, UnitSet, leaves
from bekwaam.wording import N_

MOST: Final = 50_000


@dataclass(frozen=True, slots=True)
class ItemInput:
    """What a person fills in about an item. A text that is empty in both languages is no text."""

    code: str
    title: Text
    text: Text
    source: Source
    stage: str | None = None
    own: bool = False


def add_item(framework: Framework, kind: str, parent: str | None, given: ItemInput) -> Edited:
    """Return the framework with one more item, as the last of its kind where it lies."""
    if kind not in KINDS:
        return no("kind", "unknown_kind", N_("Choose what you want to add."))
    if len(framework.items) >= MOST:
        return no("", "too_many", N_("A framework can hold {limit} parts at most."), limit=MOST)
    refusal = place_refusal(framework, kind, parent) or _refusal(framework, kind, given, known_as=None)
    if refusal:
        return refusal
    item = Item(
        code=given.code,
        kind=kind,
        title=_text(given.title),
        text=_text(given.text),
        source=given.source,
        parent=parent,
        stage=given.stage,
        module=framework.id,
        own=given.own,
    )
    return put_in(framework, (item,))


def change_item(framework: Framework, code: str, given: ItemInput) -> Edited:
    """Return the framework with other texts, source, stage or code of an item.

    With another code everything that names it goes along: what lies in it, and the rule.
    """
    item = framework.by_code.get(code)
    if item is None:
        return gone(code)
    refusal = module_refusal(framework, item) or _refusal(framework, item.kind, given, known_as=code)
    if refusal:
        return refusal
    changed = replace(
        item,
        code=given.code,
        title=_text(given.title),
        text=_text(given.text),
        source=given.source,
        stage=given.stage,
        own=given.own,
    )
    items = tuple(changed if one.code == code else one for one in framework.items)
    if given.code == code:
        return replace(framework, items=items)
    items = tuple(replace(one, parent=given.code) if one.parent == code else one for one in items)
    rule = framework.rule and _renamed(framework.rule, lambda named: given.code if named == code else named)
    return replace(framework, items=items, rule=rule)


def move_item(framework: Framework, code: str, step: int) -> Edited:
    """Return the framework with an item, and what lies in it, one place up (-1) or down (+1)."""
    item = framework.by_code.get(code)
    if item is None:
        return gone(code)
    row = [one for one in siblings(framework, item) if is_own(framework, one)]
    refusal = module_refusal(framework, item)
    if refusal:
        return refusal
    at = next(place for place, one in enumerate(row) if one.code == code) + (1 if step > 0 else -1)
    if at < 0:
        return no("", "first", N_("{code} stands first already."), code=code)
    if at >= len(row):
        return no("", "last", N_("{code} stands last already."), code=code)
    upper, lower = (item, row[at]) if step > 0 else (row[at], item)
    return _before(framework, lower.code, upper.code)


def move_below(framework: Framework, code: str, parent: str | None) -> Edited:
    """Return the framework with an item, and what lies in it, moved into ``parent`` (None: to the top)."""
    item = framework.by_code.get(code)
    if item is None:
        return gone(code)
    refusal = module_refusal(framework, item) or place_refusal(framework, item.kind, parent)
    if refusal:
        return refusal
    block = (item, *lies_below(framework, code))
    codes = {one.code for one in block}
    if parent in codes:
        return no("parent", "circle", N_("{code} cannot lie in itself."), code=code)
    if parent == item.parent:
        return framework
    return put_in(without(framework, codes), (replace(item, parent=parent), *block[1:]))


def remove_item(framework: Framework, code: str) -> Edited:
    """Return the framework without an item and everything that lies in it.

    Refused where the rule names one of them: the rule would then no longer say what it says.
    """
    item = framework.by_code.get(code)
    if item is None:
        return gone(code)
    block = (item, *lies_below(framework, code))
    refusal = module_refusal(framework, item)
    if refusal:
        return refusal
    codes = {one.code for one in block}
    named = sorted(codes & named_in_rule(framework.rule))
    if named:
        message = N_("The rule names {codes}. Change the rule first; then this can go.")
        return no("", "in_rule", message, codes=", ".join(named))
    return without(framework, codes)


def named_in_rule(rule: Rule | None) -> frozenset[str]:
    """Return the codes that a rule names."""
    if rule is None:
        return frozenset()
    return frozenset(code for leaf in leaves(rule) for code in (*leaf.units.codes, *leaf.units.within))


def _refusal(framework: Framework, kind: str, given: ItemInput, known_as: str | None) -> Refusal | None:
    refusal = code_refusal(given.code)
    if refusal:
        return refusal
    if given.code != known_as and given.code in framework.by_code:
        message = N_('There is already an item "{code}". Every item has a code of its own.')
        return no("code", "duplicate_code", message, code=given.code)
    if given.source.document not in framework.documents:
        message = N_("Choose the document that this comes from.")
        return no("document", "unknown_document", message)
    return _stage_refusal(framework, kind, given.stage)


def _stage_refusal(framework: Framework, kind: str, stage: str | None) -> Refusal | None:
    if not KINDS[kind].staged:
        return None if stage is None else no("stage", "no_stage_here", N_("This has no stage of its own."))
    if not framework.stages:
        return no("stage", "no_stages", N_("Make the stages first: this belongs to one of them."))
    if stage not in framework.stage_by_code:
        return no("stage", "unknown_stage", N_("Choose the stage that this belongs to."))
    return None


def _text(text: Text) -> Text | None:
    return text if text.nl or text.en else None


def _before(framework: Framework, code: str, other: str) -> Framework:
    """Return the framework with ``code`` and what lies in it put right before ``other``."""
    block = (framework.by_code[code], *lies_below(framework, code))
    rest = without(framework, {one.code for one in block})
    at = next(place for place, one in enumerate(rest.items) if one.code == other)
    return replace(rest, items=(*rest.items[:at], *block, *rest.items[at:]))


def _renamed(rule: Rule, name: Callable[[str], str]) -> Rule:
    if isinstance(rule, AllOf | AnyOf):
        return replace(rule, rules=tuple(_renamed(part, name) for part in rule.rules))
    units = rule.units
    codes, within = (tuple(map(name, named)) for named in (units.codes, units.within))
    return replace(rule, units=UnitSet(units.kind, codes, within))
