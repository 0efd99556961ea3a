"""What happens in one dossier of the demo, step by step, through the services that everybody uses.

Every part is a generator that yields the moment of its next step and takes the step when it is resumed.
Whoever plays the scripts (:mod:`bekwaam.cli.demo.build`) can so let several dossiers take turns, and the
audit chain tells one story in the order of time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final

from bekwaam.cli.demo.calendar import at, months_before, working_day
from bekwaam.cli.demo.material import Dossier, Material, OwnFolder, Piece, Reason
from bekwaam.cli.demo.papers import paper
from bekwaam.cli.demo.reasons import Reasons
from bekwaam.domain.accounts.access import Role
from bekwaam.domain.certificates.facts import Place, Spot
from bekwaam.domain.portfolio.kinds import EvidenceKind
from bekwaam.domain.procedures.scope import Purpose, judged_units
from bekwaam.services import clock
from bekwaam.services.accounts.people import find_or_make_person
from bekwaam.services.assessment.consensus import agree_final, propose_final
from bekwaam.services.assessment.findings import NOT_SHOWN, WHOLE_PORTFOLIO, FindingInput
from bekwaam.services.assessment.judging import finish_judging, judge
from bekwaam.services.assessment.sessions import SessionInput, record_session
from bekwaam.services.certificates.deciding import decide_outcome
from bekwaam.services.certificates.facts import answer_request, ask_correction, confirm_facts
from bekwaam.services.certificates.issuing import issue
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.services.portfolio.evidence import EvidenceInput, add_evidence
from bekwaam.services.portfolio.handing_in import hand_in
from bekwaam.services.portfolio.own import start_portfolio
from bekwaam.services.portfolio.tips import give_tip
from bekwaam.services.procedures.assigning import assign, declare
from bekwaam.services.procedures.course import close, give_consent, start_procedure, withdraw
from bekwaam.services.procedures.objecting import object_to
from bekwaam.wording import listed

LANGUAGE: Final = "nl"
MINUTES_PER_UNIT: Final = 8

Moments = Iterator[datetime]
Given = dict[str, FindingInput]


@dataclass
class World:
    """What all scripts share: the data, the standard and the framework of knowledge, and who and what was
    made so far; ``teams`` are references by name.
    """

    material: Material
    standard: Any
    knowledge: Any
    asked: str
    reasons: Reasons
    today: date
    people: dict[str, Any] = field(default_factory=dict)
    providers: dict[str, Any] = field(default_factory=dict)
    teams: dict[str, str] = field(default_factory=dict)

    def coordinator(self, provider: str) -> Any:
        """Return the person who coordinates a provider."""
        house = next(house for house in self.material.houses if house.key == provider)
        return next(self.people[who.key] for who in house.people if Role.COORDINATOR in who.roles)


def given_of(piece: Piece, without: Collection[str] = ()) -> EvidenceInput:
    """Return a piece as somebody fills it in today, without the ties to ``without``."""
    kind, today = EvidenceKind(piece.kind), clock.today()
    ended = piece.until_months_ago
    return EvidenceInput(
        kind=kind,
        title=piece.title,
        dated_on=months_before(today, piece.months_ago),
        until=months_before(today, ended) if ended is not None else None,
        context=piece.context,
        contexts=piece.contexts,
        story=piece.texts if kind is EvidenceKind.STORY else {},
        details={} if kind is EvidenceKind.STORY else piece.texts,
        ties={code: why for code, why in piece.ties.items() if code not in without},
    )


def play_folder(folder: OwnFolder, world: World) -> Moments:
    """Let somebody without any procedure begin a portfolio and fill it, a piece an evening."""
    yield at(working_day(folder.day, world.today), 20)
    person = find_or_make_person(None, folder.email, folder.name)
    world.people[folder.key] = person
    portfolio = start_portfolio(person, world.standard.pk)
    for number, key in enumerate(folder.pieces, start=1):
        yield at(working_day(folder.day - 2 * number, world.today), 20, 10)
        add_evidence(person, portfolio, given_of(world.material.pieces[key]))


class Script:
    """One dossier, played until its days run out."""

    def __init__(self, dossier: Dossier, world: World) -> None:
        self.dossier = dossier
        self.world = world
        self.procedure: Any = None
        self.candidate: Any = None
        self.coordinator: Any = None
        self.refs: dict[str, str] = {}  # of pieces and sessions, by our name for them
        self.given: dict[str, Given] = {}

    def play(self) -> Moments:
        """Yield the moment of each step and take it when resumed."""
        days = self.dossier.days
        yield from self._intake()
        if "consented" in days:
            yield from self._collect()
        if "handed_in" in days:
            yield from self._hand_in()
        if "judged" in days:
            yield from self._judge()
        if "agreed" in days:
            yield from self._agree()
        yield from self._finish()

    def _at(self, step: str, hour: int, minute: int = 0, later: int = 0) -> datetime:
        """Return a moment on the day of ``step``, or ``later`` working days after it."""
        return at(working_day(self.dossier.days[step] - later, self.world.today), hour, minute)

    def _intake(self) -> Moments:
        dossier, people = self.dossier, self.world.people
        yield self._at("started", 9, 20)
        self.coordinator = self.world.coordinator(dossier.provider)
        self.procedure = start_procedure(
            self.coordinator,
            self.world.providers[dossier.provider],
            candidate_email=dossier.email,
            candidate_name=dossier.name,
            standard=self.world.standard,
            purpose=Purpose(dossier.purpose),
            other_stages=dossier.other_stages,
            life_domains=dossier.life_domains,
        )
        self.candidate = self.procedure.candidate
        people[dossier.key] = self.candidate
        yield self._at("started", 9, 26)
        assign(self.coordinator, self.procedure, people[dossier.guide], Role.GUIDE)
        for assessor in dossier.assessors:
            assign(self.coordinator, self.procedure, people[assessor], Role.ASSESSOR)

    def _collect(self) -> Moments:
        dossier = self.dossier
        yield self._at("consented", 18, 40)
        self.procedure = give_consent(self.candidate, self.procedure, LANGUAGE)
        first = dossier.days["consented"]
        last = dossier.days.get("last_piece") or dossier.days["handed_in"] + 1
        for number, key in enumerate(dossier.pieces, start=1):
            day = first - (first - last) * number // len(dossier.pieces)
            yield at(working_day(day, self.world.today), 19, 11 * number)
            self._add(self.world.material.pieces[key])
        guide = self.world.people[dossier.guide]
        for number, tip in enumerate(dossier.tips):
            yield at(working_day(last - 1, self.world.today), 9, 10 + 6 * number)
            give_tip(guide, self.procedure, tip["text"], tip.get("code", ""))

    def _add(self, piece: Piece) -> None:
        units = judged_units(framework_of(self.world.standard), self.procedure.scope)
        left_out = self.dossier.without.union(code for code in piece.ties if code not in units)
        given = given_of(piece, left_out)
        if more := self.dossier.copied.get(piece.key):
            given = replace(given, story={**given.story, "reflection": f"{given.story['reflection']} {more}"})
        upload = paper(piece, self.dossier.name) if piece.template else None
        self.refs[piece.key] = add_evidence(self.candidate, self.procedure, given, upload).ref

    def _hand_in(self) -> Moments:
        dossier, people = self.dossier, self.world.people
        yield self._at("handed_in", 20, 15)
        hand_in(self.candidate, self.procedure)
        for number, assessor in enumerate(dossier.assessors):
            yield self._at("declared", 10 + 3 * number)
            declare(people[assessor], self.procedure, conflict=False)
        for number, session in enumerate(dossier.sessions):
            yield self._at("sessions", 15, later=number)
            self._record(dict(session))

    def _record(self, session: dict[str, str]) -> None:
        people = self.world.people
        present = [self.dossier.name, *(people[assessor].name for assessor in self.dossier.assessors)]
        given = SessionInput(
            kind=session["kind"],
            held_on=clock.today(),
            place=session["place"],
            present=listed(LANGUAGE, present),
            identity=session["identity"],
            identity_by=people[session["by"]].name,
        )
        self.refs[session["kind"]] = record_session(people[session["by"]], self.procedure, given).ref

    def _judge(self) -> Moments:
        """Let the assessors judge, the second on the day after the first."""
        dossier, people = self.dossier, self.world.people
        framework = framework_of(self.world.standard)
        units = judged_units(framework, self.procedure.scope)
        written: dict[str, Reason] = {}
        for turn, assessor in enumerate(dossier.assessors):
            half_way = dossier.half_way.get("assessor") == assessor
            given = self.given.setdefault(assessor, {})
            for number, unit in enumerate(units[: dossier.half_way["judged"]] if half_way else units):
                yield self._at("judged", 9, MINUTES_PER_UNIT * number, later=turn)
                given[unit] = self._finding(assessor, unit, written)
                judge(people[assessor], self.procedure, unit, given[unit])
            if not half_way:
                yield self._at("judged", 9, MINUTES_PER_UNIT * len(units), later=turn)
                finish_judging(people[assessor], self.procedure)

    def _finding(self, assessor: str, unit: str, written: dict[str, Reason]) -> FindingInput:
        """Return what an assessor fills in; ``written`` remembers what the first one wrote per unit."""
        differs = self.dossier.differences.get(unit)
        if differs and unit in written:
            return FindingInput(NOT_SHOWN, [WHOLE_PORTFOLIO, *self._tied(unit)], **differs)
        stage = self.dossier.stages.get(unit, self.world.asked)
        reason = self.world.reasons.choose(assessor, unit, stage, self.refs, written.get(unit))
        written.setdefault(unit, reason)
        about = self.refs.get(reason.about, WHOLE_PORTFOLIO)
        basis = dict.fromkeys([about, *self._tied(unit)[:2]])
        return FindingInput(stage, list(basis), reason.observed, reason.why)

    def _tied(self, unit: str) -> list[str]:
        """Return the references of the pieces that the candidate tied to a unit."""
        if unit in self.dossier.without:
            return []
        pieces = self.world.material.pieces
        return [self.refs[key] for key in self.dossier.pieces if unit in pieces[key].ties]

    def _agree(self) -> Moments:
        """Let the first assessor propose what both gave the same stage, and the second agree."""
        first, second = self.dossier.assessors
        proposed: dict[str, int] = {}
        for number, unit in enumerate(self.given[first]):
            if unit not in self.dossier.differences:
                yield self._at("agreed", 13, 3 * number)
                proposed[unit] = self._propose(unit)
        for number, (unit, final) in enumerate(proposed.items()):
            yield self._at("agreed", 10, 2 * number, later=1)
            dissent = self.dossier.dissent.get(unit, "")
            agree_final(self.world.people[second], self.procedure, final, dissent)
        if self.dossier.proposal:
            yield self._at("agreed", 11, 30, later=1)
            self._propose_between()

    def _propose(self, unit: str) -> int:
        """Propose the first assessor's judgement, resting on what both based themselves on."""
        first, second = (self.given[assessor][unit] for assessor in self.dossier.assessors)
        final = propose_final(
            self.world.people[self.dossier.assessors[0]],
            self.procedure,
            unit,
            replace(first, basis=list(dict.fromkeys([*first.basis, *second.basis]))),
            recommendation=self._advice(unit, first.stage),
        )
        return int(final.pk)

    def _advice(self, unit: str, stage: str) -> str:
        reached = framework_of(self.world.standard).reaches(
            None if stage == NOT_SHOWN else stage, self.world.asked
        )
        return "" if reached else self.world.material.advice.get(unit, "")

    def _propose_between(self) -> None:
        """Propose a final judgement on a unit that the two saw differently; the other has not answered."""
        first = self.dossier.assessors[0]
        proposal = dict(self.dossier.proposal)
        unit = proposal.pop("unit")
        basis = self.given[first][unit].basis
        given = FindingInput(self.world.asked, basis, **proposal)
        propose_final(self.world.people[first], self.procedure, unit, given)

    def _finish(self) -> Moments:
        """Take the last steps: decide, issue, object and close, or withdraw."""
        days = self.dossier.days
        if "decided" in days:
            yield self._at("decided", 11)
            decide_outcome(self.coordinator, self.procedure)
        if "issued" in days:
            yield from self._correct()
            yield self._at("issued", 11)
            confirm_facts(self.candidate, self.procedure, LANGUAGE)
            yield self._at("issued", 11, 30)
            issue(self.coordinator, self.procedure, LANGUAGE)
        if "objected" in days:
            yield self._at("objected", 20)
            objection = self.dossier.objection
            object_to(self.candidate, self.procedure, objection["units"], objection["grounds"])
        if "closed" in days:
            yield self._at("closed", 16)
            close(self.coordinator, self.procedure)
        if "withdrawn" in days:
            yield self._at("withdrawn", 10)
            withdraw(self.candidate, self.procedure, self.dossier.withdrawn)

    def _correct(self) -> Moments:
        """Let the candidate have facts corrected, and the coordinator answer: corrected, or why not."""
        asked = []
        for number, fact in enumerate(self.dossier.facts):
            yield self._at("decided", 19, 10 * number)
            about = fact.get("about", "")
            spot = Spot(Place(fact["place"]), self.refs[about] if about else "")
            asked.append(ask_correction(self.candidate, self.procedure, spot, fact["wanted"]))
        for number, (fact, request) in enumerate(zip(self.dossier.facts, asked, strict=True)):
            yield self._at("decided", 20, 10 * number)
            text, why = fact.get("text", ""), fact.get("why", "")
            answer_request(
                self.coordinator, self.procedure, request.ref, corrected=bool(text), text=text, why=why
            )
