"""Evidence of every kind, its versions, and two windows at once; by the services alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bekwaam.domain.events import Event
from bekwaam.domain.portfolio.coverage import Usual
from bekwaam.domain.portfolio.kinds import KINDS, EvidenceKind, FieldForm, FileRule
from bekwaam.services import clock
from bekwaam.services.accounts.usual import set_usual
from bekwaam.services.assessment.reads import handed_in
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.portfolio.evidence import add_evidence, change_evidence, put_back, remove_evidence
from bekwaam.services.portfolio.given import EvidenceInput
from bekwaam.services.portfolio.handing_in import give_back, hand_in
from bekwaam.services.portfolio.own import start_portfolio
from bekwaam.services.portfolio.reads import dossier, piece, usual_at
from bekwaam.services.portfolio.taking import leave_out, take_into_dossier
from bekwaam.services.portfolio.versions import version, versions
from bekwaam.store.audit import append
from bekwaam.store.models import (
    AuditEntry,
    DossierItem,
    Evidence,
    EvidenceVersion,
    OwnPortfolio,
    Procedure,
    SnapshotItem,
)
from bekwaam.store.models.portfolio import WITH_DETAILS, WITH_REFERENCE
from tests.cast import Cast, Point, fresh, story
from tests.files import pdf

TEXTS = {
    FieldForm.LONG: "Ik deed iets.",
    FieldForm.SHORT: "Wijkteam",
    FieldForm.LINK: "https://example.org/a",
}


def given(kind: EvidenceKind, **how: Any) -> EvidenceInput:
    """Return a piece of a kind with everything that it asks."""
    texts = {field.name: TEXTS[field.form] for field in KINDS[kind].fields}
    told = kind is EvidenceKind.STORY
    return EvidenceInput(
        kind=kind,
        title="Titel",
        dated_on=date(2024, 3, 1),
        contexts={"setting": "W2", "group": "older", "domain": "L1", "reach": "one"},
        story=texts if told else {},
        details={} if told else texts,
        ties={"1.1": "Daarom.", "1.1.vb1": "Hierin."},
        **how,
    )


@pytest.fixture
def own(cast: Cast) -> OwnPortfolio:
    """Return the candidate's own portfolio, empty."""
    return start_portfolio(cast.candidate, cast.standard.pk)


@pytest.mark.parametrize("kind", EvidenceKind)
def test_every_kind_goes_from_a_portfolio_by_a_dossier_to_the_assessors(
    cast: Cast, own: OwnPortfolio, kind: EvidenceKind
) -> None:
    upload = None if KINDS[kind].file is FileRule.NONE else pdf()
    added = add_evidence(cast.candidate, own, given(kind), upload)
    procedure = cast.bring_to(Point.CONSENTED)
    assert take_into_dossier(cast.candidate, procedure, [added.ref]) == 1
    hand_in(cast.candidate, procedure)
    shown = piece(fresh(procedure), added.ref)
    seen = handed_in(procedure).pieces[0]
    assert seen.texts == shown.texts == given(kind).texts
    assert seen.contexts == shown.head.contexts == given(kind).contexts
    assert set(seen.ties) == {"1.1", "1.1.vb1"}
    assert (seen.dated_on, bool(seen.file)) == (date(2024, 3, 1), upload is not None)
    assert not list(broken_contents())


@pytest.mark.parametrize("kind", [kind for kind, spec in KINDS.items() if spec.file is FileRule.NONE])
def test_a_file_with_a_kind_that_has_none_is_refused(own: OwnPortfolio, kind: EvidenceKind) -> None:
    with pytest.raises(Invalid) as error:
        add_evidence(own.owner, own, given(kind), pdf())
    assert [(fault.name, fault.reason) for fault in error.value.faults] == [("file", "no_file")]


def test_a_choice_that_is_not_in_the_list_is_refused(own: OwnPortfolio) -> None:
    with pytest.raises(Invalid) as error:
        add_evidence(own.owner, own, replace(story("Verhaal"), contexts={"setting": "W99"}))
    assert [(fault.name, fault.reason) for fault in error.value.faults] == [("setting", "unknown")]


def test_a_portfolio_is_started_once_and_is_in_the_log_under_its_owner(cast: Cast) -> None:
    first = start_portfolio(cast.candidate, cast.standard.pk)
    assert start_portfolio(cast.candidate, cast.standard.pk).pk == first.pk
    entries = AuditEntry.objects.filter(code="portfolio.started")
    assert [entry.subject for entry in entries] == [f"person:{cast.candidate.ref}"]
    add_evidence(cast.candidate, first, story("Verhaal"))
    assert AuditEntry.objects.get(code="evidence.added").subject == f"person:{cast.candidate.ref}"
    assert walk_chain().whole and not list(broken_contents())


