"""The programmes of a school: which there are, and one of them with the framework that it is about."""

from __future__ import annotations

from dataclasses import dataclass

from bekwaam.domain.growth.programme import Programme
from bekwaam.services.errors import NotFound
from bekwaam.services.growth.catalogues import CatalogueKind, in_use
from bekwaam.store.models import Catalogue, FrameworkVersion, Membership, Person, Provider


@dataclass(frozen=True, slots=True)
class Known:
    """A programme of a school, with the framework version that it is tied to and the file it came from."""

    standard: FrameworkVersion
    programme: Programme
    file: str

    @property
    def called(self) -> str:
        """Return what the programme is called where something follows it."""
        return f"{self.standard.identifier}@{self.standard.version}/{self.programme.key}"


def programmes_at(provider: Provider) -> tuple[Known, ...]:
    """Return the programmes of a school by framework, as they were listed. Two queries."""
    found = in_use(provider, CatalogueKind.PROGRAMME)
    rows = FrameworkVersion.objects.filter(pk__in=found).defer("document").order_by("identifier", "pk")
    return tuple(
        Known(row, programme, found[row.pk].name) for row in rows for programme in found[row.pk].programmes
    )


def schools_of(person: Person) -> tuple[tuple[str, str], ...]:
    """Return the reference and name of the schools with programmes that somebody works for. One query."""
    works = Membership.objects.filter(person=person, until=None).order_by().values("provider")
    taught = Catalogue.objects.filter(kind=CatalogueKind.PROGRAMME, withdrawn_at=None)
    rows = Provider.objects.filter(pk__in=works, catalogues__in=taught).order_by("name").distinct()
    return tuple(rows.values_list("ref", "name"))


def find_programme(provider: Provider, standard: FrameworkVersion, key: str) -> Known:
    """Return one programme of a school by its key; NotFound where there is none. One query."""
    used = in_use(provider, CatalogueKind.PROGRAMME).get(standard.pk)
    for programme in used.programmes if used else ():
        if programme.key == key:
            return Known(standard, programme, used.name if used else "")
    raise NotFound
