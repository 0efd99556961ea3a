"""Who may do what: one table for the whole product.

A row says which roles may take an action, in which states of the procedure. A person can have several
roles to one procedure; any of them suffices. Finer conditions that are facts about the person and the
dossier (an assessor who declared no conflict; blind judging until the reveal) are named in the row and
answered by the services.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from bekwaam.domain.accounts.actions import Action
from bekwaam.domain.accounts.roles import (
    CONDITION_MESSAGES,
    PROVIDER_ROLES,
    ROLE_NAMES,
    Condition,
    Role,
)
from bekwaam.domain.procedures.states import OUTCOME_KNOWN, UNDER_WAY, State
from bekwaam.domain.verdict import ALLOWED, Verdict, refused
from bekwaam.wording import N_

__all__ = [
    "ACCESS",
    "CONDITION_MESSAGES",
    "PROVIDER_ROLES",
    "ROLE_NAMES",
    "Action",
    "Condition",
    "Grant",
    "Role",
    "may",
]


@dataclass(frozen=True, slots=True)
class Grant:
    """One row: the roles that may, the states in which (empty: no procedure involved, or any)."""

    roles: frozenset[Role]
    states: frozenset[State] = frozenset()
    conditions: Mapping[Role, tuple[Condition, ...]] = field(default_factory=dict)


def _grant(roles: Iterable[Role], states: Iterable[State] = (), **conditions: tuple[Condition, ...]) -> Grant:
    by_role = {Role(role): asked for role, asked in conditions.items()}
    return Grant(frozenset(roles), frozenset(states), MappingProxyType(by_role))


_R, _S = Role, State
_AFTER = OUTCOME_KNOWN
_FROM_SNAPSHOT = (_S.JUDGING, _S.DECIDING, *_AFTER)
_THERE = (_S.INTAKE, _S.PORTFOLIO, *_FROM_SNAPSHOT, _S.WITHDRAWN)
_UNBIASED = (Condition.NO_CONFLICT,)
_NOT_BLIND = (Condition.NOT_JUDGING_BLIND,)
_OTHERS_WORK = (Condition.NOT_JUDGING_BLIND, Condition.NOT_INVOLVED)
_INDEPENDENT = (Condition.INDEPENDENT,)
_STILL_OPEN = (Condition.NO_CONFLICT, Condition.OUTCOME_OPEN)
_DECIDED = (Condition.OUTCOME_DECIDED,)
_SEES_OTHERS = (Condition.NO_CONFLICT, Condition.NOT_JUDGING_BLIND)
_SETTLES = (*_STILL_OPEN, Condition.NOT_JUDGING_BLIND)

ACCESS: Final[Mapping[Action, Grant]] = MappingProxyType(
    {
        Action.SEE_OWN_PORTFOLIO: _grant((_R.OWNER,)),
        Action.WRITE_OWN_PORTFOLIO: _grant((_R.OWNER,)),
        Action.ERASE_ACCOUNT: _grant((_R.OWNER,)),
        Action.REGISTER_PROVIDER: _grant((_R.OPERATOR,)),
        Action.REGISTER_PERSON: _grant((_R.OPERATOR, _R.COORDINATOR)),
        Action.SEE_PEOPLE: _grant((_R.OPERATOR, _R.COORDINATOR, _R.AUDITOR)),
        Action.START_PROCEDURE: _grant((_R.COORDINATOR,)),
        Action.SET_USUAL: _grant((_R.COORDINATOR,)),
        Action.SET_WORKING: _grant((_R.COORDINATOR,)),
        Action.SET_KEEPING: _grant((_R.COORDINATOR,)),
        Action.SET_SIGNS: _grant((_R.COORDINATOR,)),
        Action.SET_IDENTITY: _grant((_R.COORDINATOR,)),
        # Changing the key, and reporting one stolen. The keys themselves are for everybody to see.
        Action.SET_KEYS: _grant((_R.COORDINATOR,)),
        Action.SEE_OVERVIEW: _grant((_R.COORDINATOR, _R.AUDITOR)),
        Action.SEE_WORDINGS: _grant((_R.COORDINATOR, _R.AUDITOR)),
        Action.LOAD_WORDING: _grant((_R.COORDINATOR,)),
        Action.SEE_CROSSWALKS: _grant((_R.COORDINATOR, _R.AUDITOR)),
        Action.MAKE_CROSSWALK: _grant((_R.COORDINATOR,)),
        Action.SEE_LOG: _grant((_R.COORDINATOR, _R.AUDITOR), coordinator=_NOT_BLIND, auditor=_NOT_BLIND),
        # That mail went out and to whom, never what it said: nothing of what anybody judged is in it.
        Action.SEE_MAIL: _grant((_R.COORDINATOR, _R.AUDITOR, _R.OPERATOR)),
        Action.SET_REMINDERS: _grant((_R.COORDINATOR,)),
        Action.SHARE_AGENDA: _grant((_R.OWNER,)),
        Action.WRITE_PLAN: _grant((_R.OWNER,)),
        Action.SAY_KNOWLEDGE: _grant((_R.OWNER,)),
        Action.LOAD_CATALOGUE: _grant((_R.COORDINATOR,)),
        # What a school teaches is for everybody who works there.
        Action.SEE_PROGRAMMES: _grant((_R.MEMBER,)),
        Action.SEE_PROCEDURE: _grant((_R.CANDIDATE, _R.GUIDE, _R.ASSESSOR, _R.COORDINATOR, _R.AUDITOR)),
        Action.SET_SCOPE: _grant((_R.COORDINATOR,), (_S.INTAKE, _S.PORTFOLIO)),
        Action.GIVE_CONSENT: _grant((_R.CANDIDATE,), (_S.INTAKE,)),
        # While the final judgements are made only an assessor: in the place of another, or as a third.
        Action.ASSIGN: _grant(
            (_R.COORDINATOR,),
            (_S.INTAKE, _S.PORTFOLIO, _S.JUDGING, _S.DECIDING),
            coordinator=(Condition.OUTCOME_OPEN,),
        ),
        Action.REPLACE_ASSESSOR: _grant(
            (_R.COORDINATOR,), (_S.JUDGING, _S.DECIDING), coordinator=(Condition.OUTCOME_OPEN,)
        ),
        Action.SEE_PORTFOLIO: _grant(
            (_R.CANDIDATE, _R.GUIDE),
            _THERE,
            guide=(Condition.NOT_WITHDRAWN,),
        ),
        Action.SEE_UPGRADE_PREVIEW: _grant(
            (_R.CANDIDATE, _R.GUIDE, _R.COORDINATOR),
            _THERE,
            guide=(Condition.NOT_WITHDRAWN,),
            coordinator=(Condition.NOT_WITHDRAWN,),
        ),
        Action.WRITE_EVIDENCE: _grant((_R.CANDIDATE,), (_S.PORTFOLIO,)),
        Action.GIVE_TIP: _grant((_R.GUIDE,), (_S.PORTFOLIO,)),
        Action.HAND_IN: _grant((_R.CANDIDATE,), (_S.PORTFOLIO,)),
        Action.GIVE_BACK: _grant((_R.COORDINATOR,), (_S.JUDGING,)),
        Action.DECLARE_CONFLICT: _grant(
            (_R.ASSESSOR,),
            (_S.INTAKE, _S.PORTFOLIO, _S.JUDGING, _S.DECIDING),
            assessor=(Condition.OUTCOME_OPEN,),
        ),
        Action.SEE_SNAPSHOT: _grant(
            (_R.CANDIDATE, _R.GUIDE, _R.ASSESSOR, _R.AUDITOR), _FROM_SNAPSHOT, assessor=_UNBIASED
        ),
        # Signs of trouble are for who judges and who watches over it, and never for the candidate.
        Action.SEE_SIGNS: _grant(
            (_R.ASSESSOR, _R.COORDINATOR, _R.AUDITOR), _FROM_SNAPSHOT, assessor=_UNBIASED
        ),
        Action.SEE_SIGN_TEXTS: _grant((_R.ASSESSOR, _R.AUDITOR), _FROM_SNAPSHOT, assessor=_UNBIASED),
        Action.SEE_JUDGING_SIGNS: _grant(
            (_R.COORDINATOR, _R.AUDITOR), _FROM_SNAPSHOT, coordinator=_NOT_BLIND, auditor=_NOT_BLIND
        ),
        Action.LOOK_AT_SIGN: _grant((_R.ASSESSOR, _R.COORDINATOR), _FROM_SNAPSHOT, assessor=_UNBIASED),
        # When and where one meets is for all who may take part, and for who looks back at it.
        Action.SEE_PLANS: _grant(
            (_R.CANDIDATE, _R.GUIDE, _R.ASSESSOR, _R.COORDINATOR, _R.AUDITOR),
            _THERE,
            guide=(Condition.NOT_WITHDRAWN,),
        ),
        Action.PLAN_SESSION: _grant(
            (_R.ASSESSOR, _R.COORDINATOR),
            (_S.PORTFOLIO, _S.JUDGING, _S.DECIDING),
            assessor=_STILL_OPEN,
            coordinator=(Condition.OUTCOME_OPEN,),
        ),
        # Made from what one assessor has open: for that assessor alone.
        Action.SEE_QUESTIONS: _grant((_R.ASSESSOR,), (_S.JUDGING, _S.DECIDING), assessor=_UNBIASED),
        Action.RECORD_SESSION: _grant(
            (_R.ASSESSOR, _R.COORDINATOR),
            (_S.JUDGING, _S.DECIDING),
            assessor=_STILL_OPEN,
            coordinator=(Condition.OUTCOME_OPEN,),
        ),
        # Also while the final judgements are made: whoever came later judges blind first.
        Action.JUDGE: _grant(
            (_R.ASSESSOR,),
            (_S.JUDGING, _S.DECIDING),
            assessor=(Condition.NO_CONFLICT, Condition.NOT_FINISHED_JUDGING),
        ),
        # Notes are for their author alone: also while the final judgements are made.
        Action.WRITE_NOTE: _grant((_R.ASSESSOR,), (_S.JUDGING, _S.DECIDING), assessor=_UNBIASED),
        Action.REVEAL: _grant((_R.ASSESSOR, _R.COORDINATOR), (_S.JUDGING,), assessor=_UNBIASED),
        Action.SEE_BOTH_JUDGEMENTS: _grant(
            (_R.ASSESSOR, _R.AUDITOR), (_S.DECIDING, *_AFTER), assessor=_SEES_OTHERS, auditor=_NOT_BLIND
        ),
        Action.AGREE_FINAL: _grant((_R.ASSESSOR,), (_S.DECIDING,), assessor=_SETTLES),
        Action.CANNOT_AGREE: _grant((_R.ASSESSOR,), (_S.DECIDING,), assessor=_SETTLES),
        Action.PREPARE_OUTCOME: _grant(
            (_R.ASSESSOR, _R.COORDINATOR, _R.AUDITOR),
            (_S.DECIDING,),
            assessor=_SEES_OTHERS,
            coordinator=_NOT_BLIND,
            auditor=_NOT_BLIND,
        ),
        Action.SEE_OUTCOME: _grant(
            (_R.CANDIDATE, _R.GUIDE, _R.ASSESSOR, _R.COORDINATOR, _R.AUDITOR), _AFTER, assessor=_UNBIASED
        ),
        Action.DECIDE: _grant(
            (_R.COORDINATOR,),
            (_S.DECIDING,),
            coordinator=(Condition.OUTCOME_OPEN, Condition.INDEPENDENT),
        ),
        # Between deciding and issuing: the draft of the certificate, for correcting facts and no judgement.
        Action.SEE_DRAFT: _grant(
            (_R.CANDIDATE, _R.ASSESSOR, _R.COORDINATOR, _R.AUDITOR),
            (_S.DECIDING, *_AFTER),
            candidate=_DECIDED,
            assessor=(Condition.NO_CONFLICT, *_DECIDED),
            coordinator=_DECIDED,
            auditor=_DECIDED,
        ),
        Action.CHECK_FACTS: _grant((_R.CANDIDATE,), (_S.DECIDING,), candidate=_DECIDED),
        Action.ANSWER_FACTS: _grant((_R.COORDINATOR,), (_S.DECIDING,), coordinator=_DECIDED),
        Action.CORRECT_FINDING: _grant(
            (_R.ASSESSOR,), (_S.DECIDING,), assessor=(Condition.NO_CONFLICT, *_DECIDED)
        ),
        Action.ISSUE: _grant((_R.COORDINATOR,), (_S.DECIDING,)),
        Action.FETCH_CERTIFICATE: _grant((_R.CANDIDATE, _R.GUIDE, _R.COORDINATOR, _R.AUDITOR), _AFTER),
        # Whether their name is readable in the credential is the candidate's word; once issued it is fixed.
        Action.CHOOSE_NAME: _grant((_R.CANDIDATE,), (_S.DECIDING,), candidate=_DECIDED),
        # The credential goes into a wallet and opens the hashes: for its holder, and for who issued it.
        Action.FETCH_FORMS: _grant((_R.CANDIDATE, _R.COORDINATOR), _AFTER),
        Action.SHARE_CERTIFICATE: _grant((_R.CANDIDATE,), _AFTER),
        # That it was suspended or revoked stands with the outcome; why in full is between these.
        Action.SEE_STATUS: _grant((_R.CANDIDATE, _R.COORDINATOR, _R.AUDITOR), _AFTER),
        Action.CHANGE_STATUS: _grant((_R.COORDINATOR,), _AFTER),
        Action.WITHDRAW: _grant((_R.CANDIDATE, _R.COORDINATOR), UNDER_WAY),
        Action.CLOSE: _grant((_R.COORDINATOR,), (_S.ISSUED,)),
        Action.OBJECT: _grant((_R.CANDIDATE,), (_S.ISSUED, _S.CLOSED)),
        # Whoever judged does not read what is held against them, nor the answer: that is between the two.
        Action.SEE_OBJECTION: _grant((_R.CANDIDATE, _R.COORDINATOR, _R.AUDITOR), _AFTER),
        Action.TAKE_BACK_OBJECTION: _grant((_R.CANDIDATE,), (_S.OBJECTION,)),
        Action.TAKE_UP_OBJECTION: _grant((_R.COORDINATOR,), (_S.OBJECTION,), coordinator=_INDEPENDENT),
        Action.ANSWER_OBJECTION: _grant((_R.COORDINATOR,), (_S.OBJECTION,), coordinator=_INDEPENDENT),
        Action.REASSESS: _grant((_R.COORDINATOR,), (_S.ISSUED, _S.CLOSED)),
        Action.SEE_SAMPLES: _grant((_R.COORDINATOR, _R.AUDITOR)),
        Action.DRAW_SAMPLE: _grant((_R.AUDITOR,)),
        Action.SEE_NOTICE: _grant((_R.COORDINATOR, _R.AUDITOR)),
        Action.SEE_AUDIT: _grant((_R.COORDINATOR, _R.AUDITOR), coordinator=_NOT_BLIND, auditor=_NOT_BLIND),
        Action.WRITE_AUDIT_NOTE: _grant((_R.AUDITOR,), _THERE, auditor=_OTHERS_WORK),
        # What would be enough is the candidate's own question. Nobody who judges or decides sees it; a guide
        # only once the outcome, which they see too, is there.
        Action.TRY_OUTCOME: _grant((_R.CANDIDATE,), _THERE),
        Action.TRY_JUDGED_OUTCOME: _grant((_R.CANDIDATE, _R.GUIDE), _AFTER),
        # What is not published yet is the organisation's own: not even whoever runs the installation looks.
        Action.SEE_OWN_FRAMEWORKS: _grant((_R.COORDINATOR,)),
        Action.EDIT_FRAMEWORK: _grant((_R.COORDINATOR,)),
        Action.PUBLISH_FRAMEWORK: _grant((_R.COORDINATOR,)),
        # Whoever judges a practice dossier stays blind until they finished (domain/calibration/practice.py);
        # names beside figures are for the coordinator.
        Action.SEE_CALIBRATION: _grant((_R.COORDINATOR, _R.ASSESSOR, _R.AUDITOR)),
        Action.MAKE_PRACTICE: _grant((_R.COORDINATOR,)),
        Action.JUDGE_PRACTICE: _grant((_R.ASSESSOR,)),
        Action.WRITE_REFLECTION: _grant((_R.OWNER,)),
        # What may be done when is the deliberation's own (domain/deliberation/steps.py).
        Action.LEAD_DELIBERATION: _grant((_R.FACILITATOR,)),
        Action.TAKE_PART: _grant((_R.FACILITATOR, _R.PARTICIPANT)),
        # What colleagues keep without names is for who works there, whatever they do there.
        Action.SEE_CASE_LAW: _grant((_R.MEMBER, _R.TEAM_MEMBER)),
        Action.OFFER_CASE: _grant((_R.MEMBER, _R.TEAM_MEMBER)),
        Action.REMOVE_CASE: _grant((_R.COORDINATOR,)),
        # Above a team there are numbers, never people: what members share is for who leads the team.
        Action.SEE_TEAMS: _grant((_R.COORDINATOR,)),
        Action.MAKE_TEAM: _grant((_R.COORDINATOR,)),
        Action.REPORT_TEAMS: _grant((_R.COORDINATOR,)),
        Action.JOIN_BENCHMARK: _grant((_R.COORDINATOR,)),
        Action.EXPORT_FOR_ANALYSIS: _grant((_R.COORDINATOR,)),
        Action.SEE_TEAM: _grant((_R.LEAD,)),
        Action.LEAD_TEAM: _grant((_R.LEAD,)),
        Action.INVITE_MEMBERS: _grant((_R.LEAD, _R.TRAINER)),
        # Whoever leads a cohort is no lead of a team: numbers, and nothing of anybody.
        Action.SEE_COHORT: _grant((_R.TRAINER,)),
        Action.REPORT_COHORT: _grant((_R.TRAINER,)),
        Action.SHARE_WITH_TEAM: _grant((_R.TEAM_MEMBER,)),
        # What a team wants to be able to do is for all who said yes to it; what a colleague works on is not.
        Action.SEE_TEAM_GOALS: _grant((_R.LEAD, _R.TEAM_MEMBER), team_member=(Condition.IN_THE_TEAM,)),
        Action.SET_TEAM_GOALS: _grant((_R.LEAD,)),
    }
)


def may(
    action: Action,
    roles: Iterable[Role],
    state: State | None = None,
    holds: frozenset[Condition] = frozenset(),
) -> Verdict:
    """Tell whether somebody with ``roles`` may take ``action`` on a procedure in ``state``.

    ``holds`` are the conditions that are true of this person and dossier. The refusal is the most
    helpful one: a role that would do in another state, or once a condition holds, is told so.
    """
    grant = ACCESS[action]
    fitting = sorted(grant.roles.intersection(roles))
    if not fitting:
        return refused("no_role", N_("You have no access to this."))
    if grant.states and state not in grant.states:
        return refused("wrong_state", N_("This is not possible in the present phase of the procedure."))
    lacking = [[c for c in grant.conditions.get(role, ()) if c not in holds] for role in fitting]
    if [] in lacking:
        return ALLOWED
    first = lacking[0][0]
    return refused(f"needs_{first}", CONDITION_MESSAGES[first])
