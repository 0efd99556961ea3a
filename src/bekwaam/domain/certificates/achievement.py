"""The Open Badges achievements of a certificate: what was asked, the same for everybody who is given it.

An achievement says nothing of a person. Its identifier is made of its content, so that two certificates have
the same achievement exactly when the same was asked of both. Source: Open Badges 3.0, *Achievement*,
*ResultDescription*, *RubricCriterionLevel* and *Alignment*.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID, uuid5

from bekwaam.domain.certificates.case_targets import CaseTargets, Target
from bekwaam.domain.certificates.claims import IssuerProfile
from bekwaam.domain.certificates.paper import CertificateDocument, UnitOnPaper
from bekwaam.trust.canonical import canonical_json
from bekwaam.wording import say

NAMESPACE: Final = UUID("0d0a8a5e-8f0e-4a5b-9a5f-3c1f6f0b7d21")
CONTENT_HASH: Final = "ext:bekwaam-content-sha256"
"""What the identifier is that holds the hash over all the content of the standard."""
_NOWHERE: Final = "urn:uuid:00000000-0000-0000-0000-000000000000"


def unit_result(achievement: str, unit: str) -> str:
    """Return the identifier of the result description of a unit."""
    return f"{achievement}#unit-{unit}"


def unit_level(achievement: str, unit: str, stage: str) -> str:
    """Return the identifier of a stage as a level of the result of a unit."""
    return f"{achievement}#unit-{unit}/{stage}"


def rule_result(achievement: str) -> str:
    """Return the identifier of the result description of the standard as a whole."""
    return f"{achievement}#rule"


def count_result(achievement: str) -> str:
    """Return the identifier of the result description of how many count."""
    return f"{achievement}#count"


def shown_units(document: CertificateDocument) -> tuple[UnitOnPaper, ...]:
    """Return the units that a credential names: those that the rule counts, and judged life domains."""
    return (*document.units, *document.judged_domains)


def experience_achievement(
    document: CertificateDocument, issuer: IssuerProfile, targets: CaseTargets
) -> dict[str, Any]:
    """Return the achievement of a certificate of experience. Raises KeyError for a unit without a target."""
    units = shown_units(document)

    def make(identifier: str) -> dict[str, Any]:
        return {
            **_head(document, issuer, identifier, "Certificate"),
            "name": say(
                document.language, "Certificate of experience: {standard}", standard=document.standard.title
            ),
            "description": say(
                document.language,
                "Which competences of {standard} independent assessors recognised, and at which stage.",
                standard=document.standard.title,
            ),
            "criteria": {"narrative": _experience_criteria(document)},
            "alignment": [
                _to_document(document, targets),
                *(_to_item(targets.items[unit.code], document) for unit in units),
            ],
            "resultDescription": [
                *_rule_results(document, identifier),
                *(_unit_result(document, identifier, unit, targets) for unit in units),
            ],
        }

    return _by_content(make)


def standard_achievement(
    document: CertificateDocument, issuer: IssuerProfile, targets: CaseTargets, experience: dict[str, Any]
) -> dict[str, Any]:
    """Return the achievement of having met the standard as a whole; ``experience`` is the other one."""

    def make(identifier: str) -> dict[str, Any]:
        return {
            **_head(document, issuer, identifier, "Competency"),
            "name": say(document.language, "{standard}: met as a whole", standard=document.standard.title),
            "description": say(
                document.language,
                "What {standard} asks as a whole was shown to independent assessors. It is not a diploma.",
                standard=document.standard.title,
            ),
            "criteria": {"narrative": _asked(document)},
            "alignment": [_to_document(document, targets)],
            "related": [
                {
                    "id": experience["id"],
                    "type": ["Related"],
                    "inLanguage": document.language,
                    "version": document.standard.version,
                }
            ],
            "resultDescription": _rule_results(document, identifier),
        }

    return _by_content(make)


def _by_content(make: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """Return what ``make`` makes, with an identifier that follows from its content."""
    content = canonical_json(make(_NOWHERE)).decode()
    return make(f"urn:uuid:{uuid5(NAMESPACE, content)}")


def _head(document: CertificateDocument, issuer: IssuerProfile, identifier: str, kind: str) -> dict[str, Any]:
    standard = document.standard
    return {
        "id": identifier,
        "type": ["Achievement"],
        "achievementType": kind,
        "inLanguage": document.language,
        "creator": {"id": issuer.did, "type": ["Profile"], "name": issuer.name, "url": issuer.url},
        "humanCode": standard.id,
        "version": standard.version,
        "otherIdentifier": [
            {"type": "IdentifierEntry", "identifierType": CONTENT_HASH, "identifier": standard.sha256}
        ],
    }


def _asked(document: CertificateDocument) -> str:
    return say(document.language, "What the standard asks: {rule}", rule=document.rule.sentence)


def _experience_criteria(document: CertificateDocument) -> str:
    """Return what has to be done for a certificate of experience, as Markdown."""
    lang, standard = document.language, document.standard
    lines = [
        say(
            lang,
            "Independent assessors judge evidence of experience by {standard}, version {version}.",
            standard=standard.title,
            version=standard.version,
        ),
        say(lang, "The certificate is given whether or not the standard as a whole was met, and says which."),
        _asked(document),
        *(f"- {stage.title}: {' '.join(stage.description.split())}" for stage in document.stages),
    ]
    if document.words:
        lines.append(
            say(
                lang,
                "{number} of the {total} texts of the standard are in the words of {owner}.",
                number=document.words.number,
                total=document.words.total,
                owner=document.words.owner,
            )
        )
    return "\n".join(lines)


def _to_document(document: CertificateDocument, targets: CaseTargets) -> dict[str, Any]:
    found = targets.document
    return {
        "type": ["Alignment"],
        "targetName": found.name,
        "targetCode": found.code,
        "targetType": "ext:CFDocument",
        "targetUrl": found.url,
        "targetFramework": document.standard.title,
    }


def _to_item(target: Target, document: CertificateDocument) -> dict[str, Any]:
    return {
        "type": ["Alignment"],
        "targetName": target.name,
        "targetCode": target.code,
        "targetType": "CFItem",
        "targetUrl": target.url,
        "targetFramework": document.standard.title,
    }


def _rule_results(document: CertificateDocument, identifier: str) -> list[dict[str, Any]]:
    lang, rule = document.language, document.rule
    met = say(lang, "met")
    return [
        {
            "id": rule_result(identifier),
            "type": ["ResultDescription"],
            "name": say(lang, "The standard as a whole"),
            "resultType": "ext:rule",
            "allowedValue": [say(lang, "not met"), met],
            "requiredValue": met,
        },
        {
            "id": count_result(identifier),
            "type": ["ResultDescription"],
            "name": say(lang, "How many count for the rule"),
            "resultType": "RawScore",
            "valueMin": "0",
            "valueMax": str(rule.total),
            "requiredValue": str(rule.needed),
        },
    ]


def _unit_result(
    document: CertificateDocument, identifier: str, unit: UnitOnPaper, targets: CaseTargets
) -> dict[str, Any]:
    asked = document.rule.asked if unit.kind != "life_domain" else None
    required = document.stages[asked - 1].code if asked else ""
    return {
        "id": unit_result(identifier, unit.code),
        "type": ["ResultDescription"],
        "name": f"{unit.code} {unit.title}",
        "resultType": "RubricCriterionLevel",
        "alignment": [_to_item(targets.items[unit.code], document)],
        "rubricCriterionLevel": [
            {
                "id": unit_level(identifier, unit.code, stage.code),
                "type": ["RubricCriterionLevel"],
                "name": stage.title,
                "level": str(number),
            }
            for number, stage in enumerate(document.stages, 1)
        ],
        **({"requiredLevel": unit_level(identifier, unit.code, required)} if required else {}),
    }
