"""``bekwaam decide``: the outcome, the exit status, and nothing written where something is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bekwaam.cli import decide as command
from bekwaam.cli.main import main
from tests.cli.dossiers import COMPETENCES, EXAMPLES, Change, changed, dossier, write


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["decide", *map(str, arguments)])


def data_of(path: Path, status: int) -> dict[str, Any]:
    result = run(path, "--format", "json", "--lang", "nl")
    assert result.exit_code == status, result.output
    return json.loads(result.stdout)  # type: ignore[no-any-return]


@pytest.mark.parametrize(("shown", "status"), [(21, 0), (18, 0), (17, 0), (16, 1), (0, 1)])
def test_the_exit_status_tells_met_from_not_met(tmp_path: Path, shown: int, status: int) -> None:
    data = data_of(write(tmp_path, dossier(shown)), status)
    assert data["met"] is (status == 0)
    assert (data["counted"], data["needed"]) == (shown, 17)
    assert data["short"] == COMPETENCES[shown:]
    assert data["missing"] == []
    rule = data["rule"]
    assert (rule["kind"], rule["met"], rule["counted"], rule["needed"], rule["total"]) == (
        "count",
        status == 0,
        shown,
        17,
        21,
    )
    assert rule["text"].startswith(
        f"{shown} van de 21 competenties aangetoond op vakbekwaam of hoger; 17 nodig."
    )
    stages = {code: entry["stage"] for code, entry in data["competences"].items()}
    assert list(stages) == COMPETENCES
    assert list(stages.values()) == ["vakbekwaam"] * shown + [None] * (21 - shown)


def without(*keys: str) -> Change:
    return lambda made: [made["findings"][4].pop(key) for key in keys]


MISSING: list[tuple[Change, list[tuple[str, str, str]]]] = [
    (without("evidence"), [("leg", "2.3", "basis")]),
    (without("instruments"), [("leg", "2.3", "instrument")]),
    (without("observed", "why"), [("leg", "2.3", "observed"), ("leg", "2.3", "why")]),
    (lambda made: made["findings"].pop(4), [("finding", "2.3", "")]),
    (lambda made: made["findings"][4].update(why="  "), [("leg", "2.3", "why")]),
    (
        lambda made: made["instruments"][0].pop("place"),
        [("session_field", "S1", "place"), ("second_instrument", "", "")],
    ),
    (lambda made: made.update(life_domains=["L2"]), [("finding", "L2", "")]),
]


@pytest.mark.parametrize(("change", "expected"), MISSING)
def test_what_is_missing_is_listed_and_blocks_the_decision(
    tmp_path: Path, change: Change, expected: list[tuple[str, str, str]]
) -> None:
    path = write(tmp_path, changed(change))
    data = data_of(path, 3)
    assert data["met"] is False
    assert [(m["kind"], m["subject"], m["part"]) for m in data["missing"]] == expected
    assert all(entry["text"] for entry in data["missing"])
    text = run(path, "--lang", "nl")
    assert text.exit_code == 3
    assert "Over de standaard is nog geen uitslag te geven." in text.stdout
    assert all(entry["text"].split(":")[0] in text.stdout for entry in data["missing"])


def test_without_a_second_instrument_nothing_is_decided(tmp_path: Path) -> None:
    def change(made: dict[str, Any]) -> None:
        made["instruments"] = []
        for finding in made["findings"]:
            finding["evidence"] = ["E1"]

    data = data_of(write(tmp_path, changed(change)), 3)
    assert [entry["kind"] for entry in data["missing"]] == ["second_instrument"]


@pytest.mark.parametrize(
    ("language", "sentence"), [("nl", "De standaard is gehaald."), ("en", "The standard is met.")]
)
def test_the_text_form_says_it_in_words(tmp_path: Path, language: str, sentence: str) -> None:
    result = run(write(tmp_path, dossier(18)), "--lang", language)
    assert result.exit_code == 0
    assert sentence in result.stdout
    for code in COMPETENCES:
        assert f"  {code} " in result.stdout


def test_a_higher_stage_counts_when_other_stages_are_judged(tmp_path: Path) -> None:
    def change(made: dict[str, Any]) -> None:
        made["other_stages"] = True
        for finding, stage in zip(
            made["findings"], ["vakvolwassen"] * 17 + ["startbekwaam"] * 4, strict=True
        ):
            finding["stage"] = stage

    data = data_of(write(tmp_path, changed(change)), 0)
    assert data["short"] == COMPETENCES[17:]
    assert data["rule"]["short"][0]["shown"] == "startbekwaam"


def test_a_life_domain_is_reported_and_never_counts(tmp_path: Path) -> None:
    def change(made: dict[str, Any]) -> None:
        made["life_domains"] = ["L1"]
        made["findings"].append({**made["findings"][0], "unit": "L1", "stage": "vakvolwassen"})

    data = data_of(write(tmp_path, changed(change, shown=16)), 1)
    assert data["counted"] == 16
    assert data["life_domains"]["L1"]["stage"] == "vakvolwassen"


def test_bad_input_ends_with_two_and_says_where(tmp_path: Path) -> None:
    path = write(tmp_path, changed(lambda made: made["findings"][0].update(unit="1.9")))
    result = run(path, "--format", "json", "--lang", "nl")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert f"{path}:" in result.stderr
    assert "[1.9]" in result.stderr


def test_the_schema_is_printed() -> None:
    result = run("--schema")
    assert result.exit_code == 0
    assert json.loads(result.output)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize(
    ("name", "status", "counted"),
    [("ruim-gehaald", 0, 20), ("precies-gehaald", 0, 17), ("net-niet-gehaald", 1, 16)],
)
def test_the_examples_stand_where_their_names_say(name: str, status: int, counted: int) -> None:
    data = data_of(EXAMPLES / f"dossier-{name}.yaml", status)
    assert (data["counted"], data["needed"]) == (counted, 17)
    assert data["missing"] == []


# The certificate.


@pytest.fixture
def typeset(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Replace the typesetter, which has its own tests, and return what was asked of it."""
    asked: list[str] = []

    def certificate(dossier: Any, decision: Any) -> bytes:
        asked.append("met" if decision.met else "not met")
        return b"%PDF-1.7 a certificate"

    monkeypatch.setattr("bekwaam.cli.certificate.certificate", certificate)
    return asked


