"""Adding and changing evidence on the screen, with everything that can go wrong on the way."""

from __future__ import annotations

import io
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bekwaam.domain.portfolio.uploads import MAX_BYTES
from bekwaam.services.drafts import draft_keys, save_draft
from bekwaam.services.portfolio.evidence import EvidenceInput, EvidenceKind, add_evidence
from bekwaam.store.models import Evidence, Procedure, StoredFile
from tests.cast import Cast, fresh, story
from tests.domain.portfolio.test_recordings import film
from tests.files import PDF, PNG, pdf, zipped
from tests.web.portfolio.conftest import STORY, text_of, url

MB = 1024 * 1024


def test_a_story_is_added_with_what_it_shows_and_why(open_portfolio: Procedure, as_candidate: Client) -> None:
    given = {**STORY, "ties": ["1.1", "1.3"], "why_1.1": "Ik ging erheen.", "why_1.2": "Niet aangevinkt."}
    response = as_candidate.post(url("evidence_new", open_portfolio, "story"), given)
    assert response.headers["Location"] == url("dossier", open_portfolio)
    piece = Evidence.objects.get()
    assert (piece.title, str(piece.dated_on), piece.context) == (
        "Buurtkamer weer open",
        "2025-03-14",
        "Wijkteam Noord",
    )
    assert piece.story["reflection"] == "Ik begon een volgende keer eerder."
    assert list(piece.ties.values_list("code", "why")) == [("1.1", "Ik ging erheen."), ("1.3", "")]


def test_reference_evidence_is_added(open_portfolio: Procedure, as_candidate: Client) -> None:
    given = {"title": "Plan", "where": "Wijkteam", "who": "De teamleider", "shows": "Mijn verslag"}
    as_candidate.post(url("evidence_new", open_portfolio, "reference"), given)
    assert Evidence.objects.get().details == {k: v for k, v in given.items() if k != "title"}


def test_a_file_is_added_and_comes_back_as_it_was(open_portfolio: Procedure, as_candidate: Client) -> None:
    name = "plan “def” ‹1› é #2;.pdf"
    as_candidate.post(url("evidence_new", open_portfolio, "file"), {"title": "Plan", "file": pdf(name)})
    response = as_candidate.get(url("evidence_file", open_portfolio, Evidence.objects.get().ref))
    assert b"".join(response.streaming_content) == PDF  # type: ignore[attr-defined]
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("inline; filename*=utf-8''plan%20")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "private" in response.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("upload", "disposition"),
    [
        (SimpleUploadedFile("foto.png", PNG), "inline"),
        (SimpleUploadedFile("plan.docx", zipped("word/document.xml")), "attachment"),
    ],
)
def test_only_what_a_browser_shows_safely_opens_in_it(
    open_portfolio: Procedure, as_candidate: Client, upload: SimpleUploadedFile, disposition: str
) -> None:
    as_candidate.post(url("evidence_new", open_portfolio, "file"), {"title": "Stuk", "file": upload})
    response = as_candidate.get(url("evidence_file", open_portfolio, Evidence.objects.get().ref))
    assert response.headers["Content-Disposition"].startswith(disposition)


@pytest.mark.parametrize(
    ("name", "content", "shown"),
    [
        ("foto.png", PNG, "<img class"),
        ("plan.pdf", PDF, "<iframe"),
        ("opname.mp3", b"ID3 geluid", "<audio"),
        ("film.mp4", b"\x00\x00\x00\x14ftypmp42\x00\x00\x00\x00mp42", "<video"),
        ("plan.docx", zipped("word/document.xml"), ""),
    ],
)
def test_a_file_is_shown_in_its_place_to_its_owner_and_to_the_guide_with_a_link_to_save_it(
    open_portfolio: Procedure, as_candidate: Client, as_guide: Client, name: str, content: bytes, shown: str
) -> None:
    given = {"title": "Stuk", "file": SimpleUploadedFile(name, content)}
    as_candidate.post(url("evidence_new", open_portfolio, "file"), given)
    ref = Evidence.objects.get().ref
    for client in (as_candidate, as_guide):
        page = text_of(client.get(url("evidence", open_portfolio, ref)))
        assert f'<a href="{url("evidence_file", open_portfolio, ref)}">{name}</a>' in page
        for way in ("<img class", "<iframe", "<audio", "<video"):
            assert (way in page) == (way == shown)


