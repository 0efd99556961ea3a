"""Handing in freezes; what is frozen stays frozen."""

from __future__ import annotations

from hashlib import sha256

import pytest

from bekwaam.domain.portfolio.evidence import EvidenceKind
from bekwaam.services.audit import broken_contents, broken_files, walk_chain
from bekwaam.services.errors import Refused
from bekwaam.services.portfolio.evidence import EvidenceInput, add_evidence, change_evidence, remove_evidence
from bekwaam.services.portfolio.handing_in import give_back, hand_in
from bekwaam.services.portfolio.tips import give_tip
from bekwaam.store.models import Evidence, Procedure, Snapshot
from bekwaam.trust.canonical import hash_of
from tests.cast import Cast, Point, fresh, story
from tests.files import PDF, pdf


def handed_in(procedure: Procedure) -> Snapshot:
    return hand_in(procedure.candidate, fresh(procedure))


def test_an_empty_dossier_cannot_be_handed_in(open_portfolio: Procedure) -> None:
    with pytest.raises(Refused) as error:
        handed_in(open_portfolio)
    assert error.value.verdict.reason == "needs_evidence"
    assert fresh(open_portfolio).state == "portfolio"
    assert not Snapshot.objects.exists()


def test_evidence_that_is_tied_to_nothing_is_not_enough_to_hand_in(open_portfolio: Procedure) -> None:
    add_evidence(open_portfolio.candidate, open_portfolio, story("Los verhaal"))
    with pytest.raises(Refused) as error:
        handed_in(open_portfolio)
    assert error.value.verdict.reason == "needs_evidence"


def test_every_text_and_file_gets_its_hash_and_all_together_one(open_portfolio: Procedure) -> None:
    candidate = open_portfolio.candidate
    add_evidence(candidate, open_portfolio, story("Verhaal", ["1.1"]))
    add_evidence(candidate, open_portfolio, EvidenceInput(EvidenceKind.FILE, "Plan"), pdf())
    snapshot = handed_in(open_portfolio)
    first, second = snapshot.items.all()
    listed = snapshot.manifest["items"]
    assert [item["ref"] for item in listed] == [first.ref, second.ref]
    assert [item["text"] for item in listed] == [first.content_sha256, second.content_sha256]
    assert [item["file"] for item in listed] == [None, sha256(PDF).hexdigest()]
    assert first.content_sha256 == hash_of({"content": first.content, "ties": [["1.1", "Hier doe ik het."]]})
    assert snapshot.sha256 == hash_of(snapshot.manifest)


def test_what_changes_after_giving_back_leaves_the_snapshot_as_it_was(cast: Cast) -> None:
    procedure = cast.bring_to(Point.HANDED_IN)
    snapshot = Snapshot.objects.get()
    before = [(item.title, item.content, item.content_sha256) for item in snapshot.items.all()]
    ties = list(snapshot.items.get().ties.values_list("code", "why"))
    give_back(cast.coordinator, procedure, "Vul de reflectie aan.")
    ref = Evidence.objects.get().ref
    change_evidence(procedure.candidate, fresh(procedure), ref, story("Heel anders", ["1.1"]))
    remove_evidence(procedure.candidate, fresh(procedure), ref)
    assert [(item.title, item.content, item.content_sha256) for item in snapshot.items.all()] == before
    assert list(snapshot.items.get().ties.values_list("code", "why")) == ties
    assert not list(broken_contents())
    assert not list(broken_files())


def test_handing_in_again_is_a_second_snapshot_beside_the_first(cast: Cast) -> None:
    procedure = cast.bring_to(Point.HANDED_IN)
    give_back(cast.coordinator, procedure, "Vul aan.")
    add_evidence(procedure.candidate, fresh(procedure), story("Erbij", ["1.1"]))
    second = handed_in(procedure)
    assert [(s.number, s.items.count()) for s in Snapshot.objects.all()] == [(1, 1), (2, 2)]
    assert second.sha256 != Snapshot.objects.get(number=1).sha256


def test_handing_in_twice_is_refused_and_changes_nothing(cast: Cast) -> None:
    procedure = cast.bring_to(Point.HANDED_IN)
    with pytest.raises(Refused):
        handed_in(procedure)
    assert Snapshot.objects.count() == 1


def test_only_the_candidate_hands_in(cast: Cast) -> None:
    procedure = cast.bring_to(Point.FILLED)
    for somebody in (cast.guide, cast.coordinator, cast.assessors[0], cast.outsider):
        with pytest.raises(Refused):
            hand_in(somebody, procedure)


def test_giving_back_needs_a_reason_and_a_judging_that_has_not_finished(cast: Cast) -> None:
    procedure = cast.bring_to(Point.HANDED_IN)
    with pytest.raises(Refused) as error:
        give_back(cast.coordinator, procedure, " ")
    assert error.value.verdict.reason == "needs_reason"
    cast.bring_on(procedure, Point.HALF_JUDGED, since=Point.HANDED_IN)
    with pytest.raises(Refused) as error:
        give_back(cast.coordinator, fresh(procedure), "Te laat.")
    assert error.value.verdict.reason == "needs_not_yet_judged"


def test_the_log_commits_to_what_was_handed_in_without_telling_it(cast: Cast) -> None:
    cast.bring_to(Point.HANDED_IN)
    item = Snapshot.objects.get().items.get()
    item.content = {**item.content, "title": "Vervalst"}
    item.save()
    assert walk_chain().whole
    assert [broken.table for broken in broken_contents()] == ["SnapshotItem"]


def test_a_tip_is_given_by_the_guide_on_something_that_exists(cast: Cast) -> None:
    procedure = cast.bring_to(Point.FILLED)
    assert give_tip(cast.guide, procedure, " Mooi begin. ", "1.1").text == "Mooi begin."
    for somebody in (procedure.candidate, cast.coordinator, cast.assessors[0]):
        with pytest.raises(Refused):
            give_tip(somebody, procedure, "Tip")
