"""A list of interventions, made up, with the addresses that show all of it. For ``tests/*/interventions``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from django.urls import reverse

from bekwaam.domain.growth.lightest import Given, Says
from bekwaam.frameworks.library import load_builtin
from bekwaam.services.frameworks.versions import framework_of, publish
from bekwaam.services.growth.catalogue_files import look_through
from bekwaam.services.growth.catalogues import CatalogueKind, load_catalogue
from bekwaam.services.interventions.editing import entries_of
from bekwaam.services.reflection.walking import answer, walk_of
from bekwaam.store.models import FrameworkVersion, Person
from tests.cast import Cast

HEAD: Final = (
    "Aanpak;Waarvoor het is;Voor wie;Stap van licht naar zwaar;Competenties;Wat ervan bekend is;"
    "Waaruit dit bekend is;Link;Wat het kost;Wanneer niet;Past goed bij;Niet samen met\n"
)
ROWS: Final = (
    "Sleutel van het buurthuis;Mensen willen elkaar ontmoeten en missen een plek.;Bewoners;Faciliteren;1.1"
    ";;;;Een sleutel en een lijst.;;;\n"
    'Maatje aan huis;Iemand ziet weinig anderen.;Ouderen;Ondersteunen;"1.1; 1.2";Eerste aanwijzingen voor '
    "effectiviteit;Databank, 2022.;https://example.org/maatje;Twee uur in de week.;Bij gevaar in huis.;"
    "Sleutel van het buurthuis;\n"
    "Burengesprek;Buren hebben ruzie over geluid.;Buren;Ondersteunen;1.2;Ervaring van onze eigen mensen;"
    "Wij zagen het vier keer goed gaan.;;Een avond.;;;\n"
    "Eropaf met twee;Iemand doet niet meer open en er zijn zorgen.;;Initiëren;1.3;Goed onderbouwd;Handboek.;;"
    "Twee mensen.;;;Maatje aan huis\n"
)
MBO_ROWS: Final = "".join(
    f"Wijkgerichte samenwerkingsovereenkomstgesprekken {number};Organisaties in de wijk werken langs elkaar "
    f'heen.;Netwerkpartners;Ondersteunen;"1.1; 2.1; 7.3; L4";Sterke aanwijzingen voor effectiviteit;'
    f"Onderzoek van {2000 + number}.;https://example.org/{'a' * 60};Een halve dag in de week.;"
    "Als niemand de tijd heeft.;;\n"
    for number in range(32)  # a second page
)


@dataclass
class RichInterventions:
    """What was made: who looks, and the words of addresses by name."""

    coordinator: Person
    colleague: Person
    nobody: Person
    walker: Person
    chooser: Person
    refs: dict[str, str]
    words: dict[str, str] = field(default_factory=dict)


def load_list(cast: Cast, standard: FrameworkVersion, rows: str = ROWS) -> dict[str, str]:
    """Load a list for the provider of the cast; return the references by name."""
    kind = CatalogueKind.INTERVENTIONS
    framework = framework_of(standard)
    looked = look_through(kind, (HEAD + rows).encode(), "aanpakken.csv", framework, cast.provider)
    assert not looked.faults, [fault.full_text("nl") for fault in looked.faults]
    load_catalogue(cast.coordinator, cast.provider, standard, kind, looked.entries, "aanpakken.csv")
    _seen, entries = entries_of(cast.provider, standard)
    return {given.name: ref for ref, given in entries.items()}


def make_rich_interventions(cast: Cast) -> RichInterventions:
    """Load two lists on two frameworks."""
    mbo = publish(None, load_builtin("evc-sociaal-werker-mbo"))
    refs = load_list(cast, cast.standard)
    many = load_list(cast, mbo, MBO_ROWS)
    rich = RichInterventions(
        cast.coordinator, cast.guide, cast.candidate, cast.assessors[0], cast.assessors[1], refs
    )
    walk_to_a_step(cast.assessors[0])
    walk_to_the_end(cast.assessors[1])
    words = dict(zip(("KEY", "FRIEND", "TALK", "TWO"), refs.values(), strict=True))
    long = dict(zip(("LONG", "LONGER"), many.values(), strict=False))
    rich.words = {"PROVIDER": cast.provider.ref, **words, **long}
    return rich


def walk_to_a_step(person: Person) -> None:
    """Answer the guided choice until the first step is asked."""
    for prompt in walk_of(person).guide.opening:
        answer(person, Given(prompt.code, "Iemand ziet weinig anderen."))
    answer(person, Given("veiligheid", "", Says.NO))


def walk_to_the_end(person: Person) -> None:
    """Answer the guided choice until supporting comes out."""
    walk_to_a_step(person)
    answer(person, Given("S1", "Een plek is er al.", Says.NO))
    answer(person, Given("S2", "", Says.YES))
    answer(person, Given("terug", "Als zij zelf gaat."))


# Who looks, and at what: words in capitals are looked up in :class:`RichInterventions`.
ADDRESSES: Final = """
colleague   interventions:index
colleague   interventions:index?zoek=wijk&stap=S2&page=2&aanpak=KEY
colleague   interventions:index?zoek=zwemmen
nobody      interventions:index
colleague   interventions:one/FRIEND
colleague   interventions:one/LONG
colleague   interventions:compare?aanpak=KEY&aanpak=FRIEND&aanpak=TALK&aanpak=TWO
colleague   interventions:compare?aanpak=LONG&aanpak=FRIEND
colleague   interventions:combine?aanpak=KEY&aanpak=FRIEND&aanpak=TWO&aanpak=weg
colleague   interventions:combine?aanpak=LONG&aanpak=LONGER&aanpak=TALK
walker      reflection:walk
chooser     reflection:walk
coordinator interventions:new/PROVIDER/klein/1
coordinator interventions:new/PROVIDER/evc-sociaal-werker-mbo/1.0
coordinator interventions:change/PROVIDER/klein/1/FRIEND
coordinator interventions:remove/PROVIDER/klein/1/FRIEND
coordinator growth:interventions/PROVIDER
coordinator growth:interventions_on/PROVIDER/klein/1
coordinator growth:interventions_on/PROVIDER/evc-sociaal-werker-mbo/1.0
coordinator growth:interventions_on/PROVIDER/wmo-competenties/2012
"""


def addresses(rich: RichInterventions) -> list[tuple[str, str, str]]:
    """Return every row: who looks, what it is called, and the address."""
    found = []
    for line in ADDRESSES.strip().splitlines():
        who, row = line.split()
        spec, _mark, query = row.partition("?")
        name, *rest = spec.split("/")
        url = reverse(name, args=[rich.words.get(one, one) for one in rest])
        for word, ref in rich.words.items():
            query = query.replace(f"aanpak={word}", f"aanpak={ref}") if query.count(word) else query
        found.append((who, row, url + (f"?{query}" if query else "")))
    return found
