"""Many files in one go: each is answered as it would be alone, and none of them stays."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bekwaam.domain.certificates.forms import Form
from bekwaam.services import clock
from bekwaam.services.certificates.fetching import fetch_certificate
from bekwaam.services.checking import batches
from bekwaam.services.checking.batches import KEPT, BatchRead, forget_old, read_batch, work_off
from bekwaam.services.checking.jobs import forget_batches, hand_in_soon
from bekwaam.services.errors import Invalid, NotFound
from bekwaam.store.models import BatchCheck, Certificate, CertificateForm
from tests.cast import Cast, Point


def packed(files: dict[str, bytes]) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    out.seek(0)
    return out


def checked(files: dict[str, bytes]) -> BatchRead:
    secret = hand_in_soon(packed(files), "nl")
    work_off(BatchCheck.objects.latest("pk").pk)
    return read_batch(secret)


def test_every_file_gets_its_own_answer(cast: Cast, own_files: Path) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    pdf = fetch_certificate(procedure).content.read()
    credential = CertificateForm.objects.get(form=Form.EXPERIENCE).content.encode()
    before = {path for path in own_files.rglob("*") if path.is_file()}
    found = checked(
        {
            "map/goed.pdf": pdf,
            "goed.json": credential,
            "veranderd.pdf": pdf.replace(b"/Type /Catalog", b"/Type /Catalod", 1),
            "veranderd.json": credential.replace(b"EVC Huis Noord", b"EVC Huis Zuid."),
            "brief.txt": b"Beste lezer,",
        }
    )
    outcomes = {answer.name: answer.outcome for answer in found.answers}
    assert outcomes == {
        "goed.pdf": "valid",
        "goed.json": "valid",
        "veranderd.pdf": "invalid",
        "veranderd.json": "invalid",
        "brief.txt": "unknown",
    }
    (good,) = [answer for answer in found.answers if answer.name == "goed.pdf"]
    assert good.number == Certificate.objects.get().number
    assert (good.issuer, good.held, good.code) == ("EVC Huis Noord", "same", "")
    assert (found.done, found.total, found.broken) == (5, 5, False)
    assert {path for path in own_files.rglob("*") if path.is_file()} >= before


def test_the_files_go_as_soon_as_they_are_checked(
    db: None, own_files: Path, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        secret = hand_in_soon(packed({"brief.txt": b"Beste lezer,"}), "nl")
    assert read_batch(secret).finished_at is not None
    assert not [path for path in own_files.rglob("*") if path.is_file()]
    assert secret not in str(list(BatchCheck.objects.values()))


def test_doing_it_twice_changes_nothing(db: None) -> None:
    found = checked({"brief.txt": b"Beste lezer,"})
    work_off(BatchCheck.objects.get().pk)
    assert BatchCheck.objects.get().report == [{"name": "brief.txt", **BatchCheck.objects.get().report[0]}]
    assert found.done == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "no_zip"), (b"PK\x03\x04 and then nothing", "no_zip"), (b"%PDF-1.7", "no_zip")],
)
def test_what_is_no_zip_is_refused_and_not_kept(
    db: None, own_files: Path, content: bytes, reason: str
) -> None:
    with pytest.raises(Invalid) as caught:
        hand_in_soon(io.BytesIO(content), "nl")
    assert [fault.reason for fault in caught.value.faults] == [reason]
    assert not BatchCheck.objects.exists()
    assert not [path for path in own_files.rglob("*") if path.is_file()]


def test_of_everybody_together_only_so_many_wait(
    db: None, monkeypatch: pytest.MonkeyPatch, own_files: Path
) -> None:
    monkeypatch.setattr(batches, "MOST_WAITING", 1)
    hand_in_soon(packed({"brief.txt": b"Beste lezer,"}), "nl")
    with pytest.raises(Invalid) as caught:
        hand_in_soon(packed({"brief.txt": b"Beste lezer,"}), "nl")
    assert [fault.reason for fault in caught.value.faults] == ["busy"]
    work_off(BatchCheck.objects.get().pk)
    assert hand_in_soon(packed({"brief.txt": b"Beste lezer,"}), "nl")


def test_an_empty_zip_is_refused(db: None) -> None:
    with pytest.raises(Invalid):
        hand_in_soon(packed({}), "nl")


def test_a_file_in_a_zip_that_unpacks_to_gigabytes_is_cut_off(db: None) -> None:
    found = checked({"bom.json": b"[" * (30 * 1024 * 1024)})
    assert [answer.outcome for answer in found.answers] == ["unknown"]


def many_names(count: int) -> io.BytesIO:
    """A ZIP that is nothing but a list of contents: every line names the same empty file anew."""
    one = packed({"a": b""}).getvalue()
    begin, end = one.index(b"PK\x01\x02"), one.index(b"PK\x05\x06")
    names = one[begin:end] * count
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count & 0xFFFF, count & 0xFFFF, len(names), begin, 0)
    return io.BytesIO(one[:begin] + names + tail)


def test_a_list_of_contents_without_end_is_not_read(db: None) -> None:
    bomb = many_names(400_000)
    tracemalloc.start()
    try:
        with pytest.raises(Invalid):
            hand_in_soon(bomb, "nl")
        assert tracemalloc.get_traced_memory()[1] < 20 << 20
    finally:
        tracemalloc.stop()
    assert not BatchCheck.objects.exists()


def test_large_files_are_not_held_in_memory_all_together(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    held: list[int] = []
    reading = batches._reading_at_once
    monkeypatch.setattr(
        batches,
        "_reading_at_once",
        lambda tools, contents: held.append(sum(map(len, contents))) or reading(tools, contents),
    )
    found = checked({f"{name}.txt": b"x" * (15 << 20) for name in "abcd"})
    assert [answer.name for answer in found.answers] == ["a.txt", "b.txt", "c.txt", "d.txt"]
    assert max(held) <= 40 << 20


def test_a_batch_that_is_forgotten_while_it_is_worked_off_stays_forgotten(
    db: None, own_files: Path, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    hand_in_soon(packed({"brief.txt": b"Beste lezer,"}), "nl")
    row = BatchCheck.objects.get()
    BatchCheck.objects.filter(pk=row.pk).update(asked_at=clock.now() - KEPT)
    answers = batches._checked
    monkeypatch.setattr(batches, "_checked", lambda *given: forget_old() and list(answers(*given)))
    with django_capture_on_commit_callbacks(execute=True):
        work_off(row.pk)
    assert not BatchCheck.objects.exists()
    assert not [path for path in own_files.rglob("*") if path.is_file()]


def test_answers_are_kept_for_a_day(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = hand_in_soon(packed({"brief.txt": b"Beste lezer,"}), "nl")
    later = clock.now() + KEPT + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(NotFound):
        read_batch(secret)
    forget_batches.call()  # as the worker does, several times a day
    assert not BatchCheck.objects.exists()


@pytest.mark.parametrize("secret", ["", "x", "x" * 5000])
def test_an_address_that_was_made_up_leads_nowhere(db: None, secret: str) -> None:
    with pytest.raises(NotFound):
        read_batch(secret)
