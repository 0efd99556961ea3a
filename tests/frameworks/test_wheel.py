"""The wheel shows what was judged, in any language, for any standard, and to everyone."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bekwaam.frameworks.library import load_builtin
from bekwaam.frameworks.model import Framework, Item, Text
from bekwaam.frameworks.rules import Count, UnitSet
from bekwaam.frameworks.wheel import Wheel, wheel
from bekwaam.frameworks.wheel_parts import State
from bekwaam.frameworks.wheel_shapes import LETTER, curved_lines
from bekwaam.frameworks.wheel_svg import HUES
from tests.standards import SOURCE, framework, indicator_standard, item, small_standard

SVG = "{http://www.w3.org/2000/svg}"
TOKENS = Path(__file__).resolve().parents[2] / "src/bekwaam/web/static/bekwaam/css/tokens.css"
HOSTILE = "\"><script>alert(1)</script> & 'a' \x00\x1f\ud800 ]]> \u202e"


def drawn(figure: Wheel, **how: object) -> ElementTree.Element:
    return ElementTree.fromstring(figure.svg(**how))  # type: ignore[arg-type]


def having(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [element for element in root.iter() if name in element.get("class", "").split()]


def spoke(root: ElementTree.Element, code: str) -> ElementTree.Element:
    return next(e for e in having(root, "wheel__spoke") if e.get("data-code") == code)


def of_size(clusters: int, units: int) -> Framework:
    items: list[Item] = []
    for cluster in range(1, clusters + 1):
        items.append(item(f"C{cluster}", "cluster"))
        items += [item(f"{cluster}.{n}", "competence", f"C{cluster}") for n in range(1, units + 1)]
    return framework("maat", items, Count(UnitSet("competence"), 1, "vakbekwaam"))


@pytest.fixture(scope="module")
def mbo() -> Framework:
    return load_builtin("evc-sociaal-werker-mbo")


def test_the_real_standard_gives_seven_clusters_of_21_spokes_with_three_rings_each(mbo: Framework) -> None:
    root = drawn(wheel(mbo, {}, language="nl"))
    assert len(having(root, "wheel__cluster")) == 7
    assert [e.get("data-code") for e in having(root, "wheel__spoke")] == [c.code for c in mbo.competences]
    assert all(len(having(e, "wheel__ring")) == 3 for e in having(root, "wheel__spoke"))


@pytest.mark.parametrize(
    ("stage", "full"), [("startbekwaam", 1), ("vakbekwaam", 2), ("vakvolwassen", 3), (None, 0)]
)
def test_a_spoke_is_full_up_to_the_stage_that_was_shown(stage: str | None, full: int) -> None:
    root = drawn(wheel(small_standard(), {"1.1": stage}, language="nl"))
    rings = having(spoke(root, "1.1"), "wheel__ring")
    assert [("wheel__ring--full" in r.get("class", "")) for r in rings] == [n < full for n in range(3)]
    assert spoke(root, "1.1").get("data-rings") == str(full)


def test_not_shown_and_not_judged_differ_in_shape_and_not_only_in_colour() -> None:
    root = drawn(wheel(small_standard(), {"1.1": None}, language="nl"))
    assert having(spoke(root, "1.1"), "wheel__cross")
    assert not having(spoke(root, "1.2"), "wheel__cross")
    assert spoke(root, "1.1").get("data-state") == "not_shown"
    assert spoke(root, "1.2").get("data-state") == "open"


def test_what_is_short_of_the_asked_stage_is_outlined_at_that_ring() -> None:
    levels = {"1.1": "startbekwaam", "1.2": "vakbekwaam"}
    root = drawn(wheel(small_standard(), levels, language="nl"))
    outlined = [having(spoke(root, code), "wheel__ring--asked") for code in ("1.1", "1.2", "1.3")]
    assert [len(found) for found in outlined] == [1, 0, 0]
    assert having(spoke(root, "1.1"), "wheel__ring").index(outlined[0][0]) == 1


def test_the_table_says_the_same_as_the_wheel() -> None:
    levels = {"1.1": "vakbekwaam", "1.2": None, "L1": "startbekwaam"}
    figure = wheel(small_standard(), levels, language="nl", marks={"1.3": "2 stukken"})
    rows = {row.code: row for row in figure.table()}
    assert list(rows) == ["1.1", "1.2", "1.3", "L1"]
    assert [row.state for row in rows.values()] == [State.SHOWN, State.NOT_SHOWN, State.OPEN, State.SHOWN]
    assert rows["1.1"].outcome == "vakbekwaam" and rows["1.1"].cluster == "cluster 1"
    assert rows["1.3"].mark == "2 stukken" and rows["L1"].cluster == ""
    told = {row.code: row.outcome for row in figure.table("en")}
    assert (told["1.2"], told["1.3"]) == ("not shown", "not judged yet")
    assert rows["1.2"].outcome not in ("not shown", "", rows["1.3"].outcome)


def test_life_domains_are_drawn_when_one_was_judged_or_when_asked_for() -> None:
    standard = small_standard()
    count = [
        len(having(drawn(figure), "wheel__domain-spoke"))
        for figure in (
            wheel(standard, {"1.1": "vakbekwaam"}, language="nl"),
            wheel(standard, {"L1": None}, language="nl"),
            wheel(standard, {}, language="nl", domains=True),
            wheel(standard, {"L1": None}, language="nl", domains=False),
        )
    ]
    assert count == [0, 1, 1, 0]


def test_a_standard_of_indicators_gets_a_spoke_per_indicator_in_its_area() -> None:
    standard = indicator_standard(areas=6, indicators=5)
    figure = wheel(standard, {"A1.vb1": "vakbekwaam", "A1.vb2": None}, language="nl")
    root = drawn(figure)
    assert len(having(root, "wheel__cluster")) == 6
    assert len(having(root, "wheel__spoke")) == 30
    assert len(having(spoke(root, "A1.vb1"), "wheel__ring--full")) == 1
    assert len(having(spoke(root, "A1.vb2"), "wheel__ring")) == 1


@pytest.mark.parametrize(("clusters", "units"), [(1, 1), (1, 7), (2, 1), (7, 3), (12, 4), (40, 1), (5, 30)])
@pytest.mark.parametrize("size", [120, 320, 640])
def test_any_number_of_clusters_fits_once_around(clusters: int, units: int, size: int) -> None:
    standard = of_size(clusters, units)
    figure = wheel(standard, {"1.1": "vakbekwaam"}, language="en", size=size, names=True)
    spokes = figure.spokes
    assert len(spokes) == clusters * units
    assert all(a.end <= b.start + 1e-6 for a, b in pairwise(spokes))
    assert spokes[0].start >= 0 and spokes[-1].end <= 360 + 1e-6
    assert all(s.end - s.start == pytest.approx(spokes[0].end - spokes[0].start) for s in spokes)
    numbers = [float(n) for n in re.findall(r'(?: d="|[MAL ])(-?\d+\.\d)', figure.svg())]
    assert numbers and all(0 <= n <= size for n in numbers)


def test_a_standard_without_units_gives_an_empty_wheel() -> None:
    bare = framework("leeg", [], Count(UnitSet("competence"), 0))
    assert drawn(wheel(bare, {}, language="nl")).get("role") == "img"
    assert wheel(bare, {}, language="nl").table() == ()


def test_an_unknown_stage_is_refused() -> None:
    with pytest.raises(KeyError):
        wheel(small_standard(), {"1.1": "meester"}, language="nl")


def test_it_is_an_image_with_a_name_and_a_description(mbo: Framework) -> None:
    levels = {c.code: "vakbekwaam" for c in mbo.competences[:18]}
    root = drawn(wheel(mbo, levels, language="en", title="My wheel"), prefix="own")
    names = (root.get("aria-labelledby") or "").split()
    texts = {e.get("id"): e.text or "" for e in root.iter()}
    assert texts[names[0]] == "My wheel"
    assert "proficient: 18" in texts[names[1]] and "not judged yet: 3" in texts[names[1]]


def test_two_wheels_on_a_page_share_no_ids(mbo: Framework) -> None:
    figure = wheel(mbo, {"L1": None}, language="nl", names=True)
    page = figure.svg(prefix="a") + figure.svg(prefix="b")
    ids = re.findall(r' id="([^"]+)"', page)
    assert ids and max(Counter(ids).values()) == 1
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_there_is_no_inline_style_or_script_for_the_content_policy_to_refuse(mbo: Framework) -> None:
    text = wheel(mbo, {"L1": None, "1.1": None}, language="nl", names=True).svg(href=lambda code: f"/{code}/")
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=|javascript:", text)


def test_with_links_every_spoke_can_be_reached_and_says_what_it_is() -> None:
    root = drawn(
        wheel(small_standard(), {"1.1": "vakbekwaam"}, language="nl"), href=lambda code: f"/u/{code}/"
    )
    links = having(root, "wheel__link")
    assert root.get("role") == "group"
    assert [link.get("href") for link in links] == ["/u/1.1/", "/u/1.2/", "/u/1.3/"]
    assert "vakbekwaam" in (links[0].get("aria-label") or "")


def test_names_from_a_foreign_framework_cannot_break_out_of_the_drawing() -> None:
    items = [
        Item("1", "cluster", Text(HOSTILE, HOSTILE), None, SOURCE),
        Item(HOSTILE, "competence", Text(HOSTILE, HOSTILE), None, SOURCE, "1"),
        Item("L1", "life_domain", Text(HOSTILE, HOSTILE), None, SOURCE),
    ]
    standard = framework("kwaad", items, Count(UnitSet("competence"), 1, "vakbekwaam"))
    figure = wheel(standard, {"L1": None}, language="nl", title=HOSTILE, names=True, marks={HOSTILE: HOSTILE})
    for text in (figure.svg(prefix=HOSTILE, href=lambda code: code), figure.svg_plain()):
        text.encode("utf-8")
        assert not list(ElementTree.fromstring(text).iter(f"{SVG}script"))


def test_alone_on_paper_it_has_a_size_and_no_links() -> None:
    root = ElementTree.fromstring(wheel(small_standard(), {}, language="nl", size=300).svg_plain())
    assert (root.get("width"), root.get("height")) == ("300", "300")
    assert not list(root.iter(f"{SVG}a"))


def test_a_long_name_is_broken_and_shrunk_until_it_fits_its_arc_or_left_out() -> None:
    name = "Contact leggen en betekenisvolle relaties aangaan"
    lines = curved_lines(name, 0, 33, 300, 13.5, 3)
    assert " ".join(line.text for line in lines) == name
    room = 300 * 33 * 3.1416 / 180
    assert all(len(line.text) * LETTER * line.size <= room for line in lines)
    assert curved_lines(name, 0, 5, 300, 13.5, 3) == ()


def test_the_hues_are_those_of_the_stylesheet_and_stand_out_on_paper() -> None:
    light = TOKENS.read_text("utf-8").split("@media")[0]
    assert tuple(re.findall(r"--bekwaam-hue-\d: (#\w{6});", light)) == HUES
    assert all(1.05 / (_luminance(hue) + 0.05) >= 3 for hue in HUES)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_wheel_of_nobody_shows_the_framework_and_tells_of_no_judging() -> None:
    plain, unjudged = wheel(small_standard(), None, language="en"), wheel(small_standard(), {}, language="en")
    assert "not judged yet" in unjudged.svg() and "not judged yet" not in plain.svg()
    assert {row.state for row in plain.table()} == {State.PLAIN}
    assert {row.outcome for row in plain.table()} == {""}
    told = drawn(plain).find(f".//{SVG}g[@data-code='1.1']/{SVG}title")
    assert told is not None and told.text == "1.1 competence 1.1 en"
