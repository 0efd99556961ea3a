"""What colleagues keep of deliberations: with the agreement of all, without names, until it is taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.deliberation.asking import Step
from bekwaam.domain.deliberation.case_law import Offered
from bekwaam.domain.deliberation.steps import MoveKind
from bekwaam.services import clock
from bekwaam.services.accounts.standing import at_provider
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.reflection.case_law import PAGE, find_cases, read_case
from bekwaam.services.reflection.cases import agree, offer_case, offer_of, offices, remove_case, take_back
from bekwaam.services.reflection.moving import MoveInput, make_move, start_deliberation
from bekwaam.services.reflection.state import Seat, find_seat, gather
from bekwaam.services.teams.sharing import leave
from bekwaam.store.models import CaseTag, KeptCase, Team
from tests.cast import Cast
from tests.services.reflection.table import again, bring_to_end, pass_step, started
from tests.services.teams.teams import group, team_of

pytestmark = [pytest.mark.database, pytest.mark.django_db]

OFFERED = Offered(
    "Een bewoner die niet opendoet",
    {Step.FACTS: "Iemand doet al weken niet open.", Step.CHOICE: "Elke dag een briefje."},
    ("D1.1",),
    ("C1", "C3"),
)


@pytest.fixture
def seats(cast: Cast) -> list[Seat]:
    found = started(cast, *cast.assessors[:2])
    bring_to_end(found)
    return [again(seat) for seat in found]


def offered(cast: Cast, seats: list[Seat], what: Offered = OFFERED) -> KeptCase:
    return offer_case(seats[0], cast.provider.ref, what, "nl")


def test_it_is_kept_when_the_last_one_agrees_and_gone_when_one_takes_that_back(
    cast: Cast, seats: list[Seat]
) -> None:
    row = offered(cast, seats)
    agree(seats[1], row.ref)
    assert find_cases(cast.provider).total == 0
    assert offer_of(seats[1], gather(seats[1].deliberation)).waits_for == (cast.assessors[1].name,)  # type: ignore[union-attr]
    with pytest.raises(NotFound):
        read_case(cast.provider, row.ref)
    agree(seats[2], row.ref)
    agree(seats[2], row.ref)
    found = read_case(cast.provider, row.ref)
    assert found.texts == tuple(OFFERED.texts.items()) and found.card.participants == 3
    assert not any(seat.row.name in str(found) for seat in seats)
    assert find_cases(cast.other_provider).total == 0
    with pytest.raises(Refused, match="kept"):
        offered(cast, seats)
    take_back(seats[1], row.ref)
    assert find_cases(cast.provider).total == 0 and not KeptCase.objects.exists()
    assert walk_chain().whole and not list(broken_contents())


def test_another_text_asks_everybody_anew(cast: Cast, seats: list[Seat]) -> None:
    first = offered(cast, seats)
    agree(seats[1], first.ref)
    second = offered(cast, seats, replace(OFFERED, title="Een gesloten deur"))
    with pytest.raises(NotFound):
        agree(seats[2], first.ref)
    agree(seats[2], second.ref)
    assert find_cases(cast.provider).total == 0


def test_who_left_and_had_shared_something_has_to_agree_too(cast: Cast) -> None:
    host, noor = found = started(cast, cast.assessors[0])
    make_move(host, MoveInput(MoveKind.BEGIN))
    pass_step(found)
    make_move(noor, MoveInput(MoveKind.LEAVE))
    for _step in list(Step)[1:-1]:
        pass_step([host])
    make_move(host, MoveInput(MoveKind.LOOK_BACK))
    pass_step([host])
    row = offered(cast, [again(host)])
    assert find_cases(cast.provider).total == 0
    agree(again(noor), row.ref)
    assert find_cases(cast.provider).total == 1


@pytest.mark.parametrize(
    ("what", "field"),
    [
        (replace(OFFERED, title=""), "title"),
        (replace(OFFERED, title="Het beraad van Gijs"), "title"),
        (replace(OFFERED, texts={Step.VALUES: "Rust, zei Noor."}), "values"),
        (replace(OFFERED, texts={}), "facts"),
        (replace(OFFERED, dilemmas=(), competences=()), "dilemmas"),
        (replace(OFFERED, dilemmas=("D9",)), "dilemmas"),
        (replace(OFFERED, competences=("1.1",)), "dilemmas"),
        (replace(OFFERED, texts={Step.FACTS: "Mail naar jan@example.org."}), "looked"),
    ],
)
def test_what_cannot_be_offered_says_why(cast: Cast, seats: list[Seat], what: Offered, field: str) -> None:
    with pytest.raises(Invalid) as found:
        offered(cast, seats, what)
    assert field in {fault.name for fault in found.value.faults}
    assert not KeptCase.objects.exists()


def test_nothing_is_offered_before_it_is_finished_by_a_participant_or_to_another_organisation(
    cast: Cast, seats: list[Seat]
) -> None:
    with pytest.raises(Refused, match="no_role"):
        offer_case(seats[1], cast.provider.ref, OFFERED, "nl")
    with pytest.raises(NotFound):
        offer_case(seats[0], cast.other_provider.ref, OFFERED, "nl")
    early = started(cast)
    with pytest.raises(Refused, match="not_closed"):
        offered(cast, early)


def test_a_coordinator_takes_a_case_away(cast: Cast, seats: list[Seat]) -> None:
    row = offered(cast, seats)
    for seat in seats[1:]:
        agree(seat, row.ref)
    with pytest.raises(Refused):
        remove_case(cast.assessors[0], cast.provider, row.ref)
    with pytest.raises(NotFound):
        remove_case(cast.outsider, cast.provider, row.ref)
    remove_case(cast.coordinator, cast.provider, row.ref)
    assert find_cases(cast.provider).total == 0
    assert walk_chain().whole and not list(broken_contents())


def test_cases_are_found_by_dilemma_and_competence_a_page_at_a_time_in_three_queries(cast: Cast) -> None:
    now = clock.now()
    rows = KeptCase.objects.bulk_create(
        KeptCase(
            provider=cast.provider,
            title=f"Beraad {number}",
            texts={"facts": "Iets."},
            participants=3,
            offered_at=now,
            kept_at=now,
        )
        for number in range(45)
    )
    CaseTag.objects.bulk_create(
        CaseTag(case=row, kind=kind, code=code)
        for number, row in enumerate(rows)
        for kind, code in (("dilemma", f"D{number % 4 + 1}.1"), ("competence", f"C{number % 10 + 1}"))
    )
    with CaptureQueriesContext(connection) as queries:
        found = find_cases(cast.provider, page=3)
    assert (found.total, found.pages, len(found.cards), len(queries)) == (45, 3, 45 - 2 * PAGE, 3)
    assert find_cases(cast.provider, page=99).number == 3
    by_category = find_cases(cast.provider, dilemma="D1")
    assert by_category.total == 12 == find_cases(cast.provider, dilemma="D1.1").total
    both = find_cases(cast.provider, dilemma="D1", competence="C1")
    assert {one.competences for one in both.cards} == {("C1",)} and both.total == 3
    assert find_cases(cast.provider, competence="C1").total == 5  # not C10


def test_who_is_in_a_team_of_the_organisation_is_a_colleague_until_they_leave(cast: Cast) -> None:
    (colleague,) = group(cast, 1)
    team = team_of(cast, colleague)
    row = start_deliberation(colleague, "Alleen overwogen")
    bring_to_end([find_seat(colleague, row.ref)])
    hosting = find_seat(colleague, row.ref)
    assert [ref for ref, _name in offices(colleague)] == [cast.provider.ref]
    assert offer_case(hosting, cast.provider.ref, OFFERED, "nl").provider == cast.provider
    assert at_provider(colleague, cast.provider).may(Action.SEE_CASE_LAW)
    leave(colleague, team.ref)
    assert not offices(colleague)
    assert not at_provider(colleague, cast.provider).may(Action.SEE_CASE_LAW)


def test_who_learns_in_a_cohort_is_no_colleague(cast: Cast) -> None:
    (colleague,) = group(cast, 1)
    team = team_of(cast, colleague)
    Team.objects.filter(pk=team.pk).update(kind="cohort")
    assert not offices(colleague)
    assert not at_provider(colleague, cast.provider).may(Action.SEE_CASE_LAW)
