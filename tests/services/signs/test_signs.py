"""Signs are counted at handing in and finishing, kept, looked into, and shown to whom they are for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.signs.dossier import Whose
from bekwaam.domain.signs.settings import SignSettings
from bekwaam.domain.signs.sign import SignCode
from bekwaam.services import clock
from bekwaam.services.accounts.standing import at_procedure, find_procedure
from bekwaam.services.assessment.judging import finish_judging, judge
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.portfolio.evidence import add_evidence
from bekwaam.services.portfolio.handing_in import give_back, hand_in
from bekwaam.services.procedures.course import withdraw
from bekwaam.services.signs.catching_up import catch_up, to_count
from bekwaam.services.signs.looking import look_into
from bekwaam.services.signs.overlap import Overlap, overlap
from bekwaam.services.signs.pace import open_unit
from bekwaam.services.signs.reads import Shown, own_signs_now, signs_of
from bekwaam.services.signs.settings import set_sign_settings
from bekwaam.store.models import (
    FoundSign,
    JudgementPace,
    Person,
    Procedure,
    TextMatch,
    TextPrint,
    TextSketch,
    UnitOpened,
)
from tests.cast import Cast, Point, finding, fresh, piece_refs, units
from tests.domain.signs.stories import edited
from tests.services.signs.people import ONE, THREE, TWO, elsewhere, other_person, told, with_stories

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def seen(procedure: Procedure, person: Person) -> tuple[Shown, ...]:
    return signs_of(procedure, at_procedure(person, fresh(procedure)), person)


def codes(procedure: Procedure, person: Person) -> list[SignCode]:
    return [one.sign.code for one in seen(procedure, person)]


def looked_at(procedure: Procedure, person: Person, piece: str) -> Overlap:
    found, standing = find_procedure(person, procedure.ref)
    return overlap(found, standing, person, piece)


def test_a_copied_story_shows_on_both_dossiers_and_nothing_on_others(cast: Cast) -> None:
    first = with_stories(cast, cast.person("eerste@example.org", "Eerste"), ONE, TWO)
    own = with_stories(cast, cast.person("eigen@example.org", "Eigen"), THREE)
    assert codes(first, cast.coordinator) == []
    copied = with_stories(cast, cast.candidate, edited(TWO, 15))
    for procedure, total in ((first, 2), (copied, 1)):
        (sign,) = seen(procedure, cast.coordinator)
        assert sign.sign.code is SignCode.TEXT_HERE
        assert (sign.sign.values["number"], sign.sign.values["total"]) == (1, total)
        assert sign.sign.values["percent"] > 30
    assert codes(own, cast.coordinator) == []


def test_what_is_elsewhere_tells_nothing_of_where(cast: Cast) -> None:
    there = elsewhere(cast, other_person(cast), ONE)
    here = with_stories(cast, cast.candidate, ONE, point=Point.DECLARED)
    assert codes(here, cast.assessors[0]) == [SignCode.TEXT_ELSEWHERE]
    assert [sign.sign.code for sign in seen(there, cast.outsider)] == [SignCode.TEXT_ELSEWHERE]
    found = looked_at(here, cast.auditor, piece_refs(here)[0])
    (meeting,) = found.meetings
    assert (meeting.whose, meeting.beside, meeting.ref, meeting.number) == (Whose.ELSEWHERE, (), "", "")
    marked = "".join(part for field in found.fields for part, shared in field.parts if shared)
    assert len(marked) > 0.7 * len(ONE)


def test_ones_own_earlier_work_is_good_to_know_and_nothing_to_weigh(cast: Cast) -> None:
    with_stories(cast, cast.candidate, ONE)
    again = with_stories(cast, cast.candidate, ONE, TWO)
    (sign,) = seen(again, cast.coordinator)
    assert sign.sign.code is SignCode.TEXT_OWN
    assert not sign.open


def test_handing_in_once_more_is_no_copying(cast: Cast) -> None:
    procedure = with_stories(cast, cast.candidate, ONE)
    give_back(cast.coordinator, procedure, "Er ontbreekt iets.")
    hand_in(cast.candidate, fresh(procedure))
    assert not TextMatch.objects.exists()
    assert codes(procedure, cast.coordinator) == []


def test_a_dossier_that_was_stopped_is_left_alone(cast: Cast) -> None:
    first = with_stories(cast, cast.person("eerste@example.org", "Eerste"), ONE)
    withdraw(first.candidate, first, "Ik stop ermee.")
    assert codes(with_stories(cast, cast.candidate, ONE), cast.coordinator) == []


def test_nothing_is_compared_where_that_was_switched_off(cast: Cast, settings: object) -> None:
    settings.COMPARE_TEXTS = False  # type: ignore[attr-defined]
    with_stories(cast, cast.person("eerste@example.org", "Eerste"), ONE)
    assert codes(with_stories(cast, cast.candidate, ONE), cast.coordinator) == []
    assert not TextPrint.objects.exists()


def test_within_the_provider_passages_stand_side_by_side_and_only_who_may_gets_a_link(cast: Cast) -> None:
    first = with_stories(cast, cast.person("eerste@example.org", "Eerste"), ONE)
    noor, bram, fleur = cast.assessors
    mine = cast.bring_to(Point.CONSENTED, assessors=(noor, fleur))
    add_evidence(cast.candidate, fresh(mine), told(f"{TWO} {ONE}"))
    cast.bring_on(mine, Point.DECLARED, since=Point.FILLED, assessors=(noor, fleur))
    links = {}
    for person in (noor, fleur, cast.auditor):
        found = looked_at(mine, person, piece_refs(mine)[0])
        (meeting,) = found.meetings
        assert meeting.earlier
        assert all(passage.own == passage.other for passage in meeting.beside)
        assert not any(passage.other in TWO for passage in meeting.beside)
        links[person.pk] = meeting.number
    assert bram.pk not in links
    assert links == {noor.pk: first.number, fleur.pk: "", cast.auditor.pk: first.number}


def test_a_piece_that_shares_nothing_has_no_page(cast: Cast) -> None:
    procedure = with_stories(cast, cast.candidate, ONE)
    with pytest.raises(NotFound):
        looked_at(procedure, cast.auditor, piece_refs(procedure)[0])


def test_old_evidence_is_counted_on_the_day_of_handing_in(cast: Cast) -> None:
    procedure = cast.bring_to(Point.CONSENTED)
    old = clock.today() - timedelta(days=6 * 366)
    add_evidence(cast.candidate, fresh(procedure), told(ONE, day=old))
    add_evidence(cast.candidate, fresh(procedure), told(TWO, day=clock.today()))
    cast.bring_on(procedure, Point.HANDED_IN, since=Point.FILLED)
    (sign,) = seen(procedure, cast.coordinator)
    assert sign.sign.code is SignCode.OLD_EVIDENCE
    assert (sign.sign.values["number"], sign.sign.values["total"]) == (1, 2)


def test_earlier_portfolios_are_caught_up_with_and_another_key_makes_them_anew(
    cast: Cast, settings: object
) -> None:
    first = with_stories(cast, cast.person("eerste@example.org", "Eerste"), ONE)
    copied = with_stories(cast, cast.candidate, ONE)
    for model in (TextPrint, TextSketch, TextMatch, FoundSign):
        model.objects.all().delete()
    assert list(catch_up(to_count())) == [1, 2]
    assert codes(first, cast.coordinator) == codes(copied, cast.coordinator) == [SignCode.TEXT_HERE]
    assert to_count() == []
    before = set(TextPrint.objects.values_list("value", flat=True))
    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]
    assert len(to_count()) == 2
    assert list(catch_up(to_count())) == [1, 2]
    assert not before & set(TextPrint.objects.values_list("value", flat=True))


def judged_by(cast: Cast, person: Person, procedure: Procedure, seconds: int, why: str = "") -> None:
    """Let somebody open and judge everything, each in so many seconds."""
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    snapshot = procedure.snapshots.latest("number").pk
    for at, unit in enumerate(units(procedure)):
        with clock.at(now + timedelta(minutes=30 * at)):
            open_unit(person, snapshot, unit)
        with clock.at(now + timedelta(minutes=30 * at, seconds=seconds // 2)):
            open_unit(person, snapshot, unit)
        given = finding("vakbekwaam", piece_refs(procedure), said_by=person, about=unit)
        if why:
            given = type(given)(given.stage, given.basis, why, why)
        with clock.at(now + timedelta(minutes=30 * at, seconds=seconds)):
            judge(person, procedure, unit, given)


PASTED = "Ik las hoe ze de bewoners opzocht, met hen koffie dronk en samen plannen maakte voor de straat."


def test_of_a_judgement_only_the_seconds_are_kept(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    noor = cast.assessors[0]
    judged_by(cast, noor, procedure, 20)
    assert set(JudgementPace.objects.values_list("seconds", flat=True)) == {20}
    assert not UnitOpened.objects.exists()
    (now,) = own_signs_now(procedure, noor)
    assert (now.code, now.values["number"], now.values["fastest"]) == (SignCode.QUICK, 3, 20)
    judged_by(cast, noor, procedure, 1)  # judging again is no first judgement
    assert JudgementPace.objects.count() == 3


def test_signs_about_judging_come_after_finishing_and_only_to_whom_they_are_for(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    noor, bram, _fleur = cast.assessors
    judged_by(cast, noor, procedure, 20, why=PASTED)
    assert codes(procedure, cast.coordinator) == []
    assert [sign.code for sign in own_signs_now(procedure, noor)] == [SignCode.QUICK, SignCode.SAME_REASON]
    finish_judging(noor, procedure)
    found = [SignCode.QUICK, SignCode.SAME_REASON]
    assert codes(procedure, cast.coordinator) == codes(procedure, cast.auditor) == found
    assert codes(procedure, noor) == found
    for person in (bram, cast.candidate, cast.guide, cast.outsider):
        assert codes(procedure, person) == []
    judged_by(cast, bram, procedure, 900)
    finish_judging(bram, procedure)
    assert codes(procedure, bram) == []  # also after the reveal they are not about him


def test_whoever_coordinates_and_judges_sees_nothing_of_the_other_before_the_reveal(cast: Cast) -> None:
    both = cast.person("beide@example.org", "Beide", Role.COORDINATOR, Role.ASSESSOR)
    noor = cast.assessors[0]
    procedure = cast.bring_to(Point.DECLARED, assessors=(noor, both))
    judged_by(cast, noor, procedure, 20)
    finish_judging(noor, procedure)
    assert codes(procedure, both) == []
    cast.judge_all(procedure, both)
    assert codes(procedure, both) == [SignCode.QUICK]


def test_never_a_no_is_counted_over_revealed_dossiers_only(cast: Cast) -> None:
    set_sign_settings(cast.coordinator, cast.provider, SignSettings(yes_in_a_row=20))
    noor, bram, _fleur = cast.assessors
    for number in range(7):
        who = cast.person(f"k{number}@example.org", f"Kandidaat {number}")
        cast.bring_to(Point.REVEALED, candidate=who)
    procedure = cast.bring_to(Point.DECLARED)
    cast.judge_all(procedure, noor, dict.fromkeys(units(procedure), "not_shown"))
    assert SignCode.NEVER_NO in codes(procedure, cast.coordinator)
    cast.judge_all(procedure, bram)
    following = cast.bring_to(Point.HALF_JUDGED)
    assert SignCode.NEVER_NO not in codes(following, cast.coordinator)


def test_what_was_found_folds_a_sign_until_it_is_counted_otherwise(cast: Cast) -> None:
    first = with_stories(cast, cast.person("eerste@example.org", "Eerste"), ONE, TWO)
    with_stories(cast, cast.person("tweede@example.org", "Tweede"), ONE)
    (sign,) = seen(first, cast.coordinator)
    assert sign.open and sign.may_look
    look_into(cast.coordinator, first, sign.ref, "  Zij werkten samen; ik belde met beiden. ")
    (looked,) = seen(first, cast.auditor)
    assert not looked.open and not looked.may_look
    assert (looked.looks[0].author, looked.looks[0].text) == (
        cast.coordinator.name,
        "Zij werkten samen; ik belde met beiden.",
    )
    with_stories(cast, cast.person("derde@example.org", "Derde"), TWO)
    (again,) = seen(first, cast.coordinator)
    assert again.open and again.looks
    assert walk_chain().whole
    assert not list(broken_contents())
    sign_row = FoundSign.objects.get(ref=sign.ref)
    sign_row.looks.update(text="Niets aan de hand")
    assert [broken.table for broken in broken_contents()] == ["SignLook"]


def test_no_assessor_reads_what_another_wrote_before_the_reveal(cast: Cast) -> None:
    with_stories(cast, cast.person("eerste@example.org", "Eerste"), ONE)
    procedure = with_stories(cast, cast.candidate, ONE, point=Point.DECLARED)
    noor, bram, _fleur = cast.assessors
    (sign,) = seen(procedure, noor)
    look_into(noor, procedure, sign.ref, "Dit vind ik geen eigen werk.")
    assert not seen(procedure, noor)[0].open
    assert seen(procedure, bram)[0].open
    assert seen(procedure, bram)[0].looks == ()
    for assessor in (noor, bram):
        cast.judge_all(procedure, assessor)
    assert [look.author for look in seen(procedure, bram)[0].looks] == [noor.name]


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_writing_nothing_or_too_much_about_a_sign_is_refused(cast: Cast, text: str) -> None:
    with_stories(cast, cast.person("eerste@example.org", "Eerste"), ONE)
    procedure = with_stories(cast, cast.candidate, ONE)
    (sign,) = seen(procedure, cast.coordinator)
    with pytest.raises(Invalid):
        look_into(cast.coordinator, procedure, sign.ref, text)


def test_whom_a_sign_is_not_for_cannot_write_about_it(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    noor, bram, _fleur = cast.assessors
    judged_by(cast, noor, procedure, 20)
    finish_judging(noor, procedure)
    (sign,) = seen(procedure, cast.coordinator)
    for person, error in (
        (noor, Refused),
        (bram, NotFound),
        (cast.auditor, Refused),
        (cast.candidate, Refused),
        (cast.guide, Refused),
        (cast.outsider, Refused),
    ):
        with pytest.raises(error):
            look_into(person, procedure, sign.ref, "Niets aan de hand.")
    elsewhere_sign = FoundSign.objects.get(ref=sign.ref)
    other = cast.bring_to(Point.DECLARED)
    with pytest.raises(NotFound):
        look_into(cast.coordinator, other, elsewhere_sign.ref, "Niet van hier.")


def test_only_the_coordinator_sets_when_signs_show(cast: Cast) -> None:
    for person in (cast.auditor, cast.assessors[0], cast.outsider):
        with pytest.raises(Refused):
            set_sign_settings(person, cast.provider, SignSettings())
    with pytest.raises(Invalid):
        set_sign_settings(cast.coordinator, cast.provider, SignSettings(quick_seconds=0))
