"""Checking one file that anybody hands in. It is looked at and let go: nothing of it is kept or logged."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from django.db.models import OuterRef, Subquery

from bekwaam.domain.certificates.forms import Form
from bekwaam.domain.certificates.handed import Handed, HandedKind
from bekwaam.domain.certificates.report import Verification
from bekwaam.domain.certificates.status import ChangeReason, Status
from bekwaam.domain.certificates.verifying import Means, verify
from bekwaam.services import clock
from bekwaam.services.checking.logged import LogSays, log_says
from bekwaam.services.checking.recorded import document_stands, same_credential
from bekwaam.services.checking.trusted import is_ours, means
from bekwaam.services.publiclog.writing import proof
from bekwaam.services.statuses.reads import status_of
from bekwaam.store.models import Certificate, CertificateForm, ErasedCertificate
from bekwaam.trust.credentials import issuer_id
from bekwaam.trust.documents import read_json
from bekwaam.trust.entries import credential_digest
from bekwaam.trust.reasons import Reason, Refused
from bekwaam.trust.vcjwt import read_token
from bekwaam.trust.verdicts import Outcome, Question, worst

_CODES: Final = {Status.SUSPENDED: Reason.SUSPENDED, Status.REVOKED: Reason.REVOKED}
_WITHOUT_PROOF: Final = (
    Reason.LOG_PROOF_MISSING,
    Reason.KEY_UNKNOWN,
    Reason.ORIGIN,
    Reason.LOG_UNKNOWN,
    Reason.NOT_IN_LOG,  # that of the other badge, for instance
)
_JSON_FORMS: Final = (Form.EXPERIENCE, Form.STANDARD)


class Held(StrEnum):
    """How what we hold of a certificate compares with the file. A value never changes its meaning."""

    SAME = "same"  # byte for byte
    REWRITTEN = "rewritten"  # the same credential, put down otherwise
    DIFFERENT = "different"  # under this number we hold something else
    ABSENT = "absent"  # we hold nothing under this number
    ERASED = "erased"  # we held it: its dossier was erased


@dataclass(frozen=True, slots=True)
class OwnWord:
    """What this installation itself says of a certificate that names it as where it was issued.

    ``log`` is what our log says; ``hidden`` how it stands by the log where the status lists do not say so;
    ``unlogged`` that our log does not have it, whatever proof came along. ``successor`` is the number of
    the certificate that took its place, ``replaced_at`` when, also where the number is not known. ``since``
    and ``reason`` are there where it was revoked or suspended, as everybody may read them.
    """

    held: Held
    log: LogSays
    hidden: Status | None = None
    unlogged: bool = False
    successor: str = ""
    replaced_at: datetime | None = None
    since: datetime | None = None
    reason: ChangeReason | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """All that is said of a file. ``own`` is None for a certificate that we did not issue."""

    verification: Verification
    checked_at: datetime
    own: OwnWord | None = None

    @property
    def outcome(self) -> Outcome:
        """What it all comes to. What our log knows counts beside what travels along with the file."""
        found = self.verification.outcome
        wrong = self.own is not None and (self.own.hidden is not None or self.own.unlogged)
        return worst([found, Outcome.INVALID]) if wrong else found

    @property
    def signed(self) -> bool:
        """Whether the issuer that it names signed what it says; only then it is shown as what they said."""
        asked = (Question.DOCUMENT, Question.ISSUER, Question.SIGNATURE)
        checks = self.verification.verdict.checks
        good = {it.name for it in checks if it.outcome is Outcome.VALID}
        return good.issuperset(asked)


def check_file(content: bytes, log_proof: bytes | None = None, tools: Means | None = None) -> Answer:
    """Return all that can be found out here about a file. Never raises for what is in it.

    ``tools`` are for a whole batch at one moment (:func:`~bekwaam.services.checking.trusted.means`). Eight
    queries for a certificate of our own with its two status lists where all is well; none for a file that
    names none of our providers. Where no proof of the log came with one of ours, our own log gives it.
    """
    tools = tools or means(clock.now())
    now, handed = tools.at_hand.now, Handed(content, log_proof)
    said = _logged_here(handed, now) if log_proof is None else None
    if said is not None and said.leaf is not None:
        handed = replace(handed, log_proof=proof(said.leaf).text)
    found = verify(handed, tools)
    did = found.facts.issuer_did if found.facts else ""
    if not is_ours(did) or not found.digest:
        return Answer(found, now)
    said = said or log_says(found.digest)
    found = _with_our_proof(found, said, handed, tools)
    return Answer(found, now, _own_word(found, said, content))


def _logged_here(handed: Handed, now: datetime) -> LogSays | None:
    """Return what our log says of a credential or token that names one of our providers; None for anything
    else, also for a paper, which has its proof inside. One query.
    """
    try:
        if handed.kind is HandedKind.JSON:
            credential = read_json(handed.text)
        elif handed.kind is HandedKind.JWT:
            credential = read_token(handed.text.decode("ascii"), lambda method: None, now=now).credential
        else:
            return None
        return log_says(credential_digest(credential)) if is_ours(issuer_id(credential)) else None
    except (Refused, UnicodeDecodeError):  # the check says what is wrong with it
        return None


def _with_our_proof(found: Verification, said: LogSays, handed: Handed, tools: Means) -> Verification:
    """Ask again with the proof from our log, where it has one and none came along in a paper, or one of
    something else, or of the log under an earlier name. Three queries.
    """
    if found.code_of(Question.LOG) not in _WITHOUT_PROOF or said.leaf is None:
        return found
    return verify(replace(handed, log_proof=proof(said.leaf).text), tools)


def _own_word(found: Verification, said: LogSays, content: bytes) -> OwnWord:
    forms = _forms_of(found)
    stands = status_of(forms[0].certificate) if forms and said.status is not Status.GOOD else None
    agrees = stands is not None and stands.status is said.status
    return OwnWord(
        held=_held(forms, found, content),
        log=said,
        hidden=_hidden(found, said),
        unlogged=said.issued_at is None,
        successor=next((form.after or form.after_erased or "" for form in forms), ""),
        replaced_at=said.replaced_at,
        since=said.since if said.status is not Status.GOOD else None,
        reason=stands.reason if stands is not None and agrees else None,
    )


def _forms_of(found: Verification) -> list[Any]:
    """Return what we hold of this very credential, with the number of its successor. One query."""
    after, gone = (
        table._default_manager.filter(supersedes=OuterRef("certificate__number")).values("number")[:1]
        for table in (Certificate, ErasedCertificate)
    )
    forms = CertificateForm.objects.annotate(after=Subquery(after), after_erased=Subquery(gone))
    return list(forms.filter(digest=found.digest).select_related("certificate__file", "certificate__secret"))


def _hidden(found: Verification, said: LogSays) -> Status | None:
    """Return how it stands by the log, where the lists do not say at least that."""
    told = {it.code for it in found.verdict.checks if it.name is Question.STATUS}
    reason = _CODES.get(said.status)
    return said.status if reason is not None and not told & {reason, Reason.REVOKED} else None


def _held(forms: list[Any], found: Verification, content: bytes) -> Held:
    """Compare a file with what we hold of it. Two queries at most, and none where all is well."""
    number = found.facts.number if found.facts else ""
    sha256 = hashlib.sha256(content).hexdigest()
    if not forms:
        return _held_otherwise(number, sha256)
    row: Certificate = forms[0].certificate
    whole = [form for form in forms if form.form in _JSON_FORMS and same_credential(form, found.digest)]
    if not whole or row.number != number or not document_stands(row, found.credential or {}):
        return Held.DIFFERENT
    if found.kind is HandedKind.PDF:
        return Held.SAME if sha256 == row.file.sha256 else Held.DIFFERENT
    if any(form.content.strip().encode() == content.strip() for form in forms):
        return Held.SAME
    return Held.REWRITTEN if found.kind is HandedKind.JSON else Held.DIFFERENT


def _held_otherwise(number: str, sha256: str) -> Held:
    """Say what we hold under a number when it is not this credential. At most two queries."""
    if Certificate.objects.filter(number=number).exists():
        return Held.DIFFERENT
    erased = ErasedCertificate.objects.filter(number=number).first()
    if erased is None:
        return Held.ABSENT
    return Held.SAME if sha256 == erased.file_sha256 else Held.ERASED
