"""The document of a package, ``portfolio.json``: what it is called, how its parts are told apart.

A package is a ZIP file. ``portfolio.json`` in it says everything; the pages beside it say the same for
people and are never read back. What others said (referees, assessors) stands in parts of its own, because it
is somebody else's word: a file can carry it along, but cannot prove it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from bekwaam.trust.canonical import hash_of

FORMAT: Final = "bekwaam-portfolio"
FORMAT_VERSION: Final = 1
DOCUMENT: Final = "portfolio.json"
SCHEMA: Final = "portfolio.schema.json"
INDEX: Final = "index.html"
# What is somebody else's word, or a form that belongs to one installation: read elsewhere, never believed.
OTHERS: Final = ("feedback", "procedures", "unfinished")
# What somebody looked back on, alone and with others. It came later: a package without it says nothing of it.
LOOKED_BACK: Final = ("reflections", "deliberations")

_TEXTS: Final[dict[str, Any]] = {
    "title": "", "dated_on": None, "until": None, "context": "", "contexts": {}, "story": {}, "details": {},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FrameworkKey:
    """Which version of which framework something is about."""

    identifier: str
    version: str

    def plain(self) -> dict[str, str]:
        """Return it as it stands in the document."""
        return {"identifier": self.identifier, "version": self.version}


def framework_key(found: Mapping[str, Any]) -> FrameworkKey:
    """Return which version a part of the document is about."""
    return FrameworkKey(found["identifier"], found["version"])


def texts_of(piece: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a piece, or one of its versions, says: all that is written and chosen in it.

    What an older layout leaves out counts as empty.
    """
    return {name: piece.get(name, empty) for name, empty in _TEXTS.items()}


def piece_print(kind: str, texts: Mapping[str, Any], file: str | None) -> str:
    """Return the hash by which a piece is known again: its kind, what it says, the hash of its file."""
    return hash_of({"kind": kind, "file": file, **texts_of(texts)})


def round_print(found: Mapping[str, Any]) -> str:
    """Return the hash by which a round of self-assessment is known again; its reference is no part of it."""
    ratings = sorted([one["code"], one["value"], one["note"]] for one in found["ratings"])
    moments = [_in_utc(found[name]) for name in ("started_at", "finished_at")]
    key = framework_key(found["framework"]).plain()
    return hash_of({"framework": key, "at": moments, "reflection": found["reflection"], "ratings": ratings})


def goal_print(found: Mapping[str, Any]) -> str:
    """Return the hash by which a goal of a plan is known again: what it says, and not when it was changed."""
    activities = [
        [one[name] for name in ("way", "words", "by", "done_on", "learned")] for one in found["activities"]
    ]
    said = {name: found[name] for name in ("codes", "value", "words", "by", "before", "looking_back")}
    moments = [_in_utc(found[name]) for name in ("set_at", "closed_at")]
    key = framework_key(found["framework"]).plain()
    return hash_of({**said, "framework": key, "at": moments, "activities": activities})


def agreement_print(found: Mapping[str, Any]) -> str:
    """Return the hash by which an agreement on a plan is known again."""
    return hash_of([found["name"], found["agreed_on"], _in_utc(found["written_at"]), len(found["goals"])])


def knowledge_print(found: Mapping[str, Any]) -> str:
    """Return the hash by which what somebody said of an item of knowledge is known again."""
    key = framework_key(found["framework"]).plain()
    said = {name: found[name] for name in ("code", "known", "where", "review_on")}
    return hash_of({**said, "framework": key, "at": _in_utc(found["said_at"])})


def _in_utc(moment: str | None) -> str | None:
    return datetime.fromisoformat(moment).astimezone(UTC).isoformat() if moment else None


def entry_print(entry: Mapping[str, Any]) -> str:
    """Return the hash by which what came along from elsewhere is known again, wherever its files lie now."""
    parts = (*OTHERS, *(name for name in LOOKED_BACK if entry.get(name)))
    return hash_of({name: _without_paths(entry[name]) for name in parts})


def _without_paths(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_paths(one) for one in value]
    if isinstance(value, dict):
        hidden = {"path"} if is_file(value) else set()
        return {name: _without_paths(one) for name, one in value.items() if name not in hidden}
    return value


def is_file(value: object) -> bool:
    """Tell whether a part of the document names a file of the package."""
    return isinstance(value, dict) and {"path", "sha256", "size", "name", "media_type"} == value.keys()


def files_in(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every mention of a file in a part of the document, in its order."""
    if is_file(value):
        yield value
    elif isinstance(value, (list, dict)):
        for one in value if isinstance(value, list) else value.values():
            yield from files_in(one)


def frameworks_in(value: Any) -> Iterator[FrameworkKey]:
    """Yield every mention of a framework version in a part of the document, in its order."""
    if isinstance(value, dict) and value.keys() == {"identifier", "version"}:
        yield framework_key(value)
    elif isinstance(value, (list, dict)):
        for one in value if isinstance(value, list) else value.values():
            yield from frameworks_in(one)


def others_of(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what is somebody else's word in a package, an entry per place it came from; never empty ones."""
    name = document["owner"]["name"]
    parts = (*OTHERS, *(part for part in LOOKED_BACK if document.get(part)))
    own = {"made_at": document["made_at"], "name": name, **{part: document[part] for part in parts}}
    return [entry for entry in (own, *document["elsewhere"]) if says_something(entry)]


def says_something(entry: Mapping[str, Any]) -> bool:
    """Tell whether there is anything in what came along from elsewhere."""
    return any(entry.get(part) for part in (*OTHERS, *LOOKED_BACK))