def test_part_of_a_recording_is_sent_locked_up_like_the_whole(
    open_portfolio: Procedure, as_candidate: Client
) -> None:
    given = {"title": "Stuk", "file": SimpleUploadedFile("opname.mp3", b"ID3 geluid")}
    as_candidate.post(url("evidence_new", open_portfolio, "file"), given)
    address = url("evidence_file", open_portfolio, Evidence.objects.get().ref)
    response = as_candidate.get(address, headers={"Range": "bytes=4-6"})
    assert response.status_code == 206
    assert b"".join(response.streaming_content) == b"gel"  # type: ignore[attr-defined]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_recording_comes_in_without_the_place_and_one_that_was_cut_off_gets_a_sentence(
    open_portfolio: Procedure, as_candidate: Client, own_files: Path
) -> None:
    new = url("evidence_new", open_portfolio, "file")
    cut = as_candidate.post(new, {"title": "Film", "file": SimpleUploadedFile("film.mov", film()[:-3])})
    assert cut.status_code == 422 and "film.mov is geen hele opname" in text_of(cut)
    as_candidate.post(new, {"title": "Film", "file": SimpleUploadedFile("film.mov", film())})
    file = StoredFile.objects.get()
    (kept,) = [path.read_bytes() for path in own_files.rglob(file.key)]
    assert b"52.1561" not in kept and len(kept) == len(film()) == file.size
    assert file.sha256 == sha256(kept).hexdigest()


def test_whose_names_a_document_carries_is_told_to_its_owner_alone_and_the_document_stays_as_it_was(
    open_portfolio: Procedure, as_candidate: Client, as_guide: Client, own_files: Path
) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
        archive.writestr("docProps/core.xml", "<cp:lastModifiedBy>Nel &lt;i&gt;<")
    given = {"title": "Plan", "file": SimpleUploadedFile("plan.docx", target.getvalue())}
    as_candidate.post(url("evidence_new", open_portfolio, "file"), given)
    address = url("evidence", open_portfolio, Evidence.objects.get().ref)
    page = text_of(as_candidate.get(address))
    assert "Nel &lt;i&gt;" in page and "laatst gewijzigd door" in page
    assert "Nel" not in text_of(as_guide.get(address))
    (kept,) = [path.read_bytes() for path in own_files.rglob(StoredFile.objects.get().key)]
    assert kept == target.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("groot.pdf", PDF + b"x" * (120 * MB - len(PDF)), "groot.pdf is 120 MB"),
        ("krap.pdf", PDF + b"x" * (MAX_BYTES + 1 - len(PDF)), "krap.pdf is 101 MB"),
        ("plan.pdf", zipped("word/document.xml"), "plan.pdf"),
        ("leeg.pdf", b"", "leeg.pdf"),
        ("programma.exe", b"MZ", "programma.exe"),
        ("geen-extensie", PDF, "geen-extensie"),
        ("<script>.html", b"<script>", "&lt;script&gt;.html"),
        ("x." + "e" * 240, PDF, "x.eee"),
    ],
)
def test_a_bad_file_gets_a_sentence_and_nothing_typed_is_lost(
    open_portfolio: Procedure, as_candidate: Client, own_files: Any, name: str, content: bytes, sentence: str
) -> None:
    given = {
        "title": "Mijn plan",
        "context": "Wijkteam",
        "dated_on": "2025-03-14",
        "ties": ["1.2"],
        "why_1.2": "Daarom past het.",
        "file": SimpleUploadedFile(name, content),
    }
    response = as_candidate.post(url("evidence_new", open_portfolio, "file"), given)
    page = text_of(response)
    assert response.status_code == 422
    assert sentence in page
    for kept in ('value="Mijn plan"', 'value="Wijkteam"', 'value="2025-03-14"', 'value="Daarom past het."'):
        assert kept in page
    assert 'value="1.2" checked' in page
    assert "Kies het bestand opnieuw" in page
    assert not Evidence.objects.exists()
    assert not StoredFile.objects.exists()
    assert not own_files.exists()


def test_a_bad_file_and_an_empty_title_are_told_together(
    open_portfolio: Procedure, as_candidate: Client
) -> None:
    response = as_candidate.post(
        url("evidence_new", open_portfolio, "file"), {"title": "", "file": pdf(content=b"")}
    )
    assert set(response.context["form"].errors) == {"title", "file"}


def test_a_file_of_the_largest_size_comes_in_whole(open_portfolio: Procedure, as_candidate: Client) -> None:
    content = PDF + b"x" * (MAX_BYTES - len(PDF))
    as_candidate.post(
        url("evidence_new", open_portfolio, "file"), {"title": "Groot", "file": pdf(content=content)}
    )
    assert StoredFile.objects.get().size == MAX_BYTES


