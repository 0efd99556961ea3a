"""Composes the certificate of a decided procedure from the domain's frozen values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bekwaam.domain.assessment.asked import asked_stage
from bekwaam.domain.assessment.carrying import Carried
from bekwaam.domain.assessment.decision import Decision
from bekwaam.domain.assessment.explain import explain
from bekwaam.domain.assessment.findings import INSTRUMENT_NAMES, Finding, InstrumentKind
from bekwaam.domain.assessment.instruments import IDENTITY_NAMES, Session
from bekwaam.domain.assessment.rules import Outcome
from bekwaam.domain.certificates.paper import (
    CertificateDocument,
    EvidenceOnPaper,
    InstrumentOnPaper,
    OriginOnPaper,
    RuleOnPaper,
    SessionOnPaper,
    StageOnPaper,
    StandardOnPaper,
    SupersededOnPaper,
    UnitOnPaper,
    WordsOnPaper,
)
from bekwaam.domain.portfolio.kinds import EVIDENCE_NAMES, EvidenceKind
from bekwaam.domain.procedures.scope import PURPOSE_NAMES, Scope
from bekwaam.frameworks.document import content_hash
from bekwaam.frameworks.model import Framework, Item
from bekwaam.frameworks.rule_text import rule_sentence
from bekwaam.frameworks.rules import leaves
from bekwaam.frameworks.wheel import group_of
from bekwaam.frameworks.wheel_parts import State
from bekwaam.wording import N_, say

__all__ = ["CertificateDocument", "Issue", "Piece", "Settlement", "certificate_document"]


@dataclass(frozen=True, slots=True)
class Issue:
    """What is known only at issuing. ``check_url`` is where anyone can check; empty while there is none.

    Where the texts of the standard are somebody's own, ``words`` says whose, and ``standard_sha256`` is the
    hash of the version as it was published: the hash of what stands on the paper would be known nowhere.
    """

    number: str
    issued_on: date
    candidate: str
    provider: str
    place: str = ""
    assessors: tuple[str, ...] = ()
    snapshot_sha256: str = ""
    check_url: str = ""
    standard_sha256: str = ""
    words: WordsOnPaper | None = None
    supersedes: SupersededOnPaper | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence of the snapshot, as a certificate may name it."""

    title: str
    kind: EvidenceKind
    dated_on: date | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """How a unit was settled on which the assessors could not agree at first.

    ``third`` says that a third assessor judged it for that, ``majority`` that two of three settled it.
    """

    third: bool
    majority: bool


@dataclass(frozen=True)
class _Desk:
    """What is at hand while composing."""

    standard: Framework
    language: str
    findings: Mapping[str, Finding]
    sessions: Mapping[str, Session]
    pieces: Mapping[str, Piece]
    recommendations: Mapping[str, str]
    disputes: Mapping[str, Settlement]
    counting: frozenset[str]
    short: frozenset[str]
    carried: Mapping[str, Carried]


