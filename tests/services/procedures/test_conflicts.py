"""Where it is on record that somebody is too close, the program takes no word that they are not."""

from __future__ import annotations

import pytest

from bekwaam.domain.accounts.access import Role
from bekwaam.services.audit import broken_contents
from bekwaam.services.errors import Invalid, Refused
from bekwaam.services.feedback.asking import Referee, ask_to_confirm
from bekwaam.services.procedures.assigning import assign, declare
from bekwaam.services.procedures.team import team
from bekwaam.services.signs.secret import mailbox_mark
from bekwaam.store.models import Evidence, FeedbackAnswer, FeedbackRequest
from tests.cast import Cast, Point, fresh

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def test_a_referee_is_not_offered_assigned_or_believed(cast: Cast) -> None:
    procedure = cast.bring_to(Point.FILLED)
    noor, piece = cast.assessors[2], Evidence.objects.get()
    ask_to_confirm(piece.owner, piece.ref, Referee("Iemand", noor.email.upper(), "colleague"), "")
    choices = team(fresh(procedure), with_choices=True).choices
    assert noor.ref not in {choice.ref for choice in choices if choice.role is Role.ASSESSOR}
    with pytest.raises(Refused) as error:
        assign(cast.coordinator, procedure, noor, Role.ASSESSOR)
    assert error.value.verdict.reason == "was_referee"


@pytest.mark.parametrize("answered", [False, True])
def test_who_became_a_referee_afterwards_cannot_declare_that_all_is_well(cast: Cast, answered: bool) -> None:
    procedure, noor = cast.bring_to(Point.FILLED), cast.assessors[0]
    piece = Evidence.objects.get()
    ask_to_confirm(piece.owner, piece.ref, Referee("Iemand", noor.email, "colleague"), "")
    if answered:  # the address goes with the answer; a mark of it stays
        asked = FeedbackRequest.objects.get()
        mark = mailbox_mark(piece.owner.ref, noor.email)
        FeedbackAnswer.objects.create(request=asked, name="I", mailbox=mark, answered_at=asked.asked_at)
        FeedbackRequest.objects.update(email="")
    with pytest.raises(Refused) as error:
        declare(noor, procedure, conflict=False)
    assert error.value.verdict.reason == "was_referee"
    declare(noor, procedure, conflict=True, reasons=["employer"])
    (worker,) = [one for one in team(fresh(procedure)).assessors if one.pk == noor.pk]
    assert (worker.conflict, worker.reasons) == (True, ("employer",))


def test_a_conflict_has_a_reason_or_words(cast: Cast) -> None:
    procedure, noor = cast.bring_to(Point.FILLED), cast.assessors[0]
    for wrong in ([], ["other"], ["onbekend"]):
        with pytest.raises(Invalid):
            declare(noor, procedure, conflict=True, reasons=wrong)
    declare(noor, procedure, conflict=True, explanation="Ze komt bij ons werken.", reasons=["other"])
    assert not list(broken_contents())
