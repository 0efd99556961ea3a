"""Every form of a certificate is handed out as it was issued, or not at all."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable

import pytest

from bekwaam.domain.certificates.forms import FORM_USES, FORMS, Form
from bekwaam.domain.certificates.sealing import digest_of
from bekwaam.services.certificates.downloading import fetch_everything, fetch_form, fetch_proof
from bekwaam.services.certificates.holding import read_holding
from bekwaam.services.errors import NotFound, Refused
from bekwaam.store.models import Certificate, CertificateForm, Procedure
from bekwaam.trust.entries import Kind, LogEntry, credential_digest
from bekwaam.trust.logproofs import read_log_proof
from tests.cast import Cast, Point

NOT_MET = {"1.1": "not_shown", "1.2": "not_shown"}


def with_number(cast: Cast) -> None:
    cast.provider.legal_id = "12345678"
    cast.provider.save()


def test_there_is_a_use_in_words_for_every_form() -> None:
    assert set(FORM_USES) == set(FORMS) == set(Form)


@pytest.mark.parametrize(
    ("met", "legal", "forms"),
    [
        (True, True, set(Form)),
        (True, False, set(Form) - {Form.ELM}),
        (False, False, {Form.EXPERIENCE, Form.EXPERIENCE_JWT}),
    ],
)
def test_the_holder_has_every_form_that_was_issued(
    cast: Cast, met: bool, legal: bool, forms: set[Form]
) -> None:
    procedure = cast.bring_to(Point.CHECKED, stages={} if met else NOT_MET)
    if legal:
        with_number(cast)
    cast.issue(procedure)
    found = read_holding(procedure)
    assert set(found.forms) == forms and found.logged
    for form in Form:
        if form not in forms:
            with pytest.raises(NotFound):
                fetch_form(procedure, form)
            continue
        paper = fetch_form(procedure, form)
        kept = CertificateForm.objects.get(form=form)
        assert paper.content.read().decode() == kept.content
        assert (paper.media_type, found.number in paper.name) == (FORMS[form].media_type, True)


def test_the_proof_is_of_this_certificate_and_of_the_log_as_it_is_now(cast: Cast) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    paper = fetch_proof(procedure)
    proof = read_log_proof(paper.content.read())
    entry = LogEntry.read(proof.extra or b"")
    kept = CertificateForm.objects.get(form=Form.EXPERIENCE)
    assert (entry.kind, entry.of, proof.index) == (Kind.ISSUED, kept.digest, kept.leaf)
    assert paper.name.endswith(".tlog-proof")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_everything_comes_in_one_file_with_what_each_is_for(cast: Cast, language: str) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    number = Certificate.objects.get().number
    with zipfile.ZipFile(fetch_everything(procedure, language).content) as archive:
        readme, *names = archive.namelist()
        text = archive.read(readme).decode()
        assert archive.read(names[0]).startswith(b"%PDF")
        assert archive.read(names[1]) == fetch_form(procedure, Form.EXPERIENCE).content.read()
        credential, opened = (json.loads(archive.read(name)) for name in (names[1], names[-1]))
        entry = LogEntry.read(read_log_proof(archive.read(names[-2])).extra or b"")
        assert entry.of == credential_digest(json.loads(archive.read(names[3])))
    endings = [".pdf", ".json", ".jwt", "-standaard.json", "-standaard.jwt"]
    endings += [".tlog-proof", "-standaard.tlog-proof"]
    assert names[:-1] == [f"ervaringscertificaat-{number}{ending}" for ending in endings]
    # Whoever is given the seal sees that the badge is of this paper.
    assert digest_of(opened) in [one.get("digestMultibase") for one in credential["evidence"]]
    assert opened["value"]["number"] == number
    assert all(name in text for name in names) and f"/c/{number}" in text


@pytest.mark.parametrize(
    "fetch",
    [
        lambda procedure: fetch_form(procedure, Form.EXPERIENCE),
        lambda procedure: fetch_everything(procedure, "nl"),
    ],
)
def test_a_form_that_somebody_changed_is_not_handed_out(
    cast: Cast, fetch: Callable[[Procedure], object]
) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    row = CertificateForm.objects.get(form=Form.EXPERIENCE)
    row.content = row.content.replace("vakbekwaam", "vakvolwassen")
    row.save()
    with pytest.raises(Refused) as caught:
        fetch(procedure)
    assert caught.value.verdict.reason == "form_changed"


def test_what_somebody_changed_in_the_certificate_is_not_shown(cast: Cast) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    row = Certificate.objects.get()
    row.document["candidate"] = "Iemand Anders"
    row.save()
    with pytest.raises(Refused) as caught:
        read_holding(procedure)
    assert caught.value.verdict.reason == "certificate_changed"


@pytest.mark.parametrize(
    "fetch", [read_holding, fetch_proof, lambda procedure: fetch_everything(procedure, "nl")]
)
def test_before_it_is_issued_there_is_nothing(cast: Cast, fetch: Callable[[Procedure], object]) -> None:
    procedure = cast.bring_to(Point.CHECKED)
    with pytest.raises(NotFound):
        fetch(procedure)
