"""Once a day the end of the audit chain goes into the public log: who rewrites the chain later is seen."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from bekwaam.services import clock
from bekwaam.services.publiclog.writing import add
from bekwaam.services.signing.ring import log_key
from bekwaam.store.audit import hold
from bekwaam.store.models import ChainHead, LogLeaf
from bekwaam.trust.entries import Kind, LogEntry


@transaction.atomic
def log_audit_head() -> int | None:
    """Log the hash that the audit chain ends with, and return the number of the leaf.

    None, and nothing is done, when that was done today already.
    """
    hold()
    log_key()  # made at its first use, which is an entry of the chain too
    head = ChainHead.objects.get(pk=1)
    last = LogLeaf.objects.filter(kind=str(Kind.AUDIT_HEAD)).order_by("-index").first()
    if last is not None and timezone.localdate(last.at) >= clock.today():
        return None
    return add(LogEntry(Kind.AUDIT_HEAD, head.hash, clock.now(), more=(("sequence", str(head.sequence)),)))
