"""Files are known by what is in them, not by what they are called."""

from __future__ import annotations

import pytest

from bekwaam.domain.portfolio.uploads import FILE_TYPES, MAX_BYTES, FileType, check_upload

EACH = [(extension, kind) for kind in FILE_TYPES for extension in kind.extensions]


def beginning_of(kind: FileType) -> bytes:
    """Return a head that the first of a kind's marks fits."""
    head = bytearray(b"." * 64)
    for at, there in kind.marks[0]:
        head[at : at + len(there)] = there
    return bytes(head) + kind.early


def look(name: str, head: bytes, size: int = 1000, members: tuple[str, ...] = ()) -> str:
    known, verdict = check_upload(name, size, head, lambda member: member in members)
    assert bool(known) == bool(verdict)
    return verdict.reason


@pytest.mark.parametrize(("extension", "kind"), EACH)
def test_a_file_that_is_what_it_says_may_come_in(extension: str, kind: FileType) -> None:
    assert look(f"Stuk.{extension.upper()}", beginning_of(kind), members=(kind.inside,)) == ""


@pytest.mark.parametrize(("extension", "kind"), EACH)
def test_a_zip_posing_as_another_kind_is_refused(extension: str, kind: FileType) -> None:
    assert look(f"stuk.{extension}", b"PK\x03\x04....", members=("run.exe",)) == "not_what_it_says"


def test_the_largest_file_fits_and_one_byte_more_does_not() -> None:
    assert look("a.pdf", b"%PDF-1.7", MAX_BYTES) == ""
    assert look("a.pdf", b"%PDF-1.7", MAX_BYTES + 1) == "too_large"


@pytest.mark.parametrize("name", ["a.exe", "a.html", "a.svg", "a.gif", "pdf", "a.pdf.zip", "a."])
def test_kinds_that_are_not_on_the_list_are_refused(name: str) -> None:
    assert look(name, b"%PDF-1.7") == "unknown_type"


def test_an_empty_file_is_told_apart() -> None:
    assert look("a.pdf", b"", 0) == "empty"


def test_the_refusal_names_the_file_the_size_and_what_to_do() -> None:
    _, verdict = check_upload("foto {1}.png", 120 * 1024 * 1024, b"", lambda _: False)
    text = verdict.text("en")
    assert "foto {1}.png is 120 MB" in text
    assert "100 MB" in text
    assert verdict.text("nl") != text


@pytest.mark.parametrize("name", ["IMG_1.HEIC", "foto.heif"])
def test_a_photo_that_cannot_be_cleaned_gets_a_sentence_of_its_own(name: str) -> None:
    assert look(name, b"....ftypheic") == "uncleanable"


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("lied.mp3", b"RIFF....WAVE"),
        ("lied.wav", b"RIFF....WEBP"),
        ("foto.webp", b"RIFF....WAVE"),
        ("film.webm", b"\x1a\x45\xdf\xa3....matroska"),
        ("film.mp4", b"....ftypheic"),
        ("film.mov", b"....ftypisom"),
        ("film.mp4", b"<html><script>"),
        ("lied.ogg", b"MZ"),
    ],
)
def test_sound_and_film_that_are_something_else_are_refused(name: str, head: bytes) -> None:
    assert look(name, head) == "not_what_it_says"