def certificate_document(
    standard: Framework,
    scope: Scope,
    decision: Decision,
    findings: Iterable[Finding],
    sessions: Iterable[Session],
    pieces: Mapping[str, Piece],
    issue: Issue,
    language: str,
    recommendations: Mapping[str, str] | None = None,
    carried: Mapping[str, Carried] | None = None,
    disputes: Mapping[str, Settlement] | None = None,
) -> CertificateDocument:
    """Return what stands on the certificate, in ``language``.

    ``findings`` are the final ones; what they rest on is looked up in ``pieces`` and ``sessions`` by its
    reference. ``recommendations`` holds the assessors' advice per unit, ``carried`` what was taken over
    of an earlier procedure, which brings the names of what it rests on, and ``disputes`` how a unit was
    settled on which they could not agree at first. Raises ValueError while the
    decision is not decidable, and KeyError for a reference that is not there.
    """
    if not decision.decidable or standard.rule is None:
        raise ValueError("nothing can be issued before the outcome can be decided")
    held = tuple(sessions)
    desk = _Desk(
        standard=standard,
        language=language,
        findings={finding.unit: finding for finding in findings},
        sessions={session.ref: session for session in held},
        pieces=pieces,
        recommendations=recommendations or {},
        disputes=disputes or {},
        counting=frozenset(_counting(decision.outcome)),
        short=frozenset(entry.unit for entry in decision.outcome.all_short()),
        carried=carried or {},
    )
    units, domains = _judged(desk)
    return CertificateDocument(
        language=language,
        number=issue.number,
        issued_on=issue.issued_on,
        candidate=issue.candidate,
        provider=issue.provider,
        place=issue.place,
        assessors=issue.assessors,
        standard=_standard(standard, issue.standard_sha256, language),
        purpose=say(language, PURPOSE_NAMES[scope.purpose]),
        met=decision.met,
        rule=_rule(standard, decision, language),
        stages=_stages(standard, language),
        units=tuple(_unit(desk, item) for item in units),
        life_domains=tuple(_unit(desk, item) for item in domains),
        sessions=tuple(_session(session, language) for session in held),
        snapshot_sha256=issue.snapshot_sha256,
        check_url=issue.check_url,
        words=issue.words,
        supersedes=_supersedes(issue.supersedes, language),
    )


def _judged(desk: _Desk) -> tuple[list[Item], list[Item]]:
    """Return what the rule counts, and the life domains where any of them was judged beside it."""
    standard = desk.standard
    rules = leaves(standard.rule) if standard.rule else ()
    counted = {item.code for leaf in rules for item in standard.units(leaf.units)}
    units = [item for item in standard.items if item.code in counted]
    domains = [item for item in standard.of_kind("life_domain") if item.code not in counted]
    return units, domains if any(item.code in desk.findings for item in domains) else []


def _stages(standard: Framework, language: str) -> tuple[StageOnPaper, ...]:
    return tuple(
        StageOnPaper(stage.code, stage.title[language], stage.description[language])
        for stage in standard.stages
    )


def _supersedes(superseded: SupersededOnPaper | None, language: str) -> SupersededOnPaper | None:
    return replace(superseded, reason=say(language, superseded.reason)) if superseded else None


def _standard(standard: Framework, sha256: str, language: str) -> StandardOnPaper:
    return StandardOnPaper(
        id=standard.id,
        version=standard.version,
        sha256=sha256 or content_hash(standard),
        title=standard.title[language],
        eqf=standard.eqf,
    )


def _counting(outcome: Outcome) -> Iterator[str]:
    """Yield the units that count somewhere in the rule."""
    yield from outcome.units
    for part in outcome.parts:
        yield from _counting(part)


def _rule(standard: Framework, decision: Decision, language: str) -> RuleOnPaper:
    outcome = decision.outcome
    assert standard.rule is not None  # noqa: S101 - certificate_document has seen to it
    asked = {leaf.stage for leaf in leaves(standard.rule)}
    one = asked.pop() if len(asked) == 1 else None
    return RuleOnPaper(
        sentence=rule_sentence(standard, standard.rule, language),
        met=outcome.met,
        counted=outcome.counted,
        needed=outcome.needed,
        total=outcome.total,
        explanation=explain(standard, outcome, language),
        short=tuple(entry.unit for entry in outcome.all_short()),
        asked=_rings(standard, one) or None,
    )


def _unit(desk: _Desk, item: Item) -> UnitOnPaper:
    """Return a unit with its finding, or as open where there is none."""
    finding = desk.findings.get(item.code)
    group = group_of(desk.standard, item)
    known = item.code in desk.counting or item.code in desk.short
    bare = UnitOnPaper(
        code=item.code,
        title=item.name(desk.language),
        kind=item.kind,
        group_code=group.code if group else "",
        group=group.name(desk.language) if group else "",
        state=State.OPEN,
        counts=item.code in desk.counting if known else None,
    )
    return _with_finding(desk, item, bare, finding) if finding else bare


