"""Team models: every fault with its place, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from bekwaam.frameworks.faults import FaultsFound
from bekwaam.frameworks.library import find_builtin
from bekwaam.frameworks.loading.team_model import load_team_models_file
from bekwaam.frameworks.model import Source
from bekwaam.frameworks.team_model import Composition, TeamModels
from tests.frameworks.packs import line_of

SOUND = """\
team_models: proef
for: evc-sociaal-werker-mbo@1.0
named_from: sociaal-werk-in-de-21e-eeuw@1.0
models:
  - code: samen
    item: M3
    composition: together
    profiles: [wijkcoach]
    reason: {nl: "Zo kan het.", en: "So it can be."}
    source: {document: "002", section: "x"}
"""


def read(tmp_path: Path, text: str) -> TeamModels:
    path = tmp_path / "modellen.yaml"
    path.write_text(text, "utf-8")
    return load_team_models_file(path, find_builtin, ["wijkcoach", "opbouwwerker"])


def test_a_sound_file_loads_whole(tmp_path: Path) -> None:
    (model,) = read(tmp_path, SOUND).models
    assert (model.code, model.item, model.composition, model.profiles, model.source) == (
        "samen",
        "M3",
        Composition.TOGETHER,
        ("wijkcoach",),
        Source("002", "x"),
    )
    assert model.name.nl == "Generalistisch werkend team"


@pytest.mark.parametrize(
    ("part", "other", "reason", "place"),
    [
        ("item: M3", "item: M9", "unknown_code", "item: M9"),
        ("item: M3", "item: F1", "unknown_code", "item: F1"),
        ("composition: together", "composition: alone", "unknown_composition", "alone"),
        ("[wijkcoach]", "[wijkcoash]", "unknown_profile", "wijkcoash"),
        ("[wijkcoach]", "[tovenaar]", "unknown_profile", "tovenaar"),
        ("    profiles: [wijkcoach]\n", "", "missing_key", "- code: samen"),
        ('    source: {document: "002", section: "x"}\n', "", "missing_source", "- code: samen"),
        ("source:", "bron:", "unknown_key", "bron"),
        ("models:\n  -", "model:\n  -", "missing_key", "team_models"),
        ("@1.0\nnamed", "@9\nnamed", "unknown_framework", "mbo@9"),
    ],
)
def test_every_fault_is_named_with_its_line_in_both_languages(
    tmp_path: Path, part: str, other: str, reason: str, place: str
) -> None:
    text = SOUND.replace(part, other, 1)
    assert text != SOUND
    with pytest.raises(FaultsFound) as raised:
        read(tmp_path, text)
    fault = next(fault for fault in raised.value.faults if fault.reason == reason)
    assert fault.line == line_of(text, place)
    assert fault.text("nl") != fault.text("en")


@pytest.mark.parametrize("text", ["- 1\n", "team_models: [", ""])
def test_what_is_no_file_of_models_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(FaultsFound):
        read(tmp_path, text)
