"""Own function profiles: saved one by one, nothing overwritten, who used one sees what changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bekwaam.frameworks.function_profile_document import profile_hash
from bekwaam.frameworks.model import Text
from bekwaam.services import clock
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.frameworks.drafts import Overtaken
from bekwaam.services.frameworks.versions import framework_of, publish
from bekwaam.services.growth.catalogue_files import look_through
from bekwaam.services.growth.catalogues import CatalogueKind, load_catalogue
from bekwaam.services.growth.goals import GoalInput, set_goal
from bekwaam.services.growth.own_profiles import (
    elsewhere,
    list_of,
    newer_version,
    profiles_at,
    remove_profile,
    save_profile,
    theirs,
    wordings,
)
from bekwaam.services.growth.plan_reads import read_plan
from bekwaam.store.models import Catalogue, FrameworkVersion
from tests.cast import Cast
from tests.web.growth.own_profiles import changed, given, mbo, written


@pytest.fixture
def version(cast: Cast) -> FrameworkVersion:
    return mbo()


def on(monkeypatch: pytest.MonkeyPatch, day: int) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2030, 5, day, 9, tzinfo=UTC))


def test_every_save_is_a_list_of_its_own_and_the_chain_holds(cast: Cast, version: FrameworkVersion) -> None:
    first = written(cast, version)
    changed(cast, version, first, book="FB-13")
    written(cast, version, "Buurtwerker")
    assert [one.name.nl for one in profiles_at(cast.provider, version)] == ["Wijkcoach Noord", "Buurtwerker"]
    assert Catalogue.objects.count() == 3 and Catalogue.objects.filter(withdrawn_at=None).count() == 1
    assert walk_chain().whole and not list(broken_contents())


def test_saving_the_same_again_writes_nothing(cast: Cast, version: FrameworkVersion) -> None:
    first = written(cast, version)
    assert changed(cast, version, first) == first
    assert Catalogue.objects.count() == 1


def test_what_a_colleague_changed_is_not_overwritten_but_another_profile_is_no_hindrance(
    cast: Cast, version: FrameworkVersion
) -> None:
    first = written(cast, version)
    other = written(cast, version, "Buurtwerker")
    changed(cast, version, first, book="FB-13")
    with pytest.raises(Overtaken):
        changed(cast, version, first, book="FB-14")
    assert changed(cast, version, other, book="FB-15").function_book == "FB-15"
    assert [one.function_book for one in profiles_at(cast.provider, version)] == ["FB-13", "FB-15"]
    with pytest.raises(Overtaken):
        remove_profile(cast.coordinator, cast.provider, version, first.code, profile_hash(first))


def test_a_name_is_taken_once_and_keeps_its_code_when_it_changes(
    cast: Cast, version: FrameworkVersion
) -> None:
    first = written(cast, version)
    with pytest.raises(Invalid) as told:
        written(cast, version, "wijkcoach  noord")
    assert [one.name for one in told.value.faults] == ["name_nl"]
    renamed = changed(cast, version, first, name=Text("Gezinscoach", ""))
    assert renamed.code == first.code and written(cast, version).code == f"{first.code}-2"


def test_goals_stay_when_a_profile_is_taken_out(cast: Cast, version: FrameworkVersion) -> None:
    first = written(cast, version)
    set_goal(cast.guide, version, GoalInput(("1.1",), "vakbekwaam", "Leren.", None, f"functie-{first.code}"))
    aim = read_plan(cast.guide).open[0].aim
    assert aim is not None and aim.profile == first
    remove_profile(cast.coordinator, cast.provider, version, first.code, profile_hash(first))
    assert read_plan(cast.guide).open[0].aim is None and not profiles_at(cast.provider, version)
    with pytest.raises(NotFound):
        remove_profile(cast.coordinator, cast.provider, version, first.code, profile_hash(first))
    assert not list(broken_contents())


def test_only_who_may_load_may_write(cast: Cast, version: FrameworkVersion) -> None:
    first = written(cast, version)
    for somebody in (cast.guide, cast.auditor, cast.outsider, cast.candidate):
        with pytest.raises(Refused):
            save_profile(somebody, cast.provider, version, given(first, name=Text("Anders", "")))
        with pytest.raises(Refused):
            remove_profile(somebody, cast.provider, version, first.code, profile_hash(first))


def test_who_may_choose_it_reads_every_wording_and_its_day(
    cast: Cast, version: FrameworkVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = first = None
    for day, book in enumerate(("FB-1", "FB-2", "FB-3"), start=1):
        on(monkeypatch, day)
        now = changed(cast, version, now, book=book) if now else written(cast, version)
        first = first or now
    on(monkeypatch, 4)
    written(cast, version, "Buurtwerker")  # another profile: no change of this one
    found = next(one for one in theirs(cast.guide) if one.profile.code == now.code)  # type: ignore[union-attr]
    with CaptureQueriesContext(connection) as captured:
        read = wordings(found, 0, 10)
    assert len(captured) == 1
    assert [(one.on, one.profile.function_book) for one in read] == [
        ("2030-05-03", "FB-3"), ("2030-05-02", "FB-2"), ("2030-05-01", "FB-12"),
    ]  # fmt: skip
    assert [one.on for one in wordings(found, 1, 1)] == ["2030-05-02"]
    assert not theirs(cast.outsider)


def test_a_file_that_is_loaded_keeps_what_it_cannot_say_and_only_changes_what_differs(
    cast: Cast, version: FrameworkVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, 1)
    first = written(cast, version)
    same = changed(cast, version, first, name=Text("Wijkcoach Noord", "Coach North"))
    on(monkeypatch, 2)
    rows = [
        f'Wijkcoach Noord;FB-12;{same.text.nl};{one.code};{one.stage};"{one.reason.nl}"'
        for one in same.demands
    ]
    load(cast, version, [*rows, "Nieuw;;;1.1;vakbekwaam;Zo."])
    kept, new = list_of(cast.provider, version)
    assert kept.profile == same and kept.profile.changed_on == "2030-05-01" and len(kept.earlier) == 1
    assert new.profile.changed_on == "2030-05-02" and not new.earlier
    load(cast, version, [rows[0].replace("vakbekwaam", "startbekwaam"), *rows[1:]])
    (kept,) = list_of(cast.provider, version)
    assert (kept.profile.code, kept.profile.name.en) == (first.code, "Coach North")
    assert kept.profile.changed_on == "2030-05-02" and len(kept.earlier) == 2
    assert [one.code for one in kept.profile.demands if not one.copied] == [same.demands[0].code]


def load(cast: Cast, version: FrameworkVersion, rows: list[str]) -> None:
    head = "Functie;Functieboek;Omschrijving;Competenties;Stadium;Waarom"
    data = "\n".join([head, *rows]).encode()
    kind = CatalogueKind.PROFILES
    looked = look_through(kind, data, "functies.csv", framework_of(version), cast.provider)
    assert not looked.faults
    load_catalogue(cast.coordinator, cast.provider, version, kind, looked.entries, "functies.csv")


def test_profiles_on_an_older_version_are_found_for_a_copy(cast: Cast, version: FrameworkVersion) -> None:
    first = written(cast, version)
    later = publish(None, replace(framework_of(version), version="2.0"))
    assert newer_version(version) == "2.0" and newer_version(later) == ""
    assert elsewhere(cast.provider, later) == (first,) and not elsewhere(cast.provider, version)


def test_lists_from_before_these_days_were_kept_still_read(cast: Cast, version: FrameworkVersion) -> None:
    first = written(cast, version)
    row = Catalogue.objects.get()
    new = ("changed_on", "copied_from", "function_book_url", "earlier")
    entry: dict[str, Any] = {name: value for name, value in row.entries[0].items() if name not in new}
    Catalogue.objects.filter(pk=row.pk).update(entries=[entry])
    (old,) = profiles_at(cast.provider, version)
    assert (old.changed_on, old.function_book_url) == ("", "")
    changed(cast, version, old, book="FB-2")
    (found,) = theirs(cast.guide)
    assert [one.on for one in wordings(found, 0, 5)][1:] == [""] and found.profile.code == first.code
