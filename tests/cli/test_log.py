"""``bekwaam log``: what a stranger is told, with which exit status, and what is kept."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bekwaam.adapters.web.logs import fetch
from bekwaam.cli.log import watch as command
from bekwaam.cli.main import main
from bekwaam.domain.publiclog.watching import Kept, Seen
from tests.domain.publiclog.logs import ADDRESS, OTHER_KEY, Log
from tests.services.publiclog.logging import entry, logged

LEAVES = ["een", "twee", "drie"]


@pytest.fixture
def keep(tmp_path: Path) -> Path:
    return tmp_path / "log.txt"


def watch(monkeypatch: pytest.MonkeyPatch, log: Log, keep: Path, *more: str) -> Result:
    monkeypatch.setattr(command, "fetch", log.fetch)
    return CliRunner().invoke(main, ["log", "watch", ADDRESS, "--keep", str(keep), "--lang", "en", *more])


def test_a_log_is_followed_as_it_grows_and_the_newest_is_kept(
    monkeypatch: pytest.MonkeyPatch, keep: Path
) -> None:
    first = watch(monkeypatch, Log(LEAVES[:1]), keep)
    assert first.exit_code == 0, first.output
    assert Log([]).vkey.text in first.output
    grown = watch(monkeypatch, Log(LEAVES), keep)
    assert (grown.exit_code, grown.output.startswith("Fine: the log grew from 1 to 3 lines")) == (0, True)
    assert Kept.read(keep.read_text("utf-8")).note == Log(LEAVES).note
    assert watch(monkeypatch, Log(LEAVES), keep).output.startswith("Fine: the log has 3 lines")


def test_two_stories_are_kept_both_for_together_they_prove_it(
    monkeypatch: pytest.MonkeyPatch, keep: Path
) -> None:
    watch(monkeypatch, Log(LEAVES), keep)
    forked = Log(["een", "anders", "drie", "vier"])
    result = watch(monkeypatch, forked, keep)
    assert result.exit_code == 1
    assert result.output.startswith("Two stories")
    assert Kept.read(keep.read_text("utf-8")).note == Log(LEAVES).note
    other = keep.with_name("log.txt.other")
    assert Kept.read(other.read_text("utf-8")).note == forked.note
    assert str(other) in result.output.replace("\n", "")


def test_a_log_that_hides_something_changes_nothing_that_was_kept(
    monkeypatch: pytest.MonkeyPatch, keep: Path
) -> None:
    watch(monkeypatch, Log(LEAVES), keep)
    before = keep.read_text("utf-8")
    result = watch(monkeypatch, Log(LEAVES[:2]), keep, "--format", "json")
    assert result.exit_code == 2
    told = json.loads(result.output)
    assert (told["seen"], told["size"], told["before"]) == (Seen.HIDES, 2, 3)
    assert keep.read_text("utf-8") == before


@pytest.mark.parametrize(
    ("kept", "more", "said"),
    [
        ("niets", (), "cannot be read as what was kept"),
        ("", (), "cannot be read as what was kept"),
        (None, ("--key", "sleutel"), "This is no key of a log"),
        (Kept(Log([]).vkey, Log([]).note).text, ("--key", Log([], key=OTHER_KEY).vkey.text), "another key"),
    ],
)
def test_what_cannot_be_used_is_told_and_left_alone(
    monkeypatch: pytest.MonkeyPatch, keep: Path, kept: str | None, more: tuple[str, ...], said: str
) -> None:
    if kept is not None:
        keep.write_text(kept, "utf-8")
    result = watch(monkeypatch, Log(LEAVES), keep, *more)
    assert result.exit_code == 2
    assert said in result.output
    assert (keep.read_text("utf-8") if keep.exists() else None) == kept


def test_every_answer_has_a_sentence() -> None:
    assert set(command._SAID) == set(Seen)


def test_a_folder_that_cannot_be_written_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    result = watch(monkeypatch, Log(LEAVES), tmp_path / "weg" / "log.txt")
    assert (result.exit_code, "cannot be written" in result.output) == (2, True)


def test_watching_never_loads_django(tmp_path: Path) -> None:
    code = (
        "import sys; from click.testing import CliRunner; from bekwaam.cli.main import main;"
        f"e = ['log', 'watch', 'https://127.0.0.1/log/', '--keep', {str(tmp_path / 'x')!r}];"
        "r = CliRunner().invoke(main, e); assert r.exit_code == 2, r.output;"
        "assert CliRunner().invoke(main, ['log', '--help']).exit_code == 0;"
        "print(sorted({m.split('.')[0] for m in sys.modules} & {'django', 'typst'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_the_log_of_a_server_is_watched_over_the_wire(live_server: Any, keep: Path) -> None:
    logged(entry(0), entry(1))
    address = f"{live_server.url.replace('localhost', '127.0.0.1')}/log/"

    def told() -> tuple[int, str]:
        result = CliRunner().invoke(main, ["log", "watch", address, "--keep", str(keep), "--format", "json"])
        return result.exit_code, json.loads(result.output)["seen"]

    assert told() == (0, Seen.FIRST)
    logged(entry(2), entry(3), entry(4))
    assert told() == (0, Seen.GROWN)
    with pytest.raises(OSError, match="status: 404"):
        fetch(f"{address}nergens", 1000)
    with pytest.raises(OSError):
        fetch(f"{address}checkpoint", 10)


@pytest.mark.database
@pytest.mark.django_db
def test_the_end_of_the_chain_is_logged_by_hand_once(cast: Any) -> None:
    first, second = (CliRunner().invoke(main, ["log", "audit-head", "--lang", "en"]) for _ in range(2))
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "is leaf 0 of the public log" in first.output
    assert "done today already" in second.output
