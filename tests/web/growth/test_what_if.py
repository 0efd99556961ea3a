"""What would be enough: with one's own word or the judgement, changed as one likes, for oneself."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from bekwaam.services.frameworks.versions import publish
from bekwaam.services.growth.rounds import finish_round, rate, start_round
from bekwaam.store.models import AuditEntry, Draft, Person, SelfRating
from tests.cast import Cast, Point
from tests.standards import indicator_standard

LogIn = Callable[[Person], Client]
OWN = ("growth:what_if", ["klein", "1"])


def rated(cast: Cast, *, finish: bool = True, **values: str) -> None:
    round_ = start_round(cast.candidate, cast.standard)
    for unit, value in values.items():
        code = unit.replace("_", ".")[1:]
        rate(cast.candidate, round_.ref, code, {code: value})
    if finish:
        finish_round(cast.candidate, round_.ref)


def see(client: Client, **given: str) -> str:
    answer = client.get(reverse(OWN[0], args=OWN[1]), given)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_starts_from_ones_newest_word_also_while_that_is_open(cast: Cast, log_in: LogIn) -> None:
    client = log_in(cast.candidate)
    assert "nog 2 van deze 3 op vakbekwaam of hoger: 1.1, 1.2, 1.3" in see(client)
    rated(cast, u1_1="vakbekwaam", u1_2="vakbekwaam")
    assert "Dan zou de standaard gehaald zijn" in see(client)
    rated(cast, finish=False, u1_1="vakvolwassen", u1_2="startbekwaam")
    page = see(client)
    assert "Dan zou de standaard nog niet gehaald zijn" in page
    assert "nog 1 van deze 2 op vakbekwaam of hoger: 1.2, 1.3" in page


def test_changing_a_part_changes_the_outcome_and_nothing_is_kept(cast: Cast, log_in: LogIn) -> None:
    rated(cast, u1_1="vakbekwaam")
    kept = (AuditEntry.objects.count(), SelfRating.objects.count())
    client = log_in(cast.candidate)
    page = see(client, **{"s-1.2": "vakvolwassen", "s-1.3": "none"})
    assert "Dan zou de standaard gehaald zijn" in page and "was: nog niet" in page
    assert "Dan zou de standaard nog niet" in see(client, **{"s-1.1": "none", "s-1.2": "vakbekwaam"})
    assert (AuditEntry.objects.count(), SelfRating.objects.count(), Draft.objects.count()) == (*kept, 0)


def test_what_cannot_be_shown_changes_nothing(cast: Cast, log_in: LogIn) -> None:
    rated(cast, u1_1="vakbekwaam")
    client = log_in(cast.candidate)
    plain = see(client).partition('id="then"')[2]
    odd = see(client, **{"s-1.1": "onzin", "s-9.9": "vakbekwaam", "van": "<b>"})
    assert plain and odd.partition('id="then"')[2] == plain


def test_the_candidate_starts_from_the_judgement_once_it_is_there_and_so_may_the_guide(
    cast: Cast, log_in: LogIn
) -> None:
    procedure = cast.bring_to(Point.ISSUED, stages={"1.1": "not_shown", "1.2": "not_shown"})
    rated(cast, u1_1="vakbekwaam", u1_2="vakbekwaam")
    url = reverse("growth:what_if_in", args=[procedure.ref])
    own = log_in(cast.candidate).get(url).content.decode()
    assert "wat assessoren vonden op" in own and "hoe je jezelf zag op" in own
    assert "nog 1 van deze 2 op vakbekwaam of hoger: 1.1, 1.2" in own
    assert "gehaald zijn" in log_in(cast.candidate).get(url, {"van": "zelf"}).content.decode()
    guide = log_in(cast.guide).get(url, {"van": "zelf"}).content.decode()
    assert "hoe je jezelf zag op" not in guide and "wat assessoren vonden op" in guide
    outcome = reverse("certificates:outcome", args=[procedure.ref])
    assert url in log_in(cast.candidate).get(outcome).content.decode()
    assert url not in log_in(cast.coordinator).get(outcome).content.decode()


def test_before_the_outcome_nothing_of_the_judging_is_known(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.DECIDED)
    page = log_in(cast.candidate).get(reverse("growth:what_if_in", args=[procedure.ref])).content.decode()
    assert "wat assessoren vonden" not in page
    assert "nog 2 van deze 3" in page


def test_a_standard_of_indicators_goes_per_group(cast: Cast, log_in: LogIn) -> None:
    standard = publish(None, indicator_standard(areas=2, indicators=5))
    round_ = start_round(cast.candidate, standard)
    for number in range(1, 6):
        code = f"A1.vb{number}"
        rate(cast.candidate, round_.ref, code, {code: "yes" if number < 4 else "partly"})
    client = log_in(cast.candidate)
    page = client.get(reverse("growth:what_if", args=["per-indicator", "1"])).content.decode()
    assert "A1 area A1: nog 1 van deze 2 getoond: A1.vb4, A1.vb5" in page
    assert "A2 area A2: nog 4 van deze 5 getoond" in page


def test_without_a_rule_there_is_nothing_to_ask(client: Client, cast: Cast, log_in: LogIn) -> None:
    from tests.standards import statements_only

    publish(None, statements_only())
    assert log_in(cast.candidate).get(reverse("growth:what_if", args=["uitspraken", "1"])).status_code == 404


def test_it_takes_a_fixed_number_of_queries(cast: Cast, log_in: LogIn, django_assert_max_num_queries) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    rated(cast, u1_1="vakbekwaam", u1_2="vakbekwaam", u1_3="none")
    client = log_in(cast.candidate)
    for url in (reverse(OWN[0], args=OWN[1]), reverse("growth:what_if_in", args=[procedure.ref])):
        with django_assert_max_num_queries(12) as first:
            client.get(url)
        with django_assert_max_num_queries(len(first)):
            client.get(url)
