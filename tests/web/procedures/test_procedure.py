"""The page of one procedure: for whom, what it shows, and what can be done from it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from bekwaam.domain.accounts.access import Role
from bekwaam.services.accounts.people import give_role
from bekwaam.services.portfolio.handing_in import give_back
from bekwaam.services.procedures.assigning import assign, declare
from bekwaam.store.models import Assignment
from tests.cast import Cast, Point, fresh

ROOMS = [
    (Point.ASSIGNED, "candidate", "portfolio:consent"),
    (Point.FILLED, "candidate", "portfolio:dossier"),
    (Point.ISSUED, "candidate", "portfolio:dossier"),
    (Point.ASSIGNED, "guide", "portfolio:dossier"),
    (Point.ASSIGNED, "assessor", "assessment:declaration"),
    (Point.HANDED_IN, "assessor", "assessment:declaration"),
    (Point.DECLARED, "assessor", "assessment:judging"),
    (Point.REVEALED, "assessor", "assessment:finals"),
    (Point.CLOSED, "assessor", "assessment:finals"),
]


def page_of(procedure) -> str:
    return reverse("procedures:procedure", args=[procedure.ref])


def person(cast: Cast, role: str):
    return cast.assessors[0] if role == "assessor" else getattr(cast, role)


@pytest.mark.parametrize(("point", "role", "room"), ROOMS)
def test_everybody_lands_in_their_own_room(cast: Cast, log_in, point: Point, role: str, room: str) -> None:
    procedure = cast.bring_to(point)
    answer = log_in(person(cast, role)).get(page_of(procedure))
    assert answer.headers["Location"] == reverse(room, args=[procedure.ref])
    assert log_in(person(cast, role)).get(answer.headers["Location"]).status_code == 200


def test_an_assessor_with_a_conflict_lands_at_the_declaration_or_the_queue(cast: Cast, log_in) -> None:
    procedure = cast.bring_to(Point.HANDED_IN)
    declare(cast.assessors[0], procedure, conflict=True, explanation="Familie")
    answer = log_in(cast.assessors[0]).get(page_of(procedure))
    assert answer.headers["Location"] == reverse("assessment:declaration", args=[procedure.ref])


def test_an_assessor_who_waits_for_the_portfolio_lands_in_the_queue(cast: Cast, log_in) -> None:
    procedure = cast.bring_to(Point.FILLED)
    declare(cast.assessors[0], procedure, conflict=False)
    assert log_in(cast.assessors[0]).get(page_of(procedure)).headers["Location"] == reverse(
        "assessment:queue"
    )


@pytest.mark.parametrize("point", list(Point))
@pytest.mark.parametrize("role", ["coordinator", "auditor"])
def test_who_watches_over_it_sees_it_at_every_point(
    cast: Cast, log_in, django_assert_max_num_queries, point: Point, role: str
) -> None:
    procedure = cast.bring_to(point)
    client = log_in(person(cast, role))
    with django_assert_max_num_queries(12):
        answer = client.get(page_of(procedure))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert procedure.candidate.name in page
    assert page.count("button--primary") <= 1
    if role == "auditor":
        assert 'name="end"' not in page
        assert reverse("procedures:withdraw", args=[procedure.ref]) not in page


def test_the_page_takes_no_more_queries_with_more_on_it(
    cast: Cast, log_in, django_assert_max_num_queries
) -> None:
    procedure = cast.bring_to(Point.HANDED_IN)
    client = log_in(cast.coordinator)
    with django_assert_max_num_queries(12) as few:
        client.get(page_of(procedure))
    for number in range(5):
        cast.person(f"begeleider{number}@example.org", f"Begeleider {number}", Role.GUIDE)
        cast.person(f"assessor{number}@example.org", f"Assessor {number}", Role.ASSESSOR)
        give_back(cast.coordinator, procedure, f"Reden {number}")
        cast.bring_on(procedure, Point.HANDED_IN, since=Point.FILLED)
    with django_assert_max_num_queries(12) as many:
        page = client.get(page_of(procedure)).content.decode()
    assert len(few) == len(many)
    assert "Reden 4" in page


def test_a_conflict_of_interest_is_shown_with_its_explanation(cast: Cast, log_in) -> None:
    procedure = cast.bring_to(Point.HANDED_IN)
    declare(cast.assessors[0], procedure, conflict=True, explanation="Ze is <mijn> nicht.")
    page = log_in(cast.coordinator).get(page_of(procedure)).content.decode()
    assert "Ze is &lt;mijn&gt; nicht." in page
    assert "Vervang een assessor" in page


def test_what_blocks_the_decision_is_listed(cast: Cast, log_in) -> None:
    page = log_in(cast.coordinator).get(page_of(cast.bring_to(Point.AGREED))).content.decode()
    assert "Er ontbreekt nog 1 ding" in page
    assert "tweede instrument" in page


def test_only_people_who_can_be_assigned_are_offered(cast: Cast, log_in) -> None:
    both = cast.person("beide@example.org", "Bea Beide", Role.GUIDE, Role.ASSESSOR)
    candidate = cast.person("collega@example.org", "Collega Kandidaat", Role.ASSESSOR)
    earlier = cast.start(candidate=candidate)
    assign(cast.coordinator, earlier, both, Role.GUIDE)
    procedure = cast.start(candidate=candidate)
    page = log_in(cast.coordinator).get(page_of(procedure)).content.decode()
    assert f'value="guide:{both.ref}"' in page
    assert f'value="assessor:{both.ref}"' not in page  # guided this candidate before
    assert f'value="assessor:{candidate.ref}"' not in page  # is the candidate
    assert f'value="assessor:{cast.assessors[0].ref}"' in page


def test_assigning_and_ending_an_assignment(cast: Cast, log_in) -> None:
    procedure = cast.start()
    client, path = log_in(cast.coordinator), reverse("procedures:assign", args=[procedure.ref])
    answer = client.post(path, {"who": f"guide:{cast.guide.ref}"}, follow=True)
    assert f"{cast.guide.name} is nu begeleider." in answer.content.decode()
    assert Assignment.objects.get(procedure=procedure, until=None).person == cast.guide
    client.post(path, {"end": cast.guide.ref})
    assert not Assignment.objects.filter(procedure=procedure, until=None).exists()


@pytest.mark.parametrize(
    ("given", "status", "sentence"),
    [
        ({}, 200, "Kies eerst iemand."),
        ({"who": "assessor:GUIDE"}, 200, "heeft deze rol niet"),
        ({"who": "coordinator:GUIDE"}, 404, ""),
        ({"who": "guide:nobody"}, 404, ""),
        ({"who": "guide:OUTSIDER"}, 404, ""),
        ({"end": "nobody"}, 404, ""),
    ],
)
def test_nonsense_assigns_nobody(cast: Cast, log_in, given: dict, status: int, sentence: str) -> None:
    procedure = cast.start()
    known = {"GUIDE": cast.guide.ref, "OUTSIDER": cast.outsider.ref}
    data = {key: _filled(value, known) for key, value in given.items()}
    path = reverse("procedures:assign", args=[procedure.ref])
    answer = log_in(cast.coordinator).post(path, data, follow=True)
    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert not Assignment.objects.exists()


def _filled(value: str, known: dict[str, str]) -> str:
    for name, ref in known.items():
        value = value.replace(name, ref)
    return value


def test_the_scope_can_be_changed_until_handing_in(cast: Cast, log_in) -> None:
    procedure = cast.bring_to(Point.FILLED)
    client, path = log_in(cast.coordinator), reverse("procedures:scope", args=[procedure.ref])
    assert "checked" in client.get(path).content.decode()
    client.post(path, {"purpose": "transfer", "life_domains": ["L1"]})
    now = fresh(procedure)
    assert (now.purpose, now.life_domains) == ("transfer", ["L1"])
    assert client.post(path, {"purpose": "transfer", "life_domains": ["L99"]}).status_code == 422
    cast.bring_on(procedure, Point.HANDED_IN, since=Point.FILLED)
    assert client.get(path).status_code == 403


@pytest.mark.parametrize(("name", "state"), [("give_back", "portfolio"), ("withdraw", "withdrawn")])
def test_a_reason_is_asked_and_kept(cast: Cast, log_in, name: str, state: str) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    client, path = log_in(cast.coordinator), reverse(f"procedures:{name}", args=[procedure.ref])
    assert client.post(path, {"reason": "  "}).status_code == 422
    assert fresh(procedure).state == "judging"
    client.post(path, {"reason": "Omdat het zo is."})
    assert fresh(procedure).state == state
    assert "Omdat het zo is." in client.get(page_of(procedure)).content.decode()


def test_a_portfolio_is_not_given_back_once_an_assessor_has_finished(cast: Cast, log_in) -> None:
    procedure = cast.bring_to(Point.HALF_JUDGED)
    path = reverse("procedures:give_back", args=[procedure.ref])
    answer = log_in(cast.coordinator).post(path, {"reason": "Toch nog iets"})
    assert answer.status_code == 403
    assert "al klaar met beoordelen" in answer.content.decode()
    assert fresh(procedure).state == "judging"


def test_a_candidate_can_stop_the_own_procedure(cast: Cast, log_in) -> None:
    procedure = cast.bring_to(Point.FILLED)
    client = log_in(cast.candidate)
    client.post(reverse("procedures:withdraw", args=[procedure.ref]), {"reason": "Ik heb geen tijd."})
    assert fresh(procedure).state == "withdrawn"
    assert client.get(page_of(procedure), follow=True).status_code == 200


def test_closing_is_asked_first_and_then_done(cast: Cast, log_in) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    client, path = log_in(cast.coordinator), reverse("procedures:close", args=[procedure.ref])
    client.get(path)
    assert fresh(procedure).state == "issued"
    client.post(path)
    assert fresh(procedure).state == "closed"


def test_the_log_tells_in_words_who_did_what(cast: Cast, log_in, django_assert_max_num_queries) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    client, path = log_in(cast.auditor), reverse("procedures:log", args=[procedure.ref])
    with django_assert_max_num_queries(12):
        first = client.get(path).content.decode()
    text = first + client.get(path + "?page=2").content.decode()
    for expected in (
        "Certificaat uitgegeven",
        "Gehaald: 3, nodig 2",
        "van Beoordeling naar Eindoordeel",
        f"{cast.guide.name} als begeleider",
        "1.1 competence 1.1",
        "geen belang",
    ):
        assert expected in text, expected
    assert first.count('<th scope="row">') == 25


def test_the_log_survives_an_entry_of_a_code_it_does_not_know(cast: Cast, log_in) -> None:
    procedure = cast.start()
    from bekwaam.store.models import AuditEntry

    last = AuditEntry.objects.order_by("-sequence").first()
    AuditEntry.objects.filter(pk=last.pk).update(code="future.event", payload='{"unit": 1')
    path = reverse("procedures:log", args=[procedure.ref])
    assert "future.event" in log_in(cast.auditor).get(path).content.decode()


def test_a_coordinator_who_is_candidate_elsewhere_sees_only_the_own_file_there(cast: Cast, log_in) -> None:
    procedure = cast.bring_to(Point.FILLED)
    give_role(cast.coordinator, cast.provider, cast.candidate, Role.COORDINATOR)
    client = log_in(cast.candidate)
    assert client.get(reverse("procedures:log", args=[procedure.ref])).status_code == 403
    assert client.get(page_of(procedure)).status_code == 302
