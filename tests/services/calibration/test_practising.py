"""Practice dossiers: made, released, judged once and blind; and what figures come of it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.calibration.agreement import NoFigure, agreement
from bekwaam.domain.calibration.pairs import all_pairs
from bekwaam.domain.calibration.practice import PracticeInput
from bekwaam.domain.calibration.severity import drift
from bekwaam.services import clock
from bekwaam.services.accounts.people import give_role
from bekwaam.services.accounts.standing import at_provider
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.calibration import reads, real
from bekwaam.services.calibration.practising import (
    add_piece,
    judge_practice,
    make_practice,
    release_practice,
    remove_piece,
)
from bekwaam.services.calibration.reads import practice, practices, rounds
from bekwaam.services.calibration.real import RealVotes, real_votes
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.store.models import AuditEntry, Person, PracticeDone, PracticeDossier, PracticeJudgement
from tests.cast import Cast, Point
from tests.services.calibration.practice import UNITS, drafted, given, judged, released


def read(cast: Cast, dossier: PracticeDossier, person: Person):  # type: ignore[no-untyped-def]
    return practice(cast.provider, dossier.ref, person, at_provider(person, cast.provider))


def test_what_was_released_and_judged_is_on_record_and_vouched_for(cast: Cast) -> None:
    dossier = released(cast)
    judged(cast, dossier, "210")
    codes = list(AuditEntry.objects.filter(subject=f"practice:{dossier.ref}").values_list("code", flat=True))
    assert codes == ["practice.released", "practice.judged"]
    assert walk_chain().whole and not list(broken_contents())
    told = json.loads(AuditEntry.objects.get(code="practice.judged").payload)
    assert set(told) == {"commitments", "provider"}  # stages and reasons are only vouched for
    PracticeJudgement.objects.filter(unit="1.1").update(stage="vakvolwassen")
    assert list(broken_contents())


def test_once_released_nothing_of_it_changes(cast: Cast) -> None:
    dossier = released(cast)
    piece = dossier.pieces.get().ref
    for change in (
        lambda: add_piece(cast.coordinator, cast.provider, dossier.ref, "Meer", "Tekst"),
        lambda: remove_piece(cast.coordinator, cast.provider, dossier.ref, piece),
        lambda: release_practice(cast.coordinator, cast.provider, dossier.ref, ["1.1"], read=True),
    ):
        with pytest.raises(Refused) as refused:
            change()
        assert refused.value.verdict.reason == "released"


def test_only_a_coordinator_makes_and_only_an_assessor_judges(cast: Cast) -> None:
    dossier, closes = released(cast), clock.today() + timedelta(days=3)
    for person in (cast.assessors[0], cast.auditor, cast.guide, cast.outsider):
        with pytest.raises(Refused):
            make_practice(person, cast.provider, cast.standard, "Oefening", closes)
    for person in (cast.coordinator, cast.auditor, cast.guide, cast.outsider):
        with pytest.raises(Refused):
            judge_practice(person, cast.provider, dossier.ref, given(dossier, "111"))
    with pytest.raises(NotFound):
        release_practice(cast.outsider, cast.other_provider, dossier.ref, UNITS, read=True)
    assert not PracticeDone.objects.exists()


def test_judging_is_whole_and_once_and_before_it_closes(cast: Cast) -> None:
    dossier, assessor = released(cast), cast.assessors[0]
    whole = given(dossier, "210")
    with pytest.raises(Invalid) as invalid:
        judge_practice(assessor, cast.provider, dossier.ref, {**whole, "1.2": PracticeInput("vakbekwaam")})
    assert [fault.name for fault in invalid.value.faults] == ["evidence-1.2", "why-1.2"]
    assert not PracticeJudgement.objects.exists()
    judge_practice(assessor, cast.provider, dossier.ref, whole)
    with pytest.raises(Refused) as refused:
        judge_practice(assessor, cast.provider, dossier.ref, whole)
    assert refused.value.verdict.reason == "finished"
    with clock.at(clock.now() + timedelta(days=8)), pytest.raises(Refused) as refused:
        judge_practice(cast.assessors[1], cast.provider, dossier.ref, whole)
    assert refused.value.verdict.reason == "closed"


def test_a_draft_can_still_change_and_is_the_coordinators_alone(cast: Cast) -> None:
    dossier = drafted(cast)
    add_piece(cast.coordinator, cast.provider, dossier.ref, "Tweede", "Tekst")
    remove_piece(cast.coordinator, cast.provider, dossier.ref, dossier.pieces.first().ref)  # type: ignore[union-attr]
    assert [piece.title for piece in read(cast, dossier, cast.coordinator).pieces] == ["Tweede"]
    with pytest.raises(NotFound):
        read(cast, dossier, cast.assessors[0])
    with pytest.raises(Refused):
        judge_practice(cast.assessors[0], cast.provider, dossier.ref, {})
    with pytest.raises(Invalid):
        release_practice(cast.coordinator, cast.provider, dossier.ref, UNITS, read=False)


def test_nobody_who_judges_sees_another_before_they_finished(cast: Cast) -> None:
    dossier = released(cast)
    first, second, third = cast.assessors
    judged(cast, dossier, "222", "111")
    give_role(cast.coordinator, cast.provider, third, Role.COORDINATOR)
    blind = read(cast, dossier, third)
    assert not blind.comparing and not blind.given  # also when one is coordinator as well
    assert not rounds(cast.provider, third, at_provider(third, cast.provider)).rounds
    own = read(cast, dossier, first)
    assert [(one.name, one.stage) for one in own.given["1.1"]] == [
        (first.name, "vakbekwaam"),
        ("", "startbekwaam"),
    ]
    assert [one.name for one in read(cast, dossier, cast.coordinator).given["1.1"]] == [
        first.name,
        second.name,
    ]
    assert read(cast, dossier, cast.coordinator).waiting_for == (third.name,)
    assert {one.name for one in read(cast, dossier, cast.auditor).given["1.1"]} == {""}
    with clock.at(clock.now() + timedelta(days=8)):
        assert len(read(cast, dossier, third).given["1.1"]) == 2


def test_figures_over_successive_rounds(cast: Cast) -> None:
    first, second = released(cast, "Eerste", 5), released(cast, "Tweede", 9)
    judged(cast, first, "321", "210", "210")
    judged(cast, second, "321", "321", "321")
    person = cast.assessors[0]
    found = rounds(cast.provider, person, at_provider(person, cast.provider))
    assert [one.title for one in found.rounds] == ["Eerste", "Tweede"]
    assert found.names == {person.pk: person.name}
    assert agreement(found.rounds[1].votes).alpha == pytest.approx(1.0)
    assert [one.reason for one in drift([r.votes for r in found.rounds], person.pk) if one] == [
        NoFigure.FEW_JUDGEMENTS,
        NoFigure.FEW_JUDGEMENTS,
    ]
    assert set(found.by_unit) == {("klein", unit) for unit in UNITS}


def test_real_judgements_are_another_source(cast: Cast) -> None:
    cast.bring_to(Point.ISSUED)
    judged(cast, released(cast), "222", "222", "222")
    seen = {
        person.pk: real_votes(cast.provider, person, at_provider(person, cast.provider))
        for person in (cast.coordinator, cast.assessors[0], cast.assessors[2], cast.auditor)
    }
    assert all_pairs(seen[cast.coordinator.pk].votes).number == len(UNITS)
    assert set(seen[cast.coordinator.pk].names) == {p.pk for p in cast.assessors[:2]}
    assert set(seen[cast.assessors[0].pk].names) == {cast.assessors[0].pk}
    assert not seen[cast.assessors[2].pk].votes  # did not judge there
    assert len(seen[cast.auditor.pk].votes) == 6 and not seen[cast.auditor.pk].names


def test_judgements_before_the_outcome_do_not_count(cast: Cast) -> None:
    cast.bring_to(Point.REVEALED)
    assert not real_votes(cast.provider, cast.coordinator, at_provider(cast.coordinator, cast.provider)).votes


def test_a_list_says_where_each_stands(cast: Cast) -> None:
    drafted(cast, "Concept")
    judged(cast, released(cast, "Uit"), "222")
    person = cast.assessors[0]
    for who, titles in ((cast.coordinator, {"Concept", "Uit"}), (person, {"Uit"}), (cast.auditor, {"Uit"})):
        heads = practices(cast.provider, who, at_provider(who, cast.provider))[0:9]
        assert {head.title for head in heads} == titles
    head = practices(cast.provider, person, at_provider(person, cast.provider))[0:1][0]
    assert (head.done, head.mine, head.may_judge, head.may_compare) == (1, True, False, True)


def test_only_the_newest_procedures_of_a_period_are_counted(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    standing = at_provider(cast.coordinator, cast.provider)

    def seen() -> RealVotes:
        return real_votes(cast.provider, cast.coordinator, standing)

    cast.bring_to(Point.ISSUED)
    second = cast.bring_to(Point.ISSUED, candidate=cast.person("t@example.org", "Tweede"))
    assert (seen().dossiers, seen().more, len(seen().votes)) == (2, False, 12)
    monkeypatch.setattr(real, "MOST_DOSSIERS", 1)
    with django_assert_num_queries(2):
        found = seen()
    assert (found.dossiers, found.more) == (1, True)
    snapshot = second.snapshots.get().pk
    assert {vote.subject for vote in found.votes} == {(snapshot, unit) for unit in UNITS}
    with clock.at(clock.now() + timedelta(days=6 * 365)):
        assert (seen().dossiers, seen().votes) == (0, ())


def test_figures_are_of_the_newest_rounds(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        judged(cast, released(cast, f"Ronde {number}", 5 + number), "222", "111", "222")
    monkeypatch.setattr(reads, "MOST_ROUNDS", 2)
    with clock.at(clock.now() + timedelta(days=30)):
        found = rounds(cast.provider, cast.coordinator, at_provider(cast.coordinator, cast.provider))
    assert [one.title for one in found.rounds] == ["Ronde 1", "Ronde 2"]


def test_every_assessor_is_told_of_a_release(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    dossier = drafted(cast)
    with django_capture_on_commit_callbacks(execute=True):
        release_practice(cast.coordinator, cast.provider, dossier.ref, UNITS, read=True)
    assert sorted(to for letter in mail.outbox for to in letter.to) == sorted(
        person.email for person in cast.assessors
    )
    assert all(dossier.ref in letter.body for letter in mail.outbox)
