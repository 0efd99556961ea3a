"""The ground of the state machine: its world, how something is tried, and what is looked at after each step.

A mixin adds rules; it uses :meth:`Base.attempt` for everything that may be refused. People are named by
:data:`NAMES`. Whatever a rule writes leaves an entry in the chain, and only then is there something to check.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from hypothesis import event
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.procedures.states import FINISHED, MAIN_LINE, TRANSITIONS, State
from bekwaam.services.assessment.findings import FindingInput
from bekwaam.services.audit import broken_contents, link_of, walk_chain
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.store.models import AuditEntry, ChainHead, Judgement, Person, Procedure, SnapshotItem
from bekwaam.trust.chain import carries_its_hash
from tests.cast import Cast

UNITS = ("1.1", "1.2", "1.3")
EDGES = {(source, row.target) for row in TRANSITIONS.values() for source in row.sources}
NAMES = ("candidate", "guide", "assessor", "second", "third", "coordinator", "auditor")
JUDGES = ("assessor", "second", "third", "guide")
people = st.sampled_from(NAMES)
judges = st.sampled_from(JUDGES)


@dataclass(frozen=True)
class World:
    """Where every course begins: people, and a procedure at intake; read only."""

    people: dict[str, Person]
    procedure: Procedure


def make_world(cast: Cast) -> World:
    """Register whoever is not there yet and start a procedure. Once for all courses."""
    guide = cast.person("beide@example.org", "Guide", Role.GUIDE, Role.ASSESSOR)
    procedure = cast.start()
    named = {
        "candidate": procedure.candidate,
        "guide": guide,
        "assessor": cast.assessors[0],
        "second": cast.assessors[1],
        "third": cast.assessors[2],
        "coordinator": cast.coordinator,
        "auditor": cast.auditor,
        "fourth": cast.person("vierde@example.org", "Fourth", Role.ASSESSOR),
        "fifth": cast.person("vijfde@example.org", "Fifth", Role.ASSESSOR),
        "chair": cast.person("voorzitter@example.org", "Chair", Role.COORDINATOR),
    }
    return World(named, procedure)


class Base(RuleBasedStateMachine):
    """Everybody does anything at any time; each course is rolled back to the world it began in."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.rollback = transaction.atomic()
        self.rollback.__enter__()
        self.cast, self.ref = world.people, world.procedure.pk
        self.handle = copy(world.procedure)  # most services look again themselves, under their lock
        self.pieces: list[str] = []
        self.state = State.INTAKE
        self.judgements: dict[int, dict[str, Any]] = {}
        head = ChainHead.objects.get(pk=1)
        self.known = self.checked = head.sequence
        self.head = head.hash
        self.news: list[str] = []

    def teardown(self) -> None:
        """Look at everything once more from the beginning, and undo what this course wrote."""
        try:
            assert walk_chain().whole
            assert not list(broken_contents())
            kept = {row.pk: row.committed() for row in self.all_judgements()}
            assert kept == self.judgements
        finally:
            transaction.set_rollback(True)
            self.rollback.__exit__(None, None, None)

    @property
    def procedure(self) -> Procedure:
        """Return the procedure as it is now."""
        return self.at(self.ref)

    def at(self, key: int) -> Procedure:
        """Return a procedure as it is now."""
        rows = Procedure.objects.select_related("provider", "candidate", "standard", "working")
        return rows.defer("standard__document").get(pk=key)

    def all_judgements(self) -> QuerySet[Judgement]:
        """Return the judgements of this procedure and of what follows it."""
        return Judgement.objects.filter(Q(procedure=self.ref) | Q(procedure__follows=self.ref))

    def attempt(self, action: Any, who: str, *given: Any, on: Procedure | None = None, **named: Any) -> bool:
        """Try something; when it is refused, nothing may have been written. Tell whether it was done.

        ``on`` is another procedure than that of this course.
        """
        try:
            action(self.cast[who], self.at(on.pk) if on else self.handle, *given, **named)
        except (Refused, Invalid, NotFound):
            assert self.length() == self.known
            return False
        self.known = self.length()
        self.handle.refresh_from_db(fields=["state"])
        return True

    def length(self) -> int:
        """Return how long the chain is."""
        return ChainHead.objects.values_list("sequence", flat=True).get(pk=1)

    def finding(self, who: str, stage: str) -> FindingInput:
        """Return a finding that rests on all that was handed in; its words tell whose it is."""
        return FindingInput(stage, self.pieces, f"<gezien door {who}>", f"<volgens {who}>")

    @invariant()
    def what_is_new_is_sound(self) -> None:
        """Walk on along the chain from where the last look ended, and look at what the entries are about."""
        if self.known == self.checked:
            return
        entries = list(AuditEntry.objects.filter(sequence__gt=self.checked).order_by("sequence"))
        for entry in entries:
            link = link_of(entry)
            assert (link.sequence, link.previous) == (self.checked + 1, self.head)
            assert carries_its_hash(link)
            self.checked, self.head = link.sequence, link.hash
        assert self.checked == self.known
        self.news = [entry.code for entry in entries]
        self.look()

    def look(self) -> None:
        """Hold what was written against every guarantee; a mixin adds its own and calls ``super()``."""
        self.the_state_moves_along_the_table()
        self.no_judgement_changes_or_goes()
        self.nobody_is_both_guide_and_assessor()

    def the_state_moves_along_the_table(self) -> None:
        if "procedure.step" not in self.news:
            return
        now = State(Procedure.objects.values_list("state", flat=True).get(pk=self.ref))
        if now is not self.state:
            assert self.state not in FINISHED
            if (self.state, now) not in EDGES:  # one rule may take several steps, each along the line
                line = [*MAIN_LINE]
                assert line.index(now) > line.index(self.state)
        self.state = now
        handed_in = SnapshotItem.objects.filter(snapshot__procedure=self.ref).order_by(
            "-snapshot", "position"
        )
        self.pieces = list(handed_in.values_list("ref", flat=True))[:3]
        event(f"reached {now}")

    def no_judgement_changes_or_goes(self) -> None:
        if "judgement.made" in self.news:
            for row in self.all_judgements().exclude(pk__in=list(self.judgements)):
                self.judgements[row.pk] = row.committed()
        if not any(code.startswith("judgement.") for code in self.news):
            return
        assert self.all_judgements().count() == len(self.judgements)

    def nobody_is_both_guide_and_assessor(self) -> None:
        if not any(code.startswith("assignment.") for code in self.news):
            return
        roles: dict[int, set[str]] = {}
        procedure = self.procedure
        for assignment in procedure.assignments.all():
            roles.setdefault(assignment.person_id, set()).add(assignment.role)
        assert all(len(held) == 1 for held in roles.values())
        assert procedure.candidate_id not in roles
