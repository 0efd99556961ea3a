"""What two frameworks, or two versions of one, have in common and where they differ. Pure.

An item has at most one counterpart, of the same kind. Between versions of one framework that is the item
with the same code or, where no code fits, the one with the same (Dutch, so official) name. Between different
frameworks a code means little, so there the name goes before the code. Every item of both stands in the
result exactly once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

from bekwaam.frameworks.kinds import KINDS
from bekwaam.frameworks.model import Framework, Item, Stage

T = TypeVar("T")
Status = Literal["shared", "changed", "moved"]

HEAD_FIELDS: Final = ("kind", "title", "description", "eqf", "rule")
ITEM_FIELDS: Final = ("title", "text", "stage")
_KIND_ORDER: Final = {name: number for number, name in enumerate(KINDS)}
_STAGE_FIELDS: Final = ("short", "rank", "title", "description")


@dataclass(frozen=True, slots=True)
class Pair:
    """An item of A with its counterpart in B.

    ``fields`` names what reads differently (of :data:`ITEM_FIELDS`); ``other_parent`` tells that they do
    not lie in each other's counterparts.
    """

    a: Item
    b: Item
    fields: tuple[str, ...] = ()
    other_parent: bool = False

    @property
    def status(self) -> Status:
        """Return "moved" for another code or place, else "changed" for other words, else "shared"."""
        if self.other_parent or self.a.code != self.b.code:
            return "moved"
        return "changed" if self.fields else "shared"


@dataclass(frozen=True, slots=True)
class KindComparison:
    """The items of one ``kind``, each in one place; pairs in the order of A."""

    kind: str
    shared: tuple[Pair, ...] = ()
    changed: tuple[Pair, ...] = ()
    moved: tuple[Pair, ...] = ()
    only_in_a: tuple[Item, ...] = ()
    only_in_b: tuple[Item, ...] = ()

    @property
    def same(self) -> bool:
        """Tell whether everything of this kind is shared."""
        return not (self.changed or self.moved or self.only_in_a or self.only_in_b)


@dataclass(frozen=True, slots=True)
class SharedModule:
    """What both took from one module, word for word; not repeated among the kinds."""

    id: str
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class StagePair:
    """A stage of either side, with its counterpart by code; ``fields`` names what differs."""

    a: Stage | None
    b: Stage | None
    fields: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Tell whether both have this stage, in the same words and at the same rank."""
        return self.a is not None and self.b is not None and not self.fields


@dataclass(frozen=True, slots=True)
class Comparison:
    """Framework ``a`` beside framework ``b``.

    ``head`` names the facts about the frameworks themselves that differ (of :data:`HEAD_FIELDS`; ids and
    versions are not compared). ``kinds`` stand in the order of the table of kinds.
    """

    a: Framework
    b: Framework
    head: tuple[str, ...]
    stages: tuple[StagePair, ...]
    modules: tuple[SharedModule, ...]
    kinds: tuple[KindComparison, ...]

    @property
    def same(self) -> bool:
        """Tell whether nothing differs but, perhaps, id, version and sources."""
        return (
            not self.head
            and all(stage.same for stage in self.stages)
            and all(kind.same for kind in self.kinds)
        )

    @property
    def counterparts(self) -> dict[str, Pair]:
        """Return every pair by its code in A, those of shared modules too."""
        pairs = [pair for module in self.modules for pair in module.pairs]
        for kind in self.kinds:
            pairs.extend((*kind.shared, *kind.changed, *kind.moved))
        return {pair.a.code: pair for pair in pairs}


def compare(a: Framework, b: Framework) -> Comparison:
    """Return what ``a`` and ``b`` share and where they differ; never fails."""
    partners = _partners(a, b)
    met = set(partners.values())
    pairs = [
        _pair(item, b.by_code[partners[item.code]], partners, met)
        for item in a.items
        if item.code in partners
    ]
    modules = _modules(a, b, pairs)
    told = {pair.a.code for module in modules for pair in module.pairs}
    return Comparison(
        a,
        b,
        head=tuple(name for name in HEAD_FIELDS if getattr(a, name) != getattr(b, name)),
        stages=_stages(a, b),
        modules=modules,
        kinds=_kinds(
            [pair for pair in pairs if pair.a.code not in told],
            [item for item in a.items if item.code not in partners],
            [item for item in b.items if item.code not in met],
        ),
    )


def kind_order(kind: str) -> tuple[int, str]:
    """Return what to sort kinds by: the order of the table of kinds, and then by name."""
    return _KIND_ORDER.get(kind, len(_KIND_ORDER)), kind


