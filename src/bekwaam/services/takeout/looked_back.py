"""What somebody looked back on as a document has it: reflections, and deliberations as they may read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bekwaam.domain.deliberation.answers import Options
from bekwaam.domain.deliberation.asking import Step
from bekwaam.domain.deliberation.plain import from_plain
from bekwaam.domain.deliberation.telling import lines_of
from bekwaam.services.reflection.state import dilemmas, went_along
from bekwaam.store.models import (
    Conclusion,
    Contribution,
    Deliberation,
    DeliberationSeat,
    Person,
    Reflection,
    SharedStep,
)
from bekwaam.store.models.shared import moment


def looked_back(person: Person, language: str) -> dict[str, Any]:
    """Return both parts of the document; a part that there is nothing of is left out.

    Two queries, and three more for who sat at any deliberation.
    """
    found = {"reflections": _reflections(person), "deliberations": _deliberations(person, language)}
    return {part: rows for part, rows in found.items() if rows}


def _reflections(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "ref": row.ref,
            "kind": row.kind,
            "title": row.title,
            "texts": row.texts,
            "dated_on": row.dated_on.isoformat() if row.dated_on else None,
            "written_at": moment(row.written_at),
            "changed_at": moment(row.changed_at),
        }
        for row in Reflection.objects.filter(owner=person).order_by("written_at", "pk")
    ]


def _deliberations(person: Person, language: str) -> list[dict[str, Any]]:
    seats = DeliberationSeat.objects.filter(person=person, joined_at__isnull=False)
    rows = list(seats.select_related("deliberation__host").order_by("joined_at", "pk"))
    if not rows:
        return []
    tables = [row.deliberation_id for row in rows]
    said = _by_table(Contribution.objects.filter(deliberation__in=tables).select_related("seat"))
    shared = _by_table(SharedStep.objects.filter(deliberation__in=tables))
    concluded = _by_table(Conclusion.objects.filter(deliberation__in=tables))
    return [
        _deliberation(
            row,
            said[row.deliberation_id],
            {(one.step, one.round): one.shared_at for one in shared[row.deliberation_id]},
            _concluded(concluded[row.deliberation_id], language) if row.left_at is None else [],
        )
        for row in rows
    ]


def _by_table(rows: Iterable[Any]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.deliberation_id].append(row)
    return found


def _deliberation(
    seat: DeliberationSeat,
    said: Sequence[Contribution],
    shared: Mapping[tuple[str, int], datetime],
    concluded: list[dict[str, Any]],
) -> dict[str, Any]:
    row: Deliberation = seat.deliberation
    last: dict[tuple[Any, ...], int] = {}
    for one in said:
        if not one.added:
            last[(one.seat_id, one.step, one.round)] = one.pk
    counts = set(last.values())
    return {
        "ref": row.ref,
        "title": row.title,
        "host": row.host.name,
        "phase": row.phase,
        "started_at": moment(row.started_at),
        "look_back_on": row.look_back_on.isoformat() if row.look_back_on else None,
        "concluded": concluded,
        "said": [_said(one, seat) for one in said if _may_read(one, seat, shared, counts)],
    }


def _may_read(
    one: Contribution,
    seat: DeliberationSeat,
    shared: Mapping[tuple[str, int], datetime],
    counts: set[int],
) -> bool:
    """Tell whether somebody may read a contribution: all that is theirs, and what was shared while there."""
    if one.seat_id == seat.pk:
        return True
    seen = one.added or (one.pk in counts and (one.step, one.round) in shared)
    return seen and seat.left_at is None and not went_along(one, one.seat, shared)


def _said(one: Contribution, seat: DeliberationSeat) -> dict[str, Any]:
    return {
        "step": one.step,
        "round": one.round,
        "name": one.seat.name,
        "own": one.seat_id == seat.pk,
        "added": one.added,
        "written_at": moment(one.written_at),
        "text": one.text,
    }


def _concluded(rows: Sequence[Conclusion], language: str) -> list[dict[str, Any]]:
    found, options = [], None
    for row in rows:
        answer = from_plain(Step(row.step), row.answer)
        options = answer if isinstance(answer, Options) else options
        found.append(
            {
                "step": row.step,
                "round": row.round,
                "concluded_at": moment(row.concluded_at),
                "lines": list(lines_of(answer, options, dilemmas(), language)),
            }
        )
    return found
