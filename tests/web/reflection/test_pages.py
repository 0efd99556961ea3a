"""The screens of looking back: who gets in, nothing typed is lost, and a deliberation without scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bekwaam.domain.deliberation.steps import MoveKind, Phase
from bekwaam.domain.reflection.kinds import ReflectionKind, Written
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.portfolio.own import start_portfolio
from bekwaam.services.reflection.inviting import Guest, invite
from bekwaam.services.reflection.moving import MoveInput, make_move
from bekwaam.services.reflection.writing import write
from bekwaam.store.models import Contribution, Deliberation, Draft, Evidence, KeptCase, Person, Reflection
from tests.cast import Cast
from tests.services.reflection.table import all_write, bring_to_end, guest_token, pass_step, started

pytestmark = [pytest.mark.database, pytest.mark.django_db]
LogIn = Callable[[Person], Client]
K = MoveKind
NAMED = "Mevrouw Pietersen doet niet open."


def url(name: str, *words: str) -> str:
    return reverse(f"reflection:{name}", args=words)


def test_a_reflection_with_a_fault_comes_back_whole_and_becomes_a_piece_of_evidence(
    cast: Cast, log_in: LogIn
) -> None:
    client = log_in(cast.candidate)
    sent = {"title": "", "situation": NAMED, "dated_on": "2026-03-01"}
    page = client.post(url("new", "starr"), sent)
    assert page.status_code == 422 and NAMED in page.content.decode()
    page = client.post(url("new", "starr"), {**sent, "title": "De hal"})
    assert page.status_code == 422 and "id_looked" in page.content.decode()
    done = client.post(url("new", "starr"), {**sent, "title": "De hal", "looked": "on"})
    row = Reflection.objects.get()
    assert done["Location"] == url("reflection", row.ref)
    assert NAMED in client.get(url("reflection", row.ref)).content.decode()
    assert "geen portfolio" in client.get(url("evidence", row.ref)).content.decode()
    own = start_portfolio(cast.candidate, cast.standard.pk)
    form = client.post(url("evidence", row.ref), {"place": own.ref}, follow=True)
    assert NAMED in form.content.decode() and not Evidence.objects.exists()
    again = client.post(url("evidence", row.ref), {"place": own.ref})
    assert again.status_code == 422 and Draft.objects.count() == 1


@pytest.mark.parametrize("name", ["reflection", "change", "remove", "evidence"])
def test_a_reflection_of_another_does_not_exist(cast: Cast, log_in: LogIn, name: str) -> None:
    row = write(cast.candidate, Written(ReflectionKind.STARR, "De hal", {"task": "Iets."}))
    assert log_in(cast.candidate).get(url(name, row.ref)).status_code == 200
    for person in (cast.guide, cast.coordinator, cast.operator):
        assert log_in(person).get(url(name, row.ref)).status_code == 404
    assert Client().get(url(name, row.ref)).status_code == 302


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("deliberation", "kg"),
        ("people", "k"),
        ("deliberation_evidence", "kg"),
        ("offer", "k"),
        ("deliberation_erase", "k"),
        ("move", "kg"),
        ("consent", "kg"),
    ],
)
def test_who_gets_in_at_a_deliberation(cast: Cast, log_in: LogIn, name: str, letters: str) -> None:
    seats = started(cast, cast.coordinator)
    row = bring_to_end(seats)
    people = {"k": cast.guide, "g": cast.coordinator, "a": cast.assessors[0], "o": cast.operator}
    words = (row.ref, "add") if name == "move" else (row.ref,)
    for letter, person in people.items():
        status = log_in(person).get(url(name, *words)).status_code
        assert (status in (200, 302)) is (letter in letters), (letter, status)
        assert letter in letters or status == 404
    assert "/login/" in Client().get(url(name, *words))["Location"]


def test_what_is_sent_too_late_comes_back_with_the_reason_and_lands_nowhere(
    cast: Cast, log_in: LogIn
) -> None:
    seats = started(cast, cast.assessors[0])
    make_move(seats[0], MoveInput(K.BEGIN))
    pass_step(seats)
    before = Contribution.objects.count()
    ref = seats[0].deliberation.ref
    page = log_in(cast.assessors[0]).post(
        url("move", ref, "write"), {"at": "facts:1", "text": "Ik was nog bezig."}
    )
    assert page.status_code == 409
    assert "is intussen verder" in page.content.decode() and "Ik was nog bezig." in page.content.decode()
    assert Contribution.objects.count() == before


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        ("write", {"text": ""}),
        ("write", {"text": NAMED}),
        ("stop", {"text": ""}),
        ("share", {}),
        ("conclude", {"at": "facts:1", "text": "Te vroeg."}),
        ("go_back", {"to": "choice", "text": "Vooruit."}),
    ],
)
def test_a_move_that_cannot_be_made_says_why_on_the_page_itself(
    cast: Cast, log_in: LogIn, kind: str, sent: dict[str, str]
) -> None:
    seats = started(cast, cast.assessors[0])
    make_move(seats[0], MoveInput(K.BEGIN))
    ref = seats[0].deliberation.ref
    page = log_in(cast.guide).post(url("move", ref, kind), {"at": "facts:1", **sent})
    assert page.status_code in (409, 422)
    text = page.content.decode()
    assert 'role="alert"' in text and all(value in text for name, value in sent.items() if name == "text")
    assert Deliberation.objects.get().phase == Phase.APART and not Contribution.objects.exists()


def test_a_step_with_rows_gets_more_of_them_and_keeps_what_was_typed(cast: Cast, log_in: LogIn) -> None:
    seats = started(cast, cast.assessors[0])
    make_move(seats[0], MoveInput(K.BEGIN))
    pass_step(seats)
    all_write(seats)
    address = url("move", seats[0].deliberation.ref, "conclude")
    client, sent = log_in(cast.guide), {"at": "concerned:1", "rows": "3", "who_0": "de buren"}
    page = client.post(address, {**sent, "more": "1"}).content.decode()
    assert 'value="de buren"' in page and "who_5" in page and "who_6" not in page
    refused = client.post(address, {**sent, "recognises_0": "no"})
    assert refused.status_code == 409 and 'value="de buren"' in refused.content.decode()
    done = client.post(address, {**sent, "rows": "6", "recognises_0": "yes", "who_5": "", "note_5": ""})
    assert done.status_code == 302 and Deliberation.objects.get().step == "values"


def test_a_guest_takes_part_and_agrees_without_an_account(
    cast: Cast, log_in: LogIn, django_capture_on_commit_callbacks: Any
) -> None:
    (host,) = started(cast)
    with django_capture_on_commit_callbacks(execute=True):
        invite(host, Guest("Nel", "nel@example.org", "en"))
    token, client = guest_token(), Client()
    page = client.get(url("guest", token))
    assert "asks you to think along" in page.content.decode() and page["Referrer-Policy"] == "same-origin"
    client.post(url("guest_move", token, "join"))
    make_move(host, MoveInput(K.BEGIN))
    sent = {"at": "facts:1", "text": "I saw it too.", "finish": "1"}
    assert client.post(url("guest_move", token, "write"), sent).status_code == 302
    assert Contribution.objects.get().text == "I saw it too."
    for kind in ("begin", "share", "stop"):  # for who leads it
        assert client.post(url("guest_move", token, kind), {"text": "x"}).status_code == 409
    assert client.get(url("guest", "geen-link")).status_code == 404
    client.post(url("guest_move", token, "leave"))
    assert "You do not take part any more" in client.get(url("guest", token)).content.decode()


def test_what_is_offered_is_read_by_colleagues_once_all_agree(cast: Cast, log_in: LogIn) -> None:
    seats = started(cast, cast.assessors[0])
    row = bring_to_end(seats)
    host, noor = log_in(cast.guide), log_in(cast.assessors[0])
    assert "Een bewoner doet al weken niet open." in host.get(url("offer", row.ref)).content.decode()
    sent = {
        "title": "Een deur",
        "facts": "Bel 06-12345678",
        "dilemmas": "D1.1",
        "provider": cast.provider.ref,
    }
    assert host.post(url("offer", row.ref), sent).status_code == 422
    assert host.post(url("offer", row.ref), {**sent, "facts": "Niemand doet open."}).status_code == 302
    case = KeptCase.objects.get()
    whole, one = url("cases", cast.provider.ref), url("case", cast.provider.ref, case.ref)
    assert noor.get(one).status_code == 404
    noor.post(url("consent", row.ref), {"case": case.ref})
    assert "Niemand doet open." in log_in(cast.auditor).get(one).content.decode()
    assert "Een deur" in log_in(cast.auditor).get(whole + "?dilemma=D1&competentie=zomaar").content.decode()
    assert "Een deur" not in noor.get(whole + "?dilemma=D2&page=x").content.decode()
    remove = url("case_remove", cast.provider.ref, case.ref)
    assert noor.post(remove).status_code == 403 and log_in(cast.outsider).get(one).status_code == 404
    assert log_in(cast.coordinator).post(remove).status_code == 302 and not KeptCase.objects.exists()


def test_who_leads_throws_a_deliberation_away_but_not_under_way(cast: Cast, log_in: LogIn) -> None:
    seats = started(cast, cast.assessors[0])
    make_move(seats[0], MoveInput(K.BEGIN))
    pass_step(seats)
    address = url("deliberation_erase", seats[0].deliberation.ref)
    host = log_in(cast.guide)
    assert host.post(address).status_code == 403
    make_move(seats[0], MoveInput(K.STOP, text="Het is niet meer nodig."))
    assert host.get(address).status_code == 200
    assert host.post(address)["Location"] == url("home")
    assert not Deliberation.objects.exists() and not Contribution.objects.exists()
    assert walk_chain().whole and not list(broken_contents())
    noor = log_in(cast.assessors[0])
    assert noor.get(url("deliberation", seats[0].deliberation.ref)).status_code == 404


def test_what_was_typed_and_not_sent_is_there_again(cast: Cast, log_in: LogIn) -> None:
    seats = started(cast, cast.assessors[0])
    make_move(seats[0], MoveInput(K.BEGIN))
    host, ref = log_in(cast.guide), seats[0].deliberation.ref
    for phase, sent in (("apart", "Half geschreven."), ("shared", "Half geconcludeerd.")):
        if phase == "shared":
            all_write(seats)
        draft = reverse("save_draft", args=[f"deliberation:{ref}:facts:1:{phase}"])
        assert host.post(draft, {"text": sent}).status_code == 200
        assert sent in host.get(url("deliberation", ref)).content.decode()
    host.post(url("move", ref, "conclude"), {"at": "facts:1", "text": "Zo was het."})
    assert Draft.objects.filter(key__endswith=":shared").count() == 0


def test_light_to_heavy_is_walked_one_question_at_a_time(cast: Cast, log_in: LogIn) -> None:
    client, address = log_in(cast.candidate), url("walk")
    for code in ("situatie", "zelf", "vraag"):
        assert client.post(address, {"code": code, "text": ""}).status_code == 422
        assert client.post(address, {"code": code, "text": f"Over {code}."}).status_code == 302
    assert client.post(address, {"code": "veiligheid", "says": "yes"}).status_code == 422
    client.post(address, {"code": "veiligheid", "says": "no"})
    back = client.post(address, {"back": "1"}).content.decode()
    assert 'value="no" id="says_no" checked' in back
    client.post(address, {"code": "veiligheid", "says": "no"})
    client.post(address, {"code": "S1", "says": "yes"})
    client.post(address, {"code": "terug", "text": "Als zij zelf belt."})
    assert "Dit komt eruit: Faciliteren" in client.get(address).content.decode()
    assert client.post(address, {"finish": "1", "title": ""}).status_code == 422
    done = client.post(address, {"finish": "1", "title": "Een buurvrouw"})
    assert done["Location"] == url("reflection", Reflection.objects.get().ref)


def test_a_question_still_stands_by_an_answer_that_is_wrong(cast: Cast, log_in: LogIn) -> None:
    client = log_in(cast.candidate)
    asked = "Welke situatie heb je voor je?"
    assert asked in client.get(url("walk")).content.decode()
    for text in ("", NAMED):
        page = client.post(url("walk"), {"code": "situatie", "text": text})
        form = page.content.decode().split('class="form card"')[1]
        assert page.status_code == 422 and asked in form and text in form
