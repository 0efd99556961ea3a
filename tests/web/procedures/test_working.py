"""The screens of how a provider works: what holds, settling it, and sentences for what makes no sense."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bekwaam.services.procedures.working import way_of, ways
from bekwaam.store.models import StandardSettings
from tests.cast import Cast, fresh

pytestmark = [pytest.mark.database, pytest.mark.django_db]

FILLED = {
    "seen": "",
    "assessors": "3",
    "role_split": "on",
    "instrument_rule": "these",
    "instruments": ["observation", "interview"],
    "term_intake": "10",
    "term_portfolio": "200",
    "term_judging": "30",
    "term_deciding": "15",
    "objection_days": "28",
    "answer_weeks": "4",
    "facts_days": "5",
}


def address(cast: Cast) -> str:
    return reverse("procedures:working", args=[cast.provider.ref, "klein"])


def test_a_coordinator_settles_it_and_reads_it_back(
    cast: Cast, log_in, django_assert_max_num_queries: Any
) -> None:
    client: Client = log_in(cast.coordinator)
    answer = client.post(address(cast), FILLED)
    assert answer.headers["Location"] == reverse("procedures:workings", args=[cast.provider.ref])
    way = ways(cast.provider)[0].now.way
    assert (way.assessors, way.role_split, way.objection_days, way.answer_weeks) == (3, True, 28, 4)
    assert way.facts_days == 5
    assert [kind.value for kind in way.asked.kinds] == ["interview", "observation"]
    for page in (answer.headers["Location"], address(cast)):
        with django_assert_max_num_queries(12):
            text = client.get(page).content.decode()
        assert "binnen 28 dagen, antwoord binnen 4 weken" in text
    procedure = cast.start()
    assert way_of(fresh(procedure)) == way
    shown = client.get(reverse("procedures:procedure", args=[procedure.ref])).content.decode()
    assert "3 assessoren, vakinhoudelijk en algemeen" in shown


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"assessors": ""}, "verplicht"),
        ({"assessors": "1"}, "Met één assessor kun je de rollen niet verdelen."),
        ({"instruments": []}, "Kies er ten minste één."),
        ({"instrument_rule": "none"}, "Schrijf op waarom het portfolio alleen genoeg is."),
        ({"term_judging": "veel"}, "Kies een getal van 1 tot en met 730"),
        ({"seen": "weg"}, "Intussen heeft iemand anders dit gewijzigd."),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_lost(
    cast: Cast, log_in, wrong: dict[str, Any], says: str
) -> None:
    answer = log_in(cast.coordinator).post(address(cast), {**FILLED, **wrong})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert 'value="28"' in answer.content.decode()
    assert not StandardSettings.objects.exists()


def test_there_is_no_screen_for_a_standard_that_is_not_there(cast: Cast, log_in) -> None:
    client = log_in(cast.coordinator)
    assert client.get(reverse("procedures:working", args=[cast.provider.ref, "geen"])).status_code == 404


def test_where_roles_are_divided_the_choice_names_the_side(cast: Cast, log_in) -> None:
    client = log_in(cast.coordinator)
    client.post(address(cast), FILLED)
    procedure, one = cast.start(), cast.assessors[0]
    assign = reverse("procedures:assign", args=[procedure.ref])
    client.post(assign, {"who": f"assessor:{one.ref}:subject"})
    shown = client.get(reverse("procedures:procedure", args=[procedure.ref])).content.decode()
    assert "Vakinhoudelijk assessor" in shown
