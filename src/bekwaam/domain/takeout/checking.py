"""Whether the document of a package is sound, said in sentences that name the place.

The schema says which parts there are and of what form; what it cannot say (a kind's own fields, days that lie
ahead, one file that is named in two ways) is checked here as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, Final

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from bekwaam.domain.faults import Fault
from bekwaam.domain.portfolio.evidence import check_dates, check_evidence
from bekwaam.domain.portfolio.kinds import KINDS, EvidenceKind, FileRule
from bekwaam.domain.takeout.archive import FIELD
from bekwaam.domain.takeout.document import FORMAT, FORMAT_VERSION, files_in, texts_of
from bekwaam.trust.canonical import canonical_json
from bekwaam.wording import N_

SCHEMA_FILE: Final = Path(__file__).with_name("portfolio.schema.json")
MOST_FAULTS: Final = 10
_DEEPEST: Final = 60
_SHOWN: Final = 60
_YEARS: Final = range(1900, 2200)
_SKEW: Final = timedelta(days=1)  # clocks differ, and so do days

NOT_JSON: Final = N_("portfolio.json in this ZIP file cannot be read: it was cut off or changed by hand.")
_NEWER: Final = N_(
    "This portfolio was taken along from a newer Bekwaam (format {version}; here {known}). Bring it in where "
    "Bekwaam is as new, or ask whoever runs this site to bring it up to date."
)
_SENTENCES: Final[dict[str, str]] = {
    "required": N_('At {place} something is missing: "{value}".'),
    "additionalProperties": N_('At {place} stands something that does not belong there: "{value}".'),
    "type": N_("At {place} stands something of another kind than belongs there."),
    "enum": N_('At {place} stands "{value}", and that is not possible there.'),
    "const": N_('At {place} stands "{value}", and that is not possible there.'),
    "format": N_('At {place} stands "{value}", and that is no day or moment.'),
    "maxLength": N_("At {place} stands more text than is possible."),
    "maxItems": N_("At {place} are more parts than are possible."),
}
_OTHERWISE: Final = N_("At {place} something is not as it should be.")
# Asked of who fills in a form, and no reason to leave behind what was kept without it.
_LENIENT: Final = frozenset({"empty", "contact"})

# What can stand once in the lists of a piece, and what it is told apart by.
_ONCE: Final[dict[str, tuple[str, ...]]] = {
    "ties": ("framework", "code"),
    "versions": ("number",),
    "kept_marks": ("field", "text_sha256"),
    "waved_away": ("framework", "code"),
}


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the document (draft 2020-12)."""
    found: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=1)
def _validator() -> Draft202012Validator:
    formats = FormatChecker(formats=())
    formats.checks("date", ValueError)(_is_day)
    formats.checks("date-time", ValueError)(_is_moment)
    return Draft202012Validator(schema(), format_checker=formats)


def _is_day(text: object) -> bool:
    return not isinstance(text, str) or date.fromisoformat(text).isoformat() == text


def _is_moment(text: object) -> bool:
    """Tell whether a text is a moment with its zone, in a time that people live in."""
    if not isinstance(text, str):
        return True
    found = datetime.fromisoformat(text)
    return found.tzinfo is not None and found.year in _YEARS


def read_document(content: bytes, now: datetime) -> tuple[dict[str, Any] | None, tuple[Fault, ...]]:
    """Return the document with what is wrong with it; None where it cannot be read at all.

    A fault's name is the place it is about, or :data:`FIELD` where its sentence tells the place itself.
    """
    try:
        document = json.loads(content, parse_constant=_no_number)
        if not isinstance(document, dict) or _depth(document) > _DEEPEST:
            raise ValueError
        canonical_json(document)
    except (ValueError, RecursionError):
        return None, (Fault(FIELD, "not_json", NOT_JSON),)
    return document, _faults(document, now)


def _no_number(text: str) -> None:
    raise ValueError(text)


def _depth(document: Any) -> int:
    """Return how deep a document goes, level by level; raises ValueError for text no database can keep."""
    level, depth = [document], 0
    while level and depth <= _DEEPEST:
        below: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                below += [*value, *value.values()]
            elif isinstance(value, list):
                below += value
            elif isinstance(value, str) and ("\0" in value or not _encodes(value)):
                raise ValueError("no text")
        level, depth = below, depth + 1
    return depth


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _faults(document: Mapping[str, Any], now: datetime) -> tuple[Fault, ...]:
    if document.get("format") == FORMAT:
        version = document.get("format_version")
        if isinstance(version, int) and version > FORMAT_VERSION:
            values = {"version": version, "known": FORMAT_VERSION}
            return (Fault(FIELD, "newer", _NEWER, values),)
    found: list[Fault] = []
    for fault in map(_worded, _validator().iter_errors(document)):
        if fault not in found:
            found.append(fault)
        if len(found) == MOST_FAULTS:
            break
    return tuple(found) or tuple(islice(_beyond_the_schema(document, now), MOST_FAULTS))


