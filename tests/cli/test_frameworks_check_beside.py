"""``bekwaam frameworks check`` looks at what stands beside packs too."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bekwaam.cli.main import main
from bekwaam.frameworks.library import GUIDES, PROFILES, REVIEW_TERMS, TEAM_MODELS

# The file, what is said of it, something in it with what is put in its place.
FILES = {
    PROFILES / "rollen.yaml": ("rollen is in order, profiles: 6.", "stage: vakbekwaam", "stage: meester"),
    GUIDES / "licht-naar-zwaar.yaml": ("licht-naar-zwaar is in order, steps: 3.", "steps:", "stappen:"),
    TEAM_MODELS: ("modellen is in order, models: 3.", "composition: each", "composition: elk"),
    REVIEW_TERMS: ("kennis is in order, terms: 4.", "usual: usual", "usual: nooit"),
}


def check(path: Path) -> Result:
    return CliRunner().invoke(main, ["frameworks", "check", str(path), "--lang", "en"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_stands_beside_packs_is_checked_and_its_faults_are_told(path: Path, tmp_path: Path) -> None:
    sound, before, after = FILES[path]
    text = path.read_text("utf-8")
    assert before in text
    copy = tmp_path / path.name
    copy.write_text(text, "utf-8")
    assert (check(copy).exit_code, check(copy).output) == (0, f"{copy}: {sound}\n")
    copy.write_text(text.replace(before, after, 1), "utf-8")
    broken = check(tmp_path)
    assert broken.exit_code == 1
    assert f"{copy}:" in broken.output and after.split()[-1].strip(":") in broken.output
