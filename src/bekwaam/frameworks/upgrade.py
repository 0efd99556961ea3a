"""What of a dossier on one version would still stand on another, item by item. It decides nothing. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from bekwaam.frameworks.compare import Comparison, Pair
from bekwaam.frameworks.crosswalk import Crosswalk, Link, Reference
from bekwaam.frameworks.model import Framework, Item

Outcome = Literal["stands", "look_again", "gone"]

OUTCOMES: Final[tuple[Outcome, ...]] = ("stands", "look_again", "gone")

# What a link says of evidence on the one item for the other, read along (True) and against it (False).
# What is not here makes nothing of it: a level or an example is no counterpart, and who can do what comes
# first need not be able to do what comes after.
_SAYS: Final[Mapping[tuple[str, bool], Outcome]] = {
    ("exactMatchOf", True): "stands",
    ("exactMatchOf", False): "stands",
    ("isTranslationOf", True): "stands",
    ("isTranslationOf", False): "stands",
    ("replacedBy", True): "look_again",
    ("replacedBy", False): "look_again",  # back to what was given up: never the same again
    ("isPartOf", True): "look_again",
    ("isPartOf", False): "look_again",
    ("isChildOf", True): "look_again",
    ("isChildOf", False): "look_again",
    ("isPeerOf", True): "look_again",
    ("isPeerOf", False): "look_again",
    ("isRelatedTo", True): "look_again",
    ("isRelatedTo", False): "look_again",
    ("precedes", False): "look_again",
}

# What is only told to say what the item above it is: where it went, these went.
_TELLING: Final = ("indicator", "facet", "theme", "specific_competence", "stage_text")


@dataclass(frozen=True, slots=True)
class Read:
    """A link as read from an item of A: along it (``outward``) or against it. ``crosswalk`` holds it."""

    link: Link
    outward: bool
    crosswalk: str

    @property
    def code(self) -> str:
        """Return the code of the item in B."""
        return self.link.to_code if self.outward else self.link.from_code


@dataclass(frozen=True, slots=True)
class Preview:
    """What would become of one item.

    "stands": it is the same there, perhaps under another code; "look_again": there is something like it,
    but what is asked differs, so a person has to look; "gone": nothing there answers to it. ``to`` names
    the codes there; ``links`` are those of the crosswalks that say so. ``above`` is what the item lies in,
    where only that has a counterpart. ``stages`` are those it was judged at that mean something else there.
    """

    code: str
    outcome: Outcome
    to: tuple[str, ...] = ()
    links: tuple[Read, ...] = ()
    above: str = ""
    stages: tuple[str, ...] = ()


def upgrade_preview(
    comparison: Comparison,
    codes: Iterable[str],
    crosswalks: Iterable[Crosswalk] = (),
    *,
    judged: Mapping[str, Collection[str]] | None = None,
) -> tuple[Preview, ...]:
    """Return what would become of the items ``codes`` of framework A on framework B, in the order given.

    What is the same word for word, everything below it included, stands. For the rest the links of the
    ``crosswalks``, from A to B or from B to A, weigh more than the comparison: people made them.
    ``judged`` gives the stages at which an item was judged: where a stage is not the same there, the item
    asks for another look. Raises KeyError for a code that A does not have, ValueError for a crosswalk
    between other frameworks.
    """
    links = _links(comparison, crosswalks)
    return tuple(_previews(comparison, links, codes, judged or {}))


def _previews(
    comparison: Comparison,
    links: Mapping[str, list[Read]],
    codes: Iterable[str],
    judged: Mapping[str, Collection[str]],
) -> Iterator[Preview]:
    pairs = comparison.counterparts
    kept = {stage.a.code for stage in comparison.stages if stage.same and stage.a}
    for code in codes:
        item = comparison.a.by_code[code]
        found = _preview(comparison, pairs, item, links)
        if found.outcome == "gone" and item.parent and item.kind in _TELLING:
            above = _preview(comparison, pairs, comparison.a.by_code[item.parent], links)
            if above.to:
                found = Preview(code, "look_again", above.to, above.links, above=item.parent)
        other = tuple(stage for stage in judged.get(code, ()) if stage not in kept)
        if other and found.outcome != "gone":
            found = Preview(code, "look_again", found.to, found.links, found.above, other)
        yield found


def _links(comparison: Comparison, crosswalks: Iterable[Crosswalk]) -> dict[str, list[Read]]:
    """Return the links that say something of items of A, by the code of those items."""
    here, there = _reference(comparison.a), _reference(comparison.b)
    found: dict[str, list[Read]] = {}
    for crosswalk in crosswalks:
        ends = (crosswalk.frm, crosswalk.to)
        if ends not in ((here, there), (there, here)):
            raise ValueError(f"{crosswalk.id} does not lead from {here} to {there}, nor back")
        for link in crosswalk.links:
            if ends == (here, there):
                found.setdefault(link.from_code, []).append(Read(link, True, crosswalk.id))
            if ends == (there, here):
                found.setdefault(link.to_code, []).append(Read(link, False, crosswalk.id))
    return found


def _reference(framework: Framework) -> Reference:
    return Reference(framework.id, framework.version)


def _preview(
    comparison: Comparison, pairs: Mapping[str, Pair], item: Item, links: Mapping[str, list[Read]]
) -> Preview:
    pair = pairs.get(item.code)
    if pair is not None and _asks_the_same(comparison, pairs, pair):
        return Preview(item.code, "stands", (pair.b.code,))
    for outcome in OUTCOMES:
        said = tuple(
            one for one in links.get(item.code, ()) if _SAYS.get((one.link.relation, one.outward)) == outcome
        )
        if said:
            return Preview(item.code, outcome, tuple(dict.fromkeys(one.code for one in said)), said)
    if pair is not None:
        return Preview(item.code, "look_again", (pair.b.code,))
    return Preview(item.code, "gone")


def _asks_the_same(comparison: Comparison, pairs: Mapping[str, Pair], pair: Pair) -> bool:
    """Tell whether two items and all that lies below them (indicators, facets) read the same."""
    if pair.fields:
        return False
    below = list(_below(comparison.a, pair.a.code))
    there = {item.code for item in _below(comparison.b, pair.b.code)}
    found = [pairs.get(item.code) for item in below]
    met = {one.b.code for one in found if one is not None and not one.fields}
    return len(met) == len(below) and met == there


def _below(framework: Framework, code: str) -> Iterator[Item]:
    for item in framework.children(code):
        yield item
        yield from _below(framework, item.code)
