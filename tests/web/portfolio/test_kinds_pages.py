"""Evidence of every kind on the screen, what it is tied to, and what must not be lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.portfolio.kinds import KINDS, EvidenceKind, FieldForm, FileRule
from bekwaam.services.drafts import draft_keys
from bekwaam.services.portfolio.evidence import add_evidence, change_evidence
from bekwaam.services.portfolio.given import EvidenceInput
from bekwaam.services.portfolio.own import start_portfolio
from bekwaam.services.portfolio.taking import take_into_dossier
from bekwaam.services.procedures.assigning import assign
from bekwaam.services.procedures.course import give_consent
from bekwaam.store.models import Evidence, EvidenceVersion, OwnPortfolio, Person
from tests.cast import PASSWORD, Cast, story
from tests.files import pdf
from tests.web.portfolio.conftest import STORY, text_of

TEXTS = {
    FieldForm.LONG: "Ik deed iets.",
    FieldForm.SHORT: "Wijkteam",
    FieldForm.LINK: "https://example.org/a",
}


@pytest.fixture
def own(cast: Cast) -> OwnPortfolio:
    """Return the candidate's own portfolio, empty; there is no procedure."""
    return start_portfolio(cast.candidate, cast.standard.pk)


def at(portfolio: OwnPortfolio, name: str, *rest: Any) -> str:
    return reverse(f"portfolio:own_{name}", args=[portfolio.ref, *rest])


def filled(kind: EvidenceKind) -> dict[str, Any]:
    spec = KINDS[kind]
    given: dict[str, Any] = {field.name: TEXTS[field.form] for field in spec.fields}
    given |= {"title": "Titel", "dated_on": "2024-03-01", "setting": "W2", "ties": ["1.1"]}
    if spec.spans:
        given["until"] = "2025-03-01"
    return given if spec.file is FileRule.NONE else {**given, "file": pdf()}


@pytest.mark.parametrize("kind", EvidenceKind)
def test_every_kind_is_added_shown_and_saved_again_without_a_change(
    own: OwnPortfolio, as_candidate: Client, kind: EvidenceKind
) -> None:
    page = as_candidate.get(at(own, "evidence_new", kind.value))
    assert page.status_code == 200
    assert ('type="file"' in text_of(page)) == (KINDS[kind].file is not FileRule.NONE)
    response = as_candidate.post(at(own, "evidence_new", kind.value), filled(kind))
    assert response.status_code == 302, response.context["form"].errors
    piece = Evidence.objects.get()
    before = piece.content()
    form = as_candidate.get(at(own, "evidence", piece.ref)).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    as_candidate.post(at(own, "evidence", piece.ref), {k: v for k, v in shown.items() if v is not None})
    piece.refresh_from_db()
    assert piece.content() == before
    assert piece.revision == 2


@pytest.mark.parametrize("kind", EvidenceKind)
def test_an_empty_form_tells_every_field_that_is_missing(
    own: OwnPortfolio, as_candidate: Client, kind: EvidenceKind
) -> None:
    response = as_candidate.post(at(own, "evidence_new", kind.value), {})
    spec = KINDS[kind]
    missing = {"title"} | {field.name for field in spec.fields if field.required}
    missing |= {"dated_on"} if spec.day_required else set()
    missing |= {"file"} if spec.file is FileRule.NEEDED else set()
    assert response.status_code == 422
    assert set(response.context["form"].errors) == missing
    assert not Evidence.objects.exists()


def test_every_kind_can_be_chosen_and_goes_on_with_the_competence(
    own: OwnPortfolio, as_candidate: Client
) -> None:
    page = text_of(as_candidate.get(at(own, "evidence_kinds") + "?code=1.2"))
    for kind in EvidenceKind:
        assert at(own, "evidence_new", kind.value) + "?code=1.2" in page


def test_a_link_is_never_one_to_follow_unless_it_is_http(
    cast: Cast, own: OwnPortfolio, as_guide: Client
) -> None:
    procedure = cast.start()
    assign(cast.coordinator, procedure, cast.guide, Role.GUIDE)
    give_consent(procedure.candidate, procedure, "nl")
    link = EvidenceInput(
        EvidenceKind.LINK, "Artikel", details={"url": "https://example.org/a", "shows": "Mijn stuk."}
    )
    piece = add_evidence(cast.candidate, own, link)
    take_into_dossier(cast.candidate, procedure, [piece.ref])
    address = reverse("portfolio:evidence", args=[procedure.ref, piece.ref])
    page = text_of(as_guide.get(address))
    assert 'href="https://example.org/a" target="_blank" rel="noopener noreferrer nofollow"' in page
    assert "op example.org" in page
    Evidence.objects.update(details={"url": "javascript:alert(1)", "shows": "x"})  # going round the services
    page = text_of(as_guide.get(address))
    assert "javascript:alert(1)" in page
    assert 'href="javascript' not in page


