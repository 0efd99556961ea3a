"""``bekwaam frameworks check`` looks at crosswalks too, alone, in a folder, or beside packs."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from bekwaam.cli.main import main
from bekwaam.frameworks.library import load_builtin
from tests.frameworks.packs import write_pack

LIFE_DOMAINS = load_builtin("leefgebieden-sociaal-werk")
FIRST = LIFE_DOMAINS.of_kind("life_domain")[0].code
LINKS = f"""\
crosswalk: zelf
title: {{nl: "Zelf", en: "Self"}}
from: {LIFE_DOMAINS.id}@{LIFE_DOMAINS.version}
to: {LIFE_DOMAINS.id}@{LIFE_DOMAINS.version}
links:
  - from: {FIRST}
    to: {FIRST}
    relation: exactMatchOf
    reason: {{nl: "Hetzelfde.", en: "The same."}}
    own: true
"""


def check(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["frameworks", "check", *map(str, arguments)])


def written(folder: Path, text: str = LINKS) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "zelf.yaml"
    path.write_text(text, "utf-8")
    return path


def test_a_sound_crosswalk_is_in_order(tmp_path: Path) -> None:
    path = written(tmp_path)
    for where in (path, tmp_path):
        result = check(where, "--lang", "en")
        assert result.exit_code == 0
        assert result.output.splitlines() == [f"{path}: zelf is in order, links: 1."]


def test_its_faults_are_printed_with_file_line_and_code(tmp_path: Path) -> None:
    path = written(
        tmp_path, LINKS.replace(f"to: {FIRST}\n", "to: ZZ\n").replace("exactMatchOf", "exactMatch")
    )
    result = check(path, "--lang", "en")
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        f"{path}:7: [{FIRST}] There is no item ZZ in {LIFE_DOMAINS.id}@{LIFE_DOMAINS.version}.",
        f'{path}:8: [{FIRST}] "exactMatch" is no relation. Did you mean "exactMatchOf"?',
        "2 faults.",
    ]


def test_crosswalks_beside_packs_are_looked_at_and_other_files_are_not(tmp_path: Path) -> None:
    write_pack(tmp_path / "klein")
    written(tmp_path)
    (tmp_path / "lijst.yaml").write_text("boodschappen: [melk]\n", "utf-8")
    result = check(tmp_path, "--lang", "nl")
    assert result.exit_code == 0
    assert result.output.count("is in orde") == 2


def test_a_file_that_cannot_be_read_is_never_passed_over(tmp_path: Path) -> None:
    written(tmp_path, "crosswalk: [")
    assert check(tmp_path).exit_code == 1
