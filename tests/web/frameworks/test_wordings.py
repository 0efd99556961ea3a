"""Words of an organisation on the screens: loading them, who reads them, and where they never are."""

from __future__ import annotations

import ast
import io
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from openpyxl import load_workbook

from bekwaam.cli.main import main
from bekwaam.frameworks.worded import WordingTexts, slots
from bekwaam.services.certificates.fetching import fetch_certificate
from bekwaam.services.frameworks.versions import framework_of, publish
from bekwaam.services.frameworks.wordings import load_wording
from bekwaam.store.models import Certificate, Draft, Wording
from tests.adapters.pdf.reading import opened, page_texts, squeezed
from tests.cast import Cast, Point
from tests.standards import indicator_standard

pytestmark = pytest.mark.django_db
SAID = {"whose": "Beroepsvereniging", "right": "Afspraak van 1 maart"}
THEIRS = "Zo zegt de vereniging het"
SRC = Path(__file__).resolve().parents[3] / "src" / "bekwaam"
ITEM = "/kaders/klein/1/1.1/"


def address(cast: Cast, name: str, *rest: str) -> str:
    return reverse(f"frameworks:{name}", args=[cast.provider.ref, "klein", "1", *rest])


def sheet(*rows: str) -> SimpleUploadedFile:
    text = "\r\n".join(["code;titel nl;tekst nl;titel en;tekst en", *rows])
    return SimpleUploadedFile("woorden.csv", text.encode())


def load(cast: Cast, texts: dict[str, Any] | None = None) -> Wording:
    given = texts or {"1.1": {"title": {"nl": THEIRS}}}
    return load_wording(cast.coordinator, cast.provider, cast.standard, WordingTexts(given), **SAID)


