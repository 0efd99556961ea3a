"""The fixed cast of the tests, and a way to bring a procedure to any point by the services alone.

    def test_something(cast):
        procedure = cast.bring_to(Point.REVEALED)

Every point goes through the same doors as a user would; nothing is written to the tables directly. The
people log in with ``PASSWORD``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.portfolio.evidence import EvidenceKind
from bekwaam.domain.procedures.scope import Purpose, judged_units, stages_to_choose
from bekwaam.services.accounts.people import register_operator, register_person, register_provider
from bekwaam.services.assessment.consensus import agree_to_all, propose_final, propose_where_agreed
from bekwaam.services.assessment.findings import NOT_SHOWN, FindingInput
from bekwaam.services.assessment.judging import finish_judging, judge
from bekwaam.services.assessment.sessions import SessionInput, record_session
from bekwaam.services.certificates.deciding import decide_outcome
from bekwaam.services.certificates.facts import confirm_facts
from bekwaam.services.certificates.issuing import issue
from bekwaam.services.frameworks.versions import framework_of, publish
from bekwaam.services.portfolio.evidence import EvidenceInput, add_evidence
from bekwaam.services.portfolio.handing_in import hand_in
from bekwaam.services.procedures.assigning import assign, declare
from bekwaam.services.procedures.course import close, give_consent, start_procedure, withdraw
from bekwaam.store.models import (
    Certificate,
    FinalJudgement,
    FrameworkVersion,
    HeldSession,
    Person,
    Procedure,
    Provider,
    Snapshot,
)
from tests.remembering import chain_head, remembered
from tests.standards import small_standard

PASSWORD = "heel-geheim-wachtwoord"


class Point(IntEnum):
    """How far a procedure is brought. Later points include the earlier ones."""

    STARTED = 1  # intake, nobody assigned
    ASSIGNED = 2  # intake, a guide and two assessors
    CONSENTED = 3  # portfolio, empty
    FILLED = 4  # portfolio, a story tied to every competence
    HANDED_IN = 5  # judging, nobody declared
    DECLARED = 6  # judging, both assessors without a conflict
    HALF_JUDGED = 7  # judging, the first assessor finished, the second has not begun
    REVEALED = 8  # deciding, no final judgements
    AGREED = 9  # deciding, every final judgement agreed; no interview yet
    READY = 10  # deciding, the interview recorded too: can be decided
    DECIDED = 11  # deciding, the outcome fixed
    CHECKED = 12  # deciding, the candidate said that the facts are right: can be issued
    ISSUED = 13
    CLOSED = 14


@dataclass
class Cast:
    """Everybody, and the small standard. ``outsider`` coordinates the other provider."""

    provider: Provider
    coordinator: Person
    guide: Person
    assessors: tuple[Person, Person, Person]
    auditor: Person
    operator: Person
    candidate: Person
    other_provider: Provider
    outsider: Person
    standard: FrameworkVersion
    chain: str = ""  # the hash of the audit chain when everybody was there and nothing had happened

    def person(self, email: str, name: str, *roles: Role) -> Person:
        """Register somebody more at the provider."""
        return _with_password(register_person(self.coordinator, self.provider, email, name, roles))

    def start(
        self,
        *,
        candidate: Person | None = None,
        standard: FrameworkVersion | None = None,
        purpose: Purpose = Purpose.RECOGNITION,
        other_stages: bool = False,
        life_domains: Sequence[str] = (),
    ) -> Procedure:
        """Start a procedure, at intake."""
        candidate = candidate or self.candidate
        return start_procedure(
            self.coordinator,
            self.provider,
            candidate_email=candidate.email,
            candidate_name=candidate.name,
            standard=standard or self.standard,
            purpose=purpose,
            other_stages=other_stages,
            life_domains=life_domains,
        )

    def bring_to(
        self,
        point: Point,
        *,
        candidate: Person | None = None,
        standard: FrameworkVersion | None = None,
        other_stages: bool = False,
        life_domains: Sequence[str] = (),
        stages: Mapping[str, str] | None = None,
        assessors: Sequence[Person] | None = None,
    ) -> Procedure:
        """Start a procedure and bring it to ``point``.

        ``stages`` gives what both assessors judge per unit (a stage's code or ``not_shown``); units not
        named get what the standard's rule asks.
        """

        def walk() -> Procedure:
            procedure = self.start(
                candidate=candidate, standard=standard, other_stages=other_stages, life_domains=life_domains
            )
            return self.bring_on(procedure, point, stages=stages, assessors=assessors)

        if candidate or standard or assessors:
            return walk()
        key = (point, other_stages, tuple(life_domains), tuple(sorted((stages or {}).items())))
        return remembered(key, walk, beginning=self.chain)

    def bring_on(
        self,
        procedure: Procedure,
        point: Point,
        *,
        stages: Mapping[str, str] | None = None,
        assessors: Sequence[Person] | None = None,
        since: Point = Point.STARTED,
    ) -> Procedure:
        """Bring a procedure that is at ``since`` on to ``point``."""
        judges = tuple(assessors or self.assessors[:2])
        steps = {
            Point.ASSIGNED: lambda: self.assign_all(procedure, judges),
            Point.CONSENTED: lambda: give_consent(procedure.candidate, procedure, "nl"),
            Point.FILLED: lambda: self.fill(procedure),
            Point.HANDED_IN: lambda: hand_in(procedure.candidate, procedure),
            Point.DECLARED: lambda: [declare(judge, procedure, conflict=False) for judge in judges],
            Point.HALF_JUDGED: lambda: self.judge_all(procedure, judges[0], stages),
            Point.REVEALED: lambda: [self.judge_all(procedure, judge, stages) for judge in judges[1:]],
            Point.AGREED: lambda: self.agree_all(procedure, judges),
            Point.READY: lambda: self.interview(procedure),
            Point.DECIDED: lambda: decide_outcome(self.coordinator, procedure),
            Point.CHECKED: lambda: self.facts_right(procedure),
            Point.ISSUED: lambda: self.issue(procedure),
            Point.CLOSED: lambda: close(self.coordinator, procedure),
        }
        for step, take in steps.items():
            if since < step <= point:
                take()
        return fresh(procedure)

    def withdrawn(self, **how: object) -> Procedure:
        """Return a procedure that its candidate stopped while collecting."""
        procedure = self.bring_to(Point.FILLED, **how)  # type: ignore[arg-type]
        return withdraw(procedure.candidate, procedure, "Ik heb nu geen tijd.")

    def assign_all(self, procedure: Procedure, judges: Sequence[Person]) -> None:
        """Assign the guide and the assessors."""
        assign(self.coordinator, procedure, self.guide, Role.GUIDE)
        for person in judges:
            assign(self.coordinator, procedure, person, Role.ASSESSOR)

    def fill(self, procedure: Procedure, pieces: int = 1) -> None:
        """Let the candidate add ``pieces`` stories, each tied to everything that is judged."""
        for number in range(1, pieces + 1):
            given = story(f"Verhaal {number}", units(procedure))
            add_evidence(procedure.candidate, fresh(procedure), given)

    def judge_all(
        self, procedure: Procedure, assessor: Person, stages: Mapping[str, str] | None = None
    ) -> None:
        """Let an assessor judge everything and finish."""
        pieces = piece_refs(procedure)
        for unit in units(procedure):
            stage = (stages or {}).get(unit) or usual_stage(procedure, unit)
            judge(assessor, procedure, unit, finding(stage, pieces, said_by=assessor, about=unit))
        finish_judging(assessor, procedure)

    def agree_all(self, procedure: Procedure, judges: Sequence[Person]) -> None:
        """Let the first assessor propose every final judgement and the others agree."""
        first, *others = judges
        propose_where_agreed(first, procedure)
        for other in others:
            agree_to_all(other, procedure, standing_finals(procedure))

    def interview(self, procedure: Procedure) -> HeldSession:
        """Record an interview."""
        return record_session(self.assessors[0], procedure, interview_input())

    def facts_right(self, procedure: Procedure) -> None:
        """Let the candidate say that the facts of the draft are right."""
        confirm_facts(procedure.candidate, procedure, "nl")

    def issue(self, procedure: Procedure, language: str = "nl") -> Certificate:
        """Issue the certificate."""
        return issue(self.coordinator, procedure, language)

    def settle(self, procedure: Procedure, unit: str, stage: str, recommendation: str = "") -> FinalJudgement:
        """Let the first assessor propose a final judgement on ``unit`` and the second agree to it."""
        given = finding(stage, piece_refs(procedure), said_by=self.assessors[0], about=unit)
        final = propose_final(self.assessors[0], procedure, unit, given, recommendation=recommendation)
        self.agree(procedure, final)
        return final

    def agree(self, procedure: Procedure, final: FinalJudgement) -> None:
        """Let the second assessor agree to a proposal."""
        agree_to_all(self.assessors[1], procedure, [final.pk])


def make_cast() -> Cast:
    """Register everybody and publish the small standard."""
    return remembered("cast", _walk_to_cast)


def _walk_to_cast() -> Cast:
    operator = register_operator("beheer@example.org", "Olga Operator")
    provider = register_provider(operator, "EVC Huis Noord", "Groningen")
    other = register_provider(operator, "EVC Zuid", "Maastricht")

    def at(where: Provider, email: str, name: str, *roles: Role) -> Person:
        return _with_password(register_person(operator, where, email, name, roles))

    cast = Cast(
        provider=provider,
        coordinator=at(provider, "coordinator@example.org", "Carla Coördinator", Role.COORDINATOR),
        guide=at(provider, "begeleider@example.org", "Gijs Begeleider", Role.GUIDE),
        assessors=(
            at(provider, "noor@example.org", "Noor Assessor", Role.ASSESSOR),
            at(provider, "bram@example.org", "Bram Assessor", Role.ASSESSOR),
            at(provider, "fleur@example.org", "Fleur Assessor", Role.ASSESSOR),
        ),
        auditor=at(provider, "auditor@example.org", "Aad Auditor", Role.AUDITOR),
        operator=operator,
        candidate=at(provider, "samira@example.org", "Samira Kandidaat"),
        other_provider=other,
        outsider=at(other, "elders@example.org", "Eva van Elders", Role.COORDINATOR),
        standard=publish(None, small_standard()),
    )
    _with_password(operator)
    return replace(cast, chain=chain_head())


def _with_password(person: Person) -> Person:
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    return person


def fresh(procedure: Procedure) -> Procedure:
    """Return the procedure as it is in the database now."""
    return Procedure.objects.select_related("provider", "candidate", "standard").get(pk=procedure.pk)


def units(procedure: Procedure) -> tuple[str, ...]:
    """Return the codes of what is judged in a procedure."""
    return judged_units(framework_of(procedure.standard), procedure.scope)


def usual_stage(procedure: Procedure, unit: str) -> str:
    """Return the stage that the rule asks of a unit, or its middle one."""
    open_stages = stages_to_choose(framework_of(procedure.standard), unit, procedure.scope)
    return open_stages[len(open_stages) // 2]


def piece_refs(procedure: Procedure) -> list[str]:
    """Return the references of what was handed in last."""
    snapshot = Snapshot.objects.filter(procedure=procedure).last()
    return list(snapshot.items.values_list("ref", flat=True)) if snapshot else []


def standing_finals(procedure: Procedure) -> list[int]:
    """Return the keys of the proposals that stand."""
    return list(
        FinalJudgement.objects.filter(procedure=procedure, replaced_by=None).values_list("pk", flat=True)
    )


def story(title: str, codes: Sequence[str] = ()) -> EvidenceInput:
    """Return a complete STARR story tied to ``codes``."""
    return EvidenceInput(
        kind=EvidenceKind.STORY,
        title=title,
        dated_on=date(2025, 3, 14),
        context="Wijkteam",
        story={
            "situation": "Een vrouw van 70 kwam niet meer buiten.",
            "task": "Ik zocht uit wat haar tegenhield.",
            "action": "Ik ging drie keer langs en dronk koffie met haar.",
            "result": "Ze doet nu elke week mee aan de maaltijd in de buurt.",
            "reflection": "Ik leerde om langzamer te gaan dan ik gewend was.",
        },
        ties=dict.fromkeys(codes, "Hier doe ik het."),
    )


def finding(stage: str, pieces: Sequence[str], *, said_by: Person, about: str) -> FindingInput:
    """Return a finding with all three legs; its texts name who says it and about what."""
    basis = ["portfolio"] if stage == NOT_SHOWN else list(pieces)
    return FindingInput(
        stage=stage,
        basis=basis,
        observed=f"{said_by.name} las over {about}.",
        why=f"Volgens {said_by.name} volstaat dit voor {about}.",
    )


def interview_input() -> SessionInput:
    """Return an interview, fully recorded."""
    return SessionInput(
        kind="interview",
        held_on=date(2025, 6, 2),
        place="Groningen",
        present="Samira, Noor en Bram",
        identity="passport",
        identity_by="Noor Assessor",
    )
