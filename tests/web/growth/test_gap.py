"""Where am I: a target beside every layer, and function profiles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from bekwaam.frameworks.library import load_builtin, load_profile_set, profile_set_ids
from bekwaam.services.frameworks.versions import publish
from bekwaam.services.growth.rounds import finish_round, rate, start_round
from bekwaam.store.models import Person
from tests.cast import Cast, Point

LogIn = Callable[[Person], Client]
PROFILES = [(name, profile.code) for name in profile_set_ids() for profile in load_profile_set(name).profiles]


def rated(cast: Cast, standard: Any, **values: str) -> None:
    round_ = start_round(cast.candidate, standard)
    for unit, value in values.items():
        code = unit.replace("_", ".")[1:]
        rate(cast.candidate, round_.ref, code, {code: value})
    finish_round(cast.candidate, round_.ref)


def see(
    client: Client, goal: str = "stadium-vakbekwaam", at: tuple[str, str] = ("klein", "1"), **given: str
) -> str:
    answer = client.get(reverse("growth:gap", args=[*at, goal]), given)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_chosen_target_leads_to_its_page_and_an_unknown_one_nowhere(cast: Cast, log_in: LogIn) -> None:
    client = log_in(cast.candidate)
    page = client.get(reverse("growth:where")).content.decode()
    assert 'value="klein@1/stadium-vakbekwaam"' in page
    there = client.get(reverse("growth:where"), {"doel": "klein@1/stadium-vakbekwaam"})
    assert there["Location"] == reverse("growth:gap", args=["klein", "1", "stadium-vakbekwaam"])
    for odd in ("klein@1/stadium-x", "klein@9/standaard", "x", "/@", "klein@1/functie-wijkcoach"):
        assert client.get(reverse("growth:where"), {"doel": odd}).status_code == 404
    assert client.get(reverse("growth:gap", args=["klein", "1", "stadium-x"])).status_code == 404


def test_without_a_word_of_anybody_it_shows_what_is_asked(cast: Cast, log_in: LogIn) -> None:
    page = see(log_in(cast.candidate))
    assert "Hier is nog niets van je bekend" in page and "Begin met een zelfbeoordeling" in page
    assert page.count('name="code"') == 4


def test_layers_stand_beside_each_other_and_one_voice_is_gathered(cast: Cast, log_in: LogIn) -> None:
    cast.bring_to(Point.ISSUED, stages={"1.1": "not_shown"})
    rated(cast, cast.standard, u1_1="vakbekwaam", u1_2="startbekwaam")
    client = log_in(cast.candidate)
    page = see(client)
    assert "gevraagd 4, waarvan genoeg 1, nog te groeien 1 en onbekend 2" in page
    assert "niet aangetoond" in page and "nog 1 stap" in page
    judged = see(client, stem="oordeel")
    assert "gevraagd 4, waarvan genoeg 2, nog te groeien 1 en onbekend 1" in judged
    assert see(client, stem="<b>").partition('id="beeld"')[2] == page.partition('id="beeld"')[2]


def test_a_profile_is_explained_and_ranks_nobody(cast: Cast, log_in: LogIn) -> None:
    mbo = publish(None, load_builtin("evc-sociaal-werker-mbo"))
    rated(cast, mbo, u1_1="vakvolwassen", u2_1="startbekwaam")
    page = see(log_in(cast.candidate), "functie-wijkcoach", ("evc-sociaal-werker-mbo", "1.0"))
    assert "nog niet alles wat dit werk vraagt is bekeken" in page
    assert (
        "Het is geen oordeel over jou" in page
        and "%" not in page.partition("<main")[2].partition("</main")[0]
    )
    assert "2.1 Verheldert op alle leefgebieden de vraag: startbekwaam; gevraagd is vakvolwassen" in page
    for name in ("Individuele hulpverlening", "Verbinden", "Financiën"):
        assert name in page.partition('id="totals-title"')[2]


def test_every_profile_shows_all_that_it_asks_and_why(db: None, client: Client) -> None:
    for name, code in PROFILES:
        page = client.get(reverse("growth:profile", args=[name, code])).content.decode()
        for demand in load_profile_set(name).by_code[code].demands:
            assert f'<span class="code">{demand.code}</span>' in page, (code, demand.code)
            assert escape(demand.reason.nl) in page, (code, demand.code)
        assert "is van ons" in page, code


def test_a_profile_that_is_not_there_is_not_found(db: None, client: Client) -> None:
    for name, code in (("rollen", "x"), ("x", "wijkcoach"), ("functienamen", "uitvoerder")):
        assert client.get(reverse("growth:profile", args=[name, code])).status_code == 404


def test_the_number_of_queries_does_not_grow_with_rounds(
    cast: Cast, log_in: LogIn, django_assert_num_queries: Any
) -> None:
    client = log_in(cast.candidate)
    for value in ("startbekwaam", "vakbekwaam"):
        rated(cast, cast.standard, u1_1=value, u1_2=value)
        see(client)
        with django_assert_num_queries(8):
            see(client)
