"""Addresses of the certificates room."""

from django.urls import path

from bekwaam.web.certificates import facts, status, views

app_name = "certificates"
_PROCEDURE = "traject/<str:ref>/"

urlpatterns = [
    path(_PROCEDURE + "uitslag/", views.outcome, name="outcome"),
    path(_PROCEDURE + "uitslag/vaststellen/", views.decide, name="decide"),
    path(_PROCEDURE + "concept/", facts.draft, name="draft"),
    path(_PROCEDURE + "concept/klopt/", facts.confirm, name="facts_confirm"),
    path(_PROCEDURE + "concept/vraag/<str:fact>/", facts.ask, name="fact_ask"),
    path(_PROCEDURE + "concept/antwoord/<str:request_ref>/", facts.answer, name="fact_answer"),
    path(_PROCEDURE + "certificaat/uitgeven/", views.issue, name="issue"),
    path(_PROCEDURE + "certificaat.pdf", views.certificate, name="certificate"),
    path(_PROCEDURE + "certificaat/status/", status.status, name="status"),
    path(_PROCEDURE + "certificaat/status/<str:change>/", status.change, name="status_change"),
]
