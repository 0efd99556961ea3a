"""A certificate as an *export* in the European Learning Model 3: unsigned, and it says so of itself.

A sealed European credential needs a qualified electronic seal of the provider; this is the same content for
whoever reads that format, such as Europass, with the address of the certificate that can be checked. What
was not shown is an assessment and no achievement. Source: European Learning Model 3, application profile
*European Digital Credentials* (the "generic full" shapes).
"""

from __future__ import annotations

import base64
from typing import Any, Final

from bekwaam.domain.certificates.achievement import shown_units
from bekwaam.domain.certificates.claims import Claim, moment
from bekwaam.domain.certificates.paper import CertificateDocument, UnitOnPaper
from bekwaam.frameworks.wheel_parts import State
from bekwaam.wording import N_, say

CONTEXTS: Final = (
    "https://www.w3.org/2018/credentials/v1",
    "http://data.europa.eu/snb/model/context/edc-ap",
)
SHAPES: Final = "http://data.europa.eu/snb/model/ap/edc-generic-full"
_AUTHORITY: Final = "http://publications.europa.eu/resource/authority"
_SNB: Final = "http://data.europa.eu/snb"
_GENERIC: Final = (f"{_SNB}/credential/e34929035b", f"{_SNB}/credential/25831c2", "Generic")
_BASE64: Final = (f"{_SNB}/encoding/6146cde7dd", f"{_SNB}/encoding/25831c2", "base64")
_SVG: Final = (f"{_AUTHORITY}/file-type/SVG", f"{_AUTHORITY}/file-type", "SVG")
_LANGUAGES: Final = {"nl": ("NLD", N_("Dutch")), "en": ("ENG", N_("English"))}


def elm_export(document: CertificateDocument, claim: Claim) -> dict[str, Any]:
    """Return a certificate as plain JSON-LD in the European Learning Model, without a seal.

    Raises ValueError for a moment without a time zone and for an issuer without a legal identifier, which the
    application profile asks for; KeyError for a unit that the standard does not have.
    """
    if not claim.issuer.legal_id:
        raise ValueError("a European credential names its issuer by a legal identifier")
    return _Export(document, claim).credential()


