"""An organisation beside the sector: only who takes part counts and sees it, and only of kept reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.growth.gap import Layer
from bekwaam.services import clock
from bekwaam.services.errors import Refused
from bekwaam.services.teams.jobs import report_on_sector
from bekwaam.services.teams.sector import (
    beside_sector,
    choose_benchmark,
    how_many_take_part,
    make_sector_report,
    make_sector_reports,
    takes_part,
    waits_for,
)
from bekwaam.store.models import AuditEntry, Membership, Provider, SectorReport, TeamReport
from tests.cast import Cast

NOW = datetime(2026, 5, 10, 9, tzinfo=UTC)


def reported(cast: Cast, provider: Provider, able: int, people: int, at: datetime = NOW) -> TeamReport:
    """Return a kept report of an organisation over everybody: ``able`` of ``people`` at what 1.1 asks."""
    bands = [[["none", "startbekwaam"], people - able], [["vakbekwaam", "vakvolwassen"], able]]
    who = [f"{provider.pk}-{number}" for number in range(people)]
    document = {"sets": [["", who]], "crowds": [{"people": who, "bands": [["1.1", bands]]}]}
    return TeamReport.objects.create(
        provider=provider,
        standard=cast.standard,
        layer=Layer.SELF,
        per_team=False,
        document=document,
        made_at=at,
    )


def organisations(cast: Cast, number: int, start: int = 0) -> list[Provider]:
    """Return organisations that take part, with a report of ten people of whom six are at what is asked."""
    found = []
    for one in range(start, start + number):
        provider = Provider.objects.create(name=f"Huis {one}", registered_at=NOW)
        Membership.objects.create(
            person=cast.coordinator, provider=provider, role=Role.COORDINATOR, since=NOW
        )
        choose_benchmark(cast.coordinator, provider, given=True)
        reported(cast, provider, 6, 12)
        found.append(provider)
    return found


def made(cast: Cast, at: datetime) -> SectorReport | None:
    with clock.at(at):
        return make_sector_report(cast.standard, Layer.SELF)


def counted(row: SectorReport | None) -> Sequence[str]:
    return sorted(part[0] for part in row.document["units"][0][1]) if row else []


def test_five_that_take_part_give_numbers_and_four_do_not(cast: Cast) -> None:
    with clock.at(NOW):
        four = organisations(cast, 4)
        assert (waits_for(cast.standard, Layer.SELF), make_sector_reports()) == (1, 0)
        (fifth,) = organisations(cast, 1, 4)
        reported(cast, Provider.objects.create(name="Doet niet mee", registered_at=NOW), 12, 12)
        assert (waits_for(cast.standard, Layer.SELF), how_many_take_part()) == (0, 5)
        report_on_sector.enqueue()
        found = beside_sector(fifth, cast.standard, Layer.SELF)
    assert found is not None
    (unit,) = found.units
    assert (unit.unit, unit.percent, unit.organisations) == ("1.1", 50, 5)
    assert unit.own is not None and (unit.own.low, unit.own.people) == (6, 12)
    assert counted(SectorReport.objects.get()) == sorted(one.ref for one in [*four, fifth])
    assert AuditEntry.objects.filter(code="sector.reported").count() == 1


def test_there_is_one_report_a_quarter_and_the_next_is_not_there_for_one_newcomer(cast: Cast) -> None:
    with clock.at(NOW):
        before = organisations(cast, 5)
    assert made(cast, NOW) and made(cast, NOW + timedelta(days=20)) is None
    with clock.at(NOW):
        organisations(cast, 1, 5)
    later = NOW + timedelta(days=90)
    assert counted(made(cast, later)) == sorted(one.ref for one in before)


def test_who_stops_is_in_no_next_report_and_cannot_be_worked_out_from_it(cast: Cast) -> None:
    with clock.at(NOW):
        found = organisations(cast, 8)
        assert counted(make_sector_report(cast.standard, Layer.SELF)) == sorted(one.ref for one in found)
        choose_benchmark(cast.coordinator, found[0], given=False)
        assert not takes_part(found[0])
    assert made(cast, NOW + timedelta(days=90)) is None
    with clock.at(NOW):
        for one in found[1:3]:
            choose_benchmark(cast.coordinator, one, given=False)
    assert counted(made(cast, NOW + timedelta(days=90))) == sorted(one.ref for one in found[3:])


def test_a_report_whose_bands_do_not_give_the_number_counts_for_nothing(cast: Cast) -> None:
    with clock.at(NOW):
        first, *_rest = organisations(cast, 5)
        row = reported(cast, first, 6, 12, NOW + timedelta(hours=1))
        row.document["crowds"][0]["bands"] = [["1.1", [[["none", "startbekwaam", "vakbekwaam"], 12]]]]
        row.save()
    assert made(cast, NOW + timedelta(hours=2)) is None


def test_a_report_of_more_than_a_year_ago_counts_no_more(cast: Cast) -> None:
    with clock.at(NOW):
        organisations(cast, 5)
    assert made(cast, NOW + timedelta(days=367)) is None


def test_choosing_twice_is_choosing_once_and_only_a_coordinator_chooses(cast: Cast) -> None:
    for _twice in range(2):
        choose_benchmark(cast.coordinator, cast.provider, given=True)
    assert takes_part(cast.provider)
    assert AuditEntry.objects.filter(code="benchmark.chosen").count() == 1
    with pytest.raises(Refused):
        choose_benchmark(cast.guide, cast.provider, given=False)
