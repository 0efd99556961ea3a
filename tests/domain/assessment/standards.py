"""Frameworks made for one test: competences in clusters, or indicators in areas."""

from __future__ import annotations

from bekwaam.frameworks.model import Framework, Item, Source, Stage, Text
from bekwaam.frameworks.rules import Rule

SOURCE = Source("T", "1")
STAGES = ("low", "middle", "high")


def text(words: str) -> Text:
    return Text(words, f"{words} (en)")


def framework(items: list[Item], rule: Rule | None) -> Framework:
    return Framework(
        id="test",
        version="1",
        kind="standard",
        title=text("Test"),
        description=text("Test."),
        source=SOURCE,
        stages=tuple(
            Stage(code, code[0], rank, text(code), text(code), SOURCE) for rank, code in enumerate(STAGES, 1)
        ),
        items=tuple(items),
        rule=rule,
    )


def of_competences(count: int, rule: Rule | None = None, *, per_cluster: int = 3) -> Framework:
    """Return ``count`` competences c1, c2, ... in clusters k1, k2, ... of ``per_cluster``."""
    items: list[Item] = []
    for n in range(count):
        cluster = f"k{n // per_cluster + 1}"
        if n % per_cluster == 0:
            items.append(Item(cluster, "cluster", text(cluster), None, SOURCE))
        items.append(Item(f"c{n + 1}", "competence", text(f"Competence {n + 1}"), text("x"), SOURCE, cluster))
    return framework(items, rule)


def of_areas(sizes: tuple[int, ...], rule: Rule | None = None, stage: str = "middle") -> Framework:
    """Return areas a1, a2, ... with indicators a1.1, a1.2, ... of one ``stage`` directly below them."""
    items: list[Item] = []
    for a, size in enumerate(sizes, 1):
        items.append(Item(f"a{a}", "area", text(f"Area {a}"), None, SOURCE))
        items += [
            Item(f"a{a}.{n}", "indicator", None, text(f"Does {a}.{n}"), SOURCE, f"a{a}", stage)
            for n in range(1, size + 1)
        ]
    return framework(items, rule)
