"""Numbers above teams: never about fewer than five, also not beside those of before."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bekwaam.domain.growth.gap import Layer
from bekwaam.services.errors import Refused
from bekwaam.services.teams.reports import ALL, from_plain, make_report, may_be_shown, newest_report
from bekwaam.services.teams.sharing import stop_sharing
from bekwaam.store.models import Person, Team
from tests.cast import Cast
from tests.services.teams.teams import group, rated, shares, team_of


def sharing(cast: Cast, people: list[Person], name: str = "Noord") -> Team:
    team = team_of(cast, *people, name=name)
    for place, one in enumerate(people):
        rated(one, cast.standard, {"1.1": "vakbekwaam" if place % 2 else "startbekwaam"})
        shares(one, team, Layer.SELF)
    return team


@pytest.mark.parametrize(
    ("teams", "shown"),
    [
        ({"a": "12345"}, [ALL, "a"]),
        ({"a": "1234"}, []),
        ({"a": "12345", "b": "678"}, ["a"]),
        ({"a": "12345", "b": "678", "c": "90"}, [ALL, "a"]),
        ({"a": "12345", "b": "123456"}, ["a"]),
        ({"a": "12345", "b": "67890"}, [ALL, "a", "b"]),
        ({"a": "12345", "b": "1234567890"}, [ALL, "a", "b"]),
    ],
)
def test_only_sets_are_shown_that_single_out_nobody(teams: dict[str, str], shown: list[str]) -> None:
    assert list(may_be_shown({name: frozenset(people) for name, people in teams.items()})) == shown


def test_four_people_give_no_report_and_five_do(cast: Cast) -> None:
    people = group(cast, 5)
    team = sharing(cast, people[:4])
    with pytest.raises(Refused) as refused:
        make_report(cast.coordinator, cast.provider, cast.standard, Layer.SELF)
    assert refused.value.verdict.reason == "too_few_people"
    other = sharing(cast, people, name="Zuid")
    make_report(cast.coordinator, cast.provider, cast.standard, Layer.SELF, per_team=True)
    found = newest_report(cast.provider, cast.standard, Layer.SELF, per_team=True)
    assert found is not None and found.sizes == {ALL: 5, other.ref: 5} and team.ref not in found.sizes
    for numbers in found.bands.values():
        assert all(band.people >= 5 for bands in numbers.values() for band in bands)


def test_a_next_report_that_would_tell_of_one_person_is_refused(cast: Cast) -> None:
    people = group(cast, 7)
    team = sharing(cast, people)
    make_report(cast.coordinator, cast.provider, cast.standard, Layer.SELF)
    stop_sharing(people[0], team.ref)
    with pytest.raises(Refused) as refused:
        make_report(cast.coordinator, cast.provider, cast.standard, Layer.SELF)
    assert refused.value.verdict.reason == "set_apart"


def test_everybody_together_can_be_told_in_more_detail_than_small_teams(cast: Cast) -> None:
    for start in (0, 6):
        sharing(cast, group(cast, 6, start), name=f"Team {start}")
    told = {}
    for per_team in (True, False):
        make_report(cast.coordinator, cast.provider, cast.standard, Layer.SELF, per_team=per_team)
        found = newest_report(cast.provider, cast.standard, Layer.SELF, per_team=per_team)
        assert found is not None
        told[per_team] = [(band.values[0], band.people) for band in found.bands[ALL]["1.1"]]
    assert told == {True: [("none", 12)], False: [("none", 6), ("vakbekwaam", 6)]}


def test_who_shares_another_layer_is_not_counted(cast: Cast) -> None:
    sharing(cast, group(cast, 5))
    with pytest.raises(Refused):
        make_report(cast.coordinator, cast.provider, cast.standard, Layer.JUDGEMENT)


def test_more_people_take_no_more_queries(cast: Cast) -> None:
    counts = []
    for start, number in ((0, 5), (5, 10)):
        sharing(cast, group(cast, number, start), name=f"Team {start}")
        with CaptureQueriesContext(connection) as captured:
            make_report(cast.coordinator, cast.provider, cast.standard, Layer.SELF)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 14


def test_only_who_coordinates_makes_a_report(cast: Cast) -> None:
    for person in (cast.guide, cast.auditor, cast.outsider):
        with pytest.raises(Refused):
            make_report(person, cast.provider, cast.standard, Layer.SELF)


def test_a_set_read_by_itself_is_shown_as_it_is_in_the_whole(cast: Cast) -> None:
    team = sharing(cast, group(cast, 6), "Noord")
    sharing(cast, group(cast, 6, 6), "Zuid")
    row = make_report(cast.coordinator, cast.provider, cast.standard, Layer.SELF, per_team=True)
    whole = from_plain(row.document)
    for name in (ALL, team.ref):
        by_itself = from_plain(row.document, only=name)
        assert [one for one, _people in by_itself.sets] == [name]
        assert by_itself.size(name) == whole.size(name) and by_itself.shown(name) == whole.shown(name)
    assert len(from_plain(row.document, only=team.ref).crowds) == 1 < len(whole.crowds)
