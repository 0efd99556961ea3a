"""The check of one file: whatever is handed in gets an answer, and what is good is found good."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest

from bekwaam.adapters.pdf import render_certificate
from bekwaam.adapters.pdf.identity import vouched_key
from bekwaam.adapters.pdf.signing import sign_paper
from bekwaam.domain.certificates.bundle import read_bundle
from bekwaam.domain.certificates.claimed import claimed_in, host_of, is_of
from bekwaam.domain.certificates.elm import elm_export
from bekwaam.domain.certificates.handed import Handed, HandedKind, Unknown
from bekwaam.domain.certificates.report import Aspect
from bekwaam.domain.certificates.signed import Standing
from bekwaam.domain.certificates.verifying import asked_of, verify
from bekwaam.trust.dids import IssuerLog, document_of, read_document
from bekwaam.trust.notes import NoteKey
from bekwaam.trust.reasons import Reason, Refused
from bekwaam.trust.verdicts import Outcome, Question
from tests.adapters.pdf.signed import signed
from tests.documents import pdf_of
from tests.domain.certificates.badges import claim, rich_paper
from tests.issued import (
    AT,
    DAY,
    DID,
    EMAIL,
    HERE,
    HOST,
    ISSUER,
    KEY,
    LOG_KEY,
    NAME,
    NOW,
    NUMBER,
    PRIVATE,
    THIEF,
    bundle,
    checked,
    issued,
    means,
    newer_key,
    not_in_order,
    with_key,
)
from tests.papers import paper
from tests.standards import small_standard

# What is handed in.


@pytest.mark.parametrize(
    ("content", "kind", "why"),
    [
        (b"%PDF-1.7 and so on", HandedKind.PDF, None),
        (b' \n{"a": 1}', HandedKind.JSON, None),
        (b"\xef\xbb\xbf{}", HandedKind.JSON, None),
        (b"eyJh.b.c\n", HandedKind.JWT, None),
        (b"eyJh.b", HandedKind.UNKNOWN, Unknown.OTHER),
        (b"", HandedKind.UNKNOWN, Unknown.EMPTY),
        (b" \n ", HandedKind.UNKNOWN, Unknown.EMPTY),
        (b"\x89PNG", HandedKind.UNKNOWN, Unknown.OTHER),
        (b"PK\x03\x04 certificaat.pdf", HandedKind.UNKNOWN, Unknown.ZIP),
        (b"PK\x03\x04 [Content_Types].xml", HandedKind.UNKNOWN, Unknown.OTHER),
        (b"[]", HandedKind.UNKNOWN, Unknown.OTHER),
        (b"c2sp.org/tlog-proof@v1\nindex 1\n\n", HandedKind.UNKNOWN, Unknown.LOG_PROOF),
    ],
)
def test_a_file_is_known_by_its_content(content: bytes, kind: HandedKind, why: Unknown | None) -> None:
    assert (Handed(content).kind, Handed(content).unknown) == (kind, why)
    found = checked(content)
    assert found.outcome is not Outcome.VALID
    assert found.kind is kind and (why is None or found.code_of(Question.DOCUMENT) == why)


def test_the_european_export_is_told_apart_from_a_forgery() -> None:
    made = elm_export(rich_paper(), claim())
    found = checked(json.dumps(made))
    assert (found.code_of(Question.DOCUMENT), found.exit_status) == (Unknown.EXPORT, 2)


def test_json_of_something_else_is_no_forgery_but_a_certificate_without_its_context_is_wrong() -> None:
    assert checked(b'{"kind": "bekwaam-bundle-1"}').code_of(Question.DOCUMENT) == Unknown.OTHER
    bare = {key: value for key, value in issued().credential.items() if key != "@context"}
    assert checked(json.dumps(bare).encode()).exit_status == 1


def test_a_pdf_of_something_else_is_no_forgery() -> None:
    without = signed().replace(b"credential.json", b"credentiel.json")
    for pdf, worth in ((pdf_of("dag"), Standing.UNSIGNED), (without, Standing.CHANGED)):
        found = checked(pdf)
        assert (found.exit_status, found.paper) == (2, worth)
        assert found.code_of(Question.DOCUMENT) == "no_credential"


# What is good is found good.

FORMS = {
    "pdf": lambda it: (it.pdf, None),
    "json": lambda it: (it.json, it.proof),
    "jwt": lambda it: (it.jwt, it.proof),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("met", [True, False])
def test_each_form_of_a_certificate_is_genuine_and_says_the_same(form: str, met: bool) -> None:
    found = checked(*FORMS[form](issued(met=met)))
    assert not_in_order(found) == {} and found.exit_status == 0
    assert found.facts == claimed_in(issued(met=met).credential)
    assert found.facts.met is met
    assert found.digest == issued(met=met).entry.of
    assert found.paper is (Standing.AS_ISSUED if form == "pdf" else None)
    report = found.as_json()
    assert report["valid"] is True and json.loads(json.dumps(report)) == report
    names = [check["name"] for check in report["checks"]]
    assert names == [*(["paper"] if form == "pdf" else []), *_questions()]
    (log,) = (check for check in report["checks"] if check["name"] == "log")
    assert log["details"] == {"log": LOG_KEY.name, "index": 2, "size": 3, "at": "2026-11-20T09:30:00Z"}


def _questions() -> list[str]:
    asked = [str(it) for it in Question]
    return [*asked[:4], "status", *asked[4:]]  # one for being revoked, one for being suspended


def test_what_it_says_is_read_back() -> None:
    facts = claimed_in(issued(shows_name=True, replaces="2024-AAAA-BBBB", language="en").credential)
    assert (facts.issuer_did, facts.issuer_host, facts.issuer_name) == (DID, HOST, "EVC Huis Noord")
    assert (facts.number, facts.issued_at, facts.ends_at) == (NUMBER, AT, None)
    assert (facts.standard, facts.standard_code, facts.standard_version) == ("Standard klein", "klein", "1")
    assert len(facts.standard_sha256) == 64 and not facts.whole
    assert (facts.met, facts.counted, facts.needed, facts.total) == (True, 3, 2, 3)
    assert [(it.code, it.title, it.stage, it.shown) for it in facts.units] == [
        (f"1.{n}", f"competence 1.{n} en", "vakbekwaam", True) for n in (1, 2, 3)
    ]
    assert (facts.holder_name, facts.replaces, facts.language) == (NAME, "2024-AAAA-BBBB", "en")


def test_the_badge_of_the_whole_standard_does_not_take_the_place_of_its_own_certificate() -> None:
    of_experience = {"evidence": [{"id": f"https://evc.example/c/{NUMBER}#ervaring"}]}
    subject = {"credentialSubject": {"licenseNumber": NUMBER}}
    assert claimed_in(of_experience | subject).replaces == ""
    assert claimed_in(of_experience).replaces == NUMBER


def test_without_consent_no_name_is_read_and_what_is_not_shown_is_told() -> None:
    facts = claimed_in(issued(met=False).credential)
    assert (facts.holder_name, facts.replaces, facts.met, facts.counted) == ("", "", False, 1)
    assert [it.shown for it in facts.units] == [False, False, True]


ODD: list[Any] = [None, 1, "x", [], {}, [1, None, {"a": []}], {"id": 7}, [[]], True]


@pytest.mark.parametrize("value", ODD, ids=repr)
def test_nothing_that_a_stranger_writes_makes_reading_stop(value: Any) -> None:
    """Every part of a certificate, one at a time, is something else than it should be."""
    for path in _paths(issued().credential):
        made = json.loads(issued().json)
        inside = made
        for step in path[:-1]:
            inside = inside[step]
        inside[path[-1]] = value
        claimed_in(made).as_json()
        is_of(made, NAME)


def _paths(value: Any, above: tuple[Any, ...] = (), depth: int = 0) -> list[tuple[Any, ...]]:
    """Return where there is something in the first levels; of a list only the first."""
    if depth == 5:
        return []
    inside: list[tuple[Any, Any]] = (
        list(value.items())
        if isinstance(value, dict)
        else list(enumerate(value))[:1]
        if isinstance(value, list)
        else []
    )
    return [it for key, part in inside for it in [(*above, key), *_paths(part, (*above, key), depth + 1)]]


@pytest.mark.parametrize(
    ("did", "host"),
    [
        ("did:web:a.example", "a.example"),
        ("did:web:a.example%3A80:x", "a.example:80"),
        ("did:key:z6", ""),
        ("", ""),
    ],
)
def test_the_host_of_an_issuer_is_told(did: str, host: str) -> None:
    assert host_of(did) == host


# Whose it is.


@pytest.mark.parametrize("shows_name", [True, False])
@pytest.mark.parametrize(
    ("who", "outcome"),
    [
        (NAME, Outcome.VALID),
        ("  samira   KANDIDAAT ", Outcome.VALID),
        (EMAIL.upper(), Outcome.VALID),
        ("Iemand Anders", Outcome.INVALID),
        ("ander@kandidaat.example", Outcome.INVALID),
    ],
)
def test_it_is_of_the_holder_and_of_nobody_else(shows_name: bool, who: str, outcome: Outcome) -> None:
    found = asked_of(checked(issued(shows_name=shows_name).json, issued(shows_name=shows_name).proof), who)
    assert found.outcome is outcome
    assert found.as_json()["checks"][-1]["name"] == Aspect.NAME


def test_of_a_file_that_cannot_be_read_nobody_can_say_whose_it_is() -> None:
    assert asked_of(checked(b"dag"), NAME).code_of(Aspect.NAME) == "name_unknown"


# The log, and what came after.


def test_of_a_proof_beside_a_pdf_and_the_one_inside_either_will_do() -> None:
    bare = render_certificate(paper(small_standard()), issued().json)
    without = sign_paper(bare, vouched_key(PRIVATE.sign, name="Noord", address=KEY.id, since=AT), AT)
    assert not_in_order(checked(without))["log"] == Reason.LOG_PROOF_MISSING
    assert not_in_order(checked(without, "dag"))["log"] == Reason.NOT_IN_LOG
    assert "log" not in not_in_order(checked(without, issued().proof))
    assert not_in_order(checked(issued().pdf, "dag")) == {}


CHANGES = 40


@pytest.mark.parametrize("form", [*FORMS, "proof"])
def test_of_very_many_small_changes_none_goes_unseen_and_none_stops_us(form: str) -> None:
    made, random = issued(), Random(7)
    compact = json.dumps(made.credential).encode()
    content = {"pdf": made.pdf, "json": compact, "jwt": made.jwt.encode(), "proof": made.proof.encode()}[form]
    kept = means()
    for _ in range(CHANGES):
        at = random.randrange(len(content))
        changed = content[:at] + bytes([content[at] ^ random.randrange(1, 128)]) + content[at + 1 :]
        handed = Handed(compact, changed) if form == "proof" else Handed(changed, made.proof)
        assert verify(handed, kept).outcome is not Outcome.VALID, at


# The keys of the issuer.


def test_what_was_signed_before_a_key_was_retired_stays_good_and_later_is_refused() -> None:
    assert not_in_order(checked(issued().pdf, **newer_key(retired_at=AT + DAY))) == {}
    late = not_in_order(checked(issued().pdf, **newer_key(retired_at=AT - DAY)))
    assert late == {"paper": "key_retired", "signature": "key_retired"}


def test_without_a_list_of_logs_that_of_the_issuer_is_trusted() -> None:
    own = replace(means(), log_keys=None)
    assert not_in_order(verify(Handed(issued().pdf), own)) == {}
    other = IssuerLog("https://log.example/log", NoteKey("log.example/log", THIEF.public))
    none = with_key()[0]
    for issuer in (replace(none, log=None), replace(none, log=other)):
        found = verify(Handed(issued().pdf), replace(means(issuers=(issuer,)), log_keys=None))
        assert not_in_order(found) == {"log": "log_unknown"}


def test_a_certificate_that_was_replaced_is_genuine_and_points_to_its_successor() -> None:
    found = checked(issued().pdf, superseded={issued().entry.of: "2027-NIEU-WWWW"})
    assert (found.exit_status, found.successor) == (0, "2027-NIEU-WWWW")
    assert checked(issued(met=False).pdf, superseded={issued().entry.of: "2027"}).successor == ""


def test_the_same_lists_are_checked_once_for_a_whole_batch() -> None:
    kept = means()
    verify(Handed(issued().json, issued().proof), kept)
    once = dict(kept.at_hand.checked)
    assert len(once) == 2
    verify(Handed(issued(met=False).json), kept)
    assert kept.at_hand.checked.keys() == once.keys()
    assert all(kept.at_hand.checked[key] is value for key, value in once.items())


# The bundle.


def test_a_bundle_reads_back_as_it_was_written() -> None:
    made = bundle(checkpoints=("a\n",), superseded={"u1": "2027"})
    assert read_bundle(made.as_bytes()) == made


def test_the_log_of_an_issuer_stands_in_its_document() -> None:
    document = document_of(ISSUER)
    (service,) = document["service"]
    assert service == {
        "id": f"{DID}#log",
        "type": "BekwaamTransparencyLog",
        "serviceEndpoint": f"https://{HOST}/log",
        "key": LOG_KEY.text,
    }
    assert read_document(document, DID) == ISSUER


@pytest.mark.parametrize(
    "services",
    [
        "x",
        [],
        [1],
        [{"type": "BekwaamTransparencyLog"}],
        [{"type": "Other", "serviceEndpoint": "https://a.example"}],
    ],
)
def test_a_document_without_a_log_that_can_be_read_has_none(services: Any) -> None:
    assert read_document(document_of(ISSUER) | {"service": services}, DID).log is None


def test_what_a_former_key_of_the_log_signed_still_proves_something() -> None:
    fresh = NoteKey(LOG_KEY.name, THIEF.public)
    renewed = replace(ISSUER, log=IssuerLog(f"https://{HOST}/log", fresh, (LOG_KEY,)))
    assert read_document(document_of(renewed), DID) == renewed
    found = verify(Handed(issued().pdf), replace(means(issuers=(renewed,)), log_keys=None))
    assert not_in_order(found) == {}
    forgotten = replace(renewed, log=IssuerLog(f"https://{HOST}/log", fresh))
    found = verify(Handed(issued().pdf), replace(means(issuers=(forgotten,)), log_keys=None))
    assert not_in_order(found) == {"log": "key_unknown"}


def test_two_logs_or_one_with_another_key_are_none() -> None:
    (service,) = document_of(ISSUER)["service"]
    for services in (
        [service, service],
        [service | {"key": "dag"}],
        [service | {"formerKeys": "dag"}],
        [service | {"formerKeys": [7]}],
        [service | {"serviceEndpoint": "http://a"}],
    ):
        assert read_document(document_of(ISSUER) | {"service": services}, DID).log is None


def changed(**parts: Any) -> bytes:
    return json.dumps(json.loads(bundle().as_bytes()) | parts).encode()


NO_BUNDLES = {
    "something else": b"dag",
    "another kind": changed(kind="bekwaam-bundle-2"),
    "without a moment": changed(made_at=None),
    "issuers that are none": changed(issuers={}),
    "an issuer that is none": changed(issuers=[1]),
    "an issuer without a name": changed(issuers=[{"id": ""}]),
    "an issuer at a private address": changed(issuers=[document_of(ISSUER) | {"id": "did:web:10.0.0.1"}]),
    "a list that is none": changed(lists=["x"]),
    "a key that is none": changed(log_keys=["x"]),
    "a checkpoint that is none": changed(checkpoints=[7]),
    "a successor that is none": changed(superseded={"u1": 7}),
    "successors that are none": changed(superseded=[]),
}


@pytest.mark.parametrize("what", NO_BUNDLES)
def test_a_bundle_that_is_not_understood_is_refused_whole(what: str) -> None:
    with pytest.raises(Refused):
        read_bundle(NO_BUNDLES[what])


def test_a_bundle_that_is_too_old_tells_nothing_wrong() -> None:
    """Its status lists are over; whose keys are whose, it still knows."""
    later = bundle().means(datetime(2027, 6, 1, tzinfo=UTC), HERE)
    found = verify(Handed(issued().pdf), later)
    assert not_in_order(found) == {"status": "status_list"} and found.exit_status == 2
    assert later.at_hand.now > NOW
