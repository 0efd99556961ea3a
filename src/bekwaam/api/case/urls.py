"""Addresses of CASE 1.1, fixed by its REST binding."""

from django.urls import path

from bekwaam.api.case import views

app_name = "case"

_SINGLE = ("CFDocuments", "CFItems", "CFAssociations", "CFLicenses", "CFAssociationGroupings", "CFRubrics")
_SETS = ("CFItemTypes", "CFSubjects", "CFConcepts")

urlpatterns = [
    path("CFDocuments", views.documents, name="documents"),
    path("CFPackages/<str:identifier>", views.package, name="package"),
    path("CFItemAssociations/<str:identifier>", views.item_associations, name="item_associations"),
    *(path(f"{name}/<str:identifier>", views.part, {"collection": name}, name=name) for name in _SINGLE),
    *(path(f"{name}/<str:identifier>", views.definitions, {"collection": name}, name=name) for name in _SETS),
    path("discovery/imscasev1p1_openapi3_v1p0.json", views.discovery, name="discovery"),
    path("", views.nothing, name="top"),
    path("<path:rest>", views.nothing, name="nothing"),
]
