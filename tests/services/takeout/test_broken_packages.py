"""What is no sound package is refused as a whole, with a sentence that says why; nothing is written."""

from __future__ import annotations

import hashlib
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from bekwaam.domain.portfolio.uploads import MAX_BYTES
from bekwaam.domain.takeout.archive import MAX_PACKAGE
from bekwaam.services import ports
from bekwaam.services.errors import Invalid, NotFound
from bekwaam.services.portfolio.resuming import begin_package
from bekwaam.services.takeout import bringing
from bekwaam.services.takeout.bringing import bring_in, preview
from bekwaam.store.models import Evidence, OwnPortfolio, PartialUpload, Person, StoredFile
from tests.files import zipped as plain_zip
from tests.packages import document_in, files_of, repacked, sent_in, taken_along

Spoil = Callable[[bytes], bytes]


def document(change: Callable[[dict[str, Any]], object]) -> Spoil:
    """Change the document of a package."""
    return lambda content: repacked(content, change)


def first_file(content: bytes) -> str:
    """Return the path of the first file in a package."""
    return next(iter(files_of(content)))


def with_member(name: str, body: bytes = b"x", **how: Any) -> Spoil:
    """Put another file in a package."""

    def spoil(content: bytes) -> bytes:
        target = io.BytesIO(content)
        with zipfile.ZipFile(target, "a") as archive:
            archive.writestr(name, body, **how)
        return target.getvalue()

    return spoil


def nested(content: bytes) -> bytes:
    """Return a package with a document that is deeper than anybody reads."""
    return repacked(content, files={"portfolio.json": b"[" * 3000 + b"]" * 3000})


def locked(content: bytes) -> bytes:
    """Mark the first member of a package as locked with a password."""
    at = content.index(b"PK\x01\x02")
    return content[: at + 8] + b"\x01" + content[at + 9 :]


def a_piece(**changes: Any) -> Spoil:
    """Change the first piece of a package."""
    return document(lambda found: found["evidence"][0].update(changes))


def piece_of(found: dict[str, Any], kind: str) -> dict[str, Any]:
    """Return the first piece of a kind."""
    return next(piece for piece in found["evidence"] if piece["kind"] == kind)


def one_path(found: dict[str, Any]) -> None:
    """Let every piece name the same file."""
    for piece in found["evidence"]:
        if piece["file"]:
            piece["file"]["path"] = "bestanden/x.pdf"