def page(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, url
    return response.content.decode()


def test_a_coordinator_finds_it_from_the_overview(cast: Cast, log_in) -> None:
    client = log_in(cast.coordinator)
    url = reverse("frameworks:wordings", args=[cast.provider.ref])
    assert f'href="{url}"' in page(client, reverse("procedures:overview", args=[cast.provider.ref]))
    assert f'href="{address(cast, "wording")}"' in page(client, url)
    load(cast)
    assert "Beroepsvereniging" in page(client, url)


def test_a_file_is_looked_through_before_anything_is_loaded(cast: Cast, log_in) -> None:
    client = log_in(cast.coordinator)
    sent = sheet(f"1.1;{THEIRS};;;", "1.8;Bestaat niet;;;", "1.2;<b>Vet</b>;Goed;;")
    response = client.post(address(cast, "wording"), {"file": sent, **SAID}, follow=True)
    text = response.content.decode()
    assert response.redirect_chain[0][0] == address(cast, "wording_review")
    assert "A3" in text and "In dit kader staat geen 1.8" in text
    assert "B4" in text and "HTML" in text
    assert "Laad deze 2 teksten" in text
    assert not Wording.objects.exists()
    beside = page(client, address(cast, "wording_review") + "?toon=teksten")
    assert THEIRS in beside and "competence 1.1" in beside
    assert "nog niets van geladen" in page(client, address(cast, "wording"))


def settle(client: Client, cast: Cast, **given: str) -> Any:
    shown = page(client, address(cast, "wording_review"))
    file = shown.split('name="file" value="')[1].split('"')[0]
    return client.post(address(cast, "wording_review"), {"file": file, "do": "load", **given}, follow=True)


def test_the_sound_texts_are_loaded_when_the_person_says_so(cast: Cast, log_in) -> None:
    client = log_in(cast.coordinator)
    client.post(address(cast, "wording"), {"file": sheet(f"1.1;{THEIRS};;;", "x;y;;;"), **SAID})
    text = settle(client, cast).content.decode()
    assert "Geladen. Jullie mensen lezen vanaf nu deze woorden." in text
    assert "1 tekst in het Nederlands" in text and THEIRS in text
    row = Wording.objects.get()
    assert (row.whose, row.right, row.loaded_by) == (SAID["whose"], SAID["right"], cast.coordinator)
    assert not Draft.objects.exists()


def test_what_is_loaded_is_what_was_looked_at(cast: Cast, log_in) -> None:
    client = log_in(cast.coordinator)
    client.post(address(cast, "wording"), {"file": sheet("1.1;Eerste;;;"), **SAID})
    text = settle(client, cast, file="0" * 64).content.decode()
    assert "Intussen is er een ander bestand ingestuurd" in text
    assert not Wording.objects.exists()


def test_a_file_that_was_thrown_away_is_gone(cast: Cast, log_in) -> None:
    client = log_in(cast.coordinator)
    client.post(address(cast, "wording"), {"file": sheet("1.1;Eerste;;;"), **SAID})
    assert "weggegooid" in settle(client, cast, do="drop").content.decode()
    assert not Draft.objects.exists() and not Wording.objects.exists()
    response = client.get(address(cast, "wording_review"))
    assert response.status_code == 302 and response["Location"] == address(cast, "wording")


@pytest.mark.parametrize(
    ("file", "said", "sentence"),
    [
        (None, SAID, "Dit veld is verplicht"),
        (lambda: sheet("1.1;;;;"), SAID, "nog geen teksten in dit bestand"),
        (lambda: sheet("1.1;x;;;"), {**SAID, "whose": ""}, "Dit veld is verplicht"),
        (lambda: SimpleUploadedFile("x.csv", b"x" * 5_300_000), SAID, "hoogstens 5 MB"),
    ],
)
def test_a_form_that_will_not_do_says_why_and_keeps_what_was_typed(
    cast: Cast, log_in, file: Any, said: dict[str, str], sentence: str
) -> None:
    client = log_in(cast.coordinator)
    given = {**said, **({"file": file()} if file else {})}
    response = client.post(address(cast, "wording"), given)
    text = response.content.decode()
    assert response.status_code == 422
    assert sentence in text
    assert SAID["right"] in text
    assert not Draft.objects.exists()


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\0\0\0", b"PK\x03\x04kapot", b"zomaar wat"])
def test_a_file_that_is_no_spreadsheet_gives_a_sentence_and_no_button(
    cast: Cast, log_in, content: bytes
) -> None:
    client = log_in(cast.coordinator)
    file = SimpleUploadedFile("plaatje.xlsx", content)
    text = client.post(address(cast, "wording"), {"file": file, **SAID}, follow=True).content.decode()
    assert "Uit dit bestand kan niets geladen worden" in text
    assert 'value="load"' not in text


def test_withdrawing_brings_ours_back(cast: Cast, log_in) -> None:
    load(cast)
    client = log_in(cast.coordinator)
    text = client.post(address(cast, "wording_withdraw"), follow=True).content.decode()
    assert "lezen weer de teksten van Bekwaam" in text
    assert "Beroepsvereniging: van" in text
    assert client.post(address(cast, "wording_withdraw")).status_code == 404
    for person, status in ((cast.auditor, 403), (cast.guide, 403), (cast.outsider, 404)):
        assert log_in(person).post(address(cast, "wording_withdraw")).status_code == status


def test_an_auditor_reads_along_and_can_load_nothing(cast: Cast, log_in) -> None:
    load(cast)
    text = page(log_in(cast.auditor), address(cast, "wording"))
    assert SAID["right"] in text
    assert 'type="file"' not in text and address(cast, "wording_withdraw") not in text


def test_a_template_is_handed_out_and_an_unknown_form_is_not(cast: Cast, log_in) -> None:
    client = log_in(cast.coordinator)
    response = client.get(address(cast, "wording_template", "xlsx"))
    assert 'filename="woorden-klein-1.xlsx"' in response["Content-Disposition"]
    book = load_workbook(io.BytesIO(response.content))
    codes = [row[0].value for row in book.worksheets[0].iter_rows(min_row=2)]
    assert codes == [slot.code for slot in slots(framework_of(cast.standard))]
    assert client.get(address(cast, "wording_template", "exe")).status_code == 404


def test_the_pages_take_a_fixed_number_of_queries(cast: Cast, log_in) -> None:
    client = log_in(cast.coordinator)
    counts = []
    for number in (1, 40):
        texts = {f"1.{n % 3 + 1}": {"text": {"nl": f"{n}"}} for n in range(number)}
        load(cast, texts)
        rows = [f"1.{n % 3 + 1};Titel {n};;;" for n in range(number)]
        client.post(address(cast, "wording"), {"file": sheet(*rows), **SAID})
        for name in ("wording", "wording_review"):
            page(client, address(cast, name))
            with CaptureQueriesContext(connection) as caught:
                page(client, address(cast, name))
            counts.append(len(caught))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 12


PAGES = [
    ("portfolio:dossier", (), Point.FILLED, "candidate guide"),
    ("portfolio:unit", ("1.1",), Point.FILLED, "candidate guide"),
    ("portfolio:hand_in", (), Point.CONSENTED, "candidate"),
    ("assessment:judging", (), Point.DECLARED, "assessor auditor"),
    ("assessment:judge", ("1.1",), Point.DECLARED, "assessor auditor"),
    ("assessment:finals", (), Point.REVEALED, "assessor auditor"),
    ("assessment:final", ("1.1",), Point.REVEALED, "assessor auditor"),
    ("certificates:outcome", (), Point.READY, "assessor coordinator auditor"),
    ("certificates:outcome", (), Point.ISSUED, "candidate guide assessor coordinator auditor"),
    ("procedures:log", (), Point.ISSUED, "coordinator auditor"),
]


@pytest.mark.parametrize(("name", "rest", "point", "people"), PAGES)
def test_everybody_in_a_procedure_reads_the_words_of_its_provider_and_is_told_so_once(
    cast: Cast, log_in, name: str, rest: tuple[str, ...], point: Point, people: str
) -> None:
    load(cast)
    procedure = cast.bring_to(point)
    url = reverse(name, args=[procedure.ref, *rest])
    for letter in people.split():
        person = cast.assessors[0] if letter == "assessor" else getattr(cast, letter)
        text = page(log_in(person), url)
        assert THEIRS in text, letter
        assert "competence 1.1" not in text and "competence 1.2" in text
        assert text.count("words-mark") == 1
        assert "1 van de " in text and "Beroepsvereniging" in text
        assert 'href="/kaders/klein/1/?woorden=bekwaam"' in text


def test_a_coordinator_starts_a_procedure_in_the_words_of_the_provider(cast: Cast, log_in) -> None:
    load(cast, {"L1": {"title": {"nl": "Hun leefgebied"}}})
    text = page(log_in(cast.coordinator), reverse("procedures:start", args=[cast.provider.ref]))
    assert "L1 Hun leefgebied" in text
    elsewhere = reverse("procedures:start", args=[cast.other_provider.ref])
    assert "Hun leefgebied" not in page(log_in(cast.outsider), elsewhere)


def test_without_words_of_its_own_a_page_says_nothing_about_them(cast: Cast, log_in) -> None:
    procedure = cast.bring_to(Point.FILLED)
    url = reverse("portfolio:dossier", args=[procedure.ref])
    assert "words-mark" not in page(log_in(cast.candidate), url)


def test_in_a_language_without_words_of_theirs_a_page_is_ours_and_says_nothing(cast: Cast, log_in) -> None:
    load(cast)
    client = log_in(cast.guide)
    client.cookies["django_language"] = "en"
    text = page(client, ITEM)
    assert "competence 1.1 en" in text and "words-mark" not in text


def test_the_explorer_is_in_the_words_of_ones_organisation_with_a_way_to_ours(cast: Cast, log_in) -> None:
    load(cast)
    client = log_in(cast.guide)
    text = page(client, ITEM)
    assert THEIRS in text and "De woorden zijn die van Beroepsvereniging." in text
    assert 'href="?woorden=bekwaam"' in text
    ours = page(client, f"{ITEM}?woorden=bekwaam")
    assert "competence 1.1" in ours and f'<h1 class="page-header__title">{THEIRS}' not in ours
    assert f'href="{ITEM}"' in ours and "Lees de teksten van Beroepsvereniging" in ours
    assert 'name="woorden" value="bekwaam"' in ours


def test_searching_looks_through_the_words_that_one_reads(cast: Cast, log_in) -> None:
    load(cast)
    client = log_in(cast.guide)
    assert ITEM in page(client, "/kaders/klein/1/?q=vereniging")
    assert ITEM not in page(client, "/kaders/klein/1/?q=vereniging&woorden=bekwaam")


@pytest.mark.parametrize("url", ["/kaders/", "/kaders/klein/1/", ITEM, "/kaders/klein/1/?q=vereniging"])
def test_nobody_else_ever_reads_them_in_the_explorer(cast: Cast, log_in, url: str) -> None:
    load(cast)
    page(log_in(cast.guide), url)  # whatever is kept in this process is kept now
    for client in (Client(), log_in(cast.outsider), log_in(cast.operator), log_in(cast.candidate)):
        text = page(client, url)
        assert THEIRS not in text and "words-mark" not in text
        assert ITEM not in text or "q=" not in url


def test_a_page_in_words_of_ones_own_is_never_kept_for_another(cast: Cast, log_in) -> None:
    visitor = Client()
    visitor.get(ITEM)
    tag = visitor.get(ITEM)["ETag"]
    load(cast)
    assert visitor.get(ITEM, headers={"if-none-match": tag}).status_code == 304
    client = log_in(cast.guide)
    client.cookies.update(visitor.cookies)
    client.force_login(cast.guide, backend="allauth.account.auth_backends.AuthenticationBackend")
    response = client.get(ITEM, headers={"if-none-match": tag})
    assert response.status_code == 200 and "ETag" not in response
    assert "private" in response["Cache-Control"] and "Cookie" in response["Vary"]
    client.logout()
    assert THEIRS not in page(client, ITEM)


def test_who_is_logged_in_pays_one_query_for_it_and_a_visitor_none(cast: Cast, log_in) -> None:
    for client, known in ((Client(), 0), (log_in(cast.guide), 1)):
        page(client, ITEM)
        with CaptureQueriesContext(connection) as caught:
            page(client, ITEM)
        assert sum("store_wording" in query["sql"] for query in caught) == known


def test_the_certificate_carries_the_words_and_says_whose_and_since_when(cast: Cast) -> None:
    texts = {"1.1": {"title": {"nl": THEIRS}}, "vakbekwaam": {"text": {"nl": "Hun stadium"}}}
    row = load(cast, texts)
    procedure = cast.bring_to(Point.ISSUED)
    certificate = Certificate.objects.get(procedure=procedure)
    document = certificate.document
    assert document["words"]["whose"] == "Beroepsvereniging"
    assert document["words"]["since"] == timezone.localdate(row.loaded_at).isoformat()
    assert document["standard"]["sha256"] == cast.standard.sha256
    pdf = fetch_certificate(procedure).content.read()
    paper = squeezed("".join(page_texts(pdf)))
    assert squeezed(THEIRS) in paper and squeezed("Hun stadium") in paper
    assert squeezed("zijn er op dit certificaat 2 van Beroepsvereniging; EVC Huis Noord gebruikt") in paper
    assert cast.standard.sha256 in paper
    with opened(pdf) as read, read.open_metadata() as meta:
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "A")
        assert meta["pdfuaid:part"] == "1"


