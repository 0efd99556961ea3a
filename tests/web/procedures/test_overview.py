"""The coordinator's overview and the form that starts a procedure."""

from __future__ import annotations

import pytest
from django.urls import reverse

from bekwaam.services.drafts import load_draft, save_draft
from bekwaam.store.models import Person, Procedure
from tests.cast import Cast, Point


def overview(cast: Cast, **query: str) -> str:
    path = reverse("procedures:overview", args=[cast.provider.ref])
    return path + "?" + "&".join(f"{key}={value}" for key, value in query.items())


def named(cast: Cast, name: str) -> Person:
    return cast.person(f"{name.lower()}@example.org", f"{name} Kandidaat")


def test_the_overview_shows_who_where_and_what_comes_next(cast: Cast, log_in) -> None:
    procedure = cast.bring_to(Point.ASSIGNED)
    page = log_in(cast.coordinator).get(overview(cast)).content.decode()
    for text in (
        "Samira Kandidaat",
        procedure.number,
        "Intake",
        cast.guide.name,
        f"{cast.assessors[0].name}, {cast.assessors[1].name}",
        "De kandidaat geeft toestemming",
    ):
        assert text in page


def test_by_default_only_what_is_under_way_is_shown(cast: Cast, log_in) -> None:
    running = cast.start(candidate=named(cast, "Loopt"))
    ended = cast.bring_to(Point.CLOSED, candidate=named(cast, "Klaar"))
    client = log_in(cast.coordinator)
    page = client.get(overview(cast)).content.decode()
    assert running.number in page
    assert ended.number not in page
    assert ended.number in client.get(overview(cast, stand="alles")).content.decode()


def test_one_state_can_be_chosen(cast: Cast, log_in) -> None:
    intake = cast.start(candidate=named(cast, "Begin"))
    portfolio = cast.bring_to(Point.CONSENTED, candidate=named(cast, "Verder"))
    page = log_in(cast.coordinator).get(overview(cast, stand="portfolio")).content.decode()
    assert portfolio.number in page
    assert intake.number not in page


def test_a_state_that_does_not_exist_shows_what_is_under_way(cast: Cast, log_in) -> None:
    procedure = cast.start()
    assert procedure.number in log_in(cast.coordinator).get(overview(cast, stand="onzin")).content.decode()


@pytest.mark.parametrize("search", ["klaar", "KLAAR kandidaat", "kandidaat klaar", "NUMBER"])
def test_searching_finds_by_part_of_the_name_or_number_in_any_state(cast: Cast, log_in, search: str) -> None:
    other = cast.start(candidate=named(cast, "Loopt"))
    found = cast.bring_to(Point.CLOSED, candidate=named(cast, "Klaar"))
    page = log_in(cast.coordinator).get(overview(cast, zoek=search.replace("NUMBER", found.number)))
    assert found.ref in page.content.decode()
    assert other.ref not in page.content.decode()


def test_searching_in_vain_says_so(cast: Cast, log_in) -> None:
    cast.start()
    page = log_in(cast.coordinator).get(overview(cast, zoek="<b>niemand</b>")).content.decode()
    assert "0 trajecten gevonden" in page
    assert "<b>niemand" not in page


def test_another_providers_procedures_are_not_there(cast: Cast, log_in) -> None:
    cast.start()
    assert log_in(cast.outsider).get(overview(cast)).status_code == 404
    own = reverse("procedures:overview", args=[cast.other_provider.ref])
    assert "Samira" not in log_in(cast.outsider).get(own).content.decode()


def test_an_auditor_sees_the_overview_and_starts_nothing(cast: Cast, log_in) -> None:
    client = log_in(cast.auditor)
    assert "Traject starten" not in client.get(overview(cast)).content.decode()
    assert client.get(reverse("procedures:start", args=[cast.provider.ref])).status_code == 403


def test_the_overview_takes_as_many_queries_for_one_as_for_thirty(
    cast: Cast, log_in, django_assert_max_num_queries
) -> None:
    cast.bring_to(Point.HANDED_IN)
    client = log_in(cast.coordinator)
    with django_assert_max_num_queries(12) as few:
        client.get(overview(cast))
    for number in range(30):
        cast.bring_to(Point.ASSIGNED, candidate=named(cast, f"Nummer{number}"))
    with django_assert_max_num_queries(12) as many:
        page = client.get(overview(cast)).content.decode()
    assert len(few) == len(many)
    assert page.count('<th scope="row">') == 25
    assert "Pagina 1 van 2" in page


FORM = {"name": "Nina Nieuw", "email": "nina@example.org", "purpose": "recognition"}


def test_starting_makes_the_procedure_and_the_account(cast: Cast, log_in) -> None:
    path = reverse("procedures:start", args=[cast.provider.ref])
    save_draft(cast.coordinator, f"start:{cast.provider.ref}", {"name": ["Nina"]})
    given = {**FORM, "standard": cast.standard.pk, "life_domains": ["L1"], "other_stages": "on"}
    answer = log_in(cast.coordinator).post(path, given)
    made = Procedure.objects.get(candidate__email="nina@example.org")
    assert answer.headers["Location"] == reverse("procedures:procedure", args=[made.ref])
    assert (made.life_domains, made.other_stages, made.candidate.name) == (["L1"], True, "Nina Nieuw")
    assert load_draft(cast.coordinator, f"start:{cast.provider.ref}") is None


def test_a_wrong_form_is_answered_with_sentences_and_keeps_what_was_typed(cast: Cast, log_in) -> None:
    path = reverse("procedures:start", args=[cast.provider.ref])
    given = {**FORM, "email": "geen adres", "standard": cast.standard.pk, "purpose": ""}
    answer = log_in(cast.coordinator).post(path, given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'role="alert"' in page
    assert 'value="Nina Nieuw"' in page
    assert 'value="geen adres"' in page
    assert not Procedure.objects.exists()


def test_a_standard_that_is_not_published_cannot_be_chosen(cast: Cast, log_in) -> None:
    path = reverse("procedures:start", args=[cast.provider.ref])
    assert log_in(cast.coordinator).post(path, {**FORM, "standard": "99999"}).status_code == 422
    assert not Procedure.objects.exists()


def test_what_was_typed_before_is_back(cast: Cast, log_in) -> None:
    save_draft(cast.coordinator, f"start:{cast.provider.ref}", {"name": ["Nina N"], "life_domains": ["L1"]})
    page = (
        log_in(cast.coordinator).get(reverse("procedures:start", args=[cast.provider.ref])).content.decode()
    )
    assert 'value="Nina N"' in page
    assert "checked" in page
