"""Which words of a sentence meet an entry of the list: one row for each rule of Dutch."""

from __future__ import annotations

import pytest

from bekwaam.domain.portfolio.suggesting.suggest import Matcher
from tests.domain.portfolio.suggesting.lists import word_list


@pytest.mark.parametrize(
    ("entry", "text", "words"),
    [
        # a word, in any form
        ("huisbezoek", "Ik deed drie huisbezoeken.", ["huisbezoeken"]),
        ("huisbezoek", "Een HUISBEZOEKJE dan maar", ["HUISBEZOEKJE"]),
        ("cliëntenraad", "de clientenraad kwam bijeen", ["clientenraad"]),
        # compounds: written apart, with a hyphen, or holding a word of the list
        ("huisbezoek", "Ik ging op huis bezoek.", ["huis bezoek"]),
        ("huisbezoek", "Ik ging op huis-bezoek.", ["huis-bezoek"]),
        ("bezoek", "Twee huisbezoeken deze week", ["huisbezoeken"]),
        ("mantelzorger", "de mantelzorgersgroep", ["mantelzorgersgroep"]),
        ("zorg", "de dwergzorgvlieg zoemt", None),
        # verbs that fall apart
        ("aanbellen", "Ik belde bij mevrouw aan.", ["belde bij mevrouw aan"]),
        ("aanbellen", "Ik bel aan en wacht", ["bel aan"]),
        ("aanbellen", "Zij belt nooit aan.", ["belt nooit aan"]),
        ("oefenen", "Hij oefent elke dag", ["oefent"]),
        ("aanbellen", "Ik heb aangebeld.", ["aangebeld"]),
        ("aanbellen", "Ik heb aan gebeld.", ["aan gebeld"]),
        ("aanbellen", "Ik durfde niet aan te bellen.", ["aan te bellen"]),
        ("invullen", "Ik vulde in de hal het formulier in.", ["vulde in de hal het formulier in"]),
        ("samenvatten", "Ik vatte het gesprek kort samen.", ["vatte het gesprek kort samen"]),
        ("opbellen", "Ik belde op maandag de dokter.", None),
        ("aanbellen", "Ik belde. Daar kwam hij aan.", None),
        ("afzeggen", "Hij heeft gezegd dat het huis nu af is.", None),
        # phrases: any order and form, with some room, within one sentence
        ("koffie drinken", "Toen dronk ik met hem een kop koffie.", ["dronk ik met hem een kop koffie"]),
        ("formulier invullen", "We vulden samen het formulier in.", ["vulden samen het formulier in"]),
        ("formulier invullen", "Het formulier is ingevuld.", ["formulier is ingevuld"]),
        ("haar zus", "Mijn zus belde", ["zus"]),
        ("koffie drinken", "Er was koffie. Niemand wilde wat drinken.", None),
        ("koffie drinken", "Koffie had hij nog nooit in zijn hele leven willen drinken.", None),
        # small words in a phrase stand close to the rest
        ("op het plein", "Ik stond op het grote plein", ["op het grote plein"]),
        ("op het plein", "Op maandag liep ik met hem over een plein", None),
        # phrases of small words only: in their order
        ("zelf laten doen", "Ik wil het hem zelf laten doen", ["zelf laten doen"]),
        ("zelf laten doen", "Doen ze dat, laten wij het dan zelf ook", None),
        ("stap voor stap", "We deden het stap voor stap", ["stap voor stap"]),
        ("stap voor stap", "Dat was voor mij een stap", None),
        # negation is left alone
        ("huisbezoek", "Ik ging niet op huisbezoek", ["huisbezoek"]),
        # the headings of STARR say nothing
        ("reflectie", "Reflectie:\nIk ben blij.", None),
        ("reflectie", "Mijn reflectie erop", ["reflectie"]),
        # a slip of spelling
        ("begeleiden", "ik begelijdde hem", None),
        ("gebeurtenis", "Wat een gebeurtennis", ["gebeurtennis"]),
    ],
)
def test_an_entry_is_met_or_not(entry: str, text: str, words: list[str] | None) -> None:
    found = Matcher(word_list(C1=entry, C2="iets heel anders")).scores(text)
    assert [(one.code, list(one.words)) for one in found] == ([("C1", words)] if words else [])


def test_words_stand_as_written_also_over_a_line() -> None:
    matcher = Matcher(word_list(C1="formulier invullen", C2="iets"))
    assert matcher.suggest("Wij Vulden\nhet  formulier in.")[0].words == ("Vulden het formulier in",)
