"""The plan of a team on its pages, in its spreadsheet and on paper: what stands there, and of whom."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from bekwaam.domain.growth.gap import Layer
from bekwaam.domain.growth.ways import Way
from bekwaam.domain.teams.members import Share
from bekwaam.frameworks.library import load_builtin
from bekwaam.services import clock
from bekwaam.services.frameworks.versions import publish
from bekwaam.services.growth.activities import ActivityInput, plan_activity
from bekwaam.services.growth.goals import GoalInput, set_goal
from bekwaam.services.teams.goals import TeamGoalInput, set_team_goal
from bekwaam.services.teams.plan_reads import open_goals
from bekwaam.services.teams.sharing import stop_sharing
from bekwaam.store.models import Person, PlanGoal, Team, TeamGoal
from bekwaam.wording import say
from tests.adapters.pdf.conforming import faults
from tests.adapters.pdf.reading import opened, page_texts, squeezed
from tests.cast import Cast
from tests.services.teams.teams import group, rated, shares, team_of

LogIn = Callable[[Person], Client]
SECRET = "Mijn eigen woorden hierover"
SAY_WHAT = say("nl", "Say what you are going to do.")


@pytest.fixture
def team(cast: Cast) -> Team:
    """A team of two: one covers 1.1, the other works on it and shares that too."""
    one, other = group(cast, 2)
    found = team_of(cast, one, other)
    rated(one, cast.standard, {"1.1": "vakbekwaam"})
    rated(other, cast.standard, {"1.1": "startbekwaam"})
    by = clock.today() + timedelta(60)
    goal = set_goal(other, cast.standard, GoalInput(("1.1",), "vakbekwaam", SECRET, by))
    plan_activity(other, goal.ref, ActivityInput(Way.SUPERVISION, SECRET))
    shares(one, found, Layer.SELF)
    shares(other, found, Layer.SELF, Share.PLAN)
    set_team_goal(cast.guide, found.ref, cast.standard, TeamGoalInput(("1.2",), "Samen signaleren"))
    return found


def other_of() -> Person:
    return Person.objects.get(email="lid1@example.org")


def page(client: Client, name: str, team: Team, **query: Any) -> str:
    answer = client.get(reverse(name, args=[team.ref]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_plan_shows_who_works_on_what_and_never_their_words(
    cast: Cast, log_in: LogIn, team: Team
) -> None:
    text = page(log_in(cast.guide), "teams:plan", team)
    assert "Lid 01" in text and "Supervisie" in text and "dekken 2 leden dit: genoeg" in text
    assert "Samen signaleren" in text and SECRET not in text


def test_what_is_withdrawn_is_gone_from_plan_spreadsheet_and_paper_at_once(
    cast: Cast, log_in: LogIn, team: Team
) -> None:
    client = log_in(cast.guide)
    before = [_all_of_it(client, team, name) for name in ("teams:plan", "teams:sheet", "teams:paper")]
    assert all("Supervisie" in text for text in before)
    shares(other_of(), team, Layer.SELF)
    after = [_all_of_it(client, team, name) for name in ("teams:plan", "teams:sheet", "teams:paper")]
    assert not any("Supervisie" in text for text in after)
    assert not any(squeezed(SECRET) in squeezed(text) for text in (*before, *after))


def _all_of_it(client: Client, team: Team, name: str) -> str:
    answer = client.get(reverse(name, args=[team.ref]))
    if name == "teams:sheet":
        rows = load_workbook(BytesIO(answer.content))["Plan"].iter_rows(values_only=True)
        return " ".join(str(value) for row in rows for value in row if value)
    return "\n".join(page_texts(answer.content)) if name == "teams:paper" else answer.content.decode()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_paper_is_a_pdf_for_the_lead_alone_that_says_of_when_it_is(
    cast: Cast, log_in: LogIn, team: Team, language: str
) -> None:
    client = log_in(cast.guide)
    client.cookies["django_language"] = language
    answer = client.get(reverse("teams:paper", args=[team.ref]), headers={"accept-language": language})
    assert answer["Content-Type"] == "application/pdf" and answer["Cache-Control"] == "no-store"
    assert f"{clock.today().isoformat()}.pdf" in answer["Content-Disposition"]
    for profile in ("3a", "ua1"):
        assert faults(answer.content, profile) == []
    with opened(answer.content) as pdf:
        assert str(pdf.Root.Lang) == language
    text = squeezed("\n".join(page_texts(answer.content)))
    said = {"nl": "Alleen voor wie dit team leidt", "en": "Only for whoever leads this team"}[language]
    assert squeezed(said) in text and squeezed("Lid 00") in text and squeezed("Samen signaleren") in text


def test_the_spreadsheet_has_the_plan_thin_spots_first_and_the_goals(
    cast: Cast, log_in: LogIn, team: Team
) -> None:
    rated(other_of(), cast.standard, {"1.1": "vakbekwaam"})
    answer = log_in(cast.guide).get(reverse("teams:sheet", args=[team.ref]))
    assert answer["Cache-Control"] == "no-store"
    book = load_workbook(BytesIO(answer.content))
    _head, *rows = book["Plan"].iter_rows(values_only=True)
    assert [row[0] for row in rows] == ["1.2", "1.3", "1.1"]
    _head, goal = book["Doelen van het team"].iter_rows(values_only=True)
    assert goal[0] == "Samen signaleren" and goal[1].startswith("1.2")


def test_a_lead_makes_a_goal_of_what_is_ticked(cast: Cast, log_in: LogIn, team: Team) -> None:
    client = log_in(cast.guide)
    address = reverse("teams:goal_new", args=[team.ref])
    assert client.get(address).status_code == 302, "nothing ticked: back to the plan, with a sentence"
    assert "Vink minstens één onderdeel aan" in page(client, "teams:plan", team)
    query = f"{address}?code=1.3&code=nietbestaand"
    past = (clock.today() - timedelta(1)).isoformat()
    typed = {"words": "Samen afronden", "codes": ["1.3"], "way": "other", "doing": "", "by": past}
    answer = client.post(query, typed)
    text = answer.content.decode()
    assert answer.status_code == 422 and "Samen afronden" in text and past in text
    assert "Deze dag is al voorbij" in text and SAY_WHAT in text
    soon = (clock.today() + timedelta(9)).isoformat()
    assert client.post(query, {**typed, "way": "community", "by": soon}).status_code == 302
    assert {one.words for one in open_goals(team)} == {"Samen signaleren", "Samen afronden"}


def test_members_read_the_goals_of_the_team_and_nothing_of_each_other(
    cast: Cast, log_in: LogIn, team: Team
) -> None:
    text = page(log_in(other_of()), "teams:goals", team)
    assert "Samen signaleren" in text and "Maak er een eigen doel van" in text
    assert "Lid 00" not in text and "Gooi weg" not in text
    lead = page(log_in(cast.guide), "teams:goals", team)
    assert "Gooi weg" in lead and "Maak er een eigen doel van" not in lead


def test_a_member_makes_a_goal_of_their_own_of_it_and_the_team_learns_nothing(
    cast: Cast, log_in: LogIn, team: Team
) -> None:
    person = group(cast, 1)[0]
    client = log_in(person)
    by = clock.today() + timedelta(20)
    TeamGoal.objects.update(by=by)
    found = re.search(r'href="([^"]*teamdoel=[^"]*)"', page(client, "teams:goals", team))
    assert found is not None
    address = found[1].replace("&amp;", "&")
    text = client.get(address).content.decode()
    assert "Samen signaleren" in text and by.isoformat() in text
    sent = {"words": "Ik leer signaleren", "codes": ["1.2"], "value": "vakbekwaam", "by": by.isoformat()}
    assert client.post(address, sent).status_code == 302
    goal = PlanGoal.objects.get(owner=person)
    assert (goal.words, goal.codes, goal.target) == ("Ik leer signaleren", ["1.2"], "standaard")
    lead = page(log_in(cast.guide), "teams:plan", team)
    assert "1 van de 2 deelt waaraan" in lead and "Niemand laat weten er zelf aan te werken" in lead
    shares(person, team, Layer.SELF, Share.PLAN)
    lead = page(log_in(cast.guide), "teams:plan", team)
    assert "2 van de 2 delen waaraan" in lead and "Niemand laat weten er zelf aan te werken" not in lead
    assert "Ik leer signaleren" not in lead


def test_nobody_else_begins_a_goal_with_that_of_a_team(cast: Cast, log_in: LogIn, team: Team) -> None:
    ref = TeamGoal.objects.get().ref
    address = reverse("growth:goal_new") + f"?kader=klein@1&code=1.2&teamdoel={ref}"
    for stranger in (cast.outsider, cast.coordinator):
        assert log_in(stranger).get(address).status_code == 404
    assert log_in(other_of()).get(address).status_code == 200


def test_a_new_team_begins_with_a_model_and_has_goals_in_one_go(cast: Cast, log_in: LogIn) -> None:
    publish(None, load_builtin("evc-sociaal-werker-mbo"))
    team = team_of(cast)
    client = log_in(cast.guide)
    models = page(client, "teams:models", team)
    assert models.count("Begin met dit model") == 3
    address = reverse("teams:start", args=[team.ref, "team-als-generalist"])
    first = client.get(address)
    form = first.context["form"]
    sent: dict[str, Any] = {"way": "", "by": ""}
    for _name, codes, words in form_groups(form):
        sent |= {codes.name: codes.value(), words.name: words.value()}
    assert client.post(address, {**sent, "words_0": " "}).status_code == 422
    nothing = client.post(address, {"way": "", "by": ""})
    assert nothing.status_code == 422 and "Vink minstens één onderdeel aan" in nothing.content.decode()
    assert client.post(address, sent).status_code == 302
    goals = open_goals(team)
    assert len(goals) == len(form_groups(form)) > 3
    asked = {code for one in goals for code in one.codes}
    assert len(asked) == 17, "all that a generalist is asked, once"
    assert client.post(address, sent).status_code == 302
    assert len(open_goals(team)) == len(goals), "sent twice, set once"


def form_groups(form: Any) -> list[tuple[str, Any, Any]]:
    found: list[tuple[str, Any, Any]] = form.shown()
    return found


def test_a_member_reads_exactly_what_the_lead_sees_of_their_plan(
    cast: Cast, log_in: LogIn, team: Team
) -> None:
    client = log_in(other_of())
    text = client.get(reverse("teams:share", args=[team.ref]), {"toon": "plan"}).content.decode()
    assert "Precies dit ziet de teamleider nu" in text and "Supervisie" in text
    assert SECRET not in text
    stop_sharing(other_of(), team.ref)
    text = client.get(reverse("teams:share", args=[team.ref]), {"toon": "plan"}).content.decode()
    assert "Supervisie" not in text
