"""``bekwaam sample``: a sample drawn again from its file, without a database."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bekwaam.cli.main import main
from bekwaam.domain.auditing.redraw import FORMAT
from bekwaam.domain.auditing.sampling import Criteria, Dated, draw, fingerprint, list_hash, seed_of
from bekwaam.domain.procedures.states import State
from bekwaam.trust.chain import link_hash

HALF = "00112233445566778899aabbccddeeff"
REFS = ["aa", "bb", "cc", "dd", "ee"]


def entry(sequence: int, code: str, payload: dict[str, Any]) -> dict[str, Any]:
    content = {
        "sequence": sequence,
        "at": f"2026-04-0{sequence}T10:00:00.000000+00:00",
        "actor": "person:aad",
        "code": code,
        "subject": "provider:huis",
        "payload": {"sample": "s1", **payload},
        "previous": "0" * 64,
    }
    return {**content, "hash": link_hash(**content)}


def exported() -> dict[str, Any]:
    days = (date(2026, 1, 1), date(2026, 3, 31))
    criteria = Criteria(Dated.STARTED, *days, "", (State.ISSUED,), percent=50).plain()
    seed = seed_of(HALF, "zes dobbelstenen")
    sample = list(draw(seed, REFS, 3))
    listed = {"list_sha256": list_hash(REFS), "seed": seed, "program_half": HALF}
    return {
        "format": FORMAT,
        "criteria": criteria,
        "own_half": "zes dobbelstenen",
        "list": REFS,
        "sample": sample,
        **listed,
        "entries": {
            "announced": entry(
                1, "sample.announced", {"criteria": criteria, "fingerprint": fingerprint(HALF)}
            ),
            "drawn": entry(2, "sample.drawn", {**listed, "total": 5, "drawn": sample}),
        },
    }


def run(folder: Path, content: object, *options: str) -> Result:
    path = folder / "steekproef.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return CliRunner().invoke(main, ["sample", str(path), *options])


def test_a_sound_sample_is_drawn_again(tmp_path: Path) -> None:
    result = run(tmp_path, exported(), "--lang", "nl")
    assert result.exit_code == 0, result.output
    assert result.output.startswith("Alles klopt: 3 dossiers.")
    assert result.output.rstrip().endswith("1. bb\n2. dd\n3. ee")
    assert exported()["entries"]["drawn"]["hash"] in result.output


def test_json_says_what_agrees_and_what_does_not(tmp_path: Path) -> None:
    result = run(tmp_path, {**exported(), "sample": ["aa"]}, "--format", "json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert (told["good"], told["sample"]) == (False, ["bb", "dd", "ee"])
    assert [point for point, good in told["checks"].items() if not good] == ["sample"]


@pytest.mark.parametrize("content", ["", "geen json", "[]", "3", "{}", "[" * 100_000, '{"format": "anders"}'])
def test_what_is_no_sample_gets_a_sentence(tmp_path: Path, content: str) -> None:
    result = run(tmp_path, content, "--lang", "en")
    assert result.exit_code == 2
    assert "is no sample as Bekwaam exports it" in result.stderr


def test_a_file_that_is_not_there_gets_a_sentence(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["sample", str(tmp_path / "weg.json"), "--lang", "nl"])
    assert result.exit_code == 2
    assert "weg.json kan niet" in result.stderr


def test_it_needs_no_django() -> None:
    probe = "import bekwaam.cli.sample, sys; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0
