"""What somebody brought in from a package: that they did, and what could only be carried along."""

from __future__ import annotations

from typing import Any

from django.db import models

from bekwaam.store.models.accounts import Person
from bekwaam.store.models.portfolio import Evidence, StoredFile
from bekwaam.store.models.shared import moment, ref_field


class BroughtIn(models.Model):
    """That somebody brought in a package, and what of it has no place of its own here.

    ``told`` counts what came in; ``rest`` holds what is somebody else's word or is about a framework that is
    not known here, in the form of the package, to be read and to be taken along again. ``made_at`` and
    ``name`` are what the package says of itself.
    """

    ref = ref_field()
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="brought_in")
    package_sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    name = models.CharField(max_length=200)
    told = models.JSONField(default=dict)
    rest = models.JSONField(default=dict)
    brought_in_at = models.DateTimeField()

    class Meta:
        ordering = ["-brought_in_at", "-pk"]

    def committed(self) -> dict[str, Any]:
        """Return which package it was, whose, and all that was carried along with it."""
        return {
            "owner": self.owner_id,
            "package_sha256": self.package_sha256,
            "made_at": moment(self.made_at),
            "name": self.name,
            "told": self.told,
            "rest": self.rest,
            "brought_in_at": moment(self.brought_in_at),
        }


class CarriedFile(models.Model):
    """A file that is named in what was carried along; ``path`` is how that names it."""

    brought_in = models.ForeignKey(BroughtIn, on_delete=models.CASCADE, related_name="files")
    path = models.CharField(max_length=200)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["brought_in", "path"], name="carry_a_file_once")]


class UnplacedTie(models.Model):
    """What a piece is tied to in a framework version, or by a code, that is not known here."""

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="unplaced_ties")
    identifier = models.CharField(max_length=80)
    version = models.CharField(max_length=40)
    code = models.CharField(max_length=40)
    why = models.TextField(blank=True)

    class Meta:
        ordering = ["identifier", "version", "code", "pk"]
