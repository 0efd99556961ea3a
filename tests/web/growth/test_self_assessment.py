"""Self-assessment on the screen: begin, fill in, stop in between, finish, and see the growth."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bekwaam.frameworks.library import builtin_ids, load_builtin
from bekwaam.services.drafts import save_draft
from bekwaam.services.feedback.answering import AnswerInput, answer
from bekwaam.services.feedback.asking import Referee, ask_to_rate
from bekwaam.services.frameworks.versions import publish
from bekwaam.services.growth.reads import read_round
from bekwaam.services.growth.rounds import MAX_NOTE, finish_round, rate, start_round
from bekwaam.store.models import FrameworkVersion, Person, SelfRound
from tests.cast import Cast, Point

MOST_QUERIES = 12


@pytest.fixture
def me(cast: Cast, log_in: Callable[[Person], Client]) -> Client:
    return log_in(cast.candidate)


def begun(cast: Cast, standard: FrameworkVersion | None = None) -> str:
    return start_round(cast.candidate, standard or cast.standard).ref


def finished(cast: Cast, value: str) -> str:
    ref = begun(cast)
    rate(cast.candidate, ref, "1.1", {"1.1": value})
    finish_round(cast.candidate, ref)
    return ref


def test_a_round_is_begun_from_the_list_and_found_there_again(cast: Cast, me: Client) -> None:
    response = me.post(reverse("growth:start"), {"framework": "klein@1"})
    ref = SelfRound.objects.get().ref
    assert response["Location"] == reverse("growth:round", args=[ref])
    page = me.get(reverse("growth:rounds")).content.decode()
    assert reverse("growth:round", args=[ref]) in page


def test_after_saving_the_next_part_comes_and_at_the_end_the_whole(cast: Cast, me: Client) -> None:
    ref = begun(cast)
    first = me.post(reverse("growth:unit", args=[ref, "1.1"]), {"1.1": "vakbekwaam", "1.1.sb1": "yes"})
    assert first["Location"] == reverse("growth:unit", args=[ref, "1.2"])
    last = me.post(reverse("growth:unit", args=[ref, "L1"]), {"L1": "none"})
    assert last["Location"] == reverse("growth:round", args=[ref])
    assert read_round(cast.candidate, ref).values == {"1.1": "vakbekwaam", "1.1.sb1": "yes", "L1": "none"}


def test_a_part_can_be_skipped(cast: Cast, me: Client) -> None:
    ref = begun(cast)
    response = me.post(reverse("growth:unit", args=[ref, "1.1"]), {})
    assert response["Location"] == reverse("growth:unit", args=[ref, "1.2"])
    assert read_round(cast.candidate, ref).values == {}


def test_bad_input_gets_a_sentence_and_what_was_typed_stays(cast: Cast, me: Client) -> None:
    ref = begun(cast)
    url = reverse("growth:unit", args=[ref, "1.1"])
    odd = me.post(url, {"1.1": "meester", "note": "Mijn notitie"})
    assert odd.status_code == 422 and "Mijn notitie" in odd.content.decode()
    long = me.post(url, {"1.1": "vakbekwaam", "note": "x" * (MAX_NOTE + 1)})
    assert long.status_code == 422 and "5.000 tekens" in long.content.decode()
    alone = me.post(url, {"note": "Alleen een notitie"})
    assert alone.status_code == 422 and "Alleen een notitie" in alone.content.decode()
    assert read_round(cast.candidate, ref).values == {}


def test_what_was_being_typed_comes_back(cast: Cast, me: Client) -> None:
    ref = begun(cast)
    save_draft(cast.candidate, f"self:{ref}:1.1", {"1.1": ["vakbekwaam"], "note": ["Nog niet af"]})
    page = me.get(reverse("growth:unit", args=[ref, "1.1"])).content.decode()
    assert "Nog niet af" in page
    assert 'value="vakbekwaam" id="id_1.1_2" checked' in page


def test_the_earlier_answer_stands_beside_the_new_one_and_is_not_filled_in(cast: Cast, me: Client) -> None:
    finished(cast, "startbekwaam")
    ref = begun(cast)
    response = me.get(reverse("growth:unit", args=[ref, "1.1"]))
    assert response.context["before"].value == "startbekwaam"
    assert "checked" not in response.content.decode()


def test_a_finished_round_is_only_read(cast: Cast, me: Client) -> None:
    ref = finished(cast, "startbekwaam")
    unit = me.get(reverse("growth:unit", args=[ref, "1.1"]))
    assert unit["Location"] == reverse("growth:round", args=[ref])
    page = me.get(reverse("growth:round", args=[ref])).content.decode()
    assert reverse("growth:finish", args=[ref]) not in page
    assert me.post(reverse("growth:drop", args=[ref])).status_code == 403
    assert SelfRound.objects.get().finished_at is not None


def test_an_empty_round_cannot_be_finished_on_the_screen_either(cast: Cast, me: Client) -> None:
    ref = begun(cast)
    assert me.post(reverse("growth:finish", args=[ref]), {}).status_code == 403
    assert SelfRound.objects.get().finished_at is None


def looked_along(cast: Cast, name: str, relation: str, ratings: dict[str, str], rest: Any) -> None:
    with rest(execute=True):
        ask_to_rate(cast.candidate, cast.standard, ["1.1", "1.2"], Referee(name, "x@example.org", relation))
    token = re.search(r"/referent/([^/\s]+)/", str(mail.outbox[-1].body))
    assert token
    answer(token.group(1), AnswerInput(name=name, ratings=ratings, text="Mooi."))


def test_growth_shows_three_layers_beside_each_other_and_mixes_none(
    cast: Cast, me: Client, django_capture_on_commit_callbacks: Any
) -> None:
    cast.bring_to(Point.ISSUED)
    finished(cast, "startbekwaam")
    finished(cast, "vakbekwaam")
    for name, relation, ratings in (
        ("Nel", "colleague", {"1.1": "vakvolwassen", "1.2": "none"}),
        ("Bram", "client", {"1.1": "startbekwaam"}),
        ("Wim", "employer", {}),  # only wrote something: nothing to draw
    ):
        looked_along(cast, name, relation, ratings, django_capture_on_commit_callbacks)
    response = me.get(reverse("growth:growth", args=["klein", "1"]))
    rows = {row.code: row for row in response.context["rows"]}
    told = [[(one.who, one.answer.label) for one in cell.entries] for cell in rows["1.1"].cells]
    assert told == [
        [("", "startbekwaam"), ("", "vakbekwaam")],
        [("Nel (Collega)", "vakvolwassen"), ("Bram (Cliënt of bewoner)", "startbekwaam")],
        [("EVC Huis Noord", "vakbekwaam")],
    ]
    assert rows["1.1"].change == "up"  # of one's own word: what others said changes nothing of it
    assert [len(cell.entries) for cell in rows["1.2"].cells] == [0, 1, 1] and rows["1.2"].change is None


@pytest.mark.parametrize(("layer", "wheels"), [("", 2), ("anderen", 1), ("oordeel", 1), ("x", 2)])
def test_each_layer_has_wheels_of_its_own(
    cast: Cast, me: Client, layer: str, wheels: int, django_capture_on_commit_callbacks: Any
) -> None:
    cast.bring_to(Point.ISSUED)
    finished(cast, "startbekwaam")
    finished(cast, "vakbekwaam")
    looked_along(cast, "Nel", "colleague", {"1.1": "none"}, django_capture_on_commit_callbacks)
    response = me.get(reverse("growth:growth", args=["klein", "1"]), {"laag": layer})
    assert len(response.context["wheels"]) == response.content.decode().count("<figure") == wheels


@pytest.mark.parametrize(("point", "shown"), [(Point.DECIDED, 0), (Point.ISSUED, 3)])
def test_what_was_judged_is_seen_without_a_round_of_ones_own_and_not_before_it_is_known(
    cast: Cast, me: Client, point: Point, shown: int
) -> None:
    cast.bring_to(point)
    response = me.get(reverse("growth:growth", args=["klein", "1"]))
    assert len(response.context["rows"]) == shown


def test_somebody_elses_round_does_not_exist(cast: Cast, log_in: Callable[[Person], Client]) -> None:
    ref = begun(cast)
    for name, rest in (("round", []), ("unit", ["1.1"]), ("finish", []), ("drop", [])):
        url = reverse(f"growth:{name}", args=[ref, *rest])
        for somebody in (cast.guide, cast.coordinator, cast.assessors[0], cast.operator):
            assert log_in(somebody).get(url).status_code == 404
            assert log_in(somebody).post(url).status_code in (404, 405)


def test_an_unknown_framework_or_part_is_not_found(cast: Cast, me: Client) -> None:
    assert me.post(reverse("growth:start"), {"framework": "bestaat-niet@1"}).status_code == 404
    assert me.post(reverse("growth:start"), {}).status_code == 404
    ref = begun(cast)
    assert me.get(reverse("growth:unit", args=[ref, "9.9"])).status_code == 404
    assert me.get(reverse("growth:unit", args=[ref, "1"])).status_code == 404


@pytest.mark.parametrize("identifier", builtin_ids("standard") + builtin_ids("framework"))
def test_every_framework_that_can_be_rated_opens_from_beginning_to_end(
    cast: Cast, me: Client, identifier: str
) -> None:
    framework = load_builtin(identifier)
    publish(None, framework)
    response = me.post(reverse("growth:start"), {"framework": f"{identifier}@{framework.version}"})
    if response.status_code == 403:  # nothing in it to rate oneself on: said so
        assert "<h1" in response.content.decode()
        return
    page = me.get(response["Location"])
    first = page.context["next"]
    form = me.get(first.url)
    (answer, *_rest) = [value for value, _label in form.context["field"].field.choices]
    assert me.post(first.url, {first.unit.code: answer}).status_code == 302
    finish = me.post(reverse("growth:finish", args=[SelfRound.objects.get().ref]), {"reflection": "Zo."})
    assert me.get(finish["Location"]).status_code == 200


def test_the_screens_take_a_fixed_number_of_queries(
    cast: Cast, me: Client, django_capture_on_commit_callbacks: Any
) -> None:
    for name in ("Nel", "Bram", "Wim"):
        looked_along(cast, name, "colleague", {"1.1": "none"}, django_capture_on_commit_callbacks)
    standard = publish(None, load_builtin("evc-sociaal-werker-mbo"))
    for value in ("startbekwaam", "vakbekwaam"):
        ref = begun(cast, standard)
        for item in load_builtin("evc-sociaal-werker-mbo").competences:
            rate(cast.candidate, ref, item.code, {item.code: value}, "Zo zie ik het.")
        finish_round(cast.candidate, ref)
    ref = begun(cast, standard)
    urls = [
        reverse("growth:rounds"),
        reverse("growth:round", args=[ref]),
        reverse("growth:unit", args=[ref, "1.1"]),
        reverse("growth:growth", args=["evc-sociaal-werker-mbo", "1.0"]),
        reverse("growth:growth", args=["klein", "1"]) + "?laag=anderen",
    ]
    for url in urls:
        me.get(url)
        with CaptureQueriesContext(
            connection,
        ) as counted:
            assert me.get(url).status_code == 200
        assert len(counted) <= MOST_QUERIES, (url, len(counted))
