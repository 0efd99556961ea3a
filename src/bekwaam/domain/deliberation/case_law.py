"""A deliberation kept for colleagues, without names: what is offered, and whether it will do. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from bekwaam.domain.deliberation.answers import CASE_KINDS
from bekwaam.domain.deliberation.asking import Step
from bekwaam.domain.deliberation.inviting import check_title
from bekwaam.domain.faults import Fault
from bekwaam.frameworks.model import Framework
from bekwaam.wording import N_

MAX_CODES: Final = 10
MAX_STEP: Final = 10_000
# A shorter word of a name is a prefix, or an ordinary word as well.
_SHORTEST_NAME: Final = 3


@dataclass(frozen=True, slots=True)
class Offered:
    """What is offered: a text for each step, and the dilemmas and competences that it is found by."""

    title: str
    texts: Mapping[Step, str]
    dilemmas: tuple[str, ...] = ()
    competences: tuple[str, ...] = ()

    def tidied(self) -> dict[str, str]:
        """Return the texts that say something, in the order of the steps."""
        found = {step.value: self.texts.get(step, "").strip() for step in Step}
        return {step: text for step, text in found.items() if text}


def check_offered(
    offered: Offered, dilemmas: Framework, competences: Collection[str], taken_part: Iterable[str]
) -> tuple[Fault, ...]:
    """Return what is wrong with what is offered, in the order of the form.

    ``competences`` are the codes that can be chosen, ``taken_part`` the names of those who took part: none
    of these may stand in it.
    """
    faults = list(check_title(offered.title))
    names = tuple(taken_part)
    faults += _named("title", offered.title, names)
    if not offered.tidied():
        faults.append(Fault(Step.FACTS, "empty", N_("Write something here.")))
    for step, text in offered.tidied().items():
        if len(text) > MAX_STEP:
            faults.append(Fault(step, "too_long", N_("This is too long: 10,000 characters is the most.")))
        faults += _named(step, text, names)
    known = {item.code for item in dilemmas.items if item.kind in CASE_KINDS}
    if not set(offered.dilemmas) <= known or not set(offered.competences) <= set(competences):
        faults.append(Fault("dilemmas", "unknown", N_("Choose from the list.")))
    if max(len(offered.dilemmas), len(offered.competences)) > MAX_CODES:
        faults.append(Fault("dilemmas", "too_many", N_("Choose ten at the most.")))
    if not offered.dilemmas and not offered.competences:
        message = N_("Choose at least one dilemma or competence: that is how colleagues find it.")
        faults.append(Fault("dilemmas", "empty", message))
    return tuple(faults)


def _named(field: str, text: str, names: tuple[str, ...]) -> list[Fault]:
    """Return a fault where somebody who took part is named: their whole name, or a part of it."""
    parts = {
        part for name in names for part in name.split() if len(part) >= _SHORTEST_NAME and part[:1].isupper()
    }
    found = next((part for part in sorted(parts) if re.search(rf"\b{re.escape(part)}\b", text)), None)
    if found is None:
        return []
    message = N_("“{name}” took part and stands in this text. Write it without the name.")
    return [Fault(field, "named", message, {"name": found})]
