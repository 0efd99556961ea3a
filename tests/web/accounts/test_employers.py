"""The page on which somebody names their employers."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from bekwaam.domain.accounts.employers import Employer
from bekwaam.services.accounts.employers import employers_of
from bekwaam.store.models import Person
from tests.cast import Cast

LogIn = Callable[[Person], Client]
PAGE = reverse("employers")


def test_who_works_for_a_provider_finds_it_in_the_menu_and_fills_it_in(cast: Cast, log_in: LogIn) -> None:
    client = log_in(cast.assessors[0])
    assert PAGE in client.get(reverse("home")).content.decode()
    sent = {"name_0": "De Brink", "left_in_0": "", "name_3": "De Linde", "left_in_3": "2024"}
    assert client.post(PAGE, sent).status_code == 302
    assert employers_of(cast.assessors[0]) == (Employer("De Brink"), Employer("De Linde", 2024))
    assert "De Linde" in client.get(PAGE).content.decode()


def test_a_candidate_is_not_asked(cast: Cast, log_in: LogIn) -> None:
    client = log_in(cast.candidate)
    assert client.get(PAGE).status_code == 404
    assert PAGE not in client.get(reverse("home")).content.decode()
    assert Client().get(PAGE).status_code == 302


def test_a_fault_stands_at_its_own_line_and_nothing_typed_is_lost(cast: Cast, log_in: LogIn) -> None:
    client = log_in(cast.coordinator)
    sent = {
        "name_1": "De Brink",
        "name_4": "",
        "left_in_4": "2024",
        "name_5": "De Linde",
        "left_in_5": "3000",
    }
    response = client.post(PAGE, sent)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"name_4", "left_in_5"}
    assert "De Linde" in response.content.decode()
    assert employers_of(cast.coordinator) == ()


def test_the_page_takes_few_queries(cast: Cast, log_in: LogIn, django_assert_max_num_queries) -> None:
    client = log_in(cast.assessors[0])
    with django_assert_max_num_queries(6):
        client.get(PAGE)
