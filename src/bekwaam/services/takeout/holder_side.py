"""What the holder of a certificate has beside its paper: the other forms, and the links that show it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bekwaam.domain.certificates.forms import FORMS, Form, form_name
from bekwaam.services.audit import as_recorded
from bekwaam.store.models import Certificate, CertificateForm, Person, ShareLink
from bekwaam.store.models.shared import moment


@dataclass(frozen=True, slots=True)
class Forms:
    """Somebody's certificates in their other forms; ``whole`` are the keys of what is as it was issued."""

    rows: Mapping[int, list[CertificateForm]]
    whole: frozenset[int]

    def plain(self, certificate: Certificate) -> list[dict[str, Any]]:
        """Return the forms of a certificate; without content where it is not what was issued any more."""
        found = {Form(row.form): row for row in self.rows.get(certificate.pk, [])}
        return [
            {
                "form": form.value,
                "name": form_name(certificate.number, form),
                "media_type": FORMS[form].media_type,
                "content": found[form].content if found[form].pk in self.whole else None,
            }
            for form in Form
            if form in found
        ]


def forms_of(person: Person) -> Forms:
    """Return every form of somebody's certificates. Two queries."""
    rows = list(CertificateForm.objects.filter(certificate__procedure__candidate=person))
    found: dict[int, list[CertificateForm]] = defaultdict(list)
    for row in rows:
        found[row.certificate_id].append(row)
    return Forms(found, as_recorded(rows))


def links_of(person: Person) -> Mapping[int, list[ShareLink]]:
    """Return the links to somebody's certificates by the certificate's key, oldest first. Two queries."""
    rows = ShareLink.objects.filter(certificate__procedure__candidate=person).order_by("made_at", "pk")
    found: dict[int, list[ShareLink]] = defaultdict(list)
    for row in rows.prefetch_related("visits"):
        found[row.certificate_id].append(row)
    return found


def link_plain(row: ShareLink) -> dict[str, Any]:
    """Return a link as the document has it, with when it was opened; its address is known to nobody here."""
    return {
        "label": row.label,
        "depth": row.depth,
        "shows_name": row.shows_name,
        "made_at": moment(row.made_at),
        "until": moment(row.until),
        "withdrawn_at": moment(row.withdrawn_at),
        "visits": [moment(visit.at) for visit in row.visits.all()],
    }
