"""How often the labelled stories are led to a competence that an assessor would accept, and how fast.

    python -m tests.bench.suggesting [odd|even]

Words were only improved with the stories of even number in view. The odd ones of the first 126 give an
honest figure; those of the later ones flatter, since whoever wrote them went on to write words. "Any"
counts a story where one of its accepted competences is among the first one, three or five; "main" only its
main one. Beside it stands what drawing five competences by lot gives. Times are those of the processor, so
that a busy machine tells nearly the same.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from bekwaam.domain.portfolio.suggesting.stemming import key_of, plain
from bekwaam.domain.portfolio.suggesting.suggest import Matcher
from bekwaam.frameworks.library import builtin_word_list
from tests.domain.portfolio.test_stories import LATER, STORIES

STANDARD = "evc-sociaal-werker-mbo"
DEPTHS = (1, 3, 5)
Story = dict[str, Any]
Suggest = Callable[[str], list[str]]


def share(hits: Iterable[bool]) -> str:
    """Return how many of ``hits`` are true, as a percentage."""
    found = list(hits)
    return f"{100 * sum(found) / max(1, len(found)):5.1f}%"


def figures(stories: list[Story], suggest: Suggest) -> dict[str, list[str]]:
    """Return the shares at every depth, for any accepted competence and for the main one."""
    said = [(story["codes"], suggest(story["text"])) for story in stories]
    return {
        "any": [share(bool(set(codes) & set(found[:depth])) for codes, found in said) for depth in DEPTHS],
        "main": [share(codes[0] in found[:depth] for codes, found in said) for depth in DEPTHS],
    }


def show(title: str, stories: list[Story], suggest: Suggest) -> None:
    """Print the figures of ``stories``."""
    print(f"{title} ({len(stories)} stories){'':4} first   first 3   first 5")
    for name, row in figures(stories, suggest).items():
        print(f"  {name:5}{'':22}" + "   ".join(row))


def per_competence(stories: list[Story], suggest: Suggest) -> None:
    """Print per main competence how many of its stories have it among the first one, three and five."""
    rows: dict[str, list[list[str]]] = defaultdict(list)
    for story in stories:
        rows[story["codes"][0]].append(suggest(story["text"]))
    for code, found in sorted(rows.items()):
        counts = "  ".join(str(sum(code in one[:depth] for one in found)) for depth in DEPTHS)
        print(f"  {code}  {counts}  of {len(found)}")


def by_chance(text: str) -> list[str]:
    """Return five competences drawn at random: the bare thing to compare with."""
    codes = list(builtin_word_list(STANDARD).entries)
    return random.Random(text).sample(codes, 5)


def speed(matcher: Matcher, words: int = 400) -> None:
    """Print how long a story of ``words`` words takes, for words met before and for new ones."""
    running = " ".join(story["text"] for story in STORIES).split()
    texts = [" ".join(running[at : at + words]) for at in range(0, len(running) - words, words)]
    for title, forget in (("words met before", False), ("every word new", True)):
        for text in texts:
            matcher.suggest(text)
        times = []
        for text in texts:
            if forget:
                key_of.cache_clear()
                plain.cache_clear()
                matcher._terms.reading.cache_clear()  # type: ignore[attr-defined]
            start = time.process_time()
            matcher.suggest(text)
            times.append(1000 * (time.process_time() - start))
        print(f"  {words} words, {title}: median {statistics.median(times):.1f} ms, most {max(times):.1f} ms")


def main() -> None:
    """Print everything."""
    wanted = sys.argv[1:] or ["even", "odd"]
    start = time.process_time()
    word_list = builtin_word_list(STANDARD)
    loaded = time.process_time()
    matcher = Matcher(word_list)
    made = time.process_time()

    def suggest(text: str) -> list[str]:
        return [one.code for one in matcher.suggest(text)]

    for half in wanted:
        for title, told in (("first", STORIES), ("later", LATER)):
            stories = [story for story in told if story["number"] % 2 == (half == "odd")]
            show(f"{title} {half:4}", stories, suggest)
            show(f"{title} {half:4} by chance", stories, by_chance)
            per_competence(stories, suggest)
    print(f"the list read in {1000 * (loaded - start):.0f} ms, made ready in {1000 * (made - loaded):.0f} ms")
    one = STORIES[0]["text"]
    start = time.process_time()
    Matcher(word_list, only=one).suggest(one)
    print(f"one story by itself, as the command does: {1000 * (time.process_time() - start):.0f} ms")
    speed(matcher)


if __name__ == "__main__":
    main()
