"""The screens of who cannot agree, of the third assessor, and of an assessor who came in later."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from bekwaam.domain.accounts.access import Role
from bekwaam.services.assessment.disputes import cannot_agree
from bekwaam.services.assessment.judging import finish_judging, judge
from bekwaam.services.procedures.assigning import assign, declare, replace_assessor
from bekwaam.store.models import Assignment, Dispute, FinalAgreement, Person, Procedure
from tests.cast import Cast, Point, finding, fresh, piece_refs
from tests.web.assessment.test_blindness import pages
from tests.web.assessment.test_query_counts import LIMIT, queries

LogIn = Callable[[Person], Client]
SECRETS = ("Noor Assessor las over", "Bram Assessor las over", "Volgens Noor", "Volgens Bram", "Te mager")
REASON = "Bram vindt het te mager. Te mager waarvoor?"


@pytest.fixture
def differing(cast: Cast) -> Procedure:
    """A procedure of which the assessors gave different stages on 1.2; the rest is settled."""
    procedure = cast.bring_to(Point.HALF_JUDGED)
    cast.judge_all(procedure, cast.assessors[1], {"1.2": "not_shown"})
    cast.agree_all(procedure, cast.assessors[:2])
    cast.interview(procedure)
    return fresh(procedure)


@pytest.fixture
def stuck(cast: Cast, differing: Procedure) -> Procedure:
    """The same, and they said that they cannot agree."""
    cannot_agree(cast.assessors[0], differing, "1.2", REASON)
    return differing


@pytest.fixture
def with_third(cast: Cast, stuck: Procedure) -> Procedure:
    """The same, with Fleur judging it."""
    assign(cast.coordinator, stuck, cast.assessors[2], Role.ASSESSOR)
    declare(cast.assessors[2], stuck, conflict=False)
    return stuck


def page(procedure: Procedure, unit: str = "1.2") -> str:
    return reverse("assessment:final", args=[procedure.ref, unit])


def proposal(procedure: Procedure) -> dict[str, object]:
    texts = {"observed": "Samen bekeken.", "why": "Samen genoeg bevonden."}
    return {"do": "propose", "seen": 0, "stage": "vakbekwaam", "basis": piece_refs(procedure), **texts}


def test_they_say_so_on_the_page_of_the_unit(cast: Cast, differing: Procedure, log_in: LogIn) -> None:
    client = log_in(cast.assessors[0])
    assert "We komen er niet uit" in client.get(page(differing)).content.decode()
    assert "We komen er niet uit" not in client.get(page(differing, "1.1")).content.decode()

    refusal = client.post(page(differing), {"do": "stuck", "stuck-reason": " "})
    assert refusal.status_code == 422
    assert not Dispute.objects.exists()

    client.post(page(differing), {"do": "stuck", "stuck-reason": REASON})
    body = log_in(cast.assessors[1]).get(page(differing)).content.decode()
    assert REASON in body
    assert "derde assessor" in body
    again = client.post(page(differing), {"do": "stuck", "stuck-reason": REASON})
    assert again.status_code == 422
    overview = client.get(reverse("assessment:finals", args=[differing.ref])).context
    assert [row.unit.code for row in overview["disputed"]] == ["1.2"]
    assert overview["wants_third"]


def test_the_coordinator_is_told_and_assigns_a_third(cast: Cast, stuck: Procedure, log_in: LogIn) -> None:
    client = log_in(cast.coordinator)
    where = reverse("procedures:procedure", args=[stuck.ref])
    shown = client.get(where)
    assert "derde assessor" in shown.context["waiting"]
    options = [value for _group, options in shown.context["choices"] for value, _name in options]
    assert options == [f"assessor:{cast.assessors[2].ref}"]
    assert REASON not in shown.content.decode()
    client.post(reverse("procedures:assign", args=[stuck.ref]), {"who": options[0]})
    assert Assignment.objects.get(person=cast.assessors[2]).third
    assert "Derde assessor" in client.get(where).content.decode()


def test_the_third_finds_no_word_of_the_others_on_any_page(
    cast: Cast, with_third: Procedure, log_in: LogIn
) -> None:
    client = log_in(cast.assessors[2])
    seen = 0
    log = reverse("procedures:log", args=[with_third.ref])
    outcome = reverse("certificates:outcome", args=[with_third.ref])
    for address in [*pages(with_third), log, outcome]:
        response = client.get(address)
        seen += response.status_code == 200
        assert not [secret for secret in SECRETS if secret in response.content.decode()], address
    assert seen == 6  # the queue, the declaration, the overview, finishing, a session, and the one unit
    assert client.get(reverse("assessment:judge", args=[with_third.ref, "1.1"])).status_code == 404
    assert client.post(page(with_third), proposal(with_third)).status_code == 403
    assert client.post(page(with_third), {"do": "stuck", "stuck-reason": "x"}).status_code == 403


def test_nobody_reads_along_with_the_third(cast: Cast, with_third: Procedure, log_in: LogIn) -> None:
    fleur = cast.assessors[2]
    given = finding("vakbekwaam", piece_refs(with_third), said_by=fleur, about="1.2")
    judge(fleur, with_third, "1.2", given)
    for person in (*cast.assessors[:2], cast.auditor):
        body = log_in(person).get(page(with_third)).content.decode()
        assert "Fleur Assessor las over" not in body
        assert "beoordeelt dit nog" in body


def test_from_the_queue_to_a_majority_with_dissent(cast: Cast, with_third: Procedure, log_in: LogIn) -> None:
    noor, bram, fleur = map(log_in, cast.assessors)
    entry = fleur.get(reverse("assessment:queue")).context["entries"][0][0]
    assert (entry.next, entry.units) == ("judge", 1)
    fleur.post(
        reverse("assessment:judge", args=[with_third.ref, "1.2"]),
        {"stage": "vakbekwaam", "basis": piece_refs(with_third), "observed": "Gelezen.", "why": "Genoeg."},
    )
    assert noor.get(reverse("assessment:queue")).context["entries"][0][0].next == "agree"
    done = fleur.post(reverse("assessment:finish", args=[with_third.ref]))
    assert done["Location"] == reverse("assessment:finals", args=[with_third.ref])

    noor.post(page(with_third), proposal(with_third))
    assert fleur.get(reverse("assessment:queue")).context["entries"][0][0].next == "agree"
    key = bram.get(page(with_third)).context["entry"].standing.key
    fleur.post(page(with_third), {"do": "agree", "agree-final": key})
    empty = bram.post(page(with_third), {"do": "against", "against-final": key, "against-dissent": ""})
    assert empty.status_code == 422
    bram.post(page(with_third), {"do": "against", "against-final": key, "against-dissent": "Te mager."})
    assert FinalAgreement.objects.filter(against=True).count() == 1
    assert noor.get(page(with_third)).context["status"] == "agreed"

    coordinator = log_in(cast.coordinator)
    coordinator.post(reverse("certificates:decide", args=[with_third.ref]))
    cast.facts_right(with_third)
    coordinator.post(reverse("certificates:issue", args=[with_third.ref]), {"language": "nl"})
    told = log_in(cast.candidate).get(reverse("certificates:outcome", args=[with_third.ref]))
    body = told.content.decode()
    assert "Een derde assessor heeft het los van hen beoordeeld." in body
    assert "Te mager." in body and "(derde assessor)" in body
    log = coordinator.get(reverse("procedures:log", args=[with_third.ref])).content.decode()
    for line in (
        "Gezegd dat ze er niet uit komen",
        "Fleur Assessor als derde assessor",
        "Afwijkende mening vastgelegd",
    ):
        assert line in log


def test_an_assessor_is_replaced_with_a_reason(cast: Cast, differing: Procedure, log_in: LogIn) -> None:
    client, bram = log_in(cast.coordinator), cast.assessors[1]
    where = reverse("procedures:replace", args=[differing.ref, bram.ref])
    assert client.post(where, {"reason": ""}).status_code == 422
    assert client.get(reverse("procedures:replace", args=[differing.ref, "niemand"])).status_code == 404
    answer = client.post(where, {"reason": "Langdurig ziek."})
    assert answer["Location"].endswith("#people")
    shown = client.get(reverse("procedures:procedure", args=[differing.ref])).content.decode()
    assert "Langdurig ziek." in shown
    assert "Vervangen:" in shown
    body = log_in(cast.assessors[0]).get(page(differing)).content.decode()
    assert "Van een assessor die is vervangen" in body
    assert log_in(bram).get(page(differing)).status_code == 404


@pytest.mark.parametrize("name", ["finals", "judging"])
def test_who_comes_in_later_finds_no_word_of_the_others(
    cast: Cast, differing: Procedure, log_in: LogIn, name: str
) -> None:
    fleur = cast.assessors[2]
    replace_assessor(cast.coordinator, differing, cast.assessors[1], "Ziek.")
    assign(cast.coordinator, differing, fleur, Role.ASSESSOR)
    declare(fleur, differing, conflict=False)
    client = log_in(fleur)
    for address in pages(differing):
        body = client.get(address).content.decode()
        assert not [secret for secret in SECRETS if secret in body], address
    status = client.get(reverse(f"assessment:{name}", args=[differing.ref])).status_code
    assert status == (403 if name == "finals" else 200)


@pytest.mark.parametrize("who", ["assessor", "third", "coordinator"])
def test_no_page_takes_more_queries_than_others_do(
    cast: Cast, with_third: Procedure, log_in: LogIn, who: str
) -> None:
    fleur = cast.assessors[2]
    judge(fleur, with_third, "1.2", finding("not_shown", piece_refs(with_third), said_by=fleur, about="1.2"))
    finish_judging(fleur, with_third)
    ref = with_third.ref
    if who == "coordinator":
        assert queries(log_in(cast.coordinator), reverse("procedures:procedure", args=[ref])) <= LIMIT
        return
    client = log_in(cast.assessors[0] if who == "assessor" else fleur)
    for address in (page(with_third), reverse("assessment:finals", args=[ref])):
        assert queries(client, address) <= LIMIT, address
