"""A share link shows what its holder chose and nothing below it."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date
from typing import Any

import pytest

from bekwaam.domain.certificates.paper import OBJECTION_UPHELD, CertificateDocument, SupersededOnPaper
from bekwaam.domain.certificates.share import (
    DEPTH_HINTS,
    DEPTH_NAMES,
    Depth,
    Shared,
    SharedReplaced,
    shared,
)
from bekwaam.wording import say
from tests.domain.certificates.badges import rich_paper
from tests.papers import ISSUE, PIECES


def said(value: Any) -> str:
    return str(asdict(value))


# what: at which depths it is seen
SEEN = {
    "2026-7KQ4-XM2P": "OCR",
    "EVC Huis Noord": "OCR",
    "Ten minste 2 van de 3": "OCR",
    "competence 1.1": "CR",
    "vakvolwassen": "CR",
    "life_domain L1": "CR",
    "1.3": "CR",
    "Criteriumgericht interview": "R",
    "Gezien bij mevrouw De Boer.": "R",
    "Weegt zwaar, zei Noor.": "R",
    "Loop mee met Bram.": "",
    PIECES["e1"].title: "",
    ISSUE.candidate: "",
    ISSUE.assessors[1]: "",
    ISSUE.snapshot_sha256: "",
    "Assen": "",
}


@pytest.mark.parametrize("depth", list(Depth))
@pytest.mark.parametrize("what", SEEN)
def test_what_is_seen_at_which_depth(what: str, depth: Depth) -> None:
    visible = said(shared(rich_paper(), depth, shows_name=False))
    assert (what in visible) is (depth.value[0].upper() in SEEN[what])


@pytest.mark.parametrize("depth", list(Depth))
def test_the_name_is_shown_only_where_the_holder_says_so(depth: Depth) -> None:
    assert shared(rich_paper(), depth, shows_name=True).candidate == ISSUE.candidate
    assert ISSUE.candidate not in said(shared(rich_paper(), depth, shows_name=False))


def test_each_depth_shows_all_of_the_one_before_it() -> None:
    outcome, competences, reasons = (shared(rich_paper(), depth, shows_name=True) for depth in Depth)
    assert (outcome.met, outcome.rule) == (competences.met, competences.rule) == (reasons.met, reasons.rule)
    assert outcome.units == () and competences.units
    assert all(unit.reasons is None for unit in competences.units)
    bare = [{**asdict(unit), "reasons": None} for unit in reasons.units]
    assert bare == [asdict(unit) for unit in competences.units]
    assert [unit.reasons.evidence for unit in reasons.units if unit.reasons] == [1, 1, 1]


@pytest.mark.parametrize("depth", list(Depth))
def test_that_it_took_the_place_of_another_one_is_seen_and_why_is_not(depth: Depth) -> None:
    earlier = SupersededOnPaper("2025-AAAA-BBBB", date(2025, 1, 2), OBJECTION_UPHELD)
    seen = shared(rich_paper(supersedes=earlier), depth, shows_name=False)
    assert seen.supersedes == SharedReplaced("2025-AAAA-BBBB", date(2025, 1, 2))
    assert say("nl", OBJECTION_UPHELD) not in said(seen)
    assert shared(rich_paper(), depth, shows_name=False).supersedes is None


def test_there_is_a_wheel_where_the_competences_are_shown_and_only_there() -> None:
    outcome, competences, reasons = (shared(rich_paper(), depth, shows_name=False).wheel for depth in Depth)
    assert outcome is None
    assert competences == reasons == rich_paper().wheel()


def test_every_depth_has_a_name_and_says_what_a_visitor_sees() -> None:
    assert set(DEPTH_NAMES) == set(DEPTH_HINTS) == set(Depth)


def test_a_part_of_the_paper_is_seen_or_not_on_purpose() -> None:
    seen = {field.name for field in fields(Shared)} - {"depth", "explanation"}
    never = {"place", "assessors", "purpose", "stages", "sessions", "snapshot_sha256", "check_url", "words"}
    decided = seen | never
    assert {field.name for field in fields(CertificateDocument)} <= decided
