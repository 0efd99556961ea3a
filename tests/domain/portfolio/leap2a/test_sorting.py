"""What becomes of a portfolio of another system: the place of each entry, and nothing lost on the way."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bekwaam.domain.portfolio.evidence import MAX_TEXT, check_dates, check_evidence, open_parts
from bekwaam.domain.portfolio.kinds import EvidenceKind as Kind
from bekwaam.domain.portfolio.leap2a.finds import Find, Sorted
from bekwaam.domain.portfolio.leap2a.places import Way, way_of
from bekwaam.domain.portfolio.leap2a.reading import read_leap2a
from bekwaam.domain.portfolio.leap2a.sorting import sort_leap
from tests.exports import ELSEWHERE, MAHARA, entry, feed

TODAY = date(2026, 3, 1)


def sorted_of(xml: bytes) -> Sorted:
    return sort_leap(read_leap2a(xml), TODAY, "nl")


def by_title(xml: bytes) -> dict[str, Find]:
    return {find.title: find for find in sorted_of(xml).finds}


def test_each_entry_of_mahara_has_its_place() -> None:
    found = sorted_of(MAHARA)
    assert [(find.kind.value, find.title) for find in found.finds] == [
        ("story", "Eerste inloopmiddag"),
        ("story", "Nog niet af"),
        ("file", "De muur die we samen schilderden (muur.png)"),
        ("file", "activiteitenplan herfst.pdf"),
        ("employment", "Activiteitenbegeleider, Buurthuis De Verzinning"),
        ("diploma", "Sociaal-cultureel werk"),
        ("story", "Bij: Sociaal-cultureel werk"),
        ("diploma", "Bedrijfshulpverlening"),
        ("product", "Koken met de straat"),
        ("employment", "Vereniging van Verzonnen Buren"),
        ("story", "Persoonlijke doelen"),
        ("story", "Plan voor het voorjaar"),
        ("story", "Over mij"),
    ]
    assert [(left.title, left.reason) for left in found.left] == [
        ("Mijn stagepagina", "page"),
        ("Bijlagen", "folder"),
        ("Feedback", "others"),
        ("Noor Verzonnen", "profile"),
    ]


def test_what_an_entry_says_stands_where_it_belongs() -> None:
    found = by_title(MAHARA)
    story = found["Eerste inloopmiddag"]
    assert story.dated_on == date(2016, 9, 28)
    assert story.texts["situation"].startswith("Vandaag stond ik zelf aan de deur.")
    assert story.texts["situation"].endswith(
        "Uit het dagboek: Stage in het buurthuis\nHoort erbij: muur.png\nTrefwoorden: inloop, samen koken"
    )
    assert set(story.texts) == {"situation"}
    job = found["Activiteitenbegeleider, Buurthuis De Verzinning"]
    assert (job.dated_on, job.until) == (date(2014, 9, 1), date(2016, 12, 31))
    assert job.texts == {
        "employer": "Buurthuis De Verzinning",
        "function": "Activiteitenbegeleider",
        "own_part": "Ik hield de agenda van het buurthuis bij.\n\nPeriode: 1 september 2014 – zomer 2016",
    }
    diploma = found["Sociaal-cultureel werk"]
    assert diploma.texts == {"issuer": "Verzonnen College", "level": "mbo 4; 2010 – 03-07-2013"}
    assert diploma.dated_on == date(2013, 7, 3)
    assert found["Bij: Sociaal-cultureel werk"].texts == {"situation": "Met een half jaar stage."}
    assert found["Koken met de straat"].texts == {
        "made_for": "Een receptenboekje voor de buurt.",
        "own_part": "Samensteller",
    }
    assert found["Plan voor het voorjaar"].texts["situation"].splitlines()[2:] == [
        "- Praten met de school (klaar, voor 2017-02-01)",
        "- Spelavond",
        "  Met een eigen spel.",
    ]


def test_what_is_left_open_is_only_what_nobody_told() -> None:
    found = by_title(MAHARA)
    lacking = {
        find.title: open_parts(find.kind, find.texts, find.dated_on, has_file=find.file is not None)
        for find in found.values()
    }
    assert lacking["Eerste inloopmiddag"] == ("Task", "Action", "Result", "Reflection")
    assert lacking["Activiteitenbegeleider, Buurthuis De Verzinning"] == ()
    assert lacking["Sociaal-cultureel werk"] == ()
    assert lacking["Bedrijfshulpverlening"] == ("Who gave it",)
    assert lacking["Koken met de straat"] == ("File",)
    assert lacking["activiteitenplan herfst.pdf"] == ()


def test_a_portfolio_without_a_word_of_mahara_has_its_places_too() -> None:
    found = by_title(ELSEWHERE)
    kinds = {title: find.kind for title, find in found.items()}
    assert kinds == {
        "Werk bij de Verzonnen Stichting, Verzonnen Stichting": Kind.EMPLOYMENT,
        "Gesprek met mijn begeleider": Kind.STORY,
        "Mijn verslag": Kind.FILE,
        "Filmpje over de buurtmoestuin": Kind.LINK,
    }
    report = found["Mijn verslag"].file
    assert report is not None
    assert (report.path, report.name) == ("verslagen/mijn%20verslag.pdf", "mijn verslag.pdf")
    assert found["Filmpje over de buurtmoestuin"].texts["url"] == "https://film.example.org/moestuin"


@pytest.mark.parametrize(
    "href",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "files/../../geheim.pdf",
        "files/%2e%2e/%2e%2e/geheim.pdf",
        "..\\geheim.pdf",
        "file:///etc/passwd",
        "ftp://example.org/a.pdf",
        "C:\\geheim.pdf",
        "data:text/html,x",
    ],
)
def test_a_file_outside_the_export_is_not_fetched(href: str) -> None:
    link = f'<link rel="enclosure" href="{href}"/>'
    found = sorted_of(feed(entry("Plan", "resource", "file", link, text="")))
    assert (found.finds, [left.reason for left in found.left]) == ((), ["outside"])
    with_text = sorted_of(feed(entry("Dag", inside=link)))
    assert [find.kind for find in with_text.finds] == [Kind.STORY]
    assert [left.reason for left in with_text.left] == ["outside"]


def test_a_file_of_a_diploma_goes_with_it() -> None:
    link = '<link rel="related" href="portfolio:scan.pdf"/>'
    scan = '<link rel="enclosure" href="files/3-scan.pdf"/>'
    found = sorted_of(
        feed(
            entry("scan.pdf", "resource", "file", scan, text=""),
            entry("Diploma", "achievement", "pseudo:certification", link, text=""),
        )
    )
    (diploma,) = found.finds
    assert diploma.kind is Kind.DIPLOMA
    assert diploma.file is not None and diploma.file.name == "scan.pdf"


def test_a_text_longer_than_a_field_is_parted_and_whole() -> None:
    paragraphs = [f"Alinea {number} " + "woord " * 300 for number in range(30)]
    html = "".join(f"&lt;p&gt;{one}&lt;/p&gt;" for one in paragraphs)
    xml = feed(
        f'<title>Lang</title><content type="html">{html}</content><rdf:type rdf:resource="leap2:entry"/>'
    )
    found = sorted_of(xml).finds
    assert [find.title for find in found] == ["Lang (1/3)", "Lang (2/3)", "Lang (3/3)"]
    assert all(len(find.texts["situation"]) <= MAX_TEXT for find in found)
    said = " ".join(find.texts["situation"] for find in found).split()
    assert said == " ".join(paragraphs).split()


ODD: dict[str, tuple[str, list[tuple[str, str]], list[str]]] = {
    "no title": (entry("", text="Ik ging op pad met een hele groep jonge mensen"), [
        ("story", "Ik ging op pad met een hele groep")], []),
    "nothing in it": (entry("Leeg", text=""), [], ["empty"]),
    "a type nobody knows": (entry("Raar", "unicorn", "eenhoorn"), [("story", "Raar")], []),
    "a link with a password": (
        entry("Site", "resource", inside='<link rel="via" href="https://a:b@x.example/"/>'), [], ["secret"]),
    "an employer without work": (entry("Stichting", "organization", text=""), [], ["empty"]),
    "an employer with words": (entry("Stichting", "organization"), [("story", "Stichting")], []),
    "a task without a plan": (entry("Bellen", "plan", "task"), [("story", "Bellen")], []),
    "a journal with words": (entry("Dagboek", "selection", "blog"), [("story", "Dagboek")], []),
    "work that is still to begin": (
        entry("Baan", "activity", "pseudo:employmenthistory",
              '<leap2:date leap2:point="start" leap2:label="2031"/>'), [("employment", "Baan")], []),
    "work that ended before it began": (
        entry("Baan", "activity", "pseudo:employmenthistory",
              '<leap2:date leap2:point="start">2015-01-01</leap2:date>'
              '<leap2:date leap2:point="end">2014-01-01</leap2:date>'), [("employment", "Baan")], []),
}  # fmt: skip


@pytest.mark.parametrize(("inside", "finds", "left"), ODD.values(), ids=ODD.keys())
def test_odd_entries_come_along_or_are_named(
    inside: str, finds: list[tuple[str, str]], left: list[str]
) -> None:
    found = sorted_of(feed(inside))
    assert [(find.kind.value, find.title) for find in found.finds] == finds
    assert [one.reason for one in found.left] == left


@pytest.mark.parametrize("xml", [MAHARA, ELSEWHERE, *(feed(one[0]) for one in ODD.values())])
def test_whatever_comes_along_can_stand_in_a_portfolio(xml: bytes) -> None:
    for find in sorted_of(xml).finds:
        faults = check_evidence(find.kind, find.title, find.texts, has_file=find.file is not None)
        days = check_dates(find.kind, find.dated_on, find.until, TODAY)
        assert {fault.reason for fault in (*faults, *days)} <= {"empty"}


def test_two_entries_of_one_name_both_come_along() -> None:
    found = sorted_of(feed(entry("Dag", text="Een"), entry("Dag", text="Twee")))
    assert [find.texts["situation"] for find in found.finds] == ["Een", "Twee"]
    assert len({find.key for find in found.finds}) == 2


SELECTIONS: dict[str, Any] = {"Blog": Way.PART, "Folder": Way.FOLDER, "Grouping": Way.PART, "": Way.PAGE}


@pytest.mark.parametrize(("kind", "way"), SELECTIONS.items())
def test_a_selection_of_another_system_is_what_it_says(kind: str, way: Way) -> None:
    category = f'<category term="{kind}" scheme="categories:selection_type#"/>' if kind else ""
    (found,) = read_leap2a(feed(entry("Map", "selection", inside=category))).entries
    assert way_of(found) is way
