"""What holds for every pack that comes with the product, whatever is in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from bekwaam.cli.main import main
from bekwaam.frameworks.compare import compare
from bekwaam.frameworks.document import from_document, to_document
from bekwaam.frameworks.exchange.comparison_sheet import comparison_sheet
from bekwaam.frameworks.library import builtin_ids, builtin_path, builtin_versions, load_builtin

PACKS = [(name, version) for name in builtin_ids() for version in builtin_versions(name)]
NAMES = [f"{name}@{version}" for name, version in PACKS]

# The official name of every document, worded once; what is between brackets is ours.
TITLES = {
    "000": "Competenties Maatschappelijke Ondersteuning (Movisie, 2012)",
    "001": "Landelijk deelprofiel sociaal werk in de wijk/lokaal sociaal werk (2016)",
    "002": "De kracht van Maatschappelijk Werk in de 21e eeuw (presentatie)",
    "003": "10 competenties sociaal werker Maatschappelijke Ondersteuning (kaart, zonder datum)",
    "004": "EVC-standaard vakbekwame sociaal werker, mbo-niveau (EQF 4)",
}


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["frameworks", *arguments])
    return result.exit_code, result.output


def test_there_are_packs_from_all_five_documents() -> None:
    found = {number for pack in PACKS for number in load_builtin(*pack).documents}
    assert found == TITLES.keys()


def test_every_pack_is_listed_once() -> None:
    status, text = run("list", "--lang", "nl")
    assert status == 0
    assert [tuple(line.split()[:2]) for line in text.splitlines()] == PACKS


@pytest.mark.parametrize("pack", PACKS, ids=NAMES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_shows_every_item(pack: tuple[str, str], language: str) -> None:
    framework = load_builtin(*pack)
    status, text = run("show", "@".join(pack), "--lang", language)
    assert status == 0
    shown = " ".join(text.split())
    assert [item.code for item in framework.items if " ".join(item.name(language).split()) not in shown] == []


@pytest.mark.parametrize("pack", PACKS, ids=NAMES)
def test_it_checks_without_a_fault(pack: tuple[str, str]) -> None:
    path = builtin_path(*pack)
    assert path is not None
    status, text = run("check", str(path), "--lang", "en")
    assert status == 0
    assert f"{pack[0]} {pack[1]} is in order: {len(load_builtin(*pack).items)} items." in text


@pytest.mark.parametrize("pack", PACKS, ids=NAMES)
def test_beside_itself_it_is_the_same(pack: tuple[str, str], tmp_path: Path) -> None:
    framework = load_builtin(*pack)
    found = compare(framework, from_document(to_document(framework)))
    assert found.same
    assert found.counterparts.keys() == framework.by_code.keys()
    name = "@".join(pack)
    assert run("diff", name, name)[0] == 0
    assert comparison_sheet(found, "nl").startswith(b"PK")


@pytest.mark.parametrize("pack", PACKS, ids=NAMES)
def test_its_documents_are_called_what_they_are_called_everywhere(pack: tuple[str, str]) -> None:
    framework = load_builtin(*pack)
    assert {number: title.nl for number, title in framework.documents.items()} == {
        number: TITLES[number] for number in framework.documents
    }


def test_a_document_has_one_english_title_too() -> None:
    found: dict[str, set[str]] = {}
    for pack in PACKS:
        for number, title in load_builtin(*pack).documents.items():
            found.setdefault(number, set()).add(title.en)
    assert {number: len(titles) for number, titles in found.items()} == dict.fromkeys(TITLES, 1)


@pytest.mark.parametrize("pack", PACKS, ids=NAMES)
def test_every_item_says_which_document_it_comes_from(pack: tuple[str, str]) -> None:
    framework = load_builtin(*pack)
    assert {item.source.document for item in framework.items} <= framework.documents.keys()
