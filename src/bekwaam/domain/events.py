"""The codes of everything that the audit chain records, with the wording of each.

A code never changes its meaning and is never used again for something else; the sentence may improve.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from bekwaam.wording import N_


class Event(StrEnum):
    """What happened."""

    FRAMEWORK_PUBLISHED = "framework.published"
    FRAMEWORK_STARTED = "framework.started"
    FRAMEWORK_LOADED = "framework.loaded"
    FRAMEWORK_DROPPED = "framework.dropped"
    FRAMEWORK_RETIRED = "framework.retired"
    FRAMEWORK_BACK = "framework.back"
    WORDING_LOADED = "wording.loaded"
    WORDING_WITHDRAWN = "wording.withdrawn"
    CROSSWALK_PUBLISHED = "crosswalk.published"
    PROVIDER_REGISTERED = "provider.registered"
    PERSON_REGISTERED = "person.registered"
    SECOND_STEP_REMOVED = "person.second_step_removed"
    ACCOUNT_ERASED = "person.erased"
    NAME_ERASED = "person.name_erased"
    KEEPING_SET = "provider.keeping_set"
    DOSSIER_ERASED = "procedure.erased"
    USUAL_SET = "provider.usual_set"
    WORKING_SET = "provider.working_set"
    SIGNS_SET = "provider.signs_set"
    REMINDERS_SET = "provider.reminders_set"
    AGENDA_SHARED = "person.agenda_shared"
    AGENDA_WITHDRAWN = "person.agenda_withdrawn"
    IDENTITY_SET = "provider.identity_set"
    KEY_MADE = "key.made"
    KEY_RETIRED = "key.retired"
    KEY_COMPROMISED = "key.compromised"
    ROLE_GIVEN = "role.given"
    ROLE_TAKEN = "role.taken"
    PROCEDURE_STARTED = "procedure.started"
    SCOPE_SET = "procedure.scope_set"
    CONSENT_GIVEN = "consent.given"
    CONSENT_WITHDRAWN = "consent.withdrawn"
    ASSIGNED = "assignment.made"
    UNASSIGNED = "assignment.ended"
    ASSESSOR_REPLACED = "assignment.replaced"
    CONFLICT_FOUND = "conflict.found"
    EMPLOYERS_SET = "person.employers_set"
    CONFLICT_DECLARED = "conflict.declared"
    STEP_TAKEN = "procedure.step"
    PORTFOLIO_STARTED = "portfolio.started"
    TAKEN_ALONG = "portfolio.taken_along"
    BROUGHT_IN = "portfolio.brought_in"
    EVIDENCE_ADDED = "evidence.added"
    EVIDENCE_CHANGED = "evidence.changed"
    EVIDENCE_REMOVED = "evidence.removed"
    MARK_REPLACED = "evidence.mark_replaced"
    EVIDENCE_TAKEN = "evidence.taken"
    EVIDENCE_LEFT_OUT = "evidence.left_out"
    TIP_GIVEN = "tip.given"
    HANDED_IN = "portfolio.handed_in"
    SESSION_RECORDED = "session.recorded"
    SESSION_PLANNED = "session.planned"
    SESSION_REPLANNED = "session.replanned"
    SESSION_CANCELLED = "session.cancelled"
    JUDGED = "judgement.made"
    JUDGING_FINISHED = "judgement.finished"
    SIGN_LOOKED = "sign.looked"
    FINAL_PROPOSED = "final.proposed"
    FINAL_AGREED = "final.agreed"
    DISSENTED = "final.dissented"
    CANNOT_AGREE = "final.cannot_agree"
    AGREED_AFTER_ALL = "final.agreed_after_all"
    DECIDED = "outcome.decided"
    FACTS_ASKED = "facts.asked"
    FACTS_ANSWERED = "facts.answered"
    FACTS_CONFIRMED = "facts.confirmed"
    NAME_CHOSEN = "certificate.name_chosen"
    ISSUED = "certificate.issued"
    SUPERSEDED = "certificate.superseded"
    LINK_MADE = "certificate.link_made"
    LINK_WITHDRAWN = "certificate.link_withdrawn"
    CERTIFICATE_SUSPENDED = "certificate.suspended"
    CERTIFICATE_REINSTATED = "certificate.reinstated"
    CERTIFICATE_REVOKED = "certificate.revoked"
    OBJECTED = "objection.filed"
    OBJECTION_ANSWERED = "objection.answered"
    PORTFOLIO_COPIED = "portfolio.copied"
    FOLLOWED_UP = "procedure.followed_up"
    FEEDBACK_ASKED = "feedback.asked"
    FEEDBACK_SENT_AGAIN = "feedback.sent_again"
    FEEDBACK_WITHDRAWN = "feedback.withdrawn"
    FEEDBACK_ANSWERED = "feedback.answered"
    SAMPLE_ANNOUNCED = "sample.announced"
    SAMPLE_DRAWN = "sample.drawn"
    AUDIT_NOTED = "audit.noted"
    PRACTICE_RELEASED = "practice.released"
    PRACTICE_JUDGED = "practice.judged"
    SELF_ASSESSMENT_BEGUN = "self_assessment.begun"
    SELF_ASSESSED = "self_assessment.finished"
    SELF_ASSESSMENT_DROPPED = "self_assessment.dropped"
    REFLECTION_WRITTEN = "reflection.written"
    REFLECTION_CHANGED = "reflection.changed"
    REFLECTION_REMOVED = "reflection.removed"
    DELIBERATION_STARTED = "deliberation.started"
    DELIBERATION_INVITED = "deliberation.invited"
    DELIBERATION_LINK_SENT = "deliberation.link_sent"
    DELIBERATION_UNINVITED = "deliberation.uninvited"
    DELIBERATION_MOVED = "deliberation.moved"
    DELIBERATION_LEFT = "deliberation.left"
    DELIBERATION_REMOVED = "deliberation.removed"
    CASE_OFFERED = "case_law.offered"
    CASE_AGREED = "case_law.agreed"
    CASE_KEPT = "case_law.kept"
    CASE_REMOVED = "case_law.removed"
    GOAL_SET = "plan.goal_set"
    GOAL_CHANGED = "plan.goal_changed"
    GOAL_CLOSED = "plan.goal_closed"
    GOAL_DROPPED = "plan.goal_dropped"
    ACTIVITY_PLANNED = "plan.activity_planned"
    ACTIVITY_CHANGED = "plan.activity_changed"
    ACTIVITY_DROPPED = "plan.activity_dropped"
    ACTIVITY_DONE = "plan.activity_done"
    PLAN_AGREED = "plan.agreed"
    KNOWLEDGE_SAID = "knowledge.said"
    KNOWLEDGE_FORGOTTEN = "knowledge.forgotten"
    OFFERS_LOADED = "offers.loaded"
    OFFERS_WITHDRAWN = "offers.withdrawn"
    PROFILES_LOADED = "profiles.loaded"
    PROFILES_WITHDRAWN = "profiles.withdrawn"
    PROGRAMMES_LOADED = "programmes.loaded"
    PROGRAMMES_WITHDRAWN = "programmes.withdrawn"
    INTERVENTIONS_LOADED = "interventions.loaded"
    INTERVENTIONS_WITHDRAWN = "interventions.withdrawn"
    CATALOGUE_CHANGED = "catalogue.changed"
    TEAM_MADE = "team.made"
    TEAM_LEAD_SET = "team.lead_set"
    TEAM_INVITED = "team.invited"
    TEAM_REMOVED = "team.removed"
    TEAM_JOINED = "team.joined"
    TEAM_LEFT = "team.left"
    TEAM_SHARED = "team.shared"
    TEAM_REPORTED = "team.reported"
    COHORT_MADE = "cohort.made"
    COHORT_CHANGED = "cohort.changed"
    COHORT_REPORTED = "cohort.reported"
    BENCHMARK_CHOSEN = "benchmark.chosen"
    SECTOR_REPORTED = "sector.reported"
    DATA_EXPORTED = "data.exported"
    TEAM_GOAL_SET = "team.goal_set"
    TEAM_GOAL_CHANGED = "team.goal_changed"
    TEAM_GOAL_CLOSED = "team.goal_closed"
    TEAM_GOAL_DROPPED = "team.goal_dropped"


EVENT_NAMES: Final[dict[Event, str]] = {
    Event.FEEDBACK_ASKED: N_("Referee asked"),
    Event.FEEDBACK_SENT_AGAIN: N_("Link sent to a referee again"),
    Event.FEEDBACK_WITHDRAWN: N_("Request to a referee withdrawn"),
    Event.FEEDBACK_ANSWERED: N_("Referee answered"),
    Event.SELF_ASSESSMENT_BEGUN: N_("Round of self-assessment begun"),
    Event.SELF_ASSESSED: N_("Round of self-assessment finished"),
    Event.SELF_ASSESSMENT_DROPPED: N_("Round of self-assessment thrown away"),
    Event.REFLECTION_WRITTEN: N_("Reflection written"),
    Event.REFLECTION_CHANGED: N_("Reflection changed"),
    Event.REFLECTION_REMOVED: N_("Reflection removed"),
    Event.DELIBERATION_STARTED: N_("Moral deliberation started"),
    Event.DELIBERATION_INVITED: N_("Somebody invited to a moral deliberation"),
    Event.DELIBERATION_LINK_SENT: N_("Link to a moral deliberation sent again"),
    Event.DELIBERATION_UNINVITED: N_("Invitation to a moral deliberation withdrawn"),
    Event.DELIBERATION_MOVED: N_("Something said or done in a moral deliberation"),
    Event.DELIBERATION_LEFT: N_("Moral deliberation left by a participant"),
    Event.DELIBERATION_REMOVED: N_("Moral deliberation erased"),
    Event.CASE_OFFERED: N_("Deliberation offered to colleagues, without names"),
    Event.CASE_AGREED: N_("Agreed that a deliberation is kept for colleagues"),
    Event.CASE_KEPT: N_("Deliberation kept for colleagues, without names"),
    Event.CASE_REMOVED: N_("Deliberation no longer kept for colleagues"),
    Event.GOAL_SET: N_("Goal of a development plan set"),
    Event.GOAL_CHANGED: N_("Goal of a development plan changed"),
    Event.GOAL_CLOSED: N_("Goal of a development plan closed"),
    Event.GOAL_DROPPED: N_("Goal of a development plan thrown away"),
    Event.ACTIVITY_PLANNED: N_("Activity of a development plan planned"),
    Event.ACTIVITY_CHANGED: N_("Activity of a development plan changed"),
    Event.ACTIVITY_DROPPED: N_("Activity of a development plan taken out"),
    Event.ACTIVITY_DONE: N_("Activity of a development plan done"),
    Event.PLAN_AGREED: N_("Development plan agreed on"),
    Event.KNOWLEDGE_SAID: N_("Said what one knows of an item of knowledge"),
    Event.KNOWLEDGE_FORGOTTEN: N_("What was said of an item of knowledge thrown away"),
    Event.OFFERS_LOADED: N_("Learning offers loaded"),
    Event.OFFERS_WITHDRAWN: N_("Learning offers withdrawn"),
    Event.PROFILES_LOADED: N_("Function profiles of a provider's own loaded"),
    Event.PROFILES_WITHDRAWN: N_("Function profiles of a provider's own withdrawn"),
    Event.PROGRAMMES_LOADED: N_("Programmes of a school loaded"),
    Event.PROGRAMMES_WITHDRAWN: N_("Programmes of a school withdrawn"),
    Event.INTERVENTIONS_LOADED: N_("Interventions of a provider loaded"),
    Event.INTERVENTIONS_WITHDRAWN: N_("Interventions of a provider withdrawn"),
    Event.CATALOGUE_CHANGED: N_("List of a provider's own changed on the screen"),
    Event.TEAM_MADE: N_("Team made"),
    Event.TEAM_LEAD_SET: N_("Somebody else leads the team"),
    Event.TEAM_INVITED: N_("Invited into a team"),
    Event.TEAM_REMOVED: N_("Taken out of a team"),
    Event.TEAM_JOINED: N_("Joined a team"),
    Event.TEAM_LEFT: N_("Left a team"),
    Event.TEAM_SHARED: N_("Choice what to share with a team"),
    Event.TEAM_REPORTED: N_("Report over teams made"),
    Event.COHORT_MADE: N_("Cohort made"),
    Event.COHORT_CHANGED: N_("What a cohort follows changed"),
    Event.COHORT_REPORTED: N_("Report over a cohort made"),
    Event.BENCHMARK_CHOSEN: N_("Choice whether the organisation counts for the sector"),
    Event.SECTOR_REPORTED: N_("Report on the sector made"),
    Event.DATA_EXPORTED: N_("File for research by the organisation taken out"),
    Event.TEAM_GOAL_SET: N_("Goal of a team set"),
    Event.TEAM_GOAL_CHANGED: N_("Goal of a team changed"),
    Event.TEAM_GOAL_CLOSED: N_("Goal of a team closed"),
    Event.TEAM_GOAL_DROPPED: N_("Goal of a team thrown away"),
    Event.SAMPLE_ANNOUNCED: N_("Sample of dossiers announced"),
    Event.SAMPLE_DRAWN: N_("Sample of dossiers drawn"),
    Event.PRACTICE_RELEASED: N_("Practice dossier released"),
    Event.PRACTICE_JUDGED: N_("Practice dossier judged"),
    Event.AUDIT_NOTED: N_("Finding of an auditor written"),
    Event.FRAMEWORK_PUBLISHED: N_("Framework version published"),
    Event.FRAMEWORK_STARTED: N_("Writing of a framework started"),
    Event.FRAMEWORK_LOADED: N_("Spreadsheet taken over into a framework"),
    Event.FRAMEWORK_DROPPED: N_("Unpublished framework thrown away"),
    Event.FRAMEWORK_RETIRED: N_("Framework version taken out of use"),
    Event.FRAMEWORK_BACK: N_("Framework version in use again"),
    Event.WORDING_LOADED: N_("Texts of a provider's own loaded"),
    Event.WORDING_WITHDRAWN: N_("Texts of a provider's own withdrawn"),
    Event.CROSSWALK_PUBLISHED: N_("Links between frameworks published"),
    Event.PROVIDER_REGISTERED: N_("Provider registered"),
    Event.PERSON_REGISTERED: N_("Person registered"),
    Event.SECOND_STEP_REMOVED: N_("Extra step when logging in removed"),
    Event.ACCOUNT_ERASED: N_("Account erased"),
    Event.NAME_ERASED: N_("Name erased"),
    Event.KEEPING_SET: N_("How long dossiers are kept set"),
    Event.DOSSIER_ERASED: N_("Dossier erased after its term"),
    Event.USUAL_SET: N_("What is usually asked of a portfolio set"),
    Event.WORKING_SET: N_("Way of working on a standard set"),
    Event.SIGNS_SET: N_("When signs show set"),
    Event.REMINDERS_SET: N_("When reminders go out set"),
    Event.AGENDA_SHARED: N_("Secret link to the agenda made"),
    Event.AGENDA_WITHDRAWN: N_("Secret link to the agenda withdrawn"),
    Event.IDENTITY_SET: N_("Website and number in the register of companies set"),
    Event.KEY_MADE: N_("Key to sign with made"),
    Event.KEY_RETIRED: N_("Key to sign with taken out of use"),
    Event.KEY_COMPROMISED: N_("Key to sign with reported stolen"),
    Event.ROLE_GIVEN: N_("Role given"),
    Event.ROLE_TAKEN: N_("Role taken away"),
    Event.PROCEDURE_STARTED: N_("Procedure started"),
    Event.SCOPE_SET: N_("Purpose and scope set"),
    Event.CONSENT_GIVEN: N_("Consent given"),
    Event.CONSENT_WITHDRAWN: N_("Consent withdrawn"),
    Event.ASSIGNED: N_("Guide or assessor assigned"),
    Event.UNASSIGNED: N_("Assignment ended"),
    Event.ASSESSOR_REPLACED: N_("Assessor taken off, to be replaced"),
    Event.CONFLICT_FOUND: N_("Conflict of interest found: same employer"),
    Event.EMPLOYERS_SET: N_("Own employers filled in"),
    Event.CONFLICT_DECLARED: N_("Declaration on conflict of interest"),
    Event.STEP_TAKEN: N_("Procedure moved to another phase"),
    Event.PORTFOLIO_STARTED: N_("Portfolio of one's own started"),
    Event.MARK_REPLACED: N_("Personal detail of somebody replaced in evidence"),
    Event.TAKEN_ALONG: N_("Everything of one's own taken along"),
    Event.BROUGHT_IN: N_("Portfolio brought in from a file"),
    Event.EVIDENCE_ADDED: N_("Evidence added"),
    Event.EVIDENCE_CHANGED: N_("Evidence changed"),
    Event.EVIDENCE_REMOVED: N_("Evidence removed"),
    Event.EVIDENCE_TAKEN: N_("Evidence taken from the portfolio"),
    Event.EVIDENCE_LEFT_OUT: N_("Evidence left out of the dossier"),
    Event.TIP_GIVEN: N_("Tip given by the guide"),
    Event.HANDED_IN: N_("Portfolio handed in"),
    Event.SESSION_PLANNED: N_("Interview, observation or test planned"),
    Event.SESSION_REPLANNED: N_("Appointment changed"),
    Event.SESSION_CANCELLED: N_("Appointment cancelled"),
    Event.SESSION_RECORDED: N_("Interview, observation or test recorded"),
    Event.JUDGED: N_("Judgement saved"),
    Event.JUDGING_FINISHED: N_("Judging finished"),
    Event.SIGN_LOOKED: N_("Sign looked into"),
    Event.FINAL_PROPOSED: N_("Final judgement proposed"),
    Event.FINAL_AGREED: N_("Final judgement agreed"),
    Event.DISSENTED: N_("Differing view put on record"),
    Event.CANNOT_AGREE: N_("Said that they cannot agree"),
    Event.AGREED_AFTER_ALL: N_("Agreed after all"),
    Event.DECIDED: N_("Outcome decided"),
    Event.FACTS_ASKED: N_("Correction of a fact asked for"),
    Event.FACTS_ANSWERED: N_("Request to correct a fact answered"),
    Event.FACTS_CONFIRMED: N_("Facts said to be right"),
    Event.NAME_CHOSEN: N_("Name in the digital certificate chosen"),
    Event.ISSUED: N_("Certificate issued"),
    Event.SUPERSEDED: N_("Certificate replaced by a newer one"),
    Event.LINK_MADE: N_("Link to show a certificate made"),
    Event.LINK_WITHDRAWN: N_("Link to show a certificate withdrawn"),
    Event.CERTIFICATE_SUSPENDED: N_("Certificate suspended"),
    Event.CERTIFICATE_REINSTATED: N_("Certificate no longer suspended"),
    Event.CERTIFICATE_REVOKED: N_("Certificate revoked"),
    Event.OBJECTED: N_("Objection filed"),
    Event.OBJECTION_ANSWERED: N_("Objection ended"),
    Event.PORTFOLIO_COPIED: N_("Portfolio taken over as it was handed in before"),
    Event.FOLLOWED_UP: N_("New assessment started"),
}

# The only events with which rows may go for good. Whatever another entry says was erased is not believed.
ERASING: Final = frozenset(
    {
        Event.EVIDENCE_REMOVED,
        Event.SELF_ASSESSMENT_DROPPED,
        Event.GOAL_DROPPED,
        Event.KNOWLEDGE_FORGOTTEN,
        Event.TEAM_GOAL_DROPPED,
        Event.ACCOUNT_ERASED,
        Event.DOSSIER_ERASED,
        Event.REFLECTION_REMOVED,
        Event.DELIBERATION_LEFT,
        Event.DELIBERATION_REMOVED,
        Event.CASE_REMOVED,
    }
)
