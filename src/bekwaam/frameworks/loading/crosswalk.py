"""Reads a crosswalk: one file with a ``crosswalk`` head and a list of links.

How it is written stands in ``docs/packs.md``. All faults are found in one go.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from bekwaam.frameworks.crosswalk import RELATIONS, Crosswalk, Link, Reference
from bekwaam.frameworks.faults import FaultList, FaultsFound
from bekwaam.frameworks.loading.items import read_source
from bekwaam.frameworks.loading.reference import FindVersion, read_reference
from bekwaam.frameworks.model import Framework, Source, Text
from bekwaam.frameworks.reading.fields import Fields
from bekwaam.frameworks.reading.files import read_data, read_file
from bekwaam.frameworks.reading.tree import Node, Table
from bekwaam.wording import N_

MAX_BYTES: Final = 5_000_000
HEAD_KEY: Final = "crosswalk"
_KEYS: Final = (HEAD_KEY, "title", "from", "to", "links")
_LINK_KEYS: Final = ("from", "to", "relation", "reason", "source", "own")
_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_NO_TEXT: Final = Text("", "")


def load_crosswalk_file(path: Path, find: FindVersion) -> Crosswalk:
    """Return the crosswalk in ``path``. Raises FaultsFound with every fault. See :func:`read_crosswalk`."""
    crosswalk, faults = read_crosswalk(path, find)
    if crosswalk is None or len(faults):
        raise FaultsFound(faults.sorted())
    return crosswalk


def read_crosswalk(path: Path, find: FindVersion) -> tuple[Crosswalk | None, FaultList]:
    """Return the crosswalk as far as it could be read, and the faults.

    ``find`` gives a framework by its id and version, None where it is not known.
    """
    faults = FaultList()
    node = read_file(path, str(path), MAX_BYTES, faults)
    return _from_node(node, str(path), find, faults), faults


def read_crosswalk_data(data: bytes, name: str, find: FindVersion) -> tuple[Crosswalk | None, FaultList]:
    """Return the crosswalk in what was received as a file called ``name``, as :func:`read_crosswalk`."""
    faults = FaultList()
    node = read_data(data, name, MAX_BYTES, faults)
    return _from_node(node, name, find, faults), faults


def _from_node(node: Node | None, name: str, find: FindVersion, faults: FaultList) -> Crosswalk | None:
    if node is None:
        return None
    if not isinstance(node, Table):
        message = N_("A crosswalk is a table with these keys: {keys}.")
        faults.add(name, node.line, "", "not_a_table", message, keys=", ".join(_KEYS))
        return None
    return _crosswalk(Fields(name, node, faults), find)


def is_crosswalk(path: Path) -> bool:
    """Tell whether a file can be read and says by its head that it is a crosswalk."""
    node = read_file(path, str(path), MAX_BYTES, FaultList())
    return isinstance(node, Table) and node.get(HEAD_KEY) is not None


@dataclass
class _Side:
    """One of the two frameworks: its reference as written and, where it is known, what is in it."""

    key: str
    reference: Reference
    framework: Framework | None


@dataclass
class _Links:
    """The links read so far, between ``frm`` and ``to``; ``seen`` remembers their lines."""

    frm: _Side
    to: _Side
    seen: dict[tuple[str, str, str], int] = field(default_factory=dict)

    @property
    def documents(self) -> dict[str, Text]:
        """Return the documents that a link may come from: those of both frameworks."""
        known = (side.framework for side in (self.frm, self.to))
        return {number: title for one in known if one for number, title in one.documents.items()}


def _crosswalk(fields: Fields, find: FindVersion) -> Crosswalk:
    fields.only(_KEYS)
    identifier = fields.string(HEAD_KEY) or ""
    if identifier and not _ID.fullmatch(identifier):
        message = N_('"{text}" cannot be an id: use small letters, digits and "-".')
        fields.fault(fields.line(HEAD_KEY), "odd_id", message, text=identifier)
    title = fields.text("title") or _NO_TEXT
    links = _Links(_side(fields, "from", find), _side(fields, "to", find))
    if not fields.has("links"):
        fields.missing("links")
    found = [_link(written, links) for written in fields.tables("links")]
    return Crosswalk(identifier, title, links.frm.reference, links.to.reference, tuple(filter(None, found)))


def _side(fields: Fields, key: str, find: FindVersion) -> _Side:
    return _Side(key, *read_reference(fields, key, find))


def _link(written: Fields, links: _Links) -> Link | None:
    here = Fields(written.file, written.table, written.faults, written.string("from", required=False) or "")
    here.only(_LINK_KEYS)
    one, other = _code(here, links.frm), _code(here, links.to)
    relation = _relation(here)
    reason = here.text("reason")
    own = here.flag("own")
    source = _source(here, links, own)
    if one is None or other is None or relation is None:
        return None
    first = links.seen.get((one, other, relation))
    if first is not None:
        message = N_('This link to {code} ("{relation}") stands here already, on line {line}. Keep one.')
        here.fault(here.line("to"), "duplicate_link", message, code=other, relation=relation, line=first)
        return None
    links.seen[one, other, relation] = here.table.line
    return Link(
        links.frm.reference, one, links.to.reference, other, relation, reason or _NO_TEXT, source, own
    )


def _code(here: Fields, side: _Side) -> str | None:
    code = here.code(side.key)
    if code is None or side.framework is None or code in side.framework.by_code:
        return code
    message = N_("There is no item {code} in {framework}.")
    values = {"code": code, "framework": str(side.reference)}
    here.fault(here.line(side.key), "unknown_code", message, **values)
    return None


def _relation(here: Fields) -> str | None:
    relation = here.string("relation")
    if relation is None or relation in RELATIONS:
        return relation
    near = get_close_matches(relation, RELATIONS, n=1)
    if near:
        message = N_('"{relation}" is no relation. Did you mean "{near}"?')
        here.fault(here.line("relation"), "unknown_relation", message, relation=relation, near=near[0])
    else:
        message = N_('"{relation}" is no relation. There are: {known}.')
        known = ", ".join(RELATIONS)
        here.fault(here.line("relation"), "unknown_relation", message, relation=relation, known=known)
    return None


def _source(here: Fields, links: _Links, own: bool) -> Source | None:
    if here.has("source"):
        if links.frm.framework is None or links.to.framework is None:
            return None  # which documents there are is not known; the framework has been noted
        return read_source(here, links.documents, None, required=True)
    if not own:
        message = N_('Which document makes this link? Where it is ours, write "own: true".')
        here.fault(here.table.line, "no_source", message)
    return None
