"""Handing out the certificate's paper, exactly as it was issued or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from bekwaam.domain.verdict import refused
from bekwaam.services import ports
from bekwaam.services.errors import NotFound, Refused
from bekwaam.store.models import Certificate, Procedure
from bekwaam.wording import N_


@dataclass(frozen=True, slots=True)
class Paper:
    """An open file with its name and media type."""

    content: BinaryIO
    name: str
    media_type: str


def fetch_certificate(procedure: Procedure) -> Paper:
    """Return the paper of a procedure's certificate. One query.

    Raises NotFound when none was issued, and Refused when the stored file is gone or no longer has the
    hash that the audit chain holds: a changed certificate is worse than none.
    """
    row = Certificate.objects.filter(procedure=procedure).select_related("file").first()
    if row is None:
        raise NotFound
    store = ports.files()
    try:
        intact = store.sha256(row.file.key) == row.file.sha256
    except FileNotFoundError:
        intact = False
    if not intact:
        raise Refused(
            refused(
                "certificate_changed",
                N_(
                    "The file of this certificate is gone or was changed after it was issued, so we do not "
                    "hand it out. Tell whoever runs this installation; the log says what it was."
                ),
            )
        )
    return Paper(store.open(row.file.key), row.file.name, row.file.media_type)
