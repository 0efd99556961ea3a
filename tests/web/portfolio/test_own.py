"""A portfolio of one's own: started, filled, and taken from for a dossier."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bekwaam.services.portfolio.evidence import add_evidence
from bekwaam.services.portfolio.own import start_portfolio
from bekwaam.store.models import DossierItem, Evidence, FrameworkVersion, OwnPortfolio, Person, Procedure
from tests.cast import Cast, Point, story
from tests.files import pdf
from tests.web.portfolio.conftest import STORY, text_of, url

MOST_QUERIES = 12


@pytest.fixture
def own(cast: Cast) -> OwnPortfolio:
    """Return the candidate's own portfolio, empty; there is no procedure."""
    return start_portfolio(cast.candidate, cast.standard.pk)


def at(portfolio: OwnPortfolio, name: str, *rest: Any) -> str:
    return reverse(f"portfolio:own_{name}", args=[portfolio.ref, *rest])


def test_somebody_without_any_procedure_starts_one_with_the_usual_choice(
    cast: Cast, as_candidate: Client
) -> None:
    page = as_candidate.get(reverse("portfolio:portfolios"))
    assert "Welkom bij je portfolio" in text_of(page)
    assert page.context["form"]["standard"].value() == str(cast.standard.pk)
    response = as_candidate.post(reverse("portfolio:portfolios"), {"standard": cast.standard.pk})
    portfolio = OwnPortfolio.objects.get()
    assert response.headers["Location"] == at(portfolio, "dossier")
    again = as_candidate.get(reverse("portfolio:portfolios"))
    assert again.headers["Location"] == at(portfolio, "dossier")


@pytest.mark.parametrize("standard", ["", "0", "x", "99999"])
def test_a_framework_that_is_not_in_the_list_is_refused(
    cast: Cast, as_candidate: Client, standard: str
) -> None:
    response = as_candidate.post(reverse("portfolio:portfolios"), {"standard": standard})
    assert response.status_code == 422
    assert not OwnPortfolio.objects.exists()


def test_evidence_is_added_changed_and_removed(own: OwnPortfolio, as_candidate: Client) -> None:
    given = {**STORY, "ties": ["1.1"], "why_1.1": "Ik ging erheen.", "setting": "W2", "reach": "one"}
    response = as_candidate.post(at(own, "evidence_new", "story"), given, follow=True)
    assert "Je bewijs staat in je portfolio" in text_of(response)
    assert "Buurtkamer weer open" in text_of(response)
    piece = Evidence.objects.get()
    assert piece.contexts == {"setting": "W2", "reach": "one"}
    as_candidate.post(at(own, "evidence", piece.ref), {**given, "title": "Anders"})
    piece.refresh_from_db()
    assert (piece.title, piece.contexts["setting"]) == ("Anders", "W2")
    assert "uit je portfolio" in text_of(as_candidate.get(at(own, "evidence_remove", piece.ref)))
    as_candidate.post(at(own, "evidence_remove", piece.ref))
    assert not Evidence.objects.exists()


def test_coverage_goes_from_gap_to_met(own: OwnPortfolio, as_candidate: Client) -> None:
    def row(code: str) -> Any:
        page = as_candidate.get(at(own, "coverage"))
        return next(e.row for g in page.context["map"] for e in g.rows if e.row.unit.code == code)

    assert (row("1.1").count, row("1.1").met) == (0, False)
    as_candidate.post(at(own, "evidence_new", "story"), {**STORY, "ties": ["1.1"]})
    assert row("1.1").count == 1
    assert len(row("1.1").hints) == 2
    other = {**STORY, "title": "Nog een", "context": "School", "ties": ["1.1"]}
    as_candidate.post(at(own, "evidence_new", "story"), other)
    assert (row("1.1").count, row("1.1").met) == (2, True)
    assert (row("1.2").count, row("1.2").met) == (0, False)
    only_open = as_candidate.get(at(own, "coverage") + "?toon=open")
    codes = [e.row.unit.code for g in only_open.context["map"] for e in g.rows]
    assert "1.1" not in codes and "1.2" in codes


def test_nobody_else_can_tell_that_it_is_there(
    cast: Cast, own: OwnPortfolio, log_in: Callable[[Person], Client]
) -> None:
    piece = add_evidence(cast.candidate, own, story("Verhaal", ["1.1"]))
    addresses = [
        at(own, "dossier"),
        at(own, "coverage"),
        at(own, "unit", "1.1"),
        at(own, "evidence_new", "story"),
        at(own, "evidence", piece.ref),
        at(own, "evidence_remove", piece.ref),
        at(own, "versions", piece.ref),
        at(own, "version", piece.ref, 1),
    ]
    for somebody in (cast.guide, cast.coordinator, cast.assessors[0], cast.operator, cast.outsider):
        browser = log_in(somebody)
        for address in addresses:
            assert browser.get(address).status_code == 404
            assert browser.post(address, STORY).status_code == 404
    assert Evidence.objects.get().title == "Verhaal"


def test_evidence_of_somebody_else_is_not_found_in_ones_own(
    cast: Cast, own: OwnPortfolio, log_in: Callable[[Person], Client]
) -> None:
    piece = add_evidence(cast.candidate, own, story("Verhaal", ["1.1"]))
    theirs = start_portfolio(cast.guide, cast.standard.pk)
    browser = log_in(cast.guide)
    for name in ("evidence", "evidence_remove", "versions", "evidence_file"):
        assert browser.get(at(theirs, name, piece.ref)).status_code == 404


