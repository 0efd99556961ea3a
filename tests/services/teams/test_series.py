"""Kept reports one after another: read in one query, of everybody or of one team, without who was counted."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bekwaam.domain.growth.gap import Layer
from bekwaam.domain.teams.aggregates import Band
from bekwaam.services import clock
from bekwaam.services.teams.reports import make_report
from bekwaam.services.teams.series import series
from bekwaam.store.models import Person, Team
from tests.cast import Cast
from tests.services.teams.teams import group, rated, shares, team_of


def sharing(cast: Cast, people: list[Person], name: str) -> Team:
    team = team_of(cast, *people, name=name)
    for one in people:
        rated(one, cast.standard, {"1.1": "startbekwaam"})
        shares(one, team, Layer.SELF)
    return team


def test_a_team_that_grew_is_seen_to_grow(cast: Cast) -> None:
    people = group(cast, 12)
    team = sharing(cast, people, "Noord")
    make_report(cast.coordinator, cast.provider, cast.standard, Layer.SELF, per_team=True)
    with clock.at(clock.now() + timedelta(days=90)):
        for one in people[:6]:
            rated(one, cast.standard, {"1.1": "vakbekwaam"})
        make_report(cast.coordinator, cast.provider, cast.standard, Layer.SELF, per_team=True)
    for name in (team.ref, ""):
        with CaptureQueriesContext(connection) as captured:
            found = series(cast.provider, cast.standard, Layer.SELF, name)
        assert len(captured) == (1 if name else 2)
        assert [one.people for one in found.moments] == [12, 12]
        first, second = (one.bands["1.1"] for one in found.moments)
        assert sum(band.people for band in first) == 12 and len(first) == 1
        assert second == (Band(("none", "startbekwaam"), 6), Band(("vakbekwaam", "vakvolwassen"), 6))


def test_everybody_together_is_read_from_the_reports_that_tell_most(cast: Cast) -> None:
    sharing(cast, group(cast, 6), "Noord")
    sharing(cast, group(cast, 6, 6), "Zuid")
    for per_team in (False, True):
        make_report(cast.coordinator, cast.provider, cast.standard, Layer.SELF, per_team=per_team)
    with CaptureQueriesContext(connection) as captured:
        found = series(cast.provider, cast.standard, Layer.SELF)
    assert len(captured) == 1 and [one.people for one in found.moments] == [12]


def test_what_was_never_shown_is_in_no_series(cast: Cast) -> None:
    sharing(cast, group(cast, 6), "Noord")
    small = sharing(cast, group(cast, 3, 6), "Zuid")
    make_report(cast.coordinator, cast.provider, cast.standard, Layer.SELF, per_team=True)
    assert series(cast.provider, cast.standard, Layer.SELF, small.ref).moments == ()
    assert series(cast.provider, cast.standard, Layer.JUDGEMENT).moments == ()
