"""Turns the standard and what was handed in into what the templates show, in the language of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.domain.assessment.asked import asked_stage
from bekwaam.domain.assessment.findings import INSTRUMENT_NAMES, LEG_NAMES, Finding, InstrumentKind
from bekwaam.domain.assessment.instruments import IDENTITY_NAMES
from bekwaam.domain.assessment.jottings import VRAAK_NAMES, Vraak
from bekwaam.domain.feedback.asking import Confirmed
from bekwaam.domain.portfolio.evidence import link_host
from bekwaam.domain.portfolio.kinds import EVIDENCE_NAMES, KINDS, FieldForm, labelled
from bekwaam.frameworks.model import Framework
from bekwaam.services.assessment.comparing import UnitComparison
from bekwaam.services.assessment.jottings import Check
from bekwaam.services.assessment.reads import Piece, RecordedSession, Sessions
from bekwaam.services.portfolio.contexts import named_contexts
from bekwaam.web.shared.case import Case, language
from bekwaam.web.shared.sending import Shown, shown_as
from bekwaam.web.shared.units import Group, Unit, grouped

_WHOLE_STRIP = 40


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage as a badge: ``rings`` 0 (not shown) to the number of stages."""

    label: str
    rings: int


@dataclass(frozen=True, slots=True)
class Rung:
    """What a unit asks at one stage, as sentences; ``asked`` marks the stage that the rule asks."""

    stage: Stage
    asked: bool
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConfirmationView:
    """What a referee said of a piece, as it was handed in."""

    said: str
    who: str
    on: date
    text: str


@dataclass(frozen=True, slots=True)
class CheckView:
    """The VRAAK checklist of a piece: each mark with its code, initial, name and whether it is ticked."""

    marks: tuple[tuple[str, str, str, bool], ...]
    remark: str

    @property
    def letters(self) -> str:
        """Return the initials of what is ticked, and a dash for the rest; empty when nothing is."""
        if not any(ticked for *_rest, ticked in self.marks):
            return ""
        return " ".join(initial if ticked else "–" for _code, initial, _name, ticked in self.marks)


@dataclass(frozen=True, slots=True)
class PieceView:
    """A piece of evidence on the screen. ``parts`` are labelled texts, ``why`` what the candidate says.

    ``check_url`` is where its checklist is filled in, of a piece that belongs to other units than this one.
    A ``link`` may only be followed where it has a ``link_host``; ``situation`` is what was chosen of it.
    """

    piece: Piece
    icon: str
    kind: str
    parts: tuple[tuple[str, str], ...]
    link: str
    link_host: str
    situation: tuple[str, ...]
    why: tuple[str, ...]
    file_url: str
    show: Shown
    confirmations: tuple[ConfirmationView, ...] = ()
    own_check: CheckView | None = None
    check_url: str = ""
    checks: tuple[tuple[str, CheckView], ...] = ()
    notes: int = 0

    @property
    def opens(self) -> bool:
        """Tell whether a browser opens the file by itself; the rest is saved."""
        return self.show in ("image", "page")


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session on the screen."""

    ref: str
    kind: str
    entry: RecordedSession
    identity: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding on the screen: the stage and what it rests on, in words."""

    stage: Stage
    basis: tuple[str, ...]
    finding: Finding


@dataclass(frozen=True, slots=True)
class Mark:
    """One box of the strip of units: where it leads and how far it is."""

    unit: Unit
    url: str
    state: str
    said: str
    current: bool


def groups(framework: Framework, codes: Iterable[str]) -> tuple[Group, ...]:
    """Return the units by what they lie in, in document order; what stands alone by its kind."""
    return grouped(framework, codes, lambda item: item.parent)


def stage(framework: Framework, code: str | None) -> Stage:
    """Return a stage as a badge; None is *not shown*."""
    if code is None:
        return Stage(_("not shown"), 0)
    ordered = [known.code for known in framework.stages]
    return Stage(framework.stage_by_code[code].title[language()], ordered.index(code) + 1)


