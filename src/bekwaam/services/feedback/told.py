"""A piece of evidence as a referee reads it: its title, its texts with what they are called, its file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bekwaam.domain.portfolio.kinds import EvidenceKind, labelled
from bekwaam.domain.portfolio.said import said
from bekwaam.store.models import Evidence
from bekwaam.wording import say


@dataclass(frozen=True, slots=True)
class Told:
    """What a piece says; ``file`` is its name, empty where there is none; ``size`` is in bytes."""

    title: str
    dated_on: date | None
    context: str
    parts: tuple[tuple[str, str], ...]
    file: str
    size: int


def told(evidence: Evidence, language: str) -> Told:
    """Return what ``evidence`` says, with headings in ``language``. No query where its file was read."""
    says = said(evidence.content())
    fields = labelled(EvidenceKind(evidence.kind), dict(says.texts))
    return Told(
        title=evidence.title,
        dated_on=says.dated_on,
        context=says.context,
        parts=tuple((say(language, field.label), text) for text, field in fields),
        file=evidence.file.name if evidence.file else "",
        size=evidence.file.size if evidence.file else 0,
    )