def test_what_a_competence_asks_opens_in_the_form_and_keeps_what_was_typed(
    own: OwnPortfolio, as_candidate: Client
) -> None:
    typed = {**STORY, "title": "", "ties": ["1.2"], "why_1.2": "Daarom.", "open": "1.1"}
    response = as_candidate.post(at(own, "evidence_new", "story"), typed)
    page = text_of(response)
    assert response.status_code == 200
    assert 'value="1.1.vb1"' in page and 'value="1.2.vb1"' not in page
    assert "Ik ging langs de deuren." in page and 'value="Daarom."' in page
    assert not Evidence.objects.exists()


def test_a_piece_is_tied_to_indicators_each_with_why_and_shows_them_again(
    own: OwnPortfolio, as_candidate: Client
) -> None:
    given = {**STORY, "ties": ["1.1", "1.1.vb1"], "opened": "1.1", "why_1.1.vb1": "Ik klopte aan."}
    as_candidate.post(at(own, "evidence_new", "story"), given)
    piece = Evidence.objects.get()
    assert list(piece.ties.values_list("code", "why")) == [("1.1", ""), ("1.1.vb1", "Ik klopte aan.")]
    page = text_of(as_candidate.get(at(own, "evidence", piece.ref)))
    assert 'value="1.1.vb1" checked' in page
    assert 'value="Ik klopte aan."' in page
    coverage = as_candidate.get(at(own, "coverage"))
    counts = {e.row.unit.code: e.row.count for g in coverage.context["map"] for e in g.rows}
    assert counts["1.1"] == 1


def test_an_indicator_alone_is_evidence_for_its_competence(own: OwnPortfolio, as_candidate: Client) -> None:
    as_candidate.post(at(own, "evidence_new", "story"), {**STORY, "ties": ["1.2.vb1"], "opened": "1.2"})
    page = as_candidate.get(at(own, "unit", "1.2"))
    assert "Buurtkamer weer open" in text_of(page)


def test_the_ladder_for_the_script_has_its_boxes_and_labels(own: OwnPortfolio, as_candidate: Client) -> None:
    part = text_of(as_candidate.get(at(own, "unit_ladder", "1.1")))
    assert 'value="1.1.vb1"' in part and 'name="why_1.1.vb1"' in part
    assert "<html" not in part
    assert as_candidate.get(at(own, "unit_ladder", "9.9")).status_code == 404


def test_words_are_counted_after_saving_too(own: OwnPortfolio, as_candidate: Client) -> None:
    piece = add_evidence(own.owner, own, story("Verhaal"))
    assert "10 woorden" in text_of(as_candidate.get(at(own, "evidence", piece.ref)))


def test_two_windows_on_one_story_lose_nothing(own: OwnPortfolio, as_candidate: Client) -> None:
    piece = add_evidence(own.owner, own, story("Verhaal"))
    address = at(own, "evidence", piece.ref)
    both = as_candidate.get(address).context["form"]["revision"].value()
    one = {**STORY, "action": "Zo staat het in venster een.", "revision": both}
    two = {**STORY, "action": "Zo staat het in venster twee.", "revision": both}
    assert as_candidate.post(address, one).status_code == 302
    response = as_candidate.post(address, two)
    page = text_of(response)
    assert response.status_code == 409
    assert "Zo staat het in venster een." in page and "Zo staat het in venster twee." in page
    assert "in een ander venster veranderd" in page
    assert Evidence.objects.get().story["action"] == "Zo staat het in venster een."
    again = {**two, "action": "Samen.", "revision": response.context["form"]["revision"].value()}
    assert as_candidate.post(address, again).status_code == 302
    assert Evidence.objects.get().story["action"] == "Samen."
    assert EvidenceVersion.objects.count() == 3


def test_a_draft_from_before_another_window_saved_is_noticed_as_well(
    own: OwnPortfolio, as_candidate: Client
) -> None:
    piece = add_evidence(own.owner, own, story("Verhaal"))
    address = at(own, "evidence", piece.ref)
    key = f"evidence:{own.ref}:{piece.ref}"
    as_candidate.post(reverse("save_draft", args=[key]), {**STORY, "title": "Concept", "revision": "1"})
    change_evidence(own.owner, own, piece.ref, story("Op mijn telefoon"), revision=1)
    shown = as_candidate.get(address)
    assert 'value="Concept"' in text_of(shown)
    response = as_candidate.post(address, {**STORY, "revision": shown.context["form"]["revision"].value()})
    assert response.status_code == 409
    assert "Op mijn telefoon" in text_of(response)