def ladder(framework: Framework, code: str) -> tuple[Rung, ...]:
    """Return what a unit asks at each stage; empty for a unit that has nothing below it."""
    below = [i for i in framework.children(code) if i.kind in ("indicator", "stage_text") and i.stage]
    asked = asked_stage(framework, code)
    return tuple(
        Rung(
            stage(framework, known.code),
            known.code == asked,
            tuple(i.text[language()] for i in below if i.stage == known.code and i.text),
        )
        for known in framework.stages
        if any(i.stage == known.code for i in below)
    )


def inside(framework: Framework, code: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return what else a unit holds (of a life domain: themes, specific competences), by what it is."""
    kinds = {"theme": _("Themes"), "specific_competence": _("Specific competences")}
    found = {
        label: tuple(item.name(language()) for item in framework.children(code, kind))
        for kind, label in kinds.items()
    }
    return tuple((label, names) for label, names in found.items() if names)


def piece_view(case: Case, piece: Piece, codes: frozenset[str] = frozenset()) -> PieceView:
    """Return a piece for the screen; ``codes`` are what the page is about, for the candidate's why."""
    fields = labelled(piece.kind, piece.texts)
    parts = tuple((_(field.label), text) for text, field in fields if field.form is not FieldForm.LINK)
    links = [text for text, field in fields if field.form is FieldForm.LINK]
    why = tuple(dict.fromkeys(text for code, text in piece.ties.items() if code in codes and text))
    url = reverse("assessment:piece_file", args=[case.procedure.ref, piece.ref]) if piece.file else ""
    kind = _(EVIDENCE_NAMES[piece.kind])
    return PieceView(
        piece=piece,
        icon=KINDS[piece.kind].icon,
        kind=kind,
        parts=parts,
        link=links[0] if links else "",
        link_host=link_host(links[0]) if links else "",
        situation=tuple(named_contexts(case.framework, piece.contexts, language())),
        why=why,
        file_url=url,
        show=shown_as(piece.file.media_type) if piece.file else "",
        confirmations=tuple(_confirmation(one) for one in piece.confirmations),
    )


def check_view(check: Check) -> CheckView:
    """Return a checklist for the screen."""
    named = [(mark, _(VRAAK_NAMES[mark])) for mark in Vraak]
    marks = tuple((mark.value, name[:1], name, mark.value in check.marks) for mark, name in named)
    return CheckView(marks, check.remark)


def _confirmation(one: Mapping[str, str]) -> ConfirmationView:
    who = ", ".join(part for part in (one["name"], one["function"]) if part)
    said = _("confirmed") if one["said"] == Confirmed.YES else _("partly confirmed")
    return ConfirmationView(said, who, date.fromisoformat(one["at"]), one["text"])


def session_views(sessions: Sessions) -> tuple[SessionView, ...]:
    """Return the sessions held, for the screen."""
    return tuple(
        SessionView(
            entry.session.ref,
            _(INSTRUMENT_NAMES[entry.session.kind]),
            entry,
            _(IDENTITY_NAMES[entry.session.identity]) if entry.session.identity else "",
        )
        for entry in sessions.standing
    )


def finding_view(
    framework: Framework, finding: Finding, titles: Mapping[str, str], sessions: Sessions
) -> FindingView:
    """Return a finding for the screen; ``titles`` names pieces and sessions by their reference."""
    basis = [titles[ref] for ref in sessions.current(finding.evidence) if ref in titles]
    if not basis and InstrumentKind.PORTFOLIO in finding.instruments:
        basis.append(_("the portfolio as a whole"))
    return FindingView(stage(framework, finding.stage), tuple(basis), finding)


def strip(
    all_groups: tuple[Group, ...], mark: Callable[[Unit], Mark], current: str
) -> tuple[tuple[Group, tuple[Mark, ...]], ...]:
    """Return the units as boxes to go through. In a long standard only those around ``current``."""
    shown = all_groups
    if sum(len(group.units) for group in all_groups) > _WHOLE_STRIP:
        shown = tuple(g for g in all_groups if any(unit.code == current for unit in g.units))
    return tuple((group, tuple(mark(unit) for unit in group.units)) for group in shown)


def lacks(entry: UnitComparison) -> str:
    """Return which legs the standing proposal on a unit still lacks, in words."""
    legs = entry.standing.finding.missing_legs() if entry.standing else ()
    return ", ".join(_(LEG_NAMES[leg]) for leg in legs)
