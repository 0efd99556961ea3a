"""The screens of interventions: chosen by the address, kept by hand, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bekwaam.domain.growth.lightest import Given, Says
from bekwaam.services.interventions.editing import entries_of
from bekwaam.services.reflection.walking import answer
from bekwaam.store.models import Catalogue, Person
from tests.cast import Cast
from tests.rich_interventions import HEAD, ROWS, load_list, walk_to_a_step

pytestmark = [pytest.mark.database, pytest.mark.django_db]
LogIn = Callable[[Person], Client]
TYPED = {
    "name": "Koffie op straat",
    "situation": "Mensen kennen elkaar niet.",
    "step": "S1",
    "codes": ["1.1"],
    "known": "unknown",
}


def url(name: str, *words: str) -> str:
    return reverse(f"interventions:{name}", args=words)


def listed(cast: Cast, name: str, *words: str) -> str:
    return url(name, cast.provider.ref, "klein", "1", *words)


def seen(cast: Cast) -> str:
    return entries_of(cast.provider, cast.standard)[0]


def test_what_is_ticked_stays_ticked_while_one_searches_on(cast: Cast, log_in: LogIn) -> None:
    refs, client = load_list(cast, cast.standard), log_in(cast.guide)
    page = client.get(url("index"), {"zoek": "ruzie", "aanpak": refs["Maatje aan huis"]}).content.decode()
    assert "Burengesprek" in page and "1 aanpak" in page and "Deze vinkte je eerder aan" in page
    assert f'value="{refs["Maatje aan huis"]}" checked' in page
    assert f'value="{refs["Burengesprek"]}" checked' not in page
    nothing = client.get(url("index"), {"zoek": "zwemmen", "stap": "S9"}).content.decode()
    assert "Er is niets gevonden" in nothing


@pytest.mark.parametrize(("page", "most"), [("compare", 4), ("combine", 6)])
def test_too_few_or_too_many_are_told_with_what_was_chosen(
    cast: Cast, log_in: LogIn, page: str, most: int
) -> None:
    rows = "".join(f"Plek {number};Iets.;;Faciliteren;1.1;;;;;;;\n" for number in range(7))
    refs, client = list(load_list(cast, cast.standard, rows).values()), log_in(cast.guide)
    assert client.get(url(page), {"aanpak": refs[:most]}).status_code == 200
    few = client.get(url(page), {"aanpak": refs[:1]})
    assert few.status_code == 422 and "Kies minstens twee aanpakken" in few.content.decode()
    many = client.get(url(page), {"aanpak": refs[: most + 1]})
    assert many.status_code == 422 and "Laat er 1 weg" in many.content.decode()
    assert all(f"aanpak={ref}" in many.content.decode() for ref in refs[: most + 1])


def test_the_address_that_one_shares_holds_the_choice_alone(cast: Cast, log_in: LogIn) -> None:
    refs = load_list(cast, cast.standard)
    two, client = [refs["Eropaf met twee"], refs["Sleutel van het buurthuis"]], log_in(cast.guide)
    long = client.get(url("compare"), {"aanpak": two, "zoek": "huis", "stap": ""})
    assert long["Location"] == f"{url('compare')}?aanpak={two[1]}&aanpak={two[0]}"
    page = log_in(cast.auditor).get(long["Location"]).content.decode()
    assert page.index("Sleutel van het buurthuis") < page.index("Eropaf met twee")
    assert log_in(cast.outsider).get(long["Location"]).status_code == 422


def test_what_went_out_of_the_list_is_left_out_and_told(cast: Cast, log_in: LogIn) -> None:
    refs = load_list(cast, cast.standard)
    three = [*list(refs.values())[:2], "wegwegwegweg"]
    page = log_in(cast.guide).get(url("combine"), {"aanpak": three}).content.decode()
    assert "staat niet meer in de lijst, en is weggelaten" in page


def test_one_of_another_organisation_is_not_there(cast: Cast, log_in: LogIn) -> None:
    ref = load_list(cast, cast.standard)["Maatje aan huis"]
    page = log_in(cast.guide).get(url("one", ref)).content.decode()
    assert "Wie meedeed ging vooruit" in page and "Databank, 2022." in page
    for somebody in (cast.outsider, cast.candidate, cast.operator):
        assert log_in(somebody).get(url("one", ref)).status_code == 404


def test_what_it_asks_leads_to_ones_own_gap_on_those_parts_alone(cast: Cast, log_in: LogIn) -> None:
    ref, client = load_list(cast, cast.standard)["Maatje aan huis"], log_in(cast.guide)
    gap = reverse("growth:gap", args=["klein", "1", "standaard"]) + "?code=1.1&code=1.2"
    assert gap.replace("&", "&amp;") in client.get(url("one", ref)).content.decode()
    page = client.get(gap).content.decode()
    assert 'id="code-1.2" name="code" value="1.2" checked' in page and 'id="code-1.3"' not in page
    assert 'id="code-1.3"' in client.get(gap.split("?")[0]).content.decode()


def test_a_form_with_faults_comes_back_whole(cast: Cast, log_in: LogIn) -> None:
    client = log_in(cast.coordinator)
    page = client.post(
        listed(cast, "new"), {**TYPED, "known": "strong", "url": "ergens", "takes": "Een ochtend."}
    )
    text = page.content.decode()
    assert page.status_code == 422 and "Zeg waaruit dit bekend is" in text
    assert "Dit is geen adres van een webpagina" in text and "Een ochtend." in text
    empty = client.post(listed(cast, "new"), {"known": "unknown"})
    assert empty.status_code == 422 and "Kies welke competenties" in empty.content.decode()
    assert not Catalogue.objects.exists()


def test_a_list_begins_with_one_that_is_written_on_the_screen(cast: Cast, log_in: LogIn) -> None:
    client = log_in(cast.coordinator)
    begun = client.post(listed(cast, "new"), TYPED, follow=True).content.decode()
    assert "Het staat in de lijst" in begun and "Met de hand bijgehouden" in begun
    (ref,) = entries_of(cast.provider, cast.standard)[1]
    form = client.get(listed(cast, "change", ref)).content.decode()
    assert 'value="Koffie op straat"' in form and 'value="S1" id="id_step_0" checked' in form
    changed = {**TYPED, "name": "Thee op straat", "seen": seen(cast)}
    assert (
        "Het is gewijzigd" in client.post(listed(cast, "change", ref), changed, follow=True).content.decode()
    )
    gone = client.post(listed(cast, "remove", ref), {"seen": seen(cast)}, follow=True).content.decode()
    assert "‘Thee op straat’ is uit de lijst gehaald" in gone
    assert client.get(listed(cast, "change", ref)).status_code == 404


def test_who_was_slower_than_a_colleague_reads_so_and_loses_nothing(cast: Cast, log_in: LogIn) -> None:
    refs, client = load_list(cast, cast.standard), log_in(cast.coordinator)
    old, ref = seen(cast), refs["Burengesprek"]
    client.post(listed(cast, "new"), {**TYPED, "seen": old})
    mine = {**TYPED, "name": "Burenruzie", "seen": old}
    late = client.post(listed(cast, "change", ref), mine)
    text = late.content.decode()
    assert late.status_code == 422 and "Iemand heeft deze lijst gewijzigd" in text and "Burenruzie" in text
    assert f'name="seen" value="{seen(cast)}"' in text
    assert client.post(listed(cast, "change", ref), {**mine, "seen": seen(cast)}).status_code == 302
    assert client.post(listed(cast, "remove", ref), {"seen": old}).status_code == 422
    client.post(listed(cast, "remove", ref), {"seen": seen(cast)})
    gone = client.post(listed(cast, "change", ref), {**mine, "seen": seen(cast)})
    assert gone.status_code == 422 and "intussen uit de lijst gehaald" in gone.content.decode()
    assert "Burenruzie" in gone.content.decode()


def test_a_file_with_a_fault_is_told_by_its_cell_and_the_list_stays(cast: Cast, log_in: LogIn) -> None:
    load_list(cast, cast.standard)
    address = reverse("growth:interventions_on", args=[cast.provider.ref, "klein", "1"])
    wrong = HEAD + ROWS + "Los;Iets.;;Faciliteren;1.1;;;;;;Maatje;\n"
    sent = {"file": SimpleUploadedFile("aanpakken.csv", wrong.encode())}
    page = log_in(cast.coordinator).post(address, sent)
    assert page.status_code == 422 and "In deze lijst staat geen ‘Maatje’" in page.content.decode()
    assert "K6" in page.content.decode() and Catalogue.objects.count() == 1


def test_what_one_found_in_the_list_is_brought_along_to_the_end_of_the_choice(
    cast: Cast, log_in: LogIn
) -> None:
    rows = "".join(f"Plek {number};Iets.;;Faciliteren;1.1;;;;;;;\n" for number in range(20))
    refs, client = load_list(cast, cast.standard, rows + ROWS), log_in(cast.guide)
    wanted = refs["Plek 19"]
    walk_to_a_step(cast.guide)
    assert "Leg naast mijn keuze" not in client.get(url("one", wanted)).content.decode()
    answer(cast.guide, Given("S1", "", Says.YES))
    answer(cast.guide, Given("terug", "Over een maand."))
    address = f"{reverse('reflection:walk')}?aanpak={wanted}"
    assert address in client.get(url("one", wanted)).content.decode()
    assert f'value="{wanted}" checked' in client.get(address).content.decode()
    assert f'value="{wanted}"' not in client.get(reverse("reflection:walk")).content.decode()
    heavier = client.get(url("one", refs["Eropaf met twee"])).content.decode()
    assert "Leg naast mijn keuze" not in heavier


def test_the_choice_offers_the_list_and_keeps_the_ticks_where_something_is_wrong(
    cast: Cast, log_in: LogIn
) -> None:
    rows = "".join(f"Plek {number};Iets.;;Faciliteren;1.1;;;;;;;\n" for number in range(5))
    refs, client, address = (
        load_list(cast, cast.standard, rows),
        log_in(cast.guide),
        reverse("reflection:walk"),
    )
    walk_to_a_step(cast.guide)
    assert "Wat je organisatie hiervoor heeft" in client.get(address).content.decode()
    answer(cast.guide, Given("S1", "", Says.YES))
    answer(cast.guide, Given("terug", "Over een maand."))
    sent: dict[str, Any] = {"finish": "1", "title": "", "picked": [refs["Plek 1"]]}
    page = client.post(address, sent)
    assert page.status_code == 422 and f'value="{refs["Plek 1"]}" checked' in page.content.decode()
    many = client.post(address, {**sent, "title": "Alleen", "picked": list(refs.values())})
    assert many.status_code == 422 and "hoogstens vier naast leggen" in many.content.decode()
    done = client.post(address, {**sent, "title": "Alleen"}, follow=True).content.decode()
    assert "Plek 1 (faciliteren), uit de lijst van EVC Huis Noord" in done