@pytest.mark.parametrize(("shown", "status", "says"), [(17, 0, "met"), (16, 1, "not met")])
def test_a_certificate_is_written_met_or_not(
    tmp_path: Path, typeset: list[str], shown: int, status: int, says: str
) -> None:
    out = tmp_path / "uit.pdf"
    result = run(write(tmp_path, dossier(shown)), "--pdf", out, "--lang", "nl")
    assert result.exit_code == status
    assert out.read_bytes().startswith(b"%PDF")
    assert typeset == [says]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["dossier.json", "uit.pdf"]


NO_PAPER: list[tuple[Change, int]] = [
    (lambda made: made["findings"].pop(), 3),
    (lambda made: made["findings"][0].update(stage="meester"), 2),
    (lambda made: made.pop("number"), 2),
    (lambda made: made.pop("date"), 2),
]


@pytest.mark.parametrize(("change", "status"), NO_PAPER)
def test_no_certificate_is_written_where_something_is_wrong_or_missing(
    tmp_path: Path, typeset: list[str], change: Change, status: int
) -> None:
    out = tmp_path / "uit.pdf"
    result = run(write(tmp_path, changed(change)), "--pdf", out, "--lang", "nl")
    assert result.exit_code == status
    assert not out.exists()
    assert result.stderr
    assert typeset == []


def test_a_certificate_cannot_go_where_there_is_no_folder(tmp_path: Path, typeset: list[str]) -> None:
    result = run(write(tmp_path, dossier()), "--pdf", tmp_path / "weg" / "uit.pdf", "--lang", "nl")
    assert result.exit_code == 2
    assert "Maak hem eerst aan." in result.stderr


def test_a_certificate_never_takes_the_place_of_a_folder_or_of_its_dossier(
    tmp_path: Path, typeset: list[str]
) -> None:
    path = write(tmp_path, dossier())
    before = path.read_bytes()
    assert run(path, "--pdf", tmp_path).exit_code == 2
    assert run(path, "--pdf", path).exit_code == 2
    assert path.read_bytes() == before


def test_what_stood_there_stays_when_writing_fails(
    tmp_path: Path, typeset: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "uit.pdf"
    out.write_bytes(b"the old one")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(command.os, "fdopen", full)
    result = run(write(tmp_path, dossier()), "--pdf", out, "--lang", "nl")
    assert result.exit_code == 2
    assert "No space left" in result.stderr
    assert out.read_bytes() == b"the old one"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["dossier.json", "uit.pdf"]


@pytest.mark.parametrize("name", ["ruim-gehaald", "net-niet-gehaald"])
def test_the_examples_become_real_certificates(tmp_path: Path, name: str) -> None:
    out = tmp_path / "uit.pdf"
    result = run(EXAMPLES / f"dossier-{name}.yaml", "--pdf", out)
    assert result.exit_code in (0, 1)
    assert out.read_bytes().startswith(b"%PDF-")
