"""A portfolio of another system brought in: all that was chosen or nothing, and never twice."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bekwaam.services import ports
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.portfolio import bringing_in, coming_over, packages
from bekwaam.services.portfolio.bringing_in import bring_in
from bekwaam.services.portfolio.coming_over import keep_export, look
from bekwaam.services.portfolio.evidence import change_evidence, put_back, remove_evidence, tie_evidence
from bekwaam.services.portfolio.given import EvidenceInput
from bekwaam.services.portfolio.own import start_portfolio
from bekwaam.services.portfolio.taking import take_into_dossier
from bekwaam.store.models import AuditEntry, Evidence, OwnPortfolio, PartialUpload, StoredFile
from tests.cast import Cast, Point
from tests.domain.portfolio.test_photos import photo as photo_of
from tests.exports import FILES, MAHARA, entry, feed, packed, upload
from tests.files import PDF
from tests.services.portfolio.conftest import Kept


@pytest.fixture
def own(cast: Cast) -> OwnPortfolio:
    """Return the candidate's own portfolio, empty."""
    return start_portfolio(cast.candidate, cast.standard.pk)


def everything(own: OwnPortfolio, ref: str) -> list[str]:
    return [one.find.key for one in look(own.owner, ref, "nl").coming]


def brought(own: OwnPortfolio, content: bytes) -> int:
    ref = keep_export(own.owner, upload(content), "nl")
    return bring_in(own.owner, own, ref, everything(own, ref), "nl")


def with_file(name: str, content: bytes, title: str = "") -> bytes:
    link = f'<link rel="enclosure" href="files/0-{name}"/>'
    return packed(feed(entry(title or name, "resource", "file", link, text="")), {f"files/0-{name}": content})


def reasons(call: Callable[[], Any]) -> list[str]:
    with pytest.raises(Invalid) as caught:
        call()
    assert all(fault.text("nl") for fault in caught.value.faults)
    return [fault.reason for fault in caught.value.faults]


def test_what_was_chosen_becomes_evidence_with_its_date_and_tied_to_nothing(own: OwnPortfolio) -> None:
    assert brought(own, packed()) == 13
    story = Evidence.objects.get(title="Eerste inloopmiddag")
    assert story.story["situation"].startswith("Vandaag stond ik zelf aan de deur.")
    assert (story.dated_on, story.ties.count(), story.owner) == (date(2016, 9, 28), 0, own.owner)
    plan = Evidence.objects.get(title="activiteitenplan herfst.pdf")
    assert plan.file is not None
    assert (plan.file.name, plan.file.media_type) == ("activiteitenplan herfst.pdf", "application/pdf")
    with ports.files().open(plan.file.key) as content:
        assert content.read() == PDF
    written = AuditEntry.objects.filter(code="evidence.added")
    assert (written.count(), {one.subject for one in written}) == (13, {f"person:{own.owner.ref}"})


def test_what_is_unticked_stays_behind(own: OwnPortfolio) -> None:
    ref = keep_export(own.owner, upload(packed()), "nl")
    first = everything(own, ref)[0]
    assert bring_in(own.owner, own, ref, [first, "999.t1"], "nl") == 1
    assert Evidence.objects.get().title == "Eerste inloopmiddag"
    assert reasons(lambda: bring_in(own.owner, own, ref, [], "nl")) == ["empty"]


def test_the_same_export_twice_says_what_is_there_and_doubles_nothing(own: OwnPortfolio, kept: Kept) -> None:
    brought(own, packed())
    ref = keep_export(own.owner, upload(packed()), "nl")
    looked = look(own.owner, ref, "nl")
    assert (len(looked.coming), len(looked.there)) == (0, 13)
    lacking = {one.title: one.lacks for one in looked.there}
    assert lacking["Eerste inloopmiddag"] == ("Task", "Action", "Result", "Reflection")
    files = StoredFile.objects.count()
    keys = [one.find.key for one in looked.there]
    assert bring_in(own.owner, own, ref, keys, "nl") == 0
    assert (Evidence.objects.count(), StoredFile.objects.count()) == (13, files)


