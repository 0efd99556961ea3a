"""Reads a guided choice: one file with a ``guide`` head. All faults are found in one go."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bekwaam.frameworks.faults import FaultList, sound
from bekwaam.frameworks.guide import STARR_PARTS, Guide, Prompt
from bekwaam.frameworks.loading.head import ID, read_documents
from bekwaam.frameworks.loading.items import read_source
from bekwaam.frameworks.loading.reference import FindVersion, read_reference
from bekwaam.frameworks.model import Framework, Text
from bekwaam.frameworks.reading.fields import Fields
from bekwaam.frameworks.reading.files import read_file
from bekwaam.frameworks.reading.tree import Table
from bekwaam.wording import N_

MAX_BYTES: Final = 500_000
HEAD_KEY: Final = "guide"
STEP_KIND: Final = "continuum_step"
_KEYS: Final = (
    HEAD_KEY, "title", "for", "documents", "opening", "safety", "steps", "closing", "reflection",
)  # fmt: skip
_FREE_KEYS: Final = ("code", "starr", "question", "hint", "source", "own")
_STEP_KEYS: Final = ("item", "question", "hint", "source", "own")
_SAFETY_KEYS: Final = ("code", "question", "hint", "source", "own")
_NO_TEXT: Final = Text("", "")


def load_guide_file(path: Path, find: FindVersion) -> Guide:
    """Return the guide in ``path``. Raises FaultsFound with every fault. See :func:`read_guide`."""
    return sound(read_guide(path, find))


def read_guide(path: Path, find: FindVersion) -> tuple[Guide | None, FaultList]:
    """Return the guide as far as it could be read, and the faults.

    ``find`` gives a framework by its id and version, None where it is not known.
    """
    faults = FaultList()
    node = read_file(path, str(path), MAX_BYTES, faults)
    if isinstance(node, Table):
        return _guide(Fields(str(path), node, faults), find), faults
    if node is not None:
        message = N_("A guided choice is a table with these keys: {keys}.")
        faults.add(str(path), node.line, "", "not_a_table", message, keys=", ".join(_KEYS))
    return None, faults


@dataclass(frozen=True, slots=True)
class _Setting:
    framework: Framework | None
    documents: dict[str, Text]
    lines: dict[str, int] = field(default_factory=dict)


def _guide(fields: Fields, find: FindVersion) -> Guide | None:
    fields.only(_KEYS)
    identifier = fields.string(HEAD_KEY) or ""
    if identifier and not ID.fullmatch(identifier):
        message = N_('"{text}" cannot be an id: use small letters, digits and "-".')
        fields.fault(fields.line(HEAD_KEY), "odd_id", message, text=identifier)
    title = fields.text("title") or _NO_TEXT
    reference, framework = read_reference(fields, "for", find)
    documents = read_documents(fields, required=False)
    setting = _Setting(framework, {**(framework.documents if framework else {}), **documents})
    for key in ("opening", "steps", "closing", "reflection"):
        if not fields.has(key):
            fields.missing(key)
    opening, closing, reflection = (
        _prompts(fields, key, setting) for key in ("opening", "closing", "reflection")
    )
    steps = tuple(filter(None, (_step(written, setting) for written in fields.tables("steps"))))
    below = fields.table_at("safety")
    safety = _prompt(below, setting, _SAFETY_KEYS) if below else None
    if safety is None or framework is None:
        return None
    names = tuple((step.code, framework.by_code[step.code].title or _NO_TEXT) for step in steps)
    return Guide(identifier, title, reference, opening, safety, steps, closing, reflection, names)


def _prompts(fields: Fields, key: str, setting: _Setting) -> tuple[Prompt, ...]:
    found = (_prompt(written, setting, _FREE_KEYS) for written in fields.tables(key))
    return tuple(prompt for prompt in found if prompt is not None)


def _step(written: Fields, setting: _Setting) -> Prompt | None:
    prompt = _prompt(written, setting, _STEP_KEYS)
    if prompt is None or setting.framework is None:
        return prompt
    item = setting.framework.by_code.get(prompt.code)
    if item is None or item.kind != STEP_KIND:
        message = N_("{code} is no step of the continuum in {framework}.")
        values = {"code": prompt.code, "framework": setting.framework.id}
        written.fault(written.line("item"), "unknown_code", message, **values)
        return None
    return prompt


def _prompt(written: Fields, setting: _Setting, keys: tuple[str, ...]) -> Prompt | None:
    key = keys[0]
    code = written.code(key)
    here = Fields(written.file, written.table, written.faults, code or "")
    here.only(keys)
    starr = (here.string("starr") or "") if "starr" in keys else ""
    if starr and starr not in STARR_PARTS:
        message = N_('"{text}" is no part of a STARR story. There are: {known}.')
        here.fault(here.line("starr"), "unknown_part", message, text=starr, known=", ".join(STARR_PARTS))
    question = here.text("question") or _NO_TEXT
    hint = here.text("hint", required=False)
    own = here.flag("own")
    source = read_source(here, setting.documents, None, required=not own)
    if code is None:
        return None
    if code in setting.lines:
        message = N_('There is already a question "{code}", on line {line}. Every question has its own code.')
        here.fault(here.line(key), "duplicate_code", message, code=code, line=setting.lines[code])
        return None
    setting.lines[code] = here.line(key)
    return Prompt(code, question, starr, source, own, hint)
