"""A portfolio survives being taken along and brought in, byte for byte where it should."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator

from bekwaam.domain.assessment.findings import InstrumentKind
from bekwaam.domain.assessment.planning import Plan
from bekwaam.domain.certificates.facts import Place, Spot
from bekwaam.domain.growth.knowledge import Known
from bekwaam.domain.portfolio.kinds import EvidenceKind
from bekwaam.domain.takeout.checking import schema
from bekwaam.frameworks.library import load_builtin
from bekwaam.services import clock
from bekwaam.services.assessment.planning import plan_session
from bekwaam.services.audit import broken_contents, broken_files, walk_chain
from bekwaam.services.certificates.facts import answer_request, ask_correction
from bekwaam.services.drafts import save_draft
from bekwaam.services.erasing.account import erase_account
from bekwaam.services.erasing.facts import plan_for, seen
from bekwaam.services.errors import Invalid
from bekwaam.services.feedback.answering import AnswerInput, answer
from bekwaam.services.feedback.asking import Referee, ask_to_confirm
from bekwaam.services.feedback.reads import confirmations
from bekwaam.services.frameworks.versions import publish
from bekwaam.services.growth.knowledge import KnowledgeInput, say_knowledge
from bekwaam.services.growth.knowledge_reads import newest_notes
from bekwaam.services.growth.plan_reads import read_plan
from bekwaam.services.growth.rounds import start_round
from bekwaam.services.portfolio.evidence import add_evidence, remove_evidence
from bekwaam.services.portfolio.own import start_portfolio
from bekwaam.services.takeout.bringing import bring_in, preview
from bekwaam.services.takeout.gathering import take_along
from bekwaam.services.takeout.reads import read_brought
from bekwaam.store.models import (
    AuditEntry,
    BroughtIn,
    CarriedFile,
    Certificate,
    Evidence,
    KnowledgeNote,
    OwnPortfolio,
    Person,
    PlanActivity,
    PlanAgreement,
    PlanGoal,
    SelfRound,
    StoredFile,
)
from bekwaam.web.portfolio.takeout.pages import pages
from tests.cast import Cast, Point, story
from tests.files import pdf
from tests.packages import document_in, files_of, repacked, sent_in, taken_along
from tests.services.portfolio.test_kinds import given

# What says when and under which reference something came into this site differs on every site.
OURS = {"ref", "made_at", "added_at", "changed_at", "path"}
# In the parts below a piece is named by its reference only in a plan, and that is looked at apart.
OURS |= {"evidence"}
OWN = ("frameworks", "portfolios", "evidence", "self_assessment", "development_plan", "knowledge")


def bare(value: Any) -> Any:
    """Return a part of a document without what differs from site to site."""
    if isinstance(value, list):
        return [bare(one) for one in value]
    if isinstance(value, dict):
        return {name: bare(one) for name, one in value.items() if name not in OURS}
    return value


def confirmed(piece: Evidence, capture: Callable[..., Any]) -> None:
    """Let a referee confirm a piece."""
    with capture(execute=True):
        nel = Referee("Nel", "nel@example.org", "colleague")
        ask_to_confirm(piece.owner, piece.ref, nel, "Weet je nog?")
    token = re.search(r"/referent/([^/\s]+)/", str(mail.outbox[-1].body))
    assert token
    answer(token[1], AnswerInput(name="Nel de Wit", function="wijkverpleegkundige", said="yes"))


def test_all_of_ones_own_word_comes_back_the_same(own: OwnPortfolio, elsewhere: Person) -> None:
    first = taken_along(own.owner)
    assert not list(Draft202012Validator(schema()).iter_errors(document_in(first)))
    assert bring_in(elsewhere, sent_in(elsewhere, first))
    second = taken_along(elsewhere)
    before, after = document_in(first), document_in(second)
    for part in OWN:
        assert bare(after[part]) == bare(before[part]), part
    assert files_of(second) == files_of(first)
    piece = PlanActivity.objects.get(goal__owner=elsewhere, evidence__isnull=False).evidence
    assert piece is not None and (piece.owner, piece.title) == (elsewhere, "Buurtkamer open")
    assert not [goal for goal in read_plan(elsewhere).open if not goal.agreed or goal.changed_since]
    refs = {piece["ref"] for piece in before["evidence"]}
    assert not refs & {piece["ref"] for piece in after["evidence"]}
    assert walk_chain().whole and not list(broken_contents()) and not list(broken_files())


def test_bringing_in_twice_doubles_nothing(own: OwnPortfolio, elsewhere: Person) -> None:
    content = taken_along(own.owner)
    bring_in(elsewhere, sent_in(elsewhere, content))
    tables = (Evidence, SelfRound, PlanGoal, PlanAgreement, KnowledgeNote, StoredFile, AuditEntry)
    counts = [model.objects.count() for model in tables]
    ref = sent_in(elsewhere, content)
    looked = preview(elsewhere, ref).plan
    assert looked.nothing and len(looked.known) == len(document_in(content)["evidence"])
    assert bring_in(elsewhere, ref) is None
    assert [model.objects.count() for model in tables] == counts


def test_a_piece_that_was_removed_comes_back_alone(own: OwnPortfolio) -> None:
    content = taken_along(own.owner)
    gone = Evidence.objects.get(title="Buurtkamer open")
    remove_evidence(own.owner, own, gone.ref)
    bring_in(own.owner, sent_in(own.owner, content))
    assert Evidence.objects.filter(title="Buurtkamer open").count() == 1
    assert bare(document_in(taken_along(own.owner))["frameworks"]) == bare(document_in(content)["frameworks"])


def test_a_piece_that_was_changed_since_is_known_by_its_earlier_text(own: OwnPortfolio) -> None:
    content = repacked(taken_along(own.owner), lambda found: found["evidence"][-1].update(title="Buurtkamer"))
    assert preview(own.owner, sent_in(own.owner, content)).plan.nothing


def test_somebody_elses_word_is_carried_along_and_counts_for_nothing(
    cast: Cast, elsewhere: Person, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    start_portfolio(cast.candidate, cast.standard.pk)
    procedure = cast.bring_to(Point.FILLED)
    confirmed(Evidence.objects.get(), django_capture_on_commit_callbacks)
    cast.bring_on(procedure, Point.ISSUED, since=Point.FILLED)
    save_draft(cast.candidate, "evidence:x:new:story", {"title": ["Half"]})
    first = taken_along(cast.candidate)
    before = document_in(first)
    paper = before["procedures"][0]["certificate"]["file"]
    assert files_of(first)[paper["path"]][:5] == b"%PDF-"

    brought = bring_in(elsewhere, sent_in(elsewhere, first))
    assert brought
    after = document_in(second := taken_along(elsewhere))
    assert (after["feedback"], after["procedures"], after["unfinished"]) == ([], [], [])
    (entry,) = after["elsewhere"]
    for part in ("feedback", "procedures", "unfinished"):
        assert [_known(one) for one in entry[part]] == [_known(one) for one in before[part]]
    assert sorted(files_of(second).values()) == sorted(files_of(first).values())
    mine = Evidence.objects.filter(owner=elsewhere)
    assert mine.count() == 1 and not confirmations(mine)
    assert not Certificate.objects.filter(procedure__candidate=elsewhere).exists()
    assert read_brought(elsewhere, brought.ref).entries[0]["feedback"][0]["answer"]["name"] == "Nel de Wit"

    third = cast.person("derde@example.org", "Derde")
    bring_in(third, sent_in(third, second))
    assert bare(document_in(taken_along(third))["elsewhere"]) == bare(after["elsewhere"])
    assert bring_in(third, sent_in(third, first)) is None
    assert walk_chain().whole and not list(broken_contents())


def _known(value: Any) -> Any:
    """Return a part of others' words as it must stay, paths aside: references and moments included."""
    if isinstance(value, dict):
        return {name: _known(one) for name, one in value.items() if name != "path"}
    return [_known(one) for one in value] if isinstance(value, list) else value