def test_nobody_writes_in_somebody_elses_portfolio(cast: Cast, own: OwnPortfolio) -> None:
    added = add_evidence(cast.candidate, own, story("Verhaal"))
    for somebody in (cast.guide, cast.coordinator, cast.operator):
        for attempt in (
            lambda who: add_evidence(who, own, story("Van mij")),
            lambda who: change_evidence(who, own, added.ref, story("Gekaapt")),
            lambda who: put_back(who, own, added.ref, 1),
            lambda who: remove_evidence(who, own, added.ref),
        ):
            with pytest.raises(Refused):
                attempt(somebody)


def test_the_same_piece_is_in_the_portfolio_and_in_every_dossier_until_it_is_handed_in(
    cast: Cast, own: OwnPortfolio
) -> None:
    procedure = cast.bring_to(Point.CONSENTED)
    added = add_evidence(cast.candidate, own, story("Eerst", ["1.1"]))
    take_into_dossier(cast.candidate, procedure, [added.ref])
    change_evidence(cast.candidate, own, added.ref, story("Daarna", ["1.2"]))
    assert dossier(fresh(procedure)).pieces[0].title == "Daarna"
    hand_in(cast.candidate, procedure)
    change_evidence(cast.candidate, own, added.ref, story("Na het inleveren", ["1.3"]))
    frozen = dossier(fresh(procedure)).pieces[0]
    assert (frozen.title, list(frozen.ties)) == ("Daarna", ["1.2"])
    remove_evidence(cast.candidate, own, added.ref)
    assert dossier(fresh(procedure)).pieces[0].title == "Daarna"
    assert not list(broken_contents())


def test_taking_is_for_who_may_write_there_and_then_and_only_of_ones_own(
    cast: Cast, own: OwnPortfolio
) -> None:
    added = add_evidence(cast.candidate, own, story("Verhaal", ["1.1"]))
    procedure = cast.bring_to(Point.HANDED_IN)
    with pytest.raises(Refused):
        take_into_dossier(cast.candidate, procedure, [added.ref])
    with pytest.raises(Refused):
        leave_out(cast.candidate, procedure, Evidence.objects.get(dossier_items__procedure=procedure).ref)
    give_back(cast.coordinator, procedure, "Vul aan.")
    procedure = fresh(procedure)
    with pytest.raises(Refused):
        take_into_dossier(cast.guide, procedure, [added.ref])
    other = cast.person("ander@example.org", "Ander")
    theirs = add_evidence(other, start_portfolio(other, cast.standard.pk), story("Van een ander"))
    with pytest.raises(NotFound):
        take_into_dossier(cast.candidate, procedure, [added.ref, theirs.ref])
    assert not DossierItem.objects.filter(evidence=added).exists()  # all or nothing
    assert take_into_dossier(cast.candidate, procedure, [added.ref, added.ref]) == 1
    assert take_into_dossier(cast.candidate, procedure, [added.ref]) == 0
    leave_out(cast.candidate, procedure, added.ref)
    with pytest.raises(NotFound):
        leave_out(cast.candidate, procedure, added.ref)
    assert Evidence.objects.filter(ref=added.ref).exists()


def test_each_saved_text_is_a_version_and_saving_the_same_is_none(own: OwnPortfolio) -> None:
    added = add_evidence(own.owner, own, story("Een", ["1.1"]))
    change_evidence(own.owner, own, added.ref, story("Twee", ["1.1"]))
    change_evidence(own.owner, own, added.ref, story("Twee", ["1.2"]))  # only a tie
    assert [(head.number, head.title) for head in versions(own, added.ref)] == [(2, "Twee"), (1, "Een")]
    assert version(own, added.ref, 1).said.texts["task"] == "Ik zocht uit wat haar tegenhield."
    assert versions(own, added.ref)[0].words == 46


def test_putting_back_is_a_new_version_and_leaves_ties_alone(own: OwnPortfolio) -> None:
    first = replace(story("Een", ["1.1"]), contexts={"reach": "one"})
    added = add_evidence(own.owner, own, first)
    change_evidence(own.owner, own, added.ref, replace(story("Twee", ["1.2"]), dated_on=None))
    put_back(own.owner, own, added.ref, 1)
    added.refresh_from_db()
    assert (added.title, added.dated_on, added.contexts) == ("Een", date(2025, 3, 14), {"reach": "one"})
    assert list(added.ties.values_list("code", flat=True)) == ["1.2"]
    assert [head.title for head in versions(own, added.ref)] == ["Een", "Twee", "Een"]
    with pytest.raises(NotFound):
        put_back(own.owner, own, added.ref, 9)
    assert not list(broken_contents())


