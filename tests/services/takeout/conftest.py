"""Somebody who has everything, and a fresh account to bring it into."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bekwaam.domain.portfolio.kinds import KINDS, EvidenceKind, FileRule
from bekwaam.frameworks.library import load_builtin
from bekwaam.services import clock
from bekwaam.services.frameworks.versions import publish
from bekwaam.services.growth.activities import (
    ActivityInput,
    finish_activity,
    plan_activity,
    tie_evidence_back,
)
from bekwaam.services.growth.agreeing import agree
from bekwaam.services.growth.goals import GoalInput, close_goal, set_goal
from bekwaam.services.growth.knowledge import KnowledgeInput, say_knowledge
from bekwaam.services.growth.rounds import finish_round, rate, start_round
from bekwaam.services.portfolio.evidence import add_evidence, change_evidence
from bekwaam.services.portfolio.own import start_portfolio
from bekwaam.store.models import OwnPortfolio, Person
from tests.cast import Cast, story
from tests.files import PDF, PNG, pdf
from tests.services.portfolio.test_kinds import given


def filled(person: Person, standard: int) -> OwnPortfolio:
    """Fill somebody's portfolio: a piece of every kind, one of them changed twice, and two rounds."""
    own = start_portfolio(person, standard)
    for number, kind in enumerate(EvidenceKind):
        upload = None
        if KINDS[kind].file is not FileRule.NONE:
            upload = pdf(f"Plan né {number}.pdf", PDF + f"% {number}\n".encode())
        add_evidence(person, own, given(kind), upload)
    add_evidence(person, own, given(EvidenceKind.FILE), pdf("foto.png", PNG))
    told = add_evidence(person, own, story("Buurtkamer", ["1.1"]))
    change_evidence(person, own, told.ref, story("Buurtkamer weer open", ["1.1", "1.2"]))
    change_evidence(person, own, told.ref, story("Buurtkamer open", ["1.1", "1.2"]))
    with clock.at(clock.now() - timedelta(days=200)):
        first = start_round(person, own.standard)
        rate(person, first.ref, "1.1", {"1.1": "startbekwaam"}, "Ik begin net.")
        finish_round(person, first.ref, "Er is nog veel te leren.")
    second = start_round(person, own.standard)
    rate(person, second.ref, "1.1", {"1.1": "vakbekwaam"}, "Het gaat beter.")
    planned(person, own, told.ref)
    knowing(person)
    return own


def knowing(person: Person) -> None:
    """Say what somebody knows of two items, of one of them twice; one day to look again has passed since."""
    body = publish(None, load_builtin("kennis-sociaal-werk"))
    with clock.at(clock.now() - timedelta(days=90)):
        day = clock.today() + timedelta(days=30)
        say_knowledge(person, body, "K1.4", KnowledgeInput("partly", "Bij Nel.", day))
        say_knowledge(person, body, "E2.1", KnowledgeInput("no"))
    say_knowledge(person, body, "E2.1", KnowledgeInput("yes", "Op https://wetten.overheid.nl"))


def planned(person: Person, own: OwnPortfolio, piece: str) -> None:
    """Make a plan: a goal with something done that evidence came of, one that is closed, and an agreement."""
    later = clock.today() + timedelta(days=200)
    goal = set_goal(
        person, own.standard, GoalInput(("1.1", "1.2"), "vakbekwaam", "Eerder doorvragen.", later)
    )
    plan_activity(person, goal.ref, ActivityInput("supervision", "Met mijn begeleider.", later))
    done = plan_activity(person, goal.ref, ActivityInput("peer_consultation"))
    finish_activity(person, done.ref, clock.today(), "Ik wacht langer.")
    tie_evidence_back(person, done.ref, piece)
    agree(person, "Nel", clock.today())
    closed = set_goal(person, own.standard, GoalInput(("1.3",), "startbekwaam", "Rustig blijven."))
    close_goal(person, closed.ref, "Dat lukt.")


@pytest.fixture
def own(cast: Cast) -> OwnPortfolio:
    """Return the filled portfolio of the candidate."""
    return filled(cast.candidate, cast.standard.pk)


@pytest.fixture
def elsewhere(cast: Cast) -> Person:
    """Return a fresh account."""
    return cast.person("elders2@example.org", "Samira Elders")
