"""Samples for tests."""

from __future__ import annotations

from datetime import timedelta

from bekwaam.domain.auditing.sampling import Criteria, Dated
from bekwaam.domain.procedures.states import State
from bekwaam.services import clock
from bekwaam.services.auditing.sampling import announce_sample, draw_sample
from bekwaam.store.models import Sample
from tests.cast import Cast


def criteria(**changed: object) -> Criteria:
    """Return criteria that every dossier begun this week fits."""
    today = clock.today()
    usual = {
        "dated": Dated.STARTED,
        "start": today - timedelta(days=3),
        "end": today + timedelta(days=3),
        "standard": "",
        "states": tuple(State),
        "number": 10,
    }
    return Criteria(**{**usual, **changed})  # type: ignore[arg-type]


def drawn(cast: Cast, **changed: object) -> Sample:
    """Let the auditor announce and draw a sample."""
    sample = announce_sample(cast.auditor, cast.provider, criteria(**changed))
    return draw_sample(cast.auditor, cast.provider, sample.ref, "dobbelstenen")
