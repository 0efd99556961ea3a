"""A certificate in all its forms, what opens its hashes, and what its holder shares of it."""

from __future__ import annotations

from typing import Any

from django.db import models

from bekwaam.domain.certificates.forms import Form
from bekwaam.domain.certificates.share import Depth
from bekwaam.store.models.accounts import Person
from bekwaam.store.models.certificates import Certificate
from bekwaam.store.models.procedures import Procedure
from bekwaam.store.models.shared import moment, ref_field


class NameChoice(models.Model):
    """Whether the credential may show the candidate's name for anyone to read; a new choice is a new row."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="name_choices")
    shows = models.BooleanField()
    chosen_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()

    class Meta:
        ordering = ["chosen_at", "pk"]

    def committed(self) -> dict[str, Any]:
        """Return what was chosen, by whom and when."""
        return {
            "procedure": self.procedure_id,
            "shows": self.shows,
            "chosen_by": self.chosen_by_id,
            "chosen_at": moment(self.chosen_at),
        }


class CertificateSecret(models.Model):
    """What all salts of a certificate's hashes are made of; when it goes, they say nothing any more."""

    certificate = models.OneToOneField(Certificate, on_delete=models.CASCADE, related_name="secret")
    secret = models.CharField(max_length=64)


class CertificateForm(models.Model):
    """One form of a certificate, beside its paper, exactly as it is handed out.

    ``digest`` is by what a signed credential is known in the log, and ``leaf`` its place there; both are
    empty for the European export, which nobody signed.
    """

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="forms")
    form = models.CharField(max_length=20, choices=[(f.value, f.value) for f in Form])
    content = models.TextField()
    digest = models.CharField(max_length=120, blank=True, db_index=True)
    leaf = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["certificate", "form"]
        constraints = [models.UniqueConstraint(fields=["certificate", "form"], name="one_of_each_form")]

    def committed(self) -> dict[str, Any]:
        """Return which form it is of which certificate, and all of it."""
        return {
            "certificate": self.certificate_id,
            "form": str(self.form),
            "content": self.content,
            "digest": self.digest,
            "leaf": self.leaf,
        }


class ShareLink(models.Model):
    """A link with which its holder shows a certificate, as deep as they chose, until a day they chose.

    ``token`` is the SHA-256 of the secret part of the address: who reads the table cannot use the link.
    """

    ref = ref_field()
    certificate = models.ForeignKey(Certificate, on_delete=models.CASCADE, related_name="share_links")
    token = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=120, blank=True)
    depth = models.CharField(max_length=20, choices=[(d.value, d.value) for d in Depth])
    shows_name = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]


class ShareVisit(models.Model):
    """That somebody opened a link, and when: nothing else of them is kept."""

    link = models.ForeignKey(ShareLink, on_delete=models.CASCADE, related_name="visits")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
