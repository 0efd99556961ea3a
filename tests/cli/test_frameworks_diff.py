"""``bekwaam frameworks diff``: two frameworks in two columns, or as data; the status tells which it was."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from bekwaam.cli.comparison_text import COLUMN
from bekwaam.cli.main import main
from bekwaam.frameworks.library import load_builtin
from tests.frameworks.packs import SOUND, write_pack

MBO = "evc-sociaal-werker-mbo"
BETWEEN = """\
  - code: "2"
    title: {nl: "Twee", en: "Two"}
    source: {document: "D", section: "2"}
"""
HBO = Path(__file__).parents[1] / "data" / "packs" / "verzonnen-hbo"


def diff(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["frameworks", "diff", *map(str, arguments)])


def edited(tmp_path: Path, *changes: tuple[str, str]) -> tuple[Path, Path]:
    """Write the sound pack and one in which parts were changed."""
    other = SOUND
    for part, instead in changes:
        assert part in other
        other = other.replace(part, instead, 1)
    return write_pack(tmp_path / "a"), write_pack(tmp_path / "b", other)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_framework_beside_itself_ends_with_zero(language: str) -> None:
    result = diff(MBO, f"{MBO}@1.0", "--lang", language)
    assert result.exit_code == 0
    said = {"nl": "Deze twee hebben dezelfde inhoud.", "en": "These two have the same content."}
    assert said[language] in result.output
    assert len(result.output.splitlines()) < 10


def test_two_columns_say_what_is_shared_changed_moved_and_new(tmp_path: Path) -> None:
    a, b = edited(
        tmp_path,
        ('en: "Does the first."', 'en: "Does it otherwise."'),
        ('code: "1.2"', 'code: "1.9"'),
        ("L1.t1", "L1.t2"),
        ('en: "Saving"', 'en: "Spending"'),
        ('nl: "Sparen"', 'nl: "Uitgeven"'),
    )
    result = diff(a, b, "--lang", "en")
    assert result.exit_code == 1
    lines = [" ".join(line.split()) for line in result.output.splitlines()]
    assert "= 6 shared ~ 1 in other words > 1 moved - 1 only left + 1 only right" in lines
    assert "~ 1.1 First | 1.1 First" in lines
    assert "Does the first. | Does it otherwise." in lines
    assert "> 1.2 Second | 1.9 Second" in lines
    assert "- L1.t1 Saving |" in lines
    assert "+ | L1.t2 Spending" in lines


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ([("eqf: 4", "eqf: 6")], "~ 4 | 6"),
        ([('en: "Then."', 'en: "Later."')], "Then. | Later."),
        (
            [("at_least: 1", "at_least: 2")],
            "~ At least 1 of the 2 competences are shown at | At least 2 of the 2 competences are shown at",
        ),
        (
            [("    competences:", BETWEEN + "    competences:")],
            "(lies below 1 One) | (lies below 2 Two)",
        ),
    ],
)
def test_level_stages_rule_and_place_stand_side_by_side(
    tmp_path: Path, changes: list[tuple[str, str]], line: str
) -> None:
    result = diff(*edited(tmp_path, *changes), "--lang", "en")
    assert result.exit_code == 1
    assert line in [" ".join(found.split()) for found in result.output.splitlines()]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_mbo_beside_hbo_reads_well_in_a_hundred_columns(language: str) -> None:
    result = diff(MBO, HBO, "--lang", language)
    assert result.exit_code == 1
    assert max(map(len, result.output.splitlines())) <= 100
    assert {"nl": "= 7 leefgebieden", "en": "= 7 life domains"}[language] in result.output.splitlines()
    left = " ".join(" ".join(line[2 : 2 + COLUMN] for line in result.output.splitlines()).split())
    right = " ".join(" ".join(line[5 + COLUMN :] for line in result.output.splitlines()).split())
    for item in load_builtin(MBO).competences:
        assert f"{item.code} {item.name(language)}" in left
    assert {"nl": "8.1 Onderzoekt een verzonnen vraag", "en": "8.1 Studies a made-up question"}[
        language
    ] in right


def test_as_data_it_holds_both_texts_and_the_shared_module() -> None:
    result = diff(MBO, HBO, "--format", "json", "--lang", "nl")
    assert result.exit_code == 1
    document = json.loads(result.output)
    assert (document["a"]["id"], document["b"]["version"], document["same"]) == (MBO, "0.1", False)
    assert document["counts"] == {"shared": 77, "changed": 2, "moved": 1, "only_in_a": 197, "only_in_b": 2}
    (module,) = document["modules"]
    assert (module["id"], module["number"]) == ("leefgebieden-sociaal-werk", 75)
    assert {"field": "eqf", "name": "Europees niveau (EQF)", "a": 4, "b": 6} in document["head"]
    (competences,) = [kind for kind in document["kinds"] if kind["kind"] == "competence"]
    (changed,) = competences["changed"]
    assert changed["fields"] == ["text"]
    assert changed["b"]["text"] == "Verzonnen: leert anderen contact te maken."
    assert changed["a"]["text"] == load_builtin(MBO).by_code["1.1"].text.nl  # type: ignore[union-attr]


@pytest.mark.parametrize("bad", ["evc-sociaal-werker-hbo", f"{MBO}@9.9", "tests/no-such-folder"])
def test_what_cannot_be_found_ends_with_two(bad: str) -> None:
    for arguments in ((bad, MBO), (MBO, bad)):
        result = diff(*arguments, "--lang", "en")
        assert result.exit_code == 2
        assert bad.partition("@")[0] in result.output


def test_a_faulty_pack_ends_with_two_and_its_faults(tmp_path: Path) -> None:
    _, faulty = edited(tmp_path, ("at_least: 1", "at_least: 9"))
    result = diff(MBO, faulty, "--lang", "en")
    assert result.exit_code == 2
    assert "pack.yaml:" in result.output


def test_a_spreadsheet_goes_to_standard_output_or_to_a_file(tmp_path: Path) -> None:
    out = tmp_path / "vergelijking.xlsx"
    given = diff(MBO, HBO, "--format", "xlsx")
    assert given.exit_code == 1
    assert diff(MBO, HBO, "--format", "xlsx", "--out", out).exit_code == 1
    assert out.read_bytes() == given.stdout_bytes
    assert openpyxl.load_workbook(out).sheetnames[1] == "Naast elkaar"


def test_text_goes_to_a_file_too(tmp_path: Path) -> None:
    out = tmp_path / "uit.txt"
    assert diff(MBO, MBO, "--out", out).exit_code == 0
    assert "dezelfde inhoud" in out.read_text("utf-8")


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    result = diff(MBO, HBO, "--format", "xlsx", "--out", tmp_path / "nergens" / "uit.xlsx")
    assert result.exit_code == 2
    assert "uit.xlsx" in result.stderr
