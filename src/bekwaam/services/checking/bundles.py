"""All that one needs to check certificates of this installation without it, as one file."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.core.cache import cache
from django.db.models import F, OuterRef, Subquery

from bekwaam.domain.certificates.bundle import Bundle
from bekwaam.domain.certificates.forms import Form
from bekwaam.services import clock
from bekwaam.services.errors import Refused
from bekwaam.services.publiclog.reads import latest
from bekwaam.services.signing.ring import did_of, key_of_row, log_in
from bekwaam.services.statuses.publishing import Published, published
from bekwaam.store.models import Certificate, CertificateForm, PublishedList, SigningKey, StatusList
from bekwaam.trust.dids import Issuer, IssuerLog
from bekwaam.trust.status import PURPOSES

REMEMBERED: Final = 600  # seconds; sooner when something is added to the log, and that is with every change


@dataclass(frozen=True, slots=True)
class BundleFile:
    """The bundle as a file, and what tells one from another (an ETag without its quotes)."""

    content: bytes
    tag: str


def bundle_file() -> BundleFile:
    """Return the bundle as it is handed out. One query while nothing changed; else as :func:`bundle`."""
    signed = latest()
    state = hashlib.sha256((signed.note if signed else "").encode()).hexdigest()
    kept: BundleFile | None = cache.get(f"bundle:{state}")
    if kept is None:
        content = bundle(clock.now()).as_bytes()
        kept = BundleFile(content, hashlib.sha256(content).hexdigest()[:32])
        cache.set(f"bundle:{state}", kept, REMEMBERED)
    return kept


def bundle(now: datetime) -> Bundle:
    """Return the bundle of this installation. Five queries; more only for lists that have to be signed."""
    keys = list(SigningKey.objects.select_related("provider"))
    log = log_in(keys)
    in_use = {row.provider_id: row.public for row in keys if row.retired_at is None}
    signed = latest()
    return Bundle(
        made_at=now,
        issuers=tuple(_issuers(keys, log)),
        lists=tuple(_lists(in_use, now)),
        log_keys=log.keys if log else (),
        checkpoints=(signed.note,) if signed else (),
        superseded=_superseded(),
    )


def _issuers(keys: list[SigningKey], log: IssuerLog | None) -> Iterator[Issuer]:
    """Yield every provider that has a key, with all that it ever had."""
    found = defaultdict(list)
    for row in keys:
        if row.provider is not None:
            did = did_of(row.provider)
            found[did].append(key_of_row(did, row))
    for did, own in found.items():
        yield Issuer(did, tuple(own), log)


def _lists(in_use: dict[int | None, str], now: datetime) -> Iterator[dict[str, Any]]:
    """Yield every status list as it is published, signed anew where it is half over or by a former key."""
    kept = {(row.list_id, row.purpose): row for row in PublishedList.objects.all()}
    for listed in StatusList.objects.select_related("provider").order_by("provider", "number"):
        for purpose in PURPOSES:
            row, key = kept.get((listed.pk, purpose)), in_use.get(listed.provider_id)
            if row and Published(row.document, row.valid_until).is_good(listed.provider.ref, key, now):
                yield json.loads(row.document)
                continue
            try:
                yield json.loads(published(listed.provider.ref, listed.number, purpose).document)
            except Refused:  # the keys are closed: who checks finds no list, and cannot tell
                continue


def _superseded() -> dict[str, str]:
    """Return for each credential that another one took the place of the number of that one. One query."""
    after = Certificate.objects.filter(supersedes=OuterRef("certificate__number")).values("number")[:1]
    forms = CertificateForm.objects.filter(form__in=(Form.EXPERIENCE, Form.STANDARD))
    rows = forms.annotate(after=Subquery(after)).exclude(after=None).order_by("pk")
    return dict(rows.values_list("digest", F("after")))
