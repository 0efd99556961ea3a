"""What becomes of a reflection when a story is begun with it."""

from __future__ import annotations

import pytest

from bekwaam.domain.deliberation.asking import Step
from bekwaam.domain.deliberation.telling import story_of as story_of_deliberation
from bekwaam.domain.portfolio.kinds import KINDS, EvidenceKind, StarrField
from bekwaam.domain.reflection.kinds import SPECS, ReflectionKind, Written, story_of


@pytest.mark.parametrize("kind", ReflectionKind)
def test_every_answer_of_every_kind_stands_in_the_story(kind: ReflectionKind) -> None:
    written = Written(kind, "Titel", {name: f"antwoord op {name}" for name in SPECS[kind].names})
    story = story_of(written, "nl")
    assert set(story) == set(StarrField) == {field.name for field in KINDS[EvidenceKind.STORY].fields}
    assert all(f"antwoord op {name}" in "\n".join(story.values()) for name in SPECS[kind].names)


def test_two_answers_in_one_part_stand_below_what_was_asked() -> None:
    written = Written(ReflectionKind.COLLEGIAL, "Titel", {"heard": "Een vraag.", "insight": "Een inzicht."})
    told = story_of(written, "en")[StarrField.REFLECTION]
    heard, insight = told.split("\n\n")
    assert heard == "What did they ask or see that you had not?\nEen vraag."
    assert insight == "What do you see differently now?\nEen inzicht."


def test_a_deliberation_asks_for_ones_own_part_before_it_can_be_evidence() -> None:
    story = story_of_deliberation({step: f"conclusie bij {step}" for step in Step}, "nl")
    assert all(f"conclusie bij {step}" in "\n".join(story.values()) for step in Step)
    assert story[StarrField.ACTION].endswith("[Wat zei en deed je hierin zelf?]")
