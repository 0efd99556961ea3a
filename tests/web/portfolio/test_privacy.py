"""Marks on the screen: seen after saving, replaced at one click, and named once more before handing in."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bekwaam.domain.portfolio.kinds import EvidenceKind
from bekwaam.services.portfolio.evidence import add_evidence
from bekwaam.services.portfolio.given import EvidenceInput
from bekwaam.store.models import Evidence, Procedure
from tests.cast import story
from tests.documents import docx
from tests.web.portfolio.conftest import text_of, url


@pytest.fixture
def piece(open_portfolio: Procedure) -> Evidence:
    given = story("Bij mevrouw Jansen thuis", ["1.1"])
    return add_evidence(open_portfolio.candidate, open_portfolio, given)


def test_a_mark_is_shown_replaced_and_gone(
    open_portfolio: Procedure, as_candidate: Client, piece: Evidence
) -> None:
    page = as_candidate.get(url("evidence", open_portfolio, piece.ref)).content.decode()
    assert "<mark>mevrouw Jansen</mark>" in page
    sent = {
        "field": "title",
        "start": "4",
        "text": "mevrouw Jansen",
        "instead": "een buurvrouw",
        "replace": "yes",
    }
    response = as_candidate.post(url("mark", open_portfolio, piece.ref), sent, follow=True)
    assert "<mark>" not in response.content.decode()
    piece.refresh_from_db()
    assert piece.title == "Bij een buurvrouw thuis"


def test_before_handing_in_the_pieces_are_named(
    open_portfolio: Procedure, as_candidate: Client, piece: Evidence
) -> None:
    page = as_candidate.get(url("hand_in", open_portfolio))
    assert url("evidence", open_portfolio, piece.ref) in page.content.decode()
    assert "wie iemand is" in text_of(page)
    as_candidate.post(
        url("mark", open_portfolio, piece.ref), {"field": "title", "text": "mevrouw Jansen", "keep": "yes"}
    )
    assert "wie iemand is" not in text_of(as_candidate.get(url("hand_in", open_portfolio)))


@pytest.mark.parametrize(
    "sent",
    [{}, {"start": "veel"}, {"start": "9" * 12, "text": "x"}, {"field": "title", "start": "0", "text": "X"}],
)
def test_what_does_not_fit_is_refused_with_a_sentence(
    open_portfolio: Procedure, as_candidate: Client, piece: Evidence, sent: dict[str, str]
) -> None:
    response = as_candidate.post(url("mark", open_portfolio, piece.ref), sent)
    assert response.status_code == 403 and "veranderd" in text_of(response)
    piece.refresh_from_db()
    assert piece.title == "Bij mevrouw Jansen thuis"


def test_marks_are_for_the_writer_and_not_for_the_guide(
    open_portfolio: Procedure, as_guide: Client, piece: Evidence
) -> None:
    page = as_guide.get(url("evidence", open_portfolio, piece.ref)).content.decode()
    assert "Jansen" in page and "<mark>" not in page


@pytest.fixture
def filed(open_portfolio: Procedure, django_capture_on_commit_callbacks: Any) -> Evidence:
    """Return a piece with a file that was looked into."""
    given = EvidenceInput(EvidenceKind.FILE, "Verslag", ties={"1.1": ""})
    content = docx("Dag mevrouw Jansen", "06-12345678")
    with django_capture_on_commit_callbacks(execute=True):
        file = SimpleUploadedFile("verslag.docx", content)
        return add_evidence(open_portfolio.candidate, open_portfolio, given, file)  # type: ignore[arg-type]


def test_what_is_in_a_file_is_shown_and_let_stand(
    open_portfolio: Procedure, as_candidate: Client, filed: Evidence
) -> None:
    address = url("evidence", open_portfolio, filed.ref)
    page = text_of(as_candidate.get(address))
    assert "<mark>mevrouw Jansen</mark>" in page and "in de tekst" in page
    assert f'{url("evidence", open_portfolio, filed.ref)}">Verslag</a> (2)' in text_of(
        as_candidate.get(url("hand_in", open_portfolio))
    )
    mark = url("mark", open_portfolio, filed.ref)
    as_candidate.post(mark, {"field": "file", "text": "mevrouw Jansen", "keep": "yes"})
    page = text_of(as_candidate.get(address))
    assert "<mark>mevrouw Jansen" not in page and "<mark>06-12345678</mark>" in page
    assert filed.file is not None
    as_candidate.post(mark, {"file": filed.file.sha256, "keep_file": "yes"})
    assert "<mark>" not in text_of(as_candidate.get(address))
    assert "wie iemand is" not in text_of(as_candidate.get(url("hand_in", open_portfolio)))


def test_while_it_is_looked_at_the_pages_say_so_and_nothing_waits_for_it(
    open_portfolio: Procedure, as_candidate: Client
) -> None:
    given = EvidenceInput(EvidenceKind.FILE, "Verslag", ties={"1.1": ""})
    file = SimpleUploadedFile("verslag.docx", docx("mevrouw Jansen"))
    piece = add_evidence(open_portfolio.candidate, open_portfolio, given, file)  # type: ignore[arg-type]
    assert "verslag.docx wordt nog bekeken" in text_of(
        as_candidate.get(url("evidence", open_portfolio, piece.ref))
    )
    assert "1 stuk zoeken we nog" in text_of(as_candidate.get(url("hand_in", open_portfolio)))
    handed = as_candidate.post(url("hand_in", open_portfolio), follow=True)
    assert "ingeleverd" in text_of(handed)


def test_an_installation_that_finds_no_names_says_so(
    open_portfolio: Procedure, as_candidate: Client, piece: Evidence
) -> None:
    for address in (url("evidence", open_portfolio, piece.ref), url("hand_in", open_portfolio)):
        assert "Namen zonder" in text_of(as_candidate.get(address))
