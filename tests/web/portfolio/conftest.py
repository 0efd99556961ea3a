"""Pages of a dossier, as somebody sees them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bekwaam.store.models import Person, Procedure
from tests.cast import Cast, Point

STORY = {
    "title": "Buurtkamer weer open",
    "situation": "De buurtkamer sloot.",
    "task": "Ik zocht uit wat bewoners wilden.",
    "action": "Ik ging langs de deuren.",
    "result": "De buurtkamer is weer open.",
    "reflection": "Ik begon een volgende keer eerder.",
    "dated_on": "2025-03-14",
    "context": "Wijkteam Noord",
}


@pytest.fixture
def open_portfolio(cast: Cast) -> Procedure:
    """Return a procedure whose candidate is collecting; nothing is in it yet."""
    return cast.bring_to(Point.CONSENTED)


@pytest.fixture
def as_candidate(cast: Cast, log_in: Callable[[Person], Client]) -> Client:
    """Return the candidate's browser."""
    return log_in(cast.candidate)


@pytest.fixture
def as_guide(cast: Cast, log_in: Callable[[Person], Client]) -> Client:
    """Return the guide's browser."""
    return log_in(cast.guide)


def url(name: str, procedure: Procedure, *rest: str) -> str:
    """Return an address of this room."""
    return reverse(f"portfolio:{name}", args=[procedure.ref, *rest])


def text_of(response: Any) -> str:
    """Return the page."""
    body: str = response.content.decode()
    return body
