"""The verdict on a whole credential: every question, and what the answers come to."""

from __future__ import annotations

import socket
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bekwaam.trust.contexts import CREDENTIALS
from bekwaam.trust.credentials import NO_STATUS, check_credential, check_token
from bekwaam.trust.dids import Issuer, key_of
from bekwaam.trust.proofs import sign
from bekwaam.trust.reasons import Reason
from bekwaam.trust.status import Bits, list_credential
from bekwaam.trust.vcjwt import sign_token
from bekwaam.trust.verdicts import CANNOT_TELL, Check, Outcome, Question, Verdict, outcome_of, worst
from tests.trust.at_hand import at_hand, codes, only, published, verdict
from tests.trust.material import (
    DAY,
    DID,
    ISSUER,
    KEY,
    NOW,
    OTHER,
    PRIVATE,
    certificate,
    signed,
    vector_json,
)


def test_a_good_certificate_is_valid_on_every_question() -> None:
    found = verdict()
    assert codes(found) == {}
    assert (found.outcome, found.exit_status) == (Outcome.VALID, 0)
    assert {check.name for check in found.checks} == set(Question)
    assert [check.details.get("purpose") for check in found.checks if check.name is Question.STATUS] == [
        "revocation",
        "suspension",
    ]


def test_the_report_is_plain_json() -> None:
    report = verdict().as_json()
    assert report["valid"] is True
    assert report["checks"][1] == {
        "name": "issuer",
        "outcome": "valid",
        "code": "ok",
        "details": {"issuer": DID},
    }
    assert verdict(signed() | {"name": "x"}).as_json()["valid"] is False
    assert verdict(logged=None).as_json()["valid"] is None


def test_a_certificate_of_before_the_theft_stays_good_when_others_had_seen_it() -> None:
    stolen = replace(KEY, compromised_at=NOW - DAY / 2)
    fresh = key_of(DID, OTHER.public)
    both = Issuer(DID, (stolen, fresh))

    def lists(url: str) -> dict[str, Any]:
        made = list_credential(
            url,
            url.split("/")[-2],
            Bits.empty(),
            issuer=DID,
            valid_from=NOW - DAY,
            valid_until=NOW + DAY,
        )
        return sign(made, signer=OTHER, method=fresh.id, created=NOW)

    found = verdict(issuers=lambda did: both, lists=lists, attested=NOW - DAY * 3 / 4)
    assert codes(found) == {}
    assert codes(verdict(issuers=lambda did: both, lists=lists)) == {"signature": "key_may_be_stolen"}


def test_a_retired_key_does_not_break_old_certificates() -> None:
    fresh = key_of(DID, OTHER.public)
    both = Issuer(DID, (replace(KEY, retired_at=NOW - DAY / 2), fresh))
    assert codes(verdict(issuers=lambda did: both)) == {}
    late = signed(created=NOW)
    assert codes(verdict(late, issuers=lambda did: both)) == {"signature": "key_retired"}


def test_a_suspended_certificate_is_not_valid_and_says_so() -> None:
    found = verdict(lists=lambda url: published(url, *only("suspension", url)))
    assert codes(found) == {"status": "suspended"}
    assert found.exit_status == 1


def test_a_certificate_without_a_status_says_so() -> None:
    document = certificate()
    del document["credentialStatus"]
    found = verdict(signed(document))
    assert found.outcome is Outcome.VALID
    assert [check.code for check in found.checks if check.name is Question.STATUS] == [NO_STATUS]


def test_a_proof_in_an_unknown_suite_neither_helps_nor_harms() -> None:
    document = signed()
    other = document["proof"][0] | {"cryptosuite": "ecdsa-rdfc-2019", "proofValue": "z1"}
    assert codes(verdict(document | {"proof": [*document["proof"], other]})) == {}
    assert codes(verdict(document | {"proof": [other]})) == {"signature": "suite_unknown"}
    wrong = document["proof"][0] | {"proofValue": "z" + "2" * 88}
    assert codes(verdict(document | {"proof": [*document["proof"], wrong]})) == {"signature": "signature"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"@context": None}, "context_missing"),
        ({"@context": ["https://www.w3.org/2018/credentials/v1"]}, "context_unknown"),
        ({"type": "OpenBadgeCredential"}, "shape"),
        ({"credentialSubject": "urn:x"}, "shape"),
        ({"credentialSubject": []}, "shape"),
        ({"issuer": None}, "shape"),
        ({"issuer": {"name": "x"}}, "shape"),
        ({"issuer": [DID]}, "shape"),
    ],
)
def test_what_is_no_credential_is_not_asked_further(changes: dict[str, Any], code: str) -> None:
    found = verdict(signed() | changes)
    assert [(check.name, check.code) for check in found.checks] == [(Question.DOCUMENT, code)]
    assert found.exit_status in (1, 2)


@pytest.mark.parametrize(
    "name", ["simple-eddsa-2022.json", "simple.json", "complete.json", "simple-noproof.json"]
)
def test_badges_of_others_that_we_cannot_check_are_never_called_valid(name: str) -> None:
    found = check_credential(vector_json(f"ob3/1edtech-tests/{name}"), at_hand(issuers=lambda did: None))
    assert found.outcome is not Outcome.VALID


