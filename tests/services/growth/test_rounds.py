"""A round of self-assessment: open it can change, finished it stays; and it is nobody else's."""

from __future__ import annotations

import pytest

from bekwaam.domain.events import Event
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.frameworks.versions import publish
from bekwaam.services.growth.reads import finished_rounds, judged_pictures, own_rounds, read_round
from bekwaam.services.growth.rounds import MAX_NOTE, drop_round, finish_round, rate, start_round
from bekwaam.store.models import AuditEntry, SelfRating, SelfRound
from tests.cast import Cast, Point
from tests.standards import statements_only


def test_beginning_twice_goes_on_with_the_open_round(cast: Cast) -> None:
    first = start_round(cast.candidate, cast.standard)
    assert start_round(cast.candidate, cast.standard) == first
    assert SelfRound.objects.count() == 1


def test_a_rating_can_change_and_go_as_long_as_the_round_is_open(cast: Cast) -> None:
    ref = start_round(cast.candidate, cast.standard).ref
    rate(cast.candidate, ref, "1.1", {"1.1": "startbekwaam"}, "Ik begin net.")
    rate(cast.candidate, ref, "1.1", {"1.1": "vakbekwaam"}, "Het gaat al beter.")
    assert {(r.code, r.value, r.note) for r in SelfRating.objects.all()} == {
        ("1.1", "vakbekwaam", "Het gaat al beter.")
    }
    rate(cast.candidate, ref, "1.1", {"1.1": ""})
    assert not SelfRating.objects.exists()


@pytest.mark.parametrize(
    ("values", "note", "name"),
    [
        ({"1.1": "meester"}, "", "1.1"),
        ({"1.2": "startbekwaam"}, "", "1.2"),
        ({"1.1": "startbekwaam"}, "x" * (MAX_NOTE + 1), "note"),
        ({"1.1": ""}, "Alleen een notitie.", "1.1"),
    ],
)
def test_a_faulty_rating_is_refused_and_what_was_there_stays(
    cast: Cast, values: dict[str, str], note: str, name: str
) -> None:
    ref = start_round(cast.candidate, cast.standard).ref
    rate(cast.candidate, ref, "1.1", {"1.1": "vakbekwaam"})
    with pytest.raises(Invalid) as refused:
        rate(cast.candidate, ref, "1.1", values, note)
    assert [fault.name for fault in refused.value.faults] == [name]
    assert read_round(cast.candidate, ref).values == {"1.1": "vakbekwaam"}


def test_a_finished_round_is_fixed_and_the_chain_vouches_for_it(cast: Cast) -> None:
    ref = start_round(cast.candidate, cast.standard).ref
    rate(cast.candidate, ref, "1.1", {"1.1": "vakbekwaam"})
    finish_round(cast.candidate, ref, "Ik weet nu waar ik aan wil werken.")
    for write in (
        lambda: rate(cast.candidate, ref, "1.1", {"1.1": "startbekwaam"}),
        lambda: finish_round(cast.candidate, ref),
        lambda: drop_round(cast.candidate, ref),
    ):
        with pytest.raises(Refused):
            write()
    assert walk_chain().whole and not list(broken_contents())
    SelfRating.objects.update(value="startbekwaam")
    assert [found.table for found in broken_contents()] == ["SelfRound"]


def test_an_open_round_may_change_without_an_alarm_and_can_be_thrown_away(cast: Cast) -> None:
    ref = start_round(cast.candidate, cast.standard).ref
    rate(cast.candidate, ref, "1.1", {"1.1": "vakbekwaam"})
    assert not list(broken_contents())
    drop_round(cast.candidate, ref)
    assert not SelfRound.objects.exists()
    assert not list(broken_contents())
    codes = list(AuditEntry.objects.order_by("-sequence").values_list("code", flat=True)[:2])
    assert codes == [Event.SELF_ASSESSMENT_DROPPED, Event.SELF_ASSESSMENT_BEGUN]


def test_the_chain_holds_no_word_of_what_somebody_thinks_of_themself(cast: Cast) -> None:
    ref = start_round(cast.candidate, cast.standard).ref
    rate(cast.candidate, ref, "1.1", {"1.1": "vakbekwaam"}, "Dit is van mij.")
    finish_round(cast.candidate, ref, "Ook dit.")
    told = " ".join(AuditEntry.objects.values_list("payload", flat=True))
    assert "Dit is van mij" not in told and "Ook dit" not in told


def test_an_empty_round_cannot_be_finished(cast: Cast) -> None:
    ref = start_round(cast.candidate, cast.standard).ref
    with pytest.raises(Refused):
        finish_round(cast.candidate, ref)


def test_a_round_is_not_found_by_anybody_else(cast: Cast) -> None:
    ref = start_round(cast.candidate, cast.standard).ref
    for somebody in (cast.guide, cast.coordinator, cast.operator):
        with pytest.raises(NotFound):
            read_round(somebody, ref)
        with pytest.raises(NotFound):
            rate(somebody, ref, "1.1", {"1.1": "startbekwaam"})
        with pytest.raises(NotFound):
            drop_round(somebody, ref)


def test_a_framework_without_anything_to_rate_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused):
        start_round(cast.candidate, publish(None, statements_only()))


def test_every_round_is_kept_and_the_newest_stand_last(cast: Cast) -> None:
    for value in ("startbekwaam", "startbekwaam", "vakbekwaam"):
        ref = start_round(cast.candidate, cast.standard).ref
        rate(cast.candidate, ref, "1.1", {"1.1": value})
        finish_round(cast.candidate, ref)
    rounds = finished_rounds(cast.candidate, cast.standard, most=2)
    assert [found.values["1.1"] for found in rounds] == ["startbekwaam", "vakbekwaam"]
    assert len(own_rounds(cast.candidate)) == 3
    newest = read_round(cast.candidate, rounds[-1].head.ref)
    assert newest.earlier is not None and newest.earlier.values == {"1.1": "startbekwaam"}


def test_what_assessors_said_shows_only_once_the_outcome_was_issued(cast: Cast) -> None:
    cast.bring_to(Point.DECIDED)
    assert judged_pictures(cast.candidate, cast.standard) == ()


def test_an_issued_outcome_stands_beside_the_self_rating(cast: Cast) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    (picture,) = judged_pictures(cast.candidate, cast.standard)
    assert picture.number == procedure.number
    assert set(picture.stages) == {"1.1", "1.2", "1.3"}
    assert judged_pictures(cast.guide, cast.standard) == ()