def test_who_has_their_account_erased_leaves_nothing_of_what_they_brought_in(
    cast: Cast, elsewhere: Person
) -> None:
    procedure = cast.bring_to(Point.CONSENTED)
    add_evidence(cast.candidate, procedure, given(EvidenceKind.FILE), pdf())
    cast.bring_on(procedure, Point.HANDED_IN, since=Point.FILLED)
    bring_in(elsewhere, sent_in(elsewhere, taken_along(cast.candidate)))
    assert CarriedFile.objects.exists()
    say_knowledge(
        elsewhere, publish(None, load_builtin("kennis-sociaal-werk")), "K1.4", KnowledgeInput("yes")
    )
    erase_account(elsewhere, elsewhere, seen(plan_for(elsewhere)))
    assert not KnowledgeNote.objects.exists()
    assert not BroughtIn.objects.exists() and not CarriedFile.objects.exists()
    assert not StoredFile.objects.filter(owner=elsewhere).exists()
    assert walk_chain().whole and not list(broken_contents())


def test_a_piece_can_go_although_what_came_along_holds_its_file(cast: Cast, elsewhere: Person) -> None:
    procedure = cast.bring_to(Point.CONSENTED)
    add_evidence(cast.candidate, procedure, given(EvidenceKind.FILE), pdf())
    cast.bring_on(procedure, Point.HANDED_IN, since=Point.FILLED)
    own = start_portfolio(elsewhere, cast.standard.pk)
    brought = bring_in(elsewhere, sent_in(elsewhere, taken_along(cast.candidate)))
    assert brought and brought.files.count() == 1
    remove_evidence(elsewhere, own, Evidence.objects.get(owner=elsewhere).ref)
    assert files_of(taken_along(elsewhere)) and not list(broken_files())


