"""What the overview says of procedures over which there is an objection."""

from __future__ import annotations

from bekwaam.domain.procedures.following import Why
from bekwaam.domain.procedures.waiting import Waiting
from bekwaam.services.objections.handling import answer, take_up
from bekwaam.services.procedures.reads import overview
from tests.cast import Cast
from tests.services.objections.objecting import judge_again, objected


def waits(cast: Cast) -> list[tuple[Why | None, Waiting]]:
    return [(row.why, row.waits_for) for row in reversed(overview(cast.provider)[0:10])]


def test_the_overview_follows_an_objection_to_its_answer(cast: Cast) -> None:
    procedure, others = objected(cast)
    assert waits(cast) == [(None, Waiting.OBJECTION)]
    again = take_up(others.coordinator, procedure)
    assert waits(cast) == [(None, Waiting.REJUDGING), (Why.OBJECTION, Waiting.ASSESSORS)]
    judge_again(cast, again, others, {"1.2": "vakbekwaam", "1.3": "vakbekwaam"})
    assert waits(cast) == [(None, Waiting.ANSWER), (Why.OBJECTION, Waiting.ANSWER)]
    answer(others.coordinator, procedure, "Akkoord.", "nl")
    assert waits(cast) == [(None, Waiting.NOTHING), (Why.OBJECTION, Waiting.CLOSE)]
