"""JSON of strangers: bounded, and with one meaning only."""

from __future__ import annotations

import json

import pytest

from bekwaam.trust.documents import MOST_BYTES, check_value, read_json
from bekwaam.trust.reasons import Reason, Refused


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"a": 1, "a": 2}', Reason.DUPLICATE_KEY),
        (b'{"a": {"b": 1, "\\u0062": 2}}', Reason.DUPLICATE_KEY),
        (b'{"a": NaN}', Reason.NUMBER),
        (b'{"a": -Infinity}', Reason.NUMBER),
        (b'{"a": 9007199254740993}', Reason.NUMBER),
        (b'{"a": 1e400}', Reason.NUMBER),
        (b'{"a": ' + b"9" * 5000 + b"}", Reason.NUMBER),
        (b'{"a": "\\ud800"}', Reason.TEXT),
        (b'{"a": "\\u0000"}', Reason.TEXT),
        (b'{"\\u0007": 1}', Reason.TEXT),
        (b'{"a": "\xff"}', Reason.NOT_JSON),
        (b"\xef\xbb\xbf{}", Reason.NOT_JSON),
        (b"{'a': 1}", Reason.NOT_JSON),
        (b"", Reason.NOT_JSON),
        (b"[]", Reason.SHAPE),
        (b'"a"', Reason.SHAPE),
        (b"null", Reason.SHAPE),
        (b'{"a":' * 40 + b"1" + b"}" * 40, Reason.TOO_DEEP),
        (b'{"a":' + b"[" * 200_000, Reason.TOO_DEEP),
        (b'{"a":' * 80_000, Reason.TOO_DEEP),
        (json.dumps({"a": list(range(30_000))}).encode(), Reason.TOO_MANY_VALUES),
        (b" " * (MOST_BYTES + 1), Reason.TOO_LARGE),
    ],
)
def test_what_has_no_single_meaning_or_no_end_is_refused(data: bytes, reason: Reason) -> None:
    with pytest.raises(Refused) as caught:
        read_json(data)
    assert caught.value.reason is reason


def test_an_ordinary_document_is_read_as_it_is() -> None:
    text = '{"naam": "Zoë\\n\\tde Wit", "n": [1, -2.5, true, null, {}]}'
    assert read_json(text) == read_json(text.encode()) == json.loads(text)


def test_what_json_has_no_word_for_is_refused() -> None:
    with pytest.raises(Refused, match=Reason.SHAPE):
        check_value({"a": {1, 2}})
    with pytest.raises(Refused, match=Reason.TEXT):
        check_value({1: "a"})
