"""Programmes of a school for tests, loaded as a coordinator would."""

from __future__ import annotations

from bekwaam.services.frameworks.versions import framework_of
from bekwaam.services.growth.catalogue_files import look_through
from bekwaam.services.growth.catalogues import CatalogueKind, load_catalogue
from bekwaam.store.models import FrameworkVersion
from tests.cast import Cast

SHEET = (
    "Opleiding;Module;Jaar of periode;1.1;1.2;Soort activiteit;Hoe het getoetst wordt\n"
    "Sociaal werk;Contact leggen;Jaar 1;vakbekwaam;x;Praktijkleren;een gesprek met een acteur\n"
    "Sociaal werk;In de wijk;Jaar 2;startbekwaam;;;\n"
    "Ad Sociaal werk;Basis;Jaar 1;startbekwaam;startbekwaam;;\n"
)


def programme_at(cast: Cast, text: str = SHEET, standard: FrameworkVersion | None = None) -> str:
    """Load programmes for the provider, and return the key of the first."""
    version, kind = standard or cast.standard, CatalogueKind.PROGRAMME
    looked = look_through(kind, text.encode(), "matrix.csv", framework_of(version), cast.provider)
    assert not looked.faults
    load_catalogue(cast.coordinator, cast.provider, version, kind, looked.entries, "matrix.csv")
    return "sociaal-werk"
