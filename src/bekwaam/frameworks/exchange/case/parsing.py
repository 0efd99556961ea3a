"""Bytes of somebody else's file into plain JSON data that is safe to go on with."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from bekwaam.frameworks.faults import FaultList
from bekwaam.wording import N_

MAX_BYTES: Final = 50 * 1024 * 1024
MAX_DEPTH: Final = 40
MAX_TEXT: Final = 100_000
_LARGEST: Final = 2**53
# What no text needs: control characters but tab and line ends, and halves of a pair that stand alone.
_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

_NOT_JSON: Final = N_(
    "This is not valid JSON (line {line}, column {column}). Export the file again where it came from."
)
_TOO_DEEP: Final = N_("This is nested too deeply to be a framework.")
_TOO_BIG: Final = N_("This file is larger than {limit} MB. Split it into frameworks that can be taken in.")
_OTHER_CODING: Final = N_("This file is not in UTF-8; it seems to be in {encoding}. Save it as UTF-8.")


def parse(data: bytes, name: str, faults: FaultList, repairs: FaultList) -> dict[str, Any] | None:
    """Return the table in ``data``; None, with the fault noted, where there is none.

    Texts in it hold nothing that cannot be kept, numbers are those that JSON carries exactly.
    """
    if len(data) > MAX_BYTES:
        faults.add(name, 0, "", "too_big", _TOO_BIG, limit=MAX_BYTES // 1024**2)
        return None
    text = _decoded(data, name, faults, repairs)
    if text is None:
        return None
    value = _loaded(text, name, faults, repairs)
    if value is None:
        return None
    if not isinstance(value, dict):
        faults.add(
            name,
            0,
            "",
            "not_a_package",
            N_("This is JSON, but not a package: it has to begin with a curly bracket."),
        )
        return None
    return value if _made_fit(value, name, faults, repairs) else None


def _decoded(data: bytes, name: str, faults: FaultList, repairs: FaultList) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data[:4]:
        faults.add(name, 0, "", "encoding", _OTHER_CODING, encoding="UTF-16")
        return None
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        faults.add(name, line, "", "encoding", _OTHER_CODING, encoding="Windows-1252")
        return None


def _loaded(text: str, name: str, faults: FaultList, repairs: FaultList) -> Any:
    twice: dict[str, int] = {}

    def table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            keys = [key for key, _ in pairs]
            for key in {key for key in keys if keys.count(key) > 1}:
                twice[key] = twice.get(key, 0) + 1
        return found

    try:
        value = json.loads(
            text, object_pairs_hook=table, parse_int=_whole, parse_float=_number, parse_constant=str
        )
    except json.JSONDecodeError as error:
        faults.add(name, error.lineno, "", "not_json", _NOT_JSON, line=error.lineno, column=error.colno)
        return None
    except RecursionError:
        faults.add(name, 0, "", "too_deep", _TOO_DEEP)
        return None
    if value is None:
        faults.add(name, 0, "", "not_a_package", N_("There is nothing in this file."))
    if twice:
        message = N_("Where a key stands twice in one table the last is taken: {keys}.")
        repairs.add(name, 0, "", "duplicate_key", message, keys=", ".join(sorted(twice)[:10]))
    return value


def _whole(text: str) -> int | str:
    """Return a whole number; as text where JSON cannot carry it exactly."""
    if len(text) > 17:
        return text
    number = int(text)
    return number if abs(number) < _LARGEST else text


def _number(text: str) -> float | str:
    number = float(text)
    return number if abs(number) < _LARGEST else text


def _made_fit(value: Any, name: str, faults: FaultList, repairs: FaultList) -> bool:
    """Take out of every text what cannot be kept; tell whether it is within bounds."""
    waiting: list[tuple[Any, int]] = [(value, 1)]
    cleaned = 0
    while waiting:
        whole, depth = waiting.pop()
        if depth > MAX_DEPTH:
            faults.add(name, 0, "", "too_deep", _TOO_DEEP)
            return False
        if isinstance(whole, dict):
            for key in [key for key in whole if _UNFIT.search(key)]:
                whole[_UNFIT.sub("", key)] = whole.pop(key)
                cleaned += 1
        for place, part in list(whole.items() if isinstance(whole, dict) else enumerate(whole)):
            if isinstance(part, str):
                if len(part) > MAX_TEXT:
                    message = N_('A text of {size} characters, under "{key}", is too long: {limit} at most.')
                    faults.add(name, 0, "", "too_long", message, size=len(part), key=place, limit=MAX_TEXT)
                    return False
                if _UNFIT.search(part):
                    whole[place] = _UNFIT.sub("", part)
                    cleaned += 1
            elif isinstance(part, dict | list):
                waiting.append((part, depth + 1))
    if cleaned:
        message = N_("Characters that no text can hold were taken out of texts: {number}.")
        repairs.add(name, 0, "", "control_characters", message, number=cleaned)
    return True
