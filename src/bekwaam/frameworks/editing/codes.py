"""Which code would come next: 1.4 after 1.3, 1.1.vb3 after 1.1.vb2."""

from __future__ import annotations

import re
from itertools import count
from typing import Final

from bekwaam.frameworks.model import Framework, Item

_NUMBERED: Final = re.compile(r"(.*?)(\d+)", re.DOTALL)
# What the first of a kind is called where there is nothing to go by.
_FIRST: Final = {"cluster": "", "competence": "C", "life_domain": "L", "practice_theme": "P"}


def next_code(framework: Framework, kind: str, parent: str | None, stage: str | None = None) -> str:
    """Return a code that is free, and fits those of the items beside it as well as we can guess."""
    beside = [one for one in framework.children(parent, kind) if one.stage == stage]
    start = _after(beside[-1].code) if beside else _first(framework, kind, parent, stage)
    prefix, number = start
    return next(code for n in count(number) if (code := f"{prefix}{n}") not in framework.by_code)


def _after(code: str) -> tuple[str, int]:
    """Return the code that comes after one, as what stands before its number and the number."""
    found = _NUMBERED.fullmatch(code)
    return (found[1], int(found[2]) + 1) if found else (f"{code}.", 2)


def _first(framework: Framework, kind: str, parent: str | None, stage: str | None) -> tuple[str, int]:
    if parent is None:
        return _FIRST.get(kind, "".join(word[0] for word in kind.split("_")).upper()), 1
    short = framework.stage_by_code[stage].short if stage in framework.stage_by_code else ""
    if short:
        return f"{parent}.{short}", 1
    cousin = next((one for one in framework.of_kind(kind) if _is_below(one)), None)
    mark = _mark(cousin) if cousin else ""
    return f"{parent}.{mark}", 1


def _is_below(item: Item) -> bool:
    return item.parent is not None and item.code.startswith(item.parent)


def _mark(cousin: Item) -> str:
    """Return what stands between the code of a parent and the number: "t" in L1.t2."""
    found = _NUMBERED.fullmatch(cousin.code[len(cousin.parent or "") :])
    return found[1].lstrip(".") if found else ""
