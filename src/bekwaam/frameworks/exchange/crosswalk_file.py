"""Links between two frameworks from whatever file somebody has: a spreadsheet, a CSV, or YAML."""

from __future__ import annotations

from typing import Final

from bekwaam.frameworks.crosswalk import Crosswalk, Reference
from bekwaam.frameworks.exchange.crosswalk_sheet import LinksRead, read_crosswalk_sheet
from bekwaam.frameworks.faults import Fault, FaultList
from bekwaam.frameworks.loading.crosswalk import HEAD_KEY, read_crosswalk_data
from bekwaam.frameworks.model import Framework
from bekwaam.wording import N_

_YAML: Final = (".yaml", ".yml")


def read_links(data: bytes, name: str, a: Framework, b: Framework) -> LinksRead:
    """Return the links from ``a`` to ``b`` in a file; ``name`` is what it is called in faults.

    YAML (see docs/packs.md) is known by its name or its first word, a spreadsheet by its content. What is
    not sound is left out and told of; a YAML between other versions gives one fault and no links.
    """
    start = data[:2_000].decode("utf-8-sig", "replace")
    is_yaml = name.lower().endswith(_YAML) or any(
        line.startswith(f"{HEAD_KEY}:") for line in start.splitlines()
    )
    return _from_yaml(data, name, a, b) if is_yaml else read_crosswalk_sheet(data, name, a, b)


def _from_yaml(data: bytes, name: str, a: Framework, b: Framework) -> LinksRead:
    known = {(one.id, one.version): one for one in (a, b)}
    crosswalk, faults = read_crosswalk_data(
        data, name, lambda identifier, version: known.get((identifier, version))
    )
    if crosswalk is None:
        return LinksRead((), faults.sorted())
    if (crosswalk.frm, crosswalk.to) != (_reference(a), _reference(b)):
        return LinksRead((), _between_others(crosswalk, name, a, b))
    sound = tuple(
        link for link in crosswalk.links if link.reason.nl and link.reason.en and (link.own or link.source)
    )
    return LinksRead(sound, faults.sorted())


def _between_others(crosswalk: Crosswalk, name: str, a: Framework, b: Framework) -> tuple[Fault, ...]:
    faults = FaultList()
    message = N_("This file links {frm} to {to}. Here links are gathered from {a} to {b}.")
    values = {"frm": crosswalk.frm, "to": crosswalk.to, "a": _reference(a), "b": _reference(b)}
    faults.add(name, 0, "", "other_versions", message, **{key: str(one) for key, one in values.items()})
    return faults.sorted()


def _reference(framework: Framework) -> Reference:
    return Reference(framework.id, framework.version)
