"""What somebody can collect evidence for in a portfolio of their own."""

from __future__ import annotations

from bekwaam.domain.procedures.scope import Scope, judged_units
from bekwaam.frameworks.model import Framework


def own_units(framework: Framework) -> tuple[str, ...]:
    """Return the codes that a portfolio of one's own is laid beside, in document order.

    Of a standard that is what would be judged, with every life domain it has; of a framework without a
    rule its competences and life domains. Empty for a framework of which nothing can be shown.
    """
    domains = tuple(item.code for item in framework.of_kind("life_domain"))
    judged = judged_units(framework, Scope(life_domains=domains))
    if judged:
        return judged
    shown = {item.code for item in framework.of_kind("competence")} | set(domains)
    return tuple(item.code for item in framework.items if item.code in shown)
