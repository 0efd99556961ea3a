"""Small documents with text in them, as office programs and PDF makers write them, good and bad."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from openpyxl import Workbook
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."
DOCX, XLSX, PPTX = (
    OFFICE + kind
    for kind in ("wordprocessingml.document", "spreadsheetml.sheet", "presentationml.presentation")
)
ODT, ODS, ODP = (OPEN + kind for kind in ("text", "spreadsheet", "presentation"))
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_T = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'


def zipped(members: Mapping[str, str]) -> bytes:
    """Return a zip with these members."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return target.getvalue()


def docx(*paragraphs: str, footer: str = "") -> bytes:
    """Return a Word document; a word at a time, as Word often has it."""
    runs = ("".join(f"<w:r><w:t>{word} </w:t></w:r>" for word in one.split(" ")) for one in paragraphs)
    body = "".join(f"<w:p>{run}</w:p>" for run in runs)
    members = {"word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'}
    if footer:
        members["word/footer1.xml"] = (
            f'<w:ftr xmlns:w="{_W}"><w:p><w:r><w:t>{footer}</w:t></w:r></w:p></w:ftr>'
        )
    return zipped(members)


def pptx(*slides: str) -> bytes:
    """Return a PowerPoint presentation."""
    return zipped(
        {
            f"ppt/slides/slide{number}.xml": f'<p xmlns:a="{_A}"><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p>'
            for number, text in enumerate(slides, start=1)
        }
    )


def xlsx(*rows: list[str | int]) -> bytes:
    """Return an Excel workbook with one sheet."""
    book, target = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(target)
    return target.getvalue()


def open_document(body: str, margin: str = "") -> bytes:
    """Return a document of LibreOffice; ``body`` is what stands in its content, as XML."""
    members = {"content.xml": f"<body {_T}>{body}</body>"}
    if margin:
        members["styles.xml"] = f"<styles {_T}><text:p>{margin}</text:p></styles>"
    return zipped(members)


def pdf_of(*pages: str, password: str = "") -> bytes:
    """Return a PDF with a line of text on each page; an empty one is like a scan."""
    writer, target = PdfWriter(), io.BytesIO()
    for text in pages:
        page = writer.add_blank_page(400, 400)
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode("latin-1") if text else b"")
        page[NameObject("/Contents")] = writer._add_object(stream)
    if password:
        writer.encrypt(password, algorithm="AES-256")
    writer.write(target)
    return target.getvalue()
