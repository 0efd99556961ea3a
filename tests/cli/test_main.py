"""The command starts fast, lists what it can do, and its pure commands never load Django."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner

from bekwaam.cli.language import default_language
from bekwaam.cli.main import COMMANDS, main


def test_help_names_every_command_with_what_it_does() -> None:
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == 0
    for name, entry in COMMANDS.items():
        assert f"  {name} " in result.output
        assert entry.help in result.output


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_in_the_table_is_there(name: str) -> None:
    module, _, _ = COMMANDS[name].target.partition(":")
    assert find_spec(module) is not None


@pytest.mark.parametrize("name", ["frameworks", "decide"])
def test_the_pure_commands_have_help_that_reads_well(name: str) -> None:
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0
    assert "Usage: main " in result.output or "Usage: bekwaam " in result.output


def test_an_unknown_command_is_refused_with_status_two() -> None:
    assert CliRunner().invoke(main, ["verdict"]).exit_code == 2


def test_the_pure_commands_never_load_django_or_the_typesetter(tmp_path: Path) -> None:
    file = tmp_path / "kader.json"
    code = (
        "import sys; from click.testing import CliRunner; from bekwaam.cli.main import main;"
        "r = CliRunner();"
        "assert r.invoke(main, ['frameworks', 'list']).exit_code == 0;"
        "assert r.invoke(main, ['decide', '--schema']).exit_code == 0;"
        f"e = ['frameworks', 'export', 'wmo-competenties', '--format', 'json', '--out', {str(file)!r}];"
        "assert r.invoke(main, e).exit_code == 0;"
        f"assert r.invoke(main, ['frameworks', 'show', {str(file)!r}]).exit_code == 0;"
        f"assert r.invoke(main, ['frameworks', 'import', {str(file)!r}, '--check']).exit_code == 0;"
        "assert r.invoke(main, ['--help']).exit_code == 0;"
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'django', 'typst'}))"
    )
    # In a folder of its own: where a database stands, "list" looks in it.
    alone = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    alone["BEKWAAM_DATA"] = str(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=alone, cwd=tmp_path
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("surroundings", "language"),
    [
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "nl_NL.UTF-8"}, "nl"),
        ({"LANG": "C.UTF-8"}, "nl"),
        ({"LANG": "nl_NL", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_GB", "LC_ALL": "C"}, "en"),
        ({}, "nl"),
    ],
)
def test_the_language_is_that_of_the_surroundings_else_dutch(
    monkeypatch: pytest.MonkeyPatch, surroundings: dict[str, str], language: str
) -> None:
    for name in ("LANG", "LC_ALL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)
    assert default_language() == language
