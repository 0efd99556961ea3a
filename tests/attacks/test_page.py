"""The drill at the check page: what somebody tries, who notices, how, and what a visitor sees.

Who notices is the page of the installation that issued, for anybody who drops the file; it looks at the
signature, at its own public log and at what it holds. A visitor never sees "genuine", unless the file is and
only our own records were changed: then the page says that. Nothing that a file names is ever visited.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bekwaam.domain.certificates.status import Change, ChangeReason
from bekwaam.services import clock
from bekwaam.services.checking import trusted
from bekwaam.services.statuses.changing import change_status
from bekwaam.store.models import Certificate, CertificateForm, PublishedList, StatusChange, StatusPlace
from bekwaam.trust.dids import key_of
from bekwaam.trust.keys import PrivateKey
from bekwaam.trust.proofs import sign, without_proof
from tests.adapters.papers.test_papers import (
    HARMFUL,
    saved_anew,
    with_another_first_page,
    with_another_language,
    without_the_form,
)
from tests.attacks.test_pure import (
    better,
    context_at_home,
    deep,
    issuer_at_home,
    list_at_home,
    of_another,
    within_itself,
)
from tests.cast import Cast, Point
from tests.services.checking.issued import Files, files_of

pytestmark = pytest.mark.django_db
LOOK_ALIKE = "did:web:loca1host%3A8000"


@pytest.fixture
def files(cast: Cast) -> Files:
    return files_of(cast)


@pytest.fixture(autouse=True)
def nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever looks a name up, opens a connection or asks for what fetches, fails here."""

    def visited(*args: Any, **named: Any) -> Any:
        raise AssertionError(f"something was visited: {args}")

    monkeypatch.setattr(trusted.ports, "issuers_elsewhere", visited)
    monkeypatch.setattr(socket, "create_connection", visited)
    monkeypatch.setattr(socket, "getaddrinfo", visited)


def drop(*contents: bytes) -> Any:
    sent = [SimpleUploadedFile("certificaat", content) for content in contents]
    answer = Client().post(reverse("checking:check"), {"files": sent})
    assert answer.status_code == 200
    return answer


def codes(answer: Any) -> set[str]:
    return {line.code for line in answer.context["answer"].verification.lines if line.outcome != "valid"}


def edited(files: Files, change: Callable[[dict[str, Any]], object]) -> bytes:
    credential = json.loads(files.json)
    change(credential)
    return json.dumps(credential).encode()


def told(number: str) -> dict[str, Any]:
    """Return what a register is told of a number."""
    answer: dict[str, Any] = Client().get(reverse("registers:certificate", args=[number])).json()
    return answer


def look_alike(files: Files) -> bytes:
    """Return the certificate as a stranger makes it anew, under a name that looks like ours."""
    stranger = PrivateKey(bytes(range(32)))
    ref = json.loads(files.json)["issuer"]["id"].rpartition(":")[2]
    did = f"{LOOK_ALIKE}:aanbieder:{ref}"
    bare = without_proof(json.loads(files.json))
    bare["issuer"]["id"] = did
    made = sign(bare, signer=stranger, method=key_of(did, stranger.public).id, created=files.row.issued_at)
    return json.dumps(made).encode()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (with_another_language, "changed"),
        (with_another_first_page, "added_to"),
        (without_the_form, "removed"),
        (saved_anew, "unsigned"),
    ],
    ids=["a word", "another page over it", "the signature taken out", "saved anew"],
)
def test_an_edited_pdf(files: Files, change: Callable[[bytes], bytes], code: str) -> None:
    """The signature over all bytes tells; the visitor reads to go by what is inside, not by the paper."""
    answer = drop(change(files.pdf))
    assert (answer.context["outcome"], code in codes(answer)) == ("invalid", True)
    assert answer.context["paper_differs"]


def test_an_edited_json(files: Files) -> None:
    """The signature tells; what the file says is shown as what anybody can have written, without a wheel."""
    alone = drop(edited(files, better))
    assert alone.context["outcome"] == "invalid"
    assert [line for line in alone.context["lines"] if line.outcome == "unknown"] == []
    answer = drop(edited(files, better), files.proof)
    assert answer.context["outcome"] == "invalid"
    assert {"signature", "not_in_log"} <= codes(answer)
    assert answer.context["wheel"] == "" and not answer.context["answer"].signed
    assert "names" in answer.context and answer.context["names"] == ""


def test_the_right_certificate_with_another_persons_name(files: Files) -> None:
    """The hash of the name tells, by file and by number; a name written over it breaks the signature."""
    answer = drop(files.json)
    asked = {"names": answer.context["names"], "name": "Iemand Anders"}
    assert Client().post(reverse("checking:name"), asked).context["same"] is False
    number = reverse("checking:number", args=[files.number])
    assert Client().post(number, {"name": "Iemand Anders"}).context["same"] is False
    assert drop(edited(files, of_another)).context["outcome"] == "invalid"


def test_a_look_alike_issuer(files: Files) -> None:
    """It is not on the list: the visitor sees its host, that we do not know it, and never "genuine"."""
    answer = drop(look_alike(files))
    assert (answer.context["outcome"], "issuer_unknown" in codes(answer)) == ("unknown", True)
    page = answer.content.decode()
    assert "loca1host:8000" in page and answer.context["answer"].own is None


