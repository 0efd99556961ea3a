"""Links with which a holder shows their certificate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bekwaam.domain.certificates.share import Depth
from bekwaam.domain.certificates.sharing import LinkState
from bekwaam.services import clock
from bekwaam.services.audit import walk_chain
from bekwaam.services.certificates import sharing
from bekwaam.services.certificates.sharing import make_link, note_visit, withdraw_link
from bekwaam.services.certificates.sharing_reads import behind, example, link_of, links_of, visits_of
from bekwaam.services.erasing.account import erase_account
from bekwaam.services.erasing.facts import plan_for, seen
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.store.models import AuditEntry, Certificate, Procedure, ShareLink, ShareVisit
from tests.cast import Cast, Point
from tests.services.certificates.links import secret_of, shown, wish


def nothing_behind(secret: str) -> bool:
    with pytest.raises(NotFound):
        behind(secret)
    return True


@pytest.mark.parametrize("depth", list(Depth))
@pytest.mark.parametrize("named", [True, False])
def test_a_link_shows_what_its_holder_chose(cast: Cast, depth: Depth, named: bool) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    found = behind(secret_of(procedure, depth=depth, shows_name=named))
    assert (found.shared.depth, found.shared.candidate) == (depth, cast.candidate.name if named else "")
    assert found.shared == example(procedure, depth, shows_name=named).shared


def test_the_secret_is_kept_nowhere_and_the_chain_does_not_tell_the_provider(cast: Cast) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    secret = secret_of(procedure, label="Gemeente Assen")
    assert secret not in str(ShareLink.objects.values())
    entry = AuditEntry.objects.order_by("sequence").last()
    assert entry is not None
    assert (entry.code, entry.subject) == ("certificate.link_made", f"person:{cast.candidate.ref}")
    assert secret not in entry.payload and "Assen" not in entry.payload
    assert walk_chain().whole


@pytest.mark.parametrize(
    ("later", "works"), [(timedelta(0), True), (timedelta(days=30), True), (timedelta(days=31), False)]
)
def test_a_link_works_until_the_end_of_its_last_day(cast: Cast, later: timedelta, works: bool) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    secret = secret_of(procedure)
    with clock.at(clock.now() + later):
        state = LinkState.OPEN if works else LinkState.EXPIRED
        (link,) = links_of(procedure)[:1]
        assert link.state is state
        assert link.last_day == clock.today() + timedelta(days=30) - later
        assert behind(secret) if works else nothing_behind(secret)


def test_withdrawing_works_at_once_and_twice_changes_nothing(cast: Cast) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    secret = secret_of(procedure)
    ref = ShareLink.objects.get().ref
    for _ in range(2):
        withdraw_link(cast.candidate, procedure, ref)
        assert nothing_behind(secret)
    assert AuditEntry.objects.filter(code="certificate.link_withdrawn").count() == 1
    assert link_of(procedure, ref).state is LinkState.WITHDRAWN


def test_who_looked_is_kept_as_a_moment_and_only_the_last_ones(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "MOST_VISITS", 3)
    procedure = cast.bring_to(Point.ISSUED)
    link = shown(procedure)
    moments = [clock.now() + timedelta(minutes=minute) for minute in range(5)]
    for moment in moments:
        with clock.at(moment):
            note_visit(link.pk)
    assert list(visits_of(procedure, link.ref)[:9]) == moments[:1:-1]
    read = link_of(procedure, link.ref)
    assert (read.visits, read.looked_at) == (3, moments[-1])
    assert {field.name for field in ShareVisit._meta.fields} == {"id", "link", "at"}


def test_there_is_an_end_to_how_many_links_work(cast: Cast) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    first = shown(procedure)
    ShareLink.objects.bulk_create(
        ShareLink(
            ref=f"l{number}",
            certificate=first.certificate,
            token=str(number),
            depth=first.depth,
            made_at=first.made_at,
            until=first.until,
        )
        for number in range(49)
    )
    with pytest.raises(Refused, match="too_many"):
        secret_of(procedure)
    withdraw_link(cast.candidate, procedure, first.ref)
    assert secret_of(procedure)


@pytest.mark.parametrize(
    ("who", "point"), [("coordinator", Point.ISSUED), ("guide", Point.ISSUED), ("candidate", Point.CHECKED)]
)
def test_only_the_holder_of_an_issued_certificate_shares_it(cast: Cast, who: str, point: Point) -> None:
    procedure = cast.bring_to(point)
    with pytest.raises(Refused):
        make_link(getattr(cast, who), procedure, wish())
    assert not ShareLink.objects.exists()


def test_what_is_wrong_is_said_and_nothing_is_made(cast: Cast) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    with pytest.raises(Invalid) as caught:
        make_link(cast.candidate, procedure, wish(depth="all", until=clock.today() - timedelta(days=1)))
    assert [fault.name for fault in caught.value.faults] == ["depth", "until"]
    assert not ShareLink.objects.exists()


def test_a_link_of_another_procedure_is_not_there(cast: Cast) -> None:
    mine = cast.bring_to(Point.ISSUED)
    other = cast.bring_to(Point.ISSUED, candidate=cast.person("ander@example.org", "Ander"))
    ref = shown(other).ref
    for ask in (link_of, lambda procedure, ref: withdraw_link(cast.candidate, procedure, ref)):
        with pytest.raises(NotFound):
            ask(mine, ref)


def erase(cast: Cast, procedure: Procedure) -> None:
    erase_account(cast.candidate, cast.candidate, seen(plan_for(cast.candidate)))


def change(cast: Cast, procedure: Procedure) -> None:
    row = Certificate.objects.get()
    row.document["met"] = not row.document["met"]
    row.save()


@pytest.mark.parametrize("happens", [erase, change])
def test_a_link_dies_with_the_account_and_shows_nothing_that_was_not_issued(
    cast: Cast, happens: Callable[[Cast, Procedure], Any]
) -> None:
    procedure = cast.bring_to(Point.CLOSED)
    secret = secret_of(procedure)
    assert behind(secret)
    happens(cast, procedure)
    assert nothing_behind(secret)
