"""Pieces made of entries, one function per place of the table in :mod:`places`.

What fits no field of its kind is not dropped: it stands below the text, or in a story of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from bekwaam.domain.portfolio.evidence import MAX_SHORT, MAX_TEXT, MAX_TITLE
from bekwaam.domain.portfolio.kinds import EvidenceKind, StarrField
from bekwaam.domain.portfolio.leap2a.bonds import Bonds
from bekwaam.domain.portfolio.leap2a.finds import (
    Find,
    FoundFile,
    file_name,
    is_outside,
    is_web,
    path_of,
)
from bekwaam.domain.portfolio.leap2a.model import Entry, When
from bekwaam.domain.portfolio.leap2a.places import FIELD_NAMES
from bekwaam.wording import N_, Language, say

_FIRST_WORDS: Final = 8


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes pieces; ``today`` is the last day on which something can have been."""

    bonds: Bonds
    today: date
    language: Language

    def text(self, entry: Entry) -> list[Find]:
        """A story with all of a text as its situation."""
        day = self._day(entry, "start", "end", "on") or self._past(entry.published)
        return self._stories(entry, self._title(entry), self._joined(entry.said, self._below(entry)), day)

    def plan(self, entry: Entry) -> list[Find]:
        """A story with a plan and its tasks as a list."""
        tasks = "\n".join(self._task(task) for task in self.bonds.tasks(entry))
        told = self._joined(entry.said, tasks, self._below(entry))
        return self._stories(entry, self._title(entry), told, self._past(entry.published))

    def work(self, entry: Entry) -> list[Find]:
        """A job or volunteer work; of a membership the organisation is its title and there is no function."""
        employers = self.bonds.take(entry, leap="organization")
        names = ", ".join(employer.title for employer in employers if employer.title)
        member = entry.leap == "affiliation" or entry.mahara == "pseudo:membership"
        start, end = self._of(entry, "start", "on"), self._of(entry, "end")
        dated_on = self._past(start.first) if start else None
        until = self._past(end.last) if end else None
        if until and dated_on and until < dated_on:
            until = None
        whole = all(one is None or one.exact for one in (start, end)) and bool(until) == bool(end)
        period = "" if whole else self._say(N_("Period: {period}"), period=_period(start, end))
        told = [entry.said, *(employer.said for employer in employers), period, self._role(entry)]
        texts = {
            "employer": _short(names or (entry.title if member else "")),
            "function": _short("" if member and not names else entry.title),
            "own_part": self._joined(*told, self._below(entry)),
        }
        title = ", ".join(part for part in (self._title(entry), names) if part)
        return self._long(entry, EvidenceKind.EMPLOYMENT, title, texts, "own_part", (dated_on, until))

    def diploma(self, entry: Entry) -> list[Find]:
        """A diploma; what was told about it becomes a story beside it, for a diploma has no room for that."""
        issuers = self.bonds.take(entry, leap="organization")
        levels = self.bonds.take(entry, leap="achievement") if entry.leap == "activity" else []
        start, end = self._of(entry, "start"), self._of(entry, "end", "on")
        day = (self._past(end.last) or self._past(end.first)) if end else None
        period = _period(start, end) if start or (end and not end.exact) else ""
        level = "; ".join(dict.fromkeys(p for p in (*(one.title for one in levels), period) if p))
        texts = {
            "issuer": _short(", ".join(one.title for one in issuers if one.title)),
            "level": _short(level),
        }
        title = self._title(entry)
        piece = self._find(entry, EvidenceKind.DIPLOMA, title, texts, (day, None), self._file(entry))
        more = [one.said for one in (*issuers, *levels) if one.said != entry.title]
        told = self._joined(entry.said, *more, self._role(entry), self._below(entry))
        return [piece, *self._note(entry, title, told, day)]

    def product(self, entry: Entry) -> list[Find]:
        """Something made, with what its maker said of their part."""
        end = self._of(entry, "end", "on", "start")
        period = "" if end is None or end.exact else self._say(N_("Period: {period}"), period=end.said)
        texts = {
            "made_for": self._joined(entry.said, period, self._below(entry)),
            "own_part": entry.role,
        }
        day = self._past(end.first) if end else None
        title = self._title(entry)
        return self._long(entry, EvidenceKind.PRODUCT, title, texts, "made_for", (day, None))

    def files(self, entry: Entry, hrefs: Iterable[str]) -> list[Find]:
        """Files; a short description becomes their title, a long one a story beside them."""
        day = self._past(entry.published)
        told = self._joined(entry.said, self._tags(entry))
        found: list[Find] = []
        for href in hrefs:
            path = path_of(href)
            name = file_name(path, entry)
            title = entry.title or name
            if told and "\n" not in told and len(told) + len(title) + 3 <= MAX_TITLE:
                title, told = f"{told} ({title})", ""
            file = FoundFile(path, name)
            key, title = f"{entry.number}.{len(found)}", _cut(title, MAX_TITLE)
            found.append(Find(key, EvidenceKind.FILE, title, {}, day, file=file))
        return found + self._note(entry, found[0].title if found else entry.title, told, day)

    def page(self, entry: Entry, href: str) -> list[Find]:
        """A link to a page of the web."""
        texts = {"url": href, "shows": self._joined(entry.said, self._tags(entry))}
        day = self._past(entry.published)
        return self._long(entry, EvidenceKind.LINK, self._title(entry) or href, texts, "shows", (day, None))

    # What pieces are made of.

    def _find(
        self,
        entry: Entry,
        kind: EvidenceKind,
        title: str,
        texts: dict[str, str],
        days: tuple[date | None, date | None],
        file: FoundFile | None = None,
    ) -> Find:
        said = {name: text for name, text in texts.items() if text}
        return Find(str(entry.number), kind, _cut(title, MAX_TITLE), said, *days, file)

    def _long(
        self,
        entry: Entry,
        kind: EvidenceKind,
        title: str,
        texts: dict[str, str],
        field: str,
        days: tuple[date | None, date | None],
    ) -> list[Find]:
        """Make a piece with a long text; what is more than fits becomes a story beside it."""
        first, *rest = _split(texts[field]) or [""]
        file = self._file(entry) if kind is not EvidenceKind.LINK else None
        piece = self._find(entry, kind, title, {**texts, field: first}, days, file)
        return [piece, *self._note(entry, title, "\n\n".join(rest), days[0])]

    def _note(self, entry: Entry, title: str, told: str, day: date | None) -> list[Find]:
        name = self._say(N_("With: {title}"), title=title)
        return self._stories(entry, name, told, day, suffix="n") if told else []

    def _stories(
        self, entry: Entry, title: str, told: str, day: date | None, suffix: str = "t"
    ) -> list[Find]:
        """Make a story, or several where it is longer than a story can be."""
        if len(title) > MAX_TITLE:
            told = f"{title}\n\n{told}"
        parts = _split(told)
        return [
            Find(
                f"{entry.number}.{suffix}{number}",
                EvidenceKind.STORY,
                _cut(title, MAX_TITLE - 12) + (f" ({number}/{len(parts)})" if len(parts) > 1 else ""),
                {StarrField.SITUATION.value: part},
                day,
            )
            for number, part in enumerate(parts, start=1)
        ]

    def _title(self, entry: Entry) -> str:
        unnamed = entry.title.lower() in ("", entry.mahara) or entry.mahara == "internal"
        if unnamed and entry.mahara in FIELD_NAMES:
            return self._say(FIELD_NAMES[entry.mahara])
        if entry.title:
            return entry.title
        first = entry.said.split()[:_FIRST_WORDS]
        return " ".join(first) or self._say(N_("Without a title"))

    def _below(self, entry: Entry) -> str:
        """Return what stands below a text: the journal, what belongs to it, and its tags."""
        lines = []
        if journal := self.bonds.journal(entry):
            lines.append(self._say(N_("From the journal: {title}"), title=journal))
        files = [file.title for file in self.bonds.files(entry) if file.number not in self.bonds.taken]
        pages = [link.href for link in entry.links if is_web(link.href) and link.rel != "self"]
        if belongs := list(dict.fromkeys(filter(None, [*files, *pages]))):
            lines.append(self._say(N_("Belongs to it: {names}"), names=", ".join(belongs)))
        return "\n".join(filter(None, [*lines, self._tags(entry)]))

    def _tags(self, entry: Entry) -> str:
        return self._say(N_("Tags: {tags}"), tags=", ".join(entry.tags)) if entry.tags else ""

    def _role(self, entry: Entry) -> str:
        return self._say(N_("My part: {role}"), role=entry.role) if entry.role else ""

    def _task(self, task: Entry) -> str:
        facts = [self._say(N_("done"))] if task.done else []
        if target := self._of(task, "target", "end"):
            facts.append(self._say(N_("by {day}"), day=target.said))
        head = f"- {task.title}" + (f" ({', '.join(facts)})" if facts else "")
        return "\n  ".join([head, *filter(None, task.said.split("\n"))])

    def _file(self, entry: Entry) -> FoundFile | None:
        """Return the file that goes with a piece: its own, or the first that belongs to it."""
        for one in (entry, *self.bonds.files(entry)):
            hrefs = local_files(one)
            if hrefs and one.number not in self.bonds.taken:
                if one is not entry:
                    self.bonds.taken.add(one.number)
                return FoundFile(path_of(hrefs[0]), file_name(path_of(hrefs[0]), one))
        return None

    def _of(self, entry: Entry, *points: str) -> When | None:
        return next((entry.dates[point] for point in points if point in entry.dates), None)

    def _day(self, entry: Entry, *points: str) -> date | None:
        found = self._of(entry, *points)
        return self._past(found.first) if found else None

    def _past(self, day: date | None) -> date | None:
        return day if day is not None and day <= self.today else None

    def _joined(self, *parts: str) -> str:
        return "\n\n".join(dict.fromkeys(part for part in parts if part))

    def _say(self, message: str, **values: str) -> str:
        return say(self.language, message, **values)


