"""The look keeps its promises: light, readable in light and dark, open to an organisation's theme."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string

WEB = Path(__file__).resolve().parents[2] / "src" / "bekwaam" / "web"
STATIC = WEB / "static" / "bekwaam"
STYLESHEETS = sorted((STATIC / "css").glob("*.css"))
TEMPLATES = sorted(WEB.glob("**/templates/**/*.html"))

INK = ["default-color-document", "default-color-default", "default-color-subtle", "action-1-color-default"]
PAPER = ["default-bg-document", "default-bg-subtle"]
READ_ON = [
    (ink, paper) for ink in [*INK, "action-1-color-hover", "negative-color-default"] for paper in PAPER
]
READ_ON += [
    (f"{state}-color-default", f"{state}-bg-default") for state in ("positive", "negative", "warning")
]
READ_ON += [("info-color-default", "info-bg-default"), ("selected-color-default", "selected-bg-default")]
READ_ON += [
    ("default-color-document", f"{s}-bg-default") for s in ("positive", "negative", "warning", "info")
]
READ_ON += [(f"{k}-inverse-color-default", f"{k}-inverse-bg-default") for k in ("action-1", "negative")]
READ_ON += [
    ("default-color-default", "default-bg-default"),
    ("action-1-color-default", "accent-1-bg-default"),
]
SEEN_ON = [("default-border-default", paper) for paper in PAPER]
SEEN_ON += [
    (f"{s}-border-default", "default-bg-document") for s in ("positive", "negative", "warning", "info")
]
SEEN_ON += [("accent-1-border-default", "default-bg-document")]


def _tokens(scheme: str) -> dict[str, str]:
    light, dark = (
        (STATIC / "css" / "tokens.css").read_text("utf-8").split("@media (prefers-color-scheme: dark)")
    )
    text = light if scheme == "light" else light + dark
    given = dict(re.findall(r"--((?:basis|bekwaam)[\w-]+): (#\w+|var\(--basis-color[\w-]+\));", text))
    return {name: given.get(value.removeprefix("var(--").rstrip(")"), value) for name, value in given.items()}


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(c * 2 for c in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    """Contrast as WCAG 2.2 defines it, from 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "paper"), READ_ON)
def test_text_reads_on_its_background(scheme: str, ink: str, paper: str) -> None:
    tokens = _tokens(scheme)
    assert _contrast(tokens[f"basis-color-{ink}"], tokens[f"basis-color-{paper}"]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("line", "paper"), SEEN_ON)
def test_lines_that_mean_something_are_seen(scheme: str, line: str, paper: str) -> None:
    tokens = _tokens(scheme)
    assert _contrast(tokens[f"basis-color-{line}"], tokens[f"basis-color-{paper}"]) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("cluster", range(1, 8))
def test_every_cluster_of_the_wheel_stands_out(scheme: str, cluster: int) -> None:
    tokens = _tokens(scheme)
    hue = tokens[f"bekwaam-hue-{cluster}"]
    assert all(_contrast(hue, tokens[f"basis-color-{paper}"]) >= 3 for paper in PAPER)


def test_the_look_of_the_heaviest_page_stays_light() -> None:
    frame = (WEB / "shared" / "templates" / "base.html").read_text("utf-8")
    everywhere = [sheet for sheet in STYLESHEETS if f"css/{sheet.name}" in frame]
    rooms = [sheet for sheet in STYLESHEETS if sheet not in everywhere]
    assert len(everywhere) > 5 and rooms
    heaviest = max(sheet.stat().st_size for sheet in rooms)
    scripts = max(
        _weight_of_scripts(path.read_text("utf-8")) for path in TEMPLATES if path.name != "base.html"
    )
    weight = (
        sum(sheet.stat().st_size for sheet in everywhere) + heaviest + scripts + _weight_of_scripts(frame)
    )
    assert scripts > 5_000
    assert weight <= 60_000


def _weight_of_scripts(template: str) -> int:
    """Return the bytes of the scripts that a template asks for by itself."""
    return sum((STATIC / name).stat().st_size for name in set(re.findall(r"bekwaam/(\w+\.js)", template)))


@pytest.mark.parametrize("path", STYLESHEETS, ids=lambda path: path.name)
def test_a_stylesheet_stays_small_and_calls_nothing_from_elsewhere(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") < 400
    assert "url(" not in text
    assert "@import" not in text


@pytest.mark.parametrize("path", STYLESHEETS, ids=lambda path: path.name)
def test_every_name_a_stylesheet_uses_is_defined(path: Path) -> None:
    everything = "".join(sheet.read_text("utf-8") for sheet in STYLESHEETS)
    defined = set(re.findall(r"(--[\w-]+):", everything))
    assert set(re.findall(r"var\((--[\w-]+)", path.read_text("utf-8"))) <= defined


@pytest.mark.parametrize("path", [p for p in STYLESHEETS if p.name not in ("tokens.css", "print.css")])
def test_colours_come_from_the_theme_only(path: Path) -> None:
    text = re.sub(r"#000(?=\);)|rgb\(10 25 28 / 55%\)", "", path.read_text("utf-8"))
    assert not re.search(r":[^;{]*(#[0-9a-f]{3,8}\b|rgb\()", text)


def test_no_template_holds_inline_style_or_script() -> None:
    inline = re.compile(r"\sstyle\s*=|<style|\son\w+\s*=\s*[\"']|<script(?![^>]*\bsrc=)")
    found = {_named(path): inline.findall(path.read_text("utf-8")) for path in TEMPLATES}
    assert len(found) > 300 and not {name: holds for name, holds in found.items() if holds}


def test_every_icon_a_template_asks_for_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text("utf-8")))
    asking = re.compile(r'components/icon\.html" with name="([\w-]+)"')
    asked = {_named(path): set(asking.findall(path.read_text("utf-8"))) for path in TEMPLATES}
    assert any(asked.values()) and not {name: icons - drawn for name, icons in asked.items() if icons - drawn}


def _named(template: Path) -> str:
    return template.relative_to(WEB).as_posix()


@pytest.mark.urls("django.conf.urls.i18n")
def test_a_page_says_its_language_and_shows_the_switch() -> None:
    page = render_to_string("base.html", {"csrf_token": "token"})
    assert '<html lang="nl"' in page
    assert re.search(r'name="language" value="nl"[^>]*aria-current="true"', page)
    assert 'href="#main"' in page


@pytest.mark.urls("django.conf.urls.i18n")
def test_an_organisations_theme_comes_after_our_tokens() -> None:
    page = render_to_string("base.html", {"theme_css": "/theme.css", "theme_class": "acme-theme"})
    assert page.index("tokens.css") < page.index("/theme.css")
    assert 'class="acme-theme"' in page
