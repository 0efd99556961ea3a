"""Reads the everyday words of a standard: a folder of files, or one file. See ``docs/suggesties.md``.

All faults are found in one go.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from bekwaam.frameworks.faults import FaultList, FaultsFound
from bekwaam.frameworks.reading.fields import Fields
from bekwaam.frameworks.reading.files import read_file
from bekwaam.frameworks.reading.tree import Table
from bekwaam.frameworks.word_list import Entry, Weight, WordList
from bekwaam.wording import N_

MAX_BYTES: Final = 1_000_000
MAX_WORDS: Final = 7
_KEY: Final = "items"
_CONTEXT: Final = "context"
_ITEM_KEYS: Final = ("code", *Weight)


def load_word_list(path: Path, standard: str, codes: Collection[str] | None = None) -> WordList:
    """Return the words in ``path``, those of ``standard``. Raises FaultsFound with every fault.

    With ``codes``, those of the standard, a code that is not among them is a fault.
    """
    faults = FaultList()
    reading = _Reading(faults, codes)
    for file in _files(path, faults):
        reading.file(file)
    if not len(faults) and not reading.entries:
        faults.add(str(path), 0, "", "empty", N_("There are no words here."))
    if len(faults):
        raise FaultsFound(faults.sorted())
    entries = {code: tuple(found) for code, found in reading.entries.items()}
    return WordList(standard, entries, tuple(reading.context))


def _files(path: Path, faults: FaultList) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(path.glob("*.yaml"))
    if not found:
        faults.add(str(path), 0, "", "no_files", N_("There is no .yaml file in this folder."))
    return found


@dataclass
class _Reading:
    """What has been read so far; ``places`` remembers where a code and each of its phrases stands."""

    faults: FaultList
    codes: Collection[str] | None
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    context: list[str] = field(default_factory=list)
    places: dict[tuple[str, str], str] = field(default_factory=dict)

    def file(self, path: Path) -> None:
        """Read one file."""
        name = str(path)
        node = read_file(path, name, MAX_BYTES, self.faults)
        if node is None:
            return
        if not isinstance(node, Table):
            message = N_('A list of words has "{key}" at the top, with the words of each item below it.')
            self.faults.add(name, node.line, "", "not_a_table", message, key=_KEY)
            return
        fields = Fields(name, node, self.faults)
        fields.only((_KEY, _CONTEXT))
        if not fields.has(_KEY) and not fields.has(_CONTEXT):
            fields.missing(_KEY)
        for word, line in fields.strings(_CONTEXT):
            if self._is_sound(fields, "", word, line):
                self.context.append(word)
        for written in fields.tables(_KEY):
            self._item(written)

    def _item(self, written: Fields) -> None:
        code = written.code()
        here = Fields(written.file, written.table, written.faults, code or "")
        here.only(_ITEM_KEYS)
        if code is None or not self._is_known(here, code) or not self._is_first(here, code):
            return
        found = self.entries.setdefault(code, [])
        for weight in Weight:
            for phrase, line in here.strings(weight):
                if self._is_sound(here, code, phrase, line):
                    found.append(Entry(phrase, weight))
        if not found:
            message = N_("There are no words for this item. Write some, or leave the item out.")
            here.fault(here.table.line, "no_words", message)

    def _is_known(self, here: Fields, code: str) -> bool:
        if self.codes is None or code in self.codes:
            return True
        near = get_close_matches(code, list(self.codes), n=1, cutoff=0.5)
        message = N_("There is no {code} in the standard.")
        values = {"code": code}
        if near:
            message = N_("There is no {code} in the standard. Did you mean {near}?")
            values["near"] = near[0]
        here.fault(here.line("code"), "unknown_code", message, **values)
        return False

    def _is_first(self, here: Fields, code: str) -> bool:
        first = self.places.setdefault((code, ""), f"{here.file}:{here.line('code')}")
        if first == f"{here.file}:{here.line('code')}":
            return True
        message = N_("The words of {code} stand at {place} already. Put them together.")
        here.fault(here.line("code"), "duplicate_code", message, code=code, place=first)
        return False

    def _is_sound(self, here: Fields, code: str, phrase: str, line: int) -> bool:
        if not any(character.isalnum() for character in phrase):
            message = N_('"{phrase}" holds no letter or figure.')
            here.fault(line, "no_word", message, phrase=phrase)
            return False
        if len(phrase.split()) > MAX_WORDS or len(phrase) > 80:
            message = N_('"{phrase}" is too long: write a word or a phrase of at most {number} words.')
            here.fault(line, "too_long", message, phrase=phrase[:80], number=MAX_WORDS)
            return False
        place = f"{here.file}:{line}"
        first = self.places.setdefault((code, " ".join(phrase.casefold().split())), place)
        if first != place:
            message = N_('"{phrase}" stands at {place} already. Keep one of them.')
            here.fault(line, "duplicate_phrase", message, phrase=phrase, place=first)
            return False
        return True
