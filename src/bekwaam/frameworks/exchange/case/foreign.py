"""What a framework from elsewhere told that has no place here, given back as it came.

``Framework.foreign`` is canonical JSON of a table with, where there is any: ``document`` (properties of the
CFDocument), ``definitions``, ``associations``, ``rubrics``, ``extensions`` (of the package), and ``unknown``
(what CASE does not know, by where it stood). ``Item.foreign`` holds ``item`` (properties of the CFItem),
``child`` (of the association with what it lies in) and ``unknown``. How it gets there: :mod:`.keeping`.
"""

from __future__ import annotations

import json
from typing import Any

from bekwaam.frameworks.exchange.case.addresses import OURS
from bekwaam.frameworks.model import Framework


def kept(foreign: str) -> dict[str, Any]:
    """Return what is kept in ``foreign``; nothing where it is not of this form."""
    if not foreign:
        return {}
    try:
        found = json.loads(foreign)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def given_back(framework: Framework, package: dict[str, Any], served: bool) -> dict[str, Any]:
    """Return ``package``, changed in place, with everything that ``framework`` keeps of elsewhere.

    Where it is ``served`` by us, addresses are ours; those of elsewhere then stand in our extension.
    """
    whole = kept(framework.foreign)
    unknown = whole.get("unknown") or {}
    document_given_back(framework, package["CFDocument"], served)
    children = [one for one in package["CFAssociations"] if one["associationType"] == "isChildOf"]
    for item, written, child in zip(framework.items, package["CFItems"], children, strict=False):
        mine = kept(item.foreign)
        _give(written, mine.get("item"), mine.get("unknown"), served)
        _give(child, mine.get("child"), None, served)
    package["CFAssociations"].extend(whole.get("associations", ()))
    package["CFRubrics"].extend(whole.get("rubrics", ()))
    definitions = package["CFDefinitions"]
    for name, listed in (whole.get("definitions") or {}).items():
        definitions[name] = [*definitions.get(name, ()), *listed] if isinstance(listed, list) else listed
    extensions = dict(whole.get("extensions") or {})
    if unknown.get("package"):
        extensions[OURS] = {"unknown": unknown["package"]}
    if extensions:
        package["extensions"] = extensions
    if not package["CFRubrics"]:
        del package["CFRubrics"]
    return package


def document_given_back(framework: Framework, document: dict[str, Any], served: bool) -> dict[str, Any]:
    """Return a CFDocument, changed in place, with what ``framework`` keeps of its own."""
    whole = kept(framework.foreign)
    _give(document, whole.get("document"), (whole.get("unknown") or {}).get("document"), served)
    return document


def _give(
    written: dict[str, Any], properties: dict[str, Any] | None, unknown: dict[str, Any] | None, served: bool
) -> None:
    """Put back properties into what was written; ours in ``extensions`` stays beside those of others."""
    if not properties and not unknown:
        return
    properties = properties or {}
    ours = written.get("extensions", {}).get(OURS, {})
    extensions: dict[str, Any] = {}
    if "identifier" in properties:
        written["uri"] = written["uri"].replace(written["identifier"], properties["identifier"])
    for name, value in properties.items():
        if name == "extensions":
            extensions |= value
        elif name == "uri" and served:
            ours = ours | {"uri": value}
        else:
            if name == "humanCodingScheme":
                ours = ours | {"code": written[name]}
            written[name] = value
    if unknown:
        ours = ours | {"unknown": unknown}
    if ours:
        extensions[OURS] = extensions.get(OURS, {}) | ours
    if extensions:
        written["extensions"] = extensions
