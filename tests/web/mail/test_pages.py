"""The lists of mail that was sent: who sees them, and what they say."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from bekwaam.domain.mail.kinds import MailKind, Outcome
from bekwaam.services import clock
from bekwaam.store.models import SentMail
from tests.cast import Cast

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def mails(cast: Cast, number: int, outcome: Outcome = Outcome.ACCEPTED) -> Any:
    procedure = cast.start()
    for _ in range(number):
        SentMail.objects.create(
            person=cast.guide,
            provider=cast.provider,
            procedure=procedure,
            kind=MailKind.PROCEDURE,
            subject=f"Je begeleidt traject {procedure.number}",
            language="nl",
            outcome=outcome,
            sent_at=clock.now(),
        )
    return procedure


def test_a_line_says_to_whom_about_what_and_whether_it_was_accepted(cast: Cast, log_in: Any) -> None:
    procedure = mails(cast, 1, Outcome.REFUSED)
    for url in (
        reverse("mail:of_procedure", args=[procedure.ref]),
        reverse("mail:of_provider", args=[cast.provider.ref]),
    ):
        page = log_in(cast.coordinator).get(url).content.decode()
        for text in (cast.guide.name, procedure.number, "Geweigerd: dit adres bestaat niet"):
            assert text in page
        assert cast.guide.email not in page


def test_only_who_runs_the_installation_sees_everything(cast: Cast, log_in: Any) -> None:
    mails(cast, 1)
    url = reverse("mail:everything")
    assert "Gijs Begeleider" in log_in(cast.operator).get(url).content.decode()
    for person in (cast.coordinator, cast.auditor, cast.guide, cast.candidate):
        assert log_in(person).get(url).status_code == 403


def test_another_provider_sees_nothing_of_it(cast: Cast, log_in: Any) -> None:
    mails(cast, 1)
    url = reverse("mail:of_provider", args=[cast.other_provider.ref])
    page = log_in(cast.outsider).get(url).content.decode()
    assert "Gijs" not in page and "Nog geen post" in page


def test_the_lists_take_as_many_queries_for_one_as_for_thirty(
    cast: Cast, log_in: Any, django_assert_max_num_queries: Any
) -> None:
    procedure = mails(cast, 1)
    addresses = [
        (cast.coordinator, reverse("mail:of_procedure", args=[procedure.ref])),
        (cast.coordinator, reverse("mail:of_provider", args=[cast.provider.ref])),
        (cast.operator, reverse("mail:everything")),
    ]

    def counted() -> list[int]:
        counts = []
        for person, url in addresses:
            client = log_in(person)
            client.get(url)
            with django_assert_max_num_queries(10) as captured:
                client.get(url)
            counts.append(len(captured))
        return counts

    few = counted()
    SentMail.objects.bulk_create(
        SentMail(
            person=cast.guide,
            provider=cast.provider,
            procedure=procedure,
            kind="reminder",
            language="nl",
            outcome="accepted",
            sent_at=clock.now(),
        )
        for _ in range(30)
    )
    assert counted() == few
