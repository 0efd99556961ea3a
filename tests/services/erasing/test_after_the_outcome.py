"""What happens to objections and new assessments when a candidate has their account erased."""

from __future__ import annotations

from datetime import timedelta

from bekwaam.services import clock
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.certificates.reassessing import reassess
from bekwaam.services.erasing.account import erase_account
from bekwaam.services.erasing.expiring import expire
from bekwaam.services.erasing.facts import plan_for, seen
from bekwaam.services.objections.handling import answer, take_up
from bekwaam.store.models import (
    CarriedFinding,
    Certificate,
    ErasedCertificate,
    KeptDossier,
    Objection,
    ObjectionAnswer,
    Person,
)
from tests.cast import Cast, Point, fresh
from tests.services.objections.objecting import decided_again, objected

SHOWN = {"1.2": "vakbekwaam", "1.3": "vakbekwaam"}


def erased(person: Person) -> None:
    erase_account(person, person, seen(plan_for(person)))


def sound() -> bool:
    return walk_chain().whole and not list(broken_contents())


def test_an_objection_that_waits_is_taken_back_with_the_account(cast: Cast) -> None:
    procedure, _ = objected(cast)
    erased(cast.candidate)
    assert fresh(procedure).state == "issued"
    assert ObjectionAnswer.objects.get().answer == "taken_back"
    assert KeptDossier.objects.get().procedure == procedure
    assert sound()


def test_judging_again_stops_with_the_account(cast: Cast) -> None:
    procedure, others = objected(cast)
    again = take_up(others.coordinator, procedure)
    erased(cast.candidate)
    assert (fresh(procedure).state, fresh(again).state) == ("issued", "withdrawn")
    assert not CarriedFinding.objects.exists()
    assert sound()


def test_after_the_term_only_the_numbers_are_left_and_which_replaced_which(cast: Cast) -> None:
    procedure, again, others = decided_again(cast, SHOWN)
    answer(others.coordinator, procedure, "U heeft gelijk.", "nl")
    old, new = Certificate.objects.order_by("pk")
    erased(cast.candidate)
    assert sorted(row.procedure_id for row in KeptDossier.objects.all()) == [procedure.pk, again.pk]
    with clock.at(clock.now() + timedelta(days=6 * 366)):
        assert expire().dossiers == 2
    assert not Objection.objects.exists() and not ObjectionAnswer.objects.exists()
    assert not CarriedFinding.objects.exists() and not Certificate.objects.exists()
    assert {row.number: row.supersedes for row in ErasedCertificate.objects.all()} == {
        old.number: "",
        new.number: old.number,
    }
    assert (fresh(procedure).state, fresh(again).state) == ("erased", "erased")
    assert sound()


def test_judging_again_that_changed_nothing_is_kept_as_long_as_an_outcome(cast: Cast) -> None:
    procedure, again, others = decided_again(cast, dict.fromkeys(SHOWN, "not_shown"))
    answer(others.coordinator, procedure, "Niets.", "nl")
    erased(cast.candidate)
    assert sorted(row.procedure_id for row in KeptDossier.objects.all()) == [procedure.pk, again.pk]
    with clock.at(clock.now() + timedelta(days=6 * 366)):
        expire()
    assert fresh(again).state == "erased" and ErasedCertificate.objects.count() == 1
    assert sound()


def test_a_new_assessment_under_way_stops_and_the_first_is_kept(cast: Cast) -> None:
    procedure = cast.bring_to(Point.ISSUED, stages={"1.2": "not_shown"})
    with clock.at(clock.now() + timedelta(days=30)):
        again = cast.bring_on(reassess(cast.coordinator, procedure, ["1.2"]), Point.DECLARED)
        erased(cast.candidate)
    assert (fresh(procedure).state, fresh(again).state) == ("issued", "withdrawn")
    assert KeptDossier.objects.get().procedure == procedure
    assert sound()
