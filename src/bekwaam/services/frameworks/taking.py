"""Published versions to take along: written once in each format, and kept for whoever comes next."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock
from typing import Final

from bekwaam.frameworks.crosswalk import Crosswalk, Reference
from bekwaam.frameworks.exchange.formats import FORMATS
from bekwaam.frameworks.library import crosswalk_ids, load_crosswalk
from bekwaam.frameworks.model import Framework
from bekwaam.services.errors import NotFound
from bekwaam.services.frameworks.reads import Opened
from bekwaam.trust.canonical import sha256_hex

KEPT_BYTES: Final = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Taken:
    """A version in one format: its bytes with their hash, and what to call the file."""

    data: bytes
    sha256: str
    media_type: str
    name: str


_kept: OrderedDict[tuple[str, str, str], Taken] = OrderedDict()
_lock = Lock()


def taken_along(version: Opened, form: str, language: str, base_url: str) -> Taken:
    """Return a version in the format ``form``, texts in ``language`` where the format has but one.

    ``base_url`` is the address of this installation, for formats that name their parts by one.

    No query. What was written is kept by the hash of the content, up to :data:`KEPT_BYTES` in all. Raises
    NotFound for a format that there is not.
    """
    if form not in FORMATS:
        raise NotFound
    key = (version.head.sha256, form, language if "language" in FORMATS[form].options else "")
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = _written(version.framework, form, language, base_url)
    with _lock:
        _kept[key] = made
        while len(_kept) > 1 and sum(len(one.data) for one in _kept.values()) > KEPT_BYTES:
            _kept.popitem(last=False)
    return made


def _written(framework: Framework, form: str, language: str, base_url: str) -> Taken:
    # A package by CASE is the one that the API serves; its links are packages of their own there.
    links = () if form == "case" else tuple(_crosswalks(framework))
    options = {"language": language, "base_url": base_url, "crosswalks": links}
    data = FORMATS[form].write(framework, **options)
    name = f"{framework.id}-{framework.version}{FORMATS[form].suffix}"
    return Taken(data, sha256_hex(data), FORMATS[form].media_type, name)


def _crosswalks(framework: Framework) -> Iterator[Crosswalk]:
    """Yield the crosswalks of the product that lead from or to this version."""
    here = Reference(framework.id, framework.version)
    for identifier in crosswalk_ids():
        crosswalk = load_crosswalk(identifier)
        if here in (crosswalk.frm, crosswalk.to):
            yield crosswalk
