"""The interventions that somebody can choose from: those of the organisations that are theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from bekwaam.domain.interventions.choosing import lightest_first
from bekwaam.domain.interventions.entries import Intervention
from bekwaam.frameworks.crosswalk import Reference
from bekwaam.frameworks.model import Framework
from bekwaam.services.errors import NotFound
from bekwaam.services.frameworks.versions import frameworks_of
from bekwaam.services.growth.catalogues import (
    CatalogueKind,
    interventions_in,
    of_their_organisations,
    version_of,
)
from bekwaam.services.growth.intervention_lists import continuum
from bekwaam.store.models import Person


@dataclass(frozen=True)
class Shelf:
    """What is somebody's to choose from, lightest first, and the versions to which it is tied."""

    interventions: tuple[Intervention, ...]
    frameworks: Mapping[Reference, Framework]

    @cached_property
    def by_ref(self) -> dict[str, Intervention]:
        """Return the interventions by their reference."""
        return {one.ref: one for one in self.interventions}

    @property
    def organisations(self) -> tuple[str, ...]:
        """Return the names of the organisations that have any, each once."""
        return tuple(dict.fromkeys(one.organisation for one in self.interventions))

    def one(self, ref: str) -> Intervention:
        """Return one by its reference; NotFound for what is not on the shelf."""
        if ref not in self.by_ref:
            raise NotFound
        return self.by_ref[ref]

    def chosen(self, refs: Iterable[str]) -> tuple[Intervention, ...]:
        """Return those of ``refs`` that are there, each once; what was taken out since is passed over."""
        return tuple(self.by_ref[ref] for ref in dict.fromkeys(refs) if ref in self.by_ref)


def read_shelf(person: Person) -> Shelf:
    """Return what somebody can choose from. One query, and one where a version was not read before."""
    rows = list(of_their_organisations(person, CatalogueKind.INTERVENTIONS))
    read = frameworks_of((row.standard_id, row.standard.sha256) for row in rows)
    return Shelf(
        lightest_first((one for row in rows for one in interventions_in(row)), continuum()),
        {version_of(row): read[row.standard_id] for row in rows},
    )
