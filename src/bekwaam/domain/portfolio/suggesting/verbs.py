"""Dutch verbs as people write them: strong and irregular forms, and those that fall apart ("belde aan").

ordinary_form("meegegaan")   # "meegaan"
ordinary_form("besprak")     # "bespreken"
parted("aanbellen")          # ("aan", "bellen")
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

# The infinitive, then the forms that no rule of endings leads back to it.
_STRONG: Final = """
beginnen begon begonnen | begrijpen begreep begrepen | bieden bood boden geboden
bijten beet beten gebeten | blijken bleek bleken gebleken | blijven bleef bleven gebleven
breken brak braken gebroken | brengen bracht brachten gebracht | buigen boog bogen gebogen
denken dacht dachten gedacht | doen doe doet deed deden gedaan | dragen droeg droegen gedragen
drijven dreef dreven gedreven | dringen drong drongen gedrongen | drinken dronk dronken gedronken
dwingen dwong dwongen gedwongen | eten at aten gegeten | gaan ga gaat ging gingen gegaan
geven gaf gaven gegeven | grijpen greep grepen gegrepen | gooien gooide gegooid
hangen hing hingen gehangen | hebben heb hebt heeft had hadden gehad | helpen hielp hielpen geholpen
houden hield hielden gehouden hou | jagen joeg joegen gejaagd | kiezen koos kozen gekozen
kijken keek keken gekeken | klimmen klom klommen geklommen | klinken klonk klonken geklonken
komen kom komt kwam kwamen gekomen | kopen kocht kochten gekocht | krijgen kreeg kregen gekregen
krimpen kromp gekrompen | kruipen kroop kropen gekropen | kunnen kan kun kunt kon konden gekund
lachen lachte gelachen | laden laadde geladen | laten liet lieten gelaten | lezen las lazen gelezen
liegen loog logen gelogen | liggen lag lagen gelegen | lijden leed geleden | lijken leek leken geleken
lopen liep liepen gelopen | mijden meed meden gemeden | moeten moest moesten gemoeten
mogen mag mocht mochten | nemen neem neemt nam namen genomen | prijzen prees prezen geprezen
raden raadde ried geraden | rijden reed reden gereden | roepen riep riepen geroepen | ruiken rook geroken
scheiden scheidde gescheiden | schelden schold scholden gescholden | schenken schonk schonken geschonken
scheppen schiep schiepen | schieten schoot schoten geschoten | schijnen scheen schenen geschenen
schrijven schreef schreven geschreven | schrikken schrok schrokken geschrokken
schuiven schoof schoven geschoven | slaan sla slaat sloeg sloegen geslagen | slapen sliep sliepen geslapen
slijpen sleep slepen | sluiten sloot sloten gesloten | smijten smeet smeten gesmeten
snijden sneed sneden gesneden | spreken spreek sprak spraken gesproken
springen sprong sprongen gesprongen | staan sta staat stond stonden gestaan | steken stak staken gestoken
stelen stal stalen gestolen | sterven stierf stierven gestorven | stijgen steeg stegen gestegen
stinken stonk stonken gestonken | strijden streed streden gestreden | treden trad traden getreden
treffen trof troffen getroffen | trekken trok trokken getrokken | vallen viel vielen gevallen
vangen ving vingen gevangen | vechten vocht vochten gevochten | vinden vond vonden gevonden
vliegen vloog vlogen gevlogen | voorkomen voorkwam | vragen vroeg vroegen gevraagd
vriezen vroor gevroren | wassen waste gewassen | wegen woog wogen gewogen | werpen wierp wierpen geworpen
werven wierf wierven geworven | weten weet wist wisten geweten | wijzen wees wezen gewezen
willen wil wilt wou wilde wilden gewild | winden wond wonden gewonden | winnen won wonnen gewonnen
worden werd werden geworden | wrijven wreef wreven gewreven | zeggen zei zeiden gezegd
zenden zond zonden gezonden | zien zie ziet zag zagen gezien | zingen zong zongen gezongen
zinken zonk zonken gezonken | zitten zit zat zaten gezeten | zoeken zocht zochten gezocht
zuigen zoog zogen gezogen | zullen zal zult zou zouden | zwemmen zwom zwommen gezwommen
zwijgen zweeg zwegen gezwegen | verliezen verloor verloren | vergeten vergat vergaten
verdwijnen verdween verdwenen | genezen genas genezen | ontwerpen ontwierp ontworpen
vertrekken vertrok vertrokken | bergen borg borgen geborgen | binden bond bonden gebonden
blazen blies bliezen geblazen | glijden gleed gleden gegleden | overlijden overleed overleden
verzinnen verzon verzonnen | vreten vrat vraten gevreten | zwerven zwierf zwierven gezworven
bakken bakte gebakken | openen opende openden geopend | oefenen oefen oefent oefende oefenden geoefend
ordenen ordende geordend | tekenen tekende tekenden getekend | rekenen rekende gerekend
verhuizen verhuisde verhuisd | verbazen verbaasde verbaasd | gebeuren gebeurd gebeurt gebeurde
zijn ben bent is was waren geweest | luisteren luister luistert | durven dorst
"""
# He or she now: the "t" that the stemmer leaves on, for the verbs that people tell with.
_PRESENT: Final = """
houden houdt | liggen ligt | vinden vindt | zeggen zegt | lezen leest | rijden rijdt | wegen weegt
vragen vraagt | verdwijnen verdwijnt | krijgen krijgt | helpen helpt | lopen loopt | schrijven schrijft
blijven blijft | brengen brengt | denken denkt | dragen draagt | drinken drinkt | kijken kijkt
roepen roept | trekken trekt | vallen valt | winnen wint | zingen zingt | zoeken zoekt | begrijpen begrijpt
beginnen begint | bieden biedt | kiezen kiest | kennen kent kende kenden gekend | horen hoort | wonen woont
zorgen zorgt | spelen speelt | leren leert | bellen belt | voelen voelt | halen haalt | melden meldt
dromen droomt | huilen huilt | zwaaien zwaait zwaaide | bepalen bepaalt | betalen betaalt | wringen wringt
vertrouwen vertrouwt | controleren controleert | verschillen verschilt | leggen legt legde legden gelegd
merken merkt | vertellen vertelt | luisteren luistert | leven leeft | regelen regelt | knellen knelt
koken kookt | wachten wacht wachtte wachtten gewacht
"""
# Nouns whose plural no rule leads back.
_NOUNS: Final = """
kind kinderen kids | stad steden | lid leden | dag dagen | weg wegen | gat gaten | spel spellen
moeilijkheid moeilijkheden | mogelijkheid mogelijkheden | vaardigheid vaardigheden | bezigheid bezigheden
gewoonheid gewoonheden | ma mam mama moeder ma's mama's | opa opa's | oma oma's | foto foto's
euro euro's | pubers puber | ei eieren | blad bladeren blaadje blaadjes | kleren kleding | grenzen grens
schulden schuld | afspraak afspraken | boos boze | moskee moskeeen | gevoel gevoelens | kansen kans
"""

SEPARABLE: Final = (
    "achterover",
    "achter",
    "aan",
    "af",
    "binnen",
    "bij",
    "buiten",
    "dicht",
    "door",
    "groot",
    "heen",
    "in",
    "klaar",
    "kwijt",
    "langs",
    "leeg",
    "los",
    "mede",
    "mee",
    "na",
    "neer",
    "om",
    "onder",
    "open",
    "op",
    "over",
    "rond",
    "samen",
    "schoon",
    "stil",
    "stop",
    "tegen",
    "terug",
    "thuis",
    "toe",
    "uit",
    "vast",
    "vol",
    "voorbij",
    "voor",
    "vrij",
    "waar",
    "weg",
)
_FAST: Final = ("be", "ver", "ont", "her", "er")


def _forms(table: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for family in table.replace("\n", "|").split("|"):
        head, *others = family.split() or [""]
        found.update(dict.fromkeys(others, head))
        found.setdefault(head, head)
    return found


_VERBS: Final = {**_forms(_PRESENT), **_forms(_STRONG)}
_IRREGULAR: Final = {**_forms(_NOUNS), **_VERBS}
# "besproken" beside "gesproken": verbs with a fixed beginning take no "ge".
_BARE: Final = {form.removeprefix("ge"): head for form, head in _VERBS.items()}


@lru_cache(maxsize=20_000)
def ordinary_form(word: str) -> str:
    """Return the infinitive (or singular) of an irregular form; ``word`` itself where it is none."""
    known = _IRREGULAR.get(word)
    if known is not None:
        return known
    for prefix in SEPARABLE:
        if word.startswith(prefix):
            rest = word[len(prefix) :]
            inner = _VERBS.get(rest) or _fast_form(rest)
            if inner is not None:
                return prefix + inner
    return _fast_form(word) or word


def _fast_form(word: str) -> str | None:
    for prefix in _FAST:
        if word.startswith(prefix):
            inner = _BARE.get(word[len(prefix) :])
            if inner is not None:
                return prefix + inner
    return None


def parted(verb: str) -> tuple[str, str] | None:
    """Return the two parts of a verb that can fall apart; None for any other word."""
    if not verb.endswith("n"):
        return None
    for prefix in SEPARABLE:
        rest = verb[len(prefix) :]
        if verb.startswith(prefix) and len(rest) >= 4 and rest.endswith(("en", "aan", "oen", "ien")):
            return prefix, rest
    return None
