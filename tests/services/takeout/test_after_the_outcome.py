"""What came after the outcome comes along in a package, and can be read there."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from django.db import connection
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator

from bekwaam.domain.certificates.forms import Form, form_name
from bekwaam.domain.takeout.checking import schema
from bekwaam.services.certificates.sharing import note_visit
from bekwaam.services.objections.handling import answer
from bekwaam.store.models import CertificateForm
from tests.cast import Cast, Point
from tests.packages import document_in, taken_along
from tests.services.certificates.links import shown
from tests.services.objections.objecting import GROUNDS, decided_again


def test_an_objection_and_what_came_of_it_come_along(cast: Cast) -> None:
    procedure, _again, others = decided_again(cast, {"1.2": "vakbekwaam", "1.3": "not_shown"})
    answer(others.coordinator, procedure, "Deels gegrond: u liet het zien.", "nl")
    package = taken_along(cast.candidate)
    document = document_in(package)
    assert not list(Draft202012Validator(schema()).iter_errors(document))
    first, second = document["procedures"]
    (said,) = first["objections"]
    assert said["grounds"] == GROUNDS and said["answer"]["answer"] == "partly"
    assert [one["change"] for one in said["answer"]["differences"]] == ["higher", "same"]
    assert second["follows"] == {"number": procedure.number, "why": "objection", "units": ["1.2", "1.3"]}
    found = {finding["unit"]: finding for finding in second["outcome"]["findings"]}
    assert found["1.1"]["origin"]["procedure"] == procedure.number
    assert found["1.1"]["origin"]["pieces"] == ["Verhaal 1"] and "origin" not in found["1.2"]
    assert second["certificate"]["supersedes"] == first["certificate"]["number"]
    with ZipFile(BytesIO(package)) as archive:
        named = [name for name in archive.namelist() if name.endswith(".html")]
        pages = "".join(archive.read(name).decode() for name in named)
    assert GROUNDS in pages and "Deels gegrond: u liet het zien." in pages
    assert f"Opnieuw beoordeeld na bezwaar ({procedure.number})" in pages


def test_every_form_of_a_certificate_and_its_links_come_along(cast: Cast) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    note_visit(shown(procedure, label="Gemeente Assen").pk)
    changed = CertificateForm.objects.get(form=Form.EXPERIENCE_JWT)
    changed.content += "x"
    changed.save()
    with CaptureQueriesContext(connection) as asked:
        package = taken_along(cast.candidate)
    assert len(asked) <= 48
    document = document_in(package)
    assert not list(Draft202012Validator(schema()).iter_errors(document))
    told = document["procedures"][0]["certificate"]
    forms = {one["form"]: one["content"] for one in told["forms"]}
    assert [form for form, content in forms.items() if content is None] == [Form.EXPERIENCE_JWT]
    (link,) = told["links"]
    assert (link["label"], link["depth"], len(link["visits"])) == ("Gemeente Assen", "competences", 1)
    name = form_name(told["number"], Form.EXPERIENCE)
    with ZipFile(BytesIO(package)) as archive:
        assert archive.read(f"digitaal/{name}").decode() == forms[Form.EXPERIENCE]
        page = archive.read(next(n for n in archive.namelist() if n.startswith("trajecten/"))).decode()
    assert f"digitaal/{name}" in page and "Gemeente Assen" in page
