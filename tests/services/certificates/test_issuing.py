"""Issuing: once, after the decision, with everything that it rests on, or not at all."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from bekwaam.domain.assessment.findings import InstrumentKind
from bekwaam.services import ports
from bekwaam.services.assessment.consensus import propose_final
from bekwaam.services.assessment.sessions import record_session
from bekwaam.services.audit import broken_contents, broken_files, walk_chain
from bekwaam.services.certificates import issuing
from bekwaam.services.certificates.deciding import decide_outcome, plain
from bekwaam.services.certificates.fetching import fetch_certificate
from bekwaam.services.certificates.issuing import issue
from bekwaam.services.certificates.reads import outcome_from_plain, read_outcome
from bekwaam.services.errors import NotFound, Refused
from bekwaam.store.models import AuditEntry, Certificate, DecisionRecord, StoredFile
from bekwaam.trust.canonical import hash_of
from tests.cast import Cast, Point, finding, fresh, interview_input, piece_refs


def refusal(call) -> str:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.verdict.reason


def test_the_certificate_says_what_was_decided_and_on_what_it_rests(cast: Cast) -> None:
    procedure = cast.bring_to(
        Point.CHECKED, stages={"1.2": "not_shown"}, life_domains=["L1"], other_stages=True
    )
    certificate = issue(cast.coordinator, procedure, "nl")
    document = certificate.document
    assert fresh(procedure).state == "issued"
    assert document["met"] is True
    assert (document["rule"]["counted"], document["rule"]["needed"]) == (2, 2)
    assert (document["candidate"], document["provider"]) == ("Samira Kandidaat", "EVC Huis Noord")
    assert document["assessors"] == ["Noor Assessor", "Bram Assessor"]
    units = {unit["code"]: unit for unit in document["units"]}
    assert units["1.1"]["stage"] == "vakbekwaam"
    assert units["1.1"]["evidence"][0]["title"] == "Verhaal 1"
    assert units["1.1"]["evidence"][0]["dated_on"] == "2025-03-14"
    assert units["1.1"]["observed"] == "Noor Assessor las over 1.1."
    assert units["1.2"]["stage"] is None
    assert [unit["stage"] for unit in document["life_domains"]] == ["vakbekwaam"]
    assert document["sessions"][0]["place"] == "Groningen"
    assert document["snapshot_sha256"] == procedure.snapshots.last().sha256


def test_it_is_issued_as_well_when_the_standard_is_not_met(cast: Cast) -> None:
    procedure = cast.bring_to(Point.READY, stages={"1.1": "not_shown", "1.2": "not_shown"})
    cast.settle(procedure, "1.1", "not_shown", "Zoek een eigen voorbeeld.")
    decide_outcome(cast.coordinator, procedure)
    cast.facts_right(procedure)
    document = issue(cast.coordinator, procedure, "en").document
    assert document["met"] is False
    assert document["language"] == "en"
    assert document["units"][0]["recommendation"] == "Zoek een eigen voorbeeld."


def test_the_paper_is_stored_under_the_hash_that_the_chain_holds(cast: Cast) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    certificate = Certificate.objects.get()
    paper = fetch_certificate(procedure)
    assert paper.content.read().startswith(b"%PDF-")
    assert paper.name == f"ervaringscertificaat-{certificate.number}.pdf"
    payload = json.loads(AuditEntry.objects.get(code="certificate.issued").payload)
    assert payload["file"] == certificate.file.sha256
    assert payload["document"] == hash_of(certificate.document)
    assert payload["number"] == certificate.number
    assert walk_chain().whole
    assert not list(broken_contents())
    assert not list(broken_files())


def test_nothing_personal_stands_in_the_chain(cast: Cast) -> None:
    cast.bring_to(Point.ISSUED)
    chain = " ".join(AuditEntry.objects.values_list("payload", flat=True))
    for text in ("Samira", "example.org", "Verhaal", "las over", "Groningen"):
        assert text not in chain


def test_a_number_is_of_this_year_and_without_look_alikes(cast: Cast) -> None:
    cast.bring_to(Point.ISSUED)
    number = Certificate.objects.get().number
    assert re.fullmatch(r"20\d\d-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", number)


def test_a_number_that_is_taken_is_drawn_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    cast.bring_to(Point.ISSUED)
    taken = Certificate.objects.get().number
    drawn = iter(taken[5:].replace("-", "") + "22223333")
    monkeypatch.setattr(issuing.secrets, "choice", lambda alphabet: next(drawn))
    year = int(taken[:4])
    assert issuing.new_number(Certificate.objects.get().issued_at.date().replace(year=year)) == (
        f"{year}-2222-3333"
    )


@pytest.mark.parametrize(
    ("point", "reason"),
    [
        (Point.READY, "needs_decided"),
        (Point.DECIDED, "needs_facts_checked"),
        (Point.DECLARED, "wrong_state"),
        (Point.ISSUED, "wrong_state"),
        (Point.CLOSED, "wrong_state"),
    ],
)
def test_it_is_issued_only_after_the_decision_and_once(cast: Cast, point: Point, reason: str) -> None:
    procedure = cast.bring_to(point)
    before = StoredFile.objects.count()
    assert refusal(lambda: issue(cast.coordinator, procedure, "nl")) == reason
    assert StoredFile.objects.count() == before


@pytest.mark.parametrize("role", ["candidate", "guide", "auditor", "outsider", "operator"])
def test_only_a_coordinator_issues(cast: Cast, role: str) -> None:
    procedure = cast.bring_to(Point.DECIDED)
    assert refusal(lambda: issue(getattr(cast, role), procedure, "nl")) == "no_role"
    assert not Certificate.objects.exists()


def test_a_stale_procedure_does_not_issue_twice(cast: Cast) -> None:
    stale = cast.bring_to(Point.CHECKED)
    issue(cast.coordinator, fresh(stale), "nl")
    assert refusal(lambda: issue(cast.coordinator, stale, "nl")) == "wrong_state"
    assert Certificate.objects.count() == 1


def test_when_it_fails_halfway_nothing_is_left_behind(
    cast: Cast, own_files, monkeypatch: pytest.MonkeyPatch
) -> None:
    procedure = cast.bring_to(Point.CHECKED)
    files = {path for path in own_files.rglob("*") if path.is_file()}

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("no more room")

    monkeypatch.setattr(issuing, "append", fail)
    with pytest.raises(RuntimeError):
        issue(cast.coordinator, procedure, "nl")
    assert fresh(procedure).state == "deciding"
    assert not Certificate.objects.exists()
    assert {path for path in own_files.rglob("*") if path.is_file()} == files


def test_a_session_that_was_corrected_counts_by_its_correction(cast: Cast) -> None:
    procedure = cast.bring_to(Point.REVEALED)
    held = cast.interview(procedure)
    pieces = [*piece_refs(procedure), held.ref]
    for unit in ("1.1", "1.2", "1.3"):
        given = finding("vakbekwaam", pieces, said_by=cast.assessors[0], about=unit)
        final = propose_final(cast.assessors[0], procedure, unit, given)
        cast.agree(procedure, final)
    corrected = record_session(
        cast.assessors[0], procedure, replace(interview_input(), place="Assen"), replaces=held.ref
    )
    decide_outcome(cast.coordinator, procedure)
    cast.facts_right(procedure)
    document = issue(cast.coordinator, procedure, "nl").document
    assert [session["place"] for session in document["sessions"]] == ["Assen"]
    kinds = [used["kind"] for used in document["units"][0]["instruments"]]
    assert "Criteriumgericht interview" in kinds
    read = read_outcome(fresh(procedure))
    assert read.newest[held.ref] == corrected.ref
    assert [session.kind for session in read.sessions] == [InstrumentKind.INTERVIEW]


def test_a_changed_paper_is_not_handed_out(cast: Cast, own_files) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    key = Certificate.objects.get().file.key
    (path,) = own_files.rglob(key)
    path.write_bytes(path.read_bytes().replace(b"%PDF", b"%PDf"))
    assert refusal(lambda: fetch_certificate(procedure)) == "certificate_changed"
    path.unlink()
    assert refusal(lambda: fetch_certificate(procedure)) == "certificate_changed"


def test_there_is_no_paper_before_issuing(cast: Cast) -> None:
    with pytest.raises(NotFound):
        fetch_certificate(cast.bring_to(Point.DECIDED))


def test_an_outcome_is_read_back_as_it_was_stored(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECIDED, stages={"1.2": "not_shown"})
    record = DecisionRecord.objects.get()
    read = read_outcome(procedure)
    assert read.decided
    assert read.outcome == outcome_from_plain(record.outcome)
    assert plain(replace_decision(read)) == record.outcome


def replace_decision(read):
    from bekwaam.domain.assessment.decision import Decision

    return Decision(read.outcome, (), read.stages)


def test_both_languages_are_on_paper(cast: Cast) -> None:
    for language in ("nl", "en"):
        candidate = cast.person(f"{language}@example.org", f"Kandidaat {language}")
        procedure = cast.bring_to(Point.CHECKED, candidate=candidate)
        row = issue(cast.coordinator, procedure, language)
        assert ports.files().open(row.file.key).read(5) == b"%PDF-"
