"""The tables, a file per aggregate."""

from bekwaam.store.models.accounts import Draft, Employment, Membership, Person, Provider, Registration
from bekwaam.store.models.assessment import (
    Dispute,
    FinalAgreement,
    FinalJudgement,
    HeldSession,
    Judgement,
    JudgingFinished,
    PlannedSession,
)
from bekwaam.store.models.audit import AuditEntry, AuditOpening, ChainHead
from bekwaam.store.models.auditing import AuditNote, Sample
from bekwaam.store.models.calibration import PracticeDone, PracticeDossier, PracticeJudgement, PracticePiece
from bekwaam.store.models.certificates import (
    Certificate,
    DecisionRecord,
    FactAnswer,
    FactRequest,
    FactsConfirmed,
)
from bekwaam.store.models.checking import BatchCheck
from bekwaam.store.models.erasing import ClosedLink, DoomedFile, ErasedCertificate, KeptDossier
from bekwaam.store.models.feedback import FeedbackAnswer, FeedbackRequest
from bekwaam.store.models.following import CarriedFinding, Objection, ObjectionAnswer
from bekwaam.store.models.forms import CertificateForm, CertificateSecret, NameChoice, ShareLink, ShareVisit
from bekwaam.store.models.frameworks import (
    CaseIdentifier,
    CrosswalkDraft,
    FrameworkDraft,
    FrameworkVersion,
    PublishedCrosswalk,
    Wording,
)
from bekwaam.store.models.growth import SelfRating, SelfRound
from bekwaam.store.models.jobs import WorkerSign
from bekwaam.store.models.keys import SigningKey
from bekwaam.store.models.mail import AgendaLink, Reminder, SentMail
from bekwaam.store.models.portfolio import (
    DossierItem,
    Evidence,
    EvidenceTie,
    EvidenceVersion,
    KeptMark,
    OwnPortfolio,
    PartialUpload,
    Snapshot,
    SnapshotItem,
    SnapshotTie,
    StoredFile,
    Tip,
    WavedAway,
)
from bekwaam.store.models.privacy import FileLook, TextLook
from bekwaam.store.models.procedures import (
    Assignment,
    ConflictDeclaration,
    Consent,
    Procedure,
    StepNote,
)
from bekwaam.store.models.publiclog import LogCheckpoint, LogHead, LogLeaf, LogNode
from bekwaam.store.models.signs import (
    FileSketch,
    FoundSign,
    JudgementPace,
    SignLook,
    TextMatch,
    TextPrint,
    TextSketch,
    UnitOpened,
)
from bekwaam.store.models.statuses import PublishedList, StatusChange, StatusList, StatusPlace
from bekwaam.store.models.takeout import BroughtIn, CarriedFile, UnplacedTie
from bekwaam.store.models.teams import Team, TeamConsent, TeamMember, TeamReport
from bekwaam.store.models.workbench import Jotting
from bekwaam.store.models.working import StandardSettings

__all__ = [
    "AgendaLink",
    "Assignment",
    "AuditEntry",
    "AuditNote",
    "AuditOpening",
    "BatchCheck",
    "BroughtIn",
    "CarriedFile",
    "CarriedFinding",
    "CaseIdentifier",
    "Certificate",
    "CertificateForm",
    "CertificateSecret",
    "ChainHead",
    "ClosedLink",
    "ConflictDeclaration",
    "Consent",
    "CrosswalkDraft",
    "DecisionRecord",
    "Dispute",
    "DoomedFile",
    "DossierItem",
    "Draft",
    "Employment",
    "ErasedCertificate",
    "Evidence",
    "EvidenceTie",
    "EvidenceVersion",
    "FactAnswer",
    "FactRequest",
    "FactsConfirmed",
    "FeedbackAnswer",
    "FeedbackRequest",
    "FileLook",
    "FileSketch",
    "FinalAgreement",
    "FinalJudgement",
    "FoundSign",
    "FrameworkDraft",
    "FrameworkVersion",
    "HeldSession",
    "Jotting",
    "Judgement",
    "JudgementPace",
    "JudgingFinished",
    "KeptDossier",
    "KeptMark",
    "LogCheckpoint",
    "LogHead",
    "LogLeaf",
    "LogNode",
    "Membership",
    "NameChoice",
    "Objection",
    "ObjectionAnswer",
    "OwnPortfolio",
    "PartialUpload",
    "Person",
    "PlannedSession",
    "PracticeDone",
    "PracticeDossier",
    "PracticeJudgement",
    "PracticePiece",
    "Procedure",
    "Provider",
    "PublishedCrosswalk",
    "PublishedList",
    "Registration",
    "Reminder",
    "Sample",
    "SelfRating",
    "SelfRound",
    "SentMail",
    "ShareLink",
    "ShareVisit",
    "SignLook",
    "SigningKey",
    "Snapshot",
    "SnapshotItem",
    "SnapshotTie",
    "StandardSettings",
    "StatusChange",
    "StatusList",
    "StatusPlace",
    "StepNote",
    "StoredFile",
    "Team",
    "TeamConsent",
    "TeamMember",
    "TeamReport",
    "TextLook",
    "TextMatch",
    "TextPrint",
    "TextSketch",
    "Tip",
    "UnitOpened",
    "UnplacedTie",
    "WavedAway",
    "Wording",
    "WorkerSign",
]
