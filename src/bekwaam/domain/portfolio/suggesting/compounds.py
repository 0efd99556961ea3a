"""Takes Dutch compounds apart: "huisbezoeken" holds "bezoek", "jongerenavond" holds "jongere".

A word is only cut where both halves are known: a word of the list on one side, and on the other a word of
the list or one of the ordinary halves below.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Final

from bekwaam.domain.portfolio.suggesting.stemming import key_of

_SHORTEST: Final = 4
_START: Final = 7
_LINKS: Final = ("", "s", "e", "en", "n")
_ENDINGS: Final = ("", "en", "s", "je", "jes", "tje", "tjes", "e", "n")

# Halves that say little by themselves and are met in very many compounds.
_TEXT: Final = """
aanbod aanpak aanvraag actie adres afspraak agenda akte avond balie beheer beleid bericht bestuur bezoek
bijeenkomst boek brief buurt centrum cheque club code commissie contact coach consulent daling dag dame deel
deskundige dienst doel dorps fase feest fonds formulier functie gebied gebouw geld gemeente gesprek gezins
groep groeps hoek huis hulp hulpverlener huur idee jaar jeugd jongeren kaart kamer kant kast keuken kinder
klacht klas klimaat kracht kring last leider lijn lijst maand man manager markt meisje middag moeder
momenten moment nacht netwerk nummer ochtend ouder ouderen overleg pagina pand park partij persoon plaats
plan plein plek ploeg poli portaal post praktijk probleem problematiek programma project punt raad regeling
rekening rooster route ruimte school schuld senioren situatie sociaal sport spreekuur stad steun straat
systeem taak tafel team tehuis thema thuis tijd traject training trekker tuin uren vader veld vereniging
verhaal vergadering verleden verlener verlening verzoek vraag vrouw vrouwen week weekend werk werker wijk
winkel woning zaak zaal zoeker zomer zorg
"""
# They look like compounds of these halves and say something else.
_LOOKALIKES: Final = """
belangrijk belangrijke belangrijker belangrijks belangrijkst belangrijkste achternaam achternamen
vierkant vierkante handgeschreven restpartij rechterop leegstaat leegstaan leegstand
voornaam voornamen eigennaam partijdig zwartboek
"""
_WHOLE: Final = frozenset(_LOOKALIKES.split())
_HALVES: Final = frozenset(_TEXT.split())


class Compounds:
    """Splits words on those of one list: ``known`` as they are written, ``keys`` what stands alone."""

    def __init__(self, known: Iterable[str], keys: Container[str]) -> None:
        self._known = frozenset(known)
        self._keys = keys
        self._halves = _HALVES | self._known
        self._starts = frozenset(word[:_START] for word in self._known)

    def joined(self, first: str, second: str) -> str | None:
        """Return the key of two words that the list writes as one ("huis bezoek"); else None."""
        word = first + second
        if word[:_START] not in self._starts:
            return None
        for ending in _ENDINGS:
            bare = word.removesuffix(ending)
            if bare in self._known and word.endswith(ending):
                return self._key(bare) or None
        return None

    def _key(self, bare: str) -> str:
        """Return the key of a word; "" where it does not stand alone in the list."""
        key = key_of(bare) if bare in self._known else ""
        return key if key in self._keys else ""

    def parts(self, word: str) -> tuple[str, ...]:
        """Return the keys of the halves of ``word`` that the list knows; none where it is no compound."""
        if word in _WHOLE:
            return ()
        for cut in range(len(word) - _SHORTEST, _SHORTEST - 1, -1):
            left, right = word[:cut], word[cut:]
            first = self._left(left)
            last = self._right(right) if first is not None else None
            if first is not None and last is not None:
                return tuple(key for key in (first, last) if key)
        return ()

    def _left(self, text: str) -> str | None:
        """Return the key of a left half, "" where it is only an ordinary half, None where it is neither."""
        for link in _LINKS:
            if text.endswith(link):
                bare = text.removesuffix(link)
                if len(bare) >= _SHORTEST and bare in self._halves:
                    return self._key(bare)
        return None

    def _right(self, text: str) -> str | None:
        for ending in _ENDINGS:
            if text.endswith(ending):
                bare = text.removesuffix(ending)
                if len(bare) >= _SHORTEST and bare in self._halves:
                    return self._key(bare)
        return None
