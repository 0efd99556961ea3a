"""The access table, held against a matrix that was written apart from it."""

from __future__ import annotations

import pytest

from bekwaam.domain.accounts.access import ACCESS, Action, Condition, Role, may
from bekwaam.domain.procedures.states import State

LETTERS = {
    "w": Role.OWNER,
    "c": Role.CANDIDATE,
    "g": Role.GUIDE,
    "a": Role.ASSESSOR,
    "k": Role.COORDINATOR,
    "u": Role.AUDITOR,
    "o": Role.OPERATOR,
    "f": Role.FACILITATOR,
    "p": Role.PARTICIPANT,
    "m": Role.MEMBER,
    "l": Role.LEAD,
    "r": Role.TRAINER,
    "t": Role.TEAM_MEMBER,
}

# Who may do what on a procedure, with every condition fulfilled. A dash: nobody.
#                        intake  portfolio  judging  deciding issued  objection withdrawn  closed   erased
ON_A_PROCEDURE = """
see_procedure            cgaku   cgaku      cgaku    cgaku    cgaku   cgaku     cgaku      cgaku    cgaku
set_scope                k       k          -        -        -       -         -          -        -
give_consent             c       -          -        -        -       -         -          -        -
assign                   k       k          k        k        -       -         -          -        -
see_portfolio            cg      cg         cg       cg       cg      cg        cg         cg       -
see_upgrade_preview      cgk     cgk        cgk      cgk      cgk     cgk       cgk        cgk      -
write_evidence           -       c          -        -        -       -         -          -        -
give_tip                 -       g          -        -        -       -         -          -        -
hand_in                  -       c          -        -        -       -         -          -        -
give_back                -       -          k        -        -       -         -          -        -
declare_conflict         a       a          a        a        -       -         -          -        -
see_snapshot             -       -          cgau     cgau     cgau    cgau      -          cgau     -
record_session           -       -          ak       ak       -       -         -          -        -
see_plans                cgaku   cgaku      cgaku    cgaku    cgaku   cgaku     cgaku      cgaku    -
plan_session             -       ak         ak       ak       -       -         -          -        -
see_questions            -       -          a        a        -       -         -          -        -
judge                    -       -          a        a        -       -         -          -        -
write_note               -       -          a        a        -       -         -          -        -
reveal                   -       -          ak       -        -       -         -          -        -
see_both_judgements      -       -          -        au       au      au        -          au       -
agree_final              -       -          -        a        -       -         -          -        -
prepare_outcome          -       -          -        aku      -       -         -          -        -
see_outcome              -       -          -        -        cgaku   cgaku     -          cgaku    -
decide                   -       -          -        k        -       -         -          -        -
issue                    -       -          -        k        -       -         -          -        -
fetch_certificate        -       -          -        -        cgku    cgku      -          cgku     -
choose_name              -       -          -        c        -       -         -          -        -
fetch_forms              -       -          -        -        ck      ck        -          ck       -
share_certificate        -       -          -        -        c       c         -          c        -
see_status               -       -          -        -        cku     cku       -          cku      -
change_status            -       -          -        -        k       k         -          k        -
withdraw                 ck      ck         ck       ck       -       -         -          -        -
close                    -       -          -        -        k       -         -          -        -
try_judged_outcome       -       -          -        -        cg      cg        -          cg       -
see_audit                ku      ku         ku       ku       ku      ku        ku         ku       ku
write_audit_note         u       u          u        u        u       u         u          u        -
try_outcome              c       c          c        c        c       c         c          c        -
see_signs                -       -          aku      aku      aku     aku       -          aku      -
see_sign_texts           -       -          au       au       au      au        -          au       -
see_judging_signs        -       -          ku       ku       ku      ku        -          ku       -
look_at_sign             -       -          ak       ak       ak      ak        -          ak       -
object                   -       -          -        -        c       -         -          c        -
see_objection            -       -          -        -        cku     cku       -          cku      -
take_back_objection      -       -          -        -        -       c         -          -        -
take_up_objection        -       -          -        -        -       k         -          -        -
answer_objection         -       -          -        -        -       k         -          -        -
reassess                 -       -          -        -        k       -         -          k        -
see_draft                -       -          -        caku     caku    caku      -          caku     -
check_facts              -       -          -        c        -       -         -          -        -
answer_facts             -       -          -        k        -       -         -          -        -
correct_finding          -       -          -        a        -       -         -          -        -
replace_assessor         -       -          k        k        -       -         -          -        -
cannot_agree             -       -          -        a        -       -         -          -        -
"""

