"""Light to heavy: a guided choice for a situation at hand, kept as a draft until a reflection comes of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from bekwaam.domain.faults import Fault
from bekwaam.domain.growth.lightest import (
    Chosen,
    Given,
    Says,
    Way,
    answered,
    back,
    chosen,
    may_answer,
    next_question,
    outline,
)
from bekwaam.domain.interventions.choosing import fitting_step, told_of
from bekwaam.domain.interventions.entries import Intervention
from bekwaam.domain.reflection.kinds import MAX_TEXT, ReflectionKind, Written
from bekwaam.frameworks.guide import Guide, Prompt
from bekwaam.services.drafts import drop_draft, load_draft, save_draft
from bekwaam.services.errors import Invalid, insist
from bekwaam.services.growth.intervention_lists import CONTINUUM, continuum
from bekwaam.services.interventions.reads import Shelf, read_shelf
from bekwaam.services.reflection.looking import insist_looked
from bekwaam.services.reflection.writing import keep
from bekwaam.store.models import Person, Reflection
from bekwaam.wording import N_

MOST_BESIDE: Final = 4
_FIELD: Final = "given"
_KEY: Final = f"guide:{CONTINUUM}"


@dataclass(frozen=True, slots=True)
class Walk:
    """Where somebody is: what is asked now (None when all was answered), and what came out (None so far)."""

    guide: Guide
    way: Way
    question: Prompt | None
    chosen: Chosen | None

    @property
    def yes_or_no(self) -> bool:
        """Tell whether what is asked now is answered by yes or no."""
        return self.question is not None and not self.question.starr

    @property
    def step(self) -> str:
        """Return the step that came out, or the one that is asked about now; empty where it is neither."""
        if self.chosen is not None:
            return self.chosen.step
        asked = self.question.code if self.question is not None else ""
        return asked if asked in {step.code for step in self.guide.steps} else ""

    def offered(self, shelf: Shelf) -> tuple[tuple[Intervention, ...], tuple[Intervention, ...]]:
        """Return the interventions at this step, and those that are lighter; none where there is no step."""
        return fitting_step(shelf.interventions, self.step, self.guide) if self.step else ((), ())


def walk_of(person: Person) -> Walk:
    """Return where somebody is in the choice. One query."""
    guide = continuum()
    way = _way(person)
    return Walk(guide, way, next_question(guide, way), chosen(guide, way))


def answer(actor: Person, given: Given, *, looked: bool = False) -> None:
    """Keep an answer to what is asked now. Raises Invalid or Refused; nothing is then kept."""
    walk = walk_of(actor)
    if len(given.text) > MAX_TEXT:
        too_long = N_("This is too long: 5,000 characters is the most.")
        raise Invalid((Fault("text", "too_long", too_long),))
    insist(may_answer(walk.guide, walk.way, given))
    insist_looked([given.text], looked=looked)
    _keep(actor, answered(walk.guide, walk.way, given))


def step_back(actor: Person) -> Given | None:
    """Take the last answer back, and return it so that it can be answered again."""
    way = _way(actor)
    _keep(actor, back(way))
    return way.given[-1] if way.given else None


def begin_anew(actor: Person) -> None:
    """Throw away what was answered."""
    drop_draft(actor, _KEY)


@transaction.atomic
def finish(actor: Person, title: str, language: str, picked: Sequence[str] = ()) -> Reflection:
    """Make a reflection of a choice that came to its end, for its owner to go on with.

    ``picked`` are the interventions that were laid beside it, by reference. Raises Invalid without a title,
    while something is still asked, and where what was picked was not offered.
    """
    walk = walk_of(actor)
    if walk.question is not None:
        raise Invalid((Fault("title", "still_asked", N_("Answer all questions first.")),))
    if not title.strip() or len(title) > 200:
        raise Invalid((Fault("title", "empty", N_("Give it a title, so that you find it again.")),))
    insist_looked([title], looked=False)
    beside = [told_of(one, walk.guide, language) for one in _picked(actor, walk, picked)]
    story = outline(walk.guide, walk.way, language, beside)
    texts = {part.value: text for part, text in story.items()}
    row = keep(actor, Written(ReflectionKind.LIGHTEST, title, texts))
    drop_draft(actor, _KEY)
    return row


def _picked(actor: Person, walk: Walk, picked: Sequence[str]) -> tuple[Intervention, ...]:
    """Return what was laid beside a choice. Raises Invalid for what is not offered at its step."""
    if not picked:
        return ()
    here, lighter = walk.offered(read_shelf(actor))
    offered = {one.ref: one for one in (*here, *lighter)}
    wanted = list(dict.fromkeys(picked))
    if not offered.keys() >= set(wanted):
        gone = N_("One of these is no longer in the list of your organisation. Choose again.")
        raise Invalid((Fault("picked", "gone", gone),))
    if len(wanted) > MOST_BESIDE:
        many = N_("Four is the most that you lay beside it. Leave some out.")
        raise Invalid((Fault("picked", "many", many),))
    return tuple(offered[ref] for ref in wanted)


def _way(person: Person) -> Way:
    kept = (load_draft(person, _KEY) or {}).get(_FIELD, [])
    found = [json.loads(one) for one in kept]
    return Way(
        tuple(Given(one["code"], one["text"], Says(one["says"]) if one["says"] else None) for one in found)
    )


def _keep(person: Person, way: Way) -> None:
    given = [json.dumps({"code": one.code, "text": one.text, "says": one.says}) for one in way.given]
    save_draft(person, _KEY, {_FIELD: given})
