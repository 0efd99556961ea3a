"""The keys of providers and of the public log: finding them, signing with them, making them.

Nothing here knows of the log; that a key was made, retired or stolen is put there by
:mod:`bekwaam.services.issuers`.
"""

from __future__ import annotations

import logging
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final, TypeVar

from django.db import IntegrityError, transaction

from bekwaam.domain.events import Event
from bekwaam.domain.verdict import refused
from bekwaam.services import clock
from bekwaam.services.errors import Refused
from bekwaam.services.ports import key_store
from bekwaam.services.signing.names import did_of_ref, identifier, log_origin, ref_of
from bekwaam.store.audit import append
from bekwaam.store.models import Person, Provider, SigningKey
from bekwaam.trust.dids import Issuer, IssuerLog, Key
from bekwaam.trust.keys import PublicKey, Signer
from bekwaam.trust.notes import NoteKey
from bekwaam.trust.reasons import Refused as NotAccepted
from bekwaam.wording import N_

_LOG: Final = "log"
logger = logging.getLogger(__name__)
Found = TypeVar("Found")


def did_of(provider: Provider) -> str:
    """Return the identifier under which a provider issues."""
    return did_of_ref(provider.ref)


def key_of_row(did: str, row: SigningKey) -> Key:
    """Return a key as the world sees it."""
    public = PublicKey.from_multibase(row.public)
    return Key(f"{did}#{row.public}", did, public, row.retired_at, row.compromised_at)


def keys_of(provider: Provider) -> tuple[SigningKey, ...]:
    """Return all keys that a provider ever had, the first one first. One query."""
    return tuple(SigningKey.objects.filter(provider=provider).select_related("made_by"))


def issuer_of(provider: Provider) -> Issuer:
    """Return a provider with all its keys, retired and compromised ones included. One query."""
    did = did_of(provider)
    return Issuer(did, tuple(key_of_row(did, row) for row in SigningKey.objects.filter(provider=provider)))


def issuers_by_did(dids: Iterable[str]) -> dict[str, Issuer]:
    """Return those of ``dids`` that are providers of ours with a key, each by its identifier. One query; none
    where nothing looks like one of ours.
    """
    asked = {ref: did for did in dids if (ref := ref_of(did))}
    if not asked:
        return {}
    keys: dict[str, list[Key]] = defaultdict(list)
    for row in SigningKey.objects.filter(provider__ref__in=asked).select_related("provider"):
        did = asked[row.provider.ref] if row.provider else ""
        keys[did].append(key_of_row(did, row))
    return {did: Issuer(did, tuple(found)) for did, found in keys.items()}


def key_in_use(provider: Provider) -> SigningKey | None:
    """Return the key that a provider signs with now, or None when it never made one. One query."""
    return SigningKey.objects.filter(provider=provider, retired_at=None).first()


def current_key(provider: Provider) -> SigningKey:
    """Return the key that a provider signs with now. One query. Raises Refused when it never made one."""
    key = key_in_use(provider)
    if key is None:
        raise Refused(refused("no_key", N_("This provider has no key to sign with yet.")))
    return key


def signer_of(key: SigningKey) -> Signer:
    """Return what signs with ``key``. Raises Refused when the key cannot be opened."""
    signer = kept(lambda: key_store().signer(key.name))
    if signer.public.multibase != key.public:
        logger.error("the key store holds another key than the one called %s", key.name)
        raise _closed()
    return signer


def make_key(actor: Person | None, provider: Provider, now: datetime) -> tuple[SigningKey, bool]:
    """Make the key that a provider signs with from ``now`` on. Any other one was retired before.

    Inside the caller's transaction. When another process made one at the same moment, that one is returned:
    the second value tells whether it was made here.
    """
    name = f"{provider.ref}-{secrets.token_hex(8)}"
    try:
        with transaction.atomic():
            key = _make(name, now, provider=provider, made_by=actor)
            append_made(key, actor, f"provider:{provider.ref}", now)
    except IntegrityError:
        return current_key(provider), False
    return key, True


def append_made(key: SigningKey, actor: Person | None, subject: str, now: datetime) -> None:
    """Record that a key was made."""
    append(Event.KEY_MADE, actor=actor, subject=subject, now=now, payload={"key": key.public}, content=[key])


def _make(name: str, now: datetime, **columns: object) -> SigningKey:
    public = kept(lambda: key_store().new(name))
    return SigningKey.objects.create(name=name, public=public.multibase, made_at=now, **columns)


def log_key() -> NoteKey:
    """Return the key that signs for the public log now, made at its first use. One query after that."""
    return _note_key(log_key_row())


def log_keys() -> tuple[NoteKey, ...]:
    """Return every key that the public log ever had, the one in use first. One query; makes none."""
    rows = SigningKey.objects.filter(provider=None).order_by("-made_at", "-pk")
    return tuple(_note_key(row) for row in rows)


def log_in(rows: Iterable[SigningKey]) -> IssuerLog | None:
    """Return the public log by its keys among ``rows``, for who has to know it; None without one in use.

    What an earlier key of it signed still proves something, unless that was stolen.
    """
    own = [row for row in rows if row.provider_id is None and row.compromised_at is None]
    keys = [
        NoteKey(log_origin(), PublicKey.from_multibase(row.public))
        for row in sorted(own, key=lambda row: row.retired_at is not None)
    ]
    used = any(row.retired_at is None for row in own)
    return IssuerLog(identifier("/log"), keys[0], tuple(keys[1:])) if used else None


def log_signer() -> Signer:
    """Return what signs for the public log. Raises Refused when the key cannot be opened."""
    return signer_of(log_key_row())


def _note_key(row: SigningKey) -> NoteKey:
    return NoteKey(log_origin(), PublicKey.from_multibase(row.public))


def log_key_row(actor: Person | None = None) -> SigningKey:
    """Return the key of the log, made when none is in use.

    Its ``ref`` counts how many there were before, so that the database lets only one be made at a time.
    """
    row = SigningKey.objects.filter(provider=None, retired_at=None).first()
    if row is not None:
        return row
    now, before = clock.now(), SigningKey.objects.filter(provider=None).count()
    ref = f"{_LOG}{before + 1}" if before else _LOG
    try:
        with transaction.atomic():
            row = _make(f"{_LOG}-{secrets.token_hex(8)}", now, provider=None, ref=ref, made_by=actor)
            append_made(row, actor, _LOG, now)
    except IntegrityError:  # another process was first
        return SigningKey.objects.get(provider=None, retired_at=None)
    return row


def kept(ask: Callable[[], Found]) -> Found:
    """Return what the key store answers. Raises Refused when it cannot; why, goes to the log of the program,
    for whoever runs the installation.
    """
    try:
        return ask()
    except (NotAccepted, OSError) as error:
        logger.error("the key store does not open: %s", error)
        raise _closed() from error


def _closed() -> Refused:
    return Refused(
        refused(
            "keys_closed",
            N_(
                "Nothing can be signed now: the keys of this installation cannot be opened. "
                "Nothing was changed. Ask whoever runs the installation to look at it."
            ),
        )
    )
