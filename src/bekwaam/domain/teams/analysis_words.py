"""The data dictionary that goes along with a table for research, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bekwaam.domain.teams.aggregates import FEWEST
from bekwaam.domain.teams.analysis import COLUMNS, Holds
from bekwaam.wording import N_, say

_HOLDS: Final[dict[Holds, str]] = {
    Holds.TEXT: N_("text"),
    Holds.NUMBER: N_("whole number"),
    Holds.YES_NO: N_("yes or no"),
}
_RULES: Final = (
    N_("One row is what was said of one person, on one part, in one layer, at one time."),
    N_("Only people who agreed are in it, and only the layers that they share with their team as well."),
    N_("There are no names, mail addresses, texts or days in it, and no reference back into Bekwaam."),
    N_("Fewer than {fewest} people: no file. A team of fewer than {fewest} has no code."),
    N_("What fewer than {fewest} people did in one version of a standard and one layer is left out."),
    N_("Rows stand in the order of the codes of people, which says nothing."),
    N_("The codes are made with a secret that is thrown away after the year. Nobody is found back then."),
    N_("This is personal data all the same: whoever knows a colleague well may know them by their answers. "
       "Keep the file where only those who study it can come, and throw it away when that is done."),
    N_("Who stops agreeing is in no next file. Do not put files of before that together with later ones."),
)  # fmt: skip
_IN_CSV: Final = N_(
    "In CSV a semicolon stands between the columns, the text is UTF-8, and yes is 1 and no is 0."
)


def dictionary(language: str) -> str:
    """Return the data dictionary as Markdown: the columns, and the rules that the table is made by."""
    head = [
        say(language, one) for one in (N_("Column"), N_("Holds"), N_("Can be empty"), N_("What it means"))
    ]
    yes, no = say(language, "yes"), say(language, "no")
    rows = [
        [
            f"`{one.name}`",
            say(language, _HOLDS[one.holds]),
            yes if one.may_be_empty else no,
            say(language, one.told),
        ]
        for one in COLUMNS
    ]
    rules = [say(language, rule, fewest=FEWEST) if "{" in rule else say(language, rule) for rule in _RULES]
    columns, made_by = say(language, "Columns"), say(language, "Rules of this table")
    lines = [
        f"## {columns}",
        "",
        *(_line(cells) for cells in (head, ["---"] * len(head), *rows)),
        "",
        f"## {made_by}",
        "",
        *(f"- {rule}" for rule in (*rules, say(language, _IN_CSV))),
    ]
    return "\n".join(lines) + "\n"


def about_file(language: str, title: str, facts: Mapping[str, str]) -> str:
    """Return the page that goes along with one file: what is in this one, then the dictionary."""
    lines = [f"# {title}", "", *(f"- {name}: {value}" for name, value in facts.items()), ""]
    return "\n".join(lines) + "\n" + dictionary(language)


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
