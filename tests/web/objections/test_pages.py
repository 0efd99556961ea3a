"""The pages of an objection: for the candidate, the coordinator and who watches over it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from bekwaam.domain.procedures.following import Why
from bekwaam.services.certificates.deciding import decide_outcome
from bekwaam.services.objections.handling import answer, take_up
from bekwaam.services.procedures.objecting import object_to
from bekwaam.store.models import Certificate, Membership, Objection, ObjectionAnswer, Procedure
from tests.cast import Cast, Point, fresh
from tests.services.objections.objecting import GROUNDS, decided_again, judge_again, objected

SHOWN = {"1.2": "vakbekwaam", "1.3": "vakbekwaam"}


def url(procedure: Procedure, name: str = "objection") -> str:
    return reverse(f"objections:{name}", args=[procedure.ref])


def outcome(procedure: Procedure) -> str:
    return reverse("certificates:outcome", args=[procedure.ref])


def test_the_outcome_says_until_when_one_can_object(cast: Cast, log_in) -> None:
    procedure = cast.bring_to(Point.ISSUED, stages={"1.2": "not_shown"})
    page = log_in(cast.candidate).get(outcome(procedure)).content.decode()
    assert "Ben je het niet eens met de uitslag?" in page and url(procedure, "object") in page
    others = log_in(cast.coordinator).get(outcome(procedure)).content.decode()
    assert "niet eens" not in others


def test_the_candidate_objects_and_nothing_typed_is_lost(cast: Cast, log_in) -> None:
    procedure = cast.bring_to(Point.ISSUED, stages={"1.2": "not_shown"})
    client = log_in(cast.candidate)
    page = client.get(url(procedure, "object")).content.decode()
    assert "1.2 competence 1.2 (niet aangetoond)" in page
    wrong = client.post(url(procedure, "object"), {"grounds": GROUNDS})
    assert wrong.status_code == 422 and GROUNDS in wrong.content.decode()
    assert "Kies er minstens één." in wrong.content.decode()
    done = client.post(url(procedure, "object"), {"units": ["1.2"], "grounds": GROUNDS})
    assert done.headers["Location"] == url(procedure)
    mine = client.get(url(procedure)).content.decode()
    assert GROUNDS in mine and "Je bezwaar intrekken" in mine
    assert url(procedure) in client.get(outcome(procedure)).content.decode()
    assert url(procedure) in client.get(reverse("home")).content.decode()


def test_a_page_of_before_the_objection_shows_no_objection(cast: Cast, log_in) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    assert log_in(cast.coordinator).get(url(procedure)).status_code == 404


@pytest.mark.parametrize("who", ["candidate", "coordinator", "other", "auditor"])
def test_the_page_takes_few_queries_at_every_moment(
    cast: Cast, log_in, django_assert_max_num_queries, who: str
) -> None:
    procedure, again, others = decided_again(cast, SHOWN)
    people = {"candidate": cast.candidate, "coordinator": cast.coordinator, "auditor": cast.auditor}
    client = log_in(people.get(who, others.coordinator))
    pages = [url(procedure), outcome(procedure)]
    if who != "candidate":
        pages += [reverse("procedures:procedure", args=[one.ref]) for one in (procedure, again)]
        pages += [outcome(again)]
    for page in pages:
        with django_assert_max_num_queries(12):
            assert client.get(page).status_code == 200, page
    if who == "other":
        with django_assert_max_num_queries(12):
            assert client.get(url(procedure, "answer")).status_code == 200
    answer(others.coordinator, procedure, "U heeft gelijk.", "nl")
    for page in (url(procedure), outcome(procedure), outcome(again)):
        with django_assert_max_num_queries(12):
            assert client.get(page).status_code == 200, page


def test_whoever_decided_reads_that_a_colleague_handles_it(cast: Cast, log_in) -> None:
    procedure, others = objected(cast)
    mine = log_in(cast.coordinator).get(url(procedure)).content.decode()
    assert "Een collega behandelt dit." in mine and url(procedure, "take_up") not in mine
    assert log_in(cast.coordinator).post(url(procedure, "take_up")).status_code == 403
    theirs = log_in(others.coordinator).get(url(procedure)).content.decode()
    assert url(procedure, "take_up") in theirs and url(procedure, "not_take_up") in theirs


def test_the_coordinator_has_it_judged_again_and_answers(cast: Cast, log_in) -> None:
    procedure, others = objected(cast)
    client = log_in(others.coordinator)
    listed = client.get(reverse("procedures:overview", args=[cast.provider.ref])).content.decode()
    assert "Bezwaar behandelen" in listed
    client.post(url(procedure, "take_up"))
    again = Procedure.objects.get(why=Why.OBJECTION)
    assert client.get(url(procedure, "answer")).status_code == 302  # not yet
    judge_again(cast, again, others, SHOWN)
    page = client.get(url(procedure)).content.decode()
    assert "Gegrond" in page and "Schrijf het antwoord" in page
    assert url(procedure, "answer") in page
    empty = client.post(url(procedure, "answer"), {"text": "", "language": "nl"})
    assert empty.status_code == 422 and not ObjectionAnswer.objects.exists()
    client.post(url(procedure, "answer"), {"text": "U heeft gelijk.", "language": "en"})
    new = Certificate.objects.get(procedure=again)
    assert new.language == "en"
    seen = log_in(cast.candidate).get(url(procedure)).content.decode()
    assert "U heeft gelijk." in seen and "hoger" in seen
    old = log_in(cast.candidate).get(outcome(procedure)).content.decode()
    assert "Deze uitslag is vervangen." in old and new.number in old and outcome(again) in old
    fetched = log_in(cast.candidate).get(reverse("certificates:certificate", args=[procedure.ref]))
    assert fetched.status_code == 200  # the old one can still be had
    newer = log_in(cast.candidate).get(outcome(again)).content.decode()
    assert f"Overgenomen uit traject {procedure.number}" in newer
    assert f"Het vervangt certificaat {new.supersedes}." in newer


def test_the_line_of_procedures_stands_on_each_of_them(cast: Cast, log_in) -> None:
    procedure, again, others = decided_again(cast, SHOWN)
    answer(others.coordinator, procedure, "U heeft gelijk.", "nl")
    for one in (procedure, again):
        page = log_in(cast.coordinator).get(reverse("procedures:procedure", args=[one.ref])).content.decode()
        first = page.index(f"Eerste beoordeling ({procedure.number})")
        middle = page.index("Gegrond, ")
        last = page.index(f"Opnieuw beoordeeld na bezwaar ({again.number})")
        assert first < middle < last
        assert page.count("button--primary") <= 1


def test_assessors_of_the_objection_do_not_see_what_was_found_before_the_outcome(cast: Cast, log_in) -> None:
    procedure, others = objected(cast)
    again = judge_again(cast, take_up(others.coordinator, procedure), others, SHOWN, decide=False)
    judge = log_in(others.judges[0])
    assert judge.get(outcome(again)).status_code == 403
    assert judge.get(url(procedure)).status_code == 404
    assert judge.get(outcome(procedure)).status_code == 404
    page = judge.get(reverse("assessment:finals", args=[again.ref])).content.decode()
    assert "Noor Assessor las" not in page
    decide_outcome(others.coordinator, again)
    assert judge.get(outcome(again)).status_code == 200


def test_an_objection_is_not_taken_up_with_a_reason(cast: Cast, log_in) -> None:
    procedure, others = objected(cast)
    client = log_in(others.coordinator)
    assert client.get(url(procedure, "not_take_up")).status_code == 200
    client.post(url(procedure, "not_take_up"), {"text": "Dit gaat over iets anders."})
    assert fresh(procedure).state == "issued"
    page = log_in(cast.candidate).get(url(procedure)).content.decode()
    assert "Niet in behandeling genomen" in page and "Dit gaat over iets anders." in page


def test_the_answer_says_so_where_there_was_nobody_else(cast: Cast, log_in) -> None:
    procedure, others = objected(cast)
    Membership.objects.filter(person=others.coordinator).delete()
    client = log_in(cast.coordinator)
    client.post(url(procedure, "not_take_up"), {"text": "Dit gaat over iets anders."})
    page = log_in(cast.candidate).get(url(procedure)).content.decode()
    assert "de aanbieder had hier niemand anders voor" in page


def test_taking_it_back_from_the_page(cast: Cast, log_in) -> None:
    procedure, _ = objected(cast)
    client = log_in(cast.candidate)
    client.post(url(procedure, "take_back"))
    assert fresh(procedure).state == "issued"
    assert "Ingetrokken door de kandidaat" in client.get(url(procedure)).content.decode()
    object_to(cast.candidate, procedure, ["1.2"], "Toch.")
    assert Objection.objects.count() == 2
