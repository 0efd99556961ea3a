"""A framework in the words of an organisation: other titles and texts, under the codes that it has.

texts = WordingTexts({"1.1": {"text": {"nl": "..."}}})
worded(framework, texts).by_code["1.1"].text.nl

Only what people read is replaced. Codes, kinds, stages, the rule and the order stay what was published, and
the hash by which a version is known stays that of the version as it was published.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from bekwaam.frameworks.model import Framework, Item, Stage, Text
from bekwaam.wording import LANGUAGES

PARTS: Final = ("title", "text")
Texts = Mapping[str, Mapping[str, Mapping[str, str]]]


@dataclass(frozen=True, slots=True)
class Given:
    """One text of an organisation: for which ``part`` ("title" or "text") of what, in which language."""

    code: str
    part: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class WordingTexts:
    """Texts by the code of an item or a stage, then by part, then by language.

    A language that is not there keeps the text of the version.
    """

    by_code: Texts = field(default_factory=dict)

    @classmethod
    def of(cls, given: list[Given]) -> WordingTexts:
        """Return these texts; of two for the same place the last one counts."""
        found: dict[str, dict[str, dict[str, str]]] = {}
        for one in given:
            found.setdefault(one.code, {}).setdefault(one.part, {})[one.language] = one.text
        return cls(found)

    @classmethod
    def from_data(cls, data: Any) -> WordingTexts:
        """Return the texts in plain JSON data. Raises ValueError where it is not of this form."""
        texts = cls(data)
        try:
            sound = all(
                one.part in PARTS and one.language in LANGUAGES and isinstance(one.text, str) and one.text
                for one in texts
            )
        except AttributeError as error:
            raise ValueError("these are not the texts of a wording") from error
        if not sound:
            raise ValueError("these are not the texts of a wording")
        return texts

    def to_data(self) -> dict[str, Any]:
        """Return the texts as plain JSON data; what is empty is left out."""
        return {
            code: {part: dict(texts) for part, texts in parts.items() if texts}
            for code, parts in self.by_code.items()
            if any(parts.values())
        }

    def __iter__(self) -> Iterator[Given]:
        for code, parts in self.by_code.items():
            for part, texts in parts.items():
                for language, text in texts.items():
                    yield Given(code, part, language, text)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a framework where a text can be replaced, with the text that stands there.

    ``kind`` is that of the item, or "stage".
    """

    code: str
    kind: str
    title: Text | None
    text: Text | None

    def part(self, part: str) -> Text | None:
        """Return the "title" or the "text"; None where this has none."""
        return self.title if part == "title" else self.text


def slots(framework: Framework) -> Iterator[Slot]:
    """Yield everything that can be worded otherwise: the stages first, then the items in their order.

    A stage that shares its code with an item is passed over: that code means the item.
    """
    for stage in framework.stages:
        if stage.code not in framework.by_code:
            yield Slot(stage.code, "stage", stage.title, stage.description)
    for item in framework.items:
        yield Slot(item.code, item.kind, item.title, item.text)


def slots_by_code(framework: Framework) -> dict[str, Slot]:
    """Return the places of :func:`slots` by their code."""
    return {slot.code: slot for slot in slots(framework)}


def worded(framework: Framework, texts: WordingTexts) -> Framework:
    """Return ``framework`` with ``texts`` in place of its own; what it does not have is passed over.

    An item of which the text was replaced is no longer marked as ours (``own``).
    """
    of_items = {code: parts for code, parts in texts.by_code.items() if code in framework.by_code}
    return replace(
        framework,
        items=tuple(_item(item, of_items.get(item.code, {})) for item in framework.items),
        stages=tuple(
            stage if stage.code in of_items else _stage(stage, texts.by_code.get(stage.code, {}))
            for stage in framework.stages
        ),
    )


def replaced(framework: Framework, texts: WordingTexts) -> frozenset[tuple[str, str]]:
    """Return of which codes, in which language, at least one text of ``framework`` is replaced."""
    return frozenset((one.code, one.language) for one in _fitting(framework, texts))


def replaced_numbers(framework: Framework, texts: WordingTexts) -> dict[str, int]:
    """Return how many texts of ``framework`` are replaced in each language."""
    counted = Counter(one.language for one in _fitting(framework, texts))
    return {language: counted[language] for language in LANGUAGES}


def text_number(framework: Framework) -> int:
    """Return how many texts there are to replace, in one language."""
    return sum(slot.part(part) is not None for slot in slots(framework) for part in PARTS)


def _fitting(framework: Framework, texts: WordingTexts) -> Iterator[Given]:
    known = slots_by_code(framework)
    for one in texts:
        if one.code in known and known[one.code].part(one.part) is not None:
            yield one


def _item(item: Item, parts: Mapping[str, Mapping[str, str]]) -> Item:
    if not parts:
        return item
    text = _text(item.text, parts.get("text", {})) if item.text else None
    return replace(
        item,
        title=_text(item.title, parts.get("title", {})) if item.title else None,
        text=text,
        own=item.own and text == item.text,
    )


def _stage(stage: Stage, parts: Mapping[str, Mapping[str, str]]) -> Stage:
    if not parts:
        return stage
    title = _text(stage.title, parts.get("title", {}))
    description = _text(stage.description, parts.get("text", {}))
    return replace(stage, title=title, description=description)


def _text(ours: Text, theirs: Mapping[str, str]) -> Text:
    return Text(nl=theirs.get("nl", ours.nl), en=theirs.get("en", ours.en))
