"""The cast itself: every point is reached, in the state that it names."""

from __future__ import annotations

import pytest

from bekwaam.services import ports
from bekwaam.services.audit import broken_contents, broken_files, walk_chain
from bekwaam.store.models import AuditEntry
from tests.cast import Cast, Point

STATES = {
    Point.STARTED: "intake",
    Point.ASSIGNED: "intake",
    Point.CONSENTED: "portfolio",
    Point.FILLED: "portfolio",
    Point.HANDED_IN: "judging",
    Point.DECLARED: "judging",
    Point.HALF_JUDGED: "judging",
    Point.REVEALED: "deciding",
    Point.AGREED: "deciding",
    Point.READY: "deciding",
    Point.DECIDED: "deciding",
    Point.CHECKED: "deciding",
    Point.ISSUED: "issued",
    Point.CLOSED: "closed",
}


@pytest.mark.parametrize(("point", "state"), STATES.items())
def test_the_cast_brings_a_procedure_to_every_point(cast: Cast, point: Point, state: str) -> None:
    assert cast.bring_to(point, life_domains=["L1"]).state == state


@pytest.mark.parametrize("time", ["first", "again"])
def test_what_is_remembered_holds_together_as_what_was_walked(cast: Cast, time: str) -> None:
    certificate = cast.bring_to(Point.ISSUED, stages={"1.2": "not_shown"}).certificate
    assert walk_chain().whole
    assert not list(broken_contents()) and not list(broken_files())
    assert ports.files().sha256(certificate.file.key) == certificate.file.sha256
    assert list(AuditEntry.objects.values_list("sequence", flat=True)) == list(
        range(1, AuditEntry.objects.count() + 1)
    )


def test_a_procedure_beside_what_somebody_made_first_is_walked(cast: Cast) -> None:
    cast.bring_to(Point.ASSIGNED)
    assert cast.bring_to(Point.FILLED).number != cast.bring_to(Point.FILLED).number
    assert walk_chain().whole


def test_the_cast_withdraws_a_procedure(cast: Cast) -> None:
    assert cast.withdrawn().state == "withdrawn"
