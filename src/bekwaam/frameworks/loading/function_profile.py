"""Reads a set of function profiles: one file with a ``function_profiles`` head and a list of profiles.

How it is written stands in ``docs/function-profiles.md``. All faults are found in one go.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from bekwaam.frameworks.crosswalk import Reference
from bekwaam.frameworks.faults import FaultList, sound
from bekwaam.frameworks.function_profile import (
    ACCENT_KINDS,
    Accent,
    Demand,
    FunctionProfile,
    ProfileSet,
    Weight,
    may_be_asked,
)
from bekwaam.frameworks.loading.head import ID, read_documents
from bekwaam.frameworks.loading.items import read_source
from bekwaam.frameworks.loading.reference import FindVersion, read_reference
from bekwaam.frameworks.model import Framework, Source, Text
from bekwaam.frameworks.reading.fields import Fields
from bekwaam.frameworks.reading.files import read_data, read_file
from bekwaam.frameworks.reading.tree import Node, Table
from bekwaam.wording import N_

MAX_BYTES: Final = 2_000_000
HEAD_KEY: Final = "function_profiles"
_KEYS: Final = (HEAD_KEY, "title", "for", "practice", "named_from", "documents", "profiles")
_PROFILE_KEYS: Final = (
    "code", "name", "text", "item", "source", "own", "function_book", "demands", "accents",
)  # fmt: skip
_DEMAND_KEYS: Final = ("codes", "stage", "reason", "source", "own")
_ACCENT_KEYS: Final = ("code", "weight", "reason", "source", "own")
_NO_TEXT: Final = Text("", "")


def load_profiles_file(path: Path, find: FindVersion) -> ProfileSet:
    """Return the profiles in ``path``. Raises FaultsFound with every fault. See :func:`read_profiles`."""
    return sound(read_profiles(path, find))


def read_profiles(path: Path, find: FindVersion) -> tuple[ProfileSet | None, FaultList]:
    """Return the profiles as far as they could be read, and the faults.

    ``find`` gives a framework by its id and version, None where it is not known.
    """
    faults = FaultList()
    node = read_file(path, str(path), MAX_BYTES, faults)
    return _from_node(node, str(path), find, faults), faults


def read_profiles_data(data: bytes, name: str, find: FindVersion) -> tuple[ProfileSet | None, FaultList]:
    """Return the profiles in what was received as a file called ``name``, as :func:`read_profiles`."""
    faults = FaultList()
    node = read_data(data, name, MAX_BYTES, faults)
    return _from_node(node, name, find, faults), faults


def _from_node(node: Node | None, name: str, find: FindVersion, faults: FaultList) -> ProfileSet | None:
    if node is None:
        return None
    if not isinstance(node, Table):
        message = N_("A set of function profiles is a table with these keys: {keys}.")
        faults.add(name, node.line, "", "not_a_table", message, keys=", ".join(_KEYS))
        return None
    return _set(Fields(name, node, faults), find)


@dataclass(frozen=True, slots=True)
class _Named:
    """A framework that the set leans on: its reference as written and, where it is known, what is in it."""

    reference: Reference
    framework: Framework | None

    @property
    def given(self) -> Reference | None:
        """Return the reference; None where nothing is written."""
        return self.reference if self.reference.id else None


@dataclass(frozen=True, slots=True)
class _Setting:
    """What every profile of the set shares; ``lines`` remembers where each code stands."""

    asked: _Named
    practice: _Named
    names: _Named
    documents: dict[str, Text]
    lines: dict[str, int] = field(default_factory=dict)


def _set(fields: Fields, find: FindVersion) -> ProfileSet:
    fields.only(_KEYS)
    identifier = fields.string(HEAD_KEY) or ""
    if identifier and not ID.fullmatch(identifier):
        message = N_('"{text}" cannot be an id: use small letters, digits and "-".')
        fields.fault(fields.line(HEAD_KEY), "odd_id", message, text=identifier)
    title = fields.text("title") or _NO_TEXT
    asked = _Named(*read_reference(fields, "for", find))
    practice = _Named(*read_reference(fields, "practice", find, required=False))
    names = _Named(*read_reference(fields, "named_from", find, required=False))
    documents = read_documents(fields, required=False)
    for named in (asked, practice, names):
        if named.framework is not None:
            documents = {**named.framework.documents, **documents}
    if not fields.has("profiles"):
        fields.missing("profiles")
    setting = _Setting(asked, practice, names, documents)
    found = [_profile(written, setting) for written in fields.tables("profiles")]
    return ProfileSet(
        id=identifier,
        title=title,
        framework=asked.reference,
        practice=practice.given,
        named_from=names.given,
        profiles=tuple(filter(None, found)),
        documents=tuple(documents.items()),
    )


def _profile(written: Fields, setting: _Setting) -> FunctionProfile | None:
    code = written.code()
    here = Fields(written.file, written.table, written.faults, code or "")
    here.only(_PROFILE_KEYS)
    item, name, inherited = _item(here, setting.names)
    name = here.text("name", required=name is None) or name or _NO_TEXT
    text = here.text("text") or _NO_TEXT
    source = read_source(here, setting.documents, inherited, required=True) or Source("")
    demands = tuple(_demands(here, setting))
    accents = tuple(_accents(here, setting))
    if not demands:
        message = N_("This profile asks nothing. Name at least one competence and the stage that is asked.")
        here.fault(here.line("demands"), "no_demands", message)
    if code is None:
        return None
    if code in setting.lines:
        message = N_('There is already a profile "{code}", on line {line}. Every profile has its own code.')
        here.fault(here.line("code"), "duplicate_code", message, code=code, line=setting.lines[code])
        return None
    setting.lines[code] = here.line("code")
    return FunctionProfile(
        code=code,
        name=name,
        text=text,
        source=source,
        framework=setting.asked.reference,
        demands=demands,
        practice=setting.practice.given,
        accents=accents,
        own=here.flag("own"),
        item=item,
        function_book=here.string("function_book", required=False) or "",
    )


def _item(here: Fields, names: _Named) -> tuple[str, Text | None, Source | None]:
    """Return the item that a profile is about, with the name and source that the profile takes from it."""
    code = here.code("item") if here.has("item") else None
    if code is None:
        return "", None, None
    if names.given is None:
        message = N_('"item" names an item, but of which framework? Write that under "{key}" at the top.')
        here.fault(here.line("item"), "no_framework", message, key="named_from")
        return code, _NO_TEXT, Source("")
    if names.framework is None:
        return code, _NO_TEXT, Source("")  # that the framework is not known has been noted
    item = names.framework.by_code.get(code)
    if item is None:
        _unknown_item(here, "item", code, names)
        return code, _NO_TEXT, Source("")
    return code, item.title, item.source


def _demands(here: Fields, setting: _Setting) -> Iterator[Demand]:
    seen: dict[str, int] = {}
    for written in here.tables("demands"):
        below = Fields(written.file, written.table, written.faults, here.item)
        below.only(_DEMAND_KEYS)
        if not below.has("codes"):
            below.missing("codes")
        codes = [code for code, line in below.strings("codes") if _may_be_asked(below, code, line, setting)]
        stage = _stage(below, setting.asked)
        reason = below.text("reason") or _NO_TEXT
        own = below.flag("own")
        source = _source(below, setting, own)
        for code in codes:
            if code in seen:
                message = N_("This profile asks {code} already, on line {line}. Keep one of the two.")
                below.fault(below.line("codes"), "duplicate_demand", message, code=code, line=seen[code])
                continue
            seen[code] = below.line("codes")
            yield Demand(code, stage, reason, source, own)


def _may_be_asked(here: Fields, code: str, line: int, setting: _Setting) -> bool:
    framework = setting.asked.framework
    if framework is None:
        return True  # noted already
    item = framework.by_code.get(code)
    if item is None:
        _unknown_item(here, "codes", code, setting.asked, line)
        return False
    if not may_be_asked(framework, item):
        message = N_("A profile asks competences, life domains and knowledge; {code} is none of these.")
        here.fault(line, "wrong_kind", message, code=code)
        return False
    return True


def _stage(here: Fields, asked: _Named) -> str | None:
    framework = asked.framework
    if framework is None:
        return here.string("stage", required=False)
    if not framework.stages:
        if here.has("stage"):
            message = N_("{framework} has no stages. Leave the stage out.")
            here.fault(here.line("stage"), "no_stages", message, framework=str(asked.reference))
        return None
    stage = here.string("stage")
    if stage is None or stage in framework.stage_by_code:
        return stage
    known = ", ".join(framework.stage_by_code)
    message = N_('"{stage}" is no stage of {framework}. There are: {known}.')
    values = {"stage": stage, "framework": str(asked.reference), "known": known}
    here.fault(here.line("stage"), "unknown_stage", message, **values)
    return None


def _accents(here: Fields, setting: _Setting) -> Iterator[Accent]:
    if here.has("accents") and setting.practice.given is None:
        message = N_('These accents are of which framework? Write that under "{key}" at the top.')
        here.fault(here.line("accents"), "no_framework", message, key="practice")
    seen: dict[str, int] = {}
    for written in here.tables("accents"):
        below = Fields(written.file, written.table, written.faults, here.item)
        below.only(_ACCENT_KEYS)
        code = below.code()
        weight = _weight(below)
        reason = below.text("reason") or _NO_TEXT
        own = below.flag("own")
        source = _source(below, setting, own)
        if code is None or weight is None or not _may_be_accent(below, code, setting.practice):
            continue
        if code in seen:
            message = N_("This profile has an accent on {code} already, on line {line}. Keep one of the two.")
            below.fault(below.line("code"), "duplicate_accent", message, code=code, line=seen[code])
            continue
        seen[code] = below.line("code")
        yield Accent(code, weight, reason, source, own)


def _weight(here: Fields) -> Weight | None:
    written = here.string("weight")
    if written is None or written in list(Weight):
        return None if written is None else Weight(written)
    message = N_('"{text}" is no weight. There are: {known}.')
    here.fault(here.line("weight"), "unknown_weight", message, text=written, known=", ".join(Weight))
    return None


def _may_be_accent(here: Fields, code: str, practice: _Named) -> bool:
    if practice.framework is None:
        return practice.given is not None
    item = practice.framework.by_code.get(code)
    if item is None:
        _unknown_item(here, "code", code, practice)
        return False
    if item.kind not in ACCENT_KINDS:
        message = N_("An accent lies on a quadrant or a verb; {code} is neither.")
        here.fault(here.line("code"), "wrong_kind", message, code=code)
        return False
    return True


def _unknown_item(here: Fields, key: str, code: str, named: _Named, line: int | None = None) -> None:
    near = get_close_matches(code, list(named.framework.by_code) if named.framework else (), n=1, cutoff=0.5)
    message = N_("There is no item {code} in {framework}.")
    values = {"code": code, "framework": str(named.reference)}
    if near:
        message = N_("There is no item {code} in {framework}. Did you mean {near}?")
        values["near"] = near[0]
    here.fault(here.line(key) if line is None else line, "unknown_code", message, **values)


def _source(here: Fields, setting: _Setting, own: bool) -> Source | None:
    if here.has("source"):
        return read_source(here, setting.documents, None, required=True)
    if not own:
        message = N_('Which document asks this? Where it is ours, write "own: true".')
        here.fault(here.table.line, "no_source", message)
    return None
