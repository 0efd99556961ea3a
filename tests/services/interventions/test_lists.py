"""A list of interventions: who sees it, how it is kept, and that nothing of it is overwritten."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bekwaam.domain.events import Event
from bekwaam.domain.interventions.entries import Given, Known
from bekwaam.frameworks.crosswalk import Reference
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.services.growth.catalogue_files import look_through, template
from bekwaam.services.growth.catalogues import CatalogueKind, withdraw_catalogue
from bekwaam.services.interventions.editing import entries_of, put_intervention, take_out_intervention
from bekwaam.services.interventions.reads import read_shelf
from bekwaam.services.teams.making import invite
from bekwaam.services.teams.sharing import leave
from bekwaam.store.models import AuditEntry, Catalogue
from tests.cast import Cast, Point
from tests.rich_interventions import HEAD, ROWS, load_list
from tests.services.teams.teams import cohort_of, team_of

KIND = CatalogueKind.INTERVENTIONS
NEW = Given("Koffie op straat", "Mensen kennen elkaar niet.", "", "S1", ("1.1",))


def put(cast: Cast, given: Given, ref: str = "", seen: str | None = None) -> str:
    now = entries_of(cast.provider, cast.standard)[0] if seen is None else seen
    return put_intervention(cast.coordinator, cast.provider, cast.standard, given, now, ref)


def take_out(cast: Cast, ref: str, seen: str | None = None) -> None:
    now = entries_of(cast.provider, cast.standard)[0] if seen is None else seen
    take_out_intervention(cast.coordinator, cast.provider, cast.standard, now, ref)


def test_people_and_candidates_of_the_organisation_see_it_lightest_first_and_nobody_else(cast: Cast) -> None:
    load_list(cast, cast.standard)
    names = [one.name for one in read_shelf(cast.guide).interventions]
    assert names == ["Sleutel van het buurthuis", "Maatje aan huis", "Burengesprek", "Eropaf met twee"]
    assert not read_shelf(cast.candidate).interventions and not read_shelf(cast.outsider).interventions
    procedure = cast.bring_to(Point.ASSIGNED)
    shelf = read_shelf(cast.candidate)
    assert len(shelf.interventions) == 4 and shelf.organisations == (cast.provider.name,)
    cast.candidate.procedures.filter(pk=procedure.pk).update(state="withdrawn")
    assert not read_shelf(cast.candidate).interventions
    with pytest.raises(NotFound):
        read_shelf(cast.outsider).one(names[0])


@pytest.mark.parametrize("begun", [team_of, cohort_of])
def test_who_is_in_a_team_of_the_house_sees_its_list_for_as_long_as_that_is_so(
    cast: Cast, begun: Any
) -> None:
    load_list(cast, cast.standard)
    team = begun(cast, cast.outsider)
    assert len(read_shelf(cast.outsider).interventions) == 4
    leave(cast.outsider, team.ref)
    assert not read_shelf(cast.outsider).interventions
    invite(cast.guide, begun(cast, name="Nog een").ref, cast.outsider.email)
    assert not read_shelf(cast.outsider).interventions  # nobody is made one of its people by an invitation


def test_what_is_loaded_keeps_its_ties_and_what_is_known_of_it(cast: Cast) -> None:
    refs = load_list(cast, cast.standard)
    friend = read_shelf(cast.guide).one(refs["Maatje aan huis"])
    assert (friend.known, friend.step, friend.codes) == (Known.FIRST, "S2", ("1.1", "1.2"))
    assert friend.goes_with == (refs["Sleutel van het buurthuis"],)
    assert friend.framework == Reference("klein", "1")
    assert read_shelf(cast.guide).one(refs["Eropaf met twee"]).not_with == (friend.ref,)


def test_a_file_loaded_anew_keeps_the_address_of_what_has_the_same_name(cast: Cast) -> None:
    before = load_list(cast, cast.standard)
    after = load_list(cast, cast.standard, ROWS.replace("Burengesprek", "Gesprek met buren"))
    assert before.pop("Burengesprek") != after.pop("Gesprek met buren") and before == after


def test_a_file_with_a_fault_loads_nothing(cast: Cast) -> None:
    wrong = HEAD + ROWS + "Los;Iets.;;zwaar;9.9;;;;;;Nergens;\n"
    framework = framework_of(cast.standard)
    looked = look_through(KIND, wrong.encode(), "a.csv", framework, cast.provider)
    assert [fault.reason for fault in looked.faults] == ["unknown", "unknown_code", "unknown_name"]
    assert not looked.entries and not Catalogue.objects.exists()


def test_the_template_holds_what_is_kept_by_hand_and_loads_back_the_same(cast: Cast) -> None:
    load_list(cast, cast.standard)
    put(cast, NEW)
    framework = framework_of(cast.standard)
    content = template(KIND, framework, "nl", provider=cast.provider)
    looked = look_through(KIND, content, "aanpakken.xlsx", framework, cast.provider)
    assert not looked.faults and list(looked.entries) == Catalogue.objects.get(withdrawn_at=None).entries
    empty = template(KIND, framework, "nl", provider=cast.other_provider)
    assert look_through(KIND, empty, "a.xlsx", framework, cast.provider).faults


def test_every_change_by_hand_is_a_list_of_its_own_in_the_chain(cast: Cast) -> None:
    ref = put(cast, NEW)
    put(cast, replace(NEW, name="Thee op straat"), ref)
    other = put(cast, replace(NEW, name="Bankje", goes_with=(ref,)))
    take_out(cast, ref)
    (left,) = read_shelf(cast.guide).interventions
    assert (left.ref, left.goes_with) == (other, ())
    assert Catalogue.objects.count() == 4
    assert [one.code for one in AuditEntry.objects.order_by("-pk")[:4]] == [Event.CATALOGUE_CHANGED] * 4
    assert walk_chain().whole and not list(broken_contents())
    take_out(cast, other)
    assert not read_shelf(cast.guide).interventions
    assert AuditEntry.objects.order_by("-pk")[0].code == Event.INTERVENTIONS_WITHDRAWN


def test_what_a_colleague_changed_or_took_out_is_not_overwritten(cast: Cast) -> None:
    ref = put(cast, NEW)
    seen = entries_of(cast.provider, cast.standard)[0]
    put(cast, replace(NEW, name="Van een collega"))
    for change in (lambda: put(cast, NEW, ref, seen), lambda: take_out(cast, ref, seen)):
        with pytest.raises(Refused) as refusal:
            change()
        assert refusal.value.verdict.reason == "newer"
    take_out(cast, ref)
    with pytest.raises(Refused) as refusal:
        put(cast, NEW, ref)
    assert refusal.value.verdict.reason == "gone"
    with pytest.raises(NotFound):
        take_out(cast, ref)


def test_every_fault_is_told_at_once_and_nothing_is_kept(cast: Cast) -> None:
    with pytest.raises(Invalid) as error:
        put(cast, Given(known="strong"))
    assert [fault.name for fault in error.value.faults] == ["name", "situation", "step", "codes", "why"]
    put(cast, NEW)
    with pytest.raises(Invalid):
        put(cast, NEW)
    assert Catalogue.objects.count() == 1


def test_only_a_coordinator_keeps_the_list(cast: Cast) -> None:
    ref = put(cast, NEW)
    seen = entries_of(cast.provider, cast.standard)[0]
    for somebody in (cast.guide, cast.auditor, cast.outsider, cast.candidate):
        with pytest.raises(Refused):
            put_intervention(somebody, cast.provider, cast.standard, NEW, seen)
        with pytest.raises(Refused):
            take_out_intervention(somebody, cast.provider, cast.standard, seen, ref)
        with pytest.raises(Refused):
            withdraw_catalogue(somebody, cast.provider, cast.standard, KIND)


def test_a_shelf_takes_one_query_however_long_it_is(cast: Cast) -> None:
    load_list(cast, cast.standard)
    framework_of(cast.standard)
    for _more in range(2):
        with CaptureQueriesContext(connection) as captured:
            read_shelf(cast.guide)
        assert len(captured) == 1
        put(cast, replace(NEW, name=f"Nog een {_more}"))