AT_A_PROVIDER = """
register_provider        o
register_person          ok
see_people               oku
start_procedure          k
set_usual                k
set_keeping              k
set_working              k
set_signs                k
set_identity             k
set_keys                 k
see_overview             ku
see_wordings             ku
load_wording             k
see_log                  ku
see_mail                 kuo
set_reminders            k
see_own_frameworks       k
edit_framework           k
publish_framework        k
see_crosswalks           ku
make_crosswalk           k
see_samples              ku
draw_sample              u
see_notice               ku
see_calibration          kau
make_practice            k
judge_practice           a
see_case_law             mt
offer_case               mt
remove_case              k
see_teams                k
make_team                k
report_teams             k
see_programmes           m
join_benchmark           k
export_for_analysis      k
"""

IN_A_TEAM = """
see_team                 l
lead_team                l
invite_members           lr
see_cohort               r
report_cohort            r
share_with_team          t
see_team_goals           lt
set_team_goals           l
"""

ON_A_PORTFOLIO_OF_ONES_OWN = """
see_own_portfolio        w
write_own_portfolio      w
erase_account            w
share_agenda             w
write_plan               w
say_knowledge            w
load_catalogue           k
write_reflection         w
"""

AT_A_DELIBERATION = """
lead_deliberation        f
take_part                fp
"""

COLUMNS = (
    State.INTAKE,
    State.PORTFOLIO,
    State.JUDGING,
    State.DECIDING,
    State.ISSUED,
    State.OBJECTION,
    State.WITHDRAWN,
    State.CLOSED,
    State.ERASED,
)
EVERY_CONDITION = frozenset(Condition)


def _roles(cell: str) -> set[Role]:
    return set() if cell == "-" else {LETTERS[letter] for letter in cell}


def _matrix() -> dict[tuple[Action, State | None], set[Role]]:
    expected: dict[tuple[Action, State | None], set[Role]] = {}
    for line in ON_A_PROCEDURE.strip().splitlines():
        name, *cells = line.split()
        for state, cell in zip(COLUMNS, cells, strict=True):
            expected[Action(name), state] = _roles(cell)
    without_state = "\n".join(
        table.strip() for table in (AT_A_PROVIDER, IN_A_TEAM, ON_A_PORTFOLIO_OF_ONES_OWN, AT_A_DELIBERATION)
    )
    for line in without_state.splitlines():
        name, cell = line.split()
        expected[Action(name), None] = _roles(cell)
    return expected


EXPECTED = _matrix()


ACTIONS = dict.fromkeys(action for action, _ in EXPECTED)


@pytest.mark.parametrize("action", ACTIONS)
def test_every_role_may_exactly_what_the_matrix_says(action: Action) -> None:
    """All roles in all states in one test: thousands apart cost more than what they ask."""
    wrong = []
    row = {state: roles for (of, state), roles in EXPECTED.items() if of is action}
    for state, roles in row.items():
        for role in Role:
            verdict = may(action, {role}, state, EVERY_CONDITION)
            cell = f"{role} at {state or 'no procedure'}"
            if bool(verdict) is not (role in roles):
                wrong.append(f"{cell}: {'may' if verdict else 'may not'}")
            if bool(verdict.reason) is bool(verdict):
                wrong.append(f"{cell}: {verdict.reason or 'refused without a reason'}")
    assert not wrong


def test_the_matrix_covers_every_action() -> None:
    assert {action for action, _ in EXPECTED} == set(Action) == set(ACCESS)


