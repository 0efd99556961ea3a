"""Open Badges 3.0: the canonical forms in its specification, and what its official schema takes."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from bekwaam.trust.contexts import CREDENTIALS, OPEN_BADGES, Contexts
from bekwaam.trust.proofs import PURPOSE, RDFC, transform
from bekwaam.trust.rdf import canonical_rdf
from tests.trust.material import certificate, signed, status_entry, vector, vector_json

# The badge of which the specification prints the canonical form, written down from that form.
TEAMWORK: dict[str, Any] = {
    "@context": [CREDENTIALS, OPEN_BADGES],
    "id": "http://example.com/credentials/3527",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": {
        "id": "https://example.edu/issuers/565049",
        "type": ["Profile"],
        "name": "Example Corp",
        "url": "https://www.imsglobal.org",
    },
    "validFrom": "2010-01-01T00:00:00Z",
    "name": "Teamwork Badge",
    "credentialSubject": {
        "id": "did:example:ebfeb1f712ebc6f1c276e12ec21",
        "type": ["AchievementSubject"],
        "achievement": {
            "id": "https://example.com/achievements/21st-century-skills/teamwork",
            "type": ["Achievement"],
            "criteria": {
                "narrative": "Team members are nominated for this badge by their peers and recognized upon "
                "review by Example Corp management."
            },
            "description": "This badge recognizes the development of the capacity to collaborate within a "
            "group environment.",
            "name": "Teamwork",
        },
    },
}
OPTIONS = {
    "type": "DataIntegrityProof",
    "created": "2010-01-01T19:23:24Z",
    "verificationMethod": "https://example.edu/issuers/565049#z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi",
    "cryptosuite": RDFC,
    "proofPurpose": PURPOSE,
}


def test_the_canonical_form_is_the_one_in_the_specification() -> None:
    made = transform(TEAMWORK, OPTIONS)
    folder = "ob3/spec-vectors/obv3p0"
    assert made.document.decode().strip() == vector(f"{folder}/document-canon.txt").read_text("utf-8").strip()
    assert made.options.decode().strip() == vector(f"{folder}/proof-canon.txt").read_text("utf-8").strip()


def test_two_printings_of_the_context_give_our_certificates_one_form() -> None:
    """3.0.3 is about with and without two words (endorsementJwt, jti); we use neither."""
    other = vector_json("ob3/contexts/ob-v3p0-3.0.3.json")
    address = "https://elders.example/context"
    text = {name: value for name, value in other["@context"].items() if name not in ("endorsementJwt", "jti")}
    document = certificate(**{"@context": [CREDENTIALS, address]})
    assert canonical_rdf(document, Contexts({address: {"@context": text}})) == canonical_rdf(certificate())


def _faults(document: dict[str, Any]) -> set[str]:
    schema = vector_json("ob3/schema/ob_v3p0_achievementcredential_schema.json")
    validator = jsonschema.validators.validator_for(schema)(schema)
    return {str(error.path[0]) if error.path else error.message for error in validator.iter_errors(document)}


PLAIN: dict[str, Any] = {"name": "Ervaringscertificaat", "credentialStatus": status_entry("revocation", 7)}


def test_the_official_schema_takes_one_status_a_plain_name_and_a_list_of_proofs() -> None:
    assert _faults(signed(certificate(**PLAIN))) == set()


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"name": {"@value": "Ervaringscertificaat", "@language": "nl"}}, "name"),
        ({"credentialStatus": [status_entry("revocation", 7)]}, "credentialStatus"),
        ({"proof": {"type": "DataIntegrityProof"}}, "proof"),
    ],
)
def test_the_official_schema_does_not_take_what_the_data_model_allows(
    changes: dict[str, Any], fault: str
) -> None:
    assert _faults(signed(certificate(**PLAIN)) | changes) == {fault}
