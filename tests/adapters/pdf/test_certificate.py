"""The certificate's paper: lasting, readable by everyone, and literally what was decided."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from itertools import pairwise
from typing import Any

import pikepdf
import pytest

from bekwaam.adapters.pdf import render_certificate
from bekwaam.adapters.pdf.unprintable import printable, refused_characters
from bekwaam.domain.certificates.paper import CertificateDocument, WordsOnPaper
from bekwaam.frameworks.library import load_builtin
from bekwaam.frameworks.model import Framework
from tests.adapters.pdf.reading import opened, page_texts, squeezed
from tests.papers import paper
from tests.standards import indicator_standard, small_standard

SHORT = {"2.3": "startbekwaam", "4.1": None, "7.3": None}
HOSTILE = [
    '#panic("x") #sys.inputs #set text(size: 0pt)',
    "$x^2$ @ref <label> *bold* _cursive_ `raw` \\ // not a remark /* nor this */",
    "[x] {y} = Kop - lijst + 1. ~ -- --- ...",
    "\"dubbel\" 'enkel' «zo» „laag” O'Neill",
    "سميرة العمراني",
    "Łukasz Ștefănescu Ώ Жанна e\u0301",
    "</desc><script> &amp; %PDF-1.4 endstream",
]


@pytest.fixture(scope="module")
def mbo() -> Framework:
    return load_builtin("evc-sociaal-werker-mbo")


@pytest.fixture(scope="module")
def met(mbo: Framework) -> CertificateDocument:
    return paper(mbo, SHORT, life_domains=("L1", "L6"), recommendations={"4.1": "Zoek een maatje."})


def whole(document: CertificateDocument) -> str:
    return "\n".join(page_texts(render_certificate(document)))


def said(text: str, document: str) -> bool:
    return squeezed(text) in squeezed(document)


def tags(pdf: bytes) -> list[tuple[str, str]]:
    """The structure tree in reading order: kind and alternative text of every tag."""
    found: list[tuple[str, str]] = []

    def walk(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for entry in node:
                walk(entry)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append((str(node.S), str(node.get("/Alt", ""))))
            walk(node.get("/K"))

    with opened(pdf) as document:
        walk(document.Root.StructTreeRoot.K)
    return found


def test_it_declares_itself_pdf_a_3a_and_pdf_ua_1(met: CertificateDocument) -> None:
    with opened(render_certificate(met)) as pdf, pdf.open_metadata() as meta:
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "A")
        assert meta["pdfuaid:part"] == "1"
        assert pdf.Root.MarkInfo.Marked and pdf.Root.ViewerPreferences.DisplayDocTitle
        assert "/OutputIntents" in pdf.Root


@pytest.mark.parametrize(
    ("number", "sentence"), [(40, "zijn die van <b>De Bond</b>"), (7, "Van de 40 teksten")]
)
def test_it_says_whose_words_it_is_in_and_since_when(mbo: Framework, number: int, sentence: str) -> None:
    words = WordsOnPaper("<b>De Bond</b>", "EVC Huis Noord", date(2026, 3, 3), number, 40)
    text = whole(paper(mbo, words=words, standard_sha256="ab" * 32))
    assert said(sentence, text) and said("EVC Huis Noord gebruikt ze sinds 3 maart 2026", text)
    assert said("ab" * 32, text)


def test_it_says_nothing_of_words_that_are_as_published(met: CertificateDocument) -> None:
    assert not said("gebruikt ze sinds", whole(met))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_says_its_language_title_maker_and_day(mbo: Framework, language: str) -> None:
    with opened(render_certificate(paper(mbo, language=language))) as pdf:
        assert str(pdf.Root.Lang) == language
        assert str(pdf.docinfo["/Title"]).endswith("2026-7KQ4-XM2P")
        assert str(pdf.docinfo["/Author"]) == "EVC Huis Noord"
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20260414")


def test_its_headings_go_down_one_level_at_a_time(met: CertificateDocument) -> None:
    levels = [int(kind[2:]) for kind, _ in tags(render_certificate(met)) if re.fullmatch(r"/H\d", kind)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert levels.count(4) == 21


def test_the_wheel_has_words_and_tables_have_headers(met: CertificateDocument) -> None:
    found = tags(render_certificate(met))
    (alternative,) = [alt for kind, alt in found if kind == "/Figure"]
    assert "vakbekwaam: 18" in alternative
    assert [kind for kind, _ in found].count("/TH") == 8


def test_every_font_is_in_it_and_nothing_reaches_outside(met: CertificateDocument) -> None:
    with opened(render_certificate(met)) as pdf:
        entries = [entry for entry in pdf.objects if isinstance(entry, pikepdf.Dictionary)]
        fonts = [set(entry.keys()) for entry in entries if entry.get("/Type") == "/FontDescriptor"]
        assert fonts and all({"/FontFile2", "/FontFile3"} & keys for keys in fonts)
        assert not any({"/URI", "/JS", "/Launch", "/GoToR"} & set(entry.keys()) for entry in entries)


@pytest.mark.parametrize(
    ("language", "stages", "says", "says_not"),
    [
        ("nl", SHORT, "De standaard is gehaald", "De standaard is niet gehaald"),
        ("en", SHORT, "The standard has been met", "The standard has not been met"),
        (
            "nl",
            {**SHORT, "1.1": None, "1.2": None},
            "De standaard is niet gehaald",
            "De standaard is gehaald",
        ),
        (
            "en",
            {**SHORT, "1.1": None, "1.2": None},
            "The standard has not been met",
            "The standard has been met",
        ),
    ],
)
def test_the_first_page_says_unmistakably_whether_the_standard_was_met(
    mbo: Framework, language: str, stages: dict[str, str | None], says: str, says_not: str
) -> None:
    document = paper(mbo, stages, language=language)
    first, *others = page_texts(render_certificate(document))
    assert said(says, first)
    assert not any(said(says_not, page) for page in [first, *others])
    assert said(document.rule.explanation[0].text, first)
    for text in (document.candidate, document.number, document.provider, *document.assessors):
        assert said(text, first)


def test_everything_that_was_found_stands_on_it(met: CertificateDocument) -> None:
    text = whole(met)
    for unit in (*met.units, *met.judged_domains):
        for part in (unit.code, unit.title, unit.observed, unit.why, unit.recommendation, *unit.pointers):
            assert said(part, text), part
        assert all(said(piece.title, text) for piece in unit.evidence)
    for line in met.rule.explanation:
        assert said(line.text, text)
    session = met.sessions[0]
    for part in (met.rule.sentence, met.purpose, session.place, session.present, session.identity):
        assert said(part, text), part
    assert met.standard.sha256 in squeezed(text) and met.snapshot_sha256 in squeezed(text)
    assert said("2 maart 2026", text) and said("14 april 2026", text)


def test_every_page_says_whose_it_is_and_which_of_how_many(met: CertificateDocument) -> None:
    pages = page_texts(render_certificate(met))
    for number, page in enumerate(pages, start=1):
        assert said(f"pagina {number} van {len(pages)}", page)
        assert said(met.number, page) and said(met.candidate, page)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_typed_comes_out_as_they_typed_it(text: str) -> None:
    document = paper(
        small_standard(),
        {"1.1": None},
        candidate=text,
        provider=text,
        number=text,
        texts=(text, text),
        recommendations={"1.1": text},
    )
    found = whole(document)
    found = unicodedata.normalize("NFC", squeezed(found))
    text = unicodedata.normalize("NFC", squeezed(text))
    if any(unicodedata.bidirectional(char) == "AL" for char in text):
        assert set(text) <= set(found)  # from right to left the glyphs stand in another order
    else:
        assert found.count(text) >= 10
    assert "[U+" not in found


@pytest.mark.parametrize(
    "text", ["Ik 😀 lachte", "漢字", "\x00\x07", "\ue000", "\U0010ffff", "\ud800", "👩‍👩‍👧", "a\u202eb"]
)
def test_what_cannot_be_printed_is_written_as_its_number_and_said_so(text: str) -> None:
    found = whole(paper(small_standard(), candidate=text, texts=(text, text)))
    odd = [char for char in text if char != "\u200d" and (char < " " or not char.isascii())]
    assert all(f"[U+{ord(char):04X}]" in squeezed(found) for char in odd)
    assert said("nummer in Unicode", found)


def test_a_word_without_end_stays_on_the_paper() -> None:
    word = "Zeer" + "langwerkwoord" * 40
    pdf = render_certificate(paper(small_standard(), candidate=word, texts=(word, word), assessors=(word,)))
    assert squeezed("\n".join(page_texts(pdf))).count(squeezed(word)) >= 4
    with opened(pdf) as document:
        assert len(document.pages) < 20


def test_ends_of_lines_in_a_reason_stay() -> None:
    pages = whole(paper(small_standard(), texts=("Eerst dit.\r\n\r\nToen dat.", "Dus.")))
    assert "Eerst dit.\n" in pages and "Toen dat.\n" in pages


def test_the_same_certificate_gives_the_same_bytes(mbo: Framework) -> None:
    first, second = (render_certificate(paper(mbo, SHORT)) for _ in range(2))
    assert first == second
    assert first != render_certificate(paper(mbo, {**SHORT, "1.1": None}))


def test_long_reasons_run_on_over_pages_and_are_all_there(mbo: Framework) -> None:
    reason = " ".join(f"woord{number}" for number in range(300))
    pages = page_texts(render_certificate(paper(mbo, SHORT, texts=(reason, reason))))
    assert squeezed("".join(pages)).count("woord299") == 42
    assert len(pages) > 15


def test_a_short_finding_is_not_torn_over_two_pages(mbo: Framework) -> None:
    reason = "Dit is een reden van een paar regels die laat zien waarom het genoeg is. " * 4
    pages = page_texts(render_certificate(paper(mbo, SHORT, texts=(f"Begin. {reason}", f"{reason} Einde."))))
    assert all(squeezed(page).count("Begin.") == squeezed(page).count("Einde.") for page in pages)


def test_a_standard_of_indicators_gets_its_paper_too() -> None:
    text = whole(paper(indicator_standard(), {"A1.vb1": None, "A1.vb2": None}, language="en"))
    assert said("The standard has not been met", text)
    assert said("A6.vb5", text)


def test_an_address_to_check_stands_on_it_only_when_there_is_one() -> None:
    address = "https://voorbeeld.example/c/2026-7KQ4"
    assert said(address, whole(paper(small_standard(), check_url=address)))
    assert "https" not in whole(paper(small_standard()))


def test_text_fit_for_paper_loses_nothing_else() -> None:
    kept = {"a": ["Één é ç – “x” 1\n2", 3, None, True]}
    assert printable(kept) == kept
    assert printable("a\tb\r\nc\u2028d", frozenset("c")) == "a b\n[U+0063]\nd"


def test_typst_names_the_characters_that_it_refuses() -> None:
    told = 'the text `"\\u{0}漢"` could not be displayed with font x; contains the codepoint `"\\u{e000}"`'
    assert refused_characters(told) == frozenset("\x00漢\ue000")
