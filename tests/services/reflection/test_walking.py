"""The guided choice with an organisation's own interventions beside it, and without."""

from __future__ import annotations

import pytest

from bekwaam.domain.growth.lightest import Given, Says
from bekwaam.services.errors import Invalid
from bekwaam.services.growth.catalogues import CatalogueKind, withdraw_catalogue
from bekwaam.services.interventions.reads import read_shelf
from bekwaam.services.reflection.walking import answer, finish, walk_of
from bekwaam.store.models import Person, Reflection
from tests.cast import Cast
from tests.rich_interventions import load_list


def walk(person: Person, *says: Says) -> None:
    """Answer everything; ``says`` are the answers to the steps."""
    left = list(says)
    while (question := walk_of(person).question) is not None:
        said = None if question.starr else (Says.NO if not walk_of(person).step else left.pop(0))
        answer(person, Given(question.code, f"Over {question.code}.", said))


def names(person: Person) -> tuple[list[str], list[str]]:
    here, lighter = walk_of(person).offered(read_shelf(person))
    return [one.name for one in here], [one.name for one in lighter]


def test_at_each_step_its_interventions_are_offered_and_lighter_ones_never_heavier(cast: Cast) -> None:
    load_list(cast, cast.standard)
    person, guide = cast.guide, walk_of(cast.guide).guide
    assert names(person) == ([], [])
    for prompt in guide.opening:
        answer(person, Given(prompt.code, "Iets."))
    assert names(person) == ([], [])
    answer(person, Given(guide.safety.code, "", Says.NO))
    assert names(person) == (["Sleutel van het buurthuis"], [])
    answer(person, Given("S1", "Zij wil geen groep.", Says.NO))
    assert names(person) == (["Maatje aan huis", "Burengesprek"], ["Sleutel van het buurthuis"])
    answer(person, Given("S2", "", Says.YES))
    assert names(person)[0] == ["Maatje aan huis", "Burengesprek"]


def test_what_was_picked_stands_in_the_reflection_with_what_is_known_of_it(cast: Cast) -> None:
    refs = load_list(cast, cast.standard)
    walk(cast.guide, Says.NO, Says.YES)
    picked = [refs["Maatje aan huis"], refs["Sleutel van het buurthuis"]]
    row = finish(cast.guide, "Alleen", "nl", picked)
    text = Reflection.objects.get(pk=row.pk).texts["reflection"]
    assert "Welke aanpak waarvan bekend is dat zij werkt, leg je hiernaast?\nMaatje aan huis" in text
    assert "[Welke aanpak" not in text
    assert "eerste aanwijzingen voor effectiviteit. Databank, 2022.\nSleutel van het buurthuis" in text
    assert "[Wat neem je ervan over, en wat deed je anders?]" in text


def test_what_is_not_offered_at_the_step_cannot_be_picked_and_nothing_is_lost(cast: Cast) -> None:
    refs = load_list(cast, cast.standard)
    walk(cast.guide, Says.YES)
    for picked in ([refs["Eropaf met twee"]], ["nergens"]):
        with pytest.raises(Invalid) as error:
            finish(cast.guide, "Alleen", "nl", picked)
        assert [(fault.name, fault.reason) for fault in error.value.faults] == [("picked", "gone")]
    assert not Reflection.objects.exists() and walk_of(cast.guide).question is None


def test_no_more_than_four_are_laid_beside_it(cast: Cast) -> None:
    rows = "".join(f"Plek {number};Iets.;;Faciliteren;1.1;;;;;;;\n" for number in range(5))
    refs = load_list(cast, cast.standard, rows)
    walk(cast.guide, Says.YES)
    with pytest.raises(Invalid) as error:
        finish(cast.guide, "Alleen", "nl", list(refs.values()))
    assert [fault.reason for fault in error.value.faults] == ["many"]
    finish(cast.guide, "Alleen", "nl", [*list(refs.values())[:4], refs["Plek 0"]])


def test_it_works_without_any_list_and_after_a_list_is_withdrawn(cast: Cast) -> None:
    walk(cast.outsider, Says.YES)
    assert "[Welke aanpak" in finish(cast.outsider, "Alleen", "nl").texts["reflection"]
    refs = load_list(cast, cast.standard)
    walk(cast.guide, Says.YES)
    withdraw_catalogue(cast.coordinator, cast.provider, cast.standard, CatalogueKind.INTERVENTIONS)
    with pytest.raises(Invalid):
        finish(cast.guide, "Alleen", "nl", [refs["Sleutel van het buurthuis"]])
    assert finish(cast.guide, "Alleen", "nl").texts["reflection"]