def _partners(a: Framework, b: Framework) -> dict[str, str]:
    """Return code in A -> code in B for every item that has a counterpart."""
    if a.id == b.id:
        found = _same_code(a, b, {})
        return found | _same_name(a, b, found)
    # What has both its code and its name goes first, so that of many equal names none is given away.
    found = {
        code: code
        for code in _same_code(a, b, {})
        if _name_key(a.by_code[code]) == _name_key(b.by_code[code])
    }
    found |= _same_name(a, b, found)
    return found | _same_code(a, b, found)


def _same_code(a: Framework, b: Framework, found: dict[str, str]) -> dict[str, str]:
    taken = set(found.values())
    return {
        item.code: item.code
        for item in a.items
        if item.code not in found
        and item.code not in taken
        and item.code in b.by_code
        and b.by_code[item.code].kind == item.kind
    }


def _same_name(a: Framework, b: Framework, found: dict[str, str]) -> dict[str, str]:
    taken = set(found.values())
    left = _by_name(item for item in a.items if item.code not in found)
    right = _by_name(item for item in b.items if item.code not in taken)
    # Where several have one name, the first belongs to the first: the same seen from either side.
    return {
        one.code: other.code
        for name, items in left.items()
        for one, other in zip(items, right.get(name, ()), strict=False)
    }


def _by_name(items: Iterable[Item]) -> dict[tuple[str, str], list[Item]]:
    found: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in items:
        if key := _name_key(item):
            found[key].append(item)
    return found


def _name_key(item: Item) -> tuple[str, str] | None:
    """Return what makes two items namesakes; None for an item without a name."""
    if not (item.title or item.text):
        return None
    return item.kind, " ".join(item.name("nl").casefold().split())


def _pair(one: Item, other: Item, partners: dict[str, str], met: set[str]) -> Pair:
    fields = tuple(name for name in ITEM_FIELDS if getattr(one, name) != getattr(other, name))
    # A grouping that only one side has says nothing: its items stayed where they were.
    if other.parent is None:
        other_parent = one.parent in partners
    elif one.parent is None:
        other_parent = other.parent in met
    else:
        other_parent = partners.get(one.parent) != other.parent
    return Pair(one, other, fields, other_parent)


def _modules(a: Framework, b: Framework, pairs: list[Pair]) -> tuple[SharedModule, ...]:
    """Return what came from the same module unchanged. A framework is no module of its own versions."""
    found: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        module = pair.a.module
        own = module == a.id == b.id
        if module and module == pair.b.module and not own and pair.status == "shared":
            found[module].append(pair)
    return tuple(SharedModule(module, tuple(found[module])) for module in sorted(found))


def _stages(a: Framework, b: Framework) -> tuple[StagePair, ...]:
    """Return every stage of both, by rank and then by code."""
    codes = {stage.code: stage.rank for stage in (*a.stages, *b.stages)}
    for code in codes.keys() & a.stage_by_code.keys() & b.stage_by_code.keys():
        codes[code] = min(a.stage_by_code[code].rank, b.stage_by_code[code].rank)
    ordered = sorted(codes, key=lambda code: (codes[code], code))
    return tuple(_stage_pair(a.stage_by_code.get(code), b.stage_by_code.get(code)) for code in ordered)


def _stage_pair(one: Stage | None, other: Stage | None) -> StagePair:
    if one is None or other is None:
        return StagePair(one, other)
    return StagePair(
        one, other, tuple(name for name in _STAGE_FIELDS if getattr(one, name) != getattr(other, name))
    )


def _kinds(pairs: list[Pair], only_a: list[Item], only_b: list[Item]) -> tuple[KindComparison, ...]:
    present = {pair.a.kind for pair in pairs} | {item.kind for item in (*only_a, *only_b)}

    def of(kind: str, status: Status) -> tuple[Pair, ...]:
        return tuple(pair for pair in by_kind[kind] if pair.status == status)

    by_kind = _grouped(pairs, lambda pair: pair.a.kind)
    left, right = _grouped(only_a, lambda item: item.kind), _grouped(only_b, lambda item: item.kind)
    return tuple(
        KindComparison(
            kind,
            shared=of(kind, "shared"),
            changed=of(kind, "changed"),
            moved=of(kind, "moved"),
            only_in_a=tuple(left[kind]),
            only_in_b=tuple(right[kind]),
        )
        for kind in sorted(present, key=kind_order)
    )


def _grouped(found: Iterable[T], key: Callable[[T], str]) -> dict[str, list[T]]:
    grouped: dict[str, list[T]] = defaultdict(list)
    for one in found:
        grouped[key(one)].append(one)
    return grouped
