"""Addresses of self-assessment and growth."""

from django.urls import URLPattern, path

from bekwaam.services.growth.catalogues import CatalogueKind
from bekwaam.web.growth import (
    activities,
    catalogues,
    choosing,
    gap,
    goals,
    knowledge,
    own_profiles,
    picture,
    plan,
    profile_beside,
    profiles,
    programmes,
    rounds,
    what_if,
)

app_name = "growth"

_OWN = "zelfbeoordeling/"
_ROUND = _OWN + "<str:ref>/"
_PLAN = "ontwikkelplan/"
_GOAL = _PLAN + "doel/<str:ref>/"
_PROGRAMMES = "aanbieder/<str:ref>/opleidingen/"
_VERSION = "<str:identifier>/<str:version>/"
_KNOWLEDGE = "kennis/"
_KNOWN = _KNOWLEDGE + _VERSION + "<str:code>/"
_ACTIVITY = _PLAN + "activiteit/<str:ref>/"
_OWN_PROFILES = "aanbieder/<str:ref>/functieprofielen/" + _VERSION


def _catalogue(route: str, kind: CatalogueKind, name: str) -> list[URLPattern]:
    """Return the addresses of one kind of catalogue of an organisation; the pages are the same for each."""
    start, on = f"aanbieder/<str:ref>/{route}", f"aanbieder/<str:ref>/{route}{_VERSION}"
    known = {"kind": kind}
    return [
        path(start, catalogues.index, known, name=name),
        path(on, catalogues.catalogue, known, name=f"{name}_on"),
        path(on + "sjabloon/", catalogues.sheet, known, name=f"{name}_template"),
        path(on + "intrekken/", catalogues.withdraw, known, name=f"{name}_withdraw"),
    ]


urlpatterns = [
    path("groei/", choosing.where, name="where"),
    path("groei/<str:identifier>/<str:version>/", picture.growth_over_time, name="growth"),
    path("groei/<str:identifier>/<str:version>/naar/<str:goal>/", gap.gap, name="gap"),
    path("functies/", profiles.index, name="profiles"),
    path("functies/naast-elkaar/", profile_beside.compare, name="profile_compare"),
    path("functies/<str:group>/<str:code>/", profiles.profile, name="profile"),
    path("functies/<str:group>/<str:code>/wijzigingen/", profile_beside.versions, name="profile_versions"),
    path(_PLAN, plan.plan, name="plan"),
    path(_PLAN + "gesprek/", plan.talk, name="talk"),
    path(_PLAN + "afspreken/", plan.agree, name="agree"),
    path(_PLAN + "nieuw-doel/", goals.goal_new, name="goal_new"),
    path(_GOAL, goals.goal, name="goal"),
    path(_GOAL + "wijzigen/", goals.goal_change, name="goal_change"),
    path(_GOAL + "afsluiten/", goals.goal_close, name="goal_close"),
    path(_GOAL + "weg/", goals.goal_drop, name="goal_drop"),
    path(_GOAL + "doen/", activities.activity_new, name="activity_new"),
    path(_ACTIVITY, activities.activity, name="activity"),
    path(_ACTIVITY + "wijzigen/", activities.activity_change, name="activity_change"),
    path(_ACTIVITY + "klaar/", activities.activity_done, name="activity_done"),
    path(_ACTIVITY + "weg/", activities.activity_drop, name="activity_drop"),
    path(_ACTIVITY + "bewijs/", activities.evidence_begin, name="evidence_begin"),
    path(_ACTIVITY + "bewijs/koppelen/", activities.evidence_tie, name="evidence_tie"),
    path(_KNOWLEDGE, knowledge.overview, name="knowledge"),
    path(_KNOWN, knowledge.item, name="knowledge_item"),
    path(_KNOWN + "klopt-nog/", knowledge.still, name="knowledge_still"),
    path(_KNOWN + "weg/", knowledge.forget, name="knowledge_forget"),
    *_catalogue("leeraanbod/", CatalogueKind.OFFERS, "offers"),
    *_catalogue("functieprofielen/", CatalogueKind.PROFILES, "own_profiles"),
    *_catalogue("opleidingen-laden/", CatalogueKind.PROGRAMME, "programmes"),
    path(_PROGRAMMES, programmes.index, name="programme_list"),
    path(_PROGRAMMES + _VERSION + "<str:key>/", programmes.programme, name="programme"),
    path(_PROGRAMMES + _VERSION + "<str:key>/rekenblad/", programmes.sheet, name="programme_sheet"),
    *_catalogue("aanpakken/", CatalogueKind.INTERVENTIONS, "interventions"),
    path(_OWN_PROFILES + "lijst/", own_profiles.own_list, name="own_profiles_list"),
    path(_OWN_PROFILES + "nieuw/", own_profiles.new, name="own_profile_new"),
    path(_OWN_PROFILES + "wiel/", own_profiles.wheel, name="own_profile_wheel"),
    path(_OWN_PROFILES + "profiel/<str:code>/", own_profiles.change, name="own_profile_change"),
    path(_OWN_PROFILES + "profiel/<str:code>/weg/", own_profiles.remove, name="own_profile_remove"),
    path(_OWN, rounds.index, name="rounds"),
    path(_OWN + "nieuw/", rounds.start, name="start"),
    path("wat-als/<str:identifier>/<str:version>/", what_if.own, name="what_if"),
    path("traject/<str:ref>/wat-als/", what_if.in_procedure, name="what_if_in"),
    path(_ROUND, rounds.overview, name="round"),
    path(_ROUND + "klaar/", rounds.finish, name="finish"),
    path(_ROUND + "weg/", rounds.drop, name="drop"),
    path(_ROUND + "onderdeel/<str:code>/", rounds.unit, name="unit"),
]
