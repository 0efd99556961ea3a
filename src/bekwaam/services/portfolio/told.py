"""The texts of a piece in which people tell, and writing in one of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bekwaam.domain.portfolio.kinds import KINDS, EvidenceKind, FieldForm
from bekwaam.store.models import Evidence
from bekwaam.wording import N_

TITLE: Final = N_("Title")
CONTEXT: Final = N_("Where")


def told_fields(kind: EvidenceKind) -> dict[str, str]:
    """Return the fields that are looked at, with the msgid of their label.

    Those in which people tell, not those that ask who or where: who gave a statement, and who can show a
    thing, is meant to be a name.
    """
    told = {field.name: field.label for field in KINDS[kind].fields if field.form is FieldForm.LONG}
    return {"title": TITLE, "context": CONTEXT, **told}


def told_texts(piece: Evidence) -> Mapping[str, str]:
    """Return what stands in those fields."""
    texts = {"title": piece.title, "context": piece.context, **piece.story, **piece.details}
    return {field: str(texts.get(field, "")) for field in told_fields(EvidenceKind(piece.kind))}


def put_text(piece: Evidence, field: str, text: str) -> None:
    """Let a field of a piece say ``text``; the piece is not saved."""
    if field in ("title", "context"):
        setattr(piece, field, text)
    elif field in piece.story:
        piece.story = {**piece.story, field: text}
    elif field in piece.details:
        piece.details = {**piece.details, field: text}