class _Export:
    """Writes one export. Every node has a name of its own, so that a part is written once and named after."""

    def __init__(self, document: CertificateDocument, claim: Claim) -> None:
        self._document, self._claim = document, claim
        self._language = document.language
        self._when = moment(claim.valid_from)

    def credential(self) -> dict[str, Any]:
        until = self._claim.valid_until
        return {
            "@context": list(CONTEXTS),
            "id": self._name(),
            "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
            "credentialProfiles": self._concept(*_GENERIC, language="en"),
            "identifier": self._node(
                "number", "Identifier", notation=self._document.number, schemeName=self._say(N_("Number"))
            ),
            "displayParameter": self._display(),
            "issuer": self._organisation(),
            "credentialSubject": self._person(),
            "credentialSchema": {"id": SHAPES, "type": "ShaclValidator2017"},
            "issuanceDate": self._when,
            "issued": self._when,
            "validFrom": self._when,
            **({"expirationDate": moment(until), "validUntil": moment(until)} if until else {}),
        }

    def _name(self, part: str = "") -> str:
        whole = f"{self._claim.naming.experience_id}#elm"
        return f"{whole}-{part}" if part else whole

    def _node(self, part: str, kind: str, **members: Any) -> dict[str, Any]:
        return {"id": self._name(part), "type": kind, **members}

    def _said(self, text: str) -> dict[str, str]:
        return {self._language: text}

    def _say(self, message: str, **values: Any) -> str:
        return say(self._language, message, **values)

    def _concept(self, identifier: str, scheme: str, label: str, *, language: str = "") -> dict[str, Any]:
        return {
            "id": identifier,
            "type": "Concept",
            "inScheme": {"id": scheme, "type": "ConceptScheme"},
            "prefLabel": {language or self._language: label},
        }

    def _spoken(self) -> dict[str, Any]:
        code, name = _LANGUAGES[self._language]
        return self._concept(f"{_AUTHORITY}/language/{code}", f"{_AUTHORITY}/language", self._say(name))

    def _display(self) -> dict[str, Any]:
        document = self._document
        drawing = document.wheel().svg_plain("sans-serif").encode()
        image = self._node(
            "wheel",
            "MediaObject",
            content=base64.b64encode(drawing).decode(),
            contentEncoding=self._concept(*_BASE64, language="en"),
            contentType=self._concept(*_SVG, language="en"),
        )
        return self._node(
            "display",
            "DisplayParameter",
            title=self._said(
                self._say(N_("Certificate of experience: {standard}"), standard=document.standard.title)
            ),
            description=self._said(
                self._say(
                    N_("An export without a seal. The certificate that can be checked: {url}"),
                    url=self._claim.naming.experience_id,
                )
            ),
            primaryLanguage=self._spoken(),
            language=self._spoken(),
            individualDisplay=self._node(
                "sheet",
                "IndividualDisplay",
                language=self._spoken(),
                displayDetail=self._node("page", "DisplayDetail", image=image, page=1),
            ),
        )

    def _organisation(self) -> dict[str, Any]:
        issuer = self._claim.issuer
        country = self._concept(
            f"{_AUTHORITY}/country/{issuer.country}",
            f"{_AUTHORITY}/country",
            issuer.country,
            language="en",
        )
        return {
            "id": issuer.did,
            "type": "Organisation",
            "legalName": self._said(issuer.name),
            "homepage": self._node("homepage", "WebResource", contentURL=issuer.url),
            "eIDASIdentifier": self._node(
                "legal", "LegalIdentifier", notation=issuer.legal_id, spatial=country
            ),
            "location": self._node(
                "location",
                "Location",
                address=self._node("address", "Address", countryCode=country),
            ),
        }

    def _issuer(self) -> dict[str, Any]:
        return {"id": self._claim.issuer.did, "type": "Organisation"}

    def _person(self) -> dict[str, Any]:
        holder, name = self._claim.holder, self._document.candidate
        claims = [self._experience()]
        if self._document.met:
            claims.append(self._standard())
        return {
            **self._node("holder", "Person"),
            **({"id": holder.did} if holder.did else {}),
            **({"fullName": self._said(name)} if holder.shows_name and name else {}),
            "hasClaim": claims,
        }

    def _awarded(self) -> dict[str, Any]:
        return self._node("awarding", "AwardingProcess", awardingBody=self._issuer(), awardingDate=self._when)

    def _experience(self) -> dict[str, Any]:
        document = self._document
        judged = [unit for unit in shown_units(document) if unit.state is not State.OPEN]
        parts = [self._unit(unit) for unit in judged if unit.state is State.SHOWN]
        missed = [self._assessment(unit) for unit in judged if unit.state is State.NOT_SHOWN]
        title = self._say(N_("Certificate of experience: {standard}"), standard=document.standard.title)
        return self._node(
            "experience",
            "LearningAchievement",
            title=self._said(title),
            description=self._said(" ".join(line.text for line in document.rule.explanation)),
            awardedBy=self._awarded(),
            specifiedBy=self._specification(),
            supplementaryDocument=self._node(
                "badge", "WebResource", contentURL=self._claim.naming.experience_id
            ),
            **({"hasPart": parts} if parts else {}),
            **({"provenBy": missed} if missed else {}),
        )

    def _specification(self) -> dict[str, Any]:
        standard, target = self._document.standard, self._claim.targets.document
        version = self._say(N_("{id}, version {version}"), id=standard.id, version=standard.version)
        return self._node(
            "specification",
            "LearningAchievementSpecification",
            title=self._said(standard.title),
            description=self._said(self._document.rule.sentence),
            identifier=self._node("version", "Identifier", notation=version, schemeName="Bekwaam"),
            homepage=self._node("case", "WebResource", contentURL=target.url),
        )

    def _standard(self) -> dict[str, Any]:
        title = self._say(N_("{standard}: met as a whole"), standard=self._document.standard.title)
        return self._node(
            "standard",
            "LearningAchievement",
            title=self._said(title),
            description=self._said(self._document.rule.explanation[0].text),
            awardedBy=self._awarded(),
            specifiedBy={"id": self._name("specification"), "type": "LearningAchievementSpecification"},
        )

    def _unit(self, unit: UnitOnPaper) -> dict[str, Any]:
        target, document = self._claim.targets.items[unit.code], self._claim.targets.document
        skill = self._concept(target.url, document.url, target.name) | {"notation": unit.code}
        outcome = self._node(
            f"outcome-{unit.code}", "LearningOutcome", title=self._said(unit.title), relatedSkill=skill
        )
        return self._node(
            f"unit-{unit.code}",
            "LearningAchievement",
            title=self._said(f"{unit.code} {unit.title}"),
            awardedBy=self._awarded(),
            specifiedBy=self._node(
                f"asked-{unit.code}",
                "LearningAchievementSpecification",
                title=self._said(unit.title),
                learningOutcome=outcome,
            ),
            provenBy=self._assessment(unit),
        )

    def _assessment(self, unit: UnitOnPaper) -> dict[str, Any]:
        grade = unit.stage_title or self._say(N_("not shown"))
        return self._node(
            f"assessment-{unit.code}",
            "LearningAssessment",
            title=self._said(f"{unit.code} {unit.title}"),
            awardedBy=self._awarded(),
            assessedBy=self._issuer(),
            grade=self._node(f"grade-{unit.code}", "Note", noteLiteral=self._said(grade)),
            specifiedBy=self._stages(),
        )

    def _stages(self) -> dict[str, Any]:
        titles = ", ".join(stage.title for stage in self._document.stages)
        scheme = self._node(
            "stages",
            "GradingScheme",
            title=self._said(self._say(N_("Stages, from beginning to experienced"))),
            description=self._said(titles),
        )
        return self._node(
            "judging",
            "LearningAssessmentSpecification",
            title=self._said(self._say(N_("Independent judgements and a joint one"))),
            gradingScheme=scheme,
        )
