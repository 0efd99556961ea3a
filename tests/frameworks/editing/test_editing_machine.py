"""Whatever is done to a framework, in whatever order: it stays whole and survives being written down."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bekwaam.frameworks.document import from_document, to_document
from bekwaam.frameworks.editing.codes import next_code
from bekwaam.frameworks.editing.head import HeadInput, change_head, put_document, remove_document
from bekwaam.frameworks.editing.items import (
    ItemInput,
    add_item,
    change_item,
    move_below,
    move_item,
    named_in_rule,
    remove_item,
)
from bekwaam.frameworks.editing.modules import include_module, leave_out_module, own_module
from bekwaam.frameworks.editing.places import lies_below, may_stand
from bekwaam.frameworks.editing.refusal import Edited, Refusal
from bekwaam.frameworks.editing.rule import add_part, change_part, join, remove_part
from bekwaam.frameworks.editing.stages import StageInput, add_stage, change_stage, move_stage, remove_stage
from bekwaam.frameworks.editing.start import start_copy, start_empty
from bekwaam.frameworks.kinds import KINDS
from bekwaam.frameworks.model import Framework, Source, Text
from bekwaam.frameworks.rules import Count, Share, UnitSet, leaves
from tests.frameworks.editing.test_editing import MODULE, SMALL

codes = st.sampled_from(["1", "2", "1.1", "1.2", "1.1.vb1", "L1", "B1", "x", "y.1", "", "a b"])
texts = st.sampled_from([Text("", ""), Text("a", "b"), Text("a", "")])
steps = st.sampled_from([-1, 1])
kinds = st.sampled_from(
    ["cluster", "competence", "indicator", "life_domain", "stage_text", "theme", "element"]
)
stage_codes = st.sampled_from(["startbekwaam", "vakbekwaam", "vakvolwassen", "nieuw", "anders"])
documents = st.sampled_from(["1", "test", "2"])
items = st.builds(ItemInput, codes, texts, texts, st.builds(Source, documents), st.none() | stage_codes)
stages = st.builds(
    StageInput, stage_codes, st.sampled_from(["", "nw"]), texts, texts, st.builds(Source, documents)
)
sets = st.builds(
    UnitSet,
    kinds,
    st.lists(codes, max_size=2).map(tuple),
    st.lists(codes, max_size=1).map(tuple),
)
rules = st.builds(Count, sets, st.integers(0, 3), st.none() | stage_codes) | st.builds(
    Share, sets, st.integers(0, 101), st.none() | stage_codes
)


class Writing(RuleBasedStateMachine):
    """Somebody at work, with every button there is."""

    def __init__(self) -> None:
        super().__init__()
        begun = start_empty("eigen", "1", "standard", Text("Eigen", "Own"))
        assert isinstance(begun, Framework)
        self.held: Framework = begun
        self.modules: set[str] = {"eigen"}

    def take(self, edited: Edited) -> None:
        if isinstance(edited, Refusal):
            assert edited.text("nl") and "{" not in edited.text("nl")
        else:
            self.held = edited

    @rule(kind=kinds, parent=st.none() | codes, given=items)
    def add(self, kind: str, parent: str | None, given: ItemInput) -> None:
        self.take(add_item(self.held, kind, parent, given))

    @rule(kind=kinds, parent=st.none() | codes, at=st.none() | stage_codes, given=items)
    def add_with_the_code_suggested(
        self, kind: str, parent: str | None, at: str | None, given: ItemInput
    ) -> None:
        suggested = next_code(self.held, kind, parent, at)
        assert suggested not in self.held.by_code
        edited = add_item(self.held, kind, parent, replace(given, code=suggested, stage=at))
        assert not isinstance(edited, Refusal) or edited.name != "code" or " " in suggested or not parent
        self.take(edited)

    @rule(code=codes, given=items)
    def change(self, code: str, given: ItemInput) -> None:
        self.take(change_item(self.held, code, given))

    @rule(code=codes, step=steps)
    def move(self, code: str, step: int) -> None:
        self.take(move_item(self.held, code, step))

    @rule(code=codes, parent=st.none() | codes)
    def move_elsewhere(self, code: str, parent: str | None) -> None:
        before = set(self.held.by_code)
        self.take(move_below(self.held, code, parent))
        assert set(self.held.by_code) == before

    @rule(code=codes)
    def remove(self, code: str) -> None:
        before = len(self.held.items)
        goes = 1 + len(lies_below(self.held, code)) if code in self.held.by_code else 0
        edited = remove_item(self.held, code)
        if isinstance(edited, Framework):
            assert len(edited.items) == before - goes
        self.take(edited)

    @rule(given=stages)
    def more_stages(self, given: StageInput) -> None:
        self.take(add_stage(self.held, given))

    @rule(code=stage_codes, given=stages, step=steps, what=st.integers(0, 2))
    def other_stages(self, code: str, given: StageInput, step: int, what: int) -> None:
        made = (
            change_stage(self.held, code, given),
            move_stage(self.held, code, step),
            remove_stage(self.held, code),
        )
        self.take(made[what])

    @rule(part=rules, at=st.integers(0, 3), what=st.integers(0, 3))
    def other_rule(self, part: Any, at: int, what: int) -> None:
        made = (
            add_part(self.held, part),
            change_part(self.held, at, part),
            remove_part(self.held, at),
            join(self.held, all_of=bool(at % 2)),
        )
        self.take(made[what])

    @rule(number=documents, title=texts)
    def other_documents(self, number: str, title: Text) -> None:
        self.take(put_document(self.held, number, title))
        self.take(remove_document(self.held, number))

    @rule(what=st.integers(0, 2))
    def modules_come_and_go(self, what: int) -> None:
        made = (
            include_module(self.held, MODULE),
            own_module(self.held, "blok"),
            leave_out_module(self.held, "blok"),
        )
        self.take(made[what])

    @rule(identifier=st.sampled_from(["eigen", "anders"]), kind=st.sampled_from(["standard", "framework"]))
    def another_head(self, identifier: str, kind: str) -> None:
        given = HeadInput(identifier, "1", kind, Text("T", ""), Text("", ""), self.held.source)
        self.take(change_head(self.held, given))

    @rule()
    def begin_with_a_copy(self) -> None:
        self.take(start_copy(SMALL, "kopie", "1", Text("Kopie", "Copy")))

    @invariant()
    def it_survives_being_written_down(self) -> None:
        assert from_document(to_document(self.held)) == self.held

    @invariant()
    def every_code_is_there_once_and_everything_lies_in_what_comes_before(self) -> None:
        seen: set[str | None] = {None}
        for item in self.held.items:
            assert item.code not in seen
            assert item.parent in seen
            above = self.held.by_code[item.parent].kind if item.parent else None
            assert may_stand(item.kind, above)
            assert (item.stage in self.held.stage_by_code) is KINDS[item.kind].staged
            seen.add(item.code)

    @invariant()
    def what_is_named_is_there(self) -> None:
        held = self.held
        assert named_in_rule(held.rule) <= held.by_code.keys()
        assert all(leaf.stage is None or leaf.stage in held.stage_by_code for leaf in _leaves(held))
        assert [stage.rank for stage in held.stages] == list(range(1, len(held.stages) + 1))
        assert {item.module for item in held.items} <= {held.id, *held.includes}


def _leaves(held: Framework) -> list[Any]:
    return list(leaves(held.rule)) if held.rule else []


TestWriting = Writing.TestCase
TestWriting.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
