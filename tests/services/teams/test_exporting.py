"""Large files for research: made in the background, handed over while all still agree, gone after a day."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bekwaam.domain.growth.gap import Layer
from bekwaam.domain.teams.analysis import Form
from bekwaam.domain.teams.members import Share
from bekwaam.services import clock, ports
from bekwaam.services.errors import NotFound, Refused
from bekwaam.services.keeping import forget_what_was_left
from bekwaam.services.teams import analysis, exporting
from bekwaam.services.teams.exporting import ask, asked_for, forget_old, is_large, make, open_file
from bekwaam.services.teams.jobs import ask_export_soon
from bekwaam.services.teams.sharing import stop_sharing
from bekwaam.store.models import DataExport, ExportRequest, Person, Team
from tests.cast import Cast
from tests.services.teams.teams import group, place, rated, shares, team_of

NOW = datetime(2026, 5, 10, 9, tzinfo=UTC)


@pytest.fixture
def people(cast: Cast) -> list[Person]:
    """Six people in a team who rated themselves, share that, and agree to research."""
    some = group(cast, 6)
    team = team_of(cast, *some)
    for one in some:
        rated(one, cast.standard, {"1.1": "vakbekwaam"})
        shares(one, team, Layer.SELF, Share.ANALYSIS)
    return some


def asked(cast: Cast, form: Form = Form.CSV) -> ExportRequest:
    return ask(cast.coordinator, cast.provider, form, "nl")[0]


def ready(cast: Cast) -> ExportRequest:
    row = asked(cast)
    make(row.ref)
    row.refresh_from_db()
    return row


def kept(key: str) -> bool:
    try:
        ports.files().open(key).close()
    except FileNotFoundError:
        return False
    return True


def team_with(person: Person) -> Team:
    return Team.objects.get(members__person=person)


def test_a_file_is_large_where_more_people_agreed_than_are_waited_for(
    cast: Cast, people: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "MOST_NOW", 6)
    assert not is_large(cast.provider)
    monkeypatch.setattr(exporting, "MOST_NOW", 5)
    assert is_large(cast.provider)


def test_what_is_asked_for_is_made_by_the_worker_and_recorded_once(
    cast: Cast, people: list[Person], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        row = ask_export_soon(cast.coordinator, cast.provider, Form.CSV, "nl")
    (one,) = asked_for(cast.provider)
    assert (one.ref, one.ready, one.waits, one.done, one.total, one.fault) == (row.ref, True, False, 6, 6, "")
    _row, file = open_file(cast.coordinator, cast.provider, row.ref)
    with file, zipfile.ZipFile(file) as archive:
        assert archive.namelist() == ["gegevens.csv", "leesmij.md"]
        assert archive.read("gegevens.csv").count(b"\r\n") == 7
    make(row.ref)
    assert DataExport.objects.count() == 1


def test_how_far_it_is_shows_while_it_is_made(
    cast: Cast, people: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    record = analysis._record

    def look(*given: Any) -> Any:
        (one,) = asked_for(cast.provider)
        seen.append((one.waits, one.done, one.total))
        return record(*given)

    monkeypatch.setattr(analysis, "_record", look)
    ready(cast)
    assert seen == [(True, 6, 6)]


def test_asked_for_twice_it_is_made_once_and_again_where_nothing_came_of_it_for_an_hour(
    cast: Cast, people: list[Person]
) -> None:
    with clock.at(NOW):
        first, fresh = ask(cast.coordinator, cast.provider, Form.CSV, "nl")
        again = ask(cast.coordinator, cast.provider, Form.CSV, "nl")
        other, _fresh = ask(cast.coordinator, cast.provider, Form.PARQUET, "nl")
    with clock.at(NOW + timedelta(minutes=61)):
        _later, anew = ask(cast.coordinator, cast.provider, Form.CSV, "nl")
    assert fresh and again == (first, False) and other != first and anew


@pytest.mark.parametrize("leaves", [True, False])
def test_where_somebody_withdrew_since_the_file_is_thrown_away(
    cast: Cast, people: list[Person], leaves: bool
) -> None:
    row = ready(cast)
    assert kept(row.key)
    team = team_with(people[0])
    if leaves:
        stop_sharing(people[0], team.ref)
    else:
        shares(people[0], team, Share.ANALYSIS)
    with pytest.raises(Refused) as refused:
        open_file(cast.coordinator, cast.provider, row.ref)
    assert refused.value.verdict.reason == "changed"
    forget_what_was_left()
    assert not kept(row.key) and not ExportRequest.objects.exists()


def test_who_agreed_later_or_leaves_another_layer_alone_changes_nothing(
    cast: Cast, people: list[Person]
) -> None:
    row = ready(cast)
    (new,) = group(cast, 1, 6)
    team = team_of(cast, new, name="Zuid")
    shares(new, team, Layer.SELF, Share.ANALYSIS)
    shares(people[0], team_with(people[0]), Layer.SELF, Share.ANALYSIS, Share.PLAN)
    open_file(cast.coordinator, cast.provider, row.ref)[1].close()
    assert place(new, team).pk


def test_too_few_people_is_told_and_there_is_no_file(cast: Cast, people: list[Person]) -> None:
    row = asked(cast)
    for one in people[:2]:
        stop_sharing(one, team_with(one).ref)
    make(row.ref)
    (one_,) = asked_for(cast.provider)
    assert "Minder dan 5 mensen" in one_.fault and not one_.waits and not one_.ready
    with pytest.raises(NotFound):
        open_file(cast.coordinator, cast.provider, row.ref)


def test_what_nobody_foresaw_is_told_too(
    cast: Cast, people: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*given: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(analysis, "_write", breaks)
    row = asked(cast)
    with pytest.raises(OSError, match="no space left"):
        make(row.ref)
    assert asked_for(cast.provider)[0].fault == "Het maken van het bestand is niet gelukt. Vraag het opnieuw."
    assert not DataExport.objects.exists()


def test_after_a_day_it_is_gone_with_its_file(cast: Cast, people: list[Person]) -> None:
    with clock.at(NOW):
        row = ready(cast)
    with clock.at(NOW + timedelta(hours=23)):
        assert forget_old() == 0
        open_file(cast.coordinator, cast.provider, row.ref)[1].close()
    with clock.at(NOW + timedelta(hours=24)):
        with pytest.raises(NotFound):
            open_file(cast.coordinator, cast.provider, row.ref)
        assert asked_for(cast.provider) == () and forget_old() == 1
    forget_what_was_left()
    assert not kept(row.key) and not ExportRequest.objects.exists()


def test_what_was_forgotten_while_it_was_made_leaves_no_file(
    cast: Cast, people: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = asked(cast)
    keys = []
    store = type(ports.files())
    put = store.put

    def late(self: Any, chunks: Any) -> Any:
        ExportRequest.objects.all().delete()
        found = put(self, chunks)
        keys.append(found[0])
        return found

    monkeypatch.setattr(store, "put", late)
    make(row.ref)
    forget_what_was_left()
    assert len(keys) == 1 and not kept(keys[0])


def test_only_who_coordinates_here_asks_for_it_or_takes_it(cast: Cast, people: list[Person]) -> None:
    row = ready(cast)
    for person in (cast.guide, cast.auditor, cast.outsider):
        with pytest.raises(Refused):
            ask(person, cast.provider, Form.CSV, "nl")
        with pytest.raises(Refused):
            open_file(person, cast.provider, row.ref)
