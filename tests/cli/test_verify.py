"""``bekwaam verify`` and ``bekwaam bundle``: whole answers from files, and exit statuses to rely on."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bekwaam.adapters.web.faults import FetchFault, NotFetched
from bekwaam.adapters.web.sources import Sources
from bekwaam.cli import bundle as fetching
from bekwaam.cli.main import main
from bekwaam.cli.verify import checking
from bekwaam.trust.dids import document_of
from tests.adapters.web.hosts import Shelf
from tests.issued import (
    BASE,
    DID,
    HERE,
    HOST,
    ISSUER,
    LISTS,
    NAME,
    NOW,
    PLACE,
    bundle,
    issued,
    status_list,
)

LONG = NOW + timedelta(days=36_500)  # the command has a clock of its own
FAR = {purpose: dict(status_list(purpose, until=LONG)) for purpose in LISTS}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a certificate in all forms, two proofs, and a bundle beside it."""
    made = tmp_path / "map"
    made.mkdir()
    (tmp_path / "bundel.json").write_bytes(bundle(lists=tuple(FAR.values())).as_bytes())
    (made / "a.pdf").write_bytes(issued().pdf)
    (made / "b.json").write_bytes(issued().json)
    (made / "b.tlog-proof").write_text(issued().proof)
    (made / "c.jwt").write_text(issued().jwt)
    return made


class Here:
    """Reads papers in the process itself, which is quick; that of the command has its own tests."""

    port = HERE

    def close(self) -> None:
        pass


@pytest.fixture(autouse=True)
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "PaperStream", Here)


def run(folder: Path, *arguments: str | Path, language: str = "nl", offline: bool = True) -> Result:
    more = ["--offline", str(folder.parent / "bundel.json")] if offline else []
    return CliRunner().invoke(main, ["verify", *map(str, arguments), *more, "--language", language])


