"""A team on paper: readable by everybody, with words in every cell, and nothing typed read as markup."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pikepdf
import pytest

from bekwaam.adapters.pdf import render_team
from bekwaam.adapters.pdf.team import ABREAST
from bekwaam.domain.teams.paper import (
    PaperBlock,
    PaperCell,
    PaperGoal,
    PaperPlanLine,
    PaperRow,
    PaperTable,
    TeamPaper,
)
from tests.adapters.pdf.conforming import faults
from tests.adapters.pdf.reading import opened, page_texts, squeezed
from tests.adapters.pdf.test_certificate import HOSTILE, tags

LABELS = (
    "page only_lead cover_title legend_title order part asked covered_by enough_mark thin_title nowhere "
    "fields_title plan_title now works why nobody goals_title no_goals nobody_shares"
)


def team_paper(members: int = 3, *, words: str = "Schulden zien aankomen", language: str = "nl") -> TeamPaper:
    names = tuple(f"Lid {number}" for number in range(members))
    cells = tuple(
        PaperCell(f"stadium {number}.", min(number, 3), enough=number > 1) for number in range(members)
    )
    rows = (PaperRow("1.1", f"Contact: {words}", "vakbekwaam", cells, f"1 van {members}"),)
    labels = {**{name: f"woord-{name}" for name in LABELS.split()}, "enough_mark": "✓"}
    return TeamPaper(
        language=language,
        team="Wijkteam Noord",
        organisation="EVC Huis Noord",
        day=date(2026, 11, 26),
        warning="Alleen voor de leider.",
        about=(("Standaard", "Klein 1"), ("Naast", "Alles"), ("Laag", "Eigen woord")),
        labels={**labels, "page": "bladzijde {page} van {pages}"},
        members=names,
        legend=((PaperCell("een stadium", 3, enough=True), "Genoeg."), (PaperCell("niet gedeeld"), "Dicht.")),
        blocks=(PaperBlock("Cluster een", 1, rows), PaperBlock("Leefgebieden", 0, rows)),
        thin_intro="Twee van drie delen dit.",
        thin=("1.1 Contact: niemand.",),
        covered=(PaperTable("Cluster", ("Cluster", "Gevraagd"), (("Cluster een", "3"),)),),
        plan_intro=("Op 1 plek dun.",),
        plan=(PaperPlanLine("1.1 Contact", "Gedekt door 1.", (f"Lid 1, {words}",), "Iemand werkt eraan."),),
        goals=(PaperGoal(words, ("1.1 Contact", words)),),
    )


@pytest.mark.parametrize("profile", ["3a", "ua1"])
@pytest.mark.parametrize("members", [0, 1, 3, 14])
def test_an_independent_validator_finds_no_fault(profile: str, members: int) -> None:
    assert faults(render_team(team_paper(members)), profile) == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_says_its_language_title_maker_and_day(language: str) -> None:
    with opened(render_team(team_paper(language=language))) as pdf, pdf.open_metadata() as meta:
        assert (meta["pdfaid:part"], meta["pdfuaid:part"]) == ("3", "1")
        assert str(pdf.Root.Lang) == language and pdf.Root.MarkInfo.Marked
        assert str(pdf.docinfo["/Title"]).startswith("Wijkteam Noord")
        assert str(pdf.docinfo["/Author"]) == "EVC Huis Noord"
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261126")


def test_every_page_says_whose_it_is_and_of_which_day() -> None:
    pages = page_texts(render_team(team_paper(14)))
    assert len(pages) > 1
    assert all(squeezed("woord-only_lead") in squeezed(page) for page in pages)
    assert all("26november2026" in squeezed(page) for page in pages)
    assert squeezed("Alleen voor de leider.") in squeezed(pages[0])


def test_headings_go_down_one_level_at_a_time_and_every_table_has_headers() -> None:
    found = [kind for kind, _alt in tags(render_team(team_paper()))]
    levels = [int(kind[2:]) for kind in found if re.fullmatch(r"/H\d", kind)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    # Two blocks of six columns, one table of two and the plan of four.
    assert found.count("/Table") == 4 and found.count("/TH") == 6 + 6 + 2 + 4


@pytest.mark.parametrize("members", [3, ABREAST, ABREAST + 1, 14])
def test_every_cell_stands_there_in_words_with_a_check_where_it_is_enough(members: int) -> None:
    text = squeezed("\n".join(page_texts(render_team(team_paper(members)))))
    for number in range(members):
        assert text.count(squeezed(f"Lid {number}")) >= 2  # once in each block
        said = squeezed(f"stadium {number}.")
        assert said in text
        assert (f"✓{said}" in text) is (number > 1)


@pytest.mark.parametrize("words", HOSTILE)
def test_what_somebody_typed_is_text_and_nothing_else(words: str) -> None:
    pdf = render_team(team_paper(words=words))
    assert faults(pdf, "ua1") == []
    if words.isascii():
        assert squeezed(words) in squeezed("\n".join(page_texts(pdf)))


@pytest.mark.parametrize("name", HOSTILE)
def test_the_name_of_a_team_is_its_title_as_it_was_typed(name: str) -> None:
    with opened(render_team(replace(team_paper(), team=name))) as pdf, pdf.open_metadata() as meta:
        assert meta["pdfuaid:part"] == "1"
        assert str(pdf.docinfo["/Title"]).startswith(name) and str(meta["dc:title"]).startswith(name)


def test_a_character_without_a_glyph_is_written_out_with_a_note() -> None:
    text = squeezed("\n".join(page_texts(render_team(team_paper(words="Samen \U0001f600")))))
    assert "[U+1F600]" in text and squeezed("Sommige tekens") in text


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert render_team(team_paper()) == render_team(team_paper())


def test_nothing_of_it_reaches_outside() -> None:
    with opened(render_team(team_paper())) as pdf:
        entries = [entry for entry in pdf.objects if isinstance(entry, pikepdf.Dictionary)]
        assert not any({"/URI", "/JS", "/Launch", "/GoToR"} & set(entry.keys()) for entry in entries)


def test_a_team_of_which_nothing_is_shared_says_so() -> None:
    empty = replace(team_paper(), blocks=(), thin=(), covered=(), plan=(), plan_intro=(), goals=())
    text = squeezed("\n".join(page_texts(render_team(empty))))
    assert squeezed("woord-nobody_shares") in text and squeezed("woord-no_goals") in text
    assert "stadium" not in text.replace("eenstadium", "")
