"""What the assessor's pages have in common: who is looking, the units, and the way between them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import Action, Role
from bekwaam.domain.assessment.asked import asked_stage, related_codes
from bekwaam.domain.assessment.findings import INSTRUMENT_NAMES, Finding, InstrumentKind
from bekwaam.domain.procedures.scope import judged_units, stages_to_choose
from bekwaam.services.assessment.findings import NOT_SHOWN, WHOLE_PORTFOLIO
from bekwaam.services.assessment.reads import HandedIn, Piece, Sessions
from bekwaam.services.errors import NotFound
from bekwaam.web.assessment.presenting import PieceView, groups, inside, ladder, piece_view, stage
from bekwaam.web.shared.case import Case, language
from bekwaam.web.shared.crumbs import Crumb


def judges_here(case: Case) -> bool:
    """Tell whether the visitor is assessor in this procedure."""
    return Role.ASSESSOR in case.standing.roles


def sees_sessions(case: Case) -> bool:
    """Tell whether the visitor may read how the sessions went on: assessors and auditors."""
    return bool(case.standing.roles & {Role.ASSESSOR, Role.AUDITOR})


def units_of(case: Case) -> tuple[str, ...]:
    """Return the codes of what is judged; for a third assessor those that the others could not agree on."""
    units, only = judged_units(case.framework, case.procedure.scope), case.standing.only
    return units if only is None else tuple(unit for unit in units if unit in only)


def insist_unit(case: Case, code: str) -> None:
    """Raise NotFound unless ``code`` is judged in this procedure."""
    if code not in units_of(case):
        raise NotFound


def crumbs(case: Case, *rest: Crumb) -> list[Crumb]:
    """Return the way to a page about this procedure."""
    start = []
    if judges_here(case):
        start.append(Crumb(_("Judging"), reverse("assessment:queue")))
    else:
        start.append(Crumb(case.procedure.number, reverse("procedures:procedure", args=[case.procedure.ref])))
    return [*start, *rest]


def candidate_crumb(case: Case) -> Crumb:
    """Return the step to the overview of what was handed in."""
    return Crumb(case.procedure.candidate.name, reverse("assessment:judging", args=[case.procedure.ref]))


def next_in(codes: tuple[str, ...], wanted: Collection[str], after: str) -> str | None:
    """Return the first of ``wanted`` after ``after``, going round; None when there is none."""
    at = codes.index(after) + 1 if after in codes else 0
    return next((code for code in (*codes[at:], *codes[:at]) if code in wanted and code != after), None)


def neighbours(codes: tuple[str, ...], code: str) -> tuple[str | None, str | None]:
    """Return the unit before and the unit after ``code``."""
    at = codes.index(code)
    return (codes[at - 1] if at else None, codes[at + 1] if at + 1 < len(codes) else None)


def titles(portfolio: HandedIn, sessions: Sessions) -> dict[str, str]:
    """Return what to call every piece and session, by reference."""
    named = {piece.ref: piece.title for piece in portfolio.pieces}
    for entry in sessions.standing:
        held = entry.session
        on = date_format(held.held_on, "j F Y") if held.held_on else ""
        named[held.ref] = f"{_(INSTRUMENT_NAMES[held.kind])}, {on}"
    return named


def prefilled(finding: Finding | None, portfolio: HandedIn, sessions: Sessions) -> dict[str, Any]:
    """Return a finding as initial values of its form."""
    if finding is None:
        return {}
    basis = list(sessions.current(finding.evidence))
    pieces = {piece.ref for piece in portfolio.pieces}
    if InstrumentKind.PORTFOLIO in finding.instruments and not pieces.intersection(basis):
        basis.append(WHOLE_PORTFOLIO)
    return {
        "stage": finding.stage or NOT_SHOWN,
        "basis": basis,
        "observed": finding.observed,
        "why": finding.why,
    }


def stage_options(case: Case, code: str, chosen: str) -> list[dict[str, Any]]:
    """Return the stages to choose for a unit, as cards; *not shown* first, with the key that picks it."""
    framework = case.framework
    asked = asked_stage(framework, code)
    own = framework.by_code[code].stage
    cards = [{"value": NOT_SHOWN, "label": _("Not shown"), "asked": False, "rings": 0}]
    for known in stages_to_choose(framework, code, case.procedure.scope):
        badge = stage(framework, known)
        label = _("Shown") if own else badge.label[:1].upper() + badge.label[1:]
        cards.append(
            {"value": known, "label": label, "asked": known == asked and not own, "rings": badge.rings}
        )
    for at, card in enumerate(cards):
        card |= {"key": str(at), "checked": card["value"] == chosen, "id": f"stage_{at}"}
    return cards


def basis_options(
    case: Case, code: str, portfolio: HandedIn, sessions: Sessions, chosen: Iterable[str]
) -> dict[str, list[dict[str, Any]]]:
    """Return what a judgement can rest on: ``near`` (tied to the unit, and what was held) and ``far``.

    What was chosen before is always near, so that it shows.
    """
    named, picked = titles(portfolio, sessions), set(chosen)
    tied, others = tied_and_others(case, code, portfolio)
    near = [piece.ref for piece in tied]
    near += [piece.ref for piece in others if piece.ref in picked]
    near += [entry.session.ref for entry in sessions.standing]
    far = [piece.ref for piece in others if piece.ref not in picked]

    def options(refs: list[str]) -> list[dict[str, Any]]:
        return [{"value": ref, "label": named[ref], "checked": ref in picked} for ref in refs]

    whole = {"value": WHOLE_PORTFOLIO, "label": _("The portfolio as a whole")}
    return {
        "near": [*options(near), {**whole, "checked": WHOLE_PORTFOLIO in picked}],
        "far": options(far),
    }


def tied_and_others(case: Case, code: str, portfolio: HandedIn) -> tuple[list[Piece], list[Piece]]:
    """Return the pieces that the candidate tied to a unit, or to what it holds or lies in; and the rest."""
    codes = related_codes(case.framework, code)
    tied = [piece for piece in portfolio.pieces if piece.tied_to(codes)]
    return tied, [piece for piece in portfolio.pieces if not piece.tied_to(codes)]


def unit_context(case: Case, code: str) -> dict[str, Any]:
    """Return what every page about one unit shows of it."""
    framework = case.framework
    item = framework.by_code[code]
    rungs = ladder(framework, code)
    own_group = next(g for g in groups(framework, units_of(case)) if any(u.code == code for u in g.units))
    before, after = neighbours(units_of(case), code)
    return {
        "unit": next(unit for unit in own_group.units if unit.code == code),
        "group": own_group,
        "text": item.text[language()] if item.text and item.title else "",
        "ladder": rungs,
        "asked": any(rung.asked for rung in rungs),
        "other_rungs": any(not rung.asked for rung in rungs),
        "inside": inside(framework, code),
        "before": before,
        "after": after,
    }


def piece_views(case: Case, code: str, pieces: list[Piece]) -> list[PieceView]:
    """Return pieces for the screen of one unit."""
    codes = related_codes(case.framework, code)
    return [piece_view(case, piece, codes) for piece in pieces]


def may_change(case: Case) -> bool:
    """Tell whether the visitor may record or correct sessions now."""
    return case.may(Action.RECORD_SESSION)
