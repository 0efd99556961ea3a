"""Two people write own function profiles at the same moment: nothing of either is lost or overwritten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bekwaam.domain.verdict import refused
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.errors import Refused
from bekwaam.services.frameworks.drafts import Overtaken
from bekwaam.services.growth.own_profiles import profiles_at
from bekwaam.store.models import Catalogue
from tests.cast import make_cast
from tests.services.test_at_once import at_once
from tests.web.growth.own_profiles import changed, mbo, written

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]


def refusing(call: Callable[[], Any]) -> Callable[[], Any]:
    """Let somebody who came second count as refused."""

    def inner() -> Any:
        try:
            return call()
        except Overtaken:
            raise Refused(refused("newer", "")) from None

    return inner


def test_of_two_who_change_one_profile_at_once_one_is_told_and_the_other_kept() -> None:
    cast = make_cast()
    version = mbo()
    first = written(cast, version)
    calls = [refusing(lambda book=book: changed(cast, version, first, book=book)) for book in ("A", "B")]
    assert at_once(*calls) == ["done", "refused"]
    (now,) = profiles_at(cast.provider, version)
    assert now.function_book in ("A", "B") and Catalogue.objects.count() == 2
    assert walk_chain().whole and not list(broken_contents())


def test_two_new_profiles_at_once_both_come_into_the_list() -> None:
    cast = make_cast()
    version = mbo()
    names = ("Coach", "Werker", "Verbinder")
    assert at_once(*(lambda name=name: written(cast, version, name) for name in names)) == ["done"] * 3
    assert {one.name.nl for one in profiles_at(cast.provider, version)} == set(names)
    assert Catalogue.objects.filter(withdrawn_at=None).count() == 1
    assert walk_chain().whole and not list(broken_contents())
