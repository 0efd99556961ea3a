"""A deliberation: apart first, shared at the word of who leads it, nothing lost and nothing overwritten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bekwaam.domain.deliberation.answers import Told
from bekwaam.domain.deliberation.asking import Step
from bekwaam.domain.deliberation.inviting import LINK_DAYS, SeatState
from bekwaam.domain.deliberation.steps import MoveKind, Phase
from bekwaam.services import clock
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.reflection.inviting import Guest, invite, send_again, withdraw_invitation
from bekwaam.services.reflection.moving import MoveInput, make_move, start_deliberation
from bekwaam.services.reflection.reads import own_deliberations, table_of
from bekwaam.services.reflection.state import find_seat, kept_to_oneself, seat_behind
from bekwaam.services.takeout.gathering import gather as gather_package
from bekwaam.store.models import AuditEntry, Contribution, Deliberation, DeliberationSeat, Person
from tests.cast import Cast, make_cast
from tests.services.reflection.table import (
    again,
    all_write,
    bring_to_end,
    do,
    guest_token,
    pass_step,
    started,
)
from tests.services.test_at_once import at_once

pytestmark = [pytest.mark.database, pytest.mark.django_db]
K = MoveKind


def test_what_is_written_apart_is_read_by_its_writer_alone_until_it_is_shared(cast: Cast) -> None:
    host, noor = seats = started(cast, cast.assessors[0])
    make_move(host, MoveInput(K.BEGIN))
    do(host, K.WRITE, text="Ik zag de gordijnen dicht.")
    do(noor, K.WRITE, text="De buren hoorden niets.", finish=True)
    assert table_of(again(host), "nl").own == "Ik zag de gordijnen dicht."
    assert table_of(again(host), "nl").said == () == table_of(again(noor), "nl").said
    with pytest.raises(Refused, match="still_writing"):
        do(host, K.SHARE)
    do(host, K.FINISH)
    do(host, K.SHARE)
    for seat in seats:
        assert [one.text for one in table_of(again(seat), "nl").said] == [
            "Ik zag de gordijnen dicht.",
            "De buren hoorden niets.",
        ]


def test_writing_again_is_a_row_more_and_the_last_one_is_shared(cast: Cast) -> None:
    host, _noor = seats = started(cast, cast.assessors[0])
    make_move(host, MoveInput(K.BEGIN))
    do(host, K.WRITE, text="Eerst dacht ik dit.")
    do(host, K.WRITE, text="Eerst dacht ik dit.")  # a double click
    all_write(seats)
    assert list(Contribution.objects.filter(seat=host.row).values_list("text", flat=True)) == [
        "Eerst dacht ik dit.",
        f"Van {cast.guide.name}.",
    ]
    assert len(table_of(again(host), "nl").said) == 2
    do(host, K.ADD, text="En nog dit.")
    assert [one.added for one in table_of(again(host), "nl").said] == [False, False, True]


def test_it_runs_to_its_end_and_the_chain_vouches_for_every_word(cast: Cast) -> None:
    seats = started(cast, *cast.assessors[:2])
    row = bring_to_end(seats)
    assert row.phase == Phase.CLOSED
    found = table_of(again(seats[1]), "nl")
    assert [one.step for one in found.concluded] == list(Step)
    assert found.concluded[6].lines[0] == "Gekozen: Elke dag een briefje"
    assert walk_chain().whole and not list(broken_contents())
    told = " ".join(AuditEntry.objects.values_list("payload", flat=True))
    assert "Van " not in told and "briefje" not in told and row.title not in told
    with pytest.raises(Refused, match="wrong_moment"):
        do(seats[0], K.ADD, text="Nog iets.")


def test_going_back_begins_a_round_and_leaves_what_was_said(cast: Cast) -> None:
    seats = started(cast, cast.assessors[0])
    make_move(seats[0], MoveInput(K.BEGIN))
    pass_step(seats)
    all_write(seats)
    do(seats[0], K.GO_BACK, to=Step.FACTS, text="De bewoner herkent zich er niet in.")
    row = Deliberation.objects.get()
    assert (row.step, row.round) == (Step.FACTS, 2)
    assert len(table_of(again(seats[1]), "nl").before) == 4
    with pytest.raises(Refused, match="moved_on"):
        make_move(seats[1], MoveInput(K.WRITE, at=(Step.FACTS, 1), text="Te laat."))


def test_alone_it_goes_on_without_waiting_for_anybody(cast: Cast) -> None:
    row = start_deliberation(cast.candidate, "Zeg ik het of zeg ik het niet", alone=True)
    seat = find_seat(cast.candidate, row.ref)
    assert bring_to_end([seat]).phase == Phase.CLOSED


def test_who_leaves_takes_along_what_was_not_shared_and_leaves_the_rest(cast: Cast) -> None:
    host, noor = seats = started(cast, cast.assessors[0])
    make_move(host, MoveInput(K.BEGIN))
    pass_step(seats)
    do(noor, K.WRITE, text="Dit deel ik toch niet.")
    make_move(noor, MoveInput(K.LEAVE))
    texts = set(Contribution.objects.filter(seat=noor.row).values_list("text", flat=True))
    assert texts == {f"Van {noor.row.name}."}
    assert table_of(again(noor), "nl").said == ()
    assert walk_chain().whole and not list(broken_contents())
    do(host, K.WRITE, text="Ik ga door.", finish=True)  # nobody else is waited for
    assert Deliberation.objects.get().phase == Phase.SHARED


def test_who_does_not_come_any_more_is_let_go_and_keeps_their_words_to_themself(cast: Cast) -> None:
    host, noor, bram = seats = started(cast, *cast.assessors[:2])
    make_move(host, MoveInput(K.BEGIN))
    pass_step(seats)
    for seat in (host, bram):
        do(seat, K.WRITE, text="Klaar.", finish=True)
    do(noor, K.WRITE, text="Half.")
    with pytest.raises(Refused, match="no_role"):
        make_move(bram, MoveInput(K.LET_GO, whom=noor.row.ref))
    make_move(host, MoveInput(K.LET_GO, whom=noor.row.ref))
    do(host, K.SHARE)
    assert [one.text for one in table_of(again(bram), "nl").said] == ["Klaar.", "Klaar."]
    assert kept_to_oneself(again(noor)) == ("Half.",) and kept_to_oneself(again(bram)) == ()
    packages = [gather_package(person, "nl").document["deliberations"][0] for person in cast.assessors[:2]]
    assert [[one["text"] for one in found["said"]].count("Half.") for found in packages] == [1, 0]
    assert len(table_of(again(host), "nl").before) == 3  # what was shared before stays


def test_a_name_in_a_text_is_asked_about_once_and_the_writer_decides(cast: Cast) -> None:
    (host,) = started(cast)
    make_move(host, MoveInput(K.BEGIN))
    with pytest.raises(Invalid) as found:
        do(host, K.WRITE, text="Mevrouw Pietersen doet niet open.")
    assert "Pietersen" in found.value.faults[0].text("nl")
    with pytest.raises(Invalid):
        do(host, K.CONCLUDE, answer=Told("Bel 06-12345678."))
    do(host, K.WRITE, text="Mevrouw Pietersen doet niet open.", looked=True)
    assert Contribution.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "email", "fields"),
    [
        ("", "a@example.org", {"name"}),
        ("Nel", "geen adres", {"email"}),
        ("", "", {"name", "email"}),
        ("Nel", "begeleider@example.org", {"email"}),
    ],
)
def test_a_faulty_invitation_says_what_is_wrong_and_sends_nothing(
    cast: Cast, name: str, email: str, fields: set[str]
) -> None:
    (host,) = started(cast)
    with pytest.raises(Invalid) as found:
        invite(host, Guest(name, email))
    assert {fault.name for fault in found.value.faults} == fields
    assert DeliberationSeat.objects.count() == 1


def test_a_guest_comes_in_by_a_link_that_grows_old_and_can_be_sent_again(
    cast: Cast, django_capture_on_commit_callbacks: object
) -> None:
    (host,) = started(cast)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        row = invite(host, Guest("Nel de Wit", "nel@example.org"))
    token = guest_token()
    make_move(seat_behind(token), MoveInput(K.JOIN))
    assert seat_behind(token).state is SeatState.TAKES_PART
    with clock.at(clock.now() + timedelta(days=LINK_DAYS)), pytest.raises(Refused, match="expired"):
        seat_behind(token)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        send_again(host, row.ref)
    with pytest.raises(NotFound):
        seat_behind(token)
    assert seat_behind(guest_token()).state is SeatState.TAKES_PART
    with pytest.raises(Refused, match="joined"):
        withdraw_invitation(host, row.ref)


def test_who_takes_part_hears_that_it_has_begun_and_not_what_about(
    cast: Cast, django_capture_on_commit_callbacks: object
) -> None:
    host, _noor = started(cast, cast.assessors[0])
    invite(host, Guest(cast.assessors[1].name, cast.assessors[1].email))  # does not come
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        invite(host, Guest("Nel", "nel@example.org"))
    make_move(seat_behind(guest_token()), MoveInput(K.JOIN))
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        make_move(host, MoveInput(K.BEGIN))
    bodies = {letter.to[0]: str(letter.body) for letter in mail.outbox}
    assert set(bodies) == {cast.assessors[0].email, "nel@example.org"}
    assert host.deliberation.ref in bodies[cast.assessors[0].email]
    assert "persoonlijke link" in bodies["nel@example.org"]
    assert not any(host.deliberation.title in body for body in bodies.values())


def test_an_invitation_withdrawn_or_too_late_opens_nothing(cast: Cast) -> None:
    (host,) = started(cast)
    noor, bram = cast.assessors[:2]
    rows = [invite(host, Guest(one.name, one.email)) for one in (noor, bram)]
    withdraw_invitation(host, rows[0].ref)
    make_move(host, MoveInput(K.BEGIN))
    for person, reason in ((noor, "withdrawn"), (bram, "too_late")):
        with pytest.raises(Refused, match=reason):
            find_seat(person, host.deliberation.ref)
        assert own_deliberations(person) == ()
    with pytest.raises(Refused, match="begun"):
        invite(host, Guest("Fleur", "fleur@example.org"))
    with pytest.raises(NotFound):
        find_seat(cast.outsider, host.deliberation.ref)


def test_only_who_leads_invites_begins_shares_concludes_and_stops(cast: Cast) -> None:
    _host, noor = started(cast, cast.assessors[0])
    with pytest.raises(Refused, match="no_role"):
        invite(noor, Guest("Nel", "nel@example.org"))
    for kind in (K.BEGIN, K.SHARE, K.CONCLUDE, K.GO_BACK, K.STOP):
        with pytest.raises(Refused, match="no_role"):
            do(noor, kind, text="Nee.")


def test_the_table_takes_a_fixed_number_of_queries_however_much_was_said(cast: Cast) -> None:
    def count(seats: list) -> int:
        seat = again(seats[1])
        with CaptureQueriesContext(connection) as found:
            table_of(seat, "nl")
        return len(found)

    small = started(cast, cast.assessors[0])
    make_move(small[0], MoveInput(K.BEGIN))
    large = started(cast, *cast.assessors, cast.auditor)
    bring_to_end(large)
    assert count(small) == count(large) <= 7


@pytest.mark.django_db(transaction=True)
def test_ten_who_write_at_once_lose_nothing() -> None:
    cast = make_cast()
    people = [
        cast.person(f"{number}@example.org", f"Deelnemer {number}") for number in range(9)
    ]  # who is registered at a provider without a role can be invited all the same
    seats = started(cast, *people)
    make_move(seats[0], MoveInput(K.BEGIN))
    text = "Dit zag ik, en dat dacht ik erbij. " * 100
    calls = [
        lambda seat=seat: do(seat, K.WRITE, text=f"{seat.row.name}: {text}", finish=True) for seat in seats
    ]
    assert at_once(*calls) == ["done"] * 10
    do(seats[0], K.SHARE)
    said = table_of(again(seats[0]), "nl").said
    assert {one.text for one in said} == {f"{seat.row.name}: {text}".strip() for seat in seats}
    assert AuditEntry.objects.filter(code="deliberation.moved").count() == 9 + 1 + 20 + 1
    assert walk_chain().whole and not list(broken_contents())
    assert Person.objects.count() >= 10
