"""What of a dossier would still stand on another version or standard. Nothing changes by looking."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bekwaam.domain.accounts.access import Action, Role
from bekwaam.domain.assessment.asked import related_codes
from bekwaam.domain.procedures.scope import Scope, judged_units
from bekwaam.frameworks.crosswalk import Reference
from bekwaam.frameworks.model import Framework, Item
from bekwaam.frameworks.upgrade import OUTCOMES, Outcome, Preview, Read, upgrade_preview
from bekwaam.services.accounts.standing import Standing
from bekwaam.services.certificates.reads import AgreedFinal, agreed
from bekwaam.services.errors import NotFound
from bekwaam.services.frameworks.crosswalks import Held, crosswalks_between
from bekwaam.services.frameworks.reads import VersionHead, laid_side_by_side, standards_beside
from bekwaam.services.portfolio.reads import pieces_by_code
from bekwaam.services.procedures.team import team
from bekwaam.store.models import Assignment, Judgement, Procedure, Snapshot


@dataclass(frozen=True, slots=True)
class Why:
    """A link that says where an item went, and whose it is: an organisation, or empty for the product's."""

    read: Read
    owner: str


@dataclass(frozen=True, slots=True)
class Carried:
    """An item that carries something in the dossier, and what would become of that.

    ``pieces`` is how much evidence is tied to it, ``judgements`` how many assessors judged it, ``final``
    the final judgement with its stage (None: not shown), ``chosen`` that the candidate chose it.
    """

    preview: Preview
    item: Item
    to: tuple[Item, ...]
    whys: tuple[Why, ...]
    pieces: int
    judgements: int
    final: AgreedFinal | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class UpgradeRead:
    """A dossier on framework ``a`` as it would be on ``b``.

    ``asked`` is what ``b`` asks and nothing in this dossier leads to yet. ``crosswalks`` were used.
    ``judging_open`` tells whether what assessors found is told here.
    """

    a: Framework
    b: Framework
    head: VersionHead
    carried: tuple[Carried, ...]
    asked: tuple[Item, ...]
    crosswalks: tuple[Held, ...]
    judging_open: bool

    @property
    def counts(self) -> dict[Outcome, int]:
        """Return how many of the items that carry something stand, ask for another look, or are gone."""
        found = [one.preview.outcome for one in self.carried]
        return {outcome: found.count(outcome) for outcome in OUTCOMES}


@dataclass(frozen=True, slots=True)
class Targets:
    """The version that a dossier is pinned to, and what it could be laid beside."""

    here: VersionHead
    others: tuple[VersionHead, ...]

    def find(self, identifier: str, version: str) -> VersionHead:
        """Return one of the others. NotFound where it is none of them."""
        for head in self.others:
            if (head.identifier, head.version) == (identifier, version):
                return head
        raise NotFound


def upgrade_targets(procedure: Procedure) -> Targets:
    """Return what a dossier could be laid beside: versions of its own standard first, then other standards.

    Only what everybody may use, or the procedure's own provider. Newest first. One query.
    """
    heads = standards_beside(procedure.standard, procedure.provider_id)
    others = [head for head in heads if head.pk != procedure.standard_id]
    others.sort(key=lambda head: head.identifier != procedure.standard.identifier)
    here = next(head for head in heads if head.pk == procedure.standard_id)
    return Targets(here, tuple(others))


def has_upgrade_targets(procedure: Procedure) -> bool:
    """Tell whether there is anything that a dossier could be laid beside.

    No query for a procedure that :func:`bekwaam.services.accounts.standing.find_procedure` found, else one.
    """
    known: bool | None = getattr(procedure, "has_other_standards", None)
    return bool(upgrade_targets(procedure).others) if known is None else known


def read_upgrade(
    procedure: Procedure, here: VersionHead, target: VersionHead, standing: Standing
) -> UpgradeRead:
    """Return what of a dossier on ``here`` would stand on ``target``, for who stands to it like this.

    What the assessors found is left out for who may not see the outcome (yet). At most eight queries, five
    once this process has read what it is about.
    """
    comparison = laid_side_by_side(here, target)
    a, b = comparison.a, comparison.b
    known = crosswalks_between(Reference(a.id, a.version), Reference(b.id, b.version), procedure.provider)
    pieces = pieces_by_code(procedure)
    judging_open = bool(standing.may(Action.SEE_OUTCOME) or standing.may(Action.PREPARE_OUTCOME))
    judgements = _judgements(procedure) if judging_open else {}
    finals = agreed(procedure, team(procedure)) if judgements else {}
    chosen = set(procedure.life_domains)
    bearing = pieces.keys() | finals.keys() | judgements.keys() | chosen
    stages = {code: [final.finding.stage] for code, final in finals.items() if final.finding.stage}
    previews = upgrade_preview(
        comparison,
        [item.code for item in a.items if item.code in bearing],
        [held.crosswalk for held in known],
        judged=stages,
    )
    owners = {held.crosswalk.id: held.owner for held in known}
    carried = tuple(
        Carried(
            preview=one,
            item=a.by_code[one.code],
            to=tuple(b.by_code[code] for code in one.to if code in b.by_code),
            whys=tuple(Why(read, owners[read.crosswalk]) for read in one.links),
            pieces=pieces.get(one.code, 0),
            judgements=len(judgements.get(one.code, ())),
            final=finals.get(one.code),
            chosen=one.code in chosen,
        )
        for one in previews
    )
    asked = _asked(procedure, b, previews)
    return UpgradeRead(a, b, target, carried, asked, known, judging_open)


def _judgements(procedure: Procedure) -> dict[str, set[int]]:
    """Return who of the running assessors (by key) judged what was handed in last, by unit."""
    running = Assignment.objects.filter(procedure=procedure, role=Role.ASSESSOR, until=None)
    newest = Snapshot.objects.filter(procedure=procedure).order_by("-number").values("pk")[:1]
    rows = Judgement.objects.filter(
        snapshot__in=newest, assessor__in=running.values("person"), replaced_by=None
    )
    found: dict[str, set[int]] = {}
    for unit, assessor in rows.order_by().values_list("unit", "assessor"):
        found.setdefault(unit, set()).add(assessor)
    return found


def _asked(procedure: Procedure, b: Framework, previews: Iterable[Preview]) -> tuple[Item, ...]:
    """Return what is judged on ``b`` and has nothing of this dossier leading to it, or to a part of it."""
    reached = {code for preview in previews for code in preview.to}
    units = judged_units(b, Scope(other_stages=procedure.other_stages))
    return tuple(b.by_code[code] for code in units if not reached & related_codes(b, code))
