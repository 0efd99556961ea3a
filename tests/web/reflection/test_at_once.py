"""Ten people in one deliberation at the same moment: everybody is answered, and nothing is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from bekwaam.domain.deliberation.asking import Step
from bekwaam.domain.deliberation.steps import MoveKind
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.reflection.moving import MoveInput, make_move
from bekwaam.services.reflection.reads import table_of
from bekwaam.services.reflection.state import Seat
from bekwaam.store.models import Contribution, DeliberationSeat, SharedStep
from tests.cast import make_cast
from tests.services.reflection.table import again, started

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]
PEOPLE = 10


def answers(*calls: Callable[[], HttpResponse]) -> list[int]:
    """Make all requests at the same moment; return their status codes, 0 for one that raised."""
    codes = [0] * len(calls)
    start = threading.Barrier(len(calls))

    def run(at: int, call: Callable[[], HttpResponse]) -> None:
        start.wait()
        try:
            codes[at] = call().status_code
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=entry) for entry in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return codes


def gathered() -> list[Seat]:
    cast = make_cast()
    people = [cast.person(f"{number}@example.org", f"Deelnemer {number}") for number in range(PEOPLE - 1)]
    seats = started(cast, *people)
    make_move(seats[0], MoveInput(MoveKind.BEGIN))
    return [again(seat) for seat in seats]


def posting(seat: Seat, kind: MoveKind, **given: str) -> Callable[[], HttpResponse]:
    """Return a request of somebody who logged in before."""
    client = Client(raise_request_exception=False)
    client.force_login(seat.row.person, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = reverse("reflection:move", args=[seat.deliberation.ref, kind.value])
    sent = {"at": f"{Step.FACTS.value}:1", **given}
    return lambda: client.post(address, sent)  # type: ignore[return-value]


def test_ten_who_write_and_finish_at_once_are_all_heard_in_one_order() -> None:
    seats = gathered()
    calls = [
        posting(seat, MoveKind.WRITE, text=f"Woorden van {seat.row.name}.", finish="on") for seat in seats
    ]
    assert answers(*calls) == [302] * PEOPLE
    assert (
        DeliberationSeat.objects.filter(deliberation=seats[0].deliberation, finished=True).count() == PEOPLE
    )
    make_move(seats[0], MoveInput(MoveKind.SHARE, (Step.FACTS, 1)))
    orders = [[(one.name, one.text) for one in table_of(again(seat), "nl").said] for seat in seats]
    assert all(order == orders[0] for order in orders)
    assert sorted(text for _name, text in orders[0]) == sorted(
        f"Woorden van {seat.row.name}." for seat in seats
    )
    assert walk_chain().whole and not list(broken_contents())


def test_the_same_click_sent_by_everybody_twice_is_kept_once_each() -> None:
    seats = gathered()
    calls = [posting(seat, MoveKind.WRITE, text=f"Van {seat.row.name}.") for seat in seats for _twice in "ab"]
    assert set(answers(*calls)) <= {302, 409}
    assert Contribution.objects.count() == PEOPLE


def test_who_writes_while_it_is_shared_is_heard_or_gets_the_words_back() -> None:
    seats = gathered()
    for seat in seats:
        make_move(seat, MoveInput(MoveKind.WRITE, (Step.FACTS, 1), "Eerst.", finish=True))
    late = [
        posting(seat, MoveKind.WRITE, text=f"Nog iets van {seat.row.name}.", finish="on")
        for seat in seats[1:]
    ]
    codes = answers(posting(seats[0], MoveKind.SHARE), *late)
    assert set(codes) <= {302, 409}
    if codes[0] == 302:
        assert SharedStep.objects.count() == 1
    kept = set(Contribution.objects.values_list("text", flat=True))
    for seat, code in zip(seats[1:], codes[1:], strict=True):
        assert (f"Nog iets van {seat.row.name}." in kept) is (code == 302)
    assert walk_chain().whole
