"""Reads the head of a pack, ``pack.yaml``: what the framework is, its stages and its documents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bekwaam.frameworks.kinds import SECTIONS
from bekwaam.frameworks.loading.items import read_source
from bekwaam.frameworks.model import Source, Stage, Text
from bekwaam.frameworks.reading.fields import Fields
from bekwaam.wording import N_

PACK_KINDS: Final = ("standard", "framework", "module")
HEAD_KEYS: Final = (
    "id", "version", "supersedes", "changed", "kind", "title", "description", "eqf", "source", "documents",
    "stages", "includes", "rule",
)  # fmt: skip
_STAGE_KEYS: Final = ("code", "short", "title", "description", "source")
ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
DAY: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
VERSION: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]{0,39}")
_NO_TEXT: Final = Text("", "")


@dataclass(frozen=True, slots=True)
class Head:
    """What ``pack.yaml`` says about the pack itself; empty where it was faulty."""

    id: str
    version: str
    supersedes: str | None
    changed: str
    kind: str
    title: Text
    description: Text
    source: Source
    stages: tuple[Stage, ...]
    eqf: int | None
    includes: tuple[tuple[str, int], ...]
    documents: dict[str, Text]


def read_head(fields: Fields) -> Head:
    """Return the head, with every fault in it noted."""
    fields.only((*HEAD_KEYS, *SECTIONS))
    documents = read_documents(fields)
    kind = fields.string("kind") or ""
    if kind and kind not in PACK_KINDS:
        message = N_('"{kind}" is no kind of pack. The kinds are: {kinds}.')
        fields.fault(
            fields.line("kind"), "unknown_pack_kind", message, kind=kind, kinds=", ".join(PACK_KINDS)
        )
    _check_rule_fits(fields, kind)
    return Head(
        id=_matching(fields, "id", ID, N_('"{text}" cannot be an id: use small letters, digits and "-".')),
        version=_matching(
            fields, "version", VERSION, N_('"{text}" cannot be a version: write it like "1.0".')
        ),
        supersedes=fields.string("supersedes", required=False) or None,
        changed=_matching(
            fields, "changed", DAY, N_('"{text}" is not a day: write it like 2026-11-23.'), required=False
        ),
        kind=kind,
        title=fields.text("title") or _NO_TEXT,
        description=fields.text("description") or _NO_TEXT,
        source=read_source(fields, documents, None, required=True) or Source(""),
        stages=_stages(fields, documents),
        eqf=fields.number("eqf", 1, 8, required=False),
        includes=fields.strings("includes"),
        documents=documents,
    )


def _matching(
    fields: Fields, key: str, pattern: re.Pattern[str], message: str, *, required: bool = True
) -> str:
    text = fields.string(key, required=required) or ""
    if text and not pattern.fullmatch(text):
        fields.fault(fields.line(key), f"odd_{key}", message, text=text)
    return text


def _check_rule_fits(fields: Fields, kind: str) -> None:
    if kind == "standard" and not fields.has("rule"):
        message = N_("A standard needs a rule: what has to be shown to meet it?")
        fields.fault(fields.table.line, "no_rule", message)
    elif kind in ("framework", "module") and fields.has("rule"):
        message = N_("Only a standard has a rule. Make this a standard, or leave the rule out.")
        fields.fault(fields.line("rule"), "rule_without_standard", message)


def read_documents(fields: Fields, *, required: bool = True) -> dict[str, Text]:
    """Return the documents that sources can name, with their titles; none where there are none."""
    below = fields.table_at("documents", required=required)
    if below is None:
        return {}
    found = {key.text: below.text(key.text) for key, _ in below.table.entries}
    return {number: title or _NO_TEXT for number, title in found.items()}


def _stages(fields: Fields, documents: dict[str, Text]) -> tuple[Stage, ...]:
    """Return the stages, lowest first: they are written in the order of experience.

    A framework has them only where its document gives them; a standard's rule asks for one.
    """
    if not fields.has("stages") and fields.string("kind", required=False) != "framework":
        fields.missing("stages")
    found: dict[str, Stage] = {}
    for written in fields.tables("stages"):
        code = written.code()
        here = Fields(written.file, written.table, written.faults, code or "")
        here.only(_STAGE_KEYS)
        stage = Stage(
            code=code or "",
            short=here.string("short") or "",
            rank=len(found) + 1,
            title=here.text("title") or _NO_TEXT,
            description=here.text("description") or _NO_TEXT,
            source=read_source(here, documents, None, required=True) or Source(""),
        )
        if code in found:
            message = N_('There is already a stage "{code}". Every stage has a code of its own.')
            here.fault(here.line("code"), "duplicate_code", message, code=code)
        elif code:
            found[code] = stage
    return tuple(found.values())
