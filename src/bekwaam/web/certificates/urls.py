"""Addresses of the certificates room."""

from django.urls import path

from bekwaam.web.certificates import views

app_name = "certificates"
_PROCEDURE = "traject/<str:ref>/"

urlpatterns = [
    path(_PROCEDURE + "uitslag/", views.outcome, name="outcome"),
    path(_PROCEDURE + "uitslag/vaststellen/", views.decide, name="decide"),
    path(_PROCEDURE + "certificaat/uitgeven/", views.issue, name="issue"),
    path(_PROCEDURE + "certificaat.pdf", views.certificate, name="certificate"),
]
