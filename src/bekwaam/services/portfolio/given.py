"""What somebody fills in for a piece of evidence, checked as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bekwaam.domain.faults import Fault
from bekwaam.domain.portfolio.contexts import check_contexts
from bekwaam.domain.portfolio.evidence import MAX_CONTEXT, MAX_WHY, check_dates, check_evidence, tidied
from bekwaam.domain.portfolio.kinds import KINDS, EvidenceKind, FileRule
from bekwaam.frameworks.model import Framework
from bekwaam.services import clock
from bekwaam.services.errors import Invalid
from bekwaam.services.portfolio.contexts import context_choices
from bekwaam.wording import N_


@dataclass(frozen=True, slots=True)
class EvidenceInput:
    """What is filled in for one piece.

    ``story`` has the parts of a story, ``details`` the fields of every other kind; ``contexts`` maps
    dimensions to choices, ``ties`` item codes to why (may be empty).
    """

    kind: EvidenceKind
    title: str
    dated_on: date | None = None
    until: date | None = None
    context: str = ""
    contexts: Mapping[str, str] = field(default_factory=dict)
    story: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)
    ties: Mapping[str, str] = field(default_factory=dict)

    @property
    def texts(self) -> Mapping[str, str]:
        """Return what is written in the fields of its kind."""
        return self.story if self.kind is EvidenceKind.STORY else self.details

    def columns(self) -> dict[str, Any]:
        """Return the columns that it fills."""
        texts = tidied(self.kind, self.texts)
        told = self.kind is EvidenceKind.STORY
        return {
            "title": self.title.strip(),
            "dated_on": self.dated_on,
            "until": self.until if KINDS[self.kind].spans else None,
            "context": self.context.strip(),
            "contexts": {name: code for name, code in self.contexts.items() if code},
            "story": texts if told else {},
            "details": {} if told else texts,
        }


def insist_sound(framework: Framework, given: EvidenceInput, *, has_file: bool, gets_file: bool) -> None:
    """Raise Invalid with everything that is wrong with ``given``.

    ``has_file`` says that it will have a file, ``gets_file`` that one comes along with it.
    """
    faults = list(check_evidence(given.kind, given.title, given.texts, has_file=has_file))
    if gets_file and KINDS[given.kind].file is FileRule.NONE:
        faults.append(Fault("file", "no_file", N_("No file goes with this kind of evidence.")))
    faults += check_dates(given.kind, given.dated_on, given.until, clock.today())
    faults += check_contexts(given.contexts, context_choices(framework, "en"))
    if any(code not in framework.by_code for code in given.ties):
        faults.append(Fault("ties", "unknown", N_("Choose from the competences in the list.")))
    if any(len(why) > MAX_WHY for why in given.ties.values()):
        faults.append(Fault("ties", "too_long", N_("Say why in a sentence: 1,000 characters is the most.")))
    if len(given.context) > MAX_CONTEXT:
        faults.append(Fault("context", "too_long", N_("This is too long: 300 characters is the most.")))
    if faults:
        raise Invalid(tuple(faults))
