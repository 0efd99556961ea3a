"""An interview, workplace observation or practical test that is still to be held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from bekwaam.domain.assessment.findings import SECOND_INSTRUMENTS, InstrumentKind
from bekwaam.domain.assessment.numbers import looks_like_number
from bekwaam.domain.faults import Fault
from bekwaam.domain.verdict import ALLOWED, Verdict, refused
from bekwaam.wording import N_

LONGEST: Final = {"place": 200, "video_url": 500, "participants": 500, "notes": 2000, "reason": 500}
FURTHEST: Final = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is agreed. ``starts_at`` is aware; there is a ``place``, a ``video_url``, or both."""

    kind: InstrumentKind | None
    starts_at: datetime | None
    place: str = ""
    video_url: str = ""
    participants: str = ""
    notes: str = ""


def check_plan(plan: Plan, now: datetime) -> tuple[Fault, ...]:
    """Return everything that is wrong with a plan made at ``now``."""
    faults: list[Fault] = []
    if plan.kind not in SECOND_INSTRUMENTS:
        faults.append(Fault("kind", "unknown", N_("Choose an interview, an observation or a test.")))
    faults += _moment_faults(plan.starts_at, now)
    if not plan.place.strip() and not plan.video_url.strip():
        faults.append(Fault("place", "empty", N_("Fill in a place or a link for a video call.")))
    if plan.video_url.strip() and not is_https(plan.video_url.strip()):
        message = N_("A link for a video call begins with https:// and has no spaces in it.")
        faults.append(Fault("video_url", "not_https", message))
    if not plan.participants.strip():
        faults.append(Fault("participants", "empty", N_("Fill in who will be there.")))
    for name in ("participants", "notes"):
        if looks_like_number(getattr(plan, name)):
            message = N_("Leave out numbers of documents or people; a name is enough.")
            faults.append(Fault(name, "number", message))
    for name in ("place", "video_url", "participants", "notes"):
        faults += too_long(name, getattr(plan, name))
    return tuple(faults)


def _moment_faults(starts_at: datetime | None, now: datetime) -> list[Fault]:
    if starts_at is None:
        return [Fault("starts_at", "empty", N_("Fill in the day and the time."))]
    if starts_at <= now:
        message = N_("This moment has passed. Was it held already? Then record it instead.")
        return [Fault("starts_at", "past", message)]
    if starts_at > now + FURTHEST:
        return [Fault("starts_at", "far", N_("This is over two years away. Look at the year once more."))]
    return []


def is_https(link: str) -> bool:
    """Tell whether a link can be shown as one: https, with a host and without spaces or a password."""
    try:
        parts = urlsplit(link)
        named = bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False
    return parts.scheme == "https" and named and not any(letter.isspace() for letter in link)


def too_long(name: str, text: str) -> list[Fault]:
    """Return a fault when a text is longer than there is room for."""
    if len(text) <= LONGEST[name]:
        return []
    message = N_("This is too long: {limit} characters is the most.")
    return [Fault(name, "too_long", message, {"limit": LONGEST[name]})]


def check_reason(reason: str) -> tuple[Fault, ...]:
    """Return what is wrong with the reason for changing or cancelling."""
    if not reason.strip():
        return (Fault("reason", "empty", N_("Say in a few words why. All who take part read this.")),)
    return tuple(too_long("reason", reason))


def check_open(*, replaced: bool, cancelled: bool, held: bool) -> Verdict:
    """Tell whether a plan can still be changed, cancelled or recorded as held."""
    if replaced:
        message = N_("This appointment was changed meanwhile. Look at what stands now.")
        return refused("replaced", message)
    if cancelled:
        return refused("cancelled", N_("This appointment was cancelled."))
    if held:
        return refused("held", N_("It was recorded already that this was held."))
    return ALLOWED