@pytest.mark.parametrize(
    ("action", "state", "role", "condition"),
    [
        (Action.JUDGE, State.JUDGING, Role.ASSESSOR, Condition.NO_CONFLICT),
        (Action.JUDGE, State.JUDGING, Role.ASSESSOR, Condition.NOT_FINISHED_JUDGING),
        (Action.WRITE_NOTE, State.JUDGING, Role.ASSESSOR, Condition.NO_CONFLICT),
        (Action.SEE_SNAPSHOT, State.JUDGING, Role.ASSESSOR, Condition.NO_CONFLICT),
        (Action.RECORD_SESSION, State.DECIDING, Role.ASSESSOR, Condition.NO_CONFLICT),
        (Action.RECORD_SESSION, State.DECIDING, Role.ASSESSOR, Condition.OUTCOME_OPEN),
        (Action.RECORD_SESSION, State.DECIDING, Role.COORDINATOR, Condition.OUTCOME_OPEN),
        (Action.SEE_PLANS, State.WITHDRAWN, Role.GUIDE, Condition.NOT_WITHDRAWN),
        (Action.PLAN_SESSION, State.JUDGING, Role.ASSESSOR, Condition.NO_CONFLICT),
        (Action.PLAN_SESSION, State.DECIDING, Role.ASSESSOR, Condition.OUTCOME_OPEN),
        (Action.PLAN_SESSION, State.DECIDING, Role.COORDINATOR, Condition.OUTCOME_OPEN),
        (Action.SEE_QUESTIONS, State.JUDGING, Role.ASSESSOR, Condition.NO_CONFLICT),
        (Action.REVEAL, State.JUDGING, Role.ASSESSOR, Condition.NO_CONFLICT),
        (Action.SEE_BOTH_JUDGEMENTS, State.DECIDING, Role.ASSESSOR, Condition.NO_CONFLICT),
        (Action.AGREE_FINAL, State.DECIDING, Role.ASSESSOR, Condition.NO_CONFLICT),
        (Action.AGREE_FINAL, State.DECIDING, Role.ASSESSOR, Condition.OUTCOME_OPEN),
        (Action.PREPARE_OUTCOME, State.DECIDING, Role.ASSESSOR, Condition.NO_CONFLICT),
        (Action.PREPARE_OUTCOME, State.DECIDING, Role.ASSESSOR, Condition.NOT_JUDGING_BLIND),
        (Action.PREPARE_OUTCOME, State.DECIDING, Role.COORDINATOR, Condition.NOT_JUDGING_BLIND),
        (Action.PREPARE_OUTCOME, State.DECIDING, Role.AUDITOR, Condition.NOT_JUDGING_BLIND),
        (Action.SEE_BOTH_JUDGEMENTS, State.DECIDING, Role.ASSESSOR, Condition.NOT_JUDGING_BLIND),
        (Action.SEE_BOTH_JUDGEMENTS, State.DECIDING, Role.AUDITOR, Condition.NOT_JUDGING_BLIND),
        (Action.AGREE_FINAL, State.DECIDING, Role.ASSESSOR, Condition.NOT_JUDGING_BLIND),
        (Action.CANNOT_AGREE, State.DECIDING, Role.ASSESSOR, Condition.NO_CONFLICT),
        (Action.CANNOT_AGREE, State.DECIDING, Role.ASSESSOR, Condition.OUTCOME_OPEN),
        (Action.CANNOT_AGREE, State.DECIDING, Role.ASSESSOR, Condition.NOT_JUDGING_BLIND),
        (Action.ASSIGN, State.DECIDING, Role.COORDINATOR, Condition.OUTCOME_OPEN),
        (Action.REPLACE_ASSESSOR, State.DECIDING, Role.COORDINATOR, Condition.OUTCOME_OPEN),
        (Action.DECLARE_CONFLICT, State.DECIDING, Role.ASSESSOR, Condition.OUTCOME_OPEN),
        (Action.JUDGE, State.DECIDING, Role.ASSESSOR, Condition.NOT_FINISHED_JUDGING),
        (Action.SEE_OUTCOME, State.ISSUED, Role.ASSESSOR, Condition.NO_CONFLICT),
        (Action.DECIDE, State.DECIDING, Role.COORDINATOR, Condition.OUTCOME_OPEN),
        (Action.SEE_DRAFT, State.DECIDING, Role.CANDIDATE, Condition.OUTCOME_DECIDED),
        (Action.SEE_DRAFT, State.DECIDING, Role.ASSESSOR, Condition.NO_CONFLICT),
        (Action.SEE_DRAFT, State.DECIDING, Role.ASSESSOR, Condition.OUTCOME_DECIDED),
        (Action.SEE_DRAFT, State.DECIDING, Role.COORDINATOR, Condition.OUTCOME_DECIDED),
        (Action.SEE_DRAFT, State.DECIDING, Role.AUDITOR, Condition.OUTCOME_DECIDED),
        (Action.CHECK_FACTS, State.DECIDING, Role.CANDIDATE, Condition.OUTCOME_DECIDED),
        (Action.CHOOSE_NAME, State.DECIDING, Role.CANDIDATE, Condition.OUTCOME_DECIDED),
        (Action.ANSWER_FACTS, State.DECIDING, Role.COORDINATOR, Condition.OUTCOME_DECIDED),
        (Action.CORRECT_FINDING, State.DECIDING, Role.ASSESSOR, Condition.NO_CONFLICT),
        (Action.CORRECT_FINDING, State.DECIDING, Role.ASSESSOR, Condition.OUTCOME_DECIDED),
        (Action.DECIDE, State.DECIDING, Role.COORDINATOR, Condition.INDEPENDENT),
        (Action.TAKE_UP_OBJECTION, State.OBJECTION, Role.COORDINATOR, Condition.INDEPENDENT),
        (Action.ANSWER_OBJECTION, State.OBJECTION, Role.COORDINATOR, Condition.INDEPENDENT),
        (Action.SEE_PORTFOLIO, State.WITHDRAWN, Role.GUIDE, Condition.NOT_WITHDRAWN),
        (Action.SEE_UPGRADE_PREVIEW, State.WITHDRAWN, Role.GUIDE, Condition.NOT_WITHDRAWN),
        (Action.SEE_UPGRADE_PREVIEW, State.WITHDRAWN, Role.COORDINATOR, Condition.NOT_WITHDRAWN),
        (Action.SEE_LOG, State.JUDGING, Role.COORDINATOR, Condition.NOT_JUDGING_BLIND),
        (Action.SEE_LOG, State.JUDGING, Role.AUDITOR, Condition.NOT_JUDGING_BLIND),
        (Action.SEE_AUDIT, State.JUDGING, Role.COORDINATOR, Condition.NOT_JUDGING_BLIND),
        (Action.SEE_AUDIT, State.JUDGING, Role.AUDITOR, Condition.NOT_JUDGING_BLIND),
        (Action.WRITE_AUDIT_NOTE, State.JUDGING, Role.AUDITOR, Condition.NOT_JUDGING_BLIND),
        (Action.WRITE_AUDIT_NOTE, State.ISSUED, Role.AUDITOR, Condition.NOT_INVOLVED),
        (Action.SEE_SIGNS, State.JUDGING, Role.ASSESSOR, Condition.NO_CONFLICT),
        (Action.SEE_SIGN_TEXTS, State.JUDGING, Role.ASSESSOR, Condition.NO_CONFLICT),
        (Action.LOOK_AT_SIGN, State.JUDGING, Role.ASSESSOR, Condition.NO_CONFLICT),
        (Action.SEE_JUDGING_SIGNS, State.JUDGING, Role.COORDINATOR, Condition.NOT_JUDGING_BLIND),
        (Action.SEE_JUDGING_SIGNS, State.JUDGING, Role.AUDITOR, Condition.NOT_JUDGING_BLIND),
        (Action.SEE_TEAM_GOALS, State.PORTFOLIO, Role.TEAM_MEMBER, Condition.IN_THE_TEAM),
    ],
)
def test_a_condition_that_does_not_hold_is_the_reason_given(
    action: Action, state: State, role: Role, condition: Condition
) -> None:
    verdict = may(action, {role}, state, EVERY_CONDITION - {condition})
    assert verdict.reason == f"needs_{condition}"
    assert verdict.text("nl") and verdict.text("nl") != verdict.text("en")


