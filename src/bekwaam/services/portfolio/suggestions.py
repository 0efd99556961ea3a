"""From what somebody wrote to the competences it may show: a help to sort one's own portfolio.

Suggestions are for the writer alone. They are made anew each time and stand nowhere; assessors and guides
never see them (design, principle 1). What is taken over becomes a tie like any other.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from bekwaam.domain.portfolio.kinds import KINDS, FieldForm
from bekwaam.domain.portfolio.suggesting.suggest import Matcher
from bekwaam.frameworks.library import builtin_word_list, word_list_ids
from bekwaam.services import clock
from bekwaam.services.errors import NotFound
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.services.portfolio.evidence import evidence_at, tie_evidence
from bekwaam.services.portfolio.place import Place, insist_may_write
from bekwaam.services.portfolio.reads import Piece
from bekwaam.store.models import Person, WavedAway

# More are looked at than are shown, since some of the first are tied or waved away already.
_LOOKED_AT = 12
MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Suggested:
    """A competence that a piece may show, with the words of the writer that led there."""

    code: str
    words: tuple[str, ...]


def suggestions(place: Place, found: Piece, units: Collection[str]) -> tuple[Suggested, ...]:
    """Return what an open piece may show among ``units``, the best first; five at the most.

    What it is tied to already or what was waved away is left out; nothing where the framework has no list
    of words. At most one query. For its writer only: whoever calls this knows who is looking.
    """
    if place.standard.identifier not in word_list_ids():
        return ()
    away = WavedAway.objects.filter(evidence__ref=found.head.ref, standard=place.standard_id)
    wanted = set(units) - set(found.head.ties) - set(away.values_list("code", flat=True))
    best = _matcher(place.standard.identifier).suggest(_told(found), _LOOKED_AT)
    return tuple(Suggested(one.code, one.words) for one in best if one.code in wanted)[:MOST_SHOWN]


def take_suggestion(actor: Person, place: Place, ref: str, code: str) -> None:
    """Tie a piece to a suggested competence; the why can be written later. NotFound for an unknown code."""
    if code not in framework_of(place.standard).by_code:
        raise NotFound
    tie_evidence(actor, place, ref, code)


def wave_away(actor: Person, place: Place, ref: str, code: str) -> None:
    """Do not suggest a competence for a piece again. Twice changes nothing."""
    insist_may_write(actor, place)
    piece = evidence_at(actor, place).filter(ref=ref).first()
    if piece is None or code not in framework_of(place.standard).by_code:
        raise NotFound
    WavedAway.objects.get_or_create(
        evidence=piece, standard=place.standard, code=code, defaults={"waved_at": clock.now()}
    )


def prepare_suggestions() -> None:
    """Make the lists of words ready, for a server to call when it starts: nobody waits for it then."""
    for identifier in word_list_ids():
        _matcher(identifier)


def _told(found: Piece) -> str:
    """Return what the writer tells in a piece: its title and its long texts, a paragraph each."""
    long = [f.name for f in KINDS[found.head.kind].fields if f.form is FieldForm.LONG]
    texts = (found.head.title, *(found.texts.get(name, "") for name in long))
    return "\n\n".join(text for text in texts if text)


@lru_cache(maxsize=4)
def _matcher(identifier: str) -> Matcher:
    """Return the matcher of a standard, made once for this process (about a second)."""
    return Matcher(builtin_word_list(identifier))
