"""My certificate: what its holder does with it, and what somebody sees who was given a link."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bekwaam.domain.certificates.status import Change
from bekwaam.services import clock
from bekwaam.services.certificates.naming import name_shown
from bekwaam.services.certificates.sharing import note_visit
from bekwaam.services.statuses.changing import change_status
from bekwaam.store.models import CertificateForm, NameChoice, Procedure, ShareLink, ShareVisit
from tests.cast import Cast, Point
from tests.services.certificates.links import secret_of, shown

NAME = "Samira Kandidaat"


def url(name: str, procedure: Procedure, *args: str) -> str:
    return reverse(f"certificates:{name}", args=[procedure.ref, *args])


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def looked(secret: str, **headers: str) -> Any:
    return Client().get(reverse("certificates:shared", args=[secret]), headers=headers)


def test_a_candidate_says_on_the_draft_whether_their_name_is_readable(cast: Cast, log_in: Any) -> None:
    procedure = cast.bring_to(Point.DECIDED)
    client, office = log_in(cast.candidate), log_in(cast.coordinator)
    draft, choose = url("draft", procedure), url("choose_name", procedure)
    assert "Zolang je niets kiest" in page(client, draft)
    assert choose not in page(office, draft) and "Niet leesbaar" in page(office, draft)
    wrong = client.post(choose, {"shows": "maybe"}, follow=True).content.decode()
    assert "Kies of je naam leesbaar mag zijn." in wrong and not NameChoice.objects.exists()
    saved = client.post(choose, {"shows": "yes"}, follow=True).content.decode()
    assert "Bewaard." in saved and name_shown(procedure)
    assert re.search(r'value="yes" checked', saved)
    assert "Leesbaar: wie het bestand heeft" in page(office, draft)


@pytest.mark.parametrize(("address", "on_linkedin"), [("https://evc.example", True), ("http://x.nl", False)])
def test_the_holder_finds_every_way_to_use_it(
    cast: Cast, log_in: Any, settings: Any, address: str, on_linkedin: bool
) -> None:
    procedure = cast.bring_to(Point.CHECKED)
    settings.BASE_URL = address
    number = cast.issue(procedure).number
    client = log_in(cast.candidate)
    assert url("holding", procedure) in page(client, url("outcome", procedure))
    said = page(client, url("holding", procedure))
    assert f'href="{address}/c/{number}"' in said
    assert ("https://www.linkedin.com/profile/add?" in said) is on_linkedin
    assert "KvK-nummer van je aanbieder" in said and "europa.eu" not in said
    for form in ("experience", "experience_jwt", "standard", "standard_jwt"):
        assert url("form", procedure, form) in said
    for other in ("shares", "proof", "everything", "certificate"):
        assert url(other, procedure) in said
    assert said.count("button--primary") == 1 and 'class="wheel"' in said


def test_with_the_number_of_the_provider_there_is_an_export_for_europass(cast: Cast, log_in: Any) -> None:
    procedure = cast.bring_to(Point.CHECKED)
    cast.provider.legal_id = "12345678"
    cast.provider.save()
    cast.issue(procedure)
    said = page(log_in(cast.candidate), url("holding", procedure))
    assert "europa.eu/europass" in said and url("form", procedure, "elm") in said


def test_the_coordinator_can_only_download(cast: Cast, log_in: Any) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    said = page(log_in(cast.coordinator), url("holding", procedure))
    assert url("everything", procedure) in said and f"Certificaat van {NAME}" in said
    assert url("shares", procedure) not in said and "LinkedIn" not in said


def test_a_certificate_of_before_exists_on_paper_only(cast: Cast, log_in: Any) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    CertificateForm.objects.all().delete()
    said = page(log_in(cast.candidate), url("holding", procedure))
    assert "Het bestaat alleen op papier." in said
    assert url("everything", procedure) not in said and "In een wallet" not in said


@pytest.mark.parametrize(
    ("name", "args", "kind", "ending"),
    [
        ("form", ["experience"], "application/vc", ".json"),
        ("form", ["standard_jwt"], "application/vc+jwt", "-standaard.jwt"),
        ("proof", [], "text/plain; charset=utf-8", ".tlog-proof"),
        ("everything", [], "application/zip", ".zip"),
    ],
)
def test_a_form_comes_as_a_file_of_its_own_kind(
    cast: Cast, log_in: Any, name: str, args: list[str], kind: str, ending: str
) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    client = log_in(cast.candidate)
    answer = client.get(url(name, procedure, *args))
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["Content-Disposition"].endswith(f'{ending}"')
    assert "no-store" in answer.headers["Cache-Control"]
    for form in ("elm", "exe"):
        assert client.get(url("form", procedure, form)).status_code == 404


def test_a_form_that_was_changed_is_refused_with_a_reason(cast: Cast, log_in: Any) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    CertificateForm.objects.update(content="{}")
    answer = log_in(cast.candidate).get(url("form", procedure, "experience"))
    assert answer.status_code == 403 and "na de uitgifte veranderd" in answer.content.decode()


def test_a_holder_makes_a_link_sees_it_once_and_withdraws_it(cast: Cast, log_in: Any) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    client, until = log_in(cast.candidate), clock.today() + timedelta(days=3)
    given = {"depth": "competences", "until": until.isoformat(), "label": "<Gemeente>", "shows_name": "on"}
    made = client.post(url("shares", procedure), given).content.decode()
    (address,) = re.findall(r'value="http[^"]*(/gedeeld/[^"]+)"', made)
    assert address not in page(client, url("shares", procedure))
    link = ShareLink.objects.get()
    assert "&lt;Gemeente&gt;" in made and url("share", procedure, link.ref) in made
    seen = page(Client(), address)
    assert NAME in seen and "competence 1.1" in seen and "Noor Assessor las" not in seen
    assert "1 keer" in page(client, url("shares", procedure))
    assert url("share_withdraw", procedure, link.ref) in page(client, url("share", procedure, link.ref))
    gone = client.post(url("share_withdraw", procedure, link.ref), follow=True).content.decode()
    assert "De link werkt niet meer." in gone and "ingetrokken" in gone
    assert Client().get(address).status_code == 404
    assert url("share_withdraw", procedure, link.ref) not in page(client, url("share", procedure, link.ref))


def test_what_is_wrong_in_a_link_is_said_and_nothing_typed_is_lost(cast: Cast, log_in: Any) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    until = clock.today() + timedelta(days=400)
    given = {"depth": "reasons", "until": until.isoformat(), "label": "School"}
    answer = log_in(cast.candidate).post(url("shares", procedure), given)
    said = answer.content.decode()
    assert answer.status_code == 422 and "hooguit een jaar" in said
    assert 'value="School"' in said and re.search(r'value="reasons"[^>]*checked', said)
    assert until.isoformat() in said and not ShareLink.objects.exists()


@pytest.mark.parametrize(
    ("depth", "sees"), [("outcome", ""), ("competences", "unit"), ("reasons", "unit reason")]
)
def test_a_visitor_sees_as_much_as_the_example_said(cast: Cast, log_in: Any, depth: str, sees: str) -> None:
    procedure = cast.bring_to(Point.ISSUED, stages={"1.2": "not_shown"})
    seen = looked(secret_of(procedure, depth=depth)).content.decode()
    example = page(log_in(cast.candidate), url("share_preview", procedure, depth))
    for said in (seen, example):
        assert ("competence 1.2" in said) is ("unit" in sees)
        assert ("Noor Assessor las over 1.1." in said) is ("reason" in sees)
        assert "Verhaal 1" not in said and "/c/" in said
    assert NAME not in seen
    assert "Dit is een voorbeeld" in example and "Dit is een voorbeeld" not in seen
    named = page(log_in(cast.candidate), url("share_preview", procedure, depth) + "?naam=1")
    assert f">{NAME}</h1>" in named


def test_every_link_that_does_not_work_gives_the_same_page(cast: Cast) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    over, gone = secret_of(procedure, label="over"), secret_of(procedure, label="ingetrokken")
    ShareLink.objects.filter(label="over").update(until=clock.now())
    ShareLink.objects.filter(label="ingetrokken").update(withdrawn_at=clock.now())
    answers = [looked(secret) for secret in (over, gone, "bestaatniet")]
    bare = {
        re.sub(r'name="(csrfmiddlewaretoken|next)" value="[^"]*"', "", a.content.decode()) for a in answers
    }
    assert {answer.status_code for answer in answers} == {404} and len(bare) == 1
    assert "Deze link werkt niet" in bare.pop() and not ShareVisit.objects.exists()


def test_a_link_stays_out_of_search_engines_caches_and_other_sites(cast: Cast) -> None:
    for secret in (secret_of(cast.bring_to(Point.ISSUED)), "bestaatniet"):
        headers = looked(secret).headers
        assert headers["X-Robots-Tag"] == "noindex, nofollow"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "no-store" in headers["Cache-Control"]


def test_who_looks_counts_and_the_holder_does_not(cast: Cast, log_in: Any) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    secret = secret_of(procedure)
    address = reverse("certificates:shared", args=[secret])
    log_in(cast.candidate).get(address)
    Client().head(address)
    looked(secret, sec_fetch_site="same-origin")
    assert not ShareVisit.objects.exists()
    looked(secret, sec_fetch_site="cross-site")
    log_in(cast.coordinator).get(address)
    assert ShareVisit.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([Change.SUSPENDED], "Het certificaat is geschorst sinds"),
        ([Change.REVOKED], "Het certificaat is ingetrokken op"),
        ([Change.SUSPENDED, Change.REINSTATED], ""),
    ],
)
def test_a_certificate_that_does_not_hold_says_so_first(
    cast: Cast, log_in: Any, settings: Any, changes: list[Change], said: str
) -> None:
    procedure = cast.bring_to(Point.CHECKED)
    settings.BASE_URL = "https://evc.example"
    cast.issue(procedure)
    for change in changes:
        change_status(cast.coordinator, procedure, change, "holder", "Op verzoek.")
    for seen in (
        looked(secret_of(procedure)).content.decode(),
        page(log_in(cast.candidate), url("holding", procedure)),
    ):
        assert "Op verzoek." not in seen
        if said:
            assert seen.index(said) < seen.index("verdict__title")
        else:
            assert "geschorst" not in seen
        assert ('class="verdict"' in seen) is (Change.REVOKED not in changes)
    assert ("Zet het op LinkedIn" in seen) is (Change.REVOKED not in changes)


@pytest.mark.parametrize(("cookie", "said"), [("", "Issued by"), ("nl", "Uitgegeven door")])
def test_a_visitor_reads_it_in_its_own_language_until_they_choose(
    cast: Cast, settings: Any, cookie: str, said: str
) -> None:
    procedure = cast.bring_to(Point.CHECKED)
    cast.issue(procedure, "en")
    client = Client()
    if cookie:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie
    seen = page(client, reverse("certificates:shared", args=[secret_of(procedure)]))
    assert said in seen and ('lang="en"' in seen.partition("<main")[2]) is bool(cookie)


def test_the_screens_take_as_many_queries_with_more_on_them(
    cast: Cast, log_in: Any, django_assert_max_num_queries: Any
) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    client, secret = log_in(cast.candidate), secret_of(procedure)
    link = ShareLink.objects.get()
    note_visit(link.pk)
    addresses = [
        url("holding", procedure),
        url("shares", procedure),
        url("share", procedure, link.ref),
        reverse("certificates:shared", args=[secret]),
    ]
    counts = []
    for _ in range(2):
        for address in addresses:
            client.get(address)
            with django_assert_max_num_queries(12) as asked:
                assert client.get(address).status_code == 200
            counts.append(len(asked))
        for number in range(4):
            shown(procedure, label=str(number))
            note_visit(link.pk)
    assert counts[:4] == counts[4:]


@pytest.mark.parametrize("page", ["holding", "status", "shares"])
def test_the_pages_of_a_certificate_are_kept_by_nobody(cast: Cast, log_in: Any, page: str) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    answer = log_in(procedure.candidate).get(reverse(f"certificates:{page}", args=[procedure.ref]))
    assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (200, True)
