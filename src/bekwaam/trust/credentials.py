"""Checking one credential with what is at hand: issuer documents, status lists, and a proof that it is
logged.

Source: Verifiable Credentials Data Model 2.0, sections 4 and 7.1; Open Badges 3.0, section 8.2. Nothing is
fetched: whoever calls gives what it fetched, or has in a bundle, and what is not there is a question without
an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from bekwaam.trust.checkpoints import Checkpoint
from bekwaam.trust.contexts import CREDENTIALS, OURS, Contexts
from bekwaam.trust.dids import Issuer, Key, KeyFinder
from bekwaam.trust.logproofs import LogProof, check_log_proof
from bekwaam.trust.moments import read_moment
from bekwaam.trust.notes import NoteKey
from bekwaam.trust.proofs import CLOCKS_DIFFER, Proven, check_proofs
from bekwaam.trust.reasons import Reason, Refused
from bekwaam.trust.status import Entry, entries_of, status_in
from bekwaam.trust.vcjwt import read_token
from bekwaam.trust.verdicts import Check, Outcome, Question, Verdict, outcome_of

NO_STATUS: Final = "no_status"


@dataclass(frozen=True, slots=True)
class Logged:
    """What shows that a credential is in the log: the hash of its leaf, the proof, and the key of the log."""

    leaf: bytes
    proof: LogProof
    key: NoteKey

    def check(self) -> Checkpoint:
        """Return the checkpoint under which it is in the log; raises Refused."""
        return check_log_proof(self.proof, self.leaf, self.key)


@dataclass(frozen=True, slots=True)
class AtHand:
    """What a credential is checked with.

    ``issuers`` gives the document of an issuer, ``lists`` a status list as it was published (not yet
    checked); None for what is not at hand. ``attested`` is a moment before which others had seen the
    credential.
    """

    now: datetime
    issuers: Callable[[str], Issuer | None]
    lists: Callable[[str], dict[str, Any] | None] = field(default=lambda url: None)
    logged: Logged | None = None
    attested: datetime | None = None
    contexts: Contexts = OURS
    checked: dict[tuple[str, str], dict[str, Any] | Refused] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )  # the lists that were checked before: once for a whole batch

    def about(self, logged: Logged | None, attested: datetime | None) -> AtHand:
        """Return the same with what is known of one credential; the lists that were checked stay so."""
        made = replace(self, logged=logged, attested=attested)
        object.__setattr__(made, "checked", self.checked)
        return made


def issuer_id(credential: dict[str, Any]) -> str:
    """Return who says that they issued ``credential``; raises Refused (SHAPE)."""
    issuer = credential.get("issuer")
    name = issuer.get("id") if isinstance(issuer, dict) else issuer
    if not isinstance(name, str) or not name:
        raise Refused(Reason.SHAPE, "issuer")
    return name


def check_shape(credential: dict[str, Any]) -> None:
    """See that ``credential`` is one of version 2.0 of the data model; raises Refused (CONTEXT_*, SHAPE)."""
    contexts, kinds = credential.get("@context"), credential.get("type")
    if not isinstance(contexts, list) or not contexts or contexts[0] != CREDENTIALS:
        raise Refused(
            Reason.CONTEXT_UNKNOWN if contexts else Reason.CONTEXT_MISSING, "the first is not that of 2.0"
        )
    if "VerifiableCredential" not in (kinds if isinstance(kinds, list) else [kinds]):
        raise Refused(Reason.SHAPE, "type")
    subjects: Any = credential.get("credentialSubject")
    if not subjects or not all(
        isinstance(it, dict) for it in (subjects if isinstance(subjects, list) else [subjects])
    ):
        raise Refused(Reason.SHAPE, "credentialSubject")
    issuer_id(credential)


def period_objection(credential: dict[str, Any], now: datetime) -> Reason | None:
    """Say whether ``credential`` is out of time: NOT_YET_VALID, EXPIRED, or None; raises Refused (SHAPE)."""
    if "validFrom" in credential and read_moment(credential["validFrom"], "validFrom") > now + CLOCKS_DIFFER:
        return Reason.NOT_YET_VALID
    if "validUntil" in credential and read_moment(credential["validUntil"], "validUntil") <= now:
        return Reason.EXPIRED
    return None


def signature_objection(found: Sequence[Proven], issuer: str) -> Reason | None:
    """Say what the proofs come to: None when one of them is the issuer's and holds, and none of them is
    wrong.

    A proof in a suite that we do not know neither helps nor harms beside one that holds.
    """
    reasons = [
        Reason.KEY_CONTROLLER if it.key is not None and it.key.controller != issuer else it.reason
        for it in found
    ]
    wrong = [reason for reason in reasons if outcome_of(reason) is Outcome.INVALID]
    if wrong:
        return wrong[0]
    return None if None in reasons else reasons[0]


def check_credential(credential: dict[str, Any], at_hand: AtHand) -> Verdict:
    """Return the verdict on ``credential``: every question asked, none of them able to raise."""
    return _verdict(credential, at_hand, lambda name, issuer: _signature(credential, name, issuer, at_hand))


def check_token(text: str, at_hand: AtHand) -> Verdict:
    """Return the verdict on a credential that comes as a JWT; as :func:`check_credential`."""

    def find(method: str) -> Key | None:
        issuer = at_hand.issuers(method.partition("#")[0])
        return issuer.key(method) if issuer else None

    try:
        token = read_token(text, find, now=at_hand.now, attested=at_hand.attested)
    except Refused as refused:
        return Verdict((Check.refused(Question.DOCUMENT, refused),))

    def signature(name: str, issuer: Issuer | None) -> Reason | None:
        if issuer is None:
            return Reason.ISSUER_UNKNOWN
        if token.key is not None and token.key.controller != name:
            return Reason.KEY_CONTROLLER
        return token.reason

    return _verdict(token.credential, at_hand, signature)


def _verdict(
    credential: dict[str, Any], at_hand: AtHand, signature: Callable[[str, Issuer | None], Reason | None]
) -> Verdict:
    try:
        check_shape(credential)
        name = issuer_id(credential)
    except Refused as refused:
        return Verdict((Check.refused(Question.DOCUMENT, refused),))
    issuer = at_hand.issuers(name)
    known = Reason.ISSUER_UNKNOWN if issuer is None else None
    checks = [
        Check.of(Question.DOCUMENT, None),
        Check.of(Question.ISSUER, known, issuer=name),
        _asked(Question.SIGNATURE, lambda: signature(name, issuer)),
        _asked(Question.PERIOD, lambda: period_objection(credential, at_hand.now)),
        *_statuses(credential, name, issuer, at_hand),
        _asked(Question.LOG, lambda: _log(at_hand.logged)),
    ]
    return Verdict(tuple(checks))


def _asked(question: Question, ask: Callable[[], Reason | None], **details: Any) -> Check:
    try:
        return Check.of(question, ask(), **details)
    except Refused as refused:
        return Check.refused(question, refused)


def _signature(
    credential: dict[str, Any], name: str, issuer: Issuer | None, at_hand: AtHand, *, now_only: bool = False
) -> Reason | None:
    if issuer is None:
        return Reason.ISSUER_UNKNOWN
    find: KeyFinder = issuer.key
    attested = None if now_only else at_hand.attested
    found = check_proofs(credential, find, now=at_hand.now, attested=attested, contexts=at_hand.contexts)
    return signature_objection(found, name)


def _statuses(
    credential: dict[str, Any], name: str, issuer: Issuer | None, at_hand: AtHand
) -> tuple[Check, ...]:
    try:
        entries = entries_of(credential)
    except Refused as refused:
        return (Check.refused(Question.STATUS, refused),)
    if not entries:
        return (Check(Question.STATUS, Outcome.VALID, NO_STATUS),)

    def ask(entry: Entry) -> Callable[[], Reason | None]:
        return lambda: _status(entry, name, issuer, at_hand)

    return tuple(_asked(Question.STATUS, ask(entry), purpose=entry.purpose) for entry in entries)


def _status(entry: Entry, name: str, issuer: Issuer | None, at_hand: AtHand) -> Reason | None:
    """Look an entry up in its list, once that is found to be the issuer's own, unchanged and not an old
    one.
    """
    where = (entry.list_url, name)
    if where not in at_hand.checked:
        try:
            at_hand.checked[where] = _genuine_list(entry.list_url, name, issuer, at_hand)
        except Refused as refused:
            at_hand.checked[where] = refused
    found = at_hand.checked[where]
    if isinstance(found, Refused):
        raise Refused(found.reason, found.detail)
    return status_in(entry, found)


def _genuine_list(url: str, name: str, issuer: Issuer | None, at_hand: AtHand) -> dict[str, Any]:
    published = at_hand.lists(url) if issuer is not None else None  # no list is fetched for a stranger
    if published is None or issuer is None:
        raise Refused(Reason.STATUS_LIST, "not at hand")
    try:
        if issuer_id(published) != name:
            raise Refused(Reason.STATUS_LIST, "of another issuer")
        if "validUntil" not in published:
            raise Refused(Reason.STATUS_LIST, "without an end")
        late = period_objection(published, at_hand.now)
        reason = late or _signature(published, name, issuer, at_hand, now_only=True)
    except Refused as refused:
        raise Refused(Reason.STATUS_LIST, str(refused)) from refused
    if reason is not None:
        raise Refused(Reason.STATUS_LIST, str(reason))
    return published


def _log(logged: Logged | None) -> Reason | None:
    if logged is None:
        return Reason.LOG_PROOF_MISSING
    logged.check()
    return None
