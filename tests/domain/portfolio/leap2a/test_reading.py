"""Leap2A read: what there is, and a sentence for what cannot be read."""

from __future__ import annotations

from datetime import date

import pytest

from bekwaam.domain.portfolio.leap2a import reading
from bekwaam.domain.portfolio.leap2a.days import when
from bekwaam.domain.portfolio.leap2a.model import NotReadable
from bekwaam.domain.portfolio.leap2a.plain import plain_html, plain_text
from bekwaam.domain.portfolio.leap2a.reading import read_leap2a
from tests.exports import ELSEWHERE, MAHARA, entry, feed

ENTITY = b'<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY x SYSTEM "file:///etc/passwd">]><feed>&x;</feed>'
SWELLING = b'<!DOCTYPE f [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><feed>&b;</feed>'
OUTSIDE_DTD = b'<!DOCTYPE feed SYSTEM "http://example.org/feed.dtd"><feed/>'
NEWS = b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Nieuws</title></entry></feed>'

BROKEN = {
    "nothing": (b"", "broken"),
    "no xml": (b"%PDF-1.7 nee", "broken"),
    "cut off": (MAHARA[:4000], "broken"),
    "an entity from elsewhere": (ENTITY, "unsafe"),
    "entities that swell": (SWELLING, "unsafe"),
    "a document type from elsewhere": (OUTSIDE_DTD, "unsafe"),
    "an encoding nobody knows": (b'<?xml version="1.0" encoding="klingon"?><feed/>', "encoding"),
    "other xml": (b"<html><body/></html>", "no_feed"),
    "a feed of news": (NEWS, "no_leap"),
}


@pytest.mark.parametrize(("data", "reason"), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_no_portfolio_gets_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(NotReadable) as caught:
        read_leap2a(data)
    assert caught.value.fault.reason == reason


def test_damage_is_told_with_its_place() -> None:
    with pytest.raises(NotReadable) as caught:
        read_leap2a(feed(entry("Goed")) + b"<nog>")
    assert caught.value.fault.values == {"line": 6, "column": 128}
    assert "regel 6" in caught.value.fault.text("nl")


def test_too_much_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_ENTRIES", 1)
    with pytest.raises(NotReadable, match="too_many"):
        read_leap2a(feed(entry("Een"), entry("Twee")))
    monkeypatch.setattr(reading, "MAX_XML", 10)
    with pytest.raises(NotReadable, match="too_large"):
        read_leap2a(MAHARA)


def test_an_entry_of_mahara_is_read_whole() -> None:
    found = read_leap2a(MAHARA)
    post = next(one for one in found.entries if one.title == "Eerste inloopmiddag")
    assert (found.generator, post.leap, post.mahara) == ("Mahara", "entry", "blogpost")
    assert (post.published, post.tags) == (date(2016, 9, 28), ("inloop", "samen koken"))
    assert post.text.splitlines()[2:6] == [
        "Wat ik deed:",
        "",
        "- koffie zetten",
        "- een praatje maken met wie alleen binnenkwam",
    ]
    book = next(one for one in found.entries if one.leap == "publication")
    assert (book.role, book.dates["end"].first) == ("Samensteller", date(2016, 5, 20))
    task = next(one for one in found.entries if one.title == "Praten met de school")
    assert (task.done, task.dates["target"].first) == (True, date(2017, 2, 1))


def test_the_older_namespaces_and_full_addresses_are_read_too() -> None:
    job = read_leap2a(ELSEWHERE).entries[0]
    assert (job.title, job.leap) == ("Werk bij de Verzonnen Stichting", "activity")
    assert job.categories == {"life_area": "Work"}
    assert [link.rel for link in job.links] == ["supported_by"]
    assert job.dates["end"].first == date(2013, 12, 31)


HTML = {
    "<p>Een</p><p>Twee</p>": "Een\n\nTwee",
    "Een<br>twee<br/>drie": "Een\ntwee\ndrie",
    "<div>Een</div><div>twee</div>": "Een\ntwee",
    "<ol><li>Een<ul><li>binnen</li></ul></li><li>Twee</li></ol>na": "1. Een\n  - binnen\n2. Twee\n\nna",
    "<ul><li><p>Een</p></li><li><p>Twee</p></li></ul>": "- Een\n- Twee",
    "A <b>vet</b>  en\n<i>schuin</i>": "A vet en schuin",
    "<h2>Kop</h2>tekst": "Kop\n\ntekst",
    "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>": "a | b\nc",
    "Kijk <a href='https://x.example'>hier</a>.": "Kijk hier (https://x.example).",
    "<a href='https://x.example/'>https://x.example</a>": "https://x.example",
    "<a href='javascript:alert(1)'>klik</a>": "klik",
    "<img src='x' alt='een muur' onerror='alert(1)'>": "[een muur]",
    "<iframe src='https://film.example/1'></iframe>": "(https://film.example/1)",
    "<script>alert(1)</script>na<style>p{}</style>": "na",
    "3 &lt; 4 &amp; 5&nbsp;m": "3 < 4 & 5 m",
    "&lt;script&gt;x": "<script>x",
    "</ul></a></li>los": "los",
    "nul &#0; en &#1; weg": "nul \ufffd en weg",
}


@pytest.mark.parametrize(("html", "text"), HTML.items(), ids=range(len(HTML)))
def test_html_becomes_plain_text(html: str, text: str) -> None:
    assert plain_html(html) == text


def test_tags_in_what_is_said_to_be_plain_go_too() -> None:
    assert plain_text("<p>Een</p><p>twee</p>") == "Een\n\ntwee"
    assert plain_text("ik was < 20\r\nen > 10\n\n\n\nklaar ") == "ik was < 20\nen > 10\n\nklaar"


def test_depth_costs_nothing() -> None:
    deep = "<div>" * 20_000 + "diep" + "</div>" * 20_000
    assert plain_html(deep) == "diep"
    inside = f'<div xmlns="http://www.w3.org/1999/xhtml">{deep}</div>'
    xml = feed(f'<title>x</title><content type="xhtml">{inside}</content>')
    assert read_leap2a(xml).entries[0].text == "diep"


DAYS = {
    "2015-09-01": ("2015-09-01", "2015-09-01"),
    "2015-09-01T10:00:00+02:00": ("2015-09-01", "2015-09-01"),
    "1-9-2015": ("2015-09-01", "2015-09-01"),
    "01/09/2015": ("2015-09-01", "2015-09-01"),
    "09/25/2015": ("2015-09-25", "2015-09-25"),
    "1 september 2015": ("2015-09-01", "2015-09-01"),
    "September 1, 2015": ("2015-09-01", "2015-09-01"),
    "mrt 2012": ("2012-03-01", "2012-03-31"),
    "02-2012": ("2012-02-01", "2012-02-29"),
    "2012": ("2012-01-01", "2012-12-31"),
    "zomer 2012": ("2012-01-01", "2012-12-31"),
    "2012-2014": None,
    "31-02-2012": None,
    "13-13-2012": None,
    "heden": None,
    "": None,
    "0000": None,
    "99999": None,
}


@pytest.mark.parametrize(("written", "days"), DAYS.items())
def test_days_are_read_as_people_write_them(written: str, days: tuple[str, str] | None) -> None:
    found = when(written)
    assert found.said == written
    expected = tuple(date.fromisoformat(day) for day in days) if days else (None, None)
    assert (found.first, found.last) == expected
