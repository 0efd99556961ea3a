"""A mail on paper: twice the same words, and nothing in it that somebody could smuggle in."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

from bekwaam.adapters.mail import render
from bekwaam.domain.mail.paper import Wording

WORDS = Wording(
    language="nl",
    subject="Traject 2026-0001",
    greeting="Hallo Samira,",
    lines=("Je kunt verder.",),
    items=("Eén", "Twee"),
    before_link="Je vindt het hier:",
    link="https://evc.example.nl/agenda/?a=1&b=2",
    link_label="Bekwaam openen",
    after_link="Eerste regel\nTweede regel",
    closing=("Met vriendelijke groet,", "EVC Huis"),
)


class Reader(HTMLParser):
    """Reads what a person reads, and which tags and links there are."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.tags: list[str] = []
        self.links: list[str] = []
        self.languages: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        if tag == "a":
            self.links.append(str(given["href"]))
        if "lang" in given:
            self.languages.add(str(given["lang"]))

    def handle_data(self, data: str) -> None:
        self.said += [line.strip() for line in data.splitlines() if line.strip()]


def test_text_and_html_say_the_same() -> None:
    paper = render(WORDS)
    read = Reader(paper.html)
    plain = [line.removeprefix("- ") for line in paper.text.splitlines() if line]
    said = [line for line in read.said if line not in (WORDS.subject, WORDS.link_label)]
    assert said == plain
    assert read.links == [WORDS.link]


def test_the_html_says_its_language_and_needs_no_pictures_tables_or_scripts() -> None:
    read = Reader(render(WORDS).html)
    assert read.languages == {"nl"}
    assert not {"img", "table", "script", "style", "link"} & set(read.tags)


def test_what_somebody_is_called_cannot_become_a_tag() -> None:
    html = render(replace(WORDS, greeting="Hallo <script>alert(1)</script>,", closing=('"><b>',))).html
    assert "<script" not in html and "<b>" not in html


def test_what_is_empty_leaves_no_gap() -> None:
    paper = render(Wording("en", "Subject", "Hello,", closing=("Kind regards, Bekwaam",)))
    assert paper.text == "Hello,\n\nKind regards, Bekwaam\n"
    assert Reader(paper.html).links == []


def test_a_word_after_no_link_stands_by_itself() -> None:
    paper = render(replace(WORDS, before_link="", link="", items=()))
    assert "Je kunt verder.\n\nEerste regel\nTweede regel\n\nMet" in paper.text
