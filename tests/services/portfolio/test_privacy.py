"""Personal data of others in a piece: shown to its writer, replaced everywhere, or let stand for good."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.errors import NotFound, Refused
from bekwaam.services.portfolio.evidence import add_evidence, change_evidence
from bekwaam.services.portfolio.privacy import keep_mark, piece_seen, place_seen, replace_mark
from bekwaam.store.models import AuditEntry, Evidence, EvidenceVersion, Procedure
from tests.cast import Cast, Point, story

NAMED = "Op dinsdag belde mevrouw Jansen mij op 06-12345678. Mevrouw Jansen klonk moe."


@pytest.fixture
def procedure(cast: Cast) -> Procedure:
    return cast.bring_to(Point.CONSENTED)


@pytest.fixture
def piece(procedure: Procedure) -> Evidence:
    given = story("Een telefoontje", ["1.1"])
    given = replace(given, story={**given.story, "situation": NAMED})
    return add_evidence(procedure.candidate, procedure, given)


def found(procedure: Procedure, piece: Evidence) -> list[tuple[str, str, str]]:
    return [(one.field, str(one.mark.kind), one.mark.text) for one in piece_seen(procedure, piece.ref).marks]


def test_names_and_numbers_are_shown_with_the_field_they_stand_in(
    procedure: Procedure, piece: Evidence
) -> None:
    assert found(procedure, piece) == [
        ("situation", "name", "mevrouw Jansen"),
        ("situation", "phone", "06-12345678"),
        ("situation", "name", "Mevrouw Jansen"),
    ]
    assert [(one.ref, one.number) for one in place_seen(procedure).marked] == [(piece.ref, 3)]


def test_a_role_takes_the_place_of_a_name_in_the_earlier_texts_too(
    procedure: Procedure, piece: Evidence
) -> None:
    mark = piece_seen(procedure, piece.ref).marks[1].mark
    replace_mark(procedure.candidate, procedure, piece.ref, "situation", mark.start, mark.text, "(weg)")
    piece.refresh_from_db()
    assert piece.story["situation"] == NAMED.replace("06-12345678", "(weg)")
    kept = EvidenceVersion.objects.filter(evidence=piece)
    assert kept.count() == 2
    assert not any("06-12345678" in str(version.texts) for version in kept)
    assert walk_chain().whole and not list(broken_contents())
    assert "06-12345678" not in " ".join(AuditEntry.objects.values_list("payload", flat=True))


def test_what_is_let_stand_is_not_shown_again_but_comes_back_when_it_is_another_text(
    procedure: Procedure, piece: Evidence
) -> None:
    for _ in range(2):
        keep_mark(procedure.candidate, procedure, piece.ref, "situation", "mevrouw Jansen")
    assert found(procedure, piece) == [("situation", "phone", "06-12345678")]
    given = story("Een telefoontje", ["1.1"])
    given = replace(given, story={**given.story, "situation": "Meneer Bakker deed open."})
    change_evidence(procedure.candidate, procedure, piece.ref, given)
    assert found(procedure, piece) == [("situation", "name", "Meneer Bakker")]


@pytest.mark.parametrize(
    ("field", "start"), [("situation", 0), ("situation", -1), ("result", 26), ("niets", 0)]
)
def test_a_text_that_no_longer_stands_there_changes_nothing(
    procedure: Procedure, piece: Evidence, field: str, start: int
) -> None:
    with pytest.raises(Refused):
        replace_mark(procedure.candidate, procedure, piece.ref, field, start, "Jansen", "een cliënt")
    piece.refresh_from_db()
    assert piece.story["situation"] == NAMED
    assert EvidenceVersion.objects.filter(evidence=piece).count() == 1


def test_nobody_else_replaces_or_lets_stand(cast: Cast, procedure: Procedure, piece: Evidence) -> None:
    with pytest.raises((NotFound, Refused)):
        replace_mark(cast.guide, procedure, piece.ref, "situation", 26, "Jansen", "een cliënt")
    with pytest.raises(NotFound):
        keep_mark(cast.guide, procedure, piece.ref, "situation", "mevrouw Jansen")
    assert len(found(procedure, piece)) == 3
