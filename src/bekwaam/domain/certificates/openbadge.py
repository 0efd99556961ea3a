"""A certificate as Open Badges 3.0 credentials on the W3C data model 2.0, before anybody signs them.

One credential holds one achievement, so a certificate whose standard was met gives two: the certificate of
experience, always, and the standard as a whole, only then. No word in them needs a context of ours (ADR
0013). Of persons there is nothing in them to read but the holder's own name, with their consent: evidence is
a hash, and what assessors wrote, their names and where they met stay on the paper and in the dossier.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from bekwaam.domain.certificates.achievement import (
    count_result,
    experience_achievement,
    rule_result,
    shown_units,
    standard_achievement,
    unit_level,
    unit_result,
)
from bekwaam.domain.certificates.claims import Claim, Holder, Resource, StatusEntries, StatusEntry, moment
from bekwaam.domain.certificates.paper import CertificateDocument, EvidenceOnPaper, UnitOnPaper
from bekwaam.domain.certificates.sealing import (
    digest_of,
    identity_hash,
    multibase_digest,
    plain_email,
    plain_name,
    salt_for,
    sealed,
)
from bekwaam.frameworks.wheel_parts import State
from bekwaam.wording import listed, say

CONTEXTS: Final = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
TYPES: Final = ("VerifiableCredential", "OpenBadgeCredential")


@dataclass(frozen=True, slots=True)
class OpenBadges:
    """The credentials of one certificate, unsigned: ``standard`` is None where the standard was not met."""

    experience: dict[str, Any]
    standard: dict[str, Any] | None = None

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Yield the one or two credentials."""
        yield self.experience
        if self.standard is not None:
            yield self.standard


def open_badges(document: CertificateDocument, claim: Claim) -> OpenBadges:
    """Return the credentials of a certificate, as plain JSON.

    Raises ValueError where the standard was met and ``claim`` has no address or status for the second one, a
    moment has no time zone, the holder has nothing to be known by, or the outcome and the rule disagree;
    KeyError for a unit that the standard does not have.
    """
    naming = claim.naming
    if document.met != document.rule.met:
        raise ValueError("the outcome and the rule disagree")
    experience = experience_achievement(document, claim.issuer, claim.targets)
    first = {
        **_head(document, claim, naming.experience_id, experience, naming.experience_status),
        "description": _outcome(document),
        "credentialSubject": {
            **_subject(document, claim),
            "narrative": "\n".join(line.text for line in document.rule.explanation),
            "achievement": experience,
            "result": [
                *_rule_results(document, experience["id"]),
                *(
                    _unit(document, claim, experience["id"], unit)
                    for unit in shown_units(document)
                    if unit.state is not State.OPEN
                ),
            ],
        },
        "evidence": [
            *_evidence(document, claim.secret),
            _paper(document, claim.secret),
            *_replaced(document, claim),
        ],
        **_resources(claim.resources),
    }
    if not document.met:
        return OpenBadges(first)
    return OpenBadges(first, _standard(document, claim, experience))


def paper_digest(document: CertificateDocument, secret: str) -> str:
    """Return the hash, in a credential, of all that stands on the paper."""
    return digest_of(sealed_paper(document, secret))


def sealed_paper(document: CertificateDocument, secret: str) -> dict[str, Any]:
    """Return what has to be shown to prove that the paper said this, reasons and names included."""
    return sealed(secret, "paper", document.to_json())


def sealed_evidence(piece: EvidenceOnPaper, secret: str) -> dict[str, Any]:
    """Return what has to be shown to prove that a piece of evidence was named."""
    dated = piece.dated_on.isoformat() if piece.dated_on else None
    value = {"title": piece.title, "kind": piece.kind, "dated_on": dated}
    return sealed(secret, f"evidence:{piece.kind}:{piece.title}:{dated}", value)


def _standard(document: CertificateDocument, claim: Claim, experience: dict[str, Any]) -> dict[str, Any]:
    """Return the credential of the standard as a whole."""
    naming = claim.naming
    if not naming.standard_id or naming.standard_status is None:
        raise ValueError("the standard was met: its credential needs an address and a status of its own")
    achievement = standard_achievement(document, claim.issuer, claim.targets, experience)
    return {
        **_head(document, claim, naming.standard_id, achievement, naming.standard_status),
        "description": achievement["description"],
        "credentialSubject": {
            **_subject(document, claim),
            "narrative": document.rule.explanation[0].text,
            "achievement": achievement,
            "result": _rule_results(document, achievement["id"]),
        },
        "evidence": [
            {
                "id": naming.experience_id,
                "type": ["Evidence"],
                "name": f"{say(document.language, 'Certificate of experience')} {document.number}",
                "description": say(document.language, "Everything that was found, unit by unit."),
            },
            _paper(document, claim.secret),
        ],
    }


def _head(
    document: CertificateDocument,
    claim: Claim,
    identifier: str,
    achievement: dict[str, Any],
    status: StatusEntries,
) -> dict[str, Any]:
    issuer = claim.issuer
    return {
        "@context": list(CONTEXTS),
        "id": identifier,
        "type": list(TYPES),
        "name": achievement["name"],
        "issuer": {"id": issuer.did, "type": ["Profile"], "name": issuer.name, "url": issuer.url},
        "validFrom": moment(claim.valid_from),
        **({"validUntil": moment(claim.valid_until)} if claim.valid_until else {}),
        "credentialStatus": _entry(status.revocation, "revocation"),
        **({"termsOfUse": [_entry(status.suspension, "suspension")]} if status.suspension else {}),
    }


