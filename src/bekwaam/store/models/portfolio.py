"""Portfolios, evidence, what it is tied to, and the snapshot that handing in freezes."""

from __future__ import annotations

from typing import Any, Final

from django.db import models

from bekwaam.domain.portfolio.kinds import EvidenceKind
from bekwaam.store.models.accounts import Person
from bekwaam.store.models.frameworks import FrameworkVersion
from bekwaam.store.models.procedures import Procedure
from bekwaam.store.models.shared import moment, ref_field


class StoredFile(models.Model):
    """A file as received. ``key`` is where the file store keeps it; the content never changes.

    ``names`` is whose names it carries beside its text, as pairs of a role and a name: for its owner alone.
    """

    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="files")
    key = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    names = models.JSONField(default=list, blank=True)

    def named(self) -> dict[str, Any]:
        """Return what a row that names this file commits to; a file has no commitment of its own."""
        return {"sha256": self.sha256, "name": self.name, "media_type": self.media_type}


class PartialUpload(models.Model):
    """A file that is coming in piece by piece; ``received`` bytes of ``size`` are there, under ``key``.

    Nothing refers to it. It goes once its file is put to use, or when nobody sent more for a day.
    """

    ref = ref_field()
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    touched_at = models.DateTimeField(db_index=True)


class OwnPortfolio(models.Model):
    """That somebody collects against a framework version for themself, without any procedure.

    It holds nothing by itself: evidence belongs to the person, its ties to the framework version.
    """

    ref = ref_field()
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="portfolios")
    standard = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "standard"], name="one_portfolio_per_standard")
        ]

    def committed(self) -> dict[str, Any]:
        """Return whose it is and what it is collected against."""
        return {"owner": self.owner_id, "standard": self.standard_id, "started_at": moment(self.started_at)}


# How the content of a piece is laid out. Commitments and snapshots hold a piece as it was laid out when
# they were made, so a new layout gets a new number and the old one stays readable.
WITH_REFERENCE: Final = 1  # before there were more kinds than story, file and reference
WITH_DETAILS: Final = 2


class Evidence(models.Model):
    """One piece of evidence. It belongs to the person, not to a procedure.

    ``story`` holds the parts of a STARR story, ``details`` what the other kinds ask
    (:mod:`bekwaam.domain.portfolio.kinds`); ``contexts`` the choices that make situations comparable.
    ``revision`` goes up with every change, so that two tabs at work notice each other.
    """

    ref = ref_field()
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in EvidenceKind])
    title = models.CharField(max_length=200)
    dated_on = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    context = models.CharField(max_length=300, blank=True)
    contexts = models.JSONField(default=dict)
    story = models.JSONField(default=dict)
    details = models.JSONField(default=dict)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    layout = models.PositiveSmallIntegerField(default=WITH_DETAILS)
    revision = models.PositiveIntegerField(default=1)
    added_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-changed_at", "-pk"]

    def content(self) -> dict[str, Any]:
        """Return all that the piece says, as plain JSON: what a snapshot freezes."""
        said = {
            "kind": self.kind,
            "title": self.title,
            "dated_on": self.dated_on.isoformat() if self.dated_on else None,
            "context": self.context,
            "story": self.story,
            "file": self.file.sha256 if self.file else None,
        }
        if self.layout == WITH_REFERENCE:
            return {**said, "reference": self.details}
        until = self.until.isoformat() if self.until else None
        return {**said, "until": until, "contexts": self.contexts, "details": self.details}

    def texts(self) -> dict[str, Any]:
        """Return what was written, without the file and the ties: what a version keeps."""
        said = {**self.content(), "details": self.details, "contexts": self.contexts}
        said.setdefault("until", None)
        return {name: value for name, value in said.items() if name not in ("file", "kind", "reference")}

    def committed(self) -> dict[str, Any]:
        """Return all that it says, whose it is, and what it is tied to."""
        ties = sorted((tie.standard_id, tie.code, tie.why) for tie in self.ties.all())
        return {
            **self.content(),
            "file": self.file.named() if self.file else None,
            "owner": self.owner_id,
            "ties": [list(tie) for tie in ties],
        }


class EvidenceVersion(models.Model):
    """What a piece said after one of its changes. For its writer alone, and gone with the piece.

    The chain commits to the piece after each change, not to these: they are there to be put back.
    """

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    texts = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["evidence", "number"], name="versions_count_up")]


class EvidenceTie(models.Model):
    """A piece of evidence tied to an item of a framework, with why."""

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="ties")
    standard = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    why = models.TextField(blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["evidence", "standard", "code"], name="one_tie_per_item")
        ]


class DossierItem(models.Model):
    """A piece of evidence that the candidate put in the dossier of one procedure."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="dossier_items")
    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="dossier_items")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["procedure", "evidence"], name="once_in_a_dossier")]


class Tip(models.Model):
    """A guide's advice to the candidate, about one competence or the whole."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="tips")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["-given_at", "-pk"]

    def committed(self) -> dict[str, Any]:
        """Return the advice and whose it is."""
        return {
            "procedure": self.procedure_id,
            "author": self.author_id,
            "code": self.code,
            "text": self.text,
        }


class Snapshot(models.Model):
    """A portfolio as handed in: frozen, with a hash per text and file in ``manifest``.

    ``sha256`` is the hash of the manifest, so one number stands for the whole.
    """

    ref = ref_field()
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="snapshots")
    number = models.PositiveSmallIntegerField()
    manifest = models.JSONField()
    sha256 = models.CharField(max_length=64)
    handed_in_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["procedure", "number"], name="snapshots_count_up")]

    def committed(self) -> dict[str, Any]:
        """Return the hashes, and of what they are."""
        return {
            "procedure": self.procedure_id,
            "number": self.number,
            "manifest": self.manifest,
            "sha256": self.sha256,
            "handed_in_at": moment(self.handed_in_at),
        }


class SnapshotItem(models.Model):
    """One piece of evidence as it was when handed in."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    ref = models.CharField(max_length=12)
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    content = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["snapshot", "ref"], name="a_piece_once_a_snapshot")]

    def committed(self) -> dict[str, Any]:
        """Return all that was frozen: the content, the file and the ties."""
        return {
            "snapshot": self.snapshot_id,
            "position": self.position,
            "ref": self.ref,
            "kind": self.kind,
            "title": self.title,
            "content": self.content,
            "content_sha256": self.content_sha256,
            "file": self.file.named() if self.file else None,
            "ties": [list(tie) for tie in sorted((tie.code, tie.why) for tie in self.ties.all())],
        }


class SnapshotTie(models.Model):
    """What a frozen piece was tied to when handed in."""

    item = models.ForeignKey(SnapshotItem, on_delete=models.PROTECT, related_name="ties")
    code = models.CharField(max_length=40, db_index=True)
    why = models.TextField(blank=True)

    class Meta:
        ordering = ["code"]


class KeptMark(models.Model):
    """That the writer looked at a stretch of text that looks like personal data, and lets it stand.

    Of the text only the hash is kept: it may be just what should not be written down twice.
    """

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="kept_marks")
    field = models.CharField(max_length=40)
    text_sha256 = models.CharField(max_length=64)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evidence", "field", "text_sha256"], name="keep_a_mark_once")
        ]


class WavedAway(models.Model):
    """That the writer of a piece did not want a suggested tie; it is not suggested for that piece again."""

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="waved_away")
    standard = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    waved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evidence", "standard", "code"], name="wave_away_once")
        ]
