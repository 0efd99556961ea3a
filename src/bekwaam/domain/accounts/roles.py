"""What somebody is to a procedure, to a provider, or to the installation; and what else may be asked."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from bekwaam.wording import N_


class Role(StrEnum):
    """What somebody is to a procedure, to a provider, or to the installation."""

    OWNER = "owner"
    CANDIDATE = "candidate"
    GUIDE = "guide"
    ASSESSOR = "assessor"
    COORDINATOR = "coordinator"
    AUDITOR = "auditor"
    OPERATOR = "operator"
    FACILITATOR = "facilitator"
    PARTICIPANT = "participant"
    LEAD = "lead"
    TRAINER = "trainer"
    TEAM_MEMBER = "team_member"
    MEMBER = "member"
    OUTSIDER = "outsider"
    ANONYMOUS = "anonymous"


ROLE_NAMES: Final[dict[Role, str]] = {
    Role.OWNER: N_("Owner of the portfolio"),
    Role.CANDIDATE: N_("Candidate"),
    Role.GUIDE: N_("Guide"),
    Role.ASSESSOR: N_("Assessor"),
    Role.COORDINATOR: N_("Coordinator"),
    Role.AUDITOR: N_("Auditor"),
    Role.OPERATOR: N_("Operator"),
    Role.FACILITATOR: N_("Leads the deliberation"),
    Role.PARTICIPANT: N_("Takes part in the deliberation"),
    Role.LEAD: N_("Team lead"),
    Role.TRAINER: N_("Trainer of the cohort"),
    Role.TEAM_MEMBER: N_("Member of the team"),
    Role.MEMBER: N_("Colleague at the provider"),
    Role.OUTSIDER: N_("Somebody else"),
    Role.ANONYMOUS: N_("Not logged in"),
}

PROVIDER_ROLES: Final = (Role.COORDINATOR, Role.GUIDE, Role.ASSESSOR, Role.AUDITOR)


class Condition(StrEnum):
    """A fact about this person and this dossier that an action also asks for."""

    NO_CONFLICT = "no_conflict"
    NOT_FINISHED_JUDGING = "not_finished_judging"
    OUTCOME_OPEN = "outcome_open"
    OUTCOME_DECIDED = "outcome_decided"
    NOT_WITHDRAWN = "not_withdrawn"
    NOT_JUDGING_BLIND = "not_judging_blind"
    NOT_INVOLVED = "not_involved"
    INDEPENDENT = "independent"
    IN_THE_TEAM = "in_the_team"


CONDITION_MESSAGES: Final[dict[Condition, str]] = {
    Condition.NO_CONFLICT: N_("First declare that you have no conflict of interest with this candidate."),
    Condition.NOT_FINISHED_JUDGING: N_("You have finished judging. Your judgements are fixed."),
    Condition.NOT_WITHDRAWN: N_("The candidate has stopped; the dossier is theirs alone again."),
    Condition.NOT_JUDGING_BLIND: N_(
        "You judge here yourself. You see what others found, and the log, once you and they have finished."
    ),
    Condition.NOT_INVOLVED: N_("You work or worked on this dossier yourself: another auditor looks at it."),
    Condition.OUTCOME_DECIDED: N_("The outcome has not been decided yet."),
    Condition.INDEPENDENT: N_(
        "You judged or decided before, what the objection is about. A colleague handles this."
    ),
    Condition.IN_THE_TEAM: N_("You are invited into this team. You see its goals once you say yes."),
    Condition.OUTCOME_OPEN: N_("The outcome has been decided. Nothing about the judging can change now."),
}
