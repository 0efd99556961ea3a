"""The endpoints of the log. Nothing is ever signed here: what they show was signed when it was written."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from bekwaam.api.trust.answers import answer, endpoint, failure
from bekwaam.services.publiclog import reads
from bekwaam.services.publiclog.writing import proof as prove
from bekwaam.trust.encoding import to_base64
from bekwaam.trust.logproofs import LogProof
from bekwaam.trust.merkle import MOST_LEAVES
from bekwaam.trust.reasons import Refused

TEXT: Final = "text/plain; charset=utf-8"
_JSON: Final = "application/json"
_DIGEST: Final = re.compile(r"[A-Za-z0-9_-]{1,120}")
_EMPTY: Final = "There is nothing in the log yet."


@endpoint
def checkpoint(request: HttpRequest) -> HttpResponse:
    """Return the last checkpoint, a signed note (C2SP tlog-checkpoint)."""
    signed = reads.latest()
    if signed is None:
        return failure(404, _EMPTY)
    response = answer(request, signed.note.encode(), TEXT)
    response["Cache-Control"] = "no-cache"  # an older one in between would look like a log that hides
    return response


@endpoint
def key(request: HttpRequest) -> HttpResponse:
    """Return the key of the log as others configure it (C2SP signed-note: ``name+id+key``)."""
    text = reads.key_text()
    return answer(request, f"{text}\n".encode(), TEXT) if text else failure(404, _EMPTY)


@endpoint
def consistency(request: HttpRequest) -> HttpResponse:
    """Return the proof that the log of ``to`` leaves began with that of ``from`` leaves."""
    old, new = _whole(request, "from"), _whole(request, "to")
    try:
        if old is None or new is None:
            raise ValueError
        hashes = reads.consistency(old, new)
    except (Refused, ValueError):
        signed = reads.latest()
        size = signed.size if signed else 0
        return failure(
            400, f"Give from and to as whole numbers: 1 ≤ from ≤ to ≤ {size}, the size of the log."
        )
    return _told(request, {"from": old, "to": new, "hashes": [to_base64(one) for one in hashes]})


@endpoint
def proof(request: HttpRequest) -> HttpResponse:
    """Return the proof that a leaf is in the log (C2SP tlog-proof), with the leaf itself.

    The leaf is the first that tells of ``digest``, or the one numbered ``index``.
    """
    digest, index = request.GET.get("digest", ""), _whole(request, "index")
    if ("index" in request.GET) == ("digest" in request.GET):
        return failure(400, "Give either digest or index.")
    if "index" in request.GET:
        if index is None:
            return failure(400, "index has to be a whole number from 0.")
        try:
            return _proved(request, prove(index))
        except Refused:
            return failure(404, "The log has no such leaf.")
    if not _DIGEST.fullmatch(digest):
        return failure(400, "digest has to be a hash or key as it stands in a leaf.")
    found = reads.proof_of(digest)
    return _proved(request, found) if found else failure(404, "The log does not tell of this.")


@endpoint
def entries(request: HttpRequest) -> HttpResponse:
    """Return leaves as they were hashed, from number ``start``: at most 1 000, and ``count`` at most."""
    most = reads.MOST_ENTRIES
    start, count = _whole(request, "start", 0), _whole(request, "count", most)
    if start is None or count is None or not 1 <= count <= most:
        return failure(400, f"start has to be a whole number from 0, and count one from 1 to {most}.")
    return _told(request, {"start": start, "entries": list(reads.entries(start, count))})


def _proved(request: HttpRequest, found: LogProof) -> HttpResponse:
    return answer(request, found.text.encode(), TEXT)


def _told(request: HttpRequest, value: Any) -> HttpResponse:
    return answer(request, json.dumps(value, separators=(",", ":")).encode(), _JSON)


def _whole(request: HttpRequest, name: str, otherwise: int | None = None) -> int | None:
    """Return the number in a parameter, ``otherwise`` where it is not given, None for what is no number."""
    written = request.GET.get(name)
    if written is None:
        return otherwise
    if not re.fullmatch(r"[0-9]{1,15}", written) or int(written) > MOST_LEAVES:
        return None
    return int(written)
