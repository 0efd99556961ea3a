"""Learning offers: loaded by a coordinator, seen beside a goal by the people of the organisation alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bekwaam.services.audit import broken_contents
from bekwaam.services.errors import Refused
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.services.growth.catalogue_files import look_through
from bekwaam.services.growth.catalogues import CatalogueKind, load_catalogue, offers_for
from bekwaam.services.growth.goals import GoalInput, set_goal
from bekwaam.services.growth.plan_reads import read_plan
from bekwaam.store.models import Catalogue, Person
from tests.cast import Cast, Point

LogIn = Callable[[Person], Client]
SHEET = (
    "Leeraanbod;Soort activiteit;Competenties;Op weg naar stadium;Link\n"
    "Doorvragen in de wijk;Intervisie;1.1;vakbekwaam;https://example.org/les\n"
    "Rustig blijven;Supervisie;1.2;;\n"
    "Voor later;Supervisie;1.1;vakvolwassen;\n"
)


def send(client: Client, cast: Cast, text: str) -> object:
    address = reverse("growth:offers_on", args=[cast.provider.ref, "klein", "1"])
    return client.post(address, {"file": SimpleUploadedFile("aanbod.csv", text.encode())}, follow=True)


def test_what_fits_a_goal_stands_beside_it_with_why_and_fills_in_the_plan(cast: Cast, log_in: LogIn) -> None:
    cast.bring_to(Point.STARTED)
    page = send(log_in(cast.coordinator), cast, SHEET).content.decode()  # type: ignore[attr-defined]
    assert "Het leeraanbod is geladen" in page and "Rustig blijven" in page
    goal = set_goal(cast.candidate, cast.standard, GoalInput(("1.1",), "vakbekwaam", "Doorvragen."))
    client = log_in(cast.candidate)
    page = client.get(reverse("growth:goal", args=[goal.ref])).content.decode()
    assert "Doorvragen in de wijk" in page and "EVC Huis Noord koppelt dit aan 1.1" in page
    assert "Rustig blijven" not in page and "Voor later" not in page
    offer = offers_for(cast.candidate, cast.standard.pk)[0]
    form = client.get(reverse("growth:activity_new", args=[goal.ref]), {"aanbod": offer.ref}).content.decode()
    assert "Doorvragen in de wijk, https://example.org/les" in form
    assert '<option value="peer_consultation" selected>' in form


def test_a_file_with_mistakes_loads_nothing_and_what_was_there_stays(cast: Cast, log_in: LogIn) -> None:
    client = log_in(cast.coordinator)
    send(client, cast, SHEET)
    answer = send(client, cast, SHEET + "Cursus;yoga;9.9;;\n")
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert answer.status_code == 422 and "Er is nog niets geladen" in page  # type: ignore[attr-defined]
    assert "In dit kader staat geen 9.9" in page and "yoga" in page
    assert len(Catalogue.objects.get().entries) == 3
    empty = client.post(reverse("growth:offers_on", args=[cast.provider.ref, "klein", "1"]))
    assert empty.status_code == 422 and "Kies een bestand" in empty.content.decode()


def test_what_is_loaded_anew_takes_the_place_and_the_old_one_is_kept(cast: Cast, log_in: LogIn) -> None:
    client = log_in(cast.coordinator)
    send(client, cast, SHEET)
    send(client, cast, SHEET.splitlines()[0] + "\nNieuw;;1.3;;\n")
    assert Catalogue.objects.filter(withdrawn_at=None).get().entries[0]["name"] == "Nieuw"
    assert Catalogue.objects.count() == 2 and not list(broken_contents())
    client.post(reverse("growth:offers_withdraw", args=[cast.provider.ref, "klein", "1"]))
    assert not Catalogue.objects.filter(withdrawn_at=None).exists()
    assert (
        client.post(reverse("growth:offers_withdraw", args=[cast.provider.ref, "klein", "1"])).status_code
        == 404
    )
    template = client.get(reverse("growth:offers_template", args=[cast.provider.ref, "klein", "1"]))
    assert template.content[:2] == b"PK" and "leeraanbod-klein-1.xlsx" in template["Content-Disposition"]


def test_only_people_of_the_organisation_see_it_and_only_a_coordinator_loads(
    cast: Cast, log_in: LogIn
) -> None:
    kind, framework = CatalogueKind.OFFERS, framework_of(cast.standard)
    found = look_through(kind, SHEET.encode(), "aanbod.csv", framework, cast.provider).entries
    load_catalogue(cast.coordinator, cast.provider, cast.standard, kind, found, "aanbod.csv")
    assert offers_for(cast.guide, cast.standard.pk) and not offers_for(cast.outsider, cast.standard.pk)
    assert not offers_for(cast.candidate, cast.standard.pk)
    procedure = cast.bring_to(Point.ASSIGNED)
    assert len(offers_for(cast.candidate, cast.standard.pk)) == 3
    cast.candidate.procedures.filter(pk=procedure.pk).update(state="withdrawn")
    assert not offers_for(cast.candidate, cast.standard.pk)
    for somebody in (cast.guide, cast.auditor, cast.outsider, cast.candidate):
        with pytest.raises(Refused):
            load_catalogue(somebody, cast.provider, cast.standard, kind, found, "aanbod.csv")


def test_a_function_of_ones_organisation_can_be_chosen_and_strangers_never_see_it(
    cast: Cast, log_in: LogIn
) -> None:
    cast.bring_to(Point.STARTED)
    address = reverse("growth:own_profiles_on", args=[cast.provider.ref, "klein", "1"])
    sheet = "Functie;Functieboek;Competenties;Stadium;Waarom\nWijkwerker;FB-12;1.1, 1.2;vakbekwaam;{}\n"
    wrong = log_in(cast.coordinator).post(address, {"file": file(sheet.format(""))})
    assert wrong.status_code == 422 and "Zeg waarom dit gevraagd wordt" in wrong.content.decode()
    odd = sheet.replace("1.1, 1.2", "1.1, 9.9").format("Zonder contact niets.")
    unknown = log_in(cast.coordinator).post(address, {"file": file(odd)})
    assert unknown.status_code == 422 and "In dit kader staat geen 9.9" in unknown.content.decode()
    assert not Catalogue.objects.exists()
    page = log_in(cast.coordinator).post(
        address, {"file": file(sheet.format("Zonder contact niets."))}, follow=True
    )
    assert "De functieprofielen zijn geladen" in page.content.decode()
    client = log_in(cast.candidate)
    code = f"{cast.provider.ref}-wijkwerker"
    assert f"klein@1/functie-{code}" in client.get(reverse("growth:where")).content.decode()
    profile = client.get(reverse("growth:profile", args=["eigen", code])).content.decode()
    assert "Dit profiel is van EVC Huis Noord" in profile and "FB-12" in profile
    gap = reverse("growth:gap", args=["klein", "1", f"functie-{code}"])
    assert "Zonder contact niets." in client.get(gap).content.decode()
    new = reverse("growth:goal_new") + f"?kader=klein@1&naar=functie-{code}&code=1.1"
    client.post(new, {"words": "Leren.", "codes": ["1.1"], "value": "vakbekwaam", "by": ""})
    (goal,) = read_plan(cast.candidate).open
    assert (
        goal.aim is not None and gap in client.get(reverse("growth:goal", args=[goal.ref])).content.decode()
    )
    stranger = log_in(cast.outsider)
    assert code not in stranger.get(reverse("growth:where")).content.decode()
    for hidden in (gap, reverse("growth:profile", args=["eigen", code])):
        assert stranger.get(hidden).status_code == 404
    assert Client().get(reverse("growth:profile", args=["eigen", code])).status_code == 404
    log_in(cast.coordinator).post(
        reverse("growth:own_profiles_withdraw", args=[cast.provider.ref, "klein", "1"])
    )
    assert client.get(gap).status_code == 404 and read_plan(cast.candidate).open[0].aim is None


def file(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("functies.csv", text.encode())
