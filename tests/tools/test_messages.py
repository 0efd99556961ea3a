"""The translation catalogues: whole, well formed, and kept by a tool that loses nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

TOOLS = Path(__file__).resolve().parents[2] / "tools"
sys.path.insert(0, str(TOOLS))

import messages  # noqa: E402
import messages_check  # noqa: E402


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project with one sentence in code and one in a template."""
    folder = tmp_path / "src" / "bekwaam" / "web" / "templates"
    folder.mkdir(parents=True)
    (tmp_path / "src" / "bekwaam" / "said.py").write_text(
        'def f(language):\n    return say(language, "Hello {name}", name=1)\n', "utf-8"
    )
    (folder / "page.html").write_text('<p title="{% translate "Tip" %}">{% translate "Page" %}</p>', "utf-8")
    return tmp_path


def dutch(root: Path) -> str:
    return messages.po_path(root, "nl").read_text("utf-8")


def test_every_text_of_the_product_has_a_sound_dutch_translation() -> None:
    assert [str(problem) for problem in messages.check()] == []


def test_code_and_templates_are_gathered(root: Path) -> None:
    messages.update(root)
    for text in ("Hello {name}", "Page", "Tip"):
        assert f'msgid "{text}"' in dutch(root)


def test_update_keeps_translations_and_changes_nothing_the_second_time(root: Path) -> None:
    messages.update(root, texts={"Page": "Bladzijde"})
    first = dutch(root)
    messages.update(root)
    assert dutch(root) == first
    assert 'msgstr "Bladzijde"' in first


def test_a_sentence_that_goes_and_comes_back_keeps_its_translation_until_tidied(root: Path) -> None:
    messages.update(root, texts={"Hello {name}": "Dag {name}"})
    code = root / "src" / "bekwaam" / "said.py"
    source = code.read_text("utf-8")
    code.write_text("", "utf-8")
    messages.update(root)
    assert '#~ msgstr "Dag {name}"' in dutch(root)
    code.write_text(source, "utf-8")
    messages.update(root)
    assert '\nmsgstr "Dag {name}"' in dutch(root)
    code.write_text("", "utf-8")
    messages.update(root, tidy=True)
    assert "Dag" not in dutch(root)


def test_a_file_that_does_not_parse_stops_the_update_before_anything_is_written(root: Path) -> None:
    messages.update(root, texts={"Page": "Bladzijde"})
    before = dutch(root)
    (root / "src" / "bekwaam" / "said.py").write_text("def f(:\n", "utf-8")
    with pytest.raises(SyntaxError):
        messages.update(root)
    assert dutch(root) == before


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Dag {name}", None),
        ("Dag {naam}", "placeholders differ"),
        ("Dag", "placeholders differ"),
        ("Dag {name} {name} {more}", "placeholders differ"),
        ("Dag {name", "placeholders differ"),
        ("", "no Dutch translation"),
    ],
)
def test_a_translation_keeps_the_placeholders_of_its_msgid(
    root: Path, text: str, problem: str | None
) -> None:
    messages.update(root, texts={"Hello {name}": text, "Page": "Bladzijde", "Tip": "Tip"})
    assert [found.what for found in messages.check(root)] == ([problem] if problem else [])


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>{% translate 'Hello' %}</p>", []),
        ("<p>Hello</p>", ["Hello"]),
        ("<p>{{ count }} × 3 – Bekwaam</p>", []),
        ('<img alt="A wheel">', ["A wheel"]),
        ('<img alt="{% translate \'A wheel\' %}" class="big">', []),
        ("{% blocktranslate trimmed %}Long <b>text</b>{% endblocktranslate %} left", ["left"]),
        ("{# a note #}{% comment %}another{% endcomment %}<!-- third --><script>let x</script>", []),
        ("<input placeholder='Search' {% if x %}checked{% endif %}>", ["Search"]),
    ],
)
def test_words_outside_translation_tags_are_found(source: str, found: list[str]) -> None:
    problems = messages_check.untranslated_text("page.html", source)
    assert [problem.text for problem in problems] == found


def test_the_line_of_an_untranslated_word_is_right() -> None:
    source = "{% comment %}\n\n{% endcomment %}\n<p>\n  Hello\n</p>"
    assert messages_check.untranslated_text("page.html", source)[0].where == "page.html:5"
