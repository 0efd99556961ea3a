"""Whether two names are of one employer, as a table; made-up organisations throughout."""

from __future__ import annotations

from datetime import date

import pytest

from bekwaam.domain.accounts.employers import (
    Employer,
    Likeness,
    Shared,
    check_employers,
    likeness,
    normalised,
    shared,
)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Stichting De Brink", "brink"),
        ("DE BRINK B.V.", "brink"),
        ("brink bv", "brink"),
        ("Coöperatie Zorg & Zo U.A.", "zorg en zo"),
        ("Gemeente Oostmeer", "oostmeer"),
        ("gem. Oostmeer", "oostmeer"),
        ("Wijkteam-Noord", "wijkteam noord"),
        ("'t Anker", "t anker"),
        ("Café Éénhoorn", "cafe eenhoorn"),
        ("De Stichting", "de stichting"),
        ("  ", ""),
        ("—", ""),
    ],
)
def test_a_name_is_compared_without_what_does_not_tell(name: str, plain: str) -> None:
    assert normalised(name) == plain


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("Stichting Welzijn Oostmeer", "welzijn oostmeer", Likeness.EQUAL),
        ("Welzijn Oostmeer B.V.", "Stichting Welzijn Oost-Meer", Likeness.EQUAL),
        ("Gemeente Oostmeer", "Oostmeer, gemeente", Likeness.EQUAL),
        ("Zorg & Zo", "zorg en zo v.o.f.", Likeness.EQUAL),
        ("Café Éénhoorn", "CAFE EENHOORN", Likeness.EQUAL),
        ("Welzijn Oostmeer", "Welzijn Oostmeer Noord", Likeness.NEAR),
        ("Welzijn Oostmeer", "Welzijn Oostmer", Likeness.NEAR),
        ("Oostmeer", "Welzijn Oostmeer", Likeness.NEAR),
        ("Welzijn Oostmeer", "Thuiszorg Westland", Likeness.NONE),
        ("GGZ", "GGZ Oostmeer", Likeness.NONE),
        ("", "", Likeness.NONE),
        ("Stichting", "Stichting De Brink", Likeness.NONE),
    ],
)
def test_two_names_are_alike(one: str, other: str, how: Likeness) -> None:
    assert likeness(one, other) is how
    assert likeness(other, one) is how


def employers(*names: str) -> list[Employer]:
    return [Employer(name) for name in names]


@pytest.mark.parametrize(
    ("own", "others", "found"),
    [
        (employers("De Brink"), employers("Brink B.V."), Shared(equal="Brink B.V.")),
        (employers("De Brink"), employers("Brink Noord"), Shared(near="Brink Noord")),
        (employers("De Brink", "Anker"), employers("Anker", "Brink Zuid"), Shared("Anker", "Brink Zuid")),
        (employers("De Brink"), employers("Anker"), Shared()),
        ([Employer("De Brink", 2021)], employers("Brink"), Shared(equal="Brink")),
        ([Employer("De Brink", 2020)], employers("Brink"), Shared()),
        (employers("De Brink"), [Employer("Brink", 2020)], Shared()),
        ([], employers("Brink"), Shared()),
    ],
)
def test_what_two_people_share_of_the_last_five_years(
    own: list[Employer], others: list[Employer], found: Shared
) -> None:
    assert shared(own, others, 2026) == found


@pytest.mark.parametrize(
    ("listed", "wrong"),
    [
        ((), []),
        ((Employer("De Brink"), Employer("Anker", 2024)), []),
        ((Employer("De Brink"), Employer(" ")), [("name_1", "empty")]),
        ((Employer("b" * 201),), [("name_0", "too_long")]),
        ((Employer("Anker", 2027),), [("left_in_0", "out_of_range")]),
        ((Employer("Anker", 1900),), [("left_in_0", "out_of_range")]),
        (tuple(Employer(f"Huis {n}") for n in range(11)), [("", "too_many")]),
    ],
)
def test_a_list_of_employers_is_checked(listed: tuple[Employer, ...], wrong: list[tuple[str, str]]) -> None:
    faults = check_employers(listed, date(2026, 6, 1))
    assert [(fault.name, fault.reason) for fault in faults] == wrong
