"""An entry of the log in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import ROLE_NAMES, Role
from bekwaam.domain.assessment.findings import INSTRUMENT_NAMES, InstrumentKind
from bekwaam.domain.certificates.facts import PLACE_NAMES, Place
from bekwaam.domain.events import EVENT_NAMES, Event
from bekwaam.domain.objections.outcome import ANSWER_NAMES, Answer
from bekwaam.domain.portfolio.kinds import EVIDENCE_NAMES, EvidenceKind
from bekwaam.domain.procedures.following import WHY_NAMES, Why
from bekwaam.domain.procedures.scope import PURPOSE_NAMES, Purpose
from bekwaam.domain.procedures.states import STATE_NAMES, State
from bekwaam.domain.signs.sign import SIGN_NAMES, SignCode
from bekwaam.frameworks.model import Framework
from bekwaam.services.procedures.log import LogRow

SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class LogLine:
    """One entry as the table shows it."""

    sequence: int
    at: datetime
    who: str
    what: str
    detail: str
    hash: str
    short_hash: str


def words(row: LogRow, framework: Framework, language: str) -> LogLine:
    """Return an entry in words. A code that this version does not know shows as it is."""
    return LogLine(
        sequence=row.sequence,
        at=row.at,
        who=row.actor or _("The system"),
        what=_(EVENT_NAMES[row.event]) if row.event else row.code,
        detail=_detail(row, framework, language),
        hash=row.hash,
        short_hash=row.hash[:SHOWN],
    )


def _detail(row: LogRow, framework: Framework, language: str) -> str:
    describe = _DETAILS.get(row.event) if row.event else None
    if describe is None:
        return ""
    try:
        return describe(row, framework, language)
    except (KeyError, ValueError):  # written by another version: the event itself still says enough
        return ""


def _unit(row: LogRow, framework: Framework, language: str) -> str:
    item = framework.by_code.get(row.payload["unit"])
    name = f"{item.code} {item.name(language)}" if item else str(row.payload["unit"])
    return _("%(what)s (replaces an earlier one)") % {"what": name} if row.payload.get("replaces") else name


def _step(row: LogRow, framework: Framework, language: str) -> str:
    said = {"before": _name(STATE_NAMES, State, row, "from"), "after": _name(STATE_NAMES, State, row, "to")}
    return _("from %(before)s to %(after)s") % said


def _name(names: Any, kind: Any, row: LogRow, key: str) -> str:
    return _(names[kind(row.payload[key])])


def _assigned(row: LogRow, framework: Framework, language: str) -> str:
    said = {"name": row.person, "role": _name(ROLE_NAMES, Role, row, "role").lower()}
    if row.payload.get("third"):
        return _("%(name)s as third assessor") % said
    return _("%(name)s as %(role)s") % said


def _declared(row: LogRow, framework: Framework, language: str) -> str:
    return _("a conflict of interest") if row.payload["conflict"] else _("no conflict of interest")


def _decided(row: LogRow, framework: Framework, language: str) -> str:
    text = (
        _("Met: %(counted)s, %(needed)s needed")
        if row.payload["met"]
        else _("Not met: %(counted)s, %(needed)s needed")
    )
    return text % {"counted": row.payload["counted"], "needed": row.payload["needed"]}


def _answered(row: LogRow, framework: Framework, language: str) -> str:
    answer = _name(ANSWER_NAMES, Answer, row, "answer")
    if not row.payload.get("alone"):
        return answer
    return _("%(answer)s; by somebody who had judged or decided before, for there is nobody else") % {
        "answer": answer
    }


def _corrected(row: LogRow, framework: Framework, language: str) -> str:
    said = _("Corrected") if row.payload["corrected"] else _("Not corrected")
    return f"{_name(PLACE_NAMES, Place, row, 'place')}: {said.lower()}"


_DETAILS: Final[dict[Event, Callable[[LogRow, Framework, str], str]]] = {
    Event.PROCEDURE_STARTED: lambda row, *_rest: _name(PURPOSE_NAMES, Purpose, row, "purpose"),
    Event.SCOPE_SET: lambda row, *_rest: _name(PURPOSE_NAMES, Purpose, row, "purpose"),
    Event.ASSIGNED: _assigned,
    Event.UNASSIGNED: lambda row, *_rest: row.person,
    Event.ASSESSOR_REPLACED: lambda row, *_rest: row.person,
    Event.CONFLICT_FOUND: lambda row, *_rest: row.person,
    Event.CONFLICT_DECLARED: _declared,
    Event.STEP_TAKEN: _step,
    Event.DOSSIER_ERASED: _step,
    Event.EVIDENCE_ADDED: lambda row, *_rest: _name(EVIDENCE_NAMES, EvidenceKind, row, "kind"),
    Event.EVIDENCE_CHANGED: lambda row, *_rest: _name(EVIDENCE_NAMES, EvidenceKind, row, "kind"),
    Event.HANDED_IN: lambda row, *_rest: f"sha-256 {row.payload['sha256'][:SHOWN]}…",
    Event.SESSION_RECORDED: lambda row, *_rest: _name(INSTRUMENT_NAMES, InstrumentKind, row, "kind"),
    Event.JUDGED: _unit,
    Event.SIGN_LOOKED: lambda row, *_rest: _name(SIGN_NAMES, SignCode, row, "code"),
    Event.FINAL_PROPOSED: _unit,
    Event.FINAL_AGREED: _unit,
    Event.DISSENTED: _unit,
    Event.CANNOT_AGREE: _unit,
    Event.AGREED_AFTER_ALL: _unit,
    Event.DECIDED: _decided,
    Event.FACTS_ASKED: lambda row, *_rest: _name(PLACE_NAMES, Place, row, "place"),
    Event.FACTS_ANSWERED: _corrected,
    Event.NAME_CHOSEN: lambda row, *_rest: _("readable") if row.payload["shows"] else _("not readable"),
    Event.AUDIT_NOTED: lambda row, *_rest: _("in place of an earlier one") if row.payload["replaces"] else "",
    Event.SUPERSEDED: lambda row, *_rest: str(row.payload["by"]),
    Event.OBJECTED: lambda row, *_rest: ", ".join(row.payload["units"]),
    Event.OBJECTION_ANSWERED: _answered,
    Event.FOLLOWED_UP: lambda row, *_rest: f"{_name(WHY_NAMES, Why, row, 'why')} ({row.payload['number']})",
    Event.PORTFOLIO_COPIED: lambda row, *_rest: f"sha-256 {row.payload['sha256'][:SHOWN]}…",
    Event.ISSUED: lambda row, *_rest: str(row.payload["number"]),
}
