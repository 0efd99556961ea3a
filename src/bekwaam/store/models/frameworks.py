"""Framework versions: drafts and published ones, links between them, and wording of an organisation's own."""

from __future__ import annotations

from typing import Any

from django.db import models

from bekwaam.store.models.accounts import Person, Provider
from bekwaam.store.models.shared import moment, ref_field
from bekwaam.trust.canonical import hash_of


class FrameworkVersion(models.Model):
    """One version of a framework, published and immutable; dossiers are pinned to a row of this.

    ``document`` is the lossless form of :mod:`bekwaam.frameworks.document`, ``sha256`` its hash. ``owner``
    is the organisation whose framework it is, none for what comes with the product. ``retired_at`` says
    since when nothing new is started on it; what runs on it goes on.
    """

    identifier = models.CharField(max_length=80)
    version = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    title = models.JSONField()
    document = models.JSONField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    owner = models.ForeignKey(
        Provider, on_delete=models.PROTECT, null=True, blank=True, related_name="framework_versions"
    )
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["identifier", "version"]
        constraints = [models.UniqueConstraint(fields=["identifier", "version"], name="one_row_per_version")]

    def __str__(self) -> str:
        return f"{self.identifier} {self.version}"

    def committed(self) -> dict[str, Any]:
        """Return what may not change."""
        return {
            "identifier": self.identifier,
            "version": self.version,
            "kind": self.kind,
            "title": self.title,
            "document": self.document,
            "sha256": self.sha256,
            # Only where there is one, so that what was vouched for before these were known still holds.
            **({"owner": self.owner_id} if self.owner_id else {}),
            **({"retired_at": moment(self.retired_at)} if self.retired_at else {}),
        }


class FrameworkDraft(models.Model):
    """A version that an organisation is still working on. Only its own people see it.

    ``document`` has the lossless form of :mod:`bekwaam.frameworks.document`, but may have gaps. ``revision``
    goes up with every change, so that two people at work notice each other. ``waiting`` holds what was read
    from a spreadsheet and has not been taken over yet: the good rows as a document, and what is to mend.
    """

    ref = ref_field()
    owner = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="framework_drafts")
    identifier = models.CharField(max_length=80)
    version = models.CharField(max_length=40)
    title = models.JSONField()
    document = models.JSONField()
    waiting = models.JSONField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    started_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["identifier", "version"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "identifier", "version"], name="one_draft_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.identifier} {self.version}"


class CrosswalkDraft(models.Model):
    """Links between two versions that an organisation is still gathering. Only its own people see them.

    ``links`` are those that are sound, in the form of :mod:`bekwaam.frameworks.crosswalk_document`;
    ``faults`` and ``repairs`` what the last file that was loaded had to say, as plain JSON.
    """

    ref = ref_field()
    owner = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="crosswalk_drafts")
    title = models.JSONField()
    from_identifier = models.CharField(max_length=80)
    from_version = models.CharField(max_length=40)
    to_identifier = models.CharField(max_length=80)
    to_version = models.CharField(max_length=40)
    links = models.JSONField(default=list)
    faults = models.JSONField(default=list)
    repairs = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return str(self.title["nl"])


class PublishedCrosswalk(models.Model):
    """An organisation's own links between two versions, published and immutable.

    ``document`` is the crosswalk as plain JSON data, ``sha256`` the hash of its canonical form.
    """

    identifier = models.CharField(max_length=80, unique=True)
    owner = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="crosswalks")
    title = models.JSONField()
    from_identifier = models.CharField(max_length=80)
    from_version = models.CharField(max_length=40)
    to_identifier = models.CharField(max_length=80)
    to_version = models.CharField(max_length=40)
    document = models.JSONField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["identifier"]
        indexes = [
            models.Index(fields=["from_identifier", "from_version"], name="crosswalk_from"),
            models.Index(fields=["to_identifier", "to_version"], name="crosswalk_to"),
        ]

    def __str__(self) -> str:
        return self.identifier

    def committed(self) -> dict[str, Any]:
        """Return what may not change."""
        return {
            "identifier": self.identifier,
            "owner": self.owner_id,
            "document": self.document,
            "sha256": self.sha256,
        }


class Wording(models.Model):
    """Texts of an organisation's own that its people see in place of ours, for one framework version.

    ``texts`` holds by code what replaces what: ``{"1.1": {"title": {"nl": "..."}, "text": {"nl": "..."}}}``;
    a language that is not there keeps our text. ``whose`` says whose words they are, ``right`` why they may
    be used. What is loaded anew replaces the row by a new one; the old one is then ``withdrawn_at``. The
    ``sha256`` is of all of this and of who loaded it when, so that a row is known by it alone.
    """

    owner = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="wordings")
    identifier = models.CharField(max_length=80)
    version = models.CharField(max_length=40)
    texts = models.JSONField()
    whose = models.CharField(max_length=200)
    right = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    loaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["identifier", "version", "-loaded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "identifier", "version"],
                condition=models.Q(withdrawn_at=None),
                name="one_wording_in_use",
            )
        ]

    def __str__(self) -> str:
        return f"{self.identifier} {self.version}"

    def committed(self) -> dict[str, Any]:
        """Return whose wording it is, of what, and whether it is still in use; the texts only as a hash."""
        return {
            "owner": self.owner_id,
            "identifier": self.identifier,
            "version": self.version,
            "sha256": self.sha256,
            "texts": hash_of(self.texts),
            "whose": self.whose,
            "right": self.right,
            "loaded_at": moment(self.loaded_at),
            "withdrawn_at": moment(self.withdrawn_at),
        }


class CaseIdentifier(models.Model):
    """Where an identifier of the CASE exchange is found: in which version, as what.

    Kept so that an address with nothing but an identifier in it is answered without opening every version.
    """

    uuid = models.UUIDField(primary_key=True)
    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="case_identifiers")
    entity = models.CharField(max_length=30)

    def __str__(self) -> str:
        return f"{self.entity} {self.uuid}"
