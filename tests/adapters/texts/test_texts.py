"""Text out of files: of every kind, bounded, and never an error for what is in a file."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from bekwaam.adapters.texts import FileTexts, _reading, bounds, office, pdf
from bekwaam.adapters.texts.child import parts_of, rows
from bekwaam.domain.privacy.reading import Outcome, Part, Reading, Unit
from tests.documents import DOCX, ODP, ODS, ODT, PPTX, XLSX, docx, open_document, pdf_of, pptx, xlsx, zipped

PDF = "application/pdf"
P = "<text:p>{}</text:p>"


def told(content: bytes, media_type: str) -> list[dict[str, Any]]:
    return list(rows(parts_of(io.BytesIO(content), media_type)))


def said(content: bytes, media_type: str) -> list[tuple[str, int, str]]:
    return [
        (str(r["unit"]), r["number"], " ".join(r["text"].split())) for r in told(content, media_type)[:-1]
    ]


READ = {
    "pdf": (
        pdf_of("Dag Kees", "Bel 06-12345678"),
        PDF,
        [("page", 1, "Dag Kees"), ("page", 2, "Bel 06-12345678")],
    ),
    "docx": (
        docx("mevrouw Jansen", "belde", footer="Dorpsstraat 12"),
        DOCX,
        [("body", 1, "mevrouw Jansen belde"), ("margin", 1, "Dorpsstraat 12")],
    ),
    "xlsx": (xlsx(["Naam", "Jansen"], [123456782]), XLSX, [("sheet", 1, "Naam Jansen 123456782")]),
    "pptx": (pptx("Eerst", "Kees"), PPTX, [("slide", 1, "Eerst"), ("slide", 2, "Kees")]),
    "odt": (
        open_document(P.format("Kees<text:tab/>Bakker <text:span>belde</text:span>"), "Mijn werk"),
        ODT,
        [("body", 1, "Kees Bakker belde"), ("margin", 1, "Mijn werk")],
    ),
    "odp": (
        open_document("<page>" + P.format("Een") + "</page><page>" + P.format("Twee") + "</page>"),
        ODP,
        [("slide", 1, "Een"), ("slide", 2, "Twee")],
    ),
    "ods": (open_document("<table>" + P.format("Kees") + "</table>"), ODS, [("sheet", 1, "Kees")]),
}


@pytest.mark.parametrize("kind", READ)
def test_the_text_is_read_with_where_it_stands(kind: str) -> None:
    content, media_type, expected = READ[kind]
    assert said(content, media_type) == expected
    assert told(content, media_type)[-1] == {"end": "read", "partly": False}


ODD = {
    "a scan": (pdf_of("", ""), PDF, "no_text"),
    "a PDF with a password": (pdf_of("Kees", password="geheim"), PDF, "locked"),
    "half a PDF": (pdf_of("Kees")[:300], PDF, "broken"),
    "no PDF at all": (b"%PDF-1.7 dag", PDF, "broken"),
    "an empty document": (docx(""), DOCX, "no_text"),
    "half a document": (docx("Kees")[:120], DOCX, "broken"),
    "no XML": (zipped({"word/document.xml": "<w"}), DOCX, "broken"),
    "entities": (
        zipped({"word/document.xml": '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><x>&c;</x>'}),
        DOCX,
        "broken",
    ),
    "a text that is not there": (zipped({"mimetype": "x"}), ODT, "broken"),
}


@pytest.mark.parametrize("what", ODD)
def test_what_cannot_be_read_is_told_and_no_error(what: str) -> None:
    content, media_type, outcome = ODD[what]
    assert told(content, media_type) == [{"end": outcome, "partly": False}]


def test_what_unpacks_to_more_than_we_read_is_read_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "MEMBER_BYTES", 100_000)
    big = docx("Kees", *["woord " * 10] * 5_000)
    assert len(big) < 100_000
    first, end = told(big, DOCX)
    assert first["text"].startswith("Kees") and end == {"end": "read", "partly": True}


@pytest.mark.parametrize(("most", "read", "partly"), [(100, "abcdefgh", False), (6, "abcdef", True)])
def test_characters_are_bounded(monkeypatch: pytest.MonkeyPatch, most: int, read: str, partly: bool) -> None:
    monkeypatch.setattr(bounds.Bounded.__init__, "__defaults__", (most,))
    parts = [Part(Unit.PAGE, 1, "abcd"), Part(Unit.PAGE, 2, "efgh")]
    *found, end = rows(iter(parts))
    assert "".join(row["text"] for row in found) == read
    assert end == {"end": Outcome.READ, "partly": partly}


def test_pages_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "PAGES", 1)
    assert [row.get("number") for row in told(pdf_of("Een", "Twee"), PDF)] == [1, None]
    assert told(pdf_of("Een", "Twee"), PDF)[-1] == {"end": "read", "partly": True}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (b"", Reading(Outcome.BROKEN)),
        (b'{"unit": "page", "number": 1, "te', Reading(Outcome.BROKEN)),
        (
            b'{"unit": "page", "number": 1, "text": "Kees"}\n{"unit": "pa',
            Reading(Outcome.READ, (Part(Unit.PAGE, 1, "Kees"),), partly=True),
        ),
        (b'{"end": "locked", "partly": false}', Reading(Outcome.LOCKED)),
    ],
)
def test_of_a_reader_that_was_cut_off_what_it_said_counts(lines: bytes, expected: Reading) -> None:
    assert _reading(lines) == expected


def test_a_process_of_its_own_reads_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(docx("Dag Kees"))
    with path.open("rb") as content:
        found = FileTexts().read(content, DOCX)
    assert found.outcome is Outcome.READ and "Dag Kees" in " ".join(found.parts[0].text.split())
