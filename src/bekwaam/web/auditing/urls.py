"""Addresses of the auditing room."""

from django.urls import path

from bekwaam.web.auditing import dossier, notice, samples

app_name = "auditing"
_PROVIDER = "aanbieder/<str:ref>/"
_SAMPLES, _SAMPLE = _PROVIDER + "steekproeven/", _PROVIDER + "steekproeven/<str:sample>/"
_DOSSIER = "traject/<str:ref>/steekproef/<str:sample>/"

urlpatterns = [
    path(_SAMPLES, samples.index, name="samples"),
    path(_SAMPLES + "nieuw/", samples.announce, name="announce"),
    path(_SAMPLE, samples.sample, name="sample"),
    path(_SAMPLE + "trekken/", samples.draw, name="draw"),
    path(_SAMPLE + "nagaan/", samples.check, name="check"),
    path(_SAMPLE + "steekproef.json", samples.export, name="export"),
    path(_DOSSIER, dossier.dossier, name="dossier"),
    path(_DOSSIER + "nalopen/", dossier.look_through, name="look_through"),
    path(_DOSSIER + "bevinding/", dossier.note, name="note"),
    path(_PROVIDER + "aanmelding/", notice.notice, name="notice"),
    path(_PROVIDER + "aanmelding.csv", notice.notice_file, name="notice_file"),
]
