"""Reflections and deliberations go along in a package, and go when their owner leaves."""

from __future__ import annotations

import pytest
from django.core import mail

from bekwaam.domain.deliberation.steps import MoveKind
from bekwaam.domain.reflection.kinds import ReflectionKind, Written
from bekwaam.domain.takeout.document import others_of
from bekwaam.services.errors import NotFound
from bekwaam.services.reflection.case_law import find_cases
from bekwaam.services.reflection.cases import agree
from bekwaam.services.reflection.inviting import Guest, invite
from bekwaam.services.reflection.moving import MoveInput, make_move
from bekwaam.services.reflection.reads import own_deliberations, table_of
from bekwaam.services.reflection.state import host_gone, seat_behind
from bekwaam.services.reflection.writing import write
from bekwaam.services.takeout.bringing import bring_in
from bekwaam.services.takeout.gathering import gather
from bekwaam.store.models import Contribution, Deliberation, DeliberationSeat, Person, Reflection
from tests.cast import Cast
from tests.packages import document_in, sent_in, taken_along
from tests.services.erasing.people import erase, insist_whole
from tests.services.reflection.table import again, bring_to_end, do, guest_token, pass_step, started
from tests.services.reflection.test_case_law import offered

pytestmark = [pytest.mark.database, pytest.mark.django_db]
K = MoveKind


def test_who_leads_leaves_and_the_deliberation_goes_but_not_what_all_agreed_to_keep(
    cast: Cast, django_capture_on_commit_callbacks: object
) -> None:
    write(cast.guide, Written(ReflectionKind.STARR, "De hal", {"task": "Iets."}))
    kept = started(cast, cast.assessors[0])
    bring_to_end(kept)
    row = offered(cast, [again(seat) for seat in kept])
    agree(again(kept[1]), row.ref)
    (host,) = started(cast)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        invite(host, Guest("Nel", "nel@example.org"))
    token = guest_token()
    make_move(seat_behind(token), MoveInput(K.JOIN))
    erase(cast.guide)
    assert not Deliberation.objects.exists() and not Reflection.objects.exists()
    assert not DeliberationSeat.objects.exists() and own_deliberations(cast.assessors[0]) == ()
    with pytest.raises(NotFound):
        seat_behind(token)
    assert host_gone(token) and not host_gone("geen link")
    assert find_cases(cast.provider).total == 1
    assert insist_whole() > 0
    assert len(mail.outbox) >= 1


def test_a_participant_leaves_with_every_word_and_the_others_go_on(cast: Cast) -> None:
    host, noor = seats = started(cast, cast.assessors[0])
    make_move(host, MoveInput(K.BEGIN))
    pass_step(seats)
    do(host, K.WRITE, text="Ik ben klaar.", finish=True)
    do(noor, K.WRITE, text="Noor schrijft nog.")
    erase(cast.assessors[0])
    assert not Contribution.objects.filter(seat=noor.row).exists()
    found = table_of(again(host), "nl")
    assert [one.name for one in found.people] == [cast.guide.name] and len(found.concluded) == 1
    do(host, K.SHARE)
    insist_whole()


def test_a_package_holds_what_somebody_may_read_and_can_be_carried_along(cast: Cast) -> None:
    write(cast.guide, Written(ReflectionKind.COLLEGIAL, "Een gesprek", {"insight": "Ik zie het anders."}))
    host, noor = seats = started(cast, cast.assessors[0])
    make_move(host, MoveInput(K.BEGIN))
    pass_step(seats)
    do(noor, K.WRITE, text="Dit is nog van Noor alleen.")
    content = taken_along(cast.guide)
    document = document_in(content)
    (reflection,), (table,) = document["reflections"], document["deliberations"]
    assert reflection["texts"] == {"insight": "Ik zie het anders."}
    assert [one["text"] for one in table["said"]] == [f"Van {seat.row.name}." for seat in seats]
    assert table["concluded"][0]["lines"] == ["Een bewoner doet al weken niet open."]
    elsewhere: Person = cast.person("elders2@example.org", "Gijs Elders")
    brought = bring_in(elsewhere, sent_in(elsewhere, content))
    assert brought and brought.rest["entries"][0]["deliberations"] == [table]
    assert bring_in(elsewhere, sent_in(elsewhere, content)) is None
    assert others_of(gather(elsewhere, "nl").document)[0]["reflections"] == [reflection]
    assert "deliberations" not in gather(cast.auditor, "nl").document
