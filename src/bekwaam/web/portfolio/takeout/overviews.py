"""Coverage per framework, rounds of self-assessment and procedures of a package, as their pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import ROLE_NAMES
from bekwaam.domain.assessment.asked import related_codes
from bekwaam.domain.assessment.explain import Line, explain
from bekwaam.domain.assessment.findings import INSTRUMENT_NAMES
from bekwaam.domain.certificates.facts import PLACE_NAMES
from bekwaam.domain.growth.rating import is_value, levels
from bekwaam.domain.objections.outcome import ANSWER_NAMES
from bekwaam.domain.portfolio.coverage import Counted, Usual, coverage
from bekwaam.domain.portfolio.kinds import KINDS, EvidenceKind
from bekwaam.domain.portfolio.units import own_units
from bekwaam.domain.procedures.following import WHY_NAMES
from bekwaam.domain.procedures.scope import PURPOSE_NAMES
from bekwaam.domain.procedures.states import STATE_NAMES
from bekwaam.domain.takeout.document import FrameworkKey, framework_key
from bekwaam.frameworks.model import Framework
from bekwaam.frameworks.wheel import group_of, wheel
from bekwaam.services.certificates.reads import outcome_from_plain
from bekwaam.web.portfolio.presenting import pieces_label
from bekwaam.web.portfolio.presenting import worded as hint
from bekwaam.web.portfolio.takeout.holding import LinkView, form_view, link_view
from bekwaam.web.portfolio.takeout.naming import Coded, Names, day, moment, worded
from bekwaam.web.portfolio.takeout.pieces import FileView, PieceView, Texts, file_view, kind_name, texts_view

MOST_SPOKES: Final = 72
WHEEL: Final = 460


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A part of a framework with the pieces for it, and what is usually asked and not there."""

    unit: Coded
    pieces: tuple[PieceView, ...]
    hints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """The evidence laid beside one framework version; without lines where that is not known here."""

    page: str
    title: str
    started_at: datetime | None
    known: bool
    covered: int
    wheel: SafeString | None
    lines: tuple[UnitLine, ...]


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round of self-assessment in words."""

    started_at: datetime | None
    finished_at: datetime | None
    reflection: str
    wheel: SafeString | None
    ratings: tuple[tuple[Coded, str, str], ...]


@dataclass(frozen=True, slots=True)
class Growth:
    """The rounds on one framework, oldest first, and beside each other what was answered in each."""

    page: str
    title: str
    rounds: tuple[RoundView, ...]
    rows: tuple[tuple[Coded, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class FindingView:
    """What the assessors concluded on one unit."""

    unit: Coded
    stage: str
    instruments: tuple[str, ...]
    observed: str
    why: str
    recommendation: str
    origin: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class ItemView:
    """A piece as it was handed in."""

    kind: str
    texts: Texts
    file: FileView | None
    ties: tuple[tuple[Coded, str], ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class ObjectionView:
    """An objection and how it ended; ``answer`` is empty while it waits."""

    units: tuple[Coded, ...]
    grounds: str
    filed_at: datetime | None
    answer: str
    text: str
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class ProcedureView:
    """An EVC procedure; ``plain`` is what the document has, for what needs no words."""

    page: str
    title: str
    plain: Mapping[str, Any]
    state: str
    purpose: str
    started_at: datetime | None
    team: tuple[tuple[str, str], ...]
    consents: tuple[tuple[datetime | None, datetime | None, str], ...]
    tips: tuple[tuple[Coded, str, str, datetime | None], ...]
    given_back: tuple[tuple[datetime | None, str, str], ...]
    snapshots: tuple[tuple[int, datetime | None, str, tuple[ItemView, ...]], ...]
    decided_at: datetime | None
    explained: tuple[Line, ...]
    wheel: SafeString | None
    findings: tuple[FindingView, ...]
    sessions: tuple[tuple[str, date | None, str], ...]
    certificate: FileView | None
    issued_at: datetime | None
    appointments: tuple[tuple[str, datetime | None, Mapping[str, Any]], ...]
    asked: tuple[tuple[str, Mapping[str, Any]], ...]
    confirmed_at: datetime | None
    objections: tuple[ObjectionView, ...] = ()
    follows: str = ""
    forms: tuple[tuple[str, str, str], ...] = ()
    links: tuple[LinkView, ...] = ()


def drawn(
    framework: Framework | None, ratings: Mapping[str, str | None], prefix: str, language: str, **how: Any
) -> SafeString | None:
    """Return the wheel with stages; None where the framework is not known or cannot be drawn as one."""
    if framework is None or not framework.stages:
        return None
    spokes = framework.competences
    known = all(
        code in framework.by_code and (stage is None or stage in framework.stage_by_code)
        for code, stage in ratings.items()
    )
    if not known or not 0 < len(spokes) <= MOST_SPOKES or not all(group_of(framework, one) for one in spokes):
        return None
    figure = wheel(framework, ratings, language=language, size=WHEEL, **how)
    return mark_safe(figure.svg(prefix=prefix))  # noqa: S308 - drawn by us from codes, names escaped


def beside(
    names: Names,
    page: str,
    found: Mapping[str, Any],
    pieces: Sequence[tuple[Mapping[str, Any], PieceView]],
    today: date,
) -> Beside:
    """Return the evidence beside one framework version, counted as Bekwaam counts it."""
    framework, key = names.framework(found["framework"]), framework_key(found["framework"])
    title, started = names.title(found["framework"]), moment(found["started_at"])
    if framework is None:
        return Beside(page, title, started, False, 0, None, ())
    views = {piece["ref"]: view for piece, view in pieces}
    bearing = {code: related_codes(framework, code) for code in own_units(framework)}
    counted = coverage(bearing, [_counted(piece, view, key) for piece, view in pieces], Usual(), today)
    marks = {code: pieces_label(count) for code, count in counted.counts.items() if count}
    return Beside(
        page=page,
        title=title,
        started_at=started,
        known=True,
        covered=counted.covered,
        wheel=drawn(
            framework,
            {},
            "coverage",
            names.language,
            title=_("Where there is evidence"),
            domains=False,
            marks=marks,
        ),
        lines=tuple(
            UnitLine(
                names.item(found["framework"], unit.code),
                tuple(views[ref] for ref in unit.refs),
                tuple(hint(one) for one in unit.hints),
            )
            for unit in counted.units.values()
        ),
    )


def _counted(piece: Mapping[str, Any], view: PieceView, key: FrameworkKey) -> Counted:
    kind = EvidenceKind(piece["kind"])
    return Counted(
        ref=piece["ref"],
        codes=frozenset(tie["code"] for tie in piece["ties"] if framework_key(tie["framework"]) == key),
        kind=kind,
        dated_on=view.texts.dated_on,
        until=view.texts.until,
        spans=KINDS[kind].spans,
        contexts=piece["contexts"],
        context=piece["context"],
        confirmed=sum(answer.stands for answer in view.answers),
    )


def growth_view(names: Names, page: str, rounds: Sequence[Mapping[str, Any]]) -> Growth:
    """Return the rounds on one framework."""
    about = rounds[0]["framework"]
    codes = dict.fromkeys(rating["code"] for one in rounds for rating in one["ratings"])
    framework = names.framework(about)
    if framework is not None:
        order = {item.code: number for number, item in enumerate(framework.items)}
        codes = dict.fromkeys(sorted(codes, key=lambda code: (order.get(code, len(order)), code)))
    values = [{rating["code"]: rating["value"] for rating in one["ratings"]} for one in rounds]
    return Growth(
        page=page,
        title=names.title(about),
        rounds=tuple(_round(names, one, f"round{number}") for number, one in enumerate(rounds, start=1)),
        rows=tuple(
            (
                names.item(about, code),
                tuple(names.stage(about, given[code]) if code in given else "" for given in values),
            )
            for code in codes
        ),
    )


def _round(names: Names, one: Mapping[str, Any], prefix: str) -> RoundView:
    about, framework = one["framework"], names.framework(one["framework"])
    finished = moment(one["finished_at"])
    fits = framework is not None and all(
        r["code"] in framework.by_code and is_value(framework, framework.by_code[r["code"]], r["value"])
        for r in one["ratings"]
    )
    told = _("How you see yourself")
    if finished:
        told = _("How you saw yourself on %(date)s") % {"date": date_format(localtime(finished), "j F Y")}
    given = {r["code"]: r["value"] for r in one["ratings"]}
    stages = levels(framework, given) if framework is not None and fits else {}
    return RoundView(
        started_at=moment(one["started_at"]),
        finished_at=finished,
        reflection=one["reflection"],
        wheel=drawn(framework, stages, prefix, names.language, title=told) if stages else None,
        ratings=tuple(
            (names.item(about, r["code"]), names.stage(about, r["value"]), r["note"]) for r in one["ratings"]
        ),
    )


def procedure_view(names: Names, page: str, one: Mapping[str, Any], *, ours: bool) -> ProcedureView:
    """Return a procedure. Its outcome is explained where it is ``ours``: of another site it is only told."""
    about, outcome, paper = one["framework"], one["outcome"], one["certificate"]
    framework, facts = names.framework(about), one.get("facts", {})
    explained: Iterable[Line] = ()
    if ours and outcome and framework:
        explained = explain(framework, outcome_from_plain(outcome["result"]), names.language)
    return ProcedureView(
        page=page,
        title=names.title(about),
        plain=one,
        state=worded(STATE_NAMES, one["state"]),
        purpose=worded(PURPOSE_NAMES, one["purpose"]),
        started_at=moment(one["started_at"]),
        team=tuple((worded(ROLE_NAMES, who["role"]), who["name"]) for who in one["team"]),
        consents=tuple(
            (moment(c["given_at"]), moment(c["withdrawn_at"]), c["text"]) for c in one["consents"]
        ),
        tips=tuple(
            (names.item(about, tip["code"]), tip["text"], tip["author"], moment(tip["given_at"]))
            for tip in one["tips"]
        ),
        given_back=tuple((moment(n["at"]), n["author"], n["reason"]) for n in one["given_back"]),
        snapshots=tuple(
            (
                shot["number"],
                moment(shot["handed_in_at"]),
                shot["sha256"],
                tuple(_item(names, about, item) for item in shot["items"]),
            )
            for shot in one["snapshots"]
        ),
        decided_at=moment(outcome["decided_at"]) if outcome else None,
        explained=tuple(explained),
        wheel=drawn(framework, outcome["stages"], "outcome", names.language) if outcome else None,
        findings=tuple(_finding(names, about, found) for found in outcome["findings"]) if outcome else (),
        sessions=tuple(
            (worded(INSTRUMENT_NAMES, held["kind"]), day(held["held_on"]), held["place"])
            for held in (outcome["sessions"] if outcome else ())
        ),
        certificate=file_view(paper["file"]) if paper else None,
        issued_at=moment(paper["issued_at"]) if paper else None,
        appointments=tuple(
            (worded(INSTRUMENT_NAMES, plan["kind"]), moment(plan["starts_at"]), plan)
            for plan in one.get("appointments", ())  # packages from before have none
        ),
        asked=tuple((worded(PLACE_NAMES, found["place"]), found) for found in facts.get("requests", ())),
        confirmed_at=moment(facts.get("confirmed_at")),
        objections=tuple(_objection(names, about, said) for said in one.get("objections", ())),
        follows=_follows(one.get("follows")),
        forms=tuple(form_view(found, ours=ours) for found in (paper or {}).get("forms", ())),
        links=tuple(link_view(found) for found in (paper or {}).get("links", ())),
    )


def _follows(found: Mapping[str, Any] | None) -> str:
    return f"{worded(WHY_NAMES, found['why'])} ({found['number']})" if found else ""


def _objection(names: Names, about: Mapping[str, str], said: Mapping[str, Any]) -> ObjectionView:
    answer = said["answer"]
    return ObjectionView(
        units=tuple(names.item(about, unit) for unit in said["units"]),
        grounds=said["grounds"],
        filed_at=moment(said["filed_at"]),
        answer=worded(ANSWER_NAMES, answer["answer"]) if answer else "",
        text=answer["text"] if answer else "",
        by=answer["answered_by"] if answer else "",
        at=moment(answer["answered_at"]) if answer else None,
    )


def _item(names: Names, about: Mapping[str, str], item: Mapping[str, Any]) -> ItemView:
    return ItemView(
        kind=kind_name(item["kind"]),
        texts=texts_view(names, item["kind"], {**item["content"], "title": item["title"]}),
        file=file_view(item["file"]),
        ties=tuple((names.item(about, tie["code"]), tie["why"]) for tie in item["ties"]),
        sha256=item["content_sha256"],
    )


def _finding(names: Names, about: Mapping[str, str], found: Mapping[str, Any]) -> FindingView:
    return FindingView(
        unit=names.item(about, found["unit"]),
        stage=names.stage(about, found["stage"]),
        instruments=tuple(worded(INSTRUMENT_NAMES, kind) for kind in found["instruments"]),
        observed=found["observed"],
        why=found["why"],
        recommendation=found["recommendation"],
        origin=found.get("origin"),
    )
