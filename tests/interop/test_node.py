"""What we sign holds for software that is not ours: the packages of Digital Bazaar, under Node.

They are installed by ``make interop``; where they or Node are not, the tests are skipped.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bekwaam.trust.dids import Issuer, document_of, key_of
from bekwaam.trust.encoding import to_base64url, to_multibase
from bekwaam.trust.moments import write_moment
from bekwaam.trust.proofs import check_proofs
from bekwaam.trust.reasons import Reason
from bekwaam.trust.status import Bits, list_credential
from bekwaam.trust.vcjwt import sign_token
from tests.trust.material import DAY, DID, ISSUER, KEY, NOW, OTHER, PRIVATE, certificate, finder, signed

HERE = Path(__file__).resolve().parent


def node(script: str, asked: Any) -> Any:
    """Return what a script answers to ``asked``, or skip where Node or the packages are not installed."""
    program = shutil.which("node")
    if program is None:
        pytest.skip("Node is not on this machine")
    if not (HERE / "node_modules" / ".ready").exists():
        pytest.skip("the packages to check with are not installed (make interop)")
    done = subprocess.run(
        [program, script], cwd=HERE, input=json.dumps(asked), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def list_of(purpose: str, *places: int) -> dict[str, Any]:
    bits = Bits.empty()
    for place in places:
        bits = bits.with_at(place)
    url = f"https://evc.example/status/{purpose}/1"
    end = NOW + 20_000 * DAY  # the other implementation holds lists against the clock of the machine
    return signed(list_credential(url, purpose, bits, issuer=DID, valid_from=NOW - DAY, valid_until=end))


def asked(credential: dict[str, Any], *, issuer: Issuer = ISSUER, **lists: dict[str, Any]) -> dict[str, Any]:
    documents = {
        DID: document_of(issuer),
        **{
            f"https://evc.example/status/{purpose}/1": lists.get(purpose, list_of(purpose))
            for purpose in ("revocation", "suspension")
        },
    }
    return {"credential": credential, "documents": documents, "now": write_moment(NOW)}


def changed(**changes: Any) -> dict[str, Any]:
    return signed() | changes


OLD_AND_NEW = Issuer(DID, (replace(KEY, retired_at=NOW), key_of(DID, OTHER.public)))
WITHOUT_STATUS = {name: value for name, value in certificate().items() if name != "credentialStatus"}
TRICKY = {"narrative": 'Regel een.\nRegel twee met "aanhaling", \\, tab\t, ’s, 😀 en Ünïcode.'}


def good() -> dict[str, dict[str, Any]]:
    return {
        "a certificate": asked(signed()),
        "one without a status": asked(signed(WITHOUT_STATUS)),
        "one of a key that is used no more": asked(signed(), issuer=OLD_AND_NEW),
        "another one is revoked": asked(signed(), revocation=list_of("revocation", 94566)),
        "texts of all kinds": asked(
            signed(
                certificate(
                    evidence=[
                        {"id": "urn:x:1", "type": ["Evidence"], **TRICKY},
                        {"type": ["Evidence"], **TRICKY},
                    ]
                )
            )
        ),
        "twenty pieces that look alike": asked(
            signed(certificate(evidence=[{"type": ["Evidence"], "name": "Casus"}] * 20))
        ),
    }


def bad() -> dict[str, dict[str, Any]]:
    return {
        "edited": asked(changed(name="Ander")),
        "backdated": asked(changed(validFrom="2020-11-20T10:00:00Z")),
        "with an unknown word": asked(changed(gediplomeerd=True)),
        "not signed": asked(certificate()),
        "of another key": asked(signed(signer=OTHER)),
        "of an unknown key": asked(signed(signer=OTHER, method=key_of(DID, OTHER.public).id)),
        "expired": asked(signed(certificate(validUntil="2026-11-25T10:00:00Z"))),
        "not yet valid": asked(signed(certificate(validFrom="2026-11-27T10:00:00Z"))),
        "with an edited list": asked(
            signed(), revocation=list_of("revocation") | {"issuer": "did:web:x.example"}
        ),
    }


def taken_back() -> dict[str, tuple[dict[str, Any], list[bool]]]:
    return {
        "revoked": (asked(signed(), revocation=list_of("revocation", 94567)), [True, False]),
        "suspended": (asked(signed(), suspension=list_of("suspension", 94567)), [False, True]),
    }


def test_what_we_sign_holds_under_node_and_what_is_wrong_does_not() -> None:
    holds, wrong, places = good(), bad(), taken_back()
    taken_back_ones = (question for question, _ in places.values())
    answers = node("verify.mjs", [*holds.values(), *wrong.values(), *taken_back_ones])
    of_good = dict(zip(holds, answers, strict=False))
    of_bad = dict(zip(wrong, answers[len(holds) :], strict=False))
    assert {name: answer["errors"] for name, answer in of_good.items() if not answer["verified"]} == {}
    assert [name for name, answer in of_bad.items() if answer["verified"]] == []
    assert of_good["a certificate"]["places"] == [False, False]
    assert of_good["one without a status"]["places"] == []
    found = [answer["places"] for answer in answers[len(holds) + len(wrong) :]]
    assert found == [expected for _, expected in places.values()]


def test_what_node_signs_holds_for_us_and_is_what_we_sign() -> None:
    unsigned = [certificate(), WITHOUT_STATUS, certificate(evidence=[{"type": ["Evidence"], **TRICKY}])]
    key = {
        "id": KEY.id,
        "controller": DID,
        "publicKeyMultibase": KEY.public.multibase,
        "secretKeyMultibase": to_multibase(b"\x80\x26" + PRIVATE.seed()),
    }
    date = write_moment(NOW - DAY)
    for document, made in zip(
        unsigned, node("sign.mjs", {"key": key, "date": date, "credentials": unsigned}), strict=True
    ):
        assert [proven.reason for proven in check_proofs(made, finder(), now=NOW)] == [None]
        proofs = made["proof"] if isinstance(made["proof"], list) else [made["proof"]]
        assert proofs[0]["proofValue"] == signed(document)["proof"][0]["proofValue"]
        made["name"] = "Ander"
        assert [proven.reason for proven in check_proofs(made, finder(), now=NOW)] == [Reason.SIGNATURE]


def test_our_tokens_hold_for_node_alone() -> None:
    token = sign_token(certificate(), signer=PRIVATE, method=KEY.id, created=NOW - DAY)
    x, other = to_base64url(KEY.public.raw), to_base64url(OTHER.public.raw)
    head, _, signature = token.rpartition(".")
    asked = [(token, x), (token, other), (f"{head}A.{signature}", x)]
    assert node("token.mjs", [{"token": it, "x": key} for it, key in asked]) == [True, False, False]
