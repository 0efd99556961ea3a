"""Adding, changing and removing evidence, with what must not be left behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bekwaam.adapters.files.disk import DiskFiles
from bekwaam.domain.portfolio.evidence import EvidenceKind
from bekwaam.services import clock, ports
from bekwaam.services.audit import broken_contents, broken_files, walk_chain
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.portfolio import evidence as room
from bekwaam.services.portfolio.evidence import (
    EvidenceInput,
    add_evidence,
    change_evidence,
    remove_evidence,
)
from bekwaam.services.portfolio.handing_in import give_back, hand_in
from bekwaam.store.models import AuditEntry, Evidence, EvidenceTie, Procedure, StoredFile
from tests.cast import Cast, Point, fresh, story
from tests.files import pdf, zipped
from tests.services.portfolio.conftest import Kept

FILE = EvidenceInput(EvidenceKind.FILE, "Plan van aanpak", ties={"1.1": "Mijn plan."})


def reasons(error: pytest.ExceptionInfo[Invalid]) -> set[tuple[str, str]]:
    return {(fault.name, fault.reason) for fault in error.value.faults}


def test_added_evidence_is_in_the_dossier_tied_and_in_the_log(open_portfolio: Procedure) -> None:
    piece = add_evidence(open_portfolio.candidate, open_portfolio, story("Verhaal", ["1.1", "1.2"]))
    assert piece.dossier_items.get().procedure_id == open_portfolio.pk
    assert list(piece.ties.values_list("code", "why")) == [
        ("1.1", "Hier doe ik het."),
        ("1.2", "Hier doe ik het."),
    ]
    entry = AuditEntry.objects.last()
    assert entry is not None
    assert entry.code == "evidence.added"
    assert "Verhaal" not in entry.payload
    assert not list(broken_contents())


def test_a_file_is_kept_with_its_hash_and_true_kind(open_portfolio: Procedure, kept: Kept) -> None:
    upload = pdf("Plan “def” #1 é.PDF")
    upload.content_type = "text/html"  # what a browser claims plays no part
    piece = add_evidence(open_portfolio.candidate, open_portfolio, FILE, upload)
    assert piece.file is not None
    assert (piece.file.media_type, piece.file.name) == ("application/pdf", "Plan “def” #1 é.PDF")
    assert ports.files().sha256(piece.file.key) == piece.file.sha256
    assert not list(broken_files())
    assert len(kept) == 1


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("plan.pdf", zipped("word/document.xml"), "not_what_it_says"),
        ("plan.docx", zipped("evil.exe"), "not_what_it_says"),
        ("plan.docx", b"PK\x03\x04 no zip at all", "not_what_it_says"),
        ("plan.exe", b"MZ", "unknown_type"),
        ("plan.pdf", b"", "empty"),
    ],
)
def test_a_bad_file_is_refused_and_nothing_is_written(
    open_portfolio: Procedure, kept: Kept, name: str, content: bytes, reason: str
) -> None:
    with pytest.raises(Invalid) as error:
        add_evidence(open_portfolio.candidate, open_portfolio, FILE, pdf(name, content))
    assert reasons(error) == {("file", reason)}
    assert not Evidence.objects.exists()
    assert not len(kept)


def test_a_real_document_passes(open_portfolio: Procedure) -> None:
    upload = pdf("verslag.docx", zipped("[Content_Types].xml", "word/document.xml"))
    piece = add_evidence(open_portfolio.candidate, open_portfolio, FILE, upload)
    assert piece.file is not None
    assert piece.file.media_type.endswith("wordprocessingml.document")


def test_a_failed_add_leaves_no_file_and_no_trace(
    open_portfolio: Procedure, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("the disk is full")

    before = AuditEntry.objects.count()
    monkeypatch.setattr(room, "append", fail)
    with pytest.raises(RuntimeError):
        add_evidence(open_portfolio.candidate, open_portfolio, FILE, pdf())
    assert not len(kept)
    assert not Evidence.objects.exists()
    assert not StoredFile.objects.exists()
    assert AuditEntry.objects.count() == before


def test_the_same_piece_sent_twice_is_added_once(
    open_portfolio: Procedure, kept: Kept, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first = add_evidence(open_portfolio.candidate, open_portfolio, FILE, pdf())
        again = add_evidence(open_portfolio.candidate, open_portfolio, FILE, pdf())
    assert first.pk == again.pk
    assert len(kept) == 1
    assert AuditEntry.objects.filter(code="evidence.added").count() == 1


@pytest.mark.parametrize(
    "other",
    [
        replace(FILE, ties={"1.1": "Een andere reden."}),
        replace(FILE, ties={"1.2": "Mijn plan."}),
        replace(FILE, context="Wijkteam"),
    ],
)
def test_a_piece_that_differs_in_anything_is_another_piece(
    open_portfolio: Procedure, other: EvidenceInput
) -> None:
    first = add_evidence(open_portfolio.candidate, open_portfolio, FILE, pdf())
    assert add_evidence(open_portfolio.candidate, open_portfolio, other, pdf()).pk != first.pk
    assert (
        add_evidence(open_portfolio.candidate, open_portfolio, FILE, pdf(content=b"%PDF-2.0")).pk != first.pk
    )


def test_unknown_competences_long_texts_and_days_to_come_are_refused_together(
    open_portfolio: Procedure,
) -> None:
    given = replace(story("", ["9.9"]), context="x" * 301, dated_on=clock.today() + timedelta(days=1))
    with pytest.raises(Invalid) as error:
        add_evidence(open_portfolio.candidate, open_portfolio, given)
    assert reasons(error) == {
        ("title", "empty"),
        ("ties", "unknown"),
        ("context", "too_long"),
        ("dated_on", "future"),
    }


def test_a_change_replaces_texts_and_ties(open_portfolio: Procedure) -> None:
    piece = add_evidence(open_portfolio.candidate, open_portfolio, story("Eerst", ["1.1"]))
    change_evidence(open_portfolio.candidate, open_portfolio, piece.ref, story("Daarna", ["1.2"]))
    piece.refresh_from_db()
    assert piece.title == "Daarna"
    assert list(piece.ties.values_list("code", flat=True)) == ["1.2"]
    assert not list(broken_contents())


def test_a_change_never_makes_a_file_of_a_story(open_portfolio: Procedure) -> None:
    piece = add_evidence(open_portfolio.candidate, open_portfolio, story("Verhaal", ["1.1"]))
    with pytest.raises(Invalid) as error:
        change_evidence(open_portfolio.candidate, open_portfolio, piece.ref, FILE, pdf())
    assert ("reflection", "empty") in reasons(error)


def test_a_new_file_takes_the_place_of_the_old_one(
    open_portfolio: Procedure, kept: Kept, django_capture_on_commit_callbacks: Any
) -> None:
    piece = add_evidence(open_portfolio.candidate, open_portfolio, FILE, pdf())
    with django_capture_on_commit_callbacks(execute=True):
        change_evidence(open_portfolio.candidate, open_portfolio, piece.ref, FILE, pdf(content=b"%PDF-2.0"))
    assert kept.contents() == [b"%PDF-2.0"]
    assert StoredFile.objects.count() == 1


def test_a_change_without_a_file_keeps_the_file(open_portfolio: Procedure, kept: Kept) -> None:
    piece = add_evidence(open_portfolio.candidate, open_portfolio, FILE, pdf())
    change_evidence(open_portfolio.candidate, open_portfolio, piece.ref, replace(FILE, title="Anders"))
    piece.refresh_from_db()
    assert (piece.title, piece.file is not None, len(kept)) == ("Anders", True, 1)


def test_a_removed_piece_is_gone_with_its_file(
    open_portfolio: Procedure, kept: Kept, django_capture_on_commit_callbacks: Any
) -> None:
    piece = add_evidence(open_portfolio.candidate, open_portfolio, FILE, pdf())
    with django_capture_on_commit_callbacks(execute=True):
        remove_evidence(open_portfolio.candidate, open_portfolio, piece.ref)
    assert not Evidence.objects.exists()
    assert not EvidenceTie.objects.exists()
    assert not StoredFile.objects.exists()
    assert not len(kept)
    assert walk_chain().whole
    assert not list(broken_contents())


@pytest.mark.parametrize("how", ["changed", "removed"])
def test_a_file_that_was_handed_in_stays_for_the_snapshot(
    cast: Cast, open_portfolio: Procedure, kept: Kept, how: str, django_capture_on_commit_callbacks: Any
) -> None:
    candidate = open_portfolio.candidate
    piece = add_evidence(candidate, open_portfolio, FILE, pdf())
    item = hand_in(candidate, open_portfolio).items.get()
    give_back(cast.coordinator, open_portfolio, "Vul aan.")
    with django_capture_on_commit_callbacks(execute=True):
        if how == "changed":
            change_evidence(candidate, open_portfolio, piece.ref, FILE, pdf(content=b"%PDF-2.0"))
        else:
            remove_evidence(candidate, open_portfolio, piece.ref)
    item.refresh_from_db()
    assert item.file is not None
    assert ports.files().sha256(item.file.key) == item.content["file"]
    assert len(kept) == (2 if how == "changed" else 1)


def test_a_piece_removed_in_another_tab_is_not_brought_back_by_a_change(
    open_portfolio: Procedure, monkeypatch: pytest.MonkeyPatch
) -> None:
    candidate = open_portfolio.candidate
    piece = add_evidence(candidate, open_portfolio, story("Verhaal", ["1.1"]))
    checked = room.insist_sound

    def remove_meanwhile(*args: Any, **how: Any) -> None:
        checked(*args, **how)
        remove_evidence(candidate, open_portfolio, piece.ref)

    monkeypatch.setattr(room, "insist_sound", remove_meanwhile)
    with pytest.raises(NotFound):
        change_evidence(candidate, open_portfolio, piece.ref, story("Terug", ["1.1"]))
    assert not Evidence.objects.exists()


def test_nobody_but_the_candidate_writes_and_only_while_collecting(
    cast: Cast, open_portfolio: Procedure
) -> None:
    given = story("Verhaal", ["1.1"])
    for somebody in (cast.guide, cast.coordinator, cast.assessors[0], cast.outsider, cast.operator):
        with pytest.raises(Refused):
            add_evidence(somebody, open_portfolio, given)
    piece = add_evidence(open_portfolio.candidate, open_portfolio, given)
    hand_in(open_portfolio.candidate, open_portfolio)
    closed = fresh(open_portfolio)
    with pytest.raises(Refused):
        add_evidence(closed.candidate, closed, given)
    with pytest.raises(Refused):
        change_evidence(closed.candidate, closed, piece.ref, given)
    with pytest.raises(Refused):
        remove_evidence(closed.candidate, closed, piece.ref)


def test_evidence_of_somebody_else_is_not_found(cast: Cast, open_portfolio: Procedure) -> None:
    piece = add_evidence(open_portfolio.candidate, open_portfolio, story("Verhaal", ["1.1"]))
    other = cast.person("ander@example.org", "Ander")
    theirs = cast.bring_to(Point.CONSENTED, candidate=other)
    for attempt in (
        lambda: change_evidence(other, theirs, piece.ref, story("Gekaapt", ["1.1"])),
        lambda: remove_evidence(other, theirs, piece.ref),
    ):
        with pytest.raises(NotFound):
            attempt()
    piece.refresh_from_db()
    assert piece.title == "Verhaal"


@pytest.mark.django_db(transaction=True)
def test_a_store_that_cannot_erase_the_old_file_costs_nobody_the_new_one(
    open_portfolio: Procedure, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    candidate = open_portfolio.candidate
    piece = add_evidence(candidate, open_portfolio, FILE, pdf("oud.pdf"))
    delete = DiskFiles.delete

    def stuck(store: DiskFiles, key: str) -> None:
        if key == piece.file.key:  # type: ignore[union-attr]
            raise PermissionError(key)
        delete(store, key)

    monkeypatch.setattr(DiskFiles, "delete", stuck)
    change_evidence(candidate, open_portfolio, piece.ref, FILE, pdf("nieuw.pdf"))
    assert Evidence.objects.get().file.name == "nieuw.pdf"  # type: ignore[union-attr]
    assert not list(broken_files())
    assert len(kept) == 2  # one too many does no harm
