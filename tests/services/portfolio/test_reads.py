"""What the candidate and the guide read, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bekwaam.domain.portfolio.evidence import EvidenceKind
from bekwaam.services import ports
from bekwaam.services.errors import NotFound, Refused
from bekwaam.services.portfolio.evidence import EvidenceInput, add_evidence
from bekwaam.services.portfolio.files import open_file
from bekwaam.services.portfolio.handing_in import give_back, hand_in
from bekwaam.services.portfolio.reads import dossier, given_back, piece, tips
from bekwaam.services.portfolio.tips import give_tip
from bekwaam.store.models import Evidence, EvidenceTie, Procedure, StoredFile
from tests.cast import Cast, Point, fresh, story
from tests.files import PDF, pdf


def queries(read: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        read()
    return len(captured)


def test_an_open_dossier_lists_the_newest_piece_first(cast: Cast) -> None:
    procedure = cast.bring_to(Point.CONSENTED)
    cast.fill(procedure, 2)
    found = dossier(fresh(procedure))
    assert [head.title for head in found.pieces] == ["Verhaal 2", "Verhaal 1"]
    assert found.pieces[0].ties["1.1"] == "Hier doe ik het."
    assert found.handed_in is None


def test_after_handing_in_the_dossier_is_the_snapshot(cast: Cast) -> None:
    procedure = cast.bring_to(Point.HANDED_IN)
    Evidence.objects.update(title="Ernaast veranderd")  # going round the services
    EvidenceTie.objects.all().delete()
    found = dossier(procedure)
    assert found.handed_in is not None
    assert found.handed_in.number == 1
    [head] = found.pieces
    assert (head.title, len(head.ties)) == ("Verhaal 1", 3)
    shown = piece(procedure, head.ref)
    assert shown.head.title == "Verhaal 1"
    assert shown.texts["task"] == "Ik zocht uit wat haar tegenhield."


def test_after_giving_back_the_dossier_is_open_again_with_the_reason(cast: Cast) -> None:
    procedure = cast.bring_to(Point.HANDED_IN)
    assert given_back(procedure) is None
    give_back(cast.coordinator, procedure, "Vul aan.")
    procedure = fresh(procedure)
    assert dossier(procedure).handed_in is None
    reason = given_back(procedure)
    assert reason is not None
    assert (reason.reason, reason.author) == ("Vul aan.", "Carla Coördinator")
    hand_in(procedure.candidate, procedure)
    assert given_back(fresh(procedure)) is None


@pytest.mark.parametrize("point", [Point.FILLED, Point.HANDED_IN])
def test_a_large_dossier_takes_as_many_queries_as_a_small_one(cast: Cast, point: Point) -> None:
    counts = []
    for pieces in (1, 30):
        procedure = cast.bring_to(Point.CONSENTED)
        cast.fill(procedure, pieces)
        procedure = cast.bring_on(procedure, point, since=Point.FILLED)
        assert len(dossier(procedure).pieces) == pieces
        counts.append(queries(lambda: dossier(procedure)))  # noqa: B023
    assert counts[0] == counts[1] <= 3


def test_a_dossier_never_shows_what_belongs_to_another_procedure(cast: Cast) -> None:
    mine = cast.bring_to(Point.FILLED)
    other = cast.bring_to(Point.CONSENTED, candidate=cast.person("b@example.org", "Bas"))
    assert dossier(other).pieces == ()
    with pytest.raises(NotFound):
        piece(other, dossier(mine).pieces[0].ref)


def test_tips_come_newest_first_and_by_competence(cast: Cast) -> None:
    procedure = cast.bring_to(Point.FILLED)
    for text, code in (("Eerste", ""), ("Tweede", "1.1"), ("Derde", "1.2")):
        give_tip(cast.guide, procedure, text, code)
    assert [tip.text for tip in tips(procedure)] == ["Derde", "Tweede", "Eerste"]
    assert [(tip.text, tip.author) for tip in tips(procedure, "1.1")] == [("Tweede", "Gijs Begeleider")]
    assert queries(lambda: tips(procedure)) == 1


@pytest.fixture
def with_file(cast: Cast) -> Procedure:
    """Return an open portfolio with one file."""
    procedure = cast.bring_to(Point.CONSENTED)
    add_evidence(
        procedure.candidate, procedure, EvidenceInput(EvidenceKind.FILE, "Plan", ties={"1.1": ""}), pdf()
    )
    return fresh(procedure)


def test_a_file_is_handed_out_as_it_came_in(with_file: Procedure) -> None:
    file = open_file(with_file, dossier(with_file).pieces[0].ref)
    with file.content:
        assert (file.name, file.media_type, file.content.read()) == ("plan.pdf", "application/pdf", PDF)


def test_a_file_that_the_store_lost_gets_a_sentence(with_file: Procedure, own_files: Path) -> None:
    ports.files().delete(StoredFile.objects.get().key)
    with pytest.raises(Refused) as error:
        open_file(with_file, dossier(with_file).pieces[0].ref)
    assert "plan.pdf" in error.value.verdict.text("nl")


def test_a_piece_without_a_file_has_none_to_hand_out(cast: Cast) -> None:
    procedure = cast.bring_to(Point.FILLED)
    with pytest.raises(NotFound):
        open_file(procedure, dossier(procedure).pieces[0].ref)


def test_only_ties_to_the_procedures_own_standard_count(cast: Cast, mbo_standard: Any) -> None:
    procedure = cast.bring_to(Point.CONSENTED)
    added = add_evidence(procedure.candidate, procedure, story("Verhaal", ["1.1"]))
    EvidenceTie.objects.create(evidence=added, standard=mbo_standard, code="7.3")
    assert list(dossier(procedure).pieces[0].ties) == ["1.1"]
    assert list(piece(procedure, added.ref).head.ties) == ["1.1"]
