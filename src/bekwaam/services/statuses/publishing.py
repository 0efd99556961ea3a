"""The status lists as the world gets them: signed, with an end, and kept until something changes.

Source: W3C Bitstring Status List 1.0. A list is signed when somebody asks for it, once, and then handed out
as it is until half its life is over, a place in it changes, or its provider signs with another key or under
another name.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery

from bekwaam.domain.certificates.status import Status, status_after
from bekwaam.services import clock
from bekwaam.services.errors import NotFound
from bekwaam.services.publiclog.reads import read_leaf
from bekwaam.services.signing.names import did_of_ref
from bekwaam.services.signing.ring import current_key, did_of, signer_of
from bekwaam.services.statuses.changing import KINDS
from bekwaam.services.statuses.places import in_leaf, list_url
from bekwaam.store.models import LogLeaf, PublishedList, SigningKey, StatusList, StatusPlace
from bekwaam.trust.canonical import canonical_json
from bekwaam.trust.dids import key_of
from bekwaam.trust.proofs import sign
from bekwaam.trust.status import LEAST, PURPOSES, REVOCATION, Bits, list_credential

LIFE: Final = timedelta(days=7)
_INDEX: Final = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Published:
    """A signed list, exactly as it is handed out, and until when it can be relied on."""

    document: str
    valid_until: datetime

    def is_good(self, provider_ref: str, key: str | None, now: datetime) -> bool:
        """Tell whether it may be handed out: not half over, signed by this key and under our present name."""
        return self.valid_until - now >= LIFE / 2 and f'"{did_of_ref(provider_ref)}#{key}"' in self.document


def published(provider_ref: str, number: int, purpose: str) -> Published:
    """Return the signed list ``number`` of a provider for ``purpose`` ("revocation" or "suspension").

    One query while the one that was signed before is good; otherwise it is signed here. Raises NotFound for
    a list that there is not, Refused where the keys cannot be opened.
    """
    if purpose not in PURPOSES:
        raise NotFound
    kept = _kept(provider_ref, number, purpose)
    return kept or _sign(provider_ref, number, purpose)


def _kept(provider_ref: str, number: int, purpose: str) -> Published | None:
    keys = SigningKey.objects.filter(provider=OuterRef("list__provider"), retired_at=None)
    row = (
        PublishedList.objects.filter(list__provider__ref=provider_ref, list__number=number, purpose=purpose)
        .annotate(key=Subquery(keys.values("public")[:1]))
        .values_list("document", "valid_until", "key")
        .first()
    )
    if row is None:
        return None
    document, valid_until, key = row
    found = Published(document, valid_until)
    return found if found.is_good(provider_ref, key, clock.now()) else None


@transaction.atomic
def _sign(provider_ref: str, number: int, purpose: str) -> Published:
    """Sign a list and keep it. Whoever changes a place in it, or signs it too, waits: it is signed once."""
    listed = (
        StatusList.objects.select_for_update(of=("self",), no_key=True)
        .select_related("provider")
        .filter(provider__ref=provider_ref, number=number)
        .first()
    )
    if listed is None:
        raise NotFound
    kept = _kept(provider_ref, number, purpose)
    if kept is not None:
        return kept
    now, key, did = clock.now(), current_key(listed.provider), did_of(listed.provider)
    signer = signer_of(key)
    unsigned = list_credential(
        list_url(provider_ref, number, purpose),
        purpose,
        _bits(listed, purpose),
        issuer=did,
        valid_from=now,
        valid_until=now + LIFE,
    )
    made = sign(unsigned, signer=signer, method=key_of(did, signer.public).id, created=now)
    document = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
    PublishedList.objects.update_or_create(
        list=listed,
        purpose=purpose,
        defaults={"document": document, "signed_at": now, "valid_until": now + LIFE},
    )
    return Published(document, now + LIFE)


def _bits(listed: StatusList, purpose: str) -> Bits:
    """Return the list. What the public log says of a place counts beside our own table. Two queries.

    Whoever clears or moves a place behind the program's back has not un-revoked anything: its leaf would have
    to go from the log as well, and everybody who kept a checkpoint sees that.
    """
    mark, wanted = (
        (Q(revoked=True), Status.REVOKED) if purpose == REVOCATION else (Q(suspended=True), Status.SUSPENDED)
    )
    taken = set(StatusPlace.objects.filter(mark, list=listed).values_list("index", flat=True))
    taken |= {index for index, status in _logged(listed).items() if status is wanted}
    return Bits.empty().with_all(taken)


def _logged(listed: StatusList) -> dict[int, Status]:
    """Return what the public log said last of each place of a list of which it says anything. One query."""
    named = canonical_json({"list": in_leaf(listed.provider, listed.number)}).decode()[1:-1]
    leaves = LogLeaf.objects.filter(kind__in=[str(kind) for kind in KINDS], data__contains=named)
    found = {}
    for leaf in leaves.order_by("index"):
        entry = read_leaf(leaf)  # none, or one of no place, where it was changed: the audit tells of that
        index = dict(entry.more).get("index", "") if entry else ""
        if entry and entry.kind in KINDS and _INDEX.fullmatch(index) and int(index) < LEAST:
            found[int(index)] = status_after([KINDS[entry.kind]])
    return found
