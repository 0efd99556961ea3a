"""The process that looks at one signed paper: the PDF on stdin, what it shows on stdout, as JSON.

Run as ``python -m bekwaam.adapters.papers.child SECONDS``.
"""

from __future__ import annotations

import json
import logging
import sys

from bekwaam.adapters.limits import limit
from bekwaam.adapters.papers.inspection import inspect
from bekwaam.adapters.papers.reader import to_plain


def main() -> None:
    """Look at what is on stdin."""
    limit(int(sys.argv[1]))
    logging.disable()
    json.dump(to_plain(inspect(sys.stdin.buffer.read())), sys.stdout)


if __name__ == "__main__":
    main()
