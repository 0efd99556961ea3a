"""The explorer: what it shows, to anybody, in both languages, however large the framework is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from bekwaam.frameworks.library import load_builtin
from bekwaam.frameworks.model import Framework, Text
from bekwaam.services.frameworks.versions import publish
from bekwaam.store.models import FrameworkVersion
from tests.standards import STAGES, framework, indicator_standard, item, small_standard

pytestmark = pytest.mark.django_db
MBO = "/kaders/evc-sociaal-werker-mbo/1.0/"


@pytest.fixture
def mbo() -> FrameworkVersion:
    return publish(None, load_builtin("evc-sociaal-werker-mbo", "1.0"))


def page(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def large(competences: int = 400, indicators: int = 24) -> Framework:
    """Return a framework of some 10 000 items."""
    items = [item("1", "cluster")]
    for number in range(competences):
        items.append(item(f"c{number}", "competence", "1"))
        for other in range(indicators):
            stage = STAGES[other % 3].code
            items.append(item(f"c{number}.{other}", "indicator", f"c{number}", stage))
    return replace(framework("groot", items, small_standard().rule), kind="framework", rule=None)


def test_the_list_is_open_to_anybody_and_linked_from_the_front(client: Client, mbo: FrameworkVersion) -> None:
    home = page(client, "/")
    assert home.count(f'href="{reverse("frameworks:list")}"') == 2
    text = page(client, reverse("frameworks:list"))
    assert MBO in text
    assert "Competenties: 21" in text


def test_without_frameworks_the_list_says_so(client: Client) -> None:
    assert "Er is nog geen kader gepubliceerd" in page(client, "/kaders/")


def test_the_wheel_leads_to_every_competence_and_so_does_its_table(
    client: Client, mbo: FrameworkVersion
) -> None:
    text = page(client, MBO)
    assert text.count('class="wheel__link"') == 21
    for competence in load_builtin("evc-sociaal-werker-mbo", "1.0").competences:
        assert text.count(f'href="{MBO}{competence.code}/"') == 2
    assert "nog niet beoordeeld" not in text


def test_the_front_door_tells_the_rule_the_sources_and_the_fingerprint(
    client: Client, mbo: FrameworkVersion
) -> None:
    text = page(client, MBO)
    assert "Ten minste 17 van de 21 competenties" in text
    assert "(EQF 4)" in text
    assert mbo.sha256 in text


def test_it_speaks_english_too(client: Client, mbo: FrameworkVersion) -> None:
    client.cookies["django_language"] = "en"
    text = page(client, MBO)
    assert "At least 17 of the 21 competences" in text
    assert "Making contact" in text


def test_a_competence_shows_its_ladder_with_the_stage_that_is_asked(
    client: Client, mbo: FrameworkVersion
) -> None:
    text = page(client, f"{MBO}1.1/")
    ladder = text[text.index("framework-ladder") : text.index("</ol>", text.index("framework-ladder"))]
    stages = [ladder.index(f">{name}</span>") for name in ("startbekwaam", "vakbekwaam", "vakvolwassen")]
    assert stages == sorted(stages)
    assert ladder.count("dit vraagt de standaard") == 1
    assert stages[1] < ladder.index("dit vraagt de standaard") < stages[2]
    assert f'href="{MBO}1.1.vv2/"' in ladder


def test_an_item_says_where_it_stands_what_is_beside_it_and_where_it_comes_from(
    client: Client, mbo: FrameworkVersion
) -> None:
    text = page(client, f"{MBO}2.1/")
    crumbs = text[text.index("breadcrumb__list") : text.index("</ol>")]
    assert [crumbs.index(f'href="{MBO}{code}/"') > 0 for code in ("G1", "2")]
    assert f'href="{MBO}1.2/" rel="prev"' in text
    assert f'href="{MBO}2.2/" rel="next"' in text
    assert "<dd>2.2</dd>" in text
    assert "(EQF 4)" in text


def test_everything_below_a_life_domain_is_on_its_page(client: Client, mbo: FrameworkVersion) -> None:
    text = page(client, f"{MBO}L1/")
    for child in load_builtin("evc-sociaal-werker-mbo", "1.0").children("L1"):
        assert f'href="{MBO}{child.code}/"' in text


def test_every_item_of_the_standard_has_a_page(client: Client, mbo: FrameworkVersion) -> None:
    for one in load_builtin("evc-sociaal-werker-mbo", "1.0").items[::9]:
        assert one.code in page(client, reverse("frameworks:item", args=[mbo.identifier, "1.0", one.code]))


@pytest.mark.parametrize(
    "url",
    ["/kaders/x/1/", f"{MBO[:-4]}2/", f"{MBO}9.9/", f"{MBO}?kind=x", f"{MBO}1.1/?kind=verb", "/kaders/x/"],
)
def test_what_is_not_there_is_not_found(client: Client, mbo: FrameworkVersion, url: str) -> None:
    assert "<h1" in page(client, url, 404)


def test_text_beyond_the_source_is_marked(client: Client) -> None:
    items = [replace(item("B1", "beacon"), own=True), item("B2", "beacon")]
    publish(None, replace(framework("bakens", items, small_standard().rule), rule=None, kind="framework"))
    assert "Deze tekst is van ons" in page(client, "/kaders/bakens/1/B1/")
    assert "Deze tekst is van ons" not in page(client, "/kaders/bakens/1/B2/")


def test_an_item_leads_to_the_same_code_in_another_version(client: Client) -> None:
    publish(None, replace(small_standard(), version="2012"))
    publish(None, replace(small_standard(2), version="kaart"))
    assert '<a href="/kaders/klein/2012/1.1/">in versie 2012</a>' in page(client, "/kaders/klein/kaart/1.1/")
    assert "in versie" not in page(client, "/kaders/klein/2012/1.3/")


def test_words_that_were_looked_for_are_marked(client: Client, mbo: FrameworkVersion) -> None:
    text = page(client, f"{MBO}?q=VEILIG+sf%C3%A9er")
    assert "<mark>sfeer</mark>" in text and "<mark>veilig</mark>" in text
    assert f'href="{MBO}1.1.sb6/"' in text
    assert 'value="VEILIG sféer"' in text


def test_nothing_found_is_said_kindly_and_markup_stays_text(client: Client, mbo: FrameworkVersion) -> None:
    text = page(client, f"{MBO}?q=%3Cb%3Exyzzy%3C/b%3E")
    assert "Er is niets met al deze woorden" in text
    assert "<b>xyzzy" not in text


def test_found_items_come_a_page_at_a_time(client: Client, mbo: FrameworkVersion) -> None:
    text = page(client, f"{MBO}?q=en&page=2")
    assert text.count('class="framework-entry"') == 25
    assert "page=3&amp;q=en" in text


def test_a_text_with_markup_is_shown_as_text(client: Client) -> None:
    evil = replace(item("B1", "beacon"), title=Text("<script>x</script>", "<script>x</script>"))
    made = replace(framework("bakens", [evil], small_standard().rule), rule=None, kind="framework")
    publish(None, made)
    for url in ("/kaders/bakens/1/", "/kaders/bakens/1/B1/", "/kaders/bakens/1/?q=x"):
        assert "<script>x" not in page(client, url)


def test_a_framework_without_stages_shows_its_kinds_with_counts(client: Client) -> None:
    items = [item("Q1", "quadrant"), item("P1", "practice", "Q1"), item("P2", "practice", "Q1")]
    made = replace(framework("lokaal", items, small_standard().rule), stages=(), rule=None, kind="framework")
    publish(None, made)
    text = page(client, "/kaders/lokaal/1/")
    assert "wheel__link" not in text
    assert 'href="?kind=practice"' in text
    assert 'href="/kaders/lokaal/1/P2/"' in text


def test_items_of_one_group_stand_together_even_where_the_document_mixes_them(client: Client) -> None:
    items = [item("T1", "practice_theme"), item("T2", "practice_theme")]
    items += [item(f"C{number}", "competence", f"T{number % 2 + 1}") for number in range(1, 5)]
    made = replace(framework("gemengd", items, small_standard().rule), stages=(), rule=None, kind="framework")
    publish(None, made)
    assert page(client, "/kaders/gemengd/1/").count('<h3 class="framework-group">') == 2


def test_a_standard_of_indicators_is_shown_as_well(client: Client) -> None:
    publish(None, indicator_standard())
    assert "80 %" in page(client, "/kaders/per-indicator/1/")
    assert 'href="/kaders/per-indicator/1/A1.vb1/"' in page(client, "/kaders/per-indicator/1/A1/")
    assert "A1.vb2" in page(client, "/kaders/per-indicator/1/A1.vb1/")


def test_a_very_large_framework_is_listed_a_page_at_a_time(client: Client) -> None:
    publish(None, large())
    front = page(client, "/kaders/groot/1/")
    assert front.count('class="framework-entry"') <= 60
    assert "wheel__link" not in front
    assert page(client, "/kaders/groot/1/?kind=indicator&page=300").count('class="framework-entry"') == 25
    assert len(page(client, "/kaders/groot/1/1/")) < 40_000


@pytest.mark.parametrize(
    ("url", "first", "then"),
    [("/kaders/", 3, 1), ("/kaders/klein/v1/", 3, 1), ("/kaders/klein/v1/1.1/", 4, 2)],
)
def test_the_number_of_queries_is_fixed(
    client: Client, django_assert_max_num_queries, url: str, first: int, then: int
) -> None:
    for number in range(3):
        publish(None, replace(small_standard(3 + 10 * number), version=f"v{number}"))
    with django_assert_max_num_queries(first):
        page(client, url)
    with django_assert_max_num_queries(then):
        page(client, url)


def test_who_is_logged_in_costs_a_fixed_number_of_queries(
    cast, log_in, mbo: FrameworkVersion, django_assert_max_num_queries
) -> None:
    own = log_in(cast.coordinator)
    with django_assert_max_num_queries(7):
        page(own, f"{MBO}1.1/")
