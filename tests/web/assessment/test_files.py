"""Files of the snapshot: who gets them, and that they are what was handed in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bekwaam.domain.portfolio.evidence import EvidenceKind
from bekwaam.services.portfolio.evidence import EvidenceInput, add_evidence
from bekwaam.store.models import Person, Procedure, StoredFile
from tests.cast import Cast, Point, story

LogIn = Callable[[Person], Client]


@pytest.fixture
def with_file(cast: Cast) -> Procedure:
    procedure = cast.bring_to(Point.FILLED)
    upload = SimpleUploadedFile("verslag.pdf", b"%PDF-1.4 inhoud")
    given = EvidenceInput(EvidenceKind.FILE, "Verslag", ties={"1.1": ""})
    add_evidence(cast.candidate, procedure, given, upload)  # type: ignore[arg-type]
    return cast.bring_on(procedure, Point.DECLARED, since=Point.FILLED)


def address(procedure: Procedure, title: str = "Verslag") -> str:
    piece = procedure.snapshots.get().items.get(title=title)
    return reverse("assessment:piece_file", args=[procedure.ref, piece.ref])


def test_those_who_may_see_the_snapshot_get_the_file(cast: Cast, with_file: Procedure, log_in: LogIn) -> None:
    for person in (cast.assessors[0], cast.auditor, cast.candidate, cast.guide):
        response = log_in(person).get(address(with_file))
        assert b"".join(response.streaming_content) == b"%PDF-1.4 inhoud"
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"].startswith("inline")
        assert "script-src" not in response["Content-Security-Policy"]
        assert "default-src 'none'" in response["Content-Security-Policy"]


def test_others_do_not(cast: Cast, with_file: Procedure, log_in: LogIn) -> None:
    for person, status in ((cast.coordinator, 403), (cast.outsider, 404), (cast.assessors[2], 404)):
        assert log_in(person).get(address(with_file)).status_code == status
    assert Client().get(address(with_file)).status_code == 302


def test_a_piece_without_a_file_has_none(cast: Cast, with_file: Procedure, log_in: LogIn) -> None:
    assert log_in(cast.assessors[0]).get(address(with_file, "Verhaal 1")).status_code == 404


@pytest.mark.parametrize("how", ["changed", "gone"])
def test_a_file_that_is_not_what_was_handed_in_is_not_sent(
    cast: Cast, with_file: Procedure, log_in: LogIn, own_files: Path, how: str
) -> None:
    key = StoredFile.objects.get().key
    path = next(own_files.rglob(key))
    if how == "changed":
        path.write_bytes(b"%PDF-1.4 anders")
    else:
        path.unlink()
    response = log_in(cast.assessors[0]).get(address(with_file))
    assert response.status_code == 403
    assert "coördinator" in response.content.decode() or "coordinator" in response.content.decode()


def test_evidence_added_after_the_hand_in_is_not_in_the_snapshot(
    cast: Cast, with_file: Procedure, log_in: LogIn
) -> None:
    elsewhere = cast.bring_to(Point.CONSENTED)
    later = add_evidence(cast.candidate, elsewhere, story("Later", ["1.1"]))
    missing = reverse("assessment:piece_file", args=[with_file.ref, later.ref])
    assert log_in(cast.assessors[0]).get(missing).status_code == 404
