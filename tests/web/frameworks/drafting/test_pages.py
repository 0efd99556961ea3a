"""The screens of drafting: beginning, changing, what is missing, two people at one thing, publishing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bekwaam.domain.accounts.access import Role
from bekwaam.frameworks.editing.start import start_copy, start_empty
from bekwaam.frameworks.library import load_builtin
from bekwaam.frameworks.model import Text
from bekwaam.frameworks.rules import AllOf, AnyOf, Count, Share, UnitSet
from bekwaam.services.frameworks.drafts import start_draft
from bekwaam.services.frameworks.versions import publish
from bekwaam.store.models import FrameworkDraft, FrameworkVersion, Person
from tests.cast import Cast
from tests.web.frameworks.drafting.conftest import WHOLE, Desk
from tests.web.frameworks.test_explorer import large

pytestmark = [pytest.mark.database, pytest.mark.django_db]

EVERY_PAGE = [
    ("draft",),
    ("head",),
    ("item", "1"),
    ("item", "1.1"),
    ("item", "1.1.vb1"),
    ("item", "L1"),
    ("place", "1.1"),
    ("remove", "1.1"),
    ("stages",),
    ("stage", "vakbekwaam"),
    ("documents",),
    ("document", "test"),
    ("modules",),
    ("rule",),
    ("rule_part", 0),
    ("spreadsheet",),
    ("publish",),
    ("drop",),
]


@pytest.mark.parametrize("page", EVERY_PAGE, ids=lambda page: "-".join(map(str, page)))
def test_every_page_opens_in_both_languages_with_few_queries(
    desk: Desk, page: tuple[Any, ...], django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(12):
        text = desk.page(*page)
    assert "Onze standaard" in text
    desk.client.cookies["django_language"] = "en"
    assert "Ours" in desk.page(*page)


@pytest.mark.parametrize("page", [("item", "9"), ("stage", "x"), ("document", "9"), ("rule_part", 5)])
def test_what_is_not_in_it_is_not_found(desk: Desk, page: tuple[Any, ...]) -> None:
    desk.page(*page, status=404)


def test_the_list_tells_drafts_from_what_was_published_and_is_linked_for_coordinators(
    desk: Desk, cast: Cast, log_in: Callable[[Person], Client]
) -> None:
    publish(cast.coordinator, replace(WHOLE, id="ons"), cast.provider)
    text = desk.client.get(reverse("drafting:own", args=[cast.provider.ref])).content.decode()
    assert desk.url("draft") in text and "/kaders/ons/1/" in text
    assert "Eigen kaders" in desk.client.get("/").content.decode()
    assert "Eigen kaders" not in log_in(cast.guide).get("/").content.decode()
    there = desk.client.get("/eigen-kaders/")
    assert there["Location"] == reverse("drafting:own", args=[cast.provider.ref])


def begin(desk: Desk, cast: Cast, way: str, **data: Any) -> Any:
    return desk.client.post(reverse("drafting:begin", args=[cast.provider.ref, way]), data)


def test_beginning_with_nothing_makes_an_id_from_the_title(desk: Desk, cast: Cast) -> None:
    response = begin(desk, cast, "leeg", kind="standard", title="Ónze  Buurt, 2026!", version="1.0")
    made = FrameworkDraft.objects.latest("pk")
    assert response["Location"] == reverse("drafting:draft", args=[made.ref])
    assert made.identifier == "onze-buurt-2026"


def test_beginning_with_a_copy_or_the_next_version(desk: Desk, cast: Cast) -> None:
    row = publish(cast.coordinator, replace(WHOLE, id="ons"), cast.provider)
    begin(desk, cast, "kopie", source=cast.standard.pk, title="Kopie", version="1.0")
    assert FrameworkDraft.objects.get(identifier="kopie").document["items"]
    begin(desk, cast, "versie", source=row.pk, version="2")
    assert FrameworkDraft.objects.get(identifier="ons").document["supersedes"] == "1"
    refused = begin(desk, cast, "versie", source=cast.standard.pk, version="2")
    assert refused.status_code == 422


def test_what_will_not_do_at_the_start_is_said_at_its_field(desk: Desk, cast: Cast) -> None:
    response = begin(
        desk, cast, "leeg", kind="standard", title="X", version="1 0", identifier="evc-sociaal-werker-mbo"
    )
    assert response.status_code == 422
    assert "version" in response.context["form"].errors
    response = begin(
        desk, cast, "leeg", kind="standard", title="X", version="1", identifier="evc-sociaal-werker-mbo"
    )
    assert "identifier" in response.context["form"].errors
    assert 'value="evc-sociaal-werker-mbo"' in response.content.decode()


def test_a_part_is_added_with_the_code_that_fits(desk: Desk) -> None:
    shown = desk.shown("add", query="?soort=competence&in=1")
    assert shown["code"] == "1.4"
    response = desk.send("add", **{**shown, "title_nl": "Luisteren", "text_nl": "Luistert."})
    assert response["Location"] == desk.url("item", "1")
    assert desk.held().by_code["1.4"].title == Text("Luisteren", "")
    again = desk.send("add", **{**shown, "code": "1.5", "title_nl": "Meer", "again": "yes"})
    assert again["Location"].startswith(desk.url("add"))


@pytest.mark.parametrize("query", ["?soort=poem", "?soort=indicator", "?soort=competence&in=9", ""])
def test_a_part_that_cannot_stand_there_has_no_form(desk: Desk, query: str) -> None:
    desk.page("add", status=404, query=query)


def test_a_faulty_part_keeps_what_was_typed_and_says_what_is_wrong(desk: Desk) -> None:
    shown = desk.shown("add", query="?soort=competence&in=1")
    response = desk.send("add", **{**shown, "code": "1.1", "title_nl": "Dubbel"})
    assert response.status_code == 422
    assert "code" in response.context["form"].errors
    assert 'value="Dubbel"' in response.content.decode()


def test_a_part_is_changed_and_its_code_with_it(desk: Desk) -> None:
    shown = desk.shown("item", "1.1")
    response = desk.send("item", "1.1", **{**shown, "title_nl": "Anders", "code": "1.9"})
    assert response["Location"] == desk.url("item", "1.9")
    assert desk.held().by_code["1.9"].name("nl") == "Anders"
    assert desk.held().by_code["1.1.vb1"].parent == "1.9"


def test_who_comes_second_sees_both_and_chooses(
    desk: Desk, cast: Cast, log_in: Callable[[Person], Client]
) -> None:
    shown = desk.shown("item", "1.1")
    colleague = Desk(log_in(cast.person("c@example.org", "Collega", Role.COORDINATOR)), desk.draft)
    colleague.send("item", "1.1", **{**shown, "title_nl": "Van de collega"})
    response = desk.send("item", "1.1", **{**shown, "title_nl": "Van mij"})
    text = response.content.decode()
    assert response.status_code == 409
    assert "Van de collega" in text and 'value="Van mij"' in text
    assert desk.held().by_code["1.1"].name("nl") == "Van de collega"
    seen = response.context["form"]["seen"].value()
    desk.send("item", "1.1", **{**shown, "title_nl": "Van mij", "seen": seen})
    assert desk.held().by_code["1.1"].name("nl") == "Van mij"


def test_what_was_typed_before_a_colleague_changed_it_is_not_sent_over_it(
    desk: Desk, cast: Cast, log_in: Callable[[Person], Client]
) -> None:
    shown = desk.shown("item", "1.1")
    key = f"kader:{desk.draft.ref}:deel:1.1"
    desk.client.post(reverse("save_draft", args=[key]), {**shown, "title_nl": "Getypt"})
    colleague = Desk(log_in(cast.person("c@example.org", "Collega", Role.COORDINATOR)), desk.draft)
    colleague.send("item", "1.1", **{**shown, "title_nl": "Van de collega"})
    kept = desk.shown("item", "1.1")
    assert kept["title_nl"] == "Getypt"
    assert desk.send("item", "1.1", **kept).status_code == 409


def test_what_a_colleague_took_away_can_be_added_again(desk: Desk) -> None:
    shown = desk.shown("item", "1.3")
    desk.send("remove", "1.3")
    response = desk.send("item", "1.3", **{**shown, "title_nl": "Van mij"})
    assert response.status_code == 409
    form = response.context["form"]
    desk.send("add", **{f.name: f.value() for f in form if f.value() not in (None, False)})
    assert desk.held().by_code["1.3"].name("nl") == "Van mij"


def test_moving_and_removing(desk: Desk) -> None:
    desk.send("place", "1.1", do="down")
    assert [one.code for one in desk.held().competences] == ["1.2", "1.1", "1.3"]
    desk.send("place", "1.1", below="")
    assert desk.held().by_code["1.1"].parent is None
    desk.send("place", "1.1", below="L1")
    assert desk.held().by_code["1.1"].parent is None
    assert "3 onderdelen" in desk.page("remove", "1.1")
    desk.send("remove", "1.1")
    assert "1.1.vb1" not in desk.held().by_code


def test_removing_looks_again_when_something_came_in_meanwhile(desk: Desk) -> None:
    seen = desk.client.get(desk.url("remove", "1.1")).context["seen"]
    shown = desk.shown("item", "1.1.vb1")
    desk.send("item", "1.1.vb1", **{**shown, "text_nl": "Nieuw"})
    assert desk.send("remove", "1.1", seen=seen)["Location"] == desk.url("remove", "1.1")
    assert "1.1" in desk.held().by_code


def test_the_head_the_stages_and_the_documents_are_changed(desk: Desk) -> None:
    desk.send("head", **{**desk.shown("head"), "title_nl": "Anders", "identifier": "anders"})
    assert (desk.held().title.nl, desk.held().id) == ("Anders", "anders")
    empty = desk.shown("stages")
    desk.send("stages", **{**empty, "code": "meester", "short": "me", "title_nl": "Meester"})
    desk.send("stages", do="up", code="meester")
    assert [one.code for one in desk.held().stages] == [
        "startbekwaam",
        "vakbekwaam",
        "meester",
        "vakvolwassen",
    ]
    desk.send("stage", "meester", **{**desk.shown("stage", "meester"), "title_nl": "Meesterlijk"})
    assert desk.held().stage_by_code["meester"].title.nl == "Meesterlijk"
    desk.send("stage", "meester", do="remove")
    desk.send("stage", "vakbekwaam", do="remove")
    assert [one.code for one in desk.held().stages] == ["startbekwaam", "vakbekwaam", "vakvolwassen"]
    desk.send("documents", number="2", title_nl="Beleid", title_en="")
    desk.send("document", "2", **{**desk.shown("document", "2"), "title_nl": "Nieuw beleid"})
    assert desk.held().documents["2"] == Text("Nieuw beleid", "")
    desk.send("document", "2", do="remove")
    desk.send("document", "test", do="remove")
    assert list(desk.held().documents) == ["test"]


def test_the_rule_is_set_in_plain_words_and_read_back_as_a_sentence(desk: Desk) -> None:
    assert "Ten minste 2 van de 3 competenties" in desk.page("rule")
    share = {"measure": "share", "number": "80", "of": "indicator", "stage": "", "per": "cluster"}
    live = desk.client.get(desk.url("sentence"), share).content.decode()
    assert "Ten minste 80 % van de 9 gedragsindicatoren" in live
    desk.send("rule", **share)
    first = Count(UnitSet("competence"), 2, "vakbekwaam")
    second = Share(UnitSet("indicator"), 80, None, "cluster")
    assert desk.held().rule == AllOf((first, second))
    desk.send("rule", do="any")
    assert desk.held().rule == AnyOf((first, second))
    desk.send("rule_part", 1, **{**share, "number": "70", "codes": "1.1.vb1, 1.2.vb1"})
    assert desk.held().rule == AnyOf(
        (first, Share(UnitSet("indicator", ("1.1.vb1", "1.2.vb1")), 70, None, "cluster"))
    )
    desk.send("rule_part", 0, do="remove")
    wrong = desk.send("rule", **{**share, "codes": "9.9"})
    assert wrong.status_code == 422 and "codes" in wrong.context["form"].errors
    assert desk.send("rule", **{**share, "number": "0"}).status_code == 422
    assert desk.send("rule", **{**share, "number": "101"}).status_code == 422


def test_what_is_missing_is_a_list_of_links_to_the_place(desk: Desk, cast: Cast) -> None:
    shown = desk.shown("item", "1.1")
    desk.send("item", "1.1", **{**shown, "title_nl": "", "title_en": ""})
    text = desk.page("draft")
    assert "1.1 (competentie): Er is nog geen titel." in text
    assert f'href="{desk.url("item", "1.1")}"' in text
    assert "Verder naar publiceren" not in text
    assert "Publiceren</button>" not in desk.page("publish")
    empty = start_draft(
        cast.coordinator, cast.provider, start_empty("leeg", "1", "standard", Text("Leeg", ""))
    )
    other = Desk(desk.client, empty)
    text = other.page("draft")
    assert "Er zijn nog geen stadia." in text and other.url("rule") in text


def test_publishing_says_what_it_means_and_shows_whose_it_is(desk: Desk, cast: Cast) -> None:
    text = desk.page("publish")
    assert "Iedereen kan het op internet lezen" in text and cast.provider.name in text
    response = desk.send("publish", seen=desk.client.get(desk.url("publish")).context["desk"].head.revision)
    assert response["Location"] == "/kaders/eigen/1.0/"
    for address in ("/kaders/", "/kaders/eigen/1.0/"):
        assert cast.provider.name in Client().get(address).content.decode()
    desk.page("draft", status=404)
    form = desk.client.get(reverse("procedures:start", args=[cast.provider.ref])).context["form"]
    assert "Onze standaard (1.0)" in str(form["standard"])


def test_publishing_what_changed_while_reading_looks_again(desk: Desk) -> None:
    desk.send("place", "1.1", do="down")
    assert desk.send("publish", seen="1").status_code == 409
    assert desk.send("publish", seen="onzin").status_code == 409
    assert not FrameworkVersion.objects.filter(identifier="eigen").exists()


def test_a_version_out_of_use_says_so_everywhere(desk: Desk, cast: Cast) -> None:
    desk.send("publish", seen=1)
    url = reverse("drafting:in_use", args=[cast.provider.ref, "eigen", "1.0"])
    desk.client.post(url, {"do": "out"})
    assert "niet meer in gebruik" in Client().get("/kaders/eigen/1.0/").content.decode()
    form = desk.client.get(reverse("procedures:start", args=[cast.provider.ref])).context["form"]
    assert "Onze standaard" not in str(form["standard"])
    desk.client.post(url, {"do": "back"})
    assert "niet meer in gebruik" not in Client().get("/kaders/eigen/1.0/").content.decode()


def test_a_building_block_comes_in_and_is_made_ones_own(desk: Desk, cast: Cast) -> None:
    standard = load_builtin("evc-sociaal-werker-mbo")
    module = publish(None, load_builtin(standard.includes[0]))
    draft = start_draft(cast.coordinator, cast.provider, start_copy(standard, "mbo", "1", Text("Mbo", "")))
    other = Desk(desk.client, draft)
    text = other.page("item", "L1")
    assert "bouwsteen" in text and "Toevoegen" not in text and 'name="title_nl"' not in text
    other.send("modules", do="out", module=module.identifier)
    assert "L1" not in other.held().by_code
    other.send("modules", module=module.pk)
    assert other.held().includes == (module.identifier,)
    other.send("modules", do="own", module=module.identifier)
    assert other.held().includes == ()
    assert 'name="title_nl"' in other.page("item", "L1")


def test_ten_thousand_parts_open_and_change_with_few_queries(
    cast: Cast, desk: Desk, django_assert_max_num_queries: Any
) -> None:
    many = start_copy(replace(large(), documents=WHOLE.documents), "veel", "1", Text("Veel", "Many"))
    other = Desk(desk.client, start_draft(cast.coordinator, cast.provider, many))
    other.page("draft")
    for page in (("draft",), ("item", "1"), ("item", "c399"), ("place", "c3")):
        with django_assert_max_num_queries(12):
            text = other.page(*page)
        assert len(text) < 150_000
    assert "c399" in other.page("item", "1", query="?soort=competence&page=16")
    other.send("item", "c3", **{**other.shown("item", "c3"), "title_nl": "Anders"})
    assert other.held().by_code["c3"].name("nl") == "Anders"
