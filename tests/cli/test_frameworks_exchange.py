"""``bekwaam frameworks export`` and ``import``: out, in again, and every way in which that can fail."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bekwaam.cli.frameworks import stored
from bekwaam.cli.frameworks.files import MAX_BYTES
from bekwaam.cli.main import main
from bekwaam.frameworks.document import to_document
from bekwaam.frameworks.exchange.formats import FORMATS
from bekwaam.frameworks.exchange.workbook import read_workbook, write_workbook
from bekwaam.frameworks.library import CROSSWALKS, builtin_ids, builtin_versions, load_builtin
from tests.frameworks.exchange.sheets import with_part, xlsx
from tests.frameworks.packs import SOUND, write_pack

EVC = "evc-sociaal-werker-mbo"
SMALL = "wmo-competenties"
EVERY = [f"{i}@{version}" for i in builtin_ids() for version in builtin_versions(i)]
READABLE = [name for name, one in FORMATS.items() if one.reader]


@pytest.fixture(autouse=True)
def _no_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("BEKWAAM_DATA", str(tmp_path / "data"))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["frameworks", *map(str, arguments)])


# Out ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
def test_export_writes_the_bytes_of_the_format_to_standard_output(form: str) -> None:
    result = run("export", SMALL, "--format", form, "--lang", "en")
    assert result.exit_code == 0
    assert result.stdout_bytes == FORMATS[form].write(load_builtin(SMALL), language="en")
    assert result.stderr == ""


@pytest.mark.parametrize("form", READABLE)
@pytest.mark.parametrize("named", EVERY)
def test_export_import_export_is_the_same(named: str, form: str, tmp_path: Path) -> None:
    out, back = tmp_path / f"a{FORMATS[form].suffix}", tmp_path / "b.json"
    assert run("export", named, "--format", form, "--out", out).exit_code == 0
    result = run("import", out, "--out", back, "--lang", "nl")
    assert result.exit_code == 0, result.output
    assert run("diff", named, back).exit_code == 0
    assert run("export", back, "--format", form).stdout_bytes == out.read_bytes()


def test_export_takes_the_path_of_a_pack(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "klein")
    result = run("export", pack, "--format", "xlsx")
    assert result.exit_code == 0
    reading = read_workbook(result.stdout_bytes, "x")
    assert reading.framework is not None
    assert reading.framework.id == "klein"


def test_addresses_begin_where_they_are_told_to() -> None:
    plain = run("export", SMALL, "--format", "skos").output
    assert "urn:uuid:" in plain
    assert "https://" not in plain
    based = run("export", SMALL, "--format", "skos", "--base-url", "https://a.example").output
    assert f"https://a.example/kaders/{SMALL}/kaart/C1/" in based
    package = json.loads(run("export", SMALL, "--format", "case", "--base-url", "https://a.example").output)
    assert package["CFDocument"]["uri"].startswith("https://a.example/ims/case/v1p1/")


def test_links_go_along_when_asked() -> None:
    alone, linked = (run("export", SMALL, "--format", "skos", *more).output for more in ((), ("--links",)))
    assert "Match" not in alone
    assert "skos:closeMatch" in linked
    package = json.loads(run("export", f"{SMALL}@2012", "--format", "case", "--links").output)
    assert any(one["associationType"] == "replacedBy" for one in package["CFAssociations"])


def test_a_crosswalk_goes_out_as_case_and_as_nothing_else(tmp_path: Path) -> None:
    package = json.loads(run("export", "wmo-2012-kaart", "--format", "case").output)
    assert package["CFAssociations"]
    by_path = run("export", CROSSWALKS / "wmo-2012-kaart.yaml", "--format", "case")
    assert json.loads(by_path.output) == package
    result = run("export", "wmo-2012-kaart", "--format", "xlsx", "--lang", "nl")
    assert result.exit_code == 2
    assert "--format case" in result.output
    assert "concordantie" in result.output


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_file_that_cannot_be_written_gets_a_sentence(tmp_path: Path, language: str) -> None:
    said = set()
    for out in (tmp_path, tmp_path / "weg" / "a.json"):
        result = run("export", SMALL, "--format", "json", "--out", out, "--lang", language)
        assert result.exit_code == 2
        assert str(out) in result.output
        said.add(result.output)
    assert len(said) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "a.json"
    out.write_text("wat er stond")
    monkeypatch.setattr("os.fdopen", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    assert run("export", SMALL, "--format", "json", "--out", out).exit_code == 2
    assert out.read_text() == "wat er stond"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


# In ----------------------------------------------------------------------------------------------------


def exported(tmp_path: Path, form: str = "xlsx", named: str = SMALL) -> Path:
    out = tmp_path / f"kader{FORMATS[form].suffix}"
    assert run("export", named, "--format", form, "--out", out).exit_code == 0
    return out


@pytest.mark.parametrize("form", READABLE)
def test_check_tells_what_would_be_taken_over_and_does_nothing(tmp_path: Path, form: str) -> None:
    file = exported(tmp_path, form)
    before = sorted(tmp_path.rglob("*"))
    result = run("import", file, "--check", "--lang", "nl")
    assert result.exit_code == 0
    assert "10  competenties" in result.output
    assert "Dit kan worden overgenomen." in result.output
    assert sorted(tmp_path.rglob("*")) == before


def test_every_fault_is_printed_with_its_cell_and_nothing_is_written(tmp_path: Path) -> None:
    framework = load_builtin(SMALL)
    items = (replace(framework.items[0], code="een twee"), *framework.items[1:])
    file = tmp_path / "kader.xlsx"
    file.write_bytes(write_workbook(replace(framework, items=items)))
    result = run("import", file, "--out", tmp_path / "uit.json", "--lang", "nl")
    assert result.exit_code == 1
    assert f"{file}, Onderdelen!A2: [een twee]" in result.output
    assert "Er is niets overgenomen." in result.output
    assert not (tmp_path / "uit.json").exists()


def test_what_was_put_right_is_told(tmp_path: Path) -> None:
    file = tmp_path / "lijst.xlsx"
    file.write_bytes(xlsx(["Code", "Soort", "Titel", "Wie"], ["1", "baken", "Een", "x"], name="Onderdelen"))
    result = run("import", file, "--check", "--lang", "nl")
    assert result.exit_code == 1
    assert f'Hersteld: {file}, Onderdelen!D1: De kolom "Wie"' in result.output


def test_it_can_be_taken_over_under_another_name(tmp_path: Path) -> None:
    file, out = exported(tmp_path), tmp_path / "uit.json"
    assert run("import", file, "--as", "ons-kader@3.1", "--out", out).exit_code == 0
    document = json.loads(out.read_text("utf-8"))
    assert (document["id"], document["version"]) == ("ons-kader", "3.1")
    assert {item["module"] for item in document["items"]} == {"ons-kader"}


@pytest.mark.parametrize(
    ("named", "status"), [("los", 2), ("@1", 2), ("a@", 2), ("Ons Kader@1", 1), ("a@1 0", 1)]
)
def test_an_odd_name_is_refused(tmp_path: Path, named: str, status: int) -> None:
    result = run("import", exported(tmp_path), "--as", named, "--out", tmp_path / "uit.json", "--lang", "nl")
    assert result.exit_code == status
    assert not (tmp_path / "uit.json").exists()


def test_a_name_mends_the_faults_that_were_about_the_name(tmp_path: Path) -> None:
    file = tmp_path / "kader.xlsx"
    file.write_bytes(write_workbook(replace(load_builtin(SMALL), id="Geen Id", version="")))
    assert run("import", file, "--check").exit_code == 1
    assert run("import", file, "--check", "--as", "wel-een-id@1").exit_code == 0


def hostile(folder: Path) -> dict[str, tuple[Path, int]]:
    """Return files that cannot be taken over, with the status the command ends with."""
    framework = load_builtin(SMALL)
    item = to_document(framework)["items"][0]
    many = to_document(framework) | {"items": [item] * 200_000}
    items = tuple(replace(one, kind="element", parent=one.code) for one in framework.items)
    contents: dict[str, tuple[bytes, int]] = {
        "bomb.xlsx": (with_part(xlsx(["a"]), "xl/worksheets/sheet1.xml", b" " * 200_000_000), 2),
        "many.json": (json.dumps(many).encode()[: MAX_BYTES + 10], 2),
        "circle.json": (json.dumps(to_document(replace(framework, items=items))).encode(), 1),
        "photo.png": (b"\x89PNG\r\n\x1a\n\0\0", 2),
        "pack.yaml": (SOUND.encode(), 2),
        "empty.json": (b"", 2),
        "half.json": (b'{"CFDocument": {', 2),
        "other.json": (b'{"CFItems": []}', 2),
        "old.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 2),
    }
    for name, (content, _) in contents.items():
        (folder / name).write_bytes(content)
    with (folder / "large.json").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    found = {name: (folder / name, status) for name, (_, status) in contents.items()}
    return found | {
        "large.json": (folder / "large.json", 2), "folder": (folder, 2), "missing": (folder / "weg.xlsx", 2),
        "device": (Path("/dev/null"), 2),
    }  # fmt: skip


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_cannot_be_taken_over_gets_a_sentence(tmp_path: Path, language: str) -> None:
    for name, (file, status) in hostile(tmp_path).items():
        result = run("import", file, "--check", "--lang", language)
        assert result.exit_code == status, (name, result.output)
        assert not result.exception or isinstance(result.exception, SystemExit), name
        assert str(file) in result.output, name
        assert "Traceback" not in result.output


def test_a_path_may_be_an_exported_file_in_every_command(tmp_path: Path) -> None:
    for form in READABLE:
        file = exported(tmp_path, form)
        assert run("check", file, "--lang", "en").output.strip().endswith("is in order: 11 items.")
        assert json.loads(run("show", file, "--format", "json").output)["id"] == SMALL
        assert run("diff", file, SMALL).exit_code == 0
    (tmp_path / "kapot.json").write_text('{"items": [], "stages": [], "documents": {}, "includes": []}')
    for command in ("show", "check"):
        result = run(command, tmp_path / "kapot.json", "--lang", "nl")
        assert result.exit_code in (1, 2)
        assert "geen kader zoals Bekwaam dat schrijft" in result.output


# In this installation -------------------------------------------------------------------------------


def called(data: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Call the command as a process of its own, with its data in ``data``."""
    alone = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    command = [sys.executable, "-m", "bekwaam.cli.main", "frameworks", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env=alone | {"BEKWAAM_DATA": str(data)}
    )


