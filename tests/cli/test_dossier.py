"""A dossier file: what the reader refuses, where, and that the published schema is as strict."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from bekwaam.cli.decide import schema_text
from bekwaam.cli.dossier.reader import MAX_BYTES, read_dossier
from bekwaam.domain.assessment.findings import InstrumentKind
from bekwaam.domain.assessment.instruments import IdentityCheck
from bekwaam.domain.procedures.scope import Purpose
from bekwaam.frameworks.faults import Fault, FaultList, FaultsFound
from bekwaam.frameworks.reading.files import read_file
from bekwaam.frameworks.reading.tree import plain
from tests.cli.dossiers import EXAMPLES, Change, changed, dossier, write

SCHEMA = Draft202012Validator(json.loads(schema_text()), format_checker=FormatChecker(["date"]))


def faults_of(path: Path) -> tuple[Fault, ...]:
    with pytest.raises(FaultsFound) as found:
        read_dossier(path)
    return found.value.faults


def test_a_whole_dossier_is_read_as_it_was_written(tmp_path: Path) -> None:
    read = read_dossier(write(tmp_path, changed(lambda made: made.update(purpose="transfer", language="en"))))
    assert (read.candidate, read.provider, read.place) == ("Proef Persoon", "Proefaanbieder", "Nergens")
    assert (read.number, str(read.dated), read.language) == ("P-1", "2026-05-31", "en")
    assert read.scope.purpose is Purpose.TRANSFER
    assert read.sessions[0].identity is IdentityCheck.PASSPORT
    assert read.findings[0].instruments == (InstrumentKind.PORTFOLIO, InstrumentKind.INTERVIEW)
    assert len(read.findings) == 21


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("dossier-*")), ids=lambda path: path.name)
def test_the_examples_are_sound_and_satisfy_the_schema(path: Path) -> None:
    read = read_dossier(path)
    assert len(read.findings) >= 21
    reasons = [finding.why for finding in read.findings] + [finding.observed for finding in read.findings]
    assert len(set(reasons)) == len(reasons), "every reason is written for its own competence"
    assert all(len(text) > 40 for text in reasons)
    node = read_file(path, path.name, MAX_BYTES, FaultList())
    assert node is not None
    assert list(SCHEMA.iter_errors(plain(node))) == []


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(json.loads(schema_text()))


def test_yaml_and_json_say_the_same(tmp_path: Path) -> None:
    as_json = write(tmp_path, dossier())
    as_yaml = tmp_path / "dossier.yaml"
    as_yaml.write_text(as_json.read_text("utf-8"), "utf-8")
    assert read_dossier(as_json) == read_dossier(as_yaml)


def test_codes_and_dates_need_no_quotes_in_yaml(tmp_path: Path) -> None:
    path = tmp_path / "dossier.yaml"
    path.write_text(
        "standard: evc-sociaal-werker-mbo\nversion: 1.0\ncandidate: {name: A}\nprovider: {name: B}\n"
        "number: 2026001\ndate: 2026-05-31\nfindings:\n  - unit: 1.1\n    stage: vakbekwaam\n",
        "utf-8",
    )
    read = read_dossier(path)
    assert (read.number, str(read.dated), read.findings[0].unit) == ("2026001", "2026-05-31", "1.1")


def test_not_shown_may_be_said_in_a_word_or_as_null(tmp_path: Path) -> None:
    def change(made: dict[str, Any]) -> None:
        made["findings"][0]["stage"] = None
        made["findings"][1]["stage"] = "not_shown"

    read = read_dossier(write(tmp_path, changed(change)))
    assert [finding.stage for finding in read.findings[:3]] == [None, None, "vakbekwaam"]


def finding(**fields: Any) -> Change:
    return lambda made: made["findings"][0].update(fields)


def session(**fields: Any) -> Change:
    return lambda made: made["instruments"][0].update(fields)


def top(**fields: Any) -> Change:
    return lambda made: made.update(fields)


# what is changed, the reason, the item, the key on whose line it stands; a schema can say the same or not
REFUSED: list[tuple[Change, str, str, str, bool]] = [
    (finding(unit="1.9"), "unknown_unit", "1.9", '"unit": "1.9"', False),
    (finding(unit="competentie"), "unknown_unit", "competentie", '"unit": "competentie"', False),
    (finding(unit="1.1.vb1"), "not_judged", "1.1.vb1", '"unit": "1.1.vb1"', False),
    (finding(unit="L1"), "outside_scope", "L1", '"unit": "L1"', False),
    (finding(unit="1.2"), "two_findings", "1.2", '"unit": "1.2"', False),
    (finding(unit=None), "missing_key", "", '"unit": null', True),
    (finding(unit=""), "missing_key", "", '"unit": ""', True),
    (lambda made: made["findings"][0].pop("unit"), "missing_key", "", "{", True),
    (lambda made: made["findings"][0].pop("stage"), "missing_key", "1.1", "{", True),
    (finding(stage="meester"), "unknown_stage", "1.1", '"stage": "meester"', False),
    (finding(stage="vakvolwassen"), "stage_outside_scope", "1.1", '"stage": "vakvolwassen"', False),
    (finding(stage=["vakbekwaam"]), "wrong_type", "1.1", '"stage": [', True),
    (finding(evidence=["E9"]), "unknown_ref", "1.1", '"E9"', False),
    (finding(evidence="E1"), "wrong_type", "1.1", '"evidence": "E1"', True),
    (finding(evidence=[None]), "wrong_type", "1.1", "    null", True),
    (finding(instruments=["gesprek"]), "unknown_instruments", "1.1", '"gesprek"', True),
    (finding(observed=["x"]), "wrong_type", "1.1", '"observed": [', True),
    (finding(why="x" * 20_001), "too_long", "1.1", '"why": "xxx', True),
    (finding(score=8), "unknown_key", "1.1", '"score"', True),
    (session(kind="portfolio"), "unknown_kind", "", '"kind": "portfolio"', True),
    (session(kind=None), "missing_key", "", '"kind": null', True),
    (session(date="31-05-2026"), "bad_date", "", '"date": "31-05-2026"', True),
    (session(date="2026-02-30"), "bad_date", "", '"date": "2026-02-30"', True),
    (session(date=""), "bad_date", "", '"date": ""', True),
    (session(identity="id_kaart"), "unknown_identity", "", '"identity": "id_kaart"', True),
    (session(ref="E1"), "duplicate_ref", "", '"ref": "E1"', False),
    (session(ref="twee woorden"), "odd_code", "", '"ref": "twee woorden"', True),
    (session(document_number="NX123"), "number_of_person", "", '"document_number"', True),
    (top(bsn="123456782"), "number_of_person", "", '"bsn"', True),
    (top(candidate={"name": "A", "BSN": 1}), "number_of_person", "", '"BSN"', True),
    (top(candidate={"name": "  "}), "missing_key", "", '"name": "  "', True),
    (top(candidate="A"), "wrong_type", "", '"candidate": "A"', True),
    (top(candidate=None), "missing_key", "", '"candidate": null', True),
    (top(provider={"name": "B", "city": "C"}), "unknown_key", "", '"city"', True),
    (top(standard="evc-sociaal-werker-hbo"), "unknown_standard", "", '"standard"', False),
    (top(standard="leefgebieden-sociaal-werk"), "unknown_standard", "", '"standard"', False),
    (lambda made: made.pop("standard"), "missing_key", "", "{", True),
    (lambda made: made.pop("findings"), "missing_key", "", "{", True),
    (top(version="9.9"), "unknown_version", "", '"version"', False),
    (top(language="fr"), "unknown_language", "", '"language"', True),
    (top(language=""), "unknown_language", "", '"language"', True),
    (top(purpose="promotie"), "unknown_purpose", "", '"purpose"', True),
    (top(other_stages="ja"), "wrong_type", "", '"other_stages"', True),
    (top(other_stages=None), "wrong_type", "", '"other_stages"', True),
    (top(life_domains=["L9"]), "unknown_life_domain", "", '"L9"', False),
    (top(life_domains="L1"), "wrong_type", "", '"life_domains"', True),
    (top(assessors=[True]), "wrong_type", "", "  true", True),
    (top(findings={}), "wrong_type", "", '"findings"', True),
    (top(findings=["1.1"]), "wrong_type", "", '  "1.1"', True),
    (top(number="9" * 201), "too_long", "", '"number"', True),
    (top(number=True), "wrong_type", "", '"number"', True),
    (top(candidat={"name": "A"}), "unknown_key", "", '"candidat"', True),
]


@pytest.mark.parametrize(("change", "reason", "item", "on", "in_schema"), REFUSED)
def test_a_fault_is_named_with_its_line_and_the_schema_says_the_same(
    tmp_path: Path, change: Change, reason: str, item: str, on: str, in_schema: bool
) -> None:
    made = changed(change)
    path = write(tmp_path, made)
    found = [fault for fault in faults_of(path) if (fault.reason, fault.item) == (reason, item)]
    assert found, [fault.full_text("en") for fault in faults_of(path)]
    lines = path.read_text("utf-8").splitlines()
    assert on in lines[found[0].line - 1], found[0].full_text("en")
    for language in ("nl", "en"):
        assert "{" not in found[0].text(language)
    assert bool(list(SCHEMA.iter_errors(made))) is in_schema


ACCEPTED: list[Change] = [
    lambda made: None,
    top(language=None, purpose=None, life_domains=None, evidence=[], number=None, date=None),
    top(other_stages=True, life_domains=["L1", "L7"], version="1.0"),
    top(number=2026001),
    lambda made: [made.pop(key) for key in ("assessors", "number", "date")],
    finding(stage=None, evidence=None, instruments=None, observed=None, why=None),
    finding(recommendation="Ga zo door."),
]


@pytest.mark.parametrize("change", ACCEPTED)
def test_what_may_be_left_out_or_empty_is_accepted_by_reader_and_schema(
    tmp_path: Path, change: Change
) -> None:
    made = changed(change)
    for entry in made["findings"] if made["evidence"] == [] else ():
        entry["evidence"] = ["S1"]
    read_dossier(write(tmp_path, made))
    assert [error.message for error in SCHEMA.iter_errors(made)] == []


def test_all_faults_come_in_one_go(tmp_path: Path) -> None:
    def change(made: dict[str, Any]) -> None:
        made["findings"][0]["unit"] = "9.9"
        made["findings"][3]["stage"] = "meester"
        made["findings"][5]["evidence"] = ["E7"]
        made["date"] = "gisteren"
        made["bsn"] = "1"

    reasons = [fault.reason for fault in faults_of(write(tmp_path, changed(change)))]
    assert sorted(reasons) == ["bad_date", "number_of_person", "unknown_ref", "unknown_stage", "unknown_unit"]


def test_two_final_judgements_name_both_lines(tmp_path: Path) -> None:
    path = write(tmp_path, changed(lambda made: made["findings"].append(dict(made["findings"][0]))))
    (fault,) = faults_of(path)
    lines = path.read_text("utf-8").splitlines()
    first, second = (n for n, line in enumerate(lines, 1) if '"unit": "1.1"' in line)
    assert fault.line == second
    assert f" {first} " in fault.text("en")


def test_a_mistyped_key_gets_a_suggestion(tmp_path: Path) -> None:
    path = write(tmp_path, changed(top(life_domain=["L1"])))
    (fault,) = faults_of(path)
    assert fault.values["near"] == "life_domains"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"standard: [evc", "syntax"),
        (b"standard: a: b", "syntax"),
        (b"\tstandard: a", "syntax"),
        (b"- a\n- b", "not_a_table"),
        (b"just words", "not_a_table"),
        (b"", "empty"),
        (b"PK\x03\x04\x14\x00\x00\x00", "binary"),
        (b"candidate: {name: Andr\xe9}", "not_utf8"),
        (b"a: &a [*a]", "alias"),
        (b"a: !!python/object/apply:os.system [ls]", "tag"),
        (b"a: " + b"[" * 2_000, "too_deep"),
        (b'candidate: {name: "a\\u0007"}', "odd_character"),
    ],
)
def test_what_is_no_dossier_at_all_gets_one_sentence(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "dossier.yaml"
    path.write_bytes(content)
    assert [fault.reason for fault in faults_of(path)] == [reason]


def test_a_folder_and_a_file_that_is_not_there_are_refused(tmp_path: Path) -> None:
    assert [fault.reason for fault in faults_of(tmp_path)] == ["directory"]
    assert [fault.reason for fault in faults_of(tmp_path / "weg.yaml")] == ["no_file"]


def test_a_file_of_fifty_megabytes_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "groot.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    start = time.perf_counter()
    (fault,) = faults_of(path)
    print(f"refused after {(time.perf_counter() - start) * 1000:.1f} ms")
    assert fault.reason == "too_large"
    assert "50.0 MB" in fault.text("nl")
