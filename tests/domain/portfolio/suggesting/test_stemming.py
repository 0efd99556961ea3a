"""All forms of a Dutch word have one key, and words of another meaning have another."""

from __future__ import annotations

import pytest

from bekwaam.domain.portfolio.suggesting.stemming import key_of, plain
from bekwaam.domain.portfolio.suggesting.verbs import parted


@pytest.mark.parametrize(
    "forms",
    [
        # regular verbs, with and without a beginning
        "bellen bel belde belden gebeld",
        "aanbellen aangebeld aanbelde",
        "koppelen koppel koppelde gekoppeld",
        "maken maak maakt maakte gemaakt",
        "leven leef leefde geleefd",
        "reizen reis reisde gereisd",
        "luisteren luister luistert luisterde geluisterd",
        "registreren registreer registreerde geregistreerd registratie",
        "evalueren evalueer evalueerde geëvalueerd geevalueerd evaluatie",
        "begeleiden begeleid begeleidde begeleiding",
        "oefenen oefen oefende geoefend oefening",
        "invullen ingevuld invulde",
        "bemoeien bemoeit bemoeide bemoeid",
        "overleggen overlegt overlegde overlegd",
        "houden houdt hield gehouden",
        "aanvragen aanvraagt aangevraagd",
        "kennen kent kende gekend",
        # spellings that sound the same
        "contact kontakt contacten",
        "kwaliteit kwaliteiten",
        # irregular verbs, with beginnings of both kinds
        "gaan ga gaat ging gingen gegaan",
        "meegaan meegegaan meeging",
        "brengen breng bracht brachten gebracht",
        "helpen hielp hielpen geholpen",
        "spreken spreek sprak spraken gesproken",
        "bespreken besprak besproken bespreekt",
        "aanspreken aangesproken aansprak",
        "zoeken zocht zochten gezocht",
        "doorvragen doorgevraagd doorvroeg",
        "doorverwijzen doorverwezen doorverwees",
        "vergeten vergat vergaten vergeet",
        "verzinnen verzon verzonnen",
        # nouns: more of them, small ones
        "huisbezoek huisbezoeken huisbezoekje",
        "kind kinderen kindje",
        "gezin gezinnen gezinnetje",
        "gesprek gesprekken gesprekje",
        "brief brieven briefje",
        "grens grenzen",
        "schuld schulden",
        "collega collega's collegas",
        "foto foto's fotos",
        "vrijwilliger vrijwilligers vrijwilligster",
        # adjectives and what is made of them
        "eenzaam eenzame eenzaamheid",
        "boos boze",
        "veilig veilige veiligheid",
        # slips of spelling that change nothing
        "gebeurd gebeurt",
        "rapporteren raporteren",
        "e-mail email",
    ],
)
def test_the_forms_of_a_word_have_one_key(forms: str) -> None:
    keys = {form: key_of(plain(form)) for form in forms.split()}
    assert len(set(keys.values())) == 1, keys


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gezin", "zin"),
        ("begeleid", "beleid"),
        ("gesprek", "spreken"),
        ("gewoon", "wonen"),
        ("gezondheid", "zon"),
        ("haalbaar", "halen"),
        ("planning", "plan"),
        ("scholing", "school"),
        ("korting", "kort"),
        ("weekend", "week"),
        ("staat", "stad"),
        ("ijs", "eis"),
        ("wijn", "weinig"),
        ("roken", "ruiken"),
        ("oppas", "opa"),
        ("zelfde", "zelf"),
        ("enige", "een"),
        ("vergeetachtig", "vergeten"),
        ("verlagen", "verlegen"),
        ("regels", "regelen"),
        ("buurt", "buren"),
        ("plantje", "plan"),
        ("eens", "een"),
        ("afval", "afvallen"),
    ],
)
def test_words_of_another_meaning_have_another_key(one: str, other: str) -> None:
    assert key_of(plain(one)) != key_of(plain(other))


@pytest.mark.parametrize(
    ("verb", "parts"),
    [
        ("aanbellen", ("aan", "bellen")),
        ("samenvatten", ("samen", "vatten")),
        ("meegaan", ("mee", "gaan")),
        ("opzien", ("op", "zien")),
        ("bezoeken", None),
        ("overleg", None),
        ("open", None),
    ],
)
def test_a_verb_falls_apart_where_it_can(verb: str, parts: tuple[str, str] | None) -> None:
    assert parted(verb) == parts
