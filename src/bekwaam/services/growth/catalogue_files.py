"""The spreadsheets of a catalogue: a template to fill in, and what a filled-in one holds, kind by kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bekwaam.domain.growth.rating import rated_units
from bekwaam.domain.growth.ways import WAYS, Way
from bekwaam.frameworks.exchange.offer_sheet import OfferRow, read_offer_sheet, write_offer_sheet
from bekwaam.frameworks.exchange.profile_sheet import (
    asked_codes,
    profiles_of,
    read_profile_sheet,
    write_profile_sheet,
)
from bekwaam.frameworks.exchange.programme_sheet import (
    read_programme_sheet,
    write_programme_csv,
    write_programme_list,
    write_programme_matrix,
)
from bekwaam.frameworks.faults import Fault
from bekwaam.frameworks.function_profile_document import profile_document
from bekwaam.frameworks.model import Framework
from bekwaam.services.growth.catalogues import CatalogueKind, entries_in_use
from bekwaam.services.growth.intervention_lists import (
    intervention_entries,
    intervention_template,
    read_interventions,
)
from bekwaam.services.growth.modules import module_entry
from bekwaam.store.models import Provider
from bekwaam.store.models.shared import new_ref

MAX_FILE: Final = 5 * 1024 * 1024
_WAYS: Final = {way.value: facts.name for way, facts in WAYS.items()}


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file would load, as plain JSON, with what is wrong in it by cell."""

    entries: tuple[Mapping[str, Any], ...]
    faults: tuple[Fault, ...]
    repairs: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a template is made of: ``here`` are the entries there are, for a kind that puts them in."""

    framework: Framework
    language: str
    here: Callable[[], Sequence[Any]]
    matrix: bool
    plain: bool


@dataclass(frozen=True, slots=True)
class _Sent:
    """A file that was sent, with what it is held against."""

    data: bytes
    name: str
    framework: Framework
    provider: Provider
    here: Callable[[], Sequence[Any]]


@dataclass(frozen=True, slots=True)
class _Files:
    """How the spreadsheets of one kind are made and read."""

    units: Callable[[Framework], tuple[str, ...]]
    template: Callable[[_Asked], bytes]
    read: Callable[[_Sent], Looked]


def units_of(kind: CatalogueKind, framework: Framework) -> tuple[str, ...]:
    """Return the codes that a catalogue can be about; none where it has no use for this framework."""
    return _FILES[kind].units(framework)


def template(
    kind: CatalogueKind,
    framework: Framework,
    language: str,
    *,
    provider: Provider | None = None,
    matrix: bool = False,
    plain: bool = False,
) -> bytes:
    """Return a spreadsheet to fill in for a version: empty, or with the interventions that there are.

    A programme can also be written down as a ``matrix``, and its template taken ``plain``, as CSV. One query
    for the interventions of ``provider``, otherwise none.
    """

    def here() -> Sequence[Any]:
        return entries_in_use(provider, framework, kind) if provider else ()

    return _FILES[kind].template(_Asked(framework, language, here, matrix, plain))


def look_through(
    kind: CatalogueKind, data: bytes, name: str, framework: Framework, provider: Provider
) -> Looked:
    """Return what a file holds for ``provider``, with what is wrong in it by cell; nothing is loaded."""
    sent = _Sent(data, name, framework, provider, lambda: entries_in_use(provider, framework, kind))
    return _FILES[kind].read(sent)


def offer_entry(row: OfferRow) -> dict[str, Any]:
    """Return an offer as it is kept, with a reference of its own."""
    return {
        "ref": new_ref(),
        "name": row.name,
        "way": row.way,
        "by": row.by,
        "codes": list(row.codes),
        "stage": row.stage,
        "text": row.text,
        "url": row.url,
    }


def _rated(framework: Framework) -> tuple[str, ...]:
    return tuple(item.code for item in rated_units(framework))


def _offer_template(asked: _Asked) -> bytes:
    return write_offer_sheet(asked.framework, _rated(asked.framework), _WAYS, asked.language)


def _read_offers(sent: _Sent) -> Looked:
    codes = _rated(sent.framework)
    found = read_offer_sheet(sent.data, sent.name, sent.framework, codes, _WAYS, Way.OTHER)
    return Looked(tuple(map(offer_entry, found.rows)), found.faults, found.repairs)


def _profile_template(asked: _Asked) -> bytes:
    return write_profile_sheet(asked.framework, asked.language)


def _read_profiles(sent: _Sent) -> Looked:
    read = read_profile_sheet(sent.data, sent.name, sent.framework)
    made = profiles_of(read.rows, sent.framework, sent.provider.name, sent.provider.ref)
    return Looked(tuple(map(profile_document, made)), read.faults, read.repairs)


def _programme_template(asked: _Asked) -> bytes:
    codes = _rated(asked.framework)
    if asked.plain:
        return write_programme_csv(asked.framework, codes, asked.language, asked.matrix)
    write = write_programme_matrix if asked.matrix else write_programme_list
    return write(asked.framework, codes, _WAYS, asked.language)


def _read_programmes(sent: _Sent) -> Looked:
    read = read_programme_sheet(sent.data, sent.name, sent.framework, _rated(sent.framework), _WAYS)
    return Looked(tuple(map(module_entry, read.rows)), read.faults, read.repairs)


def _intervention_template(asked: _Asked) -> bytes:
    return intervention_template(asked.framework, asked.language, asked.here())


def _read_interventions(sent: _Sent) -> Looked:
    read = read_interventions(sent.data, sent.name, sent.framework)
    sound = () if read.faults else intervention_entries(read.rows, sent.here())
    return Looked(tuple(sound), read.faults, read.repairs)


_FILES: Final[Mapping[CatalogueKind, _Files]] = {
    CatalogueKind.OFFERS: _Files(_rated, _offer_template, _read_offers),
    CatalogueKind.PROFILES: _Files(asked_codes, _profile_template, _read_profiles),
    CatalogueKind.PROGRAMME: _Files(_rated, _programme_template, _read_programmes),
    CatalogueKind.INTERVENTIONS: _Files(_rated, _intervention_template, _read_interventions),
}