def test_what_was_worked_on_since_is_known_and_what_was_removed_can_come_again(own: OwnPortfolio) -> None:
    brought(own, packed())
    story = Evidence.objects.get(title="Eerste inloopmiddag")
    texts = dict.fromkeys(("situation", "task", "action", "result", "reflection"), "Meer.")
    given = EvidenceInput(kind=story.kind, title="Heel anders", story=texts)  # type: ignore[arg-type]
    change_evidence(own.owner, own, story.ref, given)
    tie_evidence(own.owner, own, story.ref, "1.1")
    remove_evidence(own.owner, own, Evidence.objects.get(title="Over mij").ref)
    ref = keep_export(own.owner, upload(packed()), "nl")
    looked = look(own.owner, ref, "nl")
    assert [one.find.title for one in looked.coming] == ["Over mij"]
    known = next(one for one in looked.there if one.ref == story.ref)
    assert (known.title, known.lacks) == ("Heel anders", ())


def test_two_alike_in_one_export_both_come_and_come_once(own: OwnPortfolio) -> None:
    twins = packed(feed(entry("Dag"), entry("Dag")), {})
    assert brought(own, twins) == 2
    ref = keep_export(own.owner, upload(twins), "nl")
    looked = look(own.owner, ref, "nl")
    assert (len(looked.coming), len(looked.there)) == (0, 2)


