"""Addresses of interventions: for who chooses from a list, and for who keeps it."""

from django.urls import path

from bekwaam.web.interventions import beside, editing, finding

app_name = "interventions"

_LIST = "aanbieder/<str:ref>/aanpakken/<str:identifier>/<str:version>/"

urlpatterns = [
    path("aanpakken/", finding.index, name="index"),
    path("aanpakken/naast-elkaar/", beside.compare, name="compare"),
    path("aanpakken/combineren/", beside.combine, name="combine"),
    path("aanpakken/<str:one>/", finding.one, name="one"),
    path(_LIST + "nieuw/", editing.new, name="new"),
    path(_LIST + "aanpak/<str:one>/", editing.change, name="change"),
    path(_LIST + "aanpak/<str:one>/weg/", editing.remove, name="remove"),
]