def test_a_certificate_in_a_language_without_words_of_theirs_says_nothing(cast: Cast) -> None:
    load(cast)
    procedure = cast.bring_to(Point.CHECKED)
    assert cast.issue(procedure, "en").document["words"] is None


def test_a_certificate_that_was_issued_stays_as_it_was(cast: Cast) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    before = Certificate.objects.get(procedure=procedure)
    load(cast)
    assert Certificate.objects.get(procedure=procedure).document == before.document
    assert before.document["words"] is None


def test_the_commands_tell_ours_whatever_was_loaded(cast: Cast, capsys) -> None:
    load(cast)
    with pytest.raises(SystemExit):
        main(["frameworks", "show", "evc-sociaal-werker-mbo", "--json"])
    assert THEIRS not in json.dumps(capsys.readouterr().out)


# Whatever hands a framework to anybody, of what there is: what is not there is left out.
TAKEN_ALONG = ("case", "xlsx", "skos", "moodle-csv", "mahara", "json")
CASE = "/ims/case/v1p1/"


def _open_addresses(client: Client) -> Iterator[str]:
    yield from ("/kaders/klein/1/?kind=competence", "/kaders/vergelijken/?a=klein%401&b=per-indicator%401")
    for form in TAKEN_ALONG:
        with suppress(NoReverseMatch):
            yield reverse("frameworks:take_along", args=["klein", "1", form])
    documents = client.get(f"{CASE}CFDocuments")
    if documents.status_code == 200:
        for one in documents.json()["CFDocuments"]:
            yield f"{CASE}CFPackages/{one['identifier']}"


