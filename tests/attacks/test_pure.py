"""The drill, as far as it needs no database: what somebody tries, who notices, how, and what they see.

Who notices is always whoever checks, with the bundle of the installation and nothing else; no one has to have
met the provider. How: each row says what is asked and which answer is out of order (the codes are those of
the report). What they see: exit status 1 ("not valid") or 2 ("cannot tell") with the sentence that belongs to
the code (:mod:`bekwaam.domain.certificates.verdict_words`), and never "valid".
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import pytest

from bekwaam.domain.certificates.report import Verification
from bekwaam.domain.certificates.signed import PaperOutcome
from bekwaam.trust.dids import Issuer, key_of
from bekwaam.trust.entries import Kind
from tests.adapters.papers.test_papers import (
    HARMFUL,
    saved_anew,
    with_another_first_page,
    with_another_language,
    without_the_form,
)
from tests.attacks.acts import (
    LOOK_ALIKE,
    another_paper,
    better,
    by_a_look_alike,
    by_a_look_alike_with_a_log_of_its_own,
    by_a_stranger,
    context_at_home,
    deep,
    earlier,
    edited,
    edited_token,
    issuer_at_home,
    list_at_home,
    of_another,
    of_json,
    of_pdf,
    revoked_with,
    shown_to_another,
    two_stories,
    with_a_stolen_key,
    with_another_credential,
    with_proof,
    within_itself,
    without_status,
)
from tests.issued import (
    DAY,
    DID,
    NOW,
    THIEF,
    bundle,
    checked,
    issued,
    logged_as,
    newer_key,
    not_in_order,
    proof_of,
)

Act = Callable[[], Verification]


@dataclass(frozen=True)
class Row:
    """One attack: what is done, what is out of order then, and the exit status."""

    what: str
    act: Act
    seen: dict[str, str]
    status: int = 1


ROWS = [
    # The paper.
    Row("a word of the PDF edited", lambda: of_pdf(with_another_language), {"paper": "changed"}),
    Row("another page put over the PDF", lambda: of_pdf(with_another_first_page), {"paper": "added_to"}),
    Row(
        "another credential put into the PDF",
        lambda: of_pdf(with_another_credential),
        {"paper": "added_to", "log": "not_in_log"},
    ),
    Row("the signature taken out of the PDF", lambda: of_pdf(without_the_form), {"paper": "removed"}),
    Row("the PDF saved anew without it", lambda: of_pdf(saved_anew), {"paper": "unsigned"}),
    Row(
        "a PDF by a stranger around a good credential",
        lambda: checked(by_a_stranger()),
        {"paper": "foreign"},
    ),
    Row(
        "a second PDF by the issuer itself around a good credential",
        lambda: another_paper(compromised=False, named=True),
        {"paper": "other_paper"},
    ),
    # The data.
    Row(
        "a result edited in the JSON",
        lambda: of_json(better),
        {"signature": "signature", "log": "not_in_log"},
    ),
    Row(
        "a result edited, no proof beside it",
        lambda: checked(json.dumps(edited(better))),
        {"signature": "signature", "log": "log_proof_missing"},
    ),
    Row(
        "a token edited",
        lambda: checked(edited_token()),
        {"signature": "signature", "log": "log_proof_missing"},
    ),
    Row(
        "the place of its revocation taken out",
        lambda: of_json(without_status),
        {"signature": "signature", "log": "not_in_log"},
    ),
    # The person.
    Row("the right certificate, another person", shown_to_another, {"name": "name_other"}),
    Row(
        "another name written into it",
        lambda: of_json(of_another),
        {"signature": "signature", "log": "not_in_log"},
    ),
    # The issuer and its key.
    Row(
        "a look-alike issuer",
        by_a_look_alike,
        {
            "paper": "issuer_unknown",
            "issuer": "issuer_unknown",
            "signature": "issuer_unknown",
            "status": "status_list",
        },
        2,
    ),
    Row(
        "a look-alike issuer with a log of its own",
        by_a_look_alike_with_a_log_of_its_own,
        {"log": "log_unknown", "status": "status_list"},
        2,
    ),
    Row(
        "a key stolen and used later",
        partial(with_a_stolen_key, 9, at=NOW - 2 * DAY),
        {"signature": "key_compromised", "log": "log_proof_missing"},
    ),
    Row(
        "a key stolen, and an earlier moment made up",
        partial(with_a_stolen_key, 1, at=NOW - 400 * DAY),
        {"signature": "key_may_be_stolen", "log": "log_proof_missing"},
        2,
    ),
    Row(
        "a key stolen, and a paper made around an old credential",
        lambda: another_paper(compromised=True, named=True),
        {"paper": "other_paper"},
    ),
    Row(
        "the same, with a leaf that names no paper",
        lambda: another_paper(compromised=True, named=False),
        {"paper": "key_may_be_stolen"},
        2,
    ),
    # The moment.
    Row(
        "a moment of issuing edited",
        lambda: of_json(earlier),
        {"signature": "signature", "log": "not_in_log"},
    ),
    Row(
        "issued now by the issuer itself, dated years back",
        lambda: checked(issued(at=NOW - 900 * DAY, logged_at=NOW - DAY).pdf),
        {"log": "logged_later"},
        2,
    ),
    # The status.
    Row("revoked", partial(revoked_with, place=41), {"status": "revoked"}),
    Row("an old list replayed", partial(revoked_with, until=NOW), {"status": "status_list"}, 2),
    Row("a list by another key", partial(revoked_with, signer=THIEF), {"status": "status_list"}, 2),
    # The log.
    Row(
        "the proof of another certificate",
        lambda: with_proof(issued(met=False).proof),
        {"log": "not_in_log"},
    ),
    Row(
        "a proof of having been revoked",
        lambda: with_proof(proof_of(replace(issued().entry, kind=Kind.REVOKED))),
        {"log": "not_in_log"},
    ),
    Row(
        "a leaf by another issuer",
        lambda: with_proof(proof_of(logged_as(issued().credential, did=LOOK_ALIKE))),
        {"log": "not_in_log"},
    ),
    Row("a proof that is none", lambda: with_proof("dag"), {"log": "not_in_log"}),
    Row(
        "a state of the log signed by another key",
        lambda: with_proof(proof_of(issued().entry, signer=THIEF)),
        {"log": "key_unknown"},
    ),
    Row(
        "the proof of a log that nobody knows",
        lambda: with_proof(proof_of(issued().entry, signer=THIEF, origin="log.example")),
        {"log": "log_unknown"},
        2,
    ),
    Row("the log forked to show two stories", two_stories, {"log": "fork"}),
    # To bring down whoever checks.
    Row(
        "JSON of a gigabyte, more or less",
        lambda: checked(b'{"a":"' + b"a" * 600_000 + b'"}'),
        {"document": "too_large"},
        2,
    ),
    Row("JSON in JSON in JSON", lambda: checked(deep(100)), {"document": "too_deep"}, 2),
    Row("the same, deeper than Python goes", lambda: checked(deep(60_000)), {"document": "too_deep"}, 2),
    Row("evidence without end", lambda: of_json(within_itself), {"document": "too_deep"}, 2),
    Row(
        "very many values",
        lambda: checked(json.dumps({"a": [0] * 30_000})),
        {"document": "too_many_values"},
        2,
    ),
    Row(
        "a file of 21 megabytes",
        lambda: checked(b"%PDF-" + bytes(21 << 20)),
        {"document": "file_too_large"},
        2,
    ),
    *(
        Row(
            f"a PDF: {what}",
            lambda what=what: checked(HARMFUL[what][0]()),  # type: ignore[misc]
            {"paper": "unreadable", "document": "no_credential"},
            2,
        )
        for what, (_, outcome) in HARMFUL.items()
        if outcome is PaperOutcome.TOO_MUCH
    ),
    # To have whoever checks look into their own network.
    Row(
        "a context at a private address",
        lambda: of_json(context_at_home),
        {"signature": "context_unknown", "log": "not_in_log"},
    ),
    Row(
        "an issuer at a private address",
        lambda: of_json(issuer_at_home),
        {
            "issuer": "issuer_unknown",
            "signature": "issuer_unknown",
            "status": "status_list",
            "log": "not_in_log",
        },
    ),
    Row(
        "a list at a private address",
        lambda: of_json(list_at_home),
        {"signature": "signature", "status": "status_list", "log": "not_in_log"},
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.what)
def test_whoever_checks_notices(row: Row) -> None:
    found = row.act()
    assert not_in_order(found) == row.seen
    assert found.exit_status == row.status


def test_without_an_attack_all_is_in_order() -> None:
    """The rows above show what the attack does, and not that nothing is ever in order."""
    assert not_in_order(checked(issued().pdf)) == {}
    assert not_in_order(checked(issued().json, issued().proof)) == {}
    assert not_in_order(checked(issued().jwt, issued().proof)) == {}


def test_a_key_that_is_stolen_later_does_not_spoil_what_was_logged_before() -> None:
    assert not_in_order(checked(issued().pdf, **newer_key(compromised_at=NOW - DAY))) == {}
    assert not_in_order(checked(issued().json, issued().proof, **newer_key(compromised_at=NOW - DAY))) == {}


def test_a_bundle_speaks_for_no_other_host() -> None:
    other = Issuer(LOOK_ALIKE, (key_of(LOOK_ALIKE, THIEF.public),))
    made = bundle(issuers=(*bundle().issuers, other))
    assert made.elsewhere("evc.example") == (LOOK_ALIKE,)
    assert made.elsewhere("evc-examp1e.example") == (DID,)
