"""Addresses of the calibration room."""

from django.urls import path

from bekwaam.web.calibration import figures, making, practising

app_name = "calibration"

urlpatterns = [
    path("", figures.home, name="home"),
    path("<str:ref>/", figures.index, name="index"),
    path("<str:ref>/nieuw/", making.new, name="new"),
    path("<str:ref>/trajecten/", figures.real, name="real"),
    path("<str:ref>/oefening/<str:dossier>/", practising.practice, name="practice"),
    path("<str:ref>/oefening/<str:dossier>/oordelen/", practising.judge, name="judge"),
    path("<str:ref>/oefening/<str:dossier>/klaarzetten/", making.prepare, name="prepare"),
    path("<str:ref>/oefening/<str:dossier>/stuk/", making.piece, name="piece"),
    path("<str:ref>/oefening/<str:dossier>/stuk/<str:piece>/weg/", making.remove, name="remove"),
]
