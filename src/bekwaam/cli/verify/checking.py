"""Checks files one after the other, or in a few processes at once; what comes back is plain data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from bekwaam.adapters.papers.port import PaperStream
from bekwaam.adapters.web.sources import Sources
from bekwaam.cli.verify.inputs import Asked
from bekwaam.cli.verify.text import Told, told
from bekwaam.domain.certificates.batch_report import report_row, unread_row
from bekwaam.domain.certificates.bundle import read_bundle
from bekwaam.domain.certificates.handed import MOST_BYTES, Handed
from bekwaam.domain.certificates.report import Verification
from bekwaam.domain.certificates.verifying import Means, asked_of, verify
from bekwaam.trust.credentials import AtHand
from bekwaam.trust.logproofs import MOST_BYTES as MOST_PROOF_BYTES
from bekwaam.trust.reasons import Refused
from bekwaam.trust.status import entries_of
from bekwaam.trust.verdicts import Outcome
from bekwaam.wording import say

FEW: Final = 8
"""So many files are checked by the process itself: another one takes longer to start."""
CHUNK: Final = 10


@dataclass(frozen=True, slots=True)
class Way:
    """How is checked: with a bundle or over the network, for which issuers, and in which language told."""

    language: str
    bundle: bytes | None = None
    only: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What one file came to: the report as plain data, in words, and as a row."""

    file: str
    outcome: Outcome
    report: dict[str, Any]
    told: Told
    row: tuple[str, ...]


class Checker:
    """Checks files one by one, with what was read or fetched once."""

    def __init__(self, way: Way) -> None:
        self._way = way
        self._papers = PaperStream()
        self._sources: Sources | None = None
        self._means = self._offline(way.bundle) if way.bundle is not None else self._online()

    def _offline(self, content: bytes) -> Means:
        """Return what the bundle has; raises Refused when it is none."""
        bundle = read_bundle(content)
        if self._way.only is not None:
            bundle = replace(bundle, issuers=tuple(it for it in bundle.issuers if it.did in self._way.only))
        return bundle.means(datetime.now(UTC), self._papers.port)

    def _online(self) -> Means:
        self._sources = sources = Sources(only=self._way.only)
        at_hand = AtHand(now=datetime.now(UTC), issuers=sources.issuer, lists=sources.status_list)
        return Means(at_hand, self._papers.port)

    def check(self, asked: Asked) -> Result:
        """Return what a file comes to; never raises for what is in it."""
        language, file = self._way.language, str(asked.path)
        head = {"file": file, **({"name": asked.name} if asked.name else {})}
        try:
            content = _read(asked.path, MOST_BYTES)
            proof = _read(asked.proof, MOST_PROOF_BYTES) if asked.proof is not None else None
        except OSError as error:
            return _unread(asked, head, error, language)
        found = verify(Handed(content, proof), self._means)
        if asked.name:
            found = asked_of(found, asked.name)
        faults = self._faults(found)
        return Result(
            file,
            found.outcome,
            {**head, **found.as_json(), "not_fetched": faults},
            told(found, faults, language),
            report_row(file, asked.name, found, language),
        )

    def close(self) -> None:
        """End what runs for this."""
        self._papers.close()

    def _faults(self, found: Verification) -> dict[str, str]:
        """Return what could not be fetched for this file, and why."""
        if self._sources is None or found.credential is None:
            return {}
        names = [found.facts.issuer_did] if found.facts else []
        with suppress(Refused):
            names += [entry.list_url for entry in entries_of(found.credential)]
        faults = self._sources.faults
        return {name: str(faults[name].fault) for name in names if name in faults}


def _unread(asked: Asked, head: dict[str, Any], error: OSError, language: str) -> Result:
    """Return the result of a file that cannot be read: nothing can be told of it."""
    path, why = error.filename or asked.path, error.strerror or str(error)
    sentence = say(language, "{path} cannot be read: {error}.", path=path, error=why)
    report = {**head, "valid": None, "outcome": str(Outcome.UNKNOWN), "error": why}
    row = unread_row(head["file"], asked.name, sentence)
    return Result(head["file"], Outcome.UNKNOWN, report, Told(sentence, sentence), row)


def _read(path: Path, most: int) -> bytes:
    with path.open("rb") as file:
        return file.read(most + 1)


_checker: Checker | None = None


def _begin(way: Way) -> None:
    global _checker
    _checker = Checker(way)


def _check(asked: Asked) -> Result:
    assert _checker is not None  # noqa: S101 - begun with the process
    return _checker.check(asked)


def results(asked: Sequence[Asked], way: Way, processes: int) -> Iterator[Result]:
    """Yield what each file comes to, in order. Raises Refused when the bundle is none."""
    if processes < 2 or len(asked) <= FEW:
        checker = Checker(way)
        try:
            yield from map(checker.check, asked)
        finally:
            checker.close()
        return
    with ProcessPoolExecutor(processes, initializer=_begin, initargs=(way,)) as pool:
        yield from pool.map(_check, asked, chunksize=CHUNK)
