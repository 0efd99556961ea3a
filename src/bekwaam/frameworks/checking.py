"""Checks a framework as a value: one from a spreadsheet, a draft or another program, not from a pack.

What the loader of packs would find is found here too, with the same reasons and, where the loader has them,
the same sentences. Nothing of it needs a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from bekwaam.frameworks.faults import Fault, Finding, Msgid
from bekwaam.frameworks.kinds import KINDS, Kind
from bekwaam.frameworks.loading.head import DAY, ID, PACK_KINDS, VERSION
from bekwaam.frameworks.model import Framework, Item, Source, Stage, Text
from bekwaam.frameworks.reading.fields import CODE, LANGUAGE_NAMES
from bekwaam.frameworks.rule_check import rule_findings
from bekwaam.frameworks.walkable import in_a_circle, walkable
from bekwaam.wording import LANGUAGES, N_

_MOMENT: Final = re.compile(DAY.pattern + r"[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")
# Control characters and halves of characters, as in a file: nothing can show them.
_ODD: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def check_framework(framework: Framework, name: str = "") -> tuple[Fault, ...]:
    """Return everything that has to be mended before ``framework`` can be published, in order.

    ``name`` is what the faults call the file it came from; without it, its id. ``item`` of a fault is the
    code of the item or stage. A text that is there has to be there in both languages; see
    :func:`with_missing_english` for those who have Dutch only.
    """
    file = name or framework.id
    return tuple(dict.fromkeys(finding.fault(file) for finding in findings(framework)))


def findings(framework: Framework) -> Iterator[Finding]:
    """Yield everything that is wrong with ``framework``, by its part and field. See :class:`Finding`."""
    yield from _head(framework)
    yield from _documents(framework)
    yield from _stages(framework)
    yield from _Items(framework).findings()
    if framework.rule is not None:
        yield from rule_findings(walkable(framework), framework.rule)


def with_missing_english(framework: Framework) -> tuple[Framework, int]:
    """Return ``framework`` with the Dutch wherever the English is empty, and how many times that was.

    A text that is empty in both languages stays as it is. The framework itself comes back where it has all
    its English.
    """
    filled = 0

    def whole(text: Text) -> Text:
        nonlocal filled
        if text.en.strip() or not text.nl.strip():
            return text
        filled += 1
        return Text(text.nl, text.nl)

    def whole_item(item: Item) -> Item:
        before = filled
        title, text, sort = (one and whole(one) for one in (item.title, item.text, item.sort))
        return item if filled == before else replace(item, title=title, text=text, sort=sort)

    found = replace(
        framework,
        title=whole(framework.title),
        description=whole(framework.description),
        documents={number: whole(title) for number, title in framework.documents.items()},
        stages=tuple(
            replace(stage, title=whole(stage.title), description=whole(stage.description))
            for stage in framework.stages
        ),
        items=tuple(whole_item(item) for item in framework.items),
    )
    return (found, filled) if filled else (framework, 0)


@dataclass(frozen=True, slots=True)
class _Here:
    """One part of the framework that is being looked at; its methods yield what is wrong with it."""

    part: str
    at: tuple[int, ...] = ()
    item: str = ""
    documents: Mapping[str, Text] = field(default_factory=dict)

    def wrong(self, key: str, reason: str, message: str, /, **values: Any) -> Finding:
        return Finding(self.part, self.at, key, self.item, reason, message, values)

    def missing(self, key: str) -> Finding:
        return self.wrong(key, "missing_key", N_('"{key}" is missing.'), key=key)

    def readable(self, key: str, text: str) -> Iterator[Finding]:
        if _ODD.search(text):
            message = N_("There is a character here that cannot be shown. Type the text again.")
            yield self.wrong(key, "odd_character", message)

    def filled(self, key: str, text: str) -> Iterator[Finding]:
        if not text.strip():
            yield self.missing(key)
        yield from self.readable(key, text)

    def texts(self, key: str, text: Text | None, *, needed: bool) -> Iterator[Finding]:
        """Yield what is wrong with a text: absent though it is ``needed``, or absent in one language."""
        if text is None or not (text.nl.strip() or text.en.strip()):
            if needed:
                yield self.missing(key)
            return
        for language in LANGUAGES:
            if not text[language].strip():
                named = Msgid(LANGUAGE_NAMES[language])
                message = N_('"{key}" is missing in {language}.')
                place = f"{key}.{language}"
                yield self.wrong(place, "missing_translation", message, key=key, language=named)
            yield from self.readable(f"{key}.{language}", text[language])

    def source(self, source: Source | None) -> Iterator[Finding]:
        if source is None or not source.document:
            message = N_("The source is missing: which document, which section?")
            yield self.wrong("document", "missing_source", message)
            return
        if source.document not in self.documents:
            message = N_('Document "{document}" does not stand among the documents of this framework.')
            yield self.wrong("document", "unknown_document", message, document=source.document)
        yield from self.readable("section", source.section)

    def code(self, code: str, seen: set[str], message: str) -> Iterator[Finding]:
        """Yield what is wrong with a code; ``message`` is for one that was ``seen`` before."""
        if not code:
            yield self.missing("code")
        elif not CODE.fullmatch(code):
            odd = N_('"{code}" cannot be a code: use letters, digits, ".", "-" and "_", 40 at most.')
            yield self.wrong("code", "odd_code", odd, code=code)
        if code and code in seen:
            yield self.wrong("code", "duplicate_code", message, code=code)
        seen.add(code)


def _head(framework: Framework) -> Iterator[Finding]:
    here = _Here("head", documents=framework.documents)
    odd_id = N_('"{text}" cannot be an id: use small letters, digits and "-".')
    odd_version = N_('"{text}" cannot be a version: write it like "1.0".')
    yield from _matching(here, "id", framework.id, ID, odd_id)
    yield from _matching(here, "version", framework.version, VERSION, odd_version)
    changed = framework.changed
    if changed and not DAY.fullmatch(changed) and not _MOMENT.fullmatch(changed):
        message = N_('"{text}" is not a day: write it like 2026-11-23.')
        yield here.wrong("changed", "odd_changed", message, text=changed)
    if framework.supersedes is not None and framework.supersedes == framework.version:
        message = N_('Going back from version {version} of "{id}", the versions come round in a circle.')
        values = {"version": framework.version, "id": framework.id}
        yield here.wrong("supersedes", "circle", message, **values)
    yield from _kind(here, framework)
    yield from here.texts("title", framework.title, needed=True)
    yield from here.texts("description", framework.description, needed=True)
    yield from here.source(framework.source)
    if framework.eqf is not None and not 1 <= framework.eqf <= 8:
        message = N_('"{key}" is {number}, but has to be from {low} to {high}.')
        yield here.wrong("eqf", "out_of_range", message, key="eqf", number=framework.eqf, low=1, high=8)
    if framework.id and framework.id in framework.includes:
        message = N_('"{id}" includes itself, directly or by way of another pack.')
        yield here.wrong("includes", "circle", message, id=framework.id)
    if not framework.stages and framework.kind in ("standard", "module"):
        yield here.missing("stages")


def _matching(here: _Here, key: str, text: str, pattern: re.Pattern[str], odd: str) -> Iterator[Finding]:
    if not text:
        yield here.missing(key)
    elif not pattern.fullmatch(text):
        yield here.wrong(key, f"odd_{key}", odd, text=text)


def _kind(here: _Here, framework: Framework) -> Iterator[Finding]:
    kind = framework.kind
    if not kind:
        yield here.missing("kind")
    elif kind not in PACK_KINDS:
        message = N_('"{kind}" is no kind of pack. The kinds are: {kinds}.')
        yield here.wrong("kind", "unknown_pack_kind", message, kind=kind, kinds=", ".join(PACK_KINDS))
    elif kind == "standard" and framework.rule is None:
        message = N_("A standard needs a rule: what has to be shown to meet it?")
        yield here.wrong("rule", "no_rule", message)
    elif kind != "standard" and framework.rule is not None:
        message = N_("Only a standard has a rule. Make this a standard, or leave the rule out.")
        yield here.wrong("rule", "rule_without_standard", message)


def _documents(framework: Framework) -> Iterator[Finding]:
    for number, (code, title) in enumerate(framework.documents.items()):
        here = _Here("documents", (number,), code)
        yield from here.filled("code", code)
        yield from here.texts("title", title, needed=True)


def _stages(framework: Framework) -> Iterator[Finding]:
    seen: set[str] = set()
    for number, stage in enumerate(framework.stages):
        if stage.rank != number + 1:
            message = N_("The stages stand in the order of experience: {code} comes as number {number} here.")
            values = {"code": stage.code, "number": number + 1}
            yield Finding("stages", (number,), "rank", stage.code, "out_of_order", message, values)
        yield from _stage(_Here("stages", (number,), stage.code, framework.documents), stage, seen)


def _stage(here: _Here, stage: Stage, seen: set[str]) -> Iterator[Finding]:
    twice = N_('There is already a stage "{code}". Every stage has a code of its own.')
    yield from here.code(stage.code, seen, twice)
    yield from here.filled("short", stage.short)
    yield from here.texts("title", stage.title, needed=True)
    yield from here.texts("description", stage.description, needed=True)
    yield from here.source(stage.source)


class _Items:
    """Looks at every item, with what it has to know of the others."""

    def __init__(self, framework: Framework) -> None:
        self._framework = framework
        self._stages = tuple(framework.stage_by_code)
        self._kinds: dict[str, str] = {}
        for item in framework.items:
            self._kinds.setdefault(item.code, item.kind)
        # What may not lie there at all is said of the one item that does, not of all in the circle.
        self._circular = in_a_circle(item for item in framework.items if not self._is_misplaced(item))

    def findings(self) -> Iterator[Finding]:
        seen: set[str] = set()
        twice = N_("The code {code} is used already. Every item has its own.")
        for number, item in enumerate(self._framework.items):
            here = _Here("items", (number,), item.code, self._framework.documents)
            yield from here.code(item.code, seen, twice)
            kind = KINDS.get(item.kind)
            if kind is None:
                yield self._unknown_kind(here, item)
            else:
                yield from self._place(here, item, kind)
                yield from self._stage(here, item, kind)
            yield from self._texts(here, item, kind)
            yield from here.source(item.source)

    def _unknown_kind(self, here: _Here, item: Item) -> Finding:
        if not item.kind:
            return here.missing("kind")
        message = N_('There is no kind of item "{kind}". The kinds are: {kinds}.')
        return here.wrong("kind", "unknown_kind", message, kind=item.kind, kinds=", ".join(KINDS))

    def _texts(self, here: _Here, item: Item, kind: Kind | None) -> Iterator[Finding]:
        needs = kind.needs if kind else ()
        if kind is not None and not needs and not (_is_filled(item.title) or _is_filled(item.text)):
            yield here.missing("title")
        yield from here.texts("title", item.title, needed="title" in needs)
        yield from here.texts("text", item.text, needed="text" in needs)
        yield from here.texts("sort", item.sort, needed=False)

    def _place(self, here: _Here, item: Item, kind: Kind) -> Iterator[Finding]:
        """Yield what is wrong with where the item lies: as the sections of a pack and their groups."""
        if item.parent is None:
            if not kind.at_top:
                yield _misplaced(here, kind)
            return
        above = self._kinds.get(item.parent)
        if item.parent == "" or above is None:
            if kind.grouped and not kind.inside:
                message = N_('There is no group "{group}".')
            else:
                message = N_('There is no item "{group}" for this one to lie below.')
            yield here.wrong("parent", "dangling", message, group=item.parent)
        elif item.code in self._circular and not self._is_misplaced(item):
            message = N_("Going up from {code}, one comes back to {code}: no item can lie below itself.")
            yield here.wrong("parent", "circle", message, code=item.code)
        elif self._is_misplaced(item):
            if kind.grouped and not kind.inside:
                message = N_('"{group}" is not a group.')
                yield here.wrong("parent", "dangling", message, group=item.parent)
            else:
                yield _misplaced(here, kind)

    def _is_misplaced(self, item: Item) -> bool:
        """Tell whether an item lies below one of a kind that it may not lie below."""
        kind, above = KINDS.get(item.kind), self._kinds.get(item.parent or "")
        return kind is not None and above in KINDS and above not in (*kind.inside, *kind.grouped)

    def _stage(self, here: _Here, item: Item, kind: Kind) -> Iterator[Finding]:
        if item.stage is None:
            if kind.staged:
                message = N_("The stage is missing: {section} stand per stage.")
                yield here.wrong("stage", "missing_stage", message, section=kind.section)
        elif item.stage not in self._stages:
            message = N_('There is no stage "{stage}". The stages are: {stages}.')
            known = ", ".join(self._stages) or "-"
            yield here.wrong("stage", "unknown_stage", message, stage=item.stage, stages=known)
        elif not kind.staged:
            message = N_("This kind of item has no stage of its own: {section} hold for every stage.")
            yield here.wrong("stage", "stage_not_here", message, section=kind.section)


def _misplaced(here: _Here, kind: Kind) -> Finding:
    places = ", ".join(KINDS[name].section for name in (*kind.inside, *kind.grouped))
    if kind.inside:
        message = N_('"{section}" cannot stand here, only below one of: {places}.')
    else:
        message = N_('"{section}" cannot stand here, only at the top.')
    return here.wrong("parent", "wrong_place", message, section=kind.section, places=places)


def _is_filled(text: Text | None) -> bool:
    return text is not None and bool(text.nl.strip() or text.en.strip())
