"""Reads the CFDocument of a package: what the framework is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from bekwaam.frameworks.document import rule_from_data
from bekwaam.frameworks.exchange.case.addresses import UNDATED, identify, line, moment_of
from bekwaam.frameworks.exchange.case.noting import Noting
from bekwaam.frameworks.exchange.case.plain_text import without_html
from bekwaam.frameworks.exchange.case.shapes import made_identifier, moment_in, uuid_in
from bekwaam.frameworks.exchange.case.tree import key_of, ours_in
from bekwaam.frameworks.faults import FaultList
from bekwaam.frameworks.kinds import KINDS
from bekwaam.frameworks.loading.head import PACK_KINDS
from bekwaam.frameworks.model import Framework, Source, Text
from bekwaam.frameworks.rules import Rule, leaves
from bekwaam.wording import N_

ELSEWHERE: Final = "CASE"
"""The number of the document that everything in a framework from elsewhere comes from: the package."""
_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_VERSION: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]{0,39}")
_ODD: Final = re.compile(r"[^A-Za-z0-9.+-]+")


@dataclass(frozen=True, slots=True)
class Head:
    """What the CFDocument says: a framework without items, and what reading the rest needs.

    ``ours`` tells that the package was written here; ``identifier`` is that of the CFDocument, ``moment``
    when it last changed, ``base`` the address below which its addresses lie; ``rule`` is as written.
    """

    framework: Framework
    ours: bool
    identifier: str
    moment: str
    base: str
    rule: Any


def read_head(document: dict[str, Any], name: str, noting: Noting) -> Head:
    """Return what a CFDocument says; ``name`` is that of the file, for want of a title."""
    ours = ours_in(document)
    written_here = _matches(_ID, ours.get("framework")) and ours.get("kind") in PACK_KINDS
    if not written_here:
        return _foreign(document, name, noting)
    moment = _moment(document, noting)
    changed = ours.get("changed")
    if not isinstance(changed, str) or (changed and moment_of(changed) != moment):
        changed = moment
    identifier = uuid_in(key_of(document)) or ""
    version = ours["version"] if _matches(_VERSION, ours.get("version")) else _version(document, moment)
    made = identify(ours["framework"], version, "document")
    texts = _table(ours.get("texts"))
    framework = Framework(
        id=ours["framework"],
        version=version,
        kind=ours["kind"],
        title=text_of(_said(document, "title") or ours["framework"], texts.get("title")),
        description=text_of(_said(document, "description"), texts.get("description")),
        source=source_of(ours.get("source")),
        stages=(),
        items=(),
        eqf=ours["eqf"] if type(ours.get("eqf")) is int and 1 <= ours["eqf"] <= 8 else None,
        includes=tuple(one for one in _list(ours.get("includes")) if _matches(_ID, one)),
        documents=_documents(ours.get("documents")),
        supersedes=ours["supersedes"] if _matches(_VERSION, ours.get("supersedes")) else None,
        changed=changed,
        creator="" if ours.get("creator") == "" else line(_said(document, "creator")),
        uuid="" if identifier in ("", made) else identifier,
    )
    base = ours["base"] if isinstance(ours.get("base"), str) else ""
    return Head(framework, True, identifier or made, moment or UNDATED, base, ours.get("rule"))


def _foreign(document: dict[str, Any], name: str, noting: Noting) -> Head:
    moment = _moment(document, noting)
    identifier = uuid_in(key_of(document))
    if identifier is None:
        identifier = made_identifier("document", key_of(document) or _said(document, "title") or name)
        message = N_("The framework had no proper identifier and was given one.")
        noting.note("made_document_identifier", message)
    title = plain(_said(document, "title"), noting)
    if not title:
        title = _stem(name) or ELSEWHERE
        noting.note("no_title", N_("The framework had no title; it is now called {names}."), title)
    title, creator = line(title), line(plain(_said(document, "creator"), noting))
    about = f"{title} ({creator})" if creator else title
    framework = Framework(
        id=_slug(title, identifier),
        version=_version(document, moment),
        kind="framework",
        title=Text(title, title),
        description=text_of(plain(_said(document, "description"), noting), None),
        source=Source(ELSEWHERE),
        stages=(),
        items=(),
        documents={ELSEWHERE: Text(about, about)},
        changed=moment,
        creator=creator,
        uuid=identifier,
    )
    message = N_("This package holds one language; its texts stand under Dutch and English alike.")
    noting.note("one_language", message)
    return Head(framework, False, identifier, moment or UNDATED, "", None)


def with_rule(framework: Framework, written: Any, name: str, faults: FaultList) -> Framework:
    """Return a framework with its rule; a rule that cannot be used here is a fault."""
    try:
        rule = rule_from_data(written)
        if framework.kind == "standard" and _usable(rule, framework):
            return replace(framework, rule=rule)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        pass
    message = N_("The rule of this standard cannot be read, or names what is not in it.")
    faults.add(name, 0, "", "odd_rule", message)
    return framework


def _usable(rule: Rule, framework: Framework) -> bool:
    for leaf in leaves(rule):
        asked, units = getattr(leaf, "at_least", None), leaf.units
        number = asked if asked is not None else getattr(leaf, "percent", None)
        codes = (*units.codes, *units.within)
        if (
            units.kind not in KINDS
            or type(number) is not int
            or number < 1
            or not all(isinstance(code, str) and code in framework.by_code for code in codes)
            or (leaf.stage is not None and leaf.stage not in framework.stage_by_code)
            or not framework.units(units)
        ):
            return False
    return True


def plain(text: str, noting: Noting) -> str:
    """Return ``text`` without HTML; that there was some is noted."""
    found = without_html(text) if "<" in text or "&" in text else text
    if found == text or line(found) == line(text):
        return text.strip()
    noting.note("html", N_("HTML was taken out of texts: {number} ({names})."), found.strip()[:40])
    return found.strip()


def text_of(dutch: str, told: Any) -> Text:
    """Return a text from what CASE holds and what we wrote beside it: English, and Dutch in its lines."""
    told = _table(told)
    lines, english = told.get("nl"), told.get("en")
    nl = lines if isinstance(lines, str) and line(lines) == line(dutch) else dutch
    return Text(nl, english if isinstance(english, str) else nl)


def source_of(told: Any) -> Source:
    """Return the source that we wrote, an empty one where there is none."""
    if isinstance(told, list) and len(told) == 2 and all(isinstance(part, str) for part in told):
        return Source(told[0], told[1])
    return Source(ELSEWHERE)


def _moment(document: dict[str, Any], noting: Noting) -> str:
    written = document.get("lastChangeDateTime")
    found = moment_in(written)
    if found is None:
        noting.note("no_moment", N_("The framework does not say, or not well, when it last changed."))
    return found or ""


def _version(document: dict[str, Any], moment: str) -> str:
    """Return the version that a package says it is, in our writing; otherwise the day of its last change."""
    written = _ODD.sub("-", _said(document, "version").strip()).strip("-.+")[:40]
    return written if _matches(_VERSION, written) else moment[:10] or "1.0"


def _slug(title: str, identifier: str) -> str:
    bare = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    found = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:60].strip("-")
    return found or f"framework-{identifier[:8]}"


def _stem(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0].strip()


def _documents(told: Any) -> dict[str, Text]:
    return {
        number: Text(*titles)
        for number, titles in _table(told).items()
        if isinstance(titles, list) and len(titles) == 2 and all(isinstance(one, str) for one in titles)
    }


def _said(document: Mapping[str, Any], name: str) -> str:
    value = document.get(name)
    return value if isinstance(value, str) else ""


def _matches(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