def test_versions_go_with_the_piece_and_are_not_shown_to_others(cast: Cast, own: OwnPortfolio) -> None:
    added = add_evidence(own.owner, own, story("Een"))
    theirs = start_portfolio(cast.guide, cast.standard.pk)
    for attempt in (lambda: versions(theirs, added.ref), lambda: version(theirs, added.ref, 1)):
        with pytest.raises(NotFound):
            attempt()
    remove_evidence(own.owner, own, added.ref)
    assert not EvidenceVersion.objects.exists()


def test_a_second_window_overwrites_nothing(own: OwnPortfolio) -> None:
    added = add_evidence(own.owner, own, story("Eerst"))
    change_evidence(own.owner, own, added.ref, story("Venster een"), revision=1)
    with pytest.raises(Invalid) as error:
        change_evidence(own.owner, own, added.ref, story("Venster twee"), revision=1)
    assert [fault.reason for fault in error.value.faults] == ["overtaken"]
    added.refresh_from_db()
    assert added.title == "Venster een"
    change_evidence(own.owner, own, added.ref, story("Samen"), revision=added.revision)
    assert [head.title for head in versions(own, added.ref)] == ["Samen", "Venster een", "Eerst"]


def test_a_second_window_with_a_file_leaves_no_file(own: OwnPortfolio, kept: Any) -> None:
    added = add_evidence(own.owner, own, EvidenceInput(EvidenceKind.FILE, "Plan"), pdf())
    change_evidence(own.owner, own, added.ref, EvidenceInput(EvidenceKind.FILE, "Ander"), revision=1)
    with pytest.raises(Invalid):
        new = EvidenceInput(EvidenceKind.FILE, "Plan")
        change_evidence(own.owner, own, added.ref, new, pdf(content=b"%PDF-2.0"), revision=1)
    assert len(kept) == 1


@pytest.fixture
def from_before(cast: Cast) -> Procedure:
    """Return a dossier with reference evidence as it was laid out and committed to before."""
    procedure = cast.bring_to(Point.CONSENTED)
    evidence = Evidence.objects.create(
        owner=procedure.candidate,
        kind="reference",
        title="Notulen",
        details={"where": "Archief", "who": "Secretaris", "shows": "Vergaderingen"},
        layout=WITH_REFERENCE,
        added_at=clock.now(),
        changed_at=clock.now(),
    )
    DossierItem.objects.create(procedure=procedure, evidence=evidence, added_at=clock.now())
    evidence.ties.create(standard=procedure.standard, code="1.1", why="")
    subject = f"procedure:{procedure.ref}"
    append(
        Event.EVIDENCE_ADDED, actor=procedure.candidate, subject=subject, now=clock.now(), content=[evidence]
    )
    return procedure


def test_what_was_committed_to_before_still_opens_and_reads_the_same(from_before: Procedure) -> None:
    evidence = Evidence.objects.get()
    assert "reference" in evidence.content() and "details" not in evidence.content()
    assert not list(broken_contents())
    hand_in(from_before.candidate, from_before)
    assert SnapshotItem.objects.get().content["reference"]["where"] == "Archief"
    assert piece(fresh(from_before), evidence.ref).texts["where"] == "Archief"
    assert handed_in(from_before).pieces[0].texts["who"] == "Secretaris"


def test_a_change_lays_out_an_old_piece_anew_and_keeps_what_it_said(from_before: Procedure) -> None:
    evidence = Evidence.objects.get()
    new = EvidenceInput(EvidenceKind.REFERENCE, "Notulen", details={**evidence.details, "who": "Voorzitter"})
    change_evidence(from_before.candidate, from_before, evidence.ref, new)
    evidence.refresh_from_db()
    assert (evidence.layout, evidence.details["who"]) == (WITH_DETAILS, "Voorzitter")
    found = versions(from_before, evidence.ref)
    assert [version(from_before, evidence.ref, h.number).said.texts["who"] for h in found] == [
        "Voorzitter",
        "Secretaris",
    ]
    assert not list(broken_contents())


def test_a_provider_sets_what_it_usually_asks(cast: Cast) -> None:
    procedure = cast.bring_to(Point.CONSENTED)
    assert usual_at(procedure) == Usual(5, 2, 2)
    set_usual(cast.coordinator, cast.provider, Usual(7, 3, 1))
    assert usual_at(fresh(procedure)) == Usual(7, 3, 1)
    assert AuditEntry.objects.last().code == "provider.usual_set"  # type: ignore[union-attr]
    for somebody in (cast.guide, cast.auditor, cast.operator, cast.outsider):
        with pytest.raises(Refused):
            set_usual(somebody, cast.provider, Usual())
    with pytest.raises(Invalid):
        set_usual(cast.coordinator, cast.provider, Usual(years=0))
    assert usual_at(fresh(procedure)) == Usual(7, 3, 1)