def test_every_reason_has_an_outcome_and_only_what_we_cannot_know_is_unknown() -> None:
    assert {reason for reason in Reason if outcome_of(reason) is Outcome.UNKNOWN} == CANNOT_TELL
    assert outcome_of(None) is Outcome.VALID
    for reason in (Reason.SIGNATURE, Reason.NOT_SIGNED, Reason.REVOKED, Reason.EXPIRED, Reason.FORK):
        assert outcome_of(reason) is Outcome.INVALID


GOOD, BAD, OPEN = Outcome.VALID, Outcome.INVALID, Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ([], OPEN),
        ([GOOD], GOOD),
        ([GOOD, GOOD], GOOD),
        ([GOOD, OPEN], OPEN),
        ([OPEN, GOOD], OPEN),
        ([GOOD, BAD], BAD),
        ([OPEN, BAD], BAD),
        ([BAD, OPEN, GOOD], BAD),
    ],
)
def test_answers_come_together(outcomes: list[Outcome], expected: Outcome) -> None:
    assert worst(outcomes) is expected
    every = [Check(question, GOOD) for question in Question]
    checks = [Check(Question.STATUS, outcome) for outcome in outcomes]
    if outcomes:
        found = Verdict((*every, *checks))
        assert (found.outcome, found.exit_status) == (expected, {GOOD: 0, BAD: 1, OPEN: 2}[expected])


@pytest.mark.parametrize("left_out", list(Question))
def test_a_question_that_was_not_asked_has_no_answer(left_out: Question) -> None:
    checks = tuple(Check(question, GOOD) for question in Question if question is not left_out)
    assert Verdict(checks).exit_status == 2
    assert Verdict(()).exit_status == 2


@pytest.mark.parametrize(
    "broken", [{"issuer": None}, {"proof": None}, {"validUntil": "ooit"}, {"@context": "x"}]
)
def test_a_list_that_cannot_be_read_leaves_the_status_open(broken: dict[str, Any]) -> None:
    found = verdict(lists=lambda url: published(url) | broken)
    assert codes(found) == {"status": "status_list"}
    assert found.exit_status == 2


def test_a_list_is_checked_once_for_a_whole_batch() -> None:
    asked: list[str] = []

    def lists(url: str) -> dict[str, Any]:
        asked.append(url)
        return published(url, *only("revocation", url))

    hand = at_hand(lists=lists)
    assert [check_credential(signed(), hand).exit_status for _ in range(3)] == [1, 1, 1]
    assert len(asked) == 2


def token(document: dict[str, Any] | None = None, **options: Any) -> str:
    chosen: dict[str, Any] = {"signer": PRIVATE, "method": KEY.id, "created": NOW - DAY} | options
    return sign_token(certificate() if document is None else document, **chosen)


SOMEBODY = key_of("did:web:kwaad.example", OTHER.public)


@pytest.mark.parametrize(
    ("text", "changes", "expected", "status"),
    [
        (token(), {}, {}, 0),
        (token(signer=OTHER), {}, {"signature": "signature"}, 1),
        (token(certificate(validUntil="2026-11-25T09:00:00Z")), {}, {"period": "expired"}, 1),
        (token(), {"lists": lambda url: published(url, *only("revocation", url))}, {"status": "revoked"}, 1),
        (token(), {"logged": None}, {"log": "log_proof_missing"}, 2),
        (
            token(signer=OTHER, method=SOMEBODY.id),
            {"issuers": {DID: ISSUER, SOMEBODY.controller: Issuer(SOMEBODY.controller, (SOMEBODY,))}.get},
            {"signature": "key_controller"},
            1,
        ),
        (
            token(),
            {"issuers": lambda did: None},
            {"issuer": "issuer_unknown", "signature": "issuer_unknown", "status": "status_list"},
            2,
        ),
        (token() + "=", {}, {"document": "encoding"}, 1),
        ("eyJhbGciOiJub25lIn0.e30.", {}, {"document": "algorithm"}, 1),
    ],
    ids=[
        "good",
        "forged",
        "expired",
        "revoked",
        "not logged",
        "of another",
        "of nobody",
        "respelled",
        "unsigned",
    ],
)
def test_a_token_is_asked_the_same(
    text: str, changes: dict[str, Any], expected: dict[str, str], status: int
) -> None:
    found = check_token(text, at_hand(**changes))
    assert (codes(found), found.exit_status) == (expected, status)


def test_a_proof_of_somebody_else_is_not_the_issuers() -> None:
    document = sign(certificate(), signer=OTHER, method=SOMEBODY.id, created=NOW - DAY)
    both = Issuer(DID, (KEY, SOMEBODY))
    assert codes(verdict(document, issuers=lambda did: both)) == {"signature": "key_controller"}


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(*given: object, **options: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", no_network)
    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    assert verdict().outcome is Outcome.VALID
    hostile = signed() | {"@context": [CREDENTIALS, "http://169.254.169.254/latest"]}
    assert verdict(hostile).outcome is Outcome.UNKNOWN


def test_moments_are_passed_in() -> None:
    later = datetime.fromisoformat("2032-01-01T00:00:00+00:00")
    assert codes(verdict(now=later)) == {"period": "expired", "status": "status_list"}
