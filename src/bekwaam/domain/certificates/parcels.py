"""Certificates that come in as one ZIP file: what may be in it, and which file goes with which proof."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bekwaam.domain.certificates.batch import MOST
from bekwaam.domain.certificates.forms import COMPANIONS
from bekwaam.domain.faults import Fault
from bekwaam.wording import N_

FIELD: Final = "file"
MOST_OF_ONE: Final = 20 * 1024 * 1024
MOST_TOGETHER: Final = 1024 * 1024 * 1024
_PROOF: Final = ".tlog-proof"
_LONGEST_NAME: Final = 200
_LITTER: Final = COMPANIONS | {"Thumbs.db", "desktop.ini"}

NO_ZIP: Final = N_("This ZIP file cannot be opened. Make it again and try once more.")
_NOTHING: Final = N_("There is nothing in this ZIP file.")
_TOO_MANY: Final = N_("There are more than {limit} files in this ZIP file. Divide them over several ones.")
_TOO_LARGE: Final = N_("The files in this ZIP file are too large together. Divide them over several ones.")
_LOCKED: Final = N_("This ZIP file is locked with a password. Make one without it.")


@dataclass(frozen=True, slots=True)
class Part:
    """A file in a ZIP as its list of contents tells it; ``readable`` unless locked or packed oddly."""

    name: str
    size: int
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Parcel:
    """One file to check: its name, and that of the proof that goes with it (empty: none)."""

    name: str
    proof: str = ""


def parcel_faults(parts: Sequence[Part]) -> tuple[Fault, ...]:
    """Return why a ZIP is not looked at; empty when it is."""
    if not parts:
        return (Fault(FIELD, "nothing", _NOTHING),)
    if not all(part.readable for part in parts):
        return (Fault(FIELD, "locked", _LOCKED),)
    # Each certificate may come with its proof.
    if len(parts) > 2 * MOST or len(parcels(parts)) > MOST:
        return (Fault(FIELD, "too_many", _TOO_MANY, {"limit": MOST}),)
    if sum(part.size for part in parts) > MOST_TOGETHER:
        return (Fault(FIELD, "too_large", _TOO_LARGE),)
    return ()


def parcels(parts: Iterable[Part]) -> tuple[Parcel, ...]:
    """Return what is to be checked, in order: a proof goes with the file of the same name before its ending.

    What programs put beside files by themselves (such as "__MACOSX/") is nothing to check, nor is what a
    holder gets beside a certificate to read.
    """
    names = [part.name for part in parts if not _is_litter(part.name)]
    proofs = {name.removesuffix(_PROOF): name for name in names if name.endswith(_PROOF)}
    return tuple(Parcel(name, proofs.get(_stem(name), "")) for name in names if not name.endswith(_PROOF))


def shown_name(name: str) -> str:
    """Return a name as it is shown: without folders, and not longer than one reads."""
    return name.replace("\\", "/").rpartition("/")[2][:_LONGEST_NAME]


def _stem(name: str) -> str:
    folder, slash, last = name.rpartition("/")
    return f"{folder}{slash}{last.partition('.')[0]}" if "." in last else name


def _is_litter(name: str) -> bool:
    last = name.rpartition("/")[2]
    return name.startswith("__MACOSX/") or last.startswith(".") or last in _LITTER
