"""The process that reads one file: content on stdin, on stdout a line of JSON for each part and how it ended.

Run as ``python -m bekwaam.adapters.texts.child MEDIA_TYPE SECONDS``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, TextIO

from bekwaam.adapters.limits import limit
from bekwaam.adapters.texts.bounds import Bounded, Enough, Locked
from bekwaam.adapters.texts.office import office_parts
from bekwaam.adapters.texts.pdf import pdf_parts
from bekwaam.domain.privacy.reading import Outcome, Part


def tell(source: BinaryIO, media_type: str, out: TextIO) -> None:
    """Write the parts of a file and how reading it ended."""
    for row in rows(parts_of(source, media_type)):
        out.write(json.dumps(row) + "\n")
        out.flush()


def parts_of(source: BinaryIO, media_type: str) -> Iterable[Part]:
    """Return the parts of a file, as they are read."""
    return pdf_parts(source) if media_type == "application/pdf" else office_parts(source, media_type)


def rows(parts: Iterable[Part]) -> Iterator[dict[str, Any]]:
    """Yield what is told: the parts that say something, and at the end how it ended."""
    bounded, outcome, partly = Bounded(), Outcome.READ, False
    try:
        for part in parts:
            text = bounded.take(part.text)
            if text.strip():
                yield {"unit": part.unit, "number": part.number, "text": text}
    except Enough:
        partly = True
    except Locked:
        outcome = Outcome.LOCKED
    except Exception:
        outcome, partly = (Outcome.READ, True) if bounded.took else (Outcome.BROKEN, False)
    if outcome is Outcome.READ and not bounded.took:
        outcome = Outcome.NO_TEXT
    yield {"end": outcome, "partly": partly or bounded.cut}


def main() -> None:
    """Read what is on stdin."""
    media_type, seconds = sys.argv[1:3]
    limit(int(seconds))
    tell(sys.stdin.buffer, media_type, sys.stdout)


if __name__ == "__main__":
    main()
