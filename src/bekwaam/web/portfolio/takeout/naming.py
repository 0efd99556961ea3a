"""Names for what a package's document has in codes; what is not known here keeps its code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from bekwaam.domain.growth.rating import NO_STAGE, STEP_NAMES, Step
from bekwaam.domain.takeout.document import FrameworkKey, framework_key
from bekwaam.frameworks.library import load_builtin
from bekwaam.frameworks.model import Framework
from bekwaam.services.portfolio.contexts import SETTINGS_PACK, named_contexts

translated: Callable[[str], str] = _


@dataclass(frozen=True, slots=True)
class Coded:
    """A code with its name; the name is empty where it is not known."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Names:
    """The frameworks that are known here and the titles of all, in one language."""

    known: Mapping[FrameworkKey, Framework]
    titles: Mapping[FrameworkKey, str]
    language: str

    def framework(self, found: Mapping[str, str] | None) -> Framework | None:
        """Return a framework that is known here."""
        return self.known.get(framework_key(found)) if found else None

    def title(self, found: Mapping[str, str]) -> str:
        """Return what a framework version is called."""
        key = framework_key(found)
        return f"{self.titles.get(key, key.identifier)} ({key.version})"

    def item(self, found: Mapping[str, str] | None, code: str) -> Coded:
        """Return an item of a framework by its name."""
        framework = self.framework(found)
        item = framework.by_code.get(code) if framework else None
        return Coded(code, item.name(self.language) if item else "")

    def stage(self, found: Mapping[str, str] | None, code: str | None) -> str:
        """Return a stage, or another answer about oneself, in words."""
        if not code:
            return _("not shown")
        if code == NO_STAGE:
            return _("not yet")
        if code in list(Step):
            return translated(STEP_NAMES[Step(code)])
        framework = self.framework(found)
        stage = framework.stage_by_code.get(code) if framework else None
        return stage.title[self.language] if stage else code

    def situation(self, contexts: Mapping[str, str]) -> list[str]:
        """Return what was chosen of where and with whom, by name."""
        framework = next(iter(self.known.values()), None) or load_builtin(SETTINGS_PACK)
        return named_contexts(framework, contexts, self.language)


def names_of(document: Mapping[str, Any], known: Mapping[FrameworkKey, Framework], language: str) -> Names:
    """Return the names that a document needs."""
    titles = {
        FrameworkKey(one["identifier"], one["version"]): one["title"][language]
        for one in document["frameworks"]
    }
    return Names(known, titles, language)


def worded(names: Mapping[Any, str], code: str) -> str:
    """Return the sentence of a code from a table of names; a code that is not in it stands as it is."""
    return next((translated(name) for known, name in names.items() if str(known) == code), code)


def day(text: str | None) -> date | None:
    """Return a day of the document."""
    return date.fromisoformat(text) if text else None


def moment(text: str | None) -> datetime | None:
    """Return a moment of the document."""
    return datetime.fromisoformat(text) if text else None