def _worded(error: ValidationError) -> Fault:
    """Return a fault of the schema as a sentence."""
    name = str(error.validator)
    if name in ("anyOf", "oneOf") and error.context:
        deepest = max(error.context, key=lambda one: len(one.absolute_path))
        if len(deepest.absolute_path) > len(error.absolute_path):
            return _worded(deepest)
    value: Any = error.instance
    if name == "required" and isinstance(error.instance, dict):
        value = ", ".join(one for one in error.validator_value if one not in error.instance)
    elif name == "additionalProperties" and isinstance(error.instance, dict):
        known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
        value = next((one for one in error.instance if one not in known), "")
    place = place_of(error.absolute_path)
    return Fault(FIELD, f"schema_{name}", _SENTENCES.get(name, _OTHERWISE), _values(place, value))


def _values(place: str, value: object) -> dict[str, str]:
    text = str(value)
    return {"place": place, "value": text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"}


def place_of(path: Iterable[str | int]) -> str:
    """Return a place in the document as people count: "evidence 3 › ties 1 › code"."""
    told: list[str] = []
    for step in path:
        if isinstance(step, int) and told:
            told[-1] += f" {step + 1}"
        else:
            told.append(str(step))
    return " › ".join(told) or "portfolio.json"


def _beyond_the_schema(document: Mapping[str, Any], now: datetime) -> Iterator[Fault]:
    ahead = now + _SKEW
    yield from _twice((), document, {"evidence": ("ref",)})
    for number, piece in enumerate(document["evidence"]):
        for fault in _piece_faults(piece, ahead.date()):
            place = place_of(("evidence", number, fault.name))
            yield replace(fault, name=f"{place} ({piece['title'][:_SHOWN]})")
        yield from _twice(("evidence", number), piece, _ONCE)
    for number, goal in enumerate(document.get("development_plan", {}).get("goals", ())):
        if datetime.fromisoformat(goal["set_at"]) > ahead:
            place = place_of(("development_plan", "goals", number))
            yield Fault(place, "future", N_("This date is still to come."))
    for number, note in enumerate(document.get("knowledge", ())):
        if datetime.fromisoformat(note["said_at"]) > ahead:
            yield Fault(place_of(("knowledge", number)), "future", N_("This date is still to come."))
    for part in ("portfolios", "self_assessment"):
        for number, found in enumerate(document[part]):
            moments = [found["started_at"], found.get("finished_at")]
            if any(one is not None and datetime.fromisoformat(one) > ahead for one in moments):
                yield Fault(place_of((part, number)), "future", N_("This date is still to come."))
            yield from _twice((part, number), found, {"ratings": ("code",)})
    hashes: dict[str, str] = {}
    for file in files_in(document):
        if file["path"] is not None and hashes.setdefault(file["path"], file["sha256"]) != file["sha256"]:
            message = N_("{path} is named twice, as two different files.")
            yield Fault(FIELD, "two_hashes", message, {"path": file["path"]})


def _twice(
    place: tuple[str | int, ...], found: Mapping[str, Any], once: Mapping[str, tuple[str, ...]]
) -> Iterator[Fault]:
    """Yield a fault for every list of a part in which the same thing stands twice."""
    for part, names in once.items():
        keys = [json.dumps([one[name] for name in names], sort_keys=True) for one in found.get(part, ())]
        if len(set(keys)) != len(keys):
            yield Fault(place_of((*place, part)), "twice", N_("The same thing stands here twice."))


def _piece_faults(piece: Mapping[str, Any], today: date) -> Iterator[Fault]:
    """Yield what no form would ever have let through; gaps that older forms left are let be."""
    kind = EvidenceKind(piece["kind"])
    spec = KINDS[kind]
    texts = {**piece["story"], **piece["details"]}
    for name in texts:
        if spec.field(name) is None:
            yield Fault(name, "no_field", N_("This kind of evidence has no such field."))
    if piece["file"] is not None and spec.file is FileRule.NONE:
        yield Fault("file", "no_file", N_("No file goes with this kind of evidence."))
    found = texts_of(piece)
    days = [date.fromisoformat(found[name]) if found[name] else None for name in ("dated_on", "until")]
    faults = [
        *check_evidence(kind, piece["title"], texts, has_file=True),
        *check_dates(kind, days[0], days[1], today),
    ]
    yield from (fault for fault in faults if fault.reason not in _LENIENT)
