"""The texts of the certificate's paper, in order, as plain data for the template."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from bekwaam.adapters.pdf.findings import domain_findings, rings, taken_over, unit_findings, unit_kind
from bekwaam.adapters.pdf.qr import qr_svg
from bekwaam.domain.certificates.days import long_date
from bekwaam.domain.certificates.paper import CertificateDocument, SessionOnPaper, UnitOnPaper
from bekwaam.domain.certificates.signed import (
    CREDENTIAL_NAME,
    CREDENTIAL_TYPE,
    LOG_PROOF_NAME,
    LOG_PROOF_TYPE,
)
from bekwaam.frameworks.wheel_parts import State
from bekwaam.frameworks.wheel_svg import DOMAIN_HUE, describe, hue, stage_text
from bekwaam.wording import say

Content = dict[str, Any]
WHEEL_SIZE: Final = 380  # small, so that the codes on it can be read at the size it gets on paper


def certificate_content(
    document: CertificateDocument, *, attached: bool = False, logged: bool = False
) -> Content:
    """Return everything that the template sets, in the language of ``document``.

    ``attached`` tells whether the credential goes with it, ``logged`` whether the proof of the log does.
    """
    lang = document.language
    return {
        "lang": lang,
        "title": f"{say(lang, 'Certificate of experience')} {document.number}",
        "date": [document.issued_on.year, document.issued_on.month, document.issued_on.day],
        "heading": say(lang, "Certificate of experience"),
        "number": document.number,
        "number_line": say(lang, "Number {number}", number=document.number),
        "candidate": document.candidate,
        "candidate_line": say(lang, "issued to"),
        "standard": document.standard.title,
        "standard_line": say(lang, "judged by"),
        "provider": document.provider,
        "page": say(lang, "page {page} of {pages}"),
        "verdict": _verdict(document),
        "check": _check(document),
        "attached": [*_credential(document, attached), *_log_proof(document, logged)],
        "wheel": _wheel(document),
        "facts": _facts(document),
        "rule": _rule(document),
        "glance": _glance(document),
        "sessions": _sessions(document),
        "findings": unit_findings(document),
        "domains": domain_findings(document),
        "recommendations": _recommendations(document),
        "reading": _reading(document),
        "proof": _proof(document),
    }


def _verdict(document: CertificateDocument) -> Content:
    lang = document.language
    if document.met:
        title = say(lang, "The standard has been met")
        note = say(lang, "All judged units and what was found stand on the pages that follow.")
    else:
        title = say(lang, "The standard has not been met")
        note = say(lang, "What was recognised is recognised and stands on the pages that follow.")
    note = f"{note} {_replaces(document)}".strip()
    return {
        "met": document.met,
        "title": title,
        "sentence": document.rule.explanation[0].text,
        "note": note,
    }


def _replaces(document: CertificateDocument) -> str:
    old = document.supersedes
    if old is None:
        return ""
    day = long_date(old.issued_on, document.language)
    return say(document.language, "It replaces certificate {number} of {date}.", number=old.number, date=day)


def _wheel(document: CertificateDocument) -> Content:
    lang, rule = document.language, document.rule
    centre: tuple[str, ...] = ()
    if rule.total == len(document.units):  # the rule counts the spokes themselves
        below = say(lang, "of {total}", total=rule.total)
        centre = (str(rule.counted), below, say(lang, "{needed} needed", needed=rule.needed))
    wheel = document.wheel(WHEEL_SIZE, centre)
    key = [say(lang, "A spoke is full up to the stage that was shown.")]
    if wheel.asked:
        key.append(say(lang, "The dotted line is the stage that the standard asks for."))
    if any(unit.state is State.NOT_SHOWN for unit in document.units):
        key.append(say(lang, "A cross means: not shown."))
    key.append(say(lang, "Beside each name: how many count for the rule."))
    if document.life_domains:
        key.append(say(lang, "The band around it: the life domains."))
    return {
        "svg": wheel.svg_plain(),
        "alt": f"{wheel.title}. {describe(wheel)}",
        "rings": say(lang, "From the inside out: {stages}.", stages=", ".join(r.title for r in wheel.rings))
        if len(wheel.rings) > 1
        else "",
        "key": " ".join(key),
        "legend": [
            {"colour": hue(number), "code": code, "title": title, "count": _count(document, units)}
            for number, (code, title, units) in enumerate(document.groups(), start=1)
        ],
    }


def _count(document: CertificateDocument, units: tuple[UnitOnPaper, ...]) -> str:
    counted = sum(unit.counts is True for unit in units)
    return say(document.language, "{counted} of {total}", counted=counted, total=len(units))


def _facts(document: CertificateDocument) -> list[list[str]]:
    lang, standard = document.language, document.standard
    version = say(lang, "{id}, version {version}", id=standard.id, version=standard.version)
    if standard.eqf is not None:
        version += say(lang, ", EQF level {level}", level=standard.eqf)
    facts = [
        (say(lang, "Issued on"), long_date(document.issued_on, lang)),
        (say(lang, "Number"), document.number),
        (say(lang, "Provider"), ", ".join(part for part in (document.provider, document.place) if part)),
        (say(lang, "Assessors"), ", ".join(document.assessors)),
        (say(lang, "Standard"), version),
        (say(lang, "Purpose of the procedure"), document.purpose),
        (say(lang, "Replaces"), _superseded(document)),
    ]
    return [[label, text] for label, text in facts if text]


def _superseded(document: CertificateDocument) -> str:
    """Return which certificate this one takes the place of, and why; empty for a first one."""
    old = document.supersedes
    if old is None:
        return ""
    return say(
        document.language,
        "Certificate {number} of {date}: {reason}",
        number=old.number,
        date=long_date(old.issued_on, document.language),
        reason=old.reason,
    )


def _check(document: CertificateDocument) -> Content:
    """Return where it can be checked, with the code to scan; the address is empty while there is none."""
    lang, url = document.language, document.check_url
    return {
        "url": url,
        "label": say(lang, "Check it at"),
        "qr": qr_svg(url),
        "alt": say(lang, "QR code with the address where this certificate can be checked: {url}", url=url),
    }


def _credential(document: CertificateDocument, there: bool) -> Iterator[Content]:
    """Yield how the attached credential is called, where there is one."""
    if there:
        told = say(
            document.language,
            "Certificate {number} in a form that computers can check",
            number=document.number,
        )
        yield {
            "input": "credential",
            "name": CREDENTIAL_NAME,
            "type": CREDENTIAL_TYPE,
            "relationship": "data",
            "told": told,
        }


def _log_proof(document: CertificateDocument, there: bool) -> Iterator[Content]:
    """Yield how the attached proof of the log is called, where there is one."""
    if there:
        told = say(
            document.language, "Proof that certificate {number} is in the public log", number=document.number
        )
        yield {
            "input": "log-proof",
            "name": LOG_PROOF_NAME,
            "type": LOG_PROOF_TYPE,
            "relationship": "supplement",
            "told": told,
        }


def _rule(document: CertificateDocument) -> Content:
    lang = document.language
    yes, no = say(lang, "met"), say(lang, "not met")
    short = [_fell_short(document, unit) for unit in document.fell_short]
    return {
        "heading": say(lang, "How the outcome came about"),
        "asks": [say(lang, "What the standard asks"), document.rule.sentence],
        "came": say(lang, "What it came to"),
        "lines": [
            {"depth": line.depth, "met": line.met, "word": yes if line.met else no, "text": line.text}
            for line in document.rule.explanation
        ],
        "short_heading": say(lang, "What fell short, and by how much"),
        "short": short,
        "note": say(
            lang,
            "People judged every unit by itself and gave their reasons. The outcome is nothing but a "
            "count of those judgements against the rule of the standard; no score was worked out.",
        ),
    }


def _fell_short(document: CertificateDocument, unit: UnitOnPaper) -> str:
    text = f"{unit.code} {unit.title}: {_shown_and_asked(document, unit)}"
    return f"{text}. {taken_over(document, unit)}" if unit.origin else text


def _shown_and_asked(document: CertificateDocument, unit: UnitOnPaper) -> str:
    text = stage_text(unit.spoke(), document.language)
    if not unit.asked_title or unit.kind == "indicator":
        return text
    return say(document.language, "{shown}; asked is {asked}", shown=text, asked=unit.asked_title)


def _glance(document: CertificateDocument) -> Content:
    lang = document.language
    groups = [
        {"colour": hue(number), "rows": [_glanced(document, unit) for unit in units]}
        for number, (_, _, units) in enumerate(document.groups(), start=1)
    ]
    domains = [_glanced(document, unit) for unit in document.judged_domains]
    return {
        "heading": say(lang, "All {kind} at a glance", kind=unit_kind(document)),
        "columns": [say(lang, "Code"), say(lang, "Unit"), say(lang, "Outcome"), say(lang, "Counts")],
        "groups": [*groups, {"colour": DOMAIN_HUE, "rows": domains}],
    }


def _glanced(document: CertificateDocument, unit: UnitOnPaper) -> list[Any]:
    """Return code, title, outcome, whether it counts in a word, whether it falls short, and the rings."""
    lang = document.language
    counts = {True: say(lang, "yes"), False: say(lang, "no"), None: "–"}[unit.counts]
    outcome = stage_text(unit.spoke(), lang)
    return [unit.code, unit.title, outcome, counts, unit.counts is False, *rings(document, unit)]


def _sessions(document: CertificateDocument) -> Content:
    lang = document.language
    return {
        "heading": say(lang, "Instruments beside the portfolio"),
        "columns": [
            say(lang, "Instrument"),
            say(lang, "Date and place"),
            say(lang, "Took part"),
            say(lang, "Identity"),
        ],
        "rows": [_session(document, session) for session in document.sessions],
        "none": say(lang, "No second instrument was used."),
    }


def _session(document: CertificateDocument, session: SessionOnPaper) -> list[str]:
    lang = document.language
    day = long_date(session.held_on, lang) if session.held_on else ""
    identity = session.identity
    if session.identity_by:
        identity = say(lang, "{how}, checked by {who}", how=identity, who=session.identity_by)
    return [session.kind, ", ".join(part for part in (day, session.place) if part), session.present, identity]


def _recommendations(document: CertificateDocument) -> Content:
    lang = document.language
    every = (*document.units, *document.judged_domains)
    return {
        "heading": say(lang, "Recommendations"),
        "intro": say(
            lang,
            "Whoever wants to go on can be judged again on the missing parts only; what is recognised "
            "here stays so. What the stage asks is a pointer and not a list to tick off.",
        )
        if document.fell_short
        else "",
        "pointers": say(lang, "What the stage asks"),
        "units": [
            {
                "title": f"{unit.code} {unit.title}",
                "shown": _shown_and_asked(document, unit),
                "advice": unit.recommendation,
                "pointers": list(unit.pointers),
            }
            for unit in every
            if unit.recommendation or unit.pointers
        ],
    }


def _reading(document: CertificateDocument) -> Content:
    lang = document.language
    return {
        "heading": say(lang, "How to read this certificate"),
        "stages": [[stage.title, stage.description] for stage in document.stages],
        "paragraphs": [
            say(
                lang,
                "Every finding has three legs: which unit was judged; from which evidence and "
                "instrument; and what the assessors saw, heard or read and why that suffices or not.",
            ),
            say(
                lang,
                "Evidence is named and not shown: it is the candidate's own, and it may be about others.",
            ),
        ],
    }


def _proof(document: CertificateDocument) -> Content:
    lang, standard = document.language, document.standard
    check = (
        say(lang, "Paper can be copied. Check this certificate at {url}.", url=document.check_url)
        if document.check_url
        else say(
            lang,
            "Paper can be copied. Ask {provider} whether certificate {number} was issued like this.",
            provider=document.provider,
            number=document.number,
        )
    )
    limits = [
        say(lang, "It is not a diploma, and no judgement on a person: it says what was shown, and of what."),
        say(lang, "Not shown does not mean that somebody cannot do it: the evidence did not suffice."),
        say(lang, "It tells about the time until it was issued, and nothing of what came after."),
        say(
            lang,
            "Only a standard that was met as a whole can be exchanged for the certificate of the sector.",
        ),
        check,
    ]
    hashes = [[say(lang, "Standard"), f"{standard.id} {standard.version}", standard.sha256]]
    if document.snapshot_sha256:
        hashes.append([say(lang, "Portfolio as handed in"), "", document.snapshot_sha256])
    return {
        "heading": say(lang, "What this certificate does not prove"),
        "limits": limits,
        "hash_heading": say(lang, "Fingerprints"),
        "hash_note": say(
            lang,
            "With these (SHA-256) it can be checked later that exactly this version of the standard and "
            "this portfolio were judged.",
        ),
        "hashes": hashes,
        "words": _words(document),
    }


def _words(document: CertificateDocument) -> str:
    """Return whose words the texts of the standard are; empty where they are ours."""
    lang, words = document.language, document.words
    if words is None:
        return ""
    said = {"whose": words.whose, "owner": words.owner, "since": long_date(words.since, lang)}
    if words.number == words.total:
        sentence = say(
            lang,
            "The texts of the standard on this certificate are those of {whose}; {owner} has used them "
            "since {since}.",
            **said,
        )
    else:
        sentence = say(
            lang,
            "Of the {total} texts of the standard, {number} are those of {whose} on this certificate; "
            "{owner} has used them since {since}.",
            number=words.number,
            total=words.total,
            **said,
        )
    fingerprint = say(lang, "The fingerprint is of the standard as it was published in Bekwaam.")
    return f"{sentence} {fingerprint}"