SPOILED: list[tuple[str, Spoil, str, str]] = [
    ("empty", lambda _: b"", "empty", "empty"),
    ("not a zip", lambda _: b"%PDF-1.7 no zip at all" * 50, "no_zip", "no ZIP file"),
    ("truncated", lambda content: content[: len(content) * 2 // 3], "no_zip", "cut off"),
    ("foreign zip", lambda _: plain_zip("leap2a.xml", "foto.jpg"), "foreign", "no portfolio of Bekwaam"),
    ("evil path", with_member("../../etc/cron.d/kwaad"), "evil_path", "../../etc/cron.d/kwaad"),
    ("absolute path", with_member("/etc/passwd"), "evil_path", "/etc/passwd"),
    ("path of Windows", with_member("C:\\kwaad.exe"), "evil_path", "kwaad.exe"),
    ("bomb", with_member("bom", b"\0" * (8 << 20), compress_type=zipfile.ZIP_DEFLATED), "bomb", "far too"),
    ("odd packing", with_member("x.bin", b"x", compress_type=zipfile.ZIP_LZMA), "unreadable", "do not read"),
    ("locked", locked, "unreadable", "locked"),
    ("no json", lambda c: repacked(c, files={"portfolio.json": b"{\"a\":"}), "not_json", "cannot be read"),
    ("a list", lambda c: repacked(c, files={"portfolio.json": b"[1]"}), "not_json", "cannot be read"),
    ("too deep", nested, "not_json", "cannot be read"),
    ("NaN", lambda c: repacked(c, files={"portfolio.json": b"{\"a\": NaN}"}), "not_json", "cannot be read"),
    ("a NUL", a_piece(title="a\0b"), "not_json", "cannot be read"),
    ("half a character", a_piece(title="\ud800"), "not_json", "cannot be read"),
    ("newer", document(lambda found: found.update(format_version=2)), "newer", "newer Bekwaam"),
    ("no title", document(lambda found: found["evidence"][0].pop("title")), "schema_required", "evidence 1"),
    ("too much", a_piece(bsn="x"), "schema_additionalProperties", "bsn"),
    ("number as title", a_piece(title=3), "schema_type", "evidence 1 › title"),
    ("no such kind", a_piece(kind="toverij"), "schema_enum", "toverij"),
    ("no such day", a_piece(dated_on="2024-02-30"), "schema_format", "2024-02-30"),
    ("title too long", a_piece(title="x" * 201), "schema_maxLength", "evidence 1 › title"),
    ("field of another kind", a_piece(details={"url": "https://example.org/"}), "no_field", "evidence 1"),
    ("a day ahead", a_piece(dated_on="2190-01-01"), "future", "evidence 1 › dated_on"),
    ("same piece twice", document(lambda d: d["evidence"].append(d["evidence"][0])), "twice", "evidence"),
    (
        "a link that runs",
        document(lambda found: piece_of(found, "link")["details"].update(url="javascript:x()")),
        "no_link",
        "› url",
    ),
    (
        "a round ahead",
        document(lambda found: found["self_assessment"][0].update(started_at="2190-01-01T00:00:00+00:00")),
        "future",
        "self_assessment 1",
    ),
    (
        "a moment beyond time",
        document(lambda found: found.update(made_at="0001-01-01T00:00:00+14:00")),
        "schema_format",
        "made_at",
    ),
    ("wrong hash", lambda c: repacked(c, files={first_file(c): b"%PDF-1.7 anders"}), "changed", "né 1.pdf"),
    ("absent file", lambda c: repacked(c, files={first_file(c): None}), "absent", "né 1.pdf"),
    (
        "one file, two hashes",
        document(one_path),
        "two_hashes",
        "bestanden/x.pdf",
    ),
]  # fmt: skip


@pytest.fixture
def whole_one(own: OwnPortfolio) -> bytes:
    """Return a package that is sound."""
    return taken_along(own.owner)


def test_a_spoiled_package_is_refused_with_a_sentence(whole_one: bytes, elsewhere: Person) -> None:
    files = StoredFile.objects.count()
    for name, spoil, reason, told in SPOILED:
        ref = sent_in_any(elsewhere, spoil(whole_one))
        for use in (preview, bring_in):
            with pytest.raises(Invalid) as error:
                use(elsewhere, ref)
            fault = error.value.faults[0]
            assert fault.reason == reason, (name, fault)
            assert told in f"{fault.name} {fault.text('en')}", (name, fault.text("en"))
            assert "{" not in fault.text("nl"), name
    assert not Evidence.objects.filter(owner=elsewhere).exists()
    assert StoredFile.objects.count() == files


def sent_in_any(person: Person, content: bytes) -> str:
    """Let anything come in, an empty file too."""
    if content:
        return sent_in(person, content)
    ref = sent_in(person, b"x")
    row = PartialUpload.objects.get(ref=ref)
    row.size = row.received = 0
    row.save()
    ports.files().add(row.key, 0, b"")
    return ref


def test_a_file_that_may_not_come_in_is_left_out_by_name(whole_one: bytes, elsewhere: Person) -> None:
    def renamed(found: dict[str, Any]) -> None:
        for piece in found["evidence"]:
            if piece["kind"] in ("file", "diploma") and piece["file"]:
                piece["file"]["name"] = "programma.exe"

    ref = sent_in(elsewhere, repacked(whole_one, renamed))
    seen = preview(elsewhere, ref).plan
    assert {fault.reason for fault in seen.file_faults} == {"unknown_type"}
    assert [title for title, _ in seen.left_out] == ["Titel", "Titel"]
    bring_in(elsewhere, ref)
    assert Evidence.objects.get(owner=elsewhere, kind="diploma").file is None
    assert not Evidence.objects.filter(owner=elsewhere, kind="file").exists()


def test_a_photo_that_tells_more_than_the_picture_is_cleaned_and_known_again(
    whole_one: bytes, elsewhere: Person
) -> None:
    path = next(path for path in files_of(whole_one) if path.endswith(".png"))
    png = files_of(whole_one)[path]
    body = b"tEXtComment\0Bij Mevrouw Jansen thuis"
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    telling = png[:33] + chunk + png[33:]

    def mention(found: dict[str, Any]) -> None:
        (piece,) = [one for one in found["evidence"] if one["file"] and one["file"]["path"] == path]
        piece["file"].update(sha256=hashlib.sha256(telling).hexdigest(), size=len(telling))

    content = repacked(whole_one, mention, {path: telling})
    bring_in(elsewhere, sent_in(elsewhere, content))
    (kept,) = [one for name, one in files_of(taken_along(elsewhere)).items() if name.endswith(".png")]
    assert b"Jansen" not in kept
    assert preview(elsewhere, sent_in(elsewhere, content)).plan.nothing


@pytest.mark.parametrize(
    ("name", "size", "reason"),
    [("p.zip", 0, "empty"), ("p.zip", MAX_PACKAGE + 1, "too_large"), ("p.pdf", 10, "not_zip")],
)
def test_what_can_never_be_a_package_does_not_begin_to_come_in(
    elsewhere: Person, name: str, size: int, reason: str
) -> None:
    with pytest.raises(Invalid) as error:
        begin_package(elsewhere, name, size)
    assert error.value.faults[0].reason == reason
    assert begin_package(elsewhere, "p.ZIP", MAX_BYTES + 1)


def test_a_package_of_somebody_else_is_not_there(
    whole_one: bytes, elsewhere: Person, own: OwnPortfolio
) -> None:
    ref = sent_in(elsewhere, whole_one)
    for use in (preview, bring_in):
        with pytest.raises(NotFound):
            use(own.owner, ref)


def test_when_the_database_fails_no_file_stays(
    whole_one: bytes, elsewhere: Person, own_files: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = sent_in(elsewhere, whole_one)
    before = {path for path in own_files.rglob("*") if path.is_file()}

    def broken(*_args: object, **_how: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(bringing, "append", broken)
    with pytest.raises(OSError, match="the disk is full"):
        bring_in(elsewhere, ref)
    assert {path for path in own_files.rglob("*") if path.is_file()} == before
    assert not Evidence.objects.filter(owner=elsewhere).exists()


def test_the_document_is_the_same_whenever_it_is_made(own: OwnPortfolio) -> None:
    first, second = (document_in(taken_along(own.owner)) for _ in range(2))
    assert json.dumps({**first, "made_at": ""}) == json.dumps({**second, "made_at": ""})