def test_what_is_tied_to_an_unknown_framework_is_kept_by_name_and_goes_along_again(
    own: OwnPortfolio, elsewhere: Person
) -> None:
    def moved(document: dict[str, Any]) -> None:
        for part in OWN:
            found = document[part]
            for one in found["goals"] if part == "development_plan" else found:
                for found in [one, one.get("framework"), *(tie["framework"] for tie in one.get("ties", ()))]:
                    if found and found.get("identifier") == own.standard.identifier:
                        found["identifier"] = "onbekend"

    content = repacked(taken_along(own.owner), moved)
    ref = sent_in(elsewhere, content)
    looked = preview(elsewhere, ref).plan
    assert [one["identifier"] for one in looked.unknown] == ["onbekend"] and looked.unplaced
    brought = bring_in(elsewhere, ref)
    assert brought
    told = read_brought(elsewhere, brought.ref)
    assert {tie.framework for tie in told.unplaced} == {"onbekend 1"} and len(told.rounds) == 2
    assert len(told.goals) == 2 and not PlanGoal.objects.filter(owner=elsewhere).exists()
    assert not SelfRound.objects.filter(owner=elsewhere).exists()
    assert KnowledgeNote.objects.filter(owner=elsewhere).count() == 3, "its framework is known here"
    after = document_in(taken_along(elsewhere))
    for part in OWN:
        assert bare(after[part]) == bare(document_in(content)[part]), part
    assert bring_in(elsewhere, sent_in(elsewhere, content)) is None


def test_knowledge_of_an_unknown_framework_is_carried_along_to_be_read(
    own: OwnPortfolio, elsewhere: Person
) -> None:
    def moved(document: dict[str, Any]) -> None:
        for one in (*document["knowledge"], *({"framework": found} for found in document["frameworks"])):
            if one["framework"]["identifier"] == "kennis-sociaal-werk":
                one["framework"]["identifier"] = "onbekend"
        document["knowledge"][0]["framework"] = {"identifier": own.standard.identifier, "version": "1"}

    content = repacked(taken_along(own.owner), moved)
    ref = sent_in(elsewhere, content)
    assert len(preview(elsewhere, ref).plan.knowledge.carried) == 3
    brought = bring_in(elsewhere, ref)
    assert brought and not KnowledgeNote.objects.filter(owner=elsewhere).exists()
    assert [one["code"] for one in read_brought(elsewhere, brought.ref).knowledge] == ["E2.1", "K1.4", "E2.1"]
    after = document_in(taken_along(elsewhere))
    assert bare(after["knowledge"]) == bare(document_in(content)["knowledge"])
    assert bring_in(elsewhere, sent_in(elsewhere, content)) is None


