"""The hash chain and the salted commitments."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bekwaam.trust.canonical import canonical_json, hash_of, sha256_hex
from bekwaam.trust.chain import GENESIS, BreakKind, Link, link_hash, walk
from bekwaam.trust.commitments import commit, new_salt, opens


def chain(length: int) -> list[Link]:
    links: list[Link] = []
    previous = GENESIS
    for sequence in range(1, length + 1):
        content = {
            "sequence": sequence,
            "at": f"2026-11-23T20:00:{sequence:02d}.000000+00:00",
            "actor": "person:abc",
            "code": "judgement.made",
            "subject": "procedure:xyz",
            "payload": {"unit": "1.1", "naam": "Ünïcode €"},
            "previous": previous,
        }
        links.append(Link(**content, hash=link_hash(**content)))  # type: ignore[arg-type]
        previous = links[-1].hash
    return links


def test_a_whole_chain_walks_to_its_head() -> None:
    links = chain(5)
    walked = walk(links)
    assert walked.whole
    assert (walked.length, walked.head) == (5, links[-1].hash)


def test_an_empty_chain_is_whole() -> None:
    assert walk([]).whole
    assert walk([]).head == GENESIS


@pytest.mark.parametrize("position", range(5))
@pytest.mark.parametrize(
    "change",
    [
        {"actor": "person:other"},
        {"at": "2026-11-23T20:00:00.000000+00:00"},
        {"code": "certificate.issued"},
        {"subject": "procedure:other"},
        {"payload": {"unit": "1.2"}},
    ],
)
def test_any_changed_field_is_found_at_its_entry(position: int, change: dict[str, object]) -> None:
    links = chain(5)
    links[position] = replace(links[position], **change)  # type: ignore[arg-type]
    walked = walk(links)
    assert (walked.broken_at, walked.kind) == (position + 1, BreakKind.CONTENT)


def test_an_entry_rehashed_after_a_change_breaks_the_next() -> None:
    links = chain(5)
    changed = replace(links[2], actor="person:other")
    content = {name: getattr(changed, name) for name in Link.__slots__ if name != "hash"}
    links[2] = replace(changed, hash=link_hash(**content))
    walked = walk(links)
    assert (walked.broken_at, walked.kind) == (4, BreakKind.PREVIOUS)


@pytest.mark.parametrize("position", range(4))
def test_a_removed_entry_is_found(position: int) -> None:
    links = chain(5)
    del links[position]
    assert walk(links).broken_at == position + 1


def test_swapped_entries_are_found() -> None:
    links = chain(5)
    links[1], links[2] = links[2], links[1]
    assert walk(links).kind is BreakKind.SEQUENCE


def test_the_hash_can_be_made_with_other_tools() -> None:
    link = chain(1)[0]
    plain = {name: getattr(link, name) for name in Link.__slots__ if name != "hash"}
    by_hand = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert link.hash == hashlib.sha256(by_hand).hexdigest()


def test_canonical_json_sorts_and_keeps_unicode() -> None:
    assert canonical_json({"b": 1, "a": "é"}) == '{"a":"é","b":1}'.encode()
    assert hash_of({"a": 1}) == sha256_hex(b'{"a":1}')


def test_canonical_json_refuses_what_json_cannot_carry() -> None:
    with pytest.raises(ValueError):
        canonical_json({"x": float("nan")})


JSON = st.recursive(st.none() | st.booleans() | st.text(max_size=20), lambda c: st.lists(c, max_size=3))


@given(JSON, JSON)
def test_a_commitment_opens_for_its_own_value_only(value: object, other: object) -> None:
    salt = new_salt()
    commitment = commit(salt, value)
    assert opens(commitment, salt, value)
    assert opens(commitment, salt, other) is (canonical_json(value) == canonical_json(other))
    assert not opens(commitment, new_salt(), value)


def test_a_commitment_is_an_hmac_that_others_can_make() -> None:
    salt = "00" * 32
    expected = hmac.new(bytes(32), b'"geheim"', hashlib.sha256).hexdigest()
    assert commit(salt, "geheim") == f"hmac-sha256:{expected}"
