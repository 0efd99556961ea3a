"""What looking for personal data of others in a piece of evidence found; for its writer alone."""

from __future__ import annotations

from django.db import models

from bekwaam.store.models.portfolio import Evidence, StoredFile


class TextLook(models.Model):
    """Where a finder saw names in the texts of a piece.

    ``seen`` maps fields to the hash of the text and the places in it (``[from, up to]``). Of a name only the
    place is kept, so that it is not written down twice; in another text the places mean nothing.
    ``revision`` is that of the piece when it was looked at.
    """

    evidence = models.OneToOneField(Evidence, on_delete=models.CASCADE, related_name="look")
    finder = models.CharField(max_length=60)
    revision = models.PositiveIntegerField()
    seen = models.JSONField(default=dict)
    looked_at = models.DateTimeField()


class FileLook(models.Model):
    """What stood in a file that looks like personal data, and how reading it ended.

    ``finder`` is what looked for names then; empty when only forms were looked for. It goes with the file.
    """

    file = models.OneToOneField(StoredFile, on_delete=models.CASCADE, related_name="look")
    finder = models.CharField(max_length=60, blank=True)
    outcome = models.CharField(max_length=20)
    partly = models.BooleanField(default=False)
    marks = models.JSONField(default=list)
    looked_at = models.DateTimeField()