@pytest.mark.long
def test_what_is_imported_is_published_found_and_never_changed(tmp_path: Path) -> None:
    data, file = tmp_path / "data", exported(tmp_path)
    mine = ("--as", "ons-kader@1.0", "--lang", "nl")
    first = called(data, "import", file, *mine)
    assert first.returncode == 0, first.stderr
    assert "ons-kader 1.0 is overgenomen en gepubliceerd." in first.stdout
    again = called(data, "import", file, *mine)
    assert (again.returncode, "staat hier al" in again.stdout) == (0, True)
    other = tmp_path / "anders.xlsx"
    framework = load_builtin(SMALL)
    other.write_bytes(write_workbook(replace(framework, items=framework.items[:-1])))
    refused = called(data, "import", other, *mine)
    assert refused.returncode == 1
    assert "--as" in refused.stderr
    assert "andere inhoud" in refused.stderr
    # Found by id, with and without a version, beside what comes with Bekwaam.
    shown = called(data, "show", "ons-kader@1.0", "--format", "json")
    assert json.loads(shown.stdout)["id"] == "ons-kader"
    assert called(data, "diff", "ons-kader", SMALL).returncode in (0, 1)
    assert (
        called(data, "export", "ons-kader", "--format", "xlsx", "--out", tmp_path / "x.xlsx").returncode == 0
    )
    lines = called(data, "list", "--lang", "nl").stdout.splitlines()
    assert len(lines) == len(EVERY) + 1
    assert lines[-1].split()[:3] == ["ons-kader", "1.0", "framework"]
    unknown = called(data, "show", "ons-kader@2.0", "--lang", "nl")
    assert (unknown.returncode, "1.0" in unknown.stderr) == (2, True)


