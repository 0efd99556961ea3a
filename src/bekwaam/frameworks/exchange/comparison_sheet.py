"""A comparison as a spreadsheet: in short, side by side, the stages, and what both share from a module."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bekwaam.frameworks.compare import Comparison, KindComparison, Pair, StagePair
from bekwaam.frameworks.compared import HEAD_NAMES, head_differences
from bekwaam.frameworks.exchange.book import Book, Column, Style, Value
from bekwaam.frameworks.kind_names import kind_name
from bekwaam.frameworks.model import Framework, Item, Stage
from bekwaam.wording import LANGUAGES, N_, say

Line = tuple[Style, Sequence[Value]]

STATUSES: Final = ("shared", "changed", "moved", "only_in_a", "only_in_b")
STATUS_NAMES: Final = {
    "shared": N_("The same"),
    "changed": N_("Other words"),
    "moved": N_("Other code or place"),
    "only_in_a": N_("Only in A"),
    "only_in_b": N_("Only in B"),
}
_MEANINGS: Final = {
    "shared": N_("Both have it, in the same words, under the same code and in the same place."),
    "changed": N_("Both have it, but it reads differently."),
    "moved": N_("Both have it, but under another code or below another part."),
    "only_in_a": N_("Only the left one has it."),
    "only_in_b": N_("Only the right one has it."),
}
_FIELD_NAMES: Final = {
    **HEAD_NAMES,
    "text": N_("Text"),
    "stage": N_("Stage"),
    "short": N_("Abbreviation"),
    "rank": N_("Rank"),
}
_LANGUAGE_NAMES: Final = {"nl": N_("Dutch"), "en": N_("English")}
_BILINGUAL: Final = ("title", "text", "description")


def comparison_sheet(comparison: Comparison, language: str) -> bytes:
    """Return ``comparison`` as an XLSX file in ``language``; the same bytes for the same comparison.

    Every item of both stands in it once: on "side by side" or, where both took it word for word from one
    module, on the sheet of what is shared. ``language`` is "nl" or "en".
    """
    book = Book(f"{_named(comparison.a, language)} | {_named(comparison.b, language)}", language)
    book.page(say(language, "In short"), (34, 18, 18, 18, 18, 18, 18), _overview(comparison, language))
    book.table(say(language, "Side by side"), _columns(language), _side_by_side(comparison, language))
    if comparison.head:
        name = say(language, "The frameworks themselves")
        book.table(name, _head_columns(language), _heads(comparison, language))
    if comparison.stages:
        book.table(say(language, "Stages"), _stage_columns(language), _stages(comparison, language))
    if comparison.modules:
        book.table(say(language, "Shared module"), _module_columns(language), _modules(comparison, language))
    return book.bytes()


def _overview(comparison: Comparison, language: str) -> Iterator[Line]:
    yield "title", [say(language, "Two frameworks side by side")]
    yield "line", []
    for side, framework in (("A", comparison.a), ("B", comparison.b)):
        yield "plain", [side, _named(framework, language)]
    yield "line", []
    if comparison.same:
        yield "section", [say(language, "These two have the same content.")]
        yield "line", []
    yield from _counts(comparison, language)
    for module in comparison.modules:
        message = N_("The same in both, from the module {id}")
        yield "line", [say(language, message, id=module.id), len(module.pairs), len(module.pairs)]
    yield "line", []
    yield from _meanings(language)


def _counts(comparison: Comparison, language: str) -> Iterator[Line]:
    names = [say(language, STATUS_NAMES[status]) for status in STATUSES]
    yield "heading", [say(language, "Part"), say(language, "Together"), *names]
    for kind in comparison.kinds:
        numbers = [len(getattr(kind, status)) for status in STATUSES]
        yield "line", [_kind(kind.kind, language), sum(numbers), *numbers]


def _meanings(language: str) -> Iterator[Line]:
    yield "section", [say(language, "What the words mean")]
    for status in STATUSES:
        yield "plain", [say(language, STATUS_NAMES[status]), say(language, _MEANINGS[status])]


def _head_columns(language: str) -> list[Column]:
    return [Column(say(language, "Part"), 26), Column("A", 70), Column("B", 70)]


def _heads(comparison: Comparison, language: str) -> Iterator[list[Value]]:
    for one in head_differences(comparison, language):
        yield [one["name"], *("" if one[side] is None else one[side] for side in ("a", "b"))]


def _columns(language: str) -> list[Column]:
    both = [
        Column(f"{say(language, name)} {side}", width)
        for side in ("A", "B")
        for name, width in ((N_("Code"), 12), (N_("Title"), 34), (N_("Text"), 60), (N_("Stage"), 16))
    ]
    return [
        Column(say(language, "Part"), 22),
        Column(say(language, "In short"), 20),
        *both,
        Column(say(language, "What differs"), 24),
        Column(say(language, "Lies below, in A"), 30),
        Column(say(language, "Lies below, in B"), 30),
    ]


def _side_by_side(comparison: Comparison, language: str) -> Iterator[list[Value]]:
    order = {item.code: number for number, item in enumerate(comparison.a.items)}
    for kind in comparison.kinds:
        for status, one, other, pair in _rows(kind, order):
            yield [
                _kind(kind.kind, language),
                say(language, STATUS_NAMES[status]),
                *_side(comparison.a, one, language),
                *_side(comparison.b, other, language),
                _differing(pair, language) if pair else "",
                _parent(comparison.a, one, language),
                _parent(comparison.b, other, language),
            ]


def _rows(
    kind: KindComparison, order: dict[str, int]
) -> list[tuple[str, Item | None, Item | None, Pair | None]]:
    """Return what stands beside what: in the order of A, and then what only B has in the order of B."""
    found: list[tuple[str, Item, Item | None, Pair | None]] = [
        (pair.status, pair.a, pair.b, pair) for pair in (*kind.shared, *kind.changed, *kind.moved)
    ]
    found += [("only_in_a", item, None, None) for item in kind.only_in_a]
    found.sort(key=lambda row: order[row[1].code])
    return [*found, *(("only_in_b", None, item, None) for item in kind.only_in_b)]


def _side(framework: Framework, item: Item | None, language: str) -> list[Value]:
    if item is None:
        return ["", "", "", ""]
    stage = framework.stage_by_code.get(item.stage or "")
    return [
        item.code,
        item.title[language] if item.title else "",
        item.text[language] if item.text else "",
        stage.title[language] if stage else "",
    ]


def _differing(pair: Pair, language: str) -> str:
    """Return what differs, in words; also where it differs in the other language alone."""
    names = [_field(field, pair.a, pair.b, language) for field in pair.fields]
    if pair.a.code != pair.b.code:
        names.append(say(language, "Code"))
    if pair.other_parent:
        names.append(say(language, "Place"))
    return ", ".join(names)


def _field(field: str, one: Item | Stage, other: Item | Stage, language: str) -> str:
    name = say(language, _FIELD_NAMES[field])
    texts = [getattr(side, field) for side in (one, other)]
    if field in _BILINGUAL and None not in texts and texts[0][language] == texts[1][language]:
        elsewhere = next(spoken for spoken in LANGUAGES if spoken != language)
        return f"{name} ({say(language, _LANGUAGE_NAMES[elsewhere])})"
    return name


def _parent(framework: Framework, item: Item | None, language: str) -> str:
    over = framework.by_code.get(item.parent or "") if item else None
    return f"{over.code} {over.name(language)}" if over else ""


def _stage_columns(language: str) -> list[Column]:
    both = [
        Column(f"{say(language, name)} {side}", width)
        for side in ("A", "B")
        for name, width in ((N_("Rank"), 9), (N_("Stage"), 20), (N_("Description"), 60))
    ]
    return [
        Column(say(language, "Code"), 16),
        Column(say(language, "In short"), 16),
        *both,
        Column(say(language, "What differs"), 24),
    ]


def _stages(comparison: Comparison, language: str) -> Iterator[list[Value]]:
    for pair in comparison.stages:
        known = pair.a or pair.b
        if known is not None:
            yield [
                known.code,
                say(language, STATUS_NAMES[_stage_status(pair)]),
                *_stage(pair.a, language),
                *_stage(pair.b, language),
                ", ".join(_field(field, pair.a, pair.b, language) for field in pair.fields)
                if pair.a and pair.b
                else "",
            ]


def _stage_status(pair: StagePair) -> str:
    if pair.same:
        return "shared"
    return "only_in_b" if pair.a is None else "only_in_a" if pair.b is None else "changed"


def _stage(stage: Stage | None, language: str) -> list[Value]:
    return [stage.rank, stage.title[language], stage.description[language]] if stage else ["", "", ""]


def _module_columns(language: str) -> list[Column]:
    named = ((N_("Module"), 28), (N_("Part"), 22), (N_("Code"), 12), (N_("Title"), 40), (N_("Text"), 70))
    return [Column(say(language, name), width) for name, width in (*named, (N_("Stage"), 18))]


def _modules(comparison: Comparison, language: str) -> Iterator[list[Value]]:
    for module in comparison.modules:
        for pair in module.pairs:
            kind = _kind(pair.a.kind, language)
            yield [module.id, kind, *_side(comparison.a, pair.a, language)]


def _kind(kind: str, language: str) -> str:
    name = kind_name(kind, language)
    return name[:1].upper() + name[1:]


def _named(framework: Framework, language: str) -> str:
    return f"{framework.title[language]} ({framework.id} {framework.version})"
