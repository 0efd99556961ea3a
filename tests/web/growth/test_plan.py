"""The pages of the development plan: from ticked parts to a goal, something done, and evidence."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bekwaam.domain.growth.rating import rated_units
from bekwaam.frameworks.library import load_builtin
from bekwaam.services import clock
from bekwaam.services.frameworks.versions import framework_of, publish
from bekwaam.services.growth.activities import ActivityInput, finish_activity, plan_activity
from bekwaam.services.growth.goals import GoalInput, close_goal, set_goal
from bekwaam.services.portfolio.evidence import add_evidence
from bekwaam.services.portfolio.own import start_portfolio
from bekwaam.store.models import Evidence, Person, PlanActivity, PlanAgreement, PlanGoal
from tests.cast import Cast, story

LogIn = Callable[[Person], Client]
NEW = "?kader=klein@1&naar=stadium-vakbekwaam&code=1.1&code=1.2"
WORDS = {"words": "Eerder doorvragen.", "codes": ["1.1"], "value": "vakbekwaam", "by": ""}


def new(client: Client, query: str = NEW, **given: object) -> object:
    return client.post(reverse("growth:goal_new") + query, {**WORDS, **given})


def done(cast: Cast) -> tuple[str, str]:
    goal = set_goal(
        cast.candidate, cast.standard, GoalInput(("1.1", "1.2"), "vakbekwaam", "Eerder doorvragen.")
    )
    act = plan_activity(cast.candidate, goal.ref, ActivityInput("peer_consultation", "Elke maand."))
    finish_activity(cast.candidate, act.ref, clock.today(), "Ik wacht nu langer.")
    return goal.ref, act.ref


def test_ticked_parts_become_a_goal_with_what_the_target_asks(cast: Cast, log_in: LogIn) -> None:
    client = log_in(cast.candidate)
    page = client.get(reverse("growth:goal_new") + NEW).content.decode()
    assert page.count('name="codes"') == 2
    (chosen,) = re.findall(r'<input type="radio"[^>]*checked[^>]*>', page)
    assert 'value="vakbekwaam"' in chosen
    answer = new(client)
    goal = PlanGoal.objects.get()
    assert answer["Location"] == reverse("growth:goal", args=[goal.ref])  # type: ignore[index]
    assert (goal.codes, goal.value, goal.target) == (["1.1"], "vakbekwaam", "stadium-vakbekwaam")


def test_nothing_ticked_leads_back_with_a_sentence(cast: Cast, log_in: LogIn) -> None:
    client = log_in(cast.candidate)
    for query in ("?kader=klein@1&naar=stadium-vakbekwaam", "?kader=klein@1&code=9.9"):
        page = client.get(reverse("growth:goal_new") + query, follow=True)
        assert "Vink minstens één onderdeel aan" in page.content.decode()
    assert client.get(reverse("growth:goal_new") + "?kader=x").status_code == 404


def test_a_day_that_has_passed_gets_a_sentence_and_nothing_typed_is_lost(cast: Cast, log_in: LogIn) -> None:
    answer = new(log_in(cast.candidate), by=str(clock.today() - timedelta(days=1)))
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert answer.status_code == 422 and "Deze dag is al voorbij" in page  # type: ignore[attr-defined]
    assert "Eerder doorvragen." in page and not PlanGoal.objects.exists()


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (lambda today: today + timedelta(days=1), "Deze dag moet nog komen"),
        (lambda _today: date(206, 3, 1), "Kijk of het jaar klopt"),
        (lambda _today: "", "Kies de dag"),
        (lambda _today: "31-02-2026", "Schrijf hem zo"),
    ],
)
def test_a_day_on_which_nothing_can_have_been_done_is_told_and_the_words_stay(
    cast: Cast, log_in: LogIn, day: Callable[[date], object], said: str
) -> None:
    goal = set_goal(cast.candidate, cast.standard, GoalInput(("1.1",), "vakbekwaam", "Eerder doorvragen."))
    act = plan_activity(cast.candidate, goal.ref, ActivityInput("peer_consultation", "Elke maand."))
    given = {"done_on": str(day(clock.today())), "learned": "Ik wacht nu langer."}
    answer = log_in(cast.candidate).post(reverse("growth:activity_done", args=[act.ref]), given)
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page
    assert "Ik wacht nu langer." in page
    agreed = {"name": "Nel", "agreed_on": given["done_on"]}
    answer = log_in(cast.candidate).post(reverse("growth:agree"), agreed)
    assert answer.status_code == 422 and "Nel" in answer.content.decode()
    assert not PlanAgreement.objects.exists() and not PlanActivity.objects.exclude(done_on=None).exists()


def test_something_done_before_it_was_planned_may_be_told(cast: Cast, log_in: LogIn) -> None:
    goal = set_goal(cast.candidate, cast.standard, GoalInput(("1.1",), "vakbekwaam", "Eerder doorvragen."))
    act = plan_activity(cast.candidate, goal.ref, ActivityInput("peer_consultation", "Elke maand."))
    given = {"done_on": str(clock.today() - timedelta(days=40)), "learned": ""}
    log_in(cast.candidate).post(reverse("growth:activity_done", args=[act.ref]), given)
    assert PlanActivity.objects.get().done_on == clock.today() - timedelta(days=40)


def test_something_done_becomes_evidence_that_is_tied_back(cast: Cast, log_in: LogIn) -> None:
    _goal, act = done(cast)
    client = log_in(cast.candidate)
    there = client.post(reverse("growth:evidence_begin", args=[act]))["Location"]
    page = client.get(there).content.decode()
    for known in ("Ik wacht nu langer.", "Elke maand.", 'value="Intervisie"'):
        assert known in page
    parts = dict.fromkeys(("situation", "task", "action", "result", "reflection"), "Een verhaal.")
    filled = {"title": "Intervisie", "dated_on": "2024-05-01", "ties": ["1.1"], "revision": "", **parts}
    client.post(there, filled)
    piece = Evidence.objects.get()
    assert PlanActivity.objects.get().evidence == piece
    assert reverse("portfolio:own_evidence", args=[cast.candidate.portfolios.get().ref, piece.ref]) in (
        client.get(reverse("growth:activity", args=[act])).content.decode()
    )


def test_what_was_typed_before_stands_when_an_activity_fills_the_form(cast: Cast, log_in: LogIn) -> None:
    _goal, act = done(cast)
    client = log_in(cast.candidate)
    own = start_portfolio(cast.candidate, cast.standard.pk)
    there = client.post(reverse("growth:evidence_begin", args=[act]))["Location"]
    client.post(reverse("save_draft", args=[f"evidence:{own.ref}:new:story"]), {"title": "Al bezig"})
    page = client.get(there).content.decode()
    assert 'value="Al bezig"' in page and 'value="Intervisie"' not in page and "Ik wacht nu langer." in page
    other = log_in(cast.guide)
    mine = start_portfolio(cast.guide, cast.standard.pk)
    odd = reverse("portfolio:own_evidence_new", args=[mine.ref, "story"]) + f"?activiteit={act}"
    assert "Ik wacht nu langer." not in other.get(odd).content.decode()


def test_the_page_for_the_talk_has_all_of_it_and_an_agreement_is_kept(cast: Cast, log_in: LogIn) -> None:
    goal, _act = done(cast)
    client = log_in(cast.candidate)
    client.post(reverse("growth:agree"), {"name": "Nel", "agreed_on": str(clock.today())})
    assert PlanAgreement.objects.get().name == "Nel"
    late = client.post(reverse("growth:agree"), {"name": "Nel", "agreed_on": "2999-01-01"})
    assert late.status_code == 422 and "Deze dag moet nog komen" in late.content.decode()
    close_goal(cast.candidate, goal, "Dat lukt me nu.")
    page = client.get(reverse("growth:talk")).content.decode()
    for words in ("Eerder doorvragen.", "Dat lukt me nu.", "Met Nel op"):
        assert words in page


def test_a_closed_goal_offers_nothing_to_change(cast: Cast, log_in: LogIn) -> None:
    goal, act = done(cast)
    close_goal(cast.candidate, goal)
    client = log_in(cast.candidate)
    for name in ("goal_change", "goal_close", "activity_new"):
        assert client.get(reverse(f"growth:{name}", args=[goal])).status_code == 302
    for name in ("activity_change", "activity_done"):
        assert client.get(reverse(f"growth:{name}", args=[act])).status_code == 302
    page = client.get(reverse("growth:goal", args=[goal])).content.decode()
    assert reverse("growth:goal_change", args=[goal]) not in page
    refused = client.post(reverse("growth:activity_drop", args=[act]))
    assert refused.status_code == 403 and "blijft zoals het is" in refused.content.decode()


def test_for_everybody_else_it_does_not_exist(cast: Cast, log_in: LogIn) -> None:
    goal, act = done(cast)
    for person in (cast.guide, cast.coordinator, cast.operator):
        client = log_in(person)
        for name in ("goal", "goal_change", "goal_close", "goal_drop", "activity_new"):
            assert client.get(reverse(f"growth:{name}", args=[goal])).status_code == 404
            assert client.post(reverse(f"growth:{name}", args=[goal])).status_code in (404, 405)
        for name in ("activity", "activity_change", "activity_done", "activity_drop"):
            assert client.get(reverse(f"growth:{name}", args=[act])).status_code == 404
        for name in ("evidence_begin", "evidence_tie", "activity_drop"):
            assert client.post(reverse(f"growth:{name}", args=[act])).status_code == 404
    assert PlanGoal.objects.count() == PlanActivity.objects.count() == 1


def test_a_goal_on_knowledge_goes_all_the_way_though_no_portfolio_lies_beside_it(
    cast: Cast, log_in: LogIn
) -> None:
    knowledge = publish(None, load_builtin("kennis-sociaal-werk"))
    code = rated_units(framework_of(knowledge))[0].code
    client = log_in(cast.candidate)
    at = f"kennis-sociaal-werk@{knowledge.version}"
    gap = client.get(reverse("growth:where"), {"doel": f"{at}/geheel"}, follow=True).content.decode()
    assert f'value="{code}"' in gap
    form = client.get(reverse("growth:goal_new") + f"?kader={at}&naar=geheel&code={code}").content.decode()
    assert '<input type="hidden" name="value" value="yes"' in form and "Waar wil je komen?" not in form
    new(client, f"?kader={at}&naar=geheel&code={code}", codes=[code], value="yes")
    act = plan_activity(cast.candidate, PlanGoal.objects.get().ref, ActivityInput("guidance"))
    finish_activity(cast.candidate, act.ref, clock.today())
    told = client.post(reverse("growth:evidence_begin", args=[act.ref]), follow=True).content.decode()
    assert "Voor dit kader verzamel je geen bewijs" in told
    own = start_portfolio(cast.candidate, cast.standard.pk)
    piece = add_evidence(cast.candidate, own, story("Buurtkamer", ["1.1"]))
    tied = client.post(reverse("growth:evidence_tie", args=[act.ref]), {"evidence": piece.ref}, follow=True)
    assert reverse("portfolio:own_evidence", args=[own.ref, piece.ref]) in tied.content.decode()
    odd = client.post(reverse("growth:evidence_tie", args=[act.ref]), {"evidence": "x"})
    assert odd.status_code == 422 and "Kies uit je eigen bewijs" in odd.content.decode()
