"""The file for research: of whom, what is in it, and what leads back to nobody."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bekwaam.domain.growth.gap import Layer
from bekwaam.domain.teams.analysis import COLUMNS, Form
from bekwaam.domain.teams.members import Share
from bekwaam.services import clock, ports
from bekwaam.services.errors import Refused
from bekwaam.services.teams import analysis
from bekwaam.services.teams.analysis import forget_secrets, take_out, taken_out_with
from bekwaam.services.teams.sharing import chosen_by, stop_sharing
from bekwaam.store.models import AuditEntry, DataExport, Person, Team
from tests.cast import Cast
from tests.services.teams.teams import group, place, rated, shares, team_of

NOW = datetime(2026, 5, 10, 9, tzinfo=UTC)


def agreeing(cast: Cast, people: list[Person], name: str = "Noord") -> Team:
    """Return a team of people who rated themselves once, share that, and agree to research."""
    team = team_of(cast, *people, name=name)
    for one in people:
        rated(one, cast.standard, {"1.1": "vakbekwaam"})
        shares(one, team, Layer.SELF, Share.ANALYSIS)
    return team


def table(cast: Cast) -> list[dict[str, str]]:
    """Return the rows of a file that is taken out now."""
    _row, file = take_out(cast.coordinator, cast.provider, Form.CSV, "nl")
    with zipfile.ZipFile(file) as archive:
        assert archive.namelist() == ["gegevens.csv", "leesmij.md"]
        text = archive.read("gegevens.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_a_row_says_all_that_it_should_and_nothing_of_who_it_is(cast: Cast) -> None:
    with clock.at(NOW):
        people = group(cast, 5)
        team = agreeing(cast, people)
        rated(people[0], cast.standard, {"1.1": "startbekwaam"})
        rows = table(cast)
    assert len(rows) == 6
    assert [list(row) for row in rows] == [[column.name for column in COLUMNS]] * 6
    (again,) = (row for row in rows if row["round"] == "2")
    assert again == {
        "person": again["person"],
        "team": rows[0]["team"],
        "framework": cast.standard.identifier,
        "version": cast.standard.version,
        "unit": "1.1",
        "unit_nl": again["unit_nl"],
        "unit_en": again["unit_en"],
        "cluster": "1",
        "layer": "self",
        "round": "2",
        "value": "startbekwaam",
        "rank": "1",
        "enough": "0",
        "quarter": "2026-Q2",
    }
    said = str(rows)
    for one in people:
        assert one.name not in said and one.email not in said and one.ref not in said
    assert team.ref not in said and team.name not in said
    assert [row["person"] for row in rows] == sorted(row["person"] for row in rows)


def test_of_four_people_there_is_no_file_also_where_a_fifth_has_nothing_to_study(cast: Cast) -> None:
    people = group(cast, 5)
    team = agreeing(cast, people[:4])
    other = team_of(cast, people[4], name="Zuid")
    shares(people[4], other, Layer.SELF, Share.ANALYSIS)
    with pytest.raises(Refused) as refused:
        take_out(cast.coordinator, cast.provider, Form.CSV, "nl")
    assert refused.value.verdict.reason == "too_few_people"
    assert not DataExport.objects.exists() and team is not None


def test_who_did_not_agree_or_shares_no_layer_is_not_in_it(cast: Cast) -> None:
    people = group(cast, 8)
    team = agreeing(cast, people)
    shares(people[0], team, Layer.SELF)
    shares(people[1], team, Share.ANALYSIS)
    stop_sharing(people[2], team.ref)
    assert len({row["person"] for row in table(cast)}) == 5


def test_a_small_team_has_no_code_and_takes_one_along_that_would_give_it_away(cast: Cast) -> None:
    agreeing(cast, group(cast, 6), "Noord")
    agreeing(cast, group(cast, 5, 6), "Oost")
    agreeing(cast, group(cast, 2, 11), "Zuid")
    teams = [row["team"] for row in table(cast)]
    assert teams.count("") == 7 and len(set(teams)) == 2


def test_a_layer_of_four_people_stays_out(cast: Cast) -> None:
    people = group(cast, 5)
    team = agreeing(cast, people)
    for one in people:
        shares(one, team, Layer.SELF, Layer.FEEDBACK, Layer.JUDGEMENT, Share.ANALYSIS)
    assert {row["layer"] for row in table(cast)} == {"self"}


def test_codes_are_the_same_within_a_year_and_others_in_the_next(cast: Cast) -> None:
    with clock.at(NOW):
        agreeing(cast, group(cast, 5))
        codes = [{row["person"] for row in table(cast)} for _twice in range(2)]
    with clock.at(NOW + timedelta(days=300)):
        assert forget_secrets() == 2 and forget_secrets() == 0
        assert not DataExport.objects.exclude(secret="").exists()
        codes.append({row["person"] for row in table(cast)})
        assert forget_secrets() == 0
    assert codes[0] == codes[1] and not codes[0] & codes[2]


def test_who_withdraws_while_the_file_is_made_is_in_no_file(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = group(cast, 6)
    team, write = agreeing(cast, people), analysis._write

    def slowly(*given: object) -> None:
        write(*given)  # type: ignore[arg-type]
        stop_sharing(people[0], team.ref)

    monkeypatch.setattr(analysis, "_write", slowly)
    with pytest.raises(Refused) as refused:
        take_out(cast.coordinator, cast.provider, Form.CSV, "nl")
    assert refused.value.verdict.reason == "changed" and not DataExport.objects.exists()


def test_parquet_says_the_same_with_what_its_columns_mean(cast: Cast) -> None:
    from pyarrow import parquet

    agreeing(cast, group(cast, 5))
    row, file = take_out(cast.coordinator, cast.provider, Form.PARQUET, "nl")
    with zipfile.ZipFile(file) as archive:
        found = parquet.read_table(io.BytesIO(archive.read("gegevens.parquet")))
    same = table(cast)
    assert found.num_rows == row.rows == len(same) == 5
    plain = [{name: analysis._plain(value) for name, value in one.items()} for one in found.to_pylist()]
    assert plain == same
    assert found.schema.field("team").metadata[b"description"] == COLUMNS[1].told.encode()
    assert [field.nullable for field in found.schema] == [column.may_be_empty for column in COLUMNS]
    assert found.schema.metadata[b"bekwaam.fewest"] == b"5"


def test_without_the_library_there_is_a_sentence_and_csv(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    agreeing(cast, group(cast, 5))
    monkeypatch.setattr(type(ports.parquet_tables()), "installed", staticmethod(lambda: False))
    with pytest.raises(Refused) as refused:
        take_out(cast.coordinator, cast.provider, Form.PARQUET, "nl")
    assert "bekwaam[analysis]" in refused.value.verdict.text("nl")
    assert len(table(cast)) == 5


def test_somebody_sees_when_files_were_taken_out_while_they_agreed(cast: Cast) -> None:
    with clock.at(NOW):
        people = group(cast, 6)
        team = agreeing(cast, people)
        table(cast)
    with clock.at(NOW + timedelta(days=1)):
        stop_sharing(people[0], team.ref)
        table(cast)
    stopped, stayed = place(people[0], team), place(people[1], team)
    assert taken_out_with(stopped, chosen_by(stopped).research) == (NOW,)
    assert len(taken_out_with(stayed, chosen_by(stayed).research)) == 2
    assert AuditEntry.objects.filter(code="data.exported").count() == 2


def test_more_people_take_no_more_queries(cast: Cast) -> None:
    counts = []
    for start, number in ((0, 5), (5, 20)):
        agreeing(cast, group(cast, number, start), f"Team {start}")
        table(cast)  # frameworks stay in memory after the first time
        with CaptureQueriesContext(connection) as captured:
            table(cast)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 22


def test_only_who_coordinates_takes_a_file_out(cast: Cast) -> None:
    agreeing(cast, group(cast, 5))
    for person in (cast.guide, cast.auditor, cast.outsider):
        with pytest.raises(Refused):
            take_out(person, cast.provider, Form.CSV, "nl")
