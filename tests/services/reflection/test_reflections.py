"""Plain reflections, light to heavy, and evidence that is begun with either."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bekwaam.domain.growth.lightest import Given, Says
from bekwaam.domain.portfolio.kinds import StarrField
from bekwaam.domain.reflection.kinds import ReflectionKind, Written
from bekwaam.services import clock
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.portfolio.own import start_portfolio
from bekwaam.services.reflection.evidence import Begun, begin_evidence, places
from bekwaam.services.reflection.reads import own_reflection, own_reflections
from bekwaam.services.reflection.walking import answer, finish, step_back, walk_of
from bekwaam.services.reflection.writing import change, remove, write
from bekwaam.store.models import Evidence, Person, Reflection
from tests.cast import Cast, Point

pytestmark = [pytest.mark.database, pytest.mark.django_db]

WRITTEN = Written(
    ReflectionKind.STARR,
    "De dozen in de hal",
    {"situation": "Er stonden dozen.", "action": "Ik belde aan."},
    date(2026, 3, 1),
)


def test_a_reflection_is_kept_once_changed_removed_and_read_by_nobody_else(cast: Cast) -> None:
    row = write(cast.candidate, WRITTEN)
    assert write(cast.candidate, WRITTEN).pk == row.pk
    changed = Written(ReflectionKind.COLLEGIAL, "Dozen", {"reflection": "Ik leerde wachten."})
    change(cast.candidate, row.ref, changed)
    card, now = own_reflection(cast.candidate, row.ref)
    assert card.kind is ReflectionKind.STARR  # the kind stays
    assert (now.title, dict(now.texts)) == ("Dozen", {"reflection": "Ik leerde wachten."})
    for call in (lambda: own_reflection(cast.guide, row.ref), lambda: remove(cast.guide, row.ref)):
        with pytest.raises(NotFound):
            call()
    assert walk_chain().whole and not list(broken_contents())
    remove(cast.candidate, row.ref)
    assert not own_reflections(cast.candidate).exists()
    assert walk_chain().whole and not list(broken_contents())


@pytest.mark.parametrize(
    ("title", "texts", "days", "fields"),
    [
        ("", {"task": "Iets."}, 0, {"title"}),
        ("x" * 201, {"task": "Iets."}, 0, {"title"}),
        ("Titel", {"task": "  ", "zomaar": "Iets."}, 0, {"situation"}),
        ("Titel", {"task": "x" * 5001}, 0, {"task"}),
        ("Titel", {"task": "Iets."}, 1, {"dated_on"}),
        ("Titel", {"task": "Ik sprak mevrouw Pietersen."}, 0, {"looked"}),
    ],
)
def test_what_is_wrong_with_a_reflection_is_said_at_its_field(
    cast: Cast, title: str, texts: dict[str, str], days: int, fields: set[str]
) -> None:
    written = Written(ReflectionKind.STARR, title, texts, clock.today() + timedelta(days=days))
    with pytest.raises(Invalid) as found:
        write(cast.candidate, written)
    assert {fault.name for fault in found.value.faults} == fields
    assert not Reflection.objects.exists()


def walked(person: Person, *says: str) -> None:
    """Answer everything; ``says`` are the answers to what is asked by yes or no."""
    left = list(says)
    while (question := walk_of(person).question) is not None:
        said = Says(left.pop(0)) if not question.starr else None
        answer(person, Given(question.code, f"Omdat {question.code}.", said))


def test_the_lightest_that_works_comes_out_and_becomes_a_reflection_to_go_on_with(cast: Cast) -> None:
    walked(cast.candidate, "no", "no", "yes")
    assert walk_of(cast.candidate).chosen.step == "S2"  # type: ignore[union-attr]
    with pytest.raises(Invalid):
        finish(cast.candidate, " ", "nl")
    row = finish(cast.candidate, "Een buurvrouw zonder netwerk", "nl")
    assert row.kind == ReflectionKind.LIGHTEST and row.texts["situation"].startswith("Omdat situatie.")
    assert "Omdat S1." in row.texts["action"] and "[" in row.texts["result"]
    assert walk_of(cast.candidate).way.given == ()


def test_a_heavier_step_needs_a_reason_and_an_answer_can_be_taken_back(cast: Cast) -> None:
    for _opening in range(3):
        answer(cast.candidate, Given(walk_of(cast.candidate).question.code, "Tekst."))  # type: ignore[union-attr]
    with pytest.raises(Refused, match="no_reason"):
        answer(cast.candidate, Given("veiligheid", "", Says.YES))
    answer(cast.candidate, Given("veiligheid", "", Says.NO))
    with pytest.raises(Refused, match="moved_on"):
        answer(cast.candidate, Given("veiligheid", "", Says.NO))
    with pytest.raises(Invalid):
        finish(cast.candidate, "Te vroeg", "nl")
    assert step_back(cast.candidate) == Given("veiligheid", "", Says.NO)
    assert walk_of(cast.candidate).question.code == "veiligheid"  # type: ignore[union-attr]


def test_a_story_is_begun_in_the_form_and_becomes_evidence_only_when_it_is_saved_there(
    cast: Cast, log_in: Callable[[Person], Client]
) -> None:
    own = start_portfolio(cast.candidate, cast.standard.pk)
    procedure = cast.bring_to(Point.CONSENTED)
    assert {one.ref: one.own for one in places(cast.candidate)} == {own.ref: True, procedure.ref: False}
    begun = Begun("De dozen", {StarrField.SITUATION: "Er stonden dozen."}, date(2026, 3, 1))
    before = Evidence.objects.count()
    for ref, name in ((own.ref, "own_evidence_new"), (procedure.ref, "evidence_new")):
        begin_evidence(cast.candidate, ref, begun)
        page = log_in(cast.candidate).get(reverse(f"portfolio:{name}", args=[ref, "story"]))
        for text in ("De dozen", "Er stonden dozen.", 'value="2026-03-01"'):
            assert text in page.content.decode()
        with pytest.raises(Refused, match="unfinished"):
            begin_evidence(cast.candidate, ref, begun)
    with pytest.raises(NotFound):
        begin_evidence(cast.guide, own.ref, begun)
    assert Evidence.objects.count() == before
