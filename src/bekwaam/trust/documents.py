"""Reading JSON from strangers: bounded in size, depth and number, and with one meaning only.

A document with the same key twice, a number that another program would read otherwise or a text that is no
Unicode can be one thing to the signer and another to the reader; none of them is accepted.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

from bekwaam.trust.reasons import Reason, Refused

MOST_BYTES: Final = 512 * 1024
MOST_DEPTH: Final = 32
MOST_VALUES: Final = 20_000
MOST_WHOLE: Final = 2**53 - 1
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise Refused(Reason.DUPLICATE_KEY)
    return made


def _constant(name: str) -> Any:
    raise Refused(Reason.NUMBER, name)


def _whole(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > MOST_WHOLE:
        raise Refused(Reason.NUMBER, "beyond 2**53")
    return int(text)


def _broken(text: str) -> float:
    number = float(text)
    if len(text) > 32 or abs(number) > MOST_WHOLE:
        raise Refused(Reason.NUMBER, "beyond 2**53")
    return number


def read_json(
    data: bytes | str,
    *,
    most_bytes: int = MOST_BYTES,
    most_depth: int = MOST_DEPTH,
    most_values: int = MOST_VALUES,
) -> dict[str, Any]:
    """Return the JSON object in ``data``.

    Raises Refused: TOO_LARGE, TOO_DEEP, TOO_MANY_VALUES beyond the bounds; NOT_JSON, DUPLICATE_KEY, NUMBER,
    TEXT for what has no single meaning; SHAPE when it is JSON but no object.
    """
    if len(data) > most_bytes:
        raise Refused(Reason.TOO_LARGE, str(len(data)))
    try:
        text = data.decode("utf-8") if isinstance(data, bytes) else data
        value = json.loads(
            text, object_pairs_hook=_pairs, parse_constant=_constant, parse_int=_whole, parse_float=_broken
        )
    except RecursionError as error:
        raise Refused(Reason.TOO_DEEP) from error
    except Refused:
        raise
    except ValueError as error:
        raise Refused(Reason.NOT_JSON) from error
    if not isinstance(value, dict):
        raise Refused(Reason.SHAPE, "not an object")
    check_value(value, most_depth=most_depth, most_values=most_values)
    return value


def check_value(value: Any, *, most_depth: int = MOST_DEPTH, most_values: int = MOST_VALUES) -> None:
    """Hold a value that is JSON already against the same bounds; raises Refused as :func:`read_json` does."""
    waiting: list[tuple[Any, int]] = [(value, 1)]
    seen = 0
    while waiting:
        it, depth = waiting.pop()
        seen += 1
        if depth > most_depth:
            raise Refused(Reason.TOO_DEEP, str(most_depth))
        if seen + len(waiting) > most_values:
            raise Refused(Reason.TOO_MANY_VALUES, str(most_values))
        if isinstance(it, dict):
            for key in it:
                _check_text(key)
            waiting += [(part, depth + 1) for part in it.values()]
        elif isinstance(it, list):
            waiting += [(part, depth + 1) for part in it]
        elif isinstance(it, str):
            _check_text(it)
        elif isinstance(it, int | float) and not isinstance(it, bool):
            if it != it or abs(it) > MOST_WHOLE:
                raise Refused(Reason.NUMBER)
        elif it is not None and not isinstance(it, bool):
            raise Refused(Reason.SHAPE, type(it).__name__)


def _check_text(text: Any) -> None:
    """Refuse control characters (canonical forms disagree on them) and halves of surrogate pairs."""
    if not isinstance(text, str) or _CONTROL.search(text):
        raise Refused(Reason.TEXT)
