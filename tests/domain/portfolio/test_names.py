"""Whose names stand in a document beside its text: found where programs put them, in every kind."""

from __future__ import annotations

import io

import pikepdf
import pytest

from bekwaam.domain.portfolio.names import MOST_NAMES, NameRole, names_in_office, names_in_pdf

CORE = (
    "<cp:coreProperties><dc:creator>Jan &amp; Els de Vries</dc:creator>"
    "<cp:lastModifiedBy>Fatima Çelik</cp:lastModifiedBy><dc:title>Plan</dc:title></cp:coreProperties>"
)
APP = "<Properties><Company>Stichting Voorbeeld</Company><Manager></Manager><Pages>3</Pages></Properties>"
META = "<meta:initial-creator>Jan</meta:initial-creator><dc:creator>Els</dc:creator>"


@pytest.mark.parametrize(
    ("member", "content", "expected"),
    [
        ("docProps/core.xml", CORE, [("author", "Jan & Els de Vries"), ("changed", "Fatima Çelik")]),
        ("docProps/app.xml", APP, [("organisation", "Stichting Voorbeeld")]),
        ("meta.xml", META, [("author", "Jan"), ("changed", "Els")]),
        ("word/comments.xml", '<w:comment w:id="0" w:author="Nel" w:date="x">', [("comment", "Nel")]),
        ("word/people.xml", '<w15:person w15:author="Nel">', [("comment", "Nel")]),
        ("xl/persons/person.xml", '<person displayName="Nel" id="{1}"/>', [("comment", "Nel")]),
        ("xl/comments1.xml", "<authors><author>Nel</author></authors>", [("comment", "Nel")]),
        ("ppt/commentAuthors.xml", '<p:cmAuthor id="1" name="Nel"/>', [("comment", "Nel")]),
        ("docProps/core.xml", "<dc:creator> </dc:creator>", []),
        ("docProps/core.xml", "<dc:creator>onaf", []),
        ("docProps/core.xml", "\x00\x01<<<>>>", []),
        ("word/document.xml", CORE, []),  # the text is the owner's own business
    ],
)
def test_names_in_office_documents(member: str, content: str, expected: list[tuple[str, str]]) -> None:
    found = names_in_office(lambda name: content.encode() if name == member else b"")
    assert [(one.role.value, one.name) for one in found] == expected


def test_each_name_is_told_once_and_not_hundreds() -> None:
    many = "".join(f'<w:comment w:author="Nel {n}">' * 3 for n in range(50))
    found = names_in_office(lambda name: many.encode() if name == "word/comments.xml" else b"")
    assert len(found) == len(set(found)) == MOST_NAMES


def pdf(author: str, *, xmp: bool) -> bytes:
    target = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        if xmp:
            with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
                metadata["dc:creator"] = [author]
        else:
            document.docinfo["/Author"] = author
        document.save(target, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return target.getvalue()


@pytest.mark.parametrize("piece", [50, 100_000])
@pytest.mark.parametrize("xmp", [True, False])
@pytest.mark.parametrize("author", ["Jan de Vries", "Fatima Çelik", "Ja(n) \\ Els", "Łukasz"])
def test_the_author_of_a_pdf_as_another_library_writes_it(author: str, xmp: bool, piece: int) -> None:
    content = pdf(author, xmp=xmp)
    found = names_in_pdf(content[at : at + piece] for at in range(0, len(content), piece))
    assert [(one.role, one.name) for one in found] == [(NameRole.AUTHOR, author)]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7 geen namen",
        b"/Author ()",
        b"/Author (\x01\x02\x9f)",
        b"/Author <zz>",
        b"/Author (onaf",
    ],
)
def test_what_has_no_readable_name_tells_nothing(content: bytes) -> None:
    assert names_in_pdf([content]) == ()
