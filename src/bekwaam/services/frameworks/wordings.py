"""Loading an organisation's own texts over ours, and withdrawing them."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.db import transaction

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.events import Event
from bekwaam.domain.faults import Fault
from bekwaam.frameworks.exchange.wording_sheet import WordingReading, read_wording
from bekwaam.frameworks.exchange.wording_template import wording_template_csv, wording_template_xlsx
from bekwaam.frameworks.worded import WordingTexts, replaced_numbers
from bekwaam.services import clock
from bekwaam.services.accounts.standing import insist_at_provider, lock_provider
from bekwaam.services.errors import Invalid, NotFound
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.store.audit import append
from bekwaam.store.models import Draft, FrameworkVersion, Person, Provider, Wording
from bekwaam.store.models.shared import moment
from bekwaam.trust.canonical import hash_of, sha256_hex
from bekwaam.wording import N_

MAX_WHOSE: Final = 200
MAX_RIGHT: Final = 300
MAX_FILE: Final = 5 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SentIn:
    """A file that somebody sent in and has not loaded yet, with what they said about it."""

    name: str
    data: bytes
    whose: str
    right: str

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of the file: what is loaded has to be what was looked at."""
        return sha256_hex(self.data)


@transaction.atomic
def load_wording(
    actor: Person,
    provider: Provider,
    version: FrameworkVersion,
    texts: WordingTexts,
    *,
    whose: str,
    right: str,
) -> Wording:
    """Let the people of a provider read ``texts`` in place of ours, in one version of a framework.

    ``whose`` says whose words they are, ``right`` on what ground the provider may use them. What was loaded
    before is withdrawn, whole: the new texts come in its place and are not added to it. The audit chain gets
    hashes and numbers, never a text. Raises Invalid where something is not filled in or nothing in ``texts``
    has a place in the version, Refused without the right to.
    """
    lock_provider(provider)
    insist_at_provider(Action.LOAD_WORDING, actor, provider)
    whose, right = whose.strip(), right.strip()
    numbers = replaced_numbers(framework_of(version), texts)
    faults = [*said_faults(whose, right), *_nothing(numbers)]
    if faults:
        raise Invalid(tuple(faults))
    now = clock.now()
    before = _in_use(provider, version)
    if before is not None:
        before.withdrawn_at = now
        before.save(update_fields=["withdrawn_at"])
    row = Wording(
        owner=provider,
        identifier=version.identifier,
        version=version.version,
        texts=texts.to_data(),
        whose=whose,
        right=right,
        loaded_by=actor,
        loaded_at=now,
    )
    row.sha256 = _hash(row, provider, actor)
    row.save()
    append(
        Event.WORDING_LOADED,
        actor=actor,
        subject=f"provider:{provider.ref}",
        now=now,
        payload={**_named(row), "texts": numbers, "replaces": before.sha256 if before else None},
        content=[*([before] if before else []), row],
    )
    return row


@transaction.atomic
def withdraw_wording(actor: Person, provider: Provider, version: FrameworkVersion) -> None:
    """Let the people of a provider read ours again. Raises NotFound where nothing is loaded."""
    lock_provider(provider)
    insist_at_provider(Action.LOAD_WORDING, actor, provider)
    row = _in_use(provider, version)
    if row is None:
        raise NotFound
    now = clock.now()
    row.withdrawn_at = now
    row.save(update_fields=["withdrawn_at"])
    append(
        Event.WORDING_WITHDRAWN,
        actor=actor,
        subject=f"provider:{provider.ref}",
        now=now,
        payload=_named(row),
        content=[row],
    )


def said_faults(whose: str, right: str) -> list[Fault]:
    """Return what is wrong with what somebody says about the texts they bring."""
    empty = {
        "whose": N_("Say whose words these are."),
        "right": N_("Say why you may use these words."),
    }
    limits = {"whose": MAX_WHOSE, "right": MAX_RIGHT}
    long = N_("This is too long: {limit} characters is the most.")
    faults = []
    for name, said in {"whose": whose.strip(), "right": right.strip()}.items():
        if not said:
            faults.append(Fault(name, "empty", empty[name]))
        elif len(said) > limits[name]:
            faults.append(Fault(name, "too_long", long, {"limit": limits[name]}))
    return faults


