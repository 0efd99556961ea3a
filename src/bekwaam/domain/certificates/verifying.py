"""The check of one file that somebody hands in, for page, command and API alike.

A paper, a credential or a token, whatever it is called; nothing is fetched and nothing is kept. The questions
about the credential are those of :mod:`bekwaam.trust.credentials`; of a PDF it is asked as well whether it is
the paper as the issuer signed it, and the credential inside must hold by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

from bekwaam.domain.certificates.claimed import claimed_in, is_of
from bekwaam.domain.certificates.handed import Handed, HandedKind, Unknown, is_export, is_no_credential
from bekwaam.domain.certificates.papers import PaperCode, PaperPort, judge_paper, named_in
from bekwaam.domain.certificates.report import Aspect, AspectCheck, Verification
from bekwaam.trust.checkpoints import read_checkpoint
from bekwaam.trust.credentials import AtHand, Logged, check_credential, check_shape, check_token, issuer_id
from bekwaam.trust.dids import Issuer
from bekwaam.trust.documents import read_json
from bekwaam.trust.entries import Kind, LogEntry, credential_digest
from bekwaam.trust.logproofs import LogProof, read_log_proof
from bekwaam.trust.moments import write_moment
from bekwaam.trust.notes import NoteKey
from bekwaam.trust.reasons import Reason, Refused
from bekwaam.trust.vcjwt import read_token
from bekwaam.trust.verdicts import OK, Check, Outcome, Question, Verdict

LATER: Final = timedelta(days=3)
"""How much later than it says it was issued the log may have a certificate, before we say so."""
_IN_THE_LOG: Final = frozenset((OK, str(Reason.LOGGED_LATER)))
NAME_OTHER: Final = "name_other"
NAME_UNKNOWN: Final = "name_unknown"


@dataclass(frozen=True, slots=True)
class Means:
    """With what files are checked; of one moment, and the same for a whole batch.

    ``at_hand`` gives documents of issuers and status lists. ``log_keys`` are the logs that are trusted; None
    to trust for each issuer the one that its own document names. ``checkpoints`` are signed states of logs
    that were seen before; ``superseded`` gives for the digest of a credential the number of its successor.
    """

    at_hand: AtHand
    papers: PaperPort
    log_keys: Sequence[NoteKey] | None = None
    checkpoints: Sequence[str] = ()
    superseded: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def verify(handed: Handed, means: Means) -> Verification:
    """Return all that can be found out about ``handed``. Never raises for what is in it."""
    kind = handed.kind
    if kind is HandedKind.PDF:
        return _paper(handed, means)
    if kind is HandedKind.JSON:
        return _json(handed.text, handed.log_proof, means)
    if kind is HandedKind.JWT:
        return _token(handed.text, handed.log_proof, means)
    return _unknown(handed.unknown or Unknown.OTHER)


def asked_of(verification: Verification, who: str) -> Verification:
    """Return ``verification`` with the answer to: is it of ``who`` (a name or a mail address)?"""
    credential = verification.credential
    found = is_of(credential, who) if credential is not None else None
    outcome, code = {
        True: (Outcome.VALID, OK),
        False: (Outcome.INVALID, NAME_OTHER),
        None: (Outcome.UNKNOWN, NAME_UNKNOWN),
    }[found]
    return replace(verification, aspects=(*verification.aspects, AspectCheck(Aspect.NAME, outcome, code)))


def _unknown(why: Unknown | PaperCode, kind: HandedKind = HandedKind.UNKNOWN) -> Verification:
    return Verification(kind, Verdict((Check(Question.DOCUMENT, Outcome.UNKNOWN, str(why)),)))


def _refused(kind: HandedKind, error: Refused) -> Verification:
    return Verification(kind, Verdict((Check.refused(Question.DOCUMENT, error),)))


def _paper(handed: Handed, means: Means) -> Verification:
    """Check a PDF: the credential inside first, since that says who should have signed."""
    paper = means.papers.read(handed.content)
    inside = paper.credential
    if inside is None:
        none = _unknown(PaperCode.NO_CREDENTIAL, HandedKind.PDF)
        known = (means.at_hand.issuers(did) for did in named_in(paper)[:1])
        judged = judge_paper(paper, next(known, None), None, means.papers)
        return replace(none, paper=judged.standing, aspects=(judged.check,))
    found, proof = _inside(inside, (handed.log_proof, paper.log_proof), means)
    issuer, entry = _issuer(found.credential, means), _entry_of(found, proof)
    judged = judge_paper(paper, issuer, entry, means.papers)
    return replace(found, kind=HandedKind.PDF, paper=judged.standing, aspects=(judged.check,))


def _inside(
    content: bytes, proofs: Sequence[str | bytes | None], means: Means
) -> tuple[Verification, str | bytes | None]:
    """Check the credential in a PDF, with the proof that came apart or the one inside: either one will do."""
    given: list[str | bytes | None] = [proof for proof in proofs if proof is not None]
    for proof in given or [None]:
        found = _json(content, proof, means)
        if found.code_of(Question.LOG) in _IN_THE_LOG:
            break
    return found, proof


def _issuer(credential: dict[str, Any] | None, means: Means) -> Issuer | None:
    if credential is None:
        return None
    try:
        return means.at_hand.issuers(issuer_id(credential))
    except Refused:
        return None


def _entry_of(found: Verification, proof: str | bytes | None) -> LogEntry | None:
    """Return the leaf of a credential, where the log was found to hold it."""
    held = found.code_of(Question.LOG) in _IN_THE_LOG
    return LogEntry.read(read_log_proof(proof).extra or b"") if held and proof is not None else None


def _json(content: bytes, proof: str | bytes | None, means: Means) -> Verification:
    try:
        credential = read_json(content)
    except Refused as refused:
        return _refused(HandedKind.JSON, refused)
    if is_export(credential):
        return _unknown(Unknown.EXPORT)
    if is_no_credential(credential):
        return _unknown(Unknown.OTHER, HandedKind.JSON)
    try:
        check_shape(credential)
    except Refused as refused:
        return replace(_refused(HandedKind.JSON, refused), facts=claimed_in(credential))
    logged = _logged(credential, proof, means)
    verdict = check_credential(credential, means.at_hand.about(logged.logged, logged.attested))
    return _verified(HandedKind.JSON, credential, verdict, logged, means)


def _token(content: bytes, proof: str | bytes | None, means: Means) -> Verification:
    try:
        text = content.decode("ascii")
        credential = read_token(text, lambda method: None, now=means.at_hand.now).credential
        check_shape(credential)
    except UnicodeDecodeError:
        return _refused(HandedKind.JWT, Refused(Reason.SHAPE, "token"))
    except Refused as refused:
        return _refused(HandedKind.JWT, refused)
    logged = _logged(credential, proof, means)
    verdict = check_token(text, means.at_hand.about(logged.logged, logged.attested))
    return _verified(HandedKind.JWT, credential, verdict, logged, means)


@dataclass(frozen=True, slots=True)
class _LogAnswer:
    """What the log says of a credential; ``logged`` and ``attested`` only when it holds it."""

    check: Check
    digest: str
    logged: Logged | None = None
    attested: datetime | None = None


def _verified(
    kind: HandedKind, credential: dict[str, Any], verdict: Verdict, log: _LogAnswer, means: Means
) -> Verification:
    checks = tuple(log.check if it.name is Question.LOG else it for it in verdict.checks)
    return Verification(
        kind=kind,
        verdict=Verdict(checks),
        facts=claimed_in(credential),
        credential=credential,
        digest=log.digest,
        successor=means.superseded.get(log.digest, ""),
    )


def _logged(credential: dict[str, Any], proof: str | bytes | None, means: Means) -> _LogAnswer:
    """Ask the log: does it hold this very credential, issued by this issuer, and since when?"""
    digest = credential_digest(credential)
    if proof is None:
        return _LogAnswer(Check.of(Question.LOG, Reason.LOG_PROOF_MISSING), digest)
    try:
        read, entry = _leaf(proof)
        if (entry.kind, entry.of, entry.issuer) != (Kind.ISSUED, digest, issuer_id(credential)):
            raise Refused(Reason.NOT_IN_LOG, "of another certificate")
        logged = _proven(entry, read, _keys(credential, means))
        shown = logged.check()
        _same_story(read.checkpoint, logged.key, means)
    except Refused as refused:
        return _LogAnswer(Check.refused(Question.LOG, refused), digest)
    details = {"log": shown.origin, "index": read.index, "size": shown.size, "at": write_moment(entry.at)}
    begins = claimed_in(credential).issued_at
    later = begins is not None and entry.at - begins > LATER
    reason = Reason.LOGGED_LATER if later else None
    return _LogAnswer(Check.of(Question.LOG, reason, **details), digest, logged, entry.at)


def _leaf(proof: str | bytes) -> tuple[LogProof, LogEntry]:
    """Return a proof and the leaf in it; raises Refused (NOT_IN_LOG) for what is none, TOO_LARGE."""
    try:
        read = read_log_proof(proof)
        return read, LogEntry.read(read.extra or b"")
    except Refused as refused:
        if refused.reason is Reason.TOO_LARGE:
            raise
        raise Refused(Reason.NOT_IN_LOG, f"not readable ({refused})") from refused


def _keys(credential: dict[str, Any], means: Means) -> Sequence[NoteKey]:
    if means.log_keys is not None:
        return means.log_keys
    issuer = _issuer(credential, means)
    return issuer.log.keys if issuer is not None and issuer.log is not None else ()


def _proven(entry: LogEntry, proof: LogProof, keys: Sequence[NoteKey]) -> Logged:
    """Return what shows that ``entry`` is in a log that we know, by the key that signed the checkpoint.

    Raises Refused: LOG_UNKNOWN for another log, else what checking with its key raises.
    """
    origin = proof.checkpoint.partition("\n")[0]
    objections: list[Refused] = []
    for key in keys:
        if key.name == origin:
            logged = Logged(entry.leaf, proof, key)
            try:
                logged.check()
            except Refused as refused:
                objections.append(refused)
            else:
                return logged
    if objections:
        raise objections[0]
    raise Refused(Reason.LOG_UNKNOWN, origin[:200])


def _same_story(checkpoint: str, key: NoteKey, means: Means) -> None:
    """Refuse (FORK) a state of the log that cannot be true beside one that was seen before."""
    shown = read_checkpoint(checkpoint, key)
    for note in means.checkpoints:
        try:
            known = read_checkpoint(note, key)
        except Refused:
            continue  # of another log, or not ours to judge
        if known.size == shown.size and known.root != shown.root:
            raise Refused(Reason.FORK, str(known.size))
