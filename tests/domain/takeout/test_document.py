"""What a package is called and how its parts are known again; and that the schema keeps up with the rules."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from bekwaam.domain.portfolio.contexts import Dimension
from bekwaam.domain.portfolio.evidence import MAX_CONTEXT, MAX_TEXT, MAX_TITLE, MAX_WHY
from bekwaam.domain.portfolio.kinds import EvidenceKind, StarrField
from bekwaam.domain.takeout.archive import MAX_DOCUMENT, MAX_MEMBERS, Member, check_members
from bekwaam.domain.takeout.checking import place_of, read_document, schema
from bekwaam.domain.takeout.document import (
    DOCUMENT,
    entry_print,
    files_in,
    frameworks_in,
    piece_print,
    round_print,
)
from bekwaam.domain.takeout.names import is_safe, packed_name

MANY = range(24)
NOW = datetime(2026, 11, 26, tzinfo=UTC)
FILE = {"path": "bestanden/001-a.pdf", "name": "a.pdf", "media_type": "application/pdf", "size": 3}
FILE["sha256"] = "0" * 64
TEXTS: dict[str, Any] = {"title": "T", "dated_on": None, "until": None, "context": "", "contexts": {}}
TEXTS |= {"story": {}, "details": {}}


def test_the_schema_is_one_and_keeps_up_with_the_kinds_of_evidence() -> None:
    found = schema()
    Draft202012Validator.check_schema(found)
    parts = found["$defs"]
    piece = parts["evidence"]["properties"]
    assert piece["kind"]["enum"] == [kind.value for kind in EvidenceKind]
    assert list(parts["story"]["properties"]) == [field.value for field in StarrField]
    assert list(parts["contexts"]["properties"]) == [dimension.value for dimension in Dimension]
    lengths = (piece["title"], piece["context"], parts["tie"]["properties"]["why"])
    assert [one["maxLength"] for one in lengths] == [MAX_TITLE, MAX_CONTEXT, MAX_WHY]
    assert parts["details"]["additionalProperties"]["maxLength"] == MAX_TEXT


@pytest.mark.parametrize(
    ("name", "packed"),
    [
        ("plan.pdf", "bestanden/001-plan.pdf"),
        ("Plán van aanpak (2).PDF", "bestanden/001-Plan-van-aanpak-2.pdf"),
        ("../../etc/passwd", "bestanden/001-passwd"),
        ("con.txt", "bestanden/001-con.txt"),
        ("план.docx", "bestanden/001-bestand.docx"),
        (".htaccess", "bestanden/001-bestand.htaccess"),
        ("x" * 300 + ".jpeg", f"bestanden/001-{'x' * 60}.jpeg"),
    ],
)
def test_a_file_gets_a_name_that_every_machine_takes(name: str, packed: str) -> None:
    assert packed_name("bestanden", 1, name) == packed


@given(st.text(max_size=120), st.integers(1, 9999))
def test_whatever_a_file_is_called_its_name_in_the_package_is_safe(name: str, number: int) -> None:
    path = packed_name("bestanden", number, name)
    assert is_safe(path) and path.isascii() and path.count("/") == 1 and len(path) < 90


@pytest.mark.parametrize(
    "path", ["", "/a", "../a", "a/../../b", "a\\b", "C:/a", "~/a", "a\0b", "a\nb", "bestanden/../x"]
)
def test_a_path_that_leads_elsewhere_is_seen(path: str) -> None:
    assert not is_safe(path)


def test_a_piece_is_known_by_what_it_says_and_its_file_whatever_an_older_layout_left_out() -> None:
    older = {"title": "T", "dated_on": None, "context": "", "story": {}}
    assert piece_print("story", TEXTS, None) == piece_print("story", older, None)
    others = [piece_print("story", {**TEXTS, "title": "U"}, None), piece_print("story", TEXTS, "0")]
    assert len({piece_print("story", TEXTS, None), piece_print("link", TEXTS, None), *others}) == 4


def test_a_round_is_known_in_whatever_zone_its_moments_are_written() -> None:
    one = {"framework": {"identifier": "a", "version": "1"}, "reflection": "", "finished_at": None}
    one |= {"started_at": "2026-01-01T12:00:00+01:00", "ratings": [{"code": "1", "value": "x", "note": ""}]}
    assert round_print(one) == round_print({**one, "started_at": "2026-01-01T11:00:00+00:00", "ref": "b"})
    assert round_print(one) != round_print({**one, "started_at": "2026-01-01T12:00:00+00:00"})


def test_what_came_along_is_known_wherever_its_files_lie() -> None:
    entry = {"feedback": [], "unfinished": [], "procedures": [{"file": dict(FILE)}]}
    moved = copy.deepcopy(entry)
    moved["procedures"][0]["file"]["path"] = "certificaten/009-b.pdf"
    assert entry_print(entry) == entry_print(moved)
    moved["procedures"][0]["file"]["sha256"] = "1" * 64
    assert entry_print(entry) != entry_print(moved)
    assert [one["name"] for one in files_in(entry)] == ["a.pdf"]
    assert not list(frameworks_in(entry))


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ([Member(DOCUMENT, 10, 10, True)], ""),
        ([Member("ander.json", 10, 10, True)], "foreign"),
        ([Member(DOCUMENT, 10, 10, True)] * 2, "twice"),
        ([Member(DOCUMENT, MAX_DOCUMENT + 1, MAX_DOCUMENT, True)], "bomb"),
        ([Member(DOCUMENT, 10, 10, True), Member("a", 3 << 20, 10, True)], "bomb"),
        ([Member(f"{n}", 1, 1, True) for n in range(MAX_MEMBERS + 1)], "bomb"),
        ([Member(DOCUMENT, 10, 10, True), *(Member(f"{n}", 90 << 20, 80 << 20, True) for n in MANY)], "bomb"),
    ],
)
def test_a_list_of_members_is_judged_before_anything_is_opened(members: list[Member], reason: str) -> None:
    assert [fault.reason for fault in check_members(members)] == ([reason] if reason else [])


PLAIN = st.none() | st.text() | st.integers()


@given(st.recursive(PLAIN, lambda below: st.lists(below) | st.dictionaries(st.text(), below)))
def test_no_json_at_all_makes_the_reader_fall_over(value: Any) -> None:
    _document, faults = read_document(json.dumps(value).encode(), NOW)
    assert faults
    assert all(fault.text("nl") for fault in faults)


@pytest.mark.parametrize(
    ("path", "told"),
    [((), "portfolio.json"), (("evidence", 2), "evidence 3"), (("a", 0, "b", 1, "c"), "a 1 › b 2 › c")],
)
def test_a_place_is_told_as_people_count(path: tuple[str | int, ...], told: str) -> None:
    assert place_of(path) == told
