"""Has typst set a team on paper: heatmap with words in every cell, thin spots, plan and goals."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Final

from bekwaam.adapters.pdf.setting import Content, set_paper, unprintable_note
from bekwaam.domain.certificates.days import long_date
from bekwaam.domain.teams.paper import PaperBlock, TeamPaper
from bekwaam.frameworks.wheel_svg import DOMAIN_HUE, hue

ABREAST: Final = 6
"""So many members stand beside each other; of a larger team the next ones come below, with all headings."""


def render_team(paper: TeamPaper) -> bytes:
    """Return a team as PDF/A-3a and PDF/UA-1. The same paper gives the same bytes (with the same typst)."""

    def note(clean: Content) -> None:
        clean["notes"].append(unprintable_note(paper.language))

    content: Content = json.loads(json.dumps(team_content(paper)))  # of lists alone, as data are
    return set_paper("team.typ", content, paper.day, note)


def team_content(paper: TeamPaper) -> Content:
    """Return everything that the template sets, as plain data."""
    return {
        **paper.labels,
        "lang": paper.language,
        "date": [paper.day.year, paper.day.month, paper.day.day],
        "day": long_date(paper.day, paper.language),
        "team": paper.team,
        "organisation": paper.organisation,
        "warning": paper.warning,
        "notes": [],
        "about": [list(pair) for pair in paper.about],
        "legend": [{**asdict(cell), "means": means} for cell, means in paper.legend],
        "blocks": [_block(paper, block) for block in paper.blocks],
        "thin_intro": paper.thin_intro,
        "thin": list(paper.thin),
        "covered": [asdict(table) for table in paper.covered],
        "plan_intro": list(paper.plan_intro),
        "plan": [asdict(line) for line in paper.plan],
        "goals": [asdict(goal) for goal in paper.goals],
    }


def _block(paper: TeamPaper, block: PaperBlock) -> Content:
    """Return a block as tables of no more members than fit beside each other."""
    starts = range(0, len(paper.members), ABREAST) or range(1)
    return {
        "name": block.name,
        "colour": hue(block.hue) if block.hue else DOMAIN_HUE,
        "tables": [
            {
                "members": list(paper.members[at : at + ABREAST]),
                "rows": [
                    {**asdict(row), "cells": [asdict(cell) for cell in row.cells[at : at + ABREAST]]}
                    for row in block.rows
                ],
            }
            for at in starts
        ],
    }
