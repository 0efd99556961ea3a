"""What happens to everything that is known of a person who has their account erased.

One table says it per kind of data: it goes now, or it stays, and then why and until when. What stays does
so because others rest on it: a provider has to be able to show how a certificate came about, and a
candidate's outcome rests on the judgements of an assessor.

Sources: the right to be erased and its limits (GDPR, article 17, 1 and 3 under e). No source of the
standards names a term; five years is our own usual one (:data:`USUAL_KEEP_YEARS`), and a provider may set
another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from bekwaam.domain.faults import Fault
from bekwaam.domain.procedures.states import UNDER_WAY, State
from bekwaam.domain.verdict import ALLOWED, Verdict, refused
from bekwaam.wording import N_

# As long as evidence usually counts as recent, and a claim against a provider can still be made.
USUAL_KEEP_YEARS: Final = 5
FEWEST_KEEP_YEARS: Final = 1
MOST_KEEP_YEARS: Final = 20
# The mail domain of who has no address any more: nobody can have one there (RFC 2606).
NOWHERE: Final = "erased.invalid"
ERASED_NAME: Final = N_("(erased person)")


class What(StrEnum):
    """The kinds of data about a person."""

    ACCOUNT = "account"
    PORTFOLIO = "portfolio"
    FEEDBACK = "feedback"
    REFLECTION = "reflection"
    UNDER_WAY = "under_way"
    STOPPED = "stopped"
    OVER = "over"
    ROLES = "roles"
    FINISHED = "finished"
    WORK = "work"
    TEAM_GOALS = "team_goals"
    REFEREE = "referee"
    LOG = "log"


class Fate(StrEnum):
    """What happens to it when the account is erased."""

    GOES = "goes"
    STAYS = "stays"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: what happens to a kind of data. ``title`` and ``text`` are msgids of the catalogue.

    ``always`` tells that it holds for everybody; other rows are shown to whom they concern.
    """

    fate: Fate
    title: str
    text: str
    always: bool = False


RULES: Final[Mapping[What, Rule]] = MappingProxyType(
    {
        What.ACCOUNT: Rule(
            Fate.GOES,
            N_("Your account"),
            N_(
                "Your mail address, your password and the extra step when logging in. You cannot log in any "
                "more. With the same address you can begin anew later."
            ),
            always=True,
        ),
        What.PORTFOLIO: Rule(
            Fate.GOES,
            N_("Your portfolio"),
            N_(
                "All your pieces with their files and earlier texts, your self-assessments, your development "
                "plan, what you said of your knowledge, and whatever you had not finished."
            ),
            always=True,
        ),
        What.FEEDBACK: Rule(
            Fate.GOES,
            N_("What others said about your work"),
            N_(
                "The answers of your referees, and the requests that are still open. Who opens such a link "
                "reads that there is nothing to do any more."
            ),
        ),
        What.REFLECTION: Rule(
            Fate.GOES,
            N_("Your reflections and deliberations"),
            N_(
                "Your reflections, and the moral deliberations that you lead, with all that was said in "
                "them. What you said in the deliberations of others goes too; what was concluded there "
                "stays. What you agreed to be kept for colleagues without names stays, for it says nothing "
                "of you. If you do not want that, take your agreement back first."
            ),
        ),
        What.UNDER_WAY: Rule(
            Fate.GOES,
            N_("Procedures under way"),
            N_(
                "They stop, and your consent ends. What you handed in and what was written about it goes "
                "too. The provider only keeps that there was a procedure of this number, without a name."
            ),
        ),
        What.STOPPED: Rule(
            Fate.GOES,
            N_("Procedures that were stopped"),
            N_(
                "What is still there of them goes. The provider only keeps that there was a procedure of "
                "this number, without a name."
            ),
        ),
        What.OVER: Rule(
            Fate.GOES,
            N_("Procedures that finished long ago"),
            N_(
                "The term for which the provider keeps them is over, so they go now. What is left is the "
                "number of the certificate and a fingerprint of the paper."
            ),
        ),
        What.ROLES: Rule(
            Fate.GOES,
            N_("Your work for a provider"),
            N_(
                "Your roles end. Where you still guide or judge somebody, the coordinator looks for somebody "
                "else."
            ),
        ),
        What.FINISHED: Rule(
            Fate.STAYS,
            N_("Finished procedures"),
            N_(
                "What you handed in, the judgements, the outcome and your certificate stay under your name "
                "until the date below. Somebody may doubt your certificate; the provider must then be able "
                "to show how it came about. After that all of it goes, with your name. What is left is the "
                "number of the certificate and a fingerprint of the paper, so that the paper in your hands "
                "can still be checked. If you want to object, do that first."
            ),
        ),
        What.WORK: Rule(
            Fate.STAYS,
            N_("What you did for others"),
            N_(
                "Judgements, advice and decisions in the dossiers of candidates stay, under your name: their "
                "outcome rests on it. Your name goes as soon as those dossiers go."
            ),
        ),
        What.TEAM_GOALS: Rule(
            Fate.STAYS,
            N_("Goals that you set for a team"),
            N_(
                "They are the team's, so whoever leads it next goes on with them. Your name does not stand "
                "with them."
            ),
        ),
        What.REFEREE: Rule(
            Fate.STAYS,
            N_("What you said as a referee"),
            N_(
                "Did you answer a question about a colleague's work by a link? That belongs to their "
                "portfolio. Ask them if you want it gone."
            ),
            always=True,
        ),
        What.LOG: Rule(
            Fate.STAYS,
            N_("That something happened"),
            N_(
                "The log keeps that there was an account and which steps were taken, without names and "
                "without texts. So nobody can change the past unseen."
            ),
            always=True,
        ),
    }
)