def test_a_revocation_removed_from_the_database_by_an_administrator(files: Files, cast: Cast) -> None:
    """The leaf in the log tells, at the number and at the file, also with the old lists put back."""
    drop(files.json)
    old = list(PublishedList.objects.values())
    change_status(cast.coordinator, files.procedure, Change.REVOKED, ChangeReason.FRAUD, "Vals.")
    StatusChange.objects.all().delete()
    StatusPlace.objects.update(revoked=False)
    PublishedList.objects.all().delete()
    for row in old:
        PublishedList.objects.create(**row)
    number = Client().get(reverse("checking:number", args=[files.number]))
    assert (number.context["read"].status, number.context["read"].only_in_log) == ("revoked", True)
    for content in (files.pdf, files.json, files.jwt):
        answer = drop(content)
        assert answer.context["outcome"] == "invalid"
        assert answer.context["lines"][0].outcome == "invalid"


@pytest.mark.parametrize("what", ["document", "form"])
def test_a_row_edited_in_the_database_by_an_administrator(files: Files, what: str) -> None:
    """The hash of the paper in the signed credential, and the digest in the log, tell: the page of the number
    says that it is not to be gone by, that of the holder's file that the fault is on our side.
    """
    if what == "document":
        Certificate.objects.update(document=files.row.document | {"candidate": "Iemand Anders"})
    else:
        form = CertificateForm.objects.get(form="experience")
        form.content = form.content.replace("vakbekwaam", "vakvolwassen")
        form.save()
    number = Client().get(reverse("checking:number", args=[files.number]))
    assert number.context["read"].intact is False
    assert "Er klopt bij ons iets niet" in number.content.decode()
    assert what == "document" or told(files.number)["standing"] == "doubtful"
    answer = drop(files.json)
    assert (answer.context["outcome"], answer.context["changed_here"]) == ("valid", True)


def test_a_row_put_into_the_database_without_having_been_issued(files: Files, cast: Cast) -> None:
    """It is not in the log, and the log is older: the page of its number says not to go by it."""
    other = cast.bring_to(Point.DECIDED, candidate=cast.person("ander@example.org", "Ander Mens"))
    Certificate.objects.create(
        procedure=other,
        number="2026-VALS-VALS",
        language="nl",
        document=files.row.document | {"number": "2026-VALS-VALS"},
        file=files.row.file,
        issued_at=clock.now(),
        issued_by=cast.coordinator,
    )
    page = Client().get(reverse("checking:number", args=["2026-VALS-VALS"]))
    assert page.context["read"].intact is False
    assert "EVC Huis Noord" not in page.content.decode()
    assert (told("2026-VALS-VALS")["standing"], told("2026-VALS-VALS")["issuer"]) == ("doubtful", "")


def test_names_and_numbers_tried_out_in_bulk(files: Files, settings: Any) -> None:
    """The limits by address tell; the visitor reads when to try again, also for another certificate."""
    day = 24 * 60 * 60  # a minute can pass while this tries
    settings.VISITOR_LIMITS = {"check_name": (5, day), "check_names": (7, day), "check_number": (10, day)}
    there = reverse("checking:number", args=[files.number])
    tried = [Client().post(there, {"name": f"Naam {at}"}).status_code for at in range(6)]
    assert tried == [200] * 5 + [429]
    elsewhere = reverse("checking:number", args=["2026-2222-2222"])
    assert [Client().post(elsewhere, {"name": "Naam"}).status_code for _ in range(3)] == [404, 404, 429]
    assert [Client().get(elsewhere).status_code for _ in range(2)] == [404, 429]


def test_a_qr_code_that_points_to_another_host(files: Files, settings: Any) -> None:
    """Over a code on paper one can paste another: each page of ours says what the address bar has to say, and
    a code for us with a number that is not ours leads to nothing. In the PDF it would be an edit.
    """
    settings.BASE_URL, settings.BEKWAAM_ISSUER_HOST = "https://evc.example", "localhost:8000"
    there = Client().get(reverse("checking:number", args=["2026-2222-2222"]))
    assert there.status_code == 404
    pages = (there, Client().get(reverse("checking:check")), drop(files.pdf))
    assert all("<strong>evc.example</strong>" in page.content.decode() for page in pages)
    pasted = {"text": f"https://evc-examp1e.example/c/{files.number}"}
    assert Client().post(reverse("checking:check"), pasted)["Location"] == f"/c/{files.number}"
    assert pages[2].context["facts"].issuer_host == "localhost:8000"


@pytest.mark.parametrize(
    "content",
    [
        lambda files: deep(100_000),
        lambda files: b'{"a": "' + b"x" * 15_000_000 + b'"}',
        lambda files: b'{"a": [' + b"1," * 500_000 + b"1]}",
        lambda files: edited(files, within_itself),
    ],
    ids=["deep", "giant", "very many values", "within itself"],
)
def test_json_that_is_made_to_harm(files: Files, content: Callable[[Files], bytes]) -> None:
    """The bounds of the reader tell; the visitor reads that it is more than a certificate ever is."""
    answer = drop(content(files))
    assert answer.context["outcome"] == "unknown"
    assert codes(answer) & {"too_large", "too_deep", "too_many_values"}


@pytest.mark.parametrize("what", ["a bomb", "a bomb in a bomb", "an object that is itself"])
def test_a_pdf_that_is_made_to_harm(what: str) -> None:
    """The process that reads it is bounded; the visitor reads that it cannot be read."""
    answer = drop(HARMFUL[what][0]())
    assert answer.context["outcome"] == "unknown"
    assert "unreadable" in codes(answer)


@pytest.mark.parametrize("change", [context_at_home, issuer_at_home, list_at_home])
def test_an_address_in_our_own_network(files: Files, change: Callable[[dict[str, Any]], None]) -> None:
    """No context is ever fetched, and no document or list of whom we do not know: nothing is visited."""
    assert drop(edited(files, change), files.proof).context["outcome"] != "valid"
