"""A really issued certificate of the cast, with the files that its holder has of it."""

from __future__ import annotations

from dataclasses import dataclass

from bekwaam.domain.certificates.forms import Form
from bekwaam.services import ports
from bekwaam.services.publiclog.reads import proof_of
from bekwaam.store.models import Certificate, CertificateForm, Person, Procedure
from tests.cast import Cast, Point


@dataclass(frozen=True)
class Files:
    """What a holder can have downloaded."""

    procedure: Procedure
    row: Certificate
    pdf: bytes
    json: bytes
    jwt: bytes
    proof: bytes

    @property
    def number(self) -> str:
        return self.row.number

    @property
    def each(self) -> dict[str, bytes]:
        return {"pdf": self.pdf, "json": self.json, "jwt": self.jwt}


def files_of(cast: Cast, candidate: Person | None = None) -> Files:
    """Have a certificate issued, and return what its holder downloaded."""
    procedure = cast.bring_to(Point.ISSUED, candidate=candidate)
    row = Certificate.objects.select_related("file").get(procedure=procedure)
    forms = {form.form: form for form in CertificateForm.objects.filter(certificate=row)}
    experience = forms[Form.EXPERIENCE]
    proof = proof_of(experience.digest)
    assert proof is not None
    with ports.files().open(row.file.key) as paper:
        pdf = paper.read()
    token = forms[Form.EXPERIENCE_JWT].content
    return Files(procedure, row, pdf, experience.content.encode(), token.encode(), proof.text.encode())
