"""Which documents, in which order, and which of their fields: what a request may ask of a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bekwaam.api.case.status import NO_FIELD, NO_SORT, Wrong
from bekwaam.frameworks.exchange.case.shapes import SHAPES, moment_in

_LINK: Final = ("title", "identifier", "uri")
_LINKS: Final = ("subjectURI", "licenseURI", "CFPackageURI")
DOCUMENT_FIELDS: Final = (*SHAPES["CFDocument"], "CFPackageURI")
"""The fields of a CFDocument; a link among them has fields of its own, as in "licenseURI.title"."""
SEARCHED: Final = (
    *(name for name in DOCUMENT_FIELDS if name not in (*_LINKS, "extensions")),
    *(f"{name}.{part}" for name in _LINKS for part in _LINK),
)
"""What can be sorted and filtered on."""
_MOMENTS: Final = ("lastChangeDateTime", "statusStartDate", "statusEndDate")
_LONGEST: Final = 2000
_PART: Final = re.compile(r"\s*([A-Za-z][\w.]*)\s*(!=|>=|<=|=|>|<|~)\s*'((?:[^'\\]|\\.|'')*)'\s*", re.DOTALL)
_JOIN: Final = re.compile(r"(AND|OR)\b", re.IGNORECASE)

Test = Callable[[dict[str, Any]], bool]


def filtered(documents: list[dict[str, Any]], written: str) -> list[dict[str, Any]]:
    """Return the documents that a filter lets through: ``field='value'``, joined by AND and OR.

    The predicates are = != > >= < <= and ~ (contains); AND binds before OR; a quote within a value is
    doubled. Letters are compared without regard to case. Raises Wrong where the filter cannot be read.
    """
    test = _read(written)
    return [document for document in documents if test(document)]


def ordered(documents: Iterable[dict[str, Any]], field: str, descending: bool) -> list[dict[str, Any]]:
    """Return the documents by ``field``, and where that is the same by identifier; without one last.

    Raises Wrong for a field that cannot be sorted on.
    """
    if field not in SEARCHED:
        raise Wrong(400, NO_SORT, "sort", f'There is no field "{field}" to sort on.')
    found = sorted(documents, key=lambda document: str(document["identifier"]))
    with_it = [document for document in found if _values(document, field)]
    without = [document for document in found if not _values(document, field)]
    with_it.sort(key=lambda document: _order(field, _values(document, field)[0]), reverse=descending)
    return [*with_it, *without]


def selected(
    whole: dict[str, Any], fields: list[str], known: Iterable[str], always: Iterable[str]
) -> dict[str, Any]:
    """Return of ``whole`` only ``fields`` and what CASE requires to be there ``always``.

    Raises Wrong for a field that is not ``known``.
    """
    known = set(known)
    for field in fields:
        if field not in known:
            raise Wrong(400, NO_FIELD, "fields", f'There is no field "{field}" to select.')
    wanted = {*fields, *always}
    return {name: value for name, value in whole.items() if name in wanted} if fields else whole


@dataclass(frozen=True, slots=True)
class _Predicate:
    field: str
    sign: str
    value: str

    def holds(self, document: dict[str, Any]) -> bool:
        """Tell whether it holds; of a field with several values, for any of them (for != for all)."""
        values = _values(document, self.field)
        if self.sign == "!=":
            return not any(self._equal(value) for value in values)
        return any(self._compares(value) for value in values)

    def _equal(self, value: Any) -> bool:
        return bool(_order(self.field, value) == _order(self.field, self.value))

    def _compares(self, value: Any) -> bool:
        mine, theirs = _order(self.field, value), _order(self.field, self.value)
        match self.sign:
            case "=":
                return bool(mine == theirs)
            case "~":
                return self.value.casefold() in str(value).casefold()
            case ">":
                return bool(mine > theirs)
            case ">=":
                return bool(mine >= theirs)
            case "<":
                return bool(mine < theirs)
        return bool(mine <= theirs)


def _read(written: str) -> Test:
    """Return the test that a filter is: alternatives of predicates that all have to hold."""
    if len(written) > _LONGEST:
        raise _not_understood(f"it is longer than {_LONGEST} characters")
    alternatives: list[list[_Predicate]] = [[]]
    for predicate, join in _parts(written):
        alternatives[-1].append(predicate)
        if join == "OR":
            alternatives.append([])
    return lambda document: any(all(part.holds(document) for part in parts) for parts in alternatives)


def _parts(written: str) -> Iterator[tuple[_Predicate, str]]:
    position = 0
    while True:
        found = _PART.match(written, position)
        if found is None:
            raise _not_understood(f"at character {position + 1} a part like field='value' is expected")
        field, sign, value = found.groups()
        value = re.sub(r"\\(.)", r"\1", value.replace("''", "'"), flags=re.DOTALL)
        if field not in SEARCHED:
            raise _not_understood(f'there is no field "{field}" to filter on')
        if field in _MOMENTS and sign != "~" and moment_in(value) is None:
            raise _not_understood(f"{field} is compared with a moment, such as '2026-11-23T00:00:00Z'")
        position = found.end()
        join = _JOIN.match(written, position)
        yield _Predicate(field, sign, value), join.group(1).upper() if join else ""
        if join is None:
            if position != len(written):
                raise _not_understood(f"at character {position + 1} AND or OR is expected")
            return
        position = join.end()


def _not_understood(why: str) -> Wrong:
    return Wrong(400, NO_FIELD, "filter", f"This filter is not understood: {why}.")


def _values(document: dict[str, Any], field: str) -> list[Any]:
    """Return the values under a field; nothing where it is absent."""
    found: list[Any] = [document]
    for name in field.split("."):
        found = [one[name] for one in found if isinstance(one, dict) and name in one]
        found = [part for one in found for part in (one if isinstance(one, list) else [one])]
    return found


def _order(field: str, value: Any) -> Any:
    """Return what to compare a value by."""
    if field in _MOMENTS:
        return datetime.fromisoformat((moment_in(value) or "0001-01-01T00:00:00Z").replace("Z", "+00:00"))
    return str(value).casefold()
