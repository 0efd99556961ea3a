"""The words of Dutch that say nothing about the work, and those that only hold a phrase together."""

from __future__ import annotations

from typing import Final


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Left out of phrases: an entry "haar zus" is met by "mijn zus" and "die zus" as well.
DROPPED: Final = _set(
    """
    de het een t n der des den er ie dat die dit deze en hij zij ze haar hem zijn hun hen u uw je jij jou
    jouw jullie we wij ons onze zich is was waren ben bent geweest werd werden worden wordt word heel erg
    zo
    """
)

# Kept in phrases, where they have to stand close; never of any weight alone.
SMALL: Final = _set(
    """
    aan achter af als altijd anders ben bij binnen boven buiten daar dan deur die dichtbij doen door eens
    geen haar heb hebben hier hoe iemand iets ik in kan kon kunnen laten langs maar maken me mee meer met
    mij mijn mezelf mijzelf na naar naast niemand niet niets niks nog nu of om onder ook op over rond
    samen tegen terug toch toen tot tussen uit van vanaf vanuit veel vol voor voorbij waar wat weer weg
    weinig wel wie wil wilde willen zelf zichzelf zonder gaan komen zeggen alle alles ieder iedereen elke
    elk elkaar steeds zitten staan te krijgen geven moeten mogen zullen zien weten zijn kijken vinden
    nemen denken want omdat
    """
)

# After these no verb ends: "belde in de middag" is not "inbellen".
OPENERS: Final = _set(
    """
    de het een mijn zijn haar hun ons onze jullie uw je jouw die dat deze dit alle elke elk ieder wie wat
    welke mij hem hen ze mezelf zichzelf elkaar
    """
)

# Beginnings of verbs that may also stand before a noun, and what can only follow them as the end of a verb.
PREPOSITIONS: Final = _set(
    "aan achter bij binnen door in langs na om onder op over tegen tot uit voor voorbij"
)
CLOSERS: Final = _set(
    """
    en of maar want dus om omdat dat als toen terwijl zodat voordat nadat totdat voor met bij van naar op in
    aan over waar wie wat hoe tot te door tegen zonder tijdens dan ook
    """
)

# The most common words of running text, so that no time goes into stemming them.
COMMON: Final = DROPPED | _set(
    """
    te ik me mij mijn als aan af al alle alleen alles andere bij daar daarna dan dus door echt eerst
    eigenlijk elke er even geen heb had hadden hebben heeft hebt hier hoe iets in ja kan kon konden kun
    kunnen maar met moest moet moeten mee meer na naar nee net niet niets niks nog nu of om omdat ook op
    over per soms steeds tegen toch toen tot uit van vaak veel via vond voor waar waarom want wat weer wel
    wie wil wilde willen wou zal zou zouden zonder gewoon ging gaan gaat ga kwam komen kom komt zei zegt
    zeggen deed doen doe doet gedaan werd
    """
)
