"""Small made-up standards for tests: quick to judge, and of other shapes than the real one."""

from __future__ import annotations

from bekwaam.frameworks.model import Framework, Item, Source, Stage, Text
from bekwaam.frameworks.rules import Count, Rule, Share, UnitSet

SOURCE = Source("test", "1")
STAGES = tuple(
    Stage(code, short, rank, Text(code, code), Text(code, code), SOURCE)
    for rank, (code, short) in enumerate(
        [("startbekwaam", "sb"), ("vakbekwaam", "vb"), ("vakvolwassen", "vv")], start=1
    )
)


def item(code: str, kind: str, parent: str | None = None, stage: str | None = None) -> Item:
    """Return an item whose texts say which one it is."""
    return Item(
        code, kind, Text(f"{kind} {code}", f"{kind} {code} en"), Text(code, code), SOURCE, parent, stage
    )


def framework(identifier: str, items: list[Item], rule: Rule) -> Framework:
    """Return a standard of these items."""
    return Framework(
        id=identifier,
        version="1",
        kind="standard",
        title=Text(f"Standaard {identifier}", f"Standard {identifier}"),
        description=Text("Verzonnen", "Made up"),
        source=SOURCE,
        stages=STAGES,
        items=tuple(items),
        rule=rule,
    )


def small_standard(competences: int = 3, needed: int = 2) -> Framework:
    """Return a standard of a few competences in one cluster, with one life domain."""
    items = [item("1", "cluster")]
    for number in range(1, competences + 1):
        items += [item(f"1.{number}", "competence", "1")]
        items += [item(f"1.{number}.{s.short}1", "indicator", f"1.{number}", s.code) for s in STAGES]
    items.append(item("L1", "life_domain"))
    return framework("klein", items, Count(UnitSet("competence"), needed, "vakbekwaam"))


def indicator_standard(areas: int = 6, indicators: int = 5, percent: int = 80) -> Framework:
    """Return a standard in which each indicator is judged, and a share of every area is asked."""
    items = []
    for area in range(1, areas + 1):
        items.append(item(f"A{area}", "area"))
        items += [
            item(f"A{area}.vb{n}", "indicator", f"A{area}", "vakbekwaam") for n in range(1, indicators + 1)
        ]
    return framework("per-indicator", items, Share(UnitSet("indicator"), percent, per="area"))


def statements_only() -> Framework:
    """Return a framework in which there is nothing that anybody could be rated on."""
    return Framework(
        id="uitspraken",
        version="1",
        kind="framework",
        title=Text("Uitspraken", "Statements"),
        description=Text("Verzonnen", "Made up"),
        source=SOURCE,
        stages=(),
        items=(item("U1", "statement"),),
    )
