"""Bringing in a portfolio from Mahara, as somebody does it on the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bekwaam.services.portfolio.own import start_portfolio
from bekwaam.store.models import Evidence, OwnPortfolio, PartialUpload, Person
from tests.cast import Cast
from tests.exports import entry, feed, packed, upload
from tests.web.portfolio.conftest import text_of

MOST_QUERIES = 12
MOST_BYTES = 150_000
START = "/portfolio/uit-mahara/"


@pytest.fixture
def own(cast: Cast) -> OwnPortfolio:
    """Return the candidate's own portfolio, empty."""
    return start_portfolio(cast.candidate, cast.standard.pk)


def send(client: Client, content: bytes | None = None, name: str = "export.zip") -> Any:
    return client.post(START, {"file": upload(packed() if content is None else content, name)})


def keys(page: Any) -> list[str]:
    return [row.key for row in page.context["rows"]]


def test_from_an_export_to_evidence(own: OwnPortfolio, as_candidate: Client) -> None:
    for name in ("own_dossier", "own_evidence_kinds"):
        assert START in text_of(as_candidate.get(reverse(f"portfolio:{name}", args=[own.ref])))
    assert "Zo kom je aan je export" in text_of(as_candidate.get(START))
    address = send(as_candidate).headers["Location"]
    page = as_candidate.get(address)
    assert len(keys(page)) == 13 and text_of(page).count(" checked") == 13
    assert "Een pagina zelf komt niet mee" in text_of(page) and "Mijn stagepagina" in text_of(page)
    assert not Evidence.objects.exists()
    after = as_candidate.post(address, {"pieces": keys(page)[:3]}, follow=True)
    assert "Er zijn 3 stukken binnengekomen in je portfolio." in text_of(after)
    assert "nog leeg: taak, actie, resultaat, reflectie" in text_of(after)
    assert len(keys(after)) == 10
    story = Evidence.objects.get(title="Eerste inloopmiddag")
    piece = reverse("portfolio:own_evidence", args=[own.ref, story.ref])
    assert piece in text_of(after)
    assert "Vandaag stond ik zelf aan de deur." in text_of(as_candidate.get(piece))
    done = as_candidate.post(address, {"forget": ""}, follow=True)
    assert "De export is weggegooid" in text_of(done)
    assert not PartialUpload.objects.exists() and Evidence.objects.count() == 3
    assert as_candidate.get(address).status_code == 404


def test_nothing_that_was_ticked_is_lost_when_a_file_is_refused(
    own: OwnPortfolio, as_candidate: Client
) -> None:
    bad = entry("a.docx", "resource", "file", '<link rel="enclosure" href="a.docx"/>', text="")
    content = packed(feed(entry("Een"), entry("Twee"), bad), {"a.docx": b"PK\x03\x04nee"})
    address = send(as_candidate, content).headers["Location"]
    page = as_candidate.post(address, {"pieces": ["1.t1", "3.0"]})
    assert page.status_code == 422
    assert [row.ticked for row in page.context["rows"]] == [True, False, True]
    assert 'href="#piece-3.0"' in text_of(page) and 'id="piece-3.0"' in text_of(page)
    assert "a.docx eindigt op .docx" in text_of(page)
    assert not Evidence.objects.exists()
    assert as_candidate.post(address, {"pieces": ["1.t1"]}).status_code == 302
    nothing = as_candidate.post(address, {})
    assert (nothing.status_code, Evidence.objects.count()) == (422, 1)


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (None, "", "Kies een bestand."),
        (b"", "export.zip", "export.zip is leeg"),
        (b"PK\x03\x04half", "export.zip", "geen heel zip-bestand"),
        (b"<html/>", "leap2a.xml", "geen portfolio in Leap2A"),
        (b"<feed>\n<entry>", "leap2a.xml", "regel 2"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(
    own: OwnPortfolio, as_candidate: Client, content: bytes | None, name: str, sentence: str
) -> None:
    page = as_candidate.post(START, {}) if content is None else send(as_candidate, content, name)
    assert page.status_code == 422
    assert sentence in text_of(page)


def test_what_stands_in_an_export_is_never_run(own: OwnPortfolio, as_candidate: Client) -> None:
    evil = "&lt;script&gt;alert(1)&lt;/script&gt;"
    xml = feed(entry(f"{evil} <b/>titel", text=f"woord {evil}"), entry(evil, "selection"))
    xml = xml.replace(b"<b/>", b"&lt;img src=x onerror=alert(2)&gt;")
    page = as_candidate.get(send(as_candidate, packed(xml, {})).headers["Location"])
    assert "alert(" not in text_of(page)


def test_whoever_has_no_portfolio_yet_chooses_one_first(cast: Cast, as_candidate: Client) -> None:
    for page in (as_candidate.get(START), send(as_candidate)):
        assert "Kies eerst waar je je portfolio naast legt" in text_of(page)
        assert 'type="file"' not in text_of(page)
    assert not PartialUpload.objects.exists()


def test_nobody_else_gets_at_an_export(
    cast: Cast, own: OwnPortfolio, as_candidate: Client, log_in: Callable[[Person], Client]
) -> None:
    address = send(as_candidate).headers["Location"]
    start_portfolio(cast.guide, cast.standard.pk)
    guide = log_in(cast.guide)
    assert guide.get(address).status_code == 404
    assert guide.post(address, {"pieces": ["3.t1"]}).status_code == 404
    guide.post(address, {"forget": ""})
    assert as_candidate.get(address).status_code == 200
    assert Client().get(address).status_code == 302


def test_the_pages_take_few_queries_and_weigh_little_however_much_there_is(
    own: OwnPortfolio, as_candidate: Client
) -> None:
    entries = [entry(f"Dag {number}", text="Een hele dag werk. " * 30) for number in range(130)]
    address = send(as_candidate, packed(feed(*entries), {})).headers["Location"]
    for number in (100, 30):
        with CaptureQueriesContext(connection) as captured:
            page = as_candidate.get(address)
        assert len(captured) <= MOST_QUERIES
        assert len(page.content) < MOST_BYTES
        assert len(keys(page)) == number
        as_candidate.post(address, {"pieces": keys(page)})
    with CaptureQueriesContext(connection) as captured:
        as_candidate.get(START)
    assert len(captured) <= MOST_QUERIES
    assert Evidence.objects.count() == 130
