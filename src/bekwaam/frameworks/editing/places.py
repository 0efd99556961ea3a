"""Where items may stand, what lies below them, and in which order they come."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from bekwaam.frameworks.editing.refusal import Refusal, no
from bekwaam.frameworks.kinds import KINDS
from bekwaam.frameworks.model import Framework, Item
from bekwaam.wording import N_


def may_stand(kind: str, below: str | None) -> bool:
    """Tell whether an item of ``kind`` may lie in one of kind ``below`` (None: in nothing)."""
    known = KINDS.get(kind)
    if known is None:
        return False
    return known.at_top if below is None else below in known.inside or below in known.grouped


def kinds_below(below: str | None) -> tuple[str, ...]:
    """Return the kinds that may lie in one of kind ``below`` (None: in nothing), in the usual order."""
    return tuple(kind for kind in KINDS if may_stand(kind, below))


def lies_below(framework: Framework, code: str) -> tuple[Item, ...]:
    """Return everything that lies in an item, however deep, in document order."""
    inside = {code}
    waiting = [code]
    while waiting:
        below = [item.code for item in framework.children(waiting.pop()) if item.code not in inside]
        inside.update(below)
        waiting.extend(below)
    return tuple(item for item in framework.items if item.code in inside and item.code != code)


def siblings(framework: Framework, item: Item) -> tuple[Item, ...]:
    """Return the items among which one has its place: of its kind, in the same item and stage."""
    beside = framework.children(item.parent, item.kind)
    return tuple(one for one in beside if one.stage == item.stage)


def is_own(framework: Framework, item: Item) -> bool:
    """Tell whether an item was written in this framework, and not taken over from a module."""
    return item.module in ("", framework.id)


def module_refusal(framework: Framework, item: Item) -> Refusal | None:
    """Return the refusal to change what belongs to a module, None for what is one's own."""
    if is_own(framework, item):
        return None
    message = N_(
        '{code} comes from the building block "{module}", which every framework that takes it over shows '
        "alike. Make the building block your own first; then you can change it."
    )
    return no("", "of_module", message, code=item.code, module=item.module)


def gone(code: str) -> Refusal:
    """Return the refusal to change what is no longer there."""
    return no("", "gone", N_("{code} is not there any more."), code=code)


def place_refusal(framework: Framework, kind: str, parent: str | None) -> Refusal | None:
    """Return why an item of ``kind`` cannot lie in ``parent``, None where it can."""
    above = framework.by_code.get(parent) if parent is not None else None
    if parent is not None and above is None:
        return no("parent", "no_parent", N_("There is no {code} for this to lie in."), code=parent)
    if not may_stand(kind, above.kind if above else None):
        return no("parent", "wrong_place", N_("This kind of part cannot stand there."))
    return module_refusal(framework, above) if above else None


def put_in(framework: Framework, block: tuple[Item, ...]) -> Framework:
    """Return the framework with ``block`` (an item and what lies in it) added where its parent ends.

    At the top it comes after the last of its kind, or else at the end of what is the framework's own.
    """
    head = block[0]
    beside = [one for one in siblings(framework, head) if is_own(framework, one)]
    if beside:
        after = {beside[-1].code} | {one.code for one in lies_below(framework, beside[-1].code)}
    elif head.parent is not None:
        after = {head.parent} | {one.code for one in lies_below(framework, head.parent)}
    else:
        after = {one.code for one in framework.items if is_own(framework, one)}
    at = _end(framework, after)
    return replace(framework, items=(*framework.items[:at], *block, *framework.items[at:]))


def without(framework: Framework, codes: Collection[str]) -> Framework:
    """Return the framework without these items."""
    return replace(framework, items=tuple(one for one in framework.items if one.code not in codes))


def _end(framework: Framework, codes: Collection[str]) -> int:
    """Return the place after the last of ``codes``; the very beginning where there are none."""
    return max((n for n, one in enumerate(framework.items, start=1) if one.code in codes), default=0)
