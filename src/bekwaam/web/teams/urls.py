"""Addresses of teams."""

from django.urls import path

from bekwaam.web.teams import (
    cohorts,
    goals,
    knowledge,
    leading,
    organisation,
    over_time,
    own,
    paper,
    people,
    plan,
    research,
    sector,
    sheet,
    starting,
)

app_name = "teams"

_PROVIDER = "teams/organisatie/<str:ref>/"
_TEAM = "teams/<str:ref>/"

urlpatterns = [
    path("teams/", own.home, name="home"),
    path(_PROVIDER, organisation.overview, name="overview"),
    path(_PROVIDER + "nieuw/", organisation.new, name="new"),
    path(_PROVIDER + "door-de-tijd/", over_time.over_time, name="over_time"),
    path(_PROVIDER + "sector/", sector.beside, name="sector"),
    path(_PROVIDER + "onderzoek/", research.research, name="research"),
    path(_PROVIDER + "onderzoek/<str:file>/", research.research_file, name="research_file"),
    path(_PROVIDER + "leider/<str:team>/", organisation.lead, name="lead"),
    path(_PROVIDER + "cohorten/", cohorts.index, name="cohorts"),
    path(_PROVIDER + "cohorten/nieuw/", cohorts.new, name="cohort_new"),
    path(_PROVIDER + "cohorten/<str:cohort>/", cohorts.change, name="cohort_change"),
    path(_TEAM + "cohort/", cohorts.cohort, name="cohort"),
    path(_TEAM + "cohort/groei/", cohorts.growth, name="cohort_growth"),
    path(_TEAM, leading.coverage_page, name="team"),
    path(_TEAM + "verdeling/", leading.spread_page, name="spread"),
    path(_TEAM + "modellen/", leading.models_page, name="models"),
    path(_TEAM + "kennis/", knowledge.knowledge_page, name="knowledge"),
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
