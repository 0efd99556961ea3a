"""Life domains and their specific competences: evidence and a word of one's own, alone and in a procedure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bekwaam.frameworks.library import load_builtin
from bekwaam.services.frameworks.versions import publish
from bekwaam.services.growth.reads import read_round
from bekwaam.services.growth.rounds import start_round
from bekwaam.services.portfolio.own import start_portfolio
from bekwaam.store.models import Evidence, Person
from tests.cast import Cast, Point
from tests.web.portfolio.conftest import STORY, text_of

MBO = load_builtin("evc-sociaal-werker-mbo")


@pytest.mark.parametrize("where", ["own", "procedure"])
def test_evidence_is_tied_to_a_specific_competence_and_counts_for_its_life_domain(
    cast: Cast, log_in: Callable[[Person], Client], where: str
) -> None:
    standard = publish(None, MBO)
    if where == "own":
        prefix, ref = "own_", start_portfolio(cast.candidate, standard.pk).ref
    else:
        prefix, ref = "", cast.bring_to(Point.CONSENTED, standard=standard, life_domains=["L1"]).ref
    me = log_in(cast.candidate)
    new = reverse(f"portfolio:{prefix}evidence_new", args=[ref, "story"])
    ladder = text_of(me.post(new, {**STORY, "open": "L1"}))
    assert all(f'value="{item.code}"' in ladder for item in MBO.children("L1", "specific_competence"))
    me.post(new, {**STORY, "ties": ["L1.s1"], "why_L1.s1": "Ik ken de weg."})
    assert [(tie.code, tie.why) for tie in Evidence.objects.get().ties.all()] == [("L1.s1", "Ik ken de weg.")]
    shown: Any = me.get(reverse(f"portfolio:{prefix}coverage", args=[ref]))
    counts = {entry.row.unit.code: entry.row.count for group in shown.context["map"] for entry in group.rows}
    assert counts["L1"] == 1 and counts["1.1"] == 0
    assert ("L2" in counts) == (where == "own")  # in a procedure only what was chosen


def test_a_life_domain_and_its_specific_competences_are_rated_by_oneself(
    cast: Cast, log_in: Callable[[Person], Client]
) -> None:
    ref = start_round(cast.candidate, publish(None, MBO)).ref
    me = log_in(cast.candidate)
    page = reverse("growth:unit", args=[ref, "L1"])
    text = text_of(me.get(page))
    assert MBO.by_code["L1.s1"].name("nl") in text and "Specifieke competenties" in text
    me.post(page, {"L1": "vakbekwaam", "L1.s1": "yes", "L1.s2": "partly"})
    assert read_round(cast.candidate, ref).values == {"L1": "vakbekwaam", "L1.s1": "yes", "L1.s2": "partly"}
    assert 'name="L1.s1" value="yes" id="id_L1.s1_2" checked' in text_of(me.get(page)).replace("\n", " ")
