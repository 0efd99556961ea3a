"""When a key is taken out of use, and from which moment on it may be called stolen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bekwaam.domain.verdict import ALLOWED, Verdict, refused
from bekwaam.trust.dids import MOST_KEYS
from bekwaam.wording import N_

# Whoever was signing while the key was changed gets it done with the old one; and moments in signatures are
# whole seconds, so that one of the last second must not look later than the end of its key.
GRACE: Final = timedelta(minutes=1)
# Whoever reads the document of an issuer takes no more than MOST_KEYS of its keys. What is left below that is
# for keys that have to be changed because they were stolen.
MOST_CHANGES: Final = MOST_KEYS - 20


@dataclass(frozen=True, slots=True)
class KeyPeriod:
    """From when on a key was used, until when (None: still), and from when on others may have it."""

    made_at: datetime
    retired_at: datetime | None = None
    compromised_at: datetime | None = None


def retires_at(now: datetime) -> datetime:
    """Return until when a key still holds that is taken out of use now: a whole second, within a minute."""
    return (now + GRACE).replace(microsecond=0)


def check_change(keys: int) -> Verdict:
    """Tell whether who has had so many ``keys`` may take another one without need."""
    if keys >= MOST_CHANGES:
        return refused(
            "too_many_keys",
            N_(
                "The key has been changed {keys} times, and all of them have to stay known. "
                "Keep this one, unless it was stolen."
            ),
            keys=keys,
        )
    return ALLOWED


def check_since(key: KeyPeriod, since: datetime, now: datetime) -> Verdict:
    """Tell whether ``key`` may be reported stolen from ``since`` on.

    Not in the future, and not before the key was there. What was reported before can be set earlier, when it
    turns out to be worse, and never later: others have acted on it.
    """
    if since > now:
        return refused("future", N_("That moment is still to come."))
    if since < key.made_at.replace(second=0, microsecond=0):
        return refused("before_key", N_("This key did not exist yet at that moment."))
    if key.compromised_at is not None and since >= key.compromised_at:
        return refused("reported", N_("This key was reported stolen from that moment or earlier already."))
    return ALLOWED
