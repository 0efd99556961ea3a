"""Making evidence of what somebody looked back on: a story that is begun in the evidence form.

Nothing becomes evidence by itself. The form is filled in as a draft; its owner makes it their own, and saves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from bekwaam.domain.accounts.access import Action, Role, may
from bekwaam.domain.portfolio.kinds import EvidenceKind, StarrField
from bekwaam.domain.procedures.states import State
from bekwaam.domain.verdict import refused
from bekwaam.frameworks.model import Text
from bekwaam.services.drafts import load_draft, save_draft
from bekwaam.services.errors import NotFound, Refused, insist
from bekwaam.services.portfolio.own import portfolios
from bekwaam.store.models import Person, Procedure
from bekwaam.wording import N_

_UNFINISHED: Final = N_(
    "There is a story in that form that you have not saved yet. Finish it or throw it away first; what you "
    "wrote here stays."
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where evidence can go: a portfolio of one's own, or (``number``) the open dossier of a procedure."""

    ref: str
    title: Text
    number: str = ""

    @property
    def own(self) -> bool:
        """Tell whether it is a portfolio of one's own."""
        return not self.number


@dataclass(frozen=True, slots=True)
class Begun:
    """A story to begin with; ``parts`` are those of STARR."""

    title: str
    parts: Mapping[StarrField, str]
    dated_on: date | None = None


def places(person: Person) -> tuple[Place, ...]:
    """Return where somebody can add evidence now: open dossiers first. Two queries."""
    rows = Procedure.objects.filter(candidate=person, state=State.PORTFOLIO.value)
    dossiers = [
        Place(row.ref, Text(row.standard.title["nl"], row.standard.title["en"]), row.number)
        for row in rows.select_related("standard").defer("standard__document").order_by("-pk")
    ]
    return (*dossiers, *(Place(one.ref, one.title) for one in portfolios(person)))


def begin_evidence(actor: Person, ref: str, begun: Begun) -> Place:
    """Fill in the form for a story at the place ``ref`` with what there is; return the place.

    Raises NotFound for a place of somebody else, Refused where something unsaved stands in that form.
    """
    insist(may(Action.WRITE_OWN_PORTFOLIO, {Role.OWNER}))
    place = next((one for one in places(actor) if one.ref == ref), None)
    if place is None:
        raise NotFound
    key = f"evidence:{place.ref}:new:{EvidenceKind.STORY}"
    if load_draft(actor, key) is not None:
        raise Refused(refused("unfinished", _UNFINISHED))
    fields = {"title": begun.title, **{part.value: text for part, text in begun.parts.items()}}
    if begun.dated_on is not None:
        fields["dated_on"] = begun.dated_on.isoformat()
    save_draft(actor, key, {name: [text] for name, text in fields.items() if text})
    return place
