"""Addresses of the dossier of a procedure, and of a portfolio of one's own."""

from django.urls import URLPattern, path

from bekwaam.web.portfolio.desk import Pages
from bekwaam.web.portfolio.views import (
    bring_in,
    consent,
    coverage,
    dossier,
    evidence,
    handing_in,
    mahara,
    own,
    privacy,
    suggestions,
    take_along,
    taking,
    tips,
    unit,
    upgrade,
    uploads,
    versions,
)

app_name = "portfolio"

_PROCEDURE = "traject/<str:ref>/"
_DOSSIER = _PROCEDURE + "dossier/"
_OWN = "portfolio/<str:ref>/"
_PIECE = "bewijs/<str:piece>/"


def _both(route: str, pages: Pages, name: str) -> list[URLPattern]:
    """Return the addresses of a page that is the same in both places."""
    return [
        path(_DOSSIER + route, pages.dossier, name=name),
        path(_OWN + route, pages.own, name=f"own_{name}"),
    ]


urlpatterns = [
    path("portfolio/", own.own_portfolios, name="portfolios"),
    path("portfolio/meenemen/", take_along.take_along, name="take_along"),
    path("portfolio/binnenhalen/", bring_in.bring_in, name="bring_in"),
    path("portfolio/binnenhalen/kijken/<str:ref>/", bring_in.look, name="bring_in_look"),
    path("portfolio/binnenhalen/<str:ref>/", bring_in.brought, name="brought"),
    path("portfolio/binnenhalen/<str:ref>/bestand/<path:path>", bring_in.brought_file, name="brought_file"),
    path("portfolio/upload/", uploads.upload_begin, name="upload_begin"),
    path("portfolio/upload/<str:ref>/", uploads.upload, name="upload"),
    path("portfolio/uit-mahara/", mahara.from_mahara, name="from_mahara"),
    path("portfolio/uit-mahara/<str:ref>/", mahara.mahara_found, name="mahara_found"),
    path(_PROCEDURE + "toestemming/", consent.consent, name="consent"),
    path(_DOSSIER, dossier.dossier, name="dossier"),
    path(_DOSSIER + "inleveren/", handing_in.hand_in, name="hand_in"),
    path(_DOSSIER + "andere-versie/", upgrade.upgrade, name="upgrade"),
    path(_DOSSIER + "tip/", tips.tip, name="tip"),
    path(_DOSSIER + "kies/", taking.take, name="take"),
    path(_OWN, own.own_portfolio.own, name="own_dossier"),
    *_both("overzicht/", coverage.coverage_map, "coverage"),
    *_both("competentie/<str:code>/", unit.unit, "unit"),
    *_both("ladder/<str:code>/", unit.unit_ladder, "unit_ladder"),
    *_both("bewijs/", evidence.evidence_kinds, "evidence_kinds"),
    *_both("bewijs/nieuw/<str:kind>/", evidence.evidence_new, "evidence_new"),
    *_both(_PIECE, evidence.evidence, "evidence"),
    *_both(_PIECE + "weg/", evidence.evidence_remove, "evidence_remove"),
    *_both(_PIECE + "bestand/", evidence.evidence_file, "evidence_file"),
    *_both(_PIECE + "merken/", privacy.mark, "mark"),
    *_both(_PIECE + "suggestie/", suggestions.suggestion, "suggestion"),
    *_both(_PIECE + "eerder/", versions.versions, "versions"),
    *_both(_PIECE + "eerder/<int:number>/", versions.version, "version"),
]