def local_files(entry: Entry) -> list[str]:
    """Return where in the export the files of an entry are."""
    return [href for href in _hrefs(entry) if not is_outside(href)]


def outside_files(entry: Entry) -> list[str]:
    """Return what an entry calls its file and what is not in the export, apart from pages of the web."""
    return [href for href in _hrefs(entry) if is_outside(href)]


def _hrefs(entry: Entry) -> list[str]:
    found = [link.href for link in entry.links if link.rel == "enclosure"]
    return [href for href in dict.fromkeys([*found, entry.source]) if href and not is_web(href)]


def _period(start: When | None, end: When | None) -> str:
    return " – ".join(one.said for one in (start, end) if one)


def _short(text: str) -> str:
    return _cut(text, MAX_SHORT)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _split(text: str) -> list[str]:
    """Return a text in parts that each fit in a field, broken between paragraphs or words where it can."""
    parts = []
    while len(text) > MAX_TEXT:
        at = max(text.rfind("\n\n", MAX_TEXT // 2, MAX_TEXT), 0) or text.rfind(" ", MAX_TEXT // 2, MAX_TEXT)
        at = at if at > 0 else MAX_TEXT
        parts.append(text[:at].rstrip())
        text = text[at:].lstrip()
    return [*parts, text] if text else parts
