"""Numbers over organisations: none of them can be read, or worked out, from what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bekwaam.domain.teams.sector import Part, SectorUnit, may_make, quarter, sector, together


def parts(names: str, report: str = "1", people: int = 10) -> list[Part]:
    """Return a part for every letter; each organisation's report has a number of its own."""
    return [Part(name, f"{name}{report}", people, 6) for name in names]


def names(found: Sequence[Part]) -> str:
    return "".join(part.organisation for part in found)


@pytest.mark.parametrize(
    ("given_now", "earlier", "shown"),
    [
        (parts("abcd"), [], ""),
        (parts("abcde"), [], "abcde"),
        (parts("abcde"), [parts("abcde")], "abcde"),
        (parts("abcde", "2"), [parts("abcde")], "abcde"),  # everybody renewed
        (parts("abcdef"), [parts("abcde")], "abcde"),  # one came: it waits
        (parts("abcdefg"), [parts("abcde")], "abcde"),
        (parts("abcdefgh"), [parts("abcde")], "abcdefgh"),  # three came together
        (parts("abcd"), [parts("abcde")], ""),  # one left
        (parts("abcdefg"), [parts("abcdefgh")], ""),  # one left: it could be worked out
        (parts("abcde"), [parts("abcdefgh")], "abcde"),  # three left
        (parts("bcdefgh", "2"), [parts("abcdefgh")], ""),  # also where the others renewed
        (parts("fghij"), [parts("abcde")], "fghij"),
        (
            parts("a", "2") + parts("bcdefgh"),
            [parts("abcdefgh")],
            "",
        ),  # its change would be seen
        (parts("abc", "2") + parts("defgh"), [parts("abcdefgh")], "abcdefgh"),
        (parts("abcdef", "2") + parts("gh"), [parts("abcdefgh")], ""),
    ],
)
def test_organisations_come_go_and_renew_by_three(
    given_now: list[Part], earlier: list[list[Part]], shown: str
) -> None:
    assert names(together(given_now, earlier)) == shown


@pytest.mark.parametrize(
    ("large", "others", "shown"),
    [
        (50, "bcdef", "abcdef"),
        (51, "bcdef", "bcdef"),  # more than half of everybody: left out, the others are enough
        (41, "bcde", ""),
    ],
)
def test_no_organisation_is_more_than_half(large: int, others: str, shown: str) -> None:
    assert names(together([*parts("a", people=large), *parts(others)], [])) == shown


def test_told_is_a_share_in_whole_percents_and_of_how_many() -> None:
    (unit,) = sector({"1.1": parts("abcde"), "1.2": parts("abcd")}, [])
    assert (unit.unit, unit.percent, unit.organisations) == ("1.1", 60, 5)


@pytest.mark.parametrize("wrong", [[*parts("aa")], [Part("a", "a1", 0, 0)]])
def test_what_cannot_be_is_refused(wrong: list[Part]) -> None:
    with pytest.raises(ValueError, match="number"):
        sector({"1.1": wrong}, [])


@pytest.mark.parametrize(
    ("last", "today", "allowed"),
    [
        (None, date(2026, 1, 1), True),
        (date(2026, 1, 1), date(2026, 3, 31), False),
        (date(2026, 3, 31), date(2026, 4, 1), True),
        (date(2025, 2, 1), date(2026, 2, 1), True),
    ],
)
def test_there_is_at_most_one_a_quarter(last: date | None, today: date, allowed: bool) -> None:
    verdict = may_make(last, today)
    assert (bool(verdict), verdict.reason) == (allowed, "" if allowed else "this_quarter")
    assert quarter(date(2026, 12, 31)) == (2026, 4)


# ---- whoever adds and takes away all that was ever shown


def rank(rows: list[list[Fraction]]) -> int:
    rows, found = [row[:] for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((at for at in range(found, len(rows)) if rows[at][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for at in range(found + 1, len(rows)):
            factor = rows[at][column] / rows[found][column]
            rows[at] = [one - factor * two for one, two in zip(rows[at], rows[found], strict=True)]
        found += 1
    return found


def without(rows: list[list[Fraction]], atoms: list[tuple[str, str]], gone: set[str]) -> list[list[Fraction]]:
    kept = [place for place, (organisation, _) in enumerate(atoms) if organisation not in gone]
    return [[row[place] for place in kept] for row in rows]


def works_out(shown: Sequence[Sequence[Part]], by_report: bool) -> tuple[str, str] | None:
    """Return an organisation and another that can work something out of it alone, knowing its own numbers."""
    keys = [{(p.organisation, p.report if by_report else "") for p in one} for one in shown]
    atoms = sorted(set().union(*keys))
    rows = [[Fraction(atom in one) for atom in atoms] for one in keys]
    everybody = {organisation for organisation, _ in atoms}
    for knows in everybody:
        known = without(rows, atoms, {knows})
        for other in everybody - {knows}:
            # A sum about `other` alone is zero everywhere else: there the rows depend on each other more.
            if rank(known) > rank(without(rows, atoms, {knows, other})):
                return other, knows
    return None


@st.composite
def years(draw: st.DrawFn) -> list[list[Part]]:
    """Return who brings what, quarter after quarter: they come, go and renew as they like."""
    number = draw(st.integers(5, 12))
    sizes = draw(st.lists(st.integers(5, 60), min_size=number, max_size=number))
    report = [0] * number
    quarters = []
    # Blocks that do the same make it likely that something is shown at all.
    block = draw(st.lists(st.integers(0, 3), min_size=number, max_size=number))
    for _ in range(draw(st.integers(2, 5))):
        stays = draw(st.lists(st.booleans(), min_size=4, max_size=4))
        renews = draw(st.lists(st.booleans(), min_size=4, max_size=4))
        odd = draw(st.sets(st.integers(0, number - 1), max_size=2))
        now = []
        for one in range(number):
            report[one] += renews[block[one]] != (one in odd)
            if stays[block[one]] or one in odd:
                now.append(Part(f"o{one:02}", f"o{one:02}-{report[one]}", sizes[one], sizes[one] // 2))
        quarters.append(now)
    return quarters


@given(years())
@settings(max_examples=300, deadline=None)
def test_no_adding_and_taking_away_of_reports_tells_of_one_organisation(quarters: list[list[Part]]) -> None:
    shown: list[Sequence[Part]] = []
    for now in quarters:
        found = sector({"1.1": now}, [(SectorUnit("1.1", tuple(one)),) for one in shown])
        for unit in found:
            assert unit.organisations >= 5
            assert max(part.people for part in unit.parts) * 2 <= sum(part.people for part in unit.parts)
            shown.append(unit.parts)
    if shown:
        assert works_out(shown, by_report=False) is None
        assert works_out(shown, by_report=True) is None


def test_the_check_itself_finds_what_can_be_worked_out() -> None:
    assert works_out([parts("abcdef"), parts("abcde")], by_report=False) is not None
    assert works_out([parts("abcdefg"), parts("abcde")], by_report=False) is not None  # f knows g
    assert works_out([parts("abcde"), parts("a", "2") + parts("bcde")], by_report=True) is not None
