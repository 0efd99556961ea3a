"""What sheets, columns and choices in the workbook of a framework are called, and how they are recognised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from bekwaam.frameworks.exchange.sheets.headed import Column, folded
from bekwaam.frameworks.kind_names import KIND_NAMES
from bekwaam.frameworks.kind_singular import ONE_OF_KIND
from bekwaam.frameworks.kinds import KINDS
from bekwaam.wording import LANGUAGES, N_, say

SHEETS: Final[dict[str, str]] = {
    "about": N_("Read me"),
    "head": N_("Framework"),
    "documents": N_("Documents"),
    "stages": N_("Stages"),
    "items": N_("Items"),
    "rule": N_("Rule"),
    "lists": N_("Lists"),
}
"""The sheets in their order, by what they hold."""

HEAD_COLUMNS: Final = (
    Column("field", N_("Field"), ("gegeven",), needed=True, own_each_row=True),
    Column("value", N_("Value, or Dutch"), ("waarde", "value", "nl", "nederlands"), needed=True,
           own_each_row=True),
    Column("en", N_("English"), ("engels", "en"), own_each_row=True),
    Column("hint", N_("What to fill in"), ()),
)  # fmt: skip

HEAD_FIELDS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "id": (N_("Id"), ("identificatie", "kenmerk")),
    "version": (N_("Version"), ()),
    "kind": (N_("Kind of framework"), ("kind", "soort")),
    "title": (N_("Title"), ("naam", "name")),
    "description": (N_("Description"), ()),
    "document": (N_("Document"), ("source", "bron")),
    "section": (N_("Section"), ()),
    "eqf": (N_("European level (EQF)"), ("eqf", "european level", "europees niveau")),
    "includes": (N_("Building blocks included"), ("includes", "modules")),
    "supersedes": (N_("Comes after version"), ("supersedes",)),
    "changed": (N_("Last changed on"), ("changed", "gewijzigd")),
    "creator": (N_("Made by"), ("creator", "maker")),
    "uuid": (N_("Identifier elsewhere"), ("uuid",)),
    "foreign": (N_("Other data from elsewhere"), ("foreign",)),
}
"""The rows of the head: their name and what else they may be called."""

_TITLE: Final = (
    Column("title.nl", N_("Title (Dutch)"), ("title", "titel", "naam"), own_each_row=True),
    Column("title.en", N_("Title (English)"), (), own_each_row=True),
)
_DOCUMENT: Final = Column("document", N_("Document"), ("source", "bron"))
_SECTION: Final = Column("section", N_("Section"), ("sectie",))
_CODE: Final = Column("code", N_("Code"), ("human coding scheme",), needed=True, own_each_row=True)

DOCUMENT_COLUMNS: Final = (
    Column("code", N_("Number"), ("code", "document"), needed=True, own_each_row=True), *_TITLE,
)  # fmt: skip
STAGE_COLUMNS: Final = (
    _CODE,
    Column("short", N_("Short"), ("afkorting", "abbreviation"), own_each_row=True),
    *_TITLE,
    Column("description.nl", N_("Description (Dutch)"), ("beschrijving",), own_each_row=True),
    Column("description.en", N_("Description (English)"), (), own_each_row=True),
    _DOCUMENT,
    _SECTION,
)
ITEM_COLUMNS: Final = (
    _CODE,
    Column("kind", N_("Kind"), ("type",), needed=True),
    Column("parent", N_("Lies below"), ("below", "parent", "onder", "ligt onder", "hoort bij")),
    Column("stage", N_("Stage"), ("fase", "level")),
    *_TITLE,
    Column(
        "text.nl", N_("Text (Dutch)"), ("text", "tekst", "beschrijving", "description"), own_each_row=True
    ),
    Column("text.en", N_("Text (English)"), (), own_each_row=True),
    _DOCUMENT,
    _SECTION,
    Column("own", N_("Own words"), ("eigen",)),
    Column("module", N_("Building block"), ("bouwsteen",)),
    Column("sort.nl", N_("Own name of the kind (Dutch)"), ("sort",)),
    Column("sort.en", N_("Own name of the kind (English)"), ()),
    Column("uuid", N_("Identifier elsewhere"), ("identifier",), own_each_row=True),
    Column("foreign", N_("Other data from elsewhere"), (), own_each_row=True),
)
RULE_COLUMNS: Final = (
    Column("number", N_("No."), ("nr", "number", "nummer"), own_each_row=True),
    Column("kind", N_("Kind of rule"), ("kind", "soort", "regel", "rule"), needed=True, own_each_row=True),
    Column("of", N_("What is counted"), ("of",), own_each_row=True),
    Column("at_least", N_("At least"), (), own_each_row=True),
    Column("percent", N_("Percentage"), ("%",), own_each_row=True),
    Column("stage", N_("At stage"), ("stage", "stadium"), own_each_row=True),
    Column("per", N_("In each"), ("per",), own_each_row=True),
    Column("codes", N_("Only these codes"), ("codes",), own_each_row=True),
    Column("within", N_("Only within"), ("within", "binnen"), own_each_row=True),
)

FRAMEWORK_KINDS: Final[dict[str, str]] = {
    "standard": N_("standard"),
    "framework": N_("framework"),
    "module": N_("module to include"),
}
RULE_NAMES: Final[dict[str, str]] = {
    "count": N_("a number"),
    "share": N_("a percentage"),
    "all_of": N_("all of these"),
    "any_of": N_("one of these"),
}
YES: Final = N_("yes")
_YES_TOO: Final = ("true", "waar", "1", "x", "j", "y")
_NO: Final = ("no", "nee", "false", "onwaar", "0", "n", "")


def sheet_of(name: str) -> str | None:
    """Return what a sheet holds by its name in either language, None for one that is not ours."""
    return _recognised(SHEETS).get(folded(name))


def head_field_of(name: str) -> str | None:
    """Return the field of the head with this name, None where there is none."""
    known = {key: heading for key, (heading, _) in HEAD_FIELDS.items()}
    also = {folded(other): key for key, (_, others) in HEAD_FIELDS.items() for other in others}
    return _recognised(known).get(folded(name)) or also.get(folded(name))


def kind_of(name: str) -> str | None:
    """Return the kind of item by its own name, or its name in Dutch or English, one or many."""
    return _kinds().get(folded(name))


def framework_kind_of(name: str) -> str | None:
    """Return the kind of framework with this name, None where there is none."""
    return _recognised(FRAMEWORK_KINDS).get(folded(name))


def rule_kind_of(name: str) -> str | None:
    """Return the kind of rule with this name, None where there is none."""
    return _recognised(RULE_NAMES).get(folded(name))


def yes_or_no(text: str) -> bool | None:
    """Return whether a cell says yes; None where it says neither yes nor no."""
    name = text.casefold().strip()
    if name in _NO:
        return False
    return True if name in (*_YES_TOO, *(say(language, YES) for language in LANGUAGES)) else None


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    own = {folded(kind): kind for kind in KINDS}
    sections = {folded(kind.section): kind.name for kind in KINDS.values()}
    return sections | _names(KIND_NAMES) | _names(ONE_OF_KIND) | own


def _recognised(names: Mapping[str, str]) -> dict[str, str]:
    return _names(names) | {folded(key): key for key in names}


def _names(names: Mapping[str, str]) -> dict[str, str]:
    return {folded(say(spoken, text)): key for key, text in names.items() for spoken in LANGUAGES}


def all_names(kinds: Iterable[str], names: Mapping[str, str], language: str) -> list[str]:
    """Return what ``kinds`` are called, for a list to choose from."""
    return [say(language, names[kind]) for kind in kinds]
