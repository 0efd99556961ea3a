"""Reading published frameworks: which, in what order, and in how many queries."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bekwaam.services.errors import NotFound
from bekwaam.services.frameworks import reads
from bekwaam.services.frameworks.versions import publish
from tests.standards import item, small_standard

pytestmark = pytest.mark.django_db
STANDARD = small_standard()


def publish_versions(*versions: str) -> None:
    for version in versions:
        publish(None, replace(STANDARD, version=version))


def test_a_framework_is_listed_once_with_its_newest_version_first() -> None:
    publish_versions("2012", "kaart")
    (listed,) = reads.listed(reads.published())
    assert [head.version for head in listed.versions] == ["kaart", "2012"]
    assert listed.newest.version == "kaart"
    assert listed.contents.counts == (
        ("cluster", 1),
        ("competence", 3),
        ("indicator", 9),
        ("life_domain", 1),
    )


def test_standards_come_first_and_building_blocks_last() -> None:
    for identifier, kind in (("a", "module"), ("b", "framework"), ("c", "standard")):
        publish(None, replace(STANDARD, id=identifier, kind=kind))
    assert [one.newest.identifier for one in reads.listed(reads.published())] == ["c", "b", "a"]


def test_the_number_of_queries_does_not_grow_with_the_versions(django_assert_max_num_queries) -> None:
    publish_versions(*(f"v{number}" for number in range(12)))
    for queries in (2, 1):  # the first time each version is read, after that none
        with django_assert_max_num_queries(queries):
            reads.listed(reads.published())
    for queries in (3, 1):
        with django_assert_max_num_queries(queries):
            head, others = reads.versions_of("klein", "v3")
            reads.opened(head, others)
            assert len(reads.also_in("1.1", others)) == 11


@pytest.mark.parametrize(("identifier", "version"), [("klein", "9"), ("anders", "1")])
def test_an_unknown_version_is_not_found(identifier: str, version: str) -> None:
    publish_versions("1")
    with pytest.raises(NotFound):
        reads.versions_of(identifier, version)


def test_only_versions_that_have_the_code_are_named() -> None:
    publish_versions("1")
    publish(None, replace(STANDARD, version="2", items=(*STANDARD.items, item("L2", "life_domain"))))
    publish(None, replace(STANDARD, version="3", items=(*STANDARD.items, item("L2", "life_domain"))))
    _, others = reads.versions_of("klein", "3")
    assert [head.version for head in reads.also_in("L2", others)] == ["2"]


def test_searching_stays_within_the_version() -> None:
    publish_versions("1")
    found = reads.opened(*reads.versions_of("klein", "1"))
    assert [one.code for one in reads.found_items(found, "competence 1.2", "nl")] == ["1.2"]
