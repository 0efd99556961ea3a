"""The pages of teams: what stands on them of whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from bekwaam.domain.growth.gap import Layer
from bekwaam.domain.teams.members import Share
from bekwaam.services import clock
from bekwaam.services.teams import exporting
from bekwaam.services.teams.exporting import asked_for
from bekwaam.services.teams.making import invite, remove_member
from bekwaam.services.teams.reports import make_report
from bekwaam.services.teams.sharing import stop_sharing
from bekwaam.store.models import Person
from tests.cast import Cast
from tests.services.teams.teams import group, place, rated, shares, team_of

LogIn = Callable[[Person], Client]


def test_the_spreadsheet_holds_what_is_shared_when_it_is_taken(cast: Cast, log_in: LogIn) -> None:
    one, other = group(cast, 2)
    team = team_of(cast, one, other)
    for person in (one, other):
        rated(person, cast.standard, {"1.1": "vakbekwaam"})
        shares(person, team, Layer.SELF)
    stop_sharing(other, team.ref)
    answer = log_in(cast.guide).get(reverse("teams:sheet", args=[team.ref]))
    sheet = load_workbook(BytesIO(answer.content))["Dekking"]
    head, first, *_rest = [[cell.value for cell in row] for row in sheet.iter_rows()]
    told = dict(zip(head, first, strict=True))
    assert (told[one.name], told[other.name], told["Gedekt door"]) == ("vakbekwaam", "niet gedeeld", 1)


def test_above_a_team_no_member_is_named(cast: Cast, log_in: LogIn) -> None:
    people = group(cast, 6)
    team = team_of(cast, *people)
    for person in people:
        rated(person, cast.standard, {"1.1": "vakbekwaam"})
        shares(person, team, Layer.SELF)
    for per_team in (True, False):
        make_report(cast.coordinator, cast.provider, cast.standard, Layer.SELF, per_team=per_team)
        address = reverse("teams:overview", args=[cast.provider.ref])
        text = log_in(cast.coordinator).get(f"{address}?per={'team' if per_team else ''}").content.decode()
        assert "6 mensen" in text
        assert not [one for one in people if one.name in text or one.email in text]


def test_a_report_too_many_is_refused_in_words_and_the_one_before_stays(cast: Cast, log_in: LogIn) -> None:
    people = group(cast, 6)
    team = team_of(cast, *people)
    for person in people:
        rated(person, cast.standard, {"1.1": "vakbekwaam"})
        shares(person, team, Layer.SELF)
    client, address = log_in(cast.coordinator), reverse("teams:overview", args=[cast.provider.ref])
    assert client.post(address).status_code == 302
    stop_sharing(people[0], team.ref)
    answer = client.post(address)
    assert answer.status_code == 409 and "6 mensen" in answer.content.decode()
    assert "minder dan 5 mensen" in answer.content.decode()


def test_a_lead_on_an_old_page_is_told_that_somebody_left(cast: Cast, log_in: LogIn) -> None:
    team = team_of(cast, cast.candidate)
    address = reverse("teams:remove", args=[team.ref, place(cast.candidate, team).ref])
    client = log_in(cast.guide)
    assert client.get(address).status_code == 200
    remove_member(cast.guide, team.ref, place(cast.candidate, team).ref)
    answer = client.post(address)
    assert answer.status_code == 403 and "niet meer in het team" in answer.content.decode()


def test_the_overview_shows_people_by_stage_and_gathered(cast: Cast, log_in: LogIn) -> None:
    people = group(cast, 10)
    team = team_of(cast, *people)
    for number, person in enumerate(people):
        rated(person, cast.standard, {"1.1": "vakbekwaam" if number < 5 else "startbekwaam"})
        shares(person, team, Layer.SELF)
    address = reverse("teams:overview", args=[cast.provider.ref])
    client = log_in(cast.coordinator)
    client.post(address)
    text = client.get(address).content.decode()
    assert 'data-label="vakbekwaam tot en met vakvolwassen">5<' in text
    assert "niet te splitsen" in text and "50%" in text
    assert "Op wat gevraagd is of hoger" in text and "Samengenomen" in text


def test_teams_stand_beside_each_other_by_name_only_where_there_are_two(cast: Cast, log_in: LogIn) -> None:
    address = reverse("teams:overview", args=[cast.provider.ref]) + "?per=team"
    client = log_in(cast.coordinator)
    for start, name, beside in ((0, "Zuid", False), (5, "Noord", True)):
        team = team_of(cast, *(people := group(cast, 5, start)), name=name)
        for person in people:
            rated(person, cast.standard, {"1.1": "vakbekwaam"})
            shares(person, team, Layer.SELF)
        client.post(address)
        text = client.get(address).content.decode()
        assert ("Teams naast elkaar" in text) is beside
    assert 0 < text.index('<span class="small">Noord') < text.index('<span class="small">Zuid')


def test_over_time_shows_who_chose_it_and_falls_back_to_everybody(cast: Cast, log_in: LogIn) -> None:
    people = group(cast, 10)
    team = team_of(cast, *people)
    for number, person in enumerate(people):
        rated(person, cast.standard, {"1.1": "vakbekwaam" if number < 5 else "none"})
        shares(person, team, Layer.SELF)
    make_report(cast.coordinator, cast.provider, cast.standard, Layer.SELF)
    address = reverse("teams:over_time", args=[cast.provider.ref])
    client = log_in(cast.coordinator)
    for query, found in (("", True), (f"?van={team.ref}", False), ("?van=nergens", True)):
        text = client.get(address + query).content.decode()
        assert ("Er is tot nu toe één overzicht" in text) is found
    assert not [one for one in people if one.name in text or one.email in text]


def test_who_takes_no_part_sees_nothing_of_the_sector_and_can_change_that(cast: Cast, log_in: LogIn) -> None:
    client, address = log_in(cast.coordinator), reverse("teams:sector", args=[cast.provider.ref])
    assert "Doet je organisatie mee?" in client.get(address).content.decode()
    text = client.post(address, {"keuze": "ja"}, follow=True).content.decode()
    assert "Er moeten nog 5 organisaties meedoen" in text and "Stoppen met meedoen" in text
    text = client.post(address, {"keuze": "nee"}, follow=True).content.decode()
    assert "Doet je organisatie mee?" in text and "Er moeten nog" not in text


def test_a_file_for_research_is_handed_over_or_refused_in_words(cast: Cast, log_in: LogIn) -> None:
    people = group(cast, 5)
    team = team_of(cast, *people)
    client, address = log_in(cast.coordinator), reverse("teams:research", args=[cast.provider.ref])
    for person in people:
        rated(person, cast.standard, {"1.1": "vakbekwaam"})
    answer = client.post(address, {"vorm": "csv"})
    assert answer.status_code == 409 and "Minder dan 5 mensen" in answer.content.decode()
    for person in people:
        shares(person, team, Layer.SELF, Share.ANALYSIS)
    for form in ("csv", "parquet"):
        answer = client.post(address, {"vorm": form})
        assert answer.status_code == 200 and answer["Content-Type"] == "application/zip"
        assert answer["Cache-Control"] == "private, no-store"
        with ZipFile(BytesIO(b"".join(answer))) as archive:  # type: ignore[arg-type]
            assert archive.namelist() == [f"gegevens.{form}", "leesmij.md"]
    own = log_in(people[0]).get(reverse("teams:share", args=[team.ref])).content.decode()
    assert "nam de organisatie 2 bestanden mee" in own


def test_a_large_file_for_research_is_made_in_the_background_and_stands_on_the_page(
    cast: Cast,
    log_in: LogIn,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    monkeypatch.setattr(exporting, "MOST_NOW", 4)
    people = group(cast, 5)
    team = team_of(cast, *people)
    for person in people:
        rated(person, cast.standard, {"1.1": "vakbekwaam"})
        shares(person, team, Layer.SELF, Share.ANALYSIS)
    client, address = log_in(cast.coordinator), reverse("teams:research", args=[cast.provider.ref])
    with django_capture_on_commit_callbacks() as later:
        waits = client.post(address, {"vorm": "csv"}, follow=True).content.decode()
    assert "0 van de 5 mensen" in waits and 'hx-trigger="every 3s"' in waits
    assert "doet niemand het werk op de achtergrond" in waits
    for job in later:
        job()
    page = client.get(address).content.decode()
    assert "klaar. Het blijft staan tot" in page and "hx-trigger" not in page
    link = reverse("teams:research_file", args=[cast.provider.ref, asked_for(cast.provider)[0].ref])
    assert link in page
    answer = client.get(link)
    assert answer["Content-Type"] == "application/zip" and answer["Cache-Control"] == "private, no-store"
    with ZipFile(BytesIO(b"".join(answer))) as archive:  # type: ignore[arg-type]
        assert archive.namelist() == ["gegevens.csv", "leesmij.md"]
    stop_sharing(people[0], team.ref)
    answer = client.get(link)
    assert answer.status_code == 409 and "trok zich terug" in answer.content.decode()
    assert client.get(link).status_code == 404


def test_an_expired_invitation_says_so_and_the_lead_invites_again(cast: Cast, log_in: LogIn) -> None:
    team = team_of(cast)
    with clock.at(clock.now() - timedelta(days=61)):
        invite(cast.guide, team.ref, cast.candidate.email)
    late, mine, people = "Deze uitnodiging is verlopen", log_in(cast.candidate), log_in(cast.guide)
    share_page = reverse("teams:share", args=[team.ref])
    assert late in mine.get(reverse("teams:home")).content.decode()
    assert late in mine.get(share_page).content.decode()
    assert late in mine.post(share_page, {"seen": "none"}).content.decode()
    assert "verlopen</span>" in people.get(reverse("teams:people", args=[team.ref])).content.decode()
    people.post(reverse("teams:people", args=[team.ref]), {"emails": cast.candidate.email})
    assert "Doe mee met het team" in mine.get(share_page).content.decode()
    mine.post(share_page, {"seen": "none", "laag": ["self"]})
    assert cast.candidate.name in people.get(reverse("teams:people", args=[team.ref])).content.decode()


def test_teams_are_in_the_menu_and_a_coordinator_goes_on_to_those_of_the_house(
    cast: Cast, log_in: LogIn
) -> None:
    home, above = reverse("teams:home"), reverse("teams:overview", args=[cast.provider.ref])
    for person in (cast.guide, cast.candidate, cast.coordinator):
        client = log_in(person)
        menu = client.get("/").content.decode().split("</header>")[0]
        assert menu.count(f'href="{home}"') == 1
        assert (f'href="{above}"' in client.get(home).content.decode()) is (person == cast.coordinator)


def test_a_new_team_says_what_it_misses(cast: Cast, log_in: LogIn) -> None:
    page = log_in(cast.coordinator).post(reverse("teams:new", args=[cast.provider.ref]), {"lead": ""})
    words = page.content.decode()
    assert (
        page.status_code == 422 and "Geef het team een naam." in words and "Zeg wie het team leidt." in words
    )
