"""An organisation's own links: gathered, published for good, under an id of their own, and audited."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from bekwaam.domain.accounts.access import Role
from bekwaam.frameworks.crosswalk import Link, Reference
from bekwaam.frameworks.faults import Fault, Msgid
from bekwaam.frameworks.library import crosswalk_ids
from bekwaam.frameworks.model import Text
from bekwaam.services import audit
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.frameworks.crosswalks import crosswalk_heads, crosswalks_between, find_crosswalk
from bekwaam.services.frameworks.linking import (
    MAX_LINKS,
    drafts_of,
    drop_crosswalk,
    find_draft,
    load_links,
    publish_crosswalk,
    read_draft,
    start_crosswalk,
    usable_versions,
)
from bekwaam.services.frameworks.versions import publish
from bekwaam.store.models import AuditEntry, CrosswalkDraft, FrameworkVersion, PublishedCrosswalk
from tests.cast import Cast
from tests.services.frameworks.crosswalks import drafted, link, published
from tests.standards import small_standard

pytestmark = pytest.mark.django_db
ONE, TWO = Reference("klein", "1"), Reference("klein", "2")
FIRST = link("klein@1", "1.1", "klein@2", "1.2")
SECOND = link("klein@1", "1.2", "klein@2", "1.1")


@pytest.fixture
def two(cast: Cast) -> Cast:
    publish(None, replace(small_standard(), version="2"))
    return cast


def give(version: str, owner: Any) -> None:
    """Make a version somebody's own."""
    FrameworkVersion.objects.filter(identifier="klein", version=version).update(owner=owner)


def test_what_was_published_is_there_for_everybody_and_stands_in_the_chain(two: Cast) -> None:
    row = published(two.coordinator, two.provider, FIRST, SECOND)
    held, head = find_crosswalk(row.identifier)
    assert held.owner == two.provider.name
    assert held.crosswalk.links == (FIRST, SECOND)
    assert head is not None and head.sha256 == row.sha256
    entry = AuditEntry.objects.get(code="crosswalk.published")
    assert json.loads(entry.payload)["links"] == 2
    assert not CrosswalkDraft.objects.exists()
    assert list(audit.broken_contents()) == []


def test_a_change_behind_its_back_is_found_out(two: Cast) -> None:
    row = published(two.coordinator, two.provider, FIRST)
    document = {**row.document, "links": []}
    PublishedCrosswalk.objects.filter(pk=row.pk).update(document=document)
    assert len(list(audit.broken_contents())) == 1


def test_each_is_published_under_an_id_of_its_own(two: Cast) -> None:
    names = ["Ónze koppelingen!", "onze koppelingen", "!!!", crosswalk_ids()[0].replace("-", " ")]
    ids = [published(two.coordinator, two.provider, FIRST, title=name).identifier for name in names]
    assert ids == ["onze-koppelingen", "onze-koppelingen-2", "koppelingen", f"{crosswalk_ids()[0]}-2"]


def test_a_link_between_the_same_two_takes_the_place_of_the_old_one(two: Cast) -> None:
    draft = drafted(two.coordinator, two.provider, FIRST, SECOND)
    better = replace(FIRST, reason=Text("Beter", "Better"))
    assert load_links(two.coordinator, draft, [better], keep=True) == 2
    assert read_draft(find_draft(two.provider, draft.ref)).crosswalk.links == (better, SECOND)
    assert load_links(two.coordinator, draft, [better]) == 1


def test_what_was_wrong_with_the_last_file_is_kept_with_the_draft(two: Cast) -> None:
    draft = drafted(two.coordinator, two.provider, FIRST)
    fault = Fault(
        "x.xlsx", 3, "9", "r", "{a} {b}", {"a": Msgid("Code"), "b": 7, "c": (Msgid("Text"), "x")}, "B3"
    )
    load_links(two.coordinator, draft, [], [fault], [fault], keep=True)
    read = read_draft(find_draft(two.provider, draft.ref))
    assert read.faults == read.repairs == (fault,)
    assert [fault.text("nl") for fault in read.faults] == ["Code 7"]
    load_links(two.coordinator, draft, [SECOND], keep=True)
    assert read_draft(find_draft(two.provider, draft.ref)).faults == ()


@pytest.mark.parametrize(
    ("title", "frm", "to", "fields"),
    [
        ("", ONE, TWO, ["title_nl"]),
        ("x" * 201, ONE, TWO, ["title_nl"]),
        ("x", ONE, ONE, ["to"]),
        ("x", Reference("nergens", "1"), TWO, ["frm"]),
        ("x", ONE, Reference("klein", "9"), ["to"]),
        ("", Reference("", ""), Reference("", ""), ["title_nl", "frm", "to"]),
    ],
)
def test_a_start_that_cannot_be_is_told_by_its_field(
    two: Cast, title: str, frm: Reference, to: Reference, fields: list[str]
) -> None:
    with pytest.raises(Invalid) as error:
        start_crosswalk(two.coordinator, two.provider, Text(title, ""), frm, to)
    assert [fault.name for fault in error.value.faults] == fields


