"""Making, changing and giving up the key of a provider. Each is recorded, and told in the public log."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.certificates.signing_keys import KeyPeriod, check_change, check_since, retires_at
from bekwaam.domain.events import Event
from bekwaam.services import clock
from bekwaam.services.accounts.standing import insist_at_provider, lock_provider
from bekwaam.services.errors import NotFound, insist
from bekwaam.services.publiclog.writing import add
from bekwaam.services.signing import ring
from bekwaam.store.audit import append, hold
from bekwaam.store.models import Person, Provider, SigningKey
from bekwaam.trust.entries import Kind, LogEntry
from bekwaam.trust.moments import write_moment


def ensure_key(provider: Provider) -> SigningKey:
    """Return the key that a provider signs with now; the first one is made here, and told in the log.

    Inside the caller's transaction. One query where there is a key. Raises Refused when keys cannot be kept.
    """
    return ring.key_in_use(provider) or _make(None, provider, clock.now())


@transaction.atomic
def make_first_key(actor: Person | None, provider: Provider) -> SigningKey:
    """Make the key that a provider signs with, or return the one that it has.

    ``actor`` is None for the command line. Raises Refused without the right to.
    """
    lock_provider(provider)
    insist_at_provider(Action.SET_KEYS, actor, provider)
    return ensure_key(provider)


@transaction.atomic
def rotate(actor: Person | None, provider: Provider, seen: str | None = None) -> SigningKey:
    """Let a provider sign with a new key from now on, and return that. What the old one signed holds.

    ``seen`` is the key (``ref``) that the actor had before them: when that is not in use any more, it was
    changed a moment ago and nothing is done. None leaves that out, as for the command line.
    Raises Refused without the right to, when there are too many already, or when keys cannot be kept.
    """
    _alone(provider)
    insist_at_provider(Action.SET_KEYS, actor, provider)
    old = ring.key_in_use(provider)
    if old is not None and seen is not None and old.ref != seen:
        return old
    insist(check_change(SigningKey.objects.filter(provider=provider).count()))
    now = clock.now()
    if old is not None:
        _retire(actor, provider, old, now)
    return _make(actor, provider, now)


@transaction.atomic
def report_stolen(actor: Person | None, provider: Provider, ref: str, since: datetime) -> SigningKey:
    """Say that others may have a key since a moment; where it was in use, a new one takes its place.

    What it signs later is refused from now on, and what it signed earlier holds only with a proof from the
    public log.
    Returns the key. Raises NotFound for a key that the provider never had, Refused without the right to or
    for a moment that cannot be.
    """
    _alone(provider)
    insist_at_provider(Action.SET_KEYS, actor, provider)
    key = SigningKey.objects.filter(provider=provider, ref=ref).first()
    if key is None:
        raise NotFound
    now = clock.now()
    insist(check_since(period_of(key), since, now))
    key.compromised_at = since.replace(microsecond=0)
    key.save(update_fields=["compromised_at"])
    append(
        Event.KEY_COMPROMISED,
        actor=actor,
        subject=_subject(provider),
        now=now,
        payload={"key": key.public, "since": write_moment(since)},
        content=[key],
    )
    _tell(Kind.KEY_COMPROMISED, provider, key, now, since=write_moment(since))
    if key.retired_at is None:
        _retire(actor, provider, key, now)
        _make(actor, provider, now)
    return key


@transaction.atomic
def rotate_log() -> SigningKey:
    """Let the public log be signed with a new key from now on, and return that. For the command line.

    The way on when the key of the log is lost or stolen: nothing can be signed without it. Whoever watches
    the log kept the old one, and is to be told of the new one in another way than by this server.
    """
    hold()
    now, old = clock.now(), ring.log_key_row()
    old.retired_at = now
    old.save(update_fields=["retired_at"])
    append(Event.KEY_RETIRED, actor=None, subject="log", now=now, payload={"key": old.public}, content=[old])
    new = ring.log_key_row()
    add(LogEntry(Kind.KEY_RETIRED, old.public, now))
    add(LogEntry(Kind.KEY_MADE, new.public, now))
    return new


def provider_called(name: str) -> Provider:
    """Return the provider with this reference or name. One query. Raises NotFound. For the command line."""
    found = Provider.objects.filter(Q(ref=name) | Q(name__iexact=name)).first()
    if found is None:
        raise NotFound
    return found


def key_called(provider: Provider, name: str) -> str:
    """Return the reference of a provider's key with this reference or value. One query. Raises NotFound."""
    found = SigningKey.objects.filter(Q(ref=name) | Q(public=name), provider=provider).first()
    if found is None:
        raise NotFound
    return found.ref


def period_of(key: SigningKey) -> KeyPeriod:
    """Return when a key was used."""
    return KeyPeriod(key.made_at, key.retired_at, key.compromised_at)


def _alone(provider: Provider) -> None:
    """Wait until nobody signs any more, and let others wait: the moment is taken after that.

    Whoever issues holds the end of the chain from before it looks up its key. Without this, what was waited
    for could be signed with a key that was out of use for longer than its grace by then.
    """
    lock_provider(provider)
    hold()


def _make(actor: Person | None, provider: Provider, now: datetime) -> SigningKey:
    key, made = ring.make_key(actor, provider, now)
    if made:
        _tell(Kind.KEY_MADE, provider, key, now)
    return key


def _retire(actor: Person | None, provider: Provider, key: SigningKey, now: datetime) -> None:
    key.retired_at = retires_at(now)
    key.save(update_fields=["retired_at"])
    until = write_moment(key.retired_at)
    append(
        Event.KEY_RETIRED,
        actor=actor,
        subject=_subject(provider),
        now=now,
        payload={"key": key.public, "until": until},
        content=[key],
    )
    _tell(Kind.KEY_RETIRED, provider, key, now, until=until)


def _tell(kind: Kind, provider: Provider, key: SigningKey, now: datetime, **more: str) -> None:
    """Add a leaf about a key to the public log."""
    add(LogEntry(kind, key.public, now, ring.did_of(provider), tuple(sorted(more.items()))))


def _subject(provider: Provider) -> str:
    return f"provider:{provider.ref}"
