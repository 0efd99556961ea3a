"""Addresses of teams."""

from django.urls import path

from bekwaam.web.teams import goals, leading, organisation, own, paper, people, plan, sheet, starting

app_name = "teams"

_PROVIDER = "teams/organisatie/<str:ref>/"
_TEAM = "teams/<str:ref>/"

urlpatterns = [
    path("teams/", own.home, name="home"),
    path(_PROVIDER, organisation.overview, name="overview"),
    path(_PROVIDER + "nieuw/", organisation.new, name="new"),
    path(_PROVIDER + "leider/<str:team>/", organisation.lead, name="lead"),
    path(_TEAM, leading.coverage_page, name="team"),
    path(_TEAM + "verdeling/", leading.spread_page, name="spread"),
    path(_TEAM + "modellen/", leading.models_page, name="models"),
    path(_TEAM + "wat-als/", leading.what_if_page, name="what_if"),
    path(_TEAM + "rekenblad/", sheet.download, name="sheet"),
    path(_TEAM + "papier/", paper.download, name="paper"),
    path(_TEAM + "plan/", plan.plan_page, name="plan"),
    path(_TEAM + "modellen/<str:model>/begin/", starting.start_page, name="start"),
    path(_TEAM + "doelen/", goals.goals, name="goals"),
    path(_TEAM + "doelen/nieuw/", goals.goal_new, name="goal_new"),
    path(_TEAM + "doelen/<str:goal>/", goals.goal_change, name="goal_change"),
    path(_TEAM + "doelen/<str:goal>/afsluiten/", goals.goal_close, name="goal_close"),
    path(_TEAM + "doelen/<str:goal>/weg/", goals.goal_drop, name="goal_drop"),
    path(_TEAM + "mensen/", people.people, name="people"),
    path(_TEAM + "mensen/<str:member>/eruit/", people.remove, name="remove"),
    path(_TEAM + "ik/", own.share_page, name="share"),
    path(_TEAM + "ik/stop/", own.stop, name="stop"),
    path(_TEAM + "ik/weg/", own.leave_page, name="leave"),
]