def test_pieces_are_chosen_for_a_dossier_and_left_out_again(
    own: OwnPortfolio, open_portfolio: Procedure, as_candidate: Client
) -> None:
    pieces = [add_evidence(own.owner, own, story(f"Verhaal {n}", ["1.1"])) for n in range(3)]
    page = text_of(as_candidate.get(url("take", open_portfolio)))
    assert all(piece.title in page for piece in pieces)
    chosen = {"pieces": [pieces[0].ref, pieces[2].ref]}
    response = as_candidate.post(url("take", open_portfolio), chosen, follow=True)
    assert "2 stukken staan nu in het dossier" in text_of(response)
    assert "Verhaal 1" not in text_of(response)
    assert pieces[0].title not in text_of(as_candidate.get(url("take", open_portfolio)))
    remove = url("evidence_remove", open_portfolio, pieces[0].ref)
    assert "Laat het uit dit dossier" in text_of(as_candidate.get(remove))
    as_candidate.post(remove, {"leave_out": "yes"})
    assert [item.evidence.ref for item in DossierItem.objects.all()] == [pieces[2].ref]
    assert Evidence.objects.count() == 3


def test_choosing_nothing_gets_a_sentence_and_somebody_elses_piece_is_not_found(
    cast: Cast, open_portfolio: Procedure, as_candidate: Client
) -> None:
    response = as_candidate.post(url("take", open_portfolio), {})
    assert response.status_code == 422
    assert "Kies minstens één stuk" in text_of(response)
    theirs = start_portfolio(cast.guide, cast.standard.pk)
    piece = add_evidence(cast.guide, theirs, story("Van een ander"))
    assert as_candidate.post(url("take", open_portfolio), {"pieces": [piece.ref]}).status_code == 404
    assert not DossierItem.objects.exists()


def test_removing_from_the_portfolio_says_in_which_open_dossier_it_stands(
    own: OwnPortfolio, open_portfolio: Procedure, as_candidate: Client
) -> None:
    piece = add_evidence(own.owner, open_portfolio, story("Verhaal", ["1.1"]))
    address = at(own, "evidence_remove", piece.ref)
    page = text_of(as_candidate.get(address))
    assert open_portfolio.number in page
    assert f'name="told" value="{open_portfolio.ref}"' in page
    refused = as_candidate.post(address)  # as from a page that was opened before it came into the dossier
    assert refused.status_code == 403
    assert "intussen in een dossier" in text_of(refused)
    assert Evidence.objects.exists()
    as_candidate.post(address, {"told": open_portfolio.ref})
    assert not Evidence.objects.exists()


def test_the_pages_cost_a_fixed_number_of_queries(
    cast: Cast, own: OwnPortfolio, as_candidate: Client
) -> None:
    counts: list[list[int]] = []
    for pieces in (1, 30):
        for number in range(pieces):
            add_evidence(own.owner, own, story(f"Verhaal {pieces} {number}", ["1.1", "1.2"]), None)
        ref = Evidence.objects.first().ref  # type: ignore[union-attr]
        counts.append([])
        for name, rest in (
            ("dossier", []),
            ("coverage", []),
            ("unit", ["1.1"]),
            ("evidence_kinds", []),
            ("evidence_new", ["employment"]),
            ("evidence", [ref]),
            ("evidence_remove", [ref]),
            ("versions", [ref]),
            ("version", [ref, 1]),
            ("unit_ladder", ["1.1"]),
        ):
            with CaptureQueriesContext(connection) as captured:
                assert as_candidate.get(at(own, name, *rest)).status_code == 200
            counts[-1].append(len(captured))
    assert counts[0] == counts[1]
    assert max(counts[0]) <= MOST_QUERIES


def test_taking_costs_a_fixed_number_of_queries(
    own: OwnPortfolio, open_portfolio: Procedure, as_candidate: Client
) -> None:
    for number in range(20):
        add_evidence(own.owner, own, story(f"Verhaal {number}", ["1.1"]))
    with CaptureQueriesContext(connection) as captured:
        as_candidate.get(url("take", open_portfolio))
    assert len(captured) <= MOST_QUERIES


def test_a_file_comes_back_to_its_owner_alone(
    cast: Cast, own: OwnPortfolio, as_candidate: Client, log_in: Callable[[Person], Client]
) -> None:
    as_candidate.post(at(own, "evidence_new", "file"), {"title": "Plan", "file": pdf()})
    address = at(own, "evidence_file", Evidence.objects.get().ref)
    response = as_candidate.get(address)
    assert response.status_code == 200
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert log_in(cast.coordinator).get(address).status_code == 404


def test_a_dossier_at_another_point_takes_nothing(
    cast: Cast, as_candidate: Client, own: OwnPortfolio
) -> None:
    procedure = cast.bring_to(Point.HANDED_IN)
    piece = add_evidence(own.owner, own, story("Erbij", ["1.1"]))
    assert as_candidate.post(url("take", procedure), {"pieces": [piece.ref]}).status_code == 403


def test_how_far_one_is_and_what_is_next_stands_above_the_form_and_leads_with_what_the_rule_counts(
    cast: Cast, own: OwnPortfolio, as_candidate: Client, mbo_standard: FrameworkVersion
) -> None:
    portfolio = start_portfolio(cast.candidate, mbo_standard.pk)
    first = as_candidate.get(at(portfolio, "evidence_new", "story"))
    assert first.context["progress"].total == 28 and first.context["next"].text.startswith("1.1 ")
    piece = add_evidence(cast.candidate, portfolio, story("Verhaal", ["1.1"]))
    for name, rest in (("evidence", [piece.ref]), ("versions", [piece.ref]), ("evidence_kinds", [])):
        page = as_candidate.get(at(portfolio, name, *rest))
        assert page.context["next"].url == at(portfolio, "unit", "1.2")
        assert "Compleet: 0 van de 28 onderdelen" in text_of(page)
