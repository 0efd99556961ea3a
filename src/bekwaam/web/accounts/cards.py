"""A procedure as its candidate sees it on the front page: where it stands, and what to do next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.domain.procedures.following import WHY_NAMES
from bekwaam.domain.procedures.states import STATE_NAMES, State
from bekwaam.services.accounts.my_work import ProcedureCard
from bekwaam.wording import N_

# Per state: what happens now, what the link is called, and where it goes.
NEXT: dict[State, tuple[str, str, str]] = {
    State.INTAKE: (
        N_("Read what happens with your file and give your consent. Then you can begin."),
        N_("Read and give consent"),
        "portfolio:consent",
    ),
    State.PORTFOLIO: (
        N_("Collect evidence from your own work. Hand in when you are satisfied."),
        N_("Go on with your file"),
        "portfolio:dossier",
    ),
    State.JUDGING: (
        N_("You have handed in. The assessors are reading, each on their own. You need do nothing now."),
        N_("See what you handed in"),
        "portfolio:dossier",
    ),
    State.DECIDING: (
        N_("The assessors have judged and are settling the outcome together. You need do nothing now."),
        N_("See what you handed in"),
        "portfolio:dossier",
    ),
    State.ISSUED: (
        N_("Your outcome is there, and so is your certificate."),
        N_("See your outcome"),
        "certificates:outcome",
    ),
    State.OBJECTION: (
        N_("You have objected to your outcome. You get an answer; until then everything stays as it is."),
        N_("See your objection"),
        "objections:objection",
    ),
    State.CLOSED: (
        N_("This procedure is finished. Your outcome and certificate stay here."),
        N_("See your outcome"),
        "certificates:outcome",
    ),
    State.WITHDRAWN: (
        N_("This procedure was stopped. Your file is still yours."),
        N_("See your file"),
        "portfolio:dossier",
    ),
}


CHECK_FACTS: tuple[str, str, str] = (
    N_("The draft of your certificate is there. Check whether the facts are right."),
    N_("Check the facts"),
    "certificates:draft",
)


@dataclass(frozen=True, slots=True)
class OwnCard:
    """What the template shows of a procedure. ``active`` asks for the candidate's own step."""

    ref: str
    candidate: str
    title: str
    provider: str
    number: str
    state: str
    since: datetime
    text: str
    action: str
    url: str
    active: bool
    due_on: date | None
    overdue: bool
    why: str


def own_card(card: ProcedureCard, language: str) -> OwnCard:
    """Return a procedure with its next step, in words."""
    text, action, name = CHECK_FACTS if card.checks_facts else NEXT[card.state]
    translate: Callable[[str], str] = _
    return OwnCard(
        ref=card.ref,
        candidate=card.candidate,
        title=card.standard[language],
        provider=card.provider,
        number=card.number,
        state=translate(STATE_NAMES[card.state]),
        since=card.since,
        text=translate(text),
        action=translate(action),
        url=reverse(name, args=[card.ref]),
        due_on=card.due_on if card.state in (State.INTAKE, State.PORTFOLIO) else None,
        overdue=card.overdue,
        why=translate(WHY_NAMES[card.why]) if card.why else "",
        active=card.checks_facts or card.state in (State.INTAKE, State.PORTFOLIO, State.ISSUED),
    )
