"""The dossier and its parts on the screen: what each sees, in which state, at what cost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bekwaam.services.drafts import save_draft
from bekwaam.services.portfolio.evidence import add_evidence
from bekwaam.services.portfolio.handing_in import give_back, hand_in
from bekwaam.services.portfolio.tips import give_tip
from bekwaam.services.procedures.course import give_consent
from bekwaam.store.models import Consent, Evidence, Person, Procedure, Snapshot, Tip
from tests.cast import Cast, Point, fresh, story
from tests.standards import indicator_standard
from tests.web.portfolio.conftest import STORY, text_of, url

MOST_QUERIES = 12


def test_consent_is_shown_in_full_and_given_with_one_button(cast: Cast, as_candidate: Client) -> None:
    procedure = cast.bring_to(Point.ASSIGNED)
    page = text_of(as_candidate.get(url("consent", procedure)))
    assert "EVC Huis Noord" in page
    assert f"/traject/{procedure.ref}/stoppen/" in page
    response = as_candidate.post(url("consent", procedure), follow=True)
    assert response.redirect_chain == [(url("dossier", procedure), 302)]
    consent = Consent.objects.get()
    assert all(line in page for line in consent.text.split("\n"))
    assert fresh(procedure).state == "portfolio"


def test_the_candidate_finds_the_way_out_after_consenting_and_the_guide_does_not(
    open_portfolio: Procedure, as_candidate: Client, as_guide: Client
) -> None:
    way_out = f"/traject/{open_portfolio.ref}/stoppen/"
    assert way_out in as_candidate.get(url("dossier", open_portfolio)).content.decode()
    assert way_out not in as_guide.get(url("dossier", open_portfolio)).content.decode()


def test_consent_is_the_candidates_own_and_given_once(
    cast: Cast, as_candidate: Client, as_guide: Client
) -> None:
    procedure = cast.bring_to(Point.ASSIGNED)
    assert as_guide.post(url("consent", procedure)).status_code == 403
    give_consent(procedure.candidate, procedure, "nl")
    assert as_candidate.post(url("consent", procedure)).status_code == 403
    assert Consent.objects.count() == 1


def test_before_consent_the_dossier_points_to_consent(cast: Cast, as_candidate: Client) -> None:
    procedure = cast.bring_to(Point.ASSIGNED)
    page = text_of(as_candidate.get(url("dossier", procedure)))
    assert url("consent", procedure) in page
    assert url("evidence_new", procedure, "story") not in page


def test_the_dossier_counts_pieces_per_competence_and_names_the_gaps(
    open_portfolio: Procedure, as_candidate: Client
) -> None:
    for number in range(2):
        add_evidence(open_portfolio.candidate, open_portfolio, story(f"Verhaal {number}", ["1.1"]))
    response = as_candidate.get(url("dossier", open_portfolio))
    rows = {row.unit.code: row.label for group in response.context["groups"] for row in group.rows}
    assert rows == {"1.1": "2 stukken", "1.2": "nog geen bewijs", "1.3": "nog geen bewijs"}
    assert [row.unit.code for row in response.context["progress"].first_gaps] == ["1.2", "1.3"]
    assert "Verhaal 0" in text_of(response)


def test_life_domains_of_the_scope_are_counted_as_well(cast: Cast, as_candidate: Client) -> None:
    procedure = cast.bring_to(Point.CONSENTED, life_domains=["L1"])
    response = as_candidate.get(url("dossier", procedure))
    assert [group.name for group in response.context["groups"]] == ["cluster 1", "Leefgebieden"]
    assert [(part["covered"], part["total"]) for part in response.context["summary"]] == [(0, 3), (0, 1)]


def test_the_guide_reads_and_gives_tips_but_cannot_write(cast: Cast, as_guide: Client) -> None:
    procedure = cast.bring_to(Point.FILLED)
    ref = Evidence.objects.get().ref
    page = text_of(as_guide.get(url("dossier", procedure)))
    assert "Dossier van Samira Kandidaat" in page
    assert url("tip", procedure) in page
    for name in ("evidence_new", "hand_in", "evidence_remove"):
        rest = {"evidence_new": ["story"], "hand_in": [], "evidence_remove": [ref]}[name]
        assert url(name, procedure, *rest) not in page
        assert as_guide.get(url(name, procedure, *rest)).status_code == 403
    assert as_guide.post(url("evidence", procedure, ref), STORY).status_code == 403
    piece = text_of(as_guide.get(url("evidence", procedure, ref)))
    assert "Ik ging drie keer langs" in piece
    assert "<textarea" not in piece


@pytest.mark.parametrize("who", ["coordinator", "auditor", "operator", "assessor"])
def test_others_do_not_see_what_is_being_collected(
    cast: Cast, log_in: Callable[[Person], Client], who: str
) -> None:
    procedure = cast.bring_to(Point.FILLED)
    somebody = cast.assessors[0] if who == "assessor" else getattr(cast, who)
    ref = Evidence.objects.get().ref
    for address in (
        url("dossier", procedure),
        url("evidence", procedure, ref),
        url("unit", procedure, "1.1"),
    ):
        assert log_in(somebody).get(address).status_code in (403, 404)


def test_strangers_get_not_found_and_visitors_go_to_log_in(
    cast: Cast, client: Client, log_in: Callable[[Person], Client]
) -> None:
    procedure = cast.bring_to(Point.FILLED)
    assert log_in(cast.outsider).get(url("dossier", procedure)).status_code == 404
    assert client.get(url("dossier", procedure)).headers["Location"].startswith("/account/login/")


def test_after_handing_in_it_shows_the_snapshot_with_its_fingerprint(
    cast: Cast, as_candidate: Client
) -> None:
    procedure = cast.bring_to(Point.HANDED_IN)
    page = text_of(as_candidate.get(url("dossier", procedure)))
    assert Snapshot.objects.get().sha256[:16] in page
    assert "Verhaal 1" in page
    assert url("evidence_new", procedure, "story") not in page
    ref = Evidence.objects.get().ref
    piece = text_of(as_candidate.get(url("evidence", procedure, ref)))
    assert "Ik ging drie keer langs" in piece
    assert "textarea" not in piece
    assert as_candidate.post(url("evidence", procedure, ref), STORY).status_code == 403


def test_after_giving_back_the_reason_is_shown(cast: Cast, as_candidate: Client) -> None:
    procedure = cast.bring_to(Point.HANDED_IN)
    give_back(cast.coordinator, procedure, "Vul de <b>reflectie</b> aan.")
    page = text_of(as_candidate.get(url("dossier", procedure)))
    assert "Vul de &lt;b&gt;reflectie&lt;/b&gt; aan." in page
    assert url("hand_in", procedure) in page


def test_a_stopped_procedure_still_shows_the_candidate_their_file(cast: Cast, as_candidate: Client) -> None:
    procedure = cast.withdrawn()
    page = text_of(as_candidate.get(url("dossier", procedure)))
    assert "Verhaal 1" in page
    assert url("hand_in", procedure) not in page


def test_what_was_begun_and_not_sent_can_be_found_again(cast: Cast, as_candidate: Client) -> None:
    procedure = cast.bring_to(Point.FILLED)
    ref = Evidence.objects.get().ref
    save_draft(cast.candidate, f"evidence:{procedure.ref}:new:story", {"title": ["Half"]})
    save_draft(cast.candidate, f"evidence:{procedure.ref}:{ref}", {"title": ["Anders"]})
    save_draft(cast.candidate, f"evidence:{procedure.ref}:verdwenen", {"title": ["Weg"]})
    response = as_candidate.get(url("dossier", procedure))
    assert {link.url for link in response.context["unfinished"]} == {
        url("evidence_new", procedure, "story"),
        url("evidence", procedure, ref),
    }


def test_a_competence_page_has_its_ladder_evidence_and_tips(cast: Cast, as_candidate: Client) -> None:
    procedure = cast.bring_to(Point.FILLED)
    give_tip(cast.guide, procedure, "Denk aan de groep.", "1.1")
    give_tip(cast.guide, procedure, "Iets anders.", "1.2")
    response = as_candidate.get(url("unit", procedure, "1.1"))
    page = text_of(response)
    assert [(rung.title, rung.asked) for rung in response.context["ladder"]] == [
        ("startbekwaam", False),
        ("vakbekwaam", True),
        ("vakvolwassen", False),
    ]
    assert "Verhaal 1" in page
    assert "Hier doe ik het." in page
    assert "Denk aan de groep." in page
    assert "Iets anders." not in page
    assert url("evidence_new", procedure, "story") + "?code=1.1" in page


@pytest.mark.parametrize("code", ["9.9", "1", "1.1.vb1", "L1"])
def test_only_what_is_judged_has_a_page(cast: Cast, as_candidate: Client, code: str) -> None:
    procedure = cast.bring_to(Point.CONSENTED)
    assert as_candidate.get(url("unit", procedure, code)).status_code == 404


def test_a_standard_that_judges_indicators_has_a_page_for_each(cast: Cast, as_candidate: Client) -> None:
    from bekwaam.services.frameworks.versions import publish

    standard = publish(None, indicator_standard())
    procedure = cast.bring_to(Point.CONSENTED, standard=standard)
    add_evidence(procedure.candidate, procedure, story("Heel gebied", ["A1"]))
    response = as_candidate.get(url("dossier", procedure))
    counts = {row.unit.code: row.count for group in response.context["groups"] for row in group.rows}
    assert len(counts) == 30
    assert [code for code, count in counts.items() if count] == [f"A1.vb{n}" for n in range(1, 6)]
    unit = as_candidate.get(url("unit", procedure, "A1.vb3"))
    assert "Heel gebied" in text_of(unit)
    assert [rung.asked for rung in unit.context["ladder"]] == [True]


def test_the_real_standard_shows_21_competences_in_seven_clusters(
    cast: Cast, as_candidate: Client, mbo_standard: Any
) -> None:
    procedure = cast.bring_to(Point.CONSENTED, standard=mbo_standard, life_domains=["L1", "L7"])
    response = as_candidate.get(url("dossier", procedure))
    groups = response.context["groups"]
    assert [group.hue for group in groups] == [1, 2, 3, 4, 5, 6, 7, 0]
    assert sum(len(group.rows) for group in groups) == 23
    for code in ("1.1", "7.3", "L7"):
        assert as_candidate.get(url("unit", procedure, code)).status_code == 200


def test_the_list_of_evidence_is_paged(open_portfolio: Procedure, cast: Cast, as_candidate: Client) -> None:
    cast.fill(open_portfolio, 30)
    first = as_candidate.get(url("dossier", open_portfolio))
    second = as_candidate.get(url("dossier", open_portfolio) + "?page=2")
    assert (len(first.context["cards"]), len(second.context["cards"])) == (25, 5)
    assert as_candidate.get(url("dossier", open_portfolio) + "?page=zot").status_code == 200


PAGES: dict[str, Callable[[Procedure], str]] = {
    "dossier": lambda procedure: url("dossier", procedure),
    "unit": lambda procedure: url("unit", procedure, "1.1"),
    "evidence": lambda procedure: url("evidence", procedure, Evidence.objects.first().ref),  # type: ignore[union-attr]
    "evidence_new": lambda procedure: url("evidence_new", procedure, "story"),
    "evidence_remove": lambda procedure: url("evidence_remove", procedure, Evidence.objects.first().ref),  # type: ignore[union-attr]
    "hand_in": lambda procedure: url("hand_in", procedure),
    "tip": lambda procedure: url("tip", procedure),
}
EVERYWHERE = [("candidate", name, "portfolio") for name in PAGES if name != "tip"]
EVERYWHERE += [("guide", name, "portfolio") for name in ("dossier", "unit", "evidence", "tip")]
EVERYWHERE += [
    (who, name, "judging") for who in ("candidate", "guide") for name in ("dossier", "unit", "evidence")
]


@pytest.mark.parametrize(("who", "name", "state"), EVERYWHERE)
def test_a_page_takes_the_same_few_queries_for_a_small_and_a_large_dossier(
    cast: Cast, log_in: Callable[[Person], Client], who: str, name: str, state: str
) -> None:
    counts = []
    for pieces in (1, 30):
        Tip.objects.all().delete()
        procedure = cast.bring_to(Point.CONSENTED)
        cast.fill(procedure, pieces)
        for number in range(pieces):
            give_tip(cast.guide, fresh(procedure), f"Tip {number}", "1.1")
        if state == "judging":
            hand_in(procedure.candidate, fresh(procedure))
        client = log_in(getattr(cast, who))
        address = PAGES[name](procedure)
        client.get(address)  # fills what is kept per process
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        counts.append(len(captured))
        Evidence.objects.all().delete() if state == "portfolio" else None
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_a_tip_reaches_the_candidate(cast: Cast, as_candidate: Client, as_guide: Client) -> None:
    procedure = cast.bring_to(Point.FILLED)
    sent = as_guide.post(url("tip", procedure), {"code": "1.2", "text": "Noem de groep."})
    assert sent.headers["Location"] == url("unit", procedure, "1.2")
    assert "Noem de groep." in text_of(as_candidate.get(url("dossier", procedure)))


def test_a_tip_on_the_whole_is_the_usual_one(cast: Cast, as_guide: Client) -> None:
    procedure = cast.bring_to(Point.FILLED)
    form = as_guide.get(url("tip", procedure)).context["form"]
    sent = as_guide.post(url("tip", procedure), {"code": form["code"].value(), "text": "Mooi."})
    assert sent.headers["Location"] == url("dossier", procedure)
    assert Tip.objects.get().code == ""


def test_an_empty_tip_or_one_about_nothing_is_told_and_kept(cast: Cast, as_guide: Client) -> None:
    procedure = cast.bring_to(Point.FILLED)
    empty = as_guide.post(url("tip", procedure), {"code": "1.2", "text": " "})
    assert empty.status_code == 422
    assert "Schrijf eerst je tip." in text_of(empty)
    wrong = as_guide.post(url("tip", procedure), {"code": "9.9", "text": "Deze tekst blijft staan."})
    assert wrong.status_code == 422
    assert "Deze tekst blijft staan." in text_of(wrong)
    assert not Tip.objects.exists()


def test_handing_in_shows_what_is_empty_and_asks_for_ones_word(cast: Cast, as_candidate: Client) -> None:
    procedure = cast.bring_to(Point.CONSENTED)
    page = as_candidate.get(url("hand_in", procedure))
    assert not page.context["ready"]
    assert b"<button" not in page.content.split(b"<main")[1]
    add_evidence(procedure.candidate, procedure, story("Verhaal", ["1.1"]))
    add_evidence(procedure.candidate, procedure, story("Los verhaal"))
    page = as_candidate.get(url("hand_in", procedure))
    assert [row.unit.code for row in page.context["gaps"]] == ["1.2", "1.3"]
    assert "Los verhaal" in text_of(page)
    assert "eigen werk" in text_of(page)


def test_handing_in_freezes_and_goes_back_to_the_dossier(cast: Cast, as_candidate: Client) -> None:
    procedure = cast.bring_to(Point.FILLED)
    response = as_candidate.post(url("hand_in", procedure), follow=True)
    assert "Je hebt je dossier ingeleverd" in text_of(response)
    assert fresh(procedure).state == "judging"
    assert as_candidate.post(url("hand_in", procedure)).status_code == 403
    assert Snapshot.objects.count() == 1


def test_handing_in_an_empty_dossier_round_the_screen_is_refused(
    open_portfolio: Procedure, as_candidate: Client
) -> None:
    assert as_candidate.post(url("hand_in", open_portfolio)).status_code == 403
    assert not Snapshot.objects.exists()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_pages_come_in_both_languages(cast: Cast, as_candidate: Client, language: str) -> None:
    procedure = cast.bring_to(Point.FILLED)
    as_candidate.cookies["django_language"] = language
    page = text_of(as_candidate.get(url("dossier", procedure)))
    assert f'lang="{language}"' in page
    assert ("Jouw dossier" in page) == (language == "nl")
    assert ("Your dossier" in page) == (language == "en")
