"""Texts for programs that keep only so many characters of them."""

from __future__ import annotations


def shortened(text: str, most: int) -> str:
    """Return ``text`` on one line, cut between words where it is longer than ``most`` characters."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    whole = cut.rsplit(" ", 1)[0]
    return f"{whole if len(whole) > most // 2 else cut}…"
