"""An assessor's own desk: notes for oneself, checklists that are blind until the reveal."""

from __future__ import annotations

import pytest

from bekwaam.services.assessment.findings import FindingInput
from bekwaam.services.assessment.jottings import (
    Check,
    Desk,
    NoteInput,
    checks_of_all,
    desk_of,
    drop_note,
    keep_checks,
    write_note,
)
from bekwaam.services.assessment.judging import judge
from bekwaam.services.audit import broken_contents
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.portfolio.handing_in import give_back, hand_in
from bekwaam.store.models import Person, Procedure, Snapshot
from tests.cast import Cast, Point, fresh, piece_refs

PASSAGE = "Ik ging drie keer langs"


@pytest.fixture
def declared(cast: Cast) -> Procedure:
    return cast.bring_to(Point.DECLARED)


def desk(procedure: Procedure, person: Person) -> Desk:
    snapshot = Snapshot.objects.filter(procedure=procedure).last()
    assert snapshot
    return desk_of(procedure, snapshot.pk, person)


def test_a_note_is_for_its_author_alone(cast: Cast, declared: Procedure) -> None:
    noor, bram, _fleur = cast.assessors
    piece = piece_refs(declared)[0]
    ref = write_note(noor, declared, "1.1", NoteInput("Vraag hiernaar.", piece, f" {PASSAGE}\n"))
    (note,) = desk(declared, noor).notes
    assert (note.text, note.quote, note.piece, note.unit) == ("Vraag hiernaar.", PASSAGE, piece, "1.1")
    assert desk(declared, bram) == Desk()
    with pytest.raises(NotFound):
        drop_note(bram, declared, ref)
    drop_note(noor, declared, ref)
    assert desk(declared, noor).notes == ()


@pytest.mark.parametrize(
    ("text", "has_piece", "quote", "field"),
    [
        ("", True, " ", "text"),
        ("x", False, PASSAGE, "piece"),
        ("x", True, "Dit staat er niet", "quote"),
        ("x" * 4001, False, "", "text"),
    ],
)
def test_a_note_that_cannot_be_says_why(
    cast: Cast, declared: Procedure, text: str, has_piece: bool, quote: str, field: str
) -> None:
    piece = piece_refs(declared)[0] if has_piece else ""
    with pytest.raises(Invalid) as caught:
        write_note(cast.assessors[0], declared, "1.1", NoteInput(text, piece, quote))
    assert [fault.name for fault in caught.value.faults] == [field]


def test_nobody_else_keeps_notes_here(cast: Cast, declared: Procedure) -> None:
    for person in (cast.candidate, cast.guide, cast.coordinator, cast.auditor):
        with pytest.raises(Refused):
            write_note(person, declared, "1.1", NoteInput("x"))


def test_a_checklist_is_kept_changed_and_taken_away(cast: Cast, declared: Procedure) -> None:
    noor, piece = cast.assessors[0], piece_refs(declared)[0]
    for marks, remark in (({"relevance", "none_such"}, " Eigen werk. "), ({"quantity"}, "")):
        check = Check(frozenset(marks), remark)
        keep_checks(noor, declared, {piece: check}, {"1.1.vb1": Check(frozenset({"seen"}))})
        kept = desk(declared, noor)
        assert kept.checks == {piece: Check(frozenset(marks - {"none_such"}), remark.strip())}
        assert kept.indicators == {"1.1.vb1": Check(frozenset({"seen"}))}
    keep_checks(noor, declared, {piece: Check()}, {"1.1.vb1": Check()})
    assert desk(declared, noor) == Desk()


def test_checklists_are_fixed_once_finished_and_seen_by_all_after_the_reveal(
    cast: Cast, declared: Procedure
) -> None:
    noor, bram, _fleur = cast.assessors
    piece, check = piece_refs(declared)[0], Check(frozenset({"variation"}), "Twee wijken.")
    keep_checks(noor, declared, {piece: check}, {})
    cast.judge_all(declared, noor)
    with pytest.raises(Refused):
        keep_checks(noor, declared, {piece: Check()}, {})
    cast.judge_all(declared, bram)
    snapshot = Snapshot.objects.get(procedure=declared)
    assert checks_of_all(snapshot.pk, [noor.pk]) == {piece: [(noor.name, check)]}
    assert checks_of_all(snapshot.pk, []) == {}
    write_note(noor, declared, "1.1", NoteInput("Hierover praten."))
    assert not list(broken_contents())


def test_after_giving_back_notes_stay_and_checklists_begin_anew(cast: Cast, declared: Procedure) -> None:
    noor, piece = cast.assessors[0], piece_refs(declared)[0]
    write_note(noor, declared, "1.1", NoteInput("x", piece, PASSAGE))
    keep_checks(noor, declared, {piece: Check(frozenset({"quantity"}))}, {})
    give_back(cast.coordinator, declared, "Er ontbreekt iets.")
    hand_in(declared.candidate, fresh(declared))
    again = desk(declared, noor)
    assert len(again.notes) == 1
    assert again.checks == {}


@pytest.mark.parametrize("field", ["observed", "why"])
def test_the_beginning_of_a_sentence_is_no_reason(cast: Cast, declared: Procedure, field: str) -> None:
    given = {"observed": "Ze ging drie keer langs.", "why": "Dat vraagt dit."}
    given[field] = "Dit is wat 1.1 vraagt, want …"
    finding = FindingInput("vakbekwaam", piece_refs(declared), **given)
    with pytest.raises(Invalid) as caught:
        judge(cast.assessors[0], declared, "1.1", finding)
    assert [fault.reason for fault in caught.value.faults] == ["only_begun"]
