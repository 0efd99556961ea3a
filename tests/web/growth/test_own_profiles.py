"""Pages of own function profiles: written, changed, a colleague's work kept; used by people and teams."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bekwaam.domain.growth.gap import Layer
from bekwaam.domain.growth.profile_editing import DemandInput
from bekwaam.frameworks.function_profile import FunctionProfile
from bekwaam.frameworks.function_profile_document import profile_hash
from bekwaam.services import clock
from bekwaam.services.drafts import load_draft, save_draft
from bekwaam.services.frameworks.versions import framework_of, publish
from bekwaam.services.growth.goals import GoalInput, set_goal
from bekwaam.services.growth.own_profiles import profiles_at, remove_profile, save_profile
from bekwaam.store.models import Catalogue, Draft, FrameworkVersion, Person
from tests.cast import Cast, Point
from tests.services.teams.teams import group, rated, shares, team_of
from tests.web.growth.own_profiles import changed, given, mbo, written

LogIn = Callable[[Person], Client]


@pytest.fixture
def version(cast: Cast) -> FrameworkVersion:
    return mbo()


def at(cast: Cast, page: str, *rest: str) -> str:
    return reverse(
        f"growth:own_profile{page}", args=[cast.provider.ref, "evc-sociaal-werker-mbo", "1.0", *rest]
    )


def sent(profile: FunctionProfile, **changes: str) -> dict[str, str]:
    """Return what a form sends that shows ``profile``; names of fields with ``__`` for a code."""
    values = {"name_nl": profile.name.nl, "text_nl": profile.text.nl, "book": profile.function_book}
    values |= {"seen": profile_hash(profile), "book_url": profile.function_book_url}
    for one in profile.demands:
        values |= {f"stage-{one.code}": one.stage or "", f"reason-{one.code}": one.reason.nl}
    return {**values, **changes}


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(
    cast: Cast, version: FrameworkVersion, log_in: LogIn
) -> None:
    client = log_in(cast.coordinator)
    typed = {"name_nl": "", "book_url": "ftp://x", "text_nl": "Het werk.", "stage-2.1": "vakbekwaam"}
    answer = client.post(at(cast, "_new") + "?van=leeg", typed)
    page = answer.content.decode()
    assert answer.status_code == 422 and not Catalogue.objects.exists()
    assert "Zeg hoe de functie heet." in page and "Het werk." in page and 'value="ftp://x"' in page
    answer = client.post(at(cast, "_new") + "?van=leeg", {**typed, "name_nl": "Coach"})
    page = answer.content.decode()
    assert 'href="#id_reason-2.1"' in page and "Zeg waarom dit gevraagd wordt." in page
    assert "Dit is geen adres van een pagina" in page
    assert 'name="stage-2.1" value="vakbekwaam" checked' in page
    nothing = client.post(at(cast, "_new") + "?van=leeg", {"name_nl": "Coach"})
    assert nothing.status_code == 422 and "Een profiel vraagt iets." in nothing.content.decode()


def test_what_is_typed_is_kept_and_forgotten_once_it_is_saved(
    cast: Cast, version: FrameworkVersion, log_in: LogIn
) -> None:
    first = written(cast, version)
    client = log_in(cast.coordinator)
    address = at(cast, "_change", first.code)
    key = f"functie:{cast.provider.ref}:{version.pk}:{first.code}"
    assert f"/concept/{key}" in client.get(address).content.decode()
    save_draft(cast.coordinator, key, {name: [value] for name, value in sent(first, book="FB-99").items()})
    assert "FB-99" in client.get(address).content.decode()
    answer = client.post(address, sent(first, book="FB-99"), follow=True)
    assert "is opgeslagen" in answer.content.decode() and load_draft(cast.coordinator, key) is None
    assert profiles_at(cast.provider, version)[0].function_book == "FB-99" and not Draft.objects.exists()


def test_a_colleague_who_was_first_is_shown_and_saving_once_more_is_a_choice(
    cast: Cast, version: FrameworkVersion, log_in: LogIn
) -> None:
    first = written(cast, version)
    theirs = changed(cast, version, first, book="FB-13", demands=given(first).demands[1:])
    client = log_in(cast.coordinator)
    address = at(cast, "_change", first.code)
    mine = sent(first, book="FB-14")
    answer = client.post(address, mine)
    page = answer.content.decode()
    assert answer.status_code == 409 and 'value="FB-14"' in page
    assert "Een collega wijzigde dit terwijl je schreef" in page or "collega" in page
    assert f"{first.demands[0].code} " in page and "wordt voortaan gevraagd" in page
    assert profiles_at(cast.provider, version) == (theirs,)
    assert profile_hash(theirs) in page
    client.post(address, {**mine, "seen": profile_hash(theirs)})
    assert profiles_at(cast.provider, version)[0].function_book == "FB-14"


def test_a_profile_that_a_colleague_took_out_can_be_saved_as_a_new_one(
    cast: Cast, version: FrameworkVersion, log_in: LogIn
) -> None:
    first = written(cast, version)
    remove_profile(cast.coordinator, cast.provider, version, first.code, profile_hash(first))
    client = log_in(cast.coordinator)
    answer = client.post(at(cast, "_change", first.code), sent(first))
    page = answer.content.decode()
    assert answer.status_code == 409 and "haalde dit profiel eruit" in page
    assert f'action="{at(cast, "_new")}?van=leeg"' in page
    client.post(at(cast, "_new") + "?van=leeg", sent(first))
    assert [one.name.nl for one in profiles_at(cast.provider, version)] == ["Wijkcoach Noord"]
    assert client.get(at(cast, "_change", "niets")).status_code == 404
    assert client.get(at(cast, "_remove", "niets")).status_code == 404


def test_taking_out_asks_first_and_notices_a_colleague(
    cast: Cast, version: FrameworkVersion, log_in: LogIn
) -> None:
    first = written(cast, version)
    client = log_in(cast.coordinator)
    address = at(cast, "_remove", first.code)
    assert profile_hash(first) in client.get(address).content.decode()
    now = changed(cast, version, first, book="FB-13")
    answer = client.post(address, {"seen": profile_hash(first)})
    assert answer.status_code == 409 and profiles_at(cast.provider, version) == (now,)
    assert (
        "is eruit gehaald" in client.post(address, {"seen": profile_hash(now)}, follow=True).content.decode()
    )
    assert not profiles_at(cast.provider, version)


def test_only_who_may_load_gets_in(cast: Cast, version: FrameworkVersion, log_in: LogIn) -> None:
    first = written(cast, version)
    pages = [
        at(cast, "s_list"),
        at(cast, "_new"),
        at(cast, "_change", first.code),
        at(cast, "_remove", first.code),
    ]
    for somebody, status in (
        (cast.guide, 403),
        (cast.auditor, 403),
        (cast.outsider, 404),
        (cast.candidate, 404),
    ):
        client = log_in(somebody)
        assert [client.get(page).status_code for page in pages] == [status] * len(pages)
        assert client.post(pages[-1], {"seen": profile_hash(first)}).status_code == status
        assert client.post(pages[-2], sent(first, book="X")).status_code == status
    assert profiles_at(cast.provider, version) == (first,)


def test_the_wheel_beside_the_form_shows_what_is_asked_so_far(
    cast: Cast, version: FrameworkVersion, log_in: LogIn
) -> None:
    values = {
        "stage-1.1": "vakvolwassen",
        "stage-L1": "vakbekwaam",
        "stage-9.9": "vakbekwaam",
        "stage-1.2": "x",
    }
    page = log_in(cast.coordinator).post(at(cast, "_wheel"), values).content.decode()
    assert "Gevraagd: 2 van 28 onderdelen" in page and "<svg" in page
    assert 'id="group-0-count" hx-swap-oob="true">1 van 2 gevraagd' in page


def test_a_copy_for_another_version_says_what_it_left_out(
    cast: Cast, version: FrameworkVersion, log_in: LogIn
) -> None:
    first = written(cast, version)
    framework = framework_of(version)
    left = first.demands[0].code
    items = tuple(item for item in framework.items if item.code != left and (item.parent or "") != left)
    publish(None, replace(framework, version="2.0", items=items, rule=None, kind="framework"))
    new = reverse("growth:own_profile_new", args=[cast.provider.ref, version.identifier, "2.0"])
    client = log_in(cast.coordinator)
    assert "Van jullie zelf, op een andere versie" in client.get(new).content.decode()
    page = client.get(f"{new}?van=eigen/{first.code}/1.0").content.decode()
    assert f"zijn weggelaten: {left}." in page.replace("\n", " ") and "Wijkcoach Noord" in page
    assert "Er is een nieuwere versie van dit kader: 2.0" in client.get(at(cast, "s_list")).content.decode()


def test_people_see_whose_it_is_the_function_book_and_what_changed_when(
    cast: Cast, version: FrameworkVersion, log_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2030, 5, 1, 9, tzinfo=UTC))
    first = written(cast, version)
    aim = f"functie-{first.code}"
    goal = set_goal(cast.guide, version, GoalInput(("1.1",), "vakbekwaam", "Leren.", None, aim))
    monkeypatch.setattr(clock, "now", lambda: datetime(2030, 5, 9, 9, tzinfo=UTC))
    demands = (DemandInput("1.1", "vakvolwassen", "Bij ons altijd."), *given(first).demands[2:])
    changed(cast, version, first, demands=demands)
    client = log_in(cast.guide)
    page = client.get(reverse("growth:profile", args=["eigen", first.code])).content.decode()
    assert "Laatst gewijzigd op 9 mei 2030" in page and "https://example.org/functieboek" in page
    assert "overgenomen" in page and "EVC Huis Noord</td>" in page
    versions = client.get(reverse("growth:profile_versions", args=["eigen", first.code])).content.decode()
    assert "9 mei 2030" in versions and "1 mei 2030" in versions and "Zo begon het." in versions
    assert "wordt niet meer gevraagd" in versions
    beside = reverse("growth:profile_compare")
    query = f"?een=functienamen/wijkcoach&ander=eigen/{first.code}/{first.framework}"
    assert "EVC Huis Noord) vraagt" in client.get(beside + query).content.decode()
    gap = reverse("growth:gap", args=[version.identifier, "1.0", f"functie-{first.code}"])
    assert "voor het laatst gewijzigd op 9 mei 2030" in client.get(gap).content.decode()
    shown = client.get(reverse("growth:goal", args=[goal.ref])).content.decode()
    assert "gewijzigd op 9 mei 2030, nadat je dit doel stelde" in shown
    stranger = log_in(cast.outsider)
    assert "Wijkcoach Noord" not in stranger.get(beside + query).content.decode()
    assert stranger.get(reverse("growth:profile_versions", args=["eigen", first.code])).status_code == 404


def test_a_profile_is_never_offered_beside_itself_to_begin_with(cast: Cast, log_in: LogIn) -> None:
    for query in ("", "?een=functienamen/wijkcoach", "?een=x&ander=y"):
        page = log_in(cast.guide).get(reverse("growth:profile_compare") + query).content.decode()
        second = page.split('id="second"')[1].split("</select>")[0]
        first = page.split('id="first"')[1].split("</select>")[0]
        chosen = re.findall(r'value="([^"]*)" selected', first) or re.findall(r'value="([^"]*)"', first)[:1]
        offered = re.findall(r'value="([^"]*)" selected', second)
        assert len(offered) == 1 and offered != chosen


def test_two_on_different_versions_are_not_laid_side_by_side(
    cast: Cast, version: FrameworkVersion, log_in: LogIn
) -> None:
    later = publish(None, replace(framework_of(version), version="2.0"))
    first = written(cast, version)
    save = replace(first, framework=replace(first.framework, version="2.0"))
    there = save_profile(cast.coordinator, cast.provider, later, given(save))
    query = f"?een=eigen/{first.code}/{first.framework}&ander=eigen/{there.code}/{there.framework}"
    page = log_in(cast.guide).get(reverse("growth:profile_compare") + query).content.decode()
    assert "horen bij verschillende versies" in page
    # The same name on two versions: each is found by its version.
    shown = log_in(cast.guide).get(
        reverse("growth:profile", args=["eigen", there.code]) + f"?kader={there.framework}"
    )
    assert f"/naar/functie-{there.code}/" in shown.content.decode() and "/2.0/naar/" in shown.content.decode()


def test_a_round_on_another_version_is_told_of_and_not_counted(
    cast: Cast, version: FrameworkVersion, log_in: LogIn
) -> None:
    cast.bring_to(Point.STARTED)
    first = written(cast, version)
    later = publish(None, replace(framework_of(version), version="2.0"))
    rated(cast.candidate, later, {"1.1": "vakvolwassen"})
    gap = reverse("growth:gap", args=[version.identifier, "1.0", f"functie-{first.code}"])
    client = log_in(cast.candidate)
    page = client.get(gap).content.decode()
    assert "gaat over versie 2.0 van dit kader" in page
    rated(cast.candidate, version, {"1.1": "vakvolwassen"})
    assert "gaat over versie 2.0" not in client.get(gap).content.decode()


def test_a_team_is_laid_beside_an_own_profile_and_somebody_with_it_could_join(
    cast: Cast, version: FrameworkVersion, log_in: LogIn
) -> None:
    first = written(cast, version)
    (member,) = group(cast, 1)
    team = team_of(cast, member)
    shares(member, team, Layer.SELF)
    client = log_in(cast.guide)
    look = {"kader": "evc-sociaal-werker-mbo@1.0", "doel": f"profiel-{first.code}"}
    page = client.get(reverse("teams:team", args=[team.ref]), look).content.decode()
    assert f'value="profiel-{first.code}" selected>Wijkcoach Noord' in page
    joins: dict[str, Any] = {**look, "erbij": first.code}
    joined = client.get(reverse("teams:what_if", args=[team.ref]), joins).content.decode()
    assert 'id="then"' in joined
    assert client.get(reverse("teams:models", args=[team.ref]), look).status_code == 200
    remove_profile(cast.coordinator, cast.provider, version, first.code, profile_hash(first))
    gone = client.get(reverse("teams:team", args=[team.ref]), look)
    assert gone.status_code == 200 and "Wijkcoach Noord" not in gone.content.decode()
