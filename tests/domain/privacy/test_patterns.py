"""What looks like personal data of others, and what does not."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bekwaam.domain.privacy.marks import INSTEAD, Mark, MarkKind, replaced, settled
from bekwaam.domain.privacy.patterns import find_by_form, passes_eleven_test

FOUND = [
    ("Mail mij op jan.de-vries@example.org of bel.", "jan.de-vries@example.org", MarkKind.EMAIL),
    ("Ik belde 06-12345678 nog eens.", "06-12345678", MarkKind.PHONE),
    ("Ik belde 06 12 34 56 78 nog eens.", "06 12 34 56 78", MarkKind.PHONE),
    ("Ik belde +31 6 12345678 nog eens.", "+31 6 12345678", MarkKind.PHONE),
    ("Ik belde (020) 123 45 67 nog eens.", "(020) 123 45 67", MarkKind.PHONE),
    ("Haar BSN is 111222333.", "111222333", MarkKind.CITIZEN_NUMBER),
    ("Nummer 123456782 stond op het formulier.", "123456782", MarkKind.CITIZEN_NUMBER),
    ("Zijn bsn: 123456789, zei hij.", "123456789", MarkKind.CITIZEN_NUMBER),
    ("Hij is geboren op 3-4-1972 in Zwolle.", "3-4-1972", MarkKind.BIRTH_DATE),
    ("Geboortedatum: 12 maart 1980.", "12 maart 1980", MarkKind.BIRTH_DATE),
    ("Ze woont op Dorpsstraat 12a.", "Dorpsstraat 12a", MarkKind.ADDRESS),
    ("Ze woont op de Jan van Galenstraat 7.", "Jan van Galenstraat 7", MarkKind.ADDRESS),
    ("De brief ging naar 1234 AB in de stad.", "1234 AB", MarkKind.ADDRESS),
    ("Ik maakte het over op NL91 ABNA 0417 1643 00.", "NL91 ABNA 0417 1643 00", MarkKind.BANK_ACCOUNT),
    ("Op dinsdag kwam mevrouw Jansen langs.", "Jansen", MarkKind.NAME),
    ("Ik sprak dhr. van der Berg op de gang.", "van der Berg", MarkKind.NAME),
    ("De heer El Amrani deed open.", "El Amrani", MarkKind.NAME),
    ("Bij familie Yıldız-De Boer was het stil.", "Yıldız", MarkKind.NAME),
    ("Een jongen die Sem Bakker heette, en een meisje genaamd Noor.", "Noor", MarkKind.NAME),
]

NOT_FOUND = [
    "Ik ging drie keer langs bij mevrouw B. en haar zoon.",
    "De groep kwam 12 keer bij elkaar in het buurthuis aan het plein.",
    "In 2019 werkte ik 32 uur per week, van 9.00 tot 17.30 uur.",
    "Er waren 120 bewoners en het kostte 1.250,50 euro.",
    "Mevrouw kwam elke dinsdag. Meneer bleef thuis.",
    "Wij liepen door de straat en over het plein.",
    "Op 12 maart 2024 hadden we een overleg.",
    "Het zaaknummer is 2024-000123 en het artikel 2.3.5 van de Wmo.",
    "De buurvrouw, een vrouw van 70, deed open.",
]


@pytest.mark.parametrize(("text", "part", "kind"), FOUND)
def test_personal_data_is_marked(text: str, part: str, kind: MarkKind) -> None:
    marks = find_by_form(text)
    assert any(mark.kind is kind and part in mark.text for mark in marks), marks
    for mark in marks:
        assert text[mark.start : mark.end] == mark.text


@pytest.mark.parametrize("text", NOT_FOUND)
def test_ordinary_sentences_are_left_in_peace(text: str) -> None:
    assert find_by_form(text) == ()


@pytest.mark.parametrize(
    ("digits", "fits"),
    [
        ("111222333", True),
        ("123456782", True),
        ("123456789", False),
        ("000000000", False),
        ("12345678", False),
        ("10000008", True),
        ("1112223334", False),
        ("11122233a", False),
    ],
)
def test_the_eleven_test(digits: str, fits: bool) -> None:
    assert passes_eleven_test(digits) is fits


def test_of_two_finds_that_overlap_the_surest_stays() -> None:
    text = "123456782"
    number = Mark(0, 9, MarkKind.CITIZEN_NUMBER, text)
    phone = Mark(0, 9, MarkKind.PHONE, text)
    name = Mark(3, 5, MarkKind.NAME, text[3:5])
    assert settled([name, phone, number]) == (number,)


@pytest.mark.parametrize(
    ("text", "part", "instead", "expected"),
    [
        ("Op dinsdag kwam Nel langs.", "Nel", "een buurvrouw", "Op dinsdag kwam een buurvrouw langs."),
        ("Nel kwam langs.", "Nel", "een buurvrouw", "Een buurvrouw kwam langs."),
        ("Het lukte. Nel was blij.", "Nel", "een cliënt", "Het lukte. Een cliënt was blij."),
        ("Eerst dit.\nNel was er.", "Nel", "een cliënt", "Eerst dit.\nEen cliënt was er."),
    ],
)
def test_a_role_takes_the_place_of_a_name(text: str, part: str, instead: str, expected: str) -> None:
    start = text.index(part)
    assert replaced(text, Mark(start, start + len(part), MarkKind.NAME, part), instead) == expected


def test_a_text_that_was_changed_meanwhile_is_not_touched() -> None:
    with pytest.raises(ValueError, match="changed"):
        replaced("Iets heel anders", Mark(0, 3, MarkKind.NAME, "Nel"), "een cliënt")


def test_for_every_kind_there_is_something_to_put_in_its_place() -> None:
    assert set(INSTEAD) == set(MarkKind)
    assert all(INSTEAD.values())


@given(st.text(alphabet="aAbB 0123456789.-@NLvande\nmevrouw", max_size=300))
def test_marks_never_overlap_and_always_say_what_stands_there(text: str) -> None:
    marks = find_by_form(text)
    for mark, after in pairwise(marks):
        assert mark.end <= after.start
    for mark in marks:
        assert text[mark.start : mark.end] == mark.text != ""
