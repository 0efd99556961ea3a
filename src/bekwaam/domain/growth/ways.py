"""The ways in which somebody can grow, as the documents name them. Pure.

Every way has its source: 000 §1 (acquiring the competences: reflecting, learning on the job, from practice
and interactively), 000 annex 3 (practice research, action learning) and 002 "Werken aan deskundigheid"
(training, examples, guidance at work, peer consultation, supervision, communities of practice). What each
comes down to is in words of our own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from bekwaam.wording import N_


class Way(StrEnum):
    """A kind of activity in a development plan."""

    SELF_REFLECTION = "self_reflection"
    COLLEGIAL_REFLECTION = "collegial_reflection"
    PEER_CONSULTATION = "peer_consultation"
    SUPERVISION = "supervision"
    GUIDANCE = "guidance"
    TRAINING_INSIDE = "training_inside"
    TRAINING_OUTSIDE = "training_outside"
    ON_THE_JOB = "on_the_job"
    PRACTICE_LEARNING = "practice_learning"
    INTERACTIVE = "interactive"
    ACTION_LEARNING = "action_learning"
    PRACTICE_RESEARCH = "practice_research"
    COMMUNITY = "community"
    EXAMPLES = "examples"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class WayFacts:
    """What a way is called, what it comes down to (msgids), and where it is named: a document and its part.

    ``document`` is empty where no document names it.
    """

    name: str
    text: str
    document: str = ""
    section: str = ""


_ACQUIRING: Final = "Verwerven van deze competenties"
_EXPERTISE_1: Final = "Werken aan deskundigheid 1"
_EXPERTISE_2: Final = "Werken aan deskundigheid 2"
_KNOWLEDGE: Final = "Bijlage 3"

WAYS: Final = MappingProxyType(
    {
        Way.SELF_REFLECTION: WayFacts(
            N_("Self-reflection"), N_("Look back on your own work and write it down."), "000", _ACQUIRING
        ),
        Way.COLLEGIAL_REFLECTION: WayFacts(
            N_("Collegial reflection"), N_("Look back with colleagues on what happened."), "000", _ACQUIRING
        ),
        Way.PEER_CONSULTATION: WayFacts(
            N_("Peer consultation (intervisie)"),
            N_("Bring a question from your work into a fixed group of colleagues."),
            "002",
            _EXPERTISE_2,
        ),
        Way.SUPERVISION: WayFacts(
            N_("Supervision"), N_("Learn about yourself at work with a supervisor."), "002", _EXPERTISE_2
        ),
        Way.GUIDANCE: WayFacts(
            N_("Guidance at work (werkbegeleiding)"),
            N_("Talk your cases through with somebody who guides you."),
            "002",
            _EXPERTISE_2,
        ),
        Way.TRAINING_INSIDE: WayFacts(
            N_("Training in the organisation"), N_("A course or study day of your own."), "002", _EXPERTISE_1
        ),
        Way.TRAINING_OUTSIDE: WayFacts(
            N_("Training elsewhere"), N_("A course or programme of somebody else."), "002", _EXPERTISE_1
        ),
        Way.ON_THE_JOB: WayFacts(
            N_("Learning on the job"), N_("Take on a task that asks this of you."), "000", _ACQUIRING
        ),
        Way.PRACTICE_LEARNING: WayFacts(
            N_("Practice learning"),
            N_("Try something in practice and see what it brings."),
            "000",
            _ACQUIRING,
        ),
        Way.INTERACTIVE: WayFacts(
            N_("Interactive learning"), N_("Learn with and from others, also online."), "000", _ACQUIRING
        ),
        Way.ACTION_LEARNING: WayFacts(
            N_("Action learning"), N_("Work on a real question in a group, step by step."), "000", _KNOWLEDGE
        ),
        Way.PRACTICE_RESEARCH: WayFacts(
            N_("Practice research"), N_("Find something out with residents or clients."), "000", _KNOWLEDGE
        ),
        Way.COMMUNITY: WayFacts(
            N_("Community of practice"),
            N_("Share what works with others in your region."),
            "002",
            _EXPERTISE_2,
        ),
        Way.EXAMPLES: WayFacts(
            N_("Showing good examples"),
            N_("Show colleagues what works, or go and look."),
            "002",
            _EXPERTISE_1,
        ),
        Way.OTHER: WayFacts(N_("Something else"), N_("Say yourself what you are going to do.")),
    }
)
