"""What waits for an assessor."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bekwaam.services import clock
from bekwaam.services.assessment.queue import Next, Queue
from bekwaam.services.procedures.assigning import declare
from bekwaam.services.procedures.course import withdraw
from bekwaam.store.models import Procedure
from tests.cast import Cast, Point

STEPS = [
    (Point.ASSIGNED, Next.DECLARE, Next.DECLARE),
    (Point.FILLED, Next.DECLARE, Next.DECLARE),
    (Point.DECLARED, Next.JUDGE, Next.JUDGE),
    (Point.HALF_JUDGED, Next.WAIT_OTHERS, Next.JUDGE),
    (Point.REVEALED, Next.AGREE, Next.AGREE),
    (Point.AGREED, Next.WAIT_FINALS, Next.WAIT_FINALS),
    (Point.DECIDED, Next.DECIDED, Next.DECIDED),
]


@pytest.mark.parametrize(("point", "for_first", "for_second"), STEPS)
def test_the_queue_says_what_is_next(cast: Cast, point: Point, for_first: Next, for_second: Next) -> None:
    cast.bring_to(point)
    assert [entry.next for entry in Queue(cast.assessors[0])[0:25]] == [for_first]
    assert [entry.next for entry in Queue(cast.assessors[1])[0:25]] == [for_second]


def test_a_conflict_is_shown_as_such(cast: Cast) -> None:
    procedure = cast.bring_to(Point.HANDED_IN)
    declare(cast.assessors[0], procedure, conflict=True, explanation="Mijn buurvrouw.")
    assert [entry.next for entry in Queue(cast.assessors[0])[0:25]] == [Next.CONFLICT]


def test_the_counts_are_ones_own(cast: Cast) -> None:
    cast.bring_to(Point.HALF_JUDGED)
    (mine,) = Queue(cast.assessors[0])[0:25]
    (theirs,) = Queue(cast.assessors[1])[0:25]
    assert (mine.judged, theirs.judged, mine.units, mine.pieces) == (3, 0, 3, 1)


def test_what_is_over_is_apart(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    withdraw(cast.candidate, procedure, "Geen tijd.")
    assert len(Queue(cast.assessors[0])) == 0
    assert [entry.next for entry in Queue(cast.assessors[0], over=True)[0:25]] == [Next.OVER]


def test_what_can_be_done_comes_before_what_one_waits_for(cast: Cast) -> None:
    points = (Point.ASSIGNED, Point.HALF_JUDGED, Point.REVEALED, Point.DECLARED)
    for number, point in enumerate(points):
        cast.bring_to(point, candidate=cast.person(f"k{number}@example.org", f"Kandidaat {number}"))
    found = [entry.next for entry in Queue(cast.assessors[0])[0:25]]
    assert found == [Next.JUDGE, Next.AGREE, Next.WAIT_OTHERS, Next.DECLARE]


def test_somebody_elses_procedures_are_not_in_it(cast: Cast) -> None:
    cast.bring_to(Point.DECLARED)
    assert len(Queue(cast.assessors[2])) == 0


def test_a_page_is_one_query_however_long(cast: Cast, django_assert_num_queries: Any) -> None:
    cast.bring_to(Point.DECLARED)
    Queue(cast.assessors[0])[0:25]
    for number in range(3):
        cast.bring_to(Point.DECLARED, candidate=cast.person(f"k{number}@example.org", f"Kandidaat {number}"))
    with django_assert_num_queries(1):
        assert len(Queue(cast.assessors[0])[0:25]) == 4


def test_the_last_day_stands_with_what_one_can_do_and_not_with_what_one_waits_for(cast: Cast) -> None:
    procedure = cast.bring_to(Point.HALF_JUDGED)
    (waits,), (judges,) = (Queue(assessor)[0:25] for assessor in cast.assessors[:2])
    assert (waits.next, waits.due_on) == (Next.WAIT_OTHERS, None)
    assert judges.due_on == procedure.due_on is not None and not judges.overdue
    Procedure.objects.update(due_on=clock.today() - timedelta(days=1))
    assert Queue(cast.assessors[1])[0:25][0].overdue


def test_the_last_day_of_the_candidate_is_not_that_of_the_assessor(cast: Cast) -> None:
    cast.bring_to(Point.FILLED)
    (entry,) = Queue(cast.assessors[0])[0:25]
    assert (entry.next, entry.due_on) == (Next.DECLARE, None)