def _nothing(numbers: dict[str, int]) -> list[Fault]:
    message = N_("There is no text in it that has a place in this framework.")
    return [] if any(numbers.values()) else [Fault("file", "nothing", message)]


def _in_use(provider: Provider, version: FrameworkVersion) -> Wording | None:
    running = Wording.objects.filter(owner=provider, withdrawn_at=None)
    return running.filter(identifier=version.identifier, version=version.version).first()


def _hash(row: Wording, provider: Provider, actor: Person) -> str:
    """Return the hash by which these words are known: no two that were ever loaded have the same."""
    return hash_of(
        {
            "owner": provider.ref,
            "framework": row.identifier,
            "version": row.version,
            "texts": row.texts,
            "whose": row.whose,
            "right": row.right,
            "loaded_by": actor.ref,
            "loaded_at": moment(row.loaded_at),
        }
    )


def _named(row: Wording) -> dict[str, str]:
    return {"framework": row.identifier, "version": row.version, "sha256": row.sha256}


def keep_sent_in(actor: Person, provider: Provider, version: FrameworkVersion, given: SentIn) -> None:
    """Keep a file until its sender has looked at the report. Theirs alone, and nothing is loaded by it.

    Raises Invalid for a file that is too large and where something is not filled in, Refused without the
    right to.
    """
    insist_at_provider(Action.LOAD_WORDING, actor, provider)
    faults = said_faults(given.whose, given.right)
    if len(given.data) > MAX_FILE:
        message = N_("This file is too large: {limit} MB is the most.")
        faults.append(Fault("file", "too_large", message, {"limit": MAX_FILE // (1024 * 1024)}))
    if faults:
        raise Invalid(tuple(faults))
    fields = {
        "name": given.name[:MAX_WHOSE],
        "data": base64.b64encode(given.data).decode(),
        "whose": given.whose.strip(),
        "right": given.right.strip(),
    }
    Draft.objects.update_or_create(
        person=actor, key=_key(provider, version), defaults={"fields": fields, "saved_at": clock.now()}
    )


def kept_sent_in(actor: Person, provider: Provider, version: FrameworkVersion) -> SentIn | None:
    """Return the file that somebody sent in and has not loaded yet. One query."""
    draft = Draft.objects.filter(person=actor, key=_key(provider, version)).first()
    if draft is None:
        return None
    try:
        fields = {name: str(draft.fields[name]) for name in ("name", "data", "whose", "right")}
        data = base64.b64decode(fields["data"], validate=True)
    except (KeyError, TypeError, binascii.Error):  # put there by other means than the screen
        return None
    return SentIn(fields["name"], data, fields["whose"], fields["right"])


def drop_sent_in(actor: Person, provider: Provider, version: FrameworkVersion) -> None:
    """Forget a file that was sent in."""
    Draft.objects.filter(person=actor, key=_key(provider, version)).delete()


@lru_cache(maxsize=4)
def looked_through(given: SentIn, version: tuple[int, str]) -> WordingReading:
    """Return what is in a file for a version, given by its key and hash. No query, as ``framework_of``."""
    pk, sha256 = version
    return read_wording(given.data, given.name, framework_of(FrameworkVersion(pk=pk, sha256=sha256)))


@lru_cache(maxsize=16)
def wording_template(version: tuple[int, str], form: str, language: str) -> bytes:
    """Return the spreadsheet to fill in for a version, as "xlsx" or "csv". No query, as above."""
    pk, sha256 = version
    write = {"xlsx": wording_template_xlsx, "csv": wording_template_csv}[form]
    return write(framework_of(FrameworkVersion(pk=pk, sha256=sha256)), language)


def _key(provider: Provider, version: FrameworkVersion) -> str:
    return f"wording:{provider.ref}:{version.pk}"
