"""A team on paper, for whoever leads it. Nothing of it is kept."""

from __future__ import annotations

from bekwaam.domain.teams.paper import TeamPaper
from bekwaam.services import ports


def print_team(paper: TeamPaper) -> bytes:
    """Return a team as a PDF that can be read by everybody. No query."""
    return ports.team_paper()(paper)
