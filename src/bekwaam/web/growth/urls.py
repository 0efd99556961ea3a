"""Addresses of self-assessment and growth."""

from django.urls import path

from bekwaam.web.growth import picture, rounds, what_if

app_name = "growth"

_OWN = "zelfbeoordeling/"
_ROUND = _OWN + "<str:ref>/"

urlpatterns = [
    path(_OWN, rounds.index, name="rounds"),
    path(_OWN + "nieuw/", rounds.start, name="start"),
    path("groei/<str:identifier>/<str:version>/", picture.growth_over_time, name="growth"),
    path("wat-als/<str:identifier>/<str:version>/", what_if.own, name="what_if"),
    path("traject/<str:ref>/wat-als/", what_if.in_procedure, name="what_if_in"),
    path(_ROUND, rounds.overview, name="round"),
    path(_ROUND + "klaar/", rounds.finish, name="finish"),
    path(_ROUND + "weg/", rounds.drop, name="drop"),
    path(_ROUND + "onderdeel/<str:code>/", rounds.unit, name="unit"),
]
