"""``bekwaam suggest``: the list that was promised, text that reads well, a sentence for a fault."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bekwaam.cli.main import main

STORY = "Ik belde bij mevrouw aan. Samen vulden we het formulier in en ik meldde haar aan bij de voedselbank."


def run(*arguments: str | Path, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["suggest", *map(str, arguments)], input=given)


def story(folder: Path, text: str = STORY) -> Path:
    path = folder / "verhaal.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_json_is_a_list_of_codes_with_words_best_first(tmp_path: Path) -> None:
    result = run(story(tmp_path), "--format", "json")
    assert result.exit_code == 0, result.output
    data = json.loads(result.stdout)
    assert [set(one) for one in data] == [{"code", "words"}] * len(data)
    assert data[0]["code"] == "5.2"
    assert "vulden we het formulier in" in data[0]["words"]
    assert {"code": "1.2", "words": ["belde bij mevrouw aan"]} in data


def test_text_names_the_competence_and_the_words(tmp_path: Path) -> None:
    result = run(story(tmp_path), "--lang", "nl")
    assert result.exit_code == 0
    assert result.stdout.startswith("5.2  Ondersteunt bij praktisch functioneren en participatie\n")
    assert 'omdat je schreef: "vulden we het formulier in"' in result.stdout


def test_a_story_may_come_from_standard_input() -> None:
    result = run("-", "--format", "json", given=STORY.encode())
    assert json.loads(result.stdout)[0]["code"] == "5.2"


@pytest.mark.parametrize(("form", "said"), [("json", "[]\n"), ("text", "geen van de competenties")])
def test_nothing_that_fits_is_no_fault(tmp_path: Path, form: str, said: str) -> None:
    result = run(story(tmp_path, "Kneed het deeg."), "--format", form, "--lang", "nl")
    assert result.exit_code == 0
    assert said in result.stdout


def test_a_byte_order_mark_and_odd_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "windows.txt"
    path.write_bytes(b"\xef\xbb\xbf" + STORY.replace(". ", ".\r\n").encode())
    assert json.loads(run(path, "--format", "json").stdout)[0]["code"] == "5.2"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\x00\x01\x02", "no plain text"),
        ("Caf\u00e9".encode("latin-1"), "no plain text"),
        (b"%PDF-1.7\n\xff\xfe", "no plain text"),
        (b"a" * 1_000_001, "larger than 1 MB"),
    ],
)
def test_a_file_that_is_no_story_gets_a_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "bestand"
    path.write_bytes(content)
    result = run(path, "--lang", "en")
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr and str(path) in result.stderr


def test_of_a_file_of_50_mb_only_the_start_is_read(tmp_path: Path) -> None:
    path = tmp_path / "groot"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert run(path).exit_code == 2


def test_no_file_and_a_folder_get_a_sentence(tmp_path: Path) -> None:
    missing = run(tmp_path / "weg.txt", "--lang", "en")
    assert (missing.exit_code, "there is no such file" in missing.stderr) == (2, True)
    folder = run(tmp_path, "--lang", "en")
    assert (folder.exit_code, "is a folder" in folder.stderr) == (2, True)


def test_a_standard_without_a_list_says_so(tmp_path: Path) -> None:
    path = story(tmp_path)
    known = run(path, "--standard", "wmo-competenties", "--lang", "en")
    assert known.exit_code == 2
    assert "no list of words for" in known.stderr and "evc-sociaal-werker-mbo" in known.stderr
    unknown = run(path, "--standard", "nergens", "--lang", "en")
    assert (unknown.exit_code, 'no standard "nergens"' in unknown.stderr) == (2, True)


def test_a_list_of_ones_own_takes_the_place_of_ours(tmp_path: Path) -> None:
    words = tmp_path / "woorden.yaml"
    words.write_text('items:\n  - code: "3.2"\n    strong: [voedselbank]\n', encoding="utf-8")
    result = run(story(tmp_path), "--words", words, "--format", "json")
    assert json.loads(result.stdout) == [{"code": "3.2", "words": ["voedselbank"]}]


def test_the_faults_of_ones_own_list_are_all_named(tmp_path: Path) -> None:
    words = tmp_path / "woorden.yaml"
    words.write_text(
        'items:\n  - code: "3.9"\n    strong: [a]\n  - code: "3.1"\n    strong: ["?"]\n', encoding="utf-8"
    )
    result = run(story(tmp_path), "--words", words, "--lang", "en")
    assert result.exit_code == 2
    assert f"{words}:2: [3.9]" in result.stderr and f"{words}:5: [3.1]" in result.stderr


def test_suggesting_never_loads_django() -> None:
    probe = "import bekwaam.cli.suggest, sys; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0
