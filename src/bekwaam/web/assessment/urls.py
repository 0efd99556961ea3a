"""Addresses of the assessor's screens."""

from __future__ import annotations

from django.urls import path

from bekwaam.web.assessment.views import (
    final,
    finals,
    judging,
    planning,
    portfolio,
    questions,
    queue,
    sessions,
)

app_name = "assessment"

urlpatterns = [
    path("beoordelen/", queue.queue, name="queue"),
    path("traject/<str:ref>/verklaring/", queue.declaration, name="declaration"),
    path("traject/<str:ref>/beoordelen/", judging.judging, name="judging"),
    path("traject/<str:ref>/beoordelen/<str:code>/", judging.judge_unit, name="judge"),
    path("traject/<str:ref>/beoordelen-afronden/", judging.finish, name="finish"),
    path("traject/<str:ref>/afspraken/", planning.plans, name="plans"),
    path("traject/<str:ref>/afspraken/nieuw/", planning.plan_new, name="plan_new"),
    path("traject/<str:ref>/afspraken/<str:plan>/", planning.plan, name="plan"),
    path("traject/<str:ref>/afspraken/<str:plan>/afzeggen/", planning.cancel, name="plan_cancel"),
    path("traject/<str:ref>/gespreksleidraad/", questions.questions, name="questions"),
    path("traject/<str:ref>/gesprek/nieuw/", sessions.session_new, name="session_new"),
    path("traject/<str:ref>/gesprek/<str:session>/", sessions.session, name="session"),
    path("traject/<str:ref>/ingeleverd/<str:piece>/bestand/", portfolio.piece_file, name="piece_file"),
    path("traject/<str:ref>/eindoordeel/", finals.finals, name="finals"),
    path("traject/<str:ref>/eindoordeel/<str:code>/", final.final, name="final"),
]
