"""The outcome page: who sees it when, what it says, and fixing and issuing from it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from bekwaam.services.assessment.consensus import agree_final, propose_final
from bekwaam.store.models import Certificate, DecisionRecord
from tests.cast import Cast, Point, finding, fresh, piece_refs

NOT_MET = {"1.1": "not_shown", "1.2": "not_shown"}


def url(name: str, procedure) -> str:
    return reverse(f"certificates:{name}", args=[procedure.ref])


def person(cast: Cast, role: str):
    return cast.assessors[0] if role == "assessor" else getattr(cast, role)


@pytest.mark.parametrize(
    ("point", "seen_by"),
    [
        (Point.FILLED, ""),
        (Point.DECLARED, ""),
        (Point.REVEALED, "assessor coordinator auditor"),
        (Point.DECIDED, "assessor coordinator auditor"),
        (Point.ISSUED, "candidate guide assessor coordinator auditor"),
        (Point.CLOSED, "candidate guide assessor coordinator auditor"),
    ],
)
def test_the_outcome_is_seen_only_when_and_by_whom_it_may(
    cast: Cast, log_in, point: Point, seen_by: str
) -> None:
    procedure = cast.bring_to(point)
    for role in ("candidate", "guide", "assessor", "coordinator", "auditor"):
        status = log_in(person(cast, role)).get(url("outcome", procedure)).status_code
        assert status == (200 if role in seen_by.split() else 403), role
    for role in ("outsider", "operator"):
        assert log_in(person(cast, role)).get(url("outcome", procedure)).status_code == 404


def test_before_deciding_it_says_what_is_missing_and_offers_no_decision(cast: Cast, log_in) -> None:
    procedure = cast.bring_to(Point.AGREED)
    page = log_in(cast.coordinator).get(url("outcome", procedure)).content.decode()
    assert "Er ontbreekt nog 1 ding" in page
    assert url("decide", procedure) not in page
    assert "De standaard is gehaald" not in page


def test_a_met_standard_is_said_with_the_count_and_the_reasons(cast: Cast, log_in) -> None:
    procedure = cast.bring_to(Point.ISSUED, stages={"1.2": "not_shown"}, life_domains=["L1"])
    page = log_in(cast.candidate).get(url("outcome", procedure)).content.decode()
    assert "Je voldoet aan de standaard" in page
    assert '<span class="verdict__number">2</span>' in page
    assert "van de 3 competenties aangetoond op vakbekwaam of hoger; 2 zijn er nodig." in page
    assert "1.2 competence 1.2: niet aangetoond; gevraagd is vakbekwaam" in page
    assert "Noor Assessor las over 1.1." in page
    assert "Verhaal 1" in page
    assert "life_domain L1" in page
    assert 'class="wheel"' in page
    assert "verdict--not-met" not in page


def test_a_standard_not_met_is_said_unmistakably_with_the_advice(cast: Cast, log_in) -> None:
    procedure = cast.bring_to(Point.READY, stages=NOT_MET)
    cast.settle(procedure, "1.1", "not_shown", "Zoek een eigen <voorbeeld>.")
    cast.bring_on(procedure, Point.ISSUED, since=Point.READY)
    page = log_in(cast.candidate).get(url("outcome", procedure)).content.decode()
    assert "Je voldoet nog niet aan de standaard" in page
    assert "Je voldoet aan de standaard" not in page
    assert "verdict--not-met" in page
    assert "1 te weinig" in page
    assert "Zoek een eigen &lt;voorbeeld&gt;." in page


def test_dissent_does_not_show_on_the_outcome(cast: Cast, log_in) -> None:
    procedure = cast.bring_to(Point.READY)
    given = finding("vakbekwaam", piece_refs(procedure), said_by=cast.assessors[0], about="1.1")
    final = propose_final(cast.assessors[0], procedure, "1.1", given, dissent="Ik twijfel")
    agree_final(cast.assessors[1], procedure, final.pk, "Ik blijf erbij dat het mager is")
    cast.bring_on(procedure, Point.ISSUED, since=Point.READY)
    page = log_in(cast.candidate).get(url("outcome", procedure)).content.decode()
    assert "mager" not in page
    assert "twijfel" not in page


def test_a_coordinator_fixes_the_outcome_and_issues(cast: Cast, log_in) -> None:
    procedure = cast.bring_to(Point.READY)
    client = log_in(cast.coordinator)
    assert url("decide", procedure) in client.get(url("outcome", procedure)).content.decode()
    page = client.post(url("decide", procedure), follow=True).content.decode()
    assert DecisionRecord.objects.get(procedure=procedure).met
    assert url("decide", procedure) not in page
    assert url("issue", procedure) not in page
    assert url("draft", procedure) in page
    cast.facts_right(procedure)
    assert url("issue", procedure) in client.get(url("outcome", procedure)).content.decode()
    page = client.post(url("issue", procedure), {"language": "en"}, follow=True).content.decode()
    assert Certificate.objects.get().language == "en"
    assert Certificate.objects.get().number in page
    assert url("certificate", procedure) in page
    assert fresh(procedure).state == "issued"


def test_pressing_twice_says_why_not_and_changes_nothing(cast: Cast, log_in) -> None:
    procedure = cast.bring_to(Point.READY)
    client = log_in(cast.coordinator)
    client.post(url("decide", procedure))
    assert client.post(url("decide", procedure)).status_code == 403
    cast.facts_right(procedure)
    client.post(url("issue", procedure), {"language": "nl"})
    assert client.post(url("issue", procedure), {"language": "nl"}).status_code == 403
    assert Certificate.objects.count() == 1


def test_deciding_while_something_is_missing_is_refused_with_a_sentence(cast: Cast, log_in) -> None:
    procedure = cast.bring_to(Point.AGREED)
    page = log_in(cast.coordinator).post(url("decide", procedure), follow=True).content.decode()
    assert "kan nog niet worden vastgesteld" in page
    assert not DecisionRecord.objects.exists()


def test_a_certificate_is_not_issued_in_a_language_we_do_not_speak(cast: Cast, log_in) -> None:
    procedure = cast.bring_to(Point.DECIDED)
    client = log_in(cast.coordinator)
    page = client.post(url("issue", procedure), {"language": "fr"}, follow=True).content.decode()
    assert "Kies de taal van het certificaat." in page
    assert not Certificate.objects.exists()


@pytest.mark.parametrize("name", ["decide", "issue"])
def test_looking_at_the_address_does_nothing(cast: Cast, log_in, name: str) -> None:
    procedure = cast.bring_to(Point.DECIDED)
    assert log_in(cast.coordinator).get(url(name, procedure)).status_code == 405


@pytest.mark.parametrize("role", ["assessor", "auditor", "candidate", "guide"])
def test_only_the_coordinator_decides_and_issues(cast: Cast, log_in, role: str) -> None:
    ready = cast.bring_to(Point.READY)
    client = log_in(person(cast, role))
    assert client.post(url("decide", ready)).status_code == 403
    assert not DecisionRecord.objects.exists()
    assert client.post(url("issue", ready), {"language": "nl"}).status_code == 403


def test_the_certificate_is_downloaded_exactly_as_issued(cast: Cast, log_in) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    answer = log_in(cast.candidate).get(url("certificate", procedure))
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"%PDF-")
    number = Certificate.objects.get().number
    assert f'filename="ervaringscertificaat-{number}.pdf"' in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_changed_file_is_refused_with_a_sentence(cast: Cast, log_in, own_files) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    (path,) = own_files.rglob(Certificate.objects.get().file.key)
    path.write_bytes(b"%PDF-1.7 forged")
    answer = log_in(cast.candidate).get(url("certificate", procedure))
    assert answer.status_code == 403
    assert "veranderd" in answer.content.decode()
    assert b"forged" not in answer.content


def test_before_issuing_there_is_nothing_to_download(cast: Cast, log_in) -> None:
    procedure = cast.bring_to(Point.DECIDED)
    assert log_in(cast.coordinator).get(url("certificate", procedure)).status_code == 403
    assert log_in(cast.candidate).get(url("certificate", procedure)).status_code == 403


@pytest.mark.parametrize("point", [Point.REVEALED, Point.READY, Point.DECIDED, Point.ISSUED])
def test_the_page_takes_as_many_queries_for_a_small_file_as_for_a_large_one(
    cast: Cast, log_in, django_assert_max_num_queries, mbo_standard, point: Point
) -> None:
    small = cast.bring_to(point)
    other = cast.person("groot@example.org", "Gerda Groot")
    large = cast.bring_to(Point.CONSENTED, candidate=other, standard=mbo_standard, life_domains=["L1", "L2"])
    cast.fill(large, pieces=8)
    cast.bring_on(large, point, since=Point.FILLED)
    client = log_in(cast.coordinator)
    with django_assert_max_num_queries(12) as few:
        client.get(url("outcome", small))
    with django_assert_max_num_queries(12) as many:
        assert client.get(url("outcome", large)).status_code == 200
    assert len(few) == len(many)
