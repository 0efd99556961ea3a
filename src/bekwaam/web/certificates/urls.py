"""Addresses of the certificates room."""

from django.urls import path

from bekwaam.web.certificates import facts, holder, holder_sharing, shared_page, status, views

app_name = "certificates"
_PROCEDURE = "traject/<str:ref>/"
_SHARES = _PROCEDURE + "certificaat/delen/"

urlpatterns = [
    path(_PROCEDURE + "uitslag/", views.outcome, name="outcome"),
    path(_PROCEDURE + "uitslag/vaststellen/", views.decide, name="decide"),
    path(_PROCEDURE + "concept/", facts.draft, name="draft"),
    path(_PROCEDURE + "concept/klopt/", facts.confirm, name="facts_confirm"),
    path(_PROCEDURE + "concept/vraag/<str:fact>/", facts.ask, name="fact_ask"),
    path(_PROCEDURE + "concept/antwoord/<str:request_ref>/", facts.answer, name="fact_answer"),
    path(_PROCEDURE + "certificaat/uitgeven/", views.issue, name="issue"),
    path(_PROCEDURE + "certificaat.pdf", views.certificate, name="certificate"),
    path(_PROCEDURE + "concept/naam/", holder.name, name="choose_name"),
    path(_PROCEDURE + "certificaat/", holder.holding, name="holding"),
    path(_PROCEDURE + "certificaat/als/<str:form>/", holder.form, name="form"),
    path(_PROCEDURE + "certificaat/logbewijs/", holder.proof, name="proof"),
    path(_PROCEDURE + "certificaat/alles.zip", holder.everything, name="everything"),
    path(_SHARES, holder_sharing.shares, name="shares"),
    path(_SHARES + "zo/<str:depth>/", holder_sharing.preview, name="share_preview"),
    path(_SHARES + "<str:link>/", holder_sharing.share, name="share"),
    path(_SHARES + "<str:link>/intrekken/", holder_sharing.withdraw, name="share_withdraw"),
    path("gedeeld/<str:secret>/", shared_page.shared, name="shared"),
    path(_PROCEDURE + "certificaat/status/", status.status, name="status"),
    path(_PROCEDURE + "certificaat/status/<str:change>/", status.change, name="status_change"),
]
