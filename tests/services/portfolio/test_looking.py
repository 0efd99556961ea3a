"""Looking in the background: for names in what was written, and for everything in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bekwaam.domain.portfolio.kinds import EvidenceKind
from bekwaam.domain.privacy.looked import Looked
from bekwaam.domain.privacy.reading import Outcome, Unit
from bekwaam.services import ports
from bekwaam.services.errors import NotFound, Refused
from bekwaam.services.portfolio import looking
from bekwaam.services.portfolio.evidence import add_evidence, change_evidence, remove_evidence
from bekwaam.services.portfolio.given import EvidenceInput
from bekwaam.services.portfolio.jobs import catch_up
from bekwaam.services.portfolio.privacy import keep_file, keep_mark, piece_seen, place_seen, replace_mark
from bekwaam.store.models import Evidence, FileLook, Procedure, TextLook
from tests.cast import Cast, Point, story
from tests.documents import docx, pdf_of
from tests.files import PNG

NAMES = ("Sanne", "Kees Bakker", "Kees")
TEXT = "Samen met Kees Bakker ging ik naar Sanne. Mevrouw Jansen was er ook."

Committing = Callable[[], AbstractContextManager[Any]]


class FakeFinder:
    """Finds :data:`NAMES`; ``looked`` keeps the texts it got."""

    looked: ClassVar[list[str]] = []
    fails = False

    def __init__(self, cache: Path) -> None:
        self.cache = cache

    @staticmethod
    def installed() -> str:
        return "fake 1"

    def find(self, text: str) -> Sequence[tuple[int, int]]:
        if FakeFinder.fails:
            raise RuntimeError("no names today")
        FakeFinder.looked.append(text)
        starts = [(text.find(name), len(name)) for name in NAMES]
        return [(start, start + length) for start, length in starts if start >= 0]


class OtherFinder(FakeFinder):
    """The same, in a newer version."""

    @staticmethod
    def installed() -> str:
        return "fake 2"


@pytest.fixture
def finder(settings: Any) -> Iterator[type[FakeFinder]]:
    settings.BEKWAAM_PORTS = {**settings.BEKWAAM_PORTS, "person_finder": f"{__name__}.FakeFinder"}
    FakeFinder.looked, FakeFinder.fails = [], False
    yield FakeFinder


@pytest.fixture
def procedure(cast: Cast) -> Procedure:
    return cast.bring_to(Point.CONSENTED)


@pytest.fixture
def committing(django_capture_on_commit_callbacks: Any) -> Committing:
    """Do what waits for a commit at the end of a block."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def told(text: str = TEXT) -> EvidenceInput:
    given = story("Een bezoek", ["1.1"])
    return replace(given, story={**given.story, "situation": text})


