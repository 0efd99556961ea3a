"""The draft of the certificate: checking facts, asking for corrections, answering them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from bekwaam.domain.certificates.facts import Place, Spot
from bekwaam.services.certificates.facts import answer_request, ask_correction
from bekwaam.store.models import FactAnswer, FactRequest, FactsConfirmed, Procedure
from tests.cast import Cast, Point

NAME = Spot(Place.CANDIDATE)
TEXT = Spot(Place.OBSERVED, "1.1")


def url(name: str, procedure: Procedure, *args: str) -> str:
    return reverse(f"certificates:{name}", args=[procedure.ref, *args])


def test_a_candidate_reads_the_draft_and_says_that_it_is_right(cast: Cast, log_in) -> None:
    procedure = cast.bring_to(Point.DECIDED)
    client = log_in(cast.candidate)
    assert url("draft", procedure) in client.get(reverse("home")).content.decode()
    assert (
        url("draft", procedure)
        in client.get(reverse("portfolio:dossier", args=[procedure.ref])).content.decode()
    )
    answer = client.get(url("draft", procedure))
    page = answer.content.decode()
    for said in ("Samira Kandidaat", "Groningen", "Verhaal 1", "Noor Assessor las over 1.1.", "Klopt niet?"):
        assert said in page
    assert page.count("button--primary") == 1
    seen = answer.context["draft"].sha256
    page = client.post(url("facts_confirm", procedure), {"seen": seen}, follow=True).content.decode()
    assert FactsConfirmed.objects.get().sha256 == seen
    assert "Klopt niet?" not in page
    assert url("draft", procedure) not in client.get(reverse("home")).content.decode()


def test_a_word_about_another_draft_counts_for_nothing(cast: Cast, log_in) -> None:
    procedure = cast.bring_to(Point.DECIDED)
    page = log_in(cast.candidate).post(url("facts_confirm", procedure), follow=True).content.decode()
    assert "Intussen is er iets veranderd in het concept" in page
    assert not FactsConfirmed.objects.exists()


def test_a_fact_is_asked_about_and_answered_on_the_screens(cast: Cast, log_in) -> None:
    procedure = cast.bring_to(Point.DECIDED)
    client, ask = log_in(cast.candidate), url("fact_ask", procedure, NAME.key)
    assert ask in client.get(url("draft", procedure)).content.decode()
    empty = client.post(ask, {"wanted": " "})
    assert (empty.status_code, "Schrijf op wat het moet zijn." in empty.content.decode()) == (422, True)
    page = client.post(ask, {"wanted": "Samira <El> Idrissi"}, follow=True).content.decode()
    assert "Samira &lt;El&gt; Idrissi" in page
    assert url("facts_confirm", procedure) not in page
    office = log_in(cast.coordinator)
    row = FactRequest.objects.get()
    respond = url("fact_answer", procedure, row.ref)
    assert (
        "Beantwoord een verzoek"
        in office.get(reverse("procedures:procedure", args=[procedure.ref])).content.decode()
    )
    assert respond in office.get(url("draft", procedure)).content.decode()
    assert office.post(respond, {"answer": "refuse", "why": ""}).status_code == 422
    given = {"answer": "correct", "text": "Samira El Idrissi", "why": ""}
    page = office.post(respond, given, follow=True).content.decode()
    assert FactAnswer.objects.get().text == "Samira El Idrissi"
    assert respond not in page
    again = office.post(respond, given, follow=True).content.decode()
    assert "al beantwoord" in again
    assert FactAnswer.objects.count() == 1


def test_the_text_of_a_finding_is_the_assessors_to_correct(cast: Cast, log_in) -> None:
    procedure = cast.bring_to(Point.DECIDED)
    row = ask_correction(cast.candidate, procedure, TEXT, "Het was in Assen.")
    respond = url("fact_answer", procedure, row.ref)
    office = log_in(cast.coordinator).get(respond).content.decode()
    assert 'name="text"' not in office
    assert log_in(cast.auditor).get(respond).status_code == 403
    assert log_in(cast.candidate).get(respond).status_code == 403
    judge = log_in(cast.assessors[0])
    page = judge.get(respond).content.decode()
    assert "Noor Assessor las over 1.1." in page
    assert judge.post(respond, {"answer": "refuse", "why": "nee"}).status_code == 422
    given = {"answer": "correct", "text": "Noor las over Assen.", "why": "De plaats klopte niet."}
    assert "Noor las over Assen." in judge.post(respond, given, follow=True).content.decode()


def test_after_issuing_what_was_asked_stays_to_be_read(cast: Cast, log_in) -> None:
    procedure = cast.bring_to(Point.DECIDED)
    row = ask_correction(cast.candidate, procedure, NAME, "El Idrissi")
    answer_request(cast.coordinator, procedure, row.ref, corrected=False, why="Zo sta je ingeschreven.")
    cast.bring_on(procedure, Point.ISSUED, since=Point.DECIDED)
    log = log_in(cast.auditor).get(reverse("procedures:log", args=[procedure.ref])).content.decode()
    assert "Naam van de kandidaat: niet verbeterd" in log
    for person in (cast.candidate, cast.auditor, cast.coordinator, cast.assessors[0]):
        page = log_in(person).get(url("draft", procedure)).content.decode()
        assert "Zo sta je ingeschreven." in page
        assert url("fact_answer", procedure, row.ref) not in page


def test_what_is_not_on_the_draft_is_not_found(cast: Cast, log_in) -> None:
    procedure = cast.bring_to(Point.DECIDED)
    client = log_in(cast.candidate)
    for fact in ("stage:1.1", "why:9.9", "x"):
        assert client.get(url("fact_ask", procedure, fact)).status_code == 404
    assert client.get(url("fact_answer", procedure, "bestaatniet1")).status_code == 404


@pytest.mark.parametrize("role", ["candidate", "coordinator", "assessor"])
def test_the_draft_takes_as_many_queries_with_more_on_it(
    cast: Cast, log_in, django_assert_max_num_queries, role: str
) -> None:
    procedure = cast.bring_to(Point.DECIDED)
    client = log_in(cast.assessors[0] if role == "assessor" else getattr(cast, role))
    with django_assert_max_num_queries(12):
        client.get(url("draft", procedure))
    ask_correction(cast.candidate, procedure, NAME, "El Idrissi")
    with django_assert_max_num_queries(12) as few:
        client.get(url("draft", procedure))
    for spot in (Spot(Place.PROVIDER_PLACE), TEXT, Spot(Place.WHY, "1.2")):
        ask_correction(cast.candidate, procedure, spot, "anders")
    row = FactRequest.objects.first()
    assert row
    answer_request(cast.coordinator, procedure, row.ref, corrected=True, text="Samira El Idrissi")
    with django_assert_max_num_queries(12) as many:
        assert client.get(url("draft", procedure)).status_code == 200
    assert len(few) == len(many)
