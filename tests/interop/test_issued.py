"""A certificate that was issued through the program holds under Node, and what was done to it shows there."""

from __future__ import annotations

import json
from typing import Any

from bekwaam.domain.certificates.forms import Form
from bekwaam.services import clock
from bekwaam.services.issuers.keys import ensure_key
from bekwaam.services.signing.ring import did_of, issuer_of, signer_of
from bekwaam.store.models import CertificateForm, StatusPlace
from bekwaam.trust.dids import document_of, key_of
from bekwaam.trust.encoding import to_base64url
from bekwaam.trust.keys import PrivateKey
from bekwaam.trust.moments import write_moment
from bekwaam.trust.proofs import sign, without_proof
from bekwaam.trust.status import Bits, list_credential
from tests.cast import Cast, Point
from tests.interop.test_node import node


def lists(cast: Cast, credential: dict[str, Any], revoked: bool) -> dict[str, Any]:
    """Return both lists that a credential names, by their address."""
    key, did, now = ensure_key(cast.provider), did_of(cast.provider), clock.now()
    found = {}
    for entry in (credential["credentialStatus"], *credential["termsOfUse"]):
        bits = Bits.empty()
        if revoked and entry["statusPurpose"] == "revocation":
            bits = bits.with_at(int(entry["statusListIndex"]))
        url, end = entry["statusListCredential"], now.replace(year=now.year + 50)
        bare = list_credential(url, entry["statusPurpose"], bits, issuer=did, valid_from=now, valid_until=end)
        found[url] = sign(bare, signer=signer_of(key), method=f"{did}#{key.public}", created=now)
    return found


def asked(cast: Cast, credential: dict[str, Any], *, revoked: bool = False) -> dict[str, Any]:
    issuer = issuer_of(cast.provider)
    documents = {issuer.did: document_of(issuer), **lists(cast, credential, revoked)}
    return {"credential": credential, "documents": documents, "now": write_moment(clock.now())}


def test_what_is_issued_holds_under_node_and_every_change_to_it_shows(cast: Cast) -> None:
    cast.bring_to(Point.ISSUED)
    rows = {Form(row.form): row.content for row in CertificateForm.objects.all()}
    experience, standard = json.loads(rows[Form.EXPERIENCE]), json.loads(rows[Form.STANDARD])
    stranger = PrivateKey(b"\x07" * 32)
    did = did_of(cast.provider)
    forged = sign(
        without_proof(experience),
        signer=stranger,
        method=key_of(did, stranger.public).id,
        created=clock.now(),
    )
    answers = node(
        "verify.mjs",
        [
            asked(cast, experience),
            asked(cast, standard),
            asked(cast, experience, revoked=True),
            asked(cast, {**experience, "name": "Een ander bewijs"}),
            asked(cast, {**experience, "validUntil": "2020-01-01T00:00:00Z"}),
            asked(cast, forged),
        ],
    )
    assert [answer["verified"] for answer in answers] == [True, True, True, False, False, False], answers
    assert [answer["places"] for answer in answers[:3]] == [[False], [False], [True]]
    assert StatusPlace.objects.filter(certificate__isnull=False).count() == 2


def test_the_token_that_is_issued_holds_for_the_key_of_its_provider_alone(cast: Cast) -> None:
    cast.bring_to(Point.ISSUED)
    token = CertificateForm.objects.get(form=Form.EXPERIENCE_JWT).content
    (key,) = issuer_of(cast.provider).keys
    other = PrivateKey(b"\x07" * 32).public
    questions = [{"token": token, "x": to_base64url(raw)} for raw in (key.public.raw, other.raw)]
    assert node("token.mjs", questions) == [True, False]
