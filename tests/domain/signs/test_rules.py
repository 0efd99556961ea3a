"""When something stands out: the rules as tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from bekwaam.domain.portfolio.coverage import Counted, Usual
from bekwaam.domain.portfolio.kinds import EvidenceKind
from bekwaam.domain.signs.dossier import (
    Alike,
    Confirmation,
    Whose,
    is_alike,
    old_evidence,
    one_referee,
    text_signs,
)
from bekwaam.domain.signs.judging import Reasoned, is_no, never_no, quick_judgements, same_reasons
from bekwaam.domain.signs.settings import BOUNDS, SignSettings, check_settings
from bekwaam.domain.signs.showing import Seen, may_look
from bekwaam.domain.signs.sign import SIGN_NAMES, Sign, SignCode
from tests.standards import small_standard

DAY = date(2026, 5, 1)


@pytest.mark.parametrize(
    ("shared", "own", "other", "alike"),
    [
        (0, 40, 40, False),
        (4, 40, 40, False),
        (5, 400, 400, True),
        (2, 2, 40, False),
        (3, 6, 40, True),
        (3, 7, 40, False),
        (3, 40, 5, True),
    ],
)
def test_texts_are_alike_from_more_than_chance(shared: int, own: int, other: int, alike: bool) -> None:
    assert is_alike(shared, own, other) is alike


def test_texts_are_counted_by_where_they_were_found() -> None:
    found = [
        Alike("b", Whose.HERE, 40),
        Alike("a", Whose.HERE, 90),
        Alike("a", Whose.HERE, 10),
        Alike("a", Whose.OWN, 100),
    ]
    here, own = text_signs(found, 7)
    assert (here.code, dict(here.values)) == (
        SignCode.TEXT_HERE,
        {"number": 2, "total": 7, "percent": 90, "pieces": ["a", "b"]},
    )
    assert own.code is SignCode.TEXT_OWN
    assert text_signs([], 7) == ()


@pytest.mark.parametrize(
    ("days", "years", "old"),
    [
        ([date(2021, 5, 1)], 5, []),
        ([date(2021, 4, 30)], 5, ["0"]),
        ([date(2021, 4, 30)], 6, []),
        ([None, date(2026, 4, 1)], 5, []),
        ([date(2026, 4, 1), date(2010, 1, 1), date(2011, 1, 1)], 5, ["1", "2"]),
    ],
)
def test_evidence_is_old_by_the_providers_term(
    days: Sequence[date | None], years: int, old: list[str]
) -> None:
    pieces = [
        Counted(str(number), frozenset(), EvidenceKind.STORY, dated_on=day) for number, day in enumerate(days)
    ]
    sign = old_evidence(pieces, Usual(years=years), DAY)
    assert (sign.values["pieces"] if sign else []) == old
    if sign:
        assert (sign.values["number"], sign.values["total"]) == (len(old), len(days))


def said(*names: str, boxes: Sequence[str] = ()) -> list[Confirmation]:
    mailboxes = boxes or [""] * len(names)
    return [
        Confirmation(str(at), name, box)
        for at, (name, box) in enumerate(zip(names, mailboxes, strict=True), 1)
    ]


@pytest.mark.parametrize(
    ("confirmations", "share", "number"),
    [
        (said("An", "An", "An"), 75, 0),  # too few to say anything
        (said("An", "An", "An", "Bo"), 75, 3),
        (said("An", "An", "An", "Bo"), 76, 0),
        (said("An", "An", "Bo", "Bo"), 50, 2),
        (said("J. de Wit", "j de  wit", "J. De Wit", "José", "Jose"), 60, 3),
        (said("An", "Bo", "Cas", "Dirk", boxes=("x", "x", "x", "x")), 100, 4),
        (said("An", "An", "Bo", "Cas", boxes=("x", "y", "y", "")), 75, 3),  # the name ties the two boxes
        (said("An", "Bo", "Cas", "Dirk"), 50, 0),
    ],
)
def test_one_referee_for_everything(confirmations: list[Confirmation], share: int, number: int) -> None:
    sign = one_referee(confirmations, share)
    assert (sign.values["number"] if sign else 0) == number


@pytest.mark.parametrize(
    ("seconds", "limit", "quick"),
    [
        ({}, 60, []),
        ({"1.1": 3}, 60, []),  # one by itself may be a slip
        ({"1.1": 60, "1.2": 61, "1.3": 4}, 60, ["1.1", "1.3"]),
        ({"1.1": 61, "1.2": 300}, 60, []),
        ({"1.1": 61, "1.2": 30}, 120, ["1.1", "1.2"]),
    ],
)
def test_judgements_given_in_seconds(seconds: dict[str, int], limit: int, quick: list[str]) -> None:
    sign = quick_judgements(seconds, SignSettings(quick_seconds=limit))
    assert (sign.values["units"] if sign else []) == quick


@pytest.mark.parametrize(
    ("said_no", "number"),
    [([], 0), ([False] * 19, 0), ([False] * 20, 20), ([False] * 19 + [True], 0), ([False] * 20 + [True], 20)],
)
def test_an_assessor_who_never_says_no(said_no: list[bool], number: int) -> None:
    sign = never_no(said_no, SignSettings(yes_in_a_row=20))
    assert (sign.values["number"] if sign else 0) == number


@pytest.mark.parametrize(
    ("asked", "stage", "no"),
    [
        ("vakbekwaam", "", True),
        ("vakbekwaam", "startbekwaam", True),
        ("vakbekwaam", "vakbekwaam", False),
        ("vakbekwaam", "vakvolwassen", False),
        (None, "startbekwaam", False),
        (None, "", True),
        ("vakbekwaam", "een stadium van vroeger", False),
    ],
)
def test_what_is_a_no(asked: str | None, stage: str, no: bool) -> None:
    assert is_no(small_standard(), asked, stage) is no


LONG = "Ik las hoe ze de bewoners opzocht, met hen koffie dronk en samen plannen maakte voor de straat."
OTHER = "In het gesprek vertelde zij welke afspraken zij maakte met huisarts, gemeente en familie van de man."


@pytest.mark.parametrize(
    ("reasons", "groups"),
    [
        ([], []),
        ([("1.1", LONG), ("1.2", OTHER)], []),
        ([("1.1", LONG), ("1.2", LONG)], [["1.1", "1.2"]]),
        ([("1.1", f"{LONG} Dus 1.1."), ("1.2", f"{LONG} Dus 1.2."), ("1.3", OTHER)], [["1.1", "1.2"]]),
        ([("1.1", "Voldoet."), ("1.2", "Voldoet.")], []),  # short, and hardly a text
        (
            [("1.1", LONG), ("1.2", OTHER), ("1.3", LONG), ("1.4", OTHER)],
            [["1.1", "1.3"], ["1.2", "1.4"]],
        ),
    ],
)
def test_the_same_reason_with_several_competences(
    reasons: list[tuple[str, str]], groups: list[list[str]]
) -> None:
    sign = same_reasons(Reasoned(unit, "", why) for unit, why in reasons)
    assert (sign.values["groups"] if sign else []) == groups
    assert (sign.values["number"] if sign else 0) == sum(map(len, groups))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("number", [1, 4])
@pytest.mark.parametrize("code", SignCode)
def test_every_sign_has_a_sentence_with_what_was_counted(code: SignCode, number: int, language: str) -> None:
    values = {"number": number, "total": 9, "percent": 50, "years": 5, "limit": 60, "fastest": 3}
    text = Sign(code, {**values, "groups": [["1.1", "1.2"], ["2.1"]]}).text(language)
    assert str(number) in text
    assert "{" not in text
    assert SIGN_NAMES[code]


@pytest.mark.parametrize("name", BOUNDS)
def test_a_setting_outside_its_bounds_is_told(name: str) -> None:
    least, most = BOUNDS[name]
    for value, faulty in ((least - 1, True), (least, False), (most, False), (most + 1, True)):
        faults = check_settings(replace(SignSettings(), **{name: value}))
        assert [fault.name for fault in faults] == [name] * faulty
    assert check_settings(SignSettings()) == ()


ME, OTHER_ONE = 1, 2
# Who (dossier, judging, writes, blind); sees the dossier's, their own, others'; writes about those three.
SHOWING = {
    "an assessor who judges": (Seen(ME, True, False, True, True), "yyn", "ynn"),
    "an assessor after the reveal": (Seen(ME, True, False, True, False), "yyn", "ynn"),
    "a coordinator": (Seen(ME, True, True, True, False), "yyy", "yny"),
    "an auditor": (Seen(ME, True, True, False, False), "yyy", "nnn"),
    "a coordinator who judges here": (Seen(ME, True, False, True, True), "yyn", "ynn"),
    "anybody else": (Seen(ME, False, False, False, False), "nnn", "nnn"),
}


@pytest.mark.parametrize("who", SHOWING)
def test_who_sees_a_sign_and_who_may_write_about_it(who: str) -> None:
    seen, sees, writes = SHOWING[who]
    for about, see, write in zip((None, ME, OTHER_ONE), sees, writes, strict=True):
        assert seen.sees(about) is (see == "y"), about
        assert bool(may_look(seen, about)) is (write == "y"), about
    assert seen.reads_look(ME)
    assert seen.reads_look(OTHER_ONE) is not seen.blind
