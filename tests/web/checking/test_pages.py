"""The pages where anybody checks a certificate: what they say, what they refuse, and that nothing is kept."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bekwaam.domain.certificates.handed import MOST_BYTES
from bekwaam.domain.certificates.status import Change, ChangeReason
from bekwaam.domain.certificates.verdict_words import OUTCOMES
from bekwaam.services.checking import trusted
from bekwaam.services.statuses.changing import change_status
from bekwaam.store.models import Certificate, ErasedCertificate, Person
from bekwaam.trust.verdicts import Outcome, Question
from bekwaam.web.shared import uploads
from bekwaam.wording import say
from tests.cast import Cast
from tests.services.checking.issued import Files, files_of

pytestmark = pytest.mark.django_db
CHECK = "checking:check"
GENUINE, NOT_IN_ORDER = (say("nl", OUTCOMES[one]) for one in (Outcome.VALID, Outcome.INVALID))


@pytest.fixture
def files(cast: Cast) -> Files:
    return files_of(cast)


def hand_in(*contents: bytes, client: Client | None = None, text: str = "") -> Any:
    """Send files, called anything, or a text."""
    sent = [SimpleUploadedFile(f"bestand-{at}.bin", content) for at, content in enumerate(contents)]
    return (client or Client()).post(reverse(CHECK), {"files": sent, "text": text})


def said(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def by_number(number: str, client: Client | None = None, **posted: str) -> Any:
    url = reverse("checking:number", args=[number])
    return (client or Client()).post(url, posted) if posted else (client or Client()).get(url)


def test_a_visitor_hands_in_a_file_and_reads_what_is_true(files: Files) -> None:
    page = said(hand_in(files.pdf))
    for words in (
        GENUINE,
        "EVC Huis Noord",
        "bekend op localhost:8000",
        files.number,
        "Standaard klein, versie 1",
        "tot op de laatste byte het bestand dat hier is uitgegeven",
        "Wat dit niet bewijst",
        'class="wheel"',
    ):
        assert words in page, words
    assert page.count("button--primary") == 1


@pytest.mark.parametrize("way", ["json", "jwt", "json with its proof", "pasted", "pasted token"])
def test_every_way_of_handing_it_in_leads_to_the_same_answer(files: Files, way: str) -> None:
    answer = {
        "json": lambda: hand_in(files.json),
        "jwt": lambda: hand_in(files.jwt),
        "json with its proof": lambda: hand_in(files.proof, files.json),
        "pasted": lambda: hand_in(text=files.json.decode()),
        "pasted token": lambda: hand_in(text=files.jwt.decode() + "\n"),
    }[way]()
    assert GENUINE in said(answer)


def test_a_number_or_the_address_on_a_paper_leads_to_what_is_known_of_it(files: Files) -> None:
    url = reverse("checking:number", args=[files.number])
    typed = Client().get(reverse(CHECK), {"number": files.number.lower().replace("-", " ")})
    pasted = hand_in(text=f"https://evc.example/c/{files.number}#ervaring")
    assert typed["Location"] == pasted["Location"] == url
    assert Client().get(reverse("checking:short"))["Location"] == reverse(CHECK)


@pytest.mark.parametrize(
    ("contents", "text", "words"),
    [
        ((), "", "Kies het bestand van het certificaat"),
        ((b"{}", b"{}"), "", "Kies één certificaat tegelijk"),
        ((b"c2sp.org/tlog-proof@v1\n",), "", "Dit is alleen het bewijs"),
        ((b"x" * (MOST_BYTES + 1),), "", "groter dan 20 MB"),
    ],
    ids=["nothing", "two", "only the proof", "too large"],
)
def test_what_cannot_be_checked_is_refused_with_a_sentence(
    contents: tuple[bytes, ...], text: str, words: str
) -> None:
    answer = hand_in(*contents, text=text)
    assert (answer.status_code, words in said(answer)) == (422, True)


def test_a_number_that_is_none_is_refused_and_stays_in_its_field() -> None:
    answer = Client().get(reverse(CHECK), {"number": "mijn <nummer>"})
    assert answer.status_code == 422
    assert 'value="mijn &lt;nummer&gt;"' in said(answer)


@pytest.mark.parametrize(
    ("content", "code", "outcome"),
    [
        (b"", "empty", "unknown"),
        (b"zomaar wat tekst", "other_file", "unknown"),
        (b"%PDF-1.7 zomaar", "no_credential", "unknown"),
        (b'{"a": 1}', "other_file", "unknown"),
        (b'{"type": "VerifiableCredential"}', "context_missing", "invalid"),
    ],
)
def test_what_is_no_certificate_gets_a_plain_answer(content: bytes, code: str, outcome: str) -> None:
    answer = hand_in(content)
    assert (answer.status_code, answer.context["outcome"]) == (200, outcome)
    assert answer.context["answer"].verification.code_of(Question.DOCUMENT) == code
    assert 'data-outcome="valid"' not in said(answer)


def _to_disk(*args: Any, **named: Any) -> None:
    raise AssertionError("a file goes to disk")


def test_nothing_of_a_file_is_kept(
    files: Files, own_files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    (tmp_path / "temp").mkdir()
    monkeypatch.setattr(uploads.BoundedUploadHandler, "new_file", _to_disk)
    hand_in(files.json)  # what is made at first use is there now: signed lists, our own cache
    before = {model: model.objects.count() for model in apps.get_app_config("store").get_models()}
    stored = sorted(own_files.rglob("*"))
    large = files.pdf + b"%" * (6 * 1024 * 1024)
    with CaptureQueriesContext(connection) as captured:
        for content in (large, files.pdf, files.json, b"Samira Kandidaat woont in Assen"):
            assert hand_in(content).status_code == 200
    written = [it["sql"] for it in captured if not it["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))]
    assert written == []
    assert {model: model.objects.count() for model in before} == before
    assert sorted(own_files.rglob("*")) == stored
    assert list((tmp_path / "temp").iterdir()) == []
    assert caplog.text == ""


def test_the_pages_cost_at_most_twelve_queries_also_for_who_is_logged_in(
    files: Files, cast: Cast, log_in: Callable[[Person], Client]
) -> None:
    client = log_in(cast.coordinator)
    asked: dict[str, Callable[[], Any]] = {
        "page": lambda: client.get(reverse(CHECK)),
        "pdf": lambda: hand_in(files.pdf, client=client),
        "json": lambda: hand_in(files.json, client=client),
        "edited": lambda: hand_in(files.json.replace(b"Huis", b"huis"), client=client),
        "number": lambda: by_number(files.number, client),
        "number and name": lambda: by_number(files.number, client, name="Samira"),
        "unknown number": lambda: by_number("2026-2222-2222", client),
        "yourself": lambda: client.get(reverse("checking:yourself")),
    }
    counts = {}
    for name, ask in asked.items():
        ask()
        with CaptureQueriesContext(connection) as captured:
            ask()
        counts[name] = len(captured)
    assert {name: count for name, count in counts.items() if count > 12} == {}


def test_a_number_tells_by_whom_and_that_it_stands_and_no_more(files: Files) -> None:
    page = said(by_number(files.number.lower()))
    for words in (
        "EVC Huis Noord",
        "Standaard klein, versie 1",
        "Het is niet ingetrokken",
        "Een nummer alleen",
    ):
        assert words in page, words
    for hidden in ("Samira", "gehaald", "vakbekwaam"):
        assert hidden not in page, hidden
    assert page.count("button--primary") == 1


def test_a_number_of_ours_that_was_taken_back_says_so_first(files: Files, cast: Cast) -> None:
    change_status(
        cast.coordinator, files.procedure, Change.SUSPENDED, ChangeReason.INVESTIGATION, "Nader te bezien."
    )
    page = said(by_number(files.number))
    assert "Dit certificaat is geschorst" in page
    assert "Nader te bezien" not in page
    of_file = said(hand_in(files.pdf))
    for told in ("Dit certificaat is geschorst.", "De aanbieder zoekt er iets over uit."):
        assert told in of_file
    assert NOT_IN_ORDER not in of_file and "Nader te bezien" not in of_file


def test_a_number_that_we_do_not_know_and_one_that_was_erased_get_calm_pages(files: Files) -> None:
    unknown = by_number("2026-2222-2222")
    assert (unknown.status_code, "We kennen dit nummer niet" in said(unknown)) == (404, True)
    ErasedCertificate.objects.create(
        procedure=files.procedure,
        number="2025-ABCD-EFGH",
        file_sha256="0" * 64,
        issued_at=files.row.issued_at,
        erased_at=files.row.issued_at,
    )
    erased = by_number("2025-abcd-efgh")
    assert (erased.status_code, "Het dossier is daarna gewist" in said(erased)) == (410, True)
    assert "EVC Huis Noord" not in said(erased)


def test_a_successor_is_named_on_both_pages(files: Files, cast: Cast) -> None:
    other = cast.person("ander@example.org", "Ander Mens")
    later = files_of(cast, candidate=other)
    Certificate.objects.filter(pk=later.row.pk).update(supersedes=files.number)
    link = reverse("checking:number", args=[later.number])
    assert link in said(by_number(files.number))
    answer = hand_in(files.json)
    assert link in said(answer)
    assert GENUINE in said(answer)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("samira KANDIDAAT", "Ja: samira KANDIDAAT"),
        ("Iemand Anders", "Nee: op dit certificaat staat een andere"),
    ],
)
def test_a_name_is_compared_by_number_and_by_file_without_being_told(
    files: Files, name: str, words: str
) -> None:
    assert words in said(by_number(files.number, name=name))
    answer = hand_in(files.json)
    assert "Samira" not in said(answer)
    names = answer.context["names"]
    assert words in said(Client().post(reverse("checking:name"), {"names": names, "name": name}))
    assert by_number(files.number, name=" ").status_code == 422


def test_a_name_is_not_compared_with_what_we_did_not_sign_or_what_is_old(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = hand_in(files.json).context["names"]
    made_up = Client().post(reverse("checking:name"), {"names": names + "x", "name": "Samira Kandidaat"})
    assert made_up["Location"] == reverse(CHECK)
    monkeypatch.setattr("bekwaam.web.checking.files.NAMES_SECONDS", -1)
    old = Client().post(reverse("checking:name"), {"names": names, "name": "Samira Kandidaat"})
    assert old["Location"] == reverse(CHECK)


def test_too_many_tries_get_a_page_that_says_when_to_come_back(files: Files, settings: Any) -> None:
    settings.VISITOR_LIMITS = {"check_name": (2, 60), "check_file": (1, 60)}
    one, two = Client(REMOTE_ADDR="192.0.2.7"), Client(REMOTE_ADDR="192.0.2.8")
    seen = [by_number(files.number, one, name="Samira").status_code for _ in range(3)]
    assert seen == [200, 200, 429]
    other_number = by_number("2026-2222-2222", one, name="Samira").status_code
    assert (other_number, by_number(files.number, two, name="Samira").status_code) == (404, 200)
    assert hand_in(b"{", client=one).status_code == 200
    refused = hand_in(b"{", client=one)
    assert (refused.status_code, "opnieuw proberen" in said(refused)) == (429, True)
    assert 0 < int(refused["Retry-After"]) <= 60


def test_one_ipv6_network_is_one_visitor(settings: Any) -> None:
    settings.VISITOR_LIMITS = {"check_file": (1, 60)}
    seen = [
        hand_in(b"{", client=Client(REMOTE_ADDR=address)).status_code
        for address in ("2001:db8:9::1", "2001:db8:9::2", "2001:db8:9:1::2")
    ]
    assert seen == [200, 429, 200]


def test_an_issuer_elsewhere_is_fetched_only_when_it_is_on_the_list(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    class Elsewhere:
        def issuer(self, did: str) -> None:
            asked.append(did)

        status_list = issuer

    monkeypatch.setattr(trusted.ports, "issuers_elsewhere", Elsewhere)
    made = json.dumps(
        {
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "type": ["VerifiableCredential"],
            "issuer": "did:web:evc.elders.example",
            "credentialSubject": {"id": "urn:x:1"},
        }
    ).encode()
    page = said(hand_in(made))
    assert asked == [] and "evc.elders.example" in page
    settings.KNOWN_ISSUERS = ["did:web:evc.elders.example"]
    hand_in(made)
    hand_in(made)
    assert asked == ["did:web:evc.elders.example"]


def test_the_bundle_is_handed_out_once_and_anew_after_a_change(files: Files, cast: Cast) -> None:
    url = reverse("checking:bundle")
    first = Client().get(url)
    assert json.loads(first.content)["kind"] == "bekwaam-bundle-1"
    again = Client().get(url, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    change_status(cast.coordinator, files.procedure, Change.REVOKED, ChangeReason.ERROR, "Fout.")
    later = Client().get(url, headers={"If-None-Match": first["ETag"]})
    assert (later.status_code, later["ETag"] != first["ETag"]) == (200, True)


def test_the_front_page_and_every_footer_lead_here(cast: Cast, log_in: Callable[[Person], Client]) -> None:
    link = f'href="{reverse(CHECK)}"'
    assert Client().get("/").content.decode().count(link) == 2
    assert link in log_in(cast.candidate).get("/").content.decode()