def test_no_condition_is_asked_of_anybody_unless_tested_above() -> None:
    asked = {
        (action, role, condition)
        for action, grant in ACCESS.items()
        for role, conditions in grant.conditions.items()
        for condition in conditions
    }
    assert len(asked) == 59


def test_one_fitting_role_of_several_suffices() -> None:
    assert may(Action.RECORD_SESSION, {Role.MEMBER, Role.COORDINATOR}, State.JUDGING, EVERY_CONDITION)


def test_an_auditor_writes_nothing_but_their_own_samples_and_findings() -> None:
    reading = {
        Action.SEE_PEOPLE,
        Action.SEE_OVERVIEW,
        Action.SEE_WORDINGS,
        Action.SEE_CROSSWALKS,
        Action.SEE_LOG,
        Action.SEE_MAIL,
        Action.SEE_PROCEDURE,
        Action.SEE_SNAPSHOT,
        Action.SEE_SIGNS,
        Action.SEE_SIGN_TEXTS,
        Action.SEE_JUDGING_SIGNS,
        Action.SEE_BOTH_JUDGEMENTS,
        Action.PREPARE_OUTCOME,
        Action.SEE_OUTCOME,
        Action.SEE_DRAFT,
        Action.SEE_OBJECTION,
        Action.FETCH_CERTIFICATE,
        Action.SEE_STATUS,
        Action.SEE_SAMPLES,
        Action.SEE_NOTICE,
        Action.SEE_AUDIT,
        Action.SEE_PLANS,
        Action.SEE_CALIBRATION,
    }
    writing = {Action.DRAW_SAMPLE, Action.WRITE_AUDIT_NOTE}
    assert {action for action, grant in ACCESS.items() if Role.AUDITOR in grant.roles} == reading | writing
