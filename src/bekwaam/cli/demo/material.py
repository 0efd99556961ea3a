"""Reads what the demo is made of: people, evidence, reasons and dossiers, as frozen values.

The files are data, in Dutch, as a Dutch provider would have them; what each key means stands in the files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

DATA: Final = Path(__file__).resolve().parent / "data"
# The loader in C reads the data three times as fast, where it was built in.
LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person as the data names them: ``key`` for us, and their roles at a provider."""

    key: str
    name: str
    email: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class House:
    """A provider, with who works there; it was registered ``day`` working days ago."""

    key: str
    name: str
    place: str
    day: int
    people: tuple[Somebody, ...]
    website: str = ""
    legal_id: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence, before a candidate has added it. ``ties`` maps codes to why."""

    key: str
    kind: str
    title: str
    context: str
    months_ago: int
    ties: Mapping[str, str]
    texts: Mapping[str, str] = field(default_factory=dict)
    contexts: Mapping[str, str] = field(default_factory=dict)
    until_months_ago: int | None = None
    template: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class OwnFolder:
    """Somebody who collects for themself, since ``day`` working days ago, without any procedure."""

    key: str
    name: str
    day: int
    pieces: tuple[str, ...]

    @property
    def email(self) -> str:
        """Return their address, at a domain that nobody can ever own."""
        return address(self.name)


@dataclass(frozen=True, slots=True)
class Reason:
    """What an assessor can write on a unit: two legs, and in ``about`` where the third comes from."""

    unit: str
    number: int
    about: str
    stage: str
    observed: str
    why: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """One candidate's procedure and how far it goes; see ``data/dossiers.yaml``."""

    key: str
    provider: str
    name: str
    purpose: str
    guide: str
    assessors: tuple[str, ...]
    days: Mapping[str, int]
    pieces: tuple[str, ...] = ()
    other_stages: bool = False
    life_domains: tuple[str, ...] = ()
    stages: Mapping[str, str] = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    sessions: tuple[Mapping[str, str], ...] = ()
    tips: tuple[Mapping[str, str], ...] = ()
    half_way: Mapping[str, Any] = field(default_factory=dict)
    differences: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    proposal: Mapping[str, str] = field(default_factory=dict)
    dissent: Mapping[str, str] = field(default_factory=dict)
    facts: tuple[Mapping[str, str], ...] = ()
    objection: Mapping[str, Any] = field(default_factory=dict)
    copied: Mapping[str, str] = field(default_factory=dict)
    withdrawn: str = ""

    @property
    def email(self) -> str:
        """Return the candidate's address, at a domain that nobody can ever own."""
        return address(self.name)


@dataclass(frozen=True, slots=True)
class Material:
    """Everything together. ``advice`` maps units to what to do about falling short."""

    operator: Somebody
    houses: tuple[House, ...]
    pieces: Mapping[str, Piece]
    reasons: tuple[Reason, ...]
    advice: Mapping[str, str]
    dossiers: tuple[Dossier, ...]
    folders: tuple[OwnFolder, ...]
    practice: tuple[Mapping[str, Any], ...] = ()
    deliberations: tuple[Mapping[str, Any], ...] = ()
    teams: tuple[Mapping[str, Any], ...] = ()
    growth: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    knowledge: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    schools: tuple[Mapping[str, Any], ...] = ()


def address(name: str) -> str:
    """Return the mail address of somebody of the demo."""
    return f"{name.lower().replace(' ', '.')}@example.org"


@lru_cache(maxsize=1)
def material() -> Material:
    """Return the demo's data."""
    people = _read("people.yaml")
    judged = _read_all("reasons")
    return Material(
        operator=Somebody("operator", **people["operator"]),
        houses=tuple(_house(key, value) for key, value in people["providers"].items()),
        pieces={**_stories(), **_other_pieces()},
        reasons=tuple(_reasons(judged)),
        advice={unit: entry["advice"] for unit, entry in judged.items() if "advice" in entry},
        dossiers=tuple(_dossier(key, value) for key, value in _read("dossiers.yaml").items()),
        folders=tuple(
            OwnFolder(key, value["name"], value["day"], tuple(value["pieces"]))
            for key, value in _read("portfolios.yaml").items()
        ),
        practice=tuple(_read("practice.yaml").values()),
        deliberations=tuple(_read("deliberations.yaml").values()),
        teams=tuple(_read("teams.yaml").values()),
        growth=_read("growth.yaml"),
        knowledge={key: tuple(notes) for key, notes in _read("knowledge.yaml").items()},
        schools=tuple(_read("school.yaml").values()),
    )


def _read(name: str) -> dict[str, Any]:
    with (DATA / name).open(encoding="utf-8") as source:
        content: dict[str, Any] = yaml.load(source, Loader=LOADER)  # noqa: S506 - a safe loader, both of them
    return content


def _read_all(folder: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in sorted((DATA / folder).glob("*.yaml")):
        found.update(_read(f"{folder}/{path.name}"))
    return found


def _house(key: str, value: dict[str, Any]) -> House:
    people = tuple(
        Somebody(name, entry["name"], entry["email"], tuple(entry["roles"]))
        for name, entry in value["people"].items()
    )
    known = (value.get("website", ""), value.get("legal_id", ""))
    return House(key, value["name"], value["place"], value["day"], people, *known)


def _stories() -> dict[str, Piece]:
    parts = ("situation", "task", "action", "result", "reflection")
    return {
        key: Piece(
            key=key,
            kind="story",
            title=value["title"],
            context=value["context"],
            months_ago=value["months_ago"],
            ties=value["ties"],
            texts={part: value[part] for part in parts},
        )
        for key, value in _read_all("stories").items()
    }


def _other_pieces() -> dict[str, Piece]:
    return {
        key: Piece(key=key, texts=value.pop("details", {}), **value)
        for key, value in _read("pieces.yaml").items()
    }


def _reasons(judged: dict[str, Any]) -> list[Reason]:
    return [
        Reason(unit, number, entry["about"], entry.get("stage", ""), entry["observed"], entry["why"])
        for unit, value in judged.items()
        for number, entry in enumerate(value["findings"])
    ]


def _dossier(key: str, value: dict[str, Any]) -> Dossier:
    for name in ("assessors", "pieces", "life_domains", "sessions", "tips", "facts"):
        value[name] = tuple(value.get(name, ()))
    value["without"] = frozenset(value.get("without", ()))
    return Dossier(key=key, **value)