def test_what_was_said_here_later_goes_on_to_count(own: OwnPortfolio, elsewhere: Person) -> None:
    content = taken_along(own.owner)
    body = KnowledgeNote.objects.all()[0].standard
    say_knowledge(elsewhere, body, "E2.1", KnowledgeInput("no"))
    bring_in(elsewhere, sent_in(elsewhere, content))
    found = newest_notes(elsewhere, body.pk)
    assert (found["E2.1"].known, found["K1.4"].known) == (Known.NO, Known.PARTLY)


def test_knowledge_said_in_the_future_is_refused(own: OwnPortfolio, elsewhere: Person) -> None:
    content = repacked(
        taken_along(own.owner), lambda found: found["knowledge"][0].update(said_at="2099-01-01T00:00:00Z")
    )
    with pytest.raises(Invalid) as refused:
        preview(elsewhere, sent_in(elsewhere, content))
    assert [(fault.name, fault.reason) for fault in refused.value.faults] == [("knowledge 1", "future")]


def test_a_package_of_before_there_was_knowledge_comes_in(own: OwnPortfolio, elsewhere: Person) -> None:
    content = repacked(taken_along(own.owner), lambda found: found.pop("knowledge"))
    assert bring_in(elsewhere, sent_in(elsewhere, content))
    assert not KnowledgeNote.objects.filter(owner=elsewhere).exists()


def test_a_round_that_is_open_here_too_is_carried_along(
    cast: Cast, own: OwnPortfolio, elsewhere: Person
) -> None:
    mine = start_round(elsewhere, cast.standard)
    brought = bring_in(elsewhere, sent_in(elsewhere, taken_along(own.owner)))
    assert brought and len(brought.rest["self_assessment"]) == 1
    assert SelfRound.objects.filter(owner=elsewhere, finished_at=None).get() == mine


@pytest.mark.parametrize("pieces", [1, 3])
def test_taking_along_asks_a_fixed_number_of_queries(cast: Cast, pieces: int) -> None:
    own = start_portfolio(cast.candidate, cast.standard.pk)
    for number in range(pieces):
        add_evidence(cast.candidate, own, story(f"Verhaal {number}", ["1.1"]))
        cast.bring_to(Point.HANDED_IN)
    with CaptureQueriesContext(connection) as asked:
        take_along(cast.candidate, "nl")
    assert len(asked) == 46


def test_taking_along_is_in_the_log_without_what_it_says(own: OwnPortfolio) -> None:
    taken_along(own.owner)
    entry = AuditEntry.objects.get(code="portfolio.taken_along")
    assert entry.subject == f"person:{own.owner.ref}" and "Buurtkamer" not in entry.payload


def test_appointments_and_corrected_facts_come_along(cast: Cast, elsewhere: Person) -> None:
    procedure = cast.bring_to(Point.REVEALED)
    plan = Plan(
        InstrumentKind.INTERVIEW, clock.now() + timedelta(days=7), "Zwolle", participants="Samira, Noor"
    )
    plan_session(cast.coordinator, procedure, plan)
    cast.bring_on(procedure, Point.DECIDED, since=Point.REVEALED)
    asked = ask_correction(cast.candidate, procedure, Spot(Place.CANDIDATE), "El Idrissi")
    answer_request(cast.coordinator, procedure, asked.ref, corrected=True, text="Samira El Idrissi")
    content = taken_along(cast.candidate)
    (told,) = document_in(content)["procedures"]
    assert [one["place"] for one in told["appointments"]] == ["Zwolle"]
    (request,) = told["facts"]["requests"]
    assert (request["wanted"], request["answer"]["text"]) == ("El Idrissi", "Samira El Idrissi")
    written = {one.path: one.content for one in pages(take_along(cast.candidate, "nl"), "nl")}
    page = "".join(text.decode() for name, text in written.items() if name.endswith(".html"))
    assert "Zwolle" in page and "Samira El Idrissi" in page
    assert bring_in(elsewhere, sent_in(elsewhere, content))
