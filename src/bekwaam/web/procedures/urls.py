"""Addresses of the procedures room."""

from django.urls import path

from bekwaam.web.procedures import course, keeping, overview, people, procedure, reassess, usual, working

app_name = "procedures"
_PROVIDER, _PROCEDURE = "aanbieder/<str:ref>/", "traject/<str:ref>/"

urlpatterns = [
    path(_PROVIDER, overview.overview, name="overview"),
    path(_PROVIDER + "nieuw/", overview.start, name="start"),
    path(_PROVIDER + "mensen/", people.people, name="people"),
    path(_PROVIDER + "gebruikelijk/", usual.usual, name="usual"),
    path(_PROVIDER + "zo-werken-wij/", working.workings, name="workings"),
    path(_PROVIDER + "zo-werken-wij/<str:standard>/", working.working, name="working"),
    path(_PROVIDER + "bewaren/", keeping.keeping, name="keeping"),
    path(_PROCEDURE, procedure.procedure, name="procedure"),
    path(_PROCEDURE + "doel/", course.scope, name="scope"),
    path(_PROCEDURE + "toewijzen/", course.assign, name="assign"),
    path(_PROCEDURE + "vervangen/<str:person>/", course.replace, name="replace"),
    path(_PROCEDURE + "teruggeven/", course.give_back, name="give_back"),
    path(_PROCEDURE + "stoppen/", course.withdraw, name="withdraw"),
    path(_PROCEDURE + "sluiten/", course.close, name="close"),
    path(_PROCEDURE + "opnieuw-beoordelen/", reassess.reassess, name="reassess"),
    path(_PROCEDURE + "logboek/", procedure.log, name="log"),
]
