"""Nobody sees anything of another's judgement before the reveal: not on a page, not by address."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from bekwaam.domain.accounts.access import Role
from bekwaam.services.assessment.judging import judge
from bekwaam.services.drafts import save_draft
from bekwaam.store.models import Person, Procedure
from tests.cast import Cast, Point, finding, piece_refs, units

SECRETS = ("Noor Assessor las over", "Volgens Noor", "Noor typt")

LogIn = Callable[[Person], Client]


def pages(procedure: Procedure) -> list[str]:
    """Return the address of every page of the room about a procedure."""
    ref = procedure.ref
    found = [
        reverse(f"assessment:{name}", args=[ref])
        for name in ("declaration", "judging", "finish", "session_new", "finals")
    ]
    found += [reverse("assessment:judge", args=[ref, unit]) for unit in units(procedure)]
    found += [reverse("assessment:final", args=[ref, unit]) for unit in units(procedure)]
    return [reverse("assessment:queue"), *found]


@pytest.fixture
def half_judged(cast: Cast) -> Procedure:
    """A procedure in which Noor judged everything and left a draft, and finished."""
    procedure = cast.bring_to(Point.HALF_JUDGED)
    save_draft(cast.assessors[0], f"judge:{procedure.ref}:1.1", {"why": ["Noor typt nog"]})
    return procedure


@pytest.mark.parametrize("who", ["second", "auditor", "coordinator", "candidate", "guide"])
def test_no_page_holds_a_word_of_the_others_judgement(
    cast: Cast, half_judged: Procedure, log_in: LogIn, who: str
) -> None:
    people = {
        "second": cast.assessors[1],
        "auditor": cast.auditor,
        "coordinator": cast.coordinator,
        "candidate": cast.candidate,
        "guide": cast.guide,
    }
    client = log_in(people[who])
    seen = 0
    for page in pages(half_judged):
        response = client.get(page)
        body = response.content.decode()
        seen += response.status_code == 200
        assert not [secret for secret in SECRETS if secret in body], page
    assert seen


def test_an_assessor_cannot_tell_from_any_page_whether_the_other_has_judged(
    cast: Cast, log_in: LogIn
) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    client = log_in(cast.assessors[1])

    def bodies() -> list[str]:
        found = []
        for page in pages(procedure):
            body = client.get(page).content.decode()
            found.append(
                "".join(line for line in body.splitlines() if "csrf" not in line and "nonce" not in line)
            )
        return found

    before = bodies()
    pieces = piece_refs(procedure)
    for unit in units(procedure):
        judge(
            cast.assessors[0],
            procedure,
            unit,
            finding("vakbekwaam", pieces, said_by=cast.assessors[0], about=unit),
        )
    assert bodies() == before


@pytest.mark.parametrize("name", ["finals", "final"])
def test_the_comparing_pages_are_shut_before_the_reveal(
    cast: Cast, half_judged: Procedure, log_in: LogIn, name: str
) -> None:
    address = reverse(f"assessment:{name}", args=[half_judged.ref, *(["1.1"] if name == "final" else [])])
    for person in (*cast.assessors[:2], cast.auditor):
        client = log_in(person)
        assert client.get(address).status_code == 403
        assert client.post(address, {"do": "propose"}).status_code == 403


def test_an_assessor_with_a_conflict_or_without_a_word_sees_no_file(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.HANDED_IN)
    client = log_in(cast.assessors[0])
    judging = reverse("assessment:judging", args=[procedure.ref])
    assert client.get(judging).status_code == 403
    client.post(reverse("assessment:declaration", args=[procedure.ref]), {"explanation": "Ik gaf haar les."})
    response = client.get(judging)
    assert response.status_code == 403
    assert "Verhaal 1" not in response.content.decode()


def test_a_draft_is_shown_to_its_writer_alone(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.DECLARED)
    address = reverse("assessment:judge", args=[procedure.ref, "1.1"])
    noor, bram = log_in(cast.assessors[0]), log_in(cast.assessors[1])
    draft = reverse("save_draft", args=[f"judge:{procedure.ref}:1.1"])
    noor.post(draft, {"stage": "vakbekwaam", "observed": "Half af", "basis": ["portfolio"]})

    mine = noor.get(address).content.decode()
    assert "Half af" in mine
    assert 'value="vakbekwaam" data-key="1" checked' in mine
    assert "Half af" not in bram.get(address).content.decode()


def test_after_the_reveal_assessors_and_the_auditor_see_both(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.REVEALED)
    address = reverse("assessment:final", args=[procedure.ref, "1.1"])
    for person in (*cast.assessors[:2], cast.auditor):
        body = log_in(person).get(address).content.decode()
        assert "Noor Assessor las over 1.1" in body
        assert "Bram Assessor las over 1.1" in body
    for person in (cast.candidate, cast.guide, cast.coordinator):
        assert log_in(person).get(address).status_code == 403


def test_the_auditor_reads_and_cannot_write(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.REVEALED)
    client = log_in(cast.auditor)
    judge_page = reverse("assessment:judge", args=[procedure.ref, "1.1"])
    final_page = reverse("assessment:final", args=[procedure.ref, "1.1"])
    assert "<textarea" not in client.get(judge_page).content.decode()
    assert "<textarea" not in client.get(final_page).content.decode()
    assert client.post(judge_page, {"stage": "vakbekwaam"}).status_code == 403
    assert client.post(final_page, {"do": "propose", "stage": "vakbekwaam"}).status_code == 403
    assert (
        client.post(reverse("assessment:finals", args=[procedure.ref]), {"do": "propose"}).status_code == 403
    )


def test_somebody_of_another_provider_finds_nothing(cast: Cast, log_in: LogIn) -> None:
    procedure = cast.bring_to(Point.REVEALED)
    stranger = cast.person("vreemd@example.org", "Vera Vreemd", Role.ASSESSOR)
    for person in (cast.outsider, stranger):
        client = log_in(person)
        assert {client.get(page).status_code for page in pages(procedure)[1:]} == {404}