def _entry(entry: StatusEntry, purpose: str) -> dict[str, Any]:
    """Return a place in a status list; see ADR 0013 for where that of suspension stands."""
    return {
        "id": f"{entry.list_url}#{entry.index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(entry.index),
        "statusListCredential": entry.list_url,
    }


def _outcome(document: CertificateDocument) -> str:
    lang = document.language
    whole = (
        say(lang, "The standard as a whole was met.")
        if document.met
        else say(lang, "The standard as a whole was not met; what was recognised is recognised.")
    )
    return f"{document.rule.explanation[0].text} {whole}"


def _subject(document: CertificateDocument, claim: Claim) -> dict[str, Any]:
    identifiers = [*_identities(document.candidate, claim.holder, claim.secret)]
    if not identifiers and not claim.holder.did:
        raise ValueError("a credential says by what its holder is known")
    return {
        **({"id": claim.holder.did} if claim.holder.did else {}),
        "type": ["AchievementSubject"],
        **({"identifier": identifiers} if identifiers else {}),
        "licenseNumber": document.number,
    }


def _identities(candidate: str, holder: Holder, secret: str) -> Iterator[dict[str, Any]]:
    """Yield by what the holder is known: an address that is hashed, and a name, hashed unless they agreed."""
    if holder.email:
        yield _hashed("emailAddress", plain_email(holder.email), salt_for(secret, "email"))
    if candidate and holder.shows_name:
        yield {
            "type": "IdentityObject",
            "hashed": False,
            "identityHash": candidate,
            "identityType": "name",
        }
    elif candidate:
        yield _hashed("name", plain_name(candidate), salt_for(secret, "name"))


def _hashed(kind: str, identity: str, salt: str) -> dict[str, Any]:
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": identity_hash(identity, salt),
        "identityType": kind,
        "salt": salt,
    }


def _rule_results(document: CertificateDocument, achievement: str) -> list[dict[str, Any]]:
    lang, rule = document.language, document.rule
    return [
        {
            "type": ["Result"],
            "resultDescription": rule_result(achievement),
            "value": say(lang, "met") if rule.met else say(lang, "not met"),
        },
        {"type": ["Result"], "resultDescription": count_result(achievement), "value": str(rule.counted)},
    ]


def _unit(document: CertificateDocument, claim: Claim, achievement: str, unit: UnitOnPaper) -> dict[str, Any]:
    described = " ".join(_why(document, claim, unit))
    return {
        "type": ["Result"],
        "resultDescription": unit_result(achievement, unit.code),
        **({"achievedLevel": unit_level(achievement, unit.code, unit.stage)} if unit.stage else {}),
        "value": unit.stage_title or say(document.language, "not shown"),
        **({"description": described} if described else {}),
    }


def _why(document: CertificateDocument, claim: Claim, unit: UnitOnPaper) -> Iterator[str]:
    """Yield what a finding rests on, and where it was taken over from, in sentences without persons."""
    lang = document.language
    if unit.instruments:
        kinds = [instrument.kind.lower() for instrument in unit.instruments]
        yield say(lang, "Rests on: {instruments}.", instruments=listed(lang, kinds))
    if unit.counts is False and unit.asked_title:
        yield say(lang, "Asked is {stage}.", stage=unit.asked_title)
    origin = claim.origins.get(unit.code)
    if origin is not None:
        yield say(
            lang,
            "Taken over from certificate {certificate}, decided on {day}.",
            certificate=origin.certificate,
            day=origin.decided_on.isoformat(),
        )


def _evidence(document: CertificateDocument, secret: str) -> Iterator[dict[str, Any]]:
    """Yield each piece of evidence as a hash with the kind of thing it is, and the portfolio as a whole."""
    seen: dict[str, str] = {}
    for unit in shown_units(document):
        for piece in unit.evidence:
            seen.setdefault(digest_of(sealed_evidence(piece, secret)), piece.kind)
    for digest, kind in sorted(seen.items()):
        yield {"type": ["Evidence"], "genre": kind, "digestMultibase": digest}
    if document.snapshot_sha256:
        whole = sealed(secret, "snapshot", document.snapshot_sha256)
        name = say(document.language, "The portfolio as it was handed in")
        yield {"type": ["Evidence"], "name": name, "digestMultibase": digest_of(whole)}


def _paper(document: CertificateDocument, secret: str) -> dict[str, Any]:
    """Return all that stands on the paper by its hash, so that paper and credential cannot part."""
    name = say(document.language, "Everything that stands on the certificate on paper")
    return {"type": ["Evidence"], "name": name, "digestMultibase": paper_digest(document, secret)}


def _replaced(document: CertificateDocument, claim: Claim) -> Iterator[dict[str, Any]]:
    """Yield the certificate that this one takes the place of, where there is one."""
    if claim.replaces is not None:
        yield {
            "id": claim.replaces.experience_id,
            "type": ["Evidence"],
            "name": say(
                document.language,
                "The earlier certificate {certificate}, which this one takes the place of",
                certificate=claim.replaces.certificate,
            ),
        }


def _resources(resources: tuple[Resource, ...]) -> dict[str, Any]:
    """Return the files that go with a credential; no member at all where there are none."""
    found = [
        {
            "id": resource.url,
            "mediaType": resource.media_type,
            "digestMultibase": multibase_digest(resource.sha256),
        }
        for resource in resources
    ]
    return {"relatedResource": found} if found else {}
