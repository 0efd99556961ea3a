"""Puts what checking a file came to into what its page shows, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from bekwaam.domain.certificates.claimed import Claimed, UnitClaim
from bekwaam.domain.certificates.signed import Standing
from bekwaam.domain.certificates.status import REASONS, Status
from bekwaam.domain.certificates.verdict_words import (
    OUTCOMES,
    line_words,
    not_proven,
    outcome_words,
    taken_back,
)
from bekwaam.frameworks.model import Framework
from bekwaam.frameworks.wheel import wheel
from bekwaam.services.checking.files import Answer, Held
from bekwaam.services.checking.standards import standard_by_hash
from bekwaam.trust.reasons import Reason
from bekwaam.trust.verdicts import Outcome
from bekwaam.wording import N_, say

ICONS: Final = {Outcome.VALID: "check", Outcome.INVALID: "cross", Outcome.UNKNOWN: "warning"}
_ADVICE: Final = {
    Outcome.VALID: N_("It was issued by the provider below and has not been changed or withdrawn since."),
    Outcome.INVALID: N_(
        "Do not rely on it. Below you read why. Ask whoever gave it to you for the file as they got it, or "
        "ask the provider."
    ),
    Outcome.UNKNOWN: N_(
        "That does not say that it is forged. Below you read what is missing, and what you can do."
    ),
}
_UNCHANGED: Final = N_("The provider below issued it, and nothing in it was changed.")
_HELD: Final = {
    Held.SAME: (Outcome.VALID, N_("This file is, to the last byte, the one that was issued here.")),
    Held.REWRITTEN: (
        Outcome.VALID,
        N_("It says the same as what was issued here, only written down otherwise, as a wallet may do."),
    ),
    Held.ABSENT: (Outcome.UNKNOWN, N_("In our records there is no certificate with this number.")),
    Held.ERASED: (
        Outcome.VALID,
        N_(
            "It was issued here. Its dossier has been erased since, so there is nothing left to "
            "compare it with."
        ),
    ),
    Held.DIFFERENT: (Outcome.INVALID, N_("Under this number we hold something else than this file.")),
}
_AT_ODDS: Final = (Held.DIFFERENT, Held.ABSENT)


@dataclass(frozen=True, slots=True)
class Line:
    """One answer: how it came out, its sign, and what it says."""

    outcome: str
    icon: str
    text: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A competence with its stage, and how many rings of the wheel that is (None without the standard)."""

    code: str
    title: str
    value: str
    rings: int | None


def present(answer: Answer, language: str) -> dict[str, Any]:
    """Return what the page of an answer shows. Two queries at most, for the wheel."""
    outcome, found = answer.outcome, answer.verification
    facts = found.facts
    readable = facts is not None and bool(facts.issuer_did)
    told = found.outcome is outcome
    framework = standard_by_hash(facts.standard_sha256) if facts and answer.signed else None
    return {
        "answer": answer,
        "outcome": str(outcome),
        "icon": ICONS[outcome],
        "title": outcome_words(found, language) if told else say(language, OUTCOMES[outcome]),
        "advice": _advice(answer, language, readable),
        "taken_back": _taken_back(answer, language),
        "lines": _lines(answer, language),
        "changed_here": _changed_here(answer),
        "facts": facts if readable else None,
        "paper_differs": answer.signed and found.paper not in (None, Standing.AS_ISSUED),
        "met": _met(facts) if facts else "",
        "units": _units(facts, framework) if facts and answer.signed else [],
        "wheel": _wheel(facts, framework, language) if facts and framework else "",
        "successor": found.successor or (answer.own.successor if answer.own else ""),
        "replaced_at": answer.own.replaced_at if answer.own else None,
        "not_proven": not_proven(language),
    }


@dataclass(frozen=True, slots=True)
class TakenBack:
    """That a certificate was revoked or suspended: since when, and why as everybody may read it."""

    status: str
    since: datetime
    reason: str


def _taken_back(answer: Answer, language: str) -> TakenBack | None:
    """Return that a certificate was taken back, where that is all there is against it."""
    status, own = taken_back(answer.verification), answer.own
    if not status or own is None or own.since is None or own.unlogged or not answer.signed:
        return None
    return TakenBack(status, own.since, say(language, REASONS[own.reason].public) if own.reason else "")


def _advice(answer: Answer, language: str, readable: bool) -> str:
    if _taken_back(answer, language):
        return say(language, _UNCHANGED)
    outcome = answer.outcome
    return say(language, _ADVICE[outcome]) if readable or outcome is Outcome.INVALID else ""


def _lines(answer: Answer, language: str) -> list[Line]:
    """Return every answer: what our log and records add first where it is wrong, then the checks."""
    unlogged = answer.own is not None and answer.own.unlogged  # then our log is what there is to say of it
    told = [
        (line.outcome, line_words(line, answer.verification, language))
        for line in answer.verification.lines
        if not (unlogged and line.code == Reason.LOG_PROOF_MISSING)
    ]
    own = list(_own_lines(answer))
    every = [*own, *told] if any(outcome is Outcome.INVALID for outcome, _text in own) else [*told, *own]
    return [Line(str(outcome), ICONS[outcome], text) for outcome, text in dict.fromkeys(every)]


def _own_lines(answer: Answer) -> Iterator[tuple[Outcome, str]]:
    own = answer.own
    if own is None:
        return
    if own.unlogged:
        yield (
            Outcome.INVALID,
            _("It says that it was issued here, but it is not in our public log. Do not rely on it."),
        )
    if own.hidden is Status.REVOKED:
        yield (
            Outcome.INVALID,
            _("Our public log says that it was revoked, although the list does not. The log counts."),
        )
    elif own.hidden is Status.SUSPENDED:
        yield (
            Outcome.INVALID,
            _("Our public log says that it was suspended, although the list does not. The log counts."),
        )
    if not _changed_here(answer):
        outcome, text = _HELD[own.held]
        yield outcome, _(text)


def _changed_here(answer: Answer) -> bool:
    """Tell whether our own records are wrong, and not the file: then that is said apart."""
    own = answer.own
    return own is not None and own.held in _AT_ODDS and answer.outcome is Outcome.VALID


def _met(facts: Claimed) -> str:
    if facts.met is None:
        return ""
    if facts.met:
        return _("The standard as a whole was met.")
    return _("The standard as a whole was not met; what was recognised is recognised.")


def _units(facts: Claimed, framework: Framework | None) -> list[UnitRow]:
    return [UnitRow(it.code, it.title, it.value, _rings(it, framework)) for it in facts.units]


def _rings(unit: UnitClaim, framework: Framework | None) -> int | None:
    if framework is None:
        return None
    if not unit.stage:
        return 0
    stage = framework.stage_by_code.get(unit.stage)
    return framework.stages.index(stage) + 1 if stage else None


def _wheel(facts: Claimed, framework: Framework, language: str) -> str:
    """Return the wheel of what was signed; empty for what names stages that the standard does not have."""
    known = {item.code for item in framework.items}
    levels = {it.code: it.stage or None for it in facts.units if it.code in known}
    if not levels or any(stage and stage not in framework.stage_by_code for stage in levels.values()):
        return ""
    return mark_safe(wheel(framework, levels, language=language).svg(prefix="checked"))  # noqa: S308 - drawn by us
