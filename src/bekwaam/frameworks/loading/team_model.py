"""Reads team models: one file with a ``team_models`` head and a list. All faults are found in one go."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from bekwaam.frameworks.faults import FaultList, sound
from bekwaam.frameworks.loading.head import read_documents
from bekwaam.frameworks.loading.items import read_source
from bekwaam.frameworks.loading.reference import FindVersion, read_reference
from bekwaam.frameworks.model import Framework, Source, Text
from bekwaam.frameworks.reading.fields import Fields
from bekwaam.frameworks.reading.files import read_file
from bekwaam.frameworks.reading.tree import Table
from bekwaam.frameworks.team_model import Composition, TeamModel, TeamModels
from bekwaam.wording import N_

MAX_BYTES: Final = 500_000
HEAD_KEY: Final = "team_models"
_KEYS: Final = (HEAD_KEY, "for", "named_from", "documents", "models")
_MODEL_KEYS: Final = ("code", "item", "composition", "profiles", "reason", "source", "own")
_NO_TEXT: Final = Text("", "")


def load_team_models_file(path: Path, find: FindVersion, profiles: Collection[str]) -> TeamModels:
    """Return the models in ``path``. Raises FaultsFound with every fault. See :func:`read_team_models`."""
    return sound(read_team_models(path, find, profiles))


def read_team_models(
    path: Path, find: FindVersion, profiles: Collection[str]
) -> tuple[TeamModels | None, FaultList]:
    """Return the models as far as they could be read, and the faults.

    ``find`` gives a framework by its id and version; ``profiles`` are the codes that a model can name.
    """
    faults = FaultList()
    node = read_file(path, str(path), MAX_BYTES, faults)
    if isinstance(node, Table):
        return _models(Fields(str(path), node, faults), find, profiles), faults
    if node is not None:
        message = N_("Team models are a table with these keys: {keys}.")
        faults.add(str(path), node.line, "", "not_a_table", message, keys=", ".join(_KEYS))
    return None, faults


def _models(fields: Fields, find: FindVersion, profiles: Collection[str]) -> TeamModels:
    fields.only(_KEYS)
    identifier = fields.string(HEAD_KEY) or ""
    asked, standard = read_reference(fields, "for", find)
    named_from, names = read_reference(fields, "named_from", find)
    documents = read_documents(fields, required=False)
    for framework in (standard, names):
        documents = {**(framework.documents if framework else {}), **documents}
    if not fields.has("models"):
        fields.missing("models")
    found = [_model(written, names, documents, profiles) for written in fields.tables("models")]
    return TeamModels(identifier, asked, named_from, tuple(filter(None, found)))


def _model(
    written: Fields, names: Framework | None, documents: dict[str, Text], profiles: Collection[str]
) -> TeamModel | None:
    code = written.code()
    here = Fields(written.file, written.table, written.faults, code or "")
    here.only(_MODEL_KEYS)
    item = here.code("item")
    named = names.by_code.get(item) if names and item else None
    if names is not None and item is not None and (named is None or named.kind != "team_model"):
        message = N_("There is no team model {code} in {framework}.")
        here.fault(here.line("item"), "unknown_code", message, code=item, framework=names.id)
    composition = _composition(here)
    known = tuple(name for name, line in here.strings("profiles") if _is_known(here, name, line, profiles))
    if not here.has("profiles"):
        here.missing("profiles")
    reason = here.text("reason") or _NO_TEXT
    own = here.flag("own")
    source = read_source(here, documents, None, required=not own)
    if code is None or named is None or composition is None:
        return None
    return TeamModel(
        code=code,
        item=named.code,
        name=named.title or _NO_TEXT,
        text=named.text or _NO_TEXT,
        named_in=named.source or Source(""),
        composition=composition,
        profiles=known,
        reason=reason,
        source=source,
        own=own,
    )


def _composition(here: Fields) -> Composition | None:
    written = here.string("composition")
    if written is None or written in list(Composition):
        return None if written is None else Composition(written)
    message = N_('"{text}" is no way to put a team together. There are: {known}.')
    known = ", ".join(Composition)
    here.fault(here.line("composition"), "unknown_composition", message, text=written, known=known)
    return None


def _is_known(here: Fields, name: str, line: int, profiles: Collection[str]) -> bool:
    if name in profiles:
        return True
    near = get_close_matches(name, list(profiles), n=1)
    message = N_('There is no function profile "{name}".')
    values = {"name": name}
    if near:
        message = N_('There is no function profile "{name}". Did you mean "{near}"?')
        values["near"] = near[0]
    here.fault(line, "unknown_profile", message, **values)
    return False