def test_a_form_with_too_much_text_gets_a_page_that_says_so(
    open_portfolio: Procedure, as_candidate: Client
) -> None:
    response = as_candidate.post(
        url("evidence_new", open_portfolio, "story"), {**STORY, "situation": "x" * (6 * MB)}
    )
    assert response.status_code == 400
    assert "te veel in één keer" in text_of(response)
    assert not Evidence.objects.exists()


def test_a_story_that_is_too_long_is_told_and_kept(open_portfolio: Procedure, as_candidate: Client) -> None:
    long = "woord " * 4000
    response = as_candidate.post(url("evidence_new", open_portfolio, "story"), {**STORY, "action": long})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["action"]
    assert long.strip() in text_of(response)


def test_empty_parts_are_all_told_and_what_was_typed_stays(
    open_portfolio: Procedure, as_candidate: Client
) -> None:
    given = {"title": "Titel", "situation": "Toen en daar.", "dated_on": "gisteren", "ties": ["1.1"]}
    response = as_candidate.post(url("evidence_new", open_portfolio, "story"), given)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"task", "action", "result", "reflection", "dated_on"}
    page = text_of(response)
    assert "Toen en daar." in page
    assert 'value="gisteren"' in page


@pytest.mark.parametrize("typed", ["14-03-2025", "2025-03-14"])
def test_a_date_may_be_typed_the_dutch_way(
    open_portfolio: Procedure, as_candidate: Client, typed: str
) -> None:
    as_candidate.post(url("evidence_new", open_portfolio, "story"), {**STORY, "dated_on": typed})
    assert str(Evidence.objects.get().dated_on) == "2025-03-14"


@pytest.mark.parametrize("ties", [["9.9"], ["1.1", "9.9.vb1"], ["<x>"]])
def test_a_competence_that_is_not_in_the_list_is_refused(
    open_portfolio: Procedure, as_candidate: Client, ties: list[str]
) -> None:
    response = as_candidate.post(url("evidence_new", open_portfolio, "story"), {**STORY, "ties": ties})
    assert response.status_code == 422
    assert not Evidence.objects.exists()


def test_an_unknown_kind_of_evidence_is_not_found(open_portfolio: Procedure, as_candidate: Client) -> None:
    assert as_candidate.get(url("evidence_new", open_portfolio, "video")).status_code == 404


def test_a_double_click_adds_one_piece(open_portfolio: Procedure, as_candidate: Client) -> None:
    for _ in range(2):
        assert as_candidate.post(url("evidence_new", open_portfolio, "story"), STORY).status_code == 302
    assert Evidence.objects.count() == 1


def test_coming_from_a_competence_it_is_ticked_already(
    open_portfolio: Procedure, as_candidate: Client
) -> None:
    page = text_of(as_candidate.get(url("evidence_new", open_portfolio, "story") + "?code=1.2"))
    assert 'value="1.2" checked' in page
    assert page.count(" checked") == 1


def test_a_closed_tab_loses_nothing_and_sending_drops_the_draft(
    open_portfolio: Procedure, as_candidate: Client
) -> None:
    key = f"evidence:{open_portfolio.ref}:new:story"
    draft = {"title": "Half af", "action": "Ik begon", "ties": ["1.1", "1.3"], "why_1.3": "omdat"}
    assert as_candidate.post(f"/concept/{key}", draft).status_code == 200
    page = text_of(as_candidate.get(url("evidence_new", open_portfolio, "story")))
    for kept in (
        'value="Half af"',
        "Ik begon",
        'value="1.1" checked',
        'value="1.3" checked',
        'value="omdat"',
    ):
        assert kept in page
    as_candidate.post(url("evidence_new", open_portfolio, "story"), STORY)
    assert draft_keys(open_portfolio.candidate, "evidence:") == set()


def test_a_refused_form_keeps_the_draft(open_portfolio: Procedure, as_candidate: Client) -> None:
    key = f"evidence:{open_portfolio.ref}:new:story"
    save_draft(open_portfolio.candidate, key, {"title": ["Half"]})
    as_candidate.post(url("evidence_new", open_portfolio, "story"), {**STORY, "task": ""})
    assert draft_keys(open_portfolio.candidate, "evidence:") == {key}


