"""Every column that names a person, and what happens to it when that person has their account erased.

A new column that names a person needs a row here; a test holds this list against the tables.
"""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from bekwaam.domain.procedures.states import State
from bekwaam.store.models import (
    Assignment,
    AuditNote,
    Certificate,
    DecisionRecord,
    Dispute,
    FactAnswer,
    FinalAgreement,
    FinalJudgement,
    FoundSign,
    HeldSession,
    Judgement,
    JudgingFinished,
    KeptDossier,
    ObjectionAnswer,
    Person,
    PlannedSession,
    Procedure,
    SignLook,
    StatusChange,
    StepNote,
    Tip,
)

# The row is the person's own and goes with the account.
GOES: Final = (
    "Evidence.owner",
    "FeedbackRequest.owner",
    "SelfRound.owner",
    "PlanGoal.owner",
    "PlanAgreement.owner",
    "KnowledgeNote.owner",
    "OwnPortfolio.owner",
    "BroughtIn.owner",
    "Reflection.owner",
    "Deliberation.host",
    "DeliberationSeat.person",
    "Draft.person",
    "PartialUpload.owner",
    "UnitOpened.assessor",
    "Employment.person",
    "Jotting.author",
    # That mail was sent, what somebody was reminded of, and the address of their calendar.
    "SentMail.person",
    "Reminder.person",
    "AgendaLink.person",
    "TeamMember.person",
    "Authenticator.user",
    "EmailAddress.user",
    # Unless a dossier that is kept still holds the file.
    "StoredFile.owner",
)

# What somebody did in the dossier of another: it stays under their name for as long as that dossier does.
NAMED: Final[tuple[tuple[type[Model], str], ...]] = (
    (Judgement, "assessor"),
    (JudgingFinished, "assessor"),
    (FinalJudgement, "proposed_by"),
    (FinalAgreement, "assessor"),
    (Dispute, "said_by"),
    (HeldSession, "recorded_by"),
    (PlannedSession, "planned_by"),
    (DecisionRecord, "decided_by"),
    (FactAnswer, "answered_by"),
    (Certificate, "issued_by"),
    (StatusChange, "by"),
    (ObjectionAnswer, "answered_by"),
    (Tip, "author"),
    (StepNote, "author"),
    (Assignment, "person"),
    (AuditNote, "author"),
    (FoundSign, "person"),
    (SignLook, "author"),
)

# The row stays, and needs no name: it reads "(erased person)" once the name is gone.
NAMELESS: Final = (
    "Procedure.candidate",
    "Consent.person",
    "FactRequest.asked_by",
    "FactsConfirmed.confirmed_by",
    "NameChoice.chosen_by",
    "SigningKey.made_by",
    "Membership.person",
    "FrameworkDraft.started_by",
    "FrameworkDraft.changed_by",
    "CrosswalkDraft.changed_by",
    "Wording.loaded_by",
    "Catalogue.loaded_by",
    "Sample.auditor",
    "PracticeDossier.made_by",
    "PracticeDone.assessor",
    "StandardSettings.set_by",
    # Until a coordinator lets somebody else lead the team.
    "Team.lead",
    # A goal is the team's; who set it is no matter once they are gone.
    "TeamGoal.set_by",
    "BenchmarkChoice.chosen_by",
    "DataExport.made_by",
    "ExportRequest.asked_by",
)


def did_work(person: Any) -> Q:
    """Return the condition that somebody left their name in the dossier of another.

    ``person`` is a person or a reference to one in an outer query. A procedure of which nothing is left
    (erased, or stopped and its candidate gone) does not count: nobody looks at it to see who did what.
    """
    condition = Q(pk__in=[])
    for model, column in NAMED:
        rows: QuerySet[Any] = model._default_manager.filter(**{column: person})
        condition |= Q(Exists(_in_dossiers(model, rows, person)))
    return condition


def _in_dossiers(model: type[Model], rows: QuerySet[Any], person: Any) -> QuerySet[Any]:
    # These go together with what they agree to, look at or are about.
    if model in (FinalAgreement, SignLook, StatusChange):
        return rows
    gone = Procedure.objects.filter(pk=OuterRef("procedure")).filter(
        Q(state=State.ERASED) | Q(state=State.WITHDRAWN, candidate__erased_at__isnull=False)
    )
    return rows.exclude(procedure__candidate=person).exclude(Exists(gone))


def needs_name() -> Q:
    """Return the condition that the name of an erased person has to stay for now."""
    kept = KeptDossier.objects.filter(procedure__candidate=OuterRef("pk"))
    return Q(Exists(kept)) | did_work(OuterRef("pk"))


def keeps_name(person: Person) -> bool:
    """Tell whether the name of a person has to stay for now. One query."""
    return Person.objects.filter(needs_name(), pk=person.pk).exists()


def is_named(person: Person) -> bool:
    """Tell whether any row at all still refers to a person, also one of a table made later."""
    for field in person._meta.get_fields(include_hidden=True):
        if field.auto_created and (field.one_to_many or field.one_to_one) and not field.concrete:
            model: Any = field.related_model
            if model._default_manager.filter(**{field.field.name: person}).exists():  # type: ignore[union-attr]
                return True
    return False