def named(content: bytes, name: str = "verslag.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def filed(title: str = "Verslag") -> EvidenceInput:
    return EvidenceInput(EvidenceKind.FILE, title)


def marks(procedure: Procedure, piece: Evidence) -> list[str]:
    return [one.mark.text for one in piece_seen(procedure, piece.ref).marks]


def in_file(procedure: Procedure, piece: Evidence) -> list[str]:
    seen = piece_seen(procedure, piece.ref).file
    assert seen is not None
    return [mark.text for mark in seen.marks]


def test_names_are_looked_for_once_the_piece_is_there(
    procedure: Procedure, finder: type[FakeFinder], committing: Committing
) -> None:
    with committing():
        piece = add_evidence(procedure.candidate, procedure, told())
        seen = piece_seen(procedure, piece.ref)
        assert seen.names is Looked.WAITING and seen.waits
        assert [one.mark.text for one in seen.marks] == ["Mevrouw Jansen"]
        assert place_seen(procedure).waiting == 1
    assert marks(procedure, piece) == ["Kees Bakker", "Sanne", "Mevrouw Jansen"]
    assert piece_seen(procedure, piece.ref).names is Looked.DONE
    assert place_seen(procedure).waiting == 0 and place_seen(procedure).marked[0].number == 3
    kept = TextLook.objects.get().seen
    assert "Kees" not in str(kept)  # places, and no names


def test_a_text_that_changed_is_looked_at_again_and_the_others_are_not(
    procedure: Procedure, finder: type[FakeFinder], committing: Committing
) -> None:
    with committing():
        piece = add_evidence(procedure.candidate, procedure, told())
    finder.looked.clear()
    with committing():
        change_evidence(procedure.candidate, procedure, piece.ref, told("Kees belde."))
        seen = piece_seen(procedure, piece.ref)
        assert seen.names is Looked.WAITING and not seen.marks
    assert finder.looked == ["Kees belde."]
    assert marks(procedure, piece) == ["Kees"]


def test_a_replaced_name_leaves_the_others_in_their_place_without_a_new_look(
    procedure: Procedure, finder: type[FakeFinder], committing: Committing
) -> None:
    with committing():
        piece = add_evidence(procedure.candidate, procedure, told())
    start = TEXT.index("Kees")
    replace_mark(
        procedure.candidate, procedure, piece.ref, "situation", start, "Kees Bakker", "een buurvrouw"
    )
    assert piece_seen(procedure, piece.ref).names is Looked.DONE
    assert marks(procedure, piece) == ["Sanne", "Mevrouw Jansen"]


def test_the_name_of_the_candidate_is_no_mark(
    procedure: Procedure, finder: type[FakeFinder], committing: Committing
) -> None:
    procedure.candidate.name = "Sanne Jansen"
    procedure.candidate.save()
    with committing():
        piece = add_evidence(procedure.candidate, procedure, told())
    assert marks(procedure, piece) == ["Kees Bakker"]


def test_without_a_finder_it_says_so_and_forms_are_found_all_the_same(
    procedure: Procedure, committing: Committing
) -> None:
    with committing():
        piece = add_evidence(procedure.candidate, procedure, told())
    seen = piece_seen(procedure, piece.ref)
    assert seen.names is Looked.NOT_HERE and not seen.waits
    assert marks(procedure, piece) == ["Mevrouw Jansen"]
    assert not place_seen(procedure).names


def test_what_is_in_a_file_is_found_with_where_it_stands(
    procedure: Procedure, finder: type[FakeFinder], committing: Committing
) -> None:
    content = pdf_of("Dag mevrouw Jansen", "Kees: 06-12345678", "Dag mevrouw Jansen")
    with committing():
        piece = add_evidence(procedure.candidate, procedure, filed(), named(content, "verslag.pdf"))
        seen = piece_seen(procedure, piece.ref).file
        assert seen is not None and seen.looked is Looked.WAITING
    seen = piece_seen(procedure, piece.ref).file
    assert seen is not None and seen.looked is Looked.DONE and seen.outcome is Outcome.READ and seen.names
    assert [(mark.text, mark.places, mark.times) for mark in seen.marks] == [
        ("mevrouw Jansen", ((Unit.PAGE, 1), (Unit.PAGE, 3)), 2),
        ("Kees", ((Unit.PAGE, 2),), 1),
        ("06-12345678", ((Unit.PAGE, 2),), 1),
    ]
    assert place_seen(procedure).marked[0].number == 3


def test_what_is_let_stand_in_a_file_is_not_shown_again_and_another_file_is_looked_at_anew(
    procedure: Procedure, committing: Committing
) -> None:
    with committing():
        content = docx("mevrouw Jansen en meneer Bakker", "06-12345678")
        piece = add_evidence(procedure.candidate, procedure, filed(), named(content))
    keep_mark(procedure.candidate, procedure, piece.ref, "file", "Mevrouw Jansen")
    assert in_file(procedure, piece) == ["meneer Bakker", "06-12345678"]
    keep_file(procedure.candidate, procedure, piece.ref, Evidence.objects.get().file.sha256)  # type: ignore[union-attr]
    assert in_file(procedure, piece) == [] and place_seen(procedure).marked == ()
    with committing():
        change_evidence(procedure.candidate, procedure, piece.ref, filed(), named(docx("meneer Visser")))
    assert in_file(procedure, piece) == ["meneer Visser"]
    assert FileLook.objects.count() == 1
    remove_evidence(procedure.candidate, procedure, piece.ref)
    assert FileLook.objects.count() == 0


def test_letting_a_whole_file_stand_is_for_its_owner_and_the_file_they_saw(
    cast: Cast, procedure: Procedure, committing: Committing
) -> None:
    with committing():
        piece = add_evidence(procedure.candidate, procedure, filed(), named(docx("mevrouw Jansen")))
    with pytest.raises(Refused):
        keep_file(procedure.candidate, procedure, piece.ref, "0" * 64)
    with pytest.raises(NotFound):
        keep_file(cast.guide, procedure, piece.ref, Evidence.objects.get().file.sha256)  # type: ignore[union-attr]
    assert in_file(procedure, piece) == ["mevrouw Jansen"]


@pytest.mark.parametrize(
    ("content", "outcome"),
    [
        (pdf_of(""), Outcome.NO_TEXT),
        (pdf_of("x", password="a"), Outcome.LOCKED),
        (b"%PDF-1.7", Outcome.BROKEN),
    ],
)
def test_a_file_that_cannot_be_read_says_so(
    procedure: Procedure, committing: Committing, content: bytes, outcome: Outcome
) -> None:
    with committing():
        piece = add_evidence(procedure.candidate, procedure, filed(), named(content, "verslag.pdf"))
    seen = piece_seen(procedure, piece.ref)
    assert seen.file is not None and seen.file.outcome is outcome and not seen.waits


def test_a_file_that_is_lost_and_a_piece_that_is_gone_are_no_error(
    procedure: Procedure, committing: Committing
) -> None:
    piece = add_evidence(procedure.candidate, procedure, filed(), named(docx("mevrouw Jansen")))
    ports.files().delete(Evidence.objects.get().file.key)  # type: ignore[union-attr]
    looking.look_at_piece(piece.ref)
    assert FileLook.objects.get().outcome == Outcome.BROKEN
    looking.look_at_piece("weg")


def test_a_picture_is_not_looked_into(procedure: Procedure, committing: Committing) -> None:
    with committing():
        piece = add_evidence(procedure.candidate, procedure, filed(), named(PNG, "foto.png"))
    seen = piece_seen(procedure, piece.ref)
    assert seen.file is not None and seen.file.looked is Looked.NOT_HERE and not seen.waits


def test_a_finder_that_fails_costs_only_the_names(
    procedure: Procedure, finder: type[FakeFinder], committing: Committing
) -> None:
    finder.fails = True
    with committing():
        piece = add_evidence(procedure.candidate, procedure, filed(), named(docx("Kees: 06-12345678")))
    assert in_file(procedure, piece) == ["06-12345678"]
    finder.fails = False
    assert looking.look_at_waiting(0) is None
    assert in_file(procedure, piece) == ["Kees", "06-12345678"]


def test_a_look_that_was_overtaken_writes_nothing(
    procedure: Procedure, finder: type[FakeFinder], monkeypatch: pytest.MonkeyPatch
) -> None:
    piece = add_evidence(procedure.candidate, procedure, told())
    find = FakeFinder.find

    def meanwhile(self: FakeFinder, text: str) -> Sequence[tuple[int, int]]:
        monkeypatch.setattr(FakeFinder, "find", find)
        change_evidence(procedure.candidate, procedure, piece.ref, told("Kees belde."))
        return find(self, text)

    monkeypatch.setattr(FakeFinder, "find", meanwhile)
    looking.look_at_piece(piece.ref)
    assert not TextLook.objects.exists()


def test_catching_up_looks_at_what_was_not_looked_at_in_small_steps(
    procedure: Procedure, finder: type[FakeFinder], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "AT_ONCE", 2)
    for number in range(5):
        add_evidence(procedure.candidate, procedure, replace(told(), title=f"Stuk {number}"))
    add_evidence(procedure.candidate, procedure, filed(), named(docx("mevrouw Jansen")))
    assert looking.waiting().count() == 6
    catch_up.enqueue()
    assert looking.waiting().count() == 0 and place_seen(procedure).waiting == 0
    settings.BEKWAAM_PORTS = {**settings.BEKWAAM_PORTS, "person_finder": f"{__name__}.OtherFinder"}
    assert looking.waiting().count() == 6 and place_seen(procedure).waiting == 6
    catch_up.enqueue()
    assert looking.waiting().count() == 0
