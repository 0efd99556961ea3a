"""Suggestions are for the writer: made from their own words, taken over or waved away one by one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bekwaam.domain.procedures.scope import judged_units
from bekwaam.services.audit import broken_contents
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.services.portfolio.evidence import add_evidence, change_evidence
from bekwaam.services.portfolio.reads import piece as read_piece
from bekwaam.services.portfolio.suggestions import suggestions, take_suggestion, wave_away
from bekwaam.store.models import Evidence, EvidenceTie, FrameworkVersion, Procedure
from tests.cast import Cast, Point, story

VISIT = "Ik ging op huisbezoek bij een buurvrouw. We dronken koffie aan de keukentafel en ik vroeg door."


@pytest.fixture
def procedure(cast: Cast, mbo_standard: FrameworkVersion) -> Procedure:
    cast.standard = mbo_standard
    return cast.bring_to(Point.CONSENTED)


@pytest.fixture
def piece(procedure: Procedure) -> Evidence:
    given = story("Koffie", ["7.1"])
    given = replace(given, story={**given.story, "action": VISIT})
    return add_evidence(procedure.candidate, procedure, given)


def found(procedure: Procedure, piece: Evidence) -> list[str]:
    units = judged_units(framework_of(procedure.standard), procedure.scope)
    return [one.code for one in suggestions(procedure, read_piece(procedure, piece.ref), units)]


def test_the_words_of_the_writer_lead_to_competences(procedure: Procedure, piece: Evidence) -> None:
    units = judged_units(framework_of(procedure.standard), procedure.scope)
    suggested = suggestions(procedure, read_piece(procedure, piece.ref), units)
    assert 0 < len(suggested) <= 5
    words = {word for one in suggested for word in one.words}
    assert "huisbezoek" in words
    assert all(word.casefold() in f"{piece.title} {piece.story}".casefold() for word in words)


def test_what_is_taken_over_is_tied_and_the_rest_stays(procedure: Procedure, piece: Evidence) -> None:
    first, *rest = found(procedure, piece)
    for _ in range(2):
        take_suggestion(procedure.candidate, procedure, piece.ref, first)
    assert sorted(EvidenceTie.objects.values_list("code", flat=True)) == sorted([first, "7.1"])
    assert first not in found(procedure, piece) and set(rest) <= set(found(procedure, piece))
    assert not list(broken_contents())


def test_a_form_that_was_open_does_not_untie_it_unseen(procedure: Procedure, piece: Evidence) -> None:
    before = piece.revision
    take_suggestion(procedure.candidate, procedure, piece.ref, found(procedure, piece)[0])
    with pytest.raises(Invalid) as overtaken:
        change_evidence(procedure.candidate, procedure, piece.ref, story("Koffie", ["7.1"]), revision=before)
    assert overtaken.value.faults[0].reason == "overtaken"


def test_what_is_waved_away_does_not_come_back_for_this_piece(procedure: Procedure, piece: Evidence) -> None:
    first, *_rest = found(procedure, piece)
    for _ in range(2):
        wave_away(procedure.candidate, procedure, piece.ref, first)
    assert first not in found(procedure, piece)
    given = story("Nog eens", [])
    other = add_evidence(
        procedure.candidate, procedure, replace(given, story={**given.story, "action": VISIT})
    )
    assert first in found(procedure, other)


def test_nobody_else_takes_or_waves_away(cast: Cast, procedure: Procedure, piece: Evidence) -> None:
    for somebody in (cast.guide, cast.assessors[0], cast.coordinator):
        for action in (take_suggestion, wave_away):
            with pytest.raises((NotFound, Refused)):
                action(somebody, procedure, piece.ref, "1.1")


def test_an_unknown_competence_is_not_tied(procedure: Procedure, piece: Evidence) -> None:
    for action in (take_suggestion, wave_away):
        with pytest.raises(NotFound):
            action(procedure.candidate, procedure, piece.ref, "9.9")


def test_without_a_list_of_words_there_are_none(cast: Cast) -> None:
    procedure = cast.bring_to(Point.FILLED)
    found = read_piece(procedure, Evidence.objects.get().ref)
    assert suggestions(procedure, found, ["1.1"]) == ()
