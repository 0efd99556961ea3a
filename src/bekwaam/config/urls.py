"""Every address of the product."""

from django.conf import settings
from django.urls import include, path

from bekwaam.api.registers.views import api as registers
from bekwaam.api.trust import issuers, statuses
from bekwaam.web.accounts import views as accounts
from bekwaam.web.shared import drafts

urlpatterns = [
    path("", accounts.home, name="home"),
    path("account/", include("bekwaam.web.accounts.urls")),
    path("taal/", accounts.choose_language, name="set_language"),
    path("concept/<path:key>", drafts.save, name="save_draft"),
    path("", include("bekwaam.web.procedures.urls")),
    path("", include("bekwaam.web.portfolio.urls")),
    path("", include("bekwaam.web.assessment.urls")),
    path("", include("bekwaam.web.signs.urls")),
    path("", include("bekwaam.web.certificates.urls")),
    path("", include("bekwaam.web.issuers.urls")),
    path("", include("bekwaam.web.checking.urls")),
    path("", include("bekwaam.web.objections.urls")),
    path("", include("bekwaam.web.auditing.urls")),
    path("kalibratie/", include("bekwaam.web.calibration.urls")),
    path("", include("bekwaam.web.frameworks.urls")),
    path("", include("bekwaam.web.frameworks.drafting.urls")),
    path("ims/case/v1p1/", include("bekwaam.api.case.urls")),
    path("aanbieder/<str:ref>/did.json", issuers.did_document, name="did_document"),
    path("api/v1/", registers.urls),
    path("aanbieder/<str:ref>/status/<int:number>/<str:purpose>", statuses.status_list, name="status_list"),
    path("log/", include("bekwaam.api.log.urls")),
    path("log/", include("bekwaam.web.publiclog.urls")),
    path("", include("bekwaam.web.growth.urls")),
    path("", include("bekwaam.web.interventions.urls")),
    path("", include("bekwaam.web.feedback.urls")),
    path("", include("bekwaam.web.reflection.urls")),
    path("", include("bekwaam.web.teams.urls")),
    path("", include("bekwaam.web.mail.urls")),
    path("", include("bekwaam.web.agenda.urls")),
]

if settings.DEMO:
    urlpatterns.append(path("demo/<str:token>/", accounts.demo_login, name="demo_login"))

handler400 = "bekwaam.api.handlers.bad_request"
handler404 = "bekwaam.api.handlers.not_found"
handler500 = "bekwaam.api.handlers.server_error"
