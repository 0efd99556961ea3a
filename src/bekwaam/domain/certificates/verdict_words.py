"""What is said of a file that was checked: one sentence for every code, in the language of the reader.

The codes are those of :mod:`bekwaam.trust.reasons`, of a paper's standing, and the few of the check itself.
A sentence says what is so, and what to do where there is something to do; it never says more than was found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from bekwaam.domain.certificates.claimed import Claimed
from bekwaam.domain.certificates.days import long_date
from bekwaam.domain.certificates.handed import Unknown
from bekwaam.domain.certificates.papers import PaperCode
from bekwaam.domain.certificates.report import ReportLine, Verification
from bekwaam.domain.certificates.signed import PaperOutcome, Standing
from bekwaam.domain.certificates.verifying import NAME_OTHER, NAME_UNKNOWN
from bekwaam.trust.credentials import NO_STATUS
from bekwaam.trust.moments import read_moment
from bekwaam.trust.reasons import Reason, Refused
from bekwaam.trust.verdicts import OK, Outcome
from bekwaam.wording import N_, say

_NOT_READ: Final = N_("The file is damaged, or is not a certificate: it cannot be read.")
_TOO_MUCH: Final = N_(
    "The file is larger or more complicated than a certificate ever is, so we do not read on."
)
_NOT_OURS: Final = N_("It contains something that a certificate never contains, and that could mislead.")
_EDITED: Final = N_("It was changed after it was signed, or somebody else signed it.")
_PROOFS: Final = N_("The digital signature was not made in the way it should be.")
_KEY: Final = N_("It was not signed with a key of this provider.")
_LIST: Final = N_(
    "The provider's list of withdrawn certificates is not there, is out of date, or is not the "
    "provider's own."
)
_LOG: Final = N_("The proof that came along does not show that this certificate is in the public log.")
_STOLEN: Final = N_(
    "Somebody else may have had the provider's key, and nothing shows that it was signed before that. "
    "Ask the provider."
)

REASONS: Final[Mapping[Reason, str]] = {
    Reason.TOO_LARGE: _TOO_MUCH,
    Reason.TOO_DEEP: _TOO_MUCH,
    Reason.TOO_MANY_VALUES: _TOO_MUCH,
    Reason.GRAPH_TOO_HARD: _TOO_MUCH,
    Reason.NOT_JSON: _NOT_READ,
    Reason.DUPLICATE_KEY: _NOT_OURS,
    Reason.NUMBER: _NOT_OURS,
    Reason.TEXT: _NOT_OURS,
    Reason.SHAPE: N_("It is not put together as a certificate is."),
    Reason.ENCODING: _NOT_READ,
    Reason.CONTEXT_MISSING: N_("It is not a certificate: it does not say what its words mean."),
    Reason.CONTEXT_UNKNOWN: N_("It uses words whose meaning we do not know, so we cannot tell what it says."),
    Reason.CONTEXT_PLACE: _NOT_OURS,
    Reason.KEYWORD: _NOT_OURS,
    Reason.SPELLING: _NOT_OURS,
    Reason.NOT_SIGNED: N_("Something in it was added that nobody signed."),
    Reason.NODE_TWICE: N_("It describes the same thing twice, so we cannot tell which of the two holds."),
    Reason.PROOF_MISSING: N_("Nobody signed it."),
    Reason.PROOF_TWICE: _PROOFS,
    Reason.PROOF_CHAIN: _PROOFS,
    Reason.PROOF_PURPOSE: _PROOFS,
    Reason.PROOF_EXPIRED: N_("The signature had an end, and that is over."),
    Reason.SUITE_UNKNOWN: N_(
        "It was signed in a way that we do not know, so we cannot tell whether that is right."
    ),
    Reason.ALGORITHM: _PROOFS,
    Reason.HEADER: _PROOFS,
    Reason.SIGNATURE: _EDITED,
    Reason.KEY: N_("The key of the signature cannot be read."),
    Reason.KEY_UNKNOWN: _KEY,
    Reason.KEY_CONTROLLER: _KEY,
    Reason.KEY_RETIRED: N_("It was signed with a key that the provider no longer used by then."),
    Reason.KEY_COMPROMISED: N_("It was signed with a key after that had come into other hands."),
    Reason.KEY_MAY_BE_STOLEN: _STOLEN,
    Reason.PASSPHRASE: N_("The key is locked, and this passphrase does not open it."),
    Reason.IDENTIFIER: N_("The identifier of the provider is not one that we can look up safely."),
    Reason.ISSUER_UNKNOWN: N_(
        "We do not know who issued it, or could not look up their keys. "
        "Look closely at the address of the provider."
    ),
    Reason.NOT_YET_VALID: N_("It says that it is not valid yet."),
    Reason.EXPIRED: N_("It says that it was valid until a day that is over."),
    Reason.FROM_THE_FUTURE: N_("It says that it was signed at a moment that is yet to come."),
    Reason.STATUS_LIST: _LIST,
    Reason.STATUS_PURPOSE: _LIST,
    Reason.STATUS_INDEX: N_(
        "It points to a place in the list of withdrawn certificates that does not exist."
    ),
    Reason.STATUS_UNKNOWN: N_("It tells in a way that we do not know how to see whether it was withdrawn."),
    Reason.REVOKED: N_("The provider has revoked it."),
    Reason.SUSPENDED: N_("The provider has suspended it: for now it does not count. Ask the provider."),
    Reason.LOG_PROOF_MISSING: N_(
        "No proof came along that it is in the public log. "
        "Check the PDF, or add the file that ends in .tlog-proof."
    ),
    Reason.LOG_UNKNOWN: N_("It is in a log that we do not know, which proves nothing."),
    Reason.LOGGED_LATER: N_(
        "The public log has it only since {day}, later than the day on which it says it was issued. "
        "Ask the provider."
    ),
    Reason.ORIGIN: _LOG,
    Reason.NOT_IN_LOG: _LOG,
    Reason.FORK: N_(
        "The public log tells different people different things. Nothing in it can be relied on."
    ),
    Reason.OLD_CHECKPOINT: N_("What was shown of the public log is older than what we saw before."),
}

OTHERS: Final[Mapping[StrEnum | str, str]] = {
    Unknown.EMPTY: N_("The file is empty."),
    Unknown.TOO_LARGE: _TOO_MUCH,
    Unknown.ZIP: N_("This is a ZIP file. Unpack it and check the PDF that is in it, or check many at once."),
    Unknown.OTHER: N_(
        "This is not a certificate that can be checked. "
        "Take the PDF as you got it, not a photo or a scan of it."
    ),
    Unknown.LOG_PROOF: N_(
        "This is the proof that a certificate is in the log, without the certificate. Check the certificate "
        "with this file beside it."
    ),
    Unknown.EXPORT: N_(
        "This is the European export. Nobody seals it, so it cannot be checked. Check the PDF."
    ),
    PaperCode.NO_CREDENTIAL: N_(
        "There is no certificate in this PDF that a computer can check. Perhaps it was printed, scanned or "
        "saved anew. Ask for the PDF as it was issued, or look the number up at the provider."
    ),
    NAME_OTHER: N_(
        "It is not of the person whose name you gave. The name has to be as it is on the certificate."
    ),
    NAME_UNKNOWN: N_("It does not say of whom it is in a way that can be compared with a name."),
}

STANDINGS: Final[Mapping[Standing, str]] = {
    Standing.AS_ISSUED: N_("This PDF is unchanged, to the last byte, since the provider signed it."),
    Standing.ADDED_TO: N_("Something was added to this PDF after it was signed."),
    Standing.CHANGED: N_("This PDF was changed after it was signed."),
    Standing.FOREIGN: N_("Somebody else than the provider signed this PDF."),
    Standing.SEVERAL: N_("This PDF has more signatures than the one of the provider."),
    Standing.REMOVED: N_("The signature was taken out of this PDF."),
    Standing.UNSIGNED: N_("This PDF is not signed, or the signature was lost when it was saved anew."),
    Standing.UNREADABLE: N_("This PDF cannot be read."),
}
OTHER_PAPER: Final = N_("The provider issued another PDF with this certificate than this one.")

UNREADABLE: Final[Mapping[PaperOutcome, str]] = {
    PaperOutcome.LOCKED: N_("This PDF is locked with a password. Check it without that."),
    PaperOutcome.TOO_LARGE: _TOO_MUCH,
    PaperOutcome.TOO_MUCH: _TOO_MUCH,
    PaperOutcome.BROKEN: N_("This PDF is damaged."),
}

GOOD: Final[Mapping[str, str]] = {
    "paper": STANDINGS[Standing.AS_ISSUED],
    "document": N_("It is a certificate in the form that the standard for digital certificates asks."),
    "issuer": N_("The keys are those of the provider at {host}."),
    "signature": N_("What it says is unchanged since the provider signed it."),
    "period": N_("It has not expired."),
    "revocation": N_("The provider has not revoked it."),
    "suspension": N_("The provider has not suspended it."),
    "log": N_("It is in the public log, since {day}."),
    "name": N_("It is of the person whose name you gave."),
}
NO_LIST: Final = N_("It names no list of withdrawn certificates, so it cannot have been withdrawn.")

OUTCOMES: Final[Mapping[Outcome, str]] = {
    Outcome.VALID: N_("This certificate is genuine."),
    Outcome.INVALID: N_("This certificate is not in order."),
    Outcome.UNKNOWN: N_("Whether this certificate is genuine cannot be told."),
}

TAKEN_BACK: Final[Mapping[str, str]] = {
    str(Reason.REVOKED): N_("This certificate was revoked."),
    str(Reason.SUSPENDED): N_("This certificate is suspended."),
}

NOT_OF_THEM: Final = N_("This certificate is not of the person whose name you gave.")
OF_ANOTHER: Final = N_("This certificate is genuine, but it is not of the person whose name you gave.")

NOT_PROVEN: Final = (
    N_("That the person before you is its holder. Ask for proof of identity."),
    N_("That the provider does good work. See whether you know the provider and its address."),
    N_("What the holder can do today. It says what was shown at the time."),
)


def outcome_words(verification: Verification, language: str) -> str:
    """Return in a sentence what checking came to."""
    wrong = [line.code for line in verification.lines if line.outcome is Outcome.INVALID]
    if wrong == [NAME_OTHER]:
        sure = all(line.outcome is not Outcome.UNKNOWN for line in verification.lines)
        return say(language, OF_ANOTHER if sure else NOT_OF_THEM)
    if taken := taken_back(verification):
        return say(language, TAKEN_BACK[taken])
    return say(language, OUTCOMES[verification.outcome])


def taken_back(verification: Verification) -> str:
    """Return the code for a certificate that was revoked or suspended, where nothing else is wrong or
    unknown; else nothing.
    """
    wrong = {line.code for line in verification.lines if line.outcome is not Outcome.VALID}
    if not wrong or not wrong <= TAKEN_BACK.keys():
        return ""
    return str(Reason.REVOKED) if Reason.REVOKED in wrong else str(Reason.SUSPENDED)


def line_words(line: ReportLine, verification: Verification, language: str) -> str:
    """Return in a sentence what one answer says."""
    values = _values(line, verification, language)
    return say(language, _message(line), **values)


def lines_words(verification: Verification, outcome: Outcome, language: str) -> tuple[str, ...]:
    """Return what was found in order, not in order, or not to be told: each sentence once."""
    told = (line_words(it, verification, language) for it in verification.lines if it.outcome is outcome)
    return tuple(dict.fromkeys(told))


def not_proven(language: str) -> tuple[str, ...]:
    """Return what no check proves, whatever it comes to."""
    return tuple(say(language, message) for message in NOT_PROVEN)


def _message(line: ReportLine) -> str:
    if line.code == OK:
        return GOOD[str(line.details.get("purpose")) if line.name == "status" else line.name]
    if line.code == NO_STATUS:
        return NO_LIST
    if line.name == "paper" and line.code in _STANDING_CODES:
        return _unreadable(line) or STANDINGS[Standing(line.code)]
    if line.code == PaperCode.OTHER_PAPER:
        return OTHER_PAPER
    return REASONS[Reason(line.code)] if line.code in _REASON_CODES else OTHERS[line.code]


_REASON_CODES: Final = frozenset(str(it) for it in Reason)
_STANDING_CODES: Final = frozenset(str(it) for it in Standing)


def _unreadable(line: ReportLine) -> str:
    """Return why a paper cannot be read; empty where it can, or where nothing more is known."""
    told = {str(outcome): words for outcome, words in UNREADABLE.items()}
    return told.get(str(line.details.get("detail")), "") if line.code == Standing.UNREADABLE else ""


def _values(line: ReportLine, verification: Verification, language: str) -> dict[str, Any]:
    facts = verification.facts
    host = facts.issuer_host if facts is not None else ""
    return {"host": host or "?", "day": _day(line.details.get("at"), language)}


def _day(moment: object, language: str) -> str:
    try:
        return long_date(read_moment(moment).date(), language)
    except Refused:
        return "?"


def claimed_words(facts: Claimed, language: str) -> Iterator[str]:
    """Yield what a certificate says, a sentence each; whether it is true is told elsewhere."""
    if facts.title:
        yield say(language, "{title}, number {number}", title=facts.title, number=facts.number or "?")
    if facts.issuer_name or facts.issuer_did:
        yield say(
            language,
            "Issued by {name}, known at {host}, on {day}.",
            name=facts.issuer_name or "?",
            host=facts.issuer_host or facts.issuer_did or "?",
            day=_date(facts.issued_at, language),
        )
    if facts.holder_name:
        yield say(language, "In the name of {name}.", name=facts.holder_name)
    if facts.standard:
        yield say(
            language,
            "Standard: {standard} ({code}), version {version}.",
            standard=facts.standard,
            code=facts.standard_code or "?",
            version=facts.standard_version or "?",
        )
    if facts.met is not None:
        met = N_("The standard as a whole was met.")
        yield say(language, met if facts.met else N_("The standard as a whole was not met."))
    if facts.counted is not None and facts.needed is not None:
        yield say(
            language,
            "{counted} of the {total} count; {needed} were needed.",
            counted=facts.counted,
            total=facts.total if facts.total is not None else "?",
            needed=facts.needed,
        )
    if facts.replaces:
        yield say(language, "It takes the place of certificate {number}.", number=facts.replaces)


def successor_words(verification: Verification, language: str) -> str:
    """Return the notice that another certificate took its place; empty where none did."""
    if not verification.successor:
        return ""
    return say(
        language,
        "Note: certificate {number} took its place. What this one says was true when it was issued.",
        number=verification.successor,
    )


def _date(moment: datetime | None, language: str) -> str:
    return long_date(moment.date(), language) if moment is not None else "?"
