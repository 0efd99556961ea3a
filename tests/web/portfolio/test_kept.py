"""A browser hears that a form arrived only when it did."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

from bekwaam.store.models import Procedure
from tests.web.portfolio.conftest import STORY, url

COPY = "bekwaam-draft 7 /concept/dossier:abc:new:story/"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({**STORY, "_draft": COPY}, COPY),
        (STORY, None),
        ({**STORY, "title": "", "_draft": COPY}, None),  # refused: the form comes back
        ({**STORY, "_draft": "iets; Path=/"}, None),
        ({**STORY, "_draft": COPY + "\r\nSet-Cookie: x=1"}, None),
    ],
)
def test_only_a_form_that_was_taken_in_is_named(
    open_portfolio: Procedure,
    as_candidate: Client,
    given: dict[str, Any],
    told: str | None,
) -> None:
    response = as_candidate.post(url("evidence_new", open_portfolio, "story"), given)
    cookie = response.cookies.get("bekwaam_kept")
    assert (unquote(cookie.value) if cookie else None) == told
    page = as_candidate.get(reverse("home")).content.decode()
    assert ("kept.js" in page) == bool(told)


def test_a_form_sent_while_logged_out_is_not_named(open_portfolio: Procedure) -> None:
    response = Client().post(url("evidence_new", open_portfolio, "story"), {**STORY, "_draft": COPY})
    assert response.status_code == 302
    assert "bekwaam_kept" not in response.cookies
