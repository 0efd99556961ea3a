"""Two people at one draft, or at one id, at the same moment."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.verdict import refused
from bekwaam.frameworks.editing.start import start_copy, start_next
from bekwaam.services.audit import walk_chain
from bekwaam.services.errors import NotFound, Refused
from bekwaam.services.frameworks.drafts import Overtaken, change_draft, publish_draft, start_draft
from bekwaam.services.frameworks.own import content_of
from bekwaam.store.models import FrameworkDraft, FrameworkVersion
from tests.cast import make_cast
from tests.services.frameworks.test_drafts import TITLE, WHOLE, fingerprint, item_at, text_of
from tests.services.test_at_once import at_once

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]
ROUNDS = 3


def test_changes_to_two_parts_at_once_both_stand_and_to_one_part_only_one() -> None:
    cast = make_cast()
    draft = start_draft(cast.coordinator, cast.provider, start_copy(WHOLE, "eigen", "1", TITLE))
    other = cast.person("tweede@example.org", "Tweede", Role.COORDINATOR)
    for turn in range(ROUNDS):
        seen = {item.code: fingerprint(item) for item in content_of(FrameworkDraft.objects.get()).items}

        def change(person: object, code: str, text: str, seen: dict[str, str] = seen) -> None:
            try:
                change_draft(person, draft.ref, text_of(code, text), part=item_at(code), seen=seen[code])  # type: ignore[arg-type]
            except Overtaken as error:
                raise Refused(refused("overtaken", "")) from error

        answers = at_once(
            lambda change=change, turn=turn: change(cast.coordinator, "1.1", f"een {turn}"),
            lambda change=change, turn=turn: change(other, "1.2", f"twee {turn}"),
        )
        assert answers == ["done", "done"]
        held = content_of(FrameworkDraft.objects.get())
        assert [held.by_code[code].name("nl") for code in ("1.1", "1.2")] == [f"een {turn}", f"twee {turn}"]
        seen = {item.code: fingerprint(item) for item in held.items}
        answers = at_once(
            lambda change=change, seen=seen, turn=turn: change(cast.coordinator, "1.3", f"een {turn}", seen),
            lambda change=change, seen=seen, turn=turn: change(other, "1.3", f"twee {turn}", seen),
        )
        assert answers == ["done", "refused"]


def test_two_organisations_that_publish_under_one_id_at_once_do_not_both_get_it() -> None:
    cast = make_cast()
    for turn in range(ROUNDS):
        pairs = []
        for person, provider, version in (
            (cast.coordinator, cast.provider, "1"),
            (cast.outsider, cast.other_provider, "2"),
        ):
            draft = start_draft(person, provider, start_copy(WHOLE, f"samen{turn}", version, TITLE))
            pairs.append((person, draft.ref))
        answers = at_once(*[lambda one=one: publish_draft(one[0], one[1], 1) for one in pairs])
        assert answers == ["done", "refused"]
        assert FrameworkVersion.objects.filter(identifier=f"samen{turn}").count() == 1
        FrameworkDraft.objects.all().delete()
    assert walk_chain().whole


def test_one_draft_published_twice_at_once_is_published_once() -> None:
    cast = make_cast()
    first = replace(WHOLE, id="eigen", version="0")
    draft = start_draft(cast.coordinator, cast.provider, start_next(first, "1"))

    def publish() -> None:
        try:
            publish_draft(cast.coordinator, draft.ref, 1)
        except NotFound as error:
            raise Refused(refused("overtaken", "")) from error

    assert at_once(publish, publish) == ["done", "refused"]
    assert FrameworkVersion.objects.filter(identifier="eigen").count() == 1
