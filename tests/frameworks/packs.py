"""A small sound pack that tests spoil in one place at a time."""

from __future__ import annotations

from pathlib import Path

SOUND = """\
id: klein
version: "1.0"
kind: standard
title: {nl: "Klein", en: "Small"}
description: {nl: "Een kleine standaard.", en: "A small standard."}
eqf: 4
source: {document: "D"}
documents:
  D: {nl: "Document", en: "Document"}
stages:
  - code: start
    short: st
    title: {nl: "start", en: "start"}
    description: {nl: "Eerst.", en: "First."}
    source: {document: "D", section: "1"}
  - code: verder
    short: ve
    title: {nl: "verder", en: "further"}
    description: {nl: "Dan.", en: "Then."}
    source: {document: "D", section: "1"}
groups:
  - code: G1
    title: {nl: "Groep", en: "Group"}
    source: {document: "D"}
clusters:
  - code: "1"
    title: {nl: "Een", en: "One"}
    group: G1
    source: {document: "D", section: "2"}
    competences:
      - code: "1.1"
        title: {nl: "Eerste", en: "First"}
        description: {nl: "Doet het eerste.", en: "Does the first."}
        indicators:
          start:
            - code: "1.1.st1"
              text: {nl: "Begint.", en: "Begins."}
          verder:
            - code: "1.1.ve1"
              text: {nl: "Gaat door.", en: "Goes on."}
      - code: "1.2"
        title: {nl: "Tweede", en: "Second"}
        text: {nl: "Doet het tweede.", en: "Does the second."}
        source: {document: "D", section: "3"}
        own: true
life_domains:
  - code: L1
    title: {nl: "Geld", en: "Money"}
    source: {document: "D", section: "4"}
    themes:
      - code: L1.t1
        title: {nl: "Sparen", en: "Saving"}
    stage_texts:
      start:
        code: L1.st
        text: {nl: "Weet wat sparen is.", en: "Knows what saving is."}
rule:
  kind: count
  of: competence
  at_least: 1
  stage: verder
"""


def write_pack(folder: Path, text: str = SOUND, **others: str) -> Path:
    """Write a pack into ``folder``: its head and any other files (name without .yaml, text)."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pack.yaml").write_text(text, "utf-8")
    for name, content in others.items():
        path = folder / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return folder


def line_of(text: str, part: str) -> int:
    """Return the line on which ``part`` first stands in ``text``."""
    return text[: text.index(part)].count("\n") + 1
