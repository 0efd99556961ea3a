"""Appointments that can be made, numbers that have no place in a dossier, and what is asked: as tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bekwaam.domain.assessment.findings import Finding, InstrumentKind
from bekwaam.domain.assessment.numbers import looks_like_number
from bekwaam.domain.assessment.planning import Plan, check_open, check_plan, check_reason
from bekwaam.domain.assessment.questions import FOLLOW_UPS, OPENERS, Why, open_units, questions
from bekwaam.wording import say
from tests.standards import small_standard

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
GOOD = Plan(InstrumentKind.INTERVIEW, NOW + timedelta(days=7), "Zwolle", "", "Samira, Noor")


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({}, []),
        ({"place": "", "video_url": "https://video.example.org/kamer"}, []),
        ({"kind": None}, ["kind"]),
        ({"kind": InstrumentKind.PORTFOLIO}, ["kind"]),
        ({"starts_at": None}, ["starts_at"]),
        ({"starts_at": NOW}, ["starts_at"]),
        ({"starts_at": NOW + timedelta(days=800)}, ["starts_at"]),
        ({"place": " "}, ["place"]),
        ({"video_url": "http://video.example.org/kamer"}, ["video_url"]),
        ({"video_url": "javascript:alert(1)"}, ["video_url"]),
        ({"video_url": "https://"}, ["video_url"]),
        ({"video_url": "https://a b.example.org"}, ["video_url"]),
        ({"video_url": "https://bank.example@kwaad.example"}, ["video_url"]),
        ({"video_url": "https://[kapot"}, ["video_url"]),
        ({"participants": ""}, ["participants"]),
        ({"participants": "Samira 123456782"}, ["participants"]),
        ({"notes": "Paspoort NXR12B345"}, ["notes"]),
        ({"notes": "x" * 2001}, ["notes"]),
    ],
)
def test_an_appointment_can_be_made_unless(changed: dict[str, Any], wrong: list[str]) -> None:
    faults = check_plan(replace(GOOD, **changed), NOW)
    assert [fault.name for fault in faults] == wrong
    assert all(fault.text("nl") != fault.text("en") for fault in faults)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Noor de Wit", False),
        ("Noor, 12 mei 2026 om 14.30", False),
        ("assessor1 en assessor2", False),
        ("kamer 2.14", False),
        ("123456782", True),
        ("1234.56.782", True),
        ("123 456 782", True),
        ("NXR12B345", True),
        ("rijbewijs 5123456789", True),
        ("nr 654321", True),
    ],
)
def test_what_looks_like_the_number_of_a_person_or_document_is_seen(text: str, number: bool) -> None:
    assert looks_like_number(text) is number


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({}, ""),
        ({"replaced": True}, "replaced"),
        ({"cancelled": True}, "cancelled"),
        ({"held": True}, "held"),
    ],
)
def test_an_appointment_is_open_unless(facts: dict[str, bool], reason: str) -> None:
    verdict = check_open(**{"replaced": False, "cancelled": False, "held": False, **facts})
    assert verdict.reason == reason
    assert bool(check_reason(" ")) and not check_reason("Ziek.")


FRAMEWORK = small_standard(competences=4, needed=1)
CODES = ("1.1", "1.2", "1.3", "1.4")


def test_what_is_open_is_what_was_not_judged_not_shown_too_low_or_thin() -> None:
    stages = [stage.code for stage in sorted(FRAMEWORK.stages, key=lambda stage: stage.rank)]
    own = {
        "1.2": Finding("1.2", None),
        "1.3": Finding("1.3", stages[0]),
        "1.4": Finding("1.4", stages[-1]),
    }
    found = {unit.code: unit.why for unit in open_units(FRAMEWORK, CODES, own, {"1.2"})}
    assert found == {
        "1.1": (Why.NOT_JUDGED,),
        "1.2": (Why.NOT_SHOWN, Why.THIN),
        "1.3": (Why.BELOW,),
    }


def test_every_question_asks_after_an_indicator_or_the_unit_in_our_own_words() -> None:
    for at, unit in enumerate(open_units(FRAMEWORK, CODES, {}, ())):
        asked = questions(unit, at)
        assert [question.code for question in asked] == list(unit.indicators)
        assert all(
            code == unit.code or FRAMEWORK.by_code[code].parent == unit.code for code in unit.indicators
        )
    for text in (*OPENERS, *FOLLOW_UPS):
        assert say("nl", text, indicator="x") != say("en", text, indicator="x")
