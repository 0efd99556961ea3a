"""What of a dossier would stand on another version: what it carries, where it goes, and who may know what."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bekwaam.frameworks.model import Framework, Item, Text
from bekwaam.services.accounts.standing import at_procedure
from bekwaam.services.errors import NotFound
from bekwaam.services.frameworks.versions import publish
from bekwaam.services.portfolio.upgrade import (
    Carried,
    UpgradeRead,
    has_upgrade_targets,
    read_upgrade,
    upgrade_targets,
)
from bekwaam.store.models import AuditEntry, Person, Procedure
from tests.cast import Cast, Point
from tests.services.frameworks.crosswalks import link, published
from tests.standards import item, small_standard

pytestmark = pytest.mark.django_db
OTHER = Text("Heel anders", "Quite different")


def second(**changed: Item | None) -> Framework:
    """Return version 2 of the small standard; an item named by its code (as c1_1) is put in or left out."""
    standard = small_standard()
    by_code = {name[1:].replace("_", "."): one for name, one in changed.items()}
    gone = {code for code, one in by_code.items() if one is None}
    items = [
        by_code.get(one.code) or one
        for one in standard.items
        if one.code not in gone and one.parent not in gone
    ]
    return replace(standard, version="2", items=tuple(items))


def preview(cast: Cast, procedure: Procedure, version: str = "2", by: Person | None = None) -> UpgradeRead:
    targets = upgrade_targets(procedure)
    target = targets.find("klein", version)
    return read_upgrade(procedure, targets.here, target, at_procedure(by or cast.candidate, procedure))


def by_code(read: UpgradeRead) -> dict[str, Carried]:
    return {one.item.code: one for one in read.carried}


def test_every_item_that_carries_evidence_is_told_of(cast: Cast) -> None:
    procedure = cast.bring_to(Point.FILLED)
    changed = replace(small_standard().by_code["1.2"], text=OTHER)
    publish(None, second(c1_2=changed, c1_3=None))
    read = preview(cast, procedure)
    assert {code: one.preview.outcome for code, one in by_code(read).items()} == {
        "1.1": "stands",
        "1.2": "look_again",
        "1.3": "gone",
    }
    assert [one.pieces for one in read.carried] == [1, 1, 1]
    assert read.counts == {"stands": 1, "look_again": 1, "gone": 1}


def test_what_is_asked_there_and_nothing_leads_to_is_named(cast: Cast) -> None:
    procedure = cast.bring_to(Point.FILLED)
    new = second(c1_3=None)
    publish(None, replace(new, items=(*new.items, item("1.9", "competence", "1"))))
    assert [one.code for one in preview(cast, procedure).asked] == ["1.9"]


def test_an_empty_dossier_carries_nothing_and_everything_is_still_asked(cast: Cast) -> None:
    publish(None, second())
    read = preview(cast, cast.bring_to(Point.CONSENTED))
    assert read.carried == ()
    assert [one.code for one in read.asked] == ["1.1", "1.2", "1.3"]


def test_a_life_domain_that_was_chosen_is_carried(cast: Cast) -> None:
    procedure = cast.bring_to(Point.CONSENTED, life_domains=["L1"])
    publish(None, second(cL1=None))
    (only,) = preview(cast, procedure).carried
    assert only.chosen and only.preview.outcome == "gone"


@pytest.mark.parametrize(
    ("point", "who", "told"),
    [
        (Point.REVEALED, "candidate", False),
        (Point.AGREED, "candidate", False),
        (Point.AGREED, "guide", False),
        (Point.AGREED, "coordinator", True),
        (Point.ISSUED, "candidate", True),
        (Point.ISSUED, "guide", True),
        (Point.HALF_JUDGED, "coordinator", False),
    ],
)
def test_what_the_assessors_found_is_told_only_to_who_may_know(
    cast: Cast, point: Point, who: str, told: bool
) -> None:
    procedure = cast.bring_to(point)
    publish(None, second())
    read = preview(cast, procedure, by=getattr(cast, who))
    assert read.judging_open is told
    assert all((one.final is not None) is told for one in read.carried)
    assert all(bool(one.judgements) is told for one in read.carried)


def test_a_stage_that_means_something_else_there_asks_for_another_look(cast: Cast) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    new = second()
    stages = tuple(
        replace(stage, description=OTHER) if stage.code == "vakbekwaam" else stage for stage in new.stages
    )
    publish(None, replace(new, stages=stages))
    found = by_code(preview(cast, procedure))["1.1"]
    assert (found.preview.outcome, found.preview.stages) == ("look_again", ("vakbekwaam",))


@pytest.mark.parametrize("direction", ["along", "against"])
def test_the_links_of_the_procedures_own_provider_count_in_either_direction(
    cast: Cast, direction: str
) -> None:
    procedure = cast.bring_to(Point.FILLED)
    publish(None, second(c1_3=None))
    ends = (
        ("klein@1", "1.3", "klein@2", "1.1") if direction == "along" else ("klein@2", "1.1", "klein@1", "1.3")
    )
    published(cast.coordinator, cast.provider, link(*ends, "exactMatchOf"))
    found = by_code(preview(cast, procedure))["1.3"]
    assert found.preview.outcome == "stands"
    assert [one.code for one in found.to] == ["1.1"]
    (why,) = found.whys
    assert (why.owner, why.read.outward) == (cast.provider.name, direction == "along")


def test_the_links_of_another_organisation_do_not_count(cast: Cast) -> None:
    procedure = cast.bring_to(Point.FILLED)
    publish(None, second(c1_3=None))
    published(cast.outsider, cast.other_provider, link("klein@1", "1.3", "klein@2", "1.1", "exactMatchOf"))
    read = preview(cast, procedure)
    assert by_code(read)["1.3"].preview.outcome == "gone"
    assert read.crosswalks == ()


def test_versions_of_its_own_standard_come_first_and_only_standards_that_may_be_used(cast: Cast) -> None:
    procedure = cast.bring_to(Point.FILLED)
    assert not has_upgrade_targets(procedure)
    publish(None, replace(small_standard(), id="anders"))
    publish(None, second())
    publish(None, replace(small_standard(), id="kader", kind="framework", rule=None))
    for owner, identifier in ((cast.provider, "van-ons"), (cast.other_provider, "van-hen")):
        publish(None, replace(small_standard(), id=identifier), owner=owner)
    targets = upgrade_targets(procedure)
    assert [(one.identifier, one.version) for one in targets.others] == [
        ("klein", "2"),
        ("van-ons", "1"),
        ("anders", "1"),
    ]
    assert has_upgrade_targets(procedure)
    for identifier, version in (("van-hen", "1"), ("klein", "1"), ("klein", "9")):
        with pytest.raises(NotFound):
            targets.find(identifier, version)


def test_looking_changes_nothing(cast: Cast, django_assert_max_num_queries: Any) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    publish(None, second())
    published(cast.coordinator, cast.provider, link("klein@1", "1.3", "klein@2", "1.1"))
    before = AuditEntry.objects.count()
    preview(cast, procedure)
    targets = upgrade_targets(procedure)
    standing = at_procedure(cast.candidate, procedure)
    with django_assert_max_num_queries(5):
        read_upgrade(procedure, targets.here, targets.find("klein", "2"), standing)
    assert AuditEntry.objects.count() == before
