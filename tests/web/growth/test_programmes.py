"""Programmes of a school: loaded by its coordinator, read by who works there, seen by who learns there."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from bekwaam.frameworks.library import load_builtin
from bekwaam.services.audit import broken_contents
from bekwaam.services.errors import Refused
from bekwaam.services.frameworks.versions import framework_of, publish
from bekwaam.services.growth.catalogue_files import look_through
from bekwaam.services.growth.catalogues import CatalogueKind, load_catalogue, offers_for
from bekwaam.services.growth.goals import GoalInput, set_goal
from bekwaam.store.models import Catalogue, Person
from tests.cast import Cast, Point
from tests.services.growth.programmes import SHEET, programme_at

LogIn = Callable[[Person], Client]
KIND = CatalogueKind.PROGRAMME


def send(client: Client, cast: Cast, text: str) -> object:
    address = reverse("growth:programmes_on", args=[cast.provider.ref, "klein", "1"])
    return client.post(address, {"file": SimpleUploadedFile("matrix.csv", text.encode())}, follow=True)


def page(cast: Cast, key: str = "sociaal-werk") -> str:
    return reverse("growth:programme", args=[cast.provider.ref, "klein", "1", key])


def test_a_matrix_with_a_fault_loads_nothing_and_a_mended_one_is_read_by_who_works_there(
    cast: Cast, log_in: LogIn
) -> None:
    client = log_in(cast.coordinator)
    wrong = send(client, cast, SHEET.replace(";1.2;", ";1.22;"))
    text = wrong.content.decode()  # type: ignore[attr-defined]
    assert wrong.status_code == 422 and "E1" in text and "Bedoel je 1.2?" in text  # type: ignore[attr-defined]
    assert not Catalogue.objects.exists()
    assert "De opleidingen zijn geladen" in send(client, cast, SHEET).content.decode()  # type: ignore[attr-defined]
    assert not list(broken_contents())
    reader = log_in(cast.guide)
    listed = reader.get(reverse("growth:programme_list", args=[cast.provider.ref])).content.decode()
    assert page(cast) in listed and page(cast, "ad-sociaal-werk") in listed
    assert reverse("growth:programme_list", args=[cast.provider.ref]) in (
        reader.get(reverse("growth:where")).content.decode()
    )
    told = reader.get(page(cast)).content.decode()
    assert "Alles op het stadium startbekwaam" in told, "a training ends at the first stage"
    assert "Van de 4 onderdelen die gevraagd worden, brengt de opleiding je bij 1 ver genoeg" in told
    assert "Jaar 1 brengt al tot vakbekwaam, en Jaar 2 daarna tot startbekwaam" in told
    assert "alleen in Contact leggen" in told and "geen enkele module gaat hierover" in told
    assert "een gesprek met een acteur" in told


def test_it_is_laid_beside_another_target_and_taken_along(cast: Cast, log_in: LogIn) -> None:
    programme_at(cast)
    client = log_in(cast.guide)
    mature = client.get(page(cast), {"naast": "stadium-vakvolwassen"}).content.decode()
    assert "brengt de opleiding je bij 0 ver genoeg" in mature
    assert "Wat de standaard vraagt" in client.get(page(cast), {"naast": "standaard"}).content.decode()
    assert client.get(page(cast), {"naast": "onzin"}).status_code == 200
    answer = client.get(page(cast) + "rekenblad/", {"naast": "stadium-vakbekwaam"})
    book = load_workbook(BytesIO(answer.content))
    head, first = ([cell.value for cell in row] for row in list(book["Dekking"].iter_rows())[:2])
    told = dict(zip(head, first, strict=True))
    assert (told["Code"], told["Gevraagd"], told["Brengt tot"]) == ("1.1", "vakbekwaam", "vakbekwaam")
    grid = [[cell.value for cell in row] for row in book["Matrix"].iter_rows()]
    assert grid[0][-2:] == ["1.1", "1.2"] and grid[1][-2:] == ["vakbekwaam", "x"]


@pytest.mark.parametrize("query", ["", "?vorm=matrix", "?vorm=lijst&als=csv", "?vorm=matrix&als=csv"])
def test_there_is_a_template_of_every_shape(cast: Cast, log_in: LogIn, query: str) -> None:
    address = reverse("growth:programmes_template", args=[cast.provider.ref, "klein", "1"])
    answer = log_in(cast.coordinator).get(address + query)
    plain = "als=csv" in query
    assert (b"1.1" in answer.content) if plain and "matrix" in query else answer.status_code == 200
    assert answer["Content-Disposition"].rstrip('"').endswith(".csv" if plain else ".xlsx")
    assert query in {"", "?vorm=matrix"} or plain


def test_who_learns_here_sees_a_module_beside_a_goal_and_puts_it_in_their_plan(
    cast: Cast, log_in: LogIn
) -> None:
    programme_at(cast)
    goal = set_goal(cast.candidate, cast.standard, GoalInput(("1.1",), "startbekwaam", "Doorvragen."))
    client, address = log_in(cast.candidate), reverse("growth:goal", args=[goal.ref])
    assert "In de wijk" not in client.get(address).content.decode(), "a stranger to the school"
    cast.bring_to(Point.STARTED)
    told = client.get(address).content.decode()
    assert "In de wijk" in told and "Sociaal werk, Jaar 2" in told and "Contact leggen" not in told
    offer = next(one for one in offers_for(cast.candidate, cast.standard.pk) if one.name == "In de wijk")
    form = client.get(reverse("growth:activity_new", args=[goal.ref]), {"aanbod": offer.ref})
    assert "In de wijk" in form.content.decode()


def test_only_a_coordinator_loads_and_strangers_see_nothing(cast: Cast, log_in: LogIn) -> None:
    programme_at(cast)
    found = look_through(KIND, SHEET.encode(), "m.csv", framework_of(cast.standard), cast.provider).entries
    for somebody in (cast.guide, cast.auditor, cast.outsider, cast.candidate):
        with pytest.raises(Refused):
            load_catalogue(somebody, cast.provider, cast.standard, KIND, found, "m.csv")
    for stranger in (cast.outsider, cast.candidate):
        assert log_in(stranger).get(page(cast)).status_code == 404
    assert log_in(cast.guide).get(page(cast, "bestaat-niet")).status_code == 404
    log_in(cast.coordinator).post(
        reverse("growth:programmes_withdraw", args=[cast.provider.ref, "klein", "1"])
    )
    assert log_in(cast.guide).get(page(cast)).status_code == 404


def test_more_modules_take_no_more_queries(cast: Cast, log_in: LogIn) -> None:
    client, counts = log_in(cast.coordinator), []
    for number in (1, 80):
        programme_at(cast, SHEET + "".join(f"Sociaal werk;Module {n};Jaar 3;x;x;;\n" for n in range(number)))
        client.get(page(cast))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page(cast), {"page": "2"}).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 12


def test_the_real_standard_fits(cast: Cast, log_in: LogIn) -> None:
    mbo = publish(None, load_builtin("evc-sociaal-werker-mbo"))
    text = "Programma;Module;Competenties;Stadium\nSW;Alles;1.1, 2.1, 7.3;startbekwaam\n"
    looked = look_through(KIND, text.encode(), "lijst.csv", framework_of(mbo), cast.provider)
    load_catalogue(cast.coordinator, cast.provider, mbo, KIND, looked.entries, "lijst.csv")
    address = reverse("growth:programme", args=[cast.provider.ref, mbo.identifier, mbo.version, "sw"])
    told = log_in(cast.guide).get(address, {"naast": "functie-wijkcoach"}).content.decode()
    assert "Kwadrant" in told and "Werkwoord" in told and "<svg" in told
