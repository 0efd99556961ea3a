"""Writing a framework of one's own: who may, what two people at work do to each other, and publishing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bekwaam.domain.accounts.access import Role
from bekwaam.frameworks.editing.head import HeadInput, change_head
from bekwaam.frameworks.editing.items import ItemInput, add_item, change_item, remove_item
from bekwaam.frameworks.editing.refusal import Edited, fingerprint
from bekwaam.frameworks.editing.start import start_copy, start_empty, start_next
from bekwaam.frameworks.model import Framework, Source, Text
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.frameworks import drafts, own
from bekwaam.services.frameworks.versions import framework_of, publish, standards
from bekwaam.store.models import AuditEntry, FrameworkDraft, FrameworkVersion, Person
from tests.cast import Cast
from tests.standards import small_standard

pytestmark = [pytest.mark.database, pytest.mark.django_db]
TITLE = Text("Eigen", "Own")
WHOLE = replace(small_standard(), documents={"test": Text("Proef", "Test")})


def begin(cast: Cast, begun: Edited | None = None) -> FrameworkDraft:
    begun = start_copy(WHOLE, "eigen", "1.0", TITLE) if begun is None else begun
    return drafts.start_draft(cast.coordinator, cast.provider, begun)


def text_of(code: str, nl: str) -> drafts.Edit:
    def edit(held: Framework) -> Edited:
        item = held.by_code[code]
        given = ItemInput(code, Text(nl, nl), item.text or TITLE, item.source, item.stage)
        return change_item(held, code, given)

    return edit


def item_at(code: str) -> drafts.Part:
    return lambda held: held.by_code.get(code)


def contents(draft: FrameworkDraft) -> Framework:
    return own.content_of(FrameworkDraft.objects.get(pk=draft.pk))


def publish_it(cast: Cast, draft: FrameworkDraft) -> FrameworkVersion:
    return drafts.publish_draft(cast.coordinator, draft.ref, FrameworkDraft.objects.get(pk=draft.pk).revision)


@pytest.mark.parametrize("who", ["guide", "auditor", "operator", "candidate", "outsider"])
def test_only_its_coordinators_see_change_or_publish_a_draft(cast: Cast, who: str) -> None:
    draft = begin(cast)
    person: Person = getattr(cast, who)
    for attempt in (
        lambda: own.open_draft(person, draft.ref),
        lambda: drafts.change_draft(person, draft.ref, text_of("1.1", "Nee")),
        lambda: drafts.publish_draft(person, draft.ref, 1),
        lambda: drafts.drop_draft(person, draft.ref),
        lambda: drafts.keep_waiting(person, draft.ref, {}),
        lambda: drafts.start_draft(person, cast.provider, start_empty("x", "1", "module", TITLE)),
    ):
        with pytest.raises((Refused, NotFound)):
            attempt()
    assert contents(draft).by_code["1.1"].name("nl") != "Nee"


def test_a_second_coordinator_works_on_the_same_draft(cast: Cast) -> None:
    draft = begin(cast)
    colleague = cast.person("tweede@example.org", "Tweede", Role.COORDINATOR)
    drafts.change_draft(colleague, draft.ref, text_of("1.1", "Anders"))
    assert own.open_draft(cast.coordinator, draft.ref).head.changed_by == "Tweede"


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(cast: Cast) -> None:
    draft = begin(cast)
    seen = {code: fingerprint(contents(draft).by_code[code]) for code in ("1.1", "1.2")}
    drafts.change_draft(
        cast.coordinator, draft.ref, text_of("1.1", "Eerst"), part=item_at("1.1"), seen=seen["1.1"]
    )
    with pytest.raises(drafts.Overtaken):
        drafts.change_draft(
            cast.coordinator, draft.ref, text_of("1.1", "Dan"), part=item_at("1.1"), seen=seen["1.1"]
        )
    drafts.change_draft(
        cast.coordinator, draft.ref, text_of("1.2", "Ook"), part=item_at("1.2"), seen=seen["1.2"]
    )
    assert [contents(draft).by_code[code].name("nl") for code in ("1.1", "1.2")] == ["Eerst", "Ook"]


def test_a_change_that_cannot_be_made_writes_nothing(cast: Cast) -> None:
    draft = begin(cast)
    before = FrameworkDraft.objects.get(pk=draft.pk).revision
    with pytest.raises(Invalid) as raised:
        drafts.change_draft(cast.coordinator, draft.ref, lambda held: remove_item(held, "9"))
    assert raised.value.faults[0].reason == "gone"
    assert FrameworkDraft.objects.get(pk=draft.pk).revision == before


def other_names(identifier: str, version: str) -> drafts.Edit:
    return lambda held: change_head(
        held,
        HeadInput(identifier, version, held.kind, held.title, held.description, held.source, held.eqf),
    )


def test_an_id_of_the_product_or_of_another_organisation_is_refused(cast: Cast) -> None:
    publish(cast.outsider, replace(WHOLE, id="van-anderen"), cast.other_provider)
    publish(None, replace(WHOLE, id="van-bekwaam"))
    draft = begin(cast)
    for identifier in ("van-anderen", "van-bekwaam", "evc-sociaal-werker-mbo"):
        with pytest.raises(Invalid) as raised:
            begin(cast, start_empty(identifier, "9", "framework", TITLE))
        assert [(fault.name, fault.reason) for fault in raised.value.faults] == [("identifier", "id_taken")]
        with pytest.raises(Invalid):
            drafts.change_draft(cast.coordinator, draft.ref, other_names(identifier, "9"))
    assert FrameworkDraft.objects.count() == 1


def test_one_version_is_written_once_and_not_again_once_published(cast: Cast) -> None:
    begin(cast)
    with pytest.raises(Invalid) as raised:
        begin(cast)
    assert raised.value.faults[0].reason == "drafted"
    row = publish_it(cast, FrameworkDraft.objects.get())
    for begun in (start_copy(WHOLE, "eigen", "1.0", TITLE), replace(framework_of(row), items=())):
        with pytest.raises(Invalid) as raised:
            begin(cast, begun)
        assert raised.value.faults[0].reason == "published"
    begin(cast, start_next(framework_of(row), "2.0"))


def test_what_is_not_finished_is_not_published(cast: Cast) -> None:
    draft = begin(cast, start_empty("leeg", "1", "standard", TITLE))
    with pytest.raises(Refused) as raised:
        publish_it(cast, draft)
    assert raised.value.verdict.reason == "unfinished"
    assert FrameworkDraft.objects.filter(pk=draft.pk).exists()
    assert not FrameworkVersion.objects.filter(identifier="leeg").exists()


def test_what_was_published_is_what_was_looked_at(cast: Cast) -> None:
    draft = begin(cast)
    drafts.change_draft(cast.coordinator, draft.ref, text_of("1.1", "Later"))
    with pytest.raises(drafts.Overtaken):
        drafts.publish_draft(cast.coordinator, draft.ref, 1)


def test_a_published_version_has_its_owner_stands_in_the_chain_and_is_no_draft_any_more(cast: Cast) -> None:
    row = publish_it(cast, begin(cast))
    assert row.owner == cast.provider
    assert framework_of(row).changed
    assert not FrameworkDraft.objects.exists()
    codes = AuditEntry.objects.values_list("code", flat=True)
    assert {"framework.started", "framework.published"} <= set(codes)
    assert walk_chain().whole and not list(broken_contents())
    FrameworkVersion.objects.filter(pk=row.pk).update(owner=cast.other_provider)
    assert [broken.row for broken in broken_contents()] == [row.pk]


def test_missing_english_is_the_dutch_once_published(cast: Cast) -> None:
    draft = begin(cast)
    drafts.change_draft(
        cast.coordinator,
        draft.ref,
        lambda held: add_item(
            held,
            "competence",
            "1",
            ItemInput("1.4", Text("Luisteren", ""), Text("Luistert.", "Listens."), Source("test")),
        ),
    )
    head, framework = (opened := own.open_draft(cast.coordinator, draft.ref)).head, opened.framework
    assert (own.todo(head, framework).findings, own.todo(head, framework).english) == ((), 1)
    made = framework_of(publish_it(cast, draft)).by_code["1.4"]
    assert (made.title, made.text) == (Text("Luisteren", "Luisteren"), Text("Luistert.", "Listens."))


def test_a_standard_of_ones_own_is_offered_here_and_not_elsewhere(cast: Cast) -> None:
    row = publish_it(cast, begin(cast))
    assert row in standards(cast.provider)
    assert row not in standards(cast.other_provider)
    assert row not in standards()
    assert cast.standard in standards(cast.other_provider)
    assert cast.start(standard=row).standard == row
    cast.provider, cast.coordinator = cast.other_provider, cast.outsider
    with pytest.raises(Refused) as raised:
        cast.start(standard=row)
    assert raised.value.verdict.reason == "not_yours"


def test_a_version_is_taken_out_of_use_and_back_by_its_owner_and_never_deleted(cast: Cast) -> None:
    row = publish_it(cast, begin(cast))
    running = cast.start(standard=row)

    def use(actor: Person, provider: Any, *, in_use: bool) -> None:
        drafts.set_in_use(actor, provider, row.identifier, row.version, in_use=in_use)

    use(cast.coordinator, cast.provider, in_use=False)
    assert row not in standards(cast.provider)
    with pytest.raises(Refused) as raised:
        cast.start(standard=FrameworkVersion.objects.get(pk=row.pk))
    assert raised.value.verdict.reason == "retired"
    running.refresh_from_db()
    assert running.standard_id == row.pk
    use(cast.coordinator, cast.provider, in_use=True)
    assert row in standards(cast.provider)
    assert not list(broken_contents())
    with pytest.raises(NotFound):
        use(cast.outsider, cast.other_provider, in_use=False)
    with pytest.raises(Refused):
        use(cast.guide, cast.provider, in_use=False)


def test_a_draft_that_is_thrown_away_is_gone_and_what_was_published_stays(cast: Cast) -> None:
    row = publish_it(cast, begin(cast))
    draft = begin(cast, start_next(framework_of(row), "2"))
    drafts.drop_draft(cast.coordinator, draft.ref)
    with pytest.raises(NotFound):
        own.open_draft(cast.coordinator, draft.ref)
    assert FrameworkVersion.objects.filter(pk=row.pk).exists()
    assert AuditEntry.objects.filter(code="framework.dropped").count() == 1


def test_a_draft_is_read_in_two_queries_and_its_content_once(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    draft = begin(cast)
    for queries in (3, 2):
        with django_assert_num_queries(queries):
            opened = own.open_draft(cast.coordinator, draft.ref)
            own.todo(opened.head, opened.framework)
