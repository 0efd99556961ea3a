"""Addresses of the signs room."""

from __future__ import annotations

from django.urls import path

from bekwaam.web.signs import settings, views

app_name = "signs"
_PROCEDURE = "traject/<str:ref>/signalen/"

urlpatterns = [
    path("aanbieder/<str:ref>/signalen/", settings.settings, name="settings"),
    path(_PROCEDURE, views.signs, name="signs"),
    path(_PROCEDURE + "<str:sign>/bekeken/", views.look, name="look"),
    path(_PROCEDURE + "stuk/<str:piece>/", views.texts, name="texts"),
]
