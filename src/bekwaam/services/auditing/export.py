"""A sample as a file with which anybody can draw it again: :mod:`bekwaam.domain.auditing.redraw`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from bekwaam.domain.auditing.redraw import FORMAT
from bekwaam.domain.auditing.sampling import list_hash
from bekwaam.domain.events import Event
from bekwaam.domain.verdict import refused
from bekwaam.services.audit import link_of
from bekwaam.services.errors import NotFound, Refused
from bekwaam.store.models import AuditEntry, Provider, Sample
from bekwaam.wording import N_

_EVENTS = {Event.SAMPLE_ANNOUNCED.value: "announced", Event.SAMPLE_DRAWN.value: "drawn"}


def export_sample(provider: Provider, ref: str) -> dict[str, Any]:
    """Return a drawn sample as plain JSON, with the list it was drawn from and both entries of the chain.

    It names dossiers by reference and nobody by name. Two queries; NotFound for a sample of another provider,
    Refused for one that was not drawn.
    """
    row = Sample.objects.filter(provider=provider, ref=ref).first()
    if row is None:
        raise NotFound
    if row.drawn_at is None:
        raise Refused(refused("not_drawn", N_("This sample has not been drawn yet.")))
    known = AuditEntry.objects.filter(
        subject=f"provider:{provider.ref}", code__in=_EVENTS, payload__contains=f'"{row.ref}"'
    )
    return {
        "format": FORMAT,
        "sample_ref": row.ref,
        "provider": {"ref": provider.ref, "name": provider.name},
        "criteria": row.criteria,
        "program_half": row.program_half,
        "own_half": row.own_half,
        "seed": row.seed,
        "list": row.population,
        "list_sha256": list_hash(row.population),
        "sample": row.drawn,
        "entries": {_EVENTS[entry.code]: asdict(link_of(entry)) for entry in known},
    }
