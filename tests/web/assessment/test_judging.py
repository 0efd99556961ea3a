"""The judging screens: judging one unit after the other, and finishing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bekwaam.services.drafts import load_draft
from bekwaam.services.frameworks.versions import publish
from bekwaam.services.procedures.assigning import replace_assessor
from bekwaam.store.models import Judgement, Person, Procedure, Provider
from tests.cast import Cast, Point, fresh, piece_refs, units
from tests.standards import indicator_standard

LogIn = Callable[[Person], Client]


@pytest.fixture
def declared(cast: Cast) -> Procedure:
    return cast.bring_to(Point.DECLARED)


def page(procedure: Procedure, unit: str = "1.1") -> str:
    return reverse("assessment:judge", args=[procedure.ref, unit])


def answers(procedure: Procedure, **other: Any) -> dict[str, Any]:
    return {
        "stage": "vakbekwaam",
        "basis": piece_refs(procedure),
        "observed": "Ze ging drie keer langs.",
        "why": "Dat is wat hier gevraagd wordt.",
        **other,
    }


def test_saving_goes_on_to_the_next_open_unit_and_drops_the_draft(
    cast: Cast, declared: Procedure, log_in: LogIn
) -> None:
    client = log_in(cast.assessors[0])
    client.post(reverse("save_draft", args=[f"judge:{declared.ref}:1.1"]), {"why": "Half"})
    response = client.post(page(declared), answers(declared))
    assert response.status_code == 302
    assert response["Location"] == page(declared, "1.2")
    assert load_draft(cast.assessors[0], f"judge:{declared.ref}:1.1") is None


def test_the_last_one_leads_back_to_the_overview(cast: Cast, declared: Procedure, log_in: LogIn) -> None:
    client = log_in(cast.assessors[0])
    for unit in ("1.3", "1.1"):
        client.post(page(declared, unit), answers(declared))
    response = client.post(page(declared, "1.2"), answers(declared), follow=True)
    assert response.redirect_chain[-1][0] == reverse("assessment:judging", args=[declared.ref])
    assert reverse("assessment:finish", args=[declared.ref]) in response.content.decode()


def test_what_is_missing_is_said_at_the_field_and_nothing_typed_is_lost(
    cast: Cast, declared: Procedure, log_in: LogIn
) -> None:
    response = log_in(cast.assessors[0]).post(
        page(declared), {"stage": "not_shown", "observed": "Ik zocht ernaar & vond niets."}
    )
    body = response.content.decode()
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"basis", "why"}
    assert 'value="not_shown" data-key="0" checked' in body
    assert "Ik zocht ernaar &amp; vond niets." in body
    assert not Judgement.objects.exists()


def test_an_earlier_judgement_is_filled_in_and_saving_again_corrects_it(
    cast: Cast, declared: Procedure, log_in: LogIn
) -> None:
    client = log_in(cast.assessors[0])
    client.post(page(declared), answers(declared))
    body = client.get(page(declared)).content.decode()
    assert "Ze ging drie keer langs." in body
    assert f'value="{piece_refs(declared)[0]}" checked' in body

    client.post(page(declared), answers(declared, why="Bij nader inzien."))
    assert list(Judgement.objects.values_list("why", flat=True)) == [
        "Dat is wat hier gevraagd wordt.",
        "Bij nader inzien.",
    ]


def test_the_evidence_stands_on_the_page_with_what_the_candidate_says(
    cast: Cast, declared: Procedure, log_in: LogIn
) -> None:
    body = log_in(cast.assessors[0]).get(page(declared)).content.decode()
    assert "Een vrouw van 70 kwam niet meer buiten." in body
    assert "Hier doe ik het." in body


def test_evidence_that_is_tied_elsewhere_is_folded_among_the_other(cast: Cast, log_in: LogIn) -> None:
    from bekwaam.services.portfolio.evidence import add_evidence
    from tests.cast import story

    procedure = cast.bring_to(Point.FILLED)
    add_evidence(cast.candidate, procedure, story("Alleen bij twee", ["1.2.vb1"]))
    cast.bring_on(procedure, Point.DECLARED, since=Point.FILLED)
    client = log_in(cast.assessors[0])

    def tied(unit: str) -> list[str]:
        return [view.piece.title for view in client.get(page(procedure, unit)).context["tied"]]

    assert tied("1.1") == ["Verhaal 1"]
    assert tied("1.2") == ["Verhaal 1", "Alleen bij twee"]


@pytest.mark.parametrize("unit", ["9.9", "1", "1.1.vb1", "L1"])
def test_what_is_not_judged_has_no_page(cast: Cast, declared: Procedure, log_in: LogIn, unit: str) -> None:
    client = log_in(cast.assessors[0])
    assert client.get(page(declared, unit)).status_code == 404
    assert client.post(page(declared, unit), answers(declared)).status_code == 404


def test_finishing_asks_first_what_is_open(cast: Cast, declared: Procedure, log_in: LogIn) -> None:
    client = log_in(cast.assessors[0])
    client.post(page(declared, "1.2"), answers(declared))
    finish = reverse("assessment:finish", args=[declared.ref])
    assert [unit.code for unit in client.get(finish).context["open"]] == ["1.1", "1.3"]
    assert client.post(finish).status_code == 403
    assert fresh(declared).state == "judging"


def test_the_first_to_finish_waits_and_the_second_sees_the_final_judgements(
    cast: Cast, declared: Procedure, log_in: LogIn
) -> None:
    finish = reverse("assessment:finish", args=[declared.ref])
    landed = []
    for assessor in cast.assessors[:2]:
        client = log_in(assessor)
        for unit in units(declared):
            client.post(page(declared, unit), answers(declared))
        assert client.get(finish).context["open"] == []
        landed.append(client.post(finish)["Location"])
    assert landed == [
        reverse("assessment:judging", args=[declared.ref]),
        reverse("assessment:finals", args=[declared.ref]),
    ]
    assert fresh(declared).state == "deciding"


def test_who_has_finished_reads_their_own_judgement_and_cannot_change_it(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.HALF_JUDGED)
    client = log_in(cast.assessors[0])
    body = client.get(page(procedure)).content.decode()
    assert "Noor Assessor las over 1.1" in body
    assert 'name="why"' not in body
    assert client.post(page(procedure), answers(procedure)).status_code == 403


def test_judgements_can_be_revealed_when_the_last_one_left_the_procedure(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.HALF_JUDGED)
    finish = reverse("assessment:finish", args=[procedure.ref])
    client = log_in(cast.assessors[0])
    assert not client.get(finish).context["ready"]

    replace_assessor(cast.coordinator, procedure, cast.assessors[1], "Ziek.")
    Provider.objects.filter(pk=cast.provider.pk).update(assessors_needed=1)
    assert client.get(finish).context["ready"]
    assert client.post(finish)["Location"] == reverse("assessment:finals", args=[procedure.ref])


def test_indicators_are_judged_on_the_same_screen(cast: Cast, log_in: LogIn) -> None:
    standard = publish(None, indicator_standard())
    procedure = cast.bring_to(Point.DECLARED, standard=standard)
    client = log_in(cast.assessors[0])
    response = client.get(page(procedure, "A1.vb1"))
    assert [card["value"] for card in response.context["stages"]] == ["not_shown", "vakbekwaam"]
    response = client.post(page(procedure, "A1.vb1"), answers(procedure))
    assert response["Location"] == page(procedure, "A1.vb2")


def test_text_of_the_candidate_and_the_assessor_is_never_markup(cast: Cast, log_in: LogIn) -> None:
    from bekwaam.services.portfolio.evidence import add_evidence
    from tests.cast import story

    procedure = cast.bring_to(Point.FILLED)
    add_evidence(cast.candidate, procedure, story("<script>alert(1)</script>", ["1.1"]))
    cast.bring_on(procedure, Point.DECLARED, since=Point.FILLED)
    body = log_in(cast.assessors[0]).get(page(procedure)).content.decode()
    assert "<script>alert" not in body
