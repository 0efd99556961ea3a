"""A piece of evidence of a package, as its page shows it; and what referees said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from bekwaam.domain.feedback.asking import CONFIRMED_NAMES, RELATION_NAMES, STATE_NAMES, WORTH_NAMES, Worth
from bekwaam.domain.portfolio.evidence import link_host
from bekwaam.domain.portfolio.kinds import KINDS, EvidenceKind, FieldForm
from bekwaam.domain.portfolio.said import said
from bekwaam.web.portfolio.takeout.naming import Coded, Names, moment, translated, worded

PICTURES: Final = ("image/png", "image/jpeg", "image/webp")
STANDS: Final = (Worth.CONFIRMED.value, Worth.PARTLY.value)


@dataclass(frozen=True, slots=True)
class FileView:
    """A file: its path in the package, empty where it was lost, and whether it is a picture."""

    path: str
    name: str
    size: int
    sha256: str
    picture: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A field with what is written in it; ``host`` is that of a link."""

    label: str
    text: str
    host: str = ""


@dataclass(frozen=True, slots=True)
class TieGroup:
    """What a piece is tied to in one framework: items with why."""

    title: str
    ties: tuple[tuple[Coded, str], ...]


@dataclass(frozen=True, slots=True)
class Texts:
    """What a piece says, now or in one of its versions."""

    title: str
    dated_on: date | None
    until: date | None
    lasts: bool
    context: str
    situation: tuple[str, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a referee was asked and what they answered, in words; ``stands`` when it confirms a piece."""

    name: str
    function: str
    relation: str
    state: str
    about: str
    codes: tuple[Coded, ...]
    message: str
    asked_at: datetime | None
    answered_at: datetime | None
    said: str
    worth: str
    text: str
    ratings: tuple[tuple[Coded, str], ...]
    stands: bool


@dataclass(frozen=True, slots=True)
class PieceView:
    """A piece with its page in the package."""

    page: str
    kind: str
    texts: Texts
    file: FileView | None
    ties: tuple[TieGroup, ...]
    added_at: datetime | None
    changed_at: datetime | None
    versions: tuple[tuple[int, datetime | None, Texts], ...]
    answers: tuple[Answer, ...]
    dossiers: tuple[str, ...]


def file_view(found: Mapping[str, Any] | None) -> FileView | None:
    """Return a file as a page names it."""
    if found is None:
        return None
    picture = found["media_type"] in PICTURES
    return FileView(found["path"] or "", found["name"], found["size"], found["sha256"], picture)


def texts_view(names: Names, kind: str, content: Mapping[str, Any]) -> Texts:
    """Return what a piece says, whether it stands in the document, in a version or as it was handed in."""
    spec = KINDS.get(EvidenceKind(kind)) if kind in list(EvidenceKind) else None
    read = said(content)
    parts = []
    labels = {field.name: field for field in spec.fields} if spec else {}
    for name in [*labels, *(name for name in read.texts if name not in labels)]:
        text = read.texts.get(name)
        if isinstance(text, str) and text:
            field = labels.get(name)
            link = field is not None and field.form is FieldForm.LINK
            parts.append(
                Part(translated(field.label) if field else name, text, link_host(text) if link else "")
            )
    return Texts(
        title=content["title"],
        dated_on=read.dated_on,
        until=read.until,
        lasts=bool(spec and spec.spans and read.dated_on and not read.until),
        context=read.context,
        situation=tuple(names.situation(read.contexts)),
        parts=tuple(parts),
    )


def kind_name(kind: str) -> str:
    """Return what a kind of evidence is called."""
    return translated(KINDS[EvidenceKind(kind)].name) if kind in list(EvidenceKind) else kind


def piece_view(
    names: Names, page: str, piece: Mapping[str, Any], answers: Sequence[Answer], dossiers: Sequence[str]
) -> PieceView:
    """Return a piece for its page."""
    groups: dict[str, list[tuple[Coded, str]]] = {}
    for tie in piece["ties"]:
        found = names.item(tie["framework"], tie["code"])
        groups.setdefault(names.title(tie["framework"]), []).append((found, tie["why"]))
    return PieceView(
        page=page,
        kind=kind_name(piece["kind"]),
        texts=texts_view(names, piece["kind"], piece),
        file=file_view(piece["file"]),
        ties=tuple(TieGroup(title, tuple(ties)) for title, ties in groups.items()),
        added_at=moment(piece["added_at"]),
        changed_at=moment(piece["changed_at"]),
        versions=tuple(
            (one["number"], moment(one["saved_at"]), texts_view(names, piece["kind"], one["texts"]))
            for one in piece["versions"][1:]
        ),
        answers=tuple(answers),
        dossiers=tuple(dossiers),
    )


def answer_view(names: Names, one: Mapping[str, Any]) -> Answer:
    """Return a request to a referee with its answer."""
    answer = one["answer"] or {}
    return Answer(
        name=answer.get("name") or one["name"],
        function=answer.get("function", ""),
        relation=worded(RELATION_NAMES, one["relation"]),
        state=worded(STATE_NAMES, one["state"]),
        about=one["evidence_title"],
        codes=tuple(names.item(one["framework"], code) for code in one["codes"]),
        message=one["message"],
        asked_at=moment(one["asked_at"]),
        answered_at=moment(answer.get("answered_at")),
        said=worded(CONFIRMED_NAMES, answer["said"]) if answer.get("said") else "",
        worth=worded(WORTH_NAMES, answer["worth"]) if answer.get("worth") else "",
        text=answer.get("text", ""),
        ratings=tuple(
            (names.item(one["framework"], code), names.stage(one["framework"], value))
            for code, value in answer.get("ratings", {}).items()
        ),
        stands=answer.get("worth") in STANDS,
    )
