"""Base58, multibase, base64: one spelling for the same bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bekwaam.trust.encoding import (
    from_base58,
    from_base64,
    from_base64url,
    from_multibase,
    to_base58,
    to_base64,
    to_base64url,
    to_multibase,
)
from bekwaam.trust.reasons import Reason, Refused


@pytest.mark.parametrize(
    ("data", "text"),
    [  # the test vectors of draft-msporny-base58
        (b"Hello World!", "2NEpo7TZRRrLZSi2U"),
        (
            b"The quick brown fox jumps over the lazy dog.",
            "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z",
        ),
        (bytes.fromhex("0000287fb4cd"), "11233QC4"),
        (b"", ""),
        (b"\0\0", "11"),
    ],
)
def test_base58_is_that_of_others(data: bytes, text: str) -> None:
    assert to_base58(data) == text
    assert from_base58(text) == data


@given(st.binary(max_size=80))
def test_what_was_written_is_read(data: bytes) -> None:
    assert from_multibase(to_multibase(data)) == data
    assert from_base64(to_base64(data)) == data
    assert from_base64url(to_base64url(data)) == data


@pytest.mark.parametrize("text", ["0", "O", "l", "a b", "é", "=", "\n"])
def test_base58_of_another_alphabet_is_refused(text: str) -> None:
    with pytest.raises(Refused, match=Reason.ENCODING):
        from_base58(text)


def test_base58_that_takes_long_to_read_is_refused() -> None:
    with pytest.raises(Refused, match=Reason.TOO_LARGE):
        from_base58("z" * 257)


@pytest.mark.parametrize("text", ["", "uAAAA", "mAAAA", None, 3, ["z1"]])
def test_another_multibase_is_refused(text: object) -> None:
    with pytest.raises(Refused, match=Reason.ENCODING):
        from_multibase(text)


@pytest.mark.parametrize("text", ["QQ==", "QR", "Q Q", "QQ\n", "Q", "Q+", "Q/", "é"])
def test_a_second_spelling_of_base64url_is_refused(text: str) -> None:
    with pytest.raises(Refused, match=Reason.ENCODING):
        from_base64url(text)


@pytest.mark.parametrize("text", ["QQ", "QR==", "Q Q=", "QQ==\n", "Q-==", "é"])
def test_a_second_spelling_of_base64_is_refused(text: str) -> None:
    with pytest.raises(Refused, match=Reason.ENCODING):
        from_base64(text)
