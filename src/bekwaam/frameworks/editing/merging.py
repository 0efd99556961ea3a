"""Putting what was read elsewhere, a spreadsheet mostly, into a framework that is being written."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bekwaam.frameworks.editing.places import is_own, may_stand
from bekwaam.frameworks.kinds import KINDS
from bekwaam.frameworks.model import Framework, Item, Stage
from bekwaam.frameworks.rules import leaves
from bekwaam.frameworks.walkable import walkable


@dataclass(frozen=True, slots=True)
class Added:
    """A framework with something put in: how many items are new, changed, and had no place."""

    framework: Framework
    new: int
    changed: int
    left_out: tuple[str, ...]


def fit(found: Framework) -> Framework:
    """Return what can be worked on of a framework that may hold anything.

    Parts without a code or kind of ours are left out; what cannot lie where it lies stands at the top, or
    goes with what it should lie in; a stage or rule that names what is not there is left out.
    """
    kept: list[Item] = []
    kinds: dict[str | None, str] = {}
    waiting = [item for item in walkable(found).items if item.kind in KINDS]
    while waiting:
        placed = [one for one in waiting if one.parent is None or one.parent in kinds]
        if not placed:
            break
        waiting = [one for one in waiting if one.parent is not None and one.parent not in kinds]
        for one in placed:
            item = _placed(one, kinds.get(one.parent), found)
            if item is not None:
                kept.append(item)
                kinds[item.code] = item.kind
    order = {item.code: place for place, item in enumerate(found.items)}
    sound = replace(found, items=_parents_first(sorted(kept, key=lambda item: order[item.code])))
    return sound if _rule_fits(sound) else replace(sound, rule=None)


def replaced(framework: Framework, found: Framework) -> Framework:
    """Return what was ``found`` in the place of ``framework``, whose id, version and past it keeps."""
    return replace(
        fit(_as_own(framework, found)),
        id=framework.id,
        version=framework.version,
        supersedes=framework.supersedes,
        kind=found.kind or framework.kind,
        title=found.title if found.title.nl else framework.title,
        description=found.description if found.description.nl else framework.description,
        documents=found.documents or framework.documents,
        source=found.source if found.source.document in found.documents else framework.source,
        changed="",
        creator="",
        uuid="",
        foreign="",
    )


def added(framework: Framework, found: Framework) -> Added:
    """Return ``framework`` with what was ``found`` put in: by code, the found one goes before what was there.

    Stages, documents and a rule come along where there were none of that name.
    """
    known = set(framework.stage_by_code)
    more = [stage for stage in found.stages if stage.code and stage.code not in known]
    framework = replace(
        framework,
        stages=_ranked((*framework.stages, *more)),
        documents=found.documents | framework.documents,
    )
    by_code = dict(framework.by_code)
    fresh: dict[str, Item] = {}
    changed, left_out = 0, []
    for item in _fitting(framework, _as_own(framework, found)):
        before = framework.by_code.get(item.code)
        above = fresh.get(item.parent or "") or by_code.get(item.parent or "")
        if before is None and _has_place(framework, above, item):
            fresh[item.code] = item
        elif before is not None and is_own(framework, before) and before.kind == item.kind:
            by_code[item.code] = replace(item, parent=before.parent)
            changed += by_code[item.code] != before
        else:
            left_out.append(item.code)
    framework = replace(framework, items=_spread(framework, tuple(by_code.values()), tuple(fresh.values())))
    if framework.rule is None and found.rule is not None and framework.kind == "standard":
        ruled = replace(framework, rule=found.rule)
        framework = ruled if _rule_fits(ruled) else framework
    return Added(framework, len(fresh), changed, tuple(left_out))


def _fitting(framework: Framework, found: Framework) -> list[Item]:
    """Return the items of ``found`` as they fit among what is there: they may lie in any of it."""
    codes = {item.code for item in found.items}
    there = tuple(item for item in framework.items if item.code not in codes)
    both = replace(found, items=(*there, *found.items), stages=framework.stages, rule=None)
    return [item for item in fit(both).items if item.code in codes]


def _spread(framework: Framework, there: tuple[Item, ...], fresh: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return the items with the fresh ones each where its parent ends, at the top after what is one's own."""
    ends: dict[str | None, int] = {}
    for place, item in enumerate(there):
        if is_own(framework, item):
            ends[None] = place
        for above in (item, *framework.ancestors(item.code)):
            ends[above.code] = place
    placed = [(place, item) for place, item in enumerate(there)]
    for item in fresh:
        ends[item.code] = ends.get(item.parent, len(there))
        placed.append((ends[item.code], item))
    return tuple(item for _, item in sorted(placed, key=lambda entry: entry[0]))


def _as_own(framework: Framework, found: Framework) -> Framework:
    items = tuple(
        replace(item, module=framework.id if is_own(found, item) else item.module) for item in found.items
    )
    return replace(found, items=items)


def _placed(item: Item, above: str | None, found: Framework) -> Item | None:
    """Return the item as it can stand below one of kind ``above``, None where it can stand nowhere."""
    staged = KINDS[item.kind].staged
    if staged and item.stage not in found.stage_by_code:
        return None
    stage = item.stage if staged else None
    if may_stand(item.kind, above):
        return replace(item, stage=stage)
    return replace(item, stage=stage, parent=None) if may_stand(item.kind, None) else None


def _has_place(framework: Framework, above: Item | None, item: Item) -> bool:
    if item.parent is not None and (above is None or not is_own(framework, above)):
        return False
    return may_stand(item.kind, above.kind if above else None)


def _parents_first(items: list[Item]) -> tuple[Item, ...]:
    """Return the items with each after the one it lies in, otherwise in the order they had."""
    by_code = {item.code: item for item in items}
    done: dict[str, Item] = {}
    for item in items:
        way = []
        at: Item | None = item
        while at is not None and at.code not in done:
            way.append(at)
            at = by_code.get(at.parent or "")
        done.update((one.code, one) for one in reversed(way))
    return tuple(done.values())


def _ranked(stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
    return tuple(replace(stage, rank=rank) for rank, stage in enumerate(stages, start=1))


def _rule_fits(framework: Framework) -> bool:
    """Tell whether everything that the rule names is there."""
    if framework.rule is None:
        return True
    return all(
        leaf.units.kind in KINDS
        and {*leaf.units.codes, *leaf.units.within} <= framework.by_code.keys()
        and (leaf.stage is None or leaf.stage in framework.stage_by_code)
        for leaf in leaves(framework.rule)
    )