# What a procedure is to its candidate when they have themselves erased. ERASED holds nothing any more.
OF_PROCEDURE: Final[Mapping[State, What | None]] = MappingProxyType(
    {
        **dict.fromkeys(UNDER_WAY, What.UNDER_WAY),
        State.WITHDRAWN: What.STOPPED,
        State.ISSUED: What.FINISHED,
        State.OBJECTION: What.FINISHED,
        State.CLOSED: What.FINISHED,
        State.ERASED: None,
    }
)


@dataclass(frozen=True, slots=True)
class OwnProcedure:
    """A procedure of the person as candidate. ``issued_on`` once there is an outcome.

    ``keep_years`` is how long its provider keeps finished dossiers.
    """

    ref: str
    number: str
    provider: str
    state: State
    issued_on: date | None
    keep_years: int

    @property
    def kept_until(self) -> date | None:
        """Return the last day on which it is kept; None where there is no certificate to account for."""
        if OF_PROCEDURE[self.state] is not What.FINISHED or self.issued_on is None:
            return None
        return years_after(self.issued_on, self.keep_years)

    def what(self, today: date) -> What | None:
        """Return which rule it falls under; None where nothing of it is left."""
        if self.kept_until is not None and is_due(self.kept_until, today):
            return What.OVER
        return OF_PROCEDURE[self.state]


@dataclass(frozen=True, slots=True)
class Office:
    """A provider, or a procedure there, that the person cannot leave just like that."""

    ref: str
    name: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a person, ``today``. ``works_for`` names the providers where they have a role now.

    ``looked_back`` tells that they wrote a reflection or sat at a deliberation. ``alone_at`` are providers
    of which they are the only coordinator, ``settling`` the procedures of which they are settling the outcome
    with other assessors.
    """

    today: date
    pieces: int = 0
    rounds: int = 0
    feedback: int = 0
    procedures: tuple[OwnProcedure, ...] = ()
    works_for: tuple[str, ...] = ()
    worked: bool = False
    set_team_goals: bool = False
    looked_back: bool = False
    alone_at: tuple[Office, ...] = ()
    settling: tuple[Office, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """What happens to one kind of data of this person. ``names`` are the providers it is about."""

    what: What
    procedures: tuple[OwnProcedure, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def rule(self) -> Rule:
        """Return the row of the table."""
        return RULES[self.what]


@dataclass(frozen=True, slots=True)
class Block:
    """Something to do first. ``ref`` is of the provider or the procedure that it is about."""

    verdict: Verdict
    ref: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that erasing an account will do, in the order of the table."""

    goes: tuple[Line, ...]
    stays: tuple[Line, ...]
    blocks: tuple[Block, ...] = ()

    @property
    def allowed(self) -> Verdict:
        """Tell whether the account can be erased now; where not, what has to be done first."""
        return self.blocks[0].verdict if self.blocks else ALLOWED

    def seen(self) -> list[str]:
        """Return what a person read, as codes: another list is another plan, to be read again."""
        lines = (*self.goes, *self.stays)
        return [
            " ".join((line.what, *line.names, *(f"{p.ref}:{p.kept_until}" for p in line.procedures)))
            for line in lines
        ]


def plan(facts: Facts) -> Plan:
    """Return what happens to all that is known of a person, and what they have to do first."""
    lines = tuple(line for what in What if (line := _line(what, facts)) is not None)
    return Plan(
        goes=tuple(line for line in lines if line.rule.fate is Fate.GOES),
        stays=tuple(line for line in lines if line.rule.fate is Fate.STAYS),
        blocks=_blocks(facts),
    )


def _line(what: What, facts: Facts) -> Line | None:
    procedures = tuple(one for one in facts.procedures if one.what(facts.today) is what)
    names = facts.works_for if what is What.ROLES else ()
    concerns = {
        What.FEEDBACK: facts.feedback > 0,
        What.REFLECTION: facts.looked_back,
        What.ROLES: bool(facts.works_for),
        What.WORK: facts.worked,
        What.TEAM_GOALS: facts.set_team_goals,
    }.get(what, bool(procedures))
    return Line(what, procedures, names) if concerns or RULES[what].always else None


def _blocks(facts: Facts) -> tuple[Block, ...]:
    alone = N_("You are the only coordinator of {name}. First make somebody else coordinator.")
    settling = N_(
        "You are settling the outcome of procedure {name} with the other assessors. Finish it first, or ask "
        "the coordinator for somebody in your place."
    )
    return (
        *(Block(refused("last_coordinator", alone, name=one.name), one.ref) for one in facts.alone_at),
        *(Block(refused("settling", settling, name=one.name), one.ref) for one in facts.settling),
    )


def check_keep_years(years: int) -> tuple[Fault, ...]:
    """Return what is wrong with a term in years; empty when it will do."""
    if FEWEST_KEEP_YEARS <= years <= MOST_KEEP_YEARS:
        return ()
    message = N_("Fill in a number of years from {fewest} to {most}.")
    values = {"fewest": FEWEST_KEEP_YEARS, "most": MOST_KEEP_YEARS}
    return (Fault("years", "out_of_range", message, values),)


def years_after(day: date, years: int) -> date:
    """Return the same day so many years later; 28 February where that year has no 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def is_due(kept_until: date, today: date) -> bool:
    """Tell whether a term is over: the last day itself still counts."""
    return today > kept_until
