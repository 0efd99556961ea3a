"""Keeps what is secret in an address out of the logs: whoever reads those should not get in by it."""

from __future__ import annotations

import logging
import re
from typing import Final

# The parts of addresses that let somebody in: a calendar, a referee, a visitor, who had files checked,
# who chooses a password.
_SECRET: Final = re.compile(
    r"(?P<before>/referent/|/gedeeld/|/controleren/veel/|/account/nieuw/|/account/password/reset/key/)(?!mail/|done/)[^/\s]+"
    r"|(?P<agenda>/agenda/)[^/\s]+(?=\.ics)"
)


class SecretsFilter(logging.Filter):
    """Puts three dots in place of a secret, in whatever is logged."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, without its secrets."""
        said = record.getMessage()
        hidden = _SECRET.sub(lambda found: f"{found['before'] or found['agenda']}…", said)
        if hidden != said:
            record.msg, record.args = hidden, ()
        return True