def test_changes_in_a_draft_win_over_what_is_stored_until_thrown_away(
    open_portfolio: Procedure, as_candidate: Client
) -> None:
    piece = add_evidence(open_portfolio.candidate, open_portfolio, story("Verhaal", ["1.1", "1.2"]))
    address = url("evidence", open_portfolio, piece.ref)
    save_draft(
        open_portfolio.candidate,
        f"evidence:{open_portfolio.ref}:{piece.ref}",
        {"title": ["Anders"], "task": ["x"]},
    )
    page = text_of(as_candidate.get(address))
    assert 'value="Anders"' in page
    assert " checked" not in page  # a draft without ticks had none
    as_candidate.post(address, {"discard": "yes"})
    page = text_of(as_candidate.get(address))
    assert 'value="Verhaal"' in page
    assert page.count(" checked") == 2


def test_a_piece_is_changed_on_its_own_page(open_portfolio: Procedure, as_candidate: Client) -> None:
    piece = add_evidence(open_portfolio.candidate, open_portfolio, story("Verhaal", ["1.1"]))
    as_candidate.post(url("evidence", open_portfolio, piece.ref), {**STORY, "ties": ["1.2"]})
    piece.refresh_from_db()
    assert piece.title == "Buurtkamer weer open"
    assert list(piece.ties.values_list("code", flat=True)) == ["1.2"]


def test_a_piece_shows_with_everything_it_holds_and_saving_it_changes_nothing(
    open_portfolio: Procedure, as_candidate: Client
) -> None:
    piece = add_evidence(open_portfolio.candidate, open_portfolio, story("Verhaal", ["1.1", "1.3"]))
    before = (piece.content(), list(piece.ties.values_list("code", "why")))
    form = as_candidate.get(url("evidence", open_portfolio, piece.ref)).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    as_candidate.post(
        url("evidence", open_portfolio, piece.ref), {k: v for k, v in shown.items() if v is not None}
    )
    piece.refresh_from_db()
    assert (piece.content(), list(piece.ties.values_list("code", "why"))) == before


def test_a_file_piece_keeps_its_file_unless_another_is_chosen(
    open_portfolio: Procedure, as_candidate: Client
) -> None:
    piece = add_evidence(
        open_portfolio.candidate, open_portfolio, EvidenceInput(EvidenceKind.FILE, "Plan"), pdf()
    )
    address = url("evidence", open_portfolio, piece.ref)
    assert "plan.pdf" in text_of(as_candidate.get(address))
    as_candidate.post(address, {"title": "Nieuwe titel"})
    assert StoredFile.objects.get().name == "plan.pdf"
    as_candidate.post(address, {"title": "Nieuwe titel", "file": pdf("beter.pdf", b"%PDF-2.0")})
    assert StoredFile.objects.get().name == "beter.pdf"


def test_a_tie_that_fell_out_of_the_scope_is_kept_when_saving(cast: Cast, as_candidate: Client) -> None:
    from bekwaam.domain.procedures.scope import Purpose
    from bekwaam.services.procedures.course import give_consent, set_scope

    procedure = cast.start(life_domains=["L1"])
    give_consent(procedure.candidate, procedure, "nl")
    piece = add_evidence(procedure.candidate, fresh(procedure), story("Verhaal", ["1.1", "L1"]))
    set_scope(cast.coordinator, procedure, purpose=Purpose.TRANSFER, other_stages=False, life_domains=[])
    address = url("evidence", procedure, piece.ref)
    assert 'value="L1" checked' in text_of(as_candidate.get(address))
    as_candidate.post(address, {**STORY, "ties": ["1.1", "L1"]})
    assert list(piece.ties.values_list("code", flat=True)) == ["1.1", "L1"]


def test_removing_asks_first(open_portfolio: Procedure, as_candidate: Client) -> None:
    piece = add_evidence(open_portfolio.candidate, open_portfolio, story("Verhaal", ["1.1"]))
    address = url("evidence_remove", open_portfolio, piece.ref)
    assert "Verhaal" in text_of(as_candidate.get(address))
    assert Evidence.objects.count() == 1
    assert "staat niet meer in je dossier" in text_of(as_candidate.post(address, follow=True))
    assert not Evidence.objects.exists()
    assert as_candidate.get(address).status_code == 404


def test_hostile_text_comes_out_as_text(open_portfolio: Procedure, as_candidate: Client) -> None:
    hostile = "</textarea><script>alert(1)</script>"
    as_candidate.post(
        url("evidence_new", open_portfolio, "story"),
        {**STORY, "title": hostile, "task": hostile, "ties": ["1.1"], "why_1.1": hostile},
    )
    ref = Evidence.objects.get().ref
    for address in (
        url("dossier", open_portfolio),
        url("unit", open_portfolio, "1.1"),
        url("evidence", open_portfolio, ref),
        url("evidence_remove", open_portfolio, ref),
    ):
        assert "<script>alert" not in text_of(as_candidate.get(address))
