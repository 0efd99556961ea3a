"""What the members of a team know, as far as they share it; never where they find it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bekwaam.domain.growth.knowledge import Note
from bekwaam.domain.teams.knowledge import Knower
from bekwaam.domain.teams.members import Share
from bekwaam.services.growth.knowledge_reads import newest_rows, note
from bekwaam.services.teams.reads import Place


def knowers_for(places: Iterable[Place], standard: int) -> tuple[Knower, ...]:
    """Return the members of a team with what they share of what they know on a version. One query."""
    joined = [place for place in places if place.person is not None]
    sharing = {place.person for place in joined if Share.KNOWLEDGE in place.shares}
    found = _notes(sharing, standard)
    return tuple(
        Knower(one.ref, found.get(one.person or 0, {}) if one.person in sharing else None) for one in joined
    )


def _notes(people: Iterable[int | None], standard: int) -> Mapping[int, Mapping[str, Note]]:
    rows = newest_rows(list(people)).filter(standard=standard)
    found: dict[int, dict[str, Note]] = {}
    for owner, code, known, day in rows.values_list("owner", "code", "known", "review_on"):
        found.setdefault(owner, {})[code] = note(known, day)
    return found
