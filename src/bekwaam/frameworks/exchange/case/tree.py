"""The items of a package in their tree: what lies in what, in which order, and what fits nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from bekwaam.frameworks.exchange.case.addresses import OURS
from bekwaam.frameworks.exchange.case.noting import Noting
from bekwaam.frameworks.exchange.case.shapes import made_identifier, uuid_in
from bekwaam.frameworks.faults import FaultList
from bekwaam.wording import N_

MAX_LEVELS: Final = 50
_LAST: Final = float("inf")


@dataclass(slots=True, eq=False)
class Node:
    """One CFItem: as it came (``raw``), what we wrote about it (``ours``), and where it lies."""

    raw: dict[str, Any]
    ours: dict[str, Any]
    uuid: str
    position: int
    parent: Node | None = None
    child: dict[str, Any] | None = None
    number: float = _LAST
    code: str = ""
    below: list[Node] = field(default_factory=list)

    @property
    def label(self) -> str:
        """What to call it in a report."""
        for name in ("humanCodingScheme", "abbreviatedStatement", "fullStatement"):
            if isinstance(self.raw.get(name), str) and self.raw[name].strip():
                return str(self.raw[name]).strip()[:60]
        return self.uuid


def ours_in(raw: Any) -> dict[str, Any]:
    """Return what we wrote in the ``extensions`` of something; nothing where it is not ours."""
    extensions = raw.get("extensions") if isinstance(raw, dict) else None
    found = extensions.get(OURS) if isinstance(extensions, dict) else None
    return found if isinstance(found, dict) else {}


def key_of(raw: Any) -> str:
    """Return what something is known by: its identifier, or the end of its address; "" for neither."""
    if not isinstance(raw, dict):
        return ""
    identifier = raw.get("identifier")
    if isinstance(identifier, str | int) and str(identifier).strip():
        return uuid_in(identifier) or str(identifier).strip()
    uri = raw.get("uri")
    return uuid_in(uri.rstrip("/")[-36:]) or uri if isinstance(uri, str) else ""


def nodes_of(raws: Iterable[dict[str, Any]], document: str, noting: Noting) -> dict[str, Node]:
    """Return the items by what they are known by; each with an identifier of its own."""
    found: dict[str, Node] = {}
    taken = {document}
    for position, raw in enumerate(raws):
        key = key_of(raw)
        uuid = uuid_in(key)
        node = Node(raw, ours_in(raw), uuid or "", position)
        if not uuid or uuid in taken:
            node.uuid = made_identifier(document, f"{key}/{position}" if key in found or not key else key)
            if uuid:
                message = N_("Items with the identifier of another got one of their own: {number} ({names}).")
                noting.note("duplicate_identifier", message, node.label)
            else:
                message = N_("Items without a proper identifier were given one: {number} ({names}).")
                noting.note("made_identifier", message, node.label)
        taken.add(node.uuid)
        found[key if key and key not in found else f"#{position}"] = node
    return found


class Tree:
    """Puts ``nodes`` below one another by the isChildOf associations; keeps every other association."""

    def __init__(self, nodes: dict[str, Node], document: str, noting: Noting) -> None:
        self._nodes, self._document, self._noting = nodes, document, noting
        self.others: list[dict[str, Any]] = []
        self.unfit: list[Any] = []

    def grow(self, associations: Iterable[Any]) -> None:
        """Take in the associations."""
        for raw in associations:
            if not isinstance(raw, dict):
                self.unfit.append(raw)
                continue
            origin, destination = key_of(raw.get("originNodeURI")), key_of(raw.get("destinationNodeURI"))
            if raw.get("associationType") == "isChildOf":
                self._lay(raw, origin, destination)
            elif (
                origin in self._nodes or destination in self._nodes or self._document in (origin, destination)
            ):
                self.others.append(raw)
            else:
                self._dangling(raw, origin, destination)
        for node in self._nodes.values():
            if node.parent is None and node.child is None:
                message = N_("Items that lay in nothing were put at the top: {number} ({names}).")
                self._noting.note("no_parent", message, node.label)

    def _lay(self, raw: dict[str, Any], origin: str, destination: str) -> None:
        node = self._nodes.get(origin)
        if node is None or (destination not in self._nodes and destination != self._document):
            self._dangling(raw, origin, destination)
            return
        if node.child is not None:
            if raw is not node.child and raw != node.child:
                self.others.append(raw)
                message = N_("Items in more than one place stay in the first: {number} ({names}).")
                self._noting.note("second_parent", message, node.label)
            return
        node.child = raw
        node.parent = None if destination == self._document else self._nodes[destination]
        number = raw.get("sequenceNumber")
        if isinstance(number, int | float) and not isinstance(number, bool):
            node.number = number

    def _dangling(self, raw: dict[str, Any], origin: str, destination: str) -> None:
        message = N_("Associations with what is not in the package were left out: {number} ({names}).")
        relation = str(raw.get("associationType", "?"))[:30]
        ends = [self._nodes[end].label if end in self._nodes else end or "?" for end in (origin, destination)]
        self._noting.note("dangling", message, f"{ends[0][:40]} {relation} {ends[1][:40]}")

    def check_circles(self, file: str, faults: FaultList) -> None:
        """Note every circle as a fault, and open it, so that the rest can be looked at."""
        seen: set[int] = set()
        for start in self._nodes.values():
            way: dict[int, Node] = {}
            node: Node | None = start
            while node is not None and node.position not in seen:
                if node.position in way:
                    names = [one.label for one in list(way.values())[list(way).index(node.position) :]]
                    message = N_("Items lie in each other, in a circle: {names}. Put one of them elsewhere.")
                    shown = ", ".join(names[:20]) + ("…" if len(names) > 20 else "")
                    faults.add(file, 0, names[0], "circle", message, names=shown)
                    node.parent = None
                    break
                way[node.position] = node
                node = node.parent
            seen |= way.keys()

    def ordered(self, as_written: bool) -> list[Node]:
        """Return the items, each after what it lies in; ``as_written`` keeps the order of the file.

        Siblings stand by their number, those without one last and in the order of the file.
        """
        nodes = list(self._nodes.values())
        for node in nodes:
            if node.parent is not None:
                node.parent.below.append(node)
        if as_written:
            return nodes
        waiting = sorted((node for node in nodes if node.parent is None), key=_place, reverse=True)
        found: list[Node] = []
        while waiting:
            node = waiting.pop()
            node.below.sort(key=_place)
            found.append(node)
            waiting.extend(reversed(node.below))
        return found


def levels(nodes: list[Node]) -> int:
    """Return how many levels deep the deepest of ``nodes`` lies; there are no circles in them."""
    known: dict[int, int] = {}
    for start in nodes:
        way = []
        node: Node | None = start
        while node is not None and node.position not in known:
            way.append(node)
            node = node.parent
        depth = known[node.position] if node is not None else 0
        for one in reversed(way):
            depth += 1
            known[one.position] = depth
    return max(known.values(), default=0)


def _place(node: Node) -> tuple[float, int]:
    return (node.number, node.position)
