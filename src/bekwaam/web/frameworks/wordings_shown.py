"""Puts an organisation's own words into the values that the pages show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bekwaam.frameworks.model import Framework
from bekwaam.frameworks.worded import WordingTexts, slots_by_code
from bekwaam.services.frameworks.reads import VersionHead
from bekwaam.services.frameworks.words import WordingHead
from bekwaam.web.frameworks.presenting import plural, sort_name
from bekwaam.web.shared.case import language


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version in the list; ``head`` is what is loaded over it, None where it is ours."""

    title: str
    version: str
    sort: str
    url: str
    head: WordingHead | None


@dataclass(frozen=True, slots=True)
class Beside:
    """One text of theirs beside ours; ``part`` says what it is, in words."""

    code: str
    kind: str
    part: str
    language: str
    ours: str
    theirs: str

    @property
    def same(self) -> bool:
        """Tell whether the two say the same."""
        return self.ours == self.theirs


def versions_shown(
    heads: tuple[VersionHead, ...], loaded: Mapping[tuple[str, str], WordingHead], ref: str
) -> list[VersionLine]:
    """Return every version for the list of a provider: what has words of its own first, then standards."""
    rank = {"standard": 0, "framework": 1}
    ranked = sorted(heads, key=lambda head: (rank.get(head.kind, 2), head.title[language()].casefold()))
    lines = [
        VersionLine(
            title=head.title[language()],
            version=head.version,
            sort=sort_name(head.kind),
            url=reverse("frameworks:wording", args=[ref, head.identifier, head.version]),
            head=loaded.get((head.identifier, head.version)),
        )
        for head in ranked
    ]
    return sorted(lines, key=lambda line: line.head is None)


def side_by_side(ours: Framework, texts: WordingTexts) -> list[Beside]:
    """Return the texts of theirs that have a place, each beside ours, in the order of the framework."""
    parts = {"title": _("title"), "text": _("text")}
    return [
        Beside(
            code=code,
            kind=_("Stages") if slot.kind == "stage" else plural(slot.kind),
            part=parts[part],
            language=spoken,
            ours=own[spoken],
            theirs=theirs,
        )
        for code, slot in slots_by_code(ours).items()
        for part, given in texts.by_code.get(code, {}).items()
        if (own := slot.part(part)) is not None
        for spoken, theirs in given.items()
    ]


def languages_said(numbers: Mapping[str, int]) -> str:
    """Return how many texts there are in each language, in words; languages without any left out."""
    names = {"nl": _("in Dutch"), "en": _("in English")}
    said = [
        ngettext("%(number)s text %(language)s", "%(number)s texts %(language)s", number)
        % {"number": number, "language": names[spoken]}
        for spoken, number in numbers.items()
        if number
    ]
    return ", ".join(said)