def test_one_bad_file_and_nothing_comes_in(
    own: OwnPortfolio, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    links = [
        entry(f"{name}.docx", "resource", "file", f'<link rel="enclosure" href="{name}.docx"/>', text="")
        for name in ("een", "twee")
    ]
    xml = feed(
        entry("Dag"), *links, entry("goed.pdf", "resource", "file", '<link rel="enclosure" href="g.pdf"/>')
    )
    content = packed(xml, {"een.docx": b"PK\x03\x04nee", "twee.docx": b"PK\x03\x04nee", "g.pdf": PDF})
    ref = keep_export(own.owner, upload(content), "nl")
    before = kept.contents()
    with pytest.raises(Invalid) as caught:
        bring_in(own.owner, own, ref, everything(own, ref), "nl")
    assert [(fault.name, fault.reason) for fault in caught.value.faults] == [
        ("2.0", "not_what_it_says"),
        ("3.0", "not_what_it_says"),
    ]
    assert "een.docx" in caught.value.faults[0].text("nl")
    assert not Evidence.objects.exists() and not AuditEntry.objects.filter(code="evidence.added").exists()
    assert kept.contents() == before


def test_a_fault_halfway_undoes_everything(
    own: OwnPortfolio, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = keep_export(own.owner, upload(packed()), "nl")
    keys, before, written = everything(own, ref), kept.contents(), []

    def put_in_or_die(*args: Any) -> None:
        written.append(put_in(*args))
        if len(written) == 5:
            raise RuntimeError("the power went out")

    put_in = bringing_in.put_in
    monkeypatch.setattr(bringing_in, "put_in", put_in_or_die)
    with pytest.raises(RuntimeError):
        bring_in(own.owner, own, ref, keys, "nl")
    assert not Evidence.objects.exists() and not StoredFile.objects.exists()
    assert kept.contents() == before


def test_a_photo_comes_in_without_what_it_tells_and_is_known_again(own: OwnPortfolio) -> None:
    photo = photo_of("image/jpeg")
    content = with_file("dag.jpg", photo)
    assert brought(own, content) == 1
    file = Evidence.objects.get().file
    assert file is not None and file.size < len(photo)
    ref = keep_export(own.owner, upload(content), "nl")
    assert look(own.owner, ref, "nl").coming == ()


def test_a_virus_stays_out(own: OwnPortfolio, monkeypatch: pytest.MonkeyPatch) -> None:
    class Scanner:
        def look(self, chunks: Any) -> str:
            return "Eicar" if b"EICAR" in b"".join(chunks) else ""

    monkeypatch.setattr(ports, "scanner", Scanner)
    assert reasons(lambda: brought(own, with_file("a.pdf", PDF + b"EICAR"))) == ["virus"]
    assert brought(own, with_file("a.pdf", PDF)) == 1


FILE_FAULTS = {
    "unknown_type": with_file("gast.exe", b"MZ"),
    "not_what_it_says": with_file("plan.pdf", b"<html>"),
    "empty": with_file("leeg.pdf", b""),
    "uncleanable": with_file("foto.heic", b"x"),
    "missing": packed(MAHARA, {}),
}


@pytest.mark.parametrize(("reason", "content"), FILE_FAULTS.items(), ids=FILE_FAULTS.keys())
def test_a_file_that_cannot_come_along_is_named_in_the_list(
    own: OwnPortfolio, reason: str, content: bytes
) -> None:
    looked = look(own.owner, keep_export(own.owner, upload(content), "nl"), "nl")
    assert reason in {left.reason for left in looked.left}
    assert not any(one.find.file for one in looked.coming)


def test_the_xml_alone_comes_in_and_says_that_files_are_in_the_zip(own: OwnPortfolio) -> None:
    looked = look(own.owner, keep_export(own.owner, upload(MAHARA, "leap2a.xml"), "nl"), "nl")
    assert len(looked.coming) == 11
    lost = [left.text("nl") for left in looked.left if left.reason == "missing"]
    assert len(lost) == 2 and all("hele zip-bestand" in text for text in lost)


@pytest.mark.parametrize("folder", ["mahara-export/", "een/twee/"])
def test_a_zip_that_was_packed_anew_in_a_folder_is_read(own: OwnPortfolio, folder: str) -> None:
    assert brought(own, packed(folder=folder)) == 13


def test_a_name_in_utf8_that_does_not_say_so_is_found(own: OwnPortfolio) -> None:
    misread = "files/0-café.pdf".encode().decode("cp437")
    link = '<link rel="enclosure" href="files/0-café.pdf"/>'
    assert (
        brought(own, packed(feed(entry("café.pdf", "resource", "file", link, text="")), {misread: PDF})) == 1
    )
    file = Evidence.objects.get().file
    assert file is not None and file.name == "café.pdf"


def locked() -> bytes:
    """Return an export whose file says that it has a password."""
    content = bytearray(with_file("plan.pdf", PDF))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.rfind(mark) + at] |= 1
    return bytes(content)


def damaged() -> bytes:
    """Return an export with a byte of a file changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        link = '<link rel="enclosure" href="files/0-plan.pdf"/>'
        archive.writestr("leap2a.xml", feed(entry("plan.pdf", "resource", "file", link, text="")))
        archive.writestr("files/0-plan.pdf", PDF)
    return target.getvalue().replace(b"trailer", b"TRAILER")


@pytest.mark.parametrize("content", [locked(), damaged()], ids=["locked", "damaged"])
def test_a_member_that_does_not_open_gets_a_sentence(own: OwnPortfolio, content: bytes) -> None:
    looked = look(own.owner, keep_export(own.owner, upload(content), "nl"), "nl")
    if looked.left:
        assert [left.reason for left in looked.left] == ["damaged"]
    else:
        assert reasons(lambda: brought(own, content)) == ["damaged"]
    assert not Evidence.objects.exists()


def listing(number: int) -> bytes:
    """Return a ZIP whose list of contents says that it is ``number`` bytes long."""
    content = bytearray(packed())
    at = content.rfind(b"PK\x05\x06")
    content[at + 12 : at + 16] = number.to_bytes(4, "little")
    return bytes(content)


def large_listing(number: int) -> bytes:
    """Return a ZIP that says so only in its record for large ZIPs."""
    content = packed()
    at = content.rfind(b"PK\x05\x06")
    record = b"PK\x06\x06" + b"\0" * 36 + number.to_bytes(8, "little") + b"\0" * 8
    return content[:at] + record + b"PK\x06\x07" + b"\0" * 16 + content[at:]


NO_EXPORT = {
    "empty": (b"", "empty"),
    "no zip and no xml": (b"hallo", "broken"),
    "half a zip": (packed()[:400], "broken"),
    "a zip of something else": (packed().replace(b"leap2a.xml", b"index.html"), "no_leap"),
    "too many names": (listing(packages.MAX_LISTED + 1), "too_many"),
    "too many names, as a large zip": (large_listing(packages.MAX_LISTED + 1), "too_many"),
    "nothing in it": (packed(feed(), {}), "nothing"),
    "broken xml": (packed(b"<feed", {}), "broken"),
    "an entity": (packed(b'<!DOCTYPE f [<!ENTITY a "b">]><f>&a;</f>', {}), "unsafe"),
}


@pytest.mark.parametrize(("content", "reason"), NO_EXPORT.values(), ids=NO_EXPORT.keys())
def test_what_is_no_export_is_refused_with_a_sentence_and_not_kept(
    own: OwnPortfolio, content: bytes, reason: str
) -> None:
    assert reasons(lambda: keep_export(own.owner, upload(content), "nl")) == [reason]
    assert not PartialUpload.objects.exists()


def test_what_swells_is_not_unpacked_further_than_it_may(
    own: OwnPortfolio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packages, "MAX_XML", 1000)
    assert reasons(lambda: keep_export(own.owner, upload(packed()), "nl")) == ["too_large"]
    monkeypatch.undo()
    monkeypatch.setattr(packages, "MAX_UNPACKED", len(PDF) - 1)
    assert "too_much" in reasons(lambda: brought(own, packed()))
    monkeypatch.setattr(packages, "MAX_BYTES", 1000)
    assert reasons(lambda: keep_export(own.owner, upload(packed()), "nl")) == ["too_large"]
    assert not Evidence.objects.exists()


def test_nothing_lands_on_disk_by_its_own_name(own: OwnPortfolio, own_files: Path, tmp_path: Path) -> None:
    evil = {**FILES, "../../evil.pdf": PDF, "/evil.pdf": PDF}
    brought(own, packed(MAHARA, evil))
    assert not list(tmp_path.parent.rglob("evil.pdf"))


def test_more_than_can_come_at_once_comes_in_turns(
    own: OwnPortfolio, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (coming_over, bringing_in):
        monkeypatch.setattr(module, "MOST_AT_ONCE", 10)
    ref = keep_export(own.owner, upload(packed()), "nl")
    numbers = []
    while keys := everything(own, ref):
        numbers.append((bring_in(own.owner, own, ref, keys, "nl"), look(own.owner, ref, "nl").more))
    assert numbers == [(10, 0), (3, 0)]


def test_what_is_not_finished_does_not_go_into_a_dossier(cast: Cast) -> None:
    procedure = cast.bring_to(Point.CONSENTED)
    own = start_portfolio(cast.candidate, cast.standard.pk)
    brought(own, packed())
    story = Evidence.objects.get(title="Eerste inloopmiddag")
    assert reasons(lambda: take_into_dossier(cast.candidate, procedure, [story.ref])) == ["unfinished"]
    job = Evidence.objects.get(title__startswith="Activiteitenb")
    assert take_into_dossier(cast.candidate, procedure, [job.ref]) == 1
    texts = {**story.story, "task": "a", "action": "b", "result": "c", "reflection": "d"}
    given = EvidenceInput(kind=story.kind, title=story.title, story=texts)  # type: ignore[arg-type]
    change_evidence(cast.candidate, own, story.ref, given)
    assert take_into_dossier(cast.candidate, procedure, [story.ref]) == 1
    with pytest.raises(Refused):
        put_back(cast.candidate, own, story.ref, 1)
    story.refresh_from_db()
    assert story.story == texts


def test_an_export_is_for_who_sent_it(cast: Cast, own: OwnPortfolio) -> None:
    ref = keep_export(own.owner, upload(packed()), "nl")
    theirs = start_portfolio(cast.guide, cast.standard.pk)
    for call in (
        lambda: look(cast.guide, ref, "nl"),
        lambda: bring_in(cast.guide, theirs, ref, ["3.t1"], "nl"),
    ):
        with pytest.raises(NotFound):
            call()
    with pytest.raises(Refused):
        bring_in(cast.guide, own, ref, ["3.t1"], "nl")


def test_looking_takes_two_queries_however_much_there_is(own: OwnPortfolio) -> None:
    ref = keep_export(own.owner, upload(packed()), "nl")
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            look(own.owner, ref, "nl")
        assert len(captured) == 2
        if everything(own, ref):
            bring_in(own.owner, own, ref, everything(own, ref), "nl")
