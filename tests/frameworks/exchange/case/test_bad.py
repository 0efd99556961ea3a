"""Files that cannot be used: one sentence that says what is wrong, where, and what to do."""

from __future__ import annotations

import json

import pytest

from bekwaam.frameworks.exchange.case import read_case
from bekwaam.frameworks.exchange.case.parsing import MAX_BYTES, MAX_TEXT
from bekwaam.frameworks.exchange.case.reader import MAX_ITEMS
from bekwaam.frameworks.exchange.case.tree import MAX_LEVELS
from tests.frameworks.exchange.case.material import child, item, package

SMALL = package([item(1)], [child(1, None)])


@pytest.mark.parametrize(
    ("data", "reason", "line"),
    [
        (b"", "not_json", 1),
        (b"geen json", "not_json", 1),
        (b'{\n"CFDocument": {,}}', "not_json", 2),
        (b"null", "not_a_package", 0),
        (b"[1, 2]", "not_a_package", 0),
        (b'"tekst"', "not_a_package", 0),
        (b"{}", "no_document", 0),
        (b'{"CFDocument": [1]}', "no_document", 0),
        (SMALL.decode().encode("utf-16"), "encoding", 0),
        (SMALL.decode().encode("utf-16-le"), "encoding", 0),
        ('{\n"CFDocument": {"title": "één"}}'.encode("latin-1"), "encoding", 2),
        (b"[" * 200_000, "too_deep", 0),
        (b'{"CFDocument": {"x": ' + b"[" * 60 + b"]" * 60 + b"}}", "too_deep", 0),
        (b'{"CFDocument": {"title": "' + b"x" * (MAX_TEXT + 1) + b'"}}', "too_long", 0),
        (b'{"a": ' + b"9" * 6000 + b"}", "no_document", 0),
    ],
    ids=range(15),
)
def test_what_cannot_be_read_is_one_fault_with_its_place(data: bytes, reason: str, line: int) -> None:
    reading = read_case(data, "bestand.json")
    assert reading.framework is None
    assert [(fault.reason, fault.line) for fault in reading.faults] == [(reason, line)]
    assert reading.faults[0].full_text("nl").startswith("bestand.json")


def test_a_byte_order_mark_does_no_harm() -> None:
    assert read_case(b"\xef\xbb\xbf" + SMALL, "x").framework == read_case(SMALL, "x").framework


def test_a_file_that_is_too_big_is_not_even_read() -> None:
    reading = read_case(b" " * (MAX_BYTES + 1), "x")
    assert [fault.reason for fault in reading.faults] == ["too_big"]


def test_a_circle_is_named_with_the_codes_in_it_and_the_rest_is_still_shown() -> None:
    data = package(
        [item(1), item(2), item(3), item(4)], [child(1, 3), child(2, 1), child(3, 2), child(4, None)]
    )
    reading = read_case(data, "x")
    assert not reading.usable
    (fault,) = reading.faults
    assert fault.reason == "circle"
    assert {"C1", "C2", "C3"} <= set(fault.text("nl").replace(",", "").replace(".", "").split())
    assert "C4" not in fault.text("nl")
    assert reading.framework is not None
    assert len(reading.framework.items) == 4


def test_an_item_in_itself_is_a_circle() -> None:
    assert [fault.reason for fault in read_case(package([item(1)], [child(1, 1)]), "x").faults] == ["circle"]


@pytest.mark.parametrize(("levels", "reasons"), [(MAX_LEVELS, []), (MAX_LEVELS + 1, ["too_deep"])])
def test_levels_go_so_deep_and_no_deeper(levels: int, reasons: list[str]) -> None:
    laid = [child(number, number - 1 if number > 1 else None) for number in range(1, levels + 1)]
    # The deepest first: depth may not hang on the order in which things are written.
    data = package([item(number) for number in range(levels, 0, -1)], laid)
    assert [fault.reason for fault in read_case(data, "x").faults] == reasons


def test_too_many_items_are_refused_with_their_number() -> None:
    data = json.dumps({"CFDocument": {"title": "Veel"}, "CFItems": [{}] * 200_000}).encode()
    reading = read_case(data, "x")
    assert [fault.reason for fault in reading.faults] == ["too_many"]
    assert reading.framework is None
    assert "200000" in reading.faults[0].text("nl")
    assert str(MAX_ITEMS) in reading.faults[0].text("nl")


def test_characters_that_cannot_be_kept_are_taken_out_and_said() -> None:
    written = json.dumps(
        {"CFDocument": {"title": "T\x00"}, "CFItems": [{"fullStatement": "een\x00twee\ud800"}]}
    ).encode()
    reading = read_case(written, "x")
    assert reading.framework is not None
    assert reading.framework.items[0].name("nl") == "eentwee"
    assert reading.framework.title.nl == "T"
    assert "control_characters" in [repair.reason for repair in reading.repairs]


def test_keys_that_stand_twice_are_said() -> None:
    data = b'{"CFDocument": {"title": "Een", "title": "Twee"}}'
    reading = read_case(data, "x")
    assert reading.framework is not None
    assert reading.framework.title.nl == "Twee"
    assert "duplicate_key" in [repair.reason for repair in reading.repairs]


def test_a_rule_that_names_what_is_not_there_is_a_fault() -> None:
    ours = {"framework": "x", "version": "1", "kind": "standard", "rule": {"kind": "count", "of": "nergens"}}
    data = json.dumps({"CFDocument": {"title": "X", "extensions": {"bekwaam": ours}}}).encode()
    assert [fault.reason for fault in read_case(data, "x").faults] == ["odd_rule"]


def test_a_standard_without_a_rule_is_a_fault() -> None:
    ours = {"framework": "x", "version": "1", "kind": "standard"}
    data = json.dumps({"CFDocument": {"title": "X", "extensions": {"bekwaam": ours}}}).encode()
    assert [fault.reason for fault in read_case(data, "x").faults] == ["odd_rule"]


def test_thousands_of_repairs_are_one_sentence_with_some_names() -> None:
    items = [item(number, humanCodingScheme=f"a {number}") for number in range(3000)]
    reading = read_case(package(items, []), "x")
    (repair,) = [one for one in reading.repairs if one.reason == "odd_code"]
    assert repair.values["number"] == 3000
    assert len(repair.text("nl")) < 400
