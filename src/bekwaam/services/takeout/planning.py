"""What of a package would come in, what is here already, and what can only be carried along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bekwaam.domain.faults import Fault
from bekwaam.domain.growth.rating import is_value
from bekwaam.domain.portfolio.kinds import KINDS, EvidenceKind, FileRule
from bekwaam.domain.takeout.document import (
    LOOKED_BACK,
    FrameworkKey,
    entry_print,
    framework_key,
    frameworks_in,
    others_of,
    piece_print,
    round_print,
    says_something,
)
from bekwaam.frameworks.model import Framework
from bekwaam.services.frameworks.versions import frameworks_of
from bekwaam.services.takeout.knowledge_side import KNOWLEDGE, KnowledgeIn, knowledge_in
from bekwaam.services.takeout.opening import CheckedFile
from bekwaam.services.takeout.own_side import framework_plain
from bekwaam.services.takeout.plan_side import PART, PlanIn, plan_in
from bekwaam.store.models import (
    BroughtIn,
    DeliberationSeat,
    Evidence,
    EvidenceVersion,
    FeedbackRequest,
    FrameworkVersion,
    Person,
    Procedure,
    Reflection,
    SelfRound,
)
from bekwaam.store.models.shared import moment
from bekwaam.wording import N_

NEEDS_FILE = N_("Its file is not there, and this kind of evidence is nothing without.")


@dataclass(frozen=True, slots=True)
class Here:
    """The framework versions of a package that are known on this site."""

    rows: Mapping[FrameworkKey, FrameworkVersion]
    read: Mapping[FrameworkKey, Framework]

    def places(self, found: Mapping[str, Any]) -> FrameworkVersion | None:
        """Return the version that a tie can be made to here: it is known, and has the code."""
        key = framework_key(found["framework"])
        return self.rows[key] if key in self.rows and found["code"] in self.read[key].by_code else None


@dataclass(frozen=True, slots=True)
class Plan:
    """What would come in. Pieces and rounds are those of the document; titles tell the rest.

    ``unknown`` and ``differing`` name framework versions that are not known here, or not with this content.
    """

    here: Here
    pieces: tuple[dict[str, Any], ...]
    known: tuple[str, ...]
    left_out: tuple[tuple[str, Fault], ...]
    goals: PlanIn
    knowledge: KnowledgeIn
    rounds: tuple[dict[str, Any], ...]
    known_rounds: int
    carried_rounds: tuple[dict[str, Any], ...]
    carried_portfolios: tuple[dict[str, Any], ...]
    entries: tuple[dict[str, Any], ...]
    unknown: tuple[dict[str, Any], ...]
    differing: tuple[dict[str, Any], ...]
    file_faults: tuple[Fault, ...]

    @property
    def portfolios(self) -> int:
        """Return how many framework versions the evidence would be laid beside here."""
        return len(self.here.rows)

    @property
    def unplaced(self) -> int:
        """Return how many ties cannot be made here."""
        return sum(not self.here.places(tie) for piece in self.pieces for tie in piece["ties"])

    @property
    def files(self) -> int:
        """Return how many pieces bring a file."""
        return sum(_has_file(piece) for piece in self.pieces)

    @property
    def nothing(self) -> bool:
        """Whether all of it is here already."""
        return not (
            self.pieces
            or self.rounds
            or self.goals.goals
            or self.goals.carried
            or self.goals.agreements
            or self.knowledge.notes
            or self.knowledge.carried
            or self.carried_rounds
            or self.carried_portfolios
            or self.entries
        )


def _has_file(piece: Mapping[str, Any]) -> bool:
    return piece["file"] is not None and piece["file"]["path"] is not None


@dataclass(slots=True)
class _There:
    """What somebody has already: pieces by their hash (with every earlier text), and their references."""

    pieces: set[str] = field(default_factory=set)
    refs: set[str] = field(default_factory=set)
    rounds: set[str] = field(default_factory=set)
    open_rounds: set[FrameworkKey] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    entries: set[str] = field(default_factory=set)
    portfolios: set[FrameworkKey] = field(default_factory=set)


def plan(person: Person, document: Mapping[str, Any], files: Mapping[str, CheckedFile]) -> Plan:
    """Return what would come in for somebody. Thirteen queries, and one for frameworks not read before."""
    own = [document[part] for part in ("portfolios", "evidence", "self_assessment")]
    own += [document.get(part, ()) for part in (PART, KNOWLEDGE)]
    here, there = frameworks_here(own), _there(person)
    listed = {FrameworkKey(one["identifier"], one["version"]): one for one in document["frameworks"]}
    unknown = [one for key, one in listed.items() if key not in here.rows]
    differing = [
        one for key, one in listed.items() if key in here.rows and here.rows[key].sha256 != one["sha256"]
    ]
    pieces, known, left_out = _pieces(document, files, there)
    rounds, known_rounds, carried = _rounds(document, here, there)
    return Plan(
        goals=plan_in(person, document, here.read),
        knowledge=knowledge_in(person, document, here.read),
        here=here,
        pieces=tuple(pieces),
        known=tuple(known),
        left_out=tuple(left_out),
        rounds=tuple(rounds),
        known_rounds=known_rounds,
        carried_rounds=tuple(carried),
        carried_portfolios=tuple(
            one
            for one in document["portfolios"]
            if framework_key(one["framework"]) not in here.rows.keys() | there.portfolios
        ),
        entries=tuple(_entries(document, there)),
        unknown=tuple(unknown),
        differing=tuple(differing),
        file_faults=tuple(file.fault for file in files.values() if file.fault),
    )


def frameworks_here(parts: Sequence[Any]) -> Here:
    """Return the versions that parts of a document name and that are known here. At most two queries."""
    wanted = set(frameworks_in(list(parts)))
    found = FrameworkVersion.objects.filter(identifier__in={key.identifier for key in wanted}).defer(
        "document"
    )
    rows = {key: row for row in found if (key := FrameworkKey(row.identifier, row.version)) in wanted}
    read = frameworks_of((row.pk, row.sha256) for row in rows.values())
    return Here(rows, {key: read[row.pk] for key, row in rows.items()})


def _there(person: Person) -> _There:
    there = _There()
    files: dict[int, tuple[str, str | None]] = {}
    for row in Evidence.objects.filter(owner=person).select_related("file"):
        files[row.pk] = (row.kind, row.file.sha256 if row.file else None)
        there.pieces.add(piece_print(row.kind, row.texts(), files[row.pk][1]))
        there.refs.add(row.ref)
    for version in EvidenceVersion.objects.filter(evidence__owner=person):
        kind, file = files[version.evidence_id]
        there.pieces.add(piece_print(kind, version.texts, file))
    rounds = SelfRound.objects.filter(owner=person).select_related("standard").prefetch_related("ratings")
    for one in rounds.defer("standard__document"):
        framework = framework_plain(one.standard)
        if one.finished_at is None:
            there.open_rounds.add(framework_key(framework))
        there.rounds.add(round_print(_round_plain(one, framework)))
    requests = FeedbackRequest.objects.filter(owner=person).order_by().values_list("ref")
    mine = Procedure.objects.filter(candidate=person).order_by().values_list("ref")
    reflections = Reflection.objects.filter(owner=person).order_by().values_list("ref")
    seats = DeliberationSeat.objects.filter(person=person).order_by().values_list("deliberation__ref")
    there.others = {ref for (ref,) in requests.union(mine, reflections, seats)}
    for brought in BroughtIn.objects.filter(owner=person):
        there.entries |= {entry_print(entry) for entry in brought.rest.get("entries", ())}
        there.rounds |= {round_print(found) for found in brought.rest.get("self_assessment", ())}
        there.portfolios |= {framework_key(one["framework"]) for one in brought.rest.get("portfolios", ())}
    return there


def _round_plain(row: SelfRound, framework: Mapping[str, str]) -> dict[str, Any]:
    return {
        "framework": framework,
        "started_at": moment(row.started_at),
        "finished_at": moment(row.finished_at),
        "reflection": row.reflection,
        "ratings": [{"code": r.code, "value": r.value, "note": r.note} for r in row.ratings.all()],
    }


def _pieces(
    document: Mapping[str, Any], files: Mapping[str, CheckedFile], there: _There
) -> tuple[list[dict[str, Any]], list[str], list[tuple[str, Fault]]]:
    new: list[dict[str, Any]] = []
    known: list[str] = []
    left_out: list[tuple[str, Fault]] = []
    for piece in document["evidence"]:
        file = files.get(piece["file"]["path"]) if piece["file"] else None
        if file is not None and file.fault is not None:
            file = None
        kept = file.kept_sha256 if file else None
        if piece_print(piece["kind"], piece, kept) in there.pieces:
            known.append(piece["title"])
        elif file is None and KINDS[EvidenceKind(piece["kind"])].file is FileRule.NEEDED:
            left_out.append((piece["title"], Fault("file", "needs_file", NEEDS_FILE)))
        else:
            new.append({**piece, "file": dict(file.mention) if file else None})
    return new, known, left_out


def _rounds(
    document: Mapping[str, Any], here: Here, there: _There
) -> tuple[list[dict[str, Any]], int, list[dict[str, Any]]]:
    """Return the rounds that can come in, how many are here, and those that can only be carried along.

    That is a round on a version that is not known here, one with answers that this version does not have, and
    one that is open while another one on the same version is open here.
    """
    new: list[dict[str, Any]] = []
    carried: list[dict[str, Any]] = []
    known, taken = 0, set(there.open_rounds)
    for found in document["self_assessment"]:
        key = framework_key(found["framework"])
        if round_print(found) in there.rounds:
            known += 1
        elif (
            key not in here.rows
            or not _fits(here.read[key], found["ratings"])
            or (found["finished_at"] is None and key in taken)
        ):
            carried.append(found)
        else:
            new.append(found)
            taken |= {key} if found["finished_at"] is None else set()
    return new, known, carried


def _fits(framework: Framework, ratings: Iterable[Mapping[str, str]]) -> bool:
    return all(
        one["code"] in framework.by_code and is_value(framework, framework.by_code[one["code"]], one["value"])
        for one in ratings
    )


def _entries(document: Mapping[str, Any], there: _There) -> list[dict[str, Any]]:
    """Return what of others can only be carried along: not what is here as it is, nor what came before."""
    at_home = any(piece["ref"] in there.refs for piece in document["evidence"])
    found = []
    for entry in others_of(document):
        kept = {
            **entry,
            "feedback": [one for one in entry["feedback"] if one["ref"] not in there.others],
            "procedures": [one for one in entry["procedures"] if one["ref"] not in there.others],
            "unfinished": [] if at_home else entry["unfinished"],
        }
        for part in LOOKED_BACK:
            kept[part] = [one for one in entry.get(part, ()) if one["ref"] not in there.others]
            if not kept[part]:
                del kept[part]
        if says_something(kept) and entry_print(kept) not in there.entries:
            found.append(kept)
    return found
