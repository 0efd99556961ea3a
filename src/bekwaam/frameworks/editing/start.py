"""Starting to write: with nothing, with a copy of what is there, or with the next version of one's own."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bekwaam.frameworks.editing.names import id_refusal, version_refusal
from bekwaam.frameworks.editing.refusal import Edited, no
from bekwaam.frameworks.model import Framework, Item, Source, Text
from bekwaam.wording import N_

FRAMEWORK_KINDS: Final = ("standard", "framework", "module")
OWN_DOCUMENT: Final = "1"


def start_empty(identifier: str, version: str, kind: str, title: Text) -> Edited:
    """Return a framework with nothing in it yet.

    Its only source is the organisation's own document, which is called what the framework is called.
    """
    if kind not in FRAMEWORK_KINDS:
        return no("kind", "unknown_kind", N_("Choose what it is to be."))
    return id_refusal(identifier) or version_refusal(version) or _titled(title) or Framework(
        id=identifier,
        version=version,
        kind=kind,
        title=title,
        description=Text("", ""),
        source=Source(OWN_DOCUMENT),
        stages=(),
        items=(),
        documents={OWN_DOCUMENT: title},
    )  # fmt: skip


def start_copy(source: Framework, identifier: str, version: str, title: Text) -> Edited:
    """Return a copy of ``source`` under an id of its own; sources, stages, items and rule come along.

    What was taken from a module stays the module's. Identifiers that others know the source by stay behind.
    """
    if identifier == source.id:
        message = N_("A copy needs an id of its own.")
        return no("identifier", "same_id", message)
    refusal = id_refusal(identifier) or version_refusal(version) or _titled(title)
    if refusal:
        return refusal
    copied = _anew(source, identifier)
    return replace(copied, id=identifier, version=version, title=title, supersedes=None)


def start_next(source: Framework, version: str) -> Edited:
    """Return what is to become the version that comes after ``source``."""
    if version == source.version:
        message = N_("Version {version} is there already. Give the new one another name.")
        return no("version", "same_version", message, version=version)
    return version_refusal(version) or replace(
        _anew(source, source.id), version=version, supersedes=source.version
    )


def _titled(title: Text) -> Edited | None:
    return None if title.nl.strip() else no("title_nl", "no_title", N_("Give it a title in Dutch."))


def _anew(source: Framework, identifier: str) -> Framework:
    """Return ``source`` without what others know this very version by."""

    def own(item: Item) -> Item:
        module = identifier if item.module in ("", source.id) else item.module
        return replace(item, module=module, uuid="", foreign="")

    return replace(source, items=tuple(map(own, source.items)), changed="", creator="", uuid="", foreign="")
