"""Objections and new assessments come along in a package, and can be read there."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from jsonschema import Draft202012Validator

from bekwaam.domain.takeout.checking import schema
from bekwaam.services.objections.handling import answer
from tests.cast import Cast
from tests.packages import document_in, taken_along
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