def test_whatever_is_handed_out_to_anybody_is_in_our_words_also_to_our_own_people(cast: Cast, log_in) -> None:
    publish(None, indicator_standard())
    load(cast)
    own = log_in(cast.guide)
    page(own, ITEM)
    for url in _open_addresses(Client()):
        for client in (Client(), own):
            response = client.get(url)
            if client is own and url.startswith("/kaders/klein/1/?"):
                continue  # a page to read, and theirs to read
            content = b"".join(response) if response.streaming else response.content
            assert response.status_code == 200, url
            assert THEIRS.encode() not in _unpacked(content), url


def _unpacked(content: bytes) -> bytes:
    """Return what is in an answer, also where it is a workbook."""
    if not content.startswith(b"PK"):
        return content
    with ZipFile(io.BytesIO(content)) as packed:
        return b"".join(packed.read(name) for name in packed.namelist())


# What is for anybody: exports, exchange, commands, and rules. None of it may even know of these words.
OPEN = ("api", "cli", "domain", "frameworks", "services/frameworks/case")
KNOWS = {
    "bekwaam.services.frameworks.words",
    "bekwaam.services.frameworks.wordings",
    "bekwaam.web.shared.words",
}


def test_nothing_that_goes_out_into_the_open_knows_of_them() -> None:
    files = [path for folder in OPEN for path in sorted((SRC / folder).rglob("*.py"))]
    assert len(files) > 50
    for path in files:
        named = {
            node.module for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom)
        }
        assert not named & KNOWS, path