def test_a_database_that_cannot_be_used_gets_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("een bestand waar een map hoort")
    done = called(tmp_path / "data", "import", exported(tmp_path), "--as", "a@1", "--lang", "nl")
    assert done.returncode == 1
    assert "De database kan niet worden gebruikt" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_version_that_comes_with_bekwaam_cannot_be_replaced(tmp_path: Path) -> None:
    assert "stands here already" in run("import", exported(tmp_path), "--lang", "en").output
    framework = load_builtin(SMALL)
    file = tmp_path / "anders.xlsx"
    file.write_bytes(write_workbook(replace(framework, items=framework.items[:-1])))
    result = run("import", file, "--lang", "nl")
    assert result.exit_code == 1
    assert "hoort bij Bekwaam" in result.output
    assert not (tmp_path / "data").exists()


def test_looking_never_makes_a_database(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert not stored.exists()
    assert called(data, "list").returncode == 0
    assert called(data, "show", "bestaat-niet").returncode == 2
    assert not data.exists()


def test_a_database_without_tables_is_as_good_as_none(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "bekwaam.sqlite3").touch()
    assert stored.exists()
    done = called(data, "list")
    assert (done.returncode, len(done.stdout.splitlines())) == (0, len(EVERY))


@pytest.mark.parametrize(
    ("address", "there"),
    [("postgres://a@b/c", True), ("sqlite:////weg/niets.sqlite3", False), ("sqlite:///niets.sqlite3", False)],
)
def test_whether_there_is_a_database_follows_from_the_settings(
    monkeypatch: pytest.MonkeyPatch, address: str, there: bool
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    assert stored.exists() is there