def data(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def edited(folder: Path) -> Path:
    path = folder.parent / "veranderd.json"
    path.write_bytes(issued().json.replace(b"EVC Huis Noord", b"EVC Huis Zuid!"))
    return path


def test_a_genuine_pdf_is_told_in_words(folder: Path) -> None:
    result = run(folder, folder / "a.pdf")
    assert result.exit_code == 0, result.output
    for said in (
        "Dit certificaat is echt.",
        "Uitgegeven door EVC Huis Noord, bekend op evc.example, op 20 november 2026.",
        "Standaard: Standaard klein (klein), versie 1.",
        "De aanbieder heeft het niet ingetrokken.",
        "openbare logboek, sinds 20 november 2026.",
        "Dat wie het laat zien, de houder is.",
        "bekend was op 26 november 2026",
    ):
        assert said in result.stdout
    assert "This certificate is genuine." in run(folder, folder / "a.pdf", language="en").stdout


@pytest.mark.parametrize(
    ("arguments", "status", "valid"),
    [
        (["a.pdf"], 0, True),
        (["b.json"], 0, True),
        (["c.jwt"], 2, None),
        (["c.jwt", "--proof", "b.tlog-proof"], 0, True),
        (["a.pdf", "--name", NAME], 0, True),
        (["a.pdf", "--name", "Iemand Anders"], 1, False),
        (["a.pdf", "--issuer", DID], 0, True),
        (["a.pdf", "--issuer", "did:web:ander.example"], 2, None),
        (["../veranderd.json"], 1, False),
    ],
)
def test_the_exit_status_and_the_report_agree(
    folder: Path, arguments: list[str], status: int, valid: bool | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited(folder)
    monkeypatch.chdir(folder)
    result = run(folder, *arguments, "--format", "json")
    assert result.exit_code == status, result.output
    report = data(result)
    assert report["valid"] is valid and report["file"] == arguments[0]
    assert {"document", "issuer", "signature", "period", "status", "log"} <= {
        it["name"] for it in report["checks"]
    }
    assert report["facts"]["number"] == "2026-7KQ4-XM2P"


def test_a_revoked_certificate_is_not_in_order(folder: Path) -> None:
    lists = (dict(status_list("revocation", PLACE, LONG)), FAR["suspension"])
    (folder.parent / "bundel.json").write_bytes(bundle(lists=lists).as_bytes())
    result = run(folder, folder / "a.pdf")
    assert result.exit_code == 1
    assert "De aanbieder heeft het ingetrokken." in result.stdout


def test_a_folder_is_checked_whole_and_the_worst_counts(folder: Path) -> None:
    result = run(folder, folder)
    assert result.exit_code == 2
    assert [line.partition(": ")[0].rpartition("/")[2] for line in result.stdout.splitlines()[:3]] == [
        "a.pdf",
        "b.json",
        "c.jwt",
    ]
    (folder / "d.json").write_bytes(edited(folder).read_bytes())
    worse = run(folder, folder, "--format", "json")
    assert worse.exit_code == 1
    assert (data(worse)["valid"], [it["valid"] for it in data(worse)["files"]]) == (
        False,
        [True, True, None, False],
    )


def test_a_folder_or_a_list_of_one_is_told_as_many_are(folder: Path) -> None:
    for name in ("b.json", "c.jwt"):
        (folder / name).unlink()
    (folder.parent / "een.csv").write_text("file\nmap/a.pdf\n")
    for path in (folder, folder.parent / "een.csv"):
        assert [it["valid"] for it in data(run(folder, path, "--format", "json"))["files"]] == [True]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_list_says_whose_each_should_be(folder: Path, delimiter: str) -> None:
    rows = [("Name", "file"), (NAME, "a.pdf"), ("Iemand Anders", "b.json"), ("", "weg.pdf"), ("", "")]
    listed = folder / "lijst.csv"
    listed.write_text("".join(delimiter.join(row) + "\n" for row in rows), encoding="utf-8-sig")
    out = folder.parent / "uit.csv"
    result = run(folder, listed, "--report", out)
    assert result.exit_code == 1, result.output
    found = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig")), delimiter=";"))
    assert [(Path(it["Bestand"]).name, it["Gevraagde naam"]) for it in found] == [
        ("a.pdf", NAME),
        ("b.json", "Iemand Anders"),
        ("weg.pdf", ""),
    ]
    assert [it["Codes"] for it in found] == ["", "name:name_other", ""]
    assert found[0]["Uitslag"] == "Dit certificaat is echt." and found[0]["Certificaat"] == "2026-7KQ4-XM2P"
    assert "kan niet worden gelezen" in found[2]["Uitslag"]


def test_nothing_in_the_report_is_a_formula(folder: Path) -> None:
    listed = folder / "lijst.csv"
    listed.write_text('file;name\na.pdf;"=HYPERLINK(1)"\n')
    out = folder.parent / "uit.csv"
    run(folder, listed, "--report", out)
    assert ";'=HYPERLINK(1);" in out.read_text("utf-8-sig")


def test_many_are_checked_by_two_processes_in_order(folder: Path) -> None:
    for number in range(12):
        (folder / f"n{number:02}.json").write_bytes(issued(met=number % 2 == 0).json)
    result = run(folder, folder, "--format", "json")
    reports = data(result)["files"]
    assert [Path(it["file"]).name for it in reports] == sorted(
        it.name for it in folder.iterdir() if it.suffix != ".tlog-proof"
    )
    assert [it["facts"]["met"] for it in reports[3:]] == [number % 2 == 0 for number in range(12)]
    assert reports[0]["valid"] is True


BAD: list[tuple[list[str], str]] = [
    (["weg.pdf"], "kan niet worden gelezen"),
    (["a.pdf", "b.json", "--proof", "b.tlog-proof"], "hoort bij één bestand"),
    (["leeg"], "Er is niets te controleren"),
    (["zonder.csv"], 'geen kolom "file"'),
    (["a.pdf", "--issuer", "did:web:10.0.0.1"], "geen kenmerk van een uitgever"),
    (["a.pdf", "--report", "nergens/uit.csv"], "Maak hem eerst aan"),
]


@pytest.mark.parametrize(("arguments", "says"), BAD, ids=[row[1] for row in BAD])
def test_bad_input_ends_with_two_and_says_what_to_do(
    folder: Path, arguments: list[str], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "leeg").mkdir()
    (folder / "zonder.csv").write_text("naam\nx\n")
    monkeypatch.chdir(folder)
    result = run(folder, *arguments)
    assert result.exit_code == 2 and says in result.output


def test_more_than_a_thousand_are_refused(folder: Path) -> None:
    (folder / "lijst.csv").write_text("file\n" + "a.pdf\n" * 1_001)
    result = run(folder, folder / "lijst.csv")
    assert result.exit_code == 2 and "1001" in result.output


def test_a_bundle_that_is_none_is_refused(folder: Path) -> None:
    (folder.parent / "bundel.json").write_text('{"kind": "iets anders"}')
    result = run(folder, folder / "a.pdf")
    assert result.exit_code == 2 and "geen bundel" in result.output


# Over the network.

PUBLISHED = {
    f"{BASE}/aanbieder/noord/did.json": document_of(ISSUER),
    **{LISTS[purpose]: made for purpose, made in FAR.items()},
}


def online(monkeypatch: pytest.MonkeyPatch, things: dict[str, Any]) -> Shelf:
    shelf = Shelf(things)
    monkeypatch.setattr(checking, "Sources", lambda only: Sources(shelf, only))
    return shelf


def test_without_a_bundle_keys_lists_and_log_are_the_ones_that_the_issuer_publishes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = online(monkeypatch, PUBLISHED)
    result = run(folder, folder / "a.pdf", folder / "b.json", offline=False)
    assert result.exit_code == 0, result.output
    assert sorted(url for url, _ in shelf.asked) == sorted(PUBLISHED)  # each once


def test_what_could_not_be_fetched_is_told_and_nothing_is_accused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    online(monkeypatch, {})
    result = run(folder, folder / "a.pdf", offline=False)
    assert result.exit_code == 2
    assert f"{DID} is niet opgehaald: de server heeft het niet." in " ".join(result.stdout.split())
    report = data(run(folder, folder / "a.pdf", "--format", "json", offline=False))
    assert report["not_fetched"] == {DID: "status"}
    online(monkeypatch, {f"{BASE}/aanbieder/noord/did.json": document_of(ISSUER)})
    report = data(run(folder, folder / "a.pdf", "--format", "json", offline=False))
    assert report["not_fetched"] == dict.fromkeys(LISTS.values(), "status")


def test_of_an_issuer_that_is_not_wanted_nothing_is_fetched(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = online(monkeypatch, PUBLISHED)
    result = run(folder, folder / "a.pdf", "--issuer", "did:web:ander.example", offline=False)
    assert result.exit_code == 2
    assert shelf.asked == []


def test_it_works_where_there_is_no_django(folder: Path) -> None:
    """Neither the command nor the process that reads PDFs loads it, and no database is named."""
    arguments = ["verify", str(folder / "a.pdf"), "--offline", str(folder.parent / "bundel.json")]
    code = (
        "import sys; sys.modules['django'] = None\n"  # whoever imports it fails
        "from bekwaam.cli.main import main\n"
        f"main({arguments!r})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# The bundle.


def fetched(monkeypatch: pytest.MonkeyPatch, content: bytes | NotFetched) -> list[str]:
    asked: list[str] = []

    class Gives:
        def __init__(self, seconds: float) -> None:
            pass

        def content(self, url: str, most_bytes: int) -> bytes:
            asked.append(url)
            if isinstance(content, NotFetched):
                raise content
            return content

    monkeypatch.setattr(fetching, "Fetcher", Gives)
    return asked


def fetch(address: str, out: Path) -> Result:
    return CliRunner().invoke(main, ["bundle", address, "-o", str(out), "--lang", "nl"])


@pytest.mark.parametrize("address", [HOST, f"https://{HOST}", f"https://{HOST}/"])
def test_a_bundle_is_fetched_and_written_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    content = bundle().as_bytes()
    asked = fetched(monkeypatch, content)
    result = fetch(address, tmp_path / "b.json")
    assert result.exit_code == 0, result.output
    assert asked == [f"{BASE}/controleren/bundel.json"]
    assert (tmp_path / "b.json").read_bytes() == content
    assert "26 november 2026" in result.output


@pytest.mark.parametrize(
    ("address", "content", "says"),
    [
        ("ander.example", bundle().as_bytes(), "spreekt voor een uitgever ergens anders"),
        (HOST, b"dag", "geen bundel"),
        (HOST, NotFetched(FetchFault.PRIVATE), "besloten netwerk"),
        (HOST, NotFetched(FetchFault.TIME), "duurde te lang"),
    ],
)
def test_a_bundle_that_is_not_to_be_trusted_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, content: bytes | NotFetched, says: str
) -> None:
    fetched(monkeypatch, content)
    result = fetch(address, tmp_path / "b.json")
    assert result.exit_code == 2 and says in result.output
    assert not (tmp_path / "b.json").exists()
