"""A spreadsheet for a draft: read, kept beside it with its report, and taken over as far as it is good."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Protocol

from django.db import transaction

from bekwaam.domain.faults import Fault
from bekwaam.frameworks import faults as reading
from bekwaam.frameworks.document import from_document, to_document
from bekwaam.frameworks.editing.merging import Added, added, replaced
from bekwaam.frameworks.editing.refusal import Edited
from bekwaam.frameworks.exchange.workbook import read_workbook
from bekwaam.frameworks.model import Framework
from bekwaam.services.errors import Invalid
from bekwaam.services.frameworks.drafts import keep_waiting, start_draft, take_over
from bekwaam.services.frameworks.own import DraftHead, waiting_of
from bekwaam.store.models import FrameworkDraft, Person, Provider
from bekwaam.wording import N_

MAX_BYTES: Final = 20 * 1024 * 1024
# More than this nobody reads; the number of them all is said.
MOST_LINES: Final = 2_000


class Upload(Protocol):
    """A file as it was received."""

    name: Any
    size: Any

    def read(self) -> bytes:
        """Return its content."""
        ...


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a report, in both languages: where it is, what it is about, and what is the matter."""

    place: str
    item: str
    nl: str
    en: str

    def text(self, language: str) -> str:
        """Return the sentence in ``language``."""
        return self.en if language == "en" else self.nl


@dataclass(frozen=True, slots=True)
class Waiting:
    """What was read from a spreadsheet: the good rows, and the report. Only the first lines are kept."""

    name: str
    framework: Framework | None
    faults: tuple[Line, ...]
    repairs: tuple[Line, ...]
    faults_in_all: int
    repairs_in_all: int

    @property
    def kind(self) -> str:
        """Return what the spreadsheet says it is: standard, framework or module; empty where it does not."""
        return self.framework.kind if self.framework else ""


def read_upload(upload: Upload) -> Waiting:
    """Return what is in a spreadsheet. Raises Invalid where nothing can be made of it.

    A file that is too large is not read at all.
    """
    name = str(upload.name or "")
    if int(upload.size or 0) > MAX_BYTES:
        message = N_("{name} is {size} MB. A spreadsheet can be {limit} MB at most.")
        values = {"name": name, "size": -(-int(upload.size) // 1024**2), "limit": MAX_BYTES // 1024**2}
        raise Invalid((Fault("file", "too_large", message, values),))
    found = read_workbook(upload.read(), name)
    if found.framework is None:
        raise Invalid(tuple(Fault("file", one.reason, one.message, one.values) for one in found.faults[:5]))
    odd = {one.item for one in found.faults if one.reason == "unknown_kind"}
    items = tuple(item for item in found.framework.items if item.code not in odd)
    return Waiting(
        name=name,
        framework=replace(found.framework, items=items),
        faults=tuple(map(_line, found.faults[:MOST_LINES])),
        repairs=tuple(map(_line, found.repairs[:MOST_LINES])),
        faults_in_all=len(found.faults),
        repairs_in_all=len(found.repairs),
    )


def keep_upload(actor: Person, ref: str, waiting: Waiting) -> None:
    """Keep what was read beside a draft, in the place of what waited there. The draft stays as it is."""
    keep_waiting(actor, ref, _written(waiting))


@transaction.atomic
def start_from_upload(actor: Person, provider: Provider, begun: Edited, waiting: Waiting) -> FrameworkDraft:
    """Start a draft with what was read waiting beside it."""
    draft = start_draft(actor, provider, begun)
    keep_waiting(actor, draft.ref, _written(waiting))
    return draft


def waiting_for(head: DraftHead) -> Waiting | None:
    """Return what waits to be taken over, as far as it can be used; None where nothing does. One query."""
    kept = waiting_of(head)
    return _read(kept) if kept else None


def without_place(held: Framework, waiting: Waiting) -> tuple[str, ...]:
    """Return the codes of rows that find no place yet: not good themselves, or what they lie in is not.

    ``held`` is what is in the draft: what is there already can be lain in.
    """
    if waiting.framework is None:
        return ()
    if held.items:
        return added(held, waiting.framework).left_out
    whole = replaced(held, waiting.framework).by_code
    return tuple(item.code for item in waiting.framework.items if item.code not in whole)


def take_over_waiting(actor: Person, ref: str, *, add: bool) -> Added:
    """Take over the good rows: in the place of what is in the draft, or added to it."""
    outcome: list[Added] = []

    def edit(held: Framework, kept: dict[str, Any]) -> Framework:
        found = _read(kept).framework
        if found is None:  # pragma: no cover - nothing of the kind is ever kept
            return held
        if add:
            outcome.append(added(held, found))
        else:
            whole = replaced(held, found)
            lost = tuple(item.code for item in found.items if item.code not in whole.by_code)
            outcome.append(Added(whole, len(whole.items), 0, lost))
        return outcome[-1].framework

    take_over(actor, ref, edit)
    return outcome[-1]


def _line(fault: reading.Fault) -> Line:
    return Line(fault.cell or fault.place, fault.item, fault.text("nl"), fault.text("en"))


def _written(waiting: Waiting) -> dict[str, Any]:
    return {
        "name": waiting.name,
        "document": to_document(waiting.framework) if waiting.framework else None,
        "faults": [asdict(line) for line in waiting.faults],
        "repairs": [asdict(line) for line in waiting.repairs],
        "faults_in_all": waiting.faults_in_all,
        "repairs_in_all": waiting.repairs_in_all,
    }


def _read(kept: dict[str, Any]) -> Waiting:
    document = kept["document"]
    return Waiting(
        name=kept["name"],
        framework=from_document(document) if document else None,
        faults=tuple(Line(**line) for line in kept["faults"]),
        repairs=tuple(Line(**line) for line in kept["repairs"]),
        faults_in_all=kept["faults_in_all"],
        repairs_in_all=kept["repairs_in_all"],
    )