@pytest.mark.parametrize("revision", ["", "x", "-3", "99999999999999999999"])
def test_an_odd_revision_breaks_nothing(own: OwnPortfolio, as_candidate: Client, revision: str) -> None:
    piece = add_evidence(own.owner, own, story("Verhaal"))
    response = as_candidate.post(at(own, "evidence", piece.ref), {**STORY, "revision": revision})
    assert response.status_code in (302, 409, 422)


@pytest.mark.parametrize("new", [True, False])
def test_a_session_that_ended_while_writing_loses_no_word(
    cast: Cast, own: OwnPortfolio, client: Client, new: bool
) -> None:
    ref = "" if new else add_evidence(own.owner, own, story("Verhaal")).ref
    address = at(own, "evidence_new", "story") if new else at(own, "evidence", ref)
    sent = client.post(address, {**STORY, "ties": ["1.3"], "why_1.3": "Net getypt."})
    assert "/login/" in sent.headers["Location"]
    entered = client.post(sent.headers["Location"], {"login": cast.candidate.email, "password": PASSWORD})
    assert entered.headers["Location"] == address
    page = text_of(client.get(address))
    for kept in (
        "Ik ging langs de deuren.",
        'value="1.3" checked',
        'value="Net getypt."',
        "nog niet hebt bewaard",
    ):
        assert kept in page
    assert not Evidence.objects.filter(title=STORY["title"]).exists()
    assert len(draft_keys(cast.candidate, "evidence:")) == 1


def test_what_somebody_typed_while_logged_out_never_shows_to_another(
    cast: Cast, own: OwnPortfolio, client: Client
) -> None:
    address = at(own, "evidence_new", "story")
    client.post(address, STORY)
    client.post(reverse("account_login"), {"login": cast.guide.email, "password": PASSWORD})
    theirs = start_portfolio(cast.guide, cast.standard.pk)
    assert client.get(address).status_code == 404
    assert "langs de deuren" not in text_of(client.get(at(theirs, "evidence_new", "story")))


def test_an_absurd_amount_sent_while_logged_out_is_not_kept(own: OwnPortfolio, client: Client) -> None:
    client.post(at(own, "evidence_new", "story"), {**STORY, "action": "x" * 300_000})
    assert "typed_while_logged_out" not in client.session


def test_an_earlier_text_is_read_and_put_back(own: OwnPortfolio, as_candidate: Client) -> None:
    piece = add_evidence(own.owner, own, story("Verhaal"))
    as_candidate.post(at(own, "evidence", piece.ref), STORY)
    page = text_of(as_candidate.get(at(own, "versions", piece.ref)))
    assert at(own, "version", piece.ref, 1) in page
    earlier = text_of(as_candidate.get(at(own, "version", piece.ref, 1)))
    assert "Ik ging drie keer langs" in earlier and "Zet deze tekst terug" in earlier
    newest = text_of(as_candidate.get(at(own, "version", piece.ref, 2)))
    assert "Zet deze tekst terug" not in newest
    as_candidate.post(at(own, "version", piece.ref, 1))
    piece.refresh_from_db()
    assert piece.title == "Verhaal"
    assert as_candidate.get(at(own, "version", piece.ref, 9)).status_code == 404
    assert as_candidate.post(at(own, "version", piece.ref, 9)).status_code == 404


def test_a_coordinator_sets_what_is_usual_and_candidates_see_it(
    cast: Cast, as_candidate: Client, log_in: Any
) -> None:
    person: Person = cast.coordinator
    address = reverse("procedures:usual", args=[cast.provider.ref])
    browser = log_in(person)
    assert browser.post(address, {"years": "0", "pieces": "x", "contexts": ""}).status_code == 422
    assert browser.post(address, {"years": "7", "pieces": "1", "contexts": "1"}).status_code == 302
    procedure = cast.start()
    give_consent(procedure.candidate, procedure, "nl")
    as_candidate.post(
        reverse("portfolio:evidence_new", args=[procedure.ref, "story"]), {**STORY, "ties": ["1.1"]}
    )
    page = as_candidate.get(reverse("portfolio:coverage", args=[procedure.ref]))
    assert "van de laatste 7 jaar" in text_of(page)
    row = next(e.row for g in page.context["map"] for e in g.rows if e.row.unit.code == "1.1")
    assert row.met
