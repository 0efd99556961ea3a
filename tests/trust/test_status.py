"""Lists of what was revoked or suspended."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bekwaam.trust.encoding import to_base64url
from bekwaam.trust.reasons import Reason, Refused
from bekwaam.trust.status import (
    LEAST,
    MOST,
    REVOCATION,
    SUSPENSION,
    Bits,
    Entry,
    entries_of,
    entry_of,
    free_place,
    list_credential,
    status_in,
)
from tests.trust.material import DAY, DID, NOW, certificate, status_entry, vector

URL = "https://evc.example/status/revocation/1"


def published(bits: Bits, **changes: Any) -> dict[str, Any]:
    made = list_credential(URL, REVOCATION, bits, issuer=DID, valid_from=NOW - DAY, valid_until=NOW + DAY)
    return made | changes


@settings(max_examples=30, deadline=None)
@given(st.sets(st.integers(0, LEAST - 1), max_size=20), st.integers(0, LEAST - 1))
def test_what_was_set_is_set_and_nothing_else(places: set[int], other: int) -> None:
    bits = Bits.empty()
    for place in places:
        bits = bits.with_at(place)
    read = Bits.read(bits.encoded())
    assert all(read.at(place) for place in places)
    assert read.at(other) is (other in places)
    assert sum(byte.bit_count() for byte in read.raw) == len(places)
    assert Bits.empty().with_all(places) == bits


def test_place_nought_is_the_leftmost_bit() -> None:
    assert Bits.empty().with_at(0).raw[0] == 0b1000_0000
    assert Bits.empty().with_at(9).raw[1] == 0b0100_0000


def test_a_place_can_be_cleared_again() -> None:
    bits = Bits.empty().with_at(5)
    assert bits.with_at(5, False) == Bits.empty()
    assert bits.with_at(5) is bits


def test_the_same_list_is_written_the_same() -> None:
    assert Bits.empty().with_at(3).encoded() == Bits.empty().with_at(3).encoded()


def test_the_example_of_the_standard_is_read() -> None:
    text = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"
    assert Bits.read(text) == Bits.empty()


def _packed(data: bytes) -> str:
    return "u" + to_base64url(gzip.compress(data))


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "zABC",
        _packed(bytes(100)),  # shorter than may be
        _packed(bytes(MOST // 8 + 1)),
        _packed(bytes(20_000_000)),  # a thousand times as much as it weighs
        "u" + "A" * (2 * MOST // 8),
        "u" + to_base64url(b"no gzip"),
        _packed(bytes(LEAST // 8))[:-8],
        "u" + to_base64url(gzip.compress(bytes(LEAST // 8)) + b"more"),
        "u" + to_base64url(gzip.compress(bytes(LEAST // 8)) * 2),
    ],
    ids=lambda text: f"{str(text)[:6]} {len(str(text))}",
)
def test_what_is_no_list_or_a_bomb_is_refused(text: object) -> None:
    with pytest.raises(Refused) as caught:
        Bits.read(text)
    assert caught.value.reason in (Reason.STATUS_LIST, Reason.ENCODING)


@pytest.mark.parametrize("places", [0, 8, LEAST - 8, LEAST + 1, MOST + 8])
def test_a_list_of_another_size_is_not_made(places: int) -> None:
    with pytest.raises(Refused, match=Reason.STATUS_LIST):
        Bits.empty(places)


@pytest.mark.parametrize("index", [-1, LEAST, 10**9])
def test_a_place_outside_the_list_is_refused(index: int) -> None:
    with pytest.raises(Refused, match=Reason.STATUS_INDEX):
        Bits.empty().at(index)


def test_a_free_place_is_not_taken_and_says_nothing_of_order() -> None:
    taken = set(range(0, LEAST, 2))
    places = [free_place(taken) for _ in range(50)]
    assert all(place % 2 for place in places)
    assert places != sorted(places)
    with pytest.raises(Refused, match=Reason.STATUS_LIST):
        free_place(range(LEAST))


def test_entries_are_read_as_they_were_written() -> None:
    document = certificate(credentialStatus=[entry_of(URL, REVOCATION, 7), entry_of(URL, SUSPENSION, 8)])
    assert entries_of(document) == (Entry(REVOCATION, 7, URL), Entry(SUSPENSION, 8, URL))
    document["credentialStatus"] = entry_of(URL, REVOCATION, 7)
    assert entries_of(document) == (Entry(REVOCATION, 7, URL),)
    del document["credentialStatus"]
    assert entries_of(document) == ()


def test_a_second_status_stands_in_the_terms_of_use() -> None:
    other = {"type": "Policy", "id": "https://evc.example/voorwaarden"}
    document = certificate(
        credentialStatus=entry_of(URL, REVOCATION, 7), termsOfUse=[other, entry_of(URL, SUSPENSION, 8)]
    )
    assert entries_of(document) == (Entry(REVOCATION, 7, URL), Entry(SUSPENSION, 8, URL))
    assert entries_of(certificate(credentialStatus=entry_of(URL, REVOCATION, 7), termsOfUse=other)) == (
        Entry(REVOCATION, 7, URL),
    )


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("https://evc.example/voorwaarden", Reason.SHAPE),
        ([], Reason.SHAPE),
        (status_entry(SUSPENSION, 1) | {"statusListIndex": 1}, Reason.STATUS_INDEX),
        (
            status_entry(SUSPENSION, 1) | {"type": ["Policy", "BitstringStatusListEntry"]},
            Reason.STATUS_UNKNOWN,
        ),
    ],
)
def test_a_status_cannot_be_hidden_in_the_terms_of_use(value: Any, reason: Reason) -> None:
    with pytest.raises(Refused) as caught:
        entries_of(certificate(termsOfUse=value))
    assert caught.value.reason is reason


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("https://evc.example/status/revocation/1#7", Reason.SHAPE),
        ([], Reason.SHAPE),
        (None, Reason.SHAPE),
        ([status_entry(REVOCATION, 1)] * 9, Reason.SHAPE),
        ({"type": "StatusList2021Entry"}, Reason.STATUS_UNKNOWN),
        ({"type": ["BitstringStatusListEntry", "Other"]}, Reason.STATUS_UNKNOWN),
        (status_entry("message", 1), Reason.STATUS_UNKNOWN),
        (status_entry(REVOCATION, 1) | {"statusSize": 2}, Reason.STATUS_UNKNOWN),
        (status_entry(REVOCATION, 1) | {"statusListIndex": 1}, Reason.STATUS_INDEX),
        (status_entry(REVOCATION, 1) | {"statusListIndex": "-1"}, Reason.STATUS_INDEX),
        (status_entry(REVOCATION, 1) | {"statusListIndex": "01"}, Reason.STATUS_INDEX),
        (status_entry(REVOCATION, 1) | {"statusListIndex": "1e3"}, Reason.STATUS_INDEX),
        (status_entry(REVOCATION, 1) | {"statusListIndex": "٣"}, Reason.STATUS_INDEX),
        (status_entry(REVOCATION, 1) | {"statusListCredential": "http://10.0.0.8/"}, Reason.SHAPE),
        (status_entry(REVOCATION, 1) | {"statusListCredential": {"id": URL}}, Reason.SHAPE),
    ],
)
def test_an_entry_that_is_not_understood_is_not_passed_over(value: Any, reason: Reason) -> None:
    with pytest.raises(Refused) as caught:
        entries_of(certificate(credentialStatus=value))
    assert caught.value.reason is reason


def test_a_place_is_looked_up_in_its_own_list() -> None:
    there = published(Bits.empty().with_at(7))
    assert status_in(Entry(REVOCATION, 7, URL), there) is Reason.REVOKED
    assert status_in(Entry(REVOCATION, 8, URL), there) is None
    suspended = list_credential(
        URL, SUSPENSION, Bits.empty().with_at(7), issuer=DID, valid_from=NOW, valid_until=NOW + DAY
    )
    assert status_in(Entry(SUSPENSION, 7, URL), suspended) is Reason.SUSPENDED


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"id": URL + "0"}, Reason.STATUS_LIST),
        ({"type": ["VerifiableCredential"]}, Reason.STATUS_LIST),
        ({"credentialSubject": []}, Reason.STATUS_LIST),
        ({"credentialSubject": {"type": "Other"}}, Reason.STATUS_LIST),
        (
            {"credentialSubject": {"type": "BitstringStatusList", "statusPurpose": SUSPENSION}},
            Reason.STATUS_PURPOSE,
        ),
        (
            {"credentialSubject": {"type": "BitstringStatusList", "statusPurpose": REVOCATION}},
            Reason.STATUS_LIST,
        ),
    ],
)
def test_another_list_says_nothing(changes: dict[str, Any], reason: Reason) -> None:
    with pytest.raises(Refused) as caught:
        status_in(Entry(REVOCATION, 7, URL), published(Bits.empty(), **changes))
    assert caught.value.reason is reason


def test_the_words_of_our_lists_are_those_of_w3c() -> None:
    context = json.loads(vector("bitstring/v1.jsonld").read_text("utf-8"))["@context"]
    words = context["BitstringStatusList"]["@context"]
    assert published(Bits.empty())["credentialSubject"].keys() <= words.keys()
    assert entry_of(URL, REVOCATION, 7).keys() <= context["BitstringStatusListEntry"]["@context"].keys()