def _with_finding(desk: _Desk, item: Item, bare: UnitOnPaper, finding: Finding) -> UnitOnPaper:
    stage = desk.standard.stage_by_code[finding.stage] if finding.stage else None
    asked = asked_stage(desk.standard, item.code) if bare.counts is False else None
    return replace(
        bare,
        state=State.SHOWN if stage else State.NOT_SHOWN,
        stage=finding.stage,
        stage_title=stage.title[desk.language] if stage else "",
        rings=_rings(desk.standard, finding.stage),
        asked_title=desk.standard.stage_by_code[asked].title[desk.language] if asked else "",
        evidence=tuple(_named_evidence(desk, item.code, finding)),
        instruments=tuple(_instrument(desk, finding, kind) for kind in finding.instruments),
        observed=finding.observed.strip(),
        why=finding.why.strip(),
        recommendation=desk.recommendations.get(item.code, "").strip(),
        settled=_settled(desk.disputes.get(item.code), desk.language),
        pointers=tuple(_pointers(desk, item, finding.stage, asked)),
        origin=_origin(desk.carried.get(item.code)),
    )


def _settled(settlement: Settlement | None, language: str) -> str:
    if settlement is None:
        return ""
    began = (
        N_("The two assessors could not agree on this. A third assessor judged it on their own.")
        if settlement.third
        else N_("The assessors could not agree on this.")
    )
    ended = (
        N_("Two of three settled it; one saw it otherwise.")
        if settlement.majority
        else N_("In the end all of them agreed.")
    )
    return f"{say(language, began)} {say(language, ended)}"


def _rings(standard: Framework, stage: str | None) -> int:
    """Return the how-manieth stage this is, from 1; 0 for none."""
    return standard.stages.index(standard.stage_by_code[stage]) + 1 if stage else 0


def _pointers(desk: _Desk, item: Item, shown: str | None, asked: str | None) -> Iterator[str]:
    """Yield the indicators of the stages above ``shown``, up to ``asked``: where to look for growth."""
    for stage in desk.standard.stages[_rings(desk.standard, shown) : _rings(desk.standard, asked)]:
        for indicator in desk.standard.indicators(item.code, stage.code):
            yield indicator.name(desk.language)


def _named_evidence(desk: _Desk, unit: str, finding: Finding) -> Iterator[EvidenceOnPaper]:
    """Yield the pieces that a finding rests on; what was taken over knows them by itself."""
    carried = desk.carried.get(unit)
    if carried is not None:
        for piece in carried.pieces:
            yield _evidence(desk, Piece(piece.title, EvidenceKind(piece.kind), piece.dated_on))
        return
    for ref in finding.evidence:
        if ref not in desk.sessions:
            yield _evidence(desk, desk.pieces[ref])


def _evidence(desk: _Desk, piece: Piece) -> EvidenceOnPaper:
    return EvidenceOnPaper(piece.title, say(desk.language, EVIDENCE_NAMES[piece.kind]), piece.dated_on)


def _origin(carried: Carried | None) -> OriginOnPaper | None:
    if carried is None:
        return None
    return OriginOnPaper(carried.origin.procedure, carried.origin.decided_on, carried.origin.certificate)


def _instrument(desk: _Desk, finding: Finding, kind: InstrumentKind) -> InstrumentOnPaper:
    """Return an instrument with its days: of the sessions that the finding names, or else of all."""
    carried = desk.carried.get(finding.unit)
    every = carried.sessions if carried else tuple(desk.sessions.values())
    held = [session for session in every if session.kind is kind and session.held_on]
    named = [session for session in held if session.ref in finding.evidence] or held
    days = sorted({session.held_on for session in named if session.held_on})
    return InstrumentOnPaper(say(desk.language, INSTRUMENT_NAMES[kind]), tuple(days))


def _session(session: Session, language: str) -> SessionOnPaper:
    return SessionOnPaper(
        kind=say(language, INSTRUMENT_NAMES[session.kind]),
        held_on=session.held_on,
        place=session.place,
        present=session.present,
        identity=say(language, IDENTITY_NAMES[session.identity]) if session.identity else "",
        identity_by=session.identity_by,
    )
