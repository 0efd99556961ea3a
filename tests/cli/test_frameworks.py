"""``bekwaam frameworks``: what it prints and how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bekwaam.cli.main import main
from bekwaam.frameworks.library import PACKS, builtin_ids, builtin_versions, load_builtin
from tests.frameworks.packs import SOUND, write_pack

EVC = "evc-sociaal-werker-mbo"
EVERY = [f"{i}@{version}" for i in builtin_ids() for version in builtin_versions(i)]
YOUTH = Path(__file__).parents[1] / "data" / "jeugdzorg-verzonnen"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["frameworks", *map(str, arguments)])


def shown(identifier: str | Path, language: str = "nl") -> dict[str, Any]:
    result = run("show", identifier, "--format", "json", "--lang", language)
    assert result.exit_code == 0
    return json.loads(result.output)  # type: ignore[no-any-return]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_list_gives_id_version_kind_and_title(language: str) -> None:
    result = run("list", "--lang", language)
    assert result.exit_code == 0
    lines = result.output.splitlines()
    packs = [load_builtin(*named.split("@")) for named in EVERY]
    for line, pack in zip(lines, packs, strict=True):
        assert line.split()[:3] == [pack.id, pack.version, pack.kind]
        assert line.endswith(pack.title[language])


def test_show_gives_the_whole_pack_as_one_document() -> None:
    document = shown(EVC)
    assert len(document["clusters"]) == 7
    assert len(document["competences"]) == 21
    counts = [
        sum(len(competence["indicators"][stage]) for competence in document["competences"])
        for stage in ("startbekwaam", "vakbekwaam", "vakvolwassen")
    ]
    assert counts == [42, 51, 50]
    assert [stage["code"] for stage in document["stages"]] == ["startbekwaam", "vakbekwaam", "vakvolwassen"]
    assert sum(len(domain["themes"]) for domain in document["life_domains"]) == 30
    assert sum(len(domain["specific_competences"]) for domain in document["life_domains"]) == 17
    assert sum(len(domain["stages"]) for domain in document["life_domains"]) == 21
    rule = document["rule"]
    assert (rule["kind"], rule["of"], rule["at_least"], rule["stage"]) == (
        "count",
        "competence",
        17,
        "vakbekwaam",
    )
    assert rule["text"] == "Ten minste 17 van de 21 competenties zijn aangetoond op vakbekwaam of hoger."
    assert document["eqf"] == 4
    assert document["cumulative"] is True


def test_clusters_and_competences_point_to_each_other() -> None:
    document = shown(EVC)
    titles = {competence["code"]: competence for competence in document["competences"]}
    for cluster in document["clusters"]:
        assert cluster["group"] in {group["code"] for group in document["groups"]}
        assert all(titles[code]["cluster"] == cluster["code"] for code in cluster["competences"])
    assert sum(len(cluster["competences"]) for cluster in document["clusters"]) == 21


@pytest.mark.parametrize(
    "section", ["tensions", "roles", "principles", "support_kinds", "results", "uses", "makers"]
)
def test_every_other_section_is_in_the_document(section: str) -> None:
    for item in shown(EVC)[section]:
        assert item["title"]
        assert item["text"]
        assert item["source"]["document"] == "004"


def test_show_speaks_one_language_at_a_time() -> None:
    dutch, english = shown(EVC, "nl"), shown(EVC, "en")
    assert dutch["competences"][0]["title"] == "Maakt en onderhoudt contact: is present"
    assert english["competences"][0]["title"] != dutch["competences"][0]["title"]
    assert english["rule"]["text"].startswith("At least 17 of the 21 competences")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("named", EVERY)
def test_the_text_form_holds_every_item(named: str, language: str) -> None:
    result = run("show", named, "--lang", language)
    assert result.exit_code == 0
    words = " ".join(result.output.split())
    identifier, _, version = named.partition("@")
    for item in load_builtin(identifier, version).items:
        assert " ".join(item.name(language).split()) in words, item.code
        if item.text:
            assert " ".join(item.text[language].split()) in words, item.code
    assert max(map(len, result.output.splitlines())) <= 100


def test_a_pack_in_a_folder_can_be_shown_too() -> None:
    document = shown(YOUTH)
    assert [len(area["indicators"]["vakbekwaam"]) for area in document["areas"]] == [5, 7, 4, 10, 5, 9]
    assert run("show", YOUTH).exit_code == 0


def test_a_version_may_be_named_and_without_it_the_newest_is_shown() -> None:
    assert [shown(named)["version"] for named in ("wmo-competenties@2012", "wmo-competenties")] == [
        "2012",
        "kaart",
    ]
    assert shown("wmo-competenties")["supersedes"] == "2012"
    assert "komt na 2012" in run("show", "wmo-competenties", "--lang", "nl").output


@pytest.mark.parametrize("version", ["2011", ""])
def test_an_unknown_version_is_refused_with_those_that_are_there(version: str) -> None:
    result = run("show", f"wmo-competenties@{version}", "--lang", "nl")
    assert result.exit_code == 2
    assert "2012, kaart" in result.output


def test_what_lies_in_a_competence_or_another_item_is_shown_below_it() -> None:
    document = shown("wmo-competenties@2012")
    first = document["competences"][0]
    assert (first["code"], first["practice_theme"]) == ("C1", "T2")
    assert [facet["code"] for facet in first["facets"]] == ["C1.i", "C1.g"]
    assert document["practice_themes"][0]["competences"] == ["C2", "C4"]
    assert len(document["missions"][0]["mission_values"]) == 4


def test_an_unknown_framework_gets_a_suggestion() -> None:
    result = run("show", "evc-sociaal-werker-hbo", "--lang", "nl")
    assert result.exit_code == 2
    assert f'Bedoel je "{EVC}"?' in result.output


def test_check_is_silent_about_nothing_and_ends_well() -> None:
    result = run("check", PACKS, "--lang", "nl")
    assert result.exit_code == 0
    assert result.output.count("is in orde") == len(EVERY)


def test_check_prints_every_fault_with_file_line_and_code(tmp_path: Path) -> None:
    text = SOUND.replace('en: "Begins."', 'en: ""').replace("group: G1", "group: G9")
    result = run("check", write_pack(tmp_path / "klein", text), "--lang", "en")
    assert result.exit_code == 1
    head = tmp_path / "klein" / "pack.yaml"
    assert result.output.splitlines() == [
        f'{head}:26: [1] There is no group "G9".',
        f'{head}:37: [1.1.st1] "text" is missing in English.',
        "2 faults.",
    ]


def test_check_looks_at_every_path(tmp_path: Path) -> None:
    write_pack(tmp_path / "a", SOUND.replace("eqf: 4", "eqf: 44"))
    write_pack(tmp_path / "b", SOUND.replace("kind: count", "kind: sum"))
    for arguments in ([tmp_path], [tmp_path / "a", tmp_path / "b"]):
        result = run("check", *arguments, "--lang", "nl")
        assert result.exit_code == 1
        assert "2 fouten." in result.output


def test_check_of_a_path_that_is_not_there_ends_with_two(tmp_path: Path) -> None:
    result = run("check", tmp_path / "weg", "--lang", "nl")
    assert result.exit_code == 2
    assert "dit bestand of deze map is er niet" in result.output


def test_check_of_a_folder_without_packs_is_a_fault(tmp_path: Path) -> None:
    assert run("check", tmp_path).exit_code == 1
