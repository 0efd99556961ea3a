"""One certificate in all its forms: what is signed holds, is in the log, and is what the paper carries."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import jsonschema_rs
import pytest

from bekwaam.adapters.papers import PaperReader
from bekwaam.adapters.papers.vouching import vouched_for
from bekwaam.domain.certificates.forms import Form
from bekwaam.domain.certificates.sealing import same_person
from bekwaam.domain.certificates.signed import Standing, standing
from bekwaam.services import clock, ports
from bekwaam.services.audit import broken_contents
from bekwaam.services.certificates import signing_forms
from bekwaam.services.certificates.fetching import fetch_certificate
from bekwaam.services.certificates.issuing import issue
from bekwaam.services.errors import Refused
from bekwaam.services.issuers.keys import ensure_key
from bekwaam.services.publiclog.writing import proof
from bekwaam.services.signing.ring import did_of, issuer_of, log_key, signer_of
from bekwaam.store.models import (
    AuditEntry,
    Certificate,
    CertificateForm,
    CertificateSecret,
    LogLeaf,
    NameChoice,
    Procedure,
    StatusPlace,
)
from bekwaam.trust.credentials import AtHand, Logged, check_credential, check_token
from bekwaam.trust.entries import Kind, LogEntry, credential_digest
from bekwaam.trust.logproofs import read_log_proof
from bekwaam.trust.proofs import sign
from bekwaam.trust.status import Bits, list_credential
from bekwaam.trust.verdicts import Outcome
from tests.adapters.pdf.conforming import faults
from tests.cast import Cast, Point, fresh
from tests.domain.certificates.badges import schema


def content(form: Form) -> str:
    return CertificateForm.objects.get(form=form).content


def credential(form: Form = Form.EXPERIENCE) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(content(form))
    return read


def lists(cast: Cast) -> Callable[[str], dict[str, Any]]:
    key = ensure_key(cast.provider)
    signer, did, now = signer_of(key), did_of(cast.provider), clock.now()
    method = f"{did}#{key.public}"

    def published(url: str) -> dict[str, Any]:
        purpose = url.rpartition("/")[2]
        end = now.replace(year=now.year + 1)
        bare = list_credential(url, purpose, Bits.empty(), issuer=did, valid_from=now, valid_until=end)
        return sign(bare, signer=signer, method=method, created=now)

    return published


def at_hand(cast: Cast, leaf: int) -> AtHand:
    shown = proof(leaf)
    issuer = issuer_of(cast.provider)
    return AtHand(
        clock.now(),
        lambda did: issuer if did == issuer.did else None,
        lists(cast),
        Logged(LogEntry.read(shown.extra or b"").leaf, shown, log_key()),
    )


@pytest.mark.parametrize("met", [True, False])
def test_every_form_that_is_signed_holds_in_every_respect(cast: Cast, met: bool) -> None:
    stages = {} if met else {"1.1": "not_shown", "1.2": "not_shown"}
    cast.bring_to(Point.ISSUED, stages=stages)
    rows = {Form(row.form): row for row in CertificateForm.objects.all()}
    expected = {Form.EXPERIENCE, Form.EXPERIENCE_JWT} | ({Form.STANDARD, Form.STANDARD_JWT} if met else set())
    assert set(rows) == expected
    for form, row in rows.items():
        assert row.leaf is not None
        check = check_token if form.value.endswith("jwt") else check_credential
        held = row.content if form.value.endswith("jwt") else json.loads(row.content)
        verdict = check(held, at_hand(cast, row.leaf))
        assert verdict.outcome is Outcome.VALID, [c for c in verdict.checks if c.outcome is not Outcome.VALID]
    places = StatusPlace.objects.filter(certificate__isnull=False)
    assert {place.digest for place in places} == {row.digest for row in rows.values()}


def test_the_credential_is_a_proper_open_badge(cast: Cast) -> None:
    cast.bring_to(Point.ISSUED)
    validator = jsonschema_rs.Draft201909Validator(schema(), validate_formats=True)
    for form in (Form.EXPERIENCE, Form.STANDARD):
        assert [str(error.message) for error in validator.iter_errors(credential(form))] == []


def test_the_paper_is_signed_and_carries_the_credential_and_its_proof(cast: Cast) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    pdf = fetch_certificate(procedure).content.read()
    paper = PaperReader().read(pdf)
    (key,) = issuer_of(cast.provider).keys
    assert standing(paper, lambda signature: vouched_for(signature, key.public.raw)) is Standing.AS_ISSUED
    assert paper.credential == content(Form.EXPERIENCE).encode()
    shown = read_log_proof(paper.log_proof or b"")
    entry = LogEntry.read(shown.extra or b"")
    assert (entry.kind, entry.of) == (Kind.ISSUED, credential_digest(credential()))
    (signature,) = paper.signatures
    assert signature.signer and dict(entry.more)["paper"] == signature.signer.certificate_sha256
    assert Logged(entry.leaf, shown, log_key()).check().origin == log_key().name
    assert Certificate.objects.get().number in Certificate.objects.get().document["check_url"]
    assert faults(pdf, "3a") == []
    assert faults(pdf, "ua1") == []


def test_the_log_holds_nothing_personal(cast: Cast) -> None:
    cast.bring_to(Point.ISSUED)
    logged = " ".join(LogLeaf.objects.values_list("data", flat=True))
    number = Certificate.objects.get().number
    for text in ("Samira", "example.org", number, cast.candidate.ref):
        assert text not in logged


def test_the_name_is_readable_only_where_the_candidate_chose_that(cast: Cast) -> None:
    cast.bring_to(Point.ISSUED)
    assert "Samira" not in content(Form.EXPERIENCE)
    assert "Samira" not in content(Form.STANDARD)
    identities = credential()["credentialSubject"]["identifier"]
    assert any(same_person("samira  kandidaat", shown) for shown in identities)
    assert not any(same_person("Iemand Anders", shown) for shown in identities)


def test_the_last_choice_about_the_name_counts(cast: Cast) -> None:
    procedure = cast.bring_to(Point.CHECKED)
    for shows in (False, True):
        choose(procedure, shows)
    issue(cast.coordinator, procedure, "nl")
    assert "Samira Kandidaat" in content(Form.EXPERIENCE)


def choose(procedure: Procedure, shows: bool) -> None:
    NameChoice.objects.create(
        procedure=procedure, shows=shows, chosen_by=procedure.candidate, chosen_at=clock.now()
    )


def test_the_european_export_is_there_once_the_provider_has_a_number(cast: Cast) -> None:
    procedure = cast.bring_to(Point.CHECKED)
    procedure.provider.legal_id = "12345678"
    procedure.provider.save()
    issue(cast.coordinator, fresh(procedure), "nl")
    export = json.loads(content(Form.ELM))
    assert "EuropeanDigitalCredential" in export["type"]
    row = CertificateForm.objects.get(form=Form.ELM)
    assert (row.digest, row.leaf) == ("", None)


def test_all_forms_are_vouched_for_by_the_audit_chain(cast: Cast) -> None:
    cast.bring_to(Point.ISSUED)
    payload = json.loads(AuditEntry.objects.get(code="certificate.issued").payload)
    assert payload["logged"] == sorted(LogLeaf.objects.filter(kind="issued").values_list("index", flat=True))
    assert not list(broken_contents())
    CertificateForm.objects.filter(form=Form.EXPERIENCE).update(content="{}")
    assert [found.table for found in broken_contents()] == ["CertificateForm"]


def nothing_issued() -> None:
    assert not Certificate.objects.exists()
    assert not CertificateForm.objects.exists()
    assert not CertificateSecret.objects.exists()
    assert not StatusPlace.objects.exists()
    assert not LogLeaf.objects.filter(kind="issued").exists()


@pytest.mark.parametrize("part", ["credential_faults", "sign", "sign_token", "add_all", "_paper", "_export"])
def test_when_one_form_fails_there_is_no_certificate_and_nothing_in_the_log(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    procedure = cast.bring_to(Point.CHECKED)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(signing_forms, part, fail)
    with pytest.raises(RuntimeError):
        issue(cast.coordinator, procedure, "nl")
    nothing_issued()
    assert fresh(procedure).state == "deciding"


def test_keys_that_cannot_be_opened_stop_issuing_with_a_sentence(cast: Cast, settings: Any) -> None:
    procedure = cast.bring_to(Point.CHECKED)
    settings.BEKWAAM_KEYS = settings.BEKWAAM_KEYS / "elsewhere"
    (settings.BEKWAAM_KEYS).parent.mkdir(parents=True, exist_ok=True)
    settings.BEKWAAM_KEYS.write_text("a file where the folder should be")
    with pytest.raises(Refused) as caught:
        issue(cast.coordinator, procedure, "nl")
    assert caught.value.verdict.reason == "keys_closed"
    nothing_issued()


def test_a_service_for_time_stamps_that_is_silent_stops_issuing_for_now(cast: Cast, settings: Any) -> None:
    procedure = cast.bring_to(Point.CHECKED)
    settings.TIMESTAMP_URL = "http://127.0.0.1:9/tsa"
    assert ports.paper_stamper() is not None
    with pytest.raises(Refused) as caught:
        issue(cast.coordinator, procedure, "nl")
    assert caught.value.verdict.reason == "not_signed"
    nothing_issued()
