"""Writes a framework as the CSV that Moodle's competency framework import reads (``tool_lpimportcsv``).

The columns, their order and what may stand in them follow ``framework_importer.php`` of Moodle 4 and 5. One
language goes along; Moodle's competencies have no second one. What is judged stays with people: Moodle's own
completion rules are left empty.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from bekwaam.frameworks.exchange.shortened import shortened
from bekwaam.frameworks.kind_singular import one_of_kind
from bekwaam.frameworks.model import Framework, Item
from bekwaam.frameworks.rules import leaves
from bekwaam.wording import N_, say

COLUMNS: Final = (
    "Parent ID number", "ID number", "Short name", "Description", "Description format", "Scale values",
    "Scale configuration", "Rule type (optional)", "Rule outcome (optional)", "Rule config (optional)",
    "Cross-referenced competency ID numbers", "Exported ID (optional)", "Is framework", "Taxonomy",
)  # fmt: skip
SHORT: Final = 100
"""The most characters of a short name or an id number."""
_PLAIN: Final = 2  # FORMAT_PLAIN
_LEVELS: Final = 10
_NO: Final = N_("not shown yet")
_YES: Final = N_("shown")
# Moodle's words for what stands on a level of the tree.
_TAXONOMY: Final = {
    "competence": "competency", "specific_competence": "competency", "indicator": "behaviour",
    "stage_text": "level", "level_indicator": "level", "education_level": "level", "craft_stage": "level",
    "cluster": "domain", "group": "domain", "area": "domain", "life_domain": "domain",
    "practice_theme": "domain", "knowledge_field": "domain", "knowledge_kind": "domain",
    "knowledge_item": "concept", "knowledge_element": "concept", "key_concept": "concept",
    "practice": "practice", "mission_value": "value", "attitude": "value", "result": "outcome",
}  # fmt: skip


def write_moodle(framework: Framework, *, language: str = "nl") -> bytes:
    """Return ``framework`` as CSV (UTF-8, commas) for Moodle, with the texts in ``language``.

    The stages become the scale, lowest first, after "not shown yet"; the stage that the rule asks, or the
    first, is where somebody is proficient.
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerow(_head(framework, language))
    writer.writerows(
        _competency(item, number, language) for number, item in enumerate(_ordered(framework), 1)
    )
    return file.getvalue().encode()


def _ordered(framework: Framework) -> Iterator[Item]:
    """Yield the items with every parent before what lies below it."""
    waiting = list(reversed(framework.children(None)))
    while waiting:
        item = waiting.pop()
        yield item
        waiting.extend(reversed(framework.children(item.code)))


def _head(framework: Framework, language: str) -> list[Any]:
    values, configuration = _scale(framework, language)
    return [
        "", shortened(f"{framework.id}@{framework.version}", SHORT),
        shortened(_plain(f"{framework.title[language]} ({framework.version})"), SHORT),
        _plain(framework.description[language]), _PLAIN, values, configuration, "", "", "", "", "", 1,
        _taxonomies(framework),
    ]  # fmt: skip


def _competency(item: Item, number: int, language: str) -> list[Any]:
    parent = _id_number(item.parent) if item.parent is not None else ""
    name = item.name(language)
    text = item.text[language] if item.text else ""
    return [
        parent, _id_number(item.code), shortened(_plain(f"{item.code} {name}"), SHORT),
        _plain(text or f"{one_of_kind(item.kind, language)}: {name}"), _PLAIN, "", "", "", "", "null", "",
        number, "", "",
    ]  # fmt: skip


def _id_number(code: str) -> str:
    # PHP takes "1.1" and "1.10" for the same number when it looks for what lies below what.
    return f"c-{code}"


def _scale(framework: Framework, language: str) -> tuple[str, str]:
    """Return the values of the scale and, as JSON, which is the first and which make proficient."""
    names = [stage.title[language] for stage in framework.stages] or [say(language, _YES)]
    asked = (
        next((leaf.stage for leaf in leaves(framework.rule) if leaf.stage), None) if framework.rule else None
    )
    enough = framework.stage_by_code[asked].rank if asked else 1
    values = [say(language, _NO), *names]
    configuration: list[dict[str, Any]] = [{"scaleid": "1"}]  # replaced by Moodle's own on import
    for rank in range(len(values)):
        configuration.append(
            {"id": rank + 1, "scaledefault": int(rank == 0), "proficient": int(rank >= enough)}
        )
    text = ",".join(_plain(value).replace(",", ";") for value in values)
    return text, json.dumps(configuration, separators=(",", ":"))


def _taxonomies(framework: Framework) -> str:
    """Return Moodle's word for every level of the tree, by the kind that stands there most."""
    levels: dict[int, Counter[str]] = {}
    depth: dict[str, int] = {}
    for item in _ordered(framework):
        depth[item.code] = depth[item.parent] + 1 if item.parent is not None else 0
        levels.setdefault(depth[item.code], Counter())[_TAXONOMY.get(item.kind, "competency")] += 1
    most = [levels[level].most_common(1)[0][0] for level in sorted(levels)]
    return ",".join(most[:_LEVELS])


def _plain(text: str) -> str:
    # A backslash before a quote would end the cell for PHP; "<" would begin a tag.
    return text.replace("\\", "/").replace("<", "‹").replace(">", "›")
