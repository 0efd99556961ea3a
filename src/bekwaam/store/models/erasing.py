"""What is left when an account or a dossier was erased. Nothing here names anybody."""

from __future__ import annotations

from typing import Any

from django.db import models

from bekwaam.store.models.procedures import Procedure
from bekwaam.store.models.shared import moment


class KeptDossier(models.Model):
    """A finished dossier that stays although its candidate had their account erased, and until when.

    ``until`` is the last day, as it was told to the candidate: a term that the provider sets later does not
    change it. The row goes with the dossier.
    """

    procedure = models.OneToOneField(Procedure, on_delete=models.PROTECT, related_name="kept")
    until = models.DateField(db_index=True)
    erased_at = models.DateTimeField()

    def committed(self) -> dict[str, Any]:
        """Return which dossier is kept until when."""
        return {
            "procedure": self.procedure_id,
            "until": self.until.isoformat(),
            "erased_at": moment(self.erased_at),
        }


class ErasedCertificate(models.Model):
    """A certificate of which the content is gone: with the hash of its paper that can still be checked."""

    procedure = models.OneToOneField(Procedure, on_delete=models.PROTECT, related_name="erased_certificate")
    number = models.CharField(max_length=40, unique=True)
    file_sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    erased_at = models.DateTimeField()
    supersedes = models.CharField(max_length=40, blank=True)

    def committed(self) -> dict[str, Any]:
        """Return which paper was issued when, and which one it replaced."""
        content = {
            "procedure": self.procedure_id,
            "number": self.number,
            "file_sha256": self.file_sha256,
            "issued_at": moment(self.issued_at),
            "erased_at": moment(self.erased_at),
        }
        return {**content, "supersedes": self.supersedes} if self.supersedes else content


class ClosedLink(models.Model):
    """The link of a referee whose asker had their account erased: who opens it is told so.

    Kept for as long as the link would have worked; of the link itself only the hash, as before.
    """

    token_sha256 = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField(db_index=True)


class DoomedFile(models.Model):
    """A file that the store has to remove: written down with the write that lets it go, gone when done."""

    key = models.CharField(max_length=80)
    part = models.BooleanField(default=False)
