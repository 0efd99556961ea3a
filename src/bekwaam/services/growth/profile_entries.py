"""How profiles of an organisation are kept in its list: with the day of the last change, and the ones before.

An entry is the document of a profile and ``earlier``: the lists (by reference) in which it said something
else, newest first, each with the day on which that had been written (empty where nobody kept it). Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from bekwaam.frameworks.exchange.sheets.headed import folded
from bekwaam.frameworks.function_profile import Demand, FunctionProfile, profile_code
from bekwaam.frameworks.function_profile_document import profile_document, profile_from_document
from bekwaam.frameworks.model import Text

MOST_EARLIER: Final = 50
Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Earlier:
    """Where an earlier wording of a profile stands: the list, by reference, and the day it was written."""

    catalogue: str
    on: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A profile as an organisation keeps it, with its earlier wordings, newest first."""

    profile: FunctionProfile
    earlier: tuple[Earlier, ...] = ()


def kept_from(entry: Entry) -> Kept:
    """Return the profile in an entry. Raises ValueError where it is none."""
    earlier = tuple(Earlier(one["list"], one["on"]) for one in entry.get("earlier", ()))
    return Kept(profile_from_document(entry), earlier)


def written(entries: Sequence[Entry], profiles: Iterable[FunctionProfile], seen: str, on: str) -> list[Entry]:
    """Return the entries of ``profiles``, in their order, that take the place of ``entries``.

    A profile that says the same as before keeps its day; another gets ``on``, and notes that its earlier
    wording stands in the list ``seen``. Which is which goes by the code.
    """
    old = {entry["code"]: entry for entry in entries}
    return [_entry(old.get(profile.code), profile, seen, on) for profile in profiles]


def _entry(old: Entry | None, profile: FunctionProfile, seen: str, on: str) -> Entry:
    new = profile_document(replace(profile, changed_on=on))
    if old is None:
        return new
    before = kept_from(old)
    if replace(before.profile, changed_on="") == replace(profile, changed_on=""):
        return old
    earlier = (Earlier(seen, before.profile.changed_on), *before.earlier)[:MOST_EARLIER]
    return {**new, "earlier": [{"list": one.catalogue, "on": one.on} for one in earlier]}


def taken_in(
    entries: Sequence[Entry], loaded: Iterable[FunctionProfile], prefix: str
) -> list[FunctionProfile]:
    """Return profiles from a spreadsheet as the ones that they are here already, by their names.

    A known name keeps its code, and what a spreadsheet cannot say: the English, the link, the accents, and of
    what is asked as before whose it is. Others get a code that is not taken.
    """
    before = [kept_from(entry).profile for entry in entries]
    known = {folded(name): one for one in before for name in (one.name.en, one.name.nl)}
    taken = {one.code for one in before}
    found: list[FunctionProfile] = []
    for new in loaded:
        old = known.get(folded(new.name.nl))
        if old is None or old.code in {one.code for one in found}:
            code = profile_code(prefix, new.name.nl, taken)
            taken.add(code)
            found.append(replace(new, code=code))
        else:
            found.append(_merged(old, new))
    return found


def _merged(old: FunctionProfile, new: FunctionProfile) -> FunctionProfile:
    return replace(
        new,
        code=old.code,
        name=_name(old.name, new.name.nl),
        text=_text(old.text, new.text),
        demands=tuple(_demand(old.by_code.get(one.code), one) for one in new.demands),
        practice=old.practice,
        accents=old.accents,
        function_book_url=old.function_book_url if old.function_book == new.function_book else "",
        copied_from=old.copied_from,
    )


def _name(old: Text, said: str) -> Text:
    """Return a name as the file writes it, beside the other language that it had."""
    if old.nl == old.en:
        return Text(said, said)
    return Text(old.nl, said) if folded(said) == folded(old.en) else Text(said, old.en)


def _text(old: Text, new: Text) -> Text:
    return old if new.nl in (old.nl, old.en) else new


def _demand(old: Demand | None, new: Demand) -> Demand:
    if old is None or new.reason.nl not in (old.reason.nl, old.reason.en):
        return new
    return old if old.stage == new.stage else replace(new, reason=old.reason)
