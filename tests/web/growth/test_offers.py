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
from bekwaam.services.growth.goals import GoalInput, set_goal
from bekwaam.services.growth.offers import load_offers, look_through, offers_for
from bekwaam.store.models import OfferCatalogue, Person
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
    assert len(OfferCatalogue.objects.get().offers) == 3
    empty = client.post(reverse("growth:offers_on", args=[cast.provider.ref, "klein", "1"]))
    assert empty.status_code == 422 and "Kies een bestand" in empty.content.decode()


def test_what_is_loaded_anew_takes_the_place_and_the_old_one_is_kept(cast: Cast, log_in: LogIn) -> None:
    client = log_in(cast.coordinator)
    send(client, cast, SHEET)
    send(client, cast, SHEET.splitlines()[0] + "\nNieuw;;1.3;;\n")
    assert OfferCatalogue.objects.filter(withdrawn_at=None).get().offers[0]["name"] == "Nieuw"
    assert OfferCatalogue.objects.count() == 2 and not list(broken_contents())
    client.post(reverse("growth:offers_withdraw", args=[cast.provider.ref, "klein", "1"]))
    assert not OfferCatalogue.objects.filter(withdrawn_at=None).exists()
    assert (
        client.post(reverse("growth:offers_withdraw", args=[cast.provider.ref, "klein", "1"])).status_code
        == 404
    )
    template = client.get(reverse("growth:offers_template", args=[cast.provider.ref, "klein", "1"]))
    assert template.content[:2] == b"PK" and "leeraanbod-klein-1.xlsx" in template["Content-Disposition"]


def test_only_people_of_the_organisation_see_it_and_only_a_coordinator_loads(
    cast: Cast, log_in: LogIn
) -> None:
    rows = look_through(SHEET.encode(), "aanbod.csv", framework_of(cast.standard)).offers
    load_offers(cast.coordinator, cast.provider, cast.standard, rows, "aanbod.csv")
    assert offers_for(cast.guide, cast.standard.pk) and not offers_for(cast.outsider, cast.standard.pk)
    assert not offers_for(cast.candidate, cast.standard.pk)
    procedure = cast.bring_to(Point.ASSIGNED)
    assert len(offers_for(cast.candidate, cast.standard.pk)) == 3
    cast.candidate.procedures.filter(pk=procedure.pk).update(state="withdrawn")
    assert not offers_for(cast.candidate, cast.standard.pk)
    for somebody in (cast.guide, cast.auditor, cast.outsider, cast.candidate):
        with pytest.raises(Refused):
            load_offers(somebody, cast.provider, cast.standard, rows, "aanbod.csv")
