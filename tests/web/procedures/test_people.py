"""The people of a provider."""

from __future__ import annotations

from django.urls import reverse

from bekwaam.domain.accounts.access import Role
from bekwaam.store.models import Membership, Person
from tests.cast import Cast


def people(cast: Cast) -> str:
    return reverse("procedures:people", args=[cast.provider.ref])


def roles(person: Person) -> set[str]:
    return set(Membership.objects.filter(person=person, until=None).values_list("role", flat=True))


def test_everybody_is_listed_with_their_roles(cast: Cast, log_in) -> None:
    page = log_in(cast.coordinator).get(people(cast)).content.decode()
    assert cast.guide.name in page
    assert cast.guide.email in page
    assert cast.candidate.email not in page  # holds no role here


def test_somebody_is_registered_with_several_roles(cast: Cast, log_in) -> None:
    given = {"do": "register", "name": "Nina", "email": "nina@example.org", "roles": ["guide", "assessor"]}
    page = log_in(cast.coordinator).post(people(cast), given, follow=True).content.decode()
    assert "Nina is geregistreerd." in page
    assert roles(Person.objects.get(email="nina@example.org")) == {"guide", "assessor"}


def test_a_faulty_registration_keeps_what_was_typed(cast: Cast, log_in) -> None:
    given = {"do": "register", "name": "Nina", "email": "geen adres", "roles": ["guide"]}
    answer = log_in(cast.coordinator).post(people(cast), given)
    assert answer.status_code == 422
    assert 'value="Nina"' in answer.content.decode()
    assert not Person.objects.filter(name="Nina").exists()


def test_a_role_is_given_and_taken(cast: Cast, log_in) -> None:
    client = log_in(cast.coordinator)
    client.post(people(cast), {"do": "give", "person": cast.guide.ref, "role": "auditor"})
    assert roles(cast.guide) == {"guide", "auditor"}
    client.post(people(cast), {"do": "take", "person": cast.guide.ref, "role": "guide"})
    assert roles(cast.guide) == {"auditor"}


def test_the_last_coordinator_stays(cast: Cast, log_in) -> None:
    given = {"do": "take", "person": cast.coordinator.ref, "role": "coordinator"}
    page = log_in(cast.coordinator).post(people(cast), given, follow=True).content.decode()
    assert "minstens één coördinator" in page
    assert roles(cast.coordinator) == {"coordinator"}


def test_roles_that_a_provider_cannot_give_are_refused(cast: Cast, log_in) -> None:
    client = log_in(cast.coordinator)
    for role, status in (("operator", 200), ("candidate", 200), ("onzin", 404), ("", 404)):
        given = {"do": "give", "person": cast.guide.ref, "role": role}
        assert client.post(people(cast), given, follow=True).status_code == status
    assert roles(cast.guide) == {"guide"}


def test_somebody_of_another_provider_cannot_be_given_a_role_by_reference(cast: Cast, log_in) -> None:
    given = {"do": "give", "person": cast.outsider.ref, "role": "assessor"}
    assert log_in(cast.coordinator).post(people(cast), given).status_code == 404


def test_an_auditor_sees_people_and_changes_nothing(cast: Cast, log_in) -> None:
    client = log_in(cast.auditor)
    page = client.get(people(cast)).content.decode()
    assert "Iemand registreren" not in page
    client.post(people(cast), {"do": "give", "person": cast.guide.ref, "role": "auditor"})
    given = {"do": "register", "name": "Nina", "email": "nina@example.org", "roles": ["guide"]}
    assert client.post(people(cast), given).status_code == 403
    assert roles(cast.guide) == {"guide"}
    assert not Person.objects.filter(email="nina@example.org").exists()


def test_guides_and_strangers_do_not_see_people(cast: Cast, log_in) -> None:
    assert log_in(cast.guide).get(people(cast)).status_code == 403
    assert log_in(cast.outsider).get(people(cast)).status_code == 404
    assert log_in(cast.operator).get(people(cast)).status_code == 200


def test_people_take_as_many_queries_for_few_as_for_many(
    cast: Cast, log_in, django_assert_max_num_queries
) -> None:
    client = log_in(cast.coordinator)
    with django_assert_max_num_queries(12) as few:
        client.get(people(cast))
    for number in range(30):
        cast.person(f"p{number}@example.org", f"Persoon {number}", Role.GUIDE, Role.ASSESSOR)
    with django_assert_max_num_queries(12) as many:
        page = client.get(people(cast)).content.decode()
    assert len(few) == len(many)
    assert "Pagina 1 van 2" in page
