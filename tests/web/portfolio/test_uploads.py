"""Sending a file piece by piece over HTTP, and putting it with a piece."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bekwaam.services.portfolio.own import start_portfolio
from bekwaam.store.models import Evidence, OwnPortfolio, PartialUpload
from tests.cast import Cast
from tests.files import PDF
from tests.web.portfolio.conftest import STORY, text_of

BEGIN = "/portfolio/upload/"


@pytest.fixture
def own(cast: Cast) -> OwnPortfolio:
    """Return the candidate's own portfolio, empty."""
    return start_portfolio(cast.candidate, cast.standard.pk)


def patch(client: Client, ref: str, offset: Any, content: bytes) -> Any:
    return client.patch(
        f"{BEGIN}{ref}/", content, "application/octet-stream", headers={"Upload-Offset": str(offset)}
    )


def send(client: Client, content: bytes = PDF, name: str = "plan.pdf") -> str:
    ref: str = client.post(BEGIN, {"name": name, "size": len(content)}).json()["ref"]
    patch(client, ref, 0, content[:20])
    patch(client, ref, 20, content[20:])
    return ref


def form_of(own: OwnPortfolio, kind: str = "file") -> str:
    return reverse("portfolio:own_evidence_new", args=[own.ref, kind])


def test_a_file_that_came_in_is_put_with_its_piece_once(own: OwnPortfolio, as_candidate: Client) -> None:
    ref = send(as_candidate)
    assert as_candidate.post(form_of(own), {"title": "Plan", "upload": ref}).status_code == 302
    file = Evidence.objects.get().file
    assert file is not None and (file.name, file.size) == ("plan.pdf", len(PDF))
    assert not PartialUpload.objects.exists()
    assert as_candidate.post(form_of(own), {"title": "Nog een", "upload": ref}).status_code == 422


def test_a_fault_elsewhere_in_the_form_does_not_cost_the_file(
    own: OwnPortfolio, as_candidate: Client
) -> None:
    ref = send(as_candidate)
    response = as_candidate.post(form_of(own), {"title": "", "upload": ref})
    page = text_of(response)
    assert response.status_code == 422
    assert f'value="{ref}"' in page and "plan.pdf is binnen" in page
    assert "Kies het bestand opnieuw" not in page
    assert as_candidate.post(form_of(own), {"title": "Plan", "upload": ref}).status_code == 302


def test_a_draft_remembers_the_file_that_came_in(own: OwnPortfolio, as_candidate: Client) -> None:
    ref = send(as_candidate)
    as_candidate.post(f"/concept/evidence:{own.ref}:new:file", {"title": "Half", "upload": ref})
    assert "plan.pdf is binnen" in text_of(as_candidate.get(form_of(own)))


def test_it_is_looked_at_like_any_other_file(own: OwnPortfolio, as_candidate: Client) -> None:
    ref = send(as_candidate, b"<html><script>alert(1)</script></html>")
    response = as_candidate.post(form_of(own), {"title": "Plan", "upload": ref})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["file"]
    assert not Evidence.objects.exists()


def test_half_a_file_is_no_file(own: OwnPortfolio, as_candidate: Client) -> None:
    ref = as_candidate.post(BEGIN, {"name": "plan.pdf", "size": len(PDF)}).json()["ref"]
    patch(as_candidate, ref, 0, PDF[:20])
    response = as_candidate.post(form_of(own), {"title": "Plan", "upload": ref})
    assert list(response.context["form"].errors) == ["file"]


def test_where_we_are_is_told(as_candidate: Client, own: OwnPortfolio) -> None:
    ref = as_candidate.post(BEGIN, {"name": "plan.pdf", "size": len(PDF)}).json()["ref"]
    patch(as_candidate, ref, 0, PDF[:20])
    again = patch(as_candidate, ref, 0, PDF[:20])
    assert (again.status_code, again.json()) == (409, {"received": 20})
    assert as_candidate.get(f"{BEGIN}{ref}/").json()["received"] == 20
    for odd in ("", "x", "-1", "²", "9" * 30):
        assert patch(as_candidate, ref, odd, b"x").status_code == 409


@pytest.mark.parametrize("size", ["", "x", "-1", "²", "9" * 30, "0"])
def test_an_odd_size_gets_a_sentence(as_candidate: Client, size: str) -> None:
    response = as_candidate.post(BEGIN, {"name": "plan.pdf", "size": size})
    assert response.status_code == 422
    assert "plan.pdf" in response.json()["error"]


def test_nobody_else_gets_at_it(cast: Cast, own: OwnPortfolio, as_candidate: Client, log_in: Any) -> None:
    ref = send(as_candidate)
    for other in (log_in(cast.guide), log_in(cast.operator)):
        assert other.get(f"{BEGIN}{ref}/").status_code == 404
        assert patch(other, ref, 0, b"x").status_code == 404
        assert other.delete(f"{BEGIN}{ref}/").status_code == 204  # as if it were not there
    assert Client().get(f"{BEGIN}{ref}/").status_code == 401
    assert Client().post(BEGIN, {"name": "a.pdf", "size": "1"}).status_code == 401
    assert PartialUpload.objects.count() == 1
    assert as_candidate.delete(f"{BEGIN}{ref}/").status_code == 204
    assert not PartialUpload.objects.exists()


def test_a_kind_that_has_no_file_takes_none(own: OwnPortfolio, as_candidate: Client) -> None:
    ref = send(as_candidate)
    as_candidate.post(form_of(own, "story"), {**STORY, "upload": ref})
    assert Evidence.objects.get().file is None
