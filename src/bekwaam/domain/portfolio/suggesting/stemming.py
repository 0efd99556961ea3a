"""Brings the forms of a Dutch word together under one key: "belde", "gebeld" and "bellen" are one.

The endings come off with Snowball's Dutch stemmer (Kraaij and Pohlmann); irregular forms go before it, and
after it the slips of spelling that change nothing: d or t, ei or ij, one letter or two.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

import snowballstemmer

from bekwaam.domain.portfolio.suggesting.verbs import ordinary_form

# The stemmer takes "ge" for the sign of a participle, also where it belongs to the word.
_KEEP_GE: Final = re.compile(
    r"ge(?=zin|sprek|zicht|zond|weld|woon|recht|bed$|gevens|bied|meente|beur|bouw|ven|loof|lov|luk|noeg"
    r"|deeltelijk|mak|zag|wone|meenschap|schenk)"
)
_INSIDE_GE: Final = re.compile(r"(?<=[a-z])ge(?=leid|nder|nda|sprek|ren|zin|val|voel|bruik|heugen|tuig)")
_PLURAL: Final = re.compile(r"(?:(?<=[^aeiou][oy])|(?<=lega|enda|hema|emma|mera|amma))s$")
_ABLE: Final = re.compile(r"(.{3,})ba(?:ar|re)(?:heid|der)?")  # "haalbaar" is not "halen"
_DOUBLED: Final = re.compile(r"([bcdfghjklmnpqrstvwxz])\1")
_HARD_C: Final = re.compile(r"c(?=[aoulrkt])|c$")  # "kontakt", "kliënt"
_LONG: Final = re.compile(r"(aa|ee|oo|uu)")
# Words that the stemmer would put under a word of another meaning; the key is the word itself.
_FAMILIES: Final = """
scholing | planning planningen | houding houdingen | korting kortingen | zitting zittingen | kapster
autisme autistisch autistische | weekend weekenden weekends | handig handige | zelfde | rondje rondjes
rijtje rijtjes | plannetje plannetjes | kastje | uitje uitjes | plaatje plaatjes | opleiding opleidingen
organisatie organisaties | leiding | veilig veilige veiligheid veiliger | kring kringen
enige | zonnetje | taalles taallessen | afvallen afviel afvielen afgevallen | gedicht gedichten
bakje bakjes | kopje kopjes
buurt buurtje buurtjes | vergeetachtig vergeetachtige | keurig keurige | koppig koppige | nieuws | timer
regels regel | regeling regelingen | rekening rekeningen | woning woningen | gemis | plantje plantjes
missen mist miste misten gemist | passen past paste pasten gepast passend passende | gewoonte gewoontes
schelen scheelde scheelt | verlagen verlaagd verlaagde verlaging | luchtig luchtige | stokte | smoes smoezen
bemoeien bemoeide bemoeit bemoeid | advies adviezen | idee ideeen ideetje ideetjes | eens
initiatief initiatieven | overleg overleggen overlegde overlegd overlegt | kwaliteit kwaliteiten
vermoeden vermoed vermoedde vermoedens | verlangen verlangens verlangde | afglijden afgleed
contact kontakt contacten kontakten
malen maalde maalt gemaald | meest meeste | meezingen | dure duur duurder | zelden | gezellig gezellige
"""
_OWN: Final = {
    form: family.split()[0] for family in _FAMILIES.replace("\n", "|").split("|") for form in family.split()
}
_STEMMER: Final = snowballstemmer.stemmer("dutch")
_GUARD: Final = "q"  # stands for a "ge" that has to stay; no Dutch ending has it
_CACHED: Final = 20_000


@lru_cache(maxsize=_CACHED)
def plain(word: str) -> str:
    """Return ``word`` in small letters without accents, apostrophes or hyphens."""
    if word.isascii():
        bare = word.lower()
    else:
        parts = unicodedata.normalize("NFKD", word.lower())
        bare = "".join(part for part in parts if not unicodedata.combining(part))
    return bare.replace("'", "").replace("’", "").replace("-", "")


@lru_cache(maxsize=_CACHED)
def key_of(word: str) -> str:
    """Return what all forms of ``word`` (as :func:`plain` gives it) share."""
    own = _OWN.get(word)
    return own if own is not None else folded(_stem(ordinary_form(word)))


def _stem(word: str) -> str:
    if len(word) >= 5:
        word = _PLURAL.sub("", word)
    able = _ABLE.fullmatch(word)
    if able is not None:
        return f"{able[1]}baar"
    guarded = _INSIDE_GE.sub(_GUARD, _KEEP_GE.sub(_GUARD, word, count=1))
    return str(_STEMMER.stemWord(guarded)).replace(_GUARD, "ge")


def folded(stem: str) -> str:
    """Return ``stem`` with the spellings that sound alike made one."""
    same = _DOUBLED.sub(r"\1", stem)
    if len(same) < 5:
        return same
    same = same.replace("ij", "ei").replace("ou", "au").replace("cht", "gt").replace("ph", "f")
    same = _HARD_C.sub("k", same)
    if len(same) >= 6:
        same = _LONG.sub(lambda found: found.group()[0], same)
        same = same.removesuffix("e")
    return same[:-1] + "t" if same.endswith("d") else same
