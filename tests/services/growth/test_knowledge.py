"""What somebody knows: said by themself alone, row by row, and the chain holds no word of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bekwaam.domain.growth.knowledge import Known, Note
from bekwaam.frameworks.library import load_builtin
from bekwaam.services import clock
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.frameworks.versions import publish
from bekwaam.services.growth.goals import GoalInput, close_goal, set_goal
from bekwaam.services.growth.knowledge import (
    KnowledgeInput,
    forget_knowledge,
    say_it_still_holds,
    say_knowledge,
)
from bekwaam.services.growth.knowledge_reads import (
    bodies,
    chosen_body,
    last_noted,
    newest_notes,
    read_item,
    review_days,
)
from bekwaam.store.models import AuditEntry, FrameworkVersion, KnowledgeNote
from tests.cast import Cast
from tests.services.teams.teams import rated

WHERE = "Op https://wetten.overheid.nl en bij Nel van de balie."


@pytest.fixture
def body(cast: Cast) -> FrameworkVersion:
    """Return the body of knowledge, published."""
    return publish(None, load_builtin("kennis-sociaal-werk"))


def say(cast: Cast, body: FrameworkVersion, code: str = "K1.4", **given: Any) -> KnowledgeNote:
    return say_knowledge(cast.candidate, body, code, KnowledgeInput(**{"known": "yes", **given}))


def test_the_newest_row_counts_and_the_earlier_ones_stay(cast: Cast, body: FrameworkVersion) -> None:
    say(cast, body, known="no")
    say(cast, body, known="partly", where=f"  {WHERE} ", review_on=clock.today())
    assert newest_notes(cast.candidate, body.pk) == {"K1.4": Note(Known.PARTLY, clock.today())}
    found = read_item(cast.candidate, body, "K1.4")
    assert [one.known for one in found.said] == [Known.PARTLY, Known.NO]
    assert found.newest is not None and found.newest.where == WHERE
    assert walk_chain().whole and not list(broken_contents())
    KnowledgeNote.objects.filter(known="partly").update(where="Nergens.")
    assert [found.table for found in broken_contents()] == ["KnowledgeNote"]


def test_the_same_said_twice_writes_nothing(cast: Cast, body: FrameworkVersion) -> None:
    assert say(cast, body, where=WHERE) == say(cast, body, where=f"{WHERE}\n")
    assert KnowledgeNote.objects.count() == 1
    assert AuditEntry.objects.filter(code="knowledge.said").count() == 1


def test_a_day_in_the_past_is_refused_but_may_stay_where_it_stood(cast: Cast, body: FrameworkVersion) -> None:
    with pytest.raises(Invalid) as refused:
        say(cast, body, review_on=clock.today() - timedelta(days=1))
    assert [(fault.name, fault.reason) for fault in refused.value.faults] == [("review_on", "past")]
    assert "is al voorbij" in refused.value.faults[0].text("nl") and not KnowledgeNote.objects.exists()
    soon = clock.today() + timedelta(days=1)
    say(cast, body, review_on=soon)
    with clock.at(clock.now() + timedelta(days=9)):
        assert say(cast, body, review_on=soon, where="Bij de balie.").review_on == soon


def test_what_one_does_not_know_has_no_day_to_look_again(cast: Cast, body: FrameworkVersion) -> None:
    assert say(cast, body, known="no", review_on=clock.today()).review_on is None


@pytest.mark.parametrize("code", ["K1", "S1", "9.9", ""])
def test_what_is_no_item_of_knowledge_is_not_found(cast: Cast, body: FrameworkVersion, code: str) -> None:
    for write in (
        lambda: say(cast, body, code),
        lambda: say_it_still_holds(cast.candidate, body, code),
        lambda: forget_knowledge(cast.candidate, body, code),
    ):
        with pytest.raises(NotFound):
            write()
    with pytest.raises(NotFound):
        say(cast, cast.standard, "1.1")


def test_one_click_says_that_it_still_holds_until_the_next_day_for_laws(
    cast: Cast, body: FrameworkVersion
) -> None:
    with clock.at(datetime(2031, 3, 1, 12, tzinfo=UTC)):
        first = say(cast, body, where=WHERE, review_on=date(2031, 7, 1))
    with clock.at(datetime(2031, 8, 9, 12, tzinfo=UTC)):
        again = say_it_still_holds(cast.candidate, body, "K1.4")
        assert (again.known, again.where, again.review_on) == ("yes", WHERE, date(2032, 1, 1))
        assert again.pk != first.pk and say_it_still_holds(cast.candidate, body, "K1.4") == again
    assert KnowledgeNote.objects.count() == 2, "a second click writes nothing"


def test_theory_is_looked_at_again_in_two_years(cast: Cast, body: FrameworkVersion) -> None:
    say(cast, body, "K1.1")
    day = say_it_still_holds(cast.candidate, body, "K1.1").review_on
    assert day is not None and day.year == clock.today().year + 2
    say_it_still_holds(cast.candidate, body, "K1.1")
    assert KnowledgeNote.objects.count() == 2


def test_nothing_holds_of_what_one_does_not_know(cast: Cast, body: FrameworkVersion) -> None:
    with pytest.raises(Refused) as refused:
        say_it_still_holds(cast.candidate, body, "K1.4")
    assert refused.value.verdict.reason == "not_known"
    say(cast, body, known="no")
    with pytest.raises(Refused):
        say_it_still_holds(cast.candidate, body, "K1.4")


def test_all_that_was_said_of_an_item_can_be_thrown_away(cast: Cast, body: FrameworkVersion) -> None:
    say(cast, body, known="no")
    say(cast, body, where=WHERE)
    say(cast, body, "K1.1")
    forget_knowledge(cast.candidate, body, "K1.4")
    assert [row.code for row in KnowledgeNote.objects.all()] == ["K1.1"]
    assert walk_chain().whole and not list(broken_contents())
    with pytest.raises(NotFound):
        forget_knowledge(cast.candidate, body, "K1.4")


def test_nobody_else_reads_or_forgets_it(cast: Cast, body: FrameworkVersion) -> None:
    say(cast, body, where=WHERE, review_on=clock.today())
    for somebody in (cast.guide, cast.coordinator, cast.operator):
        assert newest_notes(somebody, body.pk) == {} and read_item(somebody, body, "K1.4").said == ()
        assert review_days(somebody) == () and last_noted(somebody) is None
        with pytest.raises(NotFound):
            forget_knowledge(somebody, body, "K1.4")


def test_the_chain_holds_no_word_of_it(cast: Cast, body: FrameworkVersion) -> None:
    say(cast, body, where=WHERE)
    told = " ".join(AuditEntry.objects.values_list("payload", flat=True))
    assert not [words for words in ("wetten", "balie", "K1.4") if words in told]


def test_a_self_assessment_stands_beside_it_and_neither_changes_the_other(
    cast: Cast, body: FrameworkVersion
) -> None:
    rated(cast.candidate, body, {"K1.4": "partly"})
    say(cast, body)
    rated(cast.candidate, body, {"K1.1": "yes"})
    found = read_item(cast.candidate, body, "K1.4")
    assert found.newest is not None and found.newest.known is Known.YES
    assert found.rated is not None and found.rated.value == "partly"
    assert read_item(cast.candidate, body, "K1.1").said == ()


def test_open_goals_on_an_item_are_found(cast: Cast, body: FrameworkVersion) -> None:
    goal = set_goal(cast.candidate, body, GoalInput(("K1.4",), "yes", "De nieuwe wet leren kennen."))
    found = read_item(cast.candidate, body, "K1.4")
    assert found.goals == ((goal.ref, "De nieuwe wet leren kennen."),)
    assert read_item(cast.candidate, body, "K1.1").goals == ()
    close_goal(cast.candidate, goal.ref)
    assert read_item(cast.candidate, body, "K1.4").goals == ()


def test_only_versions_with_knowledge_can_be_chosen_and_the_last_one_noted_on_comes_first(
    cast: Cast, body: FrameworkVersion
) -> None:
    found = bodies()
    assert [one.key for one in found] == ["kennis-sociaal-werk@1.0"]
    assert chosen_body(found, "x", None) == found[0] == chosen_body(found, found[0].key)
    assert chosen_body((), "x") is None
    say(cast, body)
    assert last_noted(cast.candidate) == body.pk


def test_knowledge_of_an_organisations_own_works_the_same_and_stands_after_that_of_the_product(
    cast: Cast, body: FrameworkVersion
) -> None:
    ours = load_builtin("kennis-sociaal-werk")
    own = publish(None, replace(ours, id="eigen-kennis"), cast.provider)
    assert [one.identifier for one in bodies()] == ["kennis-sociaal-werk", "eigen-kennis"]
    say(cast, own, "K1.4")
    day = say_it_still_holds(cast.candidate, own, "K1.4").review_on
    assert day is not None and day.year == clock.today().year + 2, "the usual term: nothing is known of it"
    assert newest_notes(cast.candidate, body.pk) == {}
    found = bodies()
    assert chosen_body(found, "", last_noted(cast.candidate)) == found[1]


def test_days_to_look_again_are_gathered_by_day(cast: Cast, body: FrameworkVersion) -> None:
    first, later = clock.today() + timedelta(days=5), clock.today() + timedelta(days=50)
    say(cast, body, "K1.4", review_on=later)
    say(cast, body, "E2.1", review_on=first)
    say(cast, body, "K1.4", review_on=first)
    say(cast, body, "K1.1", review_on=later)
    say(cast, body, "K1.2", known="no", review_on=later)
    found: list[tuple[date, tuple[str, ...]]] = [(one.on, one.codes) for one in review_days(cast.candidate)]
    assert found == [(first, ("E2.1", "K1.4")), (later, ("K1.1",))]


def test_reads_take_as_many_queries_for_one_note_as_for_many(
    cast: Cast, body: FrameworkVersion, django_assert_num_queries: Any
) -> None:
    bodies()
    for code in ("K1.1", "K1.2", "K1.3"):
        say(cast, body, code, review_on=clock.today())
        say(cast, body, code, where="Hier.")
        say(cast, body, "K1.4", where=code)
        with django_assert_num_queries(3):
            read_item(cast.candidate, body, "K1.4")
        with django_assert_num_queries(1):
            newest_notes(cast.candidate, body.pk)
        with django_assert_num_queries(1):
            review_days(cast.candidate)
        with django_assert_num_queries(1):
            bodies()