def test_only_public_versions_and_ones_own_can_be_linked(two: Cast) -> None:
    give("2", two.other_provider)
    assert set(usable_versions(two.provider)) == {ONE}
    assert set(usable_versions(two.other_provider)) == {ONE, TWO}
    with pytest.raises(Invalid):
        start_crosswalk(two.coordinator, two.provider, Text("x", ""), ONE, TWO)
    start_crosswalk(two.outsider, two.other_provider, Text("x", ""), ONE, TWO)


def test_a_version_that_became_somebody_elses_cannot_be_published_on(two: Cast) -> None:
    draft = drafted(two.coordinator, two.provider, FIRST)
    give("2", two.other_provider)
    with pytest.raises(NotFound):
        publish_crosswalk(two.coordinator, draft, draft.revision)


def refusal(two: Cast, draft: CrosswalkDraft, revision: int) -> str:
    with pytest.raises(Refused) as error:
        publish_crosswalk(two.coordinator, draft, revision)
    assert not PublishedCrosswalk.objects.exists()
    return error.value.verdict.reason


def test_nothing_is_published_that_was_not_looked_over(two: Cast) -> None:
    draft = drafted(two.coordinator, two.provider, FIRST)
    seen = draft.revision
    load_links(two.coordinator, draft, [SECOND])
    assert refusal(two, draft, seen) == "stale"


def test_nothing_is_published_without_links(two: Cast) -> None:
    draft = start_crosswalk(two.coordinator, two.provider, Text("x", ""), ONE, TWO)
    assert refusal(two, draft, draft.revision) == "no_links"


@pytest.mark.parametrize("spoiled", [{"from_code": "9"}, {"to_code": "9"}, {"relation": "onzin"}])
def test_a_link_that_is_not_sound_is_refused_once_more_at_the_door(
    two: Cast, spoiled: dict[str, str]
) -> None:
    draft = drafted(two.coordinator, two.provider, FIRST)
    bad: Link = replace(FIRST, **spoiled)  # type: ignore[arg-type]
    load_links(two.coordinator, draft, [bad])
    draft.refresh_from_db()
    assert refusal(two, draft, draft.revision) == "unsound"


def test_there_is_an_end_to_how_many(two: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = drafted(two.coordinator, two.provider, FIRST)
    monkeypatch.setattr("bekwaam.services.frameworks.linking.MAX_LINKS", 1)
    with pytest.raises(Refused):
        load_links(two.coordinator, draft, [SECOND], keep=True)
    assert read_draft(find_draft(two.provider, draft.ref)).crosswalk.links == (FIRST,)
    assert MAX_LINKS == 20_000


@pytest.mark.parametrize("who", ["guide", "auditor", "outsider", "operator", "candidate"])
def test_only_a_coordinator_of_the_organisation_may(two: Cast, who: str) -> None:
    person = getattr(two, who)
    draft = drafted(two.coordinator, two.provider, FIRST)
    for act in (
        lambda: start_crosswalk(person, two.provider, Text("x", ""), ONE, TWO),
        lambda: load_links(person, draft, [SECOND]),
        lambda: publish_crosswalk(person, draft, draft.revision),
        lambda: drop_crosswalk(person, draft),
    ):
        with pytest.raises(Refused):
            act()
    assert read_draft(find_draft(two.provider, draft.ref)).crosswalk.links == (FIRST,)


def test_what_is_thrown_away_is_gone_and_another_organisation_never_saw_it(two: Cast) -> None:
    draft = drafted(two.coordinator, two.provider, FIRST)
    assert [head.links for head in drafts_of(two.provider)] == [1]
    assert drafts_of(two.other_provider) == ()
    with pytest.raises(NotFound):
        find_draft(two.other_provider, draft.ref)
    drop_crosswalk(two.coordinator, draft)
    with pytest.raises(NotFound):
        drop_crosswalk(two.coordinator, draft)
    assert drafts_of(two.provider) == ()


def test_between_two_versions_count_the_products_links_and_ones_own_in_either_direction(two: Cast) -> None:
    back = published(two.coordinator, two.provider, link("klein@2", "1.1", "klein@1", "1.1"))
    published(two.outsider, two.other_provider, FIRST)
    found = crosswalks_between(ONE, TWO, two.provider)
    assert [held.crosswalk.id for held in found] == [back.identifier]
    wmo, card = Reference("wmo-competenties", "2012"), Reference("wmo-competenties", "kaart")
    assert [held.crosswalk.id for held in crosswalks_between(card, wmo, two.provider)] == ["wmo-2012-kaart"]


def test_reading_takes_a_fixed_number_of_queries(two: Cast, django_assert_max_num_queries: Any) -> None:
    for number in range(4):
        published(two.coordinator, two.provider, FIRST, title=f"k{number}")
    with django_assert_max_num_queries(2):
        assert len(crosswalks_between(ONE, TWO, two.provider)) == 4
    with django_assert_max_num_queries(1):
        assert len(crosswalk_heads("klein")) == 4


def test_a_role_at_another_organisation_does_not_count(two: Cast) -> None:
    guide = two.person("beiden@example.org", "Beide", Role.GUIDE)
    with pytest.raises(Refused):
        start_crosswalk(guide, two.provider, Text("x", ""), ONE, TWO)
